"""Findings: typed facts about a patient, and when they may change."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from pathways.conditions.scope import FindingType
from pathways.model.evidence import Evidence
from pathways.model.words import FindingName, Name, Record, Sentence, Text, raise_faults

ChangeKind = Literal["trait", "status", "watch", "result", "count", "time"]
Level = Literal["emergency", "urgent", "soon"]
Effort = Literal["ask", "examine", "test", "scan", "procedure"]
DerivedFunction = Literal["change_pct", "difference", "weeks_between", "years_between", "bmi"]


def _number_from_text(value: Any) -> Any:
    """Numbers in files are text until here, so that ``010`` and ``0.1`` stay what was written."""
    if isinstance(value, bool):
        raise PydanticCustomError("number", "a number is needed, not yes or no")
    if isinstance(value, (int, float)):
        value = str(value)
    if isinstance(value, str):
        plain = value.lstrip("-")
        if len(value) > 20 or not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
            raise PydanticCustomError(
                "number", "'{value}' is not a plain number such as 12 or 0.5", {"value": value[:40]}
            )
        return Decimal(value)
    return value


def plain_number(value: Decimal) -> int | float:
    """Return a decimal as the number a YAML or JSON file would hold."""
    return int(value) if value == value.to_integral_value() else float(value)


DecimalNumber = Annotated[
    Decimal,
    BeforeValidator(_number_from_text),
    PlainSerializer(plain_number, return_type=int | float),
    WithJsonSchema({"type": "number"}),
]
"""An exact decimal number."""


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

    amount: DecimalNumber
    unit: Literal["hours", "days", "weeks", "months", "years"]


class Option(Record):
    """One value of a finding, in words."""

    title: Text
    evidence: tuple[Evidence, ...] = ()


class Code(Record):
    """A code of a terminology, for reading records of other systems."""

    system: Sentence = Field(description="Name or address of the code system.")
    code: Sentence
    display: Sentence | None = None


class Derived(Record):
    """How a derived finding is computed: a fixed function of other findings."""

    function: DerivedFunction
    of: tuple[FindingName, ...] = Field(min_length=1, max_length=3)


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
    derived: Derived | None = Field(default=None, description="Set when it is computed from others.")
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> Finding:
        raise_faults("finding-type", _type_faults(self))
        return self


def _type_faults(finding: Finding) -> list[str]:
    """Return what does not fit the type of a finding, as messages."""
    faults: list[str] = []
    listed = finding.type in {"one_of", "several_of"}
    number = finding.type == "number"
    if listed and not finding.options:
        faults.append(f"a finding of type {finding.type} needs 'options'")
    if finding.options is not None and not listed:
        faults.append(f"'options' belong to one_of and several_of, not to {finding.type}")
    if finding.type == "one_of" and finding.options and len(finding.options) < 2:
        faults.append("a finding of type one_of needs at least two options")
    if number and finding.range is None:
        faults.append("a number needs 'range: [smallest, largest]'")
    if number and finding.unit is None:
        faults.append("a number needs a 'unit' (write 'count' or 'points' when it has none)")
    if finding.range and finding.range[0] >= finding.range[1]:
        faults.append("the range must go from the smaller to the larger number")
    if not number and (finding.unit or finding.range or finding.step is not None):
        faults.append(f"'unit', 'range' and 'step' belong to numbers, not to {finding.type}")
    if finding.step is not None and finding.step <= 0:
        faults.append("'step' must be greater than 0")
    if finding.kind in {"count", "time"} and not number:
        faults.append(f"a finding of kind {finding.kind} must be a number")
    if finding.level is not None and finding.type == "number":
        faults.append("a warning sign is yes_no, one_of or several_of, not a number")
    if finding.window is not None and finding.kind != "count":
        faults.append("'window' belongs to findings of kind count")
    return faults


