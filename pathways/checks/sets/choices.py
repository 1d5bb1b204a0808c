"""The choice at one state: who finds nothing open, who finds two ways open, who takes a way at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathways.boxes.packed import Packed, widest
from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.sets.machine import Machine, Move
from pathways.conditions import Otherwise

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
    left = machine.packing.meet(machine.quiet[state], among)
    for move in machine.own_moves(state):
        rest: list[Packed] = []
        for box in left:
            rest.extend(machine.packing.without(box, move.inside))
            if len(rest) > MOST_PARTS:
                raise TooManyBoxesError
        left = widest(rest)
        if not left:
            break
    return left


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
                boxes = machine.packing.meet(first.guard, second.inside)
                if boxes:
                    yield Clash(first, second, tuple(boxes))


def is_else(machine: Machine, move: Move) -> bool:
    """Return whether a way is taken by whoever no other way takes."""
    when = machine.pathway.states[move.source].next[move.index].when
    return move.own and isinstance(when, Otherwise)
