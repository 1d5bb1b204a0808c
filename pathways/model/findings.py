"""Findings: typed facts about a patient, and when they may change."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from pathways.conditions.scope import FindingType
from pathways.model.evidence import Evidence
from pathways.model.words import FindingName, Misfit, Name, Record, Sentence, Text, raise_faults

ChangeKind = Literal["trait", "status", "watch", "result", "count", "time"]
Level = Literal["emergency", "urgent", "soon"]
Effort = Literal["ask", "examine", "test", "scan", "procedure"]
DerivedFunction = Literal["change_pct", "difference", "weeks_between", "years_between", "bmi"]


MOST_DIGITS = 15
"""Numbers with so many digits are the same as text, as decimal and as a number of JSON."""

_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_COUNT = re.compile(r"[0-9]{1,6}")
MOST_ADDED = 1000


def _number_from_text(value: Any) -> Any:
    """Numbers in files are text until here, so that ``010`` and ``0.1`` stay what was written."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = plain_text(value)
    if isinstance(value, str):
        digits = sum(each.isdigit() for each in value)
        if _PLAIN_NUMBER.fullmatch(value) and digits <= MOST_DIGITS:
            return Decimal(value)
    elif isinstance(value, Decimal) and value.is_finite():
        return value
    raise PydanticCustomError("number", "a plain number such as 12 or 0.5 is needed")


def _count_from_text(value: Any) -> Any:
    if isinstance(value, str) and _COUNT.fullmatch(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_ADDED:
        return value
    raise PydanticCustomError("count", "a whole number from 1 is needed")


def plain_text(value: float) -> str:
    """Return a number in plain digits, never as ``1e-07``.

    Args:
        value: An int or a float.

    Example:
        >>> plain_text(0.0000001)
        '0.0000001'
    """
    return format(Decimal(repr(value)), "f")


def plain_number(value: Decimal) -> int | float:
    """Return a decimal as the number a YAML or JSON file would hold."""
    return int(value) if value == value.to_integral_value() else float(value)


DecimalNumber = Annotated[
    Decimal,
    BeforeValidator(_number_from_text),
    PlainSerializer(plain_number, return_type=int | float),
    WithJsonSchema({"type": "number"}),
]
"""An exact decimal number, of at most 15 digits."""

Count = Annotated[
    int,
    BeforeValidator(_count_from_text),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_ADDED}),
]
"""How much a count goes up: a whole number from 1 to 1000."""


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _one_when_one(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


Values = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_more),
    PlainSerializer(_one_when_one),
    WithJsonSchema({"type": ["string", "number", "array"], "items": {"type": "string"}}),
]
"""One value, or a list of values, as written."""


class Duration(Record):
    """A length of time, such as ``{amount: 12, unit: months}``."""

    amount: DecimalNumber = Field(description="How many.")
    unit: Literal["hours", "days", "weeks", "months", "years"] = Field(description="Of what.")


class Option(Record):
    """One value of a finding, in words."""

    title: Text
    evidence: tuple[Evidence, ...] = ()


class Code(Record):
    """A code of a terminology, for reading records of other systems."""

    system: Sentence = Field(description="Name or address of the code system.")
    code: Sentence = Field(description="The code; in quotes when it is a number.")
    display: Sentence | None = Field(default=None, description="What the code system calls it.")


class Derived(Record):
    """How a derived finding is computed: a fixed function of other findings."""

    function: DerivedFunction = Field(description="How it is computed.")
    of: tuple[FindingName, ...] = Field(
        min_length=1, max_length=3, description="The findings it is computed from, in order."
    )


class Finding(Record):
    """A typed fact about a patient. It can always be absent; absence is never a value.

    ``kind`` says when it may change: ``trait`` never; ``status`` where a state reassesses it;
    ``watch`` at any step; ``result`` when the state that yields it is entered; ``count`` and
    ``time`` upwards only.
    """

    title: Text = Field(description="Noun phrase: 'pain duration'.")
    type: FindingType = Field(description="yes_no, one_of, several_of or number.")
    kind: ChangeKind = Field(description="When it may change.")
    question: Text = Field(description="The question that finds it out.")
    why_asked: Text | None = Field(default=None, description="Why it is asked.")
    says: Text | None = Field(
        default=None,
        description="Sentence when it holds; {value} stands for the value or comparison in words.",
    )
    says_not: Text | None = Field(default=None, description="Sentence when it does not hold.")
    options: dict[Name, Option] | None = Field(
        default=None, description="Values of one_of and several_of; 'none' excludes the others."
    )
    unit: Sentence | None = Field(default=None, description="Unit of a number: weeks, percent.")
    range: tuple[DecimalNumber, DecimalNumber] | None = Field(
        default=None, description="Smallest and largest possible number, both possible."
    )
    step: DecimalNumber | None = Field(
        default=None, description="Distance of possible numbers; none: any number in the range."
    )
    typical: Values | None = Field(
        default=None, description="A value an invented patient would have; a list for several_of."
    )
    level: Level | None = Field(default=None, description="Set for warning signs only.")
    valid_for: Duration | None = Field(
        default=None, description="After this long an old 'no' becomes 'not asked'."
    )
    window: Duration | None = Field(
        default=None, description="For a count over a window, such as the last 12 months."
    )
    effort: Effort = Field(default="ask", description="What it takes to find it out.")
    derived: Derived | None = Field(
        default=None, description="Set when it is computed from others."
    )
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _fits_its_type(self, info: ValidationInfo) -> Finding:
        raise_faults("finding-type", _type_faults(self), info)
        return self


def _type_faults(finding: Finding) -> list[Misfit]:
    """Return what does not fit the type of a finding."""
    faults = _number_faults(finding) if finding.type == "number" else _word_faults(finding)
    if finding.kind in {"count", "time"} and finding.type != "number":
        faults.append((f"a finding of kind {finding.kind} must be a number", "kind"))
    if finding.window is not None and finding.kind != "count":
        faults.append(("'window' belongs to findings of kind count", "window"))
    return faults


def _number_faults(finding: Finding) -> list[Misfit]:
    faults: list[Misfit] = []
    if finding.options is not None:
        faults.append(("'options' belong to one_of and several_of, not to number", "options"))
    if finding.range is None:
        faults.append(("a number needs 'range: [smallest, largest]'", ""))
    if finding.unit is None:
        faults.append(("a number needs a 'unit'; write 'count' or 'points' when it has none", ""))
    if finding.range and finding.range[0] >= finding.range[1]:
        faults.append(("the range must go from the smaller to the larger number", "range"))
    if finding.step is not None and finding.step <= 0:
        faults.append(("'step' must be greater than 0", "step"))
    if finding.level is not None:
        faults.append(("a warning sign is yes_no, one_of or several_of, not a number", "level"))
    return faults


def _word_faults(finding: Finding) -> list[Misfit]:
    faults: list[Misfit] = []
    listed = finding.type in {"one_of", "several_of"}
    if listed and not finding.options:
        faults.append((f"a finding of type {finding.type} needs 'options'", ""))
    if finding.options is not None and not listed:
        message = f"'options' belong to one_of and several_of, not to {finding.type}"
        faults.append((message, "options"))
    if finding.type == "one_of" and finding.options and len(finding.options) < 2:
        faults.append(("a finding of type one_of needs at least two options", "options"))
    faults.extend(
        (f"'{key}' belongs to numbers, not to {finding.type}", key)
        for key in ("unit", "range", "step")
        if getattr(finding, key) is not None
    )
    return faults
