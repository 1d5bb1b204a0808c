"""Files to pathways and back: YAML with marks, structure, names, catalogues, JSON Schema.

``marks`` turns text into plain data with places (``syntax`` refuses what is no text or no YAML,
``scalars`` finds columns inside a value), ``structure`` builds records and gathers every fault
(``faults`` puts them into words, ``fields`` knows which keys there are), ``references`` and
``uniqueness`` check names, ``resolve`` puts a pathway and what it includes together, ``load`` is the
one entry, ``reports`` orders problems, ``writing`` goes back, ``schema`` is for editors.
"""
