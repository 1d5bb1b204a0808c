"""Every text that a pathway can show to patients, for translators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pathways.conditions.definitions import reachable_definitions
from pathways.conditions.walk import findings_in
from pathways.errors import Place
from pathways.model.catalogue import Catalogue
from pathways.model.evidence import Evidence
from pathways.model.pathway import ResolvedPathway
from pathways.readability.patient_texts import FOR_AUTHORS, patient_texts, texts_in
from pathways.reading.marks import Path, words_of
from pathways.reading.references import each_part

OF_AUTHORS = tuple((each,) for each in FOR_AUTHORS)


@dataclass(frozen=True, slots=True)
class Shown:
    """One text that patients can see.

    Args:
        element: Where it stands, such as ``states.review.text``.
        text: The text in English.
        place: File, line and column of the element, where that is known.
    """

    element: str
    text: str
    place: Place | None = None


def shown_texts(pathway: ResolvedPathway) -> tuple[Shown, ...]:
    """Return every text in the language of a pathway that patients can see with it.

    Args:
        pathway: The pathway.

    Returns:
        What stands in its own file, in what it includes and in the shared records it uses; titles of
        the pathways it goes on in; of all care what the history of a patient can bring in: titles,
        side effects, cautions; and what sources say, of which situations.

    Example:
        >>> from pathways.reading.load import load
        >>> any(each.text == "Heat" for each in shown_texts(load("safety")))
        True
    """
    found = [Shown(each.element, each.text, each.place) for each in patient_texts(pathway)]
    found += [
        Shown(words_of(path), text, pathway.place_of(*path[:2]))
        for path, text in _brought_in(pathway)
    ]
    found += [Shown(f"title of {name}", each.patient) for name, each in pathway.linked.items()]
    return tuple({(each.element, each.text): each for each in found}.values())


def library_texts(pathways: Iterable[ResolvedPathway]) -> set[str]:
    """Return every text that can be translated in some pathways and their whole catalogues.

    Args:
        pathways: The pathways.
    """
    found: set[str] = set()
    for pathway in pathways:
        found |= {each.text for each in shown_texts(pathway)}
        found |= {text for _, text in texts_in(pathway.catalogue)}
        found |= {text for _, text in _said_by_sources(pathway.catalogue, ())}
    return found


def _brought_in(pathway: ResolvedPathway) -> Iterator[tuple[Path, str]]:
    """Yield what the history of a patient can bring in, whatever the pathway itself uses."""
    catalogue = pathway.catalogue
    for section, records in _care(catalogue):
        for name, record in records.items():
            for path, text in texts_in(record, (section, name)):
                if path[2] in {"title", "cautions", "side_effects"}:
                    yield path, text
    for name, situation in catalogue.situations.items():
        yield from texts_in(situation, ("situations", name))
    for section, name in _named_in_cautions(pathway):
        yield from texts_in(getattr(catalogue, section)[name], (section, name))
    for document in (pathway.document, *pathway.included):
        yield from _said_by_sources(document, ())
    for section, records in _care(catalogue):
        for name, record in records.items():
            yield from _said_by_sources(record, (section, name))


def _care(catalogue: Catalogue) -> tuple[tuple[str, dict[str, Any]], ...]:
    return (
        ("treatments", {**catalogue.treatments}),
        ("tests", {**catalogue.tests}),
        ("classes", {**catalogue.classes}),
    )


def _named_in_cautions(pathway: ResolvedPathway) -> list[tuple[str, str]]:
    """Return the findings and definitions that the cautions of care name, by section and name."""
    catalogue = pathway.catalogue
    found: set[tuple[str, str]] = set()
    for _, records in _care(catalogue):
        for record in records.values():
            for caution in record.cautions:
                if caution.when is None:
                    continue
                names = {*findings_in(caution.when, pathway.scope)}
                found |= {("findings", name) for name in names & set(catalogue.findings)}
                defined = reachable_definitions(caution.when, pathway.scope)
                found |= {
                    ("definitions", name) for name in defined if name in catalogue.definitions
                }
    return sorted(found)


def _said_by_sources(record: BaseModel, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what sources say, in our own words; patients see it where arguments are listed."""
    for where, part in each_part(record, path):
        if isinstance(part, Evidence) and part.says and where[:1] not in OF_AUTHORS:
            yield (*where, "says"), part.says
