"""Puts a pathway, the pathways it includes and its catalogues together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pathways.conditions import Condition
from pathways.errors import Place
from pathways.model.catalogue import SECTIONS, Catalogue, CatalogueSections
from pathways.model.document import Include, PathwayDocument, Phase
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
    interrupts: list[Interrupt] = []
    rules: list[Rule] = []
    facts: list[Condition] = []
    documents: list[PathwayDocument] = []
    origins: dict[str, str] = {}
    all_places: dict[tuple[str, ...], Place] = {}
    for include, part in included:
        origins.update({name: part.origins[name] for name in part.states})
        interrupts += [_redirect(each, include) for each in part.interrupts]
        rules += joined_rules(include, part, document)
        facts += part.facts
        documents += [*part.included, part.document]
        all_places.update(part.places)
    origins.update(dict.fromkeys(document.states, document.pathway))
    all_places.update(places)
    states = _states_in_order(document, included)
    interrupts = _once([*interrupts, *document.interrupts])
    return ResolvedPathway(
        document=document,
        included=tuple(_once(documents)),
        catalogue=catalogue,
        states=states,
        phases=_phases_in_order(document, included),
        definitions=catalogue.definitions,
        interrupts=tuple(sorted(interrupts, key=lambda each: LEVEL_ORDER[each.level])),
        rules=tuple(_once([*rules, *document.rules])),
        facts=tuple(_once([*facts, *document.facts])),
        origins={name: origins[name] for name in states},
        places=all_places,
    )


def _states_in_order(document: PathwayDocument, included: Sequence[Included]) -> dict[str, State]:
    """Return all states in reading order: those of each included pathway where ``after`` says."""
    brought = [(each.after, joined_states(each, part, document)) for each, part in included]
    return _in_order(document.states, brought)


def _phases_in_order(document: PathwayDocument, included: Sequence[Included]) -> dict[str, Phase]:
    """Return all phases: those of an included pathway after the phase its states stand after."""
    brought: list[tuple[str | None, dict[str, Phase]]] = []
    for include, part in included:
        state = document.states.get(include.after or "")
        brought.append((state.phase if state else None, dict(part.phases)))
    return _in_order(document.phases, brought)


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


def joined_states(
    include: Include, part: ResolvedPathway, document: PathwayDocument
) -> dict[str, State]:
    """Return the states an included pathway brings, without the ends that are joined to a state.

    Args:
        include: How it is included.
        part: The included pathway.
        document: The pathway that includes it.

    Returns:
        Its states by name; ways to a joined end lead to the state it is joined to. States of a
        pathway that the document includes itself are left to that ``include``.
    """
    elsewhere = _included_otherwise(include, document)
    return {
        name: _joined(state, include)
        for name, state in part.states.items()
        if name not in include.joins and part.origins[name] not in elsewhere
    }


def _included_otherwise(include: Include, document: PathwayDocument) -> set[str]:
    return {each.pathway for each in document.include} - {include.pathway}


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


def joined_rules(include: Include, part: ResolvedPathway, document: PathwayDocument) -> list[Rule]:
    """Return the rules an included pathway brings; they speak of the states its ends lead to.

    Args:
        include: How it is included.
        part: The included pathway.
        document: The pathway that includes it; rules of what it includes itself are left to that.
    """
    elsewhere = _included_otherwise(include, document)
    left = {rule.id for each in part.included if each.pathway in elsewhere for rule in each.rules}
    tags = frozenset(tag for state in part.states.values() for tag in state.tags)
    states = frozenset(part.states)
    return [
        rename_states(rule, include.joins, states, tags)
        for rule in part.rules
        if rule.id not in left
    ]


def _once(parts: Sequence[Part]) -> list[Part]:
    """Return equal parts once, in order; records hold dictionaries, so they cannot be hashed."""
    kept: list[Part] = []
    for each in parts:
        if each not in kept:
            kept.append(each)
    return kept
