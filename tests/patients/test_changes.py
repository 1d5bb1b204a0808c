"""What may change on the way to a later step, and what closes when something cannot be had."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathways.conditions import unparse
from pathways.patients.placing import Circumstances, Placer
from pathways.patients.reaching import Reach
from pathways.patients.what_if import what_if
from pathways.records.record import StatedPlace
from pathways.semantics.changes import change_kind
from tests.patients.made import person, placer_of

TEXT = """
findings:
  adult: {title: adult, type: yes_no, kind: trait, question: Adult?}
  calm: {title: calm, type: yes_no, kind: status, question: Calm?}
  sign: {title: sign, type: yes_no, kind: watch, level: soon, valid_for: {amount: 1, unit: days}, question: Sign?}
  weeks: {title: weeks, type: number, kind: time, unit: weeks, range: [0, 99], step: 1, question: Weeks?}
  rounds: {title: rounds, type: number, kind: count, unit: times, range: [0, 9], step: 1, question: Rounds?}
  lately: {title: rounds lately, type: number, kind: count, window: {amount: 12, unit: months}, unit: times, range: [0, 9], step: 1, question: Lately?}
  agreed: {title: agreed, type: yes_no, kind: status, question: Agreed?}
classes: {pills: {title: pill}}
treatments:
  pill: {title: Pill, category: medicine, classes: [pills], what: a pill}
  drops: {title: Drops, category: medicine, classes: [pills], what: drops}
  shot: {title: Shot, category: procedure, what: a shot}
start: begin
states:
  begin: {kind: decision, title: Begin, choose: any, next: [{to: talk, when: calm}, {to: care, when: not calm}]}
  talk: {kind: action, category: education, title: Talk, sets: {agreed: no}, reassess: [calm], next: [{to: care}]}
  care: {kind: options, title: Care, offers: [pill, drops], next: [{to: choice}]}
  choice: {kind: decision, title: Choice, choose: any, next: [{to: by_age, when: adult}, {to: by_time, when: 6 <= weeks < 12}, {to: by_round, when: rounds == 2}, {to: by_calm, when: calm and agreed}, {to: by_care, when: pill.relief_pct >= 50}, {to: act, when: not calm}]}
  act: {kind: action, category: procedure, title: Act, does: [shot], next: [{to: by_age}]}
  by_age: {kind: end, title: Age}
  by_time: {kind: end, title: Time}
  by_round: {kind: end, title: Round}
  by_calm: {kind: end, title: Calm}
  by_care: {kind: end, title: Care}
"""


@pytest.fixture(scope="module")
def placer() -> Placer:
    return placer_of(TEXT)


def at(state: str) -> Circumstances:
    return Circumstances(StatedPlace(pathway="made-up", state=state))


@pytest.mark.parametrize(
    ("finding", "kind"),
    [
        ("adult", "never"),
        ("calm", "when_asked"),
        ("weeks", "with_time"),
        ("rounds", "with_time"),
        ("pill.relief_pct", "with_care"),
    ],
)
def test_when_a_finding_may_change(placer: Placer, finding: str, kind: str) -> None:
    assert change_kind(placer.logic.pathway, finding) == kind


def test_a_count_over_a_window_may_go_down_again(placer: Placer) -> None:
    assert change_kind(placer.logic.pathway, "lately") == "any_time"


def test_time_goes_on_and_never_back(placer: Placer) -> None:
    early = placer.locate(person({"weeks": Decimal(2)}), at("begin")).prospect("by_time")
    assert early.is_open
    late = placer.locate(person({"weeks": Decimal(20)}), at("begin")).prospect("by_time")
    assert not late.is_open


def test_what_a_step_sets_otherwise_closes_the_way_over_it(placer: Placer) -> None:
    calm = placer.locate(person({"calm": True, "agreed": True}), at("begin")).prospect("by_calm")
    assert not calm.is_open
    assert calm.ways == ()


def test_what_care_brings_is_not_asked_of_those_before_it(placer: Placer) -> None:
    located = placer.locate(person({"pill.relief_pct": Decimal(10)}), at("begin"))
    assert located.prospect("by_care").is_open
    after = placer.locate(person({"pill.relief_pct": Decimal(10)}), at("choice"))
    assert not after.prospect("by_care").is_open


def test_ways_that_ask_for_a_trait_the_patient_has_not_are_left_out(placer: Placer) -> None:
    known = placer.logic.known({"adult": False})
    assert [each.way for each in Reach(placer.logic, "by_age", (), known).demands["choice"]] == [
        "choice/5"
    ]
    both = Reach(placer.logic, "by_age").demands["choice"]
    assert [each.way for each in both] == ["choice/0", "choice/5"]
    found = placer.locate(person({"adult": False}), at("choice")).prospect("by_age")
    assert [(each.finding, unparse(each.condition)) for each in found.needs] == [
        ("calm", "not calm")
    ]


def test_a_class_that_cannot_be_had_closes_what_is_made_of_it(placer: Placer) -> None:
    found = what_if(placer, person({"calm": False}), at("begin"), {"pills": "not_covered"})
    assert [(each.what, each.states) for each in found.closed] == [("pills", ("care",))]
    assert found.after.ways[1].unavailable == ("drops", "pill")
    assert "by_age" in found.lost
    assert found.next_best[0].instead_of == "care"
    assert found.next_best[0].is_none


def test_only_what_is_asked_about_now_is_said_to_close(placer: Placer) -> None:
    before = Circumstances(
        StatedPlace(pathway="made-up", state="begin"), unavailable={"shot": "distance"}
    )
    found = what_if(placer, person({"calm": False}), before, {"pill": "not_covered"})
    assert [each.what for each in found.closed] == ["pill"]
    assert [each.what for each in found.after.closed] == ["pill", "shot"]


def test_nothing_is_said_to_close_where_it_was_not_open(placer: Placer) -> None:
    found = what_if(placer, person({"calm": True}), at("begin"), {"pills": "not_covered"})
    assert found.next_best == ()
