"""Which state of the old version is which state of the new one: by name, then by equal content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pathways.conditions import expand, unparse
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State, Transition

Content = tuple[Any, ...]


def matched_states(old: ResolvedPathway, new: ResolvedPathway) -> dict[str, str]:
    """Return, for each state of the new version that was there before, its old name.

    Args:
        old: The old version.
        new: The new one.

    Returns:
        In reading order of the new version. States of one name are one state. What is left was
        renamed where content and surroundings, or content and titles, fit one state alone.
    """
    found = {name: name for name in new.states if name in old.states}
    before = -1
    while before != len(found):
        before = len(found)
        for sign in (_content_titles_sources, _content_titles, _content_sources):
            _match(found, old, new, sign)
    return {name: found[name] for name in new.states if name in found}


Sign = Callable[[ResolvedPathway, str, Mapping[str, str]], Content | None]


def _match(found: dict[str, str], old: ResolvedPathway, new: ResolvedPathway, sign: Sign) -> None:
    """Add the states that only one state of the other version looks like."""
    in_old = {name: name for name in found.values()}
    left = _by_sign(old, (n for n in old.states if n not in in_old), sign, in_old)
    right = _by_sign(new, (n for n in new.states if n not in found), sign, found)
    for content, names in right.items():
        others = left.get(content, [])
        if len(names) == 1 and len(others) == 1:
            found[names[0]] = others[0]


def _by_sign(
    pathway: ResolvedPathway, names: Iterable[str], sign: Sign, called: Mapping[str, str]
) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        content = sign(pathway, name, called)
        if content is not None:
            groups.setdefault(repr(content), []).append(name)
    return groups


def _content_titles_sources(
    pathway: ResolvedPathway, name: str, called: Mapping[str, str]
) -> Content:
    return (
        _titles(pathway.states[name]),
        *_content(pathway, name, called),
        _sources(pathway, name, called),
    )


def _content_titles(pathway: ResolvedPathway, name: str, called: Mapping[str, str]) -> Content:
    return (_titles(pathway.states[name]), *_content(pathway, name, called))


def _content_sources(
    pathway: ResolvedPathway, name: str, called: Mapping[str, str]
) -> Content | None:
    """Of a state that says and does nothing, such as an end, only the title tells what it is."""
    state = pathway.states[name]
    if not (state.next or state.does or state.offers):
        return None
    return (*_content(pathway, name, called), _sources(pathway, name, called))


def _titles(state: State) -> Content:
    return state.title.clinician, state.title.patient


def _content(pathway: ResolvedPathway, name: str, called: Mapping[str, str]) -> Content:
    state = pathway.states[name]
    ways = [_way(pathway, way, called) for way in state.next]
    return (
        name == pathway.start,
        state.kind,
        state.category,
        state.pathway,
        state.at,
        sorted(state.does),
        sorted(offer.treatment for offer in state.offers),
        sorted(state.yields),
        sorted(state.reassess),
        sorted(state.restarts),
        sorted(state.sets.items()),
        sorted(state.adds.items()),
        ways if state.choose == "first" else sorted(ways),
    )


def _way(pathway: ResolvedPathway, way: Transition, called: Mapping[str, str]) -> tuple[str, str]:
    return called.get(way.to, "?"), unparse(expand(way.when, pathway.scope, definitions=True))


def _sources(pathway: ResolvedPathway, name: str, called: Mapping[str, str]) -> Content:
    ways = [
        (called.get(way.source, "?"), _way(pathway, way.transition, called)[1])
        for way in pathway.ways
        if way.target == name
    ]
    alarms = [(each.level, unparse(each.when)) for each in pathway.interrupts if each.to == name]
    return sorted(ways), sorted(alarms)
