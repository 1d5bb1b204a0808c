from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys
from base64 import b64decode
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from pathways.diagrams import fonts
from pathways.diagrams.fonts import (
    FONT_FOLDER,
    SHIPPED,
    Fonts,
    embedded_css,
    safe_text,
    text_width,
    wrap,
)
from pathways.diagrams.fonts.embedded import CHARACTERS
from pathways.diagrams.fonts.measure import LONGEST_WORD, MOST_WORDS, UNITS, Widths
from pathways.errors import DrawingError, UnsafeTextError

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
        ("ألم", "U+0623 (ARABIC LETTER ALEF WITH HAMZA ABOVE) is read from right to left"),
        ("כאב", "U+05DB (HEBREW LETTER KAF) is read from right to left"),
        ("ok 🙂", "'🙂' U+1F642 (SLIGHTLY SMILING FACE) is not in the font"),
        ("x\u0301\u0327", "U+0327 (COMBINING CEDILLA) joins the character beside it"),
        ("ปวด\u0e35", "U+0E1B (THAI CHARACTER PO PLA) is not in the font"),
        ("\u0e35", "U+0E35 (THAI CHARACTER SARA II) joins the character beside it"),
        ("\u26a0\ufe0f", "U+26A0 (WARNING SIGN) is not in the font"),
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


@given(st.text("abcdefg W.", max_size=120), st.floats(20, 200), st.booleans())
def test_even_lines_are_as_narrow_as_their_number_allows(
    text: str, width: float, bold: bool
) -> None:
    lines = wrap(text, width, 10.5, bold=bold)
    assert len(lines) == len(wrap(text, width, 10.5, bold=bold, even=False))
    words = {word for line in lines for word in line.split()}
    widest = max((text_width(line, 10.5, bold=bold) for line in lines), default=0)
    if len(lines) > 1 and widest > max(text_width(word, 10.5, bold=bold) for word in words):
        narrower = wrap(" ".join(lines), widest - 10.5 / UNITS, 10.5, bold=bold, even=False)
        assert len(narrower) > len(lines)


@pytest.mark.parametrize("width", [0.0, 0.001, 3.0, 1e9, float("inf")])
def test_any_width_gives_lines(width: float) -> None:
    assert "".join(wrap("Back pain", width, 12)).replace(" ", "") == "Backpain"
    assert wrap("", width, 12) == wrap(" ", width, 12) == []


def test_spaces_of_any_kind_part_words() -> None:
    assert wrap(" one \n two\tthree ", 1000, 12) == ["one two three"]


def test_the_shipped_fonts_are_one_value() -> None:
    assert Fonts() == SHIPPED
    assert hash(Fonts()) == hash(SHIPPED)
    assert SHIPPED.folders == ()
    assert SHIPPED.families == ("Arimo", "Liberation Sans", "Arial", "Helvetica", "sans-serif")
    assert SHIPPED.css == fonts.FAMILIES
    assert pickle.loads(pickle.dumps(SHIPPED)) == copy.deepcopy(SHIPPED) == SHIPPED
    with pytest.raises(AttributeError):
        SHIPPED.families = ()  # type: ignore[misc]


def test_the_short_names_are_those_of_the_shipped_fonts() -> None:
    assert (text_width, safe_text, wrap) == (SHIPPED.width, SHIPPED.safe, SHIPPED.wrap)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " x",
        "x ",
        "x'; fill: red",
        'x"',
        "x\\",
        "a<b",
        "a&b",
        "a,b",
        "a{",
        "a\nb",
        "a\u202eb",
    ],
)
def test_a_name_that_could_do_harm_is_refused(name: str) -> None:
    with pytest.raises(DrawingError, match="cannot be the name of a font in a picture"):
        Fonts(("Arimo", name))


def test_names_stand_in_quotes() -> None:
    named = Fonts(("Arimo", "M+ 1p (VF)", "serif", "游ゴシック", "sans-serif"))
    assert named.css == "Arimo, 'M+ 1p (VF)', 'serif', '游ゴシック', sans-serif"


