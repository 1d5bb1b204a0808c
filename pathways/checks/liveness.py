"""Whether everybody can come to an end, or somebody is trapped.

Judged on the ways of the states themselves with every warning sign quiet: otherwise "a red flag may
turn up" would make every trap look like one that can be left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathways.boxes.packed import Packed, widest
from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.choices import MOST_PARTS, nothing_open
from pathways.checks.machine import Machine, Move


def can_finish(machine: Machine, budget: int) -> dict[str, list[Packed]]:
    """Return, for each state, who can come to an end, or to a state where nothing is open.

    Args:
        machine: The pathway.
        budget: How many sets to follow back at most.

    Raises:
        TooManyBoxesError: It cannot be told within the budget.
    """
    everybody = [machine.packing.full]
    found: dict[str, list[Packed]] = {}
    for name, state in machine.pathway.states.items():
        if state.kind in {"end", "link"} or not state.next:
            found[name] = everybody
        else:
            # Whoever is stuck is reported where that is, not at every step that leads there.
            found[name] = nothing_open(machine, name, everybody)
    into: dict[str, list[Move]] = {name: [] for name in found}
    for name in found:
        for move in machine.own_moves(name):
            into[move.target].append(move)
    waiting = [name for name in reversed(list(found)) if found[name]]
    work = 0
    while waiting:
        target = waiting.pop(0)
        for move in into[target]:
            entering = machine.entering[target]
            coming = list(entering.before(found[target], move.guard))
            work += len(coming) + len(found[target]) * len(move.guard)
            if work > budget:
                raise TooManyBoxesError
            known = found[move.source]
            new = widest(box for box in coming if not any(each & box == box for each in known))
            if new:
                found[move.source] = widest([*known, *new])
                if move.source not in waiting:
                    waiting.append(move.source)
    return found


def stuck(machine: Machine, state: str, finishing: Sequence[Packed], among: Iterable[Packed]) -> list[Packed]:
    """Return who of some patients at a state, with no interrupt open, cannot come to an end.

    Raises:
        TooManyBoxesError: They fall into too many parts.
    """
    left: list[Packed] = []
    for box in machine.packing.meet(machine.quiet[state], list(among)):
        left.extend(machine.packing.without(box, finishing))
        if len(left) > MOST_PARTS:
            raise TooManyBoxesError
    return left
