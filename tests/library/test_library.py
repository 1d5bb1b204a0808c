"""What the shipped content must hold, whatever its wording."""

from __future__ import annotations

import pytest

from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import library_ids
from pathways.reading.load import load


@pytest.fixture(scope="module")
def back_pain() -> ResolvedPathway:
    return load("severe-back-pain")


@pytest.mark.parametrize("name", library_ids())
def test_nothing_is_called_reviewed_and_open_questions_are_there(name: str) -> None:
    pathway = load(name)
    assert pathway.is_draft
    assert len(pathway.open_questions) >= 5


@pytest.mark.parametrize("name", library_ids())
def test_warning_signs_come_first_and_interrupt(name: str) -> None:
    pathway = load(name)
    assert pathway.start == next(iter(pathway.states)) == "warning_signs"
    levels = [each.level for each in pathway.interrupts]
    assert levels[0] == "emergency"
    assert "urgent" in levels
    assert pathway.interrupts[0].to == "emergency_care"
    signs = [finding for finding in pathway.catalogue.findings.values() if finding.level]
    assert len(signs) >= 12
    assert all(sign.valid_for for sign in signs)


def test_care_without_medicines_comes_before_medicines_and_is_never_behind_them(
    back_pain: ResolvedPathway,
) -> None:
    first = back_pain.numbers["care_without_medicines"]
    medicines = [
        name
        for name, state in back_pain.states.items()
        for offer in state.offers
        if back_pain.catalogue.treatments[offer.treatment].category == "medicine"
    ]
    assert medicines
    assert all(back_pain.numbers[name] > first for name in medicines)
    offers = back_pain.states["care_without_medicines"].offers
    assert [offer.when for offer in offers if offer.when is not None] == []


def test_every_treatment_on_offer_cites_a_current_source(back_pain: ResolvedPathway) -> None:
    for state in back_pain.states.values():
        for offer in state.offers:
            evidence = (*back_pain.catalogue.treatments[offer.treatment].evidence, *offer.evidence)
            sources = {item.source for item in evidence}
            kinds = {back_pain.catalogue.sources[each].kind for each in sources}
            assert kinds - {"seed"}, f"{offer.treatment} rests on a starting text alone"