def test_plain_text_is_safe_by_the_same_rule_as_any_other() -> None:
    printable = "".join(map(chr, range(0x20, 0x7F)))
    assert safe_text(f" {printable} ", "here") == " ".join(printable.split())
    assert safe_text("", "here") == safe_text("\n \t", "here") == ""


def test_widths_of_words_are_kept_but_not_for_ever() -> None:
    widths = Widths({"a": 1, "b": 2})
    assert widths["ab"] == 3
    assert "ab" in widths
    assert widths["a" * (LONGEST_WORD + 1)] == LONGEST_WORD + 1
    assert len(widths) == 1
    for number in range(MOST_WORDS + 5):
        assert widths[f"{number:b}".replace("0", "a").replace("1", "b")] > 0
    assert len(widths) <= MOST_WORDS


def run(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_nothing_is_read_until_it_is_needed() -> None:
    program = (
        "import sys; from pathways.diagrams import fonts; "
        "from pathways.diagrams.fonts.measure import shipped_measures as table; "
        "print(table.cache_info().misses, 'fontTools' in sys.modules); "
        "fonts.embedded_css(); fonts.SHIPPED.width('a', 12); "
        "print(table.cache_info().misses, 'fontTools' in sys.modules, 'brotli' in sys.modules)"
    )
    assert run(program).splitlines() == ["0 False", "1 False False"]


def embedded(style: str) -> TTFont:
    return TTFont(FONT_FOLDER / f"Arimo-{style}.subset.woff2")


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_embedded_font_has_the_widths_of_the_table(style: str) -> None:
    table = json.loads((FONT_FOLDER / "advances.json").read_text())
    font = embedded(style)
    units, advances = font["head"].unitsPerEm, font["hmtx"]
    measured = {str(code): advances[name][0] for code, name in font.getBestCmap().items()}
    assert units == table["units_per_em"] == UNITS
    assert measured == {str(ord(each)): table[style.lower()][str(ord(each))] for each in CHARACTERS}


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_embedded_font_is_the_shipped_one(style: str) -> None:
    font, whole = embedded(style), TTFont(FONT_FOLDER / f"Arimo-{style}.ttf")
    for code, name in font.getBestCmap().items():
        drawn = font["glyf"][name].getCoordinates(font["glyf"])[0]
        original = whole.getBestCmap()[code]
        assert drawn == whole["glyf"][original].getCoordinates(whole["glyf"])[0], chr(code)
    for name in (0, 1, 2, 13, 14):
        assert font["name"].getDebugName(name) == whole["name"].getDebugName(name)
    for table, field in (("OS/2", "usWeightClass"), ("hhea", "ascent"), ("hhea", "descent")):
        assert getattr(font[table], field) == getattr(whole[table], field)


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_embedded_font_is_small(style: str) -> None:
    assert (FONT_FOLDER / f"Arimo-{style}.subset.woff2").stat().st_size < 16_000


def test_the_embedded_font_has_what_our_own_words_need() -> None:
    assert set("→►•–—‘’“”…≥≤×±½°µ£€") <= set(CHARACTERS)
    assert len(set(CHARACTERS)) == len(CHARACTERS)


def test_the_licence_reserves_no_name() -> None:
    copyright_lines = (FONT_FOLDER / "OFL.txt").read_text().split("\n\n")[0]
    assert copyright_lines.startswith("Copyright")
    assert "Reserved Font Name" not in copyright_lines


def test_the_rules_bring_both_fonts() -> None:
    css = embedded_css()
    rules = re.findall(
        r"@font-face\{font-family:'Arimo';font-style:normal;font-weight:(\d+);"
        r"src:url\(data:font/woff2;base64,([\w+/=]+)\) format\('woff2'\)\}",
        css,
    )
    assert [weight for weight, _ in rules] == ["400", "700"]
    for (_, data), style in zip(rules, ("Regular", "Bold"), strict=True):
        assert b64decode(data) == (FONT_FOLDER / f"Arimo-{style}.subset.woff2").read_bytes()
    assert len(css) < 45_000
    assert ET.fromstring(f"<style>{css}</style>").text == css
