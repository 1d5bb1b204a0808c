"""The journey of a patient who goes round for ever."""

from __future__ import annotations

from pathways.boxes.packed import Packed
from pathways.checks.results import Journey, Moment
from pathways.checks.sets.journeys import journey, told
from pathways.checks.sets.loops import Round, unchanged_but
from pathways.checks.sets.machine import Machine, Move
from pathways.checks.sets.reach import Arrival


def going_round(machine: Machine, arrival: Arrival, wanted: Packed, round_: Round) -> Journey:
    """Return the journey of a patient who comes back to where they were, with nothing changed.

    Args:
        machine: The pathway.
        arrival: Those who get to the head of the round.
        wanted: What those who go round are like there.
        round_: The round.
    """
    before = journey(machine, arrival, wanted)
    moments = [*before.moments]
    begin = len(moments) - 1
    seen = {_key(moments[-1]): begin}
    moves: list[Move] = []
    while True:
        here = moments[-1]
        move = _next(machine, here, round_)
        moves.append(move)
        values = dict(here.values)
        for name, change in machine.changes[move.target].items():
            if change.effect == "set" and change.value is not None:
                values[name] = change.value
            elif change.effect == "done" and change.words and values[name] not in change.words:
                values[name] = change.words[0]
            elif change.effect == "added":
                values[name] = machine.added(name, values[name], change.amount)
        moments[-1] = Moment(here.state, here.values, move.key)
        moments.append(Moment(move.target, values))
        key = _key(moments[-1])
        if key in seen:
            findings = told(machine, moves, ())
            names = dict.fromkeys((*findings, *before.told))
            return Journey(tuple(moments), tuple(names), back_to=seen[key])
        seen[key] = len(moments) - 1


def _key(moment: Moment) -> tuple[str, str]:
    return moment.state, repr(sorted(moment.values.items(), key=lambda item: item[0]))


def _next(machine: Machine, here: Moment, round_: Round) -> Move:
    """Return the way that stays in the round, preferring one from which the round goes on."""
    point = machine.packing.pack(machine.point(here.values))
    for move, boxes in round_.hops[here.state]:
        if any(point & box == point for box in boxes) and _goes_on(machine, move, point, round_):
            return move
    raise AssertionError(f"the round does not go on from {here.state}")


def _goes_on(machine: Machine, move: Move, point: Packed, round_: Round) -> bool:
    """Return whether somebody who takes a way can come back to the head, or to that very state."""
    goal = round_.head
    waiting = [(move.target, unchanged_but(machine, move.target, point))]
    seen = set(waiting)
    while waiting:
        state, box = waiting.pop()
        if state == goal:
            return True
        for each, boxes in round_.hops[state]:
            if any(box & one == box for one in boxes):
                later = (each.target, unchanged_but(machine, each.target, box))
                if later not in seen:
                    seen.add(later)
                    waiting.append(later)
    return False
