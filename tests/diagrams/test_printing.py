"""Pages as Typst prints them: exact sizes, same bytes everywhere, real text, no way in for hostile text."""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

from pathways.diagrams import printing
from pathways.diagrams.fonts import FAMILIES, FONT_FOLDER, text_width
from pathways.diagrams.printing import PrintPage, to_pdf, to_png
from pathways.errors import DrawingError

HOSTILE = r"""A "b" 'c' \ # ] [ $x$ *y* _z_ `w` <i> & // /* @k ~ #panic("no") #{sys} ") ]} \u{41}"""


def svg(body: str, width: float = 200, height: float = 100, *, head: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {head}>{body}</svg>'


def words(text: str, *, more: str = "", x: float = 10, y: float = 40) -> str:
    return f'<text x="{x}" y="{y}" font-size="12" font-family="{FAMILIES}" {more}>{text}</text>'


def page(body: str = "", width: float = 200, height: float = 100, title: str = "A") -> PrintPage:
    return PrintPage(svg(body, width, height), width, height, title)


def image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def ink(png: bytes) -> list[tuple[int, int]]:
    """Every dot that is rather dark."""
    grey = image(png).convert("L")
    return [
        (place % grey.width, place // grey.width)
        for place, shade in enumerate(grey.tobytes())
        if shade < 128
    ]


def text_of(pdf: bytes) -> list[str]:
    return [
        each.get_textpage().get_text_range().replace("\r\n", "\n")
        for each in pypdfium2.PdfDocument(pdf)
    ]


def fonts_of(pdf: bytes) -> set[str]:
    return {name.decode() for name in re.findall(rb"/BaseFont/[A-Z]{6}\+([\w-]+)/Encoding", pdf)}


def structure(pdf: bytes, number: int) -> list[tuple[str, str]]:
    """Type and text alternative of what a screen reader meets on a page."""
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    shown = document[number]  # held, as the tree is part of it
    tree = raw.FPDF_StructTree_GetForPage(shown.raw)
    found = []

    def text(ask: Callable[..., int], element: Any) -> str:
        room = ctypes.create_string_buffer(4096)
        length = ask(element, room, 4096)
        return room.raw[:length].decode("utf-16-le").rstrip("\0")

    def visit(element: Any) -> None:
        kind = text(raw.FPDF_StructElement_GetType, element)
        found.append((kind, text(raw.FPDF_StructElement_GetAltText, element)))
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                visit(child)

    for index in range(raw.FPDF_StructTree_CountChildren(tree)):
        visit(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
    raw.FPDF_StructTree_Close(tree)
    return found


# Sizes


@pytest.mark.parametrize(
    ("width", "height", "dpi"),
    [(200, 100, 72), (595.276, 841.89, 144), (33.3, 700.7, 96), (700.7, 33.3, 300), (7, 9, 36)],
)
def test_a_png_is_as_large_as_the_page_opaque_and_filled(
    width: float, height: float, dpi: int
) -> None:
    png = to_png(page('<rect width="100%" height="100%" fill="#123456"/>', width, height), dpi=dpi)
    drawn = image(png)
    assert drawn.size == (round(width * dpi / 72), round(height * dpi / 72))
    assert drawn.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)
    assert set(drawn.convert("RGBA").getchannel("A").tobytes()) == {255}
    for channel, shade in zip(drawn.convert("RGB").split(), (0x12, 0x34, 0x56), strict=True):
        shades = set(channel.tobytes())
        assert shades <= set(range(shade, shade + 8))  # the edge may have a little white in it


def test_a_png_is_white_where_nothing_is_drawn() -> None:
    assert image(to_png(page())).convert("RGBA").getcolors() == [(400 * 200, (255, 255, 255, 255))]


@pytest.mark.parametrize(("width", "height"), [(40.3, 1500.4), (1500.4, 40.3), (251, 333)])
def test_no_row_and_no_column_of_dots_is_left_out(width: float, height: float) -> None:
    """Typst may draw on a raster that is larger and then leave rows out, with the lines on them."""
    dpi = 96
    wide, high = round(width * dpi / 72), round(height * dpi / 72)
    across, down = width / wide, height / high
    lines = "".join(f"M{n * across} 0h{across}v{height}h-{across}z" for n in range(0, wide, 2))
    lines += "".join(f"M0 {n * down}h{width}v{down}h-{width}z" for n in range(0, high, 2))
    drawn = to_png(page(f'<path fill-rule="evenodd" d="{lines}"/>', width, height), dpi=dpi)
    expected = {(x, y) for x in range(wide) for y in range(high) if (x + y) % 2}
    assert set(ink(drawn)) == expected


@pytest.mark.parametrize(
    "head",
    ['width="7in" height="3pt"', "width='9' height='9'", 'style="width:5px;height:auto"', ""],
)
def test_the_page_gives_the_size_not_the_svg(head: str) -> None:
    body = '<rect width="200" height="100"/>'
    sized = PrintPage(svg(body, head=head), 200, 100, "A")
    assert len(ink(to_png(sized, dpi=72))) == 200 * 100
    drawn = pypdfium2.PdfDocument(to_pdf([sized], title="T"))[0].render().to_pil()
    assert drawn.size == (200, 100)
    assert max(drawn.convert("L").tobytes()) < 128


@pytest.mark.parametrize(
    "start",
    [
        "<?xml version='1.0'?>\n<!-- <svg> -->\n<svg",
        "\ufeff<!DOCTYPE svg>\n<svg aria-label=\"a > b, width='5' height='5'\"",
        "<svg\n  width = '3'\n\tpreserveAspectRatio='none' ",
    ],
)
def test_the_first_tag_is_found_whatever_stands_around(start: str) -> None:
    text = svg('<rect width="200" height="100"/>').replace("<svg", start, 1)
    assert len(ink(to_png(PrintPage(text, 200, 100, ""), dpi=72))) == 200 * 100


def test_a_png_has_at_least_one_dot_each_way() -> None:
    assert image(to_png(page("", 0.2, 50), dpi=36)).size == (1, 25)


def test_an_svg_without_names_and_sizes_is_drawn_in_points() -> None:
    bare = PrintPage('<svg><rect width="50" height="25"/></svg>', 100, 50, "A")
    assert len(ink(to_png(bare, dpi=144))) == 100 * 50
    drawn = pypdfium2.PdfDocument(to_pdf([bare], title="T"))[0].render().to_pil().convert("L")
    assert drawn.tobytes().count(0) == 50 * 25


def test_a_pdf_has_one_page_for_each_page_given() -> None:
    sizes = [(595.3, 841.9), (841.9, 595.3), (20, 3000.5), (3, 3), (14400, 14400)]
    pages = [page("", *size, title="Long title " * 30) for size in sizes]
    document = pypdfium2.PdfDocument(to_pdf(pages, title="T"))
    assert [each.get_size() for each in document] == [pytest.approx(size) for size in sizes]


# The same bytes


def sample() -> PrintPage:
    bold = words("Second line", more='font-weight="bold"', y=60)
    return page(words("First line") + bold + '<rect rx="8" width="50" height="20" y="70"/>')


def test_the_same_page_gives_the_same_bytes() -> None:
    assert to_png(sample()) == to_png(sample())
    assert to_pdf([sample()] * 2, title="T") == to_pdf([sample()] * 2, title="T")


PRINT_IN_ANOTHER_PROCESS = """
import hashlib, sys
from pathlib import Path
from pathways.diagrams.printing import PrintPage, to_pdf, to_png
assert "typst" not in sys.modules
page = PrintPage(Path(sys.argv[1]).read_text(encoding="utf-8"), 200, 100, "A")
Path(sys.argv[1]).unlink()
Path.cwd().rmdir()
print(hashlib.sha256(to_png(page) + to_pdf([page], title="T")).hexdigest())
"""


@pytest.mark.skipif(os.name == "nt", reason="a current folder cannot be removed there")
def test_another_process_at_another_time_in_no_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    file = folder / "page.svg"
    file.write_text(sample().svg, encoding="utf-8")
    settings = {
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "SOURCE_DATE_EPOCH": "1234567890",
        "HOME": str(tmp_path),
        "LC_ALL": "C",
        "TYPST_FONT_PATHS": "/usr/share/fonts",
    }
    done = subprocess.run(
        [sys.executable, "-c", PRINT_IN_ANOTHER_PROCESS, str(file)],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    here = to_png(sample()) + to_pdf([sample()], title="T")
    assert (done.stdout, done.stderr) == (hashlib.sha256(here).hexdigest() + "\n", "")


@pytest.mark.parametrize("format", ["png", "pdf"])
def test_threads_give_the_same_bytes(format: str) -> None:
    def work(number: int) -> str:
        page = sample()
        data = to_png(page) if format == "png" else to_pdf([page] * 3, title="T")
        return hashlib.sha256(data).hexdigest()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(work, range(80)))) == 1


# For screen readers


def test_a_pdf_can_be_read_out() -> None:
    pages = [page(words("One"), title="Phase 1"), page(words("Two"), 300, 80, "Phase 2")]
    pdf = to_pdf(pages, title="Back pain", language="en-GB")
    document = pypdfium2.PdfDocument(pdf)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_dict()["Title"] == "Back pain"
    assert b"/Lang(en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert [structure(pdf, number) for number in (0, 1)] == [
        [("Document", ""), ("Figure", title)] for title in ("Phase 1", "Phase 2")
    ]
    bookmarks = [(each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    assert bookmarks == [("Phase 1", 0), ("Phase 2", 1)]


def test_bookmarks_do_not_show_on_the_page() -> None:
    pdf = to_pdf([page("", title="Phase 1")], title="Back pain")
    assert text_of(pdf) == [""]
    drawn = pypdfium2.PdfDocument(pdf)[0].render().to_pil().convert("L")
    assert set(drawn.tobytes()) == {255}


def test_a_pdf_names_no_date() -> None:
    document = pypdfium2.PdfDocument(to_pdf([page()], title="T"))
    facts = document.get_metadata_dict()
    assert (facts["CreationDate"], facts["ModDate"]) == ("", "")


@pytest.mark.parametrize(
    ("tag", "written"),
    [("de", "de"), ("EN-gb", "en-GB"), ("zh-Hant-TW", "zh-TW"), ("es-419", "es"), ("fil", "fil")],
)
def test_language_tags(tag: str, written: str) -> None:
    assert f"/Lang({written})".encode() in to_pdf([page()], title="T", language=tag)


# Text


def test_text_is_drawn_where_it_belongs() -> None:
    dots = ink(to_png(page(words("Hamburg", x=30, y=40)), dpi=144))
    left, right = min(x for x, _ in dots) / 2, max(x for x, _ in dots) / 2
    top, bottom = min(y for _, y in dots) / 2, max(y for _, y in dots) / 2
    assert left == pytest.approx(30, abs=1.5)
    assert right == pytest.approx(30 + text_width("Hamburg", 12), abs=1.5)
    assert top == pytest.approx(40 - 0.72 * 12, abs=1)
    assert bottom == pytest.approx(40 + 0.21 * 12, abs=1)


def test_bold_is_bold() -> None:
    plain = ink(to_png(page(words("Hamburg"))))
    bold = ink(to_png(page(words("Hamburg", more='font-weight="bold"'))))
    assert len(plain) > 100
    assert len(bold) > 1.2 * len(plain)
    right = max(x for x, _ in bold) / 2
    assert right == pytest.approx(10 + text_width("Hamburg", 12, bold=True), abs=1.5)


def test_text_in_a_pdf_stays_text_with_its_fonts() -> None:
    mixed = words('Pain ≥ 30 % → <tspan font-weight="bold">Go now</tspan>')
    pdf = to_pdf([page(mixed), page(words("Douleur aiguë, боль, πόνος"))], title="T")
    assert text_of(pdf) == ["Pain ≥ 30 % → Go now", "Douleur aiguë, боль, πόνος"]
    assert fonts_of(pdf) == {"Arimo-Regular", "Arimo-Bold"}
    assert pdf.count(b"/FontFile2 ") == 2


@pytest.mark.parametrize(
    "family", ["Nobody", "'DejaVu Sans', 'Libertinus Serif', 'DejaVu Sans Mono'", "monospace"]
)
def test_other_families_become_the_shipped_one_not_nothing(family: str) -> None:
    body = f'<text x="10" y="40" font-family="{family}">Hello</text>'
    pdf = to_pdf([page(body)], title="T")
    assert (text_of(pdf), fonts_of(pdf)) == (["Hello"], {"Arimo-Regular"})
    assert len(ink(to_png(page(body)))) > 100


@pytest.mark.parametrize("character", ["✓", "痛", "😀"])
def test_a_pdf_refuses_a_character_that_no_font_has(character: str) -> None:
    with pytest.raises(DrawingError, match=f'"{character}".*whether the fonts have all'):
        to_pdf([page(words(character))], title="T")


def font(file: Path, family: str, text: str) -> None:
    """Write a font of black squares."""
    characters = sorted(set(text))
    names = [".notdef", *(f"u{ord(each):X}" for each in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 1000), (1000, 1000), (1000, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, characters), names[1:], strict=True)))
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    known_as = {"familyName": family, "styleName": "Regular", "psName": f"{family}-Regular"}
    builder.setupNameTable(known_as)
    builder.setupOS2()
    builder.setupPost()
    file.parent.mkdir(parents=True, exist_ok=True)
    builder.save(file)


