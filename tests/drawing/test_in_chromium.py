"""Shipped pictures measured by a real browser, and pictures in the dark.

Nothing is fetched: pictures and script stand in a page on disk, fonts in files beside the package.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pathways.diagrams.drawing.contrast import contrast
from pathways.diagrams.finished import Picture
from pathways.diagrams.fonts import FONT_FOLDER, SHIPPED
from pathways.diagrams.model import Box, Diagram, Line
from pathways.diagrams.pictures import diagram_picture, pages, picture, style_of
from pathways.diagrams.profiles import PAPERS, PRINT_PROFILES
from pathways.diagrams.theme import DARK
from pathways.model.pathway import READERS
from pathways.reading.files import library_ids
from pathways.reading.load import load
from tests.drawing.made_diagrams import LONG_TITLE, LONG_WORD, made
from tests.drawing.test_shipped_pictures import shipped_plates

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LONGEST = 300
"""Seconds that the browser may take."""


@pytest.fixture(scope="module")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    reason = f"no browser to measure with: none of {', '.join(NAMES)} is on the path"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def page_of(pictures: Iterable[Picture]) -> str:
    """Return a page with pictures, the shipped fonts and the script that measures."""
    faces = "".join(
        f"@font-face{{font-family:Arimo;font-weight:{weight};"
        f"src:url({(FONT_FOLDER / f'Arimo-{style}.ttf').as_uri()})}}"
        for style, weight in (("Regular", 400), ("Bold", 700))
    )
    script = (HERE / "measure_in_browser.js").read_text(encoding="utf-8")
    svgs = "".join(each.svg.partition("?>")[2] for each in pictures)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
        # At its own size: letters of a picture made small fall on whole dots, far from their widths.
        f"<style>{faces}svg{{max-width:none!important}}</style></head><body>{svgs}<script>{script}</script></body></html>"
    )


def measured(chromium: str, folder: Path, page: str, *options: str) -> dict[str, Any]:
    """Return what the script in a page reports."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=120000",
        *options,
        "--dump-dom",
        file.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
    text = done.stdout.decode("utf-8")
    found = re.search(r'<pre id="report">(.*?)</pre>', text, re.DOTALL)
    assert found, f"the browser wrote no report: {done.stderr.decode('utf-8', 'replace')[-2000:]}"
    report: dict[str, Any] = json.loads(html.unescape(found[1]))
    return report


def check(report: dict[str, Any], count: int) -> None:
    """Assert that the report is of so many pictures, with our fonts, and nothing is wrong."""
    assert sorted(report["fonts"]) == ["Arimo 400 loaded", "Arimo 700 loaded"]
    assert report["pictures"] == count
    assert report["texts"] > 5 * count
    assert report["shapes"] > 5 * count
    assert report["wrong"] == []
    assert report["ids"] == 0
    # Browsers that fit letters to the dots of a screen make small texts a little wider.
    assert [each for each in wider(report) if each[1] > 0.06 * each[2] + 1] == []


