"""The safety rules of the library: which there must be, what they rest on, and that they see a mistake."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path as FilePath

import pytest

from pathways.boxes.regions import intersection
from pathways.checks.check import check
from pathways.checks.operands import operands_of
from pathways.checks.results import CheckResult
from pathways.conditions import Condition, findings_in, names_in, parse
from pathways.graph.steps import reachable, step_net
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import Offer
from pathways.reading.files import library_ids, pathway_file
from pathways.reading.load import load
from pathways.semantics.logic import Logic

EVERYWHERE = """
    cauda-equina-sign-to-emergency-care deficit-in-both-legs-to-emergency-care
    growing-weakness-to-emergency-care fever-with-nerve-change-to-emergency-care
    new-deficit-to-work-up possible-infection-to-work-up possible-fracture-to-work-up weight-loss-to-work-up
    unchecked-cancer-or-steroid-risk-to-work-up unchecked-infection-risk-to-work-up
    deficit-or-trauma-the-same-day possible-infection-the-same-day
    emergency-care-can-be-reached urgent-work-up-can-be-reached care-goes-on-after-the-check
    everybody-gets-out-again
"""
MEDICINES = """
    never-two-nsaids no-panel-leads-to-two-nsaids one-relaxant-at-a-time one-opioid-at-a-time
    no-opioid-with-another-sedative opioids-only-after-other-medicines medicines-of-lasting-pain-only-then
    medicines-can-be-settled medicines-lead-on-to-other-care
"""
BLOCKS = """
    ablation-needs-two-blocks no-ablation-after-a-negative-block ablation-after-second-block
    second-block-after-first blocks-only-for-lasting-strong-pain blocks-can-be-finished
    blocks-lead-on-to-other-care
"""
SURGERY = """
    surgery-needs-a-scan surgery-needs-a-cause surgery-needs-failed-care no-surgery-when-well
    surgery-after-opinion implant-needs-trial-result implant-after-trial trial-after-screening
    pump-needs-trial-result pump-after-trial pump-trial-after-screening team-care-is-always-open
