"""What a condition says about one patient: the slow and obvious reading, the reference for all.

Every part is evaluated, nothing is skipped, and truth comes from the tables of
:mod:`pathways.conditions.truth`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import assert_never

from pathways.conditions import truth as tables
from pathways.conditions.definitions import reachable_definitions, require_unfoldable
from pathways.conditions.expand import any_member, members_now
from pathways.conditions.explanation import Explanation
from pathways.conditions.nodes import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    Condition,
    CountNow,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Operator,
    Or,
    Otherwise,
    Word,
)
from pathways.conditions.scope import Scope
from pathways.conditions.truth import Truth
from pathways.conditions.typecheck import check
from pathways.conditions.values import KnownValue, Value, read_value
from pathways.conditions.walk import children, findings_in
from pathways.errors import ConditionError

_COMPARE: dict[Operator, Callable[[Decimal, Decimal], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(condition: Condition, values: Mapping[str, Value], scope: Scope) -> Explanation:
    """Say whether a condition holds for one patient, and why.

    A finding that is not among the values is not known. Not known is never no: a condition that
    the known values do not settle by the three-valued tables is ``UNKNOWN``. The tables look at
    one part at a time, so ``x < 4 or x >= 4`` is ``UNKNOWN`` too while ``x`` is not known.

    Args:
        condition: Any condition. ``else`` counts as true here: whoever is asked has come by all
            earlier ways.
        values: What is known, by name of finding; see :func:`read_value` for the forms. Findings
            that the condition does not read are not looked at.
        scope: What the condition may name.

    Returns:
        The truth with its reasons.

    Raises:
        ConditionError: The condition does not fit the scope (all problems of :func:`check`), its
            definitions go round in a circle, or a value is wrong (``wrong-value``).

    Example:
        >>> from pathways.conditions import FindingShape, parse
        >>> scope = Scope({"weeks": FindingShape("weeks", "number"),
        ...                "fever": FindingShape("fever", "yes_no")})
        >>> evaluate(parse("weeks > 12 and not fever"), {"weeks": 20}, scope).truth
        <Truth.UNKNOWN: 'unknown'>
        >>> evaluate(parse("weeks > 12 and not fever"), {"weeks": 3}, scope).used
        ('weeks',)
    """
    require_unfoldable(condition, scope)
    problems = check(condition, scope)
    for name in reachable_definitions(condition, scope):
        body = scope.definitions[name].condition
        problems += [each.at(None, f"definitions.{name}") for each in check(body, scope)]
    if problems:
        raise ConditionError(problems)
    known = {
        name: read_value(scope.findings[name], values[name])
        for name in findings_in(condition, scope)
        if name in values
    }
    return _Patient(known, scope).explain(condition)


class _Patient:
    """The known values of one patient, with one method for each way a condition reads them."""

    def __init__(self, known: Mapping[str, KnownValue], scope: Scope) -> None:
        self.known = known
        self.scope = scope

    def explain(self, node: Condition) -> Explanation:
        match node:
            case Named():
                return self.named(node)
            case Compare() | Between() | OneOf() | Has():
                return self.read(node, node.finding)
            case AnyOfClass():
                return self.any_of_class(node)
            case CountNow():
                return self.count_now(node)
            case Not() | And() | Or() | AtLeast():
                return self.joined(node)
            case Always() | Otherwise():
                return Explanation(node, Truth.TRUE)
            case _:
                assert_never(node)

    def named(self, node: Named) -> Explanation:
        definition = self.scope.definitions.get(node.name)
        if definition is None:
            return self.read(node, node.name)
        part = self.explain(definition.condition)
        return Explanation(node, part.truth, (part,), part.used, part.missing)

    def read(self, node: Named | Compare | Between | OneOf | Has, finding: str) -> Explanation:
        value = self.known.get(finding)
        truth = Truth.UNKNOWN if value is None else Truth.of(_holds(node, value))
        if truth is Truth.UNKNOWN:
            return Explanation(node, truth, missing=(finding,))
        return Explanation(node, truth, used=(finding,))

    def any_of_class(self, node: AnyOfClass) -> Explanation:
        whole = any_member(node, self.scope)
        members = children(whole) if isinstance(whole, Or) else (whole,)
        parts = tuple([self.explain(member) for member in members])
        return _explained(node, tables.any_of([part.truth for part in parts]), parts)

    def count_now(self, node: CountNow) -> Explanation:
        parts = tuple([self.explain(member) for member in members_now(node, self.scope)])
        truths = [part.truth for part in parts]
        least = truths.count(Truth.TRUE)
        most = least + truths.count(Truth.UNKNOWN)
        compare = _COMPARE[node.operator]
        answers = {compare(Decimal(n), Decimal(node.number)) for n in range(least, most + 1)}
        truth = Truth.of(answers.pop() if len(answers) == 1 else None)
        used = {name for part in parts for name in part.used}
        missing = {name for part in parts for name in part.missing}
        if truth is Truth.UNKNOWN:
            return Explanation(node, truth, parts, missing=tuple(sorted(missing)))
        return Explanation(node, truth, parts, used=tuple(sorted(used)))

    def joined(self, node: Not | And | Or | AtLeast) -> Explanation:
        parts = tuple([self.explain(part) for part in children(node)])
        truths = [part.truth for part in parts]
        match node:
            case Not():
                part = parts[0]
                return Explanation(node, tables.NOT[part.truth], parts, part.used, part.missing)
            case And():
                return _explained(node, tables.all_of(truths), parts)
            case Or():
                return _explained(node, tables.any_of(truths), parts)
            case AtLeast():
                return _explained(node, tables.at_least(node.number, truths), parts)
            case _:
                assert_never(node)


def _explained(node: Condition, truth: Truth, parts: tuple[Explanation, ...]) -> Explanation:
    """Explain a whole by those of its parts that have the same truth: they settle it."""
    reasons = [part for part in parts if part.truth is truth]
    used = sorted({name for part in reasons for name in part.used})
    missing = sorted({name for part in reasons for name in part.missing})
    return Explanation(node, truth, parts, tuple(used), tuple(missing))


def _holds(node: Named | Compare | Between | OneOf | Has, value: KnownValue) -> bool | None:
    """Return whether a leaf holds for a known value; None where several-of is known in part."""
    match node, value:
        case Named(), bool():
            return value
        case Compare(constant=Word(name=name)), bool():
            return (value is (name == "yes")) is (node.operator == "==")
        case Compare(constant=Word(name=name)), str():
            return (value == name) is (node.operator == "==")
        case Compare(constant=Number(value=number)), Decimal():
            return _COMPARE[node.operator](value, number)
        case Between(), Decimal():
            above = value > node.low.value if node.low_open else value >= node.low.value
            below = value < node.high.value if node.high_open else value <= node.high.value
            return above and below
        case OneOf(), str():
            return value in [word.name for word in node.words]
        case Has(), Mapping():
            return value.get(node.word.name)
        case _:
            raise AssertionError(f"{node} was not checked against the scope")
