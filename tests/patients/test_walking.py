"""How far somebody is walked: rounds of a loop, what steps set, gates, ways that cannot be taken."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pathways.errors import ConditionError
from pathways.patients.placing import Circumstances, Placer
from pathways.records.facts import Event, Facts
from pathways.records.record import StatedPlace
from tests.patients.made import DAY, EARLIER, LONG_AGO, person, placer_of, where

ROUND = """
findings:
  better: {title: better, type: yes_no, kind: status, question: Better?}
  sign: {title: sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 1, unit: days}, question: Sign?}
  rounds: {title: rounds, type: number, kind: status, unit: points, range: [0, 9], step: 1, question: How many?}
treatments:
  burn: {title: Burn, category: procedure, what: a burn}
  shot: {title: Shot, category: procedure, what: a shot}
  train: {title: Train, category: therapy, what: training}
interrupts: [{to: help, when: sign, level: urgent, label: Sign}]
start: first
states:
  first: {kind: action, category: procedure, title: First, does: [burn], next: [{to: second}]}
  second: {kind: action, category: procedure, title: Second, does: [shot], next: [{to: review}]}
  review: {kind: decision, title: Review, next: [{to: more, when: better}, {to: first, when: not better}]}
  more: {kind: decision, title: More, sets: {rounds: 3}, next: [{to: well, when: rounds >= 3}, {to: training, when: rounds < 3}]}
  training: {kind: options, title: Training, offers: [train], next: [{to: well}]}
  help: {kind: action, category: test, title: Help, next: [{to: well}]}
  well: {kind: end, title: Well}
"""


@pytest.fixture(scope="module")
def loop() -> Placer:
    return placer_of(ROUND)


def done(name: str, day: dt.date | None, status: str = "stopped") -> Event:
    return Event(name, "treatment", "now" if status == "now" else "stopped", day, day)


def test_what_was_done_in_an_earlier_round_is_due_again(loop: Placer) -> None:
    history = (done("burn", LONG_AGO), done("shot", EARLIER))
    place = loop.place(person({"better": False}, events=history))
    assert where(place) == [("first", "due")]
    assert place.stops[0].came_from == ("second", "review")


def test_in_a_loop_the_later_day_counts_more_than_the_larger_number(loop: Placer) -> None:
    history = (done("burn", DAY), done("shot", EARLIER))
    place = loop.place(person(events=history))
    assert where(place) == [("second", "due")]
    assert place.stops[0].came_from == ("first",)


def test_of_what_has_no_day_nothing_shows_a_second_round(loop: Placer) -> None:
    history = (done("burn", None), done("shot", None))
    place = loop.place(person({"better": False}, events=history))
    assert where(place) == [("first", "due")]


def test_care_that_goes_on_is_walked_past_in_a_loop(loop: Placer) -> None:
    history = (done("burn", LONG_AGO, "now"), done("shot", EARLIER))
    place = loop.place(person({"better": False}, events=history))
    assert where(place) == [("second", "due")]
    assert place.stops[0].came_from == ("review", "first")


def test_a_step_sets_a_number(loop: Placer) -> None:
    history = (done("shot", EARLIER),)
    place = loop.place(person({"better": True}, events=history))
    assert where(place) == [("well", "at")]
    told = loop.place(person({"better": True, "rounds": Decimal(1)}, events=history))
    assert where(told) == [("training", "due")]


def test_a_stated_place_counts_as_entered(loop: Placer) -> None:
    stated = Circumstances(StatedPlace(pathway="made-up", state="more"))
    ways = loop.place(person({"sign": False}), stated).ways
    assert [(way.provided, way.whatever) for way in ways] == [
        ("certain", "certain"),
        ("excluded", "excluded"),
    ]


def test_what_a_step_sets_makes_no_sign_known(loop: Placer) -> None:
    stated = Circumstances(StatedPlace(pathway="made-up", state="more"))
    ways = loop.place(person(), stated).ways
    assert (ways[0].provided, ways[0].whatever) == ("certain", "possible")


@pytest.mark.parametrize(("finding", "value"), [("rounds", Decimal(12)), ("rounds", "many")])
def test_a_value_that_cannot_be_is_refused_and_closes_nothing(
    loop: Placer, finding: str, value: Decimal | str
) -> None:
    with pytest.raises(ConditionError, match="rounds"):
        loop.place(person({finding: value}))


GATES = """
findings:
  weeks: {title: weeks, type: number, kind: time, unit: weeks, range: [0, 520], step: 1, question: How long?}
  age: {title: age, type: number, kind: time, unit: years, range: [0, 120], step: 1, question: How old?}
  better: {title: better, type: yes_no, kind: status, question: Better?}
