"""Reasons for a status, what is on offer, what cannot be had, and what to ask about it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathways.patients.placing import Circumstances, Located, Placer
from pathways.records.facts import Event
from pathways.records.record import StatedPlace
from tests.patients.made import DAY, EARLIER, person, placer_of

TEXT = """
findings:
  calm: {title: calm, type: yes_no, kind: status, question: Calm?}
  well_fed: {title: well fed, type: yes_no, kind: status, question: Fed?}
  today: {title: pain now, type: number, kind: status, unit: points, range: [0, 10], step: 1, question: Now?}
  before: {title: pain before, type: number, kind: result, unit: points, range: [0, 10], step: 1, question: Before?}
  less: {title: how much less, type: number, kind: status, unit: points, range: [-10, 10], step: 1, question: Less?, derived: {function: difference, of: [before, today]}}
  graded: {title: graded, type: one_of, kind: watch, question: How bad?, valid_for: {amount: 1, unit: days}, options: {none_of_it: {title: none}, mild: {title: mild, level: soon}, grave: {title: grave, level: urgent}}}
treatments:
  pill: {title: Pill, category: medicine, what: a pill}
  drops: {title: Drops, category: medicine, what: drops}
interrupts: [{to: help, when: graded == grave, level: urgent, label: Grave}]
start: choice
states:
  choice: {kind: decision, title: Choice, choose: any, next: [{to: both, when: calm and well_fed}, {to: panel, when: less >= 3}, {to: tried, when: pill.relief_pct >= 30}]}
  both: {kind: end, title: Both}
  panel: {kind: options, title: Panel, offers: [{treatment: pill, when: calm}, drops], next: [{to: both}]}
  tried: {kind: end, title: Tried}
  help: {kind: action, category: test, title: Help, next: [{to: both}]}
"""


@pytest.fixture(scope="module")
def placer() -> Placer:
    return placer_of(TEXT)


def at(state: str, **without: str) -> Circumstances:
    return Circumstances(StatedPlace(pathway="made-up", state=state), unavailable=without)


def located(placer: Placer, values: dict[str, bool | str | Decimal], state: str) -> Located:
    quiet: dict[str, bool | str | Decimal] = {"graded": "none_of_it"}
    return placer.locate(person(quiet | values), at(state))


def test_every_smallest_reason_is_given_and_none_where_it_is_open(placer: Placer) -> None:
    ways = located(placer, {"calm": False, "well_fed": False}, "choice").place.ways
    assert ways[0].provided == "excluded"
    assert ways[0].reasons == (("calm",), ("well_fed",))
    assert (ways[1].provided, ways[1].reasons, ways[1].depends_on) == ("possible", (), ("less",))


def test_a_way_that_is_certain_has_its_reason(placer: Placer) -> None:
    ways = located(placer, {"calm": True, "well_fed": True}, "choice").place.ways
    assert (ways[0].provided, ways[0].reasons) == ("certain", (("calm", "well_fed"),))


def test_an_offer_has_a_status_a_reason_and_whether_it_can_be_had(placer: Placer) -> None:
    facts = person({"graded": "none_of_it", "calm": False})
    place = placer.place(facts, at("panel", drops="distance"))
    pill, drops = place.stops[0].offers
    assert (pill.status, pill.reasons, pill.is_unavailable) == ("excluded", (("calm",),), False)
    assert (drops.status, drops.reasons, drops.is_unavailable) == ("certain", (), True)


def asked(where: Located) -> list[str]:
    return [each.finding for each in where.questions]


def test_for_what_is_computed_its_inputs_are_asked(placer: Placer) -> None:
    found = asked(located(placer, {"calm": False, "pill.status": "never"}, "choice"))
    assert set(found) == {"before", "today"}
    assert asked(
        located(placer, {"calm": False, "pill.status": "never", "today": Decimal(3)}, "choice")
    ) == ["before"]


def test_how_much_it_helped_is_asked_only_of_those_who_had_it(placer: Placer) -> None:
    known: dict[str, bool | str | Decimal] = {"calm": False, "less": Decimal(0)}
    assert asked(located(placer, known, "choice")) == ["pill.status"]
    assert asked(located(placer, known | {"pill.status": "now"}, "choice")) == ["pill.relief_pct"]


def test_the_worst_level_of_a_sign_counts(placer: Placer) -> None:
    question = placer.locate(person()).questions[0]
    assert (question.finding, question.reason, question.level) == (
        "graded",
        "warning_sign",
        "urgent",
    )


HELD = """
findings:
  risk: {title: risk, type: yes_no, kind: trait, level: urgent, valid_for: {amount: 12, unit: months}, question: Risk?}
  cleared: {title: cleared, type: yes_no, kind: result, question: Clear?}
  calm: {title: calm, type: yes_no, kind: status, question: Calm?}
