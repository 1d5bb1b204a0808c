"""The headings of an answer, for each reader."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.conditions.scope import Reader
from pathways.language import filled, say
from pathways.reports.answer import AlarmSaid

HEADINGS: Mapping[str, Mapping[Reader, str]] = {
    "help_now": {"clinician": "At any time", "patient": "When to get help now"},
    "urgent_signs": {"clinician": "Urgent signs", "patient": "When to see a clinician soon"},
    "one_is_enough": {"clinician": "One is enough", "patient": "One of these is enough"},
    "where": {"clinician": "Place", "patient": "Where you are"},
    "next": {"clinician": "Ways on", "patient": "What could be next"},
    "offers": {"clinician": "On offer here", "patient": "What is on offer here"},
    "ask": {"clinician": "To find out next", "patient": "What to find out next"},
    "take_care": {"clinician": "Cautions", "patient": "Take care"},
    "closed": {"clinician": "Not available", "patient": "What you cannot have"},
    "wishes": {"clinician": "What matters to the person", "patient": "What matters to you"},
    "not_read": {
        "clinician": "Not read from the record",
        "patient": "What was not read from your record",
    },
    "step": {"clinician": "Step", "patient": "Step"},
    "sources": {"clinician": "Sources", "patient": "Sources"},
    "also": {"clinician": "Also", "patient": "Also"},
    "for": {"clinician": "For it", "patient": "Speaks for it"},
    "against": {"clinician": "Against it", "patient": "Speaks against it"},
    "guideline": {"clinician": "{count} guideline", "patient": "{count} guideline"},
    "guidelines": {"clinician": "{count} guidelines", "patient": "{count} guidelines"},
    "cannot_be_had": {"clinician": "Not available", "patient": "You cannot have it"},
    "closes": {"clinician": "Closes", "patient": "This closes"},
    "instead": {"clinician": "Next best", "patient": "You could do instead"},
    "more_questions": {
        "clinician": "{count} more questions are less urgent.",
        "patient": "{count} more questions can wait.",
    },
}
"""Headings and short words, by key."""

_LEVELS: Mapping[str, Mapping[Reader, str]] = {
    "emergency": {"clinician": "Emergency", "patient": "Emergency"},
    "urgent": {"clinician": "Urgent", "patient": "Urgent"},
    "soon": {"clinician": "Soon", "patient": "Soon"},
}


def heading(key: str, reader: Reader, **words: object) -> str:
    """Return a heading, or another short word of the layout.

    Args:
        key: Which one.
        reader: Whom it is for.
        words: What stands for the names in braces.

    Example:
        >>> heading("next", "patient")
        'What could be next'
    """
    return filled(say(HEADINGS[key][reader]), words)


def alarm_title(alarm: AlarmSaid, reader: Reader) -> str:
    """Return what a way that is open at any time is called, with its level."""
    level = level_words(alarm.level, reader)
    if level.lower() in alarm.label.lower():
        return alarm.label
    return f"{alarm.label} ({level.lower()})"


def level_words(level: str, reader: Reader) -> str:
    """Return a level of a warning sign in words."""
    return say(_LEVELS[level][reader])
