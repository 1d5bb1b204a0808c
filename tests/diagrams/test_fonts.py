from __future__ import annotations

from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from pathways.diagrams import fonts
from pathways.diagrams.fonts import FONT_FOLDER, safe_text, text_width, wrap
from pathways.errors import UnsafeTextError

LETTERS = "abcdefg ABC éßžΩДя 0123456789 ,.;:!?%→≥"


@pytest.mark.parametrize(("style", "bold"), [("Regular", False), ("Bold", True)])
def test_the_table_of_widths_is_that_of_the_font(style: str, bold: bool) -> None:
    font = TTFont(FONT_FOLDER / f"Arimo-{style}.ttf")
    advances, characters = font["hmtx"], font.getBestCmap()
    size = font["head"].unitsPerEm
    measured = {chr(code): text_width(chr(code), size, bold=bold) for code in characters}
    assert measured == {chr(code): advances[name][0] for code, name in characters.items()}


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_fonts_are_named_weighted_and_licensed(style: str) -> None:
    font = TTFont(FONT_FOLDER / f"Arimo-{style}.ttf")
    assert font["name"].getDebugName(1) == fonts.FAMILY
    assert font["name"].getDebugName(2) == style
    assert font["OS/2"].usWeightClass == {"Regular": 400, "Bold": 700}[style]
    assert "Open Font License" in font["name"].getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT_FOLDER / "OFL.txt").read_text()


def test_both_fonts_have_the_same_characters() -> None:
    regular, bold = (TTFont(FONT_FOLDER / f"Arimo-{style}.ttf") for style in ("Regular", "Bold"))
    assert set(regular.getBestCmap()) == set(bold.getBestCmap())


@pytest.mark.parametrize("character", "→≥≤×±–—‘’“”…•≠½°µ£€►ĄžΩЖ")
def test_characters_that_texts_need_are_there(character: str) -> None:
    assert safe_text(character, "here") == character


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\x07b", "U+0007 (a control character)"),
        ("a\x1b[0m", "U+001B (a control character)"),
        ("a\x7fb", "U+007F"),
        ("a\u202eb", "U+202E (RIGHT-TO-LEFT OVERRIDE) is invisible"),
        ("a\u200bb", "U+200B (ZERO WIDTH SPACE) is invisible"),
        ("a\ufeffb", "U+FEFF"),
        ("a\u2028b", "U+2028"),
        ("a\ud800b", "U+D800 (half of a character)"),
        ("a\ue000b", "U+E000"),
        ("痛み", "'痛' U+75DB (CJK UNIFIED IDEOGRAPH-75DB) is not in the font"),
        ("ألم", "U+0623 (ARABIC LETTER ALEF WITH HAMZA ABOVE) is not in the font"),
        ("ok 🙂", "'🙂' U+1F642 (SLIGHTLY SMILING FACE) is not in the font"),
        ("x\u0301\u0327", "is not in the font"),
    ],
)
def test_a_character_that_cannot_be_shown_is_named_with_its_place(text: str, named: str) -> None:
    with pytest.raises(UnsafeTextError) as caught:
        safe_text(text, "title of step 3")
    assert str(caught.value).startswith("title of step 3: the character ")
    assert named in str(caught.value)


def test_accents_are_composed_and_spaces_made_single() -> None:
    assert safe_text(" cafe\u0301 \n\t x\u00a0y ", "here") == "café x y"


def test_a_text_is_as_wide_as_its_characters() -> None:
    assert text_width("", 12) == 0
    assert text_width("ab", 12) == text_width("a", 12) + text_width("b", 12)
    assert text_width("ab", 24) == 2 * text_width("ab", 12)
    assert text_width("pain", 12, bold=True) > text_width("pain", 12)


@given(st.text(LETTERS, max_size=80), st.floats(20, 300), st.booleans())
def test_lines_fit_and_keep_every_word(text: str, width: float, bold: bool) -> None:
    lines = wrap(text, width, 10, bold=bold)
    assert all(text_width(line, 10, bold=bold) <= width + 1e-6 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    if all(text_width(word, 10, bold=bold) <= width for word in text.split()):
        assert " ".join(lines).split() == text.split()


@given(st.text(LETTERS, max_size=60), st.floats(30, 300))
def test_no_line_more_than_filling_line_after_line_gives(text: str, width: float) -> None:
    greedy, line = 0, ""
    words = text.split()
    if any(text_width(word, 10) > width for word in words):
        return
    for word in words:
        longer = f"{line} {word}".strip()
        if text_width(longer, 10) > width:
            greedy, line = greedy + 1, word
        else:
            line = longer
    assert len(wrap(text, width, 10)) == greedy + bool(line)


def test_a_very_long_word_is_broken() -> None:
    lines = wrap("x" * 300, 100, 12)
    assert len(lines) > 5
    assert "".join(lines) == "x" * 300


@given(st.text("abcdefg W.", max_size=120), st.floats(40, 200), st.booleans())
def test_filled_lines_take_every_word_that_fits(text: str, width: float, bold: bool) -> None:
    lines = wrap(text, width, 10.5, bold=bold, even=False)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line, following in pairwise(lines):
        assert text_width(line, 10.5, bold=bold) <= width
        longer = f"{line} {following.split()[0]}"
        is_cut = longer not in " ".join(text.split())
        assert is_cut or text_width(longer, 10.5, bold=bold) > width
