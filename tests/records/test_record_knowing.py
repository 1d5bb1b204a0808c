"""What is known on a day: which observation counts, what expires, what goes on, what is computed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.errors import ConditionError, PathwayError, UnknownNameError
from pathways.model.findings import Duration
from pathways.records.dates import add_months, earliest, is_older, latest, months_between
from pathways.records.facts import Facts
from pathways.records.knowing import facts_of
from pathways.records.reading import record_from_dict
from pathways.records.record import PatientRecord
from pathways.records.vocabulary import vocabulary_of
from tests.records.files.words import WORDS


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def known(findings: dict[str, Any], on: str, recorded: str | None = None, **more: Any) -> Facts:
    data = {"record": "x", "findings": findings, **more}
    if recorded:
        data["recorded"] = recorded
    return facts_of(record_from_dict(data).record, WORDS, day(on))


def said(value: Any, on: str) -> dict[str, Any]:
    key = (
        "absent" if value in ("not_asked", "asked_unknown", "not_performed", "unknown") else "value"
    )
    return {key: value, "on": on}


NO, YES, UNSURE = False, True, "asked_unknown"

SERIES: list[tuple[str, list[tuple[Any, str]], str, Any]] = [
    # finding, observations, day asked, value or reason for absence
    ("pain_now", [(7, "2026-10-01"), (5, "2026-11-01")], "2026-11-20", 5),
    ("pain_now", [(5, "2026-11-01"), (7, "2026-10-01")], "2026-11-20", 5),
    ("pain_now", [(7, "2026-10-01"), (5, "2026-11-01")], "2026-10-15", 7),
    ("pain_now", [(7, "2026-10-01")], "2026-09-30", "not_asked"),
    ("pain_now", [(7, "2026-10-01"), ("unknown", "2026-11-01")], "2026-11-20", "unknown"),
    ("pain_baseline", [(7, "2026-10-01"), ("unknown", "2026-11-01")], "2026-11-20", 7),
    ("watch_sign", [(NO, "2026-11-01")], "2026-11-11", False),
    ("watch_sign", [(NO, "2026-11-01")], "2026-11-12", "expired"),
    ("watch_sign", [(YES, "2020")], "2026-11-12", True),
    ("watch_sign", [(NO, "2026-11")], "2026-11-11", False),
    ("watch_sign", [(NO, "2026-11")], "2026-11-12", "expired"),
    ("trait_sign", [(NO, "2020")], "2026-11-12", "expired"),
    ("watch_sign", [(UNSURE, "2026-11-01")], "2026-11-12", True),
    ("watch_sign", [(NO, "2026-11-11"), (UNSURE, "2026-11-12")], "2026-11-12", True),
    ("trait_sign", [(NO, "2026-11-11"), (UNSURE, "2026-11-12")], "2026-11-12", True),
    ("watch_sign", [(UNSURE, "2026-11-11"), (NO, "2026-11-12")], "2026-11-12", False),
    ("watch_sign", [(UNSURE, "2026-11-10"), ("not_asked", "2026-11-11")], "2026-11-12", True),
    ("watch_sign", [(YES, "2026-11-01"), (NO, "2026-11-11")], "2026-11-12", False),
    ("watch_sign", [(YES, "2026-11-01"), ("not_asked", "2026-11-11")], "2026-11-12", True),
    ("watch_sign", [(NO, "2026-11-10"), ("not_asked", "2026-11-11")], "2026-11-12", "not_asked"),
    ("trait_sign", [(NO, "2026-11-10"), ("not_asked", "2026-11-11")], "2026-11-12", False),
    ("watch_sign", [(YES, "2026-11"), (NO, "2026-11-05")], "2026-11-12", True),
    ("watch_sign", [(YES, "2026-10"), (NO, "2026-11-05")], "2026-11-12", False),
    ("word_sign", [("calm", "2026-11-01")], "2026-11-12", "expired"),
    ("word_sign", [("calm", "2026-11-01")], "2026-11-02", "calm"),
    ("word_sign", [("alarming", "2020")], "2026-11-12", "alarming"),
    ("word_sign", [(UNSURE, "2026-11-12")], "2026-11-12", "alarming"),
    ("graded_sign", [(UNSURE, "2026-11-12")], "2026-11-12", "grave"),
    ("word_sign", [(UNSURE, "2026-11-11"), ("calm", "2026-11-12")], "2026-11-12", "calm"),
    ("part_sign", [(UNSURE, "2026-11-12")], "2026-11-12", {"alarming": True, "none": False}),
    ("part_sign", [(["calm"], "2020")], "2026-11-12", {"calm": True, "none": False}),
    ("part_sign", [(["none"], "2020")], "2026-11-12", {"calm": False}),
    ("rf_infection_risk", [(["none"], "2020")], "2026-11-12", "expired"),
]


@pytest.mark.parametrize(("finding", "series", "on", "expected"), SERIES)
def test_which_observation_counts(
    finding: str, series: list[tuple[Any, str]], on: str, expected: Any
) -> None:
    facts = known({finding: [said(*each) for each in series]}, on)
    found = facts.values.get(finding, facts.absence(finding))
    assert found == expected
    assert type(found) is not bool or type(expected) is bool


def test_a_presumed_sign_is_marked_and_a_known_one_is_not() -> None:
    unsure = known({"watch_sign": said(UNSURE, "2026-11-01")}, "2026-11-20").known["watch_sign"]
    assert (unsure.value, unsure.presumed, unsure.on) == (True, True, day("2026-11-01"))
    series = [said(YES, "2026-10-01"), said(UNSURE, "2026-11-01")]
    sure = known({"watch_sign": series}, "2026-11-20").known["watch_sign"]
    assert (sure.presumed, sure.on) == (False, day("2026-10-01"))


SINCE: list[tuple[str, list[tuple[Any, str]], str | None]] = [
    # finding, observations, day from which the sign has been there
    ("watch_sign", [(YES, "2026-10-01"), (YES, "2026-11-01")], "2026-10-01"),
    ("watch_sign", [(YES, "2026-08-01"), (NO, "2026-10-01"), (YES, "2026-11-01")], "2026-11-01"),
    ("watch_sign", [(YES, "2026-10-01"), ("not_asked", "2026-11-01")], "2026-10-01"),
    ("watch_sign", [(UNSURE, "2026-10-01"), (YES, "2026-11-01")], "2026-10-01"),
    ("watch_sign", [(UNSURE, "2026-10-01")], "2026-10-01"),
    ("watch_sign", [(NO, "2026-10-01"), (UNSURE, "2026-11-01")], "2026-11-01"),
    ("watch_sign", [(YES, "2026-10-01"), (NO, "2026-11-19")], None),
    ("word_sign", [("alarming", "2026-10-01"), ("alarming", "2026-11-01")], "2026-10-01"),
    ("pain_now", [(7, "2026-10-01")], None),
    ("rf_infection_risk", [(["recent_infection"], "2026-10-01")], "2026-10-01"),
    (
        "rf_infection_risk",
        [
            (["recent_infection"], "2026-08-01"),
            (["recent_infection", "urine_infection"], "2026-11-01"),
        ],
        "2026-11-01",
    ),
    (
        "rf_infection_risk",
        [
            (["recent_infection", "urine_infection"], "2026-08-01"),
            (["urine_infection"], "2026-11-01"),
        ],
        "2026-08-01",
    ),
]


@pytest.mark.parametrize(("finding", "series", "since"), SINCE)
def test_a_sign_has_been_there_since_the_first_yes_after_the_last_no(
    finding: str, series: list[tuple[Any, str]], since: str | None
) -> None:
    facts = known({finding: [said(*each) for each in series]}, "2026-11-20")
    assert facts.known[finding].since == (day(since) if since else None)


def test_a_part_of_which_a_later_answer_says_nothing_has_been_there_all_the_time() -> None:
    series = [
        {"parts": {"recent_infection": True}, "on": "2026-10-01"},
        {"parts": {"urine_infection": False}, "on": "2026-11-01"},
    ]
    fact = known({"rf_infection_risk": series}, "2026-11-02").known["rf_infection_risk"]
    assert fact.since == day("2026-10-01")


def test_a_sign_without_a_day_is_there_since_the_day_that_is_asked_for() -> None:
    fact = known({"watch_sign": YES}, "2026-11-20").known["watch_sign"]
    assert (fact.on, fact.since) == (None, day("2026-11-20"))


def test_a_sign_of_which_a_later_answer_says_nothing_stays() -> None:
    series = [
        {"parts": {"recent_infection": True}, "on": "2026-10-01"},
        {"parts": {"urine_infection": False}, "on": "2026-11-01"},
    ]
    value = known({"rf_infection_risk": series}, "2026-11-02").values["rf_infection_risk"]
    assert value == {"urine_infection": False, "recent_infection": True, "none": False}
    series.append({"parts": {"recent_infection": False}, "on": "2026-11-02"})
    value = known({"rf_infection_risk": series}, "2026-11-02").values["rf_infection_risk"]
    assert value == {"recent_infection": False}


def test_values_without_a_day_are_of_the_day_of_the_record() -> None:
    assert known({"watch_sign": NO}, "2026-11-20", "2026-11-01").absence("watch_sign") == "expired"
    assert (
        known({"watch_sign": NO}, "2026-10-31", "2026-11-01").absence("watch_sign") == "not_asked"
    )
    assert known({"watch_sign": NO}, "2026-11-20").values == {"watch_sign": False}


TIMES = [
    # finding, value, day said, day asked, value then
    ("pain_duration_weeks", "12", "2026-11-01", "2026-11-02", "12.1"),
    ("pain_duration_weeks", "12", "2026-11-01", "2026-11-15", "14"),
    ("pain_duration_weeks", "12", "2026-11", "2026-11-15", "12"),
    ("pain_duration_weeks", "12", "2026-11", "2026-12-14", "14"),
    ("pain_duration_weeks", "2599", "2026-01", "2026-12-14", "2600"),
    ("rf_onset_days", "3", "2026-11-01", "2026-11-15", "17"),
    ("age", "50", "2026-01-15", "2027-01-14", "50"),
    ("age", "50", "2026-01-15", "2027-01-15", "51"),
    ("age", "50", "2026", "2027-12-30", "50"),
    ("age", "119.5", "2020", "2027-12-30", "120"),
    ("half_years", "2", "2026-01-01", "2026-06-30", "2"),
    ("half_years", "2", "2026-01-01", "2026-07-01", "2.5"),
    ("months_ill", "2", "2026-01-31", "2026-02-28", "3"),
    ("hours_ill", "2", "2026-01-01", "2026-01-02", "26"),
    ("trial_extensions", "2", "2026-01-01", "2026-12-02", "2"),
    ("pain_now", "2", "2026-01-01", "2026-12-02", "2"),
]


@pytest.mark.parametrize(("finding", "value", "on", "asked", "then"), TIMES)
def test_times_go_on_with_the_calendar(
    finding: str, value: str, on: str, asked: str, then: str
) -> None:
    fact = known({finding: said(value, on)}, asked).known[finding]
    assert fact.value == Decimal(then)
    assert fact.origin == "stated"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 400))
def test_a_time_is_never_overstated_and_never_goes_back(begin: dt.date, days: int) -> None:
    end = begin + dt.timedelta(days)
    fact = known({"pain_duration_weeks": said("3", begin.isoformat())}, end.isoformat())
    value = fact.values["pain_duration_weeks"]
    assert isinstance(value, Decimal)
    assert 3 + Decimal(days) / 7 - Decimal("0.1") < value <= 3 + Decimal(days) / 7
    months = months_between(begin, end)
    assert add_months(begin, months) <= end < add_months(begin, months + 1) + dt.timedelta(3)


@given(st.sampled_from(["2024", "2023", "2024-02", "2023-02", "2024-12", "2024-02-29"]))
def test_a_date_in_part_has_a_first_and_a_last_day(text: str) -> None:
    first, last = earliest(text), latest(text)
    assert first <= last
    assert first.isoformat().startswith(text)
    assert last.isoformat().startswith(text)
    after = last + dt.timedelta(1)
    assert not after.isoformat().startswith(text)


DERIVED = [
    ({"pain_now": 6, "pain_before": 8}, "pain_change", "-25"),
    ({"pain_now": 9, "pain_before": 7}, "pain_change", "28"),
    ({"pain_now": 5, "pain_before": 7}, "pain_change", "-28"),
    ({"pain_now": 5, "pain_before": 0}, "pain_change", None),
    ({"pain_now": 5}, "pain_change", None),
    ({"pain_now": 5, "pain_before": 7}, "pain_points_less", "2"),
    ({"pain_now": 5, "pain_before": 7}, "change_of_change", "0"),
    ({"weight": 80, "height": 200}, "mass_index", "20"),
    ({"weight": 80, "height": 0}, "mass_index", None),
    ({"weight": 1000, "height": 1}, "mass_index", None),
    ({"days_since_a": 28, "days_since_b": 7}, "weeks_a_to_b", "3"),
    ({"days_since_a": 7, "days_since_b": 28}, "weeks_a_to_b", "-3"),
    ({"days_since_a": 730.5, "days_since_b": 0}, "years_a_to_b", "2"),
]


@pytest.mark.parametrize(("findings", "name", "expected"), DERIVED)
def test_derived_findings(findings: dict[str, Any], name: str, expected: str | None) -> None:
    facts = known(findings, "2026-11-20", "2026-11-20")
    if expected is None:
        assert name not in facts.known
        assert facts.absence(name) == "not_asked"
    else:
        assert facts.values[name] == Decimal(expected)
        assert facts.known[name].origin == "derived"


def test_a_derived_finding_is_as_old_as_its_oldest_input() -> None:
    findings = {"pain_now": said(6, "2026-11-01"), "pain_before": said(8, "2026-01-01")}
    assert known(findings, "2026-11-20").known["pain_change"].on == day("2026-01-01")


def test_what_was_stated_otherwise_than_computed() -> None:
    findings = {"pain_now": 6, "pain_before": 8, "pain_change": -20}
    with pytest.raises(
        PathwayError, match=r"'pain_change' is -20 .* but -25 when computed from pain_now 6"
    ):
        known(findings, "2026-11-20")
    assert known({**findings, "pain_change": -25}, "2026-11-20").values["pain_change"] == -25
    alone = known({"pain_change": -20}, "2026-11-20").known["pain_change"]
    assert (alone.value, alone.origin) == (Decimal(-20), "stated")


def test_unchecked_records_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="no finding 'rf_fevr'; did you mean 'rf_fever'"):
        known({"rf_fevr": NO}, "2026-11-20")
    with pytest.raises(ConditionError, match="goes from 0 to 10"):
        known({"pain_now": 11}, "2026-11-20")


def test_facts_are_sorted_and_do_not_depend_on_the_order_of_the_record() -> None:
    first = known({"pain_now": 1, "age": 2}, "2026-11-20")
    second = known({"age": 2, "pain_now": 1}, "2026-11-20")
    assert list(first.known) == list(second.known) == ["age", "pain_now"]


@pytest.mark.parametrize(
    ("amount", "unit", "last_day"),
    [("1", "months", "2026-11-12"), ("1", "years", "2027-10-12"), ("3", "weeks", "2026-11-02")],
)
def test_an_answer_is_valid_through_its_last_day(amount: str, unit: str, last_day: str) -> None:
    valid_for = Duration(amount=amount, unit=unit)
    assert not is_older(day("2026-10-12"), valid_for, day(last_day))
    assert is_older(day("2026-10-12"), valid_for, day(last_day) + dt.timedelta(days=1))


def test_a_trait_was_there_before_it_was_written_down() -> None:
    """Only a day of its own says that a history of cancer came after a check."""
    undated = PatientRecord(
        record="x", recorded="2026-11-20", findings={"rf_cancer_history": "yes"}
    )
    dated = PatientRecord(
        record="x", findings={"rf_cancer_history": {"value": "yes", "on": "2026-11-20"}}
    )
    day = dt.date(2026, 11, 25)
    assert facts_of(undated, vocabulary_of(), day).known["rf_cancer_history"].since is None
    assert facts_of(dated, vocabulary_of(), day).known["rf_cancer_history"].since == dt.date(
        2026, 11, 20
    )
