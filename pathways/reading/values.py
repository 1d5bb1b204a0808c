"""Values of findings as a file writes them: text, checked against the finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pathways.conditions import Value
from pathways.conditions.quantities import plain_number, read_number
from pathways.conditions.scope import FindingShape
from pathways.conditions.values import on_step, range_words, within_range

_QUANTITY = re.compile(r"\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(%|[^\W\d_][^\d]*?)\s*", re.DOTALL)
ANSWERS = {"yes": True, "no": False, "true": True, "false": False}
"""How a file may say yes and no."""


def value_problem(text: str, shape: FindingShape) -> str | None:
    """Return why a text is no value of a finding, or None when it is one.

    Args:
        text: The value as written: ``yes``, ``joint``, ``12``.
        shape: The finding.

    Example:
        >>> value_problem("maybe", FindingShape("fever", "yes_no"))
        "'fever' can be yes or no, not 'maybe'"
    """
    if shape.type == "yes_no":
        return (
            None if text in ("yes", "no") else f"'{shape.name}' can be yes or no, not '{text[:60]}'"
        )
    if shape.type == "number":
        return _number_problem(text, shape)
    if text in shape.options:
        return None
    return f"'{shape.name}' can be {', '.join(shape.options)}, not '{text[:60]}'"


def _number_problem(text: str, shape: FindingShape) -> str | None:
    number = read_number(text)
    if number is None:
        return f"'{shape.name}' is a number, not '{text[:60]}'"
    if not within_range(shape, number):
        unit = f" {shape.unit}" if shape.unit else ""
        return f"'{shape.name}' goes {range_words(shape)}{unit}, not to {text}"
    if not on_step(shape, number):
        step = plain_number(shape.step or Decimal(1))
        return f"'{shape.name}' goes in steps of {step}, so {text} is not possible"
    return None


def typed(values: Sequence[str], shape: FindingShape) -> Value:
    """Return values without faults in the type of their finding.

    Args:
        values: As written; one of them unless the finding is several_of.
        shape: The finding.

    Example:
        >>> typed(["yes"], FindingShape("fever", "yes_no"))
        True
    """
    match shape.type:
        case "several_of":
            return frozenset(values)
        case "yes_no":
            return ANSWERS[values[0]]
        case "number":
            return quantity(values[0])[0] or Decimal(0)
        case _:
            return values[0]


def quantity(text: str) -> tuple[Decimal | None, str]:
    """Return number and unit of a text; None where it has no number."""
    found = _QUANTITY.fullmatch(text)
    if found:
        return read_number(found.group(1)), found.group(2)
    return read_number(text), ""
