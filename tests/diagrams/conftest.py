"""Diagrams made by hand, and a small pathway."""

from __future__ import annotations

import pytest

from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Group, Line, Overlay, Stub
from pathways.model.catalogue import Catalogue
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway

SAMPLE_BOXES = (
    Box(
        "arrive",
        1,
        "clinical_state",
        "Severe back pain",
        "spreading to hips, thighs or knees",
        group="check",
        is_start=True,
        text="Most back pain gets better with time and movement.",
    ),
    Box(
        "signs",
        2,
        "decision",
        "Any emergency sign?",
        "numb between the legs, trouble passing urine",
        group="check",
        choose="first",
    ),
    Box(
        "go_now",
        3,
        "action",
        "Emergency care now",
        "same-day MRI scan",
        category="referral",
        group="check",
        urgency="emergency",
    ),
    Box(
        "tests",
        4,
        "action",
        "Urgent tests",
        "blood tests within two weeks",
        category="test",
        group="check",
        urgency="urgent",
        results=("blood test", "MRI result"),
    ),
    Box(
        "care",
        5,
        "options",
        "First weeks",
        "keep active whatever you choose",
        group="first",
        lines=(
            Line("Stay active", "supported", "Guidelines support it"),
            Line("Baclofen", "mixed", "Guidelines do not agree"),
            Line("TENS", "advised_against", "Guidelines advise against it", "you cannot exercise"),
            Line("New implant", "experimental", "Still being tested"),
            Line("Magnets", "no_guideline_found", "No guideline found"),
            Line("Cold bath", "seed_only", "Not checked yet"),
        ),
    ),
    Box(
        "review",
        6,
        "decision",
        "Better after 6 weeks?",
        "at least a third less pain",
        group="first",
    ),
    Box(
        "opioid",
        7,
        "action",
        "Short opioid course",
        category="medicine",
        group="first",
        badge="advised_against",
        badge_words="Guidelines advise against it",
        choose="any",
    ),
    Box("elsewhere", 8, "link", "Facet joint pain", group="first", goes_to="facet-joint-pain"),
    Box("well", 9, "end", "Keep well", "come back if it gets worse", group="first"),
)

SAMPLE_ARROWS = (
    Arrow("arrive/0", "arrive", "signs"),
    Arrow("signs/0", "signs", "go_now", "Yes", "you have an emergency sign", order=1),
    Arrow(
        "signs/1",
        "signs",
        "tests",
        "Urgent sign",
        "you have a fever, or a history of cancer",
        order=2,
    ),
    Arrow("signs/2", "signs", "care", "Otherwise", "none of the lines above fits", order=3),
    Arrow("tests/0", "tests", "care", "", "the tests found no serious cause"),
    Arrow("care/0", "care", "review"),
    Arrow("review/0", "review", "well", "Yes", "your pain is at least 30% less"),
    Arrow("review/1", "review", "opioid", "No", "your pain is less than 30% less"),
    Arrow("review/2", "review", "elsewhere", "Joint pain", "your pain comes from a joint"),
    Arrow("opioid/0", "opioid", "care", "Still sore", "your pain stays the same"),
    Arrow("opioid/1", "opioid", "well", "Better", "your pain is less"),
)


@pytest.fixture
def sample() -> Diagram:
    """A diagram with every kind of box, every badge, both urgencies, stubs and alarms."""
    return Diagram(
        id="back-pain",
        title="Severe back pain",
        subtitle="The whole pathway",
        footer="Version 1.2.0, 2026-11-20. Draft: not reviewed by a clinician. "
        "Information, not medical advice.",
        reader="patient",
        boxes=SAMPLE_BOXES,
        arrows=SAMPLE_ARROWS,
        groups=(Group("check", 1, "Check first"), Group("first", 2, "First weeks")),
        stubs=(
            Stub("scan/0", "care", 14, "MRI scan", leaves=False, label="Not done", other="scan"),
            Stub("later/1", "care", 12, "Review", leaves=False, other="later"),
            Stub(
                "well/0", "well", 20, "Team care", leaves=True, label="If it returns", other="team"
            ),
        ),
        alarms=(
            Alarm(
                "interrupt-1",
                "emergency",
                "Warning sign",
                "you are numb between the legs",
                3,
                "Emergency care now",
                "go_now",
            ),
            Alarm("interrupt-2", "urgent", "Fever", "you have a fever", 4, "Urgent tests", "tests"),
            Alarm(
                "interrupt-3", "urgent", "Worse at night", "", 6, "Better after 6 weeks?", "review"
            ),
        ),
    )


