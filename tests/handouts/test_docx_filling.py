"""Text passes pictures that do not fit, within their part; nothing is lost or said twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from pathways.diagrams.fonts import SHIPPED
from pathways.handouts.blocks import (
    Block,
    Card,
    Figure,
    Paragraph,
    Section,
    Table,
    everything,
    text_of,
)
from pathways.handouts.sizes import room, sizes
from pathways.handouts.writers.docx import to_docx
from pathways.handouts.writers.docx_filling import Measure, Piece, arranged, pieces
from tests.handouts.sample import sample

MEASURE = Measure(sizes("clear-print"), SHIPPED, 500)
PICTURE = next(each for each in everything(sample()) if isinstance(each, Figure))
LOOSE = replace(PICTURE, floats=True)
SHORT = Paragraph(text_of("One line."))


def order(*blocks: Block, used: float = 0) -> list[Piece]:
    return list(arranged(pieces(blocks), MEASURE, 700, used))


def test_what_fits_stays_where_it_is() -> None:
    part = Section("a", "A", (LOOSE, SHORT, SHORT))
    assert order(part) == list(pieces((part,)))


def test_text_passes_a_picture_that_does_not_fit() -> None:
    part = Section("a", "A", (LOOSE, SHORT, SHORT))
    blocks = [each.block for each in order(part, used=500)]
    assert blocks == [part, SHORT, SHORT, LOOSE]


def test_a_picture_that_does_not_float_stays() -> None:
    part = Section("a", "A", (PICTURE, SHORT))
    assert [each.block for each in order(part, used=500)] == [part, PICTURE, SHORT]


def test_a_picture_stays_in_its_part() -> None:
    one, other = Section("a", "A", (LOOSE,)), Section("b", "B", (SHORT,))
    assert [each.block for each in order(one, other, used=600)] == [one, LOOSE, other, SHORT]


def test_a_picture_may_stand_in_a_later_part_of_its_part() -> None:
    inner = Section("b", "B", (SHORT, SHORT))
    whole = Section("a", "A", (LOOSE, inner))
    blocks = [each.block for each in order(whole, used=500)]
    assert blocks.index(inner) < blocks.index(LOOSE)
    position = blocks.index(inner)
    assert blocks[position + 1] == SHORT


@pytest.mark.parametrize("used", range(0, 700, 50))
def test_nothing_is_lost_and_pictures_stay_in_order(used: int) -> None:
    figures = [replace(LOOSE, name=f"picture-{number}") for number in range(4)]
    card = Card("Heat", None, "", (SHORT,) * 6)
    part = Section("a", "A", (*figures, card, Section("b", "B", (SHORT, card)), *(SHORT,) * 9))
    after = order(part, part, used=used)
    assert Counter(map(id, (each.block for each in after))) == Counter(
        id(each.block) for each in pieces((part, part))
    )
    names = [each.block.name for each in after if isinstance(each.block, Figure)]
    assert names == [figure.name for figure in figures] * 2


@pytest.mark.parametrize("used", range(0, 700, 50))
def test_a_table_is_cut_where_a_picture_waits_and_no_row_is_lost(used: int) -> None:
    rows = tuple((text_of(f"Row {number}"), text_of("Some words. " * 9)) for number in range(30))
    table = Table("All rows", ("Step", "If"), rows, (0.2, 0.8))
    part = Section("a", "A", (LOOSE, replace(LOOSE, name="picture-2"), table))
    blocks = [each.block for each in order(part, used=used)]
    tables = [each for each in blocks if isinstance(each, Table)]
    assert [row for each in tables for row in each.rows] == list(rows)
    captions = [each.caption for each in tables]
    assert captions == ["All rows", *["All rows (continued)"] * (len(tables) - 1)]
    assert sum(isinstance(each, Figure) for each in blocks) == 2
    if used == 500:
        kinds = [type(each) for each in blocks]
        assert kinds[1:3] == [Table, Figure]
        assert kinds[-1] is Table


def test_emergency_signs_begin_on_the_first_page_however_many_there_are() -> None:
    handout = sample("large-print")
    many = replace(handout.emergency, blocks=handout.emergency.blocks * 5)
    document = docx.Document(BytesIO(to_docx(replace(handout, emergency=many))))
    boxed = [
        each
        for each in document.paragraphs
        if each.style is not None and "Emergency Box Text" in (each.style.name or "")
    ]
    assert not any(each.paragraph_format.keep_with_next for each in boxed)


def test_estimates_fit_the_page() -> None:
    space = room("clear-print", "a4")
    assert MEASURE.height(PICTURE) < space.height / 2
    assert MEASURE.height(SHORT) == pytest.approx(12.5 * 1.4 + 12.5 * 0.6, rel=0.05)
