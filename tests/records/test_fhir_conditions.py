"""Conditions and the Patient as findings: confirmed, refuted, over, suspected, and age."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pathways.model.catalogue import Catalogue
from pathways.records.fhir.reading import record_from_bundle
from tests.records.fhir.made import TODAY, concept, findings, read, resource, why_not

CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def condition(
    code: str, clinical: str | None = "active", verification: str | None = "confirmed", **more: Any
) -> dict[str, Any]:
    states = {
        "clinicalStatus": (clinical, CLINICAL),
        "verificationStatus": (verification, VERIFICATION),
    }
    given = {key: concept(each, system=system) for key, (each, system) in states.items() if each}
    said: dict[str, Any] = {"code": concept(code), "recordedDate": "2026-10-01"}
    return resource("Condition", **{**said, **given, **more})


@pytest.mark.parametrize("clinical", ["active", "recurrence", "relapse"])
def test_a_confirmed_condition_that_is_there_is_a_yes(clinical: str) -> None:
    assert findings(condition("swollen", clinical)) == {
        "swollen": [{"value": "yes", "on": "2026-10-01"}]
    }


def test_a_code_that_is_narrower_than_the_finding_is_a_yes_but_never_a_no() -> None:
    assert findings(condition("abscess")) == {"infected": [{"value": "yes", "on": "2026-10-01"}]}
    assert why_not(condition("abscess", None, "refuted")) == [
        "a no to one of several codes is no answer to the whole finding"
    ]


def test_a_refuted_condition_is_a_no() -> None:
    assert findings(condition("swollen", None, "refuted")) == {
        "swollen": [{"value": "no", "on": "2026-10-01"}]
    }
    assert findings(condition("cap", None, "refuted")) == {
        "places": [{"parts": {"cap": "no"}, "on": "2026-10-01"}]
    }
    assert why_not(condition("swollen", None, "refuted", bodySite=[concept("left knee")])) == [
        "it is refuted for one body site only"
    ]


@pytest.mark.parametrize(
    "verification", ["provisional", "unconfirmed", "differential", "entered-in-error", None]
)
def test_a_suspected_condition_is_neither(verification: str | None) -> None:
    said = verification or "not given"
    assert why_not(condition("swollen", "active", verification)) == [
        f"its verification status is {said}"
    ]


@pytest.mark.parametrize("clinical", ["inactive", "remission", "resolved", None])
def test_what_is_over_without_a_day_is_neither(clinical: str | None) -> None:
    (reason,) = why_not(condition("swollen", clinical))
    assert reason.startswith(f"its clinical status is {clinical or 'not given'}")


def test_what_was_resolved_on_a_day_was_there_and_is_gone() -> None:
    found = findings(
        condition("swollen", "resolved", onsetDateTime="2026-03-01", abatementDateTime="2026-05-02")
    )
    assert found == {
        "swollen": [{"value": "yes", "on": "2026-03-01"}, {"value": "no", "on": "2026-05-02"}]
    }
    ended = condition("swollen", "active", abatementDateTime="2026-05-02")
    assert why_not(ended)[0].startswith("its clinical status is active")
    narrower = condition(
        "abscess", "resolved", onsetDateTime="2026-03", abatementDateTime="2026-04"
    )
    assert why_not(narrower)[0].startswith("a no to one of several codes")


@pytest.mark.parametrize("clinical", ["active", "inactive", "remission", "resolved", None])
def test_a_trait_stays_whatever_became_of_it(clinical: str | None) -> None:
    assert findings(condition("old-break", clinical)) == {
        "old_break": [{"value": "yes", "on": "2026-10-01"}]
    }


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"onsetDateTime": "2026-08-01"}, "2026-10-01"),
        ({"recordedDate": None, "onsetDateTime": "2026-08"}, "2026-08"),
        ({"recordedDate": None, "onsetPeriod": {"start": "2026-08-02"}}, "2026-08-02"),
    ],
)
def test_the_day_of_a_condition(more: dict[str, Any], expected: str) -> None:
    assert findings(condition("swollen", **more))["swollen"][0]["on"] == expected


def test_without_a_day_only_a_trait_is_kept() -> None:
    assert findings(condition("old-break", recordedDate=None)) == {"old_break": [{"value": "yes"}]}
    for verification in ("confirmed", "refuted"):
        (reason,) = why_not(condition("swollen", "active", verification, recordedDate=None))
        assert reason.startswith("its day is not known")


def test_a_condition_can_be_one_value_of_a_finding() -> None:
    found = findings(condition("cap"), condition("shin", recordedDate="2026-10-02"))
    assert found == {
        "places": [
            {"parts": {"cap": "yes"}, "on": "2026-10-01"},
            {"parts": {"shin": "yes"}, "on": "2026-10-02"},
        ]
    }
    assert why_not(condition("score")) == ["a yes or no is no value of 'knee_score'"]
    assert why_not(condition("toothache")) == ["no finding has this code"]


@pytest.mark.parametrize(
    ("born", "age"), [("1970-11-20", "56"), ("1970-11-21", "55"), ("1970-02", "56"), ("1906", None)]
)
def test_the_age_of_a_patient(born: str, age: str | None) -> None:
    patient = resource("Patient", birthDate=born)
    if age is None:
        assert why_not(patient) == ["the age is not clear from a birth date without a day"]
    else:
        assert findings(patient) == {"years_old": [{"value": age, "on": "2026-11-20"}]}


def test_the_age_needs_a_day() -> None:
    patient = resource("Patient", birthDate="1970-11-20")
    assert why_not(patient, on=None) == ["the age needs a day: give 'on'"]
    assert why_not(patient, on=dt.date(1960, 1, 1)) != []
    assert read(patient, on=TODAY).not_understood == ()


def test_the_gender_where_a_finding_asks_for_it() -> None:
    found = findings(resource("Patient", gender="female"))
    assert found == {"sex": [{"value": "female", "on": "2026-11-20"}]}
    assert why_not(resource("Patient", gender="other")) == ["no finding is the gender"]
    assert why_not(resource("Patient", gender="male"), on=None) == [
        "the gender needs a day: give 'on'"
    ]


def test_a_catalogue_without_an_age_has_no_use_for_a_birth_date() -> None:
    patient = resource("Patient", birthDate="1970-11-20")
    found = record_from_bundle(patient, Catalogue(), "made-up", on=TODAY)
    assert found.data == {"format": "1", "record": "made-up"}
    assert [str(each) for each in found.not_understood] == [
        "Patient: no finding is the age in years"
    ]
