"""Every badge against the table in which the evidence was summed up, row by row.

``TABLE`` is that table. Where the formula of :mod:`pathways.model.badges` says something else, the
difference stands in ``DIFFERENCES`` with its reason; the evidence is never bent to fit.
"""

from __future__ import annotations

import pytest

from pathways.model.badges import Badge, badge
from pathways.model.evidence import Evidence
from pathways.reading.catalogues import library_catalogue

TABLE: dict[Badge, str] = {
    "supported": """
        therapeutic_exercise physical_therapy targeted_physical_therapy stay_active regular_exercise heat
        multidisciplinary_rehabilitation cognitive_behavioural_therapy mindfulness
        meloxicam ibuprofen meloxicam@up_to_12_weeks
        manual_therapy spinal_manipulation joint_mobilisation soft_tissue_manipulation massage
        mckenzie_method core_stabilisation aquatic_therapy
        biofeedback@chronic_pain relaxation_techniques@chronic_pain
        baclofen@up_to_12_weeks tizanidine@up_to_12_weeks cyclobenzaprine@up_to_12_weeks""",
    "mixed": """
        acupuncture duloxetine@chronic_pain tramadol@chronic_pain
        epidural_steroid_injection@acute_severe_sciatica
        radiofrequency_ablation@chronic_joint_pain medial_branch_block@chronic_joint_pain
        trigger_point_injection spinal_cord_stimulator sacroiliac_joint_injection@sacroiliac_joint_pain
        sacroiliac_ablation@sacroiliac_joint_pain intrathecal_pump intrathecal_pump_trial""",
    "advised_against": """
        tens interferential_current therapeutic_ultrasound bed_rest prednisone_taper gabapentinoid
        hydrocodone tramadol@up_to_12_weeks acetaminophen botulinum_toxin facet_joint_injection
        spinal_fusion@back_pain_alone
        baclofen@chronic_pain tizanidine@chronic_pain cyclobenzaprine@chronic_pain""",
    "experimental": "platelet_rich_plasma stem_cells",
    "no_guideline_found": """
        sympathetic_block facet_joint_fusion minimally_invasive_surgery ergonomic_adjustments
        weight_management nerve_tests topical_medicine""",
}
"""Treatments and tests by the badge of the table; behind ``@`` the situation it speaks of."""

DIFFERENCES: dict[str, tuple[Badge, str]] = {
    "intrathecal_pump": (
        "advised_against",
        (
            "The table says mixed, last resort. The one guideline that votes (Colorado 2017) does not"
            " recommend it in general; what speaks for it is a payer's list of conditions, and payers"
            " have no vote."
        ),
    ),
    "intrathecal_pump_trial": ("advised_against", "As for the pump itself."),
    "sympathetic_block": (
        "supported",
        (
            "The table speaks of back pain, where no guideline was found; there the badge says so. In"
            " general the Colorado guideline on CRPS counts, and it is for the block in CRPS."
        ),
    ),
}
"""Where the formula says otherwise, and why."""

ALSO: dict[str, Badge] = {
    "sympathetic_block@leg_nerve_pain": "no_guideline_found",
    "sympathetic_block@crps": "supported",
    "epidural_steroid_injection@back_pain_alone": "advised_against",
    "spinal_cord_stimulator@back_pain_alone": "advised_against",
    "stretching": "mixed",
    "other_antidepressant": "advised_against",
    "easing_off": "no_guideline_found",
    "mri@no_warning_sign_no_care_yet": "advised_against",
    "mri@after_failed_care": "supported",
    "mri@warning_sign_present": "supported",
}
"""What the table does not say and the evidence gives."""


def evidence_of(name: str) -> tuple[Evidence, ...]:
    catalogue = library_catalogue()
    record = catalogue.treatments.get(name) or catalogue.tests[name]
    return record.evidence


def ours(row: str) -> Badge | None:
    name, _, situation = row.partition("@")
    catalogue = library_catalogue()
    return badge(evidence_of(name), catalogue.sources, situation or None, catalogue.situations)


ROWS = [(row, wanted) for wanted, rows in TABLE.items() for row in rows.split()]


@pytest.mark.parametrize(("row", "wanted"), ROWS)
def test_a_badge_is_that_of_the_table_or_the_difference_has_a_reason(
    row: str, wanted: Badge
) -> None:
    expected, why = DIFFERENCES.get(row, (wanted, ""))
    assert ours(row) == expected
    assert (expected != wanted) == bool(why), "no longer a difference"


@pytest.mark.parametrize(("row", "wanted"), ALSO.items())
def test_badges_beyond_the_table(row: str, wanted: Badge) -> None:
    assert ours(row) == wanted


def test_every_treatment_has_a_badge_and_evidence_that_is_no_starting_text() -> None:
    catalogue = library_catalogue()
    for name, record in catalogue.treatments.items():
        assert record.evidence, name
        assert ours(name) != "seed_only", name
        assert {catalogue.sources[each.source].kind for each in record.evidence} - {"seed"}, name


def test_a_mixed_badge_rests_on_a_guideline_for_and_one_against() -> None:
    catalogue = library_catalogue()
    for name, record in catalogue.treatments.items():
        if ours(name) == "mixed":
            directions = {
                each.direction
                for each in record.evidence
                if catalogue.sources[each.source].kind == "guideline"
            }
            assert {"for", "against"} <= directions, name