tests: {look: {title: Look, what: a look}, read: {title: Read, what: to read}}
treatments:
  pill: {title: Pill, category: medicine, what: a pill}
  drops: {title: Drops, category: medicine, what: drops}
  shot: {title: Shot, category: procedure, what: a shot}
interrupts: [{to: help, when: risk, level: urgent, label: Risk, until: cleared}]
start: begin
states:
  begin: {kind: decision, title: Begin, next: [{to: care, when: calm}]}
  care: {kind: options, title: Care, offers: [pill, shot], next: [{to: later}]}
  later: {kind: options, title: Later, offers: [pill, drops], next: [{to: done}]}
  help: {kind: decision, title: Help, next: [{to: soon, when: risk and not cleared}, {to: begin, when: not risk or cleared}]}
  soon: {kind: action, category: test, title: Soon, does: [look], yields: [cleared], next: [{to: begin}]}
  done: {kind: end, title: Done}
"""


def test_while_a_risk_is_worked_up_nothing_that_is_not_known_clears_it() -> None:
    placer = placer_of(HELD)
    place = placer.place(person({"risk": True}))
    assert [(stop.state, stop.how) for stop in place.stops] == [("soon", "due")]
    assert place.stops[0].came_from == ("help",)


def test_one_way_that_is_only_possible_is_not_taken() -> None:
    place = placer_of(HELD).place(person({"risk": False}))
    assert place.states == ("begin",)
    assert [way.provided for way in place.ways] == ["possible"]


def test_care_that_was_had_elsewhere_and_is_over_here_is_done() -> None:
    placer = placer_of(HELD)
    events = (
        Event("shot", "treatment", "stopped", EARLIER, EARLIER),
        Event("pill", "treatment", "now", DAY),
    )
    facts = person({"risk": False, "calm": True}, events=events)
    stated = Circumstances(StatedPlace(pathway="made-up", state="later"))
    assert placer.place(facts, stated).stops[0].how == "under_way"
    assert placer.place(facts).stops[0].state == "later"
    over = (*events, Event("drops", "treatment", "stopped", EARLIER, EARLIER))
    also = person({"risk": False, "calm": True}, events=over)
    assert placer.place(also, stated).stops[0].how == "done"


def test_of_two_questions_that_settle_as_much_that_about_what_is_taken_comes_first() -> None:
    placer = placer_of(
        """
treatments:
  drops: {title: Drops, category: medicine, what: drops}
  pill: {title: Pill, category: medicine, what: a pill}
start: begin
states:
  begin: {kind: decision, title: Begin, choose: any, next: [{to: one, when: drops.relief_pct >= 30}, {to: two, when: pill.relief_pct >= 30}]}
  one: {kind: end, title: One}
  two: {kind: end, title: Two}
"""
    )
    stated = Circumstances(StatedPlace(pathway="made-up", state="begin"))
    known: dict[str, bool | str | Decimal] = {"drops.status": "stopped", "pill.status": "stopped"}
    both = ["drops.relief_pct", "pill.relief_pct"]
    assert asked(placer.locate(person(known), stated)) == both
    taking = placer.locate(person(known | {"pill.status": "now"}), stated)
    assert asked(taking) == both[::-1]
