"""The whole layout in one call: rows, order, x, tracks, y, lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pathways.diagrams.layout.chains import Chains, Slot, chains
from pathways.diagrams.layout.columns import columns
from pathways.diagrams.layout.model import Band, Layout, Link, Node, Point, Route, Spacing
from pathways.diagrams.layout.ranks import ranks
from pathways.diagrams.layout.rows import Channel, Rows, channel, rows


def arrange(nodes: Sequence[Node], links: Sequence[Link], spacing: Spacing | None = None) -> Layout:
    """Place nodes in rows and draw links as right-angled lines.

    Where two lines would have to lie on each other, all are curves instead, and the layout says so.

    Args:
        nodes: At least one; their bands say what stands below what.
        links: Without going round in a circle, and never to an earlier band.
        spacing: Distances; None: the usual ones.

    Returns:
        The layout; the same arguments give the same.

    Raises:
        DrawingError: Graphviz gives up.

    Example:
        >>> layout = arrange([Node("a", 90, 40), Node("b", 90, 40)], [Link("1", "a", "b")])
        >>> layout.centres["a"][1] < layout.centres["b"][1]
        True
        >>> layout.routes[0].points[0][0] == layout.routes[0].points[-1][0]
        True
    """
    spacing = spacing or Spacing()
    made = chains(nodes, links, ranks(nodes, links, spacing))
    x = columns(made, spacing)
    x, width = _from_the_left(x, made, spacing)
    highest = max(slot.level for slot in made.slots)
    channels = [channel(made, level, x) for level in range(highest)]
    stacked = rows(made, channels, spacing)
    drawn = _Lines(made, x, channels, stacked, spacing)
    # Every line has a place of its own in the rows it passes, so curves meet no node, either.
    curved = any(each.tracks.clashes for each in channels)
    return Layout(
        width=width,
        height=stacked.height,
        centres={
            slot.node.name: (x[slot.index], drawn.top(slot) + slot.node.height / 2)
            for slot in made.slots
            if slot.node is not None
        },
        routes=tuple(drawn.curve(link) if curved else drawn.route(link) for link in links),
        bands=tuple(
            Band(number, 0.0, top, width, bottom)
            for number, (top, bottom) in sorted(stacked.frames.items())
        ),
        router="curved" if curved else "right_angled",
        rows=len(stacked.tops),
        broken=_broken(nodes, links, spacing, len(stacked.tops)),
    )


def least_height(
    nodes: Sequence[Node], links: Sequence[Link], spacing: Spacing | None = None
) -> float:
    """Return how high a layout is at least, in points, without finding order and lines.

    Args:
        nodes: At least one.
        links: As for :func:`arrange`.
        spacing: Distances; None: the usual ones.

    Raises:
        DrawingError: Graphviz gives up.

    Example:
        >>> nodes, links = [Node("a", 90, 40), Node("b", 90, 40)], [Link("1", "a", "b")]
        >>> 80 < least_height(nodes, links) <= arrange(nodes, links).height
        True
    """
    spacing = spacing or Spacing()
    rank = ranks(nodes, links, spacing)
    heights: dict[int, float] = {}
    band: dict[int, int] = {}
    for node in nodes:
        row = rank[node.name]
        heights[row] = max(heights.get(row, 0.0), node.height)
        band[row] = node.band
    labels: dict[int, float] = {}
    for link in links:
        row = rank[link.source]
        labels[row] = max(labels.get(row, 0.0), link.label_height)
    changes = sum(band[row] != band[row + 1] for row in range(len(band) - 1))
    gaps = len(heights) - 1
    return (
        sum(heights.values())
        + sum(labels.values())
        + gaps * (spacing.leave + spacing.stretch)
        + (gaps - changes) * spacing.enter
        + changes * spacing.band_gap
        + (changes + 1) * (spacing.band_title + spacing.band_padding)
    )


def _broken(nodes: Sequence[Node], links: Sequence[Link], spacing: Spacing, row_count: int) -> int:
    """Return how many rows there are more than without a limit of width."""
    if spacing.widest is None:
        return 0
    return row_count - 1 - max(ranks(nodes, links).values())


def _from_the_left(x: Sequence[float], made: Chains, spacing: Spacing) -> tuple[list[float], float]:
    """Return x counted from the left edge of the whole, and how wide the whole is."""
    left = min(x[slot.index] - slot.width / 2 for slot in made.slots)
    right = max(x[slot.index] + slot.width / 2 for slot in made.slots)
    width = max(right - left + 2 * spacing.band_padding, spacing.narrowest)
    shift = (width - (right - left)) / 2 - left
    return [place + shift for place in x], width


class _Lines:
    """Draws links along their slots."""

    def __init__(
        self,
        made: Chains,
        x: Sequence[float],
        channels: Sequence[Channel],
        stacked: Rows,
        spacing: Spacing,
    ) -> None:
        self.made = made
        self.x = x
        self.channels = channels
        self.rows = stacked
        self.spacing = spacing

    def top(self, slot: Slot) -> float:
        """Return the top of a node."""
        return self.rows.tops[slot.level // 2]

    def route(self, link: Link) -> Route:
        """Return the line of a link."""
        path = self.made.paths[link.name]
        slots = [self.made.slots[index] for index in path]
        begin, end = slots[0], slots[-1]
        assert begin.node is not None
        corners: list[Point] = [(self.x[begin.index], self.top(begin) + begin.node.height)]
        for upper, lower in pairwise(slots):
            corners += self._bend(upper, lower)
        corners.append((corners[-1][0], self.top(end)))
        return Route(link.name, _without_needless(corners), self.label(link))

    def label(self, link: Link) -> Point | None:
        """Return the centre of the label of a link, if it has one."""
        if not link.is_labelled:
            return None
        begin, middle, *_ = self.made.paths[link.name]
        return self.x[middle], self.rows.labels[self.made.slots[begin].level // 2]

    def curve(self, link: Link) -> Route:
        """Return the line of a link as a curve that bends only between levels."""
        slots = [self.made.slots[index] for index in self.made.paths[link.name]]
        begin = slots[0]
        assert begin.node is not None
        points: list[Point] = [(self.x[begin.index], self.top(begin) + begin.node.height)]
        for upper, lower in pairwise(slots):
            before, after = self.x[upper.index], self.x[lower.index]
            leave, arrive = self.rows.spans[upper.level][1], self.rows.spans[lower.level][0]
            middle = (leave + arrive) / 2
            points += _straight(points[-1], (before, leave))
            points += [(before, middle), (after, middle), (after, arrive)]
        return Route(link.name, tuple(points), self.label(link), curved=True)

    def _bend(self, upper: Slot, lower: Slot) -> list[Point]:
        """Return the two corners between two levels, or none where the line runs straight."""
        before, after = self.x[upper.index], self.x[lower.index]
        lines = self.channels[upper.level]
        net = lines.net_of[upper.index, lower.index]
        if lines.nets[net].is_straight or before == after:
            return []
        y = self.rows.first_tracks[upper.level] + lines.tracks.track[net] * self.spacing.track
        return [(before, y), (after, y)]


def _straight(begin: Point, end: Point) -> list[Point]:
    """Return a straight piece of a curve after its first point: nothing when it has no length."""
    return [] if begin == end else [begin, end, end]


def _without_needless(corners: list[Point]) -> tuple[Point, ...]:
    """Return corners without those on a straight piece of line."""
    kept = [corners[0]]
    for index in range(1, len(corners) - 1):
        before, here, after = kept[-1], corners[index], corners[index + 1]
        if (before[0] == here[0] == after[0]) or (before[1] == here[1] == after[1]):
            continue
        kept.append(here)
    return (*kept, corners[-1])
