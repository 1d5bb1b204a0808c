"""The choice at one state: who finds nothing open, who finds two ways open, who takes a way at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathways.boxes.packed import Packed, widest
from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.sets.machine import Machine, Move
from pathways.conditions import Always, Otherwise

MOST_PARTS = 4000
"""A set that falls into more parts than this is given up, and it is said so."""


def nothing_open(machine: Machine, state: str, among: list[Packed]) -> list[Packed]:
    """Return who of some patients finds nothing open at a state, no interrupt either.

    Args:
        machine: The pathway.
        state: Name of a state with ways on.
        among: Boxes.

    Raises:
        TooManyBoxesError: They fall into too many parts.
    """
    if any(
        isinstance(each.when, Always | Otherwise) for each in machine.pathway.states[state].next
    ):
        return []
    if state not in machine.too_big and not _may_be_denied_all(machine, state, among):
        return []
    left = list(among)
    # Whoever takes one of the ways is told by their conditions alone, the plainest first.
    for boxes in sorted(_conditions(machine, state), key=len):
        left = widest(part for box in left for part in machine.packing.without(box, boxes))
        if len(left) > MOST_PARTS:
            raise TooManyBoxesError
        if not left:
            return []
    return machine.packing.meet(machine.quiet[state], left)


def _conditions(machine: Machine, state: str) -> Iterator[list[Packed]]:
    """Yield for whom the condition of each way of a state holds, in whatever order they are read."""
    for move in machine.own_moves(state):
        if state in machine.too_big:
            yield list(move.inside)
        else:
            yield machine.region(machine.pathway.states[state].next[move.index].when)


def _may_be_denied_all(machine: Machine, state: str, among: list[Packed]) -> bool:
    """Return whether somebody of some patients may meet no condition of a state's ways.

    Mostly nobody does, and the opposites of the conditions say so with the least work.
    """
    ways = machine.pathway.states[state].next
    left = among
    try:
        denied = [machine.region(way.when, denied=True) for way in ways]
    except TooManyBoxesError:
        return True
    for boxes in sorted(denied, key=len):
        if len(left) * len(boxes) > MOST_PARTS:
            return True
        left = machine.packing.meet(left, boxes)
        if not left:
            return False
    return True


def anybody_stuck(machine: Machine, state: str) -> list[Packed]:
    """Return who there could be that finds nothing open at a state, whether or not they get there.

    Raises:
        TooManyBoxesError: They fall into too many parts.
    """
    if state not in machine.stuck:
        machine.stuck[state] = nothing_open(machine, state, [machine.packing.full])
    return machine.stuck[state]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two ways that are open for the same patients although one must be.

    Args:
        first: The earlier way.
        second: The later way.
        boxes: For whom both are open.
    """

    first: Move
    second: Move
    boxes: tuple[Packed, ...]


def clashes(machine: Machine, state: str) -> Iterator[Clash]:
    """Yield pairs of ways to different states that are open for the same patients."""
    if machine.pathway.states[state].choose != "one" or state in machine.too_big:
        return
    moves = list(machine.own_moves(state))
    for later, second in enumerate(moves):
        for first in moves[:later]:
            if first.target != second.target:
                both = machine.packing.meet(first.inside, second.inside)
                boxes = machine.packing.meet(both, machine.quiet[state]) if both else []
                if boxes:
                    yield Clash(first, second, tuple(boxes))


def is_else(machine: Machine, move: Move) -> bool:
    """Return whether a way is taken by whoever no other way takes."""
    when = machine.pathway.states[move.source].next[move.index].when
    return move.own and isinstance(when, Otherwise)
