"""Bars: the same bytes every time, legible without colour, said in words."""

from __future__ import annotations

import re

import pandas
import pytest

import pathways
from pathways.errors import PathwayError, UnknownNameError

TABLE = pandas.DataFrame(
    {"for": [3, 1, 0], "against": [0, 2, 0], "unclear": [1, 0, 0]},
    index=["heat", "a very long name of a treatment that needs two lines to stand in", "<ice>"],
)


def test_the_same_table_gives_the_same_bytes() -> None:
    first, second = (pathways.bars(TABLE, "Sources", "sources") for _ in range(2))
    assert first.svg == second.svg
    assert first.png == second.png
    assert repr(first) == "<Plot of Sources>"


def test_every_number_and_label_is_text() -> None:
    drawn = pathways.bars(TABLE, "Sources", "number of sources", to_the_left=["against"])
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", drawn.svg)
    assert {"for", "against", "unclear", "heat", "&lt;ice&gt;", "Sources"} <= set(texts)
    assert "number of sources" in texts
    assert texts.count("3") >= 1
    assert not any(each.startswith("-") for each in texts if each != "-")


def test_series_differ_by_hatching_not_by_colour_alone() -> None:
    drawn = pathways.bars(TABLE, "Sources", "sources")
    assert len(set(re.findall(r'<pattern id="([^"]+)"', drawn.svg))) == 2


def test_it_says_nothing_of_the_day_or_the_machine() -> None:
    drawn = pathways.bars(TABLE, "Sources", "sources")
    assert "<dc:date>" not in drawn.svg
    assert "Matplotlib" not in drawn.svg
    assert b"Software" not in drawn.png
    assert "<script" not in drawn.svg


def test_it_is_said_in_words() -> None:
    drawn = pathways.bars(TABLE.head(1), "Sources", "sources")
    assert drawn.words == "Sources. heat: for 3, unclear 1."
    assert 'role="img" aria-label="Sources. heat: for 3, unclear 1."' in drawn.svg
    assert pathways.bars(TABLE.tail(1), "S", "s").words == "S. <ice>: none."


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(PathwayError, match="1 to 40 bars"):
        pathways.bars(TABLE.head(0), "Sources", "sources")
    with pytest.raises(PathwayError, match="negative"):
        pathways.bars(-TABLE, "Sources", "sources")
    with pytest.raises(UnknownNameError, match="did you mean 'against'"):
        pathways.bars(TABLE, "Sources", "sources", to_the_left=["agianst"])
