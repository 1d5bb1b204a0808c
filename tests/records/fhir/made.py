"""Small resources of invented people, and a catalogue that has nothing to do with backs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from pathways.model.catalogue import Catalogue
from pathways.records.fhir.reading import FhirRead, record_from_bundle
from pathways.records.record import PatientRecord

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 20)
LOINC = "http://loinc.org"
OWN = "http://example.org/codes"
UCUM = "http://unitsofmeasure.org"


def _finding(kind: str, change: str, code: str, **more: Any) -> dict[str, Any]:
    return {
        "title": code,
        "type": kind,
        "kind": change,
        "question": f"{code}?",
        "codes": [{"system": OWN, "code": code}],
        **more,
    }


def _option(*codes: str) -> dict[str, Any]:
    return {"title": "an option", "codes": [{"system": OWN, "code": each} for each in codes]}


def _coded(title: str, *codes: str, **more: Any) -> dict[str, Any]:
    own = [{"system": OWN, "code": each} for each in codes]
    return {"title": title, "what": title, "codes": own, **more}


CATALOGUE = Catalogue.model_validate(
    {
        "findings": {
            "swollen": _finding("yes_no", "status", "swollen"),
            "old_break": _finding("yes_no", "trait", "old-break"),
            "infected": _finding(
                "yes_no",
                "watch",
                "infected",
                codes=[{"system": OWN, "code": each} for each in ("infected", "abscess")],
            ),
            "weeks_sore": _finding("number", "time", "weeks", unit="weeks", range=["0", "500"]),
            "days_off": _finding(
                "number", "time", "days", unit="days", range=["0", "500"], step="1"
            ),
            "hours_rested": _finding("number", "result", "hours", unit="hours", range=["0", "99"]),
            "months_on": _finding("number", "time", "months", unit="months", range=["0", "99"]),
            "years_old": {
                **_finding("number", "time", "age", unit="years", range=["0", "120"], step="1"),
                "codes": [{"system": LOINC, "code": "30525-0"}],
            },
            "better_by": _finding("number", "result", "better", unit="percent", range=["0", "100"]),
            "knee_score": _finding("number", "status", "score", unit="points", range=["0", "10"]),
            "change": _finding(
                "number",
                "result",
                "change",
                unit="points",
                range=["-10", "10"],
                derived={"function": "difference", "of": ["knee_score", "better_by"]},
            ),
            "side": _finding(
                "one_of", "trait", "side", options={"left": _option("L"), "right": _option("R")}
            ),
            "places": _finding(
                "several_of",
                "status",
                "places",
                options={
                    "cap": _option("cap"),
                    "shin": _option("shin", "shin-2"),
                    "none": _option("no-place"),
                },
            ),
            "sex": _finding(
                "one_of",
                "trait",
                "sex",
                options={
                    each: {
                        "title": each,
                        "codes": [
                            {"system": "http://hl7.org/fhir/administrative-gender", "code": each}
                        ],
                    }
                    for each in ("female", "male")
                },
            ),
        },
        "treatments": {
            "balm": _coded("Balm", "balm", category="medicine"),
            "pills": _coded("Pills", "red-pill", "blue-pill", category="medicine"),
            "brace": _coded("Brace", "brace", category="therapy"),
            "repair": _coded("Repair", "repair", "repair-2", category="surgery"),
        },
        "tests": {"film": _coded("Film", "film"), "blood": _coded("Blood", "blood")},
    }
)


def concept(*codes: str, system: str = OWN) -> dict[str, Any]:
    """A CodeableConcept; of the made codes unless a system is named."""
    return {"coding": [{"system": system, "code": each, "display": each} for each in codes]}


def resource(kind: str, **more: Any) -> dict[str, Any]:
    """A resource of an invented person."""
    return {"resourceType": kind, "id": "made-up", **more}


def observation(code: str, /, **more: Any) -> dict[str, Any]:
    """A final Observation of 1 October 2026."""
    return resource(
        "Observation",
        **{"status": "final", "code": concept(code), "effectiveDateTime": "2026-10-01", **more},
    )


def bundle(*resources: dict[Any, Any], **more: Any) -> dict[str, Any]:
    """A collection of resources."""
    entries = [{"resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}


def read(*resources: dict[str, Any], on: dt.date | None = TODAY) -> FhirRead:
    """Read resources with the made catalogue; what comes out is always a record."""
    found = record_from_bundle(bundle(*resources), CATALOGUE, "made-up", on=on)
    PatientRecord.model_validate(found.data)
    return found


def findings(*resources: dict[str, Any], on: dt.date | None = TODAY) -> dict[str, Any]:
    """Read resources of which everything is understood, and return the findings."""
    found = read(*resources, on=on)
    assert found.not_understood == ()
    given: dict[str, Any] = found.data.get("findings", {})
    return given


def history(*resources: dict[str, Any], on: dt.date | None = TODAY) -> dict[str, Any]:
    """Read resources of which everything is understood, and return the history."""
    found = read(*resources, on=on)
    assert found.not_understood == ()
    given: dict[str, Any] = found.data.get("history", {})
    return given


def why_not(*resources: dict[str, Any], on: dt.date | None = TODAY) -> list[str]:
    """Read resources of which nothing is understood, and return the reasons."""
    found = read(*resources, on=on)
    assert "findings" not in found.data
    assert "history" not in found.data
    return [each.why for each in found.not_understood]


def from_file(name: str) -> Any:
    """The JSON of one of the files beside this one."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))
