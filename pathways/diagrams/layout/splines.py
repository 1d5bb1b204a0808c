"""Curved lines found by Graphviz, for layouts too tangled for right angles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pathways.diagrams.layout.engine import POINTS_PER_INCH, Answer, ask
from pathways.diagrams.layout.model import Layout, Link, Node, Point, Route


def splines(layout: Layout, nodes: Sequence[Node], links: Sequence[Link]) -> Layout:
    """Return a layout with its lines drawn anew, as curves around nodes and labels.

    Args:
        layout: A layout; its nodes and labels stay where they are.
        nodes: The nodes of the layout.
        links: The links of the layout.

    Raises:
        DrawingError: Graphviz gives up.
    """
    number = {node.name: index for index, node in enumerate(nodes)}
    label = {route.link: route.label for route in layout.routes}
    middle = {link.name: len(nodes) + index for index, link in enumerate(links)}
    places = [(layout.centres[node.name], node.width, node.height) for node in nodes]
    statements = ["graph [splines=true, esep=2]"]
    statements += [_fixed(index, *place) for index, place in enumerate(places)]
    legs: dict[str, list[tuple[int, int]]] = {}
    for link in links:
        source, target, between = number[link.source], number[link.target], middle[link.name]
        centre = label[link.name]
        if centre is None:
            legs[link.name] = [(source, target)]
        else:
            statements.append(_fixed(between, centre, link.label_width, link.label_height))
            legs[link.name] = [(source, between), (between, target)]
        statements += [f"n{upper}:s -> n{lower}:n" for upper, lower in legs[link.name]]
    answer = ask(statements, "nop")
    moved = _Moved(answer, layout.centres[nodes[0].name])
    routes = tuple(
        Route(link.name, moved.curve(legs[link.name]), label[link.name], curved=True)
        for link in links
    )
    return replace(layout, routes=routes, router="splines")


def _fixed(index: int, centre: Point, width: float, height: float) -> str:
    """Return a node that stays where it is."""
    return (
        f'n{index} [pos="{centre[0]:.2f},{-centre[1]:.2f}!", '
        f"width={width / POINTS_PER_INCH:.4f}, height={height / POINTS_PER_INCH:.4f}]"
    )


class _Moved:
    """Reads curves in the coordinates of the layout: Graphviz begins at its own corner."""

    def __init__(self, answer: Answer, first: Point) -> None:
        self.curves: Mapping[tuple[int, int], tuple[Point, ...]] = answer.curves
        self.right = first[0] - answer.places[0][0]
        self.down = first[1] - answer.places[0][1]

    def curve(self, legs: Sequence[tuple[int, int]]) -> tuple[Point, ...]:
        """Return the control points of some curves joined by straight pieces."""
        points: list[Point] = []
        for leg in legs:
            more = [(x + self.right, y + self.down) for x, y in self.curves[leg]]
            if points:
                points += [points[-1], more[0]]
            points += more
        return tuple(points)
