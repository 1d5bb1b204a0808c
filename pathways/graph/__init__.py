"""A pathway as a graph: networkx, tables, and the questions people ask of it.

Which routes lead from here to there, and how many? What must every route pass? What is lost when a
treatment is not available? Where can one come back to, and what does everything hang on?

``steps`` and ``counting`` hold the plain net of steps and the counting of routes; ``build`` is the
only place that makes a networkx graph; ``routes``, ``structure``, ``availability`` and ``shapes``
answer the questions with frozen plain data; ``tables`` gives rows and DataFrames. networkx and pandas
are imported when they are first needed, so that importing this package costs next to nothing.

Interrupts, the ways open at any time, are no ways on in any answer unless ``interrupts=True``. The
answers are about the drawn ways; whether one patient could meet every condition along a route is for
the checks to say.
"""

from pathways.graph.availability import Lost, LostOffer, lost_without
from pathways.graph.build import to_networkx
from pathways.graph.evidence_tables import (
    disagreements_rows,
    disagreements_table,
    thresholds_rows,
    thresholds_table,
)
from pathways.graph.lost_tables import lost_rows, lost_table
from pathways.graph.routes import (
    Choice,
    Escalation,
    Leg,
    Route,
    RouteBounds,
    Routes,
    choices_on,
    longest_escalation,
    route_bounds,
    routes,
    shortest_escalation,
)
from pathways.graph.shapes import OtherWaysOn, Shape, ShapeComparison, compare_shapes, shape_of
from pathways.graph.structure import (
    Bottleneck,
    Exit,
    Loop,
    MustPass,
    bottlenecks,
    loops,
    must_pass,
)
from pathways.graph.tables import (
    bottlenecks_table,
    findings_rows,
    findings_table,
    states_rows,
    states_table,
    transitions_rows,
    transitions_table,
    treatments_rows,
    treatments_table,
)

__all__ = [
    "Bottleneck",
    "Choice",
    "Escalation",
    "Exit",
    "Leg",
    "Loop",
    "Lost",
    "LostOffer",
    "MustPass",
    "OtherWaysOn",
    "Route",
    "RouteBounds",
    "Routes",
    "Shape",
    "ShapeComparison",
    "bottlenecks",
    "bottlenecks_table",
    "choices_on",
    "compare_shapes",
    "disagreements_rows",
    "disagreements_table",
    "findings_rows",
    "findings_table",
    "longest_escalation",
    "loops",
    "lost_rows",
    "lost_table",
    "lost_without",
    "must_pass",
    "route_bounds",
    "routes",
    "shape_of",
    "shortest_escalation",
    "states_rows",
    "states_table",
    "thresholds_rows",
    "thresholds_table",
    "to_networkx",
    "transitions_rows",
    "transitions_table",
    "treatments_rows",
    "treatments_table",
]
