"""What is claimed of every layout, each as a list of what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from pathways.diagrams.layout import Layout
from tests.layout.judge import (
    Box,
    Point,
    box_at,
    goes_through,
    sampled,
    share_area,
    shortest_distance,
)
from tests.layout.random_graphs import Graph


def boxes_of(graph: Graph, layout: Layout) -> dict[str, Box]:
    """Return the box of each node."""
    return {
        node.name: box_at(layout.centres[node.name], node.width, node.height)
        for node in graph.nodes
    }


def labels_of(graph: Graph, layout: Layout) -> dict[str, Box]:
    """Return the box of each label, by its link."""
    return {
        link.name: box_at(route.label, link.label_width, link.label_height)
        for link, route in zip(graph.links, layout.routes, strict=True)
        if route.label is not None
    }


def lines_of(layout: Layout) -> dict[str, list[Point]]:
    """Return sampled points of each line."""
    return {route.link: sampled(route.points, curved=route.curved) for route in layout.routes}


def wrong_with(graph: Graph, layout: Layout) -> list[str]:
    """Return everything that is wrong with a layout, in words."""
    return [
        *_names(graph, layout),
        *_outside(graph, layout),
        *_overlapping(graph, layout),
        *_ends(graph, layout),
        *_angles(layout),
        *_through(graph, layout),
        *_bands(graph, layout),
        *_labels(graph, layout),
    ]


def _names(graph: Graph, layout: Layout) -> Iterator[str]:
    if set(layout.centres) != {node.name for node in graph.nodes}:
        yield "not every node has a place"
    if [route.link for route in layout.routes] != [link.name for link in graph.links]:
        yield "routes are not those of the links, in their order"
    for link, route in zip(graph.links, layout.routes, strict=True):
        if (route.label is not None) != link.is_labelled:
            yield f"{link.name}: label where none is wanted, or none where one is"


def _outside(graph: Graph, layout: Layout) -> Iterator[str]:
    edge = 0.01
    points = [("line " + route.link, point) for route in layout.routes for point in route.points]
    areas = {**boxes_of(graph, layout), **labels_of(graph, layout)}
    for name, (left, top, right, bottom) in areas.items():
        points += [(name, (left, top)), (name, (right, bottom))]
    for name, (x, y) in points:
        if not (-edge <= x <= layout.width + edge and -edge <= y <= layout.height + edge):
            yield f"{name} at {x:.1f}, {y:.1f} is outside {layout.width:.1f} x {layout.height:.1f}"


def _overlapping(graph: Graph, layout: Layout) -> Iterator[str]:
    for (one, a), (other, b) in combinations(boxes_of(graph, layout).items(), 2):
        if share_area(a, b):
            yield f"{one} lies on {other}"


def _ends(graph: Graph, layout: Layout) -> Iterator[str]:
    boxes = boxes_of(graph, layout)
    for link, route in zip(graph.links, layout.routes, strict=True):
        for what, (x, y), box, edge in (
            ("start", route.points[0], boxes[link.source], 3),
            ("end", route.points[-1], boxes[link.target], 1),
        ):
            near = 1.5 if route.curved else 0.01
            if abs(y - box[edge]) > near or not box[0] <= x <= box[2]:
                yield f"{link.name}: its {what} is not on the edge of its node"
        if not route.curved and route.points[1][1] < route.points[0][1]:
            yield f"{link.name}: leaves upwards"
        if not route.curved and route.points[-2][1] > route.points[-1][1]:
            yield f"{link.name}: enters from below"


def _angles(layout: Layout) -> Iterator[str]:
    for route in layout.routes:
        if route.curved and layout.router == "right_angled":
            yield f"{route.link}: is curved, though the layout says right angles"
        if route.curved:
            continue
        for (x0, y0), (x1, y1) in pairwise(route.points):
            if x0 != x1 and y0 != y1:
                yield f"{route.link}: a slanted piece"


def _through(graph: Graph, layout: Layout) -> Iterator[str]:
    boxes = boxes_of(graph, layout)
    for name, line in lines_of(layout).items():
        for node, box in boxes.items():
            if goes_through(line, box):
                yield f"{name} passes through {node}"


def _bands(graph: Graph, layout: Layout) -> Iterator[str]:
    boxes = boxes_of(graph, layout)
    if [band.number for band in layout.bands] != sorted({node.band for node in graph.nodes}):
        yield "bands are not those of the nodes, in order"
    for upper, lower in pairwise(layout.bands):
        if upper.bottom > lower.top:
            yield f"band {lower.number} begins above the end of band {upper.number}"
    frames = {band.number: band for band in layout.bands}
    for node in graph.nodes:
        frame, box = frames[node.band], boxes[node.name]
        if not (frame.left <= box[0] and box[2] <= frame.right):
            yield f"{node.name} is beside its band"
        if not (frame.top <= box[1] and box[3] <= frame.bottom):
            yield f"{node.name} is above or below its band"


def _labels(graph: Graph, layout: Layout) -> Iterator[str]:
    labels, boxes, lines = labels_of(graph, layout), boxes_of(graph, layout), lines_of(layout)
    for name, box in labels.items():
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if shortest_distance(lines[name], middle) > 2.0:
            yield f"the label of {name} is off its line"
        for node, other in boxes.items():
            if share_area(box, other):
                yield f"the label of {name} lies on {node}"
        for link, line in lines.items():
            if link != name and goes_through(line, box):
                yield f"{link} passes through the label of {name}"
    for (one, a), (another, b) in combinations(labels.items(), 2):
        if share_area(a, b):
            yield f"the labels of {one} and {another} lie on each other"
