"""Who goes on to somewhere else: for every step of both versions the exact sets of patients.

For each step and target the patients who went there and do not any more are the boxes of the old
version without those of the new one. Interrupts come first, in their order; what one of them takes
is not asked about the step's own ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from pathways.boxes import TooManyBoxesError
from pathways.boxes.packed import Packed, widest
from pathways.conditions import Condition
from pathways.differences.common import Common
from pathways.differences.model import Outcome, Shift, Side, Undecided
from pathways.differences.people import group_of
from pathways.differences.replay import require_replayed
from pathways.graph.steps import interrupt_ways

Reaches = Callable[[str, Condition], bool | None]
"""Whether somebody of whom a condition holds gets to a state; None: not known."""


@dataclass(frozen=True, slots=True)
class Fired:
    """Whom an interrupt takes.

    Args:
        index: Its position.
        target: Where to, by the common name.
        patients: Whom it takes that none before it does.
    """

    index: int
    target: str
    patients: list[Packed]


@dataclass(frozen=True, slots=True)
class Regime:
    """What the interrupts that are active in some states do.

    Args:
        fired: Those that are active, in order.
        quiet: Whom none of them takes.
    """

    fired: tuple[Fired, ...]
    quiet: list[Packed]


Active = tuple[int, ...]
"""Positions of the interrupts that are active in a state."""


@dataclass(frozen=True, slots=True)
class Together:
    """What the interrupts of both versions do in some states.

    Args:
        quiet: Whom none of them takes.
        elsewhere: Whom both versions take, to different places.
        only_old: Whom only the old version takes, by interrupt.
        only_new: Whom only the new one takes.
    """

    quiet: list[Packed]
    elsewhere: list[tuple[list[Packed], Outcome, Outcome]]
    only_old: list[Fired]
    only_new: list[Fired]


@dataclass(frozen=True, slots=True)
class Moved:
    """Patients who go on to somewhere else from one state.

    Args:
        state: The state, by its new name.
        patients: Who they are.
        old: Where they went.
        new: Where they go.
    """

    state: str
    patients: tuple[Packed, ...]
    old: Outcome
    new: Outcome


class Behaviour:
    """What both versions do with the same patients.

    Args:
        common: The two versions on one ground.
        matched: For each state of the new version that was there before, its old name.
    """

    def __init__(self, common: Common, matched: Mapping[str, str]) -> None:
        self.common = common
        self.matched = matched
        # Old states are called by their new names; those that are gone keep a name of their own.
        self.called = {old: new for new, old in matched.items()}
        self.active = {side: _active(common, side) for side in common.pathways}
        self._regimes: dict[tuple[Side, tuple[int, ...]], Regime] = {}
        self._pairs: dict[tuple[Active, Active], Together] = {}
        self.undecided: list[Undecided] = []

    def name_of(self, side: Side, state: str) -> str:
        """Return the name of a state that both versions use."""
        return state if side == "new" else self.called.get(state, f"{state} ")

    def in_own_names(self, side: Side, outcome: Outcome) -> Outcome:
        """Return an outcome with the names that states have in one version."""
        names = self.matched if side == "old" else {}
        states = [names.get(name, name.strip()) for name in outcome.states]
        return replace(outcome, states=tuple(states))

    def moved(self) -> Iterator[Moved]:
        """Yield who goes on to somewhere else, state by state in reading order."""
        for new, old in self.matched.items():
            try:
                yield from self._moved_from(old, new)
            except TooManyBoxesError as error:
                self.undecided.append(Undecided(f"states.{new}", str(error)))

    def _moved_from(self, old: str, new: str) -> Iterator[Moved]:
        together = self._together(self.active["old"][old], self.active["new"][new])
        before, now = self._own("old", old), self._own("new", new)
        yield from self._by_own_ways(new, before, now, together.quiet)
        for boxes, one, other in together.elsewhere:
            yield Moved(new, tuple(boxes), one, other)
        for each in together.only_old:
            boxes = self._unless_there(each.patients, each.target, now)
            yield from _moved(new, boxes, _alarm(each), Outcome(own=True))
        for each in together.only_new:
            boxes = self._unless_there(each.patients, each.target, before)
            yield from _moved(new, boxes, Outcome(own=True), _alarm(each))

    def _together(self, old: Active, new: Active) -> Together:
        if (old, new) not in self._pairs:
            self._pairs[old, new] = self._new_together(old, new)
        return self._pairs[old, new]

    def _new_together(self, old: Active, new: Active) -> Together:
        before, now = self._regime("old", old), self._regime("new", new)
        meet = self.common.packing.meet
        both = [
            (meet(one.patients, other.patients), _alarm(one), _alarm(other))
            for one in before.fired
            for other in now.fired
            if one.target != other.target
        ]
        return Together(
            meet(before.quiet, now.quiet),
            [each for each in both if each[0]],
            [replace(each, patients=meet(each.patients, now.quiet)) for each in before.fired],
            [replace(each, patients=meet(each.patients, before.quiet)) for each in now.fired],
        )

    def _own(self, side: Side, state: str) -> dict[str, list[Packed]]:
        """Return who may go on to each state by the ways of a state, interrupts left aside."""
        common = self.common
        pathway = common.pathways[side]
        first = pathway.states[state].choose == "first"
        left = common.everybody
        found: dict[str, list[Packed]] = {}
        for way in pathway.ways_from(state):
            inside = common.packing.meet(left, common.patients(side, way.transition.when))
            target = self.name_of(side, way.target)
            found[target] = widest([*found.get(target, []), *inside])
            if first:
                outside = common.patients(side, way.transition.when, denied=True)
                left = common.packing.meet(left, outside)
        return found

    def _regime(self, side: Side, active: tuple[int, ...]) -> Regime:
        key = (side, active)
        if key not in self._regimes:
            self._regimes[key] = self._new_regime(side, active)
        return self._regimes[key]

    def _new_regime(self, side: Side, active: tuple[int, ...]) -> Regime:
        common = self.common
        left = common.everybody
        fired: list[Fired] = []
        for index in active:
            each = common.pathways[side].interrupts[index]
            raised = common.patients(side, each.when)
            quiet = common.patients(side, each.when, denied=True)
            if each.until is not None:
                raised = common.packing.meet(raised, common.patients(side, each.until, denied=True))
                quiet = widest([*quiet, *common.patients(side, each.until)])
            taken = common.packing.meet(left, raised)
            fired.append(Fired(index, self.name_of(side, each.to), taken))
            left = common.packing.meet(left, quiet)
        return Regime(tuple(fired), left)

    def _by_own_ways(
        self,
        state: str,
        old: dict[str, list[Packed]],
        new: dict[str, list[Packed]],
        quiet: list[Packed],
    ) -> Iterator[Moved]:
        """Yield who of those without a warning sign goes on to somewhere else."""
        common = self.common
        differing: list[Packed] = []
        for target in dict.fromkeys((*old, *new)):
            before, now = old.get(target, []), new.get(target, [])
            if before == now:
                continue
            apart = [*common.minus(before, now), *common.minus(now, before)]
            differing += common.packing.meet(apart, quiet)
        for targets, boxes in self._parted(widest(differing), old, new).items():
            yield Moved(state, tuple(boxes), Outcome(targets[0]), Outcome(targets[1]))

    def _parted(
        self, boxes: list[Packed], old: dict[str, list[Packed]], new: dict[str, list[Packed]]
    ) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[Packed]]:
        """Return patients by where they went and where they go."""
        parts: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Packed]] = {((), ()): boxes}
        for at, ways in enumerate((old, new)):
            for target, there in ways.items():
                split: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Packed]] = {}
                for key, some in parts.items():
                    inside = self.common.packing.meet(some, there)
                    outside = self.common.minus(some, there)
                    longer = (*key[at], target)
                    changed = (longer, key[1]) if at == 0 else (key[0], longer)
                    split.setdefault(changed, []).extend(inside)
                    split.setdefault(key, []).extend(outside)
                parts = {key: some for key, some in split.items() if some}
        return {key: some for key, some in parts.items() if set(key[0]) != set(key[1])}

    def _unless_there(
        self, boxes: list[Packed], target: str, ways: dict[str, list[Packed]]
    ) -> list[Packed]:
        """Return some patients without those whom the step's own ways take to the same place alone."""
        if not boxes or target not in ways:
            return boxes
        others = [box for name, there in ways.items() if name != target for box in there]
        return self.common.minus(boxes, self.common.minus(ways[target], others))

    def loud(self, state: str) -> list[Packed]:
        """Return whom some interrupt takes from a state, in one version or the other."""
        regimes = (
            self._regime("old", self.active["old"][self.matched[state]]),
            self._regime("new", self.active["new"][state]),
        )
        return [box for each in regimes for fired in each.fired for box in fired.patients]