def test_a_folder_of_fonts_adds_characters_whatever_else_it_holds(tmp_path: Path) -> None:
    font(tmp_path / "deep" / "squares.ttf", "Squares", "痛")
    (tmp_path / "read me.txt").write_text("no font", encoding="utf-8")
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    hurts = page(words("痛", x=50, y=50))
    pdf = to_pdf([hurts], title="痛", font_folders=(tmp_path,))
    assert (text_of(pdf), fonts_of(pdf)) == (["痛"], {"Squares-Regular"})
    assert len(ink(to_png(hurts, dpi=72, font_folders=(tmp_path,)))) == 12 * 12


def test_a_folder_of_fonts_does_not_replace_the_shipped_ones(tmp_path: Path) -> None:
    font(tmp_path / "aaa.ttf", "Arimo", "First Second line")
    assert to_png(sample(), font_folders=(tmp_path,)) == to_png(sample())


# What an SVG may hold

STYLE = """<style>
.card { fill: #0000ff; stroke: none }
g.step > rect { fill: #00ff00 }
@media (prefers-color-scheme: dark) { .card { fill: #ff0000 } text { fill: #ffffff } }
@media print { .card { fill: #ff00ff } }
.late { fill: #00ffff }
</style>"""


NAMED = (
    'role="img" aria-label="x"><title>T</title><desc>D</desc>'
    '<rect class="late" width="40" height="40"/>'
)


