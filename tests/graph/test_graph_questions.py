"""The questions people ask, on a pathway small enough to answer by hand."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
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
    found = routes(care, "surgery", "signs")
    assert found == routes(care, "11", 1)
    assert [" ".join(route.states) for route in found.listed] == [
        "signs care review block meeting surgery",
        "signs work_up care review block meeting surgery",
    ]
    assert (found.total, found.counted, found.complete) == (2, "exactly", True)
    assert found.listed[0].length == 5
    assert found.listed[0].legs[0].ways == ("signs/2",)


def test_several_ways_between_two_states_are_one_leg(make: Make) -> None:
    found = routes(make({"a": ["b", "c", "b"], "b": ["c"], "c": []}), "c", "a")
    assert [route.states for route in found.listed] == [("a", "c"), ("a", "b", "c")]
    assert found.listed[1].legs[0].ways == ("a/0", "a/2")


def test_no_route_is_an_answer(care: ResolvedPathway) -> None:
    found = routes(care, "signs", "done")
    assert (found.listed, found.total, found.complete) == ((), 0, True)
    assert shortest_escalation(care, "signs", "done").route is None
    assert longest_escalation(care, "signs", "done").route is None
    assert must_pass(care, "nobody").reachable is False
    bounds = route_bounds(care, "signs", "done")
    assert (bounds.fewest, bounds.most, bounds.total) == (None, None, 0)


def test_the_same_state_is_a_route_of_no_step(care: ResolvedPathway) -> None:
    found = routes(care, "care", "care")
    assert [route.states for route in found.listed] == [("care",)]
    assert found.total == 1


def test_interrupts_are_ways_only_when_asked(care: ResolvedPathway) -> None:
    assert [route.states for route in routes(care, "emergency", "care").listed] == []
    found = routes(care, "emergency", "care", most=1, interrupts=True).listed[0]
    assert found.legs[0].ways == ("interrupt/0",)
    both = routes(care, "emergency", "signs", most=1, interrupts=True).listed[0]
    assert both.legs[0].ways == ("interrupt/0", "signs/0")
    assert [choice.interrupt for choice in choices_on(care, both)] == [True]


def test_escalation(care: ResolvedPathway) -> None:
    quick = shortest_escalation(care, "done", "signs").route
    slow = longest_escalation(care, "done", "signs")
    assert quick is not None
    assert slow.route is not None
    assert quick.states == ("signs", "care", "review", "done")
    assert slow.route.states == ("signs", "work_up", "care", "review", "block", "ablation", "done")
    assert slow.exact
    bounds = route_bounds(care, "done", "signs")
    assert (bounds.fewest, bounds.most, bounds.total) == (3, 6, 4)


def test_choices_in_words(care: ResolvedPathway) -> None:
    route = shortest_escalation(care, "done", "signs").route
    assert route is not None
    first, second, third = choices_on(care, route, "patient")
    assert (first.number, first.target_number) == (1, 5)
    assert first.labels == ("None of these",)
    assert first.conditions == ("otherwise",)
    assert first.words == "none of these: Fever; cancer history: yes"
    assert (second.conditions, second.words) == (("always",), "")
    assert third.labels == ("Better",)
    assert third.words == third.conditions[0]
    assert not third.shared_decision


@pytest.mark.parametrize(
    ("choose", "ways", "words"),
    [
        ("one", [("b", "fever")], "fever"),
        ("one", [("b", "fever"), ("b", "not fever")], "fever; or no fever"),
        ("one", [("b", "fever"), ("b", None)], ""),
        ("first", [("c", "fever"), ("b", "tired")], "tired, and none of these: fever"),
        ("first", [("c", "fever"), ("b", None)], "none of these: fever"),
        (
            "first",
            [("c", "fever"), ("b", "tired"), ("b", "else")],
            "tired, and none of these: fever; or none of these: fever; tired",
        ),
    ],
)
def test_one_line_for_a_leg(
    make: Make, choose: str, ways: list[tuple[str, str | None]], words: str
) -> None:
    sign = {"type": "yes_no", "kind": "watch", "question": "?"}
    pathway = make(
        {
            "a": {
                "choose": choose,
                "next": [{"to": to} | ({"when": when} if when else {}) for to, when in ways],
            },
            "b": [],
            "c": [],
        },
        findings={
            "fever": sign | {"title": "fever", "says": "fever", "says_not": "no fever"},
            "tired": sign | {"title": "tired", "says": "tired", "says_not": "not tired"},
        },
    )
    route = shortest_escalation(pathway, "b", "a").route
    assert route is not None
    assert [choice.words for choice in choices_on(pathway, route)] == [words]


def test_an_interrupt_on_a_leg_is_said(care: ResolvedPathway) -> None:
    def words(start: str) -> list[str]:
        route = shortest_escalation(care, "emergency", start, interrupts=True).route
        assert route is not None
        return [choice.words for choice in choices_on(care, route)]

    assert words("signs") == ["at any time: fever; or fever"]
    assert words("care") == ["at any time: fever"]


def test_a_shared_decision_is_said(care: ResolvedPathway) -> None:
    route = routes(care, "meeting", "block").listed[0]
    (choice,) = choices_on(care, route)
    assert choice.shared_decision


def test_what_everyone_must_pass(care: ResolvedPathway) -> None:
    assert must_pass(care, "surgery").states == ("care", "review", "block", "meeting")
    assert must_pass(care, "done").states == ("care", "review")
    assert must_pass(care, "surgery", start="review").states == ("block", "meeting")
    assert must_pass(care, "emergency", interrupts=True).states == ()


def test_loops_and_their_ways_out(care: ResolvedPathway) -> None:
    (loop,) = loops(care)
    assert (loop.states, loop.entries) == (("care", "review"), ("care",))
    assert [(each.source, each.target, each.ways) for each in loop.exits] == [
        ("review", "done", ("review/0",)),
        ("review", "block", ("review/2",)),
    ]
    assert (loop.rounds, loop.complete) == ((("care", "review"),), True)


def test_a_state_that_leads_to_itself_is_a_loop(make: Make) -> None:
    (loop,) = loops(make({"a": ["a", "b"], "b": []}))
    assert (loop.states, loop.rounds, loop.entries) == (("a",), (("a",),), ("a",))


def test_rounds_are_bounded(make: Make) -> None:
    names = [f"s{at}" for at in range(12)]
    (loop,) = loops(
        make({name: [each for each in names if each != name] for name in names}), most=5
    )
    assert loop.rounds == (("s0", "s1"), ("s0", "s2"), ("s0", "s3"), ("s0", "s4"), ("s0", "s5"))
    assert not loop.complete
    assert loops(make({"a": ["a"]}), most=0)[0].complete is False


def test_bottlenecks(care: ResolvedPathway) -> None:
    found = bottlenecks(care)
    assert [(each.state, each.gates, each.ends_gated) for each in found] == [
        ("care", 7, 2),
        ("review", 6, 2),
        ("block", 4, 1),
        ("meeting", 2, 1),
        ("surgery", 1, 1),
        ("work_up", 1, 1),
    ]
    assert bottlenecks(care, most=2) == found[:2]


def test_betweenness_by_hand(make: Make) -> None:
    found = bottlenecks(make({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["e"], "e": []}))
    # Of the 4 * 3 ordered pairs of other states, all of a, b, c -> e pass d.
    assert [(each.state, each.betweenness) for each in found] == [("d", 0.25)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "block",
            {
                "kind": "treatment",
                "closed": ("block",),
                "unreachable": ("ablation", "meeting", "surgery", "elsewhere"),
                "ends": ("elsewhere",),
                "require_it": ("ablation",),
                "offers": (),
                "stuck": (),
            },
        ),
        (
            "ablation",
            {"kind": "treatment", "closed": ("ablation",), "unreachable": (), "stuck": ()},
        ),
        (
            "nsaid",
            {
                "kind": "class",
                "closed": (),
                "unreachable": (),
                "unavailable": ("ibuprofen", "naproxen"),
                "offers": (LostOffer("care", "ibuprofen"), LostOffer("care", "naproxen")),
            },
        ),
        (
            "fusion",
            {
                "closed": ("surgery",),
                "unreachable": ("elsewhere",),
                "ends": ("elsewhere",),
                "stuck": ("meeting",),
                "reduced": ("meeting",),
                "offers": (LostOffer("surgery", "fusion"),),
            },
        ),
        (
            "scan",
            {
                "kind": "test",
                "closed": ("work_up",),
                "unreachable": ("cancer_care",),
                "ends": ("cancer_care",),
                "ways_cut": ("signs/1",),
                "reduced": ("meeting",),
                "stuck": (),
            },
        ),
        ("walking", {"closed": (), "unreachable": (), "offers": (LostOffer("care", "walking"),)}),
        ("review", {"kind": "state", "name": "review", "closed": ("review",), "stuck": ("care",)}),
        ("6", {"kind": "state", "name": "review", "closed": ("review",)}),
        ("done", {"kind": "state", "closed": ("done",), "unreachable": (), "ends": ("done",)}),
        ("naproxen", {"offers": (LostOffer("care", "naproxen"),), "require_it": ()}),
        ("brace", {"kind": "treatment", "closed": (), "unreachable": (), "offers": ()}),
    ],
)
def test_lost_without(care: ResolvedPathway, name: str, expected: dict[str, Any]) -> None:
    found = asdict(lost_without(care, name))
    for key, value in expected.items():
        wanted = tuple(map(asdict, value)) if key == "offers" else value
        assert found[key] == wanted, key


def test_a_requirement_of_one_of_several_is_lost_with_the_last(make: Make) -> None:
    def record(**rest: Any) -> dict[str, Any]:
        return {"title": "x", "category": "medicine", "what": "x", **rest}

    pathway = make(
        {"panel": {"kind": "options", "offers": ["pill"], "next": [{"to": "end"}]}, "end": []},
        treatments={
            "pill": record(requires=[{"text": "with food", "only_with": ["bread", "rice"]}]),
            "bread": record(classes=["food"]),
            "rice": record(classes=["food"]),
        },
        classes={"food": {"title": "food"}},
    )
    assert lost_without(pathway, "bread").require_it == ()
    assert lost_without(pathway, "food").require_it == ("pill",)


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


def test_an_end_that_is_closed_counts_also_when_nobody_reached_it(make: Make) -> None:
    found = lost_without(make({"a": ["b"], "b": [], "c": []}), "c")
    assert (found.closed, found.unreachable, found.ends) == (("c",), (), ("c",))


def test_a_name_of_two_things_can_be_told_apart(care: ResolvedPathway) -> None:
    assert lost_without(care, "block").kind == "treatment"
    state = lost_without(care, "block", kind="state")
    assert (state.kind, state.unavailable, state.closed) == ("state", (), ("block",))


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda p: routes(p, "done", "sings"), "no state 'sings'; did you mean 'signs'?"),
        (lambda p: must_pass(p, "surgry"), "no state 'surgry'; did you mean 'surgery'?"),
        (
            lambda p: lost_without(p, "ibuprofin"),
            "no treatment, test, class or state 'ibuprofin'; did you mean 'ibuprofen'?",
        ),
        (
            lambda p: lost_without(p, "scam", kind="test"),
            "no test 'scam'; did you mean 'scan'?",
        ),
        (lambda p: routes(p, 2, 1, most=-1), "cannot list -1 routes; 'most' is 0 or more"),
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
        routes(care, 14, 1)


def test_comparing_two_versions(care: ResolvedPathway, other_care: ResolvedPathway) -> None:
    found = compare_shapes(care, other_care)
    assert (found.only_in_a, found.only_in_b) == (("ablation", "nobody"), ("rest",))
    assert found.transitions_only_in_a == (
        ("block", "ablation"),
        ("ablation", "done"),
        ("nobody", "done"),
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
        "id": "trial",
        "states": 13,
        "transitions": 15,
        "interrupts": 2,
        "phases": 2,
        "loops": 1,
        "depth": 6,
        "unreached": 1,
        "branching": 1.67,
        "most_ways_on": 3,
        "kinds": {"action": 4, "decision": 3, "end": 3, "link": 1, "options": 2},
    }


def test_the_start_is_part_of_the_shape(make: Make) -> None:
    net = {"a": ["b"], "b": ["a"], "c": ["a"]}
    first = compare_shapes(make(net), make(net, start="c"))
    assert not first.same_shape


def test_results_are_plain_data(care: ResolvedPathway) -> None:
    results: list[Any] = [
        routes(care, "done", "signs"),
        lost_without(care, "scan"),
        must_pass(care, "done"),
        compare_shapes(care, care),
        shortest_escalation(care, "done", "signs"),
        *loops(care),
        route_bounds(care, "done", "signs"),
        *bottlenecks(care),
    ]
    for each in results:
        assert json.loads(json.dumps(asdict(each)))
        with pytest.raises(AttributeError):
            setattr(each, fields(each)[0].name, "other")
    assert to_networkx(care) is not to_networkx(care)
