"""The few fixed phrases of every picture and its words, for each reader."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pathways.conditions.scope import Reader
from pathways.diagrams.model import Alarm, Arrow, Box, Line, Mark, Overlay, Stub, Urgency
from pathways.language import say
from pathways.model.badges import Badge
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

MORE_STEPS: Mapping[Reader, str] = MappingProxyType(
    {"clinician": "further steps", "patient": "more steps"}
)
"""On a line between two steps that are not next to each other."""

AT_ANY_TIME = "At any time"
TAKE_CARE = "Take care"
ONE_OR_MORE = "One or more of these"
MORE_OF_THESE = "More of these"
ADVISED_AGAINST = "Guidelines advise against"
ONLY_IF = "Only if"
ENDS_HERE = "The pathway ends here"
BADGE_SIGNS: Mapping[Badge, str] = MappingProxyType(
    {"supported": "+", "mixed": "±", "advised_against": "×", "experimental": "×"}
)
"""A sign before the words of a verdict, so that it is seen in black and white, too."""
CHOOSE_WORDS: Mapping[Reader, Mapping[str, str]] = MappingProxyType(
    {
        "clinician": {"any": ONE_OR_MORE, "first": "Take the first that fits"},
        # Over ways about pills, "take the first" would be read as an order to swallow one.
        "patient": {"any": ONE_OR_MORE, "first": "Follow the first line that is true for you"},
    }
)
"""How ways on are chosen, where it is not exactly one."""

FIRST_OF_WAYS: Mapping[Reader, str] = MappingProxyType(
    {
        "clinician": "Take the first of these ways that fits:",
        "patient": "Follow the first line that is true for you:",
    }
)
"""The same before the ways of a step in words."""


def mark_words(overlay: Overlay, name: str, reader: Reader) -> str:
    """Return the words of the mark on a box, or an empty text for none.

    Args:
        overlay: The marks.
        name: Name of the box.
        reader: Whom the words are for.

    Example:
        >>> mark_words(Overlay({"review": "here"}), "review", "patient")
        'You are here'
    """
    mark = overlay.boxes.get(name)
    if mark is None:
        return ""
    return overlay.labels.get(name) or say(MARK_WORDS[reader][mark])


def marked_words(overlay: Overlay, name: str, reader: Reader) -> str:
    """Return the words of the mark on a box with its note, as sentences.

    Args:
        overlay: The marks.
        name: Name of the box.
        reader: Whom the words are for.

    Example:
        >>> overlay = Overlay({"care": "been"}, labels={"care": "Goes on"}, notes={"care": "Pills"})
        >>> marked_words(overlay, "care", "patient")
        'Goes on: Pills.'
    """
    words, note = mark_words(overlay, name, reader), overlay.notes.get(name, "")
    if words and note and overlay.boxes[name] == "been":
        return sentence(f"{words}: {note}")
    return " ".join(sentence(each) for each in (words, note) if each)


def offer_key(box: Box, line: Line) -> str:
    """Return the name of an offer in an overlay.

    Example:
        >>> offer_key(Box("pills~2", 1, "options", "Pills"), Line("Baclofen", name="baclofen"))
        'pills/baclofen'
    """
    # A later piece of a panel that is larger than a page has a name of its own.
    return f"{box.name.partition('~')[0]}/{line.name}"


OFFERS_ELSEWHERE: Mapping[Reader, tuple[str, str]] = MappingProxyType(
    {
        "clinician": ("{count} treatment on offer", "{count} treatments on offer"),
        "patient": ("{count} kind of care to choose from", "{count} kinds of care to choose from"),
    }
)
"""In place of the offers of a panel: one, many."""


def offers_elsewhere(count: int, reader: Reader) -> str:
    """Return what stands in place of the offers of a panel that are left out.

    Example:
        >>> offers_elsewhere(3, "patient")
        '3 kinds of care to choose from'
    """
    if not count:
        return ""
    return say(OFFERS_ELSEWHERE[reader][count > 1], count=count)


def choose_words(box: Box, reader: Reader) -> str:
    """Return how the ways on of a box are chosen, or an empty text for exactly one.

    Args:
        box: The box.
        reader: Whom the words are for.

    Example:
        >>> choose_words(Box("care", 1, "action", "Care", choose="any"), "patient")
        'One or more of these'
    """
    words = CHOOSE_WORDS[reader]
    return say(words[box.choose]) if box.choose in words else ""


SOURCES_DIFFER = {"clinician": "Sources differ", "patient": "Experts differ"}
"""On a card that has no badge, but something that sources disagree on; and in the words."""
WHERE_SOURCES_DIFFER = {"clinician": "Where sources differ", "patient": "Where experts differ"}
HOW_SHOWN = {"clinician": "Here", "patient": "What we do"}


def badge_words(badge: Badge | None, words: str) -> str:
    """Return the words of a verdict as they are drawn: with a sign before them.

    Example:
        >>> badge_words("mixed", "Guidelines split")
        '± Guidelines split'
    """
    sign = BADGE_SIGNS.get(badge) if badge else None
    return f"{sign} {words}" if sign and words else words


def panel_words(box: Box) -> str:
    """Return what stands above the offers of a panel.

    A piece of a panel that holds only what guidelines advise against says so, and does not ask
    to choose from it.

    Example:
        >>> from pathways.diagrams.model import Line
        >>> panel_words(Box("x", 1, "options", "X", lines=(Line("Rest", "supported"),)))
        'One or more of these:'
    """
    if not box.lines:
        return f"{box.shortened}." if box.shortened else ""
    if box.lines and all(line.badge in {"advised_against", "experimental"} for line in box.lines):
        return f"{say(ADVISED_AGAINST)}:"
    return f"{say(MORE_OF_THESE) if box.is_continued else say(ONE_OR_MORE)}:"


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
    level = say(URGENCY_WORDS[alarm.level]).lower()
    said = alarm.label if level in alarm.label.lower() else f"{alarm.label} ({level})"
    return f"{say(AT_ANY_TIME)}: {said}"


def sentence(text: str) -> str:
    """Return text that begins with a capital letter and ends with a full stop.

    Example:
        >>> sentence("go on")
        'Go on.'
    """
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."
