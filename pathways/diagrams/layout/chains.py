"""Links cut into pieces from row to row, each with a place of its own in the rows it passes.

Rows of nodes have even levels: row 0 is level 0, row 1 is level 2. Between two rows lies a level for
labels. A link holds one slot on every level it passes: its label on the first, then bare line, which
it shares with every other link to the same node, so that they come together early.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathways.diagrams.layout.model import Link, Node

LINE_WIDTH = 4.0
"""Room for a bare line, beside the distance to its neighbours."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Something with a place on a level: a node, a label or a piece of line.

    Args:
        index: Unique among the slots.
        level: Even for rows of nodes, odd for rows of labels.
        width: In points.
        node: The node, if it is one.
        link: The link, or the first of those, if it is a label or a piece of line.
        is_label: Whether it is the label of its link.
    """

    index: int
    level: int
    width: float
    node: Node | None = None
    link: Link | None = None
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class Chains:
    """Every slot, and for each link the slots it runs through, source and target included.

    Args:
        slots: By index.
        paths: Indexes of slots by name of link, from the source to the target.
    """

    slots: tuple[Slot, ...]
    paths: Mapping[str, tuple[int, ...]]

    def steps(self) -> dict[tuple[int, int], None]:
        """Return every pair of slots that a line joins, upper and lower, each once, in order."""
        return dict.fromkeys(pair for path in self.paths.values() for pair in pairwise(path))

    def on_levels(self) -> list[list[Slot]]:
        """Return the slots of each level, from the first level to the last."""
        levels: list[list[Slot]] = [[] for _ in range(1 + max(s.level for s in self.slots))]
        for slot in self.slots:
            levels[slot.level].append(slot)
        return levels


def chains(nodes: Sequence[Node], links: Sequence[Link], rank: Mapping[str, int]) -> Chains:
    """Return the slots of nodes and links.

    Args:
        nodes: Every node.
        links: Every link; each leads to a lower row.
        rank: Row by name of node.

    Example:
        >>> nodes = [Node("a", 9, 9), Node("b", 9, 9)]
        >>> made = chains(nodes, [Link("1", "a", "b")], {"a": 0, "b": 2})
        >>> [made.slots[index].level for index in made.paths["1"]]
        [0, 1, 2, 3, 4]
    """
    slots = [
        Slot(index, 2 * rank[node.name], node.width, node=node) for index, node in enumerate(nodes)
    ]
    place = {node.name: index for index, node in enumerate(nodes)}
    trunk: dict[tuple[str, int], int] = {}
    paths: dict[str, tuple[int, ...]] = {}
    for link in links:
        begin, end = place[link.source], place[link.target]
        path = [begin]
        for level in range(slots[begin].level + 1, slots[end].level):
            if len(path) > 1 and (link.target, level) in trunk:
                path.append(trunk[link.target, level])
                continue
            if len(path) > 1:
                trunk[link.target, level] = len(slots)
            labelled = len(path) == 1 and link.is_labelled
            width = link.label_width if labelled else LINE_WIDTH
            path.append(len(slots))
            slots.append(Slot(len(slots), level, width, link=link, is_label=labelled))
        paths[link.name] = (*path, end)
    return Chains(tuple(slots), paths)
