"""Patient records from files, texts, dictionaries and rows of a table, with the place of every part.

YAML and JSON are read alike. All faults of a record are reported at once, in file order; what its
names and values mean is checked by :mod:`pathways.records.checking`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from pathways.errors import DocumentError, PathwayError, Problem, printable
from pathways.reading.files import is_file, is_folder, read_file
from pathways.reading.marks import Marked, Path, read_yaml, words_of
from pathways.reading.reports import in_file_order
from pathways.reading.structure import build
from pathways.records.forms import RecordMarked, marked_data, written_out
from pathways.records.natives import plain_data
from pathways.records.record import PatientRecord
from pathways.records.rows import row_data
from pathways.records.vocabulary import Vocabulary, vocabulary_of

if TYPE_CHECKING:
    import pandas

_HINTS = {
    "empty-file": "a record begins with 'record: some-name'",
    "too-deep": "a record needs about 6",
    "file-too-large": "one record a file",
}
_SECOND = "this is no YAML: a second document begins here"


@dataclass(frozen=True)
class ReadRecord:
    """A record with the place of each part of it.

    Args:
        record: The record.
        marked: Its file; without a text where it came from a program.
        other_columns: Columns of a row that are no findings, in the order of the row.
    """

    record: PatientRecord
    marked: Marked
    other_columns: tuple[str, ...] = ()

    def problem(
        self, code: str, path: Path, message: str, hint: str = "", *, key: bool = False
    ) -> Problem:
        """Return a problem at a path of the record.

        Args:
            code: Short name of the broken rule.
            path: Path in the long form: ``("findings", "pain_now", 0, "value")``.
            message: What is wrong.
            hint: What to do.
            key: Whether the key is meant, not its value.
        """
        where = words_of(self.marked.existing(path))
        return Problem(code, message, hint, where, self.marked.place(path, key=key))

    def address(self, path: Path) -> str:
        """Return where a part stands, as a message says it: ``x.yaml:4:2``, or ``findings.fever``."""
        if self.marked.text:
            return str(self.marked.place(path))
        return words_of(self.marked.existing(path))

    def ordered(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems in the order of the record, each once."""
        return _ordered(problems, self.marked)


def load_record(path: str | FilePath) -> ReadRecord:
    """Load a patient record from a YAML or JSON file.

    Args:
        path: The file.

    Returns:
        The record with its places.

    Raises:
        PathwayError: There is no such file.
        DocumentError: The file has faults; all of them are listed.
    """
    file = FilePath(path)
    if not is_file(file):
        what = "is a folder; name a record file in it" if is_folder(file) else "is no file"
        raise PathwayError(printable(f"'{path}' {what}"))
    return _from_content(read_file(file, str(path)), str(path))


def record_from_text(text: str, *, name: str = "<text>") -> ReadRecord:
    """Read a patient record from YAML or JSON text.

    Args:
        text: The text of a record file.
        name: What to call it in messages.

    Returns:
        The record with its places.

    Raises:
        DocumentError: The text has faults; all of them are listed.

    Example:
        >>> read = record_from_text("{record: someone, recorded: 2026-11-20, findings: {pain_now: 7}}")
        >>> read.record.recorded
        '2026-11-20'
    """
    return _from_content(text, name)


def record_from_dict(data: Mapping[str, Any]) -> ReadRecord:
    """Read a patient record from data of a program.

    Args:
        data: The keys of a record file. Values may be texts, bools, numbers, days, lists and sets;
            a set of a several-of finding is complete. Without ``recorded``, values without a day
            of their own are said on the day that is asked for.

    Returns:
        The record; its parts are named by their path, such as ``findings.pain_now``.

    Raises:
        DocumentError: The data has faults; all of them are listed.

    Example:
        >>> read = record_from_dict({"record": "someone", "findings": {"pain_now": 7, "rf_fever": True}})
        >>> read.record.findings["rf_fever"][0].value
        ('yes',)
    """
    return _built(marked_data(plain_data(data)))


