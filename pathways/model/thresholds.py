"""Thresholds: the numbers that conditions compare with, each with its source and the others in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from pathways.conditions import Condition
from pathways.conditions.nodes import Between, Compare, Number
from pathways.conditions.walk import nodes
from pathways.model.evidence import Evidence
from pathways.model.findings import DecimalNumber
from pathways.model.words import FindingName, Name, Record, Text


class ThresholdValue(Record):
    """One value in use, and who uses it."""

    value: DecimalNumber = Field(description="In the unit of the finding.")
    says: Text | None = Field(default=None, description="What it decides, in a few words.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="Who uses this value.")


class Threshold(Record):
    """A line that is drawn through the values of some findings, and every value in use for it."""

    title: Text
    of: tuple[FindingName, ...] = Field(
        min_length=1, description="The findings it is about; all have the same unit."
    )
    values: tuple[ThresholdValue, ...] = Field(min_length=1, description="Every value in use.")
    note: Text | None = None
    disagreements: tuple[Name, ...] = Field(default=(), description="Disagreements about it.")


@dataclass(frozen=True, slots=True)
class Line:
    """A number that a condition compares a finding with.

    Args:
        finding: Name of the finding.
        value: The number, in the unit of the finding.
    """

    finding: str
    value: Decimal


def lines_in(condition: Condition) -> Iterator[Line]:
    """Yield every number that a condition compares a finding with.

    Args:
        condition: The condition; definitions that it names are not opened.

    Example:
        >>> from pathways.conditions import parse
        >>> [str(line.value) for line in lines_in(parse("50 <= relief < 80 and weeks > 4"))]
        ['50', '80', '4']
    """
    for node in nodes(condition):
        match node:
            case Compare(finding, _, Number() as number):
                yield Line(finding, number.value)
            case Between(finding, low, high):
                yield Line(finding, low.value)
                yield Line(finding, high.value)
            case _:
                pass


def thresholds_of(line: Line, thresholds: Iterable[tuple[str, Threshold]]) -> list[str]:
    """Return the names of the thresholds that hold a number.

    Args:
        line: The number and the finding it is compared with.
        thresholds: Thresholds by name.
    """
    return [
        name
        for name, each in thresholds
        if line.finding in each.of and any(line.value == one.value for one in each.values)
    ]
