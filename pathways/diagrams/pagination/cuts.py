"""Where to cut a row of steps into pages: where few ways are cut, and phases stay together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathways.diagrams.model import Diagram

PAGE = 9.0
"""What a page costs; a way that is cut costs 1 on each of its two pages."""

SECOND_PHASE = 2.5
"""What it costs when a page holds steps of one more phase."""

TORN_PHASE = 2.0
"""What it costs when a page ends within a phase."""

PARTED = 1.5
"""What it costs when some ways on from a step lead to cards of its page, and others do not."""

EMPTY = 14.0
"""What a page costs more if it were empty; half a page costs a quarter of that."""

Run = tuple[int, int]
"""First step and the one after the last, by position."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a diagram in order, and the ways between them, by position.

    Args:
        names: Names of boxes.
        phases: Phase of each, or None.
        ways: Pairs of positions.
        torn: How many ways of each step lead out of the diagram or come from outside.
    """

    names: tuple[str, ...]
    phases: tuple[str | None, ...]
    ways: tuple[tuple[int, int], ...]
    torn: tuple[int, ...]

    @classmethod
    def of(cls, diagram: Diagram) -> Steps:
        """Return the steps of a diagram."""
        position = {box.name: index for index, box in enumerate(diagram.boxes)}
        torn = [0] * len(diagram.boxes)
        for stub in diagram.stubs:
            torn[position[stub.box]] += 1
        return cls(
            tuple(position),
            tuple(box.group for box in diagram.boxes),
            tuple((position[a.source], position[a.target]) for a in diagram.arrows),
            tuple(torn),
        )


def cuts(
    steps: Steps, most: int, fits: Callable[[Run], bool], fill: Callable[[Run], float]
) -> list[Run]:
    """Return the cheapest way to cut steps into pages.

    Args:
        steps: The steps, in order.
        most: Most steps a page holds.
        fits: Whether some steps fit a page; one step alone always does.
        fill: About how much of a page they take, from 0.

    Returns:
        Runs of steps, in order, that together are all of them.
    """
    count = len(steps.names)
    best = [0.0] + [float("inf")] * count
    begins = [0] * (count + 1)
    for end in range(1, count + 1):
        for start in range(end - 1, max(-1, end - most - 1), -1):
            run = start, end
            if end - start > 1 and not fits(run):
                # What does not fit does not fit with one step more, either.
                break
            cost = best[start] + cost_of(steps, run) + EMPTY * max(0.0, 1 - fill(run)) ** 2
            if cost < best[end] - 1e-9:
                best[end], begins[end] = cost, start
    runs: list[Run] = []
    end = count
    while end:
        runs.append((begins[end], end))
        end = begins[end]
    return runs[::-1]


def cost_of(steps: Steps, run: Run) -> float:
    """Return what a page with these steps costs."""
    start, end = run
    entered = {b for a, b in steps.ways if start <= b < end and not start <= a < end}
    left = {(a, b) for a, b in steps.ways if start <= a < end and not start <= b < end}
    cost = PAGE + len(entered) + len(left)
    onward = {a for a, b in steps.ways if start <= a < end and a < b < end}
    cost += PARTED * len(onward & {a for a, _ in left})
    phases = list(dict.fromkeys(steps.phases[start:end]))
    cost += SECOND_PHASE * (len(phases) - 1)
    if end < len(steps.phases) and steps.phases[end - 1] == steps.phases[end]:
        cost += TORN_PHASE
    return cost
