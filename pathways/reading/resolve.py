"""Puts a pathway, the pathways it includes and its catalogues together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pathways.errors import Place
from pathways.model.catalogue import SECTIONS, Catalogue, CatalogueSections
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.reading.included import Included, brought_along

LEVEL_ORDER = {"emergency": 0, "urgent": 1}

Part = TypeVar("Part")


def merge(sections: Iterable[CatalogueSections]) -> Catalogue:
    """Return one catalogue of several; of two records with one name the first stays.

    Args:
        sections: Catalogues, or pathway files with records of their own.
    """
    merged: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for each in sections:
        for section in SECTIONS:
            for name, record in getattr(each, section).items():
                merged[section].setdefault(name, record)
    # The records were validated when their own file was read.
    return Catalogue.model_construct(_fields_set=None, **merged)


def resolve(
    document: PathwayDocument,
    included: Sequence[Included],
    catalogue: Catalogue,
    places: Mapping[tuple[str, ...], Place],
) -> ResolvedPathway:
    """Put a pathway together with the pathways it includes.

    What is included by two ways is there once; what the pathway includes itself is joined as it says,
    not as another included pathway joins it.

    Args:
        document: The pathway as its file says it.
        included: Its included pathways, resolved, in the order of ``include``.
        catalogue: Everything it can use, its own records among them.
        places: Where its own elements stand.

    Returns:
        The pathway; unknown names are left in, since they are reported where names are checked.
    """
    brought = brought_along(included)
    origins = {name: part.origins[name] for _, part in included for name in part.states}
    origins |= dict.fromkeys(document.states, document.pathway)
    all_places: dict[tuple[str, ...], Place] = {}
    for _, part in included:
        all_places.update(part.places)
    states = _in_order(document.states, [(each.include.after, each.states) for each in brought])
    interrupts = _once([*(i for each in brought for i in each.interrupts), *document.interrupts])
    documents = [each for _, part in included for each in (*part.included, part.document)]
    facts = [fact for _, part in included for fact in part.facts]
    return ResolvedPathway(
        document=document,
        included=tuple(_once(documents)),
        catalogue=catalogue,
        states=states,
        phases=_in_order(
            document.phases,
            [(_phase_before(document, each.include.after), each.phases) for each in brought],
        ),
        definitions=catalogue.definitions,
        interrupts=tuple(sorted(interrupts, key=lambda each: LEVEL_ORDER[each.level])),
        rules=tuple(_once([*(r for each in brought for r in each.rules), *document.rules])),
        facts=tuple(_once([*facts, *document.facts])),
        origins={name: origins[name] for name in states},
        places=all_places | dict(places),
    )


def _phase_before(document: PathwayDocument, after: str | None) -> str | None:
    """Return the phase that is under way at a state: its own, or that of the nearest one before."""
    phase = None
    for name, state in document.states.items():
        phase = state.phase or phase
        if name == after:
            return phase
    return None


def _in_order(
    own: Mapping[str, Part], brought: Sequence[tuple[str | None, dict[str, Part]]]
) -> dict[str, Part]:
    """Return own parts with others after the one each names; without such a one they come first."""
    ordered: dict[str, Part] = {}
    for after, parts in brought:
        if after not in own:
            ordered.update(parts)
    for name, part in own.items():
        ordered[name] = part
        for after, parts in brought:
            if after == name:
                ordered.update({key: each for key, each in parts.items() if key not in ordered})
    return ordered


def _once(parts: Sequence[Part]) -> list[Part]:
    """Return equal parts once, in order; records hold dictionaries, so they cannot be hashed."""
    kept: list[Part] = []
    for each in parts:
        if each not in kept:
            kept.append(each)
    return kept