@pytest.mark.parametrize(
    ("body", "colour"),
    [
        ('<rect class="card" width="40" height="40"/>', (0, 0, 255)),
        ('<g class="step"><rect width="40" height="40"/></g>', (0, 255, 0)),
        ('<rect class="late" width="40" height="40"/>', (0, 255, 255)),
        (f"<g {NAMED}</g>", (0, 255, 255)),
        ('<path class="card" d="M0 8a8 8 0 0 1 8-8h24q8 0 8 8v24h-40z"/>', (0, 0, 255)),
    ],
)
def test_styles_names_and_round_paths_are_drawn_in_their_light_colours(
    body: str, colour: tuple[int, int, int]
) -> None:
    drawn = image(to_png(page(STYLE + body), dpi=72)).convert("RGB")
    assert drawn.getpixel((20, 20)) == colour
    assert drawn.getpixel((60, 60)) == (255, 255, 255)


def test_text_stays_dark_when_the_machine_is_dark() -> None:
    assert len(ink(to_png(page(STYLE + words("Hello"))))) > 100


def test_round_corners_are_round() -> None:
    dots = set(ink(to_png(page('<rect rx="20" width="100" height="60"/>'), dpi=72)))
    assert (2, 2) not in dots
    assert (50, 0) in dots


def test_dashes_are_dashed_and_underlines_drawn() -> None:
    line = '<path d="M0 50H200" stroke="black" stroke-width="4" stroke-dasharray="10 10"/>'
    row = sorted(x for x, y in ink(to_png(page(line), dpi=72)) if y == 50)
    assert row == [x for x in range(200) if x % 20 < 10]
    plain, lined = (
        ink(to_png(page(words("nnn", more=more)), dpi=144))
        for more in ("", 'text-decoration="underline"')
    )
    assert max(y for _, y in plain) <= 80 < max(y for _, y in lined)


