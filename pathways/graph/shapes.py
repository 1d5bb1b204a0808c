"""Comparing the shape of two pathways: what only one has, and what is the same but goes elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, fields

from pathways.conditions import unparse
from pathways.graph.build import plain_graph
from pathways.graph.steps import StepNet, distances, step_net
from pathways.graph.structure import knots
from pathways.model.pathway import ResolvedPathway

Colour = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The size and shape of one pathway.

    Args:
        id: Name of the pathway.
        states: How many states.
        transitions: How many ways on.
        interrupts: How many ways open at any time.
        phases: How many phases.
        loops: How many knots of states that can be come back to.
        depth: Steps to the farthest state, by the shortest route from the start.
        unreached: How many states no way on leads to from the start (an interrupt may).
        branching: Mean number of ways on of the states that have any, to two decimals.
        most_ways_on: The largest number of ways on.
        kinds: For each kind of state, how many there are; in alphabetical order.
    """

    id: str
    states: int
    transitions: int
    interrupts: int
    phases: int
    loops: int
    depth: int
    unreached: int
    branching: float
    most_ways_on: int
    kinds: dict[str, int]


@dataclass(frozen=True, slots=True)
class OtherWaysOn:
    """A state of both pathways that goes on differently.

    When neither has a way of its own, the ways are the same but chosen differently: in another
    order, or with another ``choose``.

    Args:
        state: Name of the state.
        only_in_a: Ways on that only the first has, as (target, condition as in the file).
        only_in_b: Ways on that only the second has.
        choose: How the ways are chosen in the first and in the second: one, first or any.
    """

    state: str
    only_in_a: tuple[tuple[str, str], ...]
    only_in_b: tuple[tuple[str, str], ...]
    choose: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ShapeComparison:
    """How two pathways differ in shape. States are told by their names.

    Args:
        a: The shape of the first.
        b: The shape of the second.
        shared: States of both, in reading order of the first.
        only_in_a: States that only the first has.
        only_in_b: States that only the second has.
        transitions_only_in_a: Pairs (from, to) that only the first connects.
        transitions_only_in_b: Pairs (from, to) that only the second connects.
        other_kind: States of both whose kind differs, as (state, kind in a, kind in b).
        other_ways_on: States of both that go on differently.
        same_shape: Whether, names aside, the two are the same net: states of the same kinds,
            connected in the same way, with the same start.
    """

    a: Shape
    b: Shape
    shared: tuple[str, ...]
    only_in_a: tuple[str, ...]
    only_in_b: tuple[str, ...]
    transitions_only_in_a: tuple[tuple[str, str], ...]
    transitions_only_in_b: tuple[tuple[str, str], ...]
    other_kind: tuple[tuple[str, str, str], ...]
    other_ways_on: tuple[OtherWaysOn, ...]
    same_shape: bool

    @property
    def figures(self) -> tuple[tuple[str, object, object], ...]:
        """The figures of both shapes side by side: (name, first, second)."""
        return tuple(
            (each.name, getattr(self.a, each.name), getattr(self.b, each.name))
            for each in fields(Shape)
        )


def compare_shapes(a: ResolvedPathway, b: ResolvedPathway) -> ShapeComparison:
    """Compare the shape of two pathways.

    Args:
        a: The first pathway.
        b: The second one: another pathway, or another version of the first.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> compare_shapes(pathway, pathway).same_shape
        True
    """
    shared = tuple(name for name in a.states if name in b.states)
    pairs_a, pairs_b = _pairs(a), _pairs(b)
    return ShapeComparison(
        a=shape_of(a),
        b=shape_of(b),
        shared=shared,
        only_in_a=tuple(name for name in a.states if name not in b.states),
        only_in_b=tuple(name for name in b.states if name not in a.states),
        transitions_only_in_a=tuple(pair for pair in pairs_a if pair not in pairs_b),
        transitions_only_in_b=tuple(pair for pair in pairs_b if pair not in pairs_a),
        other_kind=tuple(
            (name, a.states[name].kind, b.states[name].kind)
            for name in shared
            if a.states[name].kind != b.states[name].kind
        ),
        other_ways_on=tuple(
            found for name in shared if (found := _other_ways_on(a, b, name)) is not None
        ),
        same_shape=_same_shape(a, b),
    )


