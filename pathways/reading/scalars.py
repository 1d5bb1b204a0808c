"""Where a character of a value stands in the text of the file.

A value is not what the file says letter by letter: quotes go, escapes are read, lines are folded into
spaces. What is left unchanged is the sequence of characters that are no white space, so both are
walked side by side.
"""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s*")
_SPACE_IN_DOUBLE_QUOTES = re.compile(r"(?:\s|\\[nrt \n\r])*")
_PLAIN_ESCAPES = '"\\/'


def offset_in_source(source: str, value: str, offset: int) -> int | None:
    """Return where in the source of a scalar one character of its value stands.

    Args:
        source: The scalar as the file has it, with its quotes or the header of its block.
        value: The text that was read from it.
        offset: Position in the value; its length means the position behind its last character.

    Returns:
        Position in the source, or None when it cannot be told, as after an escape by number.

    Example:
        >>> offset_in_source("'it''s here'", "it's here", 5)
        7
    """
    quote = source[:1] if source[:1] in ("'", '"') else ""
    space = _SPACE_IN_DOUBLE_QUOTES if quote == '"' else _SPACE
    at = _begin(source, quote)
    for position, character in enumerate(value[: offset + 1]):
        if character.isspace():
            continue
        here = _skip(space, source, at)
        read, length = _character(source, here, quote)
        if read != character:
            return None
        if position == offset:
            return here
        at = here + length
    return at


def _begin(source: str, quote: str) -> int:
    """Return where the text itself begins: behind a quote, or behind the header of a block."""
    if quote:
        return 1
    if source[:1] in ("|", ">"):
        return source.find("\n") + 1
    return 0


def _skip(space: re.Pattern[str], source: str, at: int) -> int:
    found = space.match(source, at)
    return found.end() if found else at


def _character(source: str, at: int, quote: str) -> tuple[str, int]:
    """Return the character at a position, with the escapes a condition can need, and its length."""
    pair = source[at : at + 2]
    if quote == "'" and pair == "''":
        return "'", 2
    if quote == '"' and pair[:1] == "\\":
        return (pair[1:], 2) if pair[1:] in _PLAIN_ESCAPES else ("", 0)
    return pair[:1], 1
