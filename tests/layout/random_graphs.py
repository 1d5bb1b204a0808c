"""Random graphs for the layout: trees of steps with jumps, fans, long links, several bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from pathways.diagrams.layout import Link, Node, Spacing


@dataclass(frozen=True)
class Graph:
    """What ``arrange`` is asked."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    spacing: Spacing | None = None


def seeded(
    seed: int,
    count: int,
    *,
    jumps: float = 0.0,
    fan: int = 0,
    bands: int = 1,
    widest: float | None = None,
) -> Graph:
    """Return the graph of a seed; the same one on every machine.

    Args:
        seed: Any number.
        count: How many nodes.
        jumps: Random links on top, as a share of the nodes.
        fan: So many links leave every seventh node, where so many nodes follow.
        bands: Into how many bands the nodes are parted, about equally.
        widest: Width to keep to.
    """
    random = Random(seed)
    nodes = [
        Node(
            f"node {n}",
            random.choice((84.0, 160.0, 212.0, 212.0, 212.0, 436.0)),
            float(random.randint(24, 180)),
            n * bands // count,
            in_order=random.random() < 0.2,
        )
        for n in range(count)
    ]
    pairs: list[tuple[int, int]] = []
    for n in range(1, count):
        # Some nodes begin anew: nothing leads to them.
        if random.random() < 0.93:
            pairs.append((random.randint(max(0, n - 4), n - 1), n))
        if random.random() < 0.25:
            pairs.append((random.randint(max(0, n - 6), n - 1), n))
    for n in range(0, count - fan - 1, 7):
        pairs += [(n, n + 1 + more) for more in range(fan)]
    for _ in range(round(jumps * count)):
        a, b = sorted(random.sample(range(count), 2))
        pairs.append((a, b))
    return Graph(tuple(nodes), _links(pairs, random), Spacing(widest=widest))


def _links(pairs: Sequence[tuple[int, int]], random: Random) -> tuple[Link, ...]:
    links = []
    for index, (a, b) in enumerate(pairs):
        wide, high = random.choice(((0.0, 0.0), (0.0, 0.0), (38.0, 17.0), (120.0, 30.0)))
        pull = random.choice((1, 1, 1, 5))
        links.append(Link(f"link {index}", f"node {a}", f"node {b}", wide, high, pull))
    return tuple(links)


@st.composite
def graphs(draw: st.DrawFn, most: int = 14) -> Graph:
    """Any small graph: unlinked nodes, double links, wide labels, bands in any order of size."""
    count = draw(st.integers(1, most))
    bands = sorted(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
    sizes = st.sampled_from((20.0, 84.0, 212.0, 212.5, 436.0))
    nodes = [
        Node(f"node {n}", draw(sizes), draw(st.sampled_from((20.0, 41.3, 150.0))), band)
        for n, band in enumerate(bands)
    ]
    links: list[Link] = []
    if count > 1:
        ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
        pairs = draw(st.lists(ends.filter(lambda each: each[0] != each[1]), max_size=2 * count))
        labels = st.sampled_from(((0.0, 0.0), (4.0, 17.0), (60.0, 17.0), (130.0, 47.0)))
        for index, pair in enumerate(pairs):
            a, b = sorted(pair)
            wide, high = draw(labels)
            links.append(Link(f"link {index}", f"node {a}", f"node {b}", wide, high))
    spacing = Spacing(
        stretch=draw(st.sampled_from((0.0, 16.0))),
        widest=draw(st.sampled_from((None, 535.28))),
        narrowest=draw(st.sampled_from((0.0, 535.28))),
    )
    return Graph(tuple(nodes), tuple(links), spacing)
