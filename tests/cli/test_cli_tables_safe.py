"""Tables are opened in spreadsheets and pasted into pages: no cell may become a formula or a link."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.cli.common import csv_text
from pathways.cli.table_command import _markdown


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


FORMULAS = [
    "\r=1",
    "\n=1",
    "=1+1",
    "+1",
    "-1",
    "@sum(a1)",
    "\t=1",
    '=HYPERLINK("http://x")',
    "-",
    "=",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    (row,) = read(csv_text([{"label": text}]))
    assert row["label"] == "'" + text.replace("\r", "\n")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_at_the_head_of_a_list_becomes_text(text: str) -> None:
    (row,) = read(csv_text([{"tags": [text, "b"]}]))
    assert row["tags"].startswith("'")


@pytest.mark.parametrize("value", [-5, -0.5, 7, "a-b", "1=1", "no", " =x", "", 'a, b\nc "d"'])
def test_other_cells_are_left_alone(value: Any) -> None:
    (row,) = read(csv_text([{"value": value}]))
    assert row["value"] == str(value)


@pytest.mark.parametrize("text", ["a\r=1", "a\r\n=1", "a\n=1"])
def test_no_cell_ends_its_row(text: str) -> None:
    assert read(csv_text([{"label": text, "next": "b"}])) == [{"label": "a\n=1", "next": "b"}]


def test_a_missing_value_is_an_empty_cell() -> None:
    assert csv_text([{"unit": None, "kind": "x"}]) == "unit,kind\n,x\n"


def cells_of(line: str) -> list[str]:
    """Split a Markdown table row the way GitHub does: at bars without a backslash before them."""
    cells, cell, escaped = [], "", False
    for sign in line.strip().removeprefix("|").removesuffix("|"):
        if escaped or sign not in "\\|":
            cell += sign if not escaped else f"\\{sign}"
            escaped = False
        elif sign == "\\":
            escaped = True
        else:
            cells.append(cell.strip())
            cell = ""
    return [*cells, cell.strip()]


def plain(cell: str) -> str:
    """The text a reader of the page sees."""
    out, escaped = "", False
    for sign in cell:
        if sign == "\\" and not escaped:
            escaped = True
            continue
        out, escaped = out + sign, False
    return out.replace("&lt;", "<").replace("&amp;", "&")


@given(st.lists(st.text(alphabet="ab |\\`*[]<>&\n\r\t(=:", max_size=12), min_size=2, max_size=2))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_text_is_one_cell_and_reads_as_it_was(texts: list[str]) -> None:
    lines = _markdown([{"a": texts[0], "b": texts[1]}], ["a", "b"]).split("\n")
    assert len(lines) == 3
    cells = cells_of(lines[2])
    assert [plain(cell) for cell in cells] == [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("[x](javascript:y)", "\\[x\\](javascript:y)"),
        ("a|b", "a\\|b"),
        ("line\nbreak", "line break"),
        (0, "0"),
        (False, "False"),
        (None, ""),
        (["a", "b"], "a, b"),
    ],
)
def test_what_markdown_would_read_is_escaped(text: Any, cell: str) -> None:
    assert _markdown([{"a": text}], ["a"]).split("\n")[2] == f"| {cell} |"
