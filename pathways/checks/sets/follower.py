"""Questions about who gets where, answered holds, fails or undecided, with a patient where it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pathways.boxes.packed import Packed
from pathways.checks.results import Verdict
from pathways.checks.sets.loops import Round, rounds
from pathways.checks.sets.machine import Machine, Move
from pathways.checks.sets.reach import (
    DEFAULT_BUDGET,
    MOST_WIDE,
    Allows,
    Arrival,
    Goal,
    Reached,
    follow,
    search,
    starts,
    successors,
)

NOT_FOLLOWED = (
    "too many different patients come this way to follow all of them; a larger --budget, or fewer "
    "findings read in one loop, may decide it"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody gets somewhere.

    Args:
        verdict: ``holds``: nobody does; ``fails``: somebody does; ``undecided``.
        arrival: Those who do, none of them wide.
        wanted: What they are like there.
    """

    verdict: Verdict
    arrival: Arrival | None = None
    wanted: Packed | None = None


QUICK = 40
SEARCHED = 4
"""A quick look for a patient, and a thorough one, may cost these parts of the budget."""

MOST_ROUGH = 3
"""So many boxes a state keeps where patients are told apart only roughly."""

NOBODY_GETS_THERE = Answer("holds")
UNDECIDED = Answer("undecided")


