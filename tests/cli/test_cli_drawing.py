"""Pages of paper, sizes of type and fonts on the command line: names of files, messages, no halves."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

import pathways
from pathways.diagrams import PAPERS, PROFILES, Pages
from pathways.diagrams.fonts import FONT_FOLDER
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.errors import DrawingError

Cli = Callable[..., Any]

HURTS = "痛"


def names(workdir: Path) -> list[str]:
    return sorted(path.name for path in workdir.rglob("*") if path.is_file())


def page_names(stem: str, ending: str, total: int) -> list[str]:
    return [f"{stem}-page-{number:02}.{ending}" for number in range(1, total + 1)]


# Pages.


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("profile", PRINT_PROFILES)
def test_pages_are_one_pdf_of_that_paper(
    cli: Cli, starter: str, workdir: Path, paper: str, profile: str
) -> None:
    result = cli("draw", starter, "--pages", paper, "--profile", profile, "-o", "knee.pdf")
    assert (result.code, result.out, result.err) == (0, "", "wrote knee.pdf\n")
    content = (workdir / "knee.pdf").read_bytes()
    assert content == pathways.load(starter).pages(paper, profile).pdf()
    size = (PAPERS[paper].width, PAPERS[paper].height)
    found = [page.get_size() for page in pypdfium2.PdfDocument(content)]
    assert found == [pytest.approx(size, abs=0.1)] * len(found)
    assert names(workdir) == ["knee.pdf", starter]


def test_pages_without_output_are_a_pdf_named_after_the_pathway(
    cli: Cli, starter: str, workdir: Path
) -> None:
    assert cli("draw", starter, "--pages", "a4").err == "wrote sore-knee.pdf\n"
    content = (workdir / "sore-knee.pdf").read_bytes()
    assert content == pathways.load(starter).pages("a4", "clinician").pdf()
    assert cli("draw", starter, "--pages", "a4", "-o", "-").raw == content
    assert cli("draw", starter, "--pages", "a4", "--format", "pdf", "-o", "-").raw == content
    assert names(workdir) == ["sore-knee.pdf", starter]


@pytest.mark.parametrize("output", ["knee.svg", "my.knee.svg", "deep/er/knee.svg", None])
def test_pages_as_svg_are_a_file_each(
    cli: Cli, starter: str, workdir: Path, output: str | None
) -> None:
    (workdir / "deep" / "er").mkdir(parents=True)
    options = ("-o", output) if output else ("--format", "svg")
    result = cli("draw", starter, "--pages", "letter", "--profile", "large-print", *options)
    expected = pathways.load(starter).pages("letter", "large-print")
    assert len(expected) > 1
    path = Path(output or "sore-knee.svg")
    made = [path.parent / name for name in page_names(path.stem, "svg", len(expected))]
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [f"wrote {name}" for name in made]
    assert names(workdir) == sorted([starter, *(name.name for name in made)])
    for name, page in zip(made, expected, strict=True):
        assert (workdir / name).read_text(encoding="utf-8") == page.svg


def test_pages_as_png_are_a_file_each_of_one_resolution(
    cli: Cli, starter: str, workdir: Path
) -> None:
    result = cli("draw", starter, "--pages", "a4", "--dpi", "72", "-o", "knee.PNG")
    assert result.code == 0
    total = len(pathways.load(starter).pages())
    assert names(workdir) == sorted([starter, *page_names("knee", "PNG", total)])
    for name in page_names("knee", "PNG", total):
        png = Image.open(io.BytesIO((workdir / name).read_bytes()))
        assert png.size == (595, 842)
        assert png.info["dpi"] == pytest.approx((72, 72), abs=0.02)


def test_names_of_pages_sort_in_their_order(
    cli: Cli, starter: str, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = pathways.load(starter).pages()
    many = Pages("Knee", (few[0],) * 123)
    monkeypatch.setattr("pathways.diagrams.pages", lambda *_, **__: many)
    result = cli("draw", starter, "--pages", "a4", "-o", "k.svg")
    written = [line.removeprefix("wrote ") for line in result.err.splitlines()]
    assert written == sorted(written) == names(workdir)[:123]
    assert (written[0], written[-1]) == ("k-page-001.svg", "k-page-123.svg")


def test_options_hold_for_every_page(cli: Cli, starter: str, workdir: Path) -> None:
    options = ("--pages", "a4", "--format", "pdf", "-o", "-")
    pathway = pathways.load(starter)
    view, overlay = pathways.View.phase(2), pathways.Overlay({"4": "focus"})
    for more, wanted in (
        (("--theme", "print"), {"theme": "print"}),
        (("--reader", "patient"), {"reader": "patient"}),
        (("--phase", "2"), {"view": view}),
        (("--highlight", "4"), {"overlay": overlay}),
    ):
        result = cli("draw", starter, *options, *more)
        assert (result.code, result.err) == (0, "")
        assert result.raw == pathway.pages(**wanted).pdf()
        assert result.raw != pathway.pages().pdf()


# Profiles.


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_sets_the_size_of_type(cli: Cli, starter: str, profile: str) -> None:
    result = cli("draw", starter, "--profile", profile, "-o", "-")
    assert result.code == 0
    sizes = {float(each) for each in re.findall(r'font-size="([\d.]+)"', result.out)}
    assert min(sizes) == PROFILES[profile].small
    assert result.out == pathways.load(starter).picture(profile=profile).svg


def test_without_a_profile_a_picture_is_for_the_screen_and_pages_are_for_clinicians(
    cli: Cli, starter: str
) -> None:
    plain = cli("draw", starter, "-o", "-")
    assert plain == cli("draw", starter, "-o", "-", "--profile", "screen")
    assert plain.err == ""
    printed = cli("draw", starter, "--pages", "a4", "-o", "-")
    assert printed == cli("draw", starter, "--pages", "a4", "-o", "-", "--profile", "clinician")


def test_large_type_is_in_plain_words_unless_asked_otherwise(cli: Cli, starter: str) -> None:
    options = ("draw", starter, "-o", "-", "--profile", "large-print")
    usual, asked = cli(*options).out, cli(*options, "--reader", "patient").out
    assert usual == asked
    assert "See your clinician" in usual
    assert "See your clinician" not in cli(*options, "--reader", "clinician").out


@pytest.mark.parametrize("profile", PRINT_PROFILES)
def test_a_picture_that_fails_its_profile_is_written_with_warnings(
    cli: Cli, workdir: Path, profile: str
) -> None:
    result = cli("draw", "severe-back-pain", "--profile", profile, "-o", "back.svg")
    problems = pathways.load("severe-back-pain").picture(profile=profile).problems
    assert len(problems) > 2
    assert result.code == 0
    assert result.err.splitlines() == [
        "wrote back.svg",
        *(f"warning: {problem}" for problem in problems),
        "hint: --pages a4 or --pages letter cuts it into pages that can be read when printed",
    ]
    assert names(workdir) == ["back.svg"]
    to_stdout = cli("draw", "severe-back-pain", "--profile", profile, "-o", "-")
    assert to_stdout.raw == (workdir / "back.svg").read_bytes()
    assert "warning: the smallest type is " in to_stdout.err


def test_a_page_that_fails_its_profile_is_named(
    cli: Cli, starter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = pathways.load(starter).pages("a4", "large-print")
    strict = replace(good[0], style=replace(good[0].style, profile=PROFILES["large-print"]))
    small = pathways.load(starter).pages("a4", "clinician")[0]
    bad = Pages("Knee", (strict, replace(small, style=strict.style)))
    monkeypatch.setattr("pathways.diagrams.pages", lambda *_, **__: bad)
    result = cli("draw", starter, "--pages", "a4", "-o", "k.pdf")
    assert result.code == 0
    first, *warnings = result.err.splitlines()
    assert first == "wrote k.pdf"
    assert warnings
    assert all(line.startswith("warning: page 2: ") for line in warnings)


@pytest.mark.parametrize("name", ["safety", "severe-back-pain"])
@pytest.mark.parametrize("profile", PRINT_PROFILES)
def test_pages_of_the_library_pass_without_a_warning(cli: Cli, name: str, profile: str) -> None:
    result = cli("draw", name, "--pages", "a4", "--profile", profile, "-o", "-")
    assert (result.code, result.err) == (0, "")


# The font inside, and further fonts.


def test_the_font_can_be_put_into_an_svg(cli: Cli, starter: str, workdir: Path) -> None:
    plain = cli("draw", starter, "-o", "-").out
    brought = cli("draw", starter, "-o", "-", "--embed-font").out
    assert "@font-face" not in plain
    assert brought.count("@font-face") == 2
    assert brought == pathways.load(starter).picture().with_font().svg
    assert cli("draw", starter, "--pages", "a4", "-o", "k.svg", "--embed-font").code == 0
    pages = [path.read_text(encoding="utf-8") for path in workdir.glob("k-page-*.svg")]
    assert pages
    assert [page.count("@font-face") for page in pages] == [2] * len(pages)


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A folder with a font that has one more character."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    font = TTFont(FONT_FOLDER / "Arimo-Regular.ttf")
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(HURTS)] = table.cmap[ord("x")]
    for name in (1, 4, 6, 16):
        font["name"].setName("Squares", name, 3, 1, 0x409)
    font.save(folder / "squares.ttf")
    return folder


@pytest.fixture
def foreign(starter: str, workdir: Path) -> str:
    """A pathway with a character in its title that the shipped font does not have."""
    text = (workdir / starter).read_text(encoding="utf-8")
    (workdir / "foreign.yaml").write_text(
        text.replace("title: Sore knee", f"title: Sore knee {HURTS}"), encoding="utf-8"
    )
    return "foreign.yaml"


@pytest.mark.parametrize("options", [("-o", "x.svg"), ("--pages", "a4", "-o", "x.svg")])
def test_further_fonts_bring_further_characters(
    cli: Cli, foreign: str, fonts: Path, workdir: Path, options: tuple[str, ...]
) -> None:
    before = names(workdir)
    refused = cli("draw", foreign, *options)
    assert refused.code == 2
    assert f"title: the character '{HURTS}' U+75DB" in refused.err
    assert names(workdir) == before
    drawn = cli("draw", foreign, *options, "--fonts", str(fonts))
    assert drawn.code == 0, drawn.err
    made = sorted(set(names(workdir)) - set(before))
    assert f"Sore knee {HURTS}" in (workdir / made[0]).read_text(encoding="utf-8")
    assert "Squares" in (workdir / made[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize("format", ["png", "pdf"])
def test_further_fonts_are_printed_too(cli: Cli, foreign: str, fonts: Path, format: str) -> None:
    result = cli("draw", foreign, "--format", format, "-o", "-", "--fonts", str(fonts))
    assert (result.code, result.err) == (0, "")
    if format == "pdf":
        (page,) = pypdfium2.PdfDocument(result.raw)
        assert HURTS in page.get_textpage().get_text_range()


def test_further_fonts_change_nothing_that_needs_none(cli: Cli, starter: str, fonts: Path) -> None:
    plain = cli("draw", starter, "-o", "-").out
    further = cli("draw", starter, "-o", "-", "--fonts", str(fonts)).out
    families = re.compile(r'font-family="[^"]*"')
    assert families.sub("", further) == families.sub("", plain)


def test_a_folder_without_fonts_is_refused(cli: Cli, starter: str, workdir: Path) -> None:
    (workdir / "empty").mkdir()
    for folder, fault in (("nowhere", "there is no folder 'nowhere'"), ("empty", "no font in")):
        result = cli("draw", starter, "--fonts", folder, "-o", "x.svg")
        assert result.code == 2
        assert fault in result.err
        assert "give a folder with .ttf, .otf" in result.err
    assert names(workdir) == [starter]


# What does not go together.

REFUSED = {
    ("--pages", "a5"): "--pages cannot be 'a5'; known: 'a4', 'letter'",
    ("--pages", "lettr"): "--pages cannot be 'lettr'; did you mean 'letter'?",
    ("--page", "a4"): "'--page' cannot stand here; did you mean '--pages'?",
    ("--profile", "large"): "--profile cannot be 'large'; did you mean 'large-print'?",
    ("--pages", "a4", "--profile", "screen"): "--profile screen has no pages; leave out --pages",
    ("--pages", "a4", "-o", "x.dot"): "--pages goes with PDF, SVG and PNG, not with dot",
    ("--pages", "a4", "--format", "mermaid"): "--pages goes with PDF, SVG and PNG, not with mer",
    ("--pages", "a4", "--format", "svg", "-o", "-"): "go to standard output as PDF only; name a f",
    ("--pages", "a4", "--format", "png", "-o", "-"): "go to standard output as PDF only; name a f",
    ("--pages", "a4", "--format", "png", "-o", "x.svg"): "--format png does not fit the ending",
    ("--pages", "a4", "-o", "x"): "'x' has no ending such as .svg, .png or .pdf; add one",
    ("--profile", "clinician", "-o", "x.dot"): "--profile and --fonts do not go with dot",
    ("--fonts", ".", "-o", "x.mmd"): "--profile and --fonts do not go with mermaid",
    ("--embed-font", "-o", "x.png"): "--embed-font goes with SVG, not with png",
    ("--embed-font", "-o", "x.dot"): "--embed-font goes with SVG, not with dot",
    ("--embed-font", "--pages", "a4"): "--embed-font goes with SVG, not with pdf",
    ("--dpi", "90", "--pages", "a4"): "--dpi goes with PNG, not with pdf",
    ("--dpi", "90", "--pages", "a4", "-o", "x.svg"): "--dpi goes with PNG, not with svg",
}  # fmt: skip


@pytest.mark.parametrize("options", REFUSED, ids=" ".join)
def test_options_that_do_not_go_together(cli: Cli, workdir: Path, options: tuple[str, ...]) -> None:
    result = cli("draw", "safety", *options)
    assert (result.code, result.out) == (2, "")
    first, second = result.err.splitlines()
    assert first.startswith("pathways draw: ")
    assert REFUSED[options] in first
    assert second == "Try 'pathways draw --help'."
    assert names(workdir) == []


@pytest.mark.parametrize("output", [".", "/", "..", "sub/"])
def test_pages_need_the_name_of_a_file(cli: Cli, workdir: Path, output: str) -> None:
    (workdir / "sub").mkdir()
    result = cli("draw", "safety", "--pages", "a4", "--format", "svg", "-o", output)
    assert result.code == 2
    assert names(workdir) == names(workdir.parent) == []


# Nothing half written.


@pytest.mark.parametrize("options", [("-o", "k.png"), ("--pages", "a4", "-o", "k.png")])
def test_a_page_that_cannot_be_drawn_leaves_every_file_as_it_was(
    cli: Cli,
    starter: str,
    workdir: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    old = ["k.png", *page_names("k", "png", 3)]
    for name in old:
        (workdir / name).write_bytes(b"old")
    drawn = count(1)
    fails_at = 2 if "--pages" in options else 1

    def draw(*_: object, **__: object) -> bytes:
        if next(drawn) == fails_at:
            raise DrawingError("this page cannot be drawn")
        return b"new"

    monkeypatch.setattr("pathways.diagrams.finished.to_png", draw)
    options = (*options, "--profile", "large-print") if "--pages" in options else options
    result = cli("draw", starter, *options)
    assert (result.code, result.err) == (2, "pathways: this page cannot be drawn\n")
    assert next(drawn) == fails_at + 1
    assert {(workdir / name).read_bytes() for name in old} == {b"old"}
    assert names(workdir) == sorted([*old, starter])


def test_a_page_that_cannot_be_written_is_named_and_none_is_half_written(
    cli: Cli, starter: str, workdir: Path
) -> None:
    (workdir / "k-page-02.svg").mkdir()
    result = cli("draw", starter, "--pages", "a4", "--profile", "large-print", "-o", "k.svg")
    assert result.code == 2
    assert result.err.splitlines()[-1].startswith("pathways: 'k-page-02.svg': ")
    first = pathways.load(starter).pages("a4", "large-print")[0]
    assert (workdir / "k-page-01.svg").read_text(encoding="utf-8") == first.svg
    assert names(workdir) == ["k-page-01.svg", starter]


def test_pages_into_a_folder_that_is_not_there_say_so(cli: Cli, workdir: Path) -> None:
    result = cli("draw", "safety", "--pages", "a4", "-o", "nowhere/x.svg")
    assert result.code == 2
    assert result.err == "pathways: 'nowhere/x-page-01.svg': No such file or directory\n"
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize("options", [(), ("--pages", "a4")])
def test_a_title_of_blanks_is_no_fault_of_the_program(
    cli: Cli, starter: str, workdir: Path, options: tuple[str, ...]
) -> None:
    text = (workdir / starter).read_text(encoding="utf-8")
    blank = text.replace("title: Care in hospital", 'title: " "')
    assert blank != text
    (workdir / "blank.yaml").write_text(blank, encoding="utf-8")
    assert cli("draw", "blank.yaml", *options, "-o", "x.pdf").code in {0, 1, 2}
