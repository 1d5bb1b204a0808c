"""Tables to read: captions, words, what is missing, what is left out."""

from __future__ import annotations

import pandas
import pytest

import pathways
from pathways.errors import PathwayError, UnknownNameError

TABLE = pandas.DataFrame(
    {
        "step": [1, 12_000],
        "share": [0.5, 0.25],
        "open": [True, False],
        "sources": [("a", "b"), ()],
        "note": [None, "<b>&"],
    },
    index=pandas.Index(["first", "second"], name="name"),
)


def test_cells_are_words() -> None:
    shown = pathways.captioned(TABLE, "Steps")
    assert shown.heads == ("name", "step", "share", "open", "sources", "note")
    assert shown.rows == (
        ("first", "1", "0.5", "yes", "a; b", ""),
        ("second", "12,000", "0.25", "no", "", "<b>&"),
    )
    assert shown.numeric == (False, True, True, False, False, False)
    assert repr(shown) == "<Table: Steps, 2 rows>"


def test_it_is_html_with_a_caption_and_heads_of_rows_and_columns() -> None:
    html = pathways.captioned(TABLE, "A < B", {"name": "Which", "note": "Note"}).html()
    assert "A &lt; B" in html
    assert html.count('<th scope="col"') == 2
    assert html.count('<th scope="row"') == 2
    assert "&lt;b&gt;&amp;" in html
    assert html == pathways.captioned(TABLE, "A < B", {"name": "Which", "note": "Note"}).html()


def test_what_is_left_out_is_said() -> None:
    shown = pathways.captioned(TABLE, "Steps", most=1)
    assert len(shown.rows) == 1
    assert "1 more row." in shown.html()
    assert repr(shown) == "<Table: Steps, 2 rows>"


def test_an_index_without_a_name_is_no_column() -> None:
    frame = pandas.DataFrame({"a_b": [float("nan")]})
    shown = pathways.captioned(frame, "Empty")
    assert shown.heads == ("a b",)
    assert shown.rows == (("",),)
    assert "<tbody>\n\n</tbody>" in pathways.captioned(frame.head(0), "None").html()


def test_what_cannot_be_shown_is_said() -> None:
    with pytest.raises(UnknownNameError, match="no column 'stp'; did you mean 'step'"):
        pathways.captioned(TABLE, "Steps", {"stp": "Step"})
    with pytest.raises(PathwayError, match="1 or more"):
        pathways.captioned(TABLE, "Steps", most=0)
    with pytest.raises(PathwayError, match="needs a column"):
        pathways.captioned(pandas.DataFrame(), "Nothing")
