"""What is said of later steps and of what cannot be had: about the pathway, complete, for both readers."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import pytest

from pathways.conditions.scope import Reader
from pathways.errors import PathwayError, UnknownNameError
from pathways.patients.placing import Circumstances, Located, Placer
from pathways.patients.what_if import what_if
from pathways.reading.load import load, loads
from pathways.records.facts import Fact, Facts
from pathways.reports.prospect import (
    MOST_STEPS,
    ProspectSaid,
    WhatIfSaid,
    prospect_said,
    what_if_said,
)
from pathways.reports.prospect_phrases import PROSPECT_PHRASES
from pathways.reports.prospect_text import prospect_text, what_if_text

DAY = dt.date(2026, 1, 31)
READERS: tuple[Reader, Reader] = ("clinician", "patient")

TOWN = """
format: 1
pathway: town
title: Town
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  alarm: {title: an alarm, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 9, unit: days}, question: "Alarm?", says: there is an alarm}
  born_here: {title: born here, type: yes_no, kind: trait, question: "Born here?", says: you were born here, says_not: you were not born here}
  old_enough: {title: old enough, type: yes_no, kind: status, question: "Old enough?", says: you are old enough}
  result: {title: result, type: yes_no, kind: result, question: "Result?", says: the result is clear}
  wish: {title: wish, type: yes_no, kind: status, question: "Wish?", says: you wish it}
treatments:
  bath: {title: Bath, category: therapy, what: a bath}
  walk: {title: Walk, category: self_care, what: a walk}
tests:
  look: {title: Look, what: a look}
interrupts:
  - {to: help, when: alarm, level: emergency, label: Alarm}
start: begin
states:
  begin:
    kind: decision
    title: Ready?
    choose: any
    next:
      - {to: test, when: old_enough and wish}
      - {to: club, when: born_here}
      - {to: baths}
  test: {kind: action, category: test, title: Look closely, does: [look], yields: [result], next: [{to: after}]}
  after: {kind: decision, title: After, choose: first, next: [{to: goal, when: result}, {to: done, when: else}]}
  baths: {kind: options, title: Baths, offers: [bath, walk], next: [{to: done}]}
  club: {kind: end, title: Club}
  goal: {kind: end, title: Goal}
  help: {kind: action, category: referral, title: Get help, tags: [emergency], next: [{to: safe}]}
  safe: {kind: end, title: Safe}
  done: {kind: end, title: Done}
