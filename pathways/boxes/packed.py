"""Boxes as single numbers: what lies in two boxes is one ``&``, who fits in another one comparison.

Every variable has a field of bits, one for each cell and one to spare. A box sets the bits of the
cells it allows, in all fields; adding one below the spare bit to every field carries into it exactly
where some cell is allowed, so that one addition tells whether a box is empty.

Source: L. Lamport, "Multiple byte processing with full-word instructions", CACM 18(8), 1975.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathways.boxes.regions import Box, Region
from pathways.boxes.space import Space

Packed = int
"""A box as a number: in the field of each variable the bits of the cells it allows."""


class Packing:
    """The fields of the variables of a space.

    Args:
        space: The space.

    Example:
        >>> from pathways.conditions import FindingShape, Scope, parse
        >>> scope = Scope({"a": FindingShape("a", "yes_no"), "b": FindingShape("b", "yes_no")})
        >>> packing = Packing(Space(scope, [parse("a and b")]))
        >>> a, b = packing.pack(((0, 2),)), packing.pack(((0, 1), (1, 2)))
        >>> packing.is_somebody(a), packing.is_somebody(a & b)
        (True, False)
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        shifts: list[int] = []
        fields: list[int] = []
        owners: list[int] = []
        high = 0
        shift = 0
        for at, full in enumerate(space.full):
            owners += [at] * (full.bit_length() + 1)
            shifts.append(shift)
            fields.append(full << shift)
            shift += full.bit_length()
            high |= 1 << shift
            shift += 1
        self.shifts = tuple(shifts)
        self.fields = tuple(fields)
        """For each variable, all bits of its field."""
        self.full = sum(fields)
        """The box of everybody."""
        self.high = high
        """The spare bits."""
        self._owners = tuple(owners)

    def pack(self, box: Box) -> Packed:
        """Return a box as a number."""
        packed = self.full
        for at, mask in box:
            packed &= ~self.fields[at] | mask << self.shifts[at]
        return packed

    def pack_all(self, region: Region) -> list[Packed]:
        """Return the boxes of a region as numbers."""
        return [self.pack(box) for box in region]

    def unpack(self, packed: Packed) -> Box:
        """Return a number as a box; fields that allow everything are left out."""
        return tuple(
            (at, (packed & field) >> self.shifts[at])
            for at, field in enumerate(self.fields)
            if packed & field != field
        )

    def is_somebody(self, packed: Packed) -> bool:
        """Return whether a box holds anybody: every field allows some cell."""
        return (packed + self.full) & self.high == self.high

    def mask(self, packed: Packed, at: int) -> int:
        """Return the cells that a box allows of one variable, as bits."""
        return (packed & self.fields[at]) >> self.shifts[at]

    def narrowed(self, packed: Packed) -> Iterator[int]:
        """Yield the variables of which a box does not allow everything."""
        left = self.full & ~packed
        while left:
            at = self._owners[(left & -left).bit_length() - 1]
            yield at
            left &= ~self.fields[at]

    def around(self, packed: Packed) -> Iterator[tuple[int, Packed]]:
        """Yield, for each variable that a box narrows, the variable and the box without that.

        Two boxes that have one of these in common differ in that variable only, so that together
        they are one box.
        """
        for at in self.narrowed(packed):
            yield at, packed | self.fields[at]

    def variable_at(self, bit: int) -> int:
        """Return the variable in whose field a bit lies."""
        return self._owners[bit]

    def of(self, variables: Iterable[int]) -> int:
        """Return all bits of the fields of some variables."""
        bits = 0
        for at in variables:
            bits |= self.fields[at]
        return bits

    def meet(self, left: Sequence[Packed], right: Sequence[Packed]) -> list[Packed]:
        """Return who is in both of two unions of boxes; boxes that lie in others are left out."""
        full, high = self.full, self.high
        found = [
            both for one in left for other in right if ((both := one & other) + full) & high == high
        ]
        return widest(found)

    def without(self, packed: Packed, others: Iterable[Packed]) -> list[Packed]:
        """Return who is in a box and in none of some others, as boxes that do not meet.

        Args:
            packed: A box.
            others: Boxes.
        """
        left = [packed]
        for other in others:
            rest: list[Packed] = []
            for each in left:
                if self.is_somebody(each & other):
                    rest.extend(self._outside(each, other))
                else:
                    rest.append(each)
            left = rest
            if not left:
                break
        return left

    def covers(self, others: Sequence[Packed], packed: Packed) -> bool:
        """Return whether everybody in a box is in one of some others.

        Args:
            others: Boxes.
            packed: A box.
        """
        full, high = self.full, self.high
        meeting = [other for other in others if ((other & packed) + full) & high == high]
        if not meeting:
            return False
        # Whoever the box that takes the most leaves over is looked at part by part.
        most = max(meeting, key=lambda other: (other & packed).bit_count())
        return all(self.covers(meeting, part) for part in self._outside(packed, most))

    def _outside(self, packed: Packed, other: Packed) -> Iterator[Packed]:
        """Yield the parts of a box that lie outside another one it meets."""
        beyond = packed & ~other
        while beyond:
            field = self.fields[self.variable_at((beyond & -beyond).bit_length() - 1)]
            yield packed & ~(field & other)
            packed &= ~field | other
            beyond &= ~field


def widest(boxes: Iterable[Packed]) -> list[Packed]:
    """Return the boxes that lie in no other one, the widest first."""
    kept: list[Packed] = []
    for box in sorted(set(boxes), key=lambda each: (-each.bit_count(), each)):
        for other in kept:
            if box & other == box:
                break
        else:
            kept.append(box)
    return kept
