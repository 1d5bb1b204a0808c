"""A patient record as its file says it: findings, history, wishes, what is not available.

Nothing here is looked up in a catalogue: names and values are checked by
:mod:`pathways.records.checking`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from pathways.model.findings import DecimalNumber, Values
from pathways.model.words import (
    FindingName,
    FormatVersion,
    HyphenName,
    IsoDate,
    Misfit,
    Name,
    Record,
    Sentence,
    forbidden_character,
    raise_faults,
)

AbsenceReason = Literal["not_asked", "asked_unknown", "not_performed", "unknown"]
"""Why a finding has no value.

Source: HL7 FHIR R4, data-absent-reason: not-asked, asked-unknown, not-performed, unknown.
"""

Adherence = Literal["most", "some", "little"]
TreatmentStatus = Literal["never", "now", "stopped"]
TestStatus = Literal["never", "done"]
Unavailability = Literal["distance", "not_covered", "not_offered", "not_wanted", "contraindicated"]
"""Why something cannot be had: too far away, no insurance, no clinic that does it, the person does
not want it, or it would not be safe for them."""


MAX_VALUE_CHARACTERS = 200
MAX_VALUES_AT_ONCE = 200


def _yes_or_no(given: Any) -> Any:
    """A program has True and False, and JSON has true and false, where a file has yes and no."""
    if isinstance(given, bool):
        given = str(given).lower()
    return {"true": "yes", "false": "no"}.get(given, given) if isinstance(given, str) else given


YesNo = Annotated[
    Literal["yes", "no"],
    BeforeValidator(_yes_or_no),
    WithJsonSchema({"enum": ["yes", "no", True, False]}),
]
"""A yes or a no; ``true`` and ``false`` are the same."""


def _fit_to_show(values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse values that no message could show: a value is a word or a number with its unit."""
    if len(values) > MAX_VALUES_AT_ONCE:
        limits = {"max_length": MAX_VALUES_AT_ONCE, "actual_length": len(values)}
        raise PydanticCustomError("too_long", "too many values", limits)
    for each in values:
        found = forbidden_character(each)
        if found:
            raise PydanticCustomError("character", "has the character {name}", {"name": found})
        if len(each) > MAX_VALUE_CHARACTERS:
            limits = {"max_length": MAX_VALUE_CHARACTERS, "actual_length": len(each)}
            raise PydanticCustomError("string_too_long", "too long", limits)
    return values


