"""The algebra of boxes: unions of conjunctions of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathways.errors import PathwayError

MOST_BOXES = 2000
"""A set that needs more boxes is given up, and it is said so."""
MOST_WORK = 8_000_000
"""So many comparisons of boxes may one union or intersection cost: less than a second."""
COST_OF_A_PAIR = 40
"""What it costs to find what two boxes have in common, in comparisons."""

MOST_SHOWN = 200
"""So many characters of a condition that is given up are shown."""

Box = tuple[tuple[int, int], ...]
"""Allowed cells of some variables: pairs (variable, bits), sorted by variable; the rest is free."""

Region = tuple[Box, ...]
"""A set of patients: those in at least one of the boxes."""

NOBODY: Region = ()
EVERYBODY: Region = ((),)


class TooManyBoxesError(PathwayError):
    """A condition that needs too many boxes to be decided exactly.

    Args:
        condition: The condition as it is written, where it is known; long ones are cut.
    """

    def __init__(self, condition: str = "") -> None:
        shown = condition if len(condition) <= MOST_SHOWN else condition[:MOST_SHOWN] + " ..."
        which = f"the condition '{shown}'" if shown else "a condition"
        super().__init__(
            f"{which} needs more than {MOST_BOXES} boxes; split it over two decisions, or use a "
            "score that is a finding of its own"
        )


def both(left: Box, right: Box) -> Box | None:
    """Return the box of what lies in two boxes; None when nothing does.

    Example:
        >>> both(((0, 3), (1, 1)), ((0, 2),))
        ((0, 2), (1, 1))
        >>> both(((0, 1),), ((0, 2),)) is None
        True
    """
    allowed = dict(left)
    for variable, mask in right:
        mask &= allowed.get(variable, mask)  # noqa: PLW2901
        if not mask:
            return None
        allowed[variable] = mask
    return tuple(sorted(allowed.items()))


def contains(outer: Box, inner: Box) -> bool:
    """Return whether a box lies in another one.

    Example:
        >>> contains(((0, 3),), ((0, 1), (1, 1)))
        True
        >>> contains(((0, 1), (1, 1)), ((0, 1),))
        False
    """
    allowed = dict(inner)
    return all(variable in allowed and not allowed[variable] & ~mask for variable, mask in outer)


def union(parts: Iterable[Region]) -> Region:
    """Return who is in any of some regions; boxes that lie in others are left out.

    Raises:
        TooManyBoxesError: There are too many of them.

    Example:
        >>> union([(((0, 1),),), (((0, 3),), ((0, 1), (1, 1)))])
        (((0, 3),),)
    """
    return _widest((box for part in parts for box in part), _Work())


def intersection(parts: Sequence[Region]) -> Region:
    """Return who is in all of some regions.

    Raises:
        TooManyBoxesError: It needs too many boxes.

    Example:
        >>> intersection([(((0, 1),), ((1, 1),)), (((0, 2),),)])
        (((0, 2), (1, 1)),)
    """
    return _common(parts, _Work())


def at_least(number: int, parts: Sequence[Region]) -> Region:
    """Return who is in at least so many of some regions.

    Raises:
        TooManyBoxesError: It needs too many boxes.
    """
    if number <= 0:
        return EVERYBODY
    work = _Work()
    # ways[n]: who is in at least n of the regions looked at so far.
    ways: list[Region] = [EVERYBODY, *([NOBODY] * number)]
    for left, part in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
        # Whoever is in too few to reach the number with the parts that are left does not matter.
        for n in range(number, max(number - left, 1) - 1, -1):
            ways[n] = _widest((*ways[n], *_common([ways[n - 1], part], work)), work)
    return ways[number]


class _Work:
    """What one union or intersection may still cost; counted, so that it is the same everywhere."""

    def __init__(self) -> None:
        self.left = MOST_WORK

    def spend(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise TooManyBoxesError


def _common(parts: Sequence[Region], work: _Work) -> Region:
    found = EVERYBODY
    for part in sorted(parts, key=len):
        pairs = len(found) * len(part)
        # Boxes about other findings never lie in each other: what comes out is known beforehand.
        apart = _variables(found).isdisjoint(_variables(part))
        if apart and pairs > MOST_BOXES:
            raise TooManyBoxesError
        work.spend(pairs * COST_OF_A_PAIR)
        boxes = (both(left, right) for left in found for right in part)
        met = [box for box in boxes if box is not None]
        found = tuple(met) if apart else _widest(met, work)
        if not found:
            return NOBODY
    return found


def _variables(region: Region) -> set[int]:
    return {variable for box in region for variable, _ in box}


def _widest(boxes: Iterable[Box], work: _Work) -> Region:
    """Return the boxes that lie in no other one, the widest first."""
    distinct = set(boxes)
    if len(distinct) < 2:
        return tuple(distinct)
    kept: list[Box] = []
    masks: list[int] = []
    for _, box, forbidden in _packed(distinct):
        work.spend(len(masks) + 1)
        for other in masks:
            if other & forbidden == other:
                break
        else:
            kept.append(box)
            masks.append(forbidden)
            if len(kept) > MOST_BOXES:
                raise TooManyBoxesError
    return tuple(kept)


def _packed(boxes: Iterable[Box]) -> list[tuple[int, Box, int]]:
    """Return boxes with what they forbid, as the bits of one number: how many bits, box, bits.

    A box lies in another one where it forbids all that the other one forbids, and then it comes
    later. One bit of each variable stands for the cells that no box speaks of, so that a box that
    allows all others is not taken for free.
    """
    listed = list(boxes)
    widths: dict[int, int] = {}
    for box in listed:
        for variable, mask in box:
            widths[variable] = max(widths.get(variable, 0), mask.bit_length() + 1)
    shifts: dict[int, int] = {}
    shift = 0
    for variable in sorted(widths):
        shifts[variable] = shift
        shift += widths[variable]
    packed: list[tuple[int, Box, int]] = []
    for box in listed:
        forbidden = 0
        for variable, mask in box:
            forbidden |= (((1 << widths[variable]) - 1) & ~mask) << shifts[variable]
        packed.append((forbidden.bit_count(), box, forbidden))
    packed.sort()
    return packed
