"""A table with a caption and heads in words, as notebooks show it: the same text every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from pathways.diagrams.characters import clean
from pathways.errors import PathwayError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 20
"""A longer table is not read in a notebook; how many rows are left out is said below it."""

_LEFT = "text-align:left;vertical-align:top;overflow-wrap:break-word"
_RIGHT = "text-align:right;vertical-align:top"


@dataclass(frozen=True)
class CaptionedTable:
    """A table for reading; notebooks show it.

    Args:
        caption: What it shows.
        heads: Heads of the columns, in words.
        rows: The cells, in words; the first of a row names it.
        numeric: For each column, whether it holds numbers only.
        left_out: How many further rows there are.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    left_out: int = 0

    def html(self) -> str:
        """Return it as HTML: a caption, heads of columns and rows, nothing that differs between runs."""
        heads = "".join(
            f'<th scope="col" style="{self._side(at)}">{_text(each)}</th>'
            for at, each in enumerate(self.heads)
        )
        rows = "\n".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        more = f"<p><small>{_text(self._more)}</small></p>\n" if self.left_out else ""
        return (
            f'<table>\n<caption style="caption-side:top;text-align:left"><strong>{_text(self.caption)}'
            f"</strong></caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n"
            f"</table>\n{more}"
        )

    @property
    def _more(self) -> str:
        return f"{self.left_out} more {'row' if self.left_out == 1 else 'rows'}."

    def _side(self, column: int) -> str:
        return _RIGHT if self.numeric[column] else _LEFT

    def _cells(self, row: tuple[str, ...]) -> str:
        first = f'<th scope="row" style="{self._side(0)}">{_text(row[0])}</th>'
        return first + "".join(
            f'<td style="{self._side(at)}">{_text(each)}</td>'
            for at, each in enumerate(row[1:], start=1)
        )

    def __repr__(self) -> str:
        count = len(self.rows) + self.left_out
        return f"<Table: {self.caption}, {count} {'row' if count == 1 else 'rows'}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show the table; a line of text where there is no HTML."""
        return {"text/html": self.html(), "text/plain": repr(self)}


def captioned(
    frame: pd.DataFrame,
    caption: str,
    columns: Mapping[str, str] | None = None,
    most: int = MOST_ROWS,
) -> CaptionedTable:
    """Return a table of any method as one to read: with a caption, and heads in words.

    Args:
        frame: The table; parts of its index count as columns.
        caption: What it shows.
        columns: Which columns to show, with their heads in words; None: all, by their names.
        most: How many rows to show at most, 1 or more; below it says how many more there are.

    Returns:
        The table. Cells with several values say them one after the other, yes and no are words, and
        what is missing is an empty cell.

    Raises:
        UnknownNameError: It has no such column.
        PathwayError: No column, or less than one row, is asked for.

    Example:
        >>> from pathways.graph import states_table
        >>> from pathways.reading.load import load
        >>> states = states_table(load("safety"))
        >>> captioned(states, "Steps", {"number": "Step", "title": "What it is"}).heads
        ('Step', 'What it is')
    """
    if most < 1:
        raise PathwayError(f"cannot show {most} rows; 'most' is 1 or more")
    unnamed = list(frame.index.names) == [None]
    flat = frame if unnamed else frame.reset_index()
    chosen = columns or {str(each): str(each).replace("_", " ") for each in flat.columns}
    known = [str(each) for each in flat.columns]
    for each in chosen:
        if each not in known:
            raise UnknownNameError("column", each, known)
    if not chosen:
        raise PathwayError("a table needs a column; name one")
    cells = [[_plain(value) for value in flat[each]] for each in chosen]
    return CaptionedTable(
        caption,
        tuple(chosen.values()),
        tuple(zip(*([_said(value) for value in column[:most]] for column in cells), strict=True)),
        tuple(bool(column) and all(map(_is_number, column)) for column in cells),
        max(0, len(flat) - most),
    )


def _plain(value: Any) -> Any:
    """Return a cell of pandas with None for what is missing."""
    import pandas as pd

    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case tuple() | list():
            return "; ".join(_said(each) for each in value)
        case Integral() if not isinstance(value, bool):
            return f"{int(value):,}"
        case Real() if not isinstance(value, bool):
            return f"{float(value):g}"
        case _ if str(value) in ("True", "False"):
            return "yes" if value else "no"
        case _:
            return str(value)


def _text(text: str) -> str:
    return escape(clean(text, "table"))
