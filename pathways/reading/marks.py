"""YAML text to plain data, with the place of every value, and nothing read into it.

Every scalar stays the text it was: ``on``, ``no``, ``010`` and ``12:30:00`` are what the author
wrote. Duplicate keys are problems, not silent losses. What is huge, deep or full of aliases is
refused before it costs anything.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from pathways.errors import DocumentError, Place, Problem
from pathways.model.words import forbidden_character
from pathways.reading.scalars import offset_in_source
from pathways.reading.syntax import decoded, place_of_index, syntax_problem

MAX_DEPTH = 40
MAX_VALUES = 200_000

Path = tuple[str | int, ...]

# libyaml and the pure parser disagree on a few texts, so the choice is made once, here: libyaml
# wherever the wheel of PyYAML has it, which is every common platform.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one value stands.

    Args:
        line: Line of the value, from 1.
        column: Column of the value, from 1.
        key_line: Line of its key, or of the value for items of a list.
        key_column: Column of its key.
        start: Position of the value in the text of the file, from 0.
        end: Position behind it; the same as ``start`` for lists, keys with values and aliases.
    """

    line: int
    column: int
    key_line: int
    key_column: int
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Marked:
    """Plain data of one file, with the place of every part of it.

    Args:
        file: Name of the file, for messages.
        data: Dictionaries, lists and texts; ``None`` for an empty value.
        marks: Place of each value by its path.
        problems: Duplicate keys and other faults found while reading.
        text: The text of the file.
        gone: For each list that lost faulty items, their positions in the file, sorted; see
            :meth:`original`.
    """

    file: str
    data: Any
    marks: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    gone: dict[Path, list[int]] = field(default_factory=dict)

    def original(self, path: Path) -> Path:
        """Return the path in the file of a path in what is left after faulty parts were taken out."""
        return original_path(path, self.gone)

    def existing(self, path: Path) -> Path:
        """Return a path, or that of the nearest part around it that is in the file."""
        path = self.original(path)
        while path and path not in self.marks:
            path = path[:-1]
        return path

    def mark(self, path: Path) -> Mark:
        """Return the mark of a path, or of the nearest part around it."""
        return self.marks.get(self.existing(path)) or Mark(1, 1, 1, 1)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of a value, or of its key."""
        mark = self.mark(path)
        if key:
            return Place(self.file, mark.key_line, mark.key_column)
        return Place(self.file, mark.line, mark.column)

    def place_inside(self, path: Path, line: int, column: int) -> Place:
        """Return the place of a column inside the text of a value.

        Args:
            path: Path of the value.
            line: Line within the text, from 1.
            column: Column within that line, from 1; on line 1 it may count on through all lines.

        Returns:
            The very character in the file, whether the text is plain, quoted or folded over several
            lines; the place of the value where that cannot be told.
        """
        mark = self.mark(path)
        value = self._value(self.existing(path))
        if not isinstance(value, str) or mark.end == mark.start:
            return Place(self.file, mark.line, mark.column)
        before = sum(len(each) + 1 for each in value.split("\n")[: line - 1])
        inside = offset_in_source(self.text[mark.start : mark.end], value, before + column - 1)
        if inside is None:
            return Place(self.file, mark.line, mark.column)
        return place_of_index(self.text, mark.start + inside, self.file)

    def _value(self, path: Path) -> Any:
        at = self.data
        for part in path:
            at = at[part]
        return at


def original_path(path: Path, gone: Mapping[Path, Sequence[int]]) -> Path:
    """Return the path a value had before items of lists were taken out.

    Args:
        path: Path in what is left.
        gone: For each list, by its original path, the positions that are gone, sorted.

    Example:
        >>> original_path(("next", 1), {("next",): [0, 1]})
        ('next', 3)
    """
    if not gone:
        return path
    found: Path = ()
    for part in path:
        if isinstance(part, int):
            for position in gone.get(found, ()):
                if position <= part:
                    part += 1  # noqa: PLW2901 - each gone item before it moves it by one
        found = (*found, part)
    return found


def words_of(path: Path) -> str:
    """Return a path in words of the file: ``states.review.next[1].when``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_yaml(content: str | bytes, file: str) -> Marked:
    """Read YAML text into plain data with marks.

    Args:
        content: The text, or its bytes in UTF-8.
        file: Name of the file, for messages.

    Returns:
        The data; duplicate keys are in ``problems`` and only their first value is kept.

    Raises:
        DocumentError: The text is no YAML, or is too large, too deep or full of aliases.

    Example:
        >>> read_yaml("on: no", "x.yaml").data
        {'on': 'no'}
    """
    text = decoded(content, file)
    builder = _Builder(Marked(file, None, text=text))
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise DocumentError([syntax_problem(error, text, file)]) from None
    if builder.marked.data is None:
        raise DocumentError(
            [
                Problem(
                    "empty-file",
                    "the file is empty",
                    "'pathways new' writes a file to start from",
                    place=Place(file, 1, 1),
                )
            ]
        )
    return builder.marked


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    data: dict[str, Any] | list[Any]
    path: Path
    anchor: str | None
    values_before: int
    key: Any = None
    ignored: bool = False
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A value that aliases may repeat: how many values it holds, how many levels it is deep."""

    data: Any
    values: int
    height: int


class _Builder:
    """Turns parser events into plain data, counting as it goes.

    Events, not the composed tree: libyaml composes by recursion, and a file of a million brackets
    would end the whole process.
    """

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.values = 0
        self.documents = 0
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Anchored] = {}
        self.unfinished: set[str] = set()

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.ScalarEvent):
            value = None if event.value == "" and not event.style else event.value
            self._refuse_tag(event)
            self._add(event, value, scalar=True)
            if event.anchor:
                self.anchors[event.anchor] = _Anchored(value, 1, 0)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_tag(event)
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:60]
            self._add_problem(
                "yaml-tag",
                f"the tag '{tag}' has no meaning here",
                "remove it; a text that starts with ! needs quotes",
                event,
            )

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise DocumentError(
                [
                    Problem(
                        "yaml-syntax",
                        "this is no YAML: a second document begins here",
                        "one pathway a file: remove the line '---'",
                        place=self._place(event),
                    )
                ]
            )

    def _open(self, event: Any) -> None:
        data: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        before = self.values
        path, ignored = self._add(event, data, scalar=False)
        self._refuse_depth(event, 1)
        self.stack.append(_Open(data, path, event.anchor, before, ignored=ignored))
        if event.anchor:
            self.unfinished.add(event.anchor)

    def _close(self) -> None:
        done = self.stack.pop()
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, done.height + 1)
        if done.anchor:
            self.unfinished.discard(done.anchor)
            values = self.values - done.values_before
            self.anchors[done.anchor] = _Anchored(done.data, values, done.height)

    def _refuse_depth(self, event: Any, more: int) -> None:
        if len(self.stack) + more > MAX_DEPTH:
            self._refuse(
                event,
                "too-deep",
                f"more than {MAX_DEPTH} levels lie inside each other",
                "a pathway needs about 8",
            )

    def _alias(self, event: Any) -> None:
        if event.anchor in self.unfinished:
            self._refuse(event, "circular-alias", "an alias contains itself", "write the value out")
        if event.anchor not in self.anchors:
            self._refuse(
                event,
                "yaml-syntax",
                f"this is no YAML: no anchor '&{event.anchor}' before it",
                "put a text that starts with * in quotes",
            )
        anchored = self.anchors[event.anchor]
        self._count(event, anchored.values - 1)
        self._refuse_depth(event, anchored.height)
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, anchored.height + 1)
        self._add(event, copy.deepcopy(anchored.data), scalar=False)

    def _count(self, event: Any, values: int) -> None:
        self.values += values
        if self.values > MAX_VALUES:
            self._refuse(
                event,
                "too-many-values",
                f"the file has more than {MAX_VALUES:,} values, counting every alias in full",
                "write less, or without aliases",
            )

    def _add(self, event: Any, value: Any, *, scalar: bool) -> tuple[Path, bool]:
        """Put a value where it belongs; return its path and whether it is only read past."""
        self._count(event, 1)
        if not self.stack:
            self.marked.data = value
            self.marked.marks[()] = _mark(event, None, scalar=scalar)
            return (), False
        parent = self.stack[-1]
        if parent.ignored:
            return parent.path, True
        if isinstance(parent.data, list):
            path = (*parent.path, len(parent.data))
            parent.data.append(value)
            self.marked.marks[path] = _mark(event, None, scalar=scalar)
            return path, False
        if parent.key is None:
            return self._take_key(parent, event, value, scalar=scalar)
        key_event, parent.key = parent.key, None
        if key_event is _NO_KEY:
            return parent.path, True
        path = (*parent.path, key_event.value)
        parent.data[key_event.value] = value
        self.marked.marks[path] = _mark(event, key_event, scalar=scalar)
        return path, False

    def _take_key(
        self, parent: _Open, event: Any, value: Any, *, scalar: bool
    ) -> tuple[Path, bool]:
        """A key must be a plain name that was not given before; else its value is read past."""
        assert isinstance(parent.data, dict)
        parent.key = _NO_KEY
        if not scalar or value is None:
            self._add_problem("bad-key", "a key must be a plain name", "write 'name: value'", event)
            return parent.path, True
        forbidden = forbidden_character(value)
        if forbidden:
            self._add_problem(
                "control-character", f"a key has the character {forbidden}", "remove it", event
            )
            return parent.path, False
        if value == "<<":
            self._add_problem(
                "merge-key",
                "'<<' does not merge anything here",
                "write the keys out, so that a reader sees them",
                event,
            )
            return parent.path, False
        if value in parent.data:
            first = self.marked.mark((*parent.path, value))
            self._add_problem(
                "duplicate-key",
                f"'{value}' is given twice",
                f"the first is in line {first.key_line}; keep one",
                event,
            )
            return parent.path, False
        parent.key = event
        return parent.path, False

    def _place(self, event: Any) -> Place:
        return Place(self.marked.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        raise DocumentError([Problem(code, message, hint, place=self._place(event))])

    def _add_problem(self, code: str, message: str, hint: str, event: Any) -> None:
        self.marked.problems.append(Problem(code, message, hint, place=self._place(event)))


_NO_KEY: Any = object()
"""Stands for a key whose value is read past."""


def _mark(event: Any, key: Any, *, scalar: bool) -> Mark:
    start, end = event.start_mark, event.end_mark
    named = (key or event).start_mark
    return Mark(
        start.line + 1,
        start.column + 1,
        named.line + 1,
        named.column + 1,
        start.index,
        end.index if scalar else start.index,
    )


def each_path(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value of plain data with its path, parents first.

    Args:
        data: Dictionaries, lists and texts.
        path: Path of the data itself.
    """
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from each_path(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from each_path(value, (*path, index))
