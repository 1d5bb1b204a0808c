"""Which texts are measured, where they stand, and what counts as too hard."""

from __future__ import annotations

import pytest

from pathways.errors import PathwayError
from pathways.model.pathway import ResolvedPathway
from pathways.readability.grades import graded, grades, medicine_and_procedure_names
from pathways.readability.patient_texts import PatientText, patient_texts
from pathways.reading.catalogues import library_catalogue
from pathways.reading.load import load, loads

TEXT = """\
format: 1
pathway: knee
title: {clinician: Gonalgia, patient: A sore knee}
version: 1.0.0
updated: 2026-11-20
definitions:
  sore: {title: {clinician: gonalgia, patient: your knee is sore}, when: heat.status == now}
start: begin
states:
  begin:
    kind: clinical_state
    title: {clinician: Gonalgia, patient: Your knee hurts}
    text:
      clinician: Short.
      patient: >-
        Immobilisation of the symptomatic articulation is recommended by practitioners for uncomplicated
        presentations without radiological abnormality.
    next: [{to: care, when: sore}, {to: rest, when: not sore}]
  care: {kind: options, title: Care, offers: [heat], next: [{to: rest}]}
  rest: {kind: end, title: {clinician: End, patient: Rest now}}
rules:
  - {id: r, never: rest while sore, why: {clinician: Because, patient: Unread}}
"""


@pytest.fixture(scope="module")
def knee() -> ResolvedPathway:
    return loads(TEXT, name="knee.yaml")


def test_own_texts_have_places_and_used_records_come_along(knee: ResolvedPathway) -> None:
    found = {each.element: each for each in patient_texts(knee)}
    assert found["title"].text == "A sore knee"
    assert found["states.begin.text"].place is not None
    assert str(found["states.begin.text"].place) == "knee.yaml:10:3"
    assert found["definitions.sore.title"].text == "your knee is sore"
    assert "treatments.heat.what" in found
    assert not any(name.startswith(("treatments.baclofen", "findings.pain_now")) for name in found)


def test_texts_for_clinicians_and_for_authors_are_not_measured(knee: ResolvedPathway) -> None:
    texts = [each.text for each in patient_texts(knee)]
    assert "Gonalgia" not in texts
    assert "Unread" not in texts


def test_a_hard_text_is_named_and_an_easy_one_is_not(knee: ResolvedPathway) -> None:
    found = grades(knee)
    hard = [each.text.element for each in found.too_hard if each.text.place]
    assert hard == ["states.begin.text"]
    assert "immobilisation" in found.whole.hard_words


def test_what_is_cited_in_a_disagreement_of_a_treatment_counts(knee: ResolvedPathway) -> None:
    elements = {each.element for each in patient_texts(load("severe-back-pain"))}
    assert "disagreements.acupuncture_split.title" in elements


def test_other_languages_are_refused() -> None:
    spanish = loads(TEXT.replace("updated:", "language: es\nupdated:"), name="knee.yaml")
    with pytest.raises(PathwayError, match="no reading grade for texts in 'es'"):
        grades(spanish)


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The nerve is heated.", True),
        ("A scan was done.", True),
        ("It is often given by a nurse.", True),
        ("You take it with food.", False),
        ("You are tired.", True),  # by its form alone this cannot be told apart
        ("Your clinician lowers the dose.", False),
        ("It is red.", False),
    ],
)
def test_passive_sentences_are_found_by_their_form(sentence: str, passive: bool) -> None:
    assert bool(graded(PatientText("x", sentence), ()).passive) is passive


def test_short_texts_are_not_measured() -> None:
    title = graded(PatientText("x", "Multidisciplinary rehabilitation"), ())
    assert not title.measurable
    assert not title.too_hard
    assert title.grade.hard_words == ("multidisciplinary", "rehabilitation")


def test_names_are_those_of_medicines_and_procedures_only() -> None:
    names = medicine_and_procedure_names(library_catalogue())
    assert {"duloxetine", "ablation", "ablations", "epidural", "laminectomy", "mri"} <= names
    assert not {"minimally", "invasive", "selective", "delivery", "prescription", "surgery"} & names
    assert (
        not {"exercise", "physical", "therapy", "emergency", "rehabilitation", "pain", "a"} & names
    )
