"""What a state may do to a finding: every kind with every key, against a table written out."""

from __future__ import annotations

import pytest

from pathways.errors import DocumentError, Problem
from pathways.reading.load import loads

KEYS = {
    "yields": "[f]",
    "reassess": "[f]",
    "restarts": "[f]",
    "adds": "{f: 1}",
    "sets": "{f: 2}",
}
MAY = {
    "trait": "",
    "status": "reassess sets",
    "watch": "reassess sets",
    "result": "yields sets",
    "count": "adds sets",
    "time": "restarts sets",
}


def problems(key: str, value: str, findings: str) -> tuple[Problem, ...]:
    text = (
        "format: 1\npathway: x\ntitle: X\nversion: 1.0.0\nupdated: 2026\ncatalogues: []\nstart: a\n"
        f"findings:\n{findings}"
        "treatments: {heat: {title: Heat, category: procedure, what: W}}\n"
        f"states:\n  a: {{kind: end, title: A, {key}: {value}}}\n"
    )
    try:
        loads(text)
    except DocumentError as error:
        return error.problems
    return ()


def finding(name: str, more: str) -> str:
    return (
        f"  {name}: {{title: T, type: number, unit: weeks, range: [0, 9], question: Q, {more}}}\n"
    )


@pytest.mark.parametrize("key", sorted(KEYS))
@pytest.mark.parametrize("kind", sorted(MAY))
def test_each_kind_changes_where_it_may(kind: str, key: str) -> None:
    found = problems(key, KEYS[key], finding("f", f"kind: {kind}"))
    if key in MAY[kind].split():
        assert found == ()
    else:
        assert [each.code for each in found] == ["wrong-kind"]
        assert f"'f' is of kind {kind}, but '{key}' takes only kind " in found[0].message
        for fitting in MAY[kind].split():
            assert f"'{fitting}'" in found[0].hint


@pytest.mark.parametrize("key", sorted(KEYS))
def test_what_a_history_gives_is_reassessed_or_set(key: str) -> None:
    found = problems(key, KEYS[key].replace("f", "heat.weeks"), finding("f", "kind: time"))
    allowed = key in ("reassess", "sets")
    assert [each.code for each in found] == ([] if allowed else ["wrong-kind"])


def test_nothing_is_said_of_a_kind_that_is_missing_or_wrong() -> None:
    for more, code in (("note: N", "missing-key"), ("kind: sometimes", "unknown-word")):
        found = problems("reassess", "[f]", finding("f", more))
        assert [each.code for each in found] == [code]


@pytest.mark.parametrize(
    ("function", "units", "good"),
    [
        ("change_pct", ("weeks", "weeks"), True),
        ("change_pct", ("weeks", "days"), False),
        ("difference", ("points", "points"), True),
        ("weeks_between", ("days", "days"), True),
        ("years_between", ("years", "years"), True),
        ("years_between", ("points", "points"), False),
        ("bmi", ("kg", "cm"), True),
        ("bmi", ("kg", "m"), True),
        ("bmi", ("cm", "kg"), False),
    ],
)
def test_units_of_what_a_finding_is_computed_from(
    function: str, units: tuple[str, str], good: bool
) -> None:
    inputs = [
        finding(name, "kind: status").replace("weeks", unit)
        for name, unit in zip(("p", "q"), units, strict=True)
    ]
    made = finding("f", f"kind: status, derived: {{function: {function}, of: [p, q]}}")
    found = problems("reassess", "[p]", made + "".join(inputs))
    assert [each.code for each in found] == ([] if good else ["finding-type"])
