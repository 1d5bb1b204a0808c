"""The few fixed phrases of every picture and its words, for each reader."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pathways.conditions.scope import Reader
from pathways.diagrams.model import Alarm, Arrow, Box, Mark, Stub, Urgency
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

AT_ANY_TIME = "At any time"
TAKE_CARE = "Take care"
ONE_OR_MORE = "One or more of these"
FIRST_THAT_FITS = "The first that fits"


def choose_words(box: Box) -> str:
    """Return how the ways on of a box are chosen, or an empty text for exactly one.

    Example:
        >>> choose_words(Box("care", 1, "action", "Care", choose="any"))
        'One or more of these'
    """
    return {"any": ONE_OR_MORE, "first": FIRST_THAT_FITS}.get(box.choose, "")


def label_words(way: Arrow | Stub) -> str:
    """Return the label of a way as it is drawn: with its place, when ways are tried in order.

    Example:
        >>> label_words(Arrow("a/1", "a", "b", "Fever", order=2))
        '2. Fever'
    """
    return f"{way.order}. {way.label}" if way.order and way.label else way.label


def alarm_heading(alarm: Alarm) -> str:
    """Return what starts a way open at any time, with its level.

    Example:
        >>> alarm_heading(Alarm("a", "urgent", "Fever", "you have a fever", 4, "Tests", "tests"))
        'At any time: Fever (urgent)'
    """
    level = URGENCY_WORDS[alarm.level].lower()
    said = alarm.label if level in alarm.label.lower() else f"{alarm.label} ({level})"
    return f"{AT_ANY_TIME}: {said}"


def sentence(text: str) -> str:
    """Return text that begins with a capital letter and ends with a full stop.

    Example:
        >>> sentence("go on")
        'Go on.'
    """
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."
