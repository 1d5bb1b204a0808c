"""What of a record shows which step, and which step is the frontmost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pathways.patients.placing import Placer
from pathways.patients.traces import Traces, frontmost, visits
from pathways.records.facts import Event, Facts
from tests.patients.made import DAY, EARLIER, LONG_AGO, person, placer_of

TEXT = """
findings:
  left: {title: left, type: yes_no, kind: trait, question: Left?}
  value: {title: value, type: yes_no, kind: result, question: Value?}
  agreed: {title: agreed, type: yes_no, kind: status, question: Agreed?}
  asked: {title: asked, type: yes_no, kind: status, question: Asked?}
  rounds: {title: rounds, type: number, kind: count, unit: times, range: [0, 9], step: 1, question: Rounds?}
  twice: {title: twice, type: yes_no, kind: status, question: Twice?}
  sign: {title: sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 1, unit: days}, question: Sign?}
tests: {look: {title: Look, what: a look}}
treatments:
  shot: {title: Shot, category: procedure, what: a shot}
  cut: {title: Cut, category: surgery, what: a cut}
  rest: {title: Rest, category: self_care, what: rest}
interrupts: [{to: check, when: sign, level: urgent, label: Sign}]
start: side
states:
  side: {kind: decision, title: Side, sets: {agreed: yes}, next: [{to: shot_left, when: left}, {to: shot_right, when: not left}]}
  shot_left: {kind: action, category: procedure, title: Left, does: [shot], next: [{to: talk_left}]}
  shot_right: {kind: action, category: procedure, title: Right, does: [shot], next: [{to: talk_right}]}
  talk_left: {kind: decision, title: Talk, sets: {asked: yes, twice: yes}, reassess: [asked], next: [{to: test}]}
  talk_right: {kind: decision, title: Talk, sets: {twice: yes}, adds: {rounds: 1}, next: [{to: test}]}
  test: {kind: action, category: test, title: Test, does: [look], yields: [value], next: [{to: again, when: value}, {to: cut, when: not value}]}
  again: {kind: options, title: Again, offers: [rest], next: [{to: more}]}
  more: {kind: options, title: More, offers: [rest], next: [{to: test}]}
  cut: {kind: action, category: surgery, title: Cut, does: [cut], next: [{to: done}]}
  check: {kind: action, category: test, title: Check, does: [look], next: [{to: done}]}
  done: {kind: end, title: Done}
"""


@pytest.fixture(scope="module")
def placer() -> Placer:
    return placer_of(TEXT)


@pytest.fixture(scope="module")
def traces(placer: Placer) -> Traces:
    return placer.traces


def stopped(name: str, day: dt.date | None = DAY) -> Event:
    return Event(name, "test" if name == "look" else "treatment", "stopped", day, day)


def states_of(traces: Traces, facts: Facts, since: dt.date | None = None) -> list[str]:
    return [each.state for each in visits(traces, facts, since)]


def test_urgent_work_up_is_shown_by_no_history(traces: Traces) -> None:
    assert traces.care["look"] == ("test",)


def test_in_a_loop_the_step_with_the_smaller_number_is_shown(traces: Traces) -> None:
    assert traces.care["rest"] == ("again",)


def test_a_mark_is_what_one_step_sets_and_nobody_asks_about(traces: Traces) -> None:
    assert dict(traces.marks) == {("agreed", "yes"): "side", ("rounds", ""): "talk_right"}


def test_a_count_shows_the_step_that_counts_unless_it_is_none(traces: Traces) -> None:
    assert states_of(traces, person({"rounds": Decimal(1)})) == ["talk_right"]
    assert states_of(traces, person({"rounds": Decimal(0)})) == []


def test_on_ways_that_lie_apart_the_one_that_is_open_is_shown(placer: Placer) -> None:
    facts = person({"left": False, "sign": False}, events=(stopped("shot"),))
    assert [each.state for each in placer.place(facts).visits] == ["shot_right"]
    unknown = person({"sign": False}, events=(stopped("shot"),))
    assert [each.state for each in placer.place(unknown).visits] == ["shot_left", "shot_right"]


def test_what_is_of_the_first_day_of_this_episode_belongs_to_it(traces: Traces) -> None:
    history = person({"value": True}, events=(stopped("shot", EARLIER),), on={"value": EARLIER})
    assert states_of(traces, history, EARLIER) == ["shot_left", "shot_right", "test"]
    assert states_of(traces, history, EARLIER + dt.timedelta(days=1)) == []


def test_an_operation_of_years_ago_is_history_beside_a_shot_of_last_month(placer: Placer) -> None:
    facts = person(
        {"left": True, "sign": False}, events=(stopped("cut", LONG_AGO), stopped("shot", EARLIER))
    )
    found = placer.place(facts).visits
    assert [each.state for each in found] == ["shot_left", "cut"]
    assert [each.state for each in frontmost(placer.traces, found)] == ["shot_left"]


def test_care_beside_other_care_is_last_in_a_loop_only_by_its_number(placer: Placer) -> None:
    events = (stopped("look", DAY), Event("rest", "treatment", "stopped", EARLIER, EARLIER))
    found = placer.place(person({"sign": False}, events=events)).visits
    assert [each.state for each in found] == ["test", "again"]
    assert [each.state for each in frontmost(placer.traces, found)] == ["again"]
