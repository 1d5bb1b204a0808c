"""YAML text to plain data, with the place of every value, and nothing read into it.

Every scalar stays the text it was: ``on``, ``no``, ``010`` and ``12:30:00`` are what the author
wrote. Duplicate keys are problems, not silent losses. What is huge, deep or full of aliases is
refused before it costs anything.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from pathways.errors import DocumentError, Place, Problem

MAX_BYTES = 2_000_000
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
        inner: Offset from ``column`` to the text itself (1 inside quotes), or None when the text
            spans lines, so that columns inside it cannot be told.
    """

    line: int
    column: int
    key_line: int
    key_column: int
    inner: int | None = None


@dataclass(slots=True)
class Marked:
    """Plain data of one file, with the place of every part of it.

    Args:
        file: Name of the file, for messages.
        data: Dictionaries, lists and texts; ``None`` for an empty value.
        marks: Place of each value by its path.
        problems: Duplicate keys and other faults found while reading.
    """

    file: str
    data: Any
    marks: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, path: Path) -> Mark:
        """Return the mark of a path, or of the nearest part around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path) or Mark(1, 1, 1, 1)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of a value, or of its key."""
        mark = self.mark(path)
        if key:
            return Place(self.file, mark.key_line, mark.key_column)
        return Place(self.file, mark.line, mark.column)

    def place_inside(self, path: Path, line: int, column: int) -> Place:
        """Return the place of a column inside the text of a value, as exactly as it can be told.

        Args:
            path: Path of the value.
            line: Line within the text, from 1.
            column: Column within that line, from 1.
        """
        mark = self.mark(path)
        if mark.inner is None or line != 1:
            return Place(self.file, mark.line, mark.column)
        return Place(self.file, mark.line, mark.column + mark.inner + column - 1)


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
    text = _text(content, file)
    builder = _Builder(Marked(file, None))
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise DocumentError([_syntax_problem(error, text, file)]) from None
    except yaml.reader.ReaderError as error:
        raise DocumentError([_character_problem(error, text, file)]) from None
    if builder.marked.data is None:
        raise DocumentError(
            [Problem("empty-file", "the file is empty", "'pathways new' writes a file to start from",
                     place=Place(file, 1, 1))]
        )
    return builder.marked


def _text(content: str | bytes, file: str) -> str:
    """Decode and refuse what is too large."""
    size = len(content)
    if size > MAX_BYTES:
        raise DocumentError(
            [Problem("file-too-large", f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
                     "split it into several pathways", place=Place(file, 1, 1))]
        )
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise DocumentError(
            [Problem("not-utf8", f"byte 0x{content[error.start]:02x} is no UTF-8 text",
                     "save the file as UTF-8", place=Place(file, line, column))]
        ) from None


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    data: dict[str, Any] | list[Any]
    path: Path
    anchor: str | None
    values_before: int
    key: Any = None
    ignored: bool = False


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
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.unfinished: set[str] = set()

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.ScalarEvent):
            value = None if event.value == "" and not event.style else event.value
            self._add(event, value, scalar=True)
            if event.anchor:
                self.anchors[event.anchor] = (value, 1)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise DocumentError(
                [Problem("yaml-syntax", "this is no YAML: a second document begins here",
                         "one pathway a file: remove the line '---'", place=self._place(event))]
            )

    def _open(self, event: Any) -> None:
        data: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        before = self.values
        path, ignored = self._add(event, data, scalar=False)
        if len(self.stack) >= MAX_DEPTH:
            raise DocumentError([_too_deep(self._place(event))])
        self.stack.append(_Open(data, path, event.anchor, before, ignored=ignored))
        if event.anchor:
            self.unfinished.add(event.anchor)

    def _close(self) -> None:
        done = self.stack.pop()
        if done.anchor:
            self.unfinished.discard(done.anchor)
            self.anchors[done.anchor] = (done.data, self.values - done.values_before)

    def _alias(self, event: Any) -> None:
        if event.anchor in self.unfinished:
            self._refuse(event, "circular-alias", "an alias contains itself", "write the value out")
        if event.anchor not in self.anchors:
            self._refuse(event, "yaml-syntax", f"this is no YAML: no anchor '&{event.anchor}' before it",
                         "put a text that starts with * in quotes")
        data, values = self.anchors[event.anchor]
        self._count(event, values - 1)
        self._add(event, copy.deepcopy(data), scalar=False)

    def _count(self, event: Any, values: int) -> None:
        self.values += values
        if self.values > MAX_VALUES:
            self._refuse(event, "too-many-values", f"the file has more than {MAX_VALUES:,} values, "
                         "counting every alias in full", "write less, or without aliases")

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
        if value in parent.data:
            first = self.marked.marks[(*parent.path, value)]
            self._add_problem("duplicate-key", f"'{value}' is given twice",
                              f"the first is in line {first.key_line}; keep one", event)
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
    inner: int | None = None
    if scalar and start.line == end.line and event.style not in ("|", ">"):
        inner = 1 if event.style in ("'", '"') else 0
    return Mark(start.line + 1, start.column + 1, named.line + 1, named.column + 1, inner)


def _too_deep(place: Place) -> Problem:
    return Problem("too-deep", f"more than {MAX_DEPTH} levels lie inside each other",
                   "a pathway needs about 8", place=place)


_SYNTAX_HINTS = (
    ("mapping values are not allowed", "put a text that contains ': ' in quotes"),
    ("could not find expected ':'", "write 'key: value'; a text over several lines needs quotes"),
    ("did not find expected ',' or", "close the bracket, or put a text with , [ ] { } in quotes"),
    ("did not find expected key", "check the indentation, or put the text in quotes"),
    ("did not find expected '-' indicator", "check the indentation of the list"),
    ("cannot start any token", "indent with spaces, and put a text that starts with % @ ` in quotes"),
    ("unexpected end of stream", "a quote or bracket is not closed"),
)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    what = " ".join(part for part in (error.context, error.problem) if part) or "not readable"
    hint = next((hint for sign, hint in _SYNTAX_HINTS if sign in what), "check quotes and indentation")
    unclosed = "unexpected end of stream" in what
    mark = error.context_mark if unclosed and error.context_mark else error.problem_mark
    lines = text.splitlines() or [""]
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = min(mark.column, len(lines[line])) if mark else 0
    return Problem("yaml-syntax", f"this is no YAML: {what}", hint, place=Place(file, line + 1, column + 1))


def _character_problem(error: yaml.reader.ReaderError, text: str, file: str) -> Problem:
    """libyaml counts bytes, the pure parser characters: look the character up ourselves."""
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(line, start=1):
            if not yaml.reader.Reader.NON_PRINTABLE.match(character):
                continue
            return Problem(
                "control-character", f"the character U+{ord(character):04X} cannot be in a file",
                "remove it", place=Place(file, number, column),
            )
    return Problem("control-character", str(error.reason), "remove the character", place=Place(file, 1, 1))


def each_path(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value of plain data with its path, parents first."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from each_path(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from each_path(value, (*path, index))