# Hostile texts


def test_titles_are_never_read_as_source() -> None:
    pdf = to_pdf([page(words("x"), title=HOSTILE)], title=HOSTILE)
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"] == HOSTILE
    assert [each.get_title() for each in document.get_toc()] == [HOSTILE]
    assert structure(pdf, 0) == [("Document", ""), ("Figure", HOSTILE)]
    assert text_of(pdf) == ["x"]


def test_text_of_a_picture_is_never_read_as_source() -> None:
    text = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    wide = PrintPage(svg(words(text), 900, 100), 900, 100, "A")
    assert text_of(to_pdf([wide], title="T")) == [HOSTILE]


def test_titles_stand_on_one_line_without_control_characters() -> None:
    pdf = to_pdf([page(title="a\n b\x00")], title="\tx\x1b[31m\u202ey ")
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"] == "xU+001B[31mU+202Ey"
    assert [each.get_title() for each in document.get_toc()] == ["a bU+0000"]


def test_an_svg_cannot_draw_in_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (5, 5)).save(tmp_path / "private.png")
    away = os.path.relpath(tmp_path / "private.png", FONT_FOLDER)
    for href in ("private.png", away, str(tmp_path / "private.png"), "https://example.org/a.png"):
        with pytest.raises(DrawingError, match="linked image"):
            to_png(page(f'<image href="{href}" width="5" height="5"/>'))


