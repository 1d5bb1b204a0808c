"""What interrupts, what clears it, and what is only taken for granted."""

from __future__ import annotations

import pytest

from pathways.conditions import KnownValue, read_value
from pathways.patients.placing import Circumstances, Placer
from pathways.patients.what_if import what_if
from tests.patients.made import DAY, EARLIER, LONG_AGO, person, placer_of, where

SIGNS = """
findings:
  first: {title: one sign, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 1, unit: days}, question: One?}
  second: {title: another sign, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 1, unit: days}, question: Another?}
  found: {title: what was found, type: one_of, kind: result, question: What?, options: {bad: {title: bad}, clear: {title: clear}}}
tests: {look: {title: Look, what: a look}}
treatments:
  repair: {title: Repair, category: surgery, what: a repair}
  pill: {title: Pill, category: medicine, what: a pill, cautions: [{text: Beware., when: first}]}
interrupts:
  - {to: help, when: first or second, level: emergency, label: Sign}
start: begin
states:
  begin: {kind: options, title: Begin, offers: [pill, repair], next: [{to: done}]}
  help: {kind: action, category: test, title: Help, tags: [emergency], does: [look], yields: [found], next: [{to: answer}]}
  answer: {kind: decision, title: Answer, next: [{to: repair_now, when: found == bad}, {to: begin, when: found == clear}]}
  repair_now: {kind: options, title: Repair now, offers: [repair], next: [{to: repaired}]}
  repaired: {kind: end, title: Repaired}
  done: {kind: end, title: Done}
"""
CLEARED = """
findings:
  sign: {title: a sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 1, unit: days}, question: Sign?}
  plain: {title: something plain, type: yes_no, kind: status, question: Plain?}
  cleared: {title: all clear, type: yes_no, kind: result, question: Clear?}
tests: {look: {title: Look, what: a look}}
interrupts:
  - {to: check, when: sign or plain, level: urgent, label: Sign, until: cleared}
start: begin
states:
  begin: {kind: decision, title: Begin, next: [{to: done}]}
  check: {kind: action, category: test, title: Check, does: [look], yields: [cleared], next: [{to: begin}]}
  done: {kind: end, title: Done}
"""
SEVERAL = """
findings:
  signs: {title: signs, type: several_of, kind: watch, question: Which?, valid_for: {amount: 1, unit: days}, options: {bad: {title: bad, level: urgent}, worse: {title: worse, level: urgent}, mild: {title: mild}, none: {title: none}}}
interrupts:
  - {to: help, when: signs has bad or signs has worse, level: urgent, label: Sign}
start: begin
states:
  begin: {kind: decision, title: Begin, next: [{to: rest, when: signs has mild}, {to: done, when: not signs has mild}]}
  help: {kind: action, category: test, title: Help, next: [{to: done}]}
  rest: {kind: end, title: Rest}
  done: {kind: end, title: Done}
"""


@pytest.fixture(scope="module")
def signs() -> Placer:
    return placer_of(SIGNS)


@pytest.fixture(scope="module")
def cleared() -> Placer:
    return placer_of(CLEARED)


def test_a_result_counts_for_every_sign_only_when_none_is_newer(signs: Placer) -> None:
    values: dict[str, KnownValue] = {"first": True, "second": True, "found": "bad"}
    newer = person(values, on={"first": LONG_AGO, "found": EARLIER})
    assert where(signs.place(newer)) == [("help", "due")]
    older = person(values, on={"first": LONG_AGO, "second": LONG_AGO, "found": EARLIER})
    assert where(signs.place(older)) == [("repair_now", "due")]


def test_a_sign_that_goes_on_is_as_old_as_its_first_yes(signs: Placer) -> None:
    values: dict[str, KnownValue] = {"first": True, "second": False, "found": "bad"}
    going_on = person(values, on={"found": EARLIER}, since={"first": LONG_AGO})
    assert where(signs.place(going_on)) == [("repair_now", "due")]


