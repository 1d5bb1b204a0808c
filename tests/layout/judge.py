"""A judge of finished lines that shares no code with the drawing: it samples, and tests points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, dist

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

STEP = 3.0
INSET = 1.5


def box_at(centre: Point, width: float, height: float) -> Box:
    """Return the box around a centre."""
    x, y = centre
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def sampled(points: Sequence[Point], *, curved: bool) -> list[Point]:
    """Return points of a line, never more than three points of length apart."""
    return list(_on_curve(points) if curved else _on_corners(points))


def _on_corners(points: Sequence[Point]) -> Iterator[Point]:
    for (x0, y0), (x1, y1) in pairwise(points):
        count = max(1, ceil(dist((x0, y0), (x1, y1)) / STEP))
        for step in range(count + 1):
            yield x0 + (x1 - x0) * step / count, y0 + (y1 - y0) * step / count


def _on_curve(points: Sequence[Point]) -> Iterator[Point]:
    assert len(points) % 3 == 1, "one point, then three for each piece"
    for start in range(0, len(points) - 3, 3):
        piece = points[start : start + 4]
        # A Bezier piece is no longer than its control points, so this is close enough.
        length = sum(dist(a, b) for a, b in pairwise(piece))
        count = max(1, ceil(3 * length / STEP))
        for step in range(count + 1):
            yield _de_casteljau(piece, step / count)


def _de_casteljau(points: Sequence[Point], share: float) -> Point:
    if len(points) == 1:
        return points[0]
    between = [
        (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(points)
    ]
    return _de_casteljau(between, share)


def is_within(point: Point, box: Box, inset: float = INSET) -> bool:
    """Return whether a point lies in a box made smaller on every side."""
    left, top, right, bottom = box
    x, y = point
    return left + inset < x < right - inset and top + inset < y < bottom - inset


def goes_through(line: Iterable[Point], box: Box) -> bool:
    """Return whether one of the sampled points lies in a box."""
    return any(is_within(point, box) for point in line)


def share_area(one: Box, other: Box, slack: float = 0.01) -> bool:
    """Return whether two boxes lie on each other by more than some slack."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > slack and down > slack


def shortest_distance(line: Iterable[Point], point: Point) -> float:
    """Return how near a sampled line comes to a point."""
    return min(dist(each, point) for each in line)
