from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image

from pathways.diagrams import (
    PAPERS,
    PICTURE_FORMATS,
    PROFILES,
    THEMES,
    Diagram,
    PictureFormat,
    View,
    diagram_pages,
    diagram_picture,
    ending_of,
    extract,
    format_of,
    pages,
    picture,
    picture_file,
    style_of,
    to_dot,
    to_mermaid,
    to_words,
)
from pathways.diagrams.finished import NOTEBOOK_DPI
from pathways.diagrams.model import Arrow, Box, Group, Overlay
from pathways.diagrams.pictures import MOST_BOXES
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.errors import DrawingError, UnknownNameError
from pathways.model.pathway import ResolvedPathway
from pathways.pathway import load

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.svg", "svg"),
        ("A.PNG", "png"),
        ("x/y.pdf", "pdf"),
        ("a.gv", "dot"),
        ("a.dot", "dot"),
        ("a.mmd", "mermaid"),
    ],
)
def test_endings(name: str, format: str) -> None:
    assert format_of(name) == format


@pytest.mark.parametrize("format", PICTURE_FORMATS)
def test_the_ending_of_a_format_stands_for_that_format(format: PictureFormat) -> None:
    assert format_of(f"a.{ending_of(format)}") == format
    assert ending_of("mermaid") == "mmd"


def test_an_unknown_format_has_no_ending() -> None:
    with pytest.raises(UnknownNameError, match="no format 'pngg'; did you mean 'png'"):
        ending_of("pngg")  # type: ignore[arg-type]


def test_a_picture_of_too_many_boxes_is_refused_with_what_to_do() -> None:
    steps = tuple(Box(f"s{i}", i, "action", "S") for i in range(1, MOST_BOXES + 2))
    diagram = Diagram("x", "X", "", "", "patient", steps, ())
    for draw in (
        lambda: diagram_picture(diagram, style_of()),
        lambda: diagram_pages(diagram, style_of(profile="clinician")),
    ):
        with pytest.raises(
            DrawingError, match=r"has 2,001 boxes, more than the 2,000 .* one phase"
        ):
            draw()
    assert to_dot(diagram, THEMES["default"])
    assert to_mermaid(diagram, THEMES["default"])


def test_an_unknown_ending_is_an_error_with_the_nearest() -> None:
    with pytest.raises(
        UnknownNameError, match=r"with the ending '\.sgv'; did you mean '\.gv' or '\.svg'"
    ):
        format_of("a.sgv")


@pytest.mark.parametrize("format", PICTURE_FORMATS)
@pytest.mark.parametrize("theme", ["default", "print"])
def test_every_format_in_every_theme(
    small: ResolvedPathway, format: PictureFormat, theme: str
) -> None:
    def draw() -> bytes:
        return picture_file(small, format, theme=theme, reader="patient", dpi=72)

    first = draw()
    assert first == draw()
    starts = {
        "svg": b"<?xml",
        "png": b"\x89PNG",
        "pdf": b"%PDF",
        "dot": b"digraph",
        "mermaid": b"flowchart TD",
    }
    assert first[:12].startswith(starts[format])


@pytest.mark.parametrize("profile", PROFILES)
def test_a_file_holds_what_the_picture_gives(small: ResolvedPathway, profile: str) -> None:
    drawn = picture(small, profile=profile)
    assert picture_file(small, "svg", profile=profile) == drawn.svg.encode("utf-8")
    assert picture_file(small, "png", profile=profile, dpi=72) == drawn.png(72)
    assert picture_file(small, "pdf", profile=profile) == drawn.pdf()


@pytest.mark.parametrize(
    "view",
    [
        View.whole(),
        View.phase("1"),
        View.phase("2"),
        View.phase("3"),
        View.around("care"),
        View.routes("block"),
    ],
)
def test_every_view_draws(small: ResolvedPathway, view: View) -> None:
    drawn = picture(small, view=view, overlay=Overlay({"care": "here"}))
    assert "Low back pain" in drawn.svg
    printed = pages(small, view=view, overlay=Overlay({"care": "here"}))
    assert all("Low back pain" in page.svg for page in printed)


