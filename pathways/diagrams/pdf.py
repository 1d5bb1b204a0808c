"""A PDF without the date of its making, so that the same picture has the same bytes."""

from __future__ import annotations

import re

_DATE = re.compile(rb"/CreationDate \(D:[^)]*\)\s*")
_TABLE = re.compile(rb"(?P<head>xref\n\d+ \d+\n)(?P<entries>(?:\d{10} \d{5} [nf] \n)+)")
_START = re.compile(rb"startxref\n(\d+)\n")


def without_date(data: bytes) -> bytes:
    """Return a PDF with its date of creation taken out and its table of objects put right.

    A PDF that hides its date in a compressed stream stays as it is; those writers take the date from
    the environment (``SOURCE_DATE_EPOCH``).

    Args:
        data: A PDF with a plain cross-reference table, as cairo writes it.

    Source: ISO 32000-1:2008, sections 7.5.4 (cross-reference table) and 14.3.3 (information).
    """
    date, table, start = _DATE.search(data), _TABLE.search(data), _START.search(data)
    if date is None or table is None or start is None:
        return data
    taken = date.end() - date.start()

    def moved(offset: int) -> int:
        return offset - taken if offset > date.start() else offset

    entries = b"".join(
        b"%010d%s" % (moved(int(entry[:10])), entry[10:])
        for entry in table["entries"].splitlines(keepends=True)
    )
    tail = data[table.end() : start.start()] + b"startxref\n%d\n" % moved(int(start[1]))
    return (
        data[: date.start()]
        + data[date.end() : table.start()]
        + table["head"]
        + entries
        + tail
        + data[start.end() :]
    )