class Follower:
    """Follows the patients of one pathway.

    Args:
        machine: The pathway.
        budget: How many sets of patients to follow at most for one question.
    """

    def __init__(self, machine: Machine, budget: int = DEFAULT_BUDGET) -> None:
        self.machine = machine
        self.budget = budget

    @cached_property
    def everyone(self) -> Reached:
        """Who gets where, whatever happens: exact, or with wide boxes where that is too much."""
        return self._reached(starts(self.machine), frozenset(), None, frozenset())

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """Who goes round for ever as long as nothing about them changes.

        Raises:
            TooManyBoxesError: It cannot be told within the budget.
            ForgottenError: It hangs on findings that the machine does not keep.
        """
        return tuple(rounds(self.machine, self.everyone, self.budget))

    def _reached(
        self,
        begin: Sequence[Arrival],
        avoid: frozenset[str],
        allows: Allows | None,
        stop_at: frozenset[str],
    ) -> Reached:
        found = follow(
            self.machine, begin, avoid=avoid, allows=allows, stop_at=stop_at, budget=self.budget
        )
        if found.is_complete:
            return found
        return follow(
            self.machine,
            begin,
            avoid=avoid,
            allows=allows,
            stop_at=stop_at,
            budget=self.budget,
            most=MOST_WIDE,
        )

    def maybe_at(self, state: str, boxes: Iterable[Packed]) -> bool:
        """Return whether anybody may be in some boxes at a state; a no is a proof."""
        everyone = self.everyone
        listed = list(boxes)
        if not everyone.is_complete:
            return True
        return any(self._box(each, listed) is not None for each in everyone.at(state))

    def anybody_at(self, boxes: Mapping[str, Sequence[Packed]]) -> Answer:
        """Return whether anybody gets to one of some states and is in its boxes there."""
        answer = self._met(self.everyone, boxes)
        if answer.verdict != "undecided":
            return answer
        return self._searched(starts(self.machine), boxes)

    def from_there(
        self,
        begin: Sequence[Arrival],
        goal: Iterable[str],
        *,
        avoid: Iterable[str] = (),
        allows: Allows | None = None,
    ) -> Answer:
        """Return whether anybody gets from where they are to one of some states.

        Args:
            begin: Where they are; being there already counts.
            goal: Names of states.
            avoid: States that are not entered.
            allows: Which ways may be taken; None: all.
        """
        goals = frozenset(goal)
        everybody = [self.machine.packing.full]
        boxes = dict.fromkeys(sorted(goals), everybody)
        if not self.roughly(begin, goals, avoid=avoid, allows=allows):
            return NOBODY_GETS_THERE
        without = frozenset(avoid) - goals
        is_wide = any(each.is_wide for each in begin)
        if not is_wide:
            # Somebody who does is mostly found at once; that nobody does takes longer.
            quick = self._searched(begin, boxes, without, allows, budget=self.budget // QUICK)
            if quick.verdict == "fails":
                return quick
        reached = self._reached(begin, without, allows, goals)
        answer = self._met(reached, boxes)
        if answer.verdict != "undecided" or is_wide:
            return answer
        return self._searched(begin, boxes, without, allows)

    def roughly(
        self,
        begin: Sequence[Arrival],
        goal: Iterable[str],
        *,
        avoid: Iterable[str] = (),
        allows: Allows | None = None,
    ) -> bool:
        """Return whether anybody may get to one of some states, told apart only roughly.

        A no is a proof, and cheap; a yes says nothing.
        """
        goals = frozenset(goal)
        found = self.all_roughly(
            begin, avoid=frozenset(avoid) - goals, allows=allows, stop_at=goals
        )
        return not found.is_complete or any(found.at(name) for name in goals)

    def all_roughly(
        self,
        begin: Sequence[Arrival],
        *,
        avoid: Iterable[str] = (),
        allows: Allows | None = None,
        stop_at: Iterable[str] = (),
    ) -> Reached:
        """Return who may get where, told apart only roughly: more than do, never fewer."""
        return follow(
            self.machine,
            begin,
            avoid=frozenset(avoid),
            allows=allows,
            stop_at=frozenset(stop_at),
            budget=self.budget,
            most=MOST_ROUGH,
        )

    def all_from_there(
        self,
        begin: Sequence[Arrival],
        *,
        avoid: Iterable[str] = (),
        allows: Allows | None = None,
        stop_at: Iterable[str] = (),
    ) -> Reached:
        """Return who gets where from where they are."""
        stop = frozenset(stop_at)
        return self._reached(begin, frozenset(avoid) - stop, allows, stop)

    def _searched(
        self,
        begin: Sequence[Arrival],
        boxes: Mapping[str, Sequence[Packed]],
        avoid: frozenset[str] = frozenset(),
        allows: Allows | None = None,
        budget: int | None = None,
    ) -> Answer:
        most = self.budget // SEARCHED if budget is None else budget
        arrival = search(self.machine, begin, Goal(boxes), avoid=avoid, allows=allows, budget=most)
        if arrival is None:
            return UNDECIDED
        wanted = self._box(arrival, boxes.get(arrival.state, ()))
        return self.failing(arrival, wanted)

    def _met(self, reached: Reached, boxes: Mapping[str, Sequence[Packed]]) -> Answer:
        is_wide = not reached.is_complete
        best: tuple[Arrival, Packed] | None = None
        for state, wanted in boxes.items():
            for arrival in reached.at(state):
                if best is not None and arrival.length >= best[0].length:
                    continue
                box = self._box(arrival, wanted)
                if box is None:
                    continue
                if arrival.is_wide:
                    is_wide = True
                else:
                    best = arrival, box
        if best is not None:
            return self.failing(*best)
        return UNDECIDED if is_wide else NOBODY_GETS_THERE

    def failing(self, arrival: Arrival, wanted: Packed | None) -> Answer:
        """Return the answer that somebody gets there; undecided where counts are followed loosely."""
        if not self.machine.is_exact:
            return UNDECIDED
        return Answer("fails", arrival, wanted)

    def _box(self, arrival: Arrival, wanted: Iterable[Packed]) -> Packed | None:
        packing = self.machine.packing
        return next((box for box in wanted if packing.is_somebody(arrival.box & box)), None)

    def narrowed(self, arrival: Arrival, boxes: Iterable[Packed]) -> list[Arrival]:
        """Return those of an arrival who are in some boxes, too."""
        packing = self.machine.packing
        return [
            Arrival(
                arrival.state,
                arrival.box & box,
                arrival.earlier,
                arrival.move,
                arrival.piece,
                arrival.length,
                arrival.is_wide,
                arrival.either,
            )
            for box in boxes
            if packing.is_somebody(arrival.box & box)
        ]

    def taking(self, arrival: Arrival, move: Move, boxes: Iterable[Packed]) -> list[Arrival]:
        """Return where those of an arrival come to who are in some boxes and take a way."""
        found = []
        for narrow in self.narrowed(arrival, boxes):
            found += list(
                successors(self.machine, narrow, allows=lambda each: each.key == move.key)
            )
        return found

    def next_of(
        self, begin: Iterable[Arrival], *, avoid: Iterable[str] = (), allows: Allows | None = None
    ) -> list[Arrival]:
        """Return where some patients come to with one step."""
        without = frozenset(avoid)
        return [
            each for arrival in begin for each in successors(self.machine, arrival, without, allows)
        ]
