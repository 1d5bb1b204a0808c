"""Text to tokens: the words, numbers and signs of a condition, each with its place.

A character or word that cannot stand in a condition becomes one last token that carries the
problem, so that the parser reports whatever comes first in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from pathways.conditions.nodes import ClassStatus, Span
from pathways.conditions.quantities import MOST_DIGITS
from pathways.errors import Place, Problem

STATUS_WORDS: frozenset[str] = frozenset(get_args(ClassStatus))
"""Words of the language that may be values: they are read as such behind a comparison."""

KEYWORDS = STATUS_WORDS | frozenset(
    {"and", "or", "not", "in", "has", "any", "at_least", "count_now", "else"}
)
"""Words with a meaning of their own; no finding, definition or class may bear one."""

LONGEST_TEXT = 4000

TokenKind = Literal["name", "keyword", "unit", "number", "operator", "mark", "end", "invalid"]

_SPACE = re.compile(r"[ \t\r\n]+")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_NUMBER = re.compile(r"[0-9][A-Za-z0-9_.]*")
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
_PLAIN_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_UNIT = re.compile(r"[A-Za-z]+")

_SIGN = re.compile(r"[!=]==|&&|\|\||<>|=>|=<|[=!<>]=|[-<>()\[\],%&|!='\"`+*/.]")
_OPERATORS = frozenset({"==", "!=", "<", "<=", ">", ">="})
# Signs people bring along from other languages, with what to write instead.
_FOREIGN_SIGNS = {
    "===": "write ==",
    "!==": "write !=",
    "&&": "write and",
    "||": "write or",
    "<>": "write !=",
    "=>": "write >=",
    "=<": "write <=",
    "&": "write and",
    "|": "write or",
    "!": "write not",
    "=": "write ==",
    "'": "write values without quotes",
    '"': "write values without quotes",
    "`": "write values without quotes",
    "+": "conditions do not calculate; declare a derived finding",
    "*": "conditions do not calculate; declare a derived finding",
    "/": "conditions do not calculate; declare a derived finding",
    ".": "write a number with a digit before the point, such as 0.5",
}
_CHARACTER_HINTS = {
    "\u2265": "write >=",
    "\u2264": "write <=",
    "\u2260": "write !=",
    "\u2212": "write - for minus",
    "\u2013": "write - for minus",
    "\u00a0": "write an ordinary space",
    "\u2018": "write values without quotes",
    "\u2019": "write values without quotes",
    "\u201c": "write values without quotes",
    "\u201d": "write values without quotes",
}
KNOWING = "a condition never asks whether something is known"
"""What to say to those who ask for it."""

# Signs of units such as kg/m2; a unit in a condition is one plain word.
_SIGNS_IN_UNITS = frozenset("/^*\u00b0\u00b2\u00b3\u00b5\u00b7\u03bc")
_NO_UNIT = "leave the unit out; the number is in the unit of the finding"
_WORD_HINTS = {
    "None": KNOWING,
    "Null": KNOWING,
    "NULL": KNOWING,
    "True": "write yes",
    "TRUE": "write yes",
    "False": "write no",
    "FALSE": "write no",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign.

    Args:
        kind: ``mark`` is a bracket, comma, minus or percent sign; ``end`` stands after the last
            token; ``invalid`` carries a problem.
        text: The characters as written.
        span: Where they stand.
        problem: What is wrong, for ``invalid`` only.
    """

    kind: TokenKind
    text: str
    span: Span
    problem: Problem | None = None


