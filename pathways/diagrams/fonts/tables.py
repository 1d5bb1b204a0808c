"""What a font file says: the name of its family, and how wide each character is.

The files are not ours, so nothing in them is believed: sizes and counts have limits, and outlines are
never read. The tables of characters and widths are read here, not by fontTools: a few bytes in them
can claim billions of characters, and old versions of fontTools believe that.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pathways.diagrams.fonts.families import LONGEST_NAME, is_safe_name
from pathways.diagrams.fonts.measure import UNITS

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MOST_NAMES, LONGEST_NAMES = 2_000, 1_000_000
MOST_CHARACTERS = 400_000
"""More than twice as many as Unicode has given a meaning."""

_UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables of characters, the fullest first."""

_Span = tuple[int, int, Iterable[int]]
"""First and last character, and the glyph of each."""


class UnfitError(Exception):
    """Why a font cannot be used, in words that follow its name; never leaves ``fonts``."""


def family_of(font: TTFont) -> str:
    """Return the name of the family, for a style sheet; refuse what drawing libraries pass over.

    Raises:
        UnfitError: There is no name, or none that is safe.
    """
    data = font.getTableData("name")
    count = struct.unpack_from(">H", data, 2)[0]
    lengths = (struct.unpack_from(">H", data, 12 * index + 14)[0] for index in range(count))
    if count > MOST_NAMES or sum(lengths) > LONGEST_NAMES:
        raise UnfitError("has too many names")
    names = font["name"]
    if not (names.getDebugName(1) and names.getDebugName(6)):
        raise UnfitError(
            "has no family name or no PostScript name, so drawing libraries pass it over"
        )
    family = str(next(filter(None, map(names.getDebugName, (21, 16, 1)))))
    if not is_safe_name(family):
        raise UnfitError(f"has the family name '{family[:LONGEST_NAME]}', unsafe in a picture")
    return family


def advances_of(font: TTFont) -> dict[str, int]:
    """Return the width of every character a font has, in :data:`UNITS`, rounded up.

    Raises:
        UnfitError: The font makes no sense, or has no table of Unicode characters.
    """
    size = font["head"].unitsPerEm
    if not 16 <= size <= 16_384:
        raise UnfitError(f"has a size of {size} units, not 16 to 16384")
    count = font["hhea"].numberOfHMetrics
    metrics = struct.unpack(f">{2 * count}H", font.getTableData("hmtx")[: 4 * count])
    widths = [-(-advance * UNITS // size) for advance in metrics[::2]]
    glyphs = font["maxp"].numGlyphs
    widths += widths[-1:] * (glyphs - count)
    return {
        chr(code): widths[glyph]
        for first, last, found in _limited(_spans(font.getTableData("cmap")))
        for code, glyph in zip(range(first, last + 1), found, strict=False)
        if 0 < glyph < glyphs
    }


def _spans(table: bytes) -> Iterator[_Span]:
    """Return characters and their glyphs, from the fullest table for Unicode (OpenType, ``cmap``)."""
    count = struct.unpack_from(">H", table, 2)[0]
    entries = struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])
    starts = {(platform, encoding): start for platform, encoding, start in entries}
    for key in _UNICODE_TABLES:
        if key in starts:
            part = memoryview(table)[starts[key] :]
            match struct.unpack_from(">H", part)[0]:
                case 4:
                    return _segments(part)
                case 12:
                    return _groups(part)
    raise UnfitError("has no table of Unicode characters (cmap 4 or 12)")


def _limited(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Return spans unless they claim too many characters."""
    claimed = 0
    for first, last, glyphs in spans:
        claimed += last - first + 1
        if claimed > MOST_CHARACTERS or not first <= last <= sys.maxunicode:
            raise UnfitError("claims characters that do not exist")
        yield first, last, glyphs


def _groups(part: memoryview) -> Iterator[_Span]:
    """Return the spans of a table of format 12."""
    count = struct.unpack_from(">I", part, 12)[0]
    for first, last, glyph in struct.iter_unpack(">3I", part[16 : 16 + 12 * count]):
        yield first, last, range(glyph, glyph + last - first + 1)


def _segments(part: memoryview) -> Iterator[_Span]:
    """Return the spans of a table of format 4: four columns, then glyphs that rows may point to."""
    size = min(len(part), 0x40000) // 2
    words = struct.unpack(f">{size}H", part[: 2 * size])
    count = words[3] // 2
    begin = 8 + count
    columns = (words[begin + column * count : begin + (column + 1) * count] for column in range(3))
    rows = enumerate(zip(words[7 : 7 + count], *columns, strict=True))
    for row, (last, first, shift, pointer) in rows:
        if first == 0xFFFF:  # the row that ends the table
            continue
        spot = begin + 2 * count + row + pointer // 2
        if pointer:
            found = words[spot : spot + last - first + 1]
            yield first, last, ((glyph + shift) % 0x10000 if glyph else 0 for glyph in found)
        else:
            yield first, last, (code % 0x10000 for code in range(first + shift, last + shift + 1))
