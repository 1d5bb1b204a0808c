"""What is refused before there is any data: wrong encoding, forbidden characters, no YAML."""

from __future__ import annotations

from typing import Any

import yaml

from pathways.errors import DocumentError, Place, Problem
from pathways.model.words import FORBIDDEN_CHARACTER, character_name

MAX_BYTES = 2_000_000

_SYNTAX_HINTS = (
    ("mapping values are not allowed", "put a text that contains ': ' in quotes"),
    ("could not find expected ':'", "write 'key: value'; a text over several lines needs quotes"),
    (
        "expected ',' or",
        "close the bracket of line {line}, or put a text with , [ ] {{ }} in quotes",
    ),
    ("found a tab character", "indent with spaces, not with tabs"),
    ("did not find expected key", "check the indentation, or put the text in quotes"),
    ("did not find expected '-' indicator", "check the indentation of the list"),
    (
        "cannot start any token",
        "indent with spaces, and put a text that starts with % @ ` in quotes",
    ),
    ("unexpected end of stream", "a quote or bracket is not closed"),
    ("escape", "put the text in single quotes, or write \\\\ for a backslash"),
)
"""Part of a message of the YAML parser, and what to do about it; ``{line}``: where it began."""

# The parser sees only that a key has no colon; a tab in front of it is the likely cause.
_TAB_HINT = "indent with spaces, not with tabs"


def decoded(content: str | bytes, file: str) -> str:
    """Return the text of a file with LF at the ends of lines, or refuse it.

    Args:
        content: The text, or its bytes in UTF-8, with or without a byte order mark.
        file: Name of the file, for messages.

    Raises:
        DocumentError: It is too large, no UTF-8, or has a character that no file may have.
    """
    if len(content) > MAX_BYTES:
        raise DocumentError(
            [
                Problem(
                    "file-too-large",
                    f"the file has more than {MAX_BYTES:,} bytes",
                    "split it into several pathways",
                    place=Place(file, 1, 1),
                )
            ]
        )
    text = content if isinstance(content, str) else _utf8(content, file)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = FORBIDDEN_CHARACTER.search(text)
    if found:
        raise DocumentError(
            [
                Problem(
                    "control-character",
                    f"the character {character_name(found.group())} cannot be in a file",
                    "remove it",
                    place=place_of_index(text, found.start(), file),
                )
            ]
        )
    return text


def _utf8(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8").replace("\r\n", "\n")
        place = place_of_index(readable, len(readable), file)
        raise DocumentError(
            [
                Problem(
                    "not-utf8",
                    f"byte 0x{content[error.start]:02x} is no UTF-8 text",
                    "save the file as UTF-8",
                    place=place,
                )
            ]
        ) from None


def place_of_index(text: str, index: int, file: str) -> Place:
    r"""Return line and column of a position in a text.

    Args:
        text: The whole text, with LF at the ends of lines.
        index: Number of characters before the position.
        file: Name of the file.

    Example:
        >>> str(place_of_index("a: b\nc: d", 8, "x.yaml"))
        'x.yaml:2:4'
    """
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """Return what the YAML parser found, as a problem with its place.

    Args:
        error: What the parser raised.
        text: The text it read.
        file: Name of the file.
    """
    what = " ".join(part for part in (error.context, error.problem) if part) or "not readable"
    if "maximum nesting depth" in what:
        return _too_deep(error, text, file)
    hint = next(
        (hint for sign, hint in _SYNTAX_HINTS if sign in what), "check quotes and indentation"
    )
    unclosed = "unexpected end of stream" in what or "found unexpected document indicator" in what
    mark: Any = error.context_mark if unclosed and error.context_mark else error.problem_mark
    place = place_of_index(text, mark.index, file) if mark else Place(file, 1, 1)
    opened = place_of_index(text, error.context_mark.index, file) if error.context_mark else place
    hint = hint.format(line=opened.line)
    if _begins_with_tab(text, place.line):
        hint = _TAB_HINT
    return Problem("yaml-syntax", f"this is no YAML: {what}", hint, place=place)


def _too_deep(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """Newer parsers count levels themselves; before ours are counted."""
    place = place_of_index(text, error.problem_mark.index, file) if error.problem_mark else None
    return Problem(
        "too-deep",
        "far too many levels lie inside each other",
        "put fewer brackets or braces inside each other",
        place=place or Place(file, 1, 1),
    )


def _begins_with_tab(text: str, line: int) -> bool:
    lines = text.splitlines()
    return any("\t" in _indentation(each) for each in lines[max(0, line - 2) : line])


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
