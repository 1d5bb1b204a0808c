"""Small geometry for measuring finished pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pathways.diagrams.drawing.shapes import Block, Wire
from pathways.diagrams.layout import Point

Segment = tuple[Point, Point]
Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""

PIECES = 13
"""Straight pieces that stand for one Bezier piece."""


def rectangle(block: Block, shrink: float = 0.0) -> Rectangle:
    """Return the box around a block, smaller by some points on each side."""
    return (
        block.x + shrink,
        block.y + shrink,
        block.x + block.width - shrink,
        block.y + block.height - shrink,
    )


def segments(wire: Wire) -> list[Segment]:
    """Return the line of a wire as straight pieces."""
    points = list(_flattened(wire.points)) if wire.curved else list(wire.points)
    return [(a, b) for a, b in pairwise(points) if a != b]


def _flattened(points: Sequence[Point]) -> Iterator[Point]:
    yield points[0]
    for start in range(0, len(points) - 3, 3):
        p0, p1, p2, p3 = points[start : start + 4]
        for step in range(1, PIECES + 1):
            t = step / PIECES
            s = 1 - t
            a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            yield (
                a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
                a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
            )


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Return whether two rectangles share some area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def passes_through(segment: Segment, box: Rectangle) -> bool:
    """Return whether a straight piece has some length inside a rectangle.

    Source: Liang YD, Barsky BA. A new concept and method for line clipping. ACM Trans Graph
    1984;3:1-22.
    """
    (x0, y0), (x1, y1) = segment
    dx, dy = x1 - x0, y1 - y0
    begin, end = 0.0, 1.0
    for step, room in (
        (-dx, x0 - box[0]),
        (dx, box[2] - x0),
        (-dy, y0 - box[1]),
        (dy, box[3] - y0),
    ):
        if step == 0:
            if room <= 0:
                return False
            continue
        share = room / step
        if step < 0:
            begin = max(begin, share)
        else:
            end = min(end, share)
    return begin < end


def cross(one: Segment, other: Segment) -> bool:
    """Return whether two straight pieces cross each other; touching ends do not count."""
    a, b = one
    c, d = other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, p: Point) -> float:
    value = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
    return 0.0 if abs(value) < 1e-9 else value


def run_together(one: Segment, other: Segment, near: float = 2.0, least: float = 4.0) -> bool:
    """Return whether two level or upright pieces lie on each other.

    Args:
        one: A straight piece.
        other: Another one.
        near: How near counts as on each other, in points.
        least: How long they must do so, in points.
    """
    for axis in (0, 1):
        level = (
            abs(one[0][axis] - one[1][axis]) < 0.01 and abs(other[0][axis] - other[1][axis]) < 0.01
        )
        if not level or abs(one[0][axis] - other[0][axis]) >= near:
            continue
        across = 1 - axis
        begin = max(min(p[across] for p in one), min(p[across] for p in other))
        end = min(max(p[across] for p in one), max(p[across] for p in other))
        if end - begin > least:
            return True
    return False


def inside(point: Point, outline: Sequence[Point]) -> bool:
    """Return whether a point lies in a convex outline, given clockwise, or on its edge."""
    closed = [*outline, outline[0]]
    return all(
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) >= -1e-6
        for a, b in pairwise(closed)
    )
