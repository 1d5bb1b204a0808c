"""What patients read: at most grade 8 by two formulas, mostly active, no alarm without what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pathways.model.catalogue import CatalogueDocument
from pathways.model.document import PathwayDocument
from pathways.readability.formulas import grade
from pathways.readability.grades import (
    HIGHEST_GRADE,
    WANTED_GRADE,
    GradedText,
    graded,
    medicine_and_procedure_names,
)
from pathways.readability.patient_texts import PatientText, texts_in
from pathways.reading.catalogues import library_catalogue
from pathways.reading.files import CATALOGUE, LIBRARY, read_file, shown_name
from pathways.reading.marks import read_yaml, words_of
from pathways.reading.structure import build

HARDER: dict[str, str] = {}
"""Texts that may be harder than grade 8, and why."""

MOST_PASSIVE = 0.12
"""The largest share of sentences that look passive."""

ALARM = re.compile(
    r"\b(?:emergency|cancer|seizures?|a fit|cause fits|paraly\w+|for good|stop breathing|slow your breathing|bleed\w*"
    r"|infections?|harmed|danger\w*)\b",
    re.IGNORECASE,
)
TO_DO = re.compile(
    r"\b(?:call|go|ask|tell|see|get|take|check|stop|talk|do not|never|keep|say|lower|need|needs|help|look"
    r"|book|test|tests|treat|find|choose|avoid|first|right away|now|today|offered?|less safe|feel)\b",
    re.IGNORECASE,
)


def files() -> Iterator[tuple[str, object]]:
    for path in sorted(CATALOGUE.rglob("*.yaml")):
        yield (
            shown_name(path, path),
            build(read_yaml(read_file(path, path.name), path.name), CatalogueDocument).model,
        )
    for path in sorted((LIBRARY / "pathways").glob("*.yaml")):
        yield (
            shown_name(path, path),
            build(read_yaml(read_file(path, path.name), path.name), PathwayDocument).model,
        )


@pytest.fixture(scope="module")
def texts() -> list[GradedText]:
    names = medicine_and_procedure_names(library_catalogue())
    found = []
    for file, record in files():
        for path, text in texts_in(record):  # type: ignore[arg-type]
            found.append(graded(PatientText(f"{file}: {words_of(path)}", text), names))
    return found


def test_no_text_is_harder_than_grade_8(texts: list[GradedText]) -> None:
    hard = [
        f"{each.grade.flesch_kincaid} {each.grade.automated} {each.text.element}: {each.text.text}"
        for each in texts
        if each.too_hard and each.text.element not in HARDER
    ]
    assert hard == []
    still = {each.text.element for each in texts if each.too_hard}
    assert set(HARDER) <= still, "no longer an exception"


def test_most_texts_are_at_grade_6_or_easier(texts: list[GradedText]) -> None:
    measured = [each for each in texts if each.measurable]
    easy = sum(each.grade.highest <= WANTED_GRADE for each in measured)
    assert len(measured) > 500
    assert easy / len(measured) >= 0.75
    whole = grade(
        [each.text.text for each in measured], medicine_and_procedure_names(library_catalogue())
    )
    assert whole.highest <= WANTED_GRADE < HIGHEST_GRADE


def test_few_sentences_are_passive(texts: list[GradedText]) -> None:
    measured = [each for each in texts if each.measurable]
    passive = sum(len(each.passive) for each in measured)
    assert passive / sum(each.grade.sentences for each in measured) <= MOST_PASSIVE


def test_no_alarm_without_what_to_do(texts: list[GradedText]) -> None:
    alarming = [
        f"{each.text.element}: {each.text.text}"
        for each in texts
        if re.search(r"states\.[^.]+\.text$|cautions", each.text.element)
        and ALARM.search(each.text.text)
        and not TO_DO.search(each.text.text)
    ]
    assert alarming == []


def test_patients_are_spoken_to_as_you(texts: list[GradedText]) -> None:
    spoken = [
        each
        for each in texts
        if re.search(r"states\.[^.]+\.text$|answers\[\d+\]\.answer$", each.text.element)
    ]
    you = sum(
        bool(
            re.search(r"\byou\b|\byour\b|\bask\b|\bcall\b|\btell\b", each.text.text, re.IGNORECASE)
        )
        for each in spoken
    )
    assert you / len(spoken) >= 0.85
    assert not [
        each for each in spoken if re.search(r"\bthe patient\b|\bpatients\b", each.text.text)
    ]
