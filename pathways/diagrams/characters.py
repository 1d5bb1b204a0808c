"""Which characters may be shown at all, in a picture or in words."""

from __future__ import annotations

import re
import unicodedata

from pathways.errors import UnsafeTextError

SPACES = frozenset(" \t\n\r\u00a0")


def clean(text: str, place: str) -> str:
    r"""Return text with composed accents and single spaces, and nothing invisible in it.

    Args:
        text: Any text.
        place: Where it stands, in words of the file, for the message: ``title of step 3``.

    Returns:
        The text in Unicode normal form C, each run of spaces and line ends made one space.

    Raises:
        UnsafeTextError: It holds a control character, half a character, or an invisible one, such
            as one that reverses the text after it.

    Example:
        >>> clean("Sharp  pain\n(left)", "title of step 3")
        'Sharp pain (left)'
        >>> clean("pain \x07", "title of step 3")
        Traceback (most recent call last):
        pathways.errors.UnsafeTextError: title of step 3: the character U+0007 (a control character) cannot be shown; remove it
    """
    composed = unicodedata.normalize("NFC", text)
    for character in composed:
        if character not in SPACES and unicodedata.category(character)[0] in "CZ":
            raise UnsafeTextError(f"{place}: {_why_not(character)}")
    return " ".join(composed.split())


def _why_not(character: str) -> str:
    """Say which character cannot be shown, why, and what to do."""
    code = f"U+{ord(character):04X}"
    match unicodedata.category(character):
        case "Cc":
            return f"the character {code} (a control character) cannot be shown; remove it"
        case "Cs":
            return f"the character {code} (half of a character) cannot be shown; remove it"
        case "Cn" | "Co":
            return f"the character {code} (no character of Unicode) cannot be shown; remove it"
        case _:
            name = unicodedata.name(character)
            return f"the character {code} ({name}) is invisible; remove it or write a plain space"


def identifier(name: str) -> str:
    """Return a name as it may stand in an ``id``: letters, digits, underscores and hyphens.

    Underscores stay as they are, so that no two names of states become one.

    Example:
        >>> identifier("block_1/0")
        'block_1-0'
    """
    return re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-") or "x"


MARKDOWN_SIGNS = frozenset("\\`*_{}[]<>#+|~&!")


def as_markdown(text: str) -> str:
    r"""Return text as it stands in Markdown, on one line: every sign that means something escaped.

    Example:
        >>> as_markdown("Pain *now*,\n<b>")
        'Pain \\*now\\*, \\<b\\>'
    """
    return "".join(
        f"\\{sign}" if sign in MARKDOWN_SIGNS else sign for sign in " ".join(text.split())
    )
