"""Observations as findings: every sort of value, units, reasons for absence, and what is not guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.fhir.made import (
    LOINC,
    UCUM,
    bundle,
    concept,
    findings,
    history,
    observation,
    read,
    why_not,
)

ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
V2_0136 = "http://terminology.hl7.org/CodeSystem/v2-0136"
SNOMED_CT = "http://snomed.info/sct"


def quantity(value: Any, code: str, **more: Any) -> dict[str, Any]:
    return {"valueQuantity": {"value": value, "system": UCUM, "code": code, **more}}


def only(found: dict[str, Any], name: str) -> dict[str, Any]:
    assert list(found) == [name]
    (value,) = found[name]
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("code", "given_value", "name", "expected"),
    [
        ("swollen", {"valueBoolean": True}, "swollen", {"value": "yes"}),
        ("swollen", {"valueBoolean": False}, "swollen", {"value": "no"}),
        ("swollen", {"valueString": "no"}, "swollen", {"value": "no"}),
        ("infected", {"valueBoolean": True}, "infected", {"value": "yes"}),
        ("swollen", {"valueCodeableConcept": concept("swollen")}, "swollen", {"value": "yes"}),
        ("score", {"valueInteger": 7}, "knee_score", {"value": "7"}),
        ("score", quantity(7.5, "{score}"), "knee_score", {"value": "7.5"}),
        ("score", quantity(7, "1"), "knee_score", {"value": "7"}),
        ("score", {"valueQuantity": {"value": 7}}, "knee_score", {"value": "7"}),
        ("better", quantity(40, "%"), "better_by", {"value": "40"}),
        ("weeks", quantity(12, "wk"), "weeks_sore", {"value": "12"}),
        ("months", quantity(3, "mo"), "months_on", {"value": "3"}),
        ("weeks", {"valueQuantity": {"value": 2, "unit": "week"}}, "weeks_sore", {"value": "2"}),
        ("side", {"valueCodeableConcept": concept("L")}, "side", {"value": "left"}),
        ("side", {"valueString": "right"}, "side", {"value": "right"}),
        ("L", {"valueBoolean": True}, "side", {"value": "left"}),
        ("places", {"valueCodeableConcept": concept("cap")}, "places", {"parts": {"cap": "yes"}}),
        ("places", {"valueCodeableConcept": concept("no-place")}, "places", {"value": "none"}),
        ("cap", {"valueBoolean": False}, "places", {"parts": {"cap": "no"}}),
    ],
)
def test_each_sort_of_value(
    code: str, given_value: dict[str, Any], name: str, expected: dict[str, Any]
) -> None:
    found = findings(observation(code, **given_value))
    assert only(found, name) == {**expected, "on": "2026-10-01"}


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        (V2_0136, "Y", "yes"),
        (V2_0136, "N", "no"),
        (SNOMED_CT, "373066001", "yes"),
        (SNOMED_CT, "373067005", "no"),
        (LOINC, "LA33-6", "yes"),
        (LOINC, "LA32-8", "no"),
    ],
)
def test_a_coded_yes_or_no(system: str, code: str, expected: str) -> None:
    found = findings(observation("swollen", valueCodeableConcept=concept(code, system=system)))
    assert only(found, "swollen")["value"] == expected


@pytest.mark.parametrize(
    ("code", "value", "unit", "name", "expected"),
    [
        ("weeks", 14, "d", "weeks_sore", "2"),
        ("weeks", 84, "h", "weeks_sore", "0.5"),
        ("days", 3, "wk", "days_off", "21"),
        ("days", 48, "h", "days_off", "2"),
        ("hours", 2, "d", "hours_rested", "48"),
        ("hours", 0.5, "d", "hours_rested", "12"),
    ],
)
def test_hours_days_and_weeks_are_converted_exactly(
    code: str, value: float, unit: str, name: str, expected: str
) -> None:
    assert only(findings(observation(code, **quantity(value, unit))), name)["value"] == expected


@pytest.mark.parametrize(
    ("code", "given_value", "reason"),
    [
        ("weeks", quantity(10, "d"), "10 d is no exact number of weeks"),
        ("weeks", quantity(3, "mo"), "it is in mo, not in weeks, and is not converted"),
        ("months", quantity(8, "wk"), "it is in wk, not in months, and is not converted"),
        ("months", quantity(1, "a"), "it is in a, not in months, and is not converted"),
        ("better", quantity(0.4, "1"), "it is in 1, not in percent, and is not converted"),
        ("score", quantity(70, "%"), "it is in %, not in points, and is not converted"),
        ("score", quantity(70, "mm"), "it is in mm, not in points, and is not converted"),
        ("weeks", {"valueQuantity": {"value": 3}}, "its unit is not given, and no UCUM code"),
        (
            "weeks",
            {"valueQuantity": {"value": 3, "unit": "wk"}},
            "its unit is wk, and no UCUM code",
        ),
        (
            "weeks",
            {"valueQuantity": {"value": 3, "code": "wk"}},
            "its unit is no UCUM code",
        ),
        (
            "weeks",
            {"valueQuantity": {"value": 3, "system": "http://example.org/units", "code": "wk"}},
            "its unit is no UCUM code",
        ),
        ("weeks", quantity(3, "wk", comparator=">"), "'>' is no exact number"),
        ("weeks", {"valueQuantity": {"unit": "week"}}, "its quantity has no number"),
        ("weeks", {"valueInteger": 3}, "a whole number without a unit cannot be a number of weeks"),
        ("swollen", quantity(1, "1"), "a quantity cannot be a value of it"),
        ("score", {"valueString": "7"}, "its value is free text"),
        ("side", {"valueString": "Left"}, "its value is free text"),
        ("swollen", {"valueString": "no, not today"}, "its value is free text"),
        ("score", {"valueRange": {"low": {"value": 1}}}, "valueRange is not read"),
        ("score", {"valueBoolean": True}, "a yes or no is no value of 'knee_score'"),
        (
            "side",
            {"valueCodeableConcept": concept("up")},
            "no value of 'side' has this code: up up",
        ),
        (
            "swollen",
            {"valueCodeableConcept": concept("maybe")},
            "its value is no yes and no no: maybe maybe",
        ),
        ("score", {"valueCodeableConcept": concept("7")}, "its value is not understood: 7 7"),
        ("L", {"valueBoolean": False}, "which value it has instead of left is not known"),
        ("change", {"valueInteger": 2}, "'change' is computed from others, never stated"),
        ("swollen", {}, "it has no value"),
        ("swollen", {"valueBoolean": True, "valueString": "yes"}, "it has several values"),
        (
            "swollen",
            {"valueBoolean": True, "dataAbsentReason": concept("unknown", system=ABSENT)},
            "it has a value and a reason for none",
        ),
    ],
)
def test_nothing_is_guessed(code: str, given_value: dict[str, Any], reason: str) -> None:
    assert why_not(observation(code, **given_value)) == [reason]


def test_a_number_that_the_finding_cannot_have_is_left_out() -> None:
    (reason,) = why_not(observation("score", valueInteger=11))
    assert "knee_score" in reason
    assert "10" in reason
    assert why_not(observation("days", **quantity(1.5, "d"))) != []
    assert why_not(observation("score", **quantity(Decimal("1e90"), "1"))) == [
        "its number has more than 15 digits"
    ]


def test_a_no_to_one_of_several_codes_is_no_answer() -> None:
    reason = "a no to one of several codes is no answer to the whole finding"
    assert why_not(observation("abscess", valueBoolean=False)) == [reason]
    assert why_not(observation("shin", valueBoolean=False)) == [reason]
    coded = concept("N", system=V2_0136)
    assert why_not(observation("infected", valueCodeableConcept=coded)) == [reason]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("unknown", "unknown"),
        ("asked-unknown", "asked_unknown"),
        ("temp-unknown", "unknown"),
        ("not-asked", "not_asked"),
        ("asked-declined", "unknown"),
        ("not-performed", "not_performed"),
    ],
)
def test_a_reason_for_absence(code: str, expected: str) -> None:
    reason = concept(code, system=ABSENT)
    found = only(findings(observation("swollen", dataAbsentReason=reason)), "swollen")
    assert found == {"absent": expected, "on": "2026-10-01"}


@pytest.mark.parametrize("code", ["masked", "not-applicable", "error", "as-text", "new-word"])
def test_other_reasons_for_absence_are_listed(code: str) -> None:
    for_one_value = observation("cap", dataAbsentReason=concept("unknown", system=ABSENT))
    assert why_not(for_one_value)[0].startswith("one value has a reason for absence")
    (reason,) = why_not(observation("swollen", dataAbsentReason=concept(code, system=ABSENT)))
    assert reason.startswith("a record has no such reason for absence")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"effectiveDateTime": "2026-10"}, "2026-10"),
        ({"effectiveDateTime": "2026"}, "2026"),
        ({"effectiveDateTime": "2026-10-01T23:59:59.5-05:00"}, "2026-10-01"),
        ({"effectiveDateTime": None, "effectiveInstant": "2026-10-03T08:00:00Z"}, "2026-10-03"),
        (
            {
                "effectiveDateTime": None,
                "effectivePeriod": {"start": "2026-09-01", "end": "2026-09-08"},
            },
            "2026-09-08",
        ),
        ({"effectiveDateTime": None, "effectivePeriod": {"start": "2026-09-01"}}, "2026-09-01"),
        ({"effectiveDateTime": None, "issued": "2026-10-02T08:00:00Z"}, "2026-10-02"),
    ],
)
def test_the_day_of_an_observation(days: dict[str, Any], expected: str) -> None:
    found = findings(observation("swollen", valueBoolean=True, **days))
    assert only(found, "swollen")["on"] == expected


def test_a_value_without_a_day_would_count_as_today() -> None:
    (reason,) = why_not(observation("swollen", valueBoolean=False, effectiveDateTime=None))
    assert reason.startswith("its day is not known")
    (reason,) = why_not(
        observation("swollen", valueBoolean=False, effectiveTiming={"event": ["2026-01-01"]})
    )
    assert reason == "its day is a timing, which is not read"


@pytest.mark.parametrize("status", ["final", "amended", "corrected"])
def test_a_status_that_holds(status: str) -> None:
    assert findings(observation("swollen", valueBoolean=True, status=status))


@pytest.mark.parametrize(
    "status", ["registered", "preliminary", "cancelled", "entered-in-error", "unknown", "new"]
)
def test_a_status_that_does_not_hold(status: str) -> None:
    found = observation("swollen", valueBoolean=True, status=status)
    assert why_not(found) == [f"its status is {status}"]


def test_a_body_site_narrows_what_the_code_says() -> None:
    for key in ("bodySite", "focus"):
        (reason,) = why_not(observation("score", valueInteger=3, **{key: [concept("elbow")]}))
        assert key in reason


def test_components_of_a_panel_are_findings_of_their_own() -> None:
    panel = observation(
        "some-panel",
        component=[
            {"code": concept("score"), "valueInteger": 4},
            {"code": concept("swollen"), "valueBoolean": True},
            {"code": concept("mood"), "valueInteger": 2},
        ],
    )
    found = read(panel)
    assert found.data["findings"] == {
        "knee_score": [{"value": "4", "on": "2026-10-01"}],
        "swollen": [{"value": "yes", "on": "2026-10-01"}],
    }
    (left,) = found.not_understood
    assert (left.code, left.where) == ("mood mood", "entry[0].resource.component[2]")
    assert left.why == "no finding or test has this code"


def test_components_of_a_several_of_finding_become_one_observation() -> None:
    panel = observation(
        "places",
        component=[
            {"code": concept("cap"), "valueBoolean": False},
            {"code": concept("shin"), "valueBoolean": True},
        ],
    )
    found = only(findings(panel), "places")
    assert found == {"parts": {"cap": "no", "shin": "yes"}, "on": "2026-10-01"}


def test_two_observations_are_a_series_and_the_same_twice_is_one() -> None:
    found = findings(
        observation("score", valueInteger=3, effectiveDateTime="2026-10-02"),
        observation("score", valueInteger=8, effectiveDateTime="2026-09-01"),
        observation("score", valueInteger=3, effectiveDateTime="2026-10-02"),
    )
    assert found == {
        "knee_score": [{"value": "8", "on": "2026-09-01"}, {"value": "3", "on": "2026-10-02"}]
    }


def test_the_code_of_a_test_says_that_it_was_done() -> None:
    found = observation("blood", valueQuantity={"value": 3, "unit": "mg/L"})
    assert history(found) == {"tests": [{"test": "blood", "on": "2026-10-01"}]}
    panel = observation("blood", component=[{"code": concept("score"), "valueInteger": 4}])
    assert read(panel).data["history"] == {"tests": [{"test": "blood", "on": "2026-10-01"}]}
    absent = observation("blood", dataAbsentReason=concept("not-performed", system=ABSENT))
    assert why_not(absent) == ["the test has no result; whether it was ever done is not known"]


def test_codes_that_mean_two_things_are_left_out() -> None:
    two = observation("score", valueInteger=3) | {"code": concept("score", "weeks")}
    assert why_not(two) == ["its codes mean several things: knee_score, weeks_sore"]
    chosen = observation("side", valueCodeableConcept=concept("L", "R"))
    assert why_not(chosen) == ["its value means several things: left, right"]


def test_a_code_counts_only_together_with_its_system() -> None:
    other = observation("score", valueInteger=3) | {"code": concept("score", system=LOINC)}
    assert why_not(other) == ["no finding or test has this code"]
    none = observation("score", valueInteger=3) | {"code": {"text": "score"}}
    (left,) = read(none).not_understood
    assert left.code == "score"


@given(st.integers(0, 500), st.sampled_from(["h", "d", "wk"]))
def test_a_converted_time_is_the_same_time_or_none(value: int, unit: str) -> None:
    hours = {"h": 1, "d": 24, "wk": 168}
    found = read(observation("days", **quantity(value, unit)))
    if found.not_understood:
        days = Decimal(value * hours[unit]) / 24
        assert days != days.to_integral_value() or days > 500
    else:
        (said,) = found.data["findings"]["days_off"]
        assert Decimal(said["value"]) * 24 == value * hours[unit]


def test_the_order_of_the_resources_changes_nothing() -> None:
    resources = [
        observation("score", valueInteger=3),
        observation("swollen", valueBoolean=True),
        observation("blood", valueInteger=1),
    ]
    assert read(*resources).data == read(*reversed(resources)).data
    assert bundle(*resources)["entry"] != bundle(*reversed(resources))["entry"]
