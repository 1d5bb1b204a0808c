"""Order and x: where slots stand on their levels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pathways.diagrams.layout.chains import Chains, Slot
from pathways.diagrams.layout.engine import POINTS_PER_INCH, ask
from pathways.diagrams.layout.model import Spacing

STRAIGHT_WEIGHT = 12
"""Pulls bare lines straight, harder than what leads to them."""

LABEL_WEIGHT = 6
"""Pulls a label right above what it leads to."""

SMALL_STEP = 18.0
"""A line that steps aside by less than this looks crooked, in points."""

TINY_STEP = 9.0
NEAREST_PINS = 7.0
"""Lines of different nodes that begin or end above each other must be so far apart, in points."""


def columns(made: Chains, spacing: Spacing) -> list[float]:
    """Return the x of the centre of every slot.

    Args:
        made: Slots and paths.
        spacing: Distances.

    Raises:
        DrawingError: Graphviz gives up.
    """
    places = ask(_statements(made, spacing))
    x = [places[slot.index][0] for slot in made.slots]
    levels = made.on_levels()
    _align(x, made, levels, spacing)
    _straighten(x, made, levels, spacing)
    _keep_pins_apart(x, made, levels, spacing)
    return x


def _statements(made: Chains, spacing: Spacing) -> list[str]:
    """Return the graph of slots as DOT: rows given, widths fixed."""
    statements = [
        f"graph [splines=none, ranksep=0.1, nodesep={spacing.column / POINTS_PER_INCH:.4f}]"
    ]
    levels = made.on_levels()
    for slots in levels:
        names = " ".join(f"n{slot.index};" for slot in slots)
        statements.append(f"{{rank=same; {names}}}")
    for slot in made.slots:
        order = ", ordering=out" if slot.node is not None and slot.node.in_order else ""
        width = slot.width / POINTS_PER_INCH
        statements.append(f"n{slot.index} [width={width:.4f}, height=0.1{order}]")
    for upper, lower in made.steps():
        weight = _weight(made.slots[upper], made.slots[lower])
        statements.append(f"n{upper} -> n{lower} [weight={weight}]")
    statements += _order_of_levels(made, levels)
    return statements


def _order_of_levels(made: Chains, levels: Sequence[Sequence[Slot]]) -> list[str]:
    """Return lines that keep levels below each other where no link leads from one to the next."""
    joined = {made.slots[upper].level for upper, _ in made.steps()}
    filled = [level for level, slots in enumerate(levels) if slots]
    return [
        f"n{levels[upper][0].index} -> n{levels[lower][0].index} [style=invis, weight=0]"
        for upper, lower in pairwise(filled)
        if upper not in joined
    ]


def _weight(upper: Slot, lower: Slot) -> int:
    if upper.link is not None and lower.link is not None:
        return STRAIGHT_WEIGHT
    return LABEL_WEIGHT if upper.link is not None else 2


def _align(
    x: list[float], made: Chains, levels: Sequence[Sequence[Slot]], spacing: Spacing
) -> None:
    """Move what stands a little beside the nearest line that leads to it right under that line."""
    room = _Room(x, levels, spacing)
    above: dict[int, list[int]] = {}
    for upper, lower in made.steps():
        above.setdefault(lower, []).append(upper)
    for slot in (slot for level in levels[1:] for slot in level):
        steps = (x[upper] - x[slot.index] for upper in above.get(slot.index, ()))
        step = min(steps, key=abs, default=0.0)
        if 0 < abs(step) < SMALL_STEP and room.is_free(slot, x[slot.index] + step):
            room.move(slot, x[slot.index] + step)


def _straighten(
    x: list[float], made: Chains, levels: Sequence[Sequence[Slot]], spacing: Spacing
) -> None:
    """Move labels and lines onto the x of what they lead to or come from, where there is room."""
    room = _Room(x, levels, spacing)
    for path in made.paths.values():
        begin, end = x[path[0]], x[path[-1]]
        for goal in (end, begin):
            if all(room.is_free(made.slots[index], goal) for index in path[1:-1]):
                for index in path[1:-1]:
                    room.move(made.slots[index], goal)
                break


def _keep_pins_apart(
    x: list[float], made: Chains, levels: Sequence[Sequence[Slot]], spacing: Spacing
) -> None:
    """Move labels and lines off the x of lines above and below that they have nothing to do with."""
    room = _Room(x, levels, spacing)
    above, below = _neighbours(made)
    for level in range(1, len(levels), 2):
        for slot in levels[level]:
            foreign = [
                x[other.index]
                for other in (*levels[level - 1], *levels[min(level + 1, len(levels) - 1)])
                if other.index not in (above[slot.index], below[slot.index])
                and (other.index in below if other.level < level else other.index in above)
            ]
            _step_aside(slot, x, foreign, room)


def _neighbours(made: Chains) -> tuple[dict[int, int], dict[int, int]]:
    """Return for each slot one that leads to it, and one that it leads to."""
    above: dict[int, int] = {}
    below: dict[int, int] = {}
    for upper, lower in made.steps():
        above[lower] = upper
        below[upper] = lower
    return above, below


def _step_aside(slot: Slot, x: list[float], foreign: Sequence[float], room: _Room) -> None:
    here = x[slot.index]

    def clash(place: float) -> bool:
        return any(abs(place - other) < NEAREST_PINS for other in foreign)

    if not clash(here):
        return
    for step in (8.0, -8.0, 16.0, -16.0):
        if not clash(here + step) and room.is_free(slot, here + step):
            room.move(slot, here + step)
            return


class _Room:
    """Knows how far a slot may move between its neighbours on the level."""

    def __init__(self, x: list[float], levels: Sequence[Sequence[Slot]], spacing: Spacing) -> None:
        self.x = x
        self.gap = spacing.column / 2
        self.left: dict[int, Slot] = {}
        self.right: dict[int, Slot] = {}
        for slots in levels:
            ordered = sorted(slots, key=lambda each: (x[each.index], each.index))
            for left, right in pairwise(ordered):
                self.right[left.index] = right
                self.left[right.index] = left

    def is_free(self, slot: Slot, goal: float) -> bool:
        """Return whether a slot may stand there; for a tiny step neighbours may come nearer."""
        left, right = self.left.get(slot.index), self.right.get(slot.index)
        gap = self.gap if abs(goal - self.x[slot.index]) > TINY_STEP else self.gap / 2
        if left and goal - self.x[left.index] < (slot.width + left.width) / 2 + gap:
            return False
        return not right or (self.x[right.index] - goal >= (slot.width + right.width) / 2 + gap)

    def move(self, slot: Slot, goal: float) -> None:
        self.x[slot.index] = goal
