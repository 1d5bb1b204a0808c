"""Derived findings: computed from others by a fixed list of functions, once every input is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from pathways.conditions.scope import FindingShape
from pathways.conditions.values import within_range
from pathways.model.findings import Derived, Finding
from pathways.records.dates import rounded_down
from pathways.records.facts import Fact
from pathways.records.vocabulary import Vocabulary

_WEEKS: Mapping[str, Fraction] = {
    "hours": Fraction(1, 168),
    "days": Fraction(1, 7),
    "weeks": Fraction(1),
    "months": Fraction(1461, 28 * 12),
    "years": Fraction(1461, 28),
}
"""Weeks in a unit of time: a year is 365.25 days, a month the twelfth part of it."""

_WEEKS_OF_A_YEAR = _WEEKS["years"]
FINEST = Decimal("0.000001")
"""Where a finding has no step, so many digits of a quotient are kept."""


def derived_facts(known: Mapping[str, Fact], vocabulary: Vocabulary) -> dict[str, Fact]:
    """Return the derived findings whose inputs are all known.

    Args:
        known: What is known otherwise.
        vocabulary: The findings, some of them derived.

    Returns:
        Facts by name. A result between two numbers of the finding's grid becomes the one nearer to
        0, so that no change is overstated; one out of its range is left out. Its day is that of its
        oldest input.

    Example:
        >>> from pathways.records.vocabulary import vocabulary_of
        >>> derived_facts({}, vocabulary_of())
        {}
    """
    found: dict[str, Fact] = {}
    waiting = {
        name: each.derived
        for name, each in vocabulary.catalogue.findings.items()
        if each.derived is not None
    }
    while True:
        facts = {**known, **found}
        ready = [
            name
            for name, derived in waiting.items()
            if name not in found and all(each in facts for each in derived.of)
        ]
        new = {name: _computed(name, waiting.pop(name), facts, vocabulary) for name in ready}
        found |= {name: fact for name, fact in new.items() if fact is not None}
        if not ready:
            return found


def _computed(
    name: str, derived: Derived, facts: Mapping[str, Fact], vocabulary: Vocabulary
) -> Fact | None:
    inputs = [facts[each] for each in derived.of]
    numbers = [Fraction(each.value) for each in inputs if isinstance(each.value, Decimal)]
    if len(numbers) < len(inputs):
        return None
    units = [vocabulary.scope.findings[each].unit or "" for each in derived.of]
    result = _result(derived, numbers, units)
    if result is None:
        return None
    shape = vocabulary.scope.findings[name]
    value = on_grid(result, shape)
    if not within_range(shape, value):
        return None
    return Fact(
        name,
        value,
        _oldest([each.on for each in inputs]),
        origin="derived",
        presumed=any(each.presumed for each in inputs),
    )


def _result(derived: Derived, numbers: list[Fraction], units: list[str]) -> Fraction | None:
    first, second = numbers
    match derived.function:
        case "change_pct":
            return 100 * (first - second) / second if second else None
        case "difference":
            return first - second
        case "weeks_between":
            return (first - second) * _WEEKS[units[0]]
        case "years_between":
            return (first - second) * _WEEKS[units[0]] / _WEEKS_OF_A_YEAR
        case "bmi":
            metres = second / 100 if units[1] == "cm" else second
            return first / metres**2 if metres else None


def on_grid(number: Fraction, shape: FindingShape) -> Decimal:
    """Return a number of a finding's grid, towards 0 where it lies between two of them.

    Args:
        number: Any number.
        shape: The finding.

    Example:
        >>> on_grid(Fraction(-100, 3), FindingShape("x", "number", step=Decimal(1)))
        Decimal('-33')
    """
    grid = shape.step or FINEST
    origin = (shape.low or Decimal(0)) if shape.step else Decimal(0)
    if number >= 0:
        return rounded_down(number, grid, origin)
    return -rounded_down(-number, grid, -origin)


def _oldest(days: list[dt.date | None]) -> dt.date | None:
    known = [each for each in days if each is not None]
    return min(known) if len(known) == len(days) else None


def inputs_in_words(name: str, finding: Finding, known: Mapping[str, Fact]) -> str:
    """Return what a derived finding was computed from: ``pain_now 6 and pain_baseline 8``.

    Args:
        name: The derived finding.
        finding: Its record.
        known: What is known.
    """
    inputs = finding.derived.of if finding.derived else (name,)
    return " and ".join(f"{each} {known[each].value}" for each in inputs)
