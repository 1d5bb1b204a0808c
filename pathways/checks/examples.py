"""Examples as tests: journeys in a file that clinicians can read and sign, and that are replayed.

A file says what a patient is like at the start and what changes on the way, as far as any way or
warning sign on that journey reads it; everything else is filled in with typical values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Literal

from pydantic import Field

from pathways.checks.replay import faults, open_ways
from pathways.checks.results import Journey, Moment, Reported
from pathways.conditions import FindingShape, KnownValue, findings_in, read_value
from pathways.conditions.values import NONE
from pathways.errors import ConditionError, DocumentError, Problem, did_you_mean
from pathways.graph.steps import interrupt_ways
from pathways.model.findings import Values as Written
from pathways.model.findings import plain_text
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import (
    FindingName,
    FormatVersion,
    HyphenName,
    IsoDate,
    Name,
    Record,
    Sentence,
)
from pathways.reading.files import LIBRARY, file_of, is_file, read_file
from pathways.reading.marks import Marked, read_yaml
from pathways.reading.reports import in_file_order
from pathways.reading.structure import build
from pathways.reading.values import typed, value_problem
from pathways.reading.writing import OneLine, yaml_text
from pathways.semantics.changes import Change, changes_at, counted
from pathways.semantics.logic import moving_conditions


class Signature(Record):
    """Who says that an example is as it should be."""

    by: Sentence = Field(description="Name and role of the clinician.")
    on: IsoDate = Field(description="Day of the signature.")


class Step(Record):
    """One step of an example."""

    at: Name = Field(description="The state.")
    now: dict[FindingName, Written] = Field(
        default={}, description="What is different from the step before."
    )
    to: Name | None = Field(
        default=None, description="The state it goes on to; none: it ends here."
    )
    interrupted: Literal["yes", "no"] = Field(
        default="no", description="yes: a warning sign leads there, no way of the state."
    )


class Example(Record):
    """One example: an invented patient and the way they take."""

    name: HyphenName = Field(description="Name of the example.")
    about: Sentence | None = Field(default=None, description="What it shows.")
    signed: tuple[Signature, ...] = Field(default=(), description="Clinicians who agree with it.")
    begins: dict[FindingName, Written] = Field(
        default={}, description="What the patient is like at the start."
    )
    no: tuple[FindingName, ...] = Field(default=(), description="What is a no at the start.")
    steps: tuple[Step, ...] = Field(min_length=1, description="The way, step by step.")


class ExamplesDocument(Record):
    """A file of examples of one pathway."""

    format: FormatVersion = Field(description="Version of the file format: 1.")
    examples: HyphenName = Field(description="Name of the pathway.")
    invented: Literal["yes"] = Field(description="yes: nobody in it is a real person.")
    journeys: tuple[Example, ...] = Field(description="The examples.")


@dataclass(frozen=True)
class ReadExamples:
    """A file of examples with the places of its parts.

    Args:
        document: The examples.
        marked: The file.
    """

    document: ExamplesDocument
    marked: Marked

    @property
    def signed(self) -> int:
        """How many of the examples somebody has signed."""
        return sum(bool(each.signed) for each in self.document.journeys)


def examples_beside(source: str) -> ReadExamples | None:
    """Return the examples of a pathway that stand beside its file; None when there are none.

    Args:
        source: Name of a library pathway, or path of its file; ``x.yaml`` has ``x.examples.yaml``.

    Raises:
        DocumentError: The file of examples has faults; all of them are listed.
    """
    file = file_of(source)
    if file.parent == LIBRARY / "pathways":
        path = LIBRARY / "examples" / file.name
        shown = f"library/examples/{file.name}"
    else:
        path = file.with_name(f"{file.stem}{ENDING}")
        shown = str(FilePath(source).with_name(path.name))
    return load_examples(path, shown) if is_file(path) else None


ENDING = ".examples.yaml"
"""How the name of a file of examples ends, beside the pathway's own."""


def load_examples(path: FilePath, shown: str | None = None) -> ReadExamples:
    """Read a file of examples.

    Args:
        path: The file.
        shown: What to call it in messages; None: its path.

    Raises:
        DocumentError: The file has faults; all of them are listed.
    """
    name = str(path) if shown is None else shown
    return examples_from_text(read_file(path, name), name)


def examples_from_text(text: str | bytes, name: str = "<text>") -> ReadExamples:
    """Read examples from text; see :func:`load_examples`."""
    marked = read_yaml(text, name)
    built = build(marked, ExamplesDocument)
    if built.model is None or built.problems:
        raise DocumentError(built.problems)
    return ReadExamples(built.model, built.marked)


