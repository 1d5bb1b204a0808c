"""Random nets, with the slowest and most obvious answer as the judge."""

from collections.abc import Callable, Iterator
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.graph import (
    bottlenecks,
    compare_shapes,
    longest_escalation,
    loops,
    lost_without,
    must_pass,
    route_bounds,
    routes,
    shortest_escalation,
)
from pathways.graph.counting import routes_in_order, survey, without_ways_back
from pathways.model.pathway import ResolvedPathway

Make = Callable[..., ResolvedPathway]
Net = dict[int, list[int]]

few = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@st.composite
def nets(draw: st.DrawFn, most: int = 7) -> Net:
    """Any net of a few states: loops, self-loops, double ways, unreached parts."""
    size = draw(st.integers(1, most))
    one = st.integers(0, size - 1)
    ways = draw(st.lists(st.tuples(one, one), max_size=3 * size))
    return {at: [to for source, to in ways if source == at] for at in range(size)}


def pathway_of(make: Make, net: Net) -> ResolvedPathway:
    return make({f"s{at}": [f"s{to}" for to in following] for at, following in net.items()})


def every_route(net: Net, start: int, goal: int) -> list[tuple[int, ...]]:
    """All of them, one by one, shortest first and then in reading order."""

    def onward(route: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if route[-1] == goal:
            yield route
            return
        for to in set(net[route[-1]]):
            if to not in route:
                yield from onward((*route, to))

    return sorted(onward((start,)), key=lambda route: (len(route), route))


def is_reachable(net: Net, start: int, goal: int, without: set[int]) -> bool:
    if start in without or goal in without:
        return False
    found = {start}
    while True:
        more = {to for at in found for to in net[at] if to not in without} | found
        if more == found:
            return goal in found
        found = more


def named(route: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"s{at}" for at in route)


def ends_of(data: st.DataObject, net: Net) -> tuple[int, int]:
    return data.draw(st.integers(0, len(net) - 1)), data.draw(st.integers(0, len(net) - 1))


@few
@given(net=nets(), most=st.integers(0, 6), data=st.data())
def test_routes_are_those_of_an_exhaustive_search(
    make: Make, net: Net, most: int, data: st.DataObject
) -> None:
    start, goal = ends_of(data, net)
    expected = every_route(net, start, goal)
    found = routes(pathway_of(make, net), f"s{goal}", f"s{start}", most)
    assert [route.states for route in found.listed] == [named(r) for r in expected[:most]]
    assert (found.total, found.counted) == (len(expected), "exactly")
    assert found.complete == (len(expected) <= most)


@few
@given(net=nets(), data=st.data())
def test_shortest_longest_and_bounds_agree_with_an_exhaustive_search(
    make: Make, net: Net, data: st.DataObject
) -> None:
    start, goal = ends_of(data, net)
    expected = every_route(net, start, goal)
    pathway = pathway_of(make, net)
    bounds = route_bounds(pathway, f"s{goal}", f"s{start}")
    short = shortest_escalation(pathway, f"s{goal}", f"s{start}")
    long = longest_escalation(pathway, f"s{goal}", f"s{start}")
    assert bounds.total == len(expected)
    if not expected:
        assert (bounds.fewest, bounds.most, short.route, long.route) == (None, None, None, None)
        return
    assert short.route is not None
    assert long.route is not None
    assert short.route.states == named(expected[0])
    longest = min(expected, key=lambda route: (-len(route), route))
    assert (long.route.states, long.exact) == (named(longest), True)
    assert (bounds.fewest, bounds.most) == (len(expected[0]) - 1, len(longest) - 1)


@few
@given(net=nets(), data=st.data())
def test_beyond_the_limit_the_figures_are_lower_bounds(net: Net, data: st.DataObject) -> None:
    start, goal = ends_of(data, net)
    after = {at: tuple(sorted(set(following))) for at, following in net.items()}
    expected = every_route(net, start, goal)
    found = survey(after, start, goal, work_limit=0)
    assert found.total <= len(expected)
    assert bool(found.total) == bool(expected)
    assert not expected or found.longest in expected
    if found.exact:
        assert found.total == len(expected)


@few
@given(net=nets())
def test_cutting_ways_back_leaves_no_loop_and_loses_no_state(net: Net) -> None:
    cut = without_ways_back(net, 0)
    assert set(cut) == {at for at in net if is_reachable(net, 0, at, set())}
    assert all(set(following) <= set(net[at]) for at, following in cut.items())
    again = {at: list(following) for at, following in cut.items()}
    assert not any(is_reachable(again, to, at, set()) for at in again for to in again[at])


@few
@given(net=nets(), data=st.data())
def test_must_pass_is_what_cannot_be_taken_away(make: Make, net: Net, data: st.DataObject) -> None:
    start, goal = ends_of(data, net)
    found = must_pass(pathway_of(make, net), f"s{goal}", f"s{start}")
    assert found.reachable == is_reachable(net, start, goal, set())
    expected = {
        f"s{at}"
        for at in net
        if at not in (start, goal) and found.reachable and not is_reachable(net, start, goal, {at})
    }
    assert set(found.states) == expected
    for route in every_route(net, start, goal):
        assert [name for name in named(route) if name in expected] == list(found.states)


@few
@given(net=nets())
def test_bottlenecks_gate_what_they_say(make: Make, net: Net) -> None:
    reached = [at for at in net if is_reachable(net, 0, at, set())]
    gates = {
        f"s{at}": sum(not is_reachable(net, 0, each, {at}) for each in reached if each != at)
        for at in reached
        if at != 0
    }
    found = bottlenecks(pathway_of(make, net))
    assert {each.state: each.gates for each in found} == {
        name: number for name, number in gates.items() if number
    }
    assert [each.gates for each in found] == sorted((each.gates for each in found), reverse=True)
    for each in found:
        assert each.betweenness == pytest.approx(
            average_share(net, reached, int(each.state[1:])), abs=1e-5
        )


def average_share(net: Net, reached: list[int], middle: int) -> float:
    """Average over ordered pairs of other states: the share of the shortest routes through one."""
    shares = []
    for start, goal in permutations([at for at in reached if at != middle], 2):
        found = every_route(net, start, goal)
        fewest = [route for route in found if len(route) == len(found[0])]
        shares.append(sum(middle in route for route in fewest) / len(fewest) if fewest else 0.0)
    return sum(shares) / len(shares)


@few
@given(net=nets(), data=st.data())
def test_lost_without_a_state_is_what_nobody_can_reach_then(
    make: Make, net: Net, data: st.DataObject
) -> None:
    shut = data.draw(st.integers(0, len(net) - 1))
    found = lost_without(pathway_of(make, net), f"s{shut}")
    lost = [
        at
        for at in net
        if at != shut and is_reachable(net, 0, at, set()) and not is_reachable(net, 0, at, {shut})
    ]
    assert found.closed == (f"s{shut}",)
    assert found.unreachable == tuple(f"s{at}" for at in lost)
    assert found.ways_cut == tuple(
        f"s{at}/{index}"
        for at in net
        for index, to in enumerate(net[at])
        if to == shut and is_reachable(net, 0, at, {shut})
    )
    assert found.stuck == tuple(
        f"s{at}"
        for at in net
        if is_reachable(net, 0, at, {shut}) and net[at] and set(net[at]) == {shut}
    )


@few
@given(net=nets(most=5))
def test_loops_are_the_knots_and_their_ways_round(make: Make, net: Net) -> None:
    rounds = {
        route
        for first in net
        for last in net
        if first in net[last]
        for route in every_route(
            {at: [t for t in net[at] if t >= first] for at in net}, first, last
        )
    }
    found = loops(pathway_of(make, net))
    assert sorted(each for loop in found for each in loop.rounds) == sorted(map(named, rounds))
    for loop in found:
        assert loop.complete
        assert list(loop.rounds) == sorted(loop.rounds, key=lambda each: (len(each), each))
        inside = {int(name[1:]) for name in loop.states}
        assert inside == {
            at
            for at in net
            if any(
                is_reachable(net, at, i, set()) and is_reachable(net, i, at, set()) for i in inside
            )
        }
        expected = {(at, to) for at in inside for to in net[at] if to not in inside}
        assert {(each.source, each.target) for each in loop.exits} == {
            (f"s{at}", f"s{to}") for at, to in expected
        }


@few
@given(net=nets(), data=st.data())
def test_the_shape_does_not_depend_on_names_or_order(
    make: Make, net: Net, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(sorted(net)))
    first = pathway_of(make, net)
    renamed = make({f"t{at}": [f"t{to}" for to in reversed(net[at])] for at in order}, start="t0")
    assert compare_shapes(first, renamed).same_shape
    missing = sorted(set(net) - set(net[0]))
    if missing:
        changed = pathway_of(make, net | {0: [*net[0], data.draw(st.sampled_from(missing))]})
        assert not compare_shapes(first, changed).same_shape


@few
@given(net=nets(), data=st.data())
def test_every_beginning_that_is_followed_becomes_a_route(net: Net, data: st.DataObject) -> None:
    start, goal = ends_of(data, net)
    after = {at: tuple(sorted(set(following))) for at, following in net.items()}
    assert list(routes_in_order(after, start, goal)) == every_route(net, start, goal)
