"""Medicines, procedures, reports and imaging as history: taken now, stopped, never, done."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pathways.records.fhir.reading import record_from_bundle
from tests.records.fhir.made import (
    CATALOGUE,
    concept,
    history,
    read,
    resource,
    why_not,
)


def statement(status: str, code: str = "balm", **more: Any) -> dict[str, Any]:
    given = {"medicationCodeableConcept": concept(code), **more}
    return resource("MedicationStatement", status=status, **given)


def request(status: str, **more: Any) -> dict[str, Any]:
    given = {"intent": "order", "medicationCodeableConcept": concept("balm"), **more}
    return resource("MedicationRequest", status=status, **given)


def procedure(status: str, code: str = "repair", **more: Any) -> dict[str, Any]:
    return resource("Procedure", status=status, code=concept(code), **more)


def treated(*resources: dict[str, Any], on: dt.date | None = None) -> list[dict[str, str]]:
    found = history(*resources, on=on)
    assert set(found) == {"treatments"}
    events: list[dict[str, str]] = found["treatments"]
    assert all(each.pop("note", "began").startswith("began") for each in events)
    return events


PERIOD = {"start": "2026-09-01", "end": "2026-10-01"}


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        ("active", {}, {"status": "now"}),
        (
            "active",
            {"effectivePeriod": {"start": "2026-09-01"}},
            {"from": "2026-09-01", "status": "now"},
        ),
        ("active", {"effectiveDateTime": "2026-09"}, {"from": "2026-09", "status": "now"}),
        ("completed", {}, {"status": "stopped"}),
        ("stopped", {"effectivePeriod": PERIOD}, {"from": "2026-09-01", "to": "2026-10-01"}),
        ("completed", {"effectivePeriod": {"end": "2026-10-01"}}, {"to": "2026-10-01"}),
        (
            "stopped",
            {"effectivePeriod": {"start": "2026-09-01"}},
            {"from": "2026-09-01", "status": "stopped"},
        ),
    ],
)
def test_a_medicine_that_is_taken_or_was(
    status: str, more: dict[str, Any], expected: dict[str, str]
) -> None:
    assert treated(statement(status, **more)) == [{"treatment": "balm", **expected}]


@pytest.mark.parametrize(
    "status", ["intended", "on-hold", "unknown", "entered-in-error", "recorded"]
)
def test_other_statuses_of_a_medicine_are_listed(status: str) -> None:
    assert why_not(statement(status)) == [f"its status is {status}"]


def test_an_active_medicine_with_an_end_needs_a_day() -> None:
    active = statement("active", effectivePeriod=PERIOD)
    reason = "it is active and has an end; whether it is taken now is not clear"
    assert why_not(active, on=None) == [reason]
    assert why_not(active, on=dt.date(2026, 10, 2)) == [reason]
    expected = [{"treatment": "balm", "from": "2026-09-01", "status": "now"}]
    assert treated(active, on=dt.date(2026, 10, 1)) == expected


def test_not_taken_is_never_only_where_nothing_speaks_against_it() -> None:
    assert history(statement("not-taken")) == {"never": ["balm"]}
    assert why_not(statement("not-taken", effectivePeriod=PERIOD)) == [
        "it was not taken in that time; whether it ever was is not known"
    ]
    assert why_not(statement("not-taken", "red-pill")) == [
        "that one of several medicines was not taken leaves the others open"
    ]
    both = read(statement("not-taken"), statement("completed"))
    assert both.data["history"] == {"treatments": [{"treatment": "balm", "status": "stopped"}]}
    assert [each.why for each in both.not_understood] == [
        "it says not taken, and another resource says taken"
    ]


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        ("active", {}, {"status": "now"}),
        ("active", {"authoredOn": "2026-09-01T08:00:00Z"}, {"from": "2026-09-01", "status": "now"}),
        ("completed", {"authoredOn": "2026-09-01"}, {"from": "2026-09-01", "status": "stopped"}),
        ("stopped", {}, {"status": "stopped"}),
    ],
)
def test_a_medicine_that_is_ordered(
    status: str, more: dict[str, Any], expected: dict[str, str]
) -> None:
    assert treated(request(status, **more)) == [{"treatment": "balm", **expected}]


@pytest.mark.parametrize(
    ("ordered", "reason"),
    [
        (request("active", intent="proposal"), "its intent is proposal"),
        (request("active", intent="plan"), "its intent is plan"),
        (request("active", doNotPerform=True), "it asks not to give the medicine"),
        (request("cancelled"), "its status is cancelled"),
        (request("draft"), "its status is draft"),
        (request("on-hold"), "its status is on-hold"),
        (request("entered-in-error"), "its status is entered-in-error"),
    ],
)
def test_what_is_no_order_is_listed(ordered: dict[str, Any], reason: str) -> None:
    assert why_not(ordered) == [reason]


def test_where_a_day_is_only_near_the_truth_the_record_says_so() -> None:
    (event,) = history(request("active", authoredOn="2026-09-01"))["treatments"]
    assert event["note"] == "began: the day of the prescription"
    (event,) = history(statement("active", effectiveDateTime="2026-09-01"))["treatments"]
    assert event["note"] == "began: a day on which it was taken"


def test_a_medicine_by_reference() -> None:
    medication = {"resourceType": "Medication", "id": "m1", "code": concept("balm")}
    expected = [{"treatment": "balm", "status": "now"}]
    contained = statement(
        "active",
        medicationCodeableConcept=None,
        medicationReference={"reference": "#m1"},
        contained=[medication],
    )
    assert treated(contained) == expected
    for reference in ("Medication/m1", "https://example.org/fhir/Medication/m1/_history/2"):
        beside = statement(
            "active", medicationCodeableConcept=None, medicationReference={"reference": reference}
        )
        assert treated(beside, medication) == expected


def test_a_medicine_by_the_address_of_its_entry() -> None:
    address = "urn:uuid:00000000-0000-4000-8000-000000000001"
    beside = statement(
        "active", medicationCodeableConcept=None, medicationReference={"reference": address}
    )
    entries = [
        {"resource": beside},
        {"fullUrl": address, "resource": {"resourceType": "Medication", "code": concept("balm")}},
    ]
    document = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    found = record_from_bundle(document, CATALOGUE, "made-up")
    assert found.data["history"] == {"treatments": [{"treatment": "balm", "status": "now"}]}
    assert found.not_understood == ()


def test_a_medicine_that_cannot_be_told_is_listed() -> None:
    lost = statement(
        "active", medicationCodeableConcept=None, medicationReference={"reference": "Medication/9"}
    )
    assert why_not(lost) == ["the Medication it refers to is not there"]
    assert why_not(statement("active", medicationCodeableConcept=None)) == [
        "it does not say which medicine"
    ]
    later = statement(
        "active", medicationCodeableConcept=None, medication={"concept": concept("balm")}
    )
    assert why_not(later) == ["'medication' is of FHIR R5; R4 has medicationCodeableConcept"]
    assert why_not(statement("active", "tea")) == ["no treatment has this code: tea tea"]
    unused = {"resourceType": "Medication", "id": "m1", "code": concept("balm")}
    assert why_not(unused) == ["no statement and no request refers to it"]


def test_two_times_of_one_medicine_are_two_events() -> None:
    found = treated(
        statement("active", effectivePeriod={"start": "2026-11-01"}),
        statement("completed", effectivePeriod={"start": "2025-01-01", "end": "2025-02-01"}),
    )
    assert found == [
        {"treatment": "balm", "from": "2025-01-01", "to": "2025-02-01"},
        {"treatment": "balm", "from": "2026-11-01", "status": "now"},
    ]


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        ("completed", {"performedDateTime": "2026-09-01"}, {"on": "2026-09-01"}),
        ("completed", {"performedPeriod": PERIOD}, {"from": "2026-09-01", "to": "2026-10-01"}),
        (
            "completed",
            {"performedPeriod": {"start": "2026-09-01T08:00:00Z", "end": "2026-09-01T09:00:00Z"}},
            {"on": "2026-09-01"},
        ),
        (
            "completed",
            {"performedPeriod": {"start": "2026-09-01"}},
            {"from": "2026-09-01", "status": "stopped"},
        ),
        ("completed", {}, {"status": "stopped"}),
        (
            "in-progress",
            {"performedPeriod": {"start": "2026-09-01"}},
            {"from": "2026-09-01", "status": "now"},
        ),
        ("in-progress", {}, {"status": "now"}),
    ],
)
def test_a_procedure(status: str, more: dict[str, Any], expected: dict[str, str]) -> None:
    assert treated(procedure(status, **more)) == [{"treatment": "repair", **expected}]


@pytest.mark.parametrize(
    "status", ["preparation", "on-hold", "stopped", "entered-in-error", "unknown", "not-done"]
)
def test_a_procedure_that_was_not_done_is_no_never(status: str) -> None:
    (reason,) = why_not(procedure(status, performedDateTime="2026-09-01"))
    assert "was not done this time" in reason or reason == f"its status is {status}"


def test_a_day_that_cannot_be_read_does_not_hide_the_procedure() -> None:
    found = read(procedure("completed", performedString="last summer"))
    assert found.data["history"] == {"treatments": [{"treatment": "repair", "status": "stopped"}]}
    (left,) = found.not_understood
    assert left.why == "performedString is not read; the procedure stands without a day"


def test_tests_from_procedures_reports_and_imaging_are_one_event() -> None:
    done = "2026-09-01"
    found = history(
        procedure("completed", "film", performedDateTime=done),
        resource("DiagnosticReport", status="final", code=concept("film"), effectiveDateTime=done),
        resource("ImagingStudy", status="available", procedureCode=[concept("film")], started=done),
    )
    assert found == {"tests": [{"test": "film", "on": done}]}
    undated = resource("DiagnosticReport", status="final", code=concept("film"))
    assert history(undated) == {"tests": [{"test": "film", "status": "done"}]}
    period = resource(
        "DiagnosticReport", status="final", code=concept("film"), effectivePeriod={"end": done}
    )
    assert history(period) == {"tests": [{"test": "film", "on": done}]}
    issued = resource("DiagnosticReport", status="final", code=concept("film"), issued=done)
    assert history(issued) == {"tests": [{"test": "film", "on": done}]}


@pytest.mark.parametrize(
    ("done", "reason"),
    [
        (procedure("in-progress", "film"), "the test is not finished"),
        (procedure("completed", "tattoo"), "no treatment or test has this code"),
        (
            resource("DiagnosticReport", status="preliminary", code=concept("film")),
            "its status is preliminary",
        ),
        (
            resource("DiagnosticReport", status="final", code=concept("score")),
            "no test has this code",
        ),
        (
            resource("ImagingStudy", status="cancelled", procedureCode=[concept("film")]),
            "its status is cancelled",
        ),
        (resource("ImagingStudy", status="available"), "it has no procedure code"),
        (
            resource("ImagingStudy", status="available", procedureCode=[concept("x")]),
            "no test has this code",
        ),
    ],
)
def test_tests_that_are_not_certain_are_listed(done: dict[str, Any], reason: str) -> None:
    assert why_not(done) == [reason]
