"""Questions one after another: order, answers, going back, emergencies, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.errors import UnknownNameError
from pathways.patients.dialogue import NEW_RECORD, Asked, Dialogue
from pathways.patients.dialogue_care import CARE, CARE_BEFORE, CARE_NOW
from pathways.patients.placing import Placer
from pathways.reading.load import load, loads
from pathways.records.reading import record_from_text
from pathways.records.record import PatientRecord
from pathways.records.writing import dump_record
from tests.patients.made import asked

DAY = dt.date(2026, 1, 31)
EARLIER = "2026-01-10"

WARD = """
format: 1
pathway: ward
title: Ward
version: 0.1.0
updated: 2026-01-31
catalogues: []
facts: ["not (score >= 4 and pattern == joint)"]
findings:
  alarm: {title: an alarm, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 9, unit: days}, question: "Alarm?", why_asked: It matters.}
  sign: {title: a sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 9, unit: days}, question: "Sign?"}
  cleared: {title: cleared, type: yes_no, kind: result, question: "Cleared?"}
  score: {title: score, type: number, kind: status, unit: points, range: [0, 5], step: 1, question: "How much?"}
  pattern: {title: pattern, type: one_of, kind: status, question: "Which?", options: {nerve: {title: nerve}, joint: {title: joint}}}
  sites: {title: sites, type: several_of, kind: status, question: "Where?", options: {hip: {title: your hip}, knee: {title: your knee}}}
treatments:
  pill: {title: Pill, category: medicine, what: a pill}
interrupts:
  - {to: emergency, when: alarm, level: emergency, label: Alarm}
  - {to: urgent, when: sign, level: urgent, label: Sign, until: cleared}
start: begin
states:
  begin:
    kind: decision
    title: Begin
    choose: any
    next:
      - {to: emergency, when: score >= 3}
      - {to: done, when: pattern == nerve}
      - {to: urgent, when: sites has hip}
      - {to: other, when: pill.weeks >= 6}
  emergency: {kind: action, category: referral, title: Emergency, tags: [emergency], next: [{to: done}]}
  urgent: {kind: action, category: test, title: Urgent, yields: [cleared], next: [{to: done}]}
  other: {kind: end, title: Other}
  done: {kind: end, title: Done}
