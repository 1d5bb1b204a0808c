"""Rows: which nodes stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pathways.diagrams.layout.engine import ask
from pathways.diagrams.layout.model import Link, Node, Spacing

LINE_ROOM = 18.0
"""Width that a line takes where it passes a row, in points."""


def ranks(
    nodes: Sequence[Node], links: Sequence[Link], spacing: Spacing | None = None
) -> dict[str, int]:
    """Return the row of every node, from 0.

    Graphviz keeps the links inside a band as short as possible altogether; bands stand below each
    other. A row wider than allowed becomes two or more.

    Args:
        nodes: Every node.
        links: Every link; without going round in a circle.
        spacing: Says how wide a row may be; None: as wide as it needs to be.

    Returns:
        Row by name of node; the source of a link stands above its target.

    Raises:
        DrawingError: Graphviz gives up.

    Example:
        >>> nodes = [Node("a", 9, 9), Node("b", 9, 9), Node("c", 9, 9, band=1)]
        >>> ranks(nodes, [Link("1", "a", "b"), Link("2", "a", "c")])
        {'a': 0, 'b': 1, 'c': 2}
    """
    heights = _heights(nodes, links)
    by_row: dict[tuple[int, float], list[Node]] = {}
    for node in nodes:
        by_row.setdefault((node.band, heights[node.name]), []).append(node)
    rows = [by_row[key] for key in sorted(by_row)]
    if spacing is not None and spacing.widest is not None:
        rows = _narrowed(rows, links, spacing.widest - 2 * spacing.band_padding, spacing.column)
    return {node.name: index for index, row in enumerate(rows) for node in row}


def _narrowed(
    rows: Sequence[Sequence[Node]], links: Sequence[Link], widest: float, gap: float
) -> list[list[Node]]:
    """Return rows of which none is wider than allowed, where that is possible at all.

    Lines that pass a row take room in it. Ends go into the first part, what everything else
    comes from into the last one, so that few lines pass a part of their own row.
    """
    rank = {node.name: index for index, row in enumerate(rows) for node in row}
    leaving = {link.source for link in links}
    entered = {link.target for link in links}
    narrow: list[list[Node]] = []
    for index, row in enumerate(rows):
        passing = {
            (link.target if rank[link.target] > index + 1 else link.name)
            for link in links
            if rank[link.source] < index < rank[link.target]
        }
        room = widest - LINE_ROOM * len(passing)
        ordered = sorted(
            row,
            key=lambda node: (
                not node.early,
                (node.name in leaving) + 2 * (node.name not in entered),
            ),
        )
        parts: list[list[Node]] = []
        for node in ordered:
            used = sum(each.width + gap for each in parts[-1]) if parts else room
            if not parts or used + node.width + LINE_ROOM * _beside(parts, row) > room:
                parts.append([])
            parts[-1].append(node)
        narrow += parts
    return narrow


def _beside(parts: Sequence[Sequence[Node]], row: Sequence[Node]) -> int:
    """Return how many nodes of a row stand in other parts: their lines pass this one."""
    return 0 if len(parts) <= 1 else len(row) - len(parts[-1]) - 1


def _heights(nodes: Sequence[Node], links: Sequence[Link]) -> dict[str, float]:
    """Return how far down each node stands among those of its band."""
    number = {node.name: index for index, node in enumerate(nodes)}
    band = {node.name: node.band for node in nodes}
    inner = tuple(
        (number[link.source], number[link.target], link.pull)
        for link in links
        if band[link.source] == band[link.target]
    )
    return dict(zip(number, _levels(len(nodes), inner), strict=True))


@lru_cache(maxsize=512)
def _levels(count: int, links: tuple[tuple[int, int, int], ...]) -> tuple[float, ...]:
    """Return y by number of node; the same steps are laid out with several widths of cards."""
    if not links:
        return (0.0,) * count
    statements = ["graph [ranksep=1, splines=none, mclimit=0.1, nslimit=0.1]"]
    statements += [f"n{index} [width=0.1, height=0.1]" for index in range(count)]
    statements += [f"n{source} -> n{target} [weight={pull}]" for source, target, pull in links]
    places = ask(statements)
    return tuple(places[index][1] for index in range(count))
