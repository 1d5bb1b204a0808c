"""Plates: the steps of a pathway as pictures in a text, every step once, each as wide as the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import pytest

from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.extract import extract
from pathways.diagrams.finished import Pages, Picture
from pathways.diagrams.model import Box, Diagram
from pathways.diagrams.pagination.plates import plates as cut
from pathways.diagrams.pictures import plates, style_of
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.errors import DrawingError, UnknownNameError
from pathways.handouts.sizes import PROFILE_NAMES, room
from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import library_ids
from pathways.reading.load import load
from tests.drawing.made_diagrams import KINDS, made
from tests.pagination.claims import cards, number_on

READERS = ("patient", "clinician")
HANDOUT_PROFILES = {name: profile for profile, name in PROFILE_NAMES.items()}
"""The profile of handouts that has the sizes of type of a profile of pictures."""

SHARE = 0.9
"""Of the height of a page, as handouts ask for."""

LEAST_ROOM = 1e-6


@cache
def pathway(name: str) -> ResolvedPathway:
    return load(name)


def drawn(
    name: str, profile: str, reader: str = "patient", paper: str = "a4", *, brief: bool = False
) -> Pages:
    space = room(HANDOUT_PROFILES[profile], paper)
    return plates(
        pathway(name),
        width=space.width,
        height=space.height * SHARE,
        profile=profile,
        reader=reader,  # type: ignore[arg-type]
        brief=brief,
    )


def numbers(sheet: Sheet) -> list[int]:
    """The numbers of the steps that a sheet shows, each once."""
    return list(dict.fromkeys(number_on(each) for each in cards(sheet)))


def wrong(found: Pages, asked: Diagram, width: float, height: float) -> list[str]:
    """Return what is wrong with the plates of a diagram, in words."""
    shown = Counter(number for page in found for number in numbers(page.sheet))
    steps = {box.number: box for box in asked.boxes}
    problems = [f"step {each} is missing" for each in steps if each not in shown]
    problems += [f"step {each} is not asked for" for each in shown if each not in steps]
    for number, count in shown.items():
        if count > 1 and not _may_be_in_pieces(steps[number]):
            problems.append(f"step {number} stands on {count} plates")
    for page in found:
        if abs(page.width - width) > LEAST_ROOM:
            problems.append(f"{page.title} is {page.width} wide, not {width}")
        if page.height > height + LEAST_ROOM and len(numbers(page.sheet)) > 1:
            problems.append(f"{page.title} is {page.height} high, more than {height}")
    return problems


def _may_be_in_pieces(box: Box) -> bool:
    return len(box.lines) > 1


@pytest.mark.parametrize("profile", PRINT_PROFILES)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("brief", [False, True])
def test_plates_of_a_small_pathway(profile: str, reader: str, brief: bool) -> None:
    check("safety", profile, reader, brief=brief)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(library_ids()))
@pytest.mark.parametrize("profile", PRINT_PROFILES)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("brief", [False, True])
def test_plates_of_the_library(name: str, profile: str, reader: str, brief: bool) -> None:
    check(name, profile, reader, "a4" if reader == "patient" else "letter", brief=brief)


def check(name: str, profile: str, reader: str, paper: str = "a4", *, brief: bool) -> None:
    found = drawn(name, profile, reader, paper, brief=brief)
    space = room(HANDOUT_PROFILES[profile], paper)
    diagram = extract(pathway(name), reader=reader)  # type: ignore[arg-type]
    assert wrong(found, diagram, space.width, space.height * SHARE) == []
    assert found.problems == ()


@pytest.mark.parametrize("profile", PRINT_PROFILES)
@pytest.mark.parametrize("kind", KINDS)
def test_plates_of_random_diagrams(kind: str, profile: str) -> None:
    style = style_of(profile=profile)
    for seed, count in ((2, 4), (3, 12)):
        diagram = made(seed, count, **KINDS[kind])  # type: ignore[arg-type]
        sheets = cut(diagram, style, width=500, height=600)
        pages = Pages("x", tuple(Picture(sheet, style) for sheet in sheets))
        assert wrong(pages, diagram, 500, 600) == []


def test_plates_have_steps_alone(sample: Diagram) -> None:
    """No warning signs, no heading, no footer: the text around them has those."""
    assert sample.alarms
    alarmed = replace(
        sample, alarms=tuple(replace(each, label="Zebra sign") for each in sample.alarms)
    )
    sheets = cut(alarmed, style_of(profile="clinician"), width=500, height=600)
    for sheet in sheets:
        words = " ".join(_words(sheet.blocks))
        assert "Zebra" not in f"{words} {sheet.description}"
        assert "Draft" not in words
        assert sheet.language == alarmed.language


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (text.text for text in block.texts)
        yield from _words(block.inner)


def test_titles_name_the_steps_and_descriptions_say_them() -> None:
    for picture in drawn("safety", "clear-print"):
        named = [int(each) for each in re.findall(r"\d+", picture.title)]
        shown = numbers(picture.sheet)
        assert {named[0], named[-1]} == {shown[0], shown[-1]}
        for number in shown:
            assert re.search(rf"^Step {number}\. ", picture.sheet.description, re.MULTILINE)


def test_a_step_that_is_higher_than_asked_for_stands_alone() -> None:
    found = plates(pathway("safety"), width=400, height=120)
    assert any(page.height > 120 for page in found)
    for page in found:
        assert page.height <= 120 or len(numbers(page.sheet)) == 1


@pytest.mark.parametrize("width", [170, 250, 480, 1100])
def test_plates_are_as_wide_as_asked_for(width: float) -> None:
    found = plates(pathway("safety"), width=width, height=700, brief=True)
    assert {page.width for page in found} == {width}


def test_brief_plates_say_less_and_have_the_same_steps() -> None:
    long, brief = (drawn("severe-back-pain", "clear-print", brief=each) for each in (False, True))
    steps = [
        sorted(number for page in each for number in numbers(page.sheet)) for each in (long, brief)
    ]
    assert set(steps[0]) == set(steps[1])
    assert len(brief) <= len(long)
    letters = [sum(len(page.svg) for page in each) for each in (long, brief)]
    assert letters[1] < letters[0]


def test_plates_are_the_same_every_time() -> None:
    first, second = (drawn("safety", "clear-print") for _ in range(2))
    assert [page.svg for page in first] == [page.svg for page in second]
    assert len({page.sheet.id for page in first}) == len(first)


def test_a_profile_that_is_unknown_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        plates(pathway("safety"), width=400, height=600, profile="tiny")


def test_a_part_without_steps_has_no_plate(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathways.diagrams import pictures

    empty = replace(extract(pathway("safety"), reader="patient"), boxes=(), arrows=())
    monkeypatch.setattr(pictures, "extract", lambda *_, **__: empty)
    with pytest.raises(DrawingError, match="no step"):
        plates(pathway("safety"), width=400, height=600)


def test_a_step_wider_than_the_text_is_made_smaller() -> None:
    for page in plates(pathway("safety"), width=90, height=600):
        assert page.width == 90
        for block in page.sheet.blocks:
            assert block.x >= 0
            assert block.x + block.width <= 90 + LEAST_ROOM