@pytest.mark.parametrize(
    "phases",
    ["112", "122", "-12", "1-2", "12-", "--1", "1--", "---", "212", "121", "221", "2-1"],
)
def test_steps_may_stand_in_any_phase_or_in_none(phases: str) -> None:
    """A state needs no phase, and phases need not follow the order of the steps."""
    boxes = tuple(
        Box(f"s{i}", i + 1, "action", f"Step {i}", group=None if phase == "-" else f"g{phase}")
        for i, phase in enumerate(phases)
    )
    arrows = (Arrow("s0/0", "s0", "s1", "Go"), Arrow("s1/0", "s1", "s2"), Arrow("s0/1", "s0", "s2"))
    groups = tuple(Group(f"g{n}", n, f"Phase {n}") for n in (1, 2) if str(n) in phases)
    diagram = Diagram("x", "X", "", "Draft.", "patient", boxes, arrows, groups)
    svgs = [diagram_picture(diagram, style_of()).svg]
    svgs.append("".join(p.svg for p in diagram_pages(diagram, style_of(profile="large-print"))))
    for svg in svgs:
        for box in boxes:
            assert box.title in svg
            assert len(re.findall(f'id="[^"]*-s-{box.name}"', svg)) == 1
    assert diagram_picture(diagram, style_of()).problems == ()


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda p: picture(p, theme="dark"), "no theme 'dark'; known: 'default', 'print'"),
        (lambda p: picture(p, profile="large"), "no profile 'large'; did you mean 'large-print'"),
        (lambda p: picture(p, reader="nurse"), "no reader 'nurse'"),  # type: ignore[arg-type]
        (lambda p: pages(p, theme="dark"), "no theme 'dark'"),
        (lambda p: pages(p, paper="a5"), "no paper 'a5'; known: 'a4', 'letter'"),
        (lambda p: pages(p, profile="screen"), "no profile for pages 'screen'; known: 'clea"),
        (lambda p: pages(p, profile="clear"), "no profile for pages 'clear'; did you mean 'clear-"),
        (lambda p: picture_file(p, "gif"), "no format 'gif'"),  # type: ignore[arg-type]
        (lambda p: picture_file(p, None), "no format 'None'"),  # type: ignore[arg-type]
        (lambda p: picture_file(p, "svg", profile="x"), "no profile 'x'"),
        (lambda p: picture_file(p, "dot", theme="dark"), "no theme 'dark'"),
    ],
)
def test_unknown_names(small: ResolvedPathway, draw: Callable[[Any], object], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        draw(small)


def test_a_resolution_out_of_range_is_refused(small: ResolvedPathway) -> None:
    with pytest.raises(DrawingError, match="dpi is 9; give 36 to 600"):
        picture_file(small, "png", dpi=9)


def test_a_folder_without_fonts_is_refused(small: ResolvedPathway, tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="font"):
        picture(small, fonts=tmp_path)


# What a picture holds.


def test_a_picture_knows_its_title_size_and_words(sample: Diagram) -> None:
    drawn = diagram_picture(sample, style_of())
    root = ET.fromstring(drawn.svg)
    assert drawn.title == root.findtext(f"{SVG}title") == "Severe back pain: The whole pathway"
    box = [float(each) for each in root.get("viewBox", "").split()]
    assert box == pytest.approx([0, 0, drawn.width, drawn.height], abs=0.01)
    assert root.findtext(f"{SVG}desc") == to_words(sample)


def test_a_png_is_as_large_as_the_picture_at_any_resolution(sample: Diagram) -> None:
    drawn = diagram_picture(sample, style_of())
    for dpi in (72, 144):
        png = Image.open(io.BytesIO(drawn.png(dpi)))
        assert png.size == (round(drawn.width * dpi / 72), round(drawn.height * dpi / 72))
        assert png.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)


