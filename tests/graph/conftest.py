"""Small pathways made by hand, through the same models that files are read into."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.reading.resolve import merge, resolve


def build(states: Mapping[str, Any], *, start: str | None = None, **rest: Any) -> ResolvedPathway:
    """Build a pathway; a list of names stands for a state with those ways on."""
    records = {name: _state(name, each) for name, each in states.items()}
    document = PathwayDocument.model_validate(
        {
            "format": "1",
            "pathway": rest.pop("pathway", "trial"),
            "title": {"clinician": "Trial", "patient": "Try"},
            "version": "1.0.0",
            "updated": "2026-01-31",
            "start": start or next(iter(states)),
            "states": records,
            **rest,
        }
    )
    return resolve(document, (), merge([document]), {})


def _state(name: str, given: Any) -> dict[str, Any]:
    if isinstance(given, Sequence):
        return {
            "kind": "decision" if given else "end",
            "title": name,
            "next": [{"to": to} for to in given],
        }
    return {"kind": "clinical_state", "title": name.replace("_", " "), **given}


@pytest.fixture(scope="session")
def make() -> Callable[..., ResolvedPathway]:
    """Give the function that builds a pathway from its states."""
    return build


FINDINGS: dict[str, Any] = {
    "fever": {
        "title": "fever",
        "type": "yes_no",
        "kind": "watch",
        "question": "Do you have a fever?",
        "level": "emergency",
        "valid_for": {"amount": "2", "unit": "days"},
        "says": {"clinician": "fever", "patient": "you have a fever"},
        "says_not": {"clinician": "no fever", "patient": "you have no fever"},
    },
    "cancer_history": {
        "title": "cancer history",
        "type": "yes_no",
        "kind": "trait",
        "question": "Cancer ever?",
        "level": "urgent",
        "valid_for": {"amount": "1", "unit": "years"},
    },
    "tired": {
        "title": "tiredness",
        "type": "yes_no",
        "kind": "watch",
        "question": "Tired?",
        "level": "soon",
        "valid_for": {"amount": "30", "unit": "days"},
    },
    "scan_clear": {
        "title": "clear scan",
        "type": "yes_no",
        "kind": "result",
        "question": "Was the scan clear?",
    },
    "pain_now": {
        "title": "pain now",
        "type": "number",
        "kind": "status",
        "unit": "points",
        "range": ["0", "10"],
        "step": "1",
        "question": "How bad is the pain now, 0 to 10?",
    },
    "pain_before": {
        "title": "pain before",
        "type": "number",
        "kind": "status",
        "unit": "points",
        "range": ["0", "10"],
        "step": "1",
        "question": "How bad was it before?",
    },
    "pain_change": {
        "title": "change of pain",
        "type": "number",
        "kind": "status",
        "unit": "percent",
        "range": ["-100", "100"],
        "question": "Not asked.",
        "derived": {"function": "change_pct", "of": ["pain_now", "pain_before"]},
    },
    "trend": {
        "title": "trend",
        "type": "number",
        "kind": "status",
        "unit": "percent",
        "range": ["-100", "100"],
        "question": "Not asked.",
        "derived": {"function": "difference", "of": ["pain_change", "swing"]},
    },
    "swing": {
        "title": "swing",
        "type": "number",
        "kind": "status",
        "unit": "percent",
        "range": ["-100", "100"],
        "question": "Not asked.",
        "derived": {"function": "change_pct", "of": ["pain_now", "pain_first"]},
    },
    "pain_first": {
        "title": "pain at first",
        "type": "number",
        "kind": "trait",
        "unit": "points",
        "range": ["0", "10"],
        "question": "How bad was it at first?",
    },
    "weeks_here": {
        "title": "weeks here",
        "type": "number",
        "kind": "time",
        "unit": "weeks",
        "range": ["0", "520"],
        "question": "How many weeks?",
    },
    "never_used": {"title": "x", "type": "yes_no", "kind": "trait", "question": "x?"},
}

SOURCES: dict[str, Any] = {
    "guide-a": {"title": "A", "kind": "guideline", "organisation": "A"},
    "guide-b": {"title": "B", "kind": "guideline", "organisation": "B"},
    "seed-x": {"title": "X", "kind": "seed", "organisation": "X"},
}


def says(source: str, direction: str) -> dict[str, str]:
    """Evidence in short."""
    return {"source": source, "direction": direction}


TREATMENTS: dict[str, Any] = {
    "walking": {
        "title": "Walking",
        "category": "self_care",
        "what": "walking",
        "evidence": [says("guide-a", "for"), says("guide-b", "for")],
    },
    "ibuprofen": {
        "title": {"clinician": "Ibuprofen", "patient": "ibuprofen"},
        "category": "medicine",
        "classes": ["nsaid"],
        "what": "a tablet",
        "evidence": [says("guide-a", "for"), says("guide-b", "against"), says("seed-x", "for")],
    },
    "naproxen": {
        "title": "Naproxen",
        "category": "medicine",
        "classes": ["nsaid"],
        "what": "a tablet",
    },
    "block": {"title": "Block", "category": "procedure", "what": "an injection"},
    "ablation": {
        "title": "Ablation",
        "category": "procedure",
        "what": "heat on a nerve",
        "requires": [
            {"text": "after a block", "only_after": ["block"]},
            {"text": "with walking or a pill", "only_with": ["walking", "naproxen"]},
        ],
    },
    "fusion": {
        "title": "Fusion",
        "category": "surgery",
        "what": "an operation",
        "evidence": [says("guide-a", "against")],
    },
    "brace": {"title": "Brace", "category": "self_care", "what": "never on offer here"},
}

STATES: dict[str, Any] = {
    "signs": {
        "kind": "decision",
        "title": "Any warning sign?",
        "phase": "first",
        "choose": "first",
        "next": [
            {"to": "emergency", "when": "fever", "label": "Fever"},
            {"to": "work_up", "when": "cancer_history"},
            {
                "to": "care",
                "when": "else",
                "label": {"clinician": "None", "patient": "None of these"},
            },
        ],
    },
    "emergency": {
        "kind": "end",
        "title": "Emergency care",
        "phase": "first",
        "tags": ["emergency"],
    },
    "work_up": {
        "kind": "action",
        "category": "test",
        "title": "Scan at once",
        "does": ["scan"],
        "yields": ["scan_clear"],
        "next": [
            {"to": "care", "when": "scan_clear"},
            {"to": "cancer_care", "when": "not scan_clear"},
        ],
    },
    "cancer_care": {"kind": "end", "title": "Care for the cause"},
    "care": {
        "kind": "options",
        "title": {"clinician": "First weeks", "patient": "What helps first"},
        "detail": "Side by side",
        "phase": "treat",
        "situation": "early",
        "offers": [
            "walking",
            {
                "treatment": "ibuprofen",
                "when": "pain_now >= 5",
                "evidence": [says("guide-b", "for")],
            },
            "naproxen",
        ],
        "next": [{"to": "review"}],
    },
    "review": {
        "kind": "decision",
        "title": "Better?",
        "phase": "treat",
        "reassess": ["pain_now"],
        "restarts": ["weeks_here"],
        "next": [
            {"to": "done", "when": "pain_change <= -30", "label": "Better"},
            {"to": "care", "when": "pain_change > -30 and walking.weeks < 6", "label": "Go on"},
            {
                "to": "block",
                "when": "pain_change > -30 and walking.weeks >= 6",
                "why": "It failed.",
            },
        ],
    },
    "done": {"kind": "end", "title": "Self-care"},
    "block": {
        "kind": "action",
        "category": "procedure",
        "title": "Test injection",
        "does": ["block"],
        "next": [{"to": "ablation"}, {"to": "meeting", "when": "any nsaid now"}],
        "choose": "any",
    },
    "ablation": {
        "kind": "action",
        "category": "procedure",
        "title": "Ablation",
        "does": ["ablation"],
        "next": [{"to": "done"}],
    },
    "meeting": {
        "kind": "action",
        "category": "referral",
        "title": "Team meeting",
        "does": ["scan", "fusion"],
        "evidence": [says("guide-b", "for")],
        "next": [{"to": "surgery"}],
    },
    "surgery": {
        "kind": "options",
        "title": "Surgery",
        "tags": ["surgery"],
        "offers": ["fusion"],
        "next": [{"to": "elsewhere"}],
    },
    "elsewhere": {"kind": "link", "title": "Go on", "pathway": "after-surgery"},
    "nobody": ["done"],
}

INTERRUPTS: list[Any] = [
    {"to": "emergency", "when": "fever", "level": "emergency", "label": "Fever"},
    {
        "to": "work_up",
        "when": "cancer_history",
        "level": "urgent",
        "label": "Cancer before",
        "until": "scan_clear",
    },
]

CARE: dict[str, Any] = {
    "findings": FINDINGS,
    "treatments": TREATMENTS,
    "tests": {"scan": {"title": "Scan", "what": "a picture"}},
    "classes": {"nsaid": {"title": "anti-inflammatory medicine"}},
    "situations": {"early": {"title": "the first weeks"}},
    "sources": SOURCES,
    "phases": {"first": {"title": "Check first"}, "treat": {"title": "Treat"}},
    "definitions": {"better": "pain_change <= -30"},
    "concerns": "pain_now >= 1 or better or trend > 0",
    "rules": [
        {"id": "no-surgery-first", "never": "any surgery before care", "why": "care first"},
        {"id": "not-in-pain", "never": "ablation while pain_now < 3", "why": "no need"},
        {"id": "new-pain", "fresh": "pain_now since care", "why": "old"},
    ],
}


@pytest.fixture(scope="session")
def care() -> ResolvedPathway:
    """Give a pathway with everything in it, small enough to work out by hand."""
    return build(STATES, interrupts=INTERRUPTS, **CARE)


@pytest.fixture(scope="session")
def other_care() -> ResolvedPathway:
    """Give the same pathway after an edit: no ablation, a new end, other ways on."""
    states = {name: each for name, each in STATES.items() if name not in {"ablation", "nobody"}}
    block = STATES["block"] | {"choose": "one", "next": [{"to": "meeting"}, {"to": "rest"}]}
    meeting = STATES["meeting"] | {"kind": "decision", "category": None}
    return build(
        states | {"block": block, "meeting": meeting, "rest": []}, interrupts=INTERRUPTS, **CARE
    )