"""
WHOLE = (
    "opioids-after-care-without-medicines no-series-of-injections care-without-medicines-is-open"
)

REQUIRED = {
    "safety": "",
    "medicines": MEDICINES,
    "test-blocks": BLOCKS,
    "surgery-and-devices": SURGERY,
    "acute-to-specialist": f"""{WHOLE} {MEDICINES} scan-needs-care-first scan-read-before-surgeon
        surgeon-needs-a-cause surgeon-needs-failed-care surgery-or-device-needs-a-reason care-before-injections
        moving-before-medicines medicines-lead-to-calming-care self-management-is-open""",
    "after-failed-injection": f"""{WHOLE} {MEDICINES} {SURGERY} new-scan-needs-six-weeks
        scan-read-before-surgery rehabilitation-before-next-injection getting-well-is-possible""",
    "chronic-back-pain": f"""{WHOLE} {MEDICINES} {SURGERY} scan-needs-six-weeks scan-read-before-surgery
        other-care-before-injections self-management-is-open""",
    "facet-joint-pain": f"""{WHOLE} {MEDICINES} {BLOCKS} scan-needs-six-weeks care-before-procedures
        care-before-injections no-series-of-epidurals no-series-of-sacroiliac-injections
        one-talk-about-a-repeat self-management-is-open team-care-is-open""",
    "severe-back-pain": f"""{WHOLE} {MEDICINES} {BLOCKS} {SURGERY} scan-needs-six-weeks
        scan-read-before-surgery care-before-medicines care-before-injections self-management-is-open""",
}
"""Rules that a pathway must have, its own and those of the parts it takes in, besides those of everywhere."""

MEANT_TO_SHARE: dict[str, str] = {}
"""Rules that may use a definition that ways use too, and why; everything else is written out."""


@pytest.fixture(scope="module", params=library_ids())
def pathway(request: pytest.FixtureRequest) -> ResolvedPathway:
    return load(request.param)


@pytest.fixture(scope="module")
def safety_file() -> FilePath:
    file = pathway_file("safety", None)
    assert file is not None
    return file


def test_every_pathway_has_the_rules_it_needs(pathway: ResolvedPathway) -> None:
    wanted = f"{EVERYWHERE} {REQUIRED[pathway.id]}".split()
    assert sorted(set(wanted) - {rule.id for rule in pathway.rules}) == []


def test_every_rule_holds(pathway: ResolvedPathway) -> None:
    assert [each.id for each in check(pathway).rules if each.verdict != "holds"] == []


def test_every_rule_says_why_and_has_a_source(pathway: ResolvedPathway) -> None:
    for rule in pathway.rules:
        assert len(rule.why.clinician.split()) >= 6, rule.id
        assert rule.evidence, rule.id
        assert all(each.item for each in rule.evidence), rule.id


def test_no_rule_rests_on_a_definition_it_should_guard(pathway: ResolvedPathway) -> None:
    for each in operands_of(pathway):
        if each.condition is not None and each.rule.id not in MEANT_TO_SHARE:
            used = {*names_in(each.condition)} & {*pathway.scope.definitions}
            assert used == set(), each.rule.id


def test_every_warning_sign_has_a_rule_of_its_own_level() -> None:
    """A sign that is added without a rule is noticed."""
    safety = load("safety")
    guarded: dict[str, set[str]] = {"emergency": set(), "urgent": set()}
    for each in operands_of(safety):
        if each.form == "within" and each.condition is not None:
            level = "urgent" if "urgent_work_up" in each.first else "emergency"
            guarded[level] |= {*findings_in(each.condition, safety.scope)}
    signs = {name: each.level for name, each in safety.catalogue.findings.items() if each.level}
    asked = {name: level for name, level in signs.items() if level in guarded}
    assert len(asked) >= 15
    assert [name for name, level in asked.items() if name not in guarded[str(level)]] == []


EMERGENCY_SIGNS = (
    "rf_bladder_retention",
    "rf_bladder_bowel_loss",
    "rf_saddle_numb",
    "rf_sexual_change",
    "rf_both_legs_weak_numb",
    "rf_weakness_worse",
    "fever_with_nerve_change",
)
"""The parts of the definition of an emergency sign."""


@pytest.mark.parametrize("sign", EMERGENCY_SIGNS)
def test_a_sign_deleted_from_the_definition_fails_a_rule_with_a_journey(
    sign: str, safety_file: FilePath, tmp_path: FilePath
) -> None:
    result = without_sign(safety_file, tmp_path, "emergency_sign", sign)
    failed = [each for each in result.problems if each.rule.endswith("-to-emergency-care")]
    assert failed, sign
    for each in failed:
        assert each.journey is not None
        assert "emergency_care" not in each.journey.states


@pytest.mark.parametrize(
    "sign", ["rf_fever", "rf_foot_drop", "rf_leg_weak", "rf_both_legs_pain", "rf_major_trauma"]
)
def test_an_urgent_sign_deleted_from_the_definition_fails_a_rule(
    sign: str, safety_file: FilePath, tmp_path: FilePath
) -> None:
    result = without_sign(safety_file, tmp_path, "same_day_sign", sign)
    assert [each.rule for each in result.problems if each.rule.endswith("-to-work-up")], sign


def without_sign(
    safety_file: FilePath, folder: FilePath, definition: str, sign: str
) -> CheckResult:
    """Return what the check says of a copy of the safety pathway whose definition lacks one sign."""
    before, rest = safety_file.read_text(encoding="utf-8").split(f"\n  {definition}:\n", 1)
    said, after = rest.split("    evidence:\n", 1)
    parts = " ".join(said.split()).removeprefix("when: >- ").split(" or ")
    left = [each for each in parts if each != sign]
    assert len(left) == len(parts) - 1
    copy = folder / "safety.yaml"
    copy.write_text(
        f"{before}\n  {definition}:\n    when: {' or '.join(left)}\n    evidence:\n{after}",
        encoding="utf-8",
    )
    return check(load(copy))


def offers_of(pathway: ResolvedPathway, class_name: str) -> Iterator[tuple[str, Offer]]:
    """Yield every offer of a treatment of some class, with its state."""
    for name, state in pathway.states.items():
        for offer in state.offers:
            if class_name in pathway.catalogue.treatments[offer.treatment].classes:
                yield name, offer


def nobody_is(pathway: ResolvedPathway, *conditions: Condition) -> bool:
    """Return whether no patient satisfies all of some conditions."""
    logic = Logic(pathway, conditions)
    return not intersection([logic.space.region(each) for each in conditions])


def test_no_panel_offers_two_anti_inflammatories(pathway: ResolvedPathway) -> None:
    """Rules speak of steps, not of what a panel offers; so this is held here."""
    offers = list(offers_of(pathway, "nsaid"))
    for (state, one), (other_state, other) in itertools.combinations(offers, 2):
        if state == other_state:
            assert one.when is not None
            assert other.when is not None
            assert nobody_is(pathway, one.when, other.when), state
    for state, offer in offers:
        assert offer.when is not None
        for _, other in offers:
            if other.treatment != offer.treatment:
                taken = parse(f"{other.treatment}.status == now")
                assert nobody_is(pathway, offer.when, taken), f"{state}: {offer.treatment}"


NO_NSAID_LEFT = """
    not nsaid_unsafe and not (meloxicam.status != never and meloxicam.relief_pct < 30) and
    not (ibuprofen.status != never and ibuprofen.relief_pct < 30)
"""
SEDATED = """
    any muscle_relaxant now or gabapentinoid.status == now or other_sedatives has benzodiazepine or
    other_sedatives has sleep_medicine or other_sedatives has alcohol or any opioid now
"""


def test_an_opioid_is_offered_only_after_nsaids_and_never_beside_a_sedative(
    pathway: ResolvedPathway,
) -> None:
    for state, offer in offers_of(pathway, "opioid"):
        assert offer.when is not None, state
        assert nobody_is(pathway, offer.when, parse(NO_NSAID_LEFT)), state
        assert nobody_is(pathway, offer.when, parse(SEDATED)), state


def test_care_without_medicines_and_every_end_can_be_reached_without_them(
    pathway: ResolvedPathway,
) -> None:
    net = step_net(pathway)
    medicines = {
        net.position(name)
        for name, state in pathway.states.items()
        if any(
            pathway.catalogue.treatments[offer.treatment].category == "medicine"
            for offer in state.offers
        )
    }
    found = net.named(reachable(net.after, net.position(pathway.start), medicines))
    wanted = {
        name
        for name, state in pathway.states.items()
        if "non_drug_care" in state.tags or "way_out" in state.tags
    }
    assert wanted
    assert sorted(wanted - set(found)) == []


def test_every_end_is_a_way_out(pathway: ResolvedPathway) -> None:
    """The rule that everybody gets out again speaks of them all."""
    ends = {name for name, state in pathway.states.items() if state.kind in {"end", "link"}}
    assert {name for name, state in pathway.states.items() if "way_out" in state.tags} == ends
