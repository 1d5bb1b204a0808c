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
from itertools import pairwise
from pathlib import Path

from pathways.diagrams.characters import clean
from pathways.errors import UnsafeTextError

FONT_FOLDER = Path(__file__).parent
FAMILY = "Arimo"
FAMILIES = "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif"
"""What a browser may use, in order; the first three have the same widths."""


@cache
def _tables() -> tuple[int, dict[str, int], dict[str, int]]:
    """Return units per em and the advances of Regular and Bold, by character."""
    data = json.loads((FONT_FOLDER / "advances.json").read_text(encoding="utf-8"))
    regular, bold = (
        {chr(int(code)): width for code, width in data[style].items()}
        for style in ("regular", "bold")
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
        52.7
    """
    units, regular, heavy = _tables()
    widths = heavy if bold else regular
    return sum(widths[character] for character in text) * size / units


def safe_text(text: str, place: str) -> str:
    """Return text as a picture can show it: clean, and every character in the font.

    Args:
        text: Any text.
        place: Where it stands, in words of the file, for the message: ``title of step 3``.

    Returns:
        The text as :func:`pathways.diagrams.characters.clean` makes it.

    Raises:
        UnsafeTextError: A character cannot be shown; the message names it and its place.

    Example:
        >>> safe_text("Douleur aiguë", "title of step 3")
        'Douleur aiguë'
        >>> safe_text("痛", "title of step 3")
        Traceback (most recent call last):
        pathways.errors.UnsafeTextError: title of step 3: the character '痛' U+75DB (CJK UNIFIED IDEOGRAPH-75DB) is not in the font of the pictures; write it in Latin, Greek or Cyrillic letters
    """
    cleaned = clean(text, place)
    known = _tables()[1]
    for character in cleaned:
        if character not in known:
            name = unicodedata.name(character, "no name")
            raise UnsafeTextError(
                f"{place}: the character '{character}' U+{ord(character):04X} ({name}) is not in the "
                "font of the pictures; write it in Latin, Greek or Cyrillic letters"
            )
    return cleaned


def wrap(
    text: str, width: float, size: float, *, bold: bool = False, even: bool = True
) -> list[str]:
    """Break text into lines, none wider than allowed.

    Args:
        text: Text that can be shown (:func:`safe_text`).
        width: Widest line, in points.
        size: Size of the font, in points.
        bold: Whether it is set in bold.
        even: Whether lines are made about equally wide, rather than each filled.

    Returns:
        The lines; a word too long for a line is broken. No text gives no line.

    Example:
        >>> wrap("spreading to hips, thighs or knees", 130, 10.5)
        ['spreading to hips,', 'thighs or knees']
    """
    words = [piece for word in text.split() for piece in _pieces(word, width, size, bold=bold)]
    widths = [text_width(word, size, bold=bold) for word in words]
    space = text_width(" ", size, bold=bold)
    breaks = _breaks(widths, space, width)
    narrow, wide = max(widths, default=0.0), width
    while even and len(breaks) > 2 and wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_breaks(widths, space, middle)) > len(breaks):
            narrow = middle
        else:
            wide = middle
    breaks = _breaks(widths, space, wide)
    return [" ".join(words[start:end]) for start, end in pairwise(breaks)]


def _breaks(widths: list[float], space: float, width: float) -> list[int]:
    """Fill one line after the other; return where lines begin, and the number of words."""
    breaks = [0] if widths else []
    line = -space
    for index, word in enumerate(widths):
        if index > breaks[-1] and line + space + word > width:
            breaks.append(index)
            line = -space
        line += space + word
    return [*breaks, len(widths)] if widths else []


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Cut a word that is wider than a line."""
    if text_width(word, size, bold=bold) <= width:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
