"""Whether everybody can come to an end, or somebody is trapped.

Judged on the ways of the states themselves with every warning sign quiet: otherwise "a red flag may
turn up" would make every trap look like one that can be left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from pathways.boxes.packed import Packed, widest
from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.sets.choices import MOST_PARTS, anybody_stuck
from pathways.checks.sets.machine import Machine, Move
from pathways.graph.steps import reachable, step_net, turned_round
from pathways.graph.structure import knots


def can_finish(machine: Machine, budget: int) -> dict[str, list[Packed]]:
    """Return, for each state, who can come to an end, or to a state where nothing is open.

    Args:
        machine: The pathway.
        budget: How many sets to follow back at most.

    Raises:
        TooManyBoxesError: It cannot be told within the budget.
    """
    return _Finishing(machine, budget).found()


class _Finishing:
    """Follows back from the ends who can come there."""

    def __init__(self, machine: Machine, budget: int) -> None:
        self.machine = machine
        self.left = budget
        self.brought: dict[tuple[str, str], dict[Packed, int]] = {}
        """For each way, the boxes at its end that were followed back by it, and how much work it was."""
        self.into: dict[str, list[Move]] = {name: [] for name in machine.pathway.states}
        for name in self.into:
            for move in machine.own_moves(name):
                self.into[move.target].append(move)

    def found(self) -> dict[str, list[Packed]]:
        found = self._at_once()
        done = {name for name, boxes in found.items() if self._is_everybody(name, boxes)}
        # The last steps first: most that can finish from a state is known when its turn comes.
        turns = [(-self.machine.pathway.numbers[name], name) for name in found if found[name]]
        heapify(turns)
        waiting = {name for _, name in turns}
        while turns:
            _, target = heappop(turns)
            waiting.discard(target)
            for move in self.into[target]:
                source = move.source
                if source in done or not self._add(move, found):
                    continue
                if self._is_everybody(source, found[source]):
                    found[source] = self.machine.quiet[source]
                    done.add(source)
                if source not in waiting:
                    waiting.add(source)
                    heappush(turns, (-self.machine.pathway.numbers[source], source))
        return found

    def _at_once(self) -> dict[str, list[Packed]]:
        """Return who is at an end, or stuck, or where no loop can be got into any more."""
        everybody = [self.machine.packing.full]
        net = step_net(self.machine.pathway)
        knotted = {at for members in knots(net) for at in members}
        before = turned_round(net.after)
        looping = {each for at in knotted for each in reachable(before, at)}
        if self._raises_alarms():
            # Then even a way without loops may lead on only by an interrupt.
            looping = set(net.after)
        found: dict[str, list[Packed]] = {}
        for at, name in enumerate(net.names):
            if at not in looping or not self.machine.pathway.states[name].next:
                found[name] = everybody
            else:
                # Whoever is stuck is reported where that is, not at every step that leads there.
                found[name] = anybody_stuck(self.machine, name)
        return found

    def _raises_alarms(self) -> bool:
        """Return whether entering some state may force a sign that interrupts read."""
        machine = self.machine
        read = {
            machine.space.variables[at].finding
            for boxes in machine.quiet.values()
            for box in boxes
            for at in machine.packing.narrowed(box)
        }
        return any(
            change.effect in ("set", "added", "done") and name in read
            for changes in machine.changes.values()
            for name, change in changes.items()
        )

    def _add(self, move: Move, found: dict[str, list[Packed]]) -> bool:
        """Add who can finish by one way; return whether that is anybody new."""
        brought = self.brought.setdefault((move.source, move.key), {})
        coming: set[Packed] = set()
        for box in found[move.target]:
            if box not in brought:
                # Who comes into boxes that were looked at before is known.
                new_ones = list(self.machine.entering[move.target].before([box], move.guard))
                brought[box] = len(new_ones) + len(move.guard)
                coming.update(new_ones)
            # What is known counts, too: comparing takes the longer the more there is.
            self.left -= brought[box]
        if self.left < 0:
            raise TooManyBoxesError
        known = found[move.source]
        new = widest(box for box in coming if not any(each & box == box for each in known))
        if new:
            found[move.source] = widest([*known, *new])
        return bool(new)

    def _is_everybody(self, state: str, boxes: Sequence[Packed]) -> bool:
        """Return whether some boxes hold everybody at a state for whom no interrupt is open."""
        return all(
            any(quiet & box == quiet for box in boxes) for quiet in self.machine.quiet[state]
        )


def stuck(
    machine: Machine, state: str, finishing: Sequence[Packed], among: Iterable[Packed]
) -> list[Packed]:
    """Return who of some patients at a state, with no interrupt open, cannot come to an end.

    Raises:
        TooManyBoxesError: They fall into too many parts.
    """
    left: list[Packed] = []
    for box in machine.packing.meet(machine.quiet[state], list(among)):
        if machine.packing.covers(finishing, box):
            continue
        left.extend(machine.packing.without(box, finishing))
        if len(left) > MOST_PARTS:
            raise TooManyBoxesError
    return left