# Refusals


@pytest.mark.parametrize("dpi", [35, 601, 0, -72])
def test_a_resolution_out_of_range_is_refused(dpi: int) -> None:
    with pytest.raises(DrawingError, match=f"^dpi is {dpi}; give 36 to 600 dots per inch$"):
        to_png(page(), dpi=dpi)


@pytest.mark.parametrize(
    ("width", "height", "dpi", "most"),
    [(72 * 100, 72, 400, 320), (72, 72 * 200, 300, 160), (72 * 50, 72 * 40, 300, 273)],
)
def test_a_png_with_too_many_dots_says_which_resolution_is_possible(
    width: float, height: float, dpi: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DrawingError) as caught:
        to_png(page("", width, height), dpi=dpi)
    assert str(caught.value) == (
        f"the picture is {width / 72:.0f} by {height / 72:.0f} inches, too large for a PNG of {dpi} "
        f"dots per inch; give at most {most}, show a part, or choose svg or pdf"
    )
    monkeypatch.setattr(
        printing, "_typst", lambda *_, **__: b""
    )  # so large a picture takes seconds
    assert to_png(page("", width, height), dpi=most)
    with pytest.raises(DrawingError):
        to_png(page("", width, height), dpi=most + 1)


def test_a_png_too_large_at_any_resolution_names_none() -> None:
    with pytest.raises(DrawingError, match=r"per inch; show a part, or choose svg or pdf$"):
        to_png(page("", 1e5, 1e5))


@pytest.mark.parametrize("side", [0, -1, float("nan"), float("inf")])
def test_a_page_without_a_size_is_refused(side: float) -> None:
    for width, height in ((side, 100), (100, side)):
        odd = PrintPage(svg(""), width, height, "A")
        with pytest.raises(DrawingError, match="points; give more than 0 each way"):
            to_png(odd)
        with pytest.raises(DrawingError, match=r"page 2 is .* points; give 3 to 14,400 each way"):
            to_pdf([page(), odd], title="T")


@pytest.mark.parametrize("side", [2.9, 14_401])
def test_a_page_that_no_pdf_can_hold_is_refused(side: float) -> None:
    with pytest.raises(DrawingError, match=r"page 1 is .* points; give 3 to 14,400 each way"):
        to_pdf([page("", 100, side)], title="T")


def test_a_pdf_without_pages_or_titles_is_refused() -> None:
    with pytest.raises(DrawingError, match="there is no page to print; give at least one"):
        to_pdf([], title="T")
    with pytest.raises(DrawingError, match="the document has no title"):
        to_pdf([page()], title=" \n")
    with pytest.raises(DrawingError, match="page 2 has no title"):
        to_pdf([page(), page(title="")], title="T")


@pytest.mark.parametrize(
    "tag", ["", "english", "e", "en_GB", "en-", 'en", fill: red', "en\n", "ſſ"]
)
def test_a_language_that_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(DrawingError, match="give a tag such as 'en' or 'en-GB'"):
        to_pdf([page()], title="T", language=tag)


@pytest.mark.parametrize("text", ["", "Hello", "<html><svg/></html>", "<!-- -->" * 5000, "<svg"])
def test_what_is_no_svg_is_refused(text: str) -> None:
    with pytest.raises(DrawingError, match=r"^page 2 is no SVG; its text must begin with an <svg>"):
        to_pdf([page(), PrintPage(text, 10, 10, "A")], title="T")


@pytest.mark.parametrize("body", ["<g>", "&unknown;", "\x00", "\ud800", "<g></svg>"])
def test_a_broken_svg_is_refused_with_advice(body: str) -> None:
    for draw in (to_png, lambda broken: to_pdf([broken], title="T")):
        with pytest.raises(DrawingError, match=r"Typst could not .*; look at the picture as svg"):
            draw(page(body))


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "read me.txt").write_text("no font", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(DrawingError, match=r"there is no font in the folder .*; give a folder"):
            to_png(page(), font_folders=(FONT_FOLDER, folder))
