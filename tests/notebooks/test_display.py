"""What shows itself in a notebook: live, not trusted, and exported without a network."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import nbformat
import pandas
import pytest
from nbconvert import HTMLExporter

import pathways
from pathways.diagrams.finished import PAGES_SHOWN

DAY = "2026-11-25"

BROKEN = """
format: 1
pathway: ankle
title: Ankle (invented)
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  walk: {title: can walk, type: yes_no, kind: status, question: "Walk?"}
start: begin
states:
  begin: {kind: decision, title: Begin, next: [{to: rest, when: walk}, {to: clinic, when: walk}]}
  rest: {kind: end, title: Rest}
  clinic: {kind: end, title: Clinic}
"""


@pytest.fixture(scope="module")
def shown() -> dict[str, dict[str, Any]]:
    """What notebooks are given, by what it is."""
    safety = pathways.loads(BROKEN)
    mended = pathways.loads(BROKEN.replace("clinic, when: walk", "clinic, when: not walk"))
    back_pain = pathways.load("severe-back-pain")
    numbers = pandas.DataFrame({"for": [3, 1], "against": [0, 2]}, index=["heat", "massage"])
    things: dict[str, Any] = {
        "pathway": mended,
        "picture": back_pain.picture(view=pathways.View.phase("safety")),
        "pages": back_pain.pages(view=pathways.View.phase("safety")),
        "placed": back_pain.place("seed-000", on=DAY),
        "checked": safety.check(),
        "compared": safety.differences(mended),
        "handout": back_pain.handout(record="seed-000", on=DAY),
        "table": pathways.captioned(numbers, "Sources"),
        "plot": pathways.bars(numbers, "Sources", "sources"),
    }
    return {name: each._repr_mimebundle_() for name, each in things.items()}


NAMES = (
    "pathway",
    "picture",
    "pages",
    "placed",
    "checked",
    "compared",
    "handout",
    "table",
    "plot",
)
PICTURES = ("pathway", "picture", "plot")
every = pytest.mark.parametrize("name", NAMES)
pages = pytest.mark.parametrize("name", [name for name in NAMES if name not in PICTURES])


class Parts(HTMLParser):
    """The tags of a page, and whether each one that is opened is closed."""

    EMPTY = frozenset({"br", "img", "meta", "input", "hr", "link"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


def links(parts: Parts) -> Iterator[str]:
    for _, given in parts.tags:
        for name in ("src", "href", "data"):
            if given.get(name):
                yield str(given[name])


@every
def test_the_plain_text_is_one_line_about_what_it_is(
    name: str, shown: dict[str, dict[str, Any]]
) -> None:
    plain = shown[name]["text/plain"]
    assert re.fullmatch(r"<[^<>\n]{5,150}>", plain)
    assert "0x" not in plain


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_svg_for_who_trusts_it_and_png_for_who_does_not(
    name: str, shown: dict[str, dict[str, Any]]
) -> None:
    bundle = shown[name]
    assert set(bundle) == {"text/plain", "image/svg+xml", "image/png"}
    assert bundle["image/svg+xml"].startswith("<?xml")
    assert 'role="img"' in bundle["image/svg+xml"]
    assert "<script" not in bundle["image/svg+xml"]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


@pages
def test_a_page_has_no_script_and_asks_for_nothing(
    name: str, shown: dict[str, dict[str, Any]]
) -> None:
    parts = Parts(shown[name]["text/html"])
    assert parts.open == []
    assert "script" not in {tag for tag, _ in parts.tags}
    assert not any(key.startswith("on") for _, given in parts.tags for key in given)
    assert all(each.startswith(("data:", "#", "tel:", "https://")) for each in links(parts))
    assert not [
        each
        for tag, given in parts.tags
        if tag in ("img", "iframe", "link")
        for each in [given.get("src") or given.get("href") or ""]
        if each and not each.startswith("data:")
    ]


@pages
def test_nothing_of_a_page_is_lost_where_it_is_not_trusted(
    name: str, shown: dict[str, dict[str, Any]]
) -> None:
    """JupyterLab takes styles, frames and drawings out of HTML that is not trusted."""
    html = shown[name]["text/html"]
    left = re.sub(r"<style>.*?</style>|<iframe.*?</iframe>", "", html, flags=re.DOTALL)
    assert "<svg" not in left, "its letters would be left without the drawing"
    assert len(" ".join(" ".join(Parts(left).words).split())) >= len("Sources for against 3 0 1 2")


@pages
def test_every_image_and_frame_says_what_it_shows(
    name: str, shown: dict[str, dict[str, Any]]
) -> None:
    for tag, given in Parts(shown[name]["text/html"]).tags:
        if tag == "img":
            assert given["alt"]
        if tag == "iframe":
            assert given["title"]
            assert given["sandbox"] == ""


def test_a_placed_patient_shows_the_signs_and_the_picture(
    shown: dict[str, dict[str, Any]],
) -> None:
    html = shown["placed"]["text/html"]
    assert "First check these signs" in html
    (source,) = re.findall(r'<img src="data:image/png;base64,([^"]+)"', html)
    assert base64.b64decode(source).startswith(b"\x89PNG")


def test_a_check_shows_the_patient_who_meets_a_problem(shown: dict[str, dict[str, Any]]) -> None:
    html = shown["checked"]["text/html"]
    assert "An invented patient who meets it" in html
    assert "does not pass" in html


def test_a_difference_says_who_is_treated_differently(shown: dict[str, dict[str, Any]]) -> None:
    assert "Who is treated differently" in shown["compared"]["text/html"]
    assert "Who is treated differently" in shown["compared"]["text/markdown"]


def test_a_handout_says_before_its_frame_what_is_in_it(shown: dict[str, dict[str, Any]]) -> None:
    before, _, _ = shown["handout"]["text/html"].partition("<iframe")
    assert "When to get help now" in before
    assert "save" in before


def test_pages_show_the_first_of_them() -> None:
    many = pathways.load("severe-back-pain").pages()
    html = many._repr_mimebundle_()["text/html"]
    assert html.count("<img ") == PAGES_SHOWN < len(many)
    assert f"{len(many)} pages. The first {PAGES_SHOWN} are shown." in html
    assert repr(many) == f"<{len(many)} pages of {many.title}>"


@pytest.fixture(scope="module")
def exported(shown: dict[str, dict[str, Any]]) -> str:
    """Return a notebook of all of them as a page, made without a network."""
    cells = []
    for name, bundle in shown.items():
        output = nbformat.v4.new_output("execute_result", data=bundle, execution_count=1)
        cells.append(nbformat.v4.new_code_cell(name, outputs=[output], execution_count=1))
    notebook = nbformat.v4.new_notebook(cells=cells)
    html, _ = HTMLExporter().from_notebook_node(notebook)
    return str(html)


def test_an_exported_notebook_holds_all_of_them(exported: str) -> None:
    assert exported.count("data:image/svg+xml;base64,") >= len(PICTURES)
    for words in (
        "First check these signs",
        "An invented patient who meets it",
        "Who is treated differently",
        "When to get help now",
        '<caption style="caption-side:top;text-align:left"><strong>Sources</strong></caption>',
    ):
        assert words in exported
    assert exported.count("<iframe") == 1
