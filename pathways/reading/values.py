"""Values of findings as a file writes them: text, checked against the finding."""

from __future__ import annotations

from decimal import Decimal

from pathways.conditions.quantities import plain_number, read_number
from pathways.conditions.scope import FindingShape
from pathways.conditions.values import on_step, range_words, within_range


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
