"""The algebra of boxes against plain sets of points."""

from __future__ import annotations

import math
from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.boxes import MOST_BOXES, Box, Region, Space, TooManyBoxesError
from pathways.boxes.regions import (
    EVERYBODY,
    NOBODY,
    at_least,
    both,
    contains,
    intersection,
    union,
)
from pathways.conditions import And, AtLeast, Condition, FindingShape, Named, Not, Or, Scope
from tests.boxes.questions import law

SIZES = (2, 3, 1, 4)
"""Cells of each variable."""
POINTS = frozenset(product(*(range(size) for size in SIZES)))
Points = frozenset[tuple[int, ...]]


def of_box(box: Box) -> Points:
    return frozenset(
        point for point in POINTS if all(mask >> point[variable] & 1 for variable, mask in box)
    )


def of_region(region: Region) -> Points:
    return frozenset().union(*(of_box(box) for box in region))


def boxes() -> st.SearchStrategy[Box]:
    """Boxes that restrict some variables; a mask may allow all cells."""
    masks = [st.integers(0, (1 << size) - 1) for size in SIZES]
    return st.tuples(*masks).map(
        lambda row: tuple((variable, mask) for variable, mask in enumerate(row) if mask)
    )


def regions() -> st.SearchStrategy[Region]:
    return st.lists(boxes(), max_size=5).map(tuple)


@law
@given(boxes(), boxes())
def test_two_boxes(left: Box, right: Box) -> None:
    met = both(left, right)
    assert (of_box(met) if met is not None else frozenset()) == of_box(left) & of_box(right)
    if contains(left, right):
        assert of_box(right) <= of_box(left)


@law
@given(st.lists(regions(), max_size=4))
def test_union_and_intersection(parts: list[Region]) -> None:
    sets = [of_region(part) for part in parts]
    joined, common = union(parts), intersection(parts)
    assert of_region(joined) == frozenset().union(*sets)
    assert of_region(common) == POINTS.intersection(*sets)
    assert is_reduced(joined)


def is_reduced(region: Region) -> bool:
    return not any(contains(a, b) for a in region for b in region if a is not b)


@law
@given(st.lists(regions(), max_size=4), st.integers(-2, 6))
def test_at_least(parts: list[Region], number: int) -> None:
    sets = [of_region(part) for part in parts]
    expected = {point for point in POINTS if sum(point in each for each in sets) >= number}
    found = at_least(number, parts)
    assert of_region(found) == expected


@law
@given(st.lists(regions(), max_size=4))
def test_order_of_the_parts_does_not_matter(parts: list[Region]) -> None:
    other = [tuple(reversed(part)) for part in reversed(parts)]
    assert union(parts) == union(other)


def test_ends() -> None:
    assert union([]) == NOBODY
    assert intersection([]) == EVERYBODY
    assert intersection([EVERYBODY, NOBODY]) == NOBODY
    assert union([EVERYBODY, (((0, 1),),)]) == EVERYBODY
    assert at_least(0, []) == EVERYBODY
    assert at_least(1, []) == NOBODY


NAMES = [f"{a}{b}" for a in ascii_lowercase[:6] for b in ascii_lowercase[:10]]
SCOPE = Scope({name: FindingShape(name, "yes_no") for name in NAMES})
MIXED = [
    Or((And((Named(a), Not(Named(b)))), Named(c)))
    for a, b, c in zip(NAMES[::3], NAMES[1::3], NAMES[2::3], strict=True)
]


def some_of(number: int, names: list[str]) -> Condition:
    return AtLeast(number, tuple(Named(name) for name in names))


EXPLOSIONS: dict[str, Condition] = {
    "half of many": some_of(10, NAMES[:20]),
    "half of all": some_of(30, NAMES),
    "mixed parts": AtLeast(4, tuple(MIXED[:12])),
    "denied siblings": And(
        (
            some_of(3, NAMES[:8]),
            Not(some_of(3, NAMES[8:16])),
            Not(some_of(3, NAMES[16:24])),
            some_of(3, NAMES[24:32]),
        )
    ),
    "denied siblings that share findings": And(
        (
            AtLeast(3, tuple(MIXED[:8])),
            Not(AtLeast(3, tuple(reversed(MIXED[2:10])))),
            Not(some_of(4, NAMES[:30:3])),
        )
    ),
    "alternatives side by side": And(
        tuple(Or(tuple(Named(name) for name in NAMES[at : at + 3])) for at in range(0, 36, 3))
    ),
}


@pytest.mark.parametrize("condition", EXPLOSIONS.values(), ids=EXPLOSIONS)
def test_what_explodes_is_given_up_and_not_tried_twice(
    condition: Condition, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = Space(SCOPE, [condition])
    with pytest.raises(TooManyBoxesError, match=f"more than {MOST_BOXES} boxes; split it"):
        space.status(condition, space.known({}))
    monkeypatch.setattr(Space, "_made", lambda *_, **__: pytest.fail("tried again"))
    with pytest.raises(TooManyBoxesError):
        space.status(condition, space.known({}))


def test_what_is_large_but_not_too_large_is_answered() -> None:
    condition = some_of(6, NAMES[:12])
    space = Space(SCOPE, [condition])
    assert len(space.region(condition)) == 924
    assert len(space.region(condition, denied=True)) == 792
    five = dict.fromkeys(NAMES[:5], True)
    assert space.status(condition, space.known(five)) == "possible"
    assert space.status(condition, space.known(five | {NAMES[11]: True})) == "certain"
    assert space.status(condition, space.known(dict.fromkeys(NAMES[:7], False))) == "excluded"


MANY = [f"n{number}" for number in range(40)]


@pytest.mark.parametrize("number", [1, 2, 39, 40])
def test_few_or_nearly_all_of_many_are_answered(number: int) -> None:
    condition = some_of(number, MANY)
    space = Space(Scope({name: FindingShape(name, "yes_no") for name in MANY}), [condition])
    assert len(space.region(condition)) == math.comb(40, number)
    assert len(space.region(condition, denied=True)) == math.comb(40, number - 1)
    exactly = dict.fromkeys(MANY[:number], True) | dict.fromkeys(MANY[number:], False)
    assert space.status(condition, space.known(exactly)) == "certain"
    assert space.status(condition, space.known(exactly | {MANY[0]: False})) == "excluded"
