"""Whole pictures of random pathways, judged without the geometry of the gate."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pathways
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.extract import extract
from pathways.diagrams.model import Arrow, Box, Diagram, Group
from pathways.diagrams.pictures import diagram_picture, style_of
from tests.drawing.claims import wrong_with
from tests.drawing.made_diagrams import KINDS, LONG_TITLE, LONG_WORD, made

few = settings(max_examples=30, deadline=None, derandomize=True, database=None)

STYLE = style_of()


def make(seed: int, count: int, kind: str) -> Diagram:
    return made(seed, count, **KINDS[kind])  # type: ignore[arg-type]


def drawn(diagram: Diagram) -> Sheet:
    picture = diagram_picture(diagram, STYLE)
    ET.fromstring(picture.svg)
    found = picture.quality
    assert found.cards == len(diagram.boxes)
    assert (found.lines_through, found.overlaps, found.text_outside, found.labels_off) == (0,) * 4
    assert found.lines_on_text == 0
    return picture.sheet


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_pictures_of_every_kind_are_as_claimed(count: int, kind: str) -> None:
    for seed in range(2):
        assert wrong_with(drawn(make(seed, count, kind))) == [], f"seed {seed}"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [7, 15, 30, 60, 120])
def test_more_and_larger_pictures_are_as_claimed(count: int, kind: str) -> None:
    for seed in range(100, {7: 140, 15: 140, 30: 120, 60: 106, 120: 103}[count]):
        assert wrong_with(drawn(make(seed, count, kind))) == [], f"seed {seed}"


@pytest.mark.parametrize("count", [1, 5, 14])
def test_phases_of_one_step_each(count: int) -> None:
    for seed in range(8, 12):
        assert wrong_with(drawn(made(seed, count, phases=count))) == []


def test_a_line_leaves_room_for_the_title_of_a_narrow_phase() -> None:
    assert wrong_with(drawn(made(10, 15, phases=15, alarms=2))) == []


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Any small diagram: ways in any direction, phases in any order, steps without a phase."""
    count = draw(st.integers(1, 8))
    phase = st.sampled_from(("one", "two", None))
    title = st.sampled_from(("Rest", "Physiotherapy for the back", LONG_WORD, LONG_TITLE))
    kinds = ("action", "decision", "clinical_state", "end")
    boxes = [
        Box(f"s{n}", n + 1, draw(st.sampled_from(kinds)), draw(title), group=draw(phase))
        for n in range(count)
    ]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    labels = st.sampled_from(("", "Yes", "No change after weeks", LONG_WORD))
    arrows = [
        Arrow(f"s{a}/{index}", f"s{a}", f"s{b}", draw(labels))
        for index, (a, b) in enumerate(draw(st.lists(ends, max_size=14)))
    ]
    groups = tuple(
        Group(name, number, f"Phase {name}")
        for number, name in enumerate(("one", "two"), start=1)
        if any(box.group == name for box in boxes)
    )
    return Diagram("any", "Any", "", "Draft.", "patient", tuple(boxes), tuple(arrows), groups)


@few
@given(diagrams())
def test_any_small_diagram_is_drawn_as_claimed(diagram: Diagram) -> None:
    assert wrong_with(drawn(diagram)) == []


def test_the_same_diagram_gives_the_same_picture() -> None:
    diagram = make(3, 30, "tangled")
    first = diagram_picture(diagram, STYLE).svg
    diagram_picture(make(4, 30, "long"), STYLE)
    assert diagram_picture(make(3, 30, "tangled"), style_of()).svg == first


def test_every_way_is_a_line_or_an_oval() -> None:
    diagram = make(3, 30, "tangled")
    sheet = drawn(diagram)
    lines = {(wire.name, wire.source, wire.target) for wire in sheet.wires}
    ovals = {
        block.name: " ".join(t.text for t in block.texts)
        for block in sheet.blocks
        if block.part == "oval"
    }
    joined = {(wire.source, ovals[wire.target]) for wire in sheet.wires if wire.target in ovals}
    for arrow in diagram.arrows:
        if (arrow.name, arrow.source, arrow.target) in lines:
            continue
        goal = f"Go to step {diagram.box(arrow.target).number} "
        assert any(
            source == arrow.source and f"{text} ".startswith(goal) for source, text in joined
        )


STATES_OUT_OF_ORDER = """
format: 1
pathway: out-of-order
title: Out of order
version: 0.1.0
updated: 2026-01-31
phases: {early: {title: Early}, late: {title: Late}}
start: first
states:
  first: {kind: clinical_state, title: First, next: [{to: second}]}
  second: {kind: action, category: therapy, phase: late, title: Second, next: [{to: third}]}
  third: {kind: action, category: therapy, phase: early, title: Third, next: [{to: fourth}]}
  fourth: {kind: action, category: therapy, title: Fourth, next: [{to: second}, {to: fifth}]}
  fifth: {kind: end, phase: early, title: Fifth}
"""


def test_phases_may_disagree_with_reading_order() -> None:
    assert wrong_with(drawn(extract(pathways.loads(STATES_OUT_OF_ORDER)))) == []


class TestTheJudge:
    """The claims see what is wrong: a good picture is spoilt in one way each."""

    good = diagram_picture(make(1, 7, "tangled"), STYLE).sheet

    def test_finds_nothing_wrong_with_a_good_one(self) -> None:
        assert wrong_with(self.good) == []

    def spoilt(self, part: str, **changes: object) -> list[str]:
        index = next(i for i, block in enumerate(self.good.blocks) if block.part == part)
        block = replace(self.good.blocks[index], **changes)  # type: ignore[arg-type]
        blocks = (*self.good.blocks[:index], block, *self.good.blocks[index + 1 :])
        return wrong_with(replace(self.good, blocks=blocks))

    def test_sees_a_card_elsewhere(self) -> None:
        other = [block for block in self.good.blocks if block.part == "card"][1]
        assert any("lies on" in each for each in self.spoilt("card", x=other.x, y=other.y))
        assert any("leaves the sheet" in each for each in self.spoilt("card", x=-9.0))

    def test_sees_a_card_too_narrow_for_its_text(self) -> None:
        assert any("leaves card" in each for each in self.spoilt("card", width=60.0))

    def test_sees_a_hexagon_too_tight_for_its_text(self) -> None:
        box = Box("q", 1, "decision", "Is it better after these six weeks?", LONG_TITLE)
        sheet = diagram_picture(Diagram("q", "Q", "", "F", "patient", (box,), ()), STYLE).sheet
        assert wrong_with(sheet) == []
        index = next(i for i, block in enumerate(sheet.blocks) if block.part == "card")
        card = sheet.blocks[index]
        moved = tuple(replace(text, x=text.x - 32) for text in card.texts)
        bad = replace(card, texts=moved, inner=())
        blocks = (*sheet.blocks[:index], bad, *sheet.blocks[index + 1 :])
        assert any("leaves card" in each for each in wrong_with(replace(sheet, blocks=blocks)))
        box_shaped = replace(bad, shape="box")
        blocks = (*sheet.blocks[:index], box_shaped, *sheet.blocks[index + 1 :])
        assert wrong_with(replace(sheet, blocks=blocks)) == []

    def test_sees_a_line_through_a_card(self) -> None:
        card = next(block for block in self.good.blocks if block.part == "card")
        middle = card.y + card.height / 2
        line = replace(self.good.wires[0], points=((0.0, middle), (self.good.width, middle)))
        found = wrong_with(replace(self.good, wires=(line, *self.good.wires[1:])))
        assert any("passes through card" in each for each in found)
