"""Checks that every name a file uses is there, is of the right sort, and is used once.

Works on records that were built; places come from the marks of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from pathways.conditions import Condition, check, names_in
from pathways.conditions.definitions import shortest_circle
from pathways.conditions.scope import FindingShape, Scope
from pathways.errors import ConditionError, Problem, did_you_mean, nearest
from pathways.model.definitions import DefinitionRecord
from pathways.model.document import PathwayDocument, Waiver
from pathways.model.evidence import Evidence, Situation, Source
from pathways.model.findings import Derived, Finding
from pathways.model.rules import Rule, RuleSentenceError, form_of, read_rule
from pathways.model.states import Interrupt, Offer, State, Transition
from pathways.model.thresholds import Threshold
from pathways.model.treatments import Requirement, Test, Treatment
from pathways.reading.effects import (
    Fault,
    input_faults,
    kind_faults,
    set_faults,
    value_faults,
)
from pathways.reading.marks import Marked, Path, words_of
from pathways.reading.reports import MOST_PROBLEMS


@dataclass(frozen=True, slots=True)
class Known:
    """Every name that may be used, by sort, and what was taken out of the file as faulty.

    Args:
        names: Names by sort: states, phases, tags, findings (also of treatments and tests),
            definitions, treatments, tests, classes, mechanisms, situations, disagreements, sources,
            pathways, rules.
        scope: What conditions may speak of.
        sources: The sources themselves, to know which were never seen.
        broken: Names whose records are faulty: known, but nothing is said about their use.
        ends: End states of each included pathway, by its name.
        kinds: Kind of each finding that a file declares, where it could be read.
        links: By sort of record, for each record those it rests on: ``findings`` what a derived
            one is computed from, ``situations`` the wider ones, ``sources`` what supersedes it,
            ``treatments`` what it is a variant of, ``care`` what must come before.
        joined: Ends of included pathways that are joined to a state, and to which.
        states_of: Returns the states of another pathway, or None when it cannot be read.
    """

    names: Mapping[str, frozenset[str]]
    scope: Scope
    sources: Mapping[str, Source]
    broken: frozenset[str] = frozenset()
    ends: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    joined: Mapping[str, str] = field(default_factory=dict)
    states_of: Callable[[str], frozenset[str] | None] = lambda _: None


def reference_problems(root: BaseModel, marked: Marked, known: Known) -> list[Problem]:
    """Return every wrong name of one file, or more of them than are shown.

    Args:
        root: The file as a record: a pathway or a catalogue.
        marked: The same file with marks.
        known: Every name that may be used.
    """
    problems: list[Problem] = []
    for path, part in each_part(root, ()):
        if len(problems) > MOST_PROBLEMS:
            break
        if isinstance(part, Condition):
            found = _condition_problems(part, path, marked, known)
            problems += [_or_else(each, part, path) for each in found]
            continue
        for kind, check_part in _CHECKS.items():
            if isinstance(part, kind):
                problems += [_placed(fault, marked) for fault in check_part(part, path, known)]
        if isinstance(part, Rule):
            problems += _rule_problems(part, path, marked, known)
    return problems


def _placed(fault: Fault, marked: Marked) -> Problem:
    path, code, message, hint = fault
    on_key = bool(path) and path[-1] == _KEY
    path = path[:-1] if on_key else path
    return Problem(
        code, message, hint, words_of(marked.original(path)), marked.place(path, key=on_key)
    )


_KEY = "<key>"
"""Last part of a path that points at a key instead of its value."""


def each_part(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield every record and condition of a record, with its path."""
    if isinstance(value, BaseModel):
        yield path, value
        for name in type(value).model_fields:
            yield from each_part(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from each_part(each, (*path, name))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from each_part(each, (*path, index))
    elif isinstance(value, Condition):
        yield path, value


def _condition_problems(
    condition: Condition, path: Path, marked: Marked, known: Known
) -> list[Problem]:
    """Check names, types and units of a condition; columns are those of the file."""
    if known.broken & {name.split(".")[0] for name in names_in(condition)}:
        return []
    return [_inside(each, path, marked) for each in check(condition, known.scope)]


def _rule_problems(rule: Rule, path: Path, marked: Marked, known: Known) -> list[Problem]:
    key = form_of(rule)
    if key is None:
        return []
    where = (*path, key)
    try:
        sentence = read_rule(rule, known.names["states"] | known.broken, known.names["tags"])
    except RuleSentenceError as error:
        where = (*path, error.key)
        place = marked.place_inside(where, 1, error.offset + 1)
        words = words_of(marked.original(where))
        return [Problem("rule-sentence", str(error), error.hint, words, place)]
    except ConditionError as error:
        return [_inside(each, where, marked) for each in error.problems]
    problems: list[Problem] = []
    if sentence.condition is not None and sentence.condition is not rule.when:
        found = _condition_problems(sentence.condition, where, marked, known)
        problems += [_or_state(each, sentence.condition, known) for each in found]
    if sentence.finding is not None:
        problems += [
            _placed(fault, marked)
            for fault in _unknown(known, "findings", sentence.finding, where, "finding")
        ]
    return problems


def _or_else(problem: Problem, condition: Condition, path: Path) -> Problem:
    """The condition of a way on may be ``else``, so a wrong name alone in it may be that, misspelt."""
    names = names_in(condition)
    is_way = path[-1:] == ("when",) and path[-3:-2] == ("next",)
    if problem.code != "unknown-finding" or problem.hint or not is_way or len(names) != 1:
        return problem
    near = nearest(next(iter(names)), ["else"])
    return replace(problem, hint="did you mean 'else'?") if near else problem


def _or_state(problem: Problem, condition: Condition, known: Known) -> Problem:
    """A sentence may begin with a state, so a wrong name in it may be one that is misspelt."""
    if problem.code != "unknown-finding":
        return problem
    for name in names_in(condition):
        near = nearest(name, known.names["states"])
        if near and f"'{name}'" in problem.message:
            message = f"no state, finding or definition '{name}'"
            return replace(problem, message=message, hint=did_you_mean(name, known.names["states"]))
    return problem


def _inside(problem: Problem, path: Path, marked: Marked) -> Problem:
    """Return a problem of a condition with its place in the file."""
    place = marked.place(path)
    if problem.place is not None:
        place = marked.place_inside(path, problem.place.line, problem.place.column)
    return problem.at(place, words_of(marked.original(path)))


def _unknown(known: Known, sort: str, name: str, path: Path, noun: str) -> Iterator[Fault]:
    """Yield the problem of a name that is not there."""
    names = known.names[sort]
    if name in names or name in known.broken or name.split(".", maxsplit=1)[0] in known.broken:
        return
    hint = did_you_mean(name, names)
    if sort == "states" and name in known.joined:
        hint = f"it is joined to '{known.joined[name]}': write that"
    if sort == "findings" and f"{name}.status" in names:
        hint = f"'{name}' is a treatment or test: write {name}.status"
    yield path, _CODES[noun], f"no {noun} '{name}'", hint


_CODES = {
    "state": "unknown-state",
    "phase": "unknown-phase",
    "finding": "unknown-finding",
    "treatment": "unknown-treatment",
    "treatment or test": "unknown-treatment",
    "class": "unknown-class",
    "mechanism": "unknown-mechanism",
    "situation": "unknown-situation",
    "disagreement": "unknown-disagreement",
    "source": "unknown-source",
    "pathway": "unknown-pathway",
    "rule": "unknown-rule",
}
"""Code of the problem that a name is not there, by what was looked for."""

UNKNOWN_CODES = frozenset(_CODES.values())


def _each_unknown(
    known: Known, sort: str, names: tuple[str, ...], path: Path, noun: str
) -> Iterator[Fault]:
    for index, name in enumerate(names):
        yield from _unknown(known, sort, name, (*path, index), noun)


def _evidence(item: Evidence, path: Path, known: Known) -> Iterator[Fault]:
    yield from _unknown(known, "sources", item.source, (*path, "source"), "source")
    if item.situation is not None:
        yield from _unknown(known, "situations", item.situation, (*path, "situation"), "situation")
    source = known.sources.get(item.source)
    if source is not None and source.seen == "recalled":
        yield (
            (*path, "source"),
            "recalled-source",
            f"'{item.source}' was never seen, only recalled, so it is no evidence",
            "list it under review.open_questions instead",
        )


def _source(source: Source, path: Path, known: Known) -> Iterator[Fault]:
    if source.superseded_by is not None:
        yield from _unknown(
            known, "sources", source.superseded_by, (*path, "superseded_by"), "source"
        )
    yield from _round(known, "sources", path, "superseded_by", "is superseded by")


def _situation(situation: Situation, path: Path, known: Known) -> Iterator[Fault]:
    yield from _each_unknown(known, "situations", situation.within, (*path, "within"), "situation")
    yield from _round(known, "situations", path, "within", "lies within")


def _finding(finding: Finding, path: Path, known: Known) -> Iterator[Fault]:
    shape = known.scope.findings.get(str(path[-1]))
    if shape is not None:
        yield from value_faults(finding.typical or (), (*path, "typical"), shape)


def _derived(derived: Derived, path: Path, known: Known) -> Iterator[Fault]:
    name = str(path[-2])
    yield from _each_unknown(known, "findings", derived.of, (*path, "of"), "finding")
    circle = shortest_circle(name, known.links.get("findings", {}))
    if circle:
        message = f"'{name}' is computed from itself: {' -> '.join(circle)}"
        yield (*path, "of"), "circular-definition", message, "compute it from other findings"
    else:
        yield from input_faults(name, derived, path, known.scope.findings)


def _round(known: Known, sort: str, path: Path, key: str, verb: str) -> Iterator[Fault]:
    """Yield the problem of a record that rests on itself, directly or through others."""
    name = str(path[-1])
    circle = shortest_circle(name, known.links.get(sort, {}))
    if circle:
        message = f"'{name}' {verb} itself: {' -> '.join(circle)}"
        yield (*path, key), "circular-definition", message, "take one of them out"


def _treatment(treatment: Treatment, path: Path, known: Known) -> Iterator[Fault]:
    yield from _each_unknown(known, "classes", treatment.classes, (*path, "classes"), "class")
    if treatment.variant_of is not None:
        yield from _unknown(
            known, "treatments", treatment.variant_of, (*path, "variant_of"), "treatment"
        )
    yield from _round(known, "treatments", path, "variant_of", "is a variant of")
    yield from _round(known, "care", path, "requires", "comes only after")
    yield from _disagreements(treatment, path, known)


def _threshold(threshold: Threshold, path: Path, known: Known) -> Iterator[Fault]:
    yield from _each_unknown(known, "findings", threshold.of, (*path, "of"), "finding")
    shapes = [known.scope.findings[name] for name in threshold.of if name in known.scope.findings]
    units = sorted({shape.unit or "no unit" for shape in shapes})
    if any(shape.type != "number" for shape in shapes):
        message = "a threshold is about numbers; one of its findings is none"
        yield (*path, "of"), "wrong-kind", message, "leave that finding out"
    elif len(units) > 1:
        message = f"findings with different units share a threshold: {', '.join(units)}"
        yield (*path, "of"), "wrong-unit", message, "make a threshold for each unit"
    yield from _values_of(threshold, path, shapes)
    yield from _disagreements(threshold, path, known)


def _values_of(threshold: Threshold, path: Path, shapes: list[FindingShape]) -> Iterator[Fault]:
    seen: set[Decimal] = set()
    for index, each in enumerate(threshold.values):
        at = (*path, "values", index, "value")
        if each.value in seen:
            yield (
                at,
                "bad-value",
                f"the value {each.value} stands here twice",
                "put the sources together",
            )
        seen.add(each.value)
        for shape in shapes:
            if not (
                shape.low is None or shape.high is None or shape.low <= each.value <= shape.high
            ):
                message = (
                    f"'{shape.name}' goes from {shape.low} to {shape.high}, not to {each.value}"
                )
                yield at, "constant-out-of-range", message, "use a value it can have"


def _disagreements(
    record: Treatment | Test | State | Transition | DefinitionRecord | Threshold,
    path: Path,
    known: Known,
) -> Iterator[Fault]:
    yield from _each_unknown(
        known, "disagreements", record.disagreements, (*path, "disagreements"), "disagreement"
    )


def _requirement(requirement: Requirement, path: Path, known: Known) -> Iterator[Fault]:
    for key in ("only_with", "only_after"):
        names = getattr(requirement, key)
        yield from _each_unknown(known, "care", names, (*path, key), "treatment or test")


def _offer(offer: Offer, path: Path, known: Known) -> Iterator[Fault]:
    at = (*path, "treatment")
    yield from _unknown(known, "treatments", offer.treatment, at, "treatment")


def _transition(way: Transition, path: Path, known: Known) -> Iterator[Fault]:
    yield from _unknown(known, "states", way.to, (*path, "to"), "state")
    yield from _disagreements(way, path, known)


def _waiver(waiver: Waiver, path: Path, known: Known) -> Iterator[Fault]:
    if waiver.rule is not None:
        yield from _unknown(known, "rules", waiver.rule, (*path, "rule"), "rule")
    section, _, rest = (waiver.at or "").partition(".")
    if section == "states":
        name = rest.partition(".")[0]
        yield from _unknown(known, "states", name, (*path, "at"), "state")


def _interrupt(interrupt: Interrupt, path: Path, known: Known) -> Iterator[Fault]:
    yield from _unknown(known, "states", interrupt.to, (*path, "to"), "state")


def _state(state: State, path: Path, known: Known) -> Iterator[Fault]:
    if state.phase is not None:
        yield from _unknown(known, "phases", state.phase, (*path, "phase"), "phase")
    if state.situation is not None:
        yield from _unknown(known, "situations", state.situation, (*path, "situation"), "situation")
    if state.pathway is not None:
        yield from _link(state, state.pathway, path, known)
    yield from _each_unknown(known, "care", state.does, (*path, "does"), "treatment or test")
    yield from _each_unknown(known, "mechanisms", state.explains, (*path, "explains"), "mechanism")
    for key in ("yields", "reassess", "restarts"):
        yield from _each_unknown(known, "findings", getattr(state, key), (*path, key), "finding")
    yield from _disagreements(state, path, known)
    yield from _effects(state, path, known)


def _link(state: State, pathway: str, path: Path, known: Known) -> Iterator[Fault]:
    """Check where a link leads to: the pathway is there, and so is the state to go on at."""
    yield from _unknown(known, "pathways", pathway, (*path, "pathway"), "pathway")
    if state.at is None or pathway in known.broken:
        return
    states = known.states_of(pathway)
    if states is not None and state.at not in states and state.at not in known.broken:
        at = (*path, "at")
        yield (
            at,
            "unknown-state",
            f"'{pathway}' has no state '{state.at}'",
            did_you_mean(state.at, states),
        )


def _effects(state: State, path: Path, known: Known) -> Iterator[Fault]:
    """Check what a state changes: the finding is there, may change so, and can have that value."""
    shapes = known.scope.findings
    for name in state.sets:
        yield from _unknown(known, "findings", name, (*path, "sets", name, _KEY), "finding")
    yield from set_faults(state, path, known.links.get("findings", {}), shapes)
    yield from kind_faults(state, path, known.kinds, shapes)
    for name in state.adds:
        at = (*path, "adds", name, _KEY)
        yield from _unknown(known, "findings", name, at, "finding")
        shape = shapes.get(name)
        if shape is not None and shape.type != "number":
            yield (
                at,
                "not-a-count",
                f"'{name}' is no number, so nothing can be added to it",
                "use 'sets' instead",
            )


def _pathway(document: PathwayDocument, _: Path, known: Known) -> Iterator[Fault]:
    yield from _unknown(known, "states", document.start, ("start",), "state")
    for index, include in enumerate(document.include):
        missing = {include.after} - {None, *document.states, *known.broken}
        if missing and include.after is not None:
            yield (
                ("include", index, "after"),
                "unknown-state",
                f"no state '{include.after}' in this file",
                did_you_mean(include.after, document.states),
            )
        ends = known.ends.get(include.pathway)
        for end, state in include.joins.items():
            at = ("include", index, "joins", end)
            yield from _unknown(known, "states", state, at, "state")
            if ends is not None and end not in ends:
                yield (
                    (*at, _KEY),
                    "unknown-end",
                    f"'{include.pathway}' has no end state '{end}'",
                    did_you_mean(end, ends),
                )


_CHECKS: Mapping[type, Callable[[Any, Path, Known], Iterator[Fault]]] = {
    Evidence: _evidence,
    Source: _source,
    Situation: _situation,
    Finding: _finding,
    Derived: _derived,
    Treatment: _treatment,
    Test: _disagreements,
    Requirement: _requirement,
    Threshold: _threshold,
    Offer: _offer,
    Transition: _transition,
    Interrupt: _interrupt,
    State: _state,
    DefinitionRecord: _disagreements,
    Waiver: _waiver,
    PathwayDocument: _pathway,
}
