"""Tree to text: the canonical form, with no parentheses that are not needed."""

from __future__ import annotations

from typing import assert_never

from pathways.conditions.nodes import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    Condition,
    Constant,
    CountNow,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Or,
    Otherwise,
    Word,
)
from pathways.conditions.quantities import plain_number


def unparse(condition: Condition) -> str:
    """Write a condition as text, always in the same form.

    ``parse(unparse(tree)) == tree`` for every tree that comes from a text. A unit stays as the
    author wrote it, because nothing is converted.

    Args:
        condition: Any condition.

    Returns:
        The text; empty for :class:`Always`, which is written by leaving the condition out.

    Example:
        >>> from pathways.conditions import parse
        >>> unparse(parse("((80 > relief >= 50.0)) and (fever or (cough))"))
        '50 <= relief < 80 and (fever or cough)'
    """
    match condition:
        case Or():
            return " or ".join([unparse(part) for part in condition.parts])
        case And():
            return " and ".join([_within(part, Or, And) for part in condition.parts])
        case Not():
            return f"not {_within(condition.part, Or, And)}"
        case AtLeast():
            parts = ", ".join([unparse(part) for part in condition.parts])
            return f"at_least({condition.number}, {parts})"
        case _:
            return _leaf(condition)


def _within(part: Condition, *loose: type[Condition]) -> str:
    text = unparse(part)
    return f"({text})" if isinstance(part, loose) else text


def _leaf(
    node: Named | Compare | Between | OneOf | Has | AnyOfClass | CountNow | Always | Otherwise,
) -> str:
    match node:
        case Named():
            return node.name
        case Compare():
            return f"{node.finding} {node.operator} {_constant(node.constant)}"
        case Between():
            low, high = ("<" if is_open else "<=" for is_open in (node.low_open, node.high_open))
            return f"{_constant(node.low)} {low} {node.finding} {high} {_constant(node.high)}"
        case OneOf():
            return f"{node.finding} in [{', '.join([word.name for word in node.words])}]"
        case Has():
            return f"{node.finding} has {node.word.name}"
        case AnyOfClass():
            return f"any {node.treatment_class} {node.status}"
        case CountNow():
            return f"count_now({node.treatment_class}) {node.operator} {node.number}"
        case Always():
            return ""
        case Otherwise():
            return "else"
        case _:
            assert_never(node)


def _constant(constant: Constant) -> str:
    match constant:
        case Word():
            return constant.name
        case Number():
            number = plain_number(constant.value)
            if constant.unit is None:
                return number
            return f"{number}{'' if constant.unit == '%' else ' '}{constant.unit}"
        case _:
            assert_never(constant)
