"""The failure conditions of PDF/UA-1 that concern fonts (checkpoints 10 and 31)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.handouts.tagged import Font, Tagged, name_of

CLOSE = 1.0
"""Stated widths may differ by a thousandth of the size from those of the glyphs."""

NOT_CHARACTERS = frozenset("\ufeff\ufffe")


def character_without_text(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        known = font.to_unicode()
        lost = sorted(code for code in font.codes if not known.get(code))
        if lost:
            yield f"{font.name}: codes {lost} stand for no character"


def other_encoding(tagged: Tagged) -> Iterator[str]:
    """Typst writes fonts of two-byte codes alone; another sort has conditions that are not checked."""
    for font in tagged.fonts:
        sort = name_of(font.font.get("/Subtype"))
        encoding = str(font.font.get("/Encoding", ""))
        if sort != "Type0" or encoding not in {"/Identity-H", "/Identity-V"}:
            yield f"{font.name}: a font of the sort {sort} with an encoding that is not checked"


def _map_of_glyphs(font: Font) -> str:
    return str(font.inner.get("/CIDToGIDMap", ""))


def wrong_map_of_glyphs(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        stated = "/CIDToGIDMap" in font.inner
        if stated and _map_of_glyphs(font) != "/Identity":
            yield f"{font.name}: its map of glyphs is neither a stream nor Identity"


def no_map_of_glyphs(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        is_true_type = name_of(font.inner.get("/Subtype")) == "CIDFontType2"
        if is_true_type and "/CIDToGIDMap" not in font.inner:
            yield f"{font.name}: it has no map of glyphs"


def not_embedded(tagged: Tagged) -> Iterator[str]:
    yield from (f"{font.name}: not embedded" for font in tagged.fonts if font.program is None)


def glyph_missing(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        program = font.glyphs()
        if program is not None and max(font.codes) >= program["maxp"].numGlyphs:
            yield f"{font.name}: a glyph that is used is not in it"


def _cid_set(font: Font) -> set[int] | None:
    """Return the codes that the set of a font names; None: it has no such set."""
    if "/CIDSet" not in font.descriptor:
        return None
    data = font.descriptor["/CIDSet"].read_bytes()
    return {at * 8 + bit for at, byte in enumerate(data) for bit in range(8) if byte & 0x80 >> bit}


def cid_set_too_small(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        named, program = _cid_set(font), font.glyphs()
        if named is not None and program is not None:
            lost = set(range(program["maxp"].numGlyphs)) - named
            if lost:
                yield f"{font.name}: its set does not name the glyphs {sorted(lost)}"


def cid_set_too_large(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        named, program = _cid_set(font), font.glyphs()
        if named and program is not None and max(named) >= program["maxp"].numGlyphs:
            yield f"{font.name}: its set names glyphs that it does not have"


def wrong_width(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        program, stated = font.glyphs(), font.widths()
        if program is None:
            continue
        usual = float(font.inner.get("/DW", 1000))
        names, advances = program.getGlyphOrder(), program["hmtx"]
        em = program["head"].unitsPerEm
        for code in sorted(font.codes):
            true = advances[names[code]][0] * 1000 / em if code < len(names) else 0
            if abs(stated.get(code, usual) - true) > CLOSE:
                yield f"{font.name}: the width of glyph {code} is not the one it states"


def no_to_unicode(tagged: Tagged) -> Iterator[str]:
    for font in tagged.fonts:
        if "/ToUnicode" not in font.font:
            yield f"{font.name}: it does not say which characters its codes are"


def _characters(tagged: Tagged) -> Iterator[tuple[Font, str]]:
    yield from (
        (font, character)
        for font in tagged.fonts
        for text in font.to_unicode().values()
        for character in text
    )


def zero(tagged: Tagged) -> Iterator[str]:
    yield from (f"{font.name}: character 0" for font, each in _characters(tagged) if each == "\0")


def no_character(tagged: Tagged) -> Iterator[str]:
    for font, each in _characters(tagged):
        if each in NOT_CHARACTERS:
            yield f"{font.name}: U+{ord(each):04X} is no character"


def no_glyph(tagged: Tagged) -> Iterator[str]:
    yield from (f"{font.name}: an empty box is drawn" for font in tagged.fonts if 0 in font.codes)


FONT_CHECKS: dict[str, Callable[[Tagged], Iterator[str]]] = {
    "10-001": character_without_text,
    "31-005": wrong_map_of_glyphs,
    "31-006": no_map_of_glyphs,
    "31-007": other_encoding,
    "31-009": not_embedded,
    "31-011": glyph_missing,
    "31-014": cid_set_too_small,
    "31-015": cid_set_too_large,
    "31-016": wrong_width,
    "31-027": no_to_unicode,
    "31-028": zero,
    "31-029": no_character,
    "31-030": no_glyph,
}
"""By number of the condition."""