"""


@lru_cache(maxsize=1)
def back_pain() -> Placer:
    return Placer(load("severe-back-pain"))


@lru_cache(maxsize=1)
def ward() -> Placer:
    return Placer(loads(WARD))


def headline(dialogue: Dialogue) -> str:
    return dialogue.located.place.headline


def answered_no(dialogue: Dialogue) -> Dialogue:
    """Say no to every warning sign."""
    while (question := asked(dialogue)).level:
        dialogue.answer("none" if question.form.type == "several_of" else "no")
    return dialogue


def record(**findings: str) -> PatientRecord:
    return PatientRecord.model_validate(
        {"record": "someone", "recorded": EARLIER, "findings": findings}
    )


# The order.


def test_the_order_is_that_of_the_place() -> None:
    dialogue = Dialogue(back_pain(), DAY)
    for _ in range(40):
        if (question := dialogue.question) is None:
            break
        if question.finding in CARE:
            dialogue.answer("not sure")
            continue
        assert question.finding == dialogue.located.questions[0].finding
        assert question.bears_on == dialogue.located.questions[0]
        dialogue.answer(answer_to(question))
    assert dialogue.question is None


def answer_to(question: Asked) -> str:
    return {"yes_no": "n", "several_of": "none", "one_of": "1", "number": question.form.low}[
        question.form.type
    ]


def test_emergency_signs_come_first_and_all_no_goes_on() -> None:
    dialogue = Dialogue(back_pain(), DAY)
    assert headline(dialogue) == "check_signs"
    levels = []
    while (question := asked(dialogue)).level:
        levels.append(question.level)
        dialogue.answer("none" if question.form.type == "several_of" else "no")
    assert levels == sorted(levels, key=["emergency", "urgent", "soon"].index)
    assert levels[0] == "emergency"
    assert not dialogue.is_stopped
    assert headline(dialogue) == "here"
    assert [asked(dialogue).finding, dialogue.skip().finding] == [CARE_NOW] * 2
    assert [asked(dialogue).finding, dialogue.skip().finding] == [CARE_BEFORE] * 2
    assert asked(dialogue).bears_on is not None


def test_every_finding_that_is_asked_has_a_question_and_a_form() -> None:
    dialogue = answered_no(Dialogue(back_pain(), DAY))
    assert asked(dialogue).question.endswith("?")
    assert asked(dialogue).form.help.startswith("Type ")


# Emergencies.


def test_a_positive_emergency_sign_stops_the_questions_at_once() -> None:
    dialogue = Dialogue(back_pain(), DAY)
    while asked(dialogue).finding != "rf_saddle_numb":
        dialogue.answer("no")
    outcome = dialogue.answer("yes")
    assert (outcome.result, outcome.raised, outcome.presumed) == ("taken", "emergency", False)
    assert dialogue.is_stopped
    assert dialogue.question is None
    assert dialogue.located.place.headline == "emergency"
    assert dialogue.answer("no").result == "nowhere"
    assert dialogue.skip().result == "nowhere"


def test_not_sure_of_an_emergency_sign_is_presumed_to_be_a_yes() -> None:
    dialogue = Dialogue(back_pain(), DAY)
    finding = asked(dialogue).finding
    outcome = dialogue.answer("not sure")
    assert (outcome.raised, outcome.presumed) == ("emergency", True)
    assert dialogue.is_stopped
    assert dialogue.record.findings[finding][0].absent == "asked_unknown"
    assert dialogue.located.facts.known[finding].presumed


def test_after_an_emergency_a_wrong_answer_can_be_put_right() -> None:
    dialogue = Dialogue(back_pain(), DAY)
    first = asked(dialogue).finding
    dialogue.answer("yes")
    assert dialogue.back().finding == first
    assert asked(dialogue).current == "yes"
    assert dialogue.keep().result == "kept"
    assert dialogue.question is None
    dialogue.change(1)
    dialogue.answer("no")
    assert not dialogue.is_stopped
    assert asked(dialogue).level == "emergency"
    assert len(dialogue.record.findings[first]) == 1


def test_an_urgent_sign_goes_on() -> None:
    dialogue = Dialogue(ward(), DAY)
    dialogue.answer("no")
    assert asked(dialogue).finding == "sign"
    outcome = dialogue.answer("u")
    assert (outcome.raised, outcome.presumed) == ("urgent", True)
    assert not dialogue.is_stopped
    assert dialogue.located.place.headline == "urgent"


@pytest.mark.parametrize(
    ("typed", "stopped"), [("no", False), ("yes", True), ("u", True), (None, True)]
)
def test_a_sign_of_an_earlier_day_is_asked_again(typed: str | None, *, stopped: bool) -> None:
    """Whoever was seen since can go on; whoever still has it, or does not say, cannot."""
    dialogue = Dialogue(ward(), DAY, record(alarm="yes"))
    assert not dialogue.is_stopped
    assert asked(dialogue).finding == "alarm"
    if typed is None:
        dialogue.skip()
    else:
        dialogue.answer(typed)
    assert dialogue.is_stopped is stopped
    assert (dialogue.question is None) is stopped
    assert dialogue.record.findings["alarm"][0].value == ("yes",)


# Going back, skipping.


def test_going_back_step_by_step_keeps_every_answer() -> None:
    dialogue = Dialogue(back_pain(), DAY)
    names = []
    for _ in range(3):
        names.append(asked(dialogue).finding)
        dialogue.answer("no")
    assert [dialogue.back().finding for _ in range(3)] == names[::-1]
    assert dialogue.back().result == "nowhere"
    assert asked(dialogue).finding == names[0]
    assert [each.words for each in dialogue.answers] == ["no"] * 3
    assert dialogue.skip().result == "kept"
    assert [each.finding for each in dialogue.answers] == names


def test_an_answer_is_changed_by_its_number() -> None:
    dialogue = Dialogue(ward(), DAY)
    for typed in ("no", "no", "2"):
        dialogue.answer(typed)
    before = {each.finding: each.words for each in dialogue.answers}
    number = next(each.number for each in dialogue.answers if each.finding == "score")
    assert dialogue.change(number).result == "moved"
    assert asked(dialogue).current == "2 points"
    dialogue.answer("1")
    assert {e.finding: e.words for e in dialogue.answers} == {**before, "score": "1 points"}


@pytest.mark.parametrize("number", [0, -1, 2, 9999])
def test_there_is_no_answer_of_another_number(number: int) -> None:
    dialogue = Dialogue(ward(), DAY)
    assert dialogue.change(number).message.endswith("nothing was answered.")
    dialogue.answer("no")
    outcome = dialogue.change(number)
    assert outcome.result == "nowhere"
    assert f"no answer {number}" in outcome.message
    assert "from 1 to 1" in outcome.message


def test_what_is_skipped_stays_not_asked_and_is_not_asked_again() -> None:
    dialogue = Dialogue(ward(), DAY)
    assert dialogue.skip().finding == "alarm"
    seen = []
    while (question := dialogue.question) is not None:
        seen.append(question.finding)
        dialogue.answer(answer_to(question))
    assert "alarm" not in seen
    assert dialogue.skipped == ("alarm",)
    assert "alarm" not in dialogue.record.findings
    assert dialogue.located.place.headline == "check_signs"


def test_whoever_is_not_sure_is_not_asked_again() -> None:
    dialogue = Dialogue(ward(), DAY)
    for _ in range(2):
        dialogue.answer("no")
    finding = asked(dialogue).finding
    assert dialogue.answer("not sure").result == "taken"
    assert finding not in {each.finding for each in dialogue.located.questions}
    assert dialogue.record.findings[finding][0].absent == "asked_unknown"


# What is not understood.


@pytest.mark.parametrize("typed", ["maybe", "", "7"])
def test_what_is_not_understood_changes_nothing(typed: str) -> None:
    dialogue = Dialogue(ward(), DAY)
    before = dialogue.record
    assert dialogue.answer(typed).result == "not_understood"
    assert dialogue.record is before
    assert asked(dialogue).finding == "alarm"


def test_what_contradicts_an_earlier_answer_is_refused_and_changes_nothing() -> None:
    dialogue = Dialogue(ward(), DAY)
    typed = {"alarm": "no", "sign": "no", "score": "1", "pattern": "joint"}
    while {"score", "pattern"} - {*dialogue.record.findings}:
        if (finding := asked(dialogue).finding) in typed:
            dialogue.answer(typed[finding])
        else:
            dialogue.skip()
    number = next(each.number for each in dialogue.answers if each.finding == "score")
    dialogue.change(number)
    before = dialogue.record
    outcome = dialogue.answer("5")
    assert outcome.result == "contradicts"
    assert outcome.message.startswith("That does not fit what was said before: ")
    assert "score" in outcome.message
    assert dialogue.record is before
    assert asked(dialogue).current == "1 points"


# The record.


def test_a_new_record_names_nobody() -> None:
    dialogue = Dialogue(ward(), DAY)
    dialogue.answer("no")
    assert dump_record(dialogue.record) == (
        f"format: 1\nrecord: {NEW_RECORD}\nrecorded: 2026-01-31\npathways:\n  - ward\n"
        "findings:\n  alarm: no\n"
    )


def test_without_an_answer_a_record_stays_as_it_was() -> None:
    given_one = record(score="2")
    assert Dialogue(ward(), DAY, given_one).record == given_one


def test_what_was_said_earlier_keeps_its_day() -> None:
    begin = PatientRecord.model_validate(
        {
            "record": "someone",
            "recorded": EARLIER,
            "findings": {"score": "2", "pattern": {"value": "nerve", "on": "2026-01-05"}},
            "goals": ["Walk."],
        }
    )
    dialogue = Dialogue(ward(), DAY, begin)
    dialogue.answer("no")
    found = dialogue.record
    assert found.recorded == "2026-01-31"
    assert found.findings["score"][0].on == EARLIER
    assert found.findings["pattern"][0].on == "2026-01-05"
    assert found.findings["alarm"][0].on is None
    assert found.goals == ("Walk.",)


def test_an_answer_of_the_same_day_is_a_correction() -> None:
    begin = PatientRecord.model_validate(
        {"record": "someone", "recorded": "2026-01-31", "findings": {"alarm": "yes"}}
    )
    dialogue = Dialogue(ward(), DAY, begin)
    dialogue.answer("no")
    assert [each.value for each in dialogue.record.findings["alarm"]] == [("no",)]


def test_details_of_what_was_never_had_are_kept_aside() -> None:
    dialogue = Dialogue(ward(), DAY)
    for typed in ("no", "no"):
        dialogue.answer(typed)
    while asked(dialogue).finding != "pill.status":
        dialogue.skip()
    dialogue.answer("now")
    number = dialogue.answers[-1].number
    while asked(dialogue).finding != "pill.weeks":
        dialogue.skip()
    dialogue.answer("8")
    assert "pill.weeks" in dialogue.record.findings
    dialogue.change(number)
    dialogue.answer("never")
    assert "pill.weeks" not in dialogue.record.findings
    assert [each.words for each in dialogue.answers][-1] == "8 weeks"
    dialogue.change(number)
    dialogue.answer("now")
    assert "pill.weeks" in dialogue.record.findings


def test_a_place_that_the_pathway_does_not_have_is_refused() -> None:
    stated = PatientRecord.model_validate(
        {"record": "x", "recorded": EARLIER, "at": {"pathway": "ward", "state": "nowhere"}}
    )
    with pytest.raises(UnknownNameError, match="nowhere"):
        Dialogue(ward(), DAY, stated)


# Whatever is typed.

TYPED = st.one_of(
    st.sampled_from(
        ["y", "n", "u", "1", "2", "1,2", "none", "0", "4", "5", "now", "never", "7", ""]
    ),
    st.text(max_size=12),
)
INPUTS = st.lists(
    st.one_of(
        TYPED.map(lambda text: ("answer", text)),
        st.sampled_from([("back", ""), ("skip", ""), ("keep", "")]),
        st.integers(-2, 9).map(lambda number: ("change", str(number))),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(INPUTS, st.sampled_from(["ward", "back"]))
def test_whatever_is_typed_nothing_is_lost(inputs: list[tuple[str, str]], which: str) -> None:
    dialogue = Dialogue(ward() if which == "ward" else back_pain(), DAY)
    for what, text in inputs:
        before = {each.finding: each.observation for each in dialogue.answers}
        question = dialogue.question
        result = act(dialogue, what, text)
        after = {each.finding: each.observation for each in dialogue.answers}
        if result == "taken":
            assert question is not None
            assert {**before, question.finding: after[question.finding]} == after
        else:
            assert after == before
        assert set(before) <= set(after)
    check_record(dialogue)


def act(dialogue: Dialogue, what: str, text: str) -> str:
    match what:
        case "answer":
            return dialogue.answer(text).result
        case "change":
            return dialogue.change(int(text)).result
        case _:
            outcome = {"back": dialogue.back, "skip": dialogue.skip, "keep": dialogue.keep}[what]()
            return outcome.result


def check_record(dialogue: Dialogue) -> None:
    """What was answered stands in the record, which is the same when it is read again."""
    record = dialogue.record
    never = {
        each.finding.removesuffix(".status")
        for each in dialogue.answers
        if each.finding.endswith(".status") and each.observation.value == ("never",)
    }
    for each in dialogue.answers:
        if each.finding in CARE:
            continue
        owner, _, key = each.finding.partition(".")
        if key in ("", "status") or owner not in never:
            assert record.findings[each.finding] == (each.observation,)
    again = record_from_text(dump_record(record)).record
    assert again == record
    assert Dialogue(dialogue.placer, DAY, again).located.place == dialogue.located.place
