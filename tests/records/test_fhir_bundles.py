"""Whole bundles: an invented person with the library's codes, identity that never leaks, hostile shapes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.errors import DocumentError, Problem
from pathways.reading.catalogues import library_catalogue
from pathways.records.fhir.elements import MAX_DEPTH, MAX_ENTRIES
from pathways.records.fhir.reading import FhirRead, record_from_bundle
from pathways.records.reading import record_from_dict
from pathways.records.record import PatientRecord
from tests.records.fhir.made import (
    CATALOGUE,
    HERE,
    bundle,
    concept,
    findings,
    from_file,
    observation,
    read,
    resource,
    why_not,
)

FILES = sorted(path.name for path in HERE.glob("*.json"))


def from_library(name: str) -> FhirRead:
    return record_from_bundle(from_file(name), library_catalogue(), name.removesuffix(".json"))


def problem(document: Any, name: str = "made-up") -> str:
    with pytest.raises(DocumentError) as caught:
        record_from_bundle(document, CATALOGUE, name)
    return str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_the_files_say_that_nobody_in_them_is_real(name: str) -> None:
    assert from_file(name)["meta"]["tag"][0]["code"] == "HTEST"


def test_a_whole_person() -> None:
    found = from_library("back-pain.json")
    assert found.data == {
        "format": "1",
        "record": "back-pain",
        "findings": {
            "coexisting_pain_condition": [{"parts": {"fibromyalgia": "no"}, "on": "2026-10-20"}],
            "pain_now": [{"value": "8", "on": "2026-09-01"}, {"value": "6", "on": "2026-11-10"}],
            "rf_cancer_history": [{"value": "yes", "on": "2019-02-03"}],
            "scope_age": [{"value": "51", "on": "2026-11-20"}],
            "structural_cause": [{"parts": {"herniated_disc": "yes"}, "on": "2026-10-20"}],
        },
        "history": {
            "treatments": [
                {"treatment": "baclofen", "from": "2026-10-01", "status": "now"},
                {
                    "treatment": "meloxicam",
                    "from": "2026-09-02",
                    "note": "began: the day of the prescription",
                    "status": "stopped",
                },
                {"treatment": "physical_therapy", "from": "2026-10-12", "status": "now"},
            ],
            "tests": [
                {"test": "blood_tests", "on": "2026-10-05"},
                {"test": "mri", "on": "2026-10-18"},
            ],
            "never": ["tramadol"],
        },
    }
    assert [str(each) for each in found.not_understood] == [
        "Patient: no finding is the gender",
        (
            "Observation pregnancy (82810-3 Pregnancy status):"
            " its value is no yes and no no: 60001007 Not pregnant"
        ),
        "Observation pulse (8867-4 Heart rate): no finding or test has this code",
        (
            "AllergyIntolerance allergy (7980 penicillin G):"
            " resources of type AllergyIntolerance are not read"
        ),
    ]


@pytest.mark.parametrize("name", FILES)
def test_the_data_is_a_record_like_any_other(name: str) -> None:
    data = from_library(name).data
    assert PatientRecord.model_validate(data) == record_from_dict(data).record
    assert json.loads(json.dumps(data)) == data


SECRETS = (
    "Zebediah",
    "Quillfeather",
    "Ottoline",
    "4711",
    "555-0199",
    "Imaginary",
    "Nowhereville",
    "1969",
    "07-21",
)


def test_identity_never_gets_into_the_record_or_the_list() -> None:
    found = from_library("identity.json")
    assert found.data["findings"]["scope_age"] == [{"value": "57", "on": "2026-11-20"}]
    assert {each["treatment"] for each in found.data["history"]["treatments"]} == {
        "baclofen",
        "discectomy",
    }
    source = json.dumps(from_file("identity.json"))
    seen = json.dumps(found.data) + " ".join(repr(each) for each in found.not_understood)
    for secret in SECRETS:
        assert secret in source
        assert secret not in seen


def test_one_resource_is_read_like_a_bundle_of_one() -> None:
    one = observation("score", valueInteger=4)
    alone = record_from_bundle(one, CATALOGUE, "made-up")
    assert alone.data == read(one).data
    assert alone.not_understood == ()


def test_the_day_of_the_bundle_is_used_where_no_other_is_given() -> None:
    patient = resource("Patient", birthDate="1970-11-20")
    document = bundle(patient, timestamp="2026-11-19T08:00:00Z")
    found = record_from_bundle(document, CATALOGUE, "made-up")
    assert found.data["findings"]["years_old"] == [{"value": "55", "on": "2026-11-19"}]
    later = record_from_bundle(document, CATALOGUE, "made-up", on=dt.date(2026, 11, 20))
    assert later.data["findings"]["years_old"] == [{"value": "56", "on": "2026-11-20"}]


def test_what_changes_the_meaning_is_not_read() -> None:
    for key, value in (("modifierExtension", [{"url": "x"}]), ("implicitRules", "https://x.org")):
        (reason,) = why_not(observation("score", valueInteger=4, **{key: value}))
        assert key in reason


def test_what_is_not_about_a_person_is_not_read() -> None:
    about = observation("score", valueInteger=4, subject={"reference": "Group/g1"})
    assert why_not(about) == ["it is about a Group, not about a person"]


def test_the_resources_must_be_about_one_person() -> None:
    one = observation("score", valueInteger=4, subject={"reference": "Patient/1"})
    two = observation("score", valueInteger=9, subject={"reference": "Patient/2"})
    message = problem(bundle(one, two))
    assert "entry[1].resource.subject: error[fhir-several-people]" in message
    assert "fhir-several-people" in problem(
        bundle(resource("Patient"), resource("Patient", id="2"))
    )
    by_number = [
        observation("score", valueInteger=4, subject={"identifier": {"value": each}})
        for each in ("a", "b")
    ]
    assert "fhir-several-people" in problem(bundle(*by_number))


def test_one_person_may_be_named_in_several_ways() -> None:
    address = "https://example.org/fhir/Patient/1"
    spellings = ["Patient/1", address, f"{address}/_history/3", "urn:uuid:1"]
    entries = [
        {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "1"}},
        *(
            {"resource": observation("score", valueInteger=4, subject={"reference": each})}
            for each in spellings
        ),
    ]
    document = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    found = record_from_bundle(document, CATALOGUE, "made-up")
    assert found.data["findings"] == {"knee_score": [{"value": "4", "on": "2026-10-01"}]}


def test_an_entry_without_a_resource_is_listed() -> None:
    document = bundle(observation("score", valueInteger=4))
    document["entry"].append({"request": {"method": "DELETE", "url": "Observation/9"}})
    (left,) = record_from_bundle(document, CATALOGUE, "made-up").not_understood
    assert (left.why, left.where) == ("an entry without a resource", "entry[1]")


@pytest.mark.parametrize("name", ["", "Zoe Example", "zoe_example", "zoe\n", "a" * 300 + "!"])
def test_the_name_of_the_record_must_fit(name: str) -> None:
    assert "error[fhir-name]" in problem(bundle(), name)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (None, "error[fhir-shape]: a FHIR document must be an object"),
        ("{}\n{}", "NDJSON is not read"),
        ([], "a FHIR document must be an object"),
        ({}, "resourceType: error[fhir-shape]"),
        ({"resourceType": 7}, "resourceType: error[fhir-shape]: 'resourceType' must be a text"),
        (
            {"resourceType": "Bundle", "entry": {}},
            "entry: error[fhir-shape]: 'entry' must be a list",
        ),
        ({"resourceType": "Bundle", "entry": [7]}, "entry[0]: error[fhir-shape]"),
        ({"resourceType": "Bundle", "entry": [{"resource": []}]}, "entry[0].resource: error"),
        ({"resourceType": "Bundle", "entry": [{"resource": {}}]}, "needs a 'resourceType'"),
        ({"resourceType": "Bundle", "type": "history"}, "type: error[fhir-shape]"),
        ({"resourceType": "Bundle", "timestamp": "today"}, "timestamp: error[fhir-shape]"),
        (bundle({"resourceType": "Observation", "id": 3}), "entry[0].resource.id: error"),
        (bundle(observation("score", valueQuantity=7)), "entry[0].resource.valueQuantity: error"),
        (
            bundle(observation("score", valueQuantity={"value": "7"})),
            "entry[0].resource.valueQuantity.value: error[fhir-shape]: 'value' must be a number",
        ),
        (
            bundle(observation("score", valueQuantity={"value": float("nan")})),
            "must be a finite number",
        ),
        (bundle(observation("score", valueInteger=10**40)), "'valueInteger' has too many digits"),
        (bundle(observation("score", valueInteger=1.5)), "'valueInteger' must be a whole number"),
        (bundle(observation("score", valueInteger=True)), "'valueInteger' must be a number"),
        (bundle(observation("swollen", valueBoolean="yes")), "valueBoolean: error"),
        (bundle(observation("score", code="score")), "entry[0].resource.code: error"),
        (bundle(observation("score", code={"coding": {}})), "entry[0].resource.code.coding: error"),
        (
            bundle(observation("score", code={"coding": ["x"]})),
            "entry[0].resource.code.coding[0]: error",
        ),
        (bundle(observation("score", effectiveDateTime="01.10.2026")), "'01.10.2026' is no date"),
        (bundle(observation("score", effectiveDateTime="2026-02-30")), "'2026-02-30' is no date"),
        (bundle(observation("score", effectiveDateTime="0000-01-01")), "'0000-01-01' is no date"),
        (bundle(observation("score", subject="Patient/1")), "entry[0].resource.subject: error"),
        (bundle(observation("score", component=[[]])), "entry[0].resource.component[0]: error"),
        (bundle({"resourceType": "Observation", 7: 1}), "it has a key that is no text"),
        (bundle(observation("score", valueInteger=dt.date(2026, 1, 1))), "of type date"),
    ],
)
def test_a_wrong_shape_is_located(document: Any, expected: str) -> None:
    assert expected in problem(document)


def test_the_wrong_shapes_of_all_resources_are_listed_at_once() -> None:
    with pytest.raises(DocumentError) as caught:
        record_from_bundle(
            bundle(
                observation("score", valueInteger="4"),
                observation("score", valueInteger=4),
                resource("Condition", code=7),
            ),
            CATALOGUE,
            "made-up",
        )
    assert [each.where for each in caught.value.problems] == [
        "entry[0].resource.valueInteger",
        "entry[2].resource.code",
    ]


def test_limits() -> None:
    entry = {"resource": observation("score", valueInteger=4)}
    document = {"resourceType": "Bundle", "entry": [entry] * MAX_ENTRIES}
    assert len(record_from_bundle(document, CATALOGUE, "made-up").data["findings"]) == 1
    document["entry"] = [{}] * (MAX_ENTRIES + 1)
    assert "entry: error[fhir-too-large]" in problem(document)
    deep: dict[str, Any] = {}
    for _ in range(MAX_DEPTH):
        deep = {"extension": deep}
    assert "error[fhir-too-large]" in problem(observation("score", extension=deep))
    round_about: dict[str, Any] = {"resourceType": "Observation"}
    round_about["contained"] = [round_about]
    assert "error[fhir-too-large]" in problem(round_about)


def test_texts_of_others_are_cut_and_made_visible() -> None:
    strange = observation("score", valueInteger=4) | {
        "id": "x\x1b[31m",
        "code": {"text": "\u202e" + "a" * 5000},
    }
    (left,) = read(strange).not_understood
    assert "\x1b" not in left.id
    assert "\u202e" not in left.code
    assert len(left.code) < 300


def test_the_catalogue_alone_says_what_a_code_means() -> None:
    pain = from_file("back-pain.json")
    found = record_from_bundle(pain, CATALOGUE, "made-up")
    assert set(found.data["findings"]) == {"sex", "years_old"}
    assert "history" not in found.data


def test_null_is_nothing() -> None:
    given = observation("score", valueInteger=4, valueQuantity=None, component=None, subject=None)
    assert set(findings(given)) == {"knee_score"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "status code valueQuantity valueBoolean valueInteger valueCodeableConcept component subject",
        "effectiveDateTime effectivePeriod medicationCodeableConcept medicationReference contained",
        "performedPeriod clinicalStatus verificationStatus dataAbsentReason procedureCode intent id",
    ]
).flatmap(lambda line: st.sampled_from(line.split()))
KINDS = st.sampled_from(
    [
        *("Observation", "Condition", "MedicationStatement", "MedicationRequest", "Procedure"),
        *("DiagnosticReport", "ImagingStudy", "Patient", "Medication"),
    ]
)
GOOD: dict[str, Any] = {
    "status": "final",
    "code": concept("score"),
    "effectiveDateTime": "2026-10-01",
    "valueInteger": 4,
}


@given(KINDS, st.dictionaries(KEYS, JSON, max_size=4))
def test_no_document_ends_in_a_traceback(kind: str, wrong: dict[str, Any]) -> None:
    document = bundle({"resourceType": kind, **GOOD, **wrong})
    faults: tuple[Problem, ...] = ()
    data: dict[str, Any] = {"record": "none"}
    try:
        data = record_from_bundle(document, CATALOGUE, "made-up").data
    except DocumentError as error:
        faults = error.problems
    PatientRecord.model_validate(data)
    assert bool(faults) == (data["record"] == "none")
    assert all(each.code.startswith("fhir-") for each in faults)
