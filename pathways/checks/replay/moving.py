"""One patient on the way, value by value: what is open, what a step may change, what a journey breaks.

The slow and obvious reading of what a pathway means. It shares nothing with the sets of patients
that checks work on, so that every journey these find can be judged here before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pathways.checks.replay.holding import ValueMissingError, holds
from pathways.checks.results import Journey, Moment, Values
from pathways.conditions import Condition, KnownValue, read_value
from pathways.errors import ConditionError
from pathways.graph.steps import interrupt_ways
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State
from pathways.reading.values import typed

RISING_HISTORY = ("weeks", "months_since")
"""What of the history of a treatment only goes up by itself."""


def open_ways(pathway: ResolvedPathway, state: str, values: Values) -> tuple[str, ...]:
    """Return the ways that are open to a patient, in order.

    Args:
        pathway: The pathway.
        state: Name of the state the patient is at.
        values: A checked value for every finding that is read there.

    Returns:
        Keys: ``interrupt/1`` alone when it fires, or ``review/0`` for each own way that is open.

    Raises:
        ValueMissingError: A condition reads a finding that has no value.

    Example:
        >>> from pathways.reading.load import load
        >>> open_ways(load("safety"), "emergency_care", {})
        ('emergency_care/0',)
    """
    return Moves(pathway).open(state, values)


def faults(pathway: ResolvedPathway, journey: Journey) -> tuple[str, ...]:
    """Say why a journey is none that the pathway allows.

    Args:
        pathway: The pathway.
        journey: Any journey; it may break off anywhere.

    Returns:
        Sentences for a report of a fault of ours; empty when the journey replays.
    """
    return tuple(Moves(pathway).faults(journey))


@dataclass(frozen=True)
class Moves:
    """What moves are allowed in a pathway; what is looked up for it is kept."""

    pathway: ResolvedPathway

    def open(self, state: str, values: Values) -> tuple[str, ...]:
        """Return the keys of the ways that are open; see :func:`open_ways`."""
        for index in self.interrupts.get(state, ()):
            interrupt = self.pathway.interrupts[index]
            cleared = interrupt.until is not None and self.holds(interrupt.until, values)
            if self.holds(interrupt.when, values) and not cleared:
                return (f"interrupt/{index}",)
        found: list[str] = []
        choose = self.pathway.states[state].choose
        for way in self.pathway.ways_from(state):
            if self.holds(way.transition.when, values):
                found.append(way.key)
                if choose == "first":
                    break
        return tuple(found)

    def target(self, key: str) -> str:
        """Return the state that a way leads to."""
        source, _, index = key.rpartition("/")
        if source == "interrupt":
            return self.pathway.interrupts[int(index)].to
        return self.pathway.states[source].next[int(index)].to

    def holds(self, condition: Condition, values: Values) -> bool:
        """Say whether a condition holds for a patient."""
        return holds(condition, values, self.pathway.scope)

    @cached_property
    def interrupts(self) -> Mapping[str, tuple[int, ...]]:
        """The positions of the interrupts that can fire in each state."""
        found: dict[str, tuple[int, ...]] = {}
        for state, index in interrupt_ways(self.pathway):
            found[state] = (*found.get(state, ()), index)
        return found

    @cached_property
    def added(self) -> frozenset[str]:
        """The counts that some state adds to; others go up by themselves."""
        return frozenset(name for each in self.pathway.states.values() for name in each.adds)

    def faults(self, journey: Journey) -> Iterator[str]:
        """Yield why a journey is not allowed; see :func:`faults`."""
        unknown = [each.state for each in journey.moments if each.state not in self.pathway.states]
        if unknown:
            yield f"no state '{unknown[0]}'"
            return
        for at, moment in enumerate(journey.moments):
            yield from (
                f"step {at + 1}, {moment.state}: {each}" for each in self.ill_values(moment)
            )
        try:
            yield from (f"step 1: {each}" for each in self.start_faults(journey.moments[0]))
            for at, (before, after) in enumerate(
                zip(journey.moments, journey.moments[1:], strict=False), start=1
            ):
                wrong = self.step_faults(before, after)
                yield from (f"step {at}, {before.state}: {each}" for each in wrong)
        except ValueMissingError as error:
            yield str(error)
        yield from _end_faults(journey)

    def ill_values(self, moment: Moment) -> Iterator[str]:
        """Yield what is wrong with the values of a moment by themselves."""
        for name, value in moment.values.items():
            shape = self.pathway.scope.findings.get(name)
            if shape is None:
                yield f"no finding '{name}'"
                continue
            try:
                checked = read_value(shape, value)
            except ConditionError as error:
                yield error.problems[0].message
                continue
            whole = not isinstance(checked, Mapping) or set(checked) == set(shape.options)
            if type(checked) is not type(value) or checked != value or not whole:
                yield f"'{name}' is given as {value!r}, which is not its full form"
        try:
            if not all(self.holds(fact, moment.values) for fact in self.pathway.facts):
                yield "what every patient satisfies does not hold"
        except ValueMissingError as error:
            yield str(error)

    def start_faults(self, moment: Moment) -> Iterator[str]:
        """Yield why nobody begins like this."""
        if moment.state != self.pathway.start:
            yield f"begins at {moment.state}, not at {self.pathway.start}"
        initial = self.pathway.document.initial
        if initial is not None and not self.holds(initial, moment.values):
            yield "what holds for those who start here does not hold"
        for name, value in self.set_by(self.pathway.states[self.pathway.start]).items():
            if moment.values.get(name, value) != value:
                yield f"'{name}' is not what the start sets it to"

    def step_faults(self, before: Moment, after: Moment) -> Iterator[str]:
        """Yield why a step is not allowed."""
        ways = self.open(before.state, before.values)
        if before.way not in ways:
            yield f"the way '{before.way}' is not open, only {', '.join(ways) or 'none'}"
        elif self.target(before.way) != after.state:
            yield f"the way '{before.way}' does not lead to {after.state}"
        if before.values.keys() != after.values.keys():
            odd = sorted(before.values.keys() ^ after.values.keys())
            yield f"{', '.join(odd)} is given before or after the step only"
            return
        entering = _Entering(self, self.pathway.states[after.state], before.values)
        for name, value in after.values.items():
            if not entering.allows(name, value):
                old = before.values[name]
                yield f"entering {after.state} cannot change '{name}' from {old} to {value}"

    def set_by(self, state: State) -> Mapping[str, KnownValue]:
        """Return what a state sets, in the form of checked values."""
        shapes = self.pathway.scope.findings
        return {
            name: read_value(shapes[name], typed(texts, shapes[name]))
            for name, texts in state.sets.items()
        }


class _Entering:
    """What entering one state may do to the values that a patient comes with."""

    def __init__(self, moves: Moves, state: State, old: Values) -> None:
        self.moves = moves
        self.pathway = moves.pathway
        self.state = state
        self.old = old
        self.sets = moves.set_by(state)
        self.assessed = {*state.yields, *state.reassess, *state.restarts}
        self.panel = {each.treatment for each in state.offers}

    def allows(self, name: str, new: KnownValue) -> bool:
        """Say whether a finding may have a value afterwards: the first thing that applies decides."""
        old = self.old[name]
        owner, dot, part = name.partition(".")
        if name in self.sets:
            return new == self.sets[name]
        if name in self.assessed or self.drifts(name):
            return True
        if dot and owner in self.state.does:
            return part != "status" or new in self.after_doing(owner)
        if dot and part == "status" and owner in self.panel:
            return new == old or (new in ("now", "stopped") and self.is_offered(owner))
        if dot and owner in self.panel and self.is_offered(owner):
            return True
        if name in self.state.adds:
            return new == self.after_adding(name, old)
        if self.rises(name):
            assert isinstance(old, Decimal)
            assert isinstance(new, Decimal)
            return new >= old
        return new == old

    def after_doing(self, owner: str) -> tuple[str, ...]:
        return ("done",) if owner in self.pathway.catalogue.tests else ("now", "stopped")

    def after_adding(self, name: str, old: KnownValue) -> Decimal:
        assert isinstance(old, Decimal)
        high = self.pathway.scope.findings[name].high
        raised = old + self.state.adds[name]
        return raised if high is None else min(raised, high)

    def is_offered(self, owner: str) -> bool:
        # Who chooses from a panel does so on what is known when coming to it.
        return any(
            each.when is None or self.moves.holds(each.when, self.old)
            for each in self.state.offers
            if each.treatment == owner
        )

    def drifts(self, name: str) -> bool:
        """Whether a finding may have any value at any step."""
        record = self.pathway.catalogue.findings.get(name)
        if record is None:
            return name.endswith(".count_12mo")
        windowed = record.kind in ("count", "time") and record.window is not None
        return record.derived is not None or record.kind == "watch" or windowed

    def rises(self, name: str) -> bool:
        """Whether a finding may go up by itself, but never down."""
        record = self.pathway.catalogue.findings.get(name)
        if record is None:
            return name.partition(".")[2] in RISING_HISTORY
        return record.kind == "time" or (record.kind == "count" and name not in self.moves.added)


def _end_faults(journey: Journey) -> Iterator[str]:
    """Yield why the end of a journey is none: it does not come back to where it says."""
    if journey.back_to is None:
        return
    if not 0 <= journey.back_to < len(journey.moments) - 1:
        yield f"it cannot come back to its step {journey.back_to + 1}"
        return
    earlier = journey.moments[journey.back_to]
    if earlier.state != journey.last.state:
        yield f"it comes back to {journey.last.state}, not to {earlier.state}"
    for name in earlier.values:
        if earlier.values[name] != journey.last.values.get(name):
            yield f"when it comes back, '{name}' is not what it was"
