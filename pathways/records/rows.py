"""One row of a table as the data of a record: columns are findings, empty cells are not asked."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pathways.errors import DocumentError, Problem, nearest
from pathways.records.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas

RECORDED = "recorded"
MOST_COLUMNS = 20_000
NEAR = 0.85
"""Names that are so much alike are taken for a slip of the pen, not for another column."""
_BETWEEN = re.compile(r"[;,]")
_OF_AN_ENTRY = (
    "status",
    "weeks",
    "as_advised",
    "relief_pct",
    "relief_weeks",
    "side_effects",
)
"""What an entry of the history says; the time since, and counts, are worked out of several."""


def row_data(
    row: Mapping[str, Any] | pandas.Series[Any],
    name: str,
    recorded: dt.date | str | None,
    vocabulary: Vocabulary,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the data of a record for one row, and the columns that are no findings.

    Args:
        row: Values by column.
        name: Name of the record.
        recorded: Day of the values, unless the row has a column for it.
        vocabulary: Which findings there are.

    Raises:
        DocumentError: A column stands there twice, or there are too many.

    Example:
        >>> from pathways.records.vocabulary import vocabulary_of
        >>> row_data({"pain_now": 7, "rf_fever": None}, "row", None, vocabulary_of())
        ({'record': 'row', 'findings': {'pain_now': 7}}, ())
    """
    columns = list(row.items())
    _refuse_doubles(columns)
    data: dict[str, Any] = {"record": name}
    findings: dict[str, Any] = {}
    care: dict[str, dict[str, Any]] = {}
    others: list[str] = []
    for key, cell in columns:
        column = str(key)
        if column == RECORDED:
            recorded = recorded if _is_empty(cell) else cell
            continue
        if column not in vocabulary.scope.findings:
            others.append(column)
            continue
        if _is_empty(cell):
            continue
        several = vocabulary.scope.findings[column].type == "several_of"
        value = _split(cell) if several else _plain(cell)
        owner, _, what = column.partition(".")
        if what in _OF_AN_ENTRY:
            care.setdefault(owner, {})[what] = value
        else:
            findings[column] = value
    _refuse_near_misses(others, vocabulary)
    if recorded is not None:
        data[RECORDED] = recorded
    data["findings"] = findings
    data |= _history(care, findings, vocabulary)
    return data, tuple(others)


def _refuse_near_misses(others: list[str], vocabulary: Vocabulary) -> None:
    """Refuse columns that look like a finding, or name a treatment: what they say would be lost."""
    problems: list[Problem] = []
    known = [*vocabulary.scope.findings]
    care = {*vocabulary.catalogue.treatments, *vocabulary.catalogue.tests}
    for column in others:
        plain = re.sub(r"[\s-]+", "_", column.strip().lower())
        if plain in care:
            hint = f"name the column '{plain}.status', or leave it out"
        elif plain in vocabulary.scope.findings or difflib.get_close_matches(
            plain, known, n=1, cutoff=NEAR
        ):
            close = plain if plain in vocabulary.scope.findings else nearest(plain, known, 1)[0]
            hint = f"did you mean '{close}'? Rename the column, or leave it out"
        else:
            continue
        message = f"the column '{column}' is no finding"
        problems.append(Problem("unknown-finding", message, hint, column))
    if problems:
        raise DocumentError(problems)


def _refuse_doubles(columns: list[tuple[Any, Any]]) -> None:
    if len(columns) > MOST_COLUMNS:
        message = f"the row has more than {MOST_COLUMNS:,} columns"
        raise DocumentError([Problem("too-many-values", message, "choose some of them")])
    seen: set[str] = set()
    doubles: list[str] = []
    for key, _ in columns:
        doubles += [str(key)] if str(key) in seen else []
        seen.add(str(key))
    if doubles:
        raise DocumentError(
            [
                Problem("duplicate-key", f"the column '{each}' is there twice", "keep one", each)
                for each in sorted(set(doubles))
            ]
        )


def _history(
    care: Mapping[str, dict[str, Any]], findings: dict[str, Any], vocabulary: Vocabulary
) -> dict[str, Any]:
    """Return the history that the columns of treatments and tests tell of.

    Columns of a treatment whose status is not known stay findings: an entry says that it was tried.
    """
    treatments: list[dict[str, Any]] = []
    tests: list[dict[str, Any]] = []
    for owner, said in care.items():
        if "status" not in said:
            findings.update({f"{owner}.{what}": value for what, value in said.items()})
        elif owner in vocabulary.catalogue.tests:
            tests.append({"test": owner, **said})
        else:
            treatments.append({"treatment": owner, **said})
    history = {"treatments": treatments, "tests": tests}
    return {"history": history} if treatments or tests else {}


def _is_empty(cell: Any) -> bool:
    import pandas

    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    if isinstance(cell, Decimal):
        return cell.is_nan()
    return bool(pandas.api.types.is_scalar(cell) and pandas.isna(cell))


def _plain(cell: Any) -> Any:
    """Return a cell without spaces around it; yes and no in any case, as tables write them."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    return text.lower() if text.lower() in {"yes", "no", "true", "false"} else text


def _split(cell: Any) -> Any:
    """Return the values of one cell; a mapping says which of them are known."""
    if isinstance(cell, str):
        return [each.strip() for each in _BETWEEN.split(cell) if each.strip()]
    if isinstance(cell, Mapping):
        return dict(cell)
    if isinstance(cell, Iterable) and not isinstance(cell, AbstractSet):
        return list(cell)
    return cell
