"""Where everything goes: sizes and links in, places and lines out. Knows nothing of pathways.

``ranks`` puts nodes into rows, ``chains`` cuts links into pieces from row to row, ``columns`` finds
order and x, ``channels`` gives each bend a track of its own, ``rows`` finds y, ``arrange`` does it
all. Graphviz, in ``engine``, decides rows, order and x; a link can never pass through a node, because
it has a place of its own in every row it passes.
"""

from pathways.diagrams.layout.arrange import arrange, least_height
from pathways.diagrams.layout.model import Band, Layout, Link, Node, Point, Route, Router, Spacing

__all__ = [
    "Band",
    "Layout",
    "Link",
    "Node",
    "Point",
    "Route",
    "Router",
    "Spacing",
    "arrange",
    "least_height",
]
