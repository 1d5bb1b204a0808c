"""Random scopes, conditions that fit them, and patients; small, so that brute force can judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import product
from typing import TypeVar, get_args

from hypothesis import strategies as st

from pathways.conditions import (
    And,
    AnyOfClass,
    AtLeast,
    Between,
    ClassStatus,
    Compare,
    Condition,
    CountNow,
    Definition,
    FindingShape,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Operator,
    Or,
    Reader,
    Scope,
    TreatmentClassShape,
    Value,
    Word,
)
from pathways.conditions.walk import flat

OPERATORS: tuple[Operator, ...] = get_args(Operator)
STATUSES: tuple[ClassStatus, ...] = get_args(ClassStatus)

HISTORY = ("now", "stopped", "never")

T = TypeVar("T")
CompleteValue = bool | str | Decimal | frozenset[str]


@dataclass(frozen=True)
class Case:
    """A condition that fits its scope."""

    scope: Scope
    condition: Condition


def number_values(shape: FindingShape) -> list[Decimal]:
    """All values of a number, which has a small range and a step."""
    assert shape.low is not None
    assert shape.high is not None
    assert shape.step is not None
    count = int((shape.high - shape.low) / shape.step)
    return [shape.low + shape.step * position for position in range(count + 1)]


def all_values(shape: FindingShape) -> list[CompleteValue]:
    """Every complete value a finding can have."""
    match shape.type:
        case "yes_no":
            return [False, True]
        case "one_of":
            return list(shape.options)
        case "number":
            return [*number_values(shape)]
        case "several_of":
            subsets = [
                frozenset(name for name, chosen in zip(shape.options, row, strict=True) if chosen)
                for row in product((False, True), repeat=len(shape.options))
            ]
            if "none" not in shape.options:
                return [*subsets]
            return [each for each in subsets if ("none" in each) is (each <= {"none"})]


@cache
def _below(number: int) -> st.SearchStrategy[int]:
    return st.integers(0, number - 1)


def choose(draw: st.DrawFn, options: Sequence[T]) -> T:
    """Draw one of some options; much faster than building a strategy for each draw."""
    return options[draw(_below(len(options)))]


def scope_of(draw: st.DrawFn) -> Scope:
    """Findings of every type, a class of up to three treatments, two nested definitions."""
    shapes = [FindingShape(name, "yes_no") for name in ("fever", "cough")]
    patterns = [("a", "b"), ("a", "b", "c")]
    shapes.append(FindingShape("pattern", "one_of", options=choose(draw, patterns)))
    sites = [("hip", "knee"), ("hip", "knee", "none")]
    shapes.append(FindingShape("sites", "several_of", options=choose(draw, sites)))
    low, step = [Decimal(each) for each in choose(draw, [("0", "1"), ("-1", "0.5"), ("10", "2.5")])]
    high = low + choose(draw, [1, 2, 3, 4]) * step
    unit = choose(draw, ["weeks", "percent", None])
    shapes.append(FindingShape("level", "number", unit=unit, low=low, high=high, step=step))
    members = choose(draw, [("x",), ("x", "y"), ("x", "y", "z")])
    shapes += [FindingShape(f"{name}.status", "one_of", options=HISTORY) for name in members]
    findings = {shape.name: shape for shape in shapes}
    classes = {"drug": TreatmentClassShape("drug", members)}
    inner = Definition("inner", condition_for(draw, Scope(findings, {}, classes), depth=1))
    scope = Scope(findings, {"inner": inner}, classes)
    titles: dict[Reader, str] = choose(draw, [{}, {"clinician": "the outer one"}])
    outer = Definition("outer", condition_for(draw, scope, depth=1), titles)
    return Scope(findings, {"inner": inner, "outer": outer}, classes)


def condition_for(draw: st.DrawFn, scope: Scope, depth: int) -> Condition:
    """A condition that fits a scope, as the grammar can make it."""
    kind = choose(draw, ["leaf", "not", "and", "or", "at_least"]) if depth else "leaf"
    if kind == "leaf":
        return leaf_for(draw, scope)
    if kind == "not":
        return Not(condition_for(draw, scope, depth - 1))
    size = choose(draw, [2, 3])
    parts = [condition_for(draw, scope, depth - 1) for _ in range(size)]
    if kind == "at_least":
        return AtLeast(1 + draw(_below(size)), tuple(parts))
    return And(flat(And, parts)) if kind == "and" else Or(flat(Or, parts))


def leaf_for(draw: st.DrawFn, scope: Scope) -> Condition:
    """A leaf of any kind that fits a scope."""
    either: Sequence[Operator] = ("==", "!=")
    pattern = [Word(name) for name in scope.findings["pattern"].options]
    kinds = ["named", "yes", "pattern", "status", "number", "between", "in", "has", "any", "count"]
    match choose(draw, kinds):
        case "named":
            return Named(choose(draw, ["fever", "cough", *sorted(scope.definitions)]))
        case "yes":
            return Compare("cough", choose(draw, either), Word(choose(draw, ["yes", "no"])))
        case "pattern":
            return Compare("pattern", choose(draw, either), choose(draw, pattern))
        case "status":
            return Compare("x.status", choose(draw, either), Word(choose(draw, HISTORY)))
        case "number":
            number = number_for(draw, scope.findings["level"])
            return Compare("level", choose(draw, OPERATORS), number)
        case "between":
            return between_for(draw, scope.findings["level"])
        case "in":
            return OneOf("pattern", tuple(choose(draw, [pattern[:1], pattern[:2], pattern[-2:]])))
        case "has":
            return Has("sites", Word(choose(draw, scope.findings["sites"].options)))
        case "any":
            return AnyOfClass("drug", choose(draw, STATUSES))
        case _:
            size = len(scope.classes["drug"].members)
            return CountNow("drug", choose(draw, OPERATORS), draw(_below(size + 1)))


def number_for(draw: st.DrawFn, shape: FindingShape) -> Number:
    units: list[str | None] = [None]
    if shape.unit:
        units += ["%", "percent"] if shape.unit == "percent" else ["weeks", "week"]
    return Number(choose(draw, number_values(shape)), choose(draw, units))


def between_for(draw: st.DrawFn, shape: FindingShape) -> Between:
    values = number_values(shape)
    low = draw(_below(len(values) - 1))
    high = choose(draw, range(low + 1, len(values)))
    unit = choose(draw, [None, shape.unit])
    low_open, high_open = choose(draw, [False, True]), choose(draw, [False, True])
    return Between(
        "level", Number(values[low], unit), Number(values[high], unit), low_open, high_open
    )


@st.composite
def cases(draw: st.DrawFn, depth: int = 3) -> Case:
    """A scope and a condition that fits it."""
    scope = scope_of(draw)
    return Case(scope, condition_for(draw, scope, depth))


@st.composite
def patients(draw: st.DrawFn, scope: Scope, known: int = 5) -> dict[str, Value]:
    """What is known of a patient, several-of findings also in part.

    Args:
        draw: Given by hypothesis.
        scope: The findings.
        known: How many of ten findings are known, about.
    """
    values: dict[str, Value] = {}
    for name, shape in sorted(scope.findings.items()):
        if draw(_below(10)) >= known:
            continue
        value = choose(draw, all_values(shape))
        if isinstance(value, frozenset) and choose(draw, [True, False]):
            kept = [option for option in shape.options if choose(draw, [True, False])]
            values[name] = {option: option in value for option in kept}
        else:
            values[name] = value
    return values


@st.composite
def complete_patients(draw: st.DrawFn, scope: Scope) -> dict[str, CompleteValue]:
    """A patient of whom everything is known."""
    return {name: choose(draw, all_values(shape)) for name, shape in sorted(scope.findings.items())}


def free_trees() -> st.SearchStrategy[Condition]:
    """Anything the grammar can make, whether or not it fits any scope."""
    names = st.from_regex(r"[a-d][a-d0-9_]{0,3}", fullmatch=True)
    dotted = st.one_of(names, st.builds("{}.{}".format, names, names))
    words = st.one_of(names, st.sampled_from(STATUSES)).map(Word)
    digits = st.decimals(-999, 999, places=2)
    numbers = st.builds(Number, digits, st.sampled_from([None, "%", "weeks", "mmHg", "b_2"]))
    spans = st.tuples(st.decimals(-99, 0, places=1), st.decimals(1, 99, places=1))
    leaf: st.SearchStrategy[Condition] = st.one_of(
        dotted.map(Named),
        st.builds(Compare, dotted, st.sampled_from(OPERATORS), st.one_of(words, numbers)),
        st.builds(
            lambda name, pair, ends, unit: Between(
                name, Number(pair[0], unit), Number(pair[1]), ends[0], ends[1]
            ),
            dotted,
            spans,
            st.tuples(st.booleans(), st.booleans()),
            st.sampled_from([None, "days"]),
        ),
        st.builds(OneOf, dotted, st.lists(words, min_size=1, max_size=3).map(tuple)),
        st.builds(Has, dotted, words),
        st.builds(AnyOfClass, names, st.sampled_from(STATUSES)),
        st.builds(CountNow, names, st.sampled_from(OPERATORS), st.integers(0, 99)),
    )

    def larger(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, min_size=2, max_size=4)
        return st.one_of(
            inner.map(Not),
            several.map(lambda parts: And(flat(And, parts))),
            several.map(lambda parts: Or(flat(Or, parts))),
            st.builds(AtLeast, st.integers(0, 9), st.lists(inner, min_size=1).map(tuple)),
        )

    return st.recursive(leaf, larger, max_leaves=12)
