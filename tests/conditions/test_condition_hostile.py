"""Texts made to do harm: each is refused with a located error, and quickly."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.conditions import Scope, check, parse, pointer, unparse
from pathways.conditions.nodes import Not
from pathways.conditions.walk import nodes
from pathways.errors import ConditionError

HOSTILE = {
    "brackets": "(" * 10_000,
    "brackets within the length": "(" * 3_999,
    "closed brackets": "(" * 1_500 + "a" + ")" * 1_500,
    "nots": "not " * 900 + "a",
    "at_least inside at_least": "at_least(1, " * 300,
    "a million words": "a and " * 1_000_000,
    "one long word": "a" * 3_999 + "A",
    "one long number": "x > " + "9" * 3_900,
    "exponent": "x > 1e999",
    "exponent with sign": "x > 1e+999999999",
    "import": "__import__('os').system('true')",
    "lambda": "lambda: 1",
    "attributes": "a.b.c.d.e",
    "dunder": "().__class__.__bases__[0]",
    "format": "{a.__init__}",
    "f-string": "f'{a}'",
    "walrus": "(a := 1)",
    "comment": "a # and b",
    "semicolon": "a; b",
    "null": "a\x00b",
    "escape": "a\x1b[2J",
    "right to left": "a \u202e b",
    "arabic digits": "x > \u0661\u0662",
    "fullwidth digits": "x > \uff11\uff12",
    "superscript": "x > 2\u00b2",
    "long s": "i\u017f known",
    "cyrillic a": "\u0430 and b",
    "combining": "a\u0301 and b",
    "surrogate": "a \ud800 b",
    "emoji": "a \U0001f600 b",
    "line separator": "a \u2028 and b",
    "form feed": "a \x0c and b",
    "javascript": "javascript:alert(1)",
    "html": "<script>alert(1)</script>",
    "yaml tag": "!!python/object:os.system x",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)
    [problem] = caught.value.problems
    assert problem.place is not None
    assert 1 <= problem.place.column <= len(text) + 1
    assert problem.code in {"condition-syntax", "condition-character", "condition-too-long"}
    assert len(problem.message) < 200
    shown = problem.message + problem.hint + pointer(text, problem.place.column, problem.place.line)
    assert all(character.isprintable() or character == "\n" for character in shown)


@settings(derandomize=True, database=None, deadline=None, max_examples=500)
@given(st.text(st.sampled_from("ab12 .,()[]<>=!andornt%-\n\t\u00e9\x00'"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except ConditionError as error:
        [problem] = error.problems
        assert problem.place is not None
        lines = text.split("\n")
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    else:
        assert parse(unparse(tree)) == tree


def test_limits_are_where_they_are_said_to_be() -> None:
    assert isinstance(parse("not " * 40 + "a"), Not)
    with pytest.raises(ConditionError, match="nested more than 40 deep"):
        parse("not " * 41 + "a")
    assert parse("(" * 40 + "a" + ")" * 40) == parse("a")
    with pytest.raises(ConditionError, match="nested more than 40 deep"):
        parse("(" * 41 + "a" + ")" * 41)
    assert unparse(parse("a" * 4000)) == "a" * 4000
    with pytest.raises(ConditionError, match="4001 characters is too long"):
        parse("a" * 4001)


def test_too_many_parts_are_refused_at_the_first_part_too_many() -> None:
    assert len(list(nodes(parse(" or ".join(["a"] * 499))))) == 500
    with pytest.raises(ConditionError) as caught:
        parse(" or ".join(["a"] * 500))
    [problem] = caught.value.problems
    assert problem.code == "condition-too-long"
    assert problem.place is not None
    assert problem.place.column == 1 + 499 * len("a or ")


def test_the_deepest_condition_is_read_by_every_reading() -> None:
    text = "at_least(1, a and b or " * 40 + "c" + ")" * 40
    tree = parse(text)
    assert parse(unparse(tree)) == tree
    assert len(check(tree, Scope())) == 81


def test_every_character_that_no_condition_has_is_named() -> None:
    used = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,()[]<>=!%- \t\r\n")
    for code in [*range(0x180), 0x2028, 0x202E, 0xFEFF, 0x1F600, sys.maxunicode]:
        character = chr(code)
        if character in used:
            continue
        with pytest.raises(ConditionError) as caught:
            parse(f"ab {character}")
        [problem] = caught.value.problems
        assert problem.place is not None
        assert problem.place.column == 4
        named = character if character.isascii() and character.isprintable() else f"U+{code:04X}"
        assert named in problem.message
        assert unicodedata.name(character, "") in problem.message or character.isascii()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (1, "fever && cough\n^"),
        (7, "fever && cough\n      ^"),
        (15, "fever && cough\n              ^"),
    ],
)
def test_pointer_stands_under_the_column(column: int, expected: str) -> None:
    assert pointer("fever && cough", column) == expected


def test_pointer_cuts_long_lines_and_finds_its_line() -> None:
    text = "x" * 500 + "!" + "y" * 500
    line, caret = pointer(text, 501, width=60).split("\n")
    assert len(line) <= 60
    assert line[caret.index("^")] == "!"
    assert pointer("one\ntwo\tthree", 5, line=2) == "two three\n    ^"
    assert pointer("a\x00b", 2) == "a?b\n ^"
