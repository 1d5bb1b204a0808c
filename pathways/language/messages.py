"""Fixed words in the language that is spoken now.

The English words stand in the code; what they are in another language stands in a gettext file beside
this one, so that translators use the tools they know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO

from pathways.errors import UnknownNameError

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español"}
"""Languages that fixed words are in, each by its own name."""
UNTRANSLATED = "[en] "
"""Stands before a text of a pathway that has no translation yet."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)
_NAME = re.compile(r"\{(\w+)\}")


def spoken() -> str:
    """Return the language that is spoken now, such as ``en``."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside a ``with`` block, on this thread.

    Not inside a generator: what is set there would be heard by whoever reads it.

    Args:
        language: A language tag; of its parts the first counts.

    Example:
        >>> with speaking("en"):
        ...     say("Step {number}", number=3)
        'Step 3'
    """
    token = _SPOKEN.set(language.partition("-")[0])
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def say(english: str, /, *, context: str = "", **words: object) -> str:
    """Return fixed words in the language that is spoken now.

    Args:
        english: The words in English; names in braces are filled in.
        context: What tells apart two meanings of the same English words.
        words: What stands for the names in braces; braces in them stay as they are.

    Returns:
        The words; in English where there is no translation.

    Example:
        >>> say("Page {number} of {count}", number=2, count=9)
        'Page 2 of 9'
    """
    language = _SPOKEN.get()
    text = english if language == ENGLISH else catalogue(language).get((context, english), english)
    return filled(text, words) if words else text


def filled(text: str, words: Mapping[str, object]) -> str:
    """Return a text with what stands for its names in braces.

    Args:
        text: Any text.
        words: What stands for each name; names that are not among them stay as they are.

    Example:
        >>> filled("{one} and {two}", {"one": "{two}"})
        '{two} and {two}'
    """
    return _NAME.sub(lambda found: str(words.get(found[1], found[0])), text)


@cache
def catalogue(language: str) -> Mapping[tuple[str, str], str]:
    """Return the fixed words of a language, by context and English words.

    Args:
        language: A language of :data:`LANGUAGES`; another has none.
    """
    if language not in LANGUAGES or language == ENGLISH:
        return {}
    # Imported here: whoever speaks English needs no reader of translations.
    from babel.messages.pofile import read_po

    data = (files("pathways.language") / f"{language}.po").read_bytes()
    found = read_po(BytesIO(data), locale=language)
    return {
        (each.context or "", str(each.id)): str(each.string)
        for each in found
        if each.id and each.string
    }


def known_language(name: str) -> str:
    """Return a language by its tag.

    Args:
        name: A tag such as ``es``.

    Raises:
        UnknownNameError: There are no fixed words in it.
    """
    if name not in LANGUAGES:
        raise UnknownNameError("language", name, LANGUAGES)
    return name
