"""Every single thing the starting texts name has a record of its own in the catalogue."""

from __future__ import annotations

from pathways.reading.catalogues import library_catalogue

SOURCES_OF_PAIN = {
    "muscle spasm or guarding": "muscle_spasm",
    "muscle strain": "muscle_strain",
    "muscle imbalance": "muscle_imbalance",
    "nerve root irritation or compression": "nerve_root_pressure",
    "herniated disc": "disc_herniation",
    "disc as source": "disc_source",
    "spinal stenosis": "canal_narrowing",
    "facet joint": "facet_joint_source",
    "sacroiliac joint": "sacroiliac_joint_source",
    "ligament": "ligament_source",
    "joint instability": "joint_instability",
    "bone": "bone_source",
    "degenerative disease": "degenerative_disease",
    "inflammatory cycle": "inflammation",
    "central sensitisation": "sensitised_pain_system",
    "fibromyalgia or another pain syndrome": "chronic_pain_syndrome",
    "psychological factors": "psychological_factors",
}

TREATMENTS = """
    easing_off ice topical_medicine ibuprofen meloxicam nsaid acetaminophen non_opioid_prescription baclofen
    tizanidine cyclobenzaprine muscle_relaxant tramadol hydrocodone opioid prednisone_taper gabapentinoid
    antidepressant physical_therapy targeted_physical_therapy therapeutic_exercise stretching
    posture_and_body_mechanics mckenzie_method core_stabilisation joint_mobilisation soft_tissue_manipulation
    aquatic_therapy tens interferential_current therapeutic_ultrasound trigger_point_injection
    epidural_steroid_injection selective_nerve_root_block facet_joint_injection medial_branch_block
    sympathetic_block botulinum_toxin platelet_rich_plasma stem_cells radiofrequency_ablation
    spinal_cord_stimulation_trial spinal_cord_stimulator intrathecal_pump discectomy laminectomy spinal_fusion
    facet_joint_fusion minimally_invasive_surgery cognitive_behavioural_therapy mindfulness
    relaxation_techniques biofeedback spinal_manipulation acupuncture massage
    weight_management regular_exercise ergonomic_adjustments
"""
"""All that the texts name, lifestyle as three; a class has a record too."""

TESTS = """
    history_and_examination pain_pattern_analysis mri ct updated_imaging nerve_tests diagnostic_block_response
    psychological_assessment
"""


def test_the_17_sources_of_pain_have_a_record_each() -> None:
    assert len(set(SOURCES_OF_PAIN.values())) == 17
    mechanisms = library_catalogue().mechanisms
    assert [name for name in SOURCES_OF_PAIN.values() if name not in mechanisms] == []
    reasons = [each for each in mechanisms.values() if each.kind == "reason_for_no_relief"]
    assert len(reasons) == 9


def test_every_treatment_and_test_of_the_texts_has_a_record() -> None:
    catalogue = library_catalogue()
    assert len(set(TREATMENTS.split())) == len(TREATMENTS.split()) == 59
    known = {*catalogue.treatments, *catalogue.classes}
    assert [name for name in TREATMENTS.split() if name not in known] == []
    assert [name for name in TESTS.split() if name not in catalogue.tests] == []


def test_every_source_says_who_published_it_and_what_was_seen() -> None:
    for name, source in library_catalogue().sources.items():
        assert source.organisation, name
        if source.kind == "seed":
            assert source.file, name
        else:
            assert source.seen_how, name
            assert source.address or "Clearinghouse" in source.seen_how or source.note, name
        assert source.seen != "recalled", name
