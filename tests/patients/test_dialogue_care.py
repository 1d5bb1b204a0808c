"""The lists of care: when they come, how they are answered, and what becomes of the history."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.patients.dialogue import Dialogue
from pathways.patients.dialogue_care import CARE, CARE_BEFORE, CARE_NOW, MOST_CHARACTERS, care_of
from pathways.patients.placing import Placer
from pathways.reading.load import load, loads
from pathways.records.reading import record_from_text
from pathways.records.record import History, PatientRecord
from pathways.records.writing import dump_record
from tests.patients.made import asked

DAY = dt.date(2026, 11, 25)

CLINIC = """
format: 1
pathway: clinic
title: Clinic
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  alarm: {title: an alarm, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 9, unit: days}, question: "Alarm?"}
  sign: {title: a sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 9, unit: days}, question: "Sign?"}
  cleared: {title: cleared, type: yes_no, kind: result, question: "Cleared?"}
  wish: {title: wish, type: yes_no, kind: status, question: "Wish?"}
treatments:
  pill: {title: Pill, category: medicine, what: a pill, also_called: [Big pill]}
  walk: {title: A walk, category: self_care, what: a walk}
  shot: {title: Shot, category: procedure, what: a shot}
  cut: {title: Cut, category: surgery, what: a cut}
  drip: {title: Drip, category: medicine, what: a drip}
tests:
  scan: {title: Scan, what: a scan}
interrupts:
  - {to: emergency, when: alarm, level: emergency, label: Alarm}
  - {to: urgent, when: sign, level: urgent, label: Sign, until: cleared}
start: begin
states:
  begin:
    kind: decision
    title: Begin
    next:
      - {to: care, when: wish}
      - {to: done, when: not wish}
  care: {kind: options, title: Care, offers: [walk, pill, shot, cut], next: [{to: review}]}
  review:
    kind: decision
    title: Review
    next:
      - {to: look, when: wish and shot.weeks >= 2}
      - {to: done, when: not wish or shot.weeks < 2}
  look: {kind: action, category: test, title: Look, does: [scan], next: [{to: done}]}
  emergency: {kind: action, category: referral, title: Emergency, tags: [emergency], next: [{to: done}]}
  urgent: {kind: action, category: medicine, title: Urgent, does: [drip], yields: [cleared], next: [{to: done}]}
  done: {kind: end, title: Done}
