"""A typo anywhere in a file is found, where it stands.

The judge is the slowest and most obvious one: every word of a correct file that is no free text gets a
typo, one after the other, and the whole file is read again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import pytest
import yaml

from pathways.errors import DocumentError, Problem
from pathways.reading.load import loads

GOOD = FilePath(__file__).parent / "good"
TEXT = (GOOD / "sore-knee.yaml").read_text(encoding="utf-8")
TYPO = "zzz"

FREE_KEYS = {
    *("title", "clinician", "patient", "summary", "question", "answer", "text", "what", "note"),
    *("label", "why", "says", "says_not", "shown", "organisation", "file", "item", "unit"),
    *("id", "tags", "by", "system", "code", "check"),
}
"""Keys under which an author may write what they like; codes of checks are not known here."""

FREE_PATHS = {("pathway",), ("summary",)}

NAMED = {
    *(
        "definitions",
        "phases",
        "states",
        "findings",
        "treatments",
        "tests",
        "classes",
        "mechanisms",
    ),
    *("situations", "disagreements", "sources", "options"),
}
"""Keys under which an author gives names."""

NEVER_USED = {"pain_change", "none"}
"""Names in the file that nothing else in it speaks of."""


def scalars(text: str) -> Iterator[tuple[tuple[str, ...], bool, yaml.ScalarEvent]]:
    """Yield each scalar with its keys, and whether it is a key itself."""
    stack: list[list[str | None]] = []
    kinds: list[str] = []
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            kinds.append("map" if isinstance(event, yaml.MappingStartEvent) else "list")
            stack.append([None])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            kinds.pop()
            stack.pop()
            if kinds and kinds[-1] == "map":
                stack[-1] = [None]
        elif isinstance(event, yaml.ScalarEvent):
            path = tuple(part[0] for part in stack if part[0] is not None)
            if kinds[-1] == "map" and stack[-1] == [None]:
                yield path, True, event
                stack[-1] = [event.value]
                continue
            yield path, False, event
            if kinds[-1] == "map":
                stack[-1] = [None]


def words(event: Any) -> Iterator[tuple[int, int, str]]:
    """Yield the words in the source of a scalar with their positions in the file."""
    begin = event.start_mark.index
    for match in re.finditer(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", TEXT[begin : event.end_mark.index]):
        yield begin + match.start(), begin + match.end(), match.group()


def value_cases() -> list[tuple[int, int, str]]:
    return [
        case
        for path, is_key, event in scalars(TEXT)
        if not is_key and path[-1] not in FREE_KEYS and path not in FREE_PATHS
        for case in words(event)
    ]


def key_cases(*, named: bool) -> list[tuple[int, int, str]]:
    return [
        case
        for path, is_key, event in scalars(TEXT)
        if is_key and (bool(path) and path[-1] in NAMED) == named
        for case in words(event)
    ]


@functools.cache
def problems_with_typo(end: int) -> tuple[Problem, ...]:
    try:
        loads(TEXT[:end] + TYPO + TEXT[end:], name="sore-knee.yaml", folder=GOOD)
    except DocumentError as error:
        return error.problems
    return ()


def place(start: int) -> tuple[int, int]:
    before = TEXT[:start]
    return before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1


def test_the_file_is_good() -> None:
    assert loads(TEXT, folder=GOOD).id == "sore-knee"
    assert len(value_cases()) > 150
    assert len(key_cases(named=False)) > 150


def test_a_typo_in_any_value_is_found_at_its_line() -> None:
    missed = [
        (word, place(start))
        for start, end, word in value_cases()
        if place(start)[0]
        not in {each.place.line for each in problems_with_typo(end) if each.place}
    ]
    assert missed == []


def test_a_typo_in_any_name_is_found_at_its_column() -> None:
    names = {word for _, _, word in key_cases(named=True)} | {"talk", "knee-surgery", "knee-check"}
    cases = [case for case in value_cases() if case[2] in names]
    missed = [
        (word, place(start))
        for start, end, word in cases
        if place(start)
        not in {
            (each.place.line, each.place.column) for each in problems_with_typo(end) if each.place
        }
    ]
    assert len(cases) > 60
    assert missed == []


def test_a_typo_in_any_key_is_found_at_its_column() -> None:
    missed = [
        (word, place(start))
        for start, end, word in key_cases(named=False)[::3]
        if place(start)
        not in {
            (each.place.line, each.place.column) for each in problems_with_typo(end) if each.place
        }
    ]
    assert missed == []


def test_a_name_given_otherwise_is_missed_where_it_is_used() -> None:
    unnoticed = {word for _, end, word in key_cases(named=True) if not problems_with_typo(end)}
    assert unnoticed == NEVER_USED
    for _, end, word in key_cases(named=True):
        for problem in problems_with_typo(end):
            assert problem.place is not None
            line = TEXT.splitlines()[problem.place.line - 1]
            assert word in line, f"{problem} is not about {word}"


@pytest.mark.parametrize(
    "code", ["unknown-state", "unknown-finding", "unknown-source", "unknown-word"]
)
def test_a_typo_gets_a_suggestion(code: str) -> None:
    found = [
        problem
        for _, end, _ in value_cases()[::3]
        for problem in problems_with_typo(end)
        if problem.code == code
    ]
    assert found
    assert all(re.search("did you mean|known:", problem.hint) for problem in found)
