"""Random questions to the box engine, and brute force that answers them.

The scopes are those of the condition language, with numbers that have no step or no range besides.
The judge tries every completion of what is not known; a number takes the sample of each cell and,
for each constant, the constant and its neighbours on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import product

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pathways.boxes import Space
from pathways.conditions import (
    Always,
    And,
    AtLeast,
    Between,
    Compare,
    Condition,
    Definition,
    FindingShape,
    KnownValue,
    Not,
    Number,
    Or,
    Otherwise,
    Scope,
    Truth,
    Value,
    Word,
    evaluate,
    expand,
    findings_in,
    read_value,
)
from pathways.conditions.values import on_step, within_range
from pathways.conditions.walk import flat, nodes
from tests.conditions.strategies import (
    OPERATORS,
    CompleteValue,
    all_values,
    choose,
    leaf_for,
    scope_of,
)

law = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=450,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

Patient = Mapping[str, Value]

MOST_COMPLETIONS = 300
FINEST = Decimal("0.01")
"""How near a neighbour is, where a number has no step."""

NUMBERS = (
    FindingShape("score", "number"),
    FindingShape("grid", "number", step=Decimal("0.5")),
    FindingShape("count", "number", low=Decimal(0), step=Decimal(1)),
    FindingShape("debt", "number", high=Decimal(0), step=Decimal(5)),
    FindingShape("share", "number", low=Decimal(0), high=Decimal(1)),
    FindingShape("tight", "number", low=Decimal(-3), high=Decimal(7), step=Decimal(4)),
)
"""With and without step, with no, one or two ends."""


def allowed(shape: FindingShape, value: Decimal) -> bool:
    """Whether a number finding can have a value."""
    return within_range(shape, value) and on_step(shape, value)


def constants_for(shape: FindingShape) -> list[Decimal]:
    """Some numbers that may stand beside a finding in a condition, from low to high."""
    step = shape.step or Decimal("0.25")
    base = shape.low if shape.low is not None else (shape.high or Decimal(0))
    around = [base + step * position for position in range(-6, 7)]
    return [value for value in around if allowed(shape, value)]


def points_of(shape: FindingShape, constants: set[Decimal]) -> list[Decimal]:
    """Each constant and its neighbours, and the ends of the range."""
    step = shape.step or FINEST
    near = {value + change for value in constants for change in (-step, Decimal(0), step)}
    near |= {end for end in (shape.low, shape.high) if end is not None}
    near |= {(shape.low or Decimal(0)), (shape.low or Decimal(0)) + step}
    return sorted(value for value in near if allowed(shape, value))


@dataclass(frozen=True)
class Question:
    """Conditions, one of them asked, with the space they make."""

    scope: Scope
    condition: Condition
    others: tuple[Condition, ...] = ()

    @cached_property
    def space(self) -> Space:
        return Space(self.scope, [self.condition, *self.others])

    @cached_property
    def choices(self) -> dict[str, list[CompleteValue]]:
        """For each finding that is read, values that stand for all it can have."""
        return {name: self._choices(name) for name in self._findings()}

    def _findings(self) -> list[str]:
        conditions = [self.condition, *self.others]
        return sorted({name for each in conditions for name in findings_in(each, self.scope)})

    def _choices(self, name: str) -> list[CompleteValue]:
        shape = self.scope.findings[name]
        if shape.type != "number":
            return all_values(shape)
        variable = self.space.variables[self.space.of_finding[name][""]]
        constants: set[Decimal] = set()
        for each in (self.condition, *self.others):
            for node in nodes(expand(each, self.scope, definitions=True)):
                match node:
                    case Compare(finding, _, Number() as number) if finding == name:
                        constants.add(number.value)
                    case Between(finding, low, high) if finding == name:
                        constants |= {low.value, high.value}
        points = {*points_of(shape, constants), *(cell.sample for cell in variable.cells)}
        return [*sorted(points)]

    def read(self, patient: Patient) -> dict[str, KnownValue]:
        return {
            name: read_value(self.scope.findings[name], value) for name, value in patient.items()
        }

    def status(self, patient: Patient, condition: Condition | None = None) -> str:
        """What the engine says."""
        known = self.space.known(self.read(patient))
        return self.space.status(condition or self.condition, known)

    def completions(self, patient: Patient) -> Iterator[dict[str, CompleteValue]]:
        rows = [
            [value for value in values if agrees(value, patient.get(name))]
            for name, values in self.choices.items()
        ]
        for row in product(*rows):
            yield dict(zip(self.choices, row, strict=True))

    def is_small(self, patient: Patient) -> bool:
        """Whether brute force can answer."""
        total = 1
        for name, values in self.choices.items():
            total *= sum(agrees(value, patient.get(name)) for value in values)
        return 0 < total <= MOST_COMPLETIONS

    def holds(self, patient: Patient, condition: Condition | None = None) -> bool:
        """The judge, for a patient of whom everything is known."""
        truth = evaluate(condition or self.condition, patient, self.scope).truth
        assert truth is not Truth.UNKNOWN
        return truth is Truth.TRUE

    def judged(self, patient: Patient) -> str:
        """The status by brute force over all completions."""
        return verdict(self.holds(each) for each in self.completions(patient))


def verdict(answers: Iterator[bool]) -> str:
    """Certain, possible or excluded; it looks no further once both answers were seen."""
    seen = set()
    for answer in answers:
        seen.add(answer)
        if len(seen) == 2:
            return "possible"
    return "certain" if seen == {True} else "excluded"


def agrees(value: CompleteValue, known: Value | None) -> bool:
    if known is None:
        return True
    if isinstance(known, Mapping):
        assert isinstance(value, frozenset)
        return all((option in value) is answer for option, answer in known.items())
    return value == known


def wide_scope(draw: st.DrawFn) -> Scope:
    """A scope of the condition language with more numbers and a definition that reads them."""
    scope = scope_of(draw)
    findings = {**scope.findings, **{shape.name: shape for shape in NUMBERS}}
    wide = replace(scope, findings=findings)
    definition = Definition("wide", condition_in(draw, wide, depth=1))
    return replace(wide, definitions={**scope.definitions, "wide": definition})


def condition_in(draw: st.DrawFn, scope: Scope, depth: int) -> Condition:
    """A condition of every kind but ``else``, which stands alone."""
    kind = choose(draw, ["leaf", "not", "and", "or", "at_least"]) if depth else "leaf"
    if kind == "leaf":
        return leaf_in(draw, scope)
    if kind == "not":
        return Not(condition_in(draw, scope, depth - 1))
    parts = [condition_in(draw, scope, depth - 1) for _ in range(choose(draw, [2, 3]))]
    if kind == "at_least":
        return AtLeast(1 + choose(draw, range(len(parts))), tuple(parts))
    return And(flat(And, parts)) if kind == "and" else Or(flat(Or, parts))


def leaf_in(draw: st.DrawFn, scope: Scope) -> Condition:
    kind = choose(draw, ["common", "common", "number", "number", "between", "answer"])
    if kind == "common":
        return leaf_for(draw, scope)
    if kind == "answer":
        finding, word = choose(draw, ["fever", "cough"]), choose(draw, ["yes", "no"])
        return Compare(finding, choose(draw, ["==", "!="]), Word(word))
    shape = choose(draw, NUMBERS)
    constants = constants_for(shape)
    if kind == "number" or len(constants) < 2:
        return Compare(shape.name, choose(draw, OPERATORS), Number(choose(draw, constants)))
    low = choose(draw, range(len(constants) - 1))
    high = choose(draw, range(low + 1, len(constants)))
    ends = choose(draw, [(False, False), (True, False), (False, True), (True, True)])
    return Between(shape.name, Number(constants[low]), Number(constants[high]), *ends)


@st.composite
def questions(draw: st.DrawFn, depth: int = 2, others: int = 0) -> Question:
    """A condition in its scope, with some others beside it."""
    scope = wide_scope(draw)
    alone: tuple[Condition, ...] = (Always(), Otherwise())
    made = choose(draw, range(10)) > 0
    condition = condition_in(draw, scope, depth) if made else choose(draw, alone)
    beside = tuple(condition_in(draw, scope, depth - 1) for _ in range(others))
    return Question(scope, condition, beside)


@st.composite
def patients(draw: st.DrawFn, question: Question, known: int = 5) -> dict[str, Value]:
    """What is known of a patient; several-of findings also in part.

    Args:
        draw: Given by hypothesis.
        question: Its findings.
        known: How many of ten findings are known, about.
    """
    values: dict[str, Value] = {}
    for name, possible in question.choices.items():
        if choose(draw, range(10)) >= known:
            continue
        value = choose(draw, possible)
        if isinstance(value, frozenset) and choose(draw, [True, True, False]):
            options = question.scope.findings[name].options
            kept = [option for option in options if choose(draw, [True, False])]
            values[name] = {option: option in value for option in kept}
        else:
            values[name] = value
    return values


@st.composite
def learnt(draw: st.DrawFn, question: Question, patient: Patient) -> dict[str, Value]:
    """The same patient, of whom one finding more is known; it fits what was known."""
    values = dict(patient)
    unknown = [
        name
        for name in question.choices
        if not isinstance(values.get(name), (bool, str, Decimal, frozenset))
    ]
    if unknown:
        name = choose(draw, unknown)
        fitting = [each for each in question.choices[name] if agrees(each, values.get(name))]
        values[name] = choose(draw, fitting)
    return values
