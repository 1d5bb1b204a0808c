"""Layouts of random graphs, judged by points sampled on their lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pathways.diagrams.layout import Layout, Link, Node, arrange
from pathways.diagrams.layout.channels import tracks
from tests.layout.claims import wrong_with
from tests.layout.random_graphs import Graph, graphs, seeded

few = settings(max_examples=40, deadline=None, derandomize=True, database=None)

KINDS: dict[str, dict[str, float]] = {
    "plain": {},
    "jumps": {"jumps": 0.3},
    "tangled": {"jumps": 0.4, "fan": 8},
    "bands": {"jumps": 0.2, "bands": 4},
    "narrow": {"jumps": 0.3, "fan": 8, "bands": 3, "widest": 535.28},
}
TOO_TANGLED = [(0, 12, "narrow"), (0, 30, "tangled"), (3, 30, "narrow"), (37, 30, "tangled")]
"""Some of these found no room for right angles alone."""


def make(seed: int, count: int, kind: str) -> Graph:
    return seeded(seed, count, **KINDS[kind])  # type: ignore[arg-type]


def laid_out(graph: Graph) -> Layout:
    return arrange(graph.nodes, graph.links, graph.spacing)


@few
@given(graphs())
def test_any_small_graph_is_laid_out_as_claimed(graph: Graph) -> None:
    assert wrong_with(graph, laid_out(graph)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [5, 12, 26])
def test_graphs_of_every_kind_are_laid_out_as_claimed(count: int, kind: str) -> None:
    for seed in range(2):
        graph = make(100 + seed, count, kind)
        assert wrong_with(graph, laid_out(graph)) == [], f"seed {100 + seed}"


@pytest.mark.parametrize("kind", ["plain", "bands"])
def test_a_graph_of_sixty_nodes_is_laid_out_as_claimed(kind: str) -> None:
    graph = make(1, 60, kind)
    assert wrong_with(graph, laid_out(graph)) == []


@pytest.mark.parametrize(("seed", "count", "kind"), TOO_TANGLED)
def test_lines_of_tangled_graphs_pass_through_no_node(seed: int, count: int, kind: str) -> None:
    graph = make(seed, count, kind)
    assert wrong_with(graph, laid_out(graph)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [5, 12, 22])
def test_curves_pass_through_no_node_either(
    monkeypatch: pytest.MonkeyPatch, count: int, kind: str
) -> None:
    """Right angles are found so often that curves are asked for here: every track is said to clash."""
    monkeypatch.setattr(
        "pathways.diagrams.layout.rows.tracks", lambda nets: replace(tracks(nets), clashes=1)
    )
    for seed in range(2):
        graph = make(200 + seed, count, kind)
        layout = laid_out(graph)
        assert layout.router == "curved"
        assert all(route.curved for route in layout.routes)
        assert wrong_with(graph, layout) == [], f"seed {200 + seed}"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [30, 60, 120])
def test_large_graphs_of_every_kind_are_laid_out_as_claimed(count: int, kind: str) -> None:
    for seed in range({30: 20, 60: 6, 120: 2}[count]):
        graph = make(seed, count, kind)
        assert wrong_with(graph, laid_out(graph)) == [], f"seed {seed}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_graph_gives_the_same_layout(kind: str) -> None:
    first = laid_out(make(5, 30, kind))
    # Rows are remembered between calls: other graphs in between must not matter.
    laid_out(make(6, 12, kind))
    assert laid_out(make(5, 30, kind)) == first


@few
@given(graphs(most=8))
def test_names_do_not_matter(graph: Graph) -> None:
    def other(name: str) -> str:
        return f"another {name[::-1]}"

    renamed = Graph(
        tuple(replace(node, name=other(node.name)) for node in graph.nodes),
        tuple(
            replace(link, source=other(link.source), target=other(link.target))
            for link in graph.links
        ),
        graph.spacing,
    )
    before, after = laid_out(graph), laid_out(renamed)
    assert after.routes == before.routes
    assert list(after.centres.values()) == list(before.centres.values())


def test_one_node_alone_has_a_layout() -> None:
    layout = arrange([Node("only", 90, 40)], [])
    assert layout.routes == ()
    assert wrong_with(Graph((Node("only", 90, 40),), ()), layout) == []


def test_two_links_between_the_same_nodes_are_two_lines_when_one_is_labelled() -> None:
    nodes = (Node("a", 90, 40), Node("b", 90, 40))
    links = (Link("1", "a", "b", 40, 17), Link("2", "a", "b", 40, 17))
    graph = Graph(nodes, links)
    layout = laid_out(graph)
    assert wrong_with(graph, layout) == []
    assert layout.routes[0].points != layout.routes[1].points


class TestTheJudge:
    """The claims see what is wrong: a good layout is spoilt in one way each."""

    graph = make(101, 12, "bands")

    @pytest.fixture
    def good(self) -> Layout:
        layout = laid_out(self.graph)
        assert wrong_with(self.graph, layout) == []
        return layout

    def test_sees_a_node_on_another_node(self, good: Layout) -> None:
        centres = {**good.centres, "node 3": good.centres["node 7"]}
        assert any(
            "lies on" in each for each in wrong_with(self.graph, replace(good, centres=centres))
        )

    def test_sees_a_node_outside(self, good: Layout) -> None:
        centres = {**good.centres, "node 3": (-500.0, 0.0)}
        found = wrong_with(self.graph, replace(good, centres=centres))
        assert any("node 3 at" in each for each in found)
        assert any("beside its band" in each for each in found)

    def test_sees_a_line_through_a_node(self, good: Layout) -> None:
        x, y = good.centres["node 5"]
        through = ((x, y - 400), (x, y + 400))
        spoilt = (replace(good.routes[0], points=through), *good.routes[1:])
        found = wrong_with(self.graph, replace(good, routes=spoilt))
        assert any("passes through node 5" in each for each in found)
        assert any("start is not on the edge" in each for each in found)

    def test_sees_a_slanted_line(self, good: Layout) -> None:
        (x0, y0), *_, (x1, y1) = good.routes[0].points
        spoilt = (replace(good.routes[0], points=((x0, y0), (x1 + 9, y1))), *good.routes[1:])
        found = wrong_with(self.graph, replace(good, routes=spoilt))
        assert any("slanted" in each for each in found)

    def test_sees_a_curve_through_a_node(self, good: Layout) -> None:
        x, y = good.centres["node 5"]
        bow = ((x, y - 300), (x - 40, y - 100), (x + 40, y + 100), (x, y + 300))
        spoilt = (replace(good.routes[0], points=bow, curved=True), *good.routes[1:])
        found = wrong_with(self.graph, replace(good, routes=spoilt))
        assert any("passes through node 5" in each for each in found)
        assert any("curved" in each for each in found)

    def test_sees_a_label_off_its_line(self, good: Layout) -> None:
        index = next(i for i, route in enumerate(good.routes) if route.label)
        x, y = good.routes[index].label or (0, 0)
        off = replace(good.routes[index], label=(x, y + 300))
        spoilt = (*good.routes[:index], off, *good.routes[index + 1 :])
        found = wrong_with(self.graph, replace(good, routes=spoilt))
        assert any("off its line" in each for each in found)

    def test_sees_bands_in_each_other(self, good: Layout) -> None:
        bands = (replace(good.bands[0], bottom=good.bands[1].bottom), *good.bands[1:])
        found = wrong_with(self.graph, replace(good, bands=bands))
        assert any("begins above the end" in each for each in found)
