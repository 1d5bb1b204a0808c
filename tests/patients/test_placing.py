"""Where a history puts somebody: what shows a step, how far they walk on, what holds them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from pathways.conditions import KnownValue
from pathways.errors import PathwayError, UnknownNameError
from pathways.patients.place import Place
from pathways.patients.placing import Circumstances, Placer
from pathways.patients.what_if import what_if
from pathways.reading.load import loads
from pathways.records.facts import Absence, Event, Fact, Facts
from pathways.records.record import StatedPlace

DAY = dt.date(2026, 11, 25)
EARLIER = dt.date(2026, 10, 1)
TEXT = """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
concerns: ill
findings:
  ill: {title: illness, type: yes_no, kind: status, question: Ill?}
  sign: {title: a sign, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 1, unit: days}, question: Sign?}
  risk: {title: a risk, type: yes_no, kind: trait, level: urgent, valid_for: {amount: 12, unit: months}, question: Risk?}
  check_result: {title: the result of the check, type: one_of, kind: result, question: What was found?, options: {bad: {title: bad}, clear: {title: clear}}}
  adult: {title: grown up, type: yes_no, kind: trait, question: Grown up?}
  better: {title: better, type: yes_no, kind: status, question: Better?}
  test_value: {title: the value of the test, type: number, kind: result, unit: points, range: [0, 10], step: 1, question: How much?}
  asked_twice: {title: asked twice, type: yes_no, kind: status, question: Twice?}
treatments:
  rest: {title: Rest, category: self_care, what: rest}
  pill: {title: Pill, category: medicine, what: a pill, cautions: [{text: Slowly., when: pill.status == now}]}
  shot: {title: Shot, category: procedure, what: a shot}
tests:
  look: {title: Look, what: a look}
  scan: {title: Scan, what: a scan}
interrupts:
  - {to: help, when: sign, level: emergency, label: Sign}
  - {to: check, when: risk, level: urgent, label: Risk, until: check_result == clear}
start: gate
states:
  gate: {kind: decision, title: Gate, next: [{to: care, when: adult}, {to: elsewhere, when: not adult}]}
  care: {kind: options, title: Care, choose: any, offers: [rest, pill], next: [{to: review}]}
  review: {kind: decision, title: Review, reassess: [better], next: [{to: well, when: better}, {to: testing, when: not better}]}
  testing: {kind: action, category: test, title: Testing, does: [look], yields: [test_value], next: [{to: shots, when: test_value >= 5}, {to: again, when: test_value < 5}]}
  again: {kind: action, category: referral, title: Again, sets: {asked_twice: yes}, next: [{to: review}]}
  shots: {kind: options, title: Shots, offers: [shot, rest], next: [{to: last}]}
  last: {kind: decision, title: Last, next: [{to: well, when: better}, {to: more, when: not better}]}
  more: {kind: link, title: More, pathway: other}
  well: {kind: end, title: Well}
  elsewhere: {kind: end, title: Elsewhere}
  help: {kind: action, category: referral, title: Help, tags: [emergency], does: [scan], yields: [check_result], next: [{to: found}]}
  check: {kind: action, category: test, title: Check, does: [look], yields: [check_result], next: [{to: found}]}
  found: {kind: decision, title: Found, next: [{to: treated, when: check_result == bad}, {to: gate, when: check_result == clear}]}
  treated: {kind: end, title: Treated}
