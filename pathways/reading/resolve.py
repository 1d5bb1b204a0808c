"""Puts a pathway, the pathways it includes and its catalogues together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pathways.errors import Place
from pathways.model.catalogue import SECTIONS, Catalogue, CatalogueSections
from pathways.model.document import Include, PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import Interrupt, State

LEVEL_ORDER = {"emergency": 0, "urgent": 1, "soon": 2}


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
    return Catalogue.model_construct(**merged)


def resolve(
    document: PathwayDocument,
    included: Sequence[ResolvedPathway],
    catalogue: Catalogue,
    places: Mapping[tuple[str, ...], Place],
) -> ResolvedPathway:
    """Put a pathway together with the pathways it includes.

    Args:
        document: The pathway as its file says it.
        included: Its included pathways, resolved, in the order of ``include``.
        catalogue: Everything it can use, its own records among them.
        places: Where its own elements stand.

    Returns:
        The pathway; unknown names are left in, since they are reported where names are checked.
    """
    states: dict[str, State] = {}
    origins: dict[str, str] = {}
    phases, definitions = {}, {}
    interrupts: list[Interrupt] = []
    rules = []
    all_places: dict[tuple[str, ...], Place] = {}
    for include, part in zip(document.include, included, strict=False):
        for name, state in part.states.items():
            if name not in include.joins:
                states[name] = _joined(state, include)
                origins[name] = part.origins[name]
        phases.update(part.phases)
        definitions.update(part.definitions)
        interrupts += [_redirect(each, include) for each in part.interrupts]
        rules += part.rules
        all_places.update(part.places)
    states.update(document.states)
    origins.update(dict.fromkeys(document.states, document.pathway))
    phases.update(document.phases)
    definitions.update(document.definitions)
    all_places.update(places)
    interrupts += document.interrupts
    return ResolvedPathway(
        document=document,
        included=tuple(each for part in included for each in (*part.included, part.document)),
        catalogue=catalogue,
        states=states,
        phases=phases,
        definitions=definitions,
        interrupts=tuple(sorted(interrupts, key=lambda each: LEVEL_ORDER[each.level])),
        rules=(*rules, *document.rules),
        origins=origins,
        places=all_places,
    )


def _joined(state: State, include: Include) -> State:
    """Return a state whose ways to joined ends lead to the states they are joined to."""
    if not any(way.to in include.joins for way in state.next):
        return state
    ways = tuple(
        way.model_copy(update={"to": include.joins.get(way.to, way.to)}) for way in state.next
    )
    return state.model_copy(update={"next": ways})


def _redirect(interrupt: Interrupt, include: Include) -> Interrupt:
    target = include.joins.get(interrupt.to)
    return interrupt.model_copy(update={"to": target}) if target else interrupt
