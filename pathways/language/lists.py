"""Several things said one after the other: with and, or, nor, as each language joins them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pathways.language.messages import say, spoken

Joint = Literal["and", "or"]

JOINTS: dict[Joint, str] = {"and": "and", "or": "or"}
# Spanish: y becomes e before the sound i (not before hie, hia, hio), o becomes u before the sound o,
# also of a number read aloud (8, 11, 80).
_SOUNDS_LIKE_I = re.compile(r"[¿¡“\"(]*(?:i|í|hi(?![aeo])|hí|y(?![aeiouáéíóú]))", re.IGNORECASE)
_SOUNDS_LIKE_O = re.compile(r"[¿¡“\"(]*(?:h?[oó]|8|11(?!\d))", re.IGNORECASE)


def joint(word: Joint, following: str) -> str:
    """Return and, or, as they are said before what follows.

    Args:
        word: ``and`` or ``or``.
        following: What follows.

    Example:
        >>> from pathways.language import speaking
        >>> with speaking("es"):
        ...     [joint("and", "ibuprofeno"), joint("and", "hielo"), joint("or", "otra"), joint("or", "7")]
        ['e', 'y', 'u', 'o']
    """
    if spoken() == "es":
        if word == "and" and _SOUNDS_LIKE_I.match(following):
            return "e"
        if word == "or" and _SOUNDS_LIKE_O.match(following):
            return "u"
    return say(JOINTS[word])


def joints(word: Joint) -> tuple[str, ...]:
    """Return every form that and, or can have.

    Args:
        word: ``and`` or ``or``.

    Example:
        >>> joints("or")
        ('or',)
    """
    usual = say(JOINTS[word])
    if spoken() != "es":
        return (usual,)
    return (usual, {"and": "e", "or": "u"}[word])


def joined(parts: Sequence[str], word: Joint = "and", *, comma: bool = False) -> str:
    """Return parts as a list in a sentence.

    Args:
        parts: Any texts.
        word: ``and`` or ``or``.
        comma: Whether English has a comma before the last of three or more.

    Example:
        >>> joined(["a", "b", "c"]), joined(["a", "b", "c"], comma=True), joined(["a", "b"], "or")
        ('a, b and c', 'a, b, and c', 'a or b')
    """
    if len(parts) < 2:
        return "".join(parts)
    *first, last = parts
    sign = "," if comma and len(parts) > 2 and spoken() != "es" else ""
    return f"{', '.join(first)}{sign} {joint(word, last)} {last}"


def chained(parts: Sequence[str], word: Joint) -> str:
    """Return parts with the same word between each two.

    Args:
        parts: At least one text.
        word: ``and`` or ``or``.

    Example:
        >>> chained(["a", "b", "c"], "or")
        'a or b or c'
    """
    first, *others = parts
    return first + "".join(f" {joint(word, each)} {each}" for each in others)