"""


@lru_cache(maxsize=1)
def clinic() -> Placer:
    return Placer(loads(CLINIC))


def through(record: PatientRecord | None = None) -> Dialogue:
    """Say no to both signs."""
    dialogue = Dialogue(clinic(), DAY, record)
    dialogue.answer("no")
    dialogue.answer("no")
    return dialogue


def answered(now: str, before: str) -> Dialogue:
    dialogue = through()
    for typed in (now, before):
        if typed == "skip":
            dialogue.skip()
        else:
            assert dialogue.answer(typed).result == "taken"
    return dialogue


def told(dialogue: Dialogue) -> dict[str, str]:
    history = dialogue.record.history
    treatments = {each.treatment: each.status or "" for each in history.treatments}
    tests = {each.test: each.status or "" for each in history.tests}
    return {**treatments, **tests, **dict.fromkeys(history.never, "never")}


# When they come.


def test_they_come_after_the_signs_and_before_the_rest() -> None:
    dialogue = Dialogue(clinic(), DAY)
    order = []
    while (question := dialogue.question) is not None:
        order.append(question.finding)
        if question.finding in {"wish", "shot.weeks"}:
            dialogue.skip()
        else:
            dialogue.answer("shot" if question.finding == CARE_NOW else "no")
    assert order[:4] == ["alarm", "sign", CARE_NOW, CARE_BEFORE]
    assert sorted(order[4:]) == ["shot.weeks", "wish"]


def test_the_second_list_comes_even_when_the_first_leads_to_an_end() -> None:
    begin = PatientRecord.model_validate(
        {"record": "x", "recorded": "2026-11-25", "findings": {"wish": "no"}}
    )
    ended = through(begin)
    assert (ended.located.place.headline, ended.question) == ("finished", None)
    ended.care()
    ended.answer("pill")
    assert ended.located.place.headline == "finished"
    assert asked(ended).finding == CARE_BEFORE


@pytest.mark.parametrize(
    "record",
    [
        {"history": {"treatments": [{"treatment": "pill", "status": "now"}]}},
        {"history": {"never": ["scan"]}},
        {"history": {"complete": "yes"}},
        {"findings": {"pill.status": "stopped"}},
    ],
)
def test_who_has_said_something_of_care_is_not_asked_unless_they_want_to(
    record: dict[str, object],
) -> None:
    begin = PatientRecord.model_validate({"record": "x", "recorded": "2026-11-25", **record})
    dialogue = through(begin)
    assert asked(dialogue).finding not in CARE
    outcome = dialogue.care()
    if record["history" if "history" in record else "findings"] == {"complete": "yes"}:
        assert outcome.result == "nowhere"
        assert "known already" in outcome.message
    else:
        assert (outcome.result, asked(dialogue).finding) == ("moved", CARE_NOW)


def test_what_is_known_is_named_and_not_asked_again() -> None:
    begin = PatientRecord.model_validate(
        {"record": "x", "recorded": "2026-11-25", "history": {"never": ["pill", "scan"]}}
    )
    dialogue = through(begin)
    dialogue.care()
    assert [each.value for each in asked(dialogue).form.choices] == ["walk", "shot"]
    assert "since your answers say it: pill, scan." in asked(dialogue).why
    dialogue.answer("walk")
    dialogue.answer("none")
    assert told(dialogue) == {
        "pill": "never",
        "scan": "never",
        "walk": "now",
        "shot": "never",
        "cut": "never",
    }


def test_a_raised_sign_comes_before_any_list() -> None:
    dialogue = Dialogue(clinic(), DAY)
    dialogue.answer("no")
    dialogue.answer("yes")
    assert dialogue.located.place.headline == "urgent"
    assert dialogue.question is None or dialogue.question.finding not in CARE
    emergency = Dialogue(clinic(), DAY)
    emergency.answer("yes")
    assert emergency.care().result == "nowhere"
    assert emergency.question is None


def test_care_of_emergencies_and_work_up_is_not_listed() -> None:
    assert care_of(clinic()) == ("walk", "pill", "shot", "cut", "scan")


def test_a_pathway_that_knows_no_treatment_asks_for_none() -> None:
    dialogue = Dialogue(Placer(load("safety")), DAY)
    seen = []
    while (question := dialogue.question) is not None:
        seen.append(question.finding)
        dialogue.answer("45" if question.form.type == "number" else "no")
    assert seen
    assert not set(CARE).intersection(seen)


# What becomes of the answers.


@pytest.mark.parametrize(
    ("now", "before", "history"),
    [
        (
            "pill",
            "scan, cut",
            {"pill": "now", "scan": "done", "cut": "stopped", "walk": "never", "shot": "never"},
        ),
        ("none", "none", dict.fromkeys(["pill", "scan", "cut", "walk", "shot"], "never")),
        ("no", "N", dict.fromkeys(["pill", "scan", "cut", "walk", "shot"], "never")),
        ("not sure", "none", dict.fromkeys(["scan", "cut"], "never")),
        ("skip", "pill", {"pill": "stopped", "scan": "never", "cut": "never"}),
        ("walk", "u", {"walk": "now"}),
        ("walk", "skip", {"walk": "now"}),
        ("u", "u", {}),
        (
            "Big Pill; A WALK",
            "none",
            {"pill": "now", "walk": "now", "shot": "never", "cut": "never", "scan": "never"},
        ),
    ],
)
def test_answers_become_history(now: str, before: str, history: dict[str, str]) -> None:
    dialogue = answered(now, before)
    assert told(dialogue) == history
    again = record_from_text(dump_record(dialogue.record)).record
    assert again == dialogue.record
    assert not set(dialogue.record.findings).intersection(CARE)


def test_what_was_not_listed_stays_not_known() -> None:
    dialogue = answered("none", "none")
    assert "drip" not in told(dialogue)
    assert dialogue.record.history.complete == "no"
    assert "drip.status" not in dialogue.located.facts.known


def test_not_sure_of_everything_is_asked_no_second_time() -> None:
    dialogue = answered("u", "u")
    assert dialogue.record.history == History()
    assert asked(dialogue).finding not in CARE
    assert [each.words for each in dialogue.answers][-2:] == ["not sure", "not sure"]


def test_what_is_had_now_is_not_listed_once_more() -> None:
    dialogue = through()
    dialogue.answer("pill")
    assert [each.value for each in asked(dialogue).form.choices] == ["walk", "shot", "cut", "scan"]
    assert [each.key for each in asked(dialogue).form.choices] == ["1", "2", "3", "4"]


def test_a_wrong_answer_is_put_right_and_nothing_becomes_never_that_was_not_asked() -> None:
    dialogue = answered("pill", "none")
    assert dialogue.change(3).finding == CARE_NOW
    assert asked(dialogue).current == "Pill"
    assert dialogue.keep().result == "kept"
    dialogue.change(3)
    dialogue.answer("walk")
    # The pill was not in the list of what was had before, since it was said to be taken then.
    assert told(dialogue) == {"walk": "now", "shot": "never", "cut": "never", "scan": "never"}
    dialogue.back()
    assert asked(dialogue).finding == CARE_BEFORE
    dialogue.answer("pill")
    assert told(dialogue)["pill"] == "stopped"


def test_asked_for_again_each_list_shows_its_answer() -> None:
    dialogue = answered("shot", "none")
    assert dialogue.care().result == "moved"
    assert (asked(dialogue).finding, asked(dialogue).current) == (CARE_NOW, "Shot")
    dialogue.keep()
    assert (asked(dialogue).finding, asked(dialogue).current) == (CARE_BEFORE, "none")
    assert dialogue.skip().result == "kept"
    assert asked(dialogue).finding not in CARE
    assert told(dialogue)["scan"] == "never"


def test_details_of_what_was_never_had_are_kept_aside() -> None:
    dialogue = answered("shot", "none")
    while asked(dialogue).finding != "shot.weeks":
        dialogue.answer("yes")
    dialogue.answer("8")
    dialogue.change(3)
    dialogue.answer("none")
    dialogue.back()
    dialogue.change(4)
    assert dialogue.answer("none").result == "taken"
    assert told(dialogue)["shot"] == "never"
    assert "shot.weeks" not in dialogue.record.findings
    dialogue.change(3)
    dialogue.answer("shot")
    assert dialogue.record.findings["shot.weeks"][0].value == ("8",)


# What is not understood.


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1, 9", "'9' is not in this list; nothing was taken."),
        ("pil", "'pil' is not in this list; nothing was taken. Did you mean 1 (Pill)?"),
        ("pill and walk", "'pill and walk' is not in this list"),
        ("", "Type the numbers"),
        (",", "Type the numbers"),
        ("1" * (MOST_CHARACTERS + 1), "That is too long"),
        ("none, 1", "'none' is not in this list"),
    ],
)
def test_what_is_not_understood_changes_nothing(typed: str, said: str) -> None:
    dialogue = through()
    before = dialogue.record
    outcome = dialogue.answer(typed)
    assert outcome.result == "not_understood"
    assert outcome.message.startswith(said)
    assert "none; u for not sure; or skip." in outcome.message
    assert dialogue.record is before


def test_groups_are_in_order_and_readers_have_their_own_words() -> None:
    placer = Placer(load("severe-back-pain"))
    for reader, first in (
        ("patient", "Pills, creams and other medicines"),
        ("clinician", "Medicines"),
    ):
        dialogue = Dialogue(placer, DAY, None, reader)  # type: ignore[arg-type]
        dialogue.care()
        choices = asked(dialogue).form.choices
        assert choices[0].group == first
        groups = list(dict.fromkeys(each.group for each in choices))
        assert [each.group for each in choices] == [
            group for group in groups for each in choices if each.group == group
        ]
        assert [each.key for each in choices] == [str(at) for at in range(1, len(choices) + 1)]


# The person the first text is about.


def test_the_person_of_the_first_text_comes_to_where_they_are() -> None:
    dialogue = Dialogue(Placer(load("severe-back-pain")), DAY)
    while (question := asked(dialogue)).level:
        dialogue.answer("no")
    assert question.finding == CARE_NOW
    dialogue.answer("baclofen, meloxicam, physical therapy")
    dialogue.answer("none")
    typed = {"interferes_daily": "a lot", "scope_pregnant": "no", "scope_age": "45"}
    for _ in range(10):
        if (next_one := dialogue.question) is None:
            break
        if next_one.finding in typed:
            dialogue.answer(typed[next_one.finding])
        else:
            dialogue.skip()
    place = dialogue.located.place
    assert set(typed) <= set(dialogue.record.findings)
    assert place.states == ("review_first_care",)
    certain = {each.about for each in place.cautions if each.status == "certain"}
    assert {"baclofen", "nsaid"} <= certain


# Whatever is typed.

INPUTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["1", "2", "1,2", "none", "n", "u", "y", "pill", "scan, cut", "3", "x", ""]
        ).map(lambda text: ("answer", text)),
        st.sampled_from([("back", ""), ("skip", ""), ("keep", ""), ("care", "")]),
        st.integers(1, 6).map(lambda number: ("change", str(number))),
    ),
    max_size=20,
)


@settings(max_examples=80, deadline=None)
@given(INPUTS)
def test_whatever_is_typed_the_history_says_what_was_answered(
    inputs: list[tuple[str, str]],
) -> None:
    dialogue = through()
    for what, text in inputs:
        before = {each.finding: each.observation for each in dialogue.answers}
        match what:
            case "answer":
                dialogue.answer(text)
            case "change":
                dialogue.change(int(text))
            case _:
                getattr(dialogue, what)()
        assert set(before) <= {each.finding for each in dialogue.answers}
    history = told(dialogue)
    given = {each.finding: each.observation.parts or {} for each in dialogue.answers}
    now, earlier = given.get(CARE_NOW, {}), given.get(CARE_BEFORE, {})
    for name, status in history.items():
        if status == "never":
            assert now.get(name, "no") == "no"
            assert earlier[name] == "no"
        elif status == "now":
            assert now[name] == "yes"
        else:
            assert earlier[name] == "yes"
    again = record_from_text(dump_record(dialogue.record)).record
    assert again == dialogue.record
