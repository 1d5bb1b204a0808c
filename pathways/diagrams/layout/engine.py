"""Graphviz, asked for places only; the one file that loads it.

Nodes have fixed sizes and no text, so no font of the machine is ever measured, and coordinates are
rounded: the answer is the same everywhere. Graphviz comes with ``pygraphviz``, whose wheels bundle it.
It is not safe for threads: one lock holds for every question.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from pathways.diagrams.layout.model import Point
from pathways.errors import DrawingError

POINTS_PER_INCH = 72.0
_LOCK = threading.Lock()


def ask(statements: Iterable[str]) -> dict[int, Point]:
    """Let Graphviz place the nodes of a graph in rows.

    Args:
        statements: Statements of DOT, with nodes named ``n0``, ``n1`` and so on.

    Returns:
        Centre of each node by its number, in points rounded to half a point, y downwards.

    Raises:
        DrawingError: Graphviz gives up.

    Example:
        >>> places = ask(["n0 [width=1, height=1]", "n1 [width=1, height=1]", "n0 -> n1"])
        >>> places[0][1] < places[1][1]
        True
    """
    from pygraphviz import AGraph

    text = 'digraph {node [shape=box, fixedsize=true, label=""];' + ";".join(statements) + "}"
    try:
        with _LOCK:
            graph = AGraph(string=text)
            # From 1,000 nodes pygraphviz warns on standard error, which may be closed.
            graph.number_of_nodes = lambda: 0
            plain = graph.draw(format="plain", prog="dot")
    except (ValueError, OSError, TypeError, AttributeError) as error:
        raise DrawingError(
            f"Graphviz could not lay out the picture: {str(error) or type(error).__name__}; "
            "the picture may be too large: try a smaller part"
        ) from error
    return _read(bytes(plain).decode("ascii"))


def _read(plain: str) -> dict[int, Point]:
    """Read the format ``plain`` of Graphviz: one node a line, in inches, y upwards."""
    places: dict[int, Point] = {}
    height = 0.0
    for line in plain.splitlines():
        words = line.split()
        if words[0] == "graph":
            height = float(words[3])
        elif words[0] == "node":
            places[_number(words[1])] = _point(words[2], words[3], height)
    return places


def _number(name: str) -> int:
    return int(name.removeprefix("n"))


def _point(x: str, y: str, height: float) -> Point:
    return _half(float(x)), _half(height - float(y))


def _half(inches: float) -> float:
    """Return inches as points, rounded to half a point."""
    return round(inches * POINTS_PER_INCH * 2) / 2
