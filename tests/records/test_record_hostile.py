"""Records that want to do harm, or were damaged: refused with a message, never with a crash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.errors import DocumentError, PathwayError
from pathways.records.checking import record_problems
from pathways.records.reading import record_from_dict, record_from_row, record_from_text
from tests.records.files.words import WORDS

HEAD = "record: x\nrecorded: 2026-11-20\n"
HOSTILE = {
    "a million brackets": ("[" * 1_000_000, "error[too-deep]"),
    "two documents": ("record: x\n---\nrecord: y\n", "one record a file: remove the line"),
    "3 MB": ("#" * 3_000_000, "error[file-too-large]: the file has more than"),
    "too many values": (f"{HEAD}goals: [{'a,' * 210_000}]", "error[too-many-values]"),
    "too many values of one": (f"{HEAD}findings: {{a: [{'b,' * 201}]}}", "error[bad-length]"),
    "a control character": (f"{HEAD}about: \x1b[31m", "error[control-character]"),
    "an escape in a text": (f'{HEAD}about: "\\e[31m"', "3:8: error[control-character]"),
    "an escape in a value": (f'{HEAD}findings: {{a: "\\e"}}', "3:15: error[control-character]"),
    "a tag": ("!!python/object:os.system [a]", "error[yaml-tag]"),
    "an alias of itself": ("a: &a [*a]", "error[circular-alias]"),
    "a list": ("[a]", "the file needs keys with values, not a list"),
    "findings that are a list": (f"{HEAD}findings: [a]", "3:11: error[wrong-shape]"),
    "history that is a text": (f"{HEAD}history: none", "3:10: error[wrong-shape]"),
    "treatments that are keys": (f"{HEAD}history: {{treatments: {{a: b}}}}", "error[wrong-shape]"),
    "half a pair of JSON": ('{"record": "\\ud83d"}', "error[yaml-syntax]"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_with_a_place(name: str) -> None:
    text, expected = HOSTILE[name]
    with pytest.raises(DocumentError) as caught:
        record_from_text(text, name="x.yaml")
    assert expected in str(caught.value)
    assert all(each.place is not None for each in caught.value.problems)
    assert len(str(caught.value)) < 30_000


def circle() -> dict[str, Any]:
    data: dict[str, Any] = {"record": "x"}
    data["findings"] = data
    return data


DATA: dict[str, tuple[Any, str]] = {
    "a circle": (circle(), "error[too-deep]"),
    "too many values": ({"goals": ["a"] * 210_000}, "error[too-many-values]"),
    "too much text": ({"about": "a" * 2_100_000}, "error[file-too-large]"),
    "a key with an escape": ({"\x1b": 1}, "error[control-character]: a key has"),
    "a huge number": ({"record": "x", "findings": {"a": 10**9999}}, ""),
    "an object": ({"record": object()}, "a value of type object cannot stand in a record"),
    "bytes": ({"record": b"x"}, "a value of type bytes cannot stand"),
    "a list": ([1], "the file needs keys with values"),
}


@pytest.mark.parametrize("name", DATA)
def test_hostile_data_is_refused_without_a_place(name: str) -> None:
    data, expected = DATA[name]
    if not expected:
        assert record_problems(record_from_dict(data), WORDS)[0].code == "unknown-finding"
        return
    with pytest.raises(DocumentError) as caught:
        record_from_dict(data)
    assert expected in str(caught.value)
    assert all(each.place is None for each in caught.value.problems)


@pytest.mark.parametrize(
    "value",
    ["9" * 200, "1e9", "0x10", "1_0", "-", "", " ", "²", "7 " * 90, "NaN", "inf", "7;8", "[7]"],
)
def test_hostile_numbers_are_wrong_values(value: str) -> None:
    read = record_from_dict({"record": "x", "findings": {"pain_now": value, "age": value}})
    found = record_problems(read, WORDS)
    assert [each.code for each in found] == ["wrong-value", "wrong-value"]
    assert all(each.where.startswith("findings.") for each in found)


MANY = 4_000
MANY_OF = {
    "unknown findings": (
        "findings:\n" + "".join(f"  rf_fevr{each}: no\n" for each in range(MANY)),
        "unknown-finding",
    ),
    "entries that contradict each other": (
        "history:\n  treatments:\n"
        + "".join(
            f"    - {{treatment: heat, from: 2020, to: 2025, relief_pct: {each % 100}}}\n"
            for each in range(MANY)
        ),
        "contradiction",
    ),
    "entries that say the same": (
        "history:\n  treatments:\n"
        + "    - {treatment: heat, from: 2020, to: 2025, relief_pct: 10}\n" * MANY,
        "",
    ),
}


@pytest.mark.parametrize("name", MANY_OF)
def test_thousands_of_faults_are_found_without_comparing_each_with_each(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is counted, since time depends on the machine."""
    asked = 0

    def counted(*_: object, **__: object) -> list[str]:
        nonlocal asked
        asked += 1
        return []

    monkeypatch.setattr("difflib.get_close_matches", counted)
    text, code = MANY_OF[name]
    found = record_problems(record_from_text(HEAD + text, name="x.yaml"), WORDS)
    assert {each.code for each in found} == ({code, "too-many-problems"} if code else set())
    assert len(found) == (101 if code else 0)
    assert asked < 200


words = st.sampled_from(
    ["record", "recorded", "findings", "history", "treatments", "tests", "never", "value", "on",
     "absent", "parts", "from", "to", "status", "now", "2026-11-20", "pain_now", "baclofen",
     "baclofen.status", "mri", "rf_fever", "yes", "7", "none", "expected", "at", "unavailable"]
)  # fmt: skip
anything = st.recursive(
    words | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(words, anything, max_size=6))
def test_any_data_is_a_record_or_has_problems(data: dict[str, Any]) -> None:
    read = problems = None
    try:
        read = record_from_dict({"record": "x", **data})
    except DocumentError as error:
        problems = error.problems
    if read is not None:
        assert all(each.where for each in record_problems(read, WORDS))
    else:
        assert problems
        assert all(each.code and each.message for each in problems)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(WORDS.scope.findings)), anything, max_size=4))
def test_any_row_is_a_record_or_has_problems(row: dict[str, Any]) -> None:
    read = message = None
    try:
        read = record_from_row(row, vocabulary=WORDS)
    except PathwayError as error:
        message = str(error)
    if read is not None:
        assert read.other_columns == ()
        assert all(each.where for each in record_problems(read, WORDS))
    else:
        assert message