def replayed(pathway: ResolvedPathway, read: ReadExamples) -> Iterator[Reported]:
    """Yield the examples that do not go the way their file says.

    Args:
        pathway: The pathway.
        read: Examples of it.

    Raises:
        DocumentError: A name or value in the file does not exist in the pathway.
    """
    problems = in_file_order(_name_problems(pathway, read))
    if problems:
        raise DocumentError(problems)
    filling_in = _FillingIn(pathway)
    for index, example in enumerate(read.document.journeys):
        shown = filling_in.journey(example)
        why = "a way it takes is not there any more" if shown is None else ""
        if shown is not None:
            why = next(iter(faults(pathway, shown)), "")
        if why:
            message = f"the example '{example.name}' does not go as its file says: {why}"
            hint = "look whether the change is meant; then make the example anew and have it signed"
            place = read.marked.place(("journeys", index))
            where = f"examples.{example.name}"
            yield Reported(Problem("example-fails", message, hint, where, place), None)


def journey_of(pathway: ResolvedPathway, example: Example) -> Journey | None:
    """Return the journey an example tells; None when a way it takes does not exist."""
    return _FillingIn(pathway).journey(example)


class _FillingIn:
    """Fills in what examples of one pathway leave out."""

    def __init__(self, pathway: ResolvedPathway) -> None:
        self.pathway = pathway
        self.typical = {name: typical_value(pathway, name) for name in read_findings(pathway)}
        self.changes: dict[str, dict[str, Change]] = {}

    def journey(self, example: Example) -> Journey | None:
        values = self.typical | dict.fromkeys(example.no, False) | self.typed(example.begins)
        moments: list[Moment] = []
        for place, step in enumerate(example.steps):
            if place:
                values = self.entered(step.at, values) | self.typed(step.now)
            key = _way(self.pathway, step, values)
            if key is None:
                return None
            moments.append(Moment(step.at, values, key))
        return Journey(tuple(moments))

    def typed(self, written: Mapping[str, Written]) -> dict[str, KnownValue]:
        shapes = self.pathway.scope.findings
        return {
            name: read_value(shapes[name], typed(each, shapes[name]))
            for name, each in written.items()
        }

    def entered(self, state: str, values: Mapping[str, KnownValue]) -> dict[str, KnownValue]:
        """Return the values after entering a state that changes only what it must."""
        found = dict(values)
        if state not in self.changes:
            self.changes[state] = changes_at(self.pathway, state, self.typical)
        for name, change in self.changes[state].items():
            old = values[name]
            if change.effect == "set" and change.value is not None:
                found[name] = change.value
            elif change.effect == "done" and change.words and old not in change.words:
                found[name] = change.words[0]
            elif change.effect == "added" and isinstance(old, Decimal):
                high = self.pathway.scope.findings[name].high
                found[name] = (
                    old + change.amount if high is None else min(old + change.amount, high)
                )
        return found


def _way(pathway: ResolvedPathway, step: Step, values: Mapping[str, KnownValue]) -> str | None:
    """Return the way a step takes: of several to the same state that which is open."""
    if step.to is None:
        return ""
    if step.interrupted == "yes":
        listed = enumerate(pathway.interrupts)
        keys = [f"interrupt/{at}" for at, each in listed if each.to == step.to]
    else:
        keys = [way.key for way in pathway.ways_from(step.at) if way.target == step.to]
    if len(keys) < 2:
        return keys[0] if keys else None
    is_open = set(open_ways(pathway, step.at, values))
    return next((key for key in keys if key in is_open), keys[0])


def read_findings(pathway: ResolvedPathway) -> tuple[str, ...]:
    """Return the findings that say who may move in a pathway, sorted."""
    initial = pathway.document.initial
    conditions = [*moving_conditions(pathway), *([initial] if initial is not None else [])]
    names = {name for each in conditions for name in findings_in(each, pathway.scope)}
    return tuple(sorted(names | counted(pathway)))


def typical_value(pathway: ResolvedPathway, finding: str) -> KnownValue:
    """Return the value an invented patient has unless something else is said: typical, or a no."""
    shape = pathway.scope.findings[finding]
    record = pathway.catalogue.findings.get(finding)
    if record is not None and record.typical is not None:
        return read_value(shape, typed(record.typical, shape))
    match shape.type:
        case "yes_no":
            return False
        case "number":
            return shape.low if shape.low is not None else Decimal(0)
        case "one_of":
            return shape.options[0]
        case _:
            return read_value(shape, frozenset())


def examples_text(pathway: ResolvedPathway, journeys: Sequence[Journey]) -> str:
    """Write journeys as a file of examples.

    Args:
        pathway: The pathway.
        journeys: Journeys through it.

    Returns:
        YAML text; reading it again gives journeys that go the same way.
    """
    width = len(str(len(journeys)))
    data = {
        "format": 1,
        "examples": pathway.id,
        "invented": "yes",
        "journeys": [
            _example(pathway, journey, f"journey-{number:0{width}}")
            for number, journey in enumerate(journeys, start=1)
        ],
    }
    return yaml_text(data)


