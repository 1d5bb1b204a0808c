"""Packed boxes against patients counted one by one."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.boxes import Space
from pathways.boxes.packed import Packing, widest
from pathways.conditions import FindingShape, Scope, parse

SHAPES = (
    FindingShape("a", "yes_no"),
    FindingShape("kind", "one_of", options=("x", "y", "z")),
    FindingShape("b", "yes_no"),
    FindingShape("level", "one_of", options=("p", "q", "r", "s")),
)
SPACE = Space(
    Scope({shape.name: shape for shape in SHAPES}),
    [parse("a and b and kind == x and level == p")],
)
PACKING = Packing(SPACE)
PEOPLE = [
    PACKING.pack(tuple((at, 1 << cell) for at, cell in enumerate(cells)))
    for cells in itertools.product(*(range(each.size) for each in SPACE.variables))
]
BOXES = st.tuples(*(st.integers(0, full) for full in SPACE.full)).map(
    lambda masks: sum(mask << shift for mask, shift in zip(masks, PACKING.shifts, strict=True))
)
FILLED = BOXES.filter(PACKING.is_somebody)


def people(*boxes: int) -> set[int]:
    """Return who is in any of some boxes, by looking at everybody."""
    return {each for each in PEOPLE if any(each & box == each for box in boxes)}


@given(BOXES)
def test_a_box_is_empty_when_nobody_is_in_it(box: int) -> None:
    assert PACKING.is_somebody(box) == bool(people(box))


@given(FILLED)
def test_packing_and_unpacking_gives_the_same_box(box: int) -> None:
    assert PACKING.pack(PACKING.unpack(box)) == box
    assert [at for at, _ in PACKING.unpack(box)] == list(PACKING.narrowed(box))


@given(st.lists(FILLED, max_size=4), st.lists(FILLED, max_size=4))
def test_who_is_in_both(left: list[int], right: list[int]) -> None:
    assert people(*PACKING.meet(left, right)) == people(*left) & people(*right)


@settings(max_examples=300)
@given(FILLED, st.lists(FILLED, max_size=5))
def test_who_is_in_one_and_in_none_of_the_others(box: int, others: list[int]) -> None:
    parts = PACKING.without(box, others)
    assert people(*parts) == people(box) - people(*others)
    assert sum(len(people(part)) for part in parts) == len(people(*parts)), "parts meet"


@given(st.lists(FILLED, max_size=6))
def test_the_widest_boxes_hold_everybody(boxes: list[int]) -> None:
    kept = widest(boxes)
    assert people(*kept) == people(*boxes)
    assert not any(one & other == one for one, other in itertools.permutations(kept, 2))


@given(FILLED, FILLED)
def test_boxes_beside_each_other_are_one_box(left: int, right: int) -> None:
    if set(PACKING.around(left)) & set(PACKING.around(right)):
        assert people(left | right) == people(left, right)
