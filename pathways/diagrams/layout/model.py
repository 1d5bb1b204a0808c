"""What a layout is made from, and what it gives: plain numbers, in points, y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Router = Literal["right_angled", "curved"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box to be placed.

    Args:
        name: Unique among the nodes.
        width: In points.
        height: In points.
        band: Number of the band it stands in, from 0; a band stands wholly below the one before.
        in_order: Whether its links are to leave from left to right in the order given.
        early: Whether it stands in the first part of a row that has to be broken.
    """

    name: str
    width: float
    height: float
    band: int = 0
    in_order: bool = False
    early: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one node to another one.

    Args:
        name: Unique among the links.
        source: Name of a node.
        target: Name of another node, in the same band or a later one.
        label_width: Width of its label in points; 0 without one.
        label_height: Height of its label in points; 0 without one.
        pull: How much it matters that it is short, from 1.
    """

    name: str
    source: str
    target: str
    label_width: float = 0.0
    label_height: float = 0.0
    pull: int = 1

    @property
    def is_labelled(self) -> bool:
        """Whether a label stands on it."""
        return self.label_height > 0


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances, in points.

    Args:
        column: Between neighbours in a row.
        track: Between two parallel lines.
        leave: Straight below a node before a line may bend.
        enter: Straight above a node, room for an arrowhead.
        band_title: Height of the strip at the top of a band, for its title.
        band_padding: Between the edge of a band and what is in it.
        band_gap: Between two bands.
        stretch: Added below every row, to fill a page.
        widest: Width the whole should keep to, by breaking rows; None: no limit.
        narrowest: Width the whole has at least; nodes stand in the middle of it.
    """

    column: float = 12.0
    track: float = 8.0
    leave: float = 9.0
    enter: float = 14.0
    band_title: float = 26.0
    band_padding: float = 10.0
    band_gap: float = 10.0
    stretch: float = 0.0
    widest: float | None = None
    narrowest: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """The line of a link.

    Args:
        link: Name of the link.
        points: Corners of a right-angled line, from the source to the target; or, for a curve, its
            control points: one, then three for each Bezier piece.
        label: Centre of its label, or None.
        curved: Whether the points are those of a curve.
    """

    link: str
    points: tuple[Point, ...]
    label: Point | None = None
    curved: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The frame of a band: left, top, right, bottom, in points.

    Args:
        number: Number of the band.
        left: Left edge.
        top: Top edge.
        right: Right edge.
        bottom: Bottom edge.
    """

    number: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished layout; its top left corner is at 0, 0.

    Args:
        width: In points.
        height: In points.
        centres: Centre of each node, by name.
        routes: One for each link, in the order of the links.
        bands: From top to bottom; empty bands are left out.
        router: How the lines were found.
        rows: How many rows of nodes there are.
        broken: How many of these rows only keep the width that was asked for.
    """

    width: float
    height: float
    centres: Mapping[str, Point]
    routes: tuple[Route, ...]
    bands: tuple[Band, ...]
    router: Router = "right_angled"
    rows: int = 1
    broken: int = 0
