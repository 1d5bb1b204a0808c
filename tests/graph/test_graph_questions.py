"""The questions people ask, on a pathway small enough to answer by hand."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from pathways.errors import PathwayError, UnknownNameError
from pathways.graph import (
    LostOffer,
    bottlenecks,
    choices_on,
    compare_shapes,
    longest_escalation,
    loops,
    lost_without,
    must_pass,
    route_bounds,
    routes,
    shape_of,
    shortest_escalation,
    to_networkx,
)
from pathways.model.pathway import ResolvedPathway

Make = Callable[..., ResolvedPathway]


def test_routes_by_name_or_number(care: ResolvedPathway) -> None:
    found = routes(care, "signs", "surgery")
    assert found == routes(care, 1, "11")
    assert [" ".join(route.states) for route in found.listed] == [
        "signs care review block meeting surgery",
        "signs work_up care review block meeting surgery",
    ]
    assert (found.total, found.counted, found.complete) == (2, "exactly", True)
    assert found.listed[0].length == 5
    assert found.listed[0].legs[0].ways == ("signs/2",)


def test_several_ways_between_two_states_are_one_leg(make: Make) -> None:
    found = routes(make({"a": ["b", "c", "b"], "b": ["c"], "c": []}), "a", "c")
    assert [route.states for route in found.listed] == [("a", "c"), ("a", "b", "c")]
    assert found.listed[1].legs[0].ways == ("a/0", "a/2")


def test_no_route_is_an_answer(care: ResolvedPathway) -> None:
    found = routes(care, "done", "signs")
    assert (found.listed, found.total, found.complete) == ((), 0, True)
    assert shortest_escalation(care, "done", "signs").route is None
    assert longest_escalation(care, "done", "signs").route is None
    assert must_pass(care, "nobody").reachable is False
    bounds = route_bounds(care, "done", "signs")
    assert (bounds.fewest, bounds.most, bounds.total) == (None, None, 0)


def test_the_same_state_is_a_route_of_no_step(care: ResolvedPathway) -> None:
    found = routes(care, "care", "care")
    assert [route.states for route in found.listed] == [("care",)]
    assert found.total == 1


def test_interrupts_are_ways_only_when_asked(care: ResolvedPathway) -> None:
    assert [route.states for route in routes(care, "care", "emergency").listed] == []
    found = routes(care, "care", "emergency", most=1, interrupts=True).listed[0]
    assert found.legs[0].ways == ("interrupt/0",)
    both = routes(care, "signs", "emergency", most=1, interrupts=True).listed[0]
    assert both.legs[0].ways == ("interrupt/0", "signs/0")
    assert [choice.interrupt for choice in choices_on(care, both)] == [True]
    # The soon-level sign is a reason to talk, never a way.
    assert "interrupt/2" not in str(routes(care, "block", "care", interrupts=True))


def test_escalation(care: ResolvedPathway) -> None:
    quick = shortest_escalation(care, "signs", "done").route
    slow = longest_escalation(care, "signs", "done")
    assert quick is not None
    assert slow.route is not None
    assert quick.states == ("signs", "care", "review", "done")
    assert slow.route.states == ("signs", "work_up", "care", "review", "block", "ablation", "done")
    assert slow.exact
    bounds = route_bounds(care, "signs", "done")
    assert (bounds.fewest, bounds.most, bounds.total) == (3, 6, 4)


def test_choices_in_words(care: ResolvedPathway) -> None:
    route = shortest_escalation(care, "signs", "done").route
    assert route is not None
    first, second, third = choices_on(care, route, "patient")
    assert (first.number, first.target_number) == (1, 5)
    assert first.labels == ("None of these",)
    assert first.conditions == ("otherwise",)
    assert first.otherwise[0] == "you have a fever"
    assert len(first.otherwise) == 2
    assert (second.conditions, second.otherwise) == (("always",), ())
    assert third.labels == ("Better",)
    assert not third.shared_decision


def test_a_shared_decision_is_said(care: ResolvedPathway) -> None:
    route = routes(care, "block", "meeting").listed[0]
    (choice,) = choices_on(care, route)
    assert choice.shared_decision
    assert choice.otherwise == ()


def test_what_everyone_must_pass(care: ResolvedPathway) -> None:
    assert must_pass(care, "surgery").states == ("care", "review", "block", "meeting")
    assert must_pass(care, "done").states == ("care", "review")
    assert must_pass(care, "surgery", start="review").states == ("block", "meeting")
    assert must_pass(care, "emergency", interrupts=True).states == ()


def test_loops_and_their_ways_out(care: ResolvedPathway) -> None:
    (loop,) = loops(care)
    assert (loop.states, loop.entries) == (("care", "review"), ("care",))
    assert [(each.source, each.target, each.ways) for each in loop.exits] == [
        ("review", "done", ("review/0",)), ("review", "block", ("review/2",)),
    ]
    assert (loop.rounds, loop.complete) == ((("care", "review"),), True)


def test_a_state_that_leads_to_itself_is_a_loop(make: Make) -> None:
    (loop,) = loops(make({"a": ["a", "b"], "b": []}))
    assert (loop.states, loop.rounds, loop.entries) == (("a",), (("a",),), ("a",))


def test_rounds_are_bounded(make: Make) -> None:
    names = [f"s{at}" for at in range(12)]
    (loop,) = loops(make({name: [each for each in names if each != name] for name in names}), most=5)
    assert loop.rounds == (("s0", "s1"), ("s0", "s2"), ("s0", "s3"), ("s0", "s4"), ("s0", "s5"))
    assert not loop.complete
    assert loops(make({"a": ["a"]}), most=0)[0].complete is False


def test_bottlenecks(care: ResolvedPathway) -> None:
    found = bottlenecks(care)
    assert [(each.state, each.gates, each.ends_gated) for each in found] == [
        ("care", 7, 2), ("review", 6, 2), ("block", 4, 1), ("meeting", 2, 1),
        ("work_up", 1, 1), ("surgery", 1, 1),
    ]
    assert bottlenecks(care, most=2) == found[:2]


def test_betweenness_by_hand(make: Make) -> None:
    found = bottlenecks(make({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["e"], "e": []}))
    # Of the 4 * 3 ordered pairs of other states, all of a, b, c -> e pass d.
    assert [(each.state, each.betweenness) for each in found] == [("d", 0.25)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("block", {
            "kind": "treatment", "closed": ("block",),
            "unreachable": ("ablation", "meeting", "surgery", "elsewhere"),
            "ends": ("elsewhere",), "require_it": ("ablation",), "offers": (), "stuck": (),
        }),
        ("ablation", {"kind": "treatment", "closed": ("ablation",), "unreachable": (), "stuck": ()}),
        ("nsaid", {
            "kind": "class", "closed": (), "unreachable": (),
            "unavailable": ("ibuprofen", "naproxen"),
            "offers": (LostOffer("care", "ibuprofen"), LostOffer("care", "naproxen")),
        }),
        ("fusion", {
            "closed": ("surgery",), "unreachable": ("elsewhere",), "ends": ("elsewhere",),
            "stuck": ("meeting",), "reduced": ("meeting",), "offers": (LostOffer("surgery", "fusion"),),
        }),
        ("scan", {
            "kind": "test", "closed": ("work_up",), "unreachable": ("cancer_care",),
            "ends": ("cancer_care",), "reduced": ("meeting",), "stuck": (),
        }),
        ("walking", {"closed": (), "unreachable": (), "offers": (LostOffer("care", "walking"),)}),
        ("review", {"kind": "state", "name": "review", "closed": ("review",), "stuck": ("care",)}),
        ("6", {"kind": "state", "name": "review", "closed": ("review",)}),
        ("brace", {"kind": "treatment", "closed": (), "unreachable": (), "offers": ()}),
    ],
)
def test_lost_without(care: ResolvedPathway, name: str, expected: dict[str, Any]) -> None:
    found = asdict(lost_without(care, name))
    for key, value in expected.items():
        wanted = tuple(map(asdict, value)) if key == "offers" else value
        assert found[key] == wanted, key


def test_a_panel_with_nothing_left_is_closed(make: Make) -> None:
    treatments = {
        name: {"title": name, "category": "medicine", "classes": ["pills"], "what": name}
        for name in ("red", "blue")
    }
    pathway = make(
        {
            "a": ["panel", "end"],
            "panel": {"kind": "options", "offers": ["red", "blue"], "next": [{"to": "after"}]},
            "after": [],
            "end": [],
        },
        treatments=treatments,
        classes={"pills": {"title": "pills"}},
    )
    found = lost_without(pathway, "pills")
    assert (found.closed, found.unreachable, found.ends) == (("panel",), ("after",), ("after",))
    assert lost_without(pathway, "red").closed == ()


def test_a_name_of_two_things_can_be_told_apart(care: ResolvedPathway) -> None:
    assert lost_without(care, "block").kind == "treatment"
    state = lost_without(care, "block", kind="state")
    assert (state.kind, state.unavailable, state.closed) == ("state", (), ("block",))


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda p: routes(p, "sings", "done"), "no state 'sings'; did you mean 'signs'?"),
        (lambda p: must_pass(p, "surgry"), "no state 'surgry'; did you mean 'surgery'?"),
        (
            lambda p: lost_without(p, "ibuprofin"),
            "no treatment, test, class or state 'ibuprofin'; did you mean 'ibuprofen'?",
        ),
        (
            lambda p: lost_without(p, "scam", kind="test"),
            "no test 'scam'; did you mean 'scan'?",
        ),
        (lambda p: routes(p, 1, 2, most=-1), "cannot list -1 routes; 'most' is 0 or more"),
        (lambda p: loops(p, -2), "cannot list -2 ways round; 'most' is 0 or more"),
        (lambda p: bottlenecks(p, -3), "cannot list -3 states; 'most' is 0 or more"),
    ],
)
def test_errors_say_what_to_do(
    care: ResolvedPathway, ask: Callable[[ResolvedPathway], object], message: str
) -> None:
    with pytest.raises(PathwayError) as error:
        ask(care)
    assert str(error.value) == message


def test_a_number_beyond_the_last_step_is_unknown(care: ResolvedPathway) -> None:
    with pytest.raises(UnknownNameError):
        routes(care, 1, 14)


def test_comparing_two_versions(care: ResolvedPathway, other_care: ResolvedPathway) -> None:
    found = compare_shapes(care, other_care)
    assert (found.only_in_a, found.only_in_b) == (("ablation", "nobody"), ("rest",))
    assert found.transitions_only_in_a == (
        ("block", "ablation"), ("ablation", "done"), ("nobody", "done"),
    )
    assert found.transitions_only_in_b == (("block", "rest"),)
    assert found.other_kind == (("meeting", "action", "decision"),)
    assert [each.state for each in found.other_ways_on] == ["block"]
    (block,) = found.other_ways_on
    assert block.only_in_a == (("ablation", ""), ("meeting", "any nsaid now"))
    assert block.only_in_b == (("meeting", ""), ("rest", ""))
    assert block.choose == ("any", "one")
    assert not found.same_shape
    assert ("states", 13, 12) in found.figures


def test_a_pathway_is_like_itself(care: ResolvedPathway) -> None:
    found = compare_shapes(care, care)
    assert found.same_shape
    assert (found.other_ways_on, found.other_kind, found.only_in_a, found.only_in_b) == ((),) * 4


@pytest.mark.parametrize(("choose", "differs"), [("first", True), ("one", False)])
def test_order_matters_only_where_ways_are_read_in_order(
    make: Make, choose: str, differs: bool
) -> None:
    def version(*order: str) -> ResolvedPathway:
        state = {"choose": choose, "next": [{"to": each} for each in order]}
        return make({"a": state, "b": [], "c": []})

    found = compare_shapes(version("b", "c"), version("c", "b"))
    assert bool(found.other_ways_on) == differs
    assert all(each.only_in_a == each.only_in_b == () for each in found.other_ways_on)


def test_shape(care: ResolvedPathway) -> None:
    assert asdict(shape_of(care)) == {
        "id": "trial", "states": 13, "transitions": 15, "interrupts": 3, "phases": 2, "loops": 1,
        "depth": 6, "unreached": 1, "branching": 1.67, "most_ways_on": 3,
        "kinds": {"action": 4, "decision": 3, "end": 3, "link": 1, "options": 2},
    }


def test_the_start_is_part_of_the_shape(make: Make) -> None:
    net = {"a": ["b"], "b": ["a"], "c": ["a"]}
    first = compare_shapes(make(net), make(net, start="c"))
    assert not first.same_shape


def ladder(make: Make, rungs: int) -> ResolvedPathway:
    """At each rung left or right: 2 to the power of the rungs."""
    states: dict[str, list[str]] = {}
    for at in range(rungs):
        states |= {f"s{at}": [f"l{at}", f"r{at}"]}
        states |= {f"l{at}": [f"s{at + 1}"], f"r{at}": [f"s{at + 1}"]}
    return make(states | {f"s{rungs}": []})


def test_what_cannot_be_listed_is_counted(make: Make) -> None:
    pathway = ladder(make, 70)
    began = time.perf_counter()
    found = routes(pathway, "s0", "s70", most=3)
    assert found.total == 2**70 > 10**20
    assert (found.counted, found.complete, len(found.listed)) == ("exactly", False, 3)
    assert route_bounds(pathway, "s0", "s70").total == 2**70
    assert time.perf_counter() - began < 10


def test_loops_inside_a_ladder_are_counted_through(make: Make) -> None:
    """Each rung is a triangle to walk either way round: from corner to corner 2 routes."""
    states: dict[str, list[str]] = {}
    for at in range(70):
        states |= {f"a{at}": [f"b{at}", f"c{at}"], f"b{at}": [f"a{at}", f"c{at}"]}
        states |= {f"c{at}": [f"b{at}", f"a{at + 1}"]}
    pathway = make(states | {"a70": []})
    found = routes(pathway, "a0", "a70", most=2)
    assert (found.total, found.counted) == (2**70, "exactly")
    slow = longest_escalation(pathway, "a0", "a70")
    assert slow.exact
    assert slow.route is not None
    assert slow.route.length == 3 * 70


def test_a_tangle_is_given_up_on_and_says_so(make: Make) -> None:
    names = [f"s{at}" for at in range(24)]
    tangle = make({name: [each for each in names if each != name] for name in names})
    began = time.perf_counter()
    found = routes(tangle, "s0", "s23", most=4)
    assert [route.states for route in found.listed] == [
        ("s0", "s23"), ("s0", "s1", "s23"), ("s0", "s2", "s23"), ("s0", "s3", "s23"),
    ]
    # Without ways back, any of the 22 between may be passed or not, in reading order.
    assert (found.counted, found.total, found.complete) == ("loops_cut", 2**22, False)
    slow = longest_escalation(tangle, "s0", "s23")
    assert slow.route is not None
    assert (slow.exact, slow.route.length) == (False, 23)
    assert time.perf_counter() - began < 20


def test_big_pathways_of_one_shape_are_matched(make: Make) -> None:
    found = compare_shapes(ladder(make, 40), ladder(make, 40))
    assert found.same_shape
    assert not compare_shapes(ladder(make, 40), ladder(make, 41)).same_shape


PROGRAM = """
import json, sys
from dataclasses import asdict
sys.path.insert(0, sys.argv[1])
from conftest import CARE, INTERRUPTS, STATES, build
from pathways.graph import *
p = build(STATES, interrupts=INTERRUPTS, **CARE)
graph = to_networkx(p, interrupts=True)
print(json.dumps([
    [repr(graph.nodes(data=True)), repr(graph.edges(data=True)), repr(graph.graph)],
    [asdict(routes(p, a, b, interrupts=True)) for a in p.states for b in p.states],
    [asdict(lost_without(p, name)) for name in ("nsaid", "scan", "fusion", "review")],
    [asdict(each) for each in (*loops(p, interrupts=True), *bottlenecks(p, interrupts=True))],
    [asdict(must_pass(p, name)) for name in p.states], asdict(compare_shapes(p, p)),
    states_rows(p), transitions_rows(p), findings_rows(p), treatments_rows(p),
]))
"""


def test_answers_do_not_depend_on_hash_order() -> None:
    here = Path(__file__).parent
    answers = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(here)],
            capture_output=True,
            text=True,
            check=True,
            cwd=here.parents[1],
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert len(json.loads(answers[0])[1]) == 13 * 13


def test_results_are_plain_data(care: ResolvedPathway) -> None:
    results = [
        routes(care, "signs", "done"), lost_without(care, "scan"), must_pass(care, "done"),
        compare_shapes(care, care), shortest_escalation(care, "signs", "done"), *loops(care),
        route_bounds(care, "signs", "done"), *bottlenecks(care),
    ]
    for each in results:
        assert json.loads(json.dumps(asdict(each)))
        with pytest.raises(AttributeError):
            each.anything = 1  # type: ignore[union-attr]
    assert to_networkx(care) is not to_networkx(care)
