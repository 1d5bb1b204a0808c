"""Folders of further fonts: measured, broken into lines, and refused where they cannot be trusted."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.diagrams.fonts import FONT_FOLDER, SHIPPED, Fonts, fonts_in, further, tables
from pathways.errors import DrawingError, UnsafeTextError

JAPANESE = "腰の痛みがある夜間、しびれ。（右）「左」６週ー々ッ"
THIN_BOLD = 12 / 24
"""What is added to a character of 12 points where a font has no bold."""


def build(
    characters: str,
    family: str = "Test Gothic",
    style: str = "Regular",
    weight: int = 400,
    advance: int = 1000,
    units: int = 1000,
    **os2: Any,
) -> TTFont:
    """A font of small squares, all as wide as each other."""
    names = [".notdef", *(f"u{ord(each):04X}" for each in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 500), (600, 500), (600, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(each): f"u{ord(each):04X}" for each in characters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (advance, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": style,
            "psName": f"{family}-{style}".replace(" ", ""),
        }
    )
    builder.setupOS2(usWeightClass=weight, **os2)
    builder.setupPost()
    font = builder.font
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 3_000_000_000
    font["head"].macStyle = int(weight >= 600)
    return font


def data_of(font: TTFont | TTCollection) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def folder_of(path: Path, *fonts: TTFont, names: Iterable[str] = ()) -> Path:
    for font, name in zip(fonts, list(names) or map("{}.ttf".format, "abcdef"), strict=False):
        (path / name).write_bytes(data_of(font))
    return path


@pytest.fixture
def japanese(tmp_path: Path) -> Fonts:
    return fonts_in(folder_of(tmp_path, build(JAPANESE)))


def test_a_further_font_is_named_loaded_and_measured(japanese: Fonts, tmp_path: Path) -> None:
    assert japanese.css == ("Arimo, 'Liberation Sans', Arial, Helvetica, 'Test Gothic', sans-serif")
    assert japanese.folders == (tmp_path,)
    assert japanese.safe("腰の 痛み", "here") == "腰の 痛み"
    assert japanese.width("痛み", 12) == 24
    assert SHIPPED.width("Pain", 12) == japanese.width("Pain", 12)


def test_a_folder_may_be_named_as_text_and_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    folder_of(tmp_path / "fonts", build("痛"))
    monkeypatch.chdir(tmp_path)
    assert fonts_in("fonts") == fonts_in(tmp_path / "fonts")
    assert fonts_in("fonts").folders == (tmp_path / "fonts",)


def test_fonts_are_equal_when_they_measure_the_same(tmp_path: Path) -> None:
    one = fonts_in(folder_of(tmp_path, build("痛")))
    again = fonts_in(tmp_path)
    other = fonts_in(folder_of(tmp_path, build("痛", advance=900)))
    assert one == again
    assert len({one, again, other, SHIPPED}) == 3


@pytest.mark.parametrize(
    ("weights", "bold"),
    [
        ((400,), 12 + THIN_BOLD),
        ((400, 700), 24),
        ((700,), 12),
        ((400, 900, 700), 36),
        ((400, 500), 24 + THIN_BOLD),
    ],
)
def test_bold_is_the_bold_of_the_family_or_regular_and_a_little_more(
    tmp_path: Path, weights: tuple[int, ...], bold: float
) -> None:
    fonts = [
        build("痛", style=f"W{weight}", weight=weight, advance=1000 * place)
        for place, weight in enumerate(weights, start=1)
    ]
    measured = fonts_in(folder_of(tmp_path, *fonts))
    assert measured.width("痛", 12) == 12
    assert measured.width("痛", 12, bold=True) == pytest.approx(bold, abs=0.02)
    assert measured.families.count("Test Gothic") == 1


def test_upright_and_normal_goes_before_slanted_and_condensed(tmp_path: Path) -> None:
    slanted = build("痛", style="Italic", advance=300, fsSelection=1)
    condensed = build("痛", style="Condensed", advance=400, usWidthClass=3)
    light = build("痛", style="Light", weight=300, advance=500)
    medium = build("痛", style="Medium", weight=500, advance=600)
    measured = fonts_in(folder_of(tmp_path, slanted, condensed, light, medium))
    assert measured.width("痛", 10) == pytest.approx(6, abs=0.01)


def test_a_character_only_bold_has_is_known_in_both(tmp_path: Path) -> None:
    fonts = (build("痛"), build("痛み", style="Bold", weight=700, advance=1100))
    measured = fonts_in(folder_of(tmp_path, *fonts))
    assert measured.width("み", 10) == measured.width("み", 10, bold=True)


def test_families_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    fonts = (build("痛", "Zulu"), build("痛", "Alpha"), build("み", "ZULU"), build("み", "Arial"))
    measured = fonts_in(folder_of(tmp_path, *fonts))
    assert measured.families == (*SHIPPED.families[:4], "Zulu", "Alpha", "sans-serif")


def test_the_widest_font_that_has_a_character_counts(tmp_path: Path) -> None:
    fonts = (build("痛", "One", advance=600), build("痛", "Two", advance=1000))
    assert fonts_in(folder_of(tmp_path, *fonts)).width("痛", 10) == 10


def test_latin_in_a_line_with_others_may_be_drawn_with_their_font(tmp_path: Path) -> None:
    measured = fonts_in(folder_of(tmp_path, build("痛iM", advance=700)))
    assert measured.width("iM", 10) == SHIPPED.width("iM", 10)
    wide_m = SHIPPED.width("M", 10)
    assert measured.width("iM痛", 10) == pytest.approx(7 + wide_m + 7, abs=0.02)


def test_widths_are_rounded_up(tmp_path: Path) -> None:
    measured = fonts_in(folder_of(tmp_path, build("痛", advance=333)))
    assert 3.33 <= measured.width("痛", 10) < 3.34


@pytest.mark.parametrize("units", [16, 1000, 2048, 16384])
def test_any_size_of_units_is_understood(tmp_path: Path, units: int) -> None:
    measured = fonts_in(folder_of(tmp_path, build("痛", units=units, advance=units // 2)))
    assert measured.width("痛", 10) == 5


@pytest.mark.parametrize("name", ["x.TTF", "x.otf", "x.ttc"])
def test_the_ending_may_be_any_of_those_of_fonts(tmp_path: Path, name: str) -> None:
    measured = fonts_in(folder_of(tmp_path, build("痛"), names=[name]))
    assert measured.safe("痛", "here") == "痛"


def test_a_collection_gives_all_its_fonts(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [build("痛", "One"), build("み", "Two")]
    (tmp_path / "x.ttc").write_bytes(data_of(collection))
    measured = fonts_in(tmp_path)
    assert measured.families[4:6] == ("One", "Two")
    assert measured.safe("痛み", "here") == "痛み"


def test_characters_beyond_the_first_plane(tmp_path: Path) -> None:
    measured = fonts_in(folder_of(tmp_path, build("痛𠮟🙂")))
    assert measured.width(measured.safe("𠮟🙂", "here"), 10) == 20


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_tables_are_read_as_fonttools_reads_them(style: str) -> None:
    font = TTFont(FONT_FOLDER / f"Arimo-{style}.ttf")
    widths = font["hmtx"]
    expected = {chr(code): widths[name][0] for code, name in font.getBestCmap().items()}
    assert tables.advances_of(font) == expected


@given(st.sets(st.integers(0x3000, 0x30FF)), st.randoms(use_true_random=False))
def test_any_order_of_glyphs_is_read(codes: set[int], order: random.Random) -> None:
    characters = [chr(code) for code in sorted(codes | {0x75DB})]
    order.shuffle(characters)
    font = build("".join(characters))
    steps = {name: (100 * place, 0) for place, name in enumerate(font.getGlyphOrder())}
    font["hmtx"].metrics = steps
    font = TTFont(io.BytesIO(data_of(font)))
    expected = {each: -(-(index + 1) * 100 * 2048 // 1000) for index, each in enumerate(characters)}
    assert tables.advances_of(font) == expected


def test_what_no_font_has_is_named_with_the_folder(japanese: Fonts, tmp_path: Path) -> None:
    with pytest.raises(UnsafeTextError) as caught:
        japanese.safe("痛い", "title of step 3")
    assert str(caught.value) == (
        "title of step 3: the character 'い' U+3044 (HIRAGANA LETTER I) is not in the fonts of the "
        "pictures; write it in Latin, Greek or Cyrillic letters, or put a font that has it into "
        f"'{tmp_path}'"
    )


@pytest.mark.parametrize(
    ("character", "why"),
    [
        ("א", "is read from right to left"),
        ("ا", "is read from right to left"),
        ("\u0650", "joins the character beside it"),
        ("\u0301", "joins the character beside it"),
        ("\u093f", "joins the character beside it"),
        ("\u0e35", "joins the character beside it"),
        ("\u20dd", "joins the character beside it"),
        ("\u1161", "joins the character beside it"),
        ("\u1820", "joins the character beside it"),
    ],
)
def test_letters_that_need_more_than_widths_are_refused_whatever_the_fonts(
    tmp_path: Path, character: str, why: str
) -> None:
    measured = fonts_in(folder_of(tmp_path, build(f"痛x{character}")))
    with pytest.raises(UnsafeTextError, match=f"step 3: the character .* {why}"):
        measured.safe(f"痛x{character}", "step 3")


def test_marks_that_letters_have_built_in_are_fine(tmp_path: Path) -> None:
    measured = fonts_in(folder_of(tmp_path, build("がé각")))
    assert measured.safe("か\u3099e\u0301\u1100\u1161\u11a8", "here") == "がé각"


def units(fonts: Fonts, text: str) -> float:
    return fonts.width(text, 10)


def test_japanese_fills_lines(japanese: Fonts) -> None:
    text = "夜間腰痛" * 20
    lines = japanese.wrap(text, 105, 10, even=False)
    assert [len(line) for line in lines] == [10] * 8
    assert [len(line) for line in japanese.wrap("痛" * 22, 105, 10)] == [8, 8, 6]


def test_japanese_begins_on_the_line_of_the_word_before(japanese: Fonts) -> None:
    assert japanese.wrap("MRI 腰痛腰痛腰痛腰痛", 55, 10, even=False) == ["MRI 腰痛腰", "痛腰痛腰痛"]


def test_latin_words_and_spaces_within_japanese_stay_whole(japanese: Fonts) -> None:
    text = "腰痛Lumbar夜間 MRI 右"
    assert japanese.wrap(text, 50, 10, even=False) == ["腰痛", "Lumbar夜", "間 MRI 右"]
    assert japanese.wrap(text, 500, 10) == [text]


def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(japanese: Fonts) -> None:
    lines = japanese.wrap("腰痛、腰痛。（右）「左」ッー々" * 8, 83, 10, even=False)
    assert all(line[0] not in "、。）」ッー々" and line[-1] not in "（「" for line in lines)


@settings(max_examples=200, deadline=None)
@given(st.text(JAPANESE + "ab MRI ", max_size=80), st.floats(15, 200), st.booleans(), st.booleans())
def test_lines_fit_lose_nothing_and_are_filled(
    text: str, width: float, bold: bool, even: bool
) -> None:
    fonts = shared()
    text = fonts.safe(text, "here")
    lines = fonts.wrap(text, width, 10, bold=bold, even=even)
    measured = [fonts.width(line, 10, bold=bold) for line in lines]
    assert all(each <= width + 1e-6 for each in measured)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    rest = text
    for line in lines:
        assert rest.startswith(line)
        rest = rest[len(line) :].removeprefix(" ")
    assert rest == ""
    if not even and set(text) <= set("腰の痛みがある夜間しびれ右左６週"):
        assert all(each > width - 11 for each, _ in pairwise(measured))


SHARED: list[Fonts] = []


def shared() -> Fonts:
    return SHARED[0]


@pytest.fixture(autouse=True, scope="module")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    SHARED.append(fonts_in(folder_of(tmp_path_factory.mktemp("fonts"), build(JAPANESE))))


def refused(folder: Path | str) -> str:
    with pytest.raises(DrawingError) as caught:
        fonts_in(folder)
    return str(caught.value)


def test_no_folder(tmp_path: Path) -> None:
    wanted = "give a folder with .ttf, .otf, .ttc or .otc files"
    assert refused(tmp_path / "x") == f"there is no folder '{tmp_path / 'x'}'; {wanted}"
    (tmp_path / "x.ttf").write_bytes(data_of(build("痛")))
    assert refused(tmp_path / "x.ttf") == f"'{tmp_path / 'x.ttf'}' is no folder; {wanted}"
    assert "cannot be read (" in refused("a\0b")
    assert "\x1b" not in refused(tmp_path / "\x1b[31m")


def test_no_font(tmp_path: Path) -> None:
    assert refused(tmp_path).startswith(f"there is no font in the folder '{tmp_path}'; give")
    (tmp_path / "inner").mkdir()
    (tmp_path / "folder.ttf").mkdir()
    folder_of(tmp_path / "inner", build("痛"))
    (tmp_path / "._x.ttf").write_bytes(b"what macOS leaves behind")
    (tmp_path / "read me.txt").write_text("no font")
    assert refused(tmp_path).startswith("there is no font in the folder")


def test_too_many_fonts(tmp_path: Path) -> None:
    for number in range(further.MOST_FILES + 1):
        (tmp_path / f"{number}.ttf").touch()
    assert refused(tmp_path) == (
        f"the folder '{tmp_path}' has 51 fonts, more than 50; "
        "give a folder with only those that the texts need"
    )


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(folder: Path) -> Iterable[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    assert "cannot be read (Permission denied); mend that, or give" in refused(tmp_path)


def test_a_font_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(file: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    folder_of(tmp_path, build("痛"))
    monkeypatch.setattr(Path, "open", forbidden)
    assert refused(tmp_path) == (
        f"the font '{tmp_path / 'a.ttf'}' cannot be read (Permission denied); "
        "take it out of the folder, or put another in its place"
    )


def test_links(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "true.ttf").write_bytes(data_of(build("痛")))
    link = tmp_path / "fonts" / "x.ttf"
    link.symlink_to(tmp_path / "true.ttf")
    assert fonts_in(tmp_path / "fonts").safe("痛", "here") == "痛"
    link.unlink()
    link.symlink_to(tmp_path / "nowhere.ttf")
    assert f"'{link}' cannot be read (No such file or directory)" in refused(tmp_path / "fonts")
    link.unlink()
    link.symlink_to(link)
    assert "cannot be read (" in refused(tmp_path / "fonts")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.ttf")
    assert "x.ttf' is no plain file; take it out" in refused(tmp_path)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "x.ttf").open("wb") as file:
        file.truncate(further.LARGEST_FILE + 1_000_000)
    assert "x.ttf' has 61 megabytes, more than 60; take it out" in refused(tmp_path)


@pytest.mark.parametrize(
    "data",
    [b"", b"no font at all", b"wOF2" + bytes(60), b"wOFF" + bytes(60), b"\x1f\x8b" + bytes(60)],
)
def test_what_is_no_font(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.ttf").write_bytes(data)
    assert "x.ttf' is no TrueType or OpenType font; take it out" in refused(tmp_path)


def test_a_font_that_was_not_copied_to_its_end(tmp_path: Path) -> None:
    for end in (*range(4, len(WHOLE) - 4, 37), len(WHOLE) - 4):
        (tmp_path / "x.ttf").write_bytes(WHOLE[:end])
        why = "is cut off: it ends before its tables do" if end >= 12 + 16 * 10 else "is broken ("
        assert f"x.ttf' {why}" in refused(tmp_path)


WHOLE = data_of(build("痛a\U00020b9f"))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), max_size=6))
def test_any_damage_is_survived(
    tmp_path_factory: pytest.TempPathFactory, damage: dict[int, int]
) -> None:
    data = bytearray(WHOLE)
    for place, value in damage.items():
        data[place] = value
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "x.ttf").write_bytes(data)
    try:
        fonts_in(folder)
    except DrawingError as error:
        assert f"the font '{folder / 'x.ttf'}' " in str(error)  # noqa: PT017  either is right


def without(tag: str) -> bytes:
    """The font with the entry of a table renamed in its directory."""
    data = bytearray(WHOLE)
    (place,) = (at for at in range(12, 12 + 16 * 10, 16) if data[at : at + 4] == tag.encode())
    data[place : place + 4] = b"none"
    return bytes(data)


@pytest.mark.parametrize("table", ["head", "hhea", "hmtx", "maxp", "cmap", "name"])
def test_a_font_without_a_table(tmp_path: Path, table: str) -> None:
    (tmp_path / "x.ttf").write_bytes(without(table))
    assert f"x.ttf' is broken (KeyError: '{table}')" in refused(tmp_path)


def test_a_font_without_its_style_is_regular(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(without("OS/2"))
    measured = fonts_in(tmp_path)
    assert measured.width("痛", 12) == 12
    assert measured.width("痛", 12, bold=True) > 12


@pytest.mark.parametrize("family", ["x'; fill: red", "a<b>", "a\u202eb", "x" * 200])
def test_a_family_with_a_name_that_could_do_harm(tmp_path: Path, family: str) -> None:
    message = refused(folder_of(tmp_path, build("痛", family)))
    assert "a.ttf' has the family name '" in message
    assert "', unsafe in a picture; take it out of the folder" in message
    assert "\u202e" not in message
    assert len(message) < len(str(tmp_path)) + 250


@pytest.mark.parametrize("number", [1, 6])
def test_a_font_that_drawing_libraries_pass_over(tmp_path: Path, number: int) -> None:
    font = build("痛")
    font["name"].names = [each for each in font["name"].names if each.nameID != number]
    assert "so drawing libraries pass it over; take it" in refused(folder_of(tmp_path, font))


def with_table(tag: str, data: bytes) -> TTFont:
    font = build("痛")
    font[tag] = newTable(tag)
    font[tag].compile = lambda _: data
    return font


def test_a_font_of_endless_names(tmp_path: Path) -> None:
    record = struct.pack(">6H", 3, 1, 0x409, 1, 60_000, 0)
    data = struct.pack(">3H", 0, 60_000, 6) + record * 60_000
    assert "has too many names" in refused(folder_of(tmp_path, with_table("name", data)))


def cmap(form: bytes, platform: int = 3, encoding: int = 10) -> bytes:
    return struct.pack(">HHHHI", 0, 1, platform, encoding, 12) + form


ALL_SIXTEEN_BITS = struct.pack(
    ">7H500HH500H500H500H",
    *(4, 0, 0, 1000, 0, 0, 0),
    *[0xFFFE] * 500,
    0,
    *[0] * 1500,
)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (struct.pack(">HHIII3I", 12, 0, 28, 0, 1, 0, 0xFFFFFFFF, 1), "claims characters"),
        (struct.pack(">HHIII3I", 12, 0, 28, 0, 1, 9, 8, 1), "claims characters"),
        (struct.pack(">HHIII", 12, 0, 16, 0, 5) + struct.pack(">3I", 0, 99_999, 1) * 5, "claims"),
        (struct.pack(">HHIII3I", 12, 0, 28, 0, 9, 0, 1, 1) + b"abc", "is broken"),
        (ALL_SIXTEEN_BITS, "claims characters"),
        (struct.pack(">HHH", 0, 262, 0) + bytes(256), "has no table of Unicode characters"),
        (struct.pack(">HHIII3I", 13, 0, 28, 0, 1, 0, 0x10FFFF, 1), "has no table of Unicode"),
        (b"", "is broken"),
    ],
)
def test_a_table_of_characters_that_lies(tmp_path: Path, form: bytes, why: str) -> None:
    message = refused(folder_of(tmp_path, with_table("cmap", cmap(form))))
    assert f"a.ttf' {why}" in message
    assert "take it out of the folder" in message


def test_a_table_of_characters_only_for_signs(tmp_path: Path) -> None:
    data = cmap(struct.pack(">HHIII3I", 12, 0, 28, 0, 1, 65, 70, 1), 3, 0)
    assert "has no table of Unicode" in refused(folder_of(tmp_path, with_table("cmap", data)))


def test_what_fonttools_finds_odd_is_not_printed(tmp_path: Path) -> None:
    font = build("痛")
    font["head"].created = 0
    folder_of(tmp_path, font)
    program = f"from pathways.diagrams.fonts import fonts_in; fonts_in({str(tmp_path)!r})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout + done.stderr == ""


def test_an_impossible_size(tmp_path: Path) -> None:
    font = build("痛")
    font["head"].unitsPerEm = 0
    assert "has a size of 0 units, not 16 to 16384" in refused(folder_of(tmp_path, font))


def test_a_collection_without_end(tmp_path: Path) -> None:
    (tmp_path / "x.ttc").write_bytes(b"ttcf" + struct.pack(">HHI", 1, 0, 1000) + bytes(4000))
    assert "has 1000 fonts in it, more than 64" in refused(tmp_path)