"""


@lru_cache(maxsize=1)
def town() -> Placer:
    return Placer(loads(TOWN))


def located(values: dict[str, bool], around: Circumstances | None = None) -> Located:
    facts = Facts(DAY, {name: Fact(name, value, DAY) for name, value in values.items()})
    return town().locate(facts, around)


def said(goal: str | int, reader: Reader = "patient", **values: bool) -> ProspectSaid:
    return prospect_said(located(values), goal, reader)


# Later steps.


def test_what_it_is_not_stands_directly_under_the_heading() -> None:
    for reader in READERS:
        found = said("goal", reader)
        for format in ("text", "markdown"):
            blocks = prospect_text(found, format, width=1000).split("\n\n")
            assert blocks[1] == found.caveat
            assert blocks[2] == found.first
        assert found.caveat.startswith(("These are conditions", "This is what the chart asks"))


def test_each_need_is_said_with_how_it_stands_today() -> None:
    found = said("goal", alarm=False, old_enough=False, wish=True)
    assert [(need.finding, need.today) for need in found.needs] == [
        ("old_enough", "not_so"),
        ("wish", "holds"),
        ("result", "found_out_later"),
    ]
    assert [need.today_words for need in found.needs] == [
        "not so today",
        "this is so today",
        "you find out at step 2, Look closely",
    ]
    assert found.needs[2].found_out_at is not None
    assert found.needs[2].found_out_at.state == "test"
    assert [need.asked_at.state for need in found.needs] == ["begin", "begin", "after"]
    assert (found.is_open, found.is_reachable, found.is_here) == (False, True, False)
    assert found.summary == "Step 6 is not an option today. The chart would need:"
    assert [step.state for step in found.way] == ["test", "after", "goal"]


def test_what_is_not_known_closes_nothing() -> None:
    found = said("goal", "clinician", alarm=False)
    assert {need.today for need in found.needs} == {"not_known", "found_out_later"}
    assert found.is_open
    assert found.summary == (
        "Nothing known today closes the way to step 6. The pathway would need:"
    )


@pytest.mark.parametrize("reader", READERS)
def test_a_trait_is_said_to_stay_as_it_is(reader: Reader) -> None:
    found = said("club", reader, alarm=False, born_here=False)
    (need,) = found.needs
    assert need.cannot_change
    assert not found.is_reachable
    assert "cannot change" in found.summary
    marked = PROSPECT_PHRASES["cannot_change"][reader]
    assert f"not so today, {marked}." in " ".join(prospect_text(found).split())
    assert not any(each.cannot_change for each in said("goal", reader).needs)


@pytest.mark.parametrize(
    ("goal", "values", "summary"),
    [
        ("begin", {"alarm": False}, "You are at this step now."),
        ("done", {"alarm": False}, "The chart asks for nothing more on the way to step 9."),
        (
            "help",
            {"alarm": False},
            (
                "This step is for warning signs. It is open at any time, as soon as you have one of "
                "these: there is an alarm."
            ),
        ),
        ("begin", {"alarm": True}, "The chart has no way from step 7 to step 1."),
    ],
)
def test_other_steps_are_said_as_they_stand(
    goal: str, values: dict[str, bool], summary: str
) -> None:
    found = prospect_said(located(values), goal, "patient")
    assert found.summary == summary
    assert found.needs == ()


def test_care_for_a_warning_sign_is_never_said_to_be_closed() -> None:
    found = said("help", alarm=False)
    assert found.signs == ("there is an alarm",)
    assert (found.is_open, found.is_reachable) == (True, True)
    assert found.first == ""


def test_emergency_care_comes_before_any_later_step() -> None:
    assert said("goal", alarm=True).first == "Before all of this: Get help."
    assert said("goal").first == "Before all of this, answer the emergency signs."
    assert "an alarm" in said("goal").proviso
    assert said("goal", alarm=False).first == ""
    assert said("goal", alarm=False).proviso == ""


def test_a_step_that_cannot_be_had_is_said_to_be_closed() -> None:
    around = Circumstances(unavailable={"look": "distance"})
    found = prospect_said(located({"alarm": False}, around), "test", "patient")
    assert found.summary == "Step 2 is closed: you cannot have what it needs."
    assert not found.is_open


def test_where_not_all_ways_were_looked_at_none_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathways.patients.reaching.MOST_WORK", 0)
    found = said("goal", alarm=False)
    assert found.way == ()
    assert found.summary.startswith("We found no way to step 6 for you. There are too many ways")


@pytest.mark.parametrize("reader", READERS)
def test_a_way_that_goes_through_a_closed_step_is_said_to(reader: Reader) -> None:
    around = Circumstances(unavailable={"look": "distance"})
    found = prospect_said(located({"alarm": False}, around), "goal", reader)
    assert "The way to step 6 goes through step 2, Look closely" in found.summary
    assert (found.counts_on, found.needs, found.caveat) == ((), (), "")


def test_what_a_closed_step_would_give_is_named() -> None:
    seen = TOWN.replace(
        "      - {to: baths}", "      - {to: after, when: not wish}\n      - {to: baths}"
    )
    placer = Placer(loads(seen))
    facts = Facts(DAY, {"alarm": Fact("alarm", False, DAY)})
    closed = Circumstances(unavailable={"look": "distance"})
    found = prospect_said(placer.locate(facts, closed), "goal", "patient")
    assert found.counts_on == (
        (
            "This way counts on this: the result is clear. What would show it is closed here: "
            "step 2, Look closely."
        ),
    )
    assert found.counts_on[0] in " ".join(prospect_text(found).split())
    assert prospect_said(placer.locate(facts), "goal", "patient").counts_on == ()


def test_what_a_closed_step_would_take_away_is_no_want_of_it() -> None:
    """Nobody needs a scan to have no recent scan."""
    placer = Placer(load("severe-back-pain"))
    closed = Circumstances(unavailable={"mri": "distance"})
    found = prospect_said(placer.locate(Facts(DAY), closed), "nerve_options", "patient")
    assert "recent_scan" in {need.finding for need in found.needs}
    assert found.counts_on == ()


def test_a_step_goes_by_its_number_too() -> None:
    assert said(6) == said("6") == said("goal")
    with pytest.raises(UnknownNameError, match="gaol"):
        said("gaol")


def test_it_is_said_of_the_pathway_and_never_as_a_target() -> None:
    for reader in READERS:
        text = prospect_text(said("goal", reader, alarm=False, old_enough=False))
        assert {"clinician": "The pathway would need:", "patient": "The chart would need:"}[
            reader
        ] in text
        for word in ("you need to", "you must", "you should", "your goal", "in order to"):
            assert word not in text.lower()
        caveat = " ".join(text.split())
        assert "not targets for the person" in caveat or "not a goal for you" in caveat


# What cannot be had.


def left(without: dict[str, str], reader: Reader = "patient") -> WhatIfSaid:
    facts = Facts(DAY, {"alarm": Fact("alarm", False, DAY)})
    found = what_if(town(), facts, Circumstances(), without)
    return what_if_said(town().pathway, found, reader)


def test_what_closes_is_said_with_the_reason() -> None:
    found = left({"look": "not_covered"})
    (only,) = found.without
    assert [step.state for step in only.closes] == ["test"]
    assert only.words == "This closes step 2, Look closely."
    assert only.why_words == "your insurance does not pay for it"
    assert [step.state for step in found.lost] == ["test", "after", "goal"]
    assert found.place_words == "You stay where you are: step 1, Ready?"
    (best,) = found.next_best
    assert best.instead_of == "test"
    assert best.words == (
        "Instead of step 2, Look closely, at step 1, you could have: step 4, Baths; and step 5, Club."
    )


def test_what_a_panel_no_longer_offers_closes_no_step() -> None:
    (only,) = left({"bath": "distance"}).without
    assert only.closes == ()
    assert [step.state for step in only.no_longer_at] == ["baths"]
    assert only.words == "It is no longer on offer at step 4, Baths."


def test_what_the_pathway_does_not_need_closes_nothing() -> None:
    unused = TOWN.replace("offers: [bath, walk]", "offers: [bath]")
    placer = Placer(loads(unused))
    found = what_if(placer, Facts(DAY), Circumstances(), {"walk": "distance"})
    (only,) = what_if_said(placer.pathway, found).without
    assert only.words == "No step of this chart closes with it."


def test_where_nothing_is_left_that_is_said() -> None:
    at_test = Circumstances(unavailable={})
    facts = Facts(DAY, {"alarm": Fact("alarm", False, DAY)})
    found = what_if(
        town(), facts, at_test, {"test": "distance", "baths": "distance", "club": "distance"}
    )
    words = [each.words for each in what_if_said(town().pathway, found).next_best]
    assert words
    assert all("has nothing else at step 1" in each for each in words)


def test_emergency_care_stays() -> None:
    with pytest.raises(PathwayError, match="cannot be left out"):
        left({"help": "distance"})


@pytest.mark.parametrize("reader", READERS)
def test_of_many_lost_steps_the_first_are_named_and_the_rest_counted(reader: Reader) -> None:
    placer = Placer(load("severe-back-pain"))
    without = {"more_therapies": "not_offered"}
    facts = Facts(DAY)
    around = Circumstances()
    found = what_if(placer, facts, around, without)
    told = what_if_said(placer.pathway, found, reader)
    assert len(told.lost) == len(found.lost)
    assert len(told.lost) > MOST_STEPS
    assert told.lost_words.endswith(f"; and {len(told.lost) - MOST_STEPS} more steps.")
    named = [each for each in told.lost if f"step {each.number}, {each.title};" in told.lost_words]
    assert named == list(told.lost[:MOST_STEPS])


def test_what_is_only_supposed_has_no_reason() -> None:
    found = what_if(
        town(), Facts(DAY), Circumstances(), {"look": "not_offered", "bath": "distance"}
    )
    told = what_if_said(town().pathway, found, "patient", ["look"])
    assert {each.what: each.why for each in told.without} == {
        "bath": "distance",
        "look": "supposed",
    }
    text = what_if_text(told)
    assert "- Bath: It is too far away. It is no longer" in text
    assert "- Look: This closes" in text
    assert text.startswith("If you cannot have")
    only = what_if(town(), Facts(DAY), Circumstances(), {"look": "not_offered"})
    assert what_if_text(what_if_said(town().pathway, only, "patient", ["look"])).startswith(
        "If you could not have look\n"
    )


# Text.


@pytest.mark.parametrize("reader", READERS)
def test_text_and_markdown_hold_all_of_it(reader: Reader) -> None:
    found = said("goal", reader, alarm=False)
    gone = left({"look": "distance", "bath": "not_wanted"}, reader)
    for format in ("text", "markdown"):
        text = " ".join(prospect_text(found, format, width=70).split())
        assert all(need.today_words in text for need in found.needs)
        assert [found.summary in text, found.way_words in text, found.caveat in text] == [True] * 3
        text = " ".join(what_if_text(gone, format, width=70).split())
        assert all(each.words in text for each in gone.without)
        assert all(each.words in text for each in gone.next_best)
        assert gone.lost_words in text
        assert gone.place_words in text
    assert prospect_text(found, "markdown").startswith("## ")


def test_lines_of_text_are_no_wider_than_asked() -> None:
    text = prospect_text(said("goal"), width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert "?." not in text


def test_both_readers_have_every_phrase_with_the_same_blanks() -> None:
    import re

    for key, words in PROSPECT_PHRASES.items():
        blanks = [sorted(re.findall(r"{\w+}", words[reader])) for reader in READERS]
        assert blanks[0] == blanks[1], key
