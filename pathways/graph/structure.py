"""What holds a pathway together: what every route must pass, loops, and bottlenecks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pathways.errors import PathwayError
from pathways.graph.build import plain_graph
from pathways.graph.counting import Steps, cycles_in_order, parts_in_order
from pathways.graph.steps import StateRef, StepNet, reachable, step_net
from pathways.model.pathway import ResolvedPathway


@dataclass(frozen=True, slots=True)
class MustPass:
    """The states that every route from one state to another passes.

    Args:
        start: Name of the state the routes begin at.
        goal: Name of the state they end at.
        reachable: Whether there is a route at all.
        states: What every route passes, in the order it is passed, without the two ends.
    """

    start: str
    goal: str
    reachable: bool
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of a loop.

    Args:
        source: The state in the loop that it leaves.
        target: The state outside that it leads to.
        ways: Names of the ways, such as ``review/0``; none when only an interrupt leads there.
    """

    source: str
    target: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """States that can be come back to: each can be reached from every other.

    Args:
        states: The states, in reading order.
        entries: Those that can be entered from outside; the start of the pathway counts as entered.
        exits: The ways out; without any, nobody leaves.
        rounds: Ways round, shortest first, each from its first state in reading order, without the
            return.
        complete: Whether all ways round are given.
    """

    states: tuple[str, ...]
    entries: tuple[str, ...]
    exits: tuple[Exit, ...]
    rounds: tuple[tuple[str, ...], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """How much of a pathway hangs on one state.

    Args:
        state: Name of the state.
        number: Its step number.
        gates: How many other states can be reached from the start only through it.
        ends_gated: How many of those are ends or links.
        betweenness: From 0 to 1: the share of the shortest routes from one state to another that
            pass it, averaged over all ordered pairs of other states that can be reached from the
            start; pairs without a route count as 0 (Freeman 1977, "A set of measures of centrality
            based on betweenness").
    """

    state: str
    number: int
    gates: int
    ends_gated: int
    betweenness: float


def must_pass(
    pathway: ResolvedPathway,
    goal: StateRef,
    start: StateRef | None = None,
    *,
    interrupts: bool = False,
) -> MustPass:
    """Return the states that every route to a state passes (its dominators).

    Args:
        pathway: The pathway.
        goal: Name or step number of the state to get to.
        start: Name or step number of the state to begin at; None: the start of the pathway.
        interrupts: Whether interrupts count as ways.

    Returns:
        The states, in the order they are passed. Taking any one of them away would make the goal
        unreachable; taking any other away would not.

    Raises:
        UnknownNameError: A state is not known.

    Example:
        >>> from pathways.reading.load import load
        >>> must_pass(load("severe-back-pain"), 1, start=1).states
        ()

    References:
        Cooper, Harvey and Kennedy 2006, "A simple, fast dominance algorithm", as in networkx.
    """
    first = pathway.start if start is None else pathway.state_name(str(start))
    last = pathway.state_name(str(goal))
    net = step_net(pathway, interrupts=interrupts)
    passed = dominators(net, net.position(first)).get(net.position(last))
    if passed is None:
        return MustPass(first, last, reachable=False, states=())
    names = tuple(net.names[at] for at in passed[1:-1])
    return MustPass(first, last, reachable=True, states=names)


def dominators(net: StepNet, start: int) -> dict[int, Steps]:
    """Return, for each step that can be reached, what every route to it passes, both ends included."""
    import networkx as nx

    nearest = nx.immediate_dominators(plain_graph(net.after), start)
    passed: dict[int, Steps] = {start: (start,)}

    def chain(step: int) -> Steps:
        """The nearest dominators, one by one, back to a step that is known already."""
        back: list[int] = []
        while step not in passed:
            back.append(step)
            step = nearest[step]
        found = passed[step]
        for each in reversed(back):
            found = passed[each] = (*found, each)
        return found

    return {step: chain(step) for step in sorted({start, *nearest})}


def loops(
    pathway: ResolvedPathway, most: int = 100, *, interrupts: bool = False
) -> tuple[Loop, ...]:
    """Return the loops of a pathway: knots of states that can be come back to.

    Args:
        pathway: The pathway.
        most: How many ways round to give for each loop at most, 0 or more.
        interrupts: Whether interrupts count as ways.

    Returns:
        The strongly connected parts with a way round, in reading order of their first states. Loops
        that share a state are one part.

    Raises:
        PathwayError: ``most`` is negative.

    Example:
        >>> from pathways.reading.load import load
        >>> all(loop.rounds for loop in loops(load("severe-back-pain")))
        True
    """
    if most < 0:
        raise PathwayError(f"cannot list {most} ways round; 'most' is 0 or more")
    net = step_net(pathway, interrupts=interrupts)
    return tuple(_loop(pathway, net, members, most) for members in knots(net))


def knots(net: StepNet) -> list[set[int]]:
    """Return the strongly connected parts with a way round, by their first steps."""
    found = (
        part
        for part in parts_in_order(net.after)
        if len(part) > 1 or any(at in net.after[at] for at in part)
    )
    return sorted(found, key=min)


def _loop(pathway: ResolvedPathway, net: StepNet, members: set[int], most: int) -> Loop:
    rounds = list(islice(cycles_in_order(net.after, sorted(members)), most + 1))
    entries = {net.position(pathway.start)} & members
    for at, following in net.after.items():
        if at not in members:
            entries |= members.intersection(following)
    return Loop(
        net.named(members),
        net.named(entries),
        tuple(_exits(pathway, net, members)),
        tuple(tuple(net.names[at] for at in steps) for steps in rounds[:most]),
        complete=len(rounds) <= most,
    )


def _exits(pathway: ResolvedPathway, net: StepNet, members: set[int]) -> Iterator[Exit]:
    for at in sorted(members):
        source = net.names[at]
        for following in net.after[at]:
            if following not in members:
                target = net.names[following]
                ways = (way.key for way in pathway.ways_from(source) if way.target == target)
                yield Exit(source, target, tuple(ways))


def bottlenecks(
    pathway: ResolvedPathway, most: int | None = None, *, interrupts: bool = False
) -> tuple[Bottleneck, ...]:
    """Return the states that much of a pathway hangs on, the most important first.

    Args:
        pathway: The pathway.
        most: How many to give at most; None: every state that something hangs on.
        interrupts: Whether interrupts count as ways.

    Returns:
        States, other than the start, that gate at least one other; most gated states first, then
        by betweenness, then in reading order. Only what can be reached from the start counts.

    Raises:
        PathwayError: ``most`` is negative.

    Example:
        >>> from pathways.reading.load import load
        >>> len(bottlenecks(load("severe-back-pain"), most=3)) <= 3
        True
    """
    import networkx as nx

    if most is not None and most < 0:
        raise PathwayError(f"cannot list {most} states; 'most' is 0 or more")
    net = step_net(pathway, interrupts=interrupts)
    start = net.position(pathway.start)
    gated: dict[int, list[int]] = {}
    for step, passed in dominators(net, start).items():
        for each in passed[1:-1]:
            gated.setdefault(each, []).append(step)
    inside = reachable(net.after, start)
    graph = plain_graph(net.after).subgraph(sorted(inside))
    share = nx.betweenness_centrality(graph)
    found = [
        _bottleneck(pathway, net.names[at], [net.names[each] for each in steps], share[at])
        for at, steps in gated.items()
    ]
    found.sort(key=lambda each: (-each.gates, -each.betweenness, each.number))
    return tuple(found[:most])


def _bottleneck(pathway: ResolvedPathway, state: str, gated: list[str], share: float) -> Bottleneck:
    ends = sum(pathway.states[name].kind in {"end", "link"} for name in gated)
    return Bottleneck(state, pathway.numbers[state], len(gated), ends, round(share, 6))