treatments:
  walk: {title: Walk, category: therapy, what: walks}
  shot: {title: Shot, category: procedure, what: a shot}
start: grown
states:
  grown: {kind: decision, title: Grown, next: [{to: long, when: age >= 18}, {to: children, when: age < 18}]}
  long: {kind: decision, title: Long, next: [{to: early, when: weeks < 12}, {to: late, when: weeks >= 12}]}
  early: {kind: action, category: therapy, title: Early, does: [walk], next: [{to: asked_early}]}
  late: {kind: action, category: procedure, title: Late, does: [shot], next: [{to: asked_late}]}
  asked_early: {kind: decision, title: Asked, next: [{to: well, when: better}, {to: children, when: not better}]}
  asked_late: {kind: decision, title: Asked, next: [{to: well, when: better}, {to: children, when: not better}]}
  well: {kind: end, title: Well}
  children: {kind: end, title: Children}
"""


def test_a_time_that_has_gone_on_since_does_not_undo_what_was_decided() -> None:
    placer = placer_of(GATES)
    values = {"weeks": Decimal(20), "age": Decimal(40)}
    place = placer.place(person(values, events=(Event("walk", "treatment", "stopped", EARLIER),)))
    assert place.doubts == ()
    assert where(place) == [("asked_early", "at")]


def test_who_is_too_young_today_was_too_young_before() -> None:
    placer = placer_of(GATES)
    values = {"weeks": Decimal(20), "age": Decimal(17)}
    place = placer.place(person(values, events=(Event("walk", "treatment", "stopped", EARLIER),)))
    assert where(place) == [("children", "at")]
    assert place.doubts == ("grown",)


def test_a_gate_that_lets_pass_on_one_of_two_ways_leaves_no_doubt() -> None:
    placer = placer_of(
        """
findings:
  adult: {title: grown up, type: yes_no, kind: trait, question: Grown up?}
treatments: {walk: {title: Walk, category: therapy, what: walks}}
start: gate
states:
  gate: {kind: decision, title: Gate, next: [{to: walk, when: adult}, {to: short, when: not adult}]}
  short: {kind: decision, title: Short, next: [{to: walk}]}
  walk: {kind: action, category: therapy, title: Walk, does: [walk], next: [{to: well}]}
  well: {kind: end, title: Well}
"""
    )
    events = (Event("walk", "treatment", "stopped", EARLIER),)
    assert placer.place(person({"adult": True}, events=events)).doubts == ()


def test_what_takes_longer_today_was_shorter_before() -> None:
    placer = placer_of(GATES)
    values = {"weeks": Decimal(3), "age": Decimal(40)}
    place = placer.place(person(values, events=(Event("shot", "treatment", "stopped", DAY),)))
    assert place.doubts == ("long",)
    assert where(place) == [("early", "due")]


TWO_PLACES = """
concerns: pattern == nerve or (pattern == bad and wide)
findings:
  pattern: {title: pattern, type: one_of, kind: watch, question: Which?, valid_for: {amount: 1, unit: days}, options: {nerve: {title: nerve}, joint: {title: joint}, bad: {title: bad, level: urgent}}}
  wide: {title: wide, type: yes_no, kind: status, question: Wide?}
interrupts:
  - {to: help, when: pattern == bad, level: urgent, label: Bad}
start: begin
states:
  begin: {kind: decision, title: Begin, next: [{to: well, when: pattern == nerve and wide}, {to: other, when: not (pattern == nerve and wide)}]}
  help: {kind: action, category: test, title: Help, next: [{to: other}]}
  well: {kind: end, title: Well}
  other: {kind: end, title: Other}
"""


def test_answers_are_counted_where_a_sign_leaves_more_of_them_open() -> None:
    placer = placer_of(TWO_PLACES)
    located = placer.locate(person())
    assert located.place.proviso == ("pattern",)
    assert [(each.finding, each.reason) for each in located.questions] == [
        ("pattern", "warning_sign"),
        ("wide", "way"),
    ]
    assert [way.provided for way in located.place.ways] == ["possible", "possible"]


def test_nobody_is_walked_on_where_two_ways_are_certain() -> None:
    placer = placer_of(
        """
start: begin
states:
  begin: {kind: decision, title: Begin, choose: any, next: [{to: well}, {to: other}]}
  well: {kind: end, title: Well}
  other: {kind: end, title: Other}
"""
    )
    place = placer.place(Facts(DAY))
    assert where(place) == [("begin", "at")]
    assert {way.provided for way in place.ways} == {"certain"}