def test_a_png_that_would_be_too_large_is_refused_with_what_is_possible() -> None:
    boxes = tuple(Box(f"s{i}", i + 1, "action", "S") for i in range(90))
    arrows = tuple(Arrow(f"s{i}/0", f"s{i}", f"s{i + 1}") for i in range(89))
    drawn = diagram_picture(Diagram("x", "X", "", "", "patient", boxes, arrows), style_of())
    with pytest.raises(DrawingError, match="inches, too large for a PNG of 600") as caught:
        drawn.png(600)
    (most,) = re.findall(r"give at most (\d+)", str(caught.value))
    png = Image.open(io.BytesIO(drawn.png(int(most) // 4)))
    assert png.height > 20 * int(most) // 4


def test_png_and_pdf_show_what_the_svg_says(marked: Diagram) -> None:
    """A font that fails drops text silently: both must hold ink, the PDF every text."""
    for theme in THEMES:
        drawn = diagram_picture(marked, style_of(theme))
        (page,) = pypdfium2.PdfDocument(drawn.pdf())
        assert page.get_size() == pytest.approx((drawn.width, drawn.height), abs=0.1)
        printed = "".join(page.get_textpage().get_text_range().split())
        texts = [
            "".join((each.text or "").split())
            for each in ET.fromstring(drawn.svg).iter(f"{SVG}text")
        ]
        assert len(texts) > 50
        assert [each for each in texts if each not in printed] == []
        shades = Image.open(io.BytesIO(drawn.png(72))).convert("L").tobytes()
        assert sum(shade < 128 for shade in shades) > 2000


def test_the_pdf_is_named_and_embeds_the_shipped_font(sample: Diagram) -> None:
    pdf = diagram_picture(replace(sample, language="en-GB"), style_of()).pdf()
    facts = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert facts["Title"] == "Severe back pain: The whole pathway"
    assert facts["CreationDate"] == ""
    assert b"/Lang(en-GB)" in pdf
    assert {b"Arimo-Regular", b"Arimo-Bold"} <= set(re.findall(rb"Arimo-\w+", pdf))


def test_notebooks_get_svg_png_and_words(sample: Diagram) -> None:
    drawn = diagram_picture(replace(sample, title="Back <pain>"), style_of())
    shown = drawn._repr_mimebundle_()
    assert sorted(shown) == ["image/png", "image/svg+xml", "text/plain"]
    assert drawn.svg.count('width="824pt" height="1172.4pt"') == 1
    assert shown["image/svg+xml"] == drawn.svg.replace(
        'width="824pt" height="1172.4pt"', 'width="780pt" height="1109.80pt"'
    )
    assert base64.b64decode(shown["image/png"]) == drawn.png(NOTEBOOK_DPI)
    assert shown["text/plain"] == repr(drawn) == "<Picture of Back pain: The whole pathway>"


def test_a_picture_with_its_font_is_the_same_on_paper(sample: Diagram) -> None:
    drawn = diagram_picture(sample, style_of())
    assert drawn.with_font().svg != drawn.svg
    assert drawn.with_font().png(72) == drawn.png(72)
    assert drawn.with_font().problems == drawn.problems


@pytest.mark.parametrize("profile", PROFILES)
def test_words_are_those_of_the_reader_usual_for_the_profile(
    small: ResolvedPathway, profile: str
) -> None:
    is_patient = PROFILES[profile].reader == "patient"
    assert is_patient == (profile in {"clear-print", "large-print"})
    usual = picture(small, profile=profile)
    assert usual == picture(small, profile=profile, reader=PROFILES[profile].reader)
    assert ("Any warning sign?" in usual.svg, "Red flags?" in usual.svg) == (
        is_patient,
        not is_patient,
    )
    other = picture(small, profile=profile, reader="clinician" if is_patient else "patient")
    assert ("Red flags?" in other.svg) == is_patient


@pytest.mark.parametrize("profile", PROFILES)
def test_no_type_is_smaller_than_the_profile_says(sample: Diagram, profile: str) -> None:
    drawn = diagram_picture(sample, style_of(profile=profile))
    sizes = [float(each) for each in re.findall(r'font-size="([\d.]+)"', drawn.svg)]
    assert min(sizes) == drawn.quality.smallest >= PROFILES[profile].least


def test_problems_are_said_in_words(sample: Diagram) -> None:
    assert diagram_picture(sample, style_of()).problems == ()
    found = diagram_picture(sample, style_of(profile="large-print")).problems
    assert "9 cards on a page; large-print holds 4" in found
    assert any(re.match(r"the smallest type is [\d.]+ points on a4; ", each) for each in found)


# What pages hold.


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("profile", PRINT_PROFILES)
def test_pages_are_a_sequence_of_pictures_that_pass(
    sample: Diagram, paper: str, profile: str
) -> None:
    printed = diagram_pages(sample, style_of(profile=profile), paper=paper)
    assert printed.title == "Severe back pain: The whole pathway"
    assert printed.problems == ()
    assert len(printed) == len(list(printed)) == len(printed.pages) > 1
    assert printed[0] is printed.pages[0]
    assert printed[-1] is printed.pages[-1]
    assert printed[1:] == printed.pages[1:]
    assert repr(printed) == f"<{len(printed)} pages of Severe back pain: The whole pathway>"
    for page in printed:
        assert (page.width, page.height) == (PAPERS[paper].width, PAPERS[paper].height)
        assert 0 < page.quality.cards <= (PROFILES[profile].most_cards or 0) or page is printed[0]


def test_pages_say_which_page_has_a_problem(sample: Diagram) -> None:
    printed = diagram_pages(sample, style_of(profile="clinician"))
    strict = replace(printed[1], style=style_of(profile="large-print"))
    bad = replace(printed, pages=(printed[0], strict))
    assert bad.problems
    assert all(each.startswith("page 2: the smallest type is ") for each in bad.problems)


def test_a_pdf_of_pages_has_them_all_with_their_titles(sample: Diagram) -> None:
    printed = diagram_pages(sample, style_of(profile="clear-print"))
    document = pypdfium2.PdfDocument(printed.pdf())
    assert len(document) == len(printed)
    assert document.get_metadata_dict()["Title"] == printed.title
    assert [each.get_title() for each in document.get_toc()] == [page.title for page in printed]
    for number, (shown, page) in enumerate(zip(document, printed, strict=True), start=1):
        assert shown.get_size() == pytest.approx((page.width, page.height), abs=0.1)
        text = "".join(shown.get_textpage().get_text_range().split())
        assert f"Page{number}of{len(printed)}" in text
        assert "Informationnotmedicaladvice" in re.sub(r"\W", "", text)


def test_every_step_stands_on_a_page_and_on_one_only(sample: Diagram) -> None:
    for profile in PRINT_PROFILES:
        printed = diagram_pages(sample, style_of(profile=profile))
        ids = [each for page in printed for each in re.findall(r'id="[^"]*-s-(\w+)"', page.svg)]
        assert sorted(ids) == sorted(box.name for box in sample.boxes)


def test_the_same_arguments_give_the_same_pages(small: ResolvedPathway) -> None:
    one, other = pages(small, paper="letter"), pages(small, paper="letter")
    assert one == other
    assert one.with_font() != one
    assert one.pdf() == other.pdf() == one.with_font().pdf()


# The same through the object users hold.


@pytest.fixture(scope="module")
def safety() -> Any:
    return load("safety")


def test_a_pathway_draws_itself(safety: Any, tmp_path: Path) -> None:
    options: dict[str, Any] = {
        "view": View.phase(1),
        "theme": "print",
        "overlay": Overlay({"1": "here"}),
    }
    drawn = safety.picture(**options, reader="patient")
    assert drawn == picture(safety, **options, reader="patient")
    assert safety.pages("letter", "large-print", **options) == pages(
        safety, paper="letter", profile="large-print", **options
    )
    for ending in ("svg", "png", "pdf", "dot", "mmd"):
        path = safety.draw(tmp_path / f"x.{ending}", **options, reader="patient")
        assert path.read_bytes() == picture_file(
            safety, format_of(path.name), **options, reader="patient"
        )
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "x.dot", "x.mmd", "x.pdf", "x.png", "x.svg",
    ]  # fmt: skip
    assert safety.draw(str(tmp_path / "x.svg")) == tmp_path / "x.svg"


def test_a_picture_that_fails_leaves_the_file_as_it_was(safety: Any, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"old")
    with pytest.raises(DrawingError):
        safety.draw(tmp_path / "x.png", dpi=9)
    with pytest.raises(UnknownNameError):
        safety.draw(tmp_path / "x.png", profile="x")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


def test_a_pathway_writes_dot_and_mermaid(safety: Any) -> None:
    diagram = extract(safety, reader="patient", view=View.phase(1))
    for theme in THEMES:
        options = {"reader": "patient", "view": View.phase(1), "theme": theme}
        assert safety.mermaid(**options) == to_mermaid(diagram, THEMES[theme])
        assert safety.dot(**options).source.rstrip() == to_dot(diagram, THEMES[theme]).rstrip()


def test_a_pathway_shows_itself_in_a_notebook(safety: Any) -> None:
    shown = safety._repr_mimebundle_()
    assert shown["image/svg+xml"] == safety.picture()._repr_mimebundle_()["image/svg+xml"]
    assert shown["text/plain"] == repr(safety)
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
