"""Puts a pathway, the pathways it includes and its catalogues together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pathways.conditions import Condition
from pathways.errors import Place
from pathways.model.catalogue import SECTIONS, Catalogue, CatalogueSections
from pathways.model.document import DefinitionRecord, Include, PathwayDocument, Phase
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import Rule, rename_states
from pathways.model.states import Interrupt, State

LEVEL_ORDER = {"emergency": 0, "urgent": 1}

Included = tuple[Include, ResolvedPathway]
"""An entry of ``include`` and the pathway it names."""

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

    What is included by two ways is there once.

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
    phases: dict[str, Phase] = {}
    definitions: dict[str, DefinitionRecord] = {}
    interrupts: list[Interrupt] = []
    rules: list[Rule] = []
    facts: list[Condition] = []
    documents: list[PathwayDocument] = []
    all_places: dict[tuple[str, ...], Place] = {}
    for include, part in included:
        states.update(joined_states(include, part))
        origins.update({name: part.origins[name] for name in part.states})
        phases.update(part.phases)
        definitions.update(part.definitions)
        interrupts += [_redirect(each, include) for each in part.interrupts]
        rules += joined_rules(include, part)
        facts += part.facts
        documents += [*part.included, part.document]
        all_places.update(part.places)
    states.update(document.states)
    origins.update(dict.fromkeys(document.states, document.pathway))
    phases.update(document.phases)
    definitions.update(document.definitions)
    all_places.update(places)
    interrupts = _once([*interrupts, *document.interrupts])
    return ResolvedPathway(
        document=document,
        included=tuple(_once(documents)),
        catalogue=catalogue,
        states=states,
        phases=phases,
        definitions=definitions,
        interrupts=tuple(sorted(interrupts, key=lambda each: LEVEL_ORDER[each.level])),
        rules=tuple(_once([*rules, *document.rules])),
        facts=tuple(_once([*facts, *document.facts])),
        origins={name: origins[name] for name in states},
        places=all_places,
    )


def joined_states(include: Include, part: ResolvedPathway) -> dict[str, State]:
    """Return the states of an included pathway, without the ends that are joined to a state.

    Args:
        include: How it is included.
        part: The included pathway.

    Returns:
        Its states by name; ways to a joined end lead to the state it is joined to.
    """
    return {
        name: _joined(state, include)
        for name, state in part.states.items()
        if name not in include.joins
    }


def _joined(state: State, include: Include) -> State:
    if not any(way.to in include.joins for way in state.next):
        return state
    ways = tuple(
        way.model_copy(update={"to": include.joins.get(way.to, way.to)}) for way in state.next
    )
    return state.model_copy(update={"next": ways})


def _redirect(interrupt: Interrupt, include: Include) -> Interrupt:
    target = include.joins.get(interrupt.to)
    return interrupt.model_copy(update={"to": target}) if target else interrupt


def joined_rules(include: Include, part: ResolvedPathway) -> list[Rule]:
    """Return the rules of an included pathway; they speak of the states its joined ends lead to.

    Args:
        include: How it is included.
        part: The included pathway.
    """
    tags = frozenset(tag for state in part.states.values() for tag in state.tags)
    states = frozenset(part.states)
    return [rename_states(rule, include.joins, states, tags) for rule in part.rules]


def _once(parts: Sequence[Part]) -> list[Part]:
    """Return equal parts once, in order; records hold dictionaries, so they cannot be hashed."""
    kept: list[Part] = []
    for each in parts:
        if each not in kept:
            kept.append(each)
    return kept