def test_what_has_no_day_is_of_the_day_that_is_asked_for(signs: Placer) -> None:
    values: dict[str, KnownValue] = {"first": True, "second": False, "found": "bad"}
    old_result = person(values, on={"first": None, "found": EARLIER})
    assert where(signs.place(old_result)) == [("help", "due")]
    no_days = person(values, on={"first": None, "found": None})
    assert where(signs.place(no_days)) == [("repair_now", "due")]
    result_without_a_day = person(values, on={"first": EARLIER, "found": None})
    assert where(signs.place(result_without_a_day)) == [("help", "due")]


def test_nothing_is_missing_in_emergency_care(signs: Placer) -> None:
    facts = person({"first": True, "second": False, "found": "bad"})
    found = what_if(signs, facts, Circumstances(), {"repair": "not_covered"})
    assert where(found.after) == [("repair_now", "due")]
    assert not found.after.stops[0].offers[0].is_unavailable
    assert found.next_best == ()
    assert found.closed[0].kept == ("repair_now",)
    quiet = person({"first": False, "second": False})
    elsewhere = what_if(signs, quiet, Circumstances(), {"repair": "not_covered"})
    assert [each.is_unavailable for each in elsewhere.after.stops[0].offers] == [False, True]


def test_a_caution_about_a_sign_nobody_asked_about_may_hold(signs: Placer) -> None:
    facts = person({"pill.status": "now", "second": False})
    assert [(each.about, each.status, each.depends_on) for each in signs.place(facts).cautions] == [
        ("pill", "possible", ("first",))
    ]


def test_what_is_no_warning_sign_interrupts_as_well_until_it_is_cleared(cleared: Placer) -> None:
    place = cleared.place(person({"plain": True, "sign": False}))
    assert place.headline == "urgent"
    assert where(place) == [("check", "due")]
    assert place.interruptions[0].signs == ("plain",)
    assert place.interruptions[0].not_cleared == ("cleared",)
    assert place.interruptions[0].presumed == ()


def test_only_what_can_clear_a_sign_is_named_as_that(cleared: Placer) -> None:
    place = cleared.place(person({"sign": True}))
    assert place.interruptions[0].signs == ("sign",)
    assert place.interruptions[0].not_cleared == ("cleared",)


def test_a_result_from_before_the_sign_clears_nothing(cleared: Placer) -> None:
    values: dict[str, KnownValue] = {"sign": True, "plain": False, "cleared": True}
    after = person(values, on={"cleared": EARLIER}, since={"sign": LONG_AGO})
    assert cleared.place(after).interruptions == ()
    same_day = person(values, on={"cleared": EARLIER}, since={"sign": EARLIER})
    assert cleared.place(same_day).interruptions == ()
    before = person(values, on={"cleared": EARLIER}, since={"sign": DAY})
    assert cleared.place(before).headline == "urgent"
    assert cleared.place(before).interruptions[0].not_cleared == ("cleared",)


def test_a_result_from_before_this_episode_clears_nothing_in_it(cleared: Placer) -> None:
    values: dict[str, KnownValue] = {"sign": True, "plain": False, "cleared": True}
    facts = person(values, on={"cleared": EARLIER}, since={"sign": LONG_AGO})
    assert cleared.place(facts, Circumstances(episode_began=DAY)).headline == "urgent"
    assert cleared.place(facts, Circumstances(episode_began=EARLIER)).headline != "urgent"


def test_of_some_sign_without_a_name_the_harmless_one_is_provided() -> None:
    placer = placer_of(SEVERAL)
    shape = placer.pathway.scope.findings["signs"]
    some = placer.place(person({"signs": read_value(shape, {"none": False})}))
    assert where(some) == [("rest", "at")]
    assert some.proviso == ("signs",)
    assert [each.status for each in some.interruptions] == ["possible"]
    no_other = read_value(shape, {"none": False, "mild": False})
    place = placer.place(person({"signs": no_other}))
    assert place.headline == "urgent"
    assert place.interruptions[0].signs == ("signs",)
    assert [way.provided for way in place.ways] == ["certain"]
