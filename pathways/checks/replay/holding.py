"""Whether a condition holds for one invented patient of whom everything is known: yes or no.

Written without the sets of patients that checks work on, and without the three-valued reading of
:mod:`pathways.conditions.evaluate`, so that what is found by one can be judged by another.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from pathways.conditions import Condition, KnownValue, Scope
from pathways.conditions.nodes import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    CountNow,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Operator,
    Or,
    Otherwise,
)

_SIGNS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ANSWERS = {True: "yes", False: "no"}


class ValueMissingError(LookupError):
    """A condition reads a finding for which an invented patient has no value."""

    def __init__(self, finding: str) -> None:
        super().__init__(f"no value is given for '{finding}'")


def holds(condition: Condition, values: Mapping[str, KnownValue], scope: Scope) -> bool:
    """Say whether a condition holds for a patient of whom everything is known.

    Args:
        condition: Any condition; ``else`` holds, because whoever is asked came by all earlier ways.
        values: A checked value for every finding that the condition reads.
        scope: What the condition may name.

    Raises:
        ValueMissingError: The answer takes a finding that has no value.

    Example:
        >>> from decimal import Decimal
        >>> from pathways.conditions import FindingShape, parse
        >>> scope = Scope({"weeks": FindingShape("weeks", "number"),
        ...                "fever": FindingShape("fever", "yes_no")})
        >>> holds(parse("weeks > 12 and not fever"), {"weeks": Decimal(20), "fever": False}, scope)
        True
    """
    return _Patient(values, scope).meets(condition)


class _Patient:
    def __init__(self, values: Mapping[str, KnownValue], scope: Scope) -> None:
        self.values = values
        self.scope = scope

    def value(self, finding: str) -> Any:
        try:
            return self.values[finding]
        except KeyError:
            raise ValueMissingError(finding) from None

    def meets(self, node: Condition) -> bool:
        match node:
            case Not():
                return not self.meets(node.part)
            case And():
                return all(self.meets(part) for part in node.parts)
            case Or():
                return any(self.meets(part) for part in node.parts)
            case AtLeast():
                return sum(self.meets(part) for part in node.parts) >= node.number
            case Named() if node.name in self.scope.definitions:
                return self.meets(self.scope.definitions[node.name].condition)
            case Named():
                return self.value(node.name) is True
            case Compare() | Between() | OneOf() | Has():
                return self.compares(node)
            case AnyOfClass() | CountNow():
                return self.counts(node)
            case Always() | Otherwise():
                return True
            case _:
                assert_never(node)

    def compares(self, node: Compare | Between | OneOf | Has) -> bool:
        value = self.value(node.finding)
        match node:
            case Compare(_, sign, Number(number)):
                return _SIGNS[sign](value, number)
            case Compare(_, sign, constant):
                assert not isinstance(constant, Number)
                return _SIGNS[sign](_word(value), constant.name)
            case Between():
                over = value > node.low.value if node.low_open else value >= node.low.value
                under = value < node.high.value if node.high_open else value <= node.high.value
                return bool(over and under)
            case OneOf():
                return _word(value) in [word.name for word in node.words]
            case Has():
                return bool(value[node.word.name])
            case _:
                assert_never(node)

    def counts(self, node: AnyOfClass | CountNow) -> bool:
        members = self.scope.classes[node.treatment_class].members
        found = [self.value(f"{member}.status") for member in members]
        if isinstance(node, CountNow):
            return _SIGNS[node.operator](found.count("now"), node.number)
        wanted = ("now", "stopped") if node.status == "tried" else (node.status,)
        return any(each in wanted for each in found)


def _word(value: KnownValue) -> KnownValue:
    return _ANSWERS[value] if isinstance(value, bool) else value