@pytest.fixture
def marked(sample: Diagram) -> Diagram:
    """The sample with every mark of an overlay."""
    return sample.with_overlay(
        Overlay(
            {
                "arrive": "been",
                "signs": "here",
                "go_now": "closed",
                "tests": "next",
                "care": "focus",
                "review": "added",
                "opioid": "removed",
                "elsewhere": "changed",
            },
            {"arrive/0": "been", "signs/0": "closed", "signs/1": "next"},
        )
    )


FINDINGS = {
    "saddle_numbness": {
        "type": "yes_no",
        "title": "numb between the legs",
        "says": {"clinician": "saddle numbness", "patient": "you are numb between the legs"},
        "says_not": {
            "clinician": "no saddle numbness",
            "patient": "you are not numb between the legs",
        },
        "question": "Are you numb between the legs?",
        "kind": "watch",
        "level": "emergency",
        "valid_for": {"amount": 1, "unit": "days"},
    },
    "fever": {
        "type": "yes_no",
        "title": "fever",
        "question": "Do you have a fever?",
        "kind": "watch",
    },
    "relief": {
        "type": "number",
        "unit": "percent",
        "range": ["0", "100"],
        "title": "pain relief",
        "question": "How much less pain?",
        "kind": "status",
    },
}

STATES = {
    "arrive": {
        "kind": "clinical_state",
        "title": "Back pain",
        "phase": "check",
        "next": [{"to": "signs"}],
    },
    "signs": {
        "kind": "decision",
        "title": {"clinician": "Red flags?", "patient": "Any warning sign?"},
        "phase": "check",
        "choose": "first",
        "next": [
            {"to": "go_now", "when": "saddle_numbness", "label": "Yes"},
            {"to": "tests", "when": "fever"},
            {"to": "care", "when": "else"},
        ],
    },
    "go_now": {"kind": "end", "title": "Emergency care", "phase": "check"},
    "tests": {
        "kind": "action",
        "category": "test",
        "title": "Urgent tests",
        "phase": "check",
        "tags": ["urgent"],
        "yields": ["relief"],
        "next": [{"to": "care"}],
    },
    "care": {
        "kind": "options",
        "title": "First weeks",
        "phase": "first",
        "offers": ["heat", {"treatment": "tens", "when": "not fever"}],
        "next": [{"to": "review"}],
    },
    "review": {
        "kind": "decision",
        "title": "Better?",
        "phase": "first",
        "next": [
            {"to": "well", "when": "relief >= 30", "label": "Better"},
            {"to": "block", "when": "10 <= relief < 30"},
            {"to": "care", "when": "relief < 10", "label": "No change"},
        ],
    },
    "block": {
        "kind": "action",
        "category": "procedure",
        "title": "Test injection",
        "phase": "later",
        "does": ["block"],
        "next": [{"to": "well"}],
    },
    "well": {"kind": "end", "title": "Keep well", "phase": "later"},
}


def _record(title: str, category: str, direction: str) -> dict[str, object]:
    evidence = [{"source": "guide", "direction": direction}]
    return {"title": title, "category": category, "what": f"{title}.", "evidence": evidence}


@pytest.fixture
def small() -> ResolvedPathway:
    """Eight states in three phases, with one interrupt and one loop."""
    catalogue = Catalogue.model_validate(
        {
            "findings": FINDINGS,
            "treatments": {
                "heat": _record("Heat", "self_care", "for"),
                "tens": _record("TENS", "therapy", "against"),
                "block": _record("Medial branch block", "procedure", "unclear"),
            },
            "sources": {
                "guide": {"title": "G", "kind": "guideline", "organisation": "O", "seen": "primary"}
            },
        }
    )
    document = PathwayDocument.model_validate(
        {
            "format": "1",
            "pathway": "small-pain",
            "version": "1.0.0",
            "updated": "2026-11-20",
            "title": {"clinician": "Low back pain", "patient": "Back pain"},
            "start": "arrive",
            "phases": {
                "check": {"title": "Check first"},
                "first": {"title": "First weeks"},
                "later": {"title": "Later"},
            },
            "interrupts": [
                {
                    "to": "go_now",
                    "when": "saddle_numbness",
                    "level": "emergency",
                    "label": "Warning sign",
                }
            ],
            "states": STATES,
        }
    )
    return ResolvedPathway(
        document=document,
        included=(),
        catalogue=catalogue,
        states=document.states,
        phases=document.phases,
        definitions={},
        interrupts=document.interrupts,
        rules=(),
        origins=dict.fromkeys(document.states, "small-pain"),
    )
