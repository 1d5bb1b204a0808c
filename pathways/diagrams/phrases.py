"""The few fixed phrases of every picture and its words, for each reader."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pathways.conditions.scope import Reader
from pathways.diagrams.model import Alarm, Box, Mark, Stub, Urgency
from pathways.model.states import StateKind

KIND_WORDS: Mapping[StateKind, str] = MappingProxyType(
    {
        "clinical_state": "situation",
        "decision": "decision",
        "action": "action",
        "options": "options",
        "link": "link",
        "end": "end",
    }
)

MARK_WORDS: Mapping[Reader, Mapping[Mark, str]] = MappingProxyType(
    {
        "clinician": {
            "here": "Here",
            "been": "Done",
            "next": "Possible next",
            "closed": "Not open now",
            "focus": "In focus",
            "added": "New",
            "removed": "Removed",
            "changed": "Changed",
        },
        "patient": {
            "here": "You are here",
            "been": "You have been here",
            "next": "Could be next",
            "closed": "Not open now",
            "focus": "This step",
            "added": "New",
            "removed": "Removed",
            "changed": "Changed",
        },
    }
)

URGENCY_WORDS: Mapping[Urgency, str] = MappingProxyType(
    {"emergency": "Emergency", "urgent": "Urgent"}
)

ALARM_WORDS: Mapping[str, str] = MappingProxyType(
    {"emergency": "Emergency", "urgent": "Urgent", "soon": "Talk to the team soon"}
)

AT_ANY_TIME = "At any time"
ONE_OR_MORE = "One or more of these"
FIRST_THAT_FITS = "The first that fits"


def choose_words(box: Box) -> str:
    """Return how the ways on of a box are chosen, or an empty text for exactly one.

    Example:
        >>> choose_words(Box("care", 1, "action", "Care", choose="any"))
        'One or more of these'
    """
    return {"any": ONE_OR_MORE, "first": FIRST_THAT_FITS}.get(box.choose, "")


def stub_words(stub: Stub) -> str:
    """Return where a way that leaves or enters the shown part goes.

    Example:
        >>> stub_words(Stub("a/0", "a", 14, "MRI scan", leaves=True))
        'Go to step 14'
    """
    return f"Go to step {stub.number}" if stub.leaves else f"From step {stub.number}"


def alarm_words(alarm: Alarm) -> str:
    """Return one way open at any time, as a sentence without its signs.

    Example:
        >>> alarm_words(Alarm("e", "emergency", "Warning sign", "weak legs", 3, "Go now", "go"))
        'Warning sign: go to step 3, Go now'
    """
    return f"{alarm.label}: go to step {alarm.target_number}, {alarm.target_title}"


def sentence(text: str) -> str:
    """Return text that begins with a capital letter and ends with a full stop.

    Example:
        >>> sentence("go on")
        'Go on.'
    """
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."
