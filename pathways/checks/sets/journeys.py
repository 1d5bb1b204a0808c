"""From a set of patients who got somewhere to one of them: a journey with a value for every finding.

Backwards along the way it is worked out what each step needs; forwards values are chosen that change
only where they must, typical ones where any will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from pathways.boxes import Cell, Variable
from pathways.boxes.cells import NO
from pathways.boxes.packed import Packed
from pathways.checks.results import Journey, Moment, Values
from pathways.checks.sets.machine import Machine, Move
from pathways.checks.sets.reach import Arrival
from pathways.conditions import KnownValue, findings_in, read_value
from pathways.conditions.values import on_step, within_range
from pathways.model.pathway import ResolvedPathway
from pathways.reading.values import typed
from pathways.semantics.changes import KEPT, Change

Cells = list[KnownValue]
"""A value for each variable: of several-of findings a yes or no for each option."""


def journey(
    machine: Machine,
    arrival: Arrival,
    wanted: Packed | None = None,
    about: Iterable[str] = (),
) -> Journey:
    """Return the journey of one patient.

    Args:
        machine: The pathway.
        arrival: Where it ends; with none that is wide on the way.
        wanted: A box the patient is in at the end; None: any.
        about: Findings that matter at the end.
    """
    return _Teller(machine, arrival, wanted).journey(about)


class _Teller:
    """Tells the story of one arrival."""

    def __init__(self, machine: Machine, arrival: Arrival, wanted: Packed | None) -> None:
        self.machine = machine
        self.packing = machine.packing
        self.variables = machine.space.variables
        self.typical = _typical(machine.pathway)
        full = self.packing.full
        self.way: list[Arrival] = []
        self.needs: list[Packed] = []
        self.read: set[int] = set()
        """Variables that the ways taken ask about."""
        self._look_back(arrival, full if wanted is None else wanted)

    def _look_back(self, arrival: Arrival, wanted: Packed) -> None:
        """Find the way, and for each step what the patient must be like for all that follows."""
        at: Arrival | None = arrival
        need = arrival.box & wanted
        while at is not None:
            while at.either is not None:
                at = next(each for each in at.either if self.packing.is_somebody(each.box & need))
                need &= at.box
            assert not at.is_wide
            self.way.append(at)
            self.needs.append(need)
            if at.earlier is not None:
                assert at.move is not None
                assert at.piece is not None
                before = self.machine.entering[at.state].came_from(at.piece, need)
                guards = (before & guard for guard in at.move.guard)
                need = self._plainest([each for each in guards if self.packing.is_somebody(each)])
                self._reads(at.move, need)
            at = at.earlier
        begins = (need & box for box in self.machine.starts)
        self.needs[-1] = self._plainest([each for each in begins if self.packing.is_somebody(each)])
        self.way.reverse()
        self.needs.reverse()

    def _reads(self, move: Move, need: Packed) -> None:
        """Note what a way asks of the patient: the box of it that asks the least."""
        narrowed = [
            frozenset(self.packing.narrowed(box)) for box in move.inside if box & need == need
        ]
        if narrowed:
            self.read |= min(narrowed, key=lambda each: (len(each), sorted(each)))

    def _plainest(self, boxes: Sequence[Packed]) -> Packed:
        """Return the box that asks the least: the one that allows the most."""
        return max(boxes, key=lambda box: (box.bit_count(), -box))

    def journey(self, about: Iterable[str]) -> Journey:
        values = [self._begun(at) for at in range(len(self.variables))]
        moments = []
        for place, arrival in enumerate(self.way):
            if place:
                values = self._entered(arrival.state, values, self.needs[place])
            later = self.way[place + 1] if place + 1 < len(self.way) else None
            key = later.move.key if later is not None and later.move is not None else ""
            moments.append(Moment(arrival.state, values_of(self.machine, values), key))
        names = {self.variables[at].finding for at in self.read}
        return Journey(tuple(moments), in_order(self.machine, {*names, *about}))

    def _begun(self, at: int) -> KnownValue:
        """Return the value of a variable at the start: what the start sets is set already."""
        variable = self.variables[at]
        start = self.machine.pathway.start
        change = self.machine.changes[start].get(variable.finding, KEPT)
        if change.effect == "set":
            return _part(change.value, variable)
        return self._choose(at, self.needs[0], None)

    def _entered(self, state: str, values: Cells, need: Packed) -> Cells:
        """Return the values after entering a state: the same as before wherever that will do."""
        changes = self.machine.changes[state]
        found: Cells = []
        for at, variable in enumerate(self.variables):
            change = changes.get(variable.finding, KEPT)
            found.append(self._changed(at, change, values[at], need))
        return found

    def _changed(self, at: int, change: Change, old: KnownValue, need: Packed) -> KnownValue:
        variable = self.variables[at]
        match change.effect:
            case "set":
                return _part(change.value, variable)
            case "added":
                return self.machine.added(variable.finding, old, change.amount)
            case "done" if change.words and old not in change.words:
                return self._choose(at, need & self._of_words(at, change.words), None)
            case _:
                return self._choose(at, need, old)

    def _of_words(self, at: int, words: Iterable[str]) -> Packed:
        cells = sum(self.variables[at].of_word(word) for word in words)
        return self.packing.pack(((at, cells),))

    def _choose(self, at: int, need: Packed, old: KnownValue | None) -> KnownValue:
        """Return a value of a variable that the need allows: the old one, a typical one, or the nearest."""
        variable = self.variables[at]
        mask = self.packing.mask(need, at)
        for value in (old, self.typical.get((variable.finding, variable.option))):
            if value is not None and _cell(variable, value) & mask:
                return value
        match variable.shape.type:
            case "yes_no" | "several_of":
                return not mask & NO
            case "one_of":
                return variable.words[(mask & -mask).bit_length() - 1]
            case _:
                near = old if isinstance(old, Decimal) else None
                usual = self.typical.get((variable.finding, ""))
                if near is None and isinstance(usual, Decimal):
                    near = usual
                return _number(variable, mask, near)


def told(machine: Machine, moves: Iterable[Move], about: Iterable[str]) -> tuple[str, ...]:
    """Return the findings that matter on a way: those its ways read, and some others.

    Args:
        machine: The pathway.
        moves: The ways taken.
        about: Further findings.
    """
    pathway = machine.pathway
    names = set(about)
    for move in moves:
        when = pathway.states[move.source].next[move.index].when
        names.update(findings_in(when, pathway.scope))
    return in_order(machine, names)


def in_order(machine: Machine, names: AbstractSet[str]) -> tuple[str, ...]:
    """Return findings in the order of the catalogue, those of histories last."""
    order = list(machine.pathway.catalogue.findings)
    known = [name for name in order if name in names]
    return (*known, *sorted(names - set(order)))


def values_of(machine: Machine, values: Sequence[KnownValue]) -> Values:
    """Return a value for each finding of the values of its variables."""
    found: dict[str, KnownValue] = {}
    for name, variables in machine.space.of_finding.items():
        shape = machine.pathway.scope.findings[name]
        if shape.type == "several_of":
            chosen = frozenset(option for option, at in variables.items() if values[at])
            found[name] = read_value(shape, chosen)
        else:
            found[name] = values[variables[""]]
    return found


def _part(value: KnownValue | None, variable: Variable) -> KnownValue:
    """Return the part of a value that a variable holds."""
    assert value is not None
    return value[variable.option] if isinstance(value, Mapping) else value


def _cell(variable: Variable, value: KnownValue) -> int:
    if isinstance(value, bool):
        return 2 if value else 1
    if isinstance(value, Decimal):
        return variable.of_number(value)
    assert isinstance(value, str)
    return variable.of_word(value)


def _typical(pathway: ResolvedPathway) -> dict[tuple[str, str], KnownValue]:
    """Return what an invented patient would have, by finding and option."""
    found: dict[tuple[str, str], KnownValue] = {}
    for name, record in pathway.catalogue.findings.items():
        if record.typical is None:
            continue
        shape = pathway.scope.findings[name]
        value = read_value(shape, typed(record.typical, shape))
        if isinstance(value, Mapping):
            found.update({(name, option): yes for option, yes in value.items()})
        else:
            found[name, ""] = value
    return found


def _number(variable: Variable, mask: int, near: Decimal | None) -> Decimal:
    """Return the value of some cells that is nearest to one, on the side it comes from."""
    cells = [cell for n, cell in enumerate(variable.cells) if mask >> n & 1]
    if near is None:
        near = variable.shape.low if variable.shape.low is not None else Decimal(0)
    aim = near
    values = [_nearest(variable, cell, aim) for cell in cells]
    return min(values, key=lambda value: (value < aim, abs(value - aim)))


def _nearest(variable: Variable, cell: Cell, aim: Decimal) -> Decimal:
    """Return a value of a cell, close to one that lies outside it."""
    below = cell.high is not None and cell.high <= aim
    end, is_open = (cell.high, cell.high_open) if below else (cell.low, cell.low_open)
    if end is None:
        return cell.sample
    step = variable.shape.step or Decimal(1)
    tries = [end] if not is_open else [end - step if below else end + step]
    for value in tries:
        is_allowed = within_range(variable.shape, value) and on_step(variable.shape, value)
        if is_allowed and variable.of_number(value) == variable.of_number(cell.sample):
            return value
    return cell.sample