def record_from_row(
    row: Mapping[str, Any] | pandas.Series[Any],
    *,
    name: str = "row",
    recorded: dt.date | str | None = None,
    vocabulary: Vocabulary | None = None,
) -> ReadRecord:
    """Read a patient record from one row of a table.

    Args:
        row: A pandas Series or a mapping. Columns are named as findings; ``baclofen.status`` and the
            like become history, ``recorded`` is the day of the row. An empty cell means not asked.
            Several values stand in one cell with ``;`` or ``,`` between them, or as a list or set.
        name: Name of the record: small letters, digits and hyphens.
        recorded: Day on which the values were said, where the row has no such column; none: the
            day that is asked for.
        vocabulary: Which findings there are; none: those of the library.

    Returns:
        The record; ``other_columns`` lists the columns that are no findings.

    Raises:
        DocumentError: The row has faults; all of them are listed.

    Example:
        >>> read = record_from_row({"pain_now": 7, "baclofen.status": "now", "clinic": "North"})
        >>> read.other_columns, read.record.history.treatments[0].status
        (('clinic',), 'now')
    """
    data, others = row_data(row, name, recorded, vocabulary or vocabulary_of())
    return replace(_built(marked_data(plain_data(data))), other_columns=others)


def _from_content(content: str | bytes, file: str) -> ReadRecord:
    try:
        marked = read_yaml(_joined(content), file)
    except DocumentError as error:
        raise DocumentError([_for_records(each) for each in error.problems]) from None
    if marked.text.lstrip()[:1] == "{":
        marked.data = _without_nulls(marked)
    return _built(marked)


def _for_records(problem: Problem) -> Problem:
    """The reader of files gives advice about pathways; a record needs other advice."""
    if problem.message == _SECOND:
        return replace(problem, hint="one record a file: remove the line '---'")
    return replace(problem, hint=_HINTS.get(problem.code, problem.hint))


_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)


def _joined(content: str | bytes) -> str | bytes:
    """JSON writes a sign such as an emoji as two escapes, which YAML writes as one."""
    if isinstance(content, bytes):
        return _PAIR_BYTES.sub(lambda found: _one_escape(found).encode("ascii"), content)
    return _PAIR.sub(_one_escape, content)


_PAIR_BYTES = re.compile(_PAIR.pattern.encode("ascii"))


def _one_escape(found: re.Match[Any]) -> str:
    before, high, low = (
        each.decode("ascii") if isinstance(each, bytes) else each for each in found.groups()
    )
    code = 0x10000 + (int(high, 16) - 0xD800) * 0x400 + (int(low, 16) - 0xDC00)
    return f"{before}\\U{code:08x}"


def _without_nulls(marked: Marked) -> Any:
    """In JSON a plain ``null`` is no text, but no value."""

    def without(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {key: without(each, (*path, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [without(each, (*path, index)) for index, each in enumerate(value)]
        mark = marked.mark(path)
        is_null = value == "null" and marked.text[mark.start : mark.end] == "null"
        return None if is_null else value

    return without(marked.data, ())


def _built(marked: Marked) -> ReadRecord:
    long = written_out(marked)
    built = build(long, PatientRecord)
    problems = [
        replace(each, hint=each.hint.replace("'from_'", "'from'")) for each in built.problems
    ]
    if marked.text:
        problems += _undated(long)
    if problems or built.model is None:
        raise DocumentError(_ordered(problems, marked))
    return ReadRecord(built.model, built.marked)


def _undated(marked: RecordMarked) -> list[Problem]:
    """A file is read again years later: each of its values needs a day, for an old no to expire."""
    data = marked.data if isinstance(marked.data, dict) else {}
    findings = data.get("findings")
    if "recorded" in data or not isinstance(findings, dict):
        return []
    for name, series in findings.items():
        for index, each in enumerate(series or ()):
            if isinstance(each, dict) and "on" not in each:
                path = ("findings", str(name), index)
                return [
                    Problem(
                        "missing-key",
                        f"the file has no 'recorded', and '{name}' no day of its own",
                        "add 'recorded: ...', the day the values were said, such as 2026-11-20",
                        "recorded",
                        marked.place(path, key=True),
                    )
                ]
    return []


def _ordered(problems: Iterable[Problem], marked: Marked) -> list[Problem]:
    ordered = in_file_order(problems)
    if marked.text:
        return list(ordered)
    return [_without_place(each) for each in ordered]


def _without_place(problem: Problem) -> Problem:
    """Data of a program has no lines; its order was all the places were good for."""
    return replace(problem, place=None)
