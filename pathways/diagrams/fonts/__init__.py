"""The font every picture is measured and drawn with: Arimo, Regular and Bold, shipped beside this file.

Widths come from a shipped table, so that text is wrapped before any drawing library is loaded. A
character the font does not have is refused with its name and place: nothing is dropped silently.
Arimo has the widths of Arial and Liberation Sans, so pictures fit with those too. Its licence is the
SIL Open Font License 1.1 (``OFL.txt``).
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

from pathways.errors import UnsafeTextError

FONT_FOLDER = Path(__file__).parent
FAMILY = "Arimo"
FAMILIES = "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif"
"""What a browser may use, in order; the first three have the same widths."""

SPACES = frozenset(" \t\n\r\u00a0")


@cache
def _tables() -> tuple[int, dict[str, int], dict[str, int]]:
    """Return units per em and the advances of Regular and Bold, by character."""
    data = json.loads((FONT_FOLDER / "advances.json").read_text(encoding="utf-8"))
    regular, bold = (
        {chr(int(code)): width for code, width in data[style].items()} for style in ("regular", "bold")
    )
    return data["units_per_em"], regular, bold


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide one line of text is.

    Args:
        text: The text; every character must be in the font (:func:`safe_text`).
        size: Size of the font, in points.
        bold: Whether it is set in bold.

    Returns:
        The width in points.

    Example:
        >>> round(text_width("Back pain", 12), 1)
        52.0
    """
    units, regular, heavy = _tables()
    widths = heavy if bold else regular
    return sum(widths[character] for character in text) * size / units


def safe_text(text: str, place: str) -> str:
    """Return text as it can be shown: composed accents, single spaces, nothing invisible.

    Args:
        text: Any text.
        place: Where it stands, in words of the file, for the message: ``title of step 3``.

    Returns:
        The text in normal form C, each run of spaces and line ends made one space.

    Raises:
        UnsafeTextError: A character cannot be shown: a control character, an invisible one, or one
            of a script the font does not have. The message names it and its place.

    Example:
        >>> safe_text("Sharp  pain\\n(left)", "title of step 3")
        'Sharp pain (left)'
        >>> safe_text("pain \\x07", "title of step 3")
        Traceback (most recent call last):
        pathways.errors.UnsafeTextError: title of step 3: the character U+0007 (a control character) \
cannot be shown; remove it
    """
    composed = unicodedata.normalize("NFC", text)
    known = _tables()[1]
    for character in composed:
        if character in SPACES:
            continue
        if character not in known or unicodedata.category(character)[0] in "CMZ":
            raise UnsafeTextError(f"{place}: {_why_not(character)}")
    return " ".join(composed.split())


def _why_not(character: str) -> str:
    """Say which character cannot be shown, why, and what to do."""
    code = f"U+{ord(character):04X}"
    category = unicodedata.category(character)
    if category == "Cc":
        return f"the character {code} (a control character) cannot be shown; remove it"
    if category == "Cs":
        return f"the character {code} (half of a character) cannot be shown; remove it"
    name = unicodedata.name(character, "no name")
    if category[0] in "CZ":
        return f"the character {code} ({name}) is invisible or changes the text around it; remove it"
    return (
        f"the character '{character}' {code} ({name}) is not in the font of the pictures, which has "
        "Latin, Greek and Cyrillic letters; write it in those"
    )


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break text into lines of about equal width, none wider than allowed.

    Args:
        text: Text that can be shown (:func:`safe_text`).
        width: Widest line, in points.
        size: Size of the font, in points.
        bold: Whether it is set in bold.

    Returns:
        The lines; a word too long for a line is broken. No text gives no line.

    Example:
        >>> wrap("spreading to hips, thighs or knees", 130, 10.5)
        ['spreading to hips,', 'thighs or knees']
    """
    lines = _greedy(text, width, size, bold)
    if len(lines) < 2:
        return lines
    narrow, wide = width / 2, width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_greedy(text, middle, size, bold)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return _greedy(text, wide, size, bold)


def _greedy(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Fill one line after the other."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, size, bold)
        lines.extend(full)
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Cut a word that is wider than a line."""
    pieces: list[str] = []
    piece = ""
    for character in word:
        if piece and text_width(piece + character, size, bold=bold) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
