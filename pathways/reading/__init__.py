"""Files to pathways and back: YAML with marks, structure, names, catalogues, JSON Schema.

``marks`` turns text into plain data with places, ``structure`` builds records and gathers every
fault, ``references`` and ``uniqueness`` check names, ``load`` puts it all together, ``writing``
goes back.
"""