def place_at(text: str, offset: int) -> Place:
    """Return the line and column of a position in a condition.

    Args:
        text: The whole condition.
        offset: Number of characters before the position.

    Returns:
        A place without a file; line and column count from 1 within the condition.

    Example:
        >>> place_at("fever", 2).column
        3
    """
    before = text[:offset]
    return Place("", before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def pointer(text: str, column: int, line: int = 1, width: int = 76) -> str:
    """Return one line of a condition with a caret under one of its columns.

    Args:
        text: The whole condition.
        column: Column to point at, from 1.
        line: Line of the condition, from 1.
        width: Most characters to show; a longer line is cut on both sides of the column.

    Returns:
        Two lines of text. Characters that cannot be printed are shown as ``?``.

    Example:
        >>> print(pointer("fever && cough", 7))
        fever && cough
              ^
    """
    lines = text.split("\n")
    shown = lines[min(line, len(lines)) - 1]
    shown = "".join(
        [each if each.isprintable() else " " if each in "\t\r" else "?" for each in shown]
    )
    start = max(0, min(column - 1 - width // 2, len(shown) - width))
    return f"{shown[start : start + width]}\n{' ' * (column - 1 - start)}^"


def tokens(text: str) -> list[Token]:
    """Cut a condition into tokens.

    Args:
        text: A condition.

    Returns:
        The tokens in order. The last one is of kind ``end``, or of kind ``invalid`` where the
        text cannot be read any further.

    Example:
        >>> [token.text for token in tokens("weeks >= 12")]
        ['weeks', '>=', '12', '']
    """
    found: list[Token] = []
    offset = 0
    end = 0
    while offset < len(text):
        space = _SPACE.match(text, offset)
        if space:
            offset = space.end()
            continue
        token = _token(text, offset, found)
        found.append(token)
        if token.kind == "invalid":
            return found
        offset = end = token.span.end
    found.append(Token("end", "", Span(end, end)))
    return found


def _token(text: str, offset: int, before: list[Token]) -> Token:
    """Return the token that begins at a position that is no space."""
    word = _WORD.match(text, offset)
    if word:
        return _word(text, Span(offset, word.end()), before)
    number = _NUMBER.match(text, offset)
    if number:
        return _number(text, Span(offset, number.end()))
    return _sign(text, offset, before)


def _word(text: str, span: Span, before: list[Token]) -> Token:
    word = text[span.start : span.end]
    if _NAME.fullmatch(word):
        return Token("keyword" if word in KEYWORDS else "name", word, span)
    after_number = bool(before) and before[-1].kind == "number"
    lower = word.lower()
    if after_number and _UNIT.fullmatch(word) and lower not in KEYWORDS:
        return Token("unit", word, span)
    if word in _WORD_HINTS:
        hint = _WORD_HINTS[word]
    elif word != lower and _NAME.fullmatch(lower):
        hint = f"write '{lower}' in lower case"
    elif word.count(".") > 1:
        hint = "a name has at most one dot, as in baclofen.status"
    else:
        hint = "names have lower-case letters, digits and _, and begin with a letter"
    return _invalid("condition-syntax", f"'{clipped(word)}' is not a name", hint, text, span)


def _number(text: str, span: Span) -> Token:
    word = text[span.start : span.end]
    message = f"'{clipped(word)}' is not a number"
    if not _PLAIN_NUMBER.fullmatch(word):
        digits = re.match(r"[0-9.]*", word)
        number = digits.group() if digits else ""
        rest = word[len(number) :]
        if _PLAIN_NUMBER.fullmatch(number) and _UNIT.fullmatch(rest) and len(number) <= MOST_DIGITS:
            hint = f"write a space before the unit: {number} {clipped(rest)}"
            if text[span.end : span.end + 1] in _SIGNS_IN_UNITS and span.end < len(text):
                hint = _NO_UNIT
        else:
            hint = "write it in plain digits, such as 12 or 0.5"
        return _invalid("condition-syntax", message, hint, text, span)
    if len(word.replace(".", "")) > MOST_DIGITS:
        hint = f"a number has at most {MOST_DIGITS} digits"
        return _invalid("condition-syntax", message, hint, text, span)
    return Token("number", word, span)


def _sign(text: str, offset: int, before: list[Token]) -> Token:
    match = _SIGN.match(text, offset)
    if match is None:
        return _character(text, offset, before)
    sign = match.group()
    span = Span(offset, match.end())
    if sign in _FOREIGN_SIGNS:
        message = f"{sign} has no meaning in a condition"
        hint = _NO_UNIT if _is_in_unit(text, offset, before) else _FOREIGN_SIGNS[sign]
        return _invalid("condition-syntax", message, hint, text, span)
    return Token("operator" if sign in _OPERATORS else "mark", sign, span)


def _is_in_unit(text: str, offset: int, before: list[Token]) -> bool:
    """Return whether a sign belongs to a unit no condition can hold: kg/m2, /min, m^2."""
    last = before[-1:] and before[-1]
    if not last or text[offset] not in _SIGNS_IN_UNITS:
        return False
    if last.kind == "number":
        return text[offset + 1 : offset + 2].isalpha()
    after_number = len(before) > 1 and before[-2].kind == "number"
    return after_number and last.kind in ("name", "unit") and last.span.end == offset


def _character(text: str, offset: int, before: list[Token]) -> Token:
    character = text[offset]
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    hint = _CHARACTER_HINTS.get(character, "")
    if character.isascii() and character.isprintable():
        message = f"character {character} has no meaning in a condition"
    else:
        message = f"character {code}{f' ({name})' if name else ''} has no meaning in a condition"
        letter = unicodedata.category(character).startswith(("L", "N"))
        hint = hint or ("write plain letters a to z and digits" if letter else "take it out")
    if _is_in_unit(text, offset, before):
        hint = _NO_UNIT
    return _invalid("condition-character", message, hint, text, Span(offset, offset + 1))


def _invalid(code: str, message: str, hint: str, text: str, span: Span) -> Token:
    problem = Problem(code, message, hint, place=place_at(text, span.start))
    return Token("invalid", text[span.start : span.end], span, problem)


def clipped(word: str, most: int = 40) -> str:
    """Return a word as it may stand in a message: not longer than a line.

    Args:
        word: Any text.
        most: Most characters to keep.

    Example:
        >>> clipped("abcdefgh", most=5)
        'ab...'
    """
    return word if len(word) <= most else f"{word[: most - 3]}..."
