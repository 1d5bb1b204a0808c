"""Every text that patients read: in a file, or in a pathway with all the records it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from pathways.conditions import Condition
from pathways.conditions.definitions import reachable_definitions
from pathways.errors import Place
from pathways.graph.disputes import disputed_in
from pathways.graph.findings_used import findings_used
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import Text
from pathways.reading.marks import Path, words_of
from pathways.reading.references import each_part


@dataclass(frozen=True, slots=True)
class PatientText:
    """One text for patients.

    Args:
        element: Where it stands, such as ``states.review.text``.
        text: The text.
        place: File, line and column of the element, where that is known.
    """

    element: str
    text: str
    place: Place | None = None


FOR_AUTHORS = ("rules", "waivers")
"""Parts of a file whose texts explain it to those who write and check it, not to patients."""


def texts_in(record: BaseModel, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the texts for patients in a record, each with its path.

    Args:
        record: A file, or one record of it.
        path: Path of the record.

    Example:
        >>> from pathways.model.treatments import Treatment
        >>> heat = Treatment(title="Heat", category="self_care", what="Warmth")
        >>> [words_of(path) for path, _ in texts_in(heat)]
        ['title', 'what']
    """
    for where, part in each_part(record, path):
        if isinstance(part, Text) and where[:1] not in [(each,) for each in FOR_AUTHORS]:
            yield where, part.patient


def patient_texts(pathway: ResolvedPathway) -> tuple[PatientText, ...]:
    """Return every text for patients that a pathway can show.

    Args:
        pathway: The pathway.

    Returns:
        The texts of its own file, of what it includes, and of the shared records that it uses.
    """
    found: list[PatientText] = []
    documents = (pathway.document, *pathway.included)
    for document in documents:
        for path, text in texts_in(document):
            found.append(PatientText(words_of(path), text, _place_of(pathway, document, path)))
    own = {named for document in documents for named in document.named()}
    for section, name in sorted(_used(pathway) - own):
        record = getattr(pathway.catalogue, section).get(name)
        if record is not None:
            found += [
                PatientText(words_of(path), text)
                for path, text in texts_in(record, (section, name))
            ]
    return tuple(found)


def _place_of(pathway: ResolvedPathway, document: PathwayDocument, path: Path) -> Place | None:
    """Return where an element of a file stands; of included files only elements with a name."""
    place = pathway.places.get(tuple(map(str, path[:2])))
    if document is pathway.document or (place and place.file.endswith(f"{document.pathway}.yaml")):
        return place
    return None


def _used(pathway: ResolvedPathway) -> set[tuple[str, str]]:
    """Return the shared records a pathway speaks of, by section and name."""
    used: set[tuple[str, str]] = set()
    for state in pathway.states.values():
        care = [*state.does, *(offer.treatment for offer in state.offers)]
        for name in care:
            section = "treatments" if name in pathway.catalogue.treatments else "tests"
            used.add((section, name))
        used |= {("mechanisms", name) for name in state.explains}
    used |= {("disagreements", name) for name in disputed_in(pathway, pathway.states)}
    used |= {("findings", name.partition(".")[0]) for name in findings_used(pathway)}
    return used | {("definitions", name) for name in _definitions_used(pathway)}


def _definitions_used(pathway: ResolvedPathway) -> set[str]:
    return {
        name
        for document in (pathway.document, *pathway.included)
        for _, part in each_part(document, ())
        if isinstance(part, Condition)
        for name in reachable_definitions(part, pathway.scope)
    }
