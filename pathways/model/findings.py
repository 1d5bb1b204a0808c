"""Findings: typed facts about a patient, and when they may change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from pathways.conditions.quantities import read_number
from pathways.conditions.scope import FindingType
from pathways.model.evidence import Evidence
from pathways.model.words import FindingName, Misfit, Name, Record, Sentence, Text, raise_faults

ChangeKind = Literal["trait", "status", "watch", "result", "count", "time"]
Level = Literal["emergency", "urgent", "soon"]
"""Level of a warning sign; ``soon`` is a reason to talk to the clinician."""

InterruptLevel = Literal["emergency", "urgent"]
"""Level of an interrupt: ``soon`` never interrupts."""

Effort = Literal["ask", "examine", "test", "scan", "procedure"]
DerivedFunction = Literal["change_pct", "difference", "weeks_between", "years_between", "bmi"]


_COUNT = re.compile(r"[0-9]{1,6}")
MOST_ADDED = 1000


def _number_from_text(value: Any) -> Any:
    """Numbers in files are text until here, so that ``010`` and ``0.1`` stay what was written."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = plain_text(value)
    if isinstance(value, str):
        number = read_number(value)
        if number is not None:
            return number
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


def as_json_number(value: Decimal) -> int | float:
    """Return a decimal as the number a YAML or JSON file would hold."""
    return int(value) if value == value.to_integral_value() else float(value)


DecimalNumber = Annotated[
    Decimal,
    BeforeValidator(_number_from_text),
    PlainSerializer(as_json_number, return_type=int | float),
    WithJsonSchema({"type": "number"}),
]
"""An exact decimal number, of at most 15 digits."""

Count = Annotated[
    int,
    BeforeValidator(_count_from_text),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_ADDED}),
]
"""How much a count goes up: a whole number from 1 to 1000."""


def _above_zero(value: Decimal) -> Decimal:
    if value <= 0:
        raise PydanticCustomError("positive", "it must be greater than 0")
    return value


PositiveNumber = Annotated[
    Decimal,
    BeforeValidator(_number_from_text),
    AfterValidator(_above_zero),
    PlainSerializer(as_json_number, return_type=int | float),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
"""An exact decimal number greater than 0, of at most 15 digits."""


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

    amount: PositiveNumber = Field(description="How many; more than 0.")
    unit: Literal["hours", "days", "weeks", "months", "years"] = Field(description="Of what.")


class Code(Record):
    """A code of a terminology, for reading records of other systems."""

    system: Sentence = Field(description="Name or address of the code system.")
    code: Sentence = Field(description="The code; in quotes when it is a number.")
    display: Sentence | None = Field(default=None, description="What the code system calls it.")


class Option(Record):
    """One value of a finding, in words."""

    title: Text
    level: Level | None = Field(default=None, description="Set when this value is a warning sign.")
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()


TIME_SCALES = ("hours", "days", "weeks", "months", "years")
"""Units of time that one finding can be measured in to be compared with another."""

DERIVED_INPUTS: Mapping[DerivedFunction, tuple[str, ...]] = {
    "change_pct": ("now", "before"),
    "difference": ("first", "second"),
    "weeks_between": ("later", "earlier"),
    "years_between": ("later", "earlier"),
    "bmi": ("weight", "height"),
}
"""What each function is computed from, in order; every input is a number."""


class Derived(Record):
    """How a derived finding is computed: a fixed function of other findings, all numbers.

    Each gives a number, and is absent until every input is known.

    ``change_pct``
        of (now, before): 100 * (now - before) / before, in percent. Negative when it went down:
        pain from 8 to 6 is -25. Absent when before is 0. Both inputs have one unit.
    ``difference``
        of (first, second): first - second, in their common unit.
    ``weeks_between``, ``years_between``
        of (later, earlier): later - earlier, in weeks or years; negative when the first is the
        earlier one. No finding is a date, so both are times on one scale, such as weeks since the
        pain began or age in years, in one unit of time: hours, days, weeks, months or years. A year
        is 365.25 days, a month the twelfth part of it.
    ``bmi``
        of (weight, height): weight in kg divided by the square of the height in m, in kg/m2.
        The inputs have the units kg and m, or kg and cm.
    """

    function: DerivedFunction = Field(
        description="change_pct (now, before), difference (first, second), weeks_between or "
        "years_between (later, earlier), bmi (weight, height)."
    )
    of: tuple[FindingName, ...] = Field(
        min_length=1, max_length=3, description="The findings it is computed from, in order."
    )

    @model_validator(mode="after")
    def _fits_its_function(self, info: ValidationInfo) -> Derived:
        needed = DERIVED_INPUTS[self.function]
        if len(self.of) != len(needed):
            message = (
                f"{self.function} is computed from {len(needed)} findings"
                f" ({', '.join(needed)}), not from {len(self.of)}"
            )
            raise_faults("finding-type", [(message, "of")], info)
        return self


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
    level: Level | None = Field(
        default=None, description="Set for warning signs only; they also need 'valid_for'."
    )
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
    if finding.derived is not None and finding.type != "number":
        faults.append(("a finding computed from others must be a number", "type"))
    if finding.valid_for is None and _is_warning_sign(finding):
        message = (
            "a warning sign needs 'valid_for'; after that long an old 'no' becomes 'not asked'"
        )
        faults.append((message, ""))
    return faults


def _is_warning_sign(finding: Finding) -> bool:
    options = (finding.options or {}).values()
    return finding.level is not None or any(each.level is not None for each in options)


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