_PLAIN: dict[str, Any] = {"type": ["string", "number", "boolean"]}
Given = Annotated[
    Values,
    AfterValidator(_fit_to_show),
    WithJsonSchema({"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}]}),
]
"""One value, or several, as somebody wrote them."""


class Observation(Record):
    """What is known of one finding on one day: a value, or a reason why there is none.

    Args:
        value: One value, or a list of them for several-of findings; a unit may stand behind a number.
        parts: For several-of findings known in part: each value with yes or no.
    """

    value: Given | None = Field(
        default=None, description="The value; a list for several_of; a unit may stand behind it."
    )
    parts: dict[Name, YesNo] | None = Field(
        default=None,
        min_length=1,
        description="For several_of known in part: each value with yes or no.",
    )
    absent: AbsenceReason | None = Field(default=None, description="Why there is no value.")
    on: IsoDate | None = Field(default=None, description="Day it was found; none: when recorded.")
    by: Sentence | None = Field(default=None, description="Who said so.")

    @model_validator(mode="after")
    def _one_thing(self, info: ValidationInfo) -> Observation:
        given = [key for key in ("value", "parts", "absent") if getattr(self, key) is not None]
        if len(given) != 1:
            message = (
                f"an observation needs exactly one of 'value', 'parts' and 'absent'; it has "
                f"{', '.join(given) or 'none'}"
            )
            raise_faults("observation-form", [(message, "")], info)
        return self


LONG_FORM = frozenset({"value", "parts", "absent", "on", "by"})
"""The keys of an observation; other keys are the values of a several-of finding."""


def _observations(given: Any) -> Any:
    """A plain value, a list of values or one observation is short for a series of one."""
    if isinstance(given, (list, tuple)) and any(isinstance(each, dict) for each in given):
        return tuple(_observation(each) for each in given)
    if isinstance(given, Observation):
        return (given,)
    if isinstance(given, tuple) and given and all(isinstance(each, Observation) for each in given):
        return given
    return (_observation(given),)


def _observation(given: Any) -> Any:
    if isinstance(given, (str, list, tuple)):
        return {"value": given}
    if isinstance(given, dict) and given and not LONG_FORM.intersection(given):
        return {"parts": given}
    return given


def _short(series: tuple[Observation, ...]) -> Any:
    written = [each.model_dump(exclude_defaults=True) for each in series]
    if len(written) == 1:
        only = written[0]
        if list(only) == ["value"]:
            return only["value"]
        if list(only) == ["parts"] and not LONG_FORM.intersection(only["parts"]):
            return only["parts"]
        return only
    return written


class _SeriesSchema:
    """What an editor is told of a series: the short forms beside the long one."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        observation = handler(core_schema)["items"]
        parts: dict[str, Any] = {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"enum": ["yes", "no", True, False]},
        }
        items = {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}, observation, parts]}
        return {"anyOf": [_PLAIN, {"type": "array", "items": items}, observation, parts]}


Series = Annotated[
    tuple[Observation, ...],
    BeforeValidator(_observations),
    PlainSerializer(_short),
    _SeriesSchema(),
]
"""The values of one finding over time, in any order."""


class TreatmentEvent(Record):
    """One treatment in the history, for one stretch of time.

    Give ``on`` for what is over in a day, ``from`` (and ``to`` when it has ended) for what goes on,
    or ``status`` alone when no day is known.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    treatment: Name = Field(description="Name of a treatment of the catalogue.")
    status: TreatmentStatus | None = Field(
        default=None, description="never, now or stopped, where no days are given."
    )
    on: IsoDate | None = Field(default=None, description="Day it was done, for a procedure.")
    from_: IsoDate | None = Field(default=None, alias="from", description="Day it began.")
    to: IsoDate | None = Field(default=None, description="Day it ended; none: it goes on.")
    weeks: DecimalNumber | None = Field(
        default=None, description="How many weeks, where no days are given."
    )
    as_advised: Adherence | None = Field(
        default=None, description="How much of it was done as advised: most, some or little."
    )
    relief_pct: DecimalNumber | None = Field(
        default=None, description="How much it helped, in percent."
    )
    relief_weeks: DecimalNumber | None = Field(
        default=None, description="How long the help of a procedure lasted, in weeks."
    )
    side_effects: Given | None = Field(
        default=None, description="Which side effects; [none] for none."
    )
    by: Sentence | None = Field(default=None, description="Who said so.")
    note: Sentence | None = Field(default=None, description="Anything else.")

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> TreatmentEvent:
        raise_faults("history-form", _event_faults(self), info)
        return self


def _event_faults(event: TreatmentEvent) -> list[Misfit]:
    faults: list[Misfit] = []
    if all(each is None for each in (event.status, event.on, event.from_, event.to)):
        faults.append(("give what is known of it: 'status', 'on', or 'from' and 'to'", "treatment"))
    if event.on is not None and (event.from_ is not None or event.to is not None):
        faults.append(("give 'on' for one day, or 'from' and 'to'; not both", "on"))
    if event.status == "never":
        said = ("on", "from_", "to", "weeks", "as_advised", "relief_pct", "relief_weeks")
        given = [key.rstrip("_") for key in said if getattr(event, key) is not None]
        if given or event.side_effects is not None:
            message = f"what was never tried has no '{(given or ['side_effects'])[0]}'"
            faults.append((message, "status"))
    if event.status == "now" and event.to is not None:
        faults.append(("what goes on now has no 'to'", "to"))
    return faults


class TestEvent(Record):
    """One test in the history."""

    __test__ = False

    test: Name = Field(description="Name of a test of the catalogue.")
    status: TestStatus | None = Field(
        default=None, description="never, or done where no day is known."
    )
    on: IsoDate | None = Field(default=None, description="Day it was done.")
    by: Sentence | None = Field(default=None, description="Who said so.")
    note: Sentence | None = Field(default=None, description="Anything else.")

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> TestEvent:
        if self.status is None and self.on is None:
            raise_faults(
                "history-form", [("give 'status: done', or the day as 'on'", "test")], info
            )
        if self.status == "never" and self.on is not None:
            raise_faults("history-form", [("what was never done has no 'on'", "on")], info)
        return self


class History(Record):
    """What was tried and tested so far."""

    complete: YesNo = Field(
        default="no",
        description="yes: what is not listed was never tried or done; no: it is not known.",
    )
    treatments: tuple[TreatmentEvent, ...] = Field(default=(), description="Treatments, any order.")
    tests: tuple[TestEvent, ...] = Field(default=(), description="Tests, any order.")
    never: tuple[Name, ...] = Field(
        default=(), description="Treatments and tests that were never tried or done."
    )

    @property
    def is_complete(self) -> bool:
        """Whether what is not listed was never tried or done."""
        return self.complete == "yes"


class Unavailable(Record):
    """Something that cannot be had, and why."""

    what: Name = Field(description="Name of a treatment, a test or a class of treatments.")
    why: Unavailability = Field(
        description="distance, not_covered, not_offered, not_wanted or contraindicated."
    )
    note: Sentence | None = Field(default=None, description="Anything else.")


class StatedPlace(Record):
    """Where the record says that the person is: it wins over what the history suggests."""

    pathway: HyphenName = Field(description="Name of the pathway.")
    state: Name = Field(description="Name of the state.")
    since: IsoDate | None = Field(default=None, description="Day they came there.")


class ExpectedPlace(Record):
    """What the author of an example record expects; checked where examples are tested."""

    pathway: HyphenName = Field(description="Name of the pathway.")
    at: tuple[Name, ...] = Field(min_length=1, description="States of the place.")
    headline: Literal["emergency", "urgent", "check_signs", "here", "finished"] | None = Field(
        default=None, description="What the answer says first."
    )
    certain: tuple[Name, ...] = Field(default=(), description="States that are open now.")
    possible: tuple[Name, ...] = Field(default=(), description="States that depend on unknowns.")
    excluded: tuple[Name, ...] = Field(default=(), description="States that are not open now.")
    asks_first: tuple[FindingName, ...] = Field(
        default=(), description="Findings that are asked first, in order."
    )
    cautions_about: tuple[Name, ...] = Field(
        default=(), description="Treatments and classes a caution speaks of."
    )
    why: Sentence | None = Field(default=None, description="Why, in the words of a clinician.")


class PatientRecord(Record):
    """One patient record file: values, history and wishes of one person, without their name.

    Example:
        >>> record = PatientRecord(record="someone", findings={"pain_now": "7"})
        >>> record.findings["pain_now"][0].value
        ('7',)
    """

    format: FormatVersion = Field(default="1", description="Version of the file format: 1.")
    record: HyphenName = Field(description="Name of the record; never the name of a person.")
    about: Sentence | None = Field(default=None, description="Whom it is about, in a sentence.")
    invented: YesNo = Field(default="no", description="yes: an example that somebody made up.")
    recorded: IsoDate | None = Field(
        default=None, description="Day on which values without a day of their own were said."
    )
    episode_began: IsoDate | None = Field(
        default=None,
        description="When this bout of pain began; what ended before is history, but no step of it.",
    )
    pathways: tuple[HyphenName, ...] = Field(
        default=(), description="Pathways the person follows; none: all that concern them."
    )
    at: StatedPlace | None = None
    findings: dict[FindingName, Series] = Field(default={}, description="What was found, by name.")
    history: History = History()
    goals: tuple[Sentence, ...] = Field(default=(), description="What the person wants to reach.")
    preferences: tuple[Sentence, ...] = Field(default=(), description="What matters to them.")
    unavailable: tuple[Unavailable, ...] = Field(default=(), description="What cannot be had.")
    expected: tuple[ExpectedPlace, ...] = Field(
        default=(), description="Of an example: where it should be placed."
    )

    @property
    def is_invented(self) -> bool:
        """Whether the record is a made-up example."""
        return self.invented == "yes"