"""


@pytest.fixture(scope="module")
def placer(tmp_path_factory: pytest.TempPathFactory) -> Placer:
    folder = tmp_path_factory.mktemp("pathways")
    other = TEXT.replace("pathway: made-up", "pathway: other").replace(
        "pathway: other}", "pathway: made-up}"
    )
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    return Placer(loads(TEXT, folder=folder))


def facts(
    values: Mapping[str, KnownValue] | None = None,
    events: Mapping[str, tuple[str, dt.date | None]] | None = None,
    absent: Mapping[str, Absence] | None = None,
    on: Mapping[str, dt.date] | None = None,
) -> Facts:
    """Facts of a grown-up without signs, unless they say otherwise."""
    usual: dict[str, KnownValue] = {"adult": True, "sign": False, "risk": False}
    known = {**usual, **(values or {})}
    history: list[Event] = []
    for name, (status, day) in (events or {}).items():
        kind: Any = "test" if name in {"look", "scan"} else "treatment"
        history.append(Event(name, kind, status, day, day))  # type: ignore[arg-type]
        known[f"{name}.status"] = status
    days = on or {}
    return Facts(
        DAY,
        {name: Fact(name, value, days.get(name, DAY)) for name, value in known.items()},
        absent or {},
        tuple(history),
    )


def where(place: Place) -> list[tuple[str, str]]:
    return [(stop.state, stop.how) for stop in place.stops]


def test_without_a_history_one_begins_at_the_start_and_walks_on(placer: Placer) -> None:
    assert where(placer.place(facts())) == [("care", "due")]
    assert placer.place(facts()).stops[0].came_from == ("gate",)


def test_care_under_way_is_walked_past_to_the_question_behind_it(placer: Placer) -> None:
    assert where(placer.place(facts(events={"rest": ("now", None)}))) == [("review", "at")]


def test_care_that_nothing_shows_as_done_is_where_one_stops(placer: Placer) -> None:
    place = placer.place(facts({"better": False}, {"rest": ("now", None)}))
    assert where(place) == [("testing", "due")]
    assert place.stops[0].came_from == ("care", "review")


def test_the_frontmost_step_counts_and_care_beside_it_does_not(placer: Placer) -> None:
    history = {"shot": ("stopped", EARLIER), "rest": ("now", DAY)}
    place = placer.place(facts(events=history))
    assert where(place) == [("last", "at")]
    assert [visit.state for visit in place.visits] == ["care", "shots"]


def test_a_result_shows_the_step_that_gives_it(placer: Placer) -> None:
    place = placer.place(facts({"test_value": Decimal(7)}))
    assert where(place) == [("shots", "due")]
    assert place.visits[0].results == ("test_value",)


def test_a_value_from_before_the_last_event_has_to_be_asked_again(placer: Placer) -> None:
    place = placer.place(
        facts({"better": True}, {"shot": ("stopped", DAY)}, on={"better": EARLIER})
    )
    assert where(place) == [("well", "at")]
    asked_again = placer.place(
        facts({"better": True}, {"rest": ("now", DAY)}, on={"better": EARLIER})
    )
    assert where(asked_again) == [("review", "at")]
    assert {way.provided for way in asked_again.ways} == {"possible"}


def test_in_a_loop_the_latest_day_says_which_step_was_last(placer: Placer) -> None:
    values: dict[str, KnownValue] = {"test_value": Decimal(2), "asked_twice": True}
    again = placer.place(facts(values, on={"test_value": EARLIER, "asked_twice": DAY}))
    assert where(again) == [("review", "at")]
    tested = placer.place(facts(values, on={"test_value": DAY, "asked_twice": EARLIER}))
    assert tested.stops[0].came_from[:1] == ("testing",)


def test_care_from_before_this_episode_is_history_and_no_step(placer: Placer) -> None:
    record = facts(events={"shot": ("stopped", EARLIER)})
    place = placer.place(record, Circumstances(episode_began=DAY))
    assert where(place) == [("care", "due")]
    assert place.visits == ()


def test_a_stated_place_wins_over_the_history(placer: Placer) -> None:
    stated = StatedPlace(pathway="made-up", state="testing")
    place = placer.place(facts({"better": True}, {"shot": ("stopped", DAY)}), Circumstances(stated))
    assert where(place) == [("testing", "due")]
    assert place.is_stated


def test_a_place_stated_in_another_pathway_says_nothing_here(placer: Placer) -> None:
    stated = StatedPlace(pathway="other", state="testing")
    place = placer.place(facts(), Circumstances(stated))
    assert not place.is_stated


def test_an_unknown_stated_place_is_refused_with_the_nearest_names(placer: Placer) -> None:
    stated = StatedPlace(pathway="made-up", state="tesing")
    with pytest.raises(UnknownNameError, match="did you mean 'testing'"):
        placer.place(facts(), Circumstances(stated))


def test_a_sign_wins_over_history_and_stated_place(placer: Placer) -> None:
    stated = StatedPlace(pathway="made-up", state="testing")
    place = placer.place(facts({"sign": True}, {"shot": ("stopped", DAY)}), Circumstances(stated))
    assert where(place) == [("help", "due")]
    assert place.headline == "emergency"


def test_the_work_up_is_walked_through_as_its_results_come(placer: Placer) -> None:
    bad = placer.place(facts({"sign": True, "check_result": "bad"}))
    assert where(bad) == [("treated", "at")]
    old = placer.place(facts({"sign": True, "check_result": "bad"}, on={"check_result": EARLIER}))
    assert where(old) == [("help", "due")]


def test_a_sign_that_stays_after_a_clear_work_up_is_not_walked_past(placer: Placer) -> None:
    place = placer.place(facts({"sign": True, "check_result": "clear"}))
    assert place.headline == "emergency"
    assert place.states[0] in {"help", "found"}


def test_a_risk_is_worked_up_once_and_then_left_in_peace(placer: Placer) -> None:
    open_risk = placer.place(facts({"risk": True}))
    assert where(open_risk) == [("check", "due")]
    assert open_risk.headline == "urgent"
    assert open_risk.interruptions[0].not_cleared == ("check_result",)
    cleared = placer.place(facts({"risk": True, "check_result": "clear"}))
    assert cleared.headline == "here"
    assert where(cleared) == [("care", "due")]


def test_signs_not_asked_about_leave_everything_uncertain_whatever(placer: Placer) -> None:
    place = placer.place(Facts(DAY, {"adult": Fact("adult", True, DAY)}))
    assert place.headline == "check_signs"
    assert place.proviso == ("sign", "risk")
    assert where(place) == [("care", "due")]
    assert [(way.provided, way.whatever) for way in place.ways] == [("certain", "possible")]


def test_a_gate_about_lasting_facts_sends_on_whatever_was_done(placer: Placer) -> None:
    place = placer.place(facts({"adult": False}, {"shot": ("stopped", DAY)}))
    assert where(place) == [("elsewhere", "at")]
    assert place.doubts == ("gate",)
    assert place.headline == "finished"


def test_history_that_the_pathway_does_not_know_is_named(placer: Placer) -> None:
    record = facts(events={"rest": ("now", None)})
    with_more = Facts(DAY, record.known, {}, (*record.events, Event("massage", "treatment", "now")))
    assert placer.place(with_more).elsewhere == ("massage",)


def test_whom_it_concerns_is_decided_exactly(placer: Placer) -> None:
    assert placer.place(facts()).concerns == "possible"
    assert placer.place(facts()).concerns_depends_on == ("ill",)
    assert placer.place(facts({"ill": False})).concerns == "excluded"


def test_values_that_the_pathway_rules_out_for_everybody_are_refused_by_name() -> None:
    placer = Placer(
        loads(
            TEXT.replace("start: gate", "facts: [not (better and ill)]\nstart: gate").replace(
                "kind: link, title: More, pathway: other", "kind: end, title: More"
            )
        )
    )
    with pytest.raises(PathwayError, match="better and ill"):
        placer.place(facts({"better": True, "ill": True}))
    assert placer.place(facts({"better": True})).concerns == "excluded"


def test_questions_put_signs_first_and_leave_in_peace_who_does_not_know(placer: Placer) -> None:
    unknown = Facts(
        DAY,
        {"rest.status": Fact("rest.status", "now", DAY)},
        {},
        (Event("rest", "treatment", "now"),),
    )
    assert [each.finding for each in placer.locate(unknown).questions] == [
        "sign",
        "risk",
        "adult",
        "better",
        "ill",
    ]
    asked = Facts(
        DAY, unknown.known, {"better": "asked_unknown", "ill": "not_asked"}, unknown.events
    )
    assert "better" not in [each.finding for each in placer.locate(asked).questions]


def test_what_cannot_be_had_closes_steps_but_never_urgent_care(placer: Placer) -> None:
    record = facts({"better": False}, {"rest": ("now", None)})
    found = what_if(placer, record, Circumstances(), {"look": "distance"})
    assert where(found.before) == [("testing", "due")]
    assert where(found.after) == [("review", "at")]
    assert found.closed[0].states == ("testing",)
    assert found.closed[0].kept == ("check",)
    assert found.after.ways[1].unavailable == ("look",)
    assert {"testing", "shots", "last"} <= set(found.lost)
    assert found.next_best[0].instead_of == "testing"


@pytest.mark.parametrize("name", ["help", "check", "found", "treated"])
def test_emergency_and_urgent_care_cannot_be_left_out(placer: Placer, name: str) -> None:
    with pytest.raises(PathwayError, match="emergency or urgent care"):
        what_if(placer, facts(), Circumstances(), {name: "not_wanted"})


def test_an_unknown_thing_or_reason_is_refused(placer: Placer) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'shot'"):
        what_if(placer, facts(), Circumstances(), {"shoot": "distance"})
    with pytest.raises(UnknownNameError, match="'not_wanted'"):
        what_if(placer, facts(), Circumstances(), {"shot": "no_want"})


def test_what_a_later_step_would_ask_for(placer: Placer) -> None:
    located = placer.locate(facts(events={"rest": ("now", None)}))
    found = located.prospect("shots")
    assert found.ways == ("review/1", "testing/0")
    assert [(need.finding, need.today, need.found_out_at) for need in found.needs] == [
        ("better", "not_known", ""),
        ("test_value", "found_out_later", "testing"),
    ]
    assert found.is_open


def test_a_trait_closes_a_later_step_for_good(placer: Placer) -> None:
    located = placer.locate(
        facts({"adult": False}), Circumstances(StatedPlace(pathway="made-up", state="gate"))
    )
    found = located.prospect("shots")
    assert not found.is_reachable
    assert not found.is_open
    adult = next(need for need in found.needs if need.finding == "adult")
    assert (adult.today, adult.changes) == ("not_so", "never")


def test_no_way_leads_back_to_a_step_before(placer: Placer) -> None:
    located = placer.locate(facts(events={"shot": ("stopped", None)}))
    found = located.prospect("care")
    assert found.ways == ()
    assert not found.is_reachable
    closed = placer.locate(
        facts(events={"rest": ("now", None)}), Circumstances(unavailable={"look": "distance"})
    )
    assert not closed.prospect("shots").is_reachable


def test_cautions_of_what_is_taken(placer: Placer) -> None:
    taking = placer.place(facts(events={"pill": ("now", None)}))
    assert [(each.about, each.status) for each in taking.cautions] == [("pill", "certain")]
    assert placer.place(facts(events={"pill": ("stopped", None)})).cautions == ()


def test_an_unknown_result_clears_nothing_while_a_risk_is_worked_up(placer: Placer) -> None:
    """``check`` leads on by a result that is not there yet; nobody is walked past it."""
    place = placer.place(facts({"risk": True}))
    assert where(place) == [("check", "due")]
    assert place.interruptions[0].not_cleared == ("check_result",)


def test_a_result_older_than_the_sign_clears_nothing(placer: Placer) -> None:
    said_later = Facts(
        DAY,
        {
            "adult": Fact("adult", True, DAY),
            "sign": Fact("sign", False, DAY),
            "risk": Fact("risk", True, DAY, since=DAY),
            "check_result": Fact("check_result", "clear", EARLIER),
        },
    )
    assert placer.place(said_later).headline == "urgent"
    known = {**said_later.known, "risk": Fact("risk", True, DAY, since=EARLIER)}
    assert placer.place(Facts(DAY, known)).headline == "here"


def test_a_result_from_before_this_episode_clears_nothing_in_it(placer: Placer) -> None:
    record = facts({"risk": True, "check_result": "clear"}, on={"check_result": EARLIER})
    assert placer.place(record).headline == "here"
    assert placer.place(record, Circumstances(episode_began=DAY)).headline == "urgent"


def test_an_urgent_sign_does_not_hide_emergency_signs_nobody_asked_about(placer: Placer) -> None:
    known = {
        "adult": Fact("adult", True, DAY),
        "risk": Fact("risk", True, DAY, since=DAY),
    }
    place = placer.place(Facts(DAY, known))
    assert place.headline == "check_signs"
    assert where(place) == [("check", "due")]
    (question,) = [each for each in placer.locate(Facts(DAY, known)).questions if each.is_emergency]
    assert question.finding == "sign"


def test_a_gate_nobody_answered_is_named_and_asked_first(placer: Placer) -> None:
    known = facts(events={"shot": ("stopped", DAY)})
    unknown = Facts(DAY, {k: v for k, v in known.known.items() if k != "adult"}, {}, known.events)
    located = placer.locate(unknown)
    assert located.place.gates == ("gate",)
    assert located.questions[0].finding == "adult"
    assert located.questions[0].reason == "gate"


def test_an_old_operation_is_history_beside_a_newer_test(placer: Placer) -> None:
    history = {"shot": ("stopped", dt.date(2020, 1, 1)), "look": ("done", DAY)}
    place = placer.place(facts({"test_value": Decimal(2)}, history))
    assert place.stops[0].came_from[:1] == ("testing",)


def test_a_medicine_just_stopped_still_has_its_cautions() -> None:
    text = TEXT.replace(
        "{text: Slowly., when: pill.status == now}",
        "{text: Slowly., when: pill.status == now}, {text: Watch., when: pill.status == stopped}",
    ).replace("kind: link, title: More, pathway: other", "kind: end, title: More")
    placer = Placer(loads(text))
    recent = placer.place(facts(events={"pill": ("stopped", DAY - dt.timedelta(days=3))}))
    assert [(each.about, each.index) for each in recent.cautions] == [("pill", 1)]
    long_ago = placer.place(facts(events={"pill": ("stopped", DAY - dt.timedelta(days=90))}))
    assert long_ago.cautions == ()


def test_what_clashes_is_told_from_what_holds_for_each_alone() -> None:
    text = TEXT.replace(
        "treatments:\n",
        "classes: {pills: {title: pill, cautions: [{text: One., when: any pills now}, {text: Two., when: count_now(pills) >= 2}]}}\ntreatments:\n  drops: {title: Drops, category: medicine, classes: [pills], what: drops}\n",
        1,
    )
    text = text.replace(
        "category: medicine, what: a pill", "category: medicine, classes: [pills], what: a pill"
    )
    text = text.replace("kind: link, title: More, pathway: other", "kind: end, title: More")
    placer = Placer(loads(text))
    both = placer.place(facts(events={"pill": ("now", None), "drops": ("now", None)}))
    clashes = [(each.about, each.index) for each in both.cautions if each.is_clash]
    assert clashes == [("pills", 1)]
    assert both.cautions[0].is_clash
