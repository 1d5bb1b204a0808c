"""Tracks: in which order the bends between two levels lie below each other.

Between two levels every net has one hub on one side and its pins on the other: a node with its ways
on below it, or a node with what leads to it above it. Each net runs along one track. The order of the
tracks decides how many lines cross, and whether two lines lie on each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

NEAR = 6.0
"""Two lines closer than this look like one, in points."""

CLASH = 1_000
"""Cost of two lines lying on each other; a crossing costs 1."""

TOUCH = 5
"""Cost of a line that ends where another one bends."""

MOST_TRIED = 5
"""Up to so many nets every order is tried; more are sorted step by step."""


@dataclass(frozen=True, slots=True)
class Net:
    """Lines between two levels that belong together.

    Args:
        hub: x of the one pin.
        pins: x of the pins on the other side.
        hub_above: Whether the hub is on the upper side.
    """

    hub: float
    pins: tuple[float, ...]
    hub_above: bool

    @property
    def low(self) -> float:
        """Leftmost x."""
        return min(self.hub, *self.pins)

    @property
    def high(self) -> float:
        """Rightmost x."""
        return max(self.hub, *self.pins)

    @property
    def is_straight(self) -> bool:
        """Whether it needs no bend."""
        return self.high - self.low < 0.25

    @property
    def up(self) -> tuple[float, ...]:
        """X of the lines from its track upwards."""
        return (self.hub,) if self.hub_above else self.pins

    @property
    def down(self) -> tuple[float, ...]:
        """X of the lines from its track downwards."""
        return self.pins if self.hub_above else (self.hub,)


@dataclass(frozen=True, slots=True)
class Tracks:
    """The track of each net.

    Args:
        track: Number of the track by position of the net, from the top, from 0; -1 for a net that
            runs straight.
        count: How many tracks there are.
        clashes: How many pairs of lines lie on each other all the same.
    """

    track: tuple[int, ...]
    count: int
    clashes: int


def tracks(nets: Sequence[Net]) -> Tracks:
    """Return a track for each net, with as few crossings as can be found.

    Args:
        nets: The nets between two levels.

    Example:
        >>> tracks([Net(10, (10, 60), True), Net(40, (90,), True)]).track
        (1, 0)
    """
    bent = [index for index, net in enumerate(nets) if not net.is_straight]
    costs = _Costs(nets)
    order = [index for group in costs.groups(bent) for index in costs.best_order(group)]
    track = [-1] * len(nets)
    for position, index in enumerate(order):
        above = [track[other] for other in order[:position] if costs.meet(index, other)]
        track[index] = 1 + max(above, default=-1)
    count = 1 + max(track, default=-1)
    if not all(net.hub_above for net in nets):
        track = _sunk(track, order, costs, count)
    return Tracks(tuple(track), count, costs.clashes(order))


def _sunk(track: list[int], order: Sequence[int], costs: _Costs, count: int) -> list[int]:
    """Return the same order of tracks, each as low as it can be: near what the lines lead to."""
    sunk = list(track)
    for position in range(len(order) - 1, -1, -1):
        index = order[position]
        below = [sunk[other] for other in order[position + 1 :] if costs.meet(index, other)]
        sunk[index] = min(below, default=count) - 1
    return sunk


class _Costs:
    """What it costs to have one net above another; each pair is looked at once."""

    def __init__(self, nets: Sequence[Net]) -> None:
        self.nets = nets
        self.known: dict[tuple[int, int], int] = {}

    def meet(self, one: int, other: int) -> bool:
        """Whether two nets share some x, so that they need different tracks."""
        a, b = self.nets[one], self.nets[other]
        return a.low <= b.high + NEAR and b.low <= a.high + NEAR

    def above(self, upper: int, lower: int) -> int:
        """Return the cost of one net lying above another that it meets."""
        pair = upper, lower
        if pair not in self.known:
            self.known[pair] = _cost(self.nets[upper], self.nets[lower])
        return self.known[pair]

    def groups(self, bent: Sequence[int]) -> list[list[int]]:
        """Return the nets in groups that do not meet each other."""
        groups: list[list[int]] = []
        for index in bent:
            touching = [group for group in groups if any(self.meet(index, each) for each in group)]
            rest = [group for group in groups if group not in touching]
            groups = [*rest, [each for group in touching for each in group] + [index]]
        return groups

    def total(self, order: Iterable[int]) -> int:
        return sum(
            self.above(upper, lower)
            for upper, lower in combinations(order, 2)
            if self.meet(upper, lower)
        )

    def best_order(self, group: list[int]) -> list[int]:
        """Return the cheapest order from top to bottom."""
        start = sorted(group, key=lambda each: (self.nets[each].low, self.nets[each].high))
        if len(group) <= MOST_TRIED:
            return list(min(permutations(start), key=self.total))
        order = start
        for _ in range(len(order)):
            changed = False
            for index in range(len(order) - 1):
                upper, lower = order[index], order[index + 1]
                if self.meet(upper, lower) and self.above(lower, upper) < self.above(upper, lower):
                    order[index], order[index + 1] = lower, upper
                    changed = True
            if not changed:
                break
        return order

    def clashes(self, order: Sequence[int]) -> int:
        return sum(
            self.above(upper, lower) >= CLASH
            for upper, lower in combinations(order, 2)
            if self.meet(upper, lower)
        )


def _cost(upper: Net, lower: Net) -> int:
    """Return what it costs to have one net above another."""
    cost = 0
    for down in upper.down:
        cost += sum(CLASH for up in lower.up if abs(down - up) < NEAR)
        cost += _crossing(down, lower)
    for up in lower.up:
        cost += _crossing(up, upper)
    return cost


def _crossing(x: float, net: Net) -> int:
    """Return what it costs that a vertical line passes the track of a net."""
    if x < net.low - NEAR or x > net.high + NEAR:
        return 0
    near_an_end = min(abs(x - net.low), abs(x - net.high)) < NEAR
    return TOUCH if near_an_end else 1
