"""The tables in ``spec/``: the condition language, case by case."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from pathways.conditions import (
    FindingShape,
    Scope,
    Truth,
    check,
    describe,
    evaluate,
    parse,
    unparse,
)
from pathways.conditions.truth import AND, NOT, OR, all_of, any_of, at_least
from pathways.errors import ConditionError, Problem
from tests.conditions.example_scope import EXAMPLE

SPEC = Path(__file__).parent / "spec"
LETTERS = {"T": Truth.TRUE, "F": Truth.FALSE, "U": Truth.UNKNOWN}


def lines(name: str) -> list[str]:
    text = (SPEC / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def pairs(name: str) -> list[tuple[str, str]]:
    split = [line.split(" ==> ") for line in lines(name)]
    return [(unescaped(left.rstrip(" ")), right.strip()) for left, right in split]


def blocks(name: str) -> list[tuple[str, list[str]]]:
    """Return each line that is not indented, with the indented lines below it."""
    found: list[tuple[str, list[str]]] = []
    for line in lines(name):
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        else:
            found.append((unescaped(line), []))
    return found


def unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return text.encode("ascii", "backslashreplace").decode("unicode_escape")


def told(problem: Problem) -> str:
    assert problem.place is not None
    hint = f"; {problem.hint}" if problem.hint else ""
    place = f"{problem.place.line}:{problem.place.column}"
    return f"{place} {problem.code}: {problem.message}{hint}"


@pytest.mark.parametrize(("text", "canonical"), pairs("grammar.txt"))
def test_grammar(text: str, canonical: str) -> None:
    tree = parse(text)
    assert unparse(tree) == canonical
    assert parse(canonical) == tree


@pytest.mark.parametrize(("text", "expected"), pairs("errors.txt"))
def test_errors(text: str, expected: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert [told(problem) for problem in caught.value.problems] == [expected]


@pytest.mark.parametrize(("text", "expected"), blocks("typecheck.txt"))
def test_typecheck(text: str, expected: list[str]) -> None:
    assert [told(problem) for problem in check(parse(text), EXAMPLE, text)] == expected


@pytest.mark.parametrize(("text", "expected"), blocks("words.txt"))
def test_words(text: str, expected: list[str]) -> None:
    tree = parse(text)
    assert check(tree, EXAMPLE) == []
    said = [
        f"c: {describe(tree, EXAMPLE, 'clinician')}",
        f"p: {describe(tree, EXAMPLE, 'patient')}",
    ]
    assert said == expected


@pytest.mark.parametrize(("text", "expected"), pairs("truth.txt"))
def test_truth_tables(text: str, expected: str) -> None:
    wanted = LETTERS[expected]
    match text.split():
        case ["not", only]:
            values = {"a": LETTERS[only]}
            assert NOT[values["a"]] is wanted
            condition = "not a"
        case [left, word, right]:
            values = {"a": LETTERS[left], "b": LETTERS[right]}
            table, join = {"and": (AND, all_of), "or": (OR, any_of)}[word]
            assert table[values["a"], values["b"]] is wanted
            assert join(values.values()) is wanted
            condition = f"a {word} b"
    assert evaluate(parse(condition), known(values), yes_no("ab")).truth is wanted


def test_truth_tables_are_complete() -> None:
    cases = [text for text, _ in pairs("truth.txt")]
    every = [f"not {a}" for a in "TFU"]
    every += [f"{a} {word} {b}" for word in ("and", "or") for a in "TFU" for b in "TFU"]
    assert sorted(cases) == sorted(every)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_at_least_is_what_all_completions_agree_on(number: int) -> None:
    for row in product(Truth, repeat=3):
        choices = [
            (True, False) if each is Truth.UNKNOWN else (each is Truth.TRUE,) for each in row
        ]
        outcomes = {sum(completion) >= number for completion in product(*choices)}
        expected = Truth.of(outcomes.pop() if len(outcomes) == 1 else None)
        assert at_least(number, row) is expected
        if 1 <= number <= 3:
            values = dict(zip("abc", row, strict=True))
            tree = parse(f"at_least({number}, a, b, c)")
            assert evaluate(tree, known(values), yes_no("abc")).truth is expected


def known(values: dict[str, Truth]) -> dict[str, bool]:
    return {
        name: truth is Truth.TRUE for name, truth in values.items() if truth is not Truth.UNKNOWN
    }


def yes_no(names: str) -> Scope:
    return Scope({name: FindingShape(name, "yes_no") for name in names})


def test_tables_are_long_enough_to_mean_something() -> None:
    assert len(pairs("grammar.txt")) >= 60
    assert len(pairs("errors.txt")) >= 100
    assert len(blocks("typecheck.txt")) >= 60
    assert len(blocks("words.txt")) >= 80


def test_every_code_of_the_language_has_a_case() -> None:
    said = {
        line.split(" ")[1].rstrip(":") for _, found in blocks("typecheck.txt") for line in found
    }
    assert said == {
        "at-least-count",
        "comparing-two-findings",
        "condition-syntax",
        "constant-off-step",
        "constant-out-of-range",
        "type-mismatch",
        "unknown-class",
        "unknown-finding",
        "unknown-value",
        "wrong-unit",
    }
    read = {line.split(" ")[1].rstrip(":") for _, line in pairs("errors.txt")}
    # condition-too-long has texts too long for a table; see test_condition_hostile.py.
    assert read == {"condition-syntax", "condition-character", "comparing-two-findings"}
