"""The geometry of the gate, beside the slowest and most obvious way to find out."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pathways.diagrams.drawing.geometry import (
    Segment,
    cross,
    inside,
    overlap,
    passes_through,
    run_together,
    segments,
)
from pathways.diagrams.drawing.shapes import HEXAGON_NOTCH, Block, Wire
from tests.layout.judge import sampled

many = settings(max_examples=300, deadline=None, derandomize=True, database=None)

Point = tuple[float, float]
Box = tuple[float, float, float, float]

whole = st.integers(0, 12).map(float)
points = st.tuples(whole, whole)
lines: st.SearchStrategy[Segment] = st.tuples(points, points).filter(
    lambda each: each[0] != each[1]
)
boxes = st.tuples(whole, whole, st.integers(1, 6), st.integers(1, 6)).map(
    lambda each: (each[0], each[1], each[0] + each[2], each[1] + each[3])
)
level = st.one_of(
    st.tuples(whole, whole, whole).map(lambda each: ((each[0], each[2]), (each[1], each[2]))),
    st.tuples(whole, whole, whole).map(lambda each: ((each[2], each[0]), (each[2], each[1]))),
).filter(lambda each: each[0] != each[1])


def fine(segment: Segment, count: int = 2520) -> list[Point]:
    """Return so many points inside a line that every length worth having holds one."""
    (x0, y0), (x1, y1) = segment
    # Odd halves: no point falls on a whole number by chance, where edges are.
    shares = [(step + 0.5) / count for step in range(count)]
    return [(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for share in shares]


@many
@given(lines, boxes)
def test_a_line_passes_through_a_box_when_points_of_it_lie_in_the_box(
    line: Segment, box: Box
) -> None:
    met = any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in fine(line, 840))
    assert passes_through(line, box) == met


def test_a_line_along_the_edge_or_up_to_it_does_not_pass_through() -> None:
    box = (10.0, 10.0, 20.0, 20.0)
    assert not passes_through(((0, 10), (30, 10)), box)
    assert not passes_through(((15, 0), (15, 10)), box)
    assert not passes_through(((0, 20), (10, 30)), box)
    assert passes_through(((15, 0), (15, 10.5)), box)
    assert passes_through(((12, 12), (14, 13)), box)


@many
@given(boxes, boxes)
def test_boxes_overlap_when_they_share_a_point_inside(one: Box, other: Box) -> None:
    shared = any(
        left[0] < x < left[2] and left[1] < y < left[3] and a < x < c and b < y < d
        for left, (a, b, c, d) in [(one, other)]
        for x in (step + 0.5 for step in range(20))
        for y in (step + 0.5 for step in range(20))
    )
    assert overlap(one, other) == shared


@many
@given(lines, lines)
def test_lines_cross_when_each_parts_the_ends_of_the_other(one: Segment, other: Segment) -> None:
    """The judge solves for the point where the two meet, in fractions."""
    (x0, y0), (x1, y1) = one
    (u0, v0), (u1, v1) = other
    dx, dy, du, dv = x1 - x0, y1 - y0, u1 - u0, v1 - v0
    across = dx * dv - dy * du
    if across == 0:
        assert not cross(one, other)
        return
    t = ((u0 - x0) * dv - (v0 - y0) * du) / across
    s = ((u0 - x0) * dy - (v0 - y0) * dx) / across
    # Ends that touch do not count; near an end the arithmetic of the judge is not exact.
    for share in (t, s):
        assume(abs(share) > 1e-9)
        assume(abs(share - 1) > 1e-9)
    assert cross(one, other) == (0 < t < 1 and 0 < s < 1)


def test_lines_that_touch_do_not_cross() -> None:
    assert not cross(((0, 0), (10, 0)), ((5, 0), (5, 10)))
    assert not cross(((0, 0), (10, 0)), ((10, 0), (10, 10)))
    assert cross(((0, 0), (10, 0)), ((5, -1), (5, 10)))


@many
@given(level, level)
def test_lines_run_together_when_they_stay_near_each_other_for_long(
    one: Segment, other: Segment
) -> None:
    """The judge counts the steps of a ruler at which both lines are there and near."""
    together = 0
    for axis in (0, 1):
        if one[0][axis] != one[1][axis] or other[0][axis] != other[1][axis]:
            continue
        if abs(one[0][axis] - other[0][axis]) >= 2:
            continue
        rulers = []
        for line in (one, other):
            ends = sorted(int(point[1 - axis]) for point in line)
            rulers.append(set(range(ends[0], ends[1])))
        together = len(rulers[0] & rulers[1])
    assert run_together(one, other) == (together > 4)


@many
@given(
    st.tuples(st.integers(-5, 140), st.integers(-5, 70)),
    st.integers(40, 120),
    st.integers(20, 60),
)
def test_a_point_is_inside_a_hexagon_between_its_slanted_sides(
    point: tuple[int, int], width: int, height: int
) -> None:
    x, y = point
    block = Block("card", width, height, "hexagon")
    # Half way down the tips stick out by the whole notch, at top and bottom by nothing.
    in_from_tip = HEXAGON_NOTCH * abs(2 * y - height) / height
    there = 0 <= y <= height and in_from_tip <= x <= width - in_from_tip
    near_edge = abs(x - in_from_tip) < 1e-3 or abs(x - (width - in_from_tip)) < 1e-3
    assume(not near_edge)
    assert inside((x, y), block.outline) == there


@many
@given(points, boxes)
def test_a_point_is_inside_a_rectangle_or_on_its_edge(point: Point, box: Box) -> None:
    left, top, right, bottom = box
    outline = ((left, top), (right, top), (right, bottom), (left, bottom))
    assert inside(point, outline) == (left <= point[0] <= right and top <= point[1] <= bottom)


@many
@given(st.lists(points, min_size=4, max_size=4))
def test_a_curve_is_near_the_straight_pieces_that_stand_for_it(found: list[Point]) -> None:
    assume(len(set(found)) > 1)
    scaled = [(x * 20, y * 20) for x, y in found]
    wire = Wire("w", "a", "b", tuple(scaled), curved=True)
    pieces = segments(wire)
    assert pieces[0][0] == scaled[0]
    assert max(abs(a - b) for a, b in zip(pieces[-1][1], scaled[3], strict=True)) < 1e-6
    assert all(a[1] == b[0] for a, b in pairwise(pieces))
    corners = [pieces[0][0], *(end for _, end in pieces)]
    near = sampled(corners, curved=False)
    for x, y in sampled(scaled, curved=True)[::7]:
        assert min(abs(x - a) + abs(y - b) for a, b in near) < 8
