"""Random scopes, conditions that fit them, and patients; small, so that brute force can judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import get_args

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
    Scope,
    TreatmentClassShape,
    Value,
    Word,
)
from pathways.conditions.walk import flat

OPERATORS: tuple[Operator, ...] = get_args(Operator)
STATUSES: tuple[ClassStatus, ...] = get_args(ClassStatus)
_ORDERED = ("now", "stopped", "never")

Draw = Callable[[st.SearchStrategy[object]], object]


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


def all_values(shape: FindingShape) -> list[bool | str | Decimal | frozenset[str]]:
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
            return [each for each in subsets if "none" not in each or len(each) == 1]


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Findings of every type, a class of up to three treatments, two nested definitions."""
    shapes = [FindingShape(name, "yes_no") for name in ("fever", "cough")]
    shapes.append(
        FindingShape("pattern", "one_of", options=draw(st.sampled_from([("a", "b"), ("a", "b", "c")])))
    )
    sites = draw(st.sampled_from([("hip", "knee"), ("hip", "knee", "none")]))
    shapes.append(FindingShape("sites", "several_of", options=sites))
    low, step = draw(st.sampled_from([("0", "1"), ("-1", "0.5"), ("10", "2.5")]))
    count = draw(st.integers(1, 4))
    high = Decimal(low) + count * Decimal(step)
    unit = draw(st.sampled_from(["weeks", "percent", None]))
    shapes.append(
        FindingShape(
            "level", "number", unit=unit, low=Decimal(low), high=high, step=Decimal(step)
        )
    )
    members = draw(st.sampled_from([("x",), ("x", "y"), ("x", "y", "z")]))
    shapes += [FindingShape(f"{name}.status", "one_of", options=_ORDERED) for name in members]
    scope = Scope(
        findings={shape.name: shape for shape in shapes},
        classes={"drug": TreatmentClassShape("drug", members)},
    )
    inner = draw(conditions(scope, depth=1))
    definitions = {"inner": Definition("inner", inner)}
    scope = Scope(scope.findings, definitions, scope.classes)
    outer = draw(conditions(scope, depth=1))
    titles = draw(st.sampled_from([{}, {"clinician": "the outer one"}]))
    definitions["outer"] = Definition("outer", outer, titles)
    return Scope(scope.findings, definitions, scope.classes)


@st.composite
def conditions(draw: st.DrawFn, scope: Scope, depth: int = 3) -> Condition:
    """A condition that fits a scope, as the grammar can make it."""
    kind = draw(st.sampled_from(["leaf", "not", "and", "or", "at_least"])) if depth else "leaf"
    if kind == "leaf":
        return draw(leaves(scope))
    if kind == "not":
        return Not(draw(conditions(scope, depth - 1)))
    size = draw(st.integers(2, 3))
    parts = [draw(conditions(scope, depth - 1)) for _ in range(size)]
    if kind == "at_least":
        return AtLeast(draw(st.integers(1, size)), tuple(parts))
    return And(flat(And, parts)) if kind == "and" else Or(flat(Or, parts))


def leaves(scope: Scope) -> st.SearchStrategy[Condition]:
    """A leaf of any kind that fits a scope."""
    number = scope.findings["level"]
    pattern = scope.findings["pattern"]
    values = st.sampled_from(number_values(number))
    size = len(scope.classes["drug"].members)
    words = st.sampled_from(pattern.options).map(Word)
    return st.one_of(
        st.sampled_from(["fever", "cough", *sorted(scope.definitions)]).map(Named),
        st.builds(
            Compare, st.just("cough"), st.sampled_from(["==", "!="]),
            st.sampled_from(["yes", "no"]).map(Word),
        ),
        st.builds(Compare, st.just("pattern"), st.sampled_from(["==", "!="]), words),
        st.builds(
            Compare, st.just("x.status"), st.sampled_from(["==", "!="]),
            st.sampled_from(_ORDERED).map(Word),
        ),
        st.builds(Compare, st.just("level"), st.sampled_from(OPERATORS), _numbers(number, values)),
        _betweens(number, values),
        st.builds(OneOf, st.just("pattern"), st.lists(words, min_size=1, max_size=2).map(tuple)),
        st.builds(
            Has, st.just("sites"),
            st.sampled_from(scope.findings["sites"].options).map(Word),
        ),
        st.builds(AnyOfClass, st.just("drug"), st.sampled_from(STATUSES)),
        st.builds(CountNow, st.just("drug"), st.sampled_from(OPERATORS), st.integers(0, size)),
    )


def _numbers(
    shape: FindingShape, values: st.SearchStrategy[Decimal]
) -> st.SearchStrategy[Number]:
    units: list[str | None] = [None]
    if shape.unit:
        units += ["%", "percent"] if shape.unit == "percent" else ["weeks", "week"]
    return st.builds(Number, values, st.sampled_from(units))


def _betweens(
    shape: FindingShape, values: st.SearchStrategy[Decimal]
) -> st.SearchStrategy[Between]:
    pairs = st.lists(values, min_size=2, max_size=2, unique=True).map(sorted)
    units = st.sampled_from([None, shape.unit])
    return st.builds(
        lambda pair, unit, low_open, high_open: Between(
            "level", Number(pair[0], unit), Number(pair[1], unit), low_open, high_open
        ),
        pairs, units, st.booleans(), st.booleans(),
    )


@st.composite
def cases(draw: st.DrawFn, depth: int = 3) -> Case:
    """A scope and a condition that fits it."""
    scope = draw(scopes())
    return Case(scope, draw(conditions(scope, depth)))


@st.composite
def patients(draw: st.DrawFn, scope: Scope, known: float = 0.5) -> Mapping[str, Value]:
    """What is known of a patient: some findings, several-of findings also in part."""
    values: dict[str, Value] = {}
    for name, shape in sorted(scope.findings.items()):
        if draw(st.floats(0, 1, allow_nan=False)) > known:
            continue
        value = draw(st.sampled_from(all_values(shape)))
        if isinstance(value, frozenset):
            kept = draw(st.sets(st.sampled_from(shape.options)))
            in_part = {option: option in value for option in sorted(kept)}
            values[name] = draw(st.sampled_from([value, in_part]))
        else:
            values[name] = value
    return values


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
            dotted, spans, st.tuples(st.booleans(), st.booleans()), st.sampled_from([None, "days"]),
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
