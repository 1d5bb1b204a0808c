"""Values of findings as a file writes them: text, checked against the finding."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from pathways.conditions.scope import FindingShape


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
        return None if text in ("yes", "no") else f"'{shape.name}' can be yes or no, not '{text}'"
    if shape.type == "number":
        return _number_problem(text, shape)
    if text in shape.options:
        return None
    return f"'{shape.name}' can be {', '.join(shape.options)}, not '{text}'"


def _number_problem(text: str, shape: FindingShape) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return f"'{shape.name}' is a number, not '{text}'"
    low, high, step = shape.low, shape.high, shape.step
    if (low is not None and number < low) or (high is not None and number > high):
        return f"'{shape.name}' goes from {low} to {high} {shape.unit or ''}, not {text}".strip()
    if step is not None and low is not None and (number - low) % step != 0:
        return f"'{shape.name}' goes in steps of {step} from {low}, so {text} is not possible"
    return None