def wider(report: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Return each text with how much wider it is than we say, and our width."""
    apart = []
    for key, width in report["widths"].items():
        weight, size, text = json.loads(key)
        ours = SHIPPED.width(text, float(size), bold=weight == "bold")
        apart.append((text, width - ours, ours))
    return apart


@pytest.mark.slow
@pytest.mark.parametrize("name", library_ids())
def test_every_shipped_picture_holds_its_texts(chromium: str, tmp_path: Path, name: str) -> None:
    pictures = [found for _, found in shipped_plates(load(name))]
    check(measured(chromium, tmp_path, page_of(pictures)), len(pictures))


@pytest.mark.slow
@pytest.mark.parametrize("profile", PRINT_PROFILES)
@pytest.mark.parametrize("name", library_ids())
def test_every_shipped_page_holds_its_texts(
    chromium: str, tmp_path: Path, name: str, profile: str
) -> None:
    pathway = load(name)
    printed = [
        page
        for reader in READERS
        for paper in PAPERS
        for page in pages(pathway, reader=reader, profile=profile, paper=paper)
    ]
    check(measured(chromium, tmp_path, page_of(printed)), len(printed))


@pytest.mark.slow
def test_widths_are_those_of_the_browser(chromium: str, tmp_path: Path) -> None:
    """With letters where the font puts them, not on whole dots; kerning makes texts narrower."""
    page = page_of(found for _, found in shipped_plates(load("severe-back-pain")))
    report = measured(chromium, tmp_path, page, "--font-render-hinting=none")
    apart = wider(report)
    assert len(apart) > 300
    assert [each for each in apart if each[1] > 0.01 * each[2] + 0.2] == []
    assert [each for each in apart if each[1] < -0.05 * each[2] - 0.1] == []


@pytest.mark.slow
def test_made_up_pictures_with_long_words_hold_their_texts(chromium: str, tmp_path: Path) -> None:
    pictures = [
        diagram_picture(made(seed, 15, phases=2, jumps=0.2, long=0.4, panels=0.3), style_of())
        for seed in range(6)
    ]
    check(measured(chromium, tmp_path, page_of(pictures)), len(pictures))


@pytest.mark.slow
def test_the_browser_sees_what_is_wrong(chromium: str, tmp_path: Path) -> None:
    box = Box("q", 1, "decision", LONG_TITLE, f"{LONG_WORD} {LONG_TITLE}")
    line = Line("Heat")
    panel = Box("p", 2, "options", "Panel", lines=(line, line))
    good = diagram_picture(Diagram("q", "Q", "", "F", "patient", (box, panel), ()), style_of())
    page = page_of([good])
    assert measured(chromium, tmp_path, page)["wrong"] == []
    for old, new, words in (
        (
            r'font-size="12" font-weight="bold" fill',
            'font-size="15" font-weight="bold" fill',
            "leaves its card",
        ),
        (r'(class="card options[^>]*translate\()[\d.]+ [\d.]+', r"\g<1>20 90", "lies on"),
        (r'(class="card options[^>]*translate\()[\d.]+', r"\g<1>400", "leaves the page"),
    ):
        spoilt, count = re.subn(old, new, page)
        assert count
        assert any(words in each for each in measured(chromium, tmp_path, spoilt)["wrong"]), words


@pytest.mark.slow
def test_whoever_prefers_the_dark_gets_it(chromium: str, tmp_path: Path) -> None:
    page = page_of([picture(load("safety"))])
    light = measured(chromium, tmp_path, page, "--blink-settings=preferredColorScheme=1")
    dark = measured(chromium, tmp_path, page, "--blink-settings=preferredColorScheme=0")
    assert light["background"] == "rgb(255, 255, 255)"
    assert dark["background"] == rgb(DARK.background)
    assert dark["title"] == rgb(DARK.text)
    assert light["title"] != dark["title"]


@pytest.mark.slow
def test_black_and_white_stays_so_in_the_dark(chromium: str, tmp_path: Path) -> None:
    page = page_of([picture(load("safety"), theme="print")])
    dark = measured(chromium, tmp_path, page, "--blink-settings=preferredColorScheme=0")
    assert dark["background"] == "rgb(255, 255, 255)"
    assert dark["title"] == "rgb(0, 0, 0)"


def rgb(colour: str) -> str:
    """Return a colour as browsers write it."""
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


@pytest.mark.parametrize("role", DARK.paints)
def test_text_in_the_dark_stands_out_from_its_fill(role: str) -> None:
    paint = DARK.paints[role]  # type: ignore[index]
    assert contrast(DARK.text, paint.fill) >= 4.5
    assert contrast(DARK.detail, paint.fill) >= 4.5
    assert contrast(paint.border, paint.fill) >= 4.5, (
        "badges are written in the colour of the border"
    )
    assert contrast(paint.on_border, paint.border) >= 4.5, "numbers stand on the border colour"
    assert contrast(paint.border, DARK.background) >= 3
    assert contrast(paint.border, DARK.frame_fill) >= 3


def test_what_has_no_paint_stands_out_in_the_dark() -> None:
    for behind in (DARK.background, DARK.frame_fill):
        assert contrast(DARK.text, behind) >= 4.5
        assert contrast(DARK.detail, behind) >= 4.5
        assert contrast(DARK.line, behind) >= 3
    assert contrast(DARK.text, DARK.label_fill) >= 4.5
    assert contrast(DARK.label_border, DARK.frame_fill) >= 3
    for paint in DARK.paints.values():
        assert contrast("#FFFFFF", paint.fill) >= 4.5, "words of marks are white in the dark"
