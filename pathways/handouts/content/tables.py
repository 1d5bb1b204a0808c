"""Tables of a handout; entry by entry where the type is so large that columns would be too narrow."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.handouts.blocks import (
    Block,
    Paragraph,
    Run,
    Section,
    Table,
    words_in,
)

WITHOUT_COLUMNS = "large-print"
"""The profile of a handout whose lines hold too few letters for more than one column."""


def as_read(table: Table, profile: str, key: str) -> Block:
    """Return a table as readers of a profile can read it.

    Args:
        table: The table.
        profile: ``standard``, ``clear-print`` or ``large-print``.
        key: Name of the section that takes its place in large print.

    Returns:
        The table; in large print a section with an entry for each row: its first cell, then the others
        each behind the heading of its column.

    Example:
        >>> from pathways.handouts.blocks import text_of
        >>> rows = ((text_of("Age"), text_of("50"), text_of("65")),)
        >>> table = Table("Thresholds", ("What", "Used", "Others"), rows, (0.4, 0.3, 0.3))
        >>> as_read(table, "clear-print", "thresholds") is table
        True
        >>> as_read(table, "large-print", "thresholds").blocks[0].texts
        ('Age Used: 50. Others: 65.',)
    """
    if profile != WITHOUT_COLUMNS:
        return table
    return Section(key, table.caption, tuple(_entries(table)))


def _entries(table: Table) -> Iterator[Block]:
    for first, *others in table.rows:
        line = [Run(words_in(first), strong=True)]
        for head, cell in zip(table.head[1:], others, strict=True):
            line += (Run(f" {head}: ", strong=True), Run(f"{words_in(cell).rstrip('.')}."))
        yield Paragraph(tuple(line))
