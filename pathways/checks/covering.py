"""Journeys that take every way of a pathway at least once: examples for a clinician to sign.

Source: transition coverage; P. Ammann and J. Offutt, Introduction to Software Testing, 2016, chapter 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathways.checks.results import Journey
from pathways.checks.sets.follower import Follower
from pathways.checks.sets.journeys import journey
from pathways.checks.sets.machine import Machine, Move
from pathways.checks.sets.reach import DEFAULT_BUDGET, Arrival, Goal, search, successors
from pathways.model.pathway import ResolvedPathway


@dataclass(frozen=True)
class Cover:
    """Journeys that together take every way somebody can take.

    Args:
        journeys: The journeys, the longest first.
        missing: Ways nobody takes, or that were not followed.
    """

    journeys: tuple[Journey, ...]
    missing: tuple[str, ...]


def cover(pathway: ResolvedPathway, budget: int = DEFAULT_BUDGET) -> Cover:
    """Return journeys that take every way of a pathway.

    Args:
        pathway: The pathway.
        budget: How many sets of patients to follow at most.

    Returns:
        Each goes from the start to an end; few of them, since each takes as many new ways as it
        comes by.

    Raises:
        TooManyBoxesError: Its interrupts or facts cannot be told exactly.

    Example:
        >>> from pathways.reading.load import load
        >>> cover(load("safety")).missing
        ('warning_signs/0', 'warning_signs/1')
    """
    return _Covering(Follower(Machine(pathway), budget)).cover()


class _Covering:
    """Collects journeys until every way is taken."""

    def __init__(self, follower: Follower) -> None:
        self.machine = machine = follower.machine
        self.follower = follower
        ends = [
            name
            for name, state in machine.pathway.states.items()
            if state.kind in {"end", "link"} or not state.next
        ]
        everybody = [machine.packing.full]
        self.goal = Goal(dict.fromkeys(ends, everybody))
        self.left = {
            each.key: each for moves in machine.moves.values() for each in moves if each.own
        }
        # An interrupt is one way for all states: once from a state of the pathway is enough.
        self.left |= {
            each.key: each for moves in machine.moves.values() for each in moves if not each.own
        }

    def cover(self) -> Cover:
        found: list[Journey] = []
        missing: list[str] = []
        for arrival in self.farthest():
            if arrival.move is not None and arrival.move.key in self.left:
                told = self.whole(arrival)
                found.append(told)
                for key in told.ways:
                    self.left.pop(key, None)
        missing = sorted(self.left)
        found.sort(key=lambda each: (-len(each.moments), each.ways))
        return Cover(tuple(found), tuple(missing))

    def farthest(self) -> Iterator[Arrival]:
        """Yield those who took each way, the farthest from the start first."""
        arrivals: list[Arrival] = []
        for name in self.machine.pathway.states:
            for arrival in self.follower.everyone.at(name):
                if not arrival.is_wide:
                    arrivals.extend(successors(self.machine, arrival))
        arrivals.sort(key=lambda each: (-each.length, self.machine.pathway.numbers[each.state]))
        return iter(arrivals)

    def whole(self, arrival: Arrival) -> Journey:
        """Return a journey that goes on to an end, without a warning sign where that is possible."""
        onward = None
        for allows in (_is_own, None):
            onward = search(
                self.machine, [arrival], self.goal, allows=allows, budget=self.follower.budget
            )
            if onward is not None:
                break
        return journey(self.machine, onward or arrival)


def _is_own(move: Move) -> bool:
    return move.own
