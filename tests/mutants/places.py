"""What stands at a place of a file, read with PyYAML alone: a second opinion on where a problem points."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from pathways.errors import Place

Position = tuple[int, int]
"""Line and column, both from 0, as PyYAML counts."""

_BETWEEN_PARTS = re.compile(r"\b(?:and|or|while|unless)\b|[()]")


def names_at(text: str, place: Place) -> frozenset[str]:
    """Return the names of the elements around a place, and the words of the part of a condition there.

    Args:
        text: The file.
        place: Where a problem points to.
    """
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    column = place.column - 1
    line = text.splitlines()[place.line - 1]
    return frozenset({*_around(root, (place.line - 1, column)), *_words_at(line, column)})


def _around(node: yaml.Node | None, at: Position) -> Iterator[str]:
    """Yield the keys that lead to a position; of keys that stand twice, the one that is there."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if _position(key.start_mark) <= at < _position(value.end_mark):
                yield key.value
                yield from _around(value, at)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if _position(item.start_mark) <= at < _position(item.end_mark):
                yield from _around(item, at)


def _position(mark: yaml.Mark) -> Position:
    return mark.line, mark.column


def _words_at(line: str, column: int) -> list[str]:
    """Return the words of the comparison that a column is in: a number alone names no finding."""
    breaks = [each.span() for each in _BETWEEN_PARTS.finditer(line)]
    begin = max((end for _, end in breaks if end <= column), default=0)
    end = min((start for start, _ in breaks if start >= column), default=len(line))
    return re.findall(r"[\w.-]+", line[begin:end])
