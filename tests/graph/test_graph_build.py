"""The networkx graph: everything on it, and nothing but plain values."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.graph import to_networkx
from pathways.model.pathway import ResolvedPathway

Make = Callable[..., ResolvedPathway]


def test_one_node_for_each_state_in_reading_order(care: ResolvedPathway) -> None:
    graph = to_networkx(care)
    assert list(graph.nodes) == list(care.states)
    assert [number for _, number in graph.nodes(data="number")] == list(range(1, 14))


def test_a_panel_carries_everything(care: ResolvedPathway) -> None:
    assert dict(to_networkx(care).nodes["care"]) == {
        "number": 5,
        "kind": "options",
        "category": None,
        "title": "First weeks",
        "title_patient": "What helps first",
        "detail": "Side by side",
        "text": "",
        "phase": "treat",
        "phase_title": "Treat",
        "tags": (),
        "badge": None,
        "does": (),
        "offers": ("walking", "ibuprofen", "naproxen"),
        "offer_badges": ("supported", "mixed", None),
        "yields": (),
        "reassess": (),
        "choose": "one",
        "urgency": None,
        "situation": "early",
        "is_start": False,
        "is_end": False,
        "goes_to": None,
        "pathway": "trial",
        "sources": ("guide-a", "guide-b", "seed-x"),
    }


@pytest.mark.parametrize(
    ("state", "key", "value"),
    [
        ("signs", "is_start", True),
        ("emergency", "urgency", "emergency"),
        ("work_up", "urgency", "urgent"),
        ("work_up", "yields", ("scan_clear",)),
        ("review", "reassess", ("pain_now",)),
        ("meeting", "badge", "mixed"),
        ("meeting", "does", ("scan", "fusion")),
        ("surgery", "tags", ("surgery",)),
        ("elsewhere", "goes_to", "after-surgery"),
        ("elsewhere", "is_end", True),
        ("done", "is_end", True),
        ("block", "category", "procedure"),
        ("block", "choose", "any"),
    ],
)
def test_attributes_of_states(care: ResolvedPathway, state: str, key: str, value: Any) -> None:
    assert to_networkx(care).nodes[state][key] == value


def test_urgency_comes_from_a_tag_or_from_an_interrupt(make: Make) -> None:
    state = {"kind": "end", "tags": ["urgent"]}
    graph = to_networkx(make({"a": ["b", "c"], "b": state, "c": []}))
    assert [urgency for _, urgency in graph.nodes(data="urgency")] == [None, "urgent", None]


def test_one_edge_for_each_way_keyed_by_its_position(care: ResolvedPathway) -> None:
    graph = to_networkx(care)
    assert [(a, b, key) for a, b, key in graph.edges(keys=True)] == [
        (way.source, way.target, way.index) for way in care.ways
    ]
    assert graph.edges["signs", "emergency", 0] == {
        "kind": "way",
        "name": "signs/0",
        "index": 0,
        "label": "Fever",
        "label_patient": "Fever",
        "when": "fever",
        "when_clinician": "fever",
        "when_patient": "you have a fever",
        "why": "",
        "sources": (),
    }
    assert graph.edges["signs", "care", 2]["label_patient"] == "None of these"
    assert graph.edges["signs", "care", 2]["when"] == "else"
    assert graph.edges["care", "review", 0]["when"] == ""
    assert graph.edges["review", "block", 2]["why"] == "It failed."


def test_two_ways_between_the_same_states_are_two_edges(make: Make) -> None:
    graph = to_networkx(make({"a": ["b", "b"], "b": []}))
    assert graph.number_of_edges("a", "b") == 2


def test_interrupts_stand_on_the_graph_and_are_edges_only_when_asked(
    care: ResolvedPathway,
) -> None:
    graph = to_networkx(care)
    assert [(each["to"], each["level"]) for each in graph.graph["interrupts"]] == [
        ("emergency", "emergency"),
        ("work_up", "urgent"),
    ]
    assert {kind for *_, kind in graph.edges(data="kind")} == {"way"}
    with_interrupts = to_networkx(care, interrupts=True)
    added = [
        (a, b, key)
        for a, b, key, kind in with_interrupts.edges(keys=True, data="kind")
        if kind == "interrupt"
    ]
    # Open everywhere but in ends and links, in its own target, and in what only follows that.
    everywhere = [name for name, state in care.states.items() if state.kind not in {"end", "link"}]
    assert [a for a, b, key in added if (b, key) == ("emergency", -1)] == everywhere
    assert [a for a, b, key in added if (b, key) == ("work_up", -2)] == [
        name for name in everywhere if name != "work_up"
    ]
    assert len(added) == 2 * len(everywhere) - 1
    assert with_interrupts.edges["care", "work_up", -2]["level"] == "urgent"


def test_an_interrupt_does_not_fire_in_its_own_work_up(make: Make) -> None:
    pathway = make(
        {
            "a": ["b"],
            "b": ["end"],
            "alarm": ["scan"],
            "scan": ["b", "read"],
            "read": ["end"],
            "end": [],
        },
        findings={"fever": {"title": "f", "type": "yes_no", "kind": "watch", "question": "f?"}},
        interrupts=[{"to": "alarm", "when": "fever", "level": "urgent", "label": "Fever"}],
    )
    graph = to_networkx(pathway, interrupts=True)
    # 'b' follows the work-up too, but can be reached without it: there it fires again.
    assert sorted(a for a, b in graph.edges() if b == "alarm") == ["a", "b"]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_where_interrupts_are_open_follows_the_definition(make: Make, data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 6))
    one = st.integers(0, size - 1)
    ways = data.draw(st.lists(st.tuples(one, one), max_size=2 * size))
    target = data.draw(one)
    pathway = make(
        {f"s{at}": [f"s{to}" for a, to in ways if a == at] for at in range(size)},
        findings={"fever": {"title": "f", "type": "yes_no", "kind": "watch", "question": "f?"}},
        interrupts=[{"to": f"s{target}", "when": "fever", "level": "urgent", "label": "Fever"}],
    )
    plain = nx.DiGraph(to_networkx(pathway))
    after_target = nx.descendants(plain, f"s{target}")
    plain.remove_node(f"s{target}")
    elsewhere = {"s0", *nx.descendants(plain, "s0")} if target else set()
    graph = to_networkx(pathway, interrupts=True)
    expected = {
        name
        for name, state in pathway.states.items()
        if state.kind != "end"
        and name != f"s{target}"
        and not (name in after_target and name not in elsewhere)
    }
    assert {a for a, _, kind in graph.edges(data="kind") if kind == "interrupt"} == expected


def plain_values(value: Any) -> Iterator[bool]:
    if isinstance(value, tuple):
        for each in value:
            yield from plain_values(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from plain_values(each)
    else:
        yield value is None or type(value) in {str, int, float, bool}


def test_all_values_are_plain(care: ResolvedPathway) -> None:
    graph = to_networkx(care, interrupts=True)
    attributes = [*graph.nodes(data=True), *graph.edges(data=True), graph.graph]
    for each in attributes:
        values = each if isinstance(each, dict) else each[-1]
        assert all(plain_values(values)), values


def test_the_graph_says_what_it_is(care: ResolvedPathway) -> None:
    graph = to_networkx(care).graph
    assert {key: graph[key] for key in ("id", "title_patient", "version", "review", "start")} == {
        "id": "trial",
        "title_patient": "Try",
        "version": "1.0.0",
        "review": "draft",
        "start": "signs",
    }
    assert graph["phases"] == (("first", "Check first"), ("treat", "Treat"))


def test_importing_the_package_loads_neither_networkx_nor_pandas() -> None:
    code = (
        "import sys, pathways.graph; "
        "print(sorted({'networkx', 'pandas', 'numpy', 'yaml', 'pygraphviz'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
