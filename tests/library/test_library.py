"""What the shipped content must hold, whatever its wording."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from pathways.model.badges import badge
from pathways.model.evidence import Evidence
from pathways.model.pathway import ResolvedPathway
from pathways.reading.catalogues import library_catalogue
from pathways.reading.files import library_ids
from pathways.reading.load import load

SEED_000 = {"C": 6, "M": 11, "T": 16, "D": 5, "Q": 6, "H": 3, "X": 1, "O": 1, "G": 5, "P": 4}
"""How many items of each kind the first source text has."""

BADGES = {
    ("therapeutic_exercise", None): "supported",
    ("physical_therapy", None): "supported",
    ("multidisciplinary_rehabilitation", "chronic_pain"): "supported",
    ("cognitive_behavioural_therapy", "chronic_pain"): "supported",
    ("mindfulness", "chronic_pain"): "supported",
    ("heat", None): "supported",
    ("stay_active", None): "supported",
    ("meloxicam", "up_to_12_weeks"): "supported",
    ("manual_therapy", None): "supported",
    ("massage", None): "supported",
    ("aquatic_therapy", None): "supported",
    ("baclofen", "up_to_12_weeks"): "supported",
    ("tizanidine", "up_to_12_weeks"): "supported",
    ("tizanidine", "chronic_pain"): "advised_against",
    ("cyclobenzaprine", "chronic_pain"): "advised_against",
    ("acupuncture", None): "mixed",
    ("duloxetine", "chronic_pain"): "mixed",
    ("tramadol", "chronic_pain"): "mixed",
    ("epidural_steroid_injection", "acute_severe_sciatica"): "mixed",
    ("radiofrequency_ablation", "chronic_joint_pain"): "mixed",
    ("medial_branch_block", "chronic_joint_pain"): "mixed",
    ("trigger_point_injection", None): "mixed",
    ("spinal_cord_stimulator", None): "mixed",
    ("tens", None): "advised_against",
    ("interferential_current", None): "advised_against",
    ("therapeutic_ultrasound", None): "advised_against",
    ("bed_rest", None): "advised_against",
    ("prednisone_taper", None): "advised_against",
    ("gabapentinoid", None): "advised_against",
    ("hydrocodone", None): "advised_against",
    ("acetaminophen", None): "advised_against",
    ("botulinum_toxin", None): "advised_against",
    ("facet_joint_injection", None): "advised_against",
    ("spinal_fusion", "back_pain_alone"): "advised_against",
}
"""The badge the evidence was found to give each treatment, by situation."""


def cited(part: object) -> Iterator[Evidence]:
    """Yield everything cited anywhere in a record."""
    if isinstance(part, Evidence):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from cited(getattr(part, name))
    elif isinstance(part, dict):
        for each in part.values():
            yield from cited(each)
    elif isinstance(part, tuple):
        for each in part:
            yield from cited(each)


@pytest.fixture(scope="module")
def back_pain() -> ResolvedPathway:
    return load("severe-back-pain")


def test_every_item_of_the_first_text_is_cited(back_pain: ResolvedPathway) -> None:
    wanted = {f"S0-{kind}{n:02}" for kind, count in SEED_000.items() for n in range(1, count + 1)}
    parts = (back_pain.document, *back_pain.included, library_catalogue())
    found = {item.item for part in parts for item in cited(part) if item.source == "seed-000"}
    assert len(wanted) == 58
    assert sorted(wanted - found) == []


@pytest.mark.parametrize(("case", "expected"), BADGES.items())
def test_badges_are_those_the_evidence_gives(case: tuple[str, str | None], expected: str) -> None:
    treatment, situation = case
    catalogue = library_catalogue()
    evidence = catalogue.treatments[treatment].evidence
    assert badge(evidence, catalogue.sources, situation, catalogue.situations) == expected


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
