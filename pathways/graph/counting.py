"""Counting routes exactly, and finding the longest one, without listing them.

A route visits no state twice. Once it has left a knot of states that can all reach each other (a
strongly connected part), it never comes back to that knot. So the number of routes is found part by
part: inside a part the routes are counted by the set of states visited (Held and Karp 1962,
"A dynamic programming approach to sequencing problems", for the sets; Python's whole numbers never
overflow), and between parts the numbers are added up in topological order. Where there are no loops
every part is one state, and this is the usual counting on a graph without cycles.

Counting simple paths is hard in general (Valiant 1979, "The complexity of enumeration and
reliability problems"), so the work inside parts is bounded; beyond the bound the ways that lead back
are cut and the answer says so.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pathways.graph.build import plain_graph
from pathways.graph.steps import After, between, distances, turned_round

WORK_LIMIT = 500_000
"""Most steps that are tried inside loops for one answer; about a second of work."""

Steps = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of all routes between two steps.

    Args:
        total: How many there are; at least so many when not exact.
        longest: One with the most steps, first in reading order among equals; empty when none.
        exact: Whether nothing had to be left out.
    """

    total: int
    longest: Steps
    exact: bool


class _TooMuchWorkError(Exception):
    """The bound on the work inside loops is reached."""


def survey(after: After, start: int, goal: int, work_limit: int = WORK_LIMIT) -> Survey:
    """Count the routes from one step to another and find a longest one.

    Args:
        after: Which step can follow which.
        start: Where routes begin.
        goal: Where they end.
        work_limit: Most steps to try inside loops.

    Returns:
        Exact figures; or, beyond the limit, those of the net without the ways that lead back to a
        step already on the way in a depth-first walk in reading order. Every route without such
        ways is a route, so both figures are lower bounds then.

    Example:
        >>> survey({0: (1, 2), 1: (3,), 2: (3,), 3: ()}, 0, 3)
        Survey(total=2, longest=(0, 1, 3), exact=True)
    """
    part = between(after, start, goal)
    if not part:
        return Survey(0, (), exact=True)
    try:
        total, longest = _by_parts(part, start, goal, work_limit)
    except _TooMuchWorkError:
        cut = between(without_ways_back(part, start), start, goal)
        total, longest = _by_parts(cut, start, goal, 0)
        return Survey(total, longest, exact=False)
    return Survey(total, longest, exact=True)


_Tally = dict[int, tuple[int, Steps]]
"""For each step: how many routes lead to it, and a longest one."""


def _add(tally: _Tally, step: int, number: int, route: Steps) -> None:
    """Add routes that lead to a step; keep the longest one, first in reading order among equals."""
    if step not in tally:
        tally[step] = (number, route)
        return
    before, best = tally[step]
    if len(route) > len(best) or (len(route) == len(best) and route < best):
        best = route
    tally[step] = (before + number, best)


def _by_parts(after: After, start: int, goal: int, work_limit: int) -> tuple[int, Steps]:
    """Return the number of routes and a longest one, part by part in topological order."""
    arriving: _Tally = {start: (1, (start,))}
    leaving: _Tally = {}
    for members in parts_in_order(after):
        for entry in sorted(members & arriving.keys()):
            number, route = arriving[entry]
            inside, work_limit = _inside(after, members, entry, work_limit)
            for end, (more, rest) in inside.items():
                _add(leaving, end, number * more, route + rest[1:])
        for end in sorted(members & leaving.keys()):
            number, route = leaving[end]
            for following in after[end]:
                if following not in members:
                    _add(arriving, following, number, (*route, following))
    return leaving[goal]


def parts_in_order(after: After) -> Iterator[set[int]]:
    """Yield the strongly connected parts of a net, in topological order."""
    import networkx as nx

    joined = nx.condensation(plain_graph(after))
    for part in nx.topological_sort(joined):
        yield joined.nodes[part]["members"]