def _example(pathway: ResolvedPathway, journey: Journey, name: str) -> dict[str, object]:
    told = _matters(pathway, journey)
    first = journey.moments[0].values
    shapes = pathway.scope.findings
    no = [each for each in told if shapes[each].type == "yes_no" and first[each] is False]
    begins = {each: _written(shapes[each], first[each]) for each in told if each not in no}
    last = pathway.states[journey.last.state].title.clinician
    found: dict[str, object] = {
        "name": name,
        "about": f"{len(journey.moments)} steps, to '{last}'",
        "begins": begins,
        "no": OneLine(no),
        "steps": [],
    }
    steps: list[dict[str, object]] = []
    for place, moment in enumerate(journey.moments):
        step: dict[str, object] = {"at": moment.state}
        if place:
            before = journey.moments[place - 1].values
            now = {
                each: _written(shapes[each], moment.values[each])
                for each in told
                if moment.values[each] != before[each]
            }
            step |= {"now": now} if now else {}
        if moment.way:
            step["to"] = journey.moments[place + 1].state
        if moment.way.startswith("interrupt/"):
            step["interrupted"] = "yes"
        steps.append(step)
    found["steps"] = steps
    return {key: value for key, value in found.items() if value}


def _matters(pathway: ResolvedPathway, journey: Journey) -> list[str]:
    """Return the findings that any way or warning sign reads at the steps of a journey."""
    visited = set(journey.states)
    active = {index for name, index in interrupt_ways(pathway) if name in visited}
    initial = pathway.document.initial
    always = [*pathway.facts, *([initial] if initial is not None else [])]
    names = {name for each in always for name in findings_in(each, pathway.scope)}
    for name in visited:
        state = pathway.states[name]
        for way in state.next:
            names.update(findings_in(way.when, pathway.scope))
        names.update(state.sets, state.adds)
        for offer in state.offers:
            names.update(findings_in(offer.when, pathway.scope) if offer.when else ())
    for index in active:
        interrupt = pathway.interrupts[index]
        names.update(findings_in(interrupt.when, pathway.scope))
        names.update(findings_in(interrupt.until, pathway.scope) if interrupt.until else ())
    order = {name: at for at, name in enumerate(pathway.catalogue.findings)}
    known = names & set(journey.moments[0].values)
    return sorted(known, key=lambda name: (order.get(name, len(order)), name))


def _written(shape: FindingShape, value: KnownValue) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return plain_text(float(value)) if value != value.to_integral_value() else str(int(value))
    if isinstance(value, Mapping):
        chosen = [option for option in shape.options if value.get(option) and option != NONE]
        return OneLine(chosen or ([NONE] if NONE in shape.options else []))
    return value


def _name_problems(pathway: ResolvedPathway, read: ReadExamples) -> Iterator[Problem]:
    marked = read.marked
    for index, example in enumerate(read.document.journeys):
        path = ("journeys", index)
        for place, step in enumerate(example.steps):
            for key in ("at", "to"):
                name = getattr(step, key)
                if name is not None and name not in pathway.states:
                    at = marked.place((*path, "steps", place, key))
                    hint = did_you_mean(name, pathway.states)
                    yield Problem("unknown-state", f"no state '{name}'", hint, place=at)
            yield from _value_problems(pathway, marked, step.now, (*path, "steps", place, "now"))
        yield from _value_problems(pathway, marked, example.begins, (*path, "begins"))
        for place, name in enumerate(example.no):
            if name not in pathway.scope.findings:
                at = marked.place((*path, "no", place))
                hint = did_you_mean(name, pathway.scope.findings)
                yield Problem("unknown-finding", f"no finding '{name}'", hint, place=at)


def _value_problems(
    pathway: ResolvedPathway,
    marked: Marked,
    written: Mapping[str, Iterable[str]],
    path: tuple[str | int, ...],
) -> Iterator[Problem]:
    for name, values in written.items():
        place = marked.place((*path, name))
        shape = pathway.scope.findings.get(name)
        if shape is None:
            hint = did_you_mean(name, pathway.scope.findings)
            yield Problem("unknown-finding", f"no finding '{name}'", hint, place=place)
            continue
        wrong = [each for value in values if (each := value_problem(value, shape))]
        if not wrong:
            wrong = _does_not_fit(shape, tuple(values))
        for message in wrong:
            yield Problem("wrong-value", message, "give a value it can have", place=place)


def _does_not_fit(shape: FindingShape, values: tuple[str, ...]) -> list[str]:
    if shape.type != "several_of" and len(values) != 1:
        return [f"'{shape.name}' has one value at a time"]
    try:
        read_value(shape, typed(values, shape))
    except ConditionError as error:
        return [error.problems[0].message]
    return []
