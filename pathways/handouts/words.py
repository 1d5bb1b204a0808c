"""Fixed words of every handout, whatever its format."""

from __future__ import annotations

from pathways.handouts.blocks import Handout
from pathways.language import ENGLISH, UNTRANSLATED, say


def page_words() -> str:
    """Return what stands at the foot of a page about its number, with ``{number}`` and ``{count}`` left open."""
    return say("Page {number} of {count}")


def foot_words(handout: Handout) -> str:
    """Return what stands at the foot of every page: title, version, day, review status."""
    version = say("Version {version}, {date}.", version=handout.version, date=handout.date)
    return f"{version} {handout.status}"


def language_of_run(text: str, language: str) -> str:
    """Return the language of a piece of text: English where it has no translation yet.

    Example:
        >>> language_of_run("[en] Rest", "es"), language_of_run("Reposo", "es")
        ('en', 'es')
    """
    return ENGLISH if text.startswith(UNTRANSLATED) else language
