"""Sets of patients as lists of numbers, each set once, for a browser to intersect."""

from __future__ import annotations

from typing import Any

from pathways.boxes import Region, Space

MOST_BITS = 30
"""A finding of more cells is sent as text: numbers in a browser are intersected as 32 bits."""


class Regions:
    """Collects regions; equal ones are sent once.

    Args:
        space: The space of the regions.

    Example:
        >>> from pathways.conditions import FindingShape, Scope, parse
        >>> condition = parse("fever")
        >>> space = Space(Scope({"fever": FindingShape("fever", "yes_no")}), [condition])
        >>> regions = Regions(space)
        >>> regions.add(space.region(condition)), regions.listed
        (0, [[[0, 2]]])
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.listed: list[list[list[int | str]]] = []
        self._known: dict[Region, int] = {}

    def add(self, region: Region) -> int:
        """Return the position of a region in the list, where it is put if it is new."""
        if region not in self._known:
            self._known[region] = len(self.listed)
            self.listed.append([self._box(box) for box in region])
        return self._known[region]

    def _box(self, box: tuple[tuple[int, int], ...]) -> list[int | str]:
        return [part for at, mask in box for part in (at, self.mask(at, mask))]

    def mask(self, variable: int, mask: int) -> int | str:
        """Return cells of a variable as a number, or as text where there are too many."""
        return mask if self.space.variables[variable].size <= MOST_BITS else str(mask)


def as_number(value: Any) -> int | float | None:
    """Return a decimal as a number of JSON; None stays.

    Example:
        >>> from decimal import Decimal
        >>> as_number(Decimal("2.50")), as_number(None)
        (2.5, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
