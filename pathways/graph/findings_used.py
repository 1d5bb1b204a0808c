"""Which findings a pathway reads and writes, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathways.conditions import Condition, findings_in
from pathways.conditions.definitions import reachable_definitions
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import RuleSentence, read_rule
from pathways.model.states import State
from pathways.model.thresholds import Line, lines_in


@dataclass(frozen=True, slots=True)
class Use:
    """Where one finding is used.

    Args:
        read_in: States whose ways on or offers ask for it, in reading order.
        written_in: States that find it out, look at it again, set it or add to it.
        read_elsewhere: Where else it is read, such as ``interrupt/0`` or ``entry``.
    """

    read_in: tuple[str, ...] = ()
    written_in: tuple[str, ...] = ()
    read_elsewhere: tuple[str, ...] = ()


def findings_used(pathway: ResolvedPathway) -> dict[str, Use]:
    """Return where each finding is used that the pathway reads or writes.

    Args:
        pathway: The pathway.

    Returns:
        By name, sorted. Definitions and treatment classes count as the findings they stand for.

    Example:
        >>> from pathways.reading.load import load
        >>> len(findings_used(load("severe-back-pain"))) > 0
        True
    """
    read_in = _places(_read_by_states(pathway))
    written_in = _places(_written_by_states(pathway))
    direct = {*read_in, *written_in, *_places(_read_elsewhere(pathway))}
    elsewhere = _places([*_read_elsewhere(pathway), *_inputs(pathway, direct)])
    return {
        finding: Use(
            read_in.get(finding, ()), written_in.get(finding, ()), elsewhere.get(finding, ())
        )
        for finding in sorted({*read_in, *written_in, *elsewhere})
    }


_Found = tuple[str, str]
"""A finding, and where it is used."""


def _places(found: Iterable[_Found]) -> dict[str, tuple[str, ...]]:
    """Return the places of each finding, in order, each once."""
    places: dict[str, dict[str, None]] = {}
    for finding, where in found:
        places.setdefault(finding, {})[where] = None
    return {finding: tuple(each) for finding, each in places.items()}


def _read_by_states(pathway: ResolvedPathway) -> Iterator[_Found]:
    for name, state in pathway.states.items():
        for condition in conditions_of(state):
            for finding in findings_in(condition, pathway.scope):
                yield finding, name


def conditions_of(state: State) -> Iterator[Condition]:
    """Yield the conditions of a step: of its ways on, then of what it offers.

    Args:
        state: The state.
    """
    yield from (way.when for way in state.next)
    yield from (offer.when for offer in state.offers if offer.when is not None)


def numbers_in(condition: Condition, pathway: ResolvedPathway) -> Iterator[Line]:
    """Yield every number in a condition, and in the definitions that it names.

    Args:
        condition: A condition of the pathway.
        pathway: The pathway.
    """
    yield from lines_in(condition)
    for name in reachable_definitions(condition, pathway.scope):
        yield from lines_in(pathway.definitions[name].when)


def _written_by_states(pathway: ResolvedPathway) -> Iterator[_Found]:
    for name, state in pathway.states.items():
        for each in (state.yields, state.reassess, state.restarts, state.sets, state.adds):
            yield from ((finding, name) for finding in each)


def _read_elsewhere(pathway: ResolvedPathway) -> Iterator[_Found]:
    for where, condition in conditions_elsewhere(pathway):
        if condition is not None:
            for finding in findings_in(condition, pathway.scope):
                yield finding, where
    for where, sentence in _rule_sentences(pathway):
        if sentence.finding is not None:
            yield sentence.finding, where


def conditions_elsewhere(pathway: ResolvedPathway) -> Iterator[tuple[str, Condition | None]]:
    """Yield the conditions that stand at no step, each with where it stands.

    Args:
        pathway: The pathway.

    Returns:
        Of interrupts, ``concerns``, ``entry``, ``facts``, ``initial`` and rules; None where there is
        none.
    """
    document = pathway.document
    for index, interrupt in enumerate(pathway.interrupts):
        yield f"interrupt/{index}", interrupt.when
        yield f"interrupt/{index}", interrupt.until
    yield "concerns", document.concerns
    yield "entry", document.entry
    yield from (("facts", fact) for fact in pathway.facts)
    yield "initial", document.initial
    for where, sentence in _rule_sentences(pathway):
        yield where, sentence.condition


def _rule_sentences(pathway: ResolvedPathway) -> Iterator[tuple[str, RuleSentence]]:
    """Rules of an included pathway may name an end that is joined to a state of this one."""
    states = {*pathway.states, *(name for part in pathway.included for name in part.states)}
    tags = {tag for state in pathway.states.values() for tag in state.tags}
    tags |= {tag for part in pathway.included for s in part.states.values() for tag in s.tags}
    for rule in pathway.rules:
        yield f"rule {rule.id}", read_rule(rule, states, tags)


def _inputs(pathway: ResolvedPathway, findings: Iterable[str]) -> Iterator[_Found]:
    """Yield what the derived findings among these are computed from, and so on."""
    waiting = sorted(findings)
    seen = set(waiting)
    while waiting:
        name = waiting.pop(0)
        record = pathway.catalogue.findings.get(name)
        if record is not None and record.derived is not None:
            for source in record.derived.of:
                yield source, f"finding {name}"
                if source not in seen:
                    seen.add(source)
                    waiting.append(source)