def shape_of(pathway: ResolvedPathway) -> Shape:
    """Return the size and shape of a pathway.

    Args:
        pathway: The pathway.

    Example:
        >>> from pathways.reading.load import load
        >>> shape_of(load("severe-back-pain")).id
        'severe-back-pain'
    """
    net = step_net(pathway)
    away = distances(net.after, net.position(pathway.start))
    ways_on = [len(state.next) for state in pathway.states.values() if state.next]
    kinds = [state.kind for state in pathway.states.values()]
    return Shape(
        id=pathway.id,
        states=len(kinds),
        transitions=len(pathway.ways),
        interrupts=len(pathway.interrupts),
        phases=len(pathway.phases),
        loops=len(knots(net)),
        depth=max(away.values()),
        unreached=len(kinds) - len(away),
        branching=round(sum(ways_on) / len(ways_on), 2) if ways_on else 0.0,
        most_ways_on=max(ways_on, default=0),
        kinds={kind: kinds.count(kind) for kind in sorted(set(kinds))},
    )


def _pairs(pathway: ResolvedPathway) -> dict[tuple[str, str], None]:
    """Return which states are connected, in reading order, each pair once."""
    return dict.fromkeys((way.source, way.target) for way in pathway.ways)


def _other_ways_on(a: ResolvedPathway, b: ResolvedPathway, name: str) -> OtherWaysOn | None:
    ways_a = [(way.target, unparse(way.transition.when)) for way in a.ways_from(name)]
    ways_b = [(way.target, unparse(way.transition.when)) for way in b.ways_from(name)]
    choose = (a.states[name].choose, b.states[name].choose)
    same_order = ways_a == ways_b or choose != ("first", "first")
    if sorted(ways_a) == sorted(ways_b) and choose[0] == choose[1] and same_order:
        return None
    return OtherWaysOn(
        name,
        tuple(way for way in ways_a if way not in ways_b),
        tuple(way for way in ways_b if way not in ways_a),
        choose,
    )


def _same_shape(a: ResolvedPathway, b: ResolvedPathway) -> bool:
    """Say whether two pathways are the same net when names are put aside.

    Steps are coloured by what stands around them until nothing more can be told apart (Weisfeiler
    and Leman 1968); a matching is searched only among steps of one colour, which leaves little to
    search.
    """
    import networkx as nx

    nets = step_net(a), step_net(b)
    colours_a, colours_b = _colours((a, b), nets)
    if sorted(colours_a) != sorted(colours_b):
        return False
    graphs = plain_graph(nets[0].after), plain_graph(nets[1].after)
    for graph, colours in zip(graphs, (colours_a, colours_b), strict=True):
        nx.set_node_attributes(graph, dict(enumerate(colours)), "colour")
    same_colour = nx.algorithms.isomorphism.categorical_node_match("colour", None)
    return bool(nx.is_isomorphic(*graphs, node_match=same_colour))


def _colours(
    pathways: tuple[ResolvedPathway, ResolvedPathway], nets: tuple[StepNet, StepNet]
) -> tuple[list[int], list[int]]:
    """Return a colour for each step of both nets; steps that can be told apart differ."""
    steps = [(side, at) for side in (0, 1) for at in range(len(nets[side].names))]
    marks: dict[tuple[int, int], Colour] = {}
    for side, at in steps:
        name = nets[side].names[at]
        marks[side, at] = (pathways[side].states[name].kind, name == pathways[side].start)
    colours = _numbered(marks)
    while True:
        around: dict[tuple[int, int], list[int]] = {each: [] for each in steps}
        for side, at in steps:
            for following in nets[side].after[at]:
                around[side, following].append(colours[side, at])
        marks = {
            (side, at): (
                colours[side, at],
                tuple(sorted(colours[side, following] for following in nets[side].after[at])),
                tuple(sorted(around[side, at])),
            )
            for side, at in steps
        }
        finer = _numbered(marks)
        if len(set(finer.values())) == len(set(colours.values())):
            break
        colours = finer
    first = [colours[0, at] for at in range(len(nets[0].names))]
    return first, [colours[1, at] for at in range(len(nets[1].names))]


def _numbered(marks: dict[tuple[int, int], Colour]) -> dict[tuple[int, int], int]:
    """Give equal marks the same number, in the order of the steps."""
    numbers: dict[Colour, int] = {}
    return {step: numbers.setdefault(mark, len(numbers)) for step, mark in marks.items()}
