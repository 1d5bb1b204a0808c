"""Evaluation for one patient: the forms of values, wrong values, and explanations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathways.conditions import (
    Always,
    And,
    Compare,
    Explanation,
    FindingShape,
    Not,
    Number,
    Otherwise,
    Scope,
    Truth,
    Value,
    evaluate,
    parse,
    read_value,
)
from pathways.errors import ConditionError
from tests.conditions.example_scope import EXAMPLE

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def truth(text: str, values: dict[str, Value]) -> Truth:
    return evaluate(parse(text), values, EXAMPLE).truth


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("fever", {}, U),
        ("fever", {"fever": True}, T),
        ("not fever", {"fever": True}, F),
        ("fever == no", {"fever": False}, T),
        ("fever != no", {"fever": False}, F),
        ("fever != yes", {}, U),
        ("pain_weeks > 12", {"pain_weeks": 12}, F),
        ("pain_weeks >= 12", {"pain_weeks": 12}, T),
        ("pain_weeks >= 12", {"pain_weeks": Decimal("12.0")}, T),
        ("pain_weeks >= 12", {"pain_weeks": 12.0}, T),
        ("relief > 0.3", {"relief": 0.1 + 0.2}, T),
        ("relief == 0.1", {"relief": 0.1}, T),
        ("50 <= relief < 80", {"relief": 50}, T),
        ("50 <= relief < 80", {"relief": 80}, F),
        ("50 < relief <= 80", {"relief": 50}, F),
        ("50 < relief <= 80", {"relief": 80}, T),
        ("50 <= relief < 80", {}, U),
        ("pattern in [joint, nerve]", {"pattern": "nerve"}, T),
        ("pattern in [joint, nerve]", {"pattern": "mixed"}, F),
        ("pain_sites has knee", {"pain_sites": frozenset({"knee"})}, T),
        ("pain_sites has knee", {"pain_sites": {"hip"}}, F),
        ("pain_sites has knee", {"pain_sites": frozenset[str]()}, F),
        ("pain_sites has knee", {"pain_sites": {"hip": True}}, U),
        ("pain_sites has knee", {"pain_sites": {"none": True}}, F),
        ("pain_sites has none", {"pain_sites": {"hip": True}}, F),
        ("pain_sites has none", {"pain_sites": frozenset[str]()}, T),
        ("not pain_sites has none", {"pain_sites": frozenset[str]()}, F),
        ("pain_sites has none", {"pain_sites": {"hip": False, "knee": False}}, T),
        ("pain_sites has knee", {"pain_sites": {"hip": False, "none": False}}, T),
        ("pain_sites has knee", {"pain_sites": {"none": False}}, U),
        ("pain_sites has none", {"pain_sites": {"hip": False}}, U),
        ("pain_sites has none", {"pain_sites": frozenset({"none"})}, T),
        ("any nsaid now", {"aspirin.status": "now"}, T),
        ("any nsaid now", {"aspirin.status": "never", "meloxicam.status": "stopped"}, U),
        ("any relaxant tried", {"baclofen.status": "stopped"}, T),
        ("any relaxant tried", {"baclofen.status": "never"}, F),
        ("any nsaid never", {"aspirin.status": "never"}, T),
        ("count_now(nsaid) >= 2", {"aspirin.status": "now"}, U),
        ("count_now(nsaid) >= 2", {"aspirin.status": "never", "naproxen.status": "stopped"}, F),
        ("count_now(nsaid) <= 2", {"aspirin.status": "never"}, T),
        ("count_now(nsaid) != 3", {"aspirin.status": "never"}, T),
        ("count_now(nsaid) >= 0", {}, T),
        ("count_now(nsaid) == 1", {"aspirin.status": "now"}, U),
        ("chronic", {"pain_weeks": 13}, T),
        ("ill", {"fever": False}, F),
        ("ill", {"fever": True, "cough": False}, U),
        ("pain_weeks < 4 or pain_weeks >= 4", {}, U),
        ("else", {}, T),
    ],
)
def test_truth(text: str, values: dict[str, Value], expected: Truth) -> None:
    assert truth(text, values) is expected


def test_not_known_is_never_no() -> None:
    for text in ("not fever", "fever == no", "not any nsaid now", "not pain_sites has knee"):
        assert truth(text, {}) is U


def test_no_condition_always_holds() -> None:
    assert evaluate(Always(), {}, EXAMPLE) == Explanation(Always(), T)
    assert evaluate(Otherwise(), {}, EXAMPLE) == Explanation(Otherwise(), T)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("fever", "yes", "fever: 'yes' is not a yes or no; give True or False"),
        ("fever", 1, "fever: 1 is not a yes or no; give True or False"),
        ("pattern", "jiont", "pattern: 'jiont' is not one of its values; did you mean 'joint'?"),
        ("pattern", 3, "pattern: 3 is not one of its values; known: 'joint', 'nerve', 'mixed'"),
        (
            "pattern",
            True,
            "pattern: True is not one of its values; known: 'joint', 'nerve', 'mixed'",
        ),
        ("pain_weeks", True, "pain_weeks: True is not a number; give a number, in weeks"),
        ("pain_weeks", "12", "pain_weeks: '12' is not a number; give a number, in weeks"),
        ("pain_weeks", float("nan"), "pain_weeks: nan is not a number; give a number, in weeks"),
        ("pain_weeks", float("inf"), "pain_weeks: inf is not a number; give a number, in weeks"),
        (
            "pain_weeks",
            Decimal("sNaN"),
            "pain_weeks: Decimal('sNaN') is not a number; give a number, in weeks",
        ),
        ("pain_weeks", -1, "pain_weeks: -1 is out of range; from 0 to 2600, in weeks"),
        ("pain_weeks", 2601, "pain_weeks: 2601 is out of range; from 0 to 2600, in weeks"),
        ("pain_weeks", 12.5, "pain_weeks: 12.5 is not on its grid; give a number in steps of 1"),
        (
            "pain_sites",
            "knee",
            (
                "pain_sites: 'knee' is not several of its values; give a set of its values, or a"
                " mapping of values to True and False"
            ),
        ),
        (
            "pain_sites",
            ["knee"],
            (
                "pain_sites: ['knee'] is not several of its values; give a set of its values, or a"
                " mapping of values to True and False"
            ),
        ),
        ("pain_sites", {"kne"}, "pain_sites: 'kne' is not one of its values; did you mean 'knee'?"),
        (
            "pain_sites",
            {"knee": 1},
            "pain_sites: 1 is not a yes or no for knee; give True or False",
        ),
        (
            "pain_sites",
            {"knee", "none"},
            "pain_sites: 'none' excludes knee; give one or the other",
        ),
        (
            "pain_sites",
            {"none": True, "hip": True},
            "pain_sites: 'none' excludes hip; give one or the other",
        ),
        (
            "pain_sites",
            {"hip": False, "knee": False, "none": False},
            "pain_sites: 'none' cannot be no where all others are no; give none",
        ),
    ],
)
def test_wrong_values_are_refused_with_their_finding(name: str, value: Value, message: str) -> None:
    shape = EXAMPLE.findings[name]
    with pytest.raises(ConditionError) as caught:
        read_value(shape, value)
    [problem] = caught.value.problems
    assert (problem.code, problem.where) == ("wrong-value", name)
    assert f"{problem.message}; {problem.hint}" == message


def test_only_values_that_are_read_are_looked_at() -> None:
    assert truth("fever", {"fever": True, "pattern": "nonsense", "unheard": 3}) is T
    with pytest.raises(ConditionError, match="wrong-value"):
        truth("fever or pattern == joint", {"fever": True, "pattern": "nonsense"})


def test_a_condition_that_does_not_fit_is_refused_with_all_its_problems() -> None:
    with pytest.raises(ConditionError) as caught:
        evaluate(parse("fevr or pattern == jiont"), {}, EXAMPLE)
    assert [problem.code for problem in caught.value.problems] == [
        "unknown-finding",
        "unknown-value",
    ]


def test_a_definition_that_does_not_fit_is_refused_by_its_name() -> None:
    scope = Scope(definitions={"bad": EXAMPLE.definitions["chronic"]})
    with pytest.raises(ConditionError) as caught:
        evaluate(parse("not bad"), {}, scope)
    [problem] = caught.value.problems
    assert (problem.code, problem.where) == ("unknown-finding", "definitions.bad")


def test_explanation_has_the_shape_of_the_condition() -> None:
    values: dict[str, Value] = {"fever": True, "pain_weeks": 3, "aspirin.status": "now"}
    whole = evaluate(parse("fever and (ill or any nsaid now) and not chronic"), values, EXAMPLE)
    assert isinstance(whole.node, And)
    assert whole.truth is T
    assert whole.used == ("aspirin.status", "fever", "pain_weeks")
    fever, either, denied = whole.parts
    assert (fever.truth, fever.used, fever.parts) == (T, ("fever",), ())
    ill, some = either.parts
    assert (ill.truth, ill.missing) == (U, ("cough",))
    assert [part.truth for part in some.parts] == [T, U, U]
    assert [part.node for part in some.parts] == [
        parse("aspirin.status == now"),
        parse("meloxicam.status == now"),
        parse("naproxen.status == now"),
    ]
    assert isinstance(denied.node, Not)
    [chronic] = denied.parts
    assert chronic.parts[0].node == Compare("pain_weeks", ">", Number(Decimal(12)))


def test_missing_findings_are_those_that_keep_it_open() -> None:
    whole = evaluate(parse("(fever and cough) or weak_legs"), {"fever": False}, EXAMPLE)
    assert (whole.truth, whole.used, whole.missing) == (U, (), ("weak_legs",))
    counted = evaluate(parse("count_now(nsaid) >= 2"), {"aspirin.status": "now"}, EXAMPLE)
    assert counted.missing == ("meloxicam.status", "naproxen.status")


def test_values_of_a_finding_without_range_are_taken_as_they_are() -> None:
    shape = FindingShape("score", "number")
    assert read_value(shape, 10**9) == Decimal(10**9)
    assert read_value(shape, -0.5) == Decimal("-0.5")
    low = FindingShape("age", "number", low=Decimal(18))
    with pytest.raises(ConditionError, match="17 is out of range; 18 or more"):
        read_value(low, 17)
    high = FindingShape("age", "number", high=Decimal(18))
    with pytest.raises(ConditionError, match="19 is out of range; 18 or less"):
        read_value(high, 19)


def test_a_truth_is_no_python_truth() -> None:
    with pytest.raises(TypeError, match="compare it"):
        bool(Truth.TRUE)
    assert [Truth.of(value) for value in (True, False, None)] == [T, F, U]
