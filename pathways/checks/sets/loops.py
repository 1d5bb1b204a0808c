"""Loops that nothing limits: patients who go round for ever as long as nothing about them changes.

Followed are those who get to a knot of states; entering a state does only what it says it sets and
adds, no warning sign turns up, and whoever could leave the knot does, now or once time has passed.
Whoever is back where they were with nothing changed goes round for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pathways.boxes.packed import Packed, widest
from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.sets.machine import Machine, Move
from pathways.checks.sets.reach import Reached
from pathways.graph.counting import parts_in_order
from pathways.graph.steps import step_net
from pathways.graph.structure import knots
from pathways.semantics.changes import KEPT, cells_of

Hop = tuple[Move, list[Packed]]
"""A way that stays in a knot, and who takes it."""


@dataclass(frozen=True, slots=True)
class Round:
    """Patients who go round and round.

    Args:
        head: Name of the state they come back to.
        states: The states of the knot, in reading order.
        whole: Those of the knot as the bare graph has it: a knot may fall apart into several.
        boxes: Who goes round, as they are at the head.
        hops: For each state of the knot, the ways that stay in it.
    """

    head: str
    states: tuple[str, ...]
    whole: tuple[str, ...]
    boxes: tuple[Packed, ...]
    hops: Mapping[str, list[Hop]]


class ForgottenError(Exception):
    """A round hangs on findings that a machine forgets there, since they are found out anew later.

    Args:
        findings: Their names; a machine that keeps them can tell.
    """

    def __init__(self, findings: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(findings)))
        self.findings = findings


def rounds(
    machine: Machine, reached: Reached, budget: int, without: Collection[str] = ()
) -> Iterator[Round]:
    """Yield those who go round for ever, knot by knot of states, and head by head.

    Args:
        machine: The pathway.
        reached: Who gets where.
        budget: How many sets to follow at most in each knot.
        without: States that nobody passes.

    Raises:
        TooManyBoxesError: It cannot be told within the budget.
        ForgottenError: It hangs on findings that the machine does not keep.
    """
    net = step_net(machine.pathway)
    for members in knots(net):
        whole = net.named(members)
        hops = {
            name: [each for each in _hops(machine, name, whole) if each[0].target not in without]
            for name in whole
        }
        # Whoever comes back unchanged cannot have taken a way that changes something for good, so the
        # knot mostly falls apart.
        for names in _knots_of(whole, hops):
            within = {name: [hop for hop in hops[name] if hop[0].target in names] for name in names}
            for head, boxes in _heads(machine, within, reached, budget):
                yield Round(head, names, whole, tuple(boxes), within)


def _heads(
    machine: Machine, hops: Mapping[str, list[Hop]], reached: Reached, budget: int
) -> Iterator[tuple[str, list[Packed]]]:
    """Yield the states of a knot that somebody comes back to again and again, and who does."""
    looking = _Looking(machine, hops, budget)
    names = tuple(hops)
    for place, head in enumerate(names):
        # Rounds through an earlier head were looked for already.
        anybody = looking.through(head, [machine.packing.full], names[:place])
        here = machine.packing.meet(anybody, [each.box for each in reached.at(head)])
        boxes = looking.through(head, here, names[:place])
        if boxes:
            _require_kept(machine, head, boxes)
            yield head, boxes


def _require_kept(machine: Machine, head: str, boxes: list[Packed]) -> None:
    forgotten = {
        machine.space.variables[at].finding
        for box in boxes
        for at in machine.packing.narrowed(box)
        if not machine.packing.fields[at] & machine.live[head]
    }
    if forgotten:
        raise ForgottenError(frozenset(forgotten))


def _knots_of(names: tuple[str, ...], hops: Mapping[str, list[Hop]]) -> Iterator[tuple[str, ...]]:
    """Yield the knots that some ways still make."""
    position = {name: at for at, name in enumerate(names)}
    after = {
        at: tuple(sorted({position[move.target] for move, boxes in hops[name] if boxes}))
        for at, name in enumerate(names)
    }
    for part in sorted(parts_in_order(after), key=min):
        if len(part) > 1 or any(at in after[at] for at in part):
            yield tuple(names[at] for at in sorted(part))


def _hops(machine: Machine, state: str, inside: Collection[str]) -> list[Hop]:
    """Return the ways of a state that stay in a knot, for those who can take them again and again.

    They have no way out of the knot, now or in time, and what the next state sets and counts is so already.
    """
    packing = machine.packing
    own = list(machine.own_moves(state))
    leaving = [
        _in_time(machine, box, inside)
        for move in own
        if move.target not in inside
        for box in move.inside
    ]
    found = []
    for move in own:
        if move.target in inside:
            settled = _settled(machine, move.target, inside)
            guards = [box & settled for box in move.guard if packing.is_somebody(box & settled)]
            found.append((move, [part for box in guards for part in packing.without(box, leaving)]))
    return found


def _in_time(machine: Machine, box: Packed, inside: Collection[str]) -> Packed:
    """Return who is in a box, or will be when nothing but time has passed in a knot."""
    packing = machine.packing
    for at in packing.narrowed(box):
        name = machine.space.variables[at].finding
        changes = [machine.changes[each].get(name, KEPT) for each in sorted(inside)]
        record = machine.pathway.catalogue.findings.get(name)
        if record is not None and record.kind != "time":
            # A count that nothing adds to may go up, but nothing says that it ever does.
            continue
        if all(each.effect == "upwards" for each in changes):
            earlier = (1 << packing.mask(box, at).bit_length()) - 1
            box |= earlier << packing.shifts[at]
    return box


def _settled(machine: Machine, state: str, inside: Collection[str]) -> Packed:
    """Return who can enter a state of a knot and be the same when they do so again."""
    packing = machine.packing
    box = packing.full
    for name, change in machine.changes[state].items():
        others = [machine.changes[each].get(name, KEPT) for each in sorted(inside)]
        alone = all(each == change for each in others if each.effect == "set")
        if change.effect != "set" or change.value is None or not alone:
            continue
        if any(name in machine.pathway.states[each].adds for each in inside):
            continue
        for at, cells in cells_of(machine.logic, name, change.value).items():
            box &= ~packing.fields[at] | cells << packing.shifts[at]
    for at, leads in machine.entering[state].added:
        finding = machine.space.variables[at].finding
        if not any(finding in machine.pathway.states[each].sets for each in inside):
            same = sum(1 << cell for cell, led in enumerate(leads) if led >> cell & 1)
            box &= ~packing.fields[at] | same << packing.shifts[at]
    return box


class _Looking:
    """Looks for rounds in one knot."""

    def __init__(self, machine: Machine, hops: Mapping[str, list[Hop]], budget: int) -> None:
        self.machine = machine
        self.hops = hops
        self.left = budget

    def through(self, head: str, begin: list[Packed], without: Collection[str]) -> list[Packed]:
        """Return who comes back to a head again and again, without passing some states."""
        boxes = widest(begin)
        while boxes:
            again = self._once_round(head, boxes, without)
            if set(again) == set(boxes):
                return boxes
            boxes = again
        return []

    def _once_round(self, head: str, boxes: list[Packed], without: Collection[str]) -> list[Packed]:
        packing = self.machine.packing
        back: list[Packed] = []
        seen: dict[str, list[Packed]] = {}
        waiting = [(head, box) for box in boxes]
        while waiting:
            state, box = waiting.pop()
            for move, guards in self.hops[state]:
                if move.target in without:
                    continue
                for guard in guards:
                    self.left -= 1
                    if self.left < 0:
                        raise TooManyBoxesError
                    both = box & guard
                    if not packing.is_somebody(both):
                        continue
                    after = unchanged_but(self.machine, move.target, both)
                    if move.target == head:
                        back.append(after)
                        continue
                    known = seen.setdefault(move.target, [])
                    if not any(each & after == after for each in known):
                        known.append(after)
                        waiting.append((move.target, after))
        return widest(back)


def unchanged_but(machine: Machine, state: str, box: Packed) -> Packed:
    """Return a box after a state did what it must: what it sets, adds, and the care it gives."""
    packing = machine.packing
    for name, change in machine.changes[state].items():
        for at in machine.space.of_finding[name].values():
            if change.effect == "set" and change.value is not None:
                cells = cells_of(machine.logic, name, change.value)[at]
            elif change.effect == "done" and change.words:
                cells = _treated(machine, at, packing.mask(box, at), change.words)
            else:
                continue
            box = box & ~packing.fields[at] | cells << packing.shifts[at]
    for at, leads in machine.entering[state].added:
        led = 0
        for cell, reached in enumerate(leads):
            if packing.mask(box, at) >> cell & 1:
                led |= reached
        box = box & ~packing.fields[at] | led << packing.shifts[at]
    return box


def _treated(machine: Machine, at: int, cells: int, words: Collection[str]) -> int:
    """Return the status of care that was given: as it was where that will do, else the first that will."""
    variable = machine.space.variables[at]
    possible = sum(variable.of_word(word) for word in words)
    first = variable.of_word(next(iter(words)))
    return cells & possible | (first if cells & ~possible else 0)
