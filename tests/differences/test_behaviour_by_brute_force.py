"""Who is treated differently: against every concrete patient, and nobody after a mere rewriting."""

from __future__ import annotations

import itertools
import random

import pytest

from pathways.boxes.packed import Packed
from pathways.conditions import findings_in, read_value
from pathways.differences.behaviour import Behaviour, Moved
from pathways.differences.common import Common
from pathways.differences.compare import differences
from pathways.differences.matching import matched_states
from pathways.differences.pairs import all_conditions
from pathways.model.pathway import ResolvedPathway
from tests.differences.edits import (
    Person,
    edited,
    holds,
    moves,
    renamed,
    rewritten,
    with_other_offer,
)
from tests.patients.small_pathways import VALUES, small_pathway

FAST = range(12)
MANY = range(12, 400)
MOST_PEOPLE = 1500


def people(*pathways: ResolvedPathway) -> list[Person]:
    """Return every whole person, as far as any of some pathways can tell them apart."""
    read = {
        name
        for pathway in pathways
        for condition in all_conditions(pathway)
        for name in findings_in(condition, pathway.scope)
    }
    names = [name for name in VALUES if name in read]
    found = [
        dict(zip(names, chosen, strict=True))
        for chosen in itertools.product(*(VALUES[name] for name in names))
    ]
    if len(found) > MOST_PEOPLE:
        found = random.Random(0).sample(found, MOST_PEOPLE)
    return found


def box_of(common: Common, person: Person) -> Packed:
    scope = common.scope
    values = {name: read_value(scope.findings[name], value) for name, value in person.items()}  # type: ignore[arg-type]
    (masks,) = common.space.known(values)
    return common.packing.pack(tuple(enumerate(masks)))


def check(old: ResolvedPathway, new: ResolvedPathway) -> int:
    """Compare the sets that were found with every patient; return how many are moved."""
    common = Common(old, new)
    matched = matched_states(old, new)
    behaviour = Behaviour(common, matched)
    found: dict[str, list[Moved]] = {name: [] for name in matched}
    for each in behaviour.moved():
        found[each.state].append(each)
    assert not behaviour.undecided
    moved = 0
    for person in people(old, new):
        real = all(holds(fact, person, each) for each in (old, new) for fact in each.facts)
        before, now = moves(old, person), moves(new, person)
        box = box_of(common, person)
        for name, old_name in matched.items():
            there = [each for each in found[name] if any(box & b == box for b in each.patients)]
            one, two = before[old_name], now[name]
            called = frozenset(behaviour.name_of("old", state) for state in one[1])
            if not real or called == two[1]:
                assert not there
                continue
            moved += 1
            (each,) = there
            assert each.old.own or (each.old.alarm, frozenset(each.old.states)) == (one[0], called)
            assert not each.old.own or one[0] is None
            assert each.new.own or (each.new.alarm, frozenset(each.new.states)) == two
            assert not each.new.own or two[0] is None
    return moved


@pytest.mark.parametrize("seed", FAST)
def test_the_patients_found_are_all_who_are_treated_differently(seed: int) -> None:
    check_seed(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_the_patients_found_are_all_who_are_treated_differently_many(seed: int) -> None:
    check_seed(seed)


def check_seed(seed: int) -> None:
    draw = random.Random(seed)
    old = small_pathway(seed)
    check(old, edited(draw, old))


def test_most_edits_move_somebody() -> None:
    moved = []
    for seed in range(12):
        old = small_pathway(seed)
        moved.append(check(old, edited(random.Random(seed), old)))
    assert sum(each > 0 for each in moved) >= 6


@pytest.mark.parametrize("seed", FAST)
def test_two_pathways_that_have_nothing_in_common_are_compared_exactly(seed: int) -> None:
    assert check(small_pathway(seed), small_pathway(seed + 1000)) > 0


@pytest.mark.parametrize("seed", FAST)
def test_a_rewriting_is_no_difference(seed: int) -> None:
    old = small_pathway(seed)
    found = differences(old, rewritten(random.Random(seed), old))
    assert found.is_same, found


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_a_rewriting_is_no_difference_many(seed: int) -> None:
    old = small_pathway(seed)
    assert differences(old, rewritten(random.Random(seed), old)).is_same


@pytest.mark.parametrize("seed", FAST)
@pytest.mark.parametrize("state", ["begin", "middle", "panel", "urgent", "done"])
def test_another_name_of_a_state_is_no_difference_in_meaning(seed: int, state: str) -> None:
    old = small_pathway(seed)
    found = differences(old, renamed(old, state, "elsewhere"))
    assert found.renamed == ((state, "elsewhere"),)
    assert found.is_same_in_meaning
    assert [each.what for each in found.structure] == ["renamed"]


@pytest.mark.parametrize("seed", FAST)
def test_who_is_said_to_be_moved_is_who_is_moved(seed: int) -> None:
    """The description leaves out what does not matter; it must leave out no more."""
    old = small_pathway(seed)
    new = edited(random.Random(seed), old)
    found = differences(old, new)
    everybody = people(old, new)
    for shift in found.shifts:
        if shift.group.more:
            continue
        for state in shift.states:
            for person in everybody[:: max(1, len(everybody) // 300)]:
                if not all(holds(f, person, each) for each in (old, new) for f in each.facts):
                    continue
                one = moves(old, person)[found.matched[state]]
                two = moves(new, person)[state]
                is_own = shift.old.alarm is None and shift.new.alarm is None
                if is_own and (one[0] is not None or two[0] is not None):
                    continue
                said = any(holds(each, person, new) for each in shift.group.who)
                moved = one[1] != two[1] and _fits(shift.old, one) and _fits(shift.new, two)
                assert said == moved


@pytest.mark.parametrize("seed", FAST)
def test_whom_a_panel_offers_something_is_exact(seed: int) -> None:
    draw = random.Random(seed)
    old = small_pathway(seed)
    new = with_other_offer(draw, old)
    before, now = (each.states["panel"].offers[0].when for each in (old, new))
    assert before is not None
    assert now is not None
    found = [each for each in differences(old, new).memberships if each.subject == "offer"]
    lost = found[0].lost if found else None
    gained = found[0].gained if found else None
    for person in people(old, new)[::3]:
        one, two = holds(before, person, old), holds(now, person, new)
        for changed, group in ((one and not two, lost), (two and not one, gained)):
            assert not (changed and group is None)
            if group is not None and not group.more:
                assert any(holds(each, person, new) for each in group.who) == changed


def _fits(outcome: object, move: tuple[int | None, frozenset[str]]) -> bool:
    from pathways.differences.model import Outcome

    assert isinstance(outcome, Outcome)
    if outcome.own:
        return move[0] is None
    return outcome.alarm == move[0] and set(outcome.states) == move[1]