def _moved(state: str, boxes: list[Packed], old: Outcome, new: Outcome) -> Iterator[Moved]:
    if boxes:
        yield Moved(state, tuple(boxes), old, new)


def _alarm(fired: Fired) -> Outcome:
    return Outcome((fired.target,), fired.index)


def _active(common: Common, side: Side) -> dict[str, tuple[int, ...]]:
    pathway = common.pathways[side]
    found: dict[str, tuple[int, ...]] = dict.fromkeys(pathway.states, ())
    for state, index in interrupt_ways(pathway):
        found[state] = (*found[state], index)
    return found


def shifts(
    behaviour: Behaviour,
    causes: Mapping[str, tuple[str, ...]],
    reaches: Mapping[Side, Reaches] | None = None,
) -> tuple[Shift, ...]:
    """Return who goes on to somewhere else, each with one of them who was replayed.

    Args:
        behaviour: What both versions do.
        causes: For states, by their new names, the definitions whose change alone moves somebody
            there; the empty name stands for the interrupts.
        reaches: Whether somebody gets to a state, in each version.

    Returns:
        Those whom an interrupt took and takes no more come first; once for all states where it is so.
    """
    merged: dict[tuple[tuple[Packed, ...], Outcome, Outcome, str], list[str]] = {}
    for each in behaviour.moved():
        is_alarm = each.old.alarm is not None or each.new.alarm is not None
        key = (each.patients, each.old, each.new, "" if is_alarm else each.state)
        merged.setdefault(key, []).append(each.state)
    found = []
    for (patients, old, new, own), states in merged.items():
        elsewhere = behaviour.loud(own) if own else []
        group = group_of(behaviour.common, patients, elsewhere)
        shift = Shift(
            tuple(states),
            group,
            behaviour.in_own_names("old", old),
            behaviour.in_own_names("new", new),
            causes.get(own, ()),
        )
        require_replayed(behaviour.common, behaviour.matched, shift)
        found.append(replace(shift, reached=_reached(behaviour, shift, reaches)))
    return tuple(sorted(found, key=_order))


def _order(shift: Shift) -> int:
    """Return where a difference is told: first whom no alarm takes any more."""
    if shift.old.alarm is not None:
        return 0 if shift.new.alarm is None else 1
    return 3 if shift.new.alarm is None else 2


def _reached(
    behaviour: Behaviour,
    shift: Shift,
    reaches: Mapping[Side, Reaches] | None,
) -> bool | None:
    """Return whether anybody gets to where the difference is, in either version."""
    if reaches is None:
        return None
    whom = shift.group.who
    is_open = bool(shift.group.more)
    for state in shift.states:
        names: dict[Side, str] = {"new": state, "old": behaviour.matched[state]}
        for side, condition in product(names, whom):
            answer = reaches[side](names[side], condition)
            if answer:
                return True
            is_open = is_open or answer is None
    return None if is_open else False
