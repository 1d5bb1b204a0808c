"""The codes of the catalogue: known systems, the form of each, and no code on two records of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pathways.model.findings import Code
from pathways.reading.catalogues import library_catalogue
from pathways.records.fhir.codes import CodeIndex

FORMS = {
    "http://loinc.org": r"[0-9]{1,7}-[0-9]",
    "http://snomed.info/sct": r"[1-9][0-9]{5,17}",
    "http://www.nlm.nih.gov/research/umls/rxnorm": r"[1-9][0-9]{0,7}",
    "http://hl7.org/fhir/sid/icd-10-cm": r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?",
}
"""The code systems in use, by the addresses that FHIR gives them."""


def coded() -> Iterator[tuple[str, str, Code]]:
    """Yield the kind and the name of a record, or of a value, with each of its codes."""
    catalogue = library_catalogue()
    for name, finding in catalogue.findings.items():
        for code in finding.codes:
            yield "finding", name, code
        for key, option in (finding.options or {}).items():
            for code in option.codes:
                yield "finding", f"{name} {key}", code
    for name, treatment in catalogue.treatments.items():
        for code in treatment.codes:
            yield "treatment", name, code
    for name, test in catalogue.tests.items():
        for code in test.codes:
            yield "test", name, code


CODED = list(coded())


def test_there_are_codes_of_every_kind() -> None:
    assert {kind for kind, _, _ in CODED} == {"finding", "treatment", "test"}
    assert {code.system for _, _, code in CODED} == set(FORMS)


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [pytest.param(*each, id=f"{each[1]}-{each[2].code}") for each in CODED],
)
def test_each_code_has_the_form_of_its_system(kind: str, name: str, code: Code) -> None:
    assert re.fullmatch(FORMS[code.system], code.code), (kind, name)
    assert code.display, (kind, name)


def luhn_sum(digits: str) -> int:
    """Sum of digits with every second from the right doubled, as LOINC checks its numbers."""
    doubled = [int(each) * (2 if at % 2 == 0 else 1) for at, each in enumerate(reversed(digits))]
    return sum(each // 10 + each % 10 for each in doubled)


@pytest.mark.parametrize("code", [each.code for *_, each in CODED if "loinc" in each.system])
def test_the_check_digit_of_each_loinc_number(code: str) -> None:
    """Source: LOINC Users' Guide, appendix on the calculation of Mod 10 check digits."""
    number, _, check = code.partition("-")
    assert (10 - luhn_sum(number) % 10) % 10 == int(check)


_TIMES = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def verhoeff(digits: str) -> int:
    """Verhoeff's check of a whole number with its check digit; 0 when it is right."""
    check = 0
    for at, each in enumerate(reversed(digits)):
        turned = int(each)
        for _ in range(at % 8):
            turned = _TURN[turned]
        check = _TIMES[check][turned]
    return check


@pytest.mark.parametrize("code", [each.code for *_, each in CODED if "snomed" in each.system])
def test_the_check_digit_of_each_snomed_number(code: str) -> None:
    """Source: SNOMED CT Release File Specification, check-digit computation (Verhoeff)."""
    assert verhoeff(code) == 0


def test_no_code_stands_on_two_records_of_one_kind() -> None:
    owners: dict[tuple[str, str, str], list[str]] = {}
    for kind, name, code in CODED:
        owners.setdefault((kind, code.system, code.code), []).append(name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("system", "code", "kind", "name", "option"),
    [
        ("http://loinc.org", "72514-3", "finding", "pain_now", ""),
        ("http://hl7.org/fhir/sid/icd-10-cm", "Z85.3", "finding", "rf_cancer_history", ""),
        (
            "http://hl7.org/fhir/sid/icd-10-cm",
            "M51.26",
            "finding",
            "structural_cause",
            "herniated_disc",
        ),
        ("http://www.nlm.nih.gov/research/umls/rxnorm", "41493", "treatment", "meloxicam", ""),
        ("http://snomed.info/sct", "91251008", "treatment", "physical_therapy", ""),
        ("http://loinc.org", "24968-0", "test", "mri", ""),
    ],
)
def test_a_code_leads_to_its_record(
    system: str, code: str, kind: str, name: str, option: str
) -> None:
    (target,) = CodeIndex(library_catalogue()).targets(system, code)
    assert (target.kind, target.name, target.option) == (kind, name, option)
