"""What the bare net of steps shows: steps nobody gets to, dead ends, loops without a way out."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.checks.static.subject import Subject
from pathways.conditions import Always, Condition, Otherwise, unparse
from pathways.errors import Problem
from pathways.graph.steps import reachable, turned_round
from pathways.graph.structure import knots


def unreachable_states(subject: Subject) -> Iterator[Problem]:
    """Yield the states that no way and no interrupt leads to.

    Args:
        subject: The pathway under check.
    """
    for name in subject.pathway.states:
        if name not in subject.led_to:
            message = f"nothing leads to {subject.step(name)}"
            hint = "add a way that leads there, or remove the state"
            yield subject.at_state("unreachable-state", name, message, hint)


def dead_ends(subject: Subject) -> Iterator[Problem]:
    """Yield the states that are no end and no link, and have no way on.

    Args:
        subject: The pathway under check.
    """
    for at in sorted(_dead(subject)):
        name = subject.net.names[at]
        message = f"{subject.step(name)} has no way on, and is no end"
        hint = "add a way on, or make it 'kind: end'"
        yield subject.at_state("dead-end", name, message, hint)


def loops_without_exit(subject: Subject) -> Iterator[Problem]:
    """Yield the loops that none of their own ways leaves.

    Args:
        subject: The pathway under check.
    """
    for members in _closed_loops(subject):
        name = subject.net.names[min(members)]
        steps = subject.steps(subject.net.named(members))
        message = f"nobody who comes to {steps} gets away again"
        interrupted = any(
            following not in members for at in members for following in subject.net.after[at]
        )
        if interrupted:
            message += ", unless a warning sign turns up"
        hint = "add a way out of the loop, or an end"
        yield subject.at_state("loop-no-exit", name, message, hint)


def no_routes_to_an_end(subject: Subject) -> Iterator[Problem]:
    """Yield the states from which no end can be reached, the first of each such part.

    Where the route stops is a dead end or a loop without a way out of its own; those are reported
    as that.

    Args:
        subject: The pathway under check.
    """
    before = turned_round(subject.own_net.after)
    finishing: set[int] = set()
    for end in sorted(subject.ends):
        finishing |= reachable(before, end)
    stops = _dead(subject)
    stops |= {at for members in _closed_loops(subject) for at in members}
    start = subject.net.position(subject.pathway.start)
    for at, name in enumerate(subject.net.names):
        entered = at == start or any(source in finishing for source in before[at])
        if at in finishing or at in stops or not entered:
            continue
        reached = subject.net.named(reachable(subject.own_net.after, at) & stops)
        message = (
            f"no end can be reached from {subject.step(name)}: every way leads to "
            f"{subject.steps(reached)}"
        )
        hint = "add a way that leads to an end"
        yield subject.at_state("no-route-to-end", name, message, hint)


def duplicate_transitions(subject: Subject) -> Iterator[Problem]:
    """Yield the ways that lead where an earlier way of the same state leads, for the same patients.

    Args:
        subject: The pathway under check.
    """
    for name, state in subject.pathway.states.items():
        for index, way in enumerate(state.next):
            for earlier in range(index):
                other = state.next[earlier]
                if other.to == way.to and _is_same(subject, other.when, way.when):
                    yield _duplicate(subject, name, earlier, index)
                    break


def _duplicate(subject: Subject, state: str, earlier: int, index: int) -> Problem:
    first, second = (
        unparse(subject.pathway.states[state].next[at].when) for at in (earlier, index)
    )
    if first == second:
        both = f"'{first}'" if first else "no condition"
        message = f"{subject.way(state, index)} stands there twice, with {both}"
    else:
        message = (
            f"{subject.way(state, index)} stands there twice: '{first}' and '{second}' hold for the "
            "same patients"
        )
    hint = "remove one of the two, or correct its target or its condition"
    place = subject.place("states", state, "next", index)
    where = f"states.{state}.next[{index}]"
    return Problem("duplicate-transition", message, hint, where, place, "review")


def _is_same(subject: Subject, one: Condition, other: Condition) -> bool:
    if isinstance(one, Otherwise) or isinstance(other, Otherwise):
        return False
    return one == other or subject.are_equal(one, other)


def always_true(subject: Subject) -> Iterator[Problem]:
    """Yield the ways that are open to everybody although others stand beside them.

    Args:
        subject: The pathway under check.
    """
    for name, state in subject.pathway.states.items():
        if state.choose == "any" or len(state.next) < 2:
            continue
        last = len(state.next) - 1
        for index, way in enumerate(state.next):
            is_last_of_all = state.choose == "first" and index == last
            if isinstance(way.when, Otherwise) or is_last_of_all:
                continue
            if isinstance(way.when, Always) or subject.is_everybody(way.when):
                yield _always_open(subject, name, index)


def _always_open(subject: Subject, state: str, index: int) -> Problem:
    ways = subject.pathway.states[state].next
    others = dict.fromkeys(each.to for at, each in enumerate(ways) if at != index)
    text = unparse(ways[index].when)
    why = f"'{text}' always holds" if text else "it has no condition"
    message = (
        f"{subject.way(state, index)} is open to everybody: {why}; but ways to "
        f"{subject.steps(others)} stand beside it"
    )
    hint = "give it a condition; under 'choose: first' such a way stands last"
    place = subject.place("states", state, "next", index, "when")
    where = f"states.{state}.next[{index}]"
    return Problem("always-true", message, hint, where, place, "review")


def _dead(subject: Subject) -> set[int]:
    """Return the positions of states that are no end and have no way on."""
    return {
        at
        for at, following in subject.own_net.after.items()
        if not following and at not in subject.ends
    }


def _closed_loops(subject: Subject) -> list[set[int]]:
    """Return the loops that none of their own ways leaves, as positions."""
    after = subject.own_net.after
    return [
        members
        for members in knots(subject.own_net)
        if all(following in members for at in members for following in after[at])
    ]
