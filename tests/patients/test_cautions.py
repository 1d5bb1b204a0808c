"""Cautions that a record touches, and urgent care that nothing closes."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.errors import PathwayError
from pathways.patients.place import CautionFound
from pathways.patients.placing import Circumstances, Placer
from pathways.patients.what_if import what_if
from pathways.records.facts import Event
from pathways.records.record import StatedPlace
from tests.patients.made import DAY, person, placer_of

TEXT = """
findings:
  frail: {title: frail, type: yes_no, kind: status, question: Frail?}
  worse: {title: worse, type: yes_no, kind: status, question: Worse?}
classes:
  pills: {title: pill, cautions: [{text: Two of them., when: count_now(pills) >= 2}, {text: Frail., when: any pills now and frail}, {text: All of them.}]}
treatments:
  pill: {title: Pill, category: medicine, classes: [pills], what: a pill, cautions: [{text: Slowly., when: pill.status == now or pill.status == stopped}]}
  drops: {title: Drops, category: medicine, classes: [pills], what: drops}
  fix: {title: Fix, category: surgery, what: a fix, cautions: [{text: Rest., when: fix.status == stopped}]}
start: care
states:
  care: {kind: options, title: Care, offers: [pill, drops], next: [{to: ask}]}
  ask: {kind: decision, title: Ask, choose: any, next: [{to: help, when: worse}, {to: other, when: worse}, {to: done, when: not worse}]}
  help: {kind: action, category: surgery, title: Help, tags: [emergency], does: [fix], next: [{to: done}]}
  other: {kind: action, category: surgery, title: Other, does: [fix], next: [{to: done}]}
  done: {kind: end, title: Done}
"""


@pytest.fixture(scope="module")
def placer() -> Placer:
    return placer_of(TEXT)


def cautions(placer: Placer, values: dict[str, bool], *events: Event) -> list[CautionFound]:
    return list(placer.place(person({**values}, events=events)).cautions)


def brief(found: list[CautionFound]) -> list[tuple[str, int, str]]:
    return [(each.about, each.index, each.status) for each in found]


def now(name: str) -> Event:
    return Event(name, "treatment", "now", DAY)


def stopped(name: str, day: dt.date | None) -> Event:
    return Event(name, "treatment", "stopped", None, day)


def test_what_may_hold_is_said_after_what_holds_and_before_what_holds_for_all(
    placer: Placer,
) -> None:
    found = cautions(placer, {"frail": False}, now("drops"))
    assert brief(found) == [("pills", 0, "possible"), ("pills", 2, "certain")]
    assert found[0].depends_on == ("pill.status",)
    assert found[0].taking == ("drops",)


def test_only_what_several_things_together_bring_about_is_a_clash(placer: Placer) -> None:
    found = cautions(placer, {"frail": True}, now("pill"), now("drops"))
    assert brief(found) == [
        ("pills", 0, "certain"),
        ("pill", 0, "certain"),
        ("pills", 1, "certain"),
        ("pills", 2, "certain"),
    ]
    assert found[0].is_clash
    assert not any(each.is_clash for each in found if each is not found[0])
    may = cautions(placer, {"frail": False}, now("drops"))
    assert not any(each.is_clash for each in may)


@pytest.mark.parametrize(("days", "count"), [(0, 1), (28, 1), (29, 0), (None, 1)])
def test_a_medicine_stopped_lately_may_still_harm_by_its_absence(
    placer: Placer, days: int | None, count: int
) -> None:
    day = None if days is None else DAY - dt.timedelta(days=days)
    assert len(cautions(placer, {}, stopped("pill", day))) == count


def test_an_operation_that_is_over_is_no_medicine_that_was_stopped(placer: Placer) -> None:
    assert cautions(placer, {}, stopped("fix", DAY)) == []


def test_urgent_care_stays_open_wherever_it_stands(placer: Placer) -> None:
    at = Circumstances(StatedPlace(pathway="made-up", state="ask"))
    found = what_if(placer, person({"worse": True}), at, {"fix": "not_covered"})
    assert [(each.states, each.kept) for each in found.closed] == [(("other",), ("help",))]
    assert [way.unavailable for way in found.after.ways] == [(), ("fix",), ()]
    assert [(each.instead_of, each.ways) for each in found.next_best] == [("other", ("ask/0",))]
    with pytest.raises(PathwayError, match="emergency or urgent care"):
        what_if(placer, person(), at, {"help": "not_wanted"})


def test_what_is_not_open_anyway_needs_nothing_in_its_place(placer: Placer) -> None:
    at = Circumstances(StatedPlace(pathway="made-up", state="ask"))
    found = what_if(placer, person({"worse": False}), at, {"fix": "not_covered"})
    assert found.next_best == ()


def test_what_cannot_be_had_is_not_among_the_next_best(placer: Placer) -> None:
    at = Circumstances(StatedPlace(pathway="made-up", state="care"))
    found = what_if(placer, person(), at, {"pill": "not_wanted"})
    assert [(each.instead_of, each.treatments) for each in found.next_best] == [
        ("pill", ("drops",))
    ]
