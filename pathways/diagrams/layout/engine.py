"""Graphviz, asked for places only; the one file that loads it.

Nodes have fixed sizes and no text, so no font of the machine is ever measured, and coordinates are
rounded: the answer is the same everywhere. Graphviz comes with ``pygraphviz``, whose wheels bundle it.
It is not safe for threads: one lock holds for every question.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pathways.diagrams.layout.model import Point
from pathways.errors import DrawingError

POINTS_PER_INCH = 72.0
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Answer:
    """What Graphviz says.

    Args:
        places: Centre of each node by its number, in points, y downwards.
        curves: Control points of each edge by its two nodes; empty unless lines were asked for.
    """

    places: Mapping[int, Point]
    curves: Mapping[tuple[int, int], tuple[Point, ...]]


def ask(statements: Iterable[str], program: Literal["dot", "nop"] = "dot") -> Answer:
    """Let Graphviz place the nodes of a graph.

    Args:
        statements: Statements of DOT, with nodes named ``n0``, ``n1`` and so on.
        program: ``dot`` places the nodes; ``nop`` keeps the places given and finds lines.

    Returns:
        Places rounded to half a point.

    Raises:
        DrawingError: Graphviz gives up.

    Example:
        >>> answer = ask(["n0 [width=1, height=1]", "n1 [width=1, height=1]", "n0 -> n1"])
        >>> answer.places[0][1] < answer.places[1][1]
        True
    """
    from pygraphviz import AGraph

    text = 'digraph {node [shape=box, fixedsize=true, label=""];' + ";".join(statements) + "}"
    try:
        with _LOCK:
            graph = AGraph(string=text)
            # From 1,000 nodes pygraphviz warns on standard error, which may be closed.
            graph.number_of_nodes = lambda: 0
            plain = graph.draw(format="plain", prog=program)
    except (ValueError, OSError, TypeError, AttributeError) as error:
        raise DrawingError(
            f"Graphviz could not lay out the picture: {str(error) or type(error).__name__}; "
            "the picture may be too large: try a smaller part"
        ) from error
    return _read(bytes(plain).decode("ascii"))


def _read(plain: str) -> Answer:
    """Read the format ``plain`` of Graphviz: one node or edge a line, in inches, y upwards."""
    places: dict[int, Point] = {}
    curves: dict[tuple[int, int], tuple[Point, ...]] = {}
    height = 0.0
    # A line that goes on ends in a backslash.
    for line in plain.replace("\\\n", "").splitlines():
        words = line.split()
        if words[0] == "graph":
            height = float(words[3])
        elif words[0] == "node":
            places[_number(words[1])] = _point(words[2], words[3], height)
        elif words[0] == "edge":
            count = int(words[3])
            numbers = words[4 : 4 + 2 * count]
            curves[_number(words[1]), _number(words[2])] = tuple(
                _point(x, y, height) for x, y in zip(numbers[::2], numbers[1::2], strict=True)
            )
    return Answer(places, curves)


def _number(name: str) -> int:
    return int(name.removeprefix("n"))


def _point(x: str, y: str, height: float) -> Point:
    return _half(float(x)), _half(height - float(y))


def _half(inches: float) -> float:
    """Return inches as points, rounded to half a point."""
    return round(inches * POINTS_PER_INCH * 2) / 2
