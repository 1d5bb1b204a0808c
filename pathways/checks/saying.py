"""What a check says: which patients it is about, in words a clinician knows."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.boxes.packed import Packed
from pathways.checks.results import Journey
from pathways.checks.sets.machine import Machine
from pathways.conditions import describe_value
from pathways.model.pathway import ResolvedPathway

MOST_SAID = 4
"""So many findings are named in a message; of more it is said how many."""


def step(pathway: ResolvedPathway, state: str) -> str:
    """Return a state by its number and its title.

    Example:
        >>> from pathways.reading.load import load
        >>> step(load("safety"), "scope_check")
        "step 8 'Within scope?'"
    """
    return f"step {pathway.numbers[state]} '{pathway.states[state].title.clinician}'"


def decisive(machine: Machine, state: str, wanted: Packed) -> tuple[str, ...]:
    """Return the findings that a box speaks of and that the state's own ways read, sorted."""
    packing = machine.packing
    own = 0
    for move in machine.own_moves(state):
        for box in move.inside:
            own |= packing.full & ~box
    names = {
        machine.space.variables[at].finding
        for at in packing.narrowed(wanted)
        if packing.fields[at] & own
    }
    return tuple(sorted(names))


def plainest(machine: Machine, state: str, boxes: Iterable[Packed]) -> Packed:
    """Return the box that is told with the fewest findings."""
    return min(boxes, key=lambda box: (len(decisive(machine, state, box)), -box.bit_count(), box))


def who(pathway: ResolvedPathway, journey: Journey, findings: Iterable[str]) -> str:
    """Return what the patient of a journey is like at its end, as far as some findings say it."""
    values = journey.last.values
    said = [
        describe_value(name, values[name], pathway.scope) for name in findings if name in values
    ]
    if not said:
        return "any patient"
    more = f", and {len(said) - MOST_SAID} more findings" if len(said) > MOST_SAID else ""
    return "; ".join(said[:MOST_SAID]) + more
