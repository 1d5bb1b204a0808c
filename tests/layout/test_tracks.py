"""Tracks, with every order tried as the judge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.diagrams.layout.channels import CLASH, NEAR, TOUCH, Net, Tracks, tracks

some = settings(max_examples=120, deadline=None, derandomize=True, database=None)
places = st.integers(0, 40).map(lambda step: step * 5.0)


@st.composite
def nets(draw: st.DrawFn, most: int = 5) -> list[Net]:
    """Nets between two levels; either every hub is above, or every hub is below."""
    above = draw(st.booleans())
    count = draw(st.integers(1, most))
    hubs = draw(st.lists(places, min_size=count, max_size=count, unique=True))
    pins = st.lists(places, min_size=1, max_size=4, unique=True).map(tuple)
    return [Net(hub, draw(pins), above) for hub in hubs]


def reach(net: Net) -> tuple[float, float]:
    every = [net.hub, *net.pins]
    return min(every), max(every)


def is_bent(net: Net) -> bool:
    low, high = reach(net)
    return high - low >= 0.25


def meet(one: Net, other: Net) -> bool:
    (a, b), (c, d) = reach(one), reach(other)
    return a <= d + NEAR and c <= b + NEAR


def cost_of_pair(upper: Net, lower: Net) -> int:
    """What happens when one net runs above another: count what the lines do, one by one."""
    downwards = list(upper.pins) if upper.hub_above else [upper.hub]
    upwards = [lower.hub] if lower.hub_above else list(lower.pins)
    cost = CLASH * sum(abs(a - b) < NEAR for a in downwards for b in upwards)
    for x, net in [*((x, lower) for x in downwards), *((x, upper) for x in upwards)]:
        low, high = reach(net)
        if low - NEAR <= x <= high + NEAR:
            cost += TOUCH if min(abs(x - low), abs(x - high)) < NEAR else 1
    return cost


def cost_of_order(found: Sequence[Net]) -> int:
    return sum(cost_of_pair(a, b) for a, b in combinations(found, 2) if meet(a, b))


def in_order(found: Sequence[Net], given_tracks: Tracks) -> list[Net]:
    """Return the bent nets from the highest track to the lowest."""
    bent = [
        (track, net) for track, net in zip(given_tracks.track, found, strict=True) if track >= 0
    ]
    return [net for _, net in sorted(bent, key=lambda each: each[0])]


@some
@given(nets())
def test_no_order_of_tracks_is_cheaper(found: list[Net]) -> None:
    bent = [net for net in found if is_bent(net)]
    cheapest = min(cost_of_order(order) for order in permutations(bent))
    assert cost_of_order(in_order(found, tracks(found))) == cheapest


@some
@given(nets(most=14))
def test_nets_that_meet_never_share_a_track(found: list[Net]) -> None:
    chosen = tracks(found)
    pairs = list(zip(found, chosen.track, strict=True))
    for (one, a), (other, b) in combinations(pairs, 2):
        if is_bent(one) and is_bent(other) and meet(one, other):
            assert a != b


@some
@given(nets(most=14))
def test_tracks_are_counted(found: list[Net]) -> None:
    chosen = tracks(found)
    assert len(chosen.track) == len(found)
    for net, track in zip(found, chosen.track, strict=True):
        assert (track == -1) == (not is_bent(net))
        assert -1 <= track < chosen.count
    assert chosen.count == len({track for track in chosen.track if track >= 0})


@some
@given(nets())
def test_clashes_are_those_of_the_order(found: list[Net]) -> None:
    chosen = tracks(found)
    order = in_order(found, chosen)
    pairs = [(a, b) for a, b in combinations(order, 2) if meet(a, b)]
    assert chosen.clashes == sum(cost_of_pair(a, b) >= CLASH for a, b in pairs)


@some
@given(nets(most=9))
def test_the_same_nets_get_the_same_tracks(found: list[Net]) -> None:
    assert tracks(list(found)) == tracks(list(found))


def test_a_dearer_order_is_told_from_the_cheapest() -> None:
    found = [Net(10, (10, 60), True), Net(40, (90,), True)]
    chosen = in_order(found, tracks(found))
    assert cost_of_order(chosen) < cost_of_order(chosen[::-1])
