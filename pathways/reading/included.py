"""What each included pathway brings along, when several of them include the same ones.

A pathway that includes two others may find that the second includes the first one as well. What it
includes itself is then taken from there, joined as it says; the second brings only what is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.model.document import Include, Phase
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import Rule, rename_states
from pathways.model.states import Interrupt, State

Included = tuple[Include, ResolvedPathway]
"""An entry of ``include`` and the pathway it names."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one included pathway brings along; ways to joined ends lead on.

    Args:
        include: How it is included.
        states: Its states by name, without the ends that are joined to a state.
        phases: Its phases by name.
        interrupts: Its interrupts.
        rules: Its rules; they speak of the states its ends lead to.
    """

    include: Include
    states: dict[str, State]
    phases: dict[str, Phase]
    interrupts: tuple[Interrupt, ...]
    rules: tuple[Rule, ...]


def brought_along(included: Sequence[Included]) -> list[Brought]:
    """Return what each of some included pathways brings along.

    Args:
        included: The entries of ``include`` and the pathways they name, in order.
    """
    return [_brought(each, included) for each in included]


def included_twice_over(one: Included, included: Sequence[Included]) -> list[Included]:
    """Return the other entries whose pathway this one includes as well.

    Args:
        one: An entry of ``include`` and the pathway it names.
        included: All entries.
    """
    inner = {document.pathway for document in one[1].included}
    return [each for each in included if each[1].id in inner]


def _brought(one: Included, included: Sequence[Included]) -> Brought:
    include, part = one
    others = included_twice_over(one, included)
    left = {
        name
        for _, other in others
        for name in (other.id, *(document.pathway for document in other.included))
    }
    joins = dict(include.joins)
    for each, _ in others:
        joins.update(each.joins)
    return Brought(
        include,
        states={
            name: _joined(state, joins)
            for name, state in part.states.items()
            if name not in joins and part.origins[name] not in left
        },
        phases={
            name: phase
            for name, phase in part.phases.items()
            if not any(name in other.phases for _, other in others)
        },
        interrupts=tuple(
            _redirected(each, joins)
            for each in part.interrupts
            if not any(_same(each, theirs) for _, other in others for theirs in other.interrupts)
        ),
        rules=_rules(part, joins, left),
    )


def _joined(state: State, joins: dict[str, str]) -> State:
    if not any(way.to in joins for way in state.next):
        return state
    ways = tuple(way.model_copy(update={"to": joins.get(way.to, way.to)}) for way in state.next)
    return state.model_copy(update={"next": ways})


def _redirected(interrupt: Interrupt, joins: dict[str, str]) -> Interrupt:
    target = joins.get(interrupt.to)
    return interrupt.model_copy(update={"to": target}) if target else interrupt


def _same(one: Interrupt, other: Interrupt) -> bool:
    """Return whether two interrupts are one, however the ends they lead to were joined."""
    return one.model_copy(update={"to": other.to}) == other


def _rules(part: ResolvedPathway, joins: dict[str, str], left: set[str]) -> tuple[Rule, ...]:
    elsewhere = {rule.id for each in part.included if each.pathway in left for rule in each.rules}
    tags = frozenset(tag for state in part.states.values() for tag in state.tags)
    # A rule may still name an end that an included pathway has joined to a state.
    states = frozenset((*part.states, *(name for each in part.included for name in each.states)))
    return tuple(
        rename_states(rule, joins, states, tags) for rule in part.rules if rule.id not in elsewhere
    )
