"""The bare net of steps: which step can follow which, as plain numbers.

Every question about routes works on a :class:`StepNet`. Steps are counted from 0 in reading order
here, so that "in reading order" is the order of the numbers and nothing depends on hash order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathways.model.pathway import ResolvedPathway

StateRef = str | int
"""A state, by its name or by its step number (as text or as a number)."""

After = Mapping[int, Sequence[int]]
"""For each step, the steps that can follow it, in reading order, each once."""


@dataclass(frozen=True, slots=True)
class StepNet:
    """Which step can follow which.

    Args:
        names: Names of the states, in reading order; a state's position counts from 0.
        after: For each position, the positions that can follow it, in reading order, each once.
    """

    names: tuple[str, ...]
    after: dict[int, tuple[int, ...]]

    def position(self, name: str) -> int:
        """Return the position of a state."""
        return self.names.index(name)

    def named(self, positions: Collection[int]) -> tuple[str, ...]:
        """Return the names of some positions, in reading order."""
        return tuple(self.names[each] for each in sorted(positions))


def step_net(pathway: ResolvedPathway, *, interrupts: bool = False) -> StepNet:
    """Return which step can follow which.

    Args:
        pathway: The pathway.
        interrupts: Whether an interrupt counts as a way on (see :func:`interrupt_ways`).

    Returns:
        The net; several ways between the same two states count once.
    """
    names = tuple(pathway.states)
    position = {name: at for at, name in enumerate(names)}
    after: dict[int, set[int]] = {at: set() for at in range(len(names))}
    for way in pathway.ways:
        after[position[way.source]].add(position[way.target])
    if interrupts:
        for source, index in interrupt_ways(pathway):
            after[position[source]].add(position[pathway.interrupts[index].to])
    return StepNet(names, {at: tuple(sorted(following)) for at, following in after.items()})


def interrupt_ways(pathway: ResolvedPathway) -> Iterator[tuple[str, int]]:
    """Yield each interrupt as ways: from which state, and the position of the interrupt.

    An interrupt is open in every state that has something after it, except where it is silent (see
    :func:`silent_states`).

    Yields:
        Pairs (name of the state, position in ``pathway.interrupts``), in reading order.
    """
    silent = silent_states(pathway)
    for name, state in pathway.states.items():
        if state.kind not in {"end", "link"}:
            for index, states in enumerate(silent):
                if name not in states:
                    yield name, index


def silent_states(pathway: ResolvedPathway) -> tuple[frozenset[str], ...]:
    """Return, for each interrupt, the states in which it does not fire.

    That is its own target and that target's work-up: the states that follow the target and that
    nobody gets to without a target of some interrupt. Nobody is called away from emergency care, or
    its work-up, to an urgent one.

    Returns:
        One set for each interrupt, in their order.
    """
    net = step_net(pathway)
    targets = frozenset(each.to for each in pathway.interrupts)
    own = [work_up(net, pathway.start, each.to, targets) for each in pathway.interrupts]
    emergency = frozenset(
        name
        for states, each in zip(own, pathway.interrupts, strict=True)
        if each.level == "emergency"
        for name in states
    )
    return tuple(
        states if each.level == "emergency" else states | emergency
        for states, each in zip(own, pathway.interrupts, strict=True)
    )


def work_up(net: StepNet, start: str, target: str, targets: Collection[str]) -> frozenset[str]:
    """Return a target of an interrupt together with its work-up.

    Args:
        net: Which step can follow which.
        start: Where everyone begins.
        target: The target.
        targets: All targets of interrupts; several may share steps of their work-up.

    Returns:
        The target and the steps behind it that can be reached only through some target.
    """
    first, middle = net.position(start), net.position(target)
    behind = reachable(net.after, middle)
    elsewhere = reachable(net.after, first, without={net.position(each) for each in targets})
    return frozenset(net.names[at] for at in (behind - elsewhere) | {middle})


def reachable(after: After, start: int, without: Collection[int] = ()) -> set[int]:
    """Return the steps that can be reached from one, itself included.

    Args:
        after: Which step can follow which.
        start: Where to begin.
        without: Steps that may not be entered; when the start is among them, nothing is reachable.
    """
    if start in without:
        return set()
    found = {start}
    edge = [start]
    while edge:
        for following in after.get(edge.pop(), ()):
            if following not in found and following not in without:
                found.add(following)
                edge.append(following)
    return found


def turned_round(after: After) -> dict[int, list[int]]:
    """Return the same net with every way turned round: what can come before each step."""
    before: dict[int, list[int]] = {at: [] for at in after}
    for at in sorted(after):
        for following in after[at]:
            before.setdefault(following, []).append(at)
    return before


def distances(after: After, start: int, without: Collection[int] = ()) -> dict[int, int]:
    """Return the fewest steps from one step to each that can be reached from it."""
    steps = {start: 0}
    layer = [start]
    while layer:
        coming = []
        for at in layer:
            for following in after.get(at, ()):
                if following not in steps and following not in without:
                    steps[following] = steps[at] + 1
                    coming.append(following)
        layer = coming
    return steps


def between(after: After, start: int, goal: int) -> dict[int, tuple[int, ...]]:
    """Return the part of the net that routes from a start to a goal can use.

    No way leaves the goal and none comes back to the start, because a route visits nothing twice.

    Returns:
        The part, with every step in it on some walk from start to goal; empty when there is none.
    """
    onward = {
        at: tuple(each for each in following if each not in (start, at))
        for at, following in after.items()
    }
    onward[goal] = ()
    kept = reachable(onward, start) & reachable(turned_round(onward), goal)
    if goal not in kept:
        return {}
    return {at: tuple(each for each in onward[at] if each in kept) for at in sorted(kept)}
