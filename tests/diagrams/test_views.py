from __future__ import annotations

from collections.abc import Callable

import pytest

from pathways.diagrams.views import View, part_name, phase_name, shown_states, subtitle
from pathways.errors import UnknownNameError
from pathways.model.pathway import ResolvedPathway


def slow_distance(pathway: ResolvedPathway, start: str) -> dict[str, int]:
    """Relax every way again and again: the slowest and most obvious shortest distances."""
    distance = {start: 0}
    for _ in pathway.states:
        for way in pathway.ways:
            if way.source in distance:
                far = distance[way.source] + 1
                distance[way.target] = min(far, distance.get(way.target, far))
    return distance


def test_the_whole(small: ResolvedPathway) -> None:
    assert shown_states(small, View.whole()) == tuple(small.states)


@pytest.mark.parametrize("name", ["first", "2"])
def test_a_phase_by_name_or_number(small: ResolvedPathway, name: str) -> None:
    assert shown_states(small, View.phase(name)) == ("care", "review")
    assert subtitle(small, View.phase(name), "patient") == "Phase 2: First weeks"


def test_around_a_state_agrees_with_slow_distances(small: ResolvedPathway) -> None:
    away = {name: slow_distance(small, name) for name in small.states}
    for centre in small.states:
        for steps in range(5):
            near = {
                n
                for n in small.states
                if away[centre].get(n, 99) <= steps or away[n].get(centre, 99) <= steps
            }
            view = View.around(centre, steps)
            assert shown_states(small, view) == tuple(n for n in small.states if n in near)


def test_routes_agree_with_slow_distances(small: ResolvedPathway) -> None:
    away = {name: slow_distance(small, name) for name in small.states}
    for target in small.states:
        leading = tuple(name for name in small.states if target in away[name])
        assert shown_states(small, View.routes(target)) == leading
        for start in leading:
            between = tuple(name for name in leading if name in away[start])
            assert shown_states(small, View.routes(target, start)) == between


def test_states_by_number(small: ResolvedPathway) -> None:
    assert shown_states(small, View.around("6", 0)) == ("review",)
    assert subtitle(small, View.around("6"), "patient") == "What is around step 6, Better?"
    assert (
        subtitle(small, View.routes("8", "1"), "patient")
        == "Every way from step 1, Back pain to step 8, Keep well"
    )


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (View.phase("frist"), "no phase 'frist'; did you mean 'first'?"),
        (View.phase("9"), "no phase '9'; known: 'check', 'first', 'later'"),
        (View.around("reveiw"), "no state 'reveiw'; did you mean 'review'?"),
        (View.routes("wel"), "no state 'wel'; did you mean 'well'?"),
        (View.routes("arrive", "well"), "no route from well to 'arrive'"),
    ],
)
def test_unknown_names(small: ResolvedPathway, view: View, message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        shown_states(small, view)
    assert str(caught.value) == message


def test_phase_name(small: ResolvedPathway) -> None:
    assert [phase_name(small, str(n)) for n in (1, 2, 3)] == ["check", "first", "later"]


def test_numbers_may_be_given_as_numbers(small: ResolvedPathway) -> None:
    assert View.phase(2) == View.phase("2") == View("phase", 2)  # type: ignore[arg-type]
    assert View.around(6, 1) == View.around("6", 1)
    assert View.routes(8, 1) == View.routes("8", "1")
    assert shown_states(small, View.phase(2)) == ("care", "review")
    assert shown_states(small, View.around(6, 0)) == ("review",)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: View("foo"),  # type: ignore[arg-type]
            "no view 'foo'; known: 'around', 'phase', 'routes', 'whole', 'yours'",
        ),
        (lambda: View("fase", "1"), "no view 'fase'; did you mean 'phase'?"),  # type: ignore[arg-type]
        (
            lambda: View.around("care", "two"),  # type: ignore[arg-type]
            "no number of steps 'two'; known: 'a whole number from 0'",
        ),
    ],
)
def test_a_view_that_cannot_be(make: Callable[[], View], message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (View.phase(9), "no phase '9'; known: 'check', 'first', 'later'"),
        (View.around(12), "no step number '12'; known: '1 to 8'"),
        (View.routes(0), "no step number '0'; known: '1 to 8'"),
    ],
)
def test_numbers_that_are_not_there(small: ResolvedPathway, view: View, message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        shown_states(small, view)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (View.whole(), "whole"),
        (View.phase("later"), "phase-3"),
        (View.around("review"), "around-6-2"),
        (View.routes("well"), "routes-8"),
        (View.routes("well", "care"), "routes-5-8"),
    ],
)
def test_short_names_of_parts(small: ResolvedPathway, view: View, name: str) -> None:
    assert part_name(small, view) == name
