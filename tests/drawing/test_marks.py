"""Marks of an overlay on cards: found at a glance, and never by colour alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathways.conditions.scope import Reader
from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.model import Arrow, Box, Diagram, Line, Mark, Overlay, Stub
from pathways.diagrams.pictures import diagram_picture, style_of
from pathways.diagrams.profiles import PROFILES
from pathways.diagrams.theme import THEMES
from pathways.model.pathway import READERS
from tests.drawing.claims import wrong_with

BOXES = (
    Box("before", 1, "action", "First weeks", category="therapy"),
    Box("now", 2, "decision", "Better?", "about a third less pain"),
    Box("open", 3, "action", "Test injection", category="procedure"),
    Box("shut", 4, "end", "Keep well"),
    Box(
        "panel",
        5,
        "options",
        "Pills",
        lines=(Line("Baclofen", name="baclofen"), Line("Meloxicam", name="meloxicam")),
    ),
)
ARROWS = (
    Arrow("before/0", "before", "now"),
    Arrow("now/0", "now", "open", "No"),
    Arrow("now/1", "now", "shut", "Yes"),
    Arrow("now/2", "now", "panel", "Maybe"),
)
OVERLAY = Overlay(
    {"before": "been", "now": "here", "open": "next", "shut": "closed"},
    {"before/0": "been", "now/0": "next", "now/1": "closed"},
    labels={"before": "Goes on"},
    notes={"before": "heat", "open": "open now", "shut": "because pain relief 10%"},
    offers={"panel/baclofen": "You have this now"},
)


def diagram(reader: Reader = "patient", overlay: Overlay = OVERLAY) -> Diagram:
    return Diagram("x", "Back pain", "", "Draft.", reader, BOXES, ARROWS, overlay=overlay)


def sheet(profile: str = "screen", theme: str = "default", reader: Reader = "patient") -> Sheet:
    return diagram_picture(diagram(reader), style_of(theme, profile)).sheet


def card(found: Sheet, name: str) -> Block:
    return next(block for block in found.blocks if block.part == "card" and block.name == name)


def lines(block: Block) -> list[str]:
    return [text.text for each in block.everything() for text in each.texts]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("profile", PROFILES)
def test_where_somebody_is_has_the_largest_words_of_all_cards(profile: str, reader: Reader) -> None:
    found = sheet(profile, reader=reader)
    tag = next(block for block in card(found, "now").inner if block.part == "tag")
    words = " ".join(text.text for text in tag.texts)
    assert words == ("► You are here" if reader == "patient" else "► Here")
    others = [
        text.size
        for block in found.everything()
        if block.part in {"card", "offer", "oval", "label", "number"}
        for text in block.texts
    ]
    assert min(text.size for text in tag.texts) > max(others)


@pytest.mark.parametrize("theme", THEMES)
def test_where_somebody_is_has_the_thickest_border(theme: str) -> None:
    found = sheet(theme=theme)
    widths = {block.name: block.border_width for block in found.blocks if block.part == "card"}
    assert all(widths["now"] > width for name, width in widths.items() if name != "now")


@pytest.mark.parametrize("theme", THEMES)
def test_marks_differ_without_colour(theme: str) -> None:
    found = sheet(theme=theme)
    looks = {
        name: (card(found, name).dash, card(found, name).border_width)
        for name in ("before", "now", "open", "shut")
    }
    assert len(set(looks.values())) == 4
    assert looks["open"][0] == "dashed"
    assert looks["shut"][0] == "dotted"
    said = {name: lines(card(found, name)) for name in looks}
    assert "► Goes on" in said["before"]
    assert "► Could be next" in said["open"]
    assert "► Not open now" in said["shut"]


def test_what_is_closed_is_struck_out_and_its_note_is_not() -> None:
    texts = {text.text: text for text in card(sheet(), "shut").texts}
    assert texts["Keep well"].struck
    assert not any(text.struck for words, text in texts.items() if words != "Keep well")


def test_notes_stand_under_the_mark_and_above_the_title() -> None:
    texts = [text.text for text in card(sheet(), "open").texts]
    assert texts[:3] == ["► Could be next", "Open now.", "Test injection"]


def test_a_note_on_an_offer_stands_under_its_name() -> None:
    offers = [block for block in card(sheet(), "panel").inner if block.part == "offer"]
    assert [text.text for text in offers[0].texts] == ["Baclofen", "► You have this now"]
    assert [text.text for text in offers[1].texts] == ["Meloxicam"]


def test_cards_grow_with_their_notes() -> None:
    long = "because " + "the pain has been there for a very long time and " * 4
    plain = card(sheet(), "shut").height
    grown = diagram_picture(
        diagram(overlay=replace(OVERLAY, notes={"shut": long})), style_of()
    ).sheet
    assert card(grown, "shut").height > plain
    assert wrong_with(grown) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("profile", PROFILES)
def test_marked_pictures_pass_the_gate(profile: str, theme: str) -> None:
    drawn = diagram_picture(diagram(), style_of(theme, profile))
    assert wrong_with(drawn.sheet) == []
    quality = drawn.quality
    assert (quality.crossings, quality.text_outside, quality.overlaps) == (0, 0, 0)
    assert quality.text_contrast >= 4.5
    assert quality.line_contrast >= 3


def test_the_alt_text_says_marks_and_notes() -> None:
    drawn = diagram_picture(diagram(), style_of())
    assert "You are here." in drawn.sheet.description
    assert "Not open now. Because pain relief 10%." in drawn.sheet.description
    assert 'aria-label="2 ► You are here Better? about a third less pain"' in drawn.svg
    assert "► Not open now Because pain relief 10%. Keep well" in drawn.svg


def test_the_heading_says_the_step() -> None:
    assert "You are at step 2" in lines(sheet().blocks[0])
    assert "Here: step 2" in lines(sheet(reader="clinician").blocks[0])


def test_only_a_picture_with_a_place_has_rules_for_its_tag_in_the_dark() -> None:
    assert ".tag>rect{" in diagram_picture(diagram(), style_of()).svg
    plain = diagram_picture(diagram(overlay=Overlay({"open": "next"})), style_of()).svg
    assert ".tag" not in plain


@pytest.mark.parametrize(
    ("marks", "wanted"),
    [
        (("next", "closed"), "next"),
        (("closed", "closed"), "closed"),
        (("closed", None), None),
        ((None, None), None),
        (("been", "closed"), "been"),
    ],
)
def test_an_oval_for_several_ways_is_open_if_one_of_them_is(
    marks: tuple[Mark | None, Mark | None], wanted: Mark | None
) -> None:
    overlay = Overlay(arrows={f"now/{i}": mark for i, mark in enumerate(marks) if mark})
    stubs = (
        Stub("now/0", "now", 9, "Care", leaves=True, label="Yes", other="care", also=("now/1",)),
    )
    whole = Diagram("x", "X", "", "", "patient", BOXES[1:2], (), stubs=stubs, overlay=overlay)
    (wire,) = diagram_picture(whole, style_of()).sheet.wires
    assert wire.mark == (wanted or "")