def _inside(after: After, members: set[int], entry: int, work_limit: int) -> tuple[_Tally, int]:
    """Return the routes inside one part from an entry to each of its steps.

    Routes that visited the same set and stand at the same step go on alike, so they are counted
    together; each round makes them one step longer.

    Returns:
        The tally, and what is left of the work limit.

    Raises:
        _TooMuchWorkError: The limit is reached.
    """
    if len(members) == 1:
        return {entry: (1, (entry,))}, work_limit
    tally: _Tally = {}
    layer: dict[tuple[int, int], tuple[int, Steps]] = {(1 << entry, entry): (1, (entry,))}
    while layer:
        longer: dict[tuple[int, int], tuple[int, Steps]] = {}
        for (visited, at), (number, route) in layer.items():
            _add(tally, at, number, route)
            onward = [each for each in after[at] if each in members and not visited >> each & 1]
            work_limit -= len(onward)
            if work_limit < 0:
                raise _TooMuchWorkError
            for following in onward:
                key = (visited | 1 << following, following)
                # Beginnings come in reading order, so the first one found stays.
                before, first = longer.get(key, (0, (*route, following)))
                longer[key] = (before + number, first)
        layer = longer
    return tally, work_limit


def without_ways_back(after: After, start: int) -> dict[int, tuple[int, ...]]:
    """Return a net without the ways that close a loop in a depth-first walk in reading order.

    Args:
        after: Which step can follow which.
        start: Where the walk begins; what it cannot reach is left out.

    Example:
        >>> without_ways_back({0: (1,), 1: (0, 2), 2: (1,)}, 0)
        {0: (1,), 1: (2,), 2: ()}
    """
    kept: dict[int, list[int]] = {start: []}
    on_the_way = {start}
    stack = [(start, iter(after.get(start, ())))]
    while stack:
        at, following = stack[-1]
        step = next(following, None)
        if step is None:
            on_the_way.discard(at)
            stack.pop()
        elif step not in on_the_way:
            kept[at].append(step)
            if step not in kept:
                kept[step] = []
                on_the_way.add(step)
                stack.append((step, iter(after.get(step, ()))))
    return {at: tuple(steps) for at, steps in sorted(kept.items())}


def routes_in_order(after: After, start: int, goal: int) -> Iterator[Steps]:
    """Yield every route from one step to another, fewest steps first, then in reading order.

    Best-first search: a beginning of a route waits under the length of the shortest route that
    it can still become, so no beginning is followed in vain and stopping early costs nothing.

    Args:
        after: Which step can follow which.
        start: Where routes begin.
        goal: Where they end.

    Example:
        >>> list(routes_in_order({0: (1, 2), 1: (2,), 2: ()}, 0, 2))
        [(0, 2), (0, 1, 2)]
    """
    part = between(after, start, goal)
    if not part:
        return
    before = turned_round(part)
    looped = any(len(members) > 1 for members in parts_in_order(part))
    to_goal = distances(before, goal)
    waiting: list[tuple[int, Steps]] = [(to_goal[start], (start,))]
    while waiting:
        _, route = heapq.heappop(waiting)
        if route[-1] == goal:
            yield route
            continue
        if looped:
            to_goal = distances(before, goal, without=route)
        for following in part[route[-1]]:
            if following not in route and following in to_goal:
                heapq.heappush(waiting, (len(route) + to_goal[following], (*route, following)))


def shortest(after: After, start: int, goal: int) -> Steps:
    """Return the route with the fewest steps, first in reading order among equals; empty when none."""
    return next(routes_in_order(after, start, goal), ())


def cycles_in_order(after: After, members: Sequence[int]) -> Iterator[Steps]:
    """Yield every way round inside one part, shortest first, then in reading order.

    Each begins at its first step in reading order and is given once, without the return.

    Args:
        after: Which step can follow which.
        members: The steps of the part.

    Example:
        >>> list(cycles_in_order({0: (1,), 1: (0, 2), 2: (0,)}, [0, 1, 2]))
        [(0, 1), (0, 1, 2)]
    """

    def rounds(first: int) -> Iterator[tuple[int, Steps]]:
        """The start stands twice in this net, as itself and as the goal -1."""
        later = {each for each in members if each >= first}
        net = {
            at: tuple(-1 if to == first else to for to in after[at] if to in later) for at in later
        }
        for route in routes_in_order(net | {-1: ()}, first, -1):
            yield len(route) - 1, route[:-1]

    for _, route in heapq.merge(*(rounds(first) for first in sorted(members))):
        yield route
