"""A user's own text in every text field: shown as it is, as text, or refused by name and place."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.diagrams import (
    THEMES,
    Diagram,
    diagram_pages,
    diagram_picture,
    extract,
    style_of,
    to_dot,
    to_words,
)
from pathways.diagrams.album import album
from pathways.diagrams.characters import MARKDOWN_SIGNS
from pathways.diagrams.fonts import FONT_FOLDER
from pathways.diagrams.model import Alarm, Arrow, Box, Group, Line, Stub
from pathways.errors import UnsafeTextError
from pathways.model.document import Review
from pathways.model.pathway import ResolvedPathway

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    f"{SVG}{tag}"
    for tag in ("svg", "g", "title", "desc", "style", "text", "rect", "polygon", "path")
}
ELEMENTS_OF_GRAPHVIZ = ELEMENTS | {f"{SVG}polyline", f"{SVG}ellipse"} - {f"{SVG}style"}

HOSTILE = [
    "\"quoted\" and 'single'",
    "<script>alert(1)</script>",
    "</text><script>x</script>",
    "]]> <![CDATA[ x ]]>",
    "&lt;b&gt; &amp; &nbsp; &#x41;",
    "back\\slash \\N \\G \\l \\n \\",
    "javascript:alert(1)",
    'x" onload="alert(1)',
    "%s {0} $HOME `id`",
    "<<B>bold</B>>",
    'label="x"]; n99 [label="y',
    "-- --> {rank=same}",
    "line one\nline two\ttab",
    "Ünïcödé ŁĄŻ Ωμέγα Привет",
    "x" * 300,
    " lots   of    space ",
]

REFUSED = [
    "nul \x00",
    "bell \x07",
    "escape \x1b[31m",
    "next line \x85",
    "bidi \u202e",
    "腰痛",
    "ألم",
    "ok 👍",
]

Put = Callable[[str], Diagram]


def base() -> Diagram:
    boxes = (
        Box("a", 1, "decision", "A", group="g"),
        Box("b", 2, "options", "B", lines=(Line("offer"),), group="g"),
        Box("c", 3, "end", "C"),
    )
    arrows = (Arrow("a/0", "a", "b", "to b", "condition"), Arrow("b/0", "b", "c"))
    return Diagram(
        "x", "Title", "Sub", "Foot", "patient", boxes, arrows, groups=(Group("g", 1, "G"),)
    )


def with_box(index: int, **changes: object) -> Diagram:
    diagram = base()
    boxes = list(diagram.boxes)
    boxes[index] = replace(boxes[index], **changes)  # type: ignore[arg-type]
    return replace(diagram, boxes=tuple(boxes))


FIELDS: dict[str, Put] = {
    "title": lambda text: replace(base(), title=text),
    "subtitle": lambda text: replace(base(), subtitle=text),
    "footer": lambda text: replace(base(), footer=text),
    "title of step 1": lambda text: with_box(0, title=text),
    "title of step 3": lambda text: with_box(2, title=text),
    "detail of step 1": lambda text: with_box(0, detail=text),
    "badge of step 3": lambda text: with_box(2, badge_words=text),
    "of step 2": lambda text: with_box(1, lines=(Line(text),)),
    "badge of offer": lambda text: with_box(1, lines=(Line("o", badge_words=text),)),
    "condition of offer": lambda text: with_box(1, lines=(Line("o", when_words=text),)),
    "label of a way": lambda text: replace(base(), arrows=(Arrow("a/0", "a", "b", text),)),
    "title of phase 1": lambda text: replace(base(), groups=(Group("g", 1, text),)),
    "oval": lambda text: replace(base(), stubs=(Stub("z", "c", 9, text, leaves=True),)),
    "way on from step 3": lambda text: replace(
        base(), stubs=(Stub("z", "c", 9, "Nine", leaves=True, label=text),)
    ),
    "alarm": lambda text: replace(base(), alarms=(Alarm("i", "emergency", text, "", 3, "C", "c"),)),
    "alarm 'i'": lambda text: replace(
        base(), alarms=(Alarm("i", "urgent", "L", text, 3, "C", "c"),)
    ),
}


def drawn(diagram: Diagram) -> ET.Element:
    """Draw, and check that nothing but our own elements and attributes came out."""
    return checked(diagram_picture(diagram, style_of()).svg, ELEMENTS)


def checked(svg: str, elements: set[str]) -> ET.Element:
    root = ET.fromstring(svg)
    assert len(list(root.iter(f"{SVG}style"))) <= 1
    for element in root.iter():
        assert element.tag in elements, element.tag
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            assert "href" not in name.lower()
            if name not in {"id", "lang"} and not name.startswith("aria-"):
                assert "javascript" not in value.lower()
    return root


def drawn_from_dot(diagram: Diagram) -> ET.Element:
    """Let Graphviz draw the exported text, as those do who take it."""
    from pygraphviz import AGraph

    text = to_dot(diagram, THEMES["default"])
    svg = AGraph(string=text).draw(format="svg", prog="dot").decode("utf-8")
    return checked(re.sub("<!DOCTYPE[^>]*>", "", svg), ELEMENTS_OF_GRAPHVIZ)


def shown(root: ET.Element) -> str:
    """All drawn text without spaces, in drawing order."""
    text = "".join("".join(each.itertext()) for each in root.iter(f"{SVG}text"))
    return "".join(text.split())


def said(field: str, text: str) -> str:
    """What must be drawn, without spaces; warning signs are a sentence, so they begin large."""
    plain = unicodedata.normalize("NFC", text)
    begun = plain[:1].upper() + plain[1:] if field == "alarm 'i'" else plain
    return "".join(begun.split())


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(field: str, text: str) -> None:
    diagram = FIELDS[field](text)
    for draw in (drawn, drawn_from_dot):
        wanted = said(field, text) if draw is drawn else said("", text)
        plain = shown(draw(FIELDS[field]("")))
        assert shown(draw(diagram)).count(wanted) == plain.count(wanted) + 1


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_on_pages(field: str, text: str) -> None:
    wanted = said(field, text)
    pages = diagram_pages(FIELDS[field](text), style_of(profile="large-print"))
    assert wanted in "".join(shown(checked(page.svg, ELEMENTS)) for page in pages)


DRAWN: dict[str, Callable[[Diagram], object]] = {
    "dot": lambda diagram: to_dot(diagram, THEMES["default"]),
    "picture": lambda diagram: diagram_picture(diagram, style_of()),
    "pages": lambda diagram: diagram_pages(diagram, style_of(profile="clear-print")),
}


@pytest.mark.parametrize("way", DRAWN)
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_shown_is_refused_with_its_place(field: str, text: str, way: str) -> None:
    with pytest.raises(UnsafeTextError) as caught:
        DRAWN[way](FIELDS[field](text))
    message = str(caught.value)
    place, _, _ = message.partition(": the character")
    assert field.removesuffix(" 'i'").split(" of ")[0].split()[0] in place
    bad = next(c for c in text if ord(c) > 126 or ord(c) < 32)
    assert f"U+{ord(bad):04X}" in message


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(FIELDS)))
def test_any_text_is_shown_or_refused(text: str, field: str) -> None:
    diagram = FIELDS[field](text)
    if all(can_be_shown(character) for character in unicodedata.normalize("NFC", text)):
        assert said(field, text) in shown(drawn(diagram))
    else:
        with pytest.raises(UnsafeTextError, match="the character"):
            drawn(diagram)


@pytest.mark.parametrize("way", DRAWN)
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\n\t"])
def test_a_text_without_a_visible_character_is_no_fault(field: str, text: str, way: str) -> None:
    """A file may hold one in any field; the other texts are shown all the same."""
    diagram = FIELDS[field](text)
    DRAWN[way](diagram)
    if way == "picture":
        assert all(f"{box.number}" in shown(drawn(diagram)) for box in diagram.boxes)


def can_be_shown(character: str) -> bool:
    """The rule said again: a plain space, or a visible character of the font."""
    widths = json.loads((FONT_FOLDER / "advances.json").read_text())["regular"]
    visible = unicodedata.category(character)[0] not in "CZ"
    return character in " \t\n\r\u00a0" or (visible and str(ord(character)) in widths)


def test_names_from_elsewhere_do_no_harm() -> None:
    diagram = replace(base(), id='x"; <y>', boxes=(Box('a"];<b>', 1, "end", "A"),), arrows=())
    for draw in (drawn, drawn_from_dot):
        ids = {g.get("id") for g in draw(diagram).iter(f"{SVG}g")}
        assert "x-y-whole-patient-s-a-b" in ids


@pytest.mark.parametrize("text", HOSTILE)
def test_the_language_and_what_is_said_are_text_too(text: str) -> None:
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    root = drawn(replace(with_box(0, title=text), language=text))
    # In an attribute every white space is a space, says XML.
    assert str(root.get("lang")).split() == text.split()
    (label,) = (e.get("aria-label") for e in root.iter() if e.get("id", "").endswith("-s-a"))
    assert "".join(plain.split()) in "".join(str(label).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_ways_phases_and_alarms_do_no_harm(text: str) -> None:
    diagram = replace(
        base(),
        part=text,
        arrows=(Arrow(text, "a", "b", "Yes"),),
        alarms=(Alarm(text, "urgent", "L", "sign", 3, "C", "c"),),
    )
    root = drawn(diagram)
    ids = [each.get("id", "") for each in root.iter() if each.get("id")]
    assert [each for each in ids if not re.fullmatch(r"[\w-]+", each)] == []
    assert len(ids) == len(set(ids))


def test_the_long_description_is_text_too() -> None:
    text = "<script>alert(1)</script>"
    diagram = with_box(0, text=text)
    description = drawn(diagram).find(f"{SVG}desc")
    assert description is not None
    assert text in str(description.text)
    assert f"\n{text}.\n" in to_words(diagram)


def reviewed_by(pathway: ResolvedPathway, name: str) -> ResolvedPathway:
    """The pathway with a reviewer of any name, past the checks of the reading."""
    review = Review.model_construct(status="reviewed", by=name, on="2026-10-01")
    document = pathway.document.model_copy(update={"review": review})
    object.__setattr__(pathway, "document", document)
    return pathway


@pytest.mark.parametrize("text", HOSTILE)
def test_the_name_of_a_reviewer_is_shown_as_text(small: ResolvedPathway, text: str) -> None:
    root = drawn(extract(reviewed_by(small, text)))
    assert "".join(unicodedata.normalize("NFC", text).split()) in shown(root)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_of_markdown_takes_names_and_titles_as_text(
    small: ResolvedPathway, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathways.diagrams.album._files_of", lambda pathway, papers: ())
    files = album([reviewed_by(small, text)], title=text)
    lines = files["README.md"].decode("utf-8").split("\n")
    said = [lines[0].removeprefix("# "), next(each for each in lines if "Reviewed by" in each)]
    for line in said:
        assert not set(re.sub(r"\\.", "", line)) & MARKDOWN_SIGNS
        assert " ".join(text.split()) in re.sub(r"\\(.)", r"\1", line)
    assert "<script" not in files["index.html"].decode("utf-8")
