"""One fixed scope with words for both readers, used by the tables in ``spec/``."""

from __future__ import annotations

from decimal import Decimal

from pathways.conditions import (
    Definition,
    FindingShape,
    Scope,
    TreatmentClassShape,
    Wording,
    parse,
)

_STATUS = ("never", "now", "stopped")
_STATUS_WORDS = {"never": "never taken", "now": "taken now", "stopped": "stopped"}

_FINDINGS = (
    FindingShape(
        "fever",
        "yes_no",
        wording={
            "clinician": Wording("fever", says="fever", says_not="no fever"),
            "patient": Wording("fever", says="you have a fever", says_not="you have no fever"),
        },
    ),
    FindingShape("cough", "yes_no", wording={"clinician": Wording("cough")}),
    FindingShape("weak_legs", "yes_no"),
    FindingShape(
        "night_pain",
        "yes_no",
        wording={
            "clinician": Wording("night pain", says="pain at night and at rest"),
            "patient": Wording("night pain", says="pain at night, at rest, or both"),
        },
    ),
    FindingShape(
        "pain_weeks",
        "number",
        unit="weeks",
        low=Decimal(0),
        high=Decimal(2600),
        step=Decimal(1),
        wording={
            "clinician": Wording("pain duration", says="pain duration {value}"),
            "patient": Wording("how long", says="you have had pain for {value}"),
        },
    ),
    FindingShape(
        "relief",
        "number",
        unit="percent",
        low=Decimal(0),
        high=Decimal(100),
        wording={"clinician": Wording("pain relief"), "patient": Wording("relief")},
    ),
    FindingShape(
        "temperature",
        "number",
        unit="celsius",
        low=Decimal(-10),
        high=Decimal(45),
        step=Decimal("0.5"),
    ),
    FindingShape("injections", "number", unit="count", low=Decimal(0), high=Decimal(20)),
    FindingShape("score", "number"),
    FindingShape(
        "pattern",
        "one_of",
        options=("joint", "nerve", "mixed"),
        wording={
            "clinician": Wording(
                "pain pattern", options={"joint": "facet joint pain", "nerve": "nerve pain"}
            ),
            "patient": Wording(
                "kind of pain",
                says="your pain is {value}",
                says_not="your pain is not {value}",
                options={"joint": "joint pain", "nerve": "nerve pain", "mixed": "both kinds"},
            ),
        },
    ),
    FindingShape(
        "pain_sites",
        "several_of",
        options=("knee", "hip", "none"),
        wording={
            "clinician": Wording("pain sites", options={"none": "none of these"}),
            "patient": Wording(
                "where it hurts",
                says="it hurts in your {value}",
                says_not="it does not hurt in your {value}",
            ),
        },
    ),
    FindingShape(
        "baclofen.status",
        "one_of",
        options=_STATUS,
        wording={"clinician": Wording("baclofen", options=_STATUS_WORDS)},
    ),
    FindingShape("baclofen.as_advised", "yes_no"),
    FindingShape("meloxicam.status", "one_of", options=_STATUS),
    FindingShape("naproxen.status", "one_of", options=_STATUS),
    FindingShape("aspirin.status", "one_of", options=_STATUS),
    FindingShape("mri.status", "one_of", options=("never", "done")),
)

EXAMPLE = Scope(
    findings={shape.name: shape for shape in _FINDINGS},
    definitions={
        "chronic": Definition(
            "chronic", parse("pain_weeks > 12"), {"patient": "pain for a long time"}
        ),
        "ill": Definition("ill", parse("fever and (cough or chronic)")),
    },
    classes={
        "nsaid": TreatmentClassShape(
            "nsaid",
            ("aspirin", "meloxicam", "naproxen"),
            {"clinician": "NSAID", "patient": "anti-inflammatory medicine"},
        ),
        "relaxant": TreatmentClassShape("relaxant", ("baclofen",), {}),
        "test": TreatmentClassShape("test", ("aspirin", "mri"), {}),
        "empty": TreatmentClassShape("empty", (), {}),
    },
)
