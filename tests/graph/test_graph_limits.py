"""Where listing ends: counting, loops that are too tangled, time, and the order of answers."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pathways.graph import compare_shapes, longest_escalation, route_bounds, routes
from pathways.graph.counting import Survey
from pathways.graph.steps import between
from pathways.model.pathway import ResolvedPathway

Make = Callable[..., ResolvedPathway]


def test_routes_use_only_steps_on_the_way_and_never_come_back() -> None:
    net = {0: (1, 4), 1: (0, 1, 2), 2: (1, 3), 3: (2,), 4: (4,), 5: (3,)}
    assert between(net, 0, 3) == {0: (1,), 1: (2,), 2: (1, 3), 3: ()}
    assert between(net, 3, 5) == {}


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
    found = routes(pathway, "s70", "s0", most=3)
    assert found.total == 2**70 > 10**20
    assert (found.counted, found.complete, len(found.listed)) == ("exactly", False, 3)
    assert route_bounds(pathway, "s70", "s0").total == 2**70
    assert time.perf_counter() - began < 10


def test_loops_inside_a_ladder_are_counted_through(make: Make) -> None:
    """Each rung is a triangle to walk either way round: from corner to corner 2 routes."""
    states: dict[str, list[str]] = {}
    for at in range(70):
        states |= {f"a{at}": [f"b{at}", f"c{at}"], f"b{at}": [f"a{at}", f"c{at}"]}
        states |= {f"c{at}": [f"b{at}", f"a{at + 1}"]}
    pathway = make(states | {"a70": []})
    found = routes(pathway, "a70", "a0", most=2)
    assert (found.total, found.counted) == (2**70, "exactly")
    slow = longest_escalation(pathway, "a70", "a0")
    assert slow.exact
    assert slow.route is not None
    assert slow.route.length == 3 * 70


def test_a_tangle_is_given_up_on_and_says_so(make: Make) -> None:
    names = [f"s{at}" for at in range(24)]
    tangle = make({name: [each for each in names if each != name] for name in names})
    began = time.perf_counter()
    found = routes(tangle, "s23", "s0", most=4)
    assert [route.states for route in found.listed] == [
        ("s0", "s23"),
        ("s0", "s1", "s23"),
        ("s0", "s2", "s23"),
        ("s0", "s3", "s23"),
    ]
    # Without ways back, any of the 22 between may be passed or not, in reading order.
    assert (found.counted, found.total, found.complete) == ("loops_cut", 2**22, False)
    slow = longest_escalation(tangle, "s23", "s0")
    assert slow.route is not None
    assert (slow.exact, slow.route.length) == (False, 23)
    assert time.perf_counter() - began < 20


def test_a_maze_off_the_way_is_not_searched(make: Make) -> None:
    """From the door into a tangle and back only through the door: no route goes there."""
    maze = [f"m{at}" for at in range(20)]
    states = {name: ["door", *(each for each in maze if each != name)] for name in maze}
    pathway = make({"in": ["door"], "door": [*maze, "out"], **states, "out": []})
    began = time.perf_counter()
    found = routes(pathway, "out", "in")
    assert [route.states for route in found.listed] == [("in", "door", "out")]
    assert (found.total, found.counted, found.complete) == (1, "exactly", True)
    assert time.perf_counter() - began < 5


def test_at_least_is_never_less_than_what_is_listed(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_nothing(*_: object) -> Survey:
        return Survey(1, (0, 1), exact=False)

    monkeypatch.setattr(sys.modules["pathways.graph.routes"], "survey", nearly_nothing)
    found = routes(ladder(make, 4), "s4", "s0", most=9)
    assert (found.total, found.counted, len(found.listed)) == (10, "loops_cut", 9)


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
    [asdict(routes(p, b, a, interrupts=True)) for a in p.states for b in p.states],
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
