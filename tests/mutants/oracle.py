"""A second opinion by Z3: what is wrong at a state, and whether two versions treat anybody differently.

Written from the meaning of a pathway, with neither cells nor boxes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

import z3

from pathways.conditions import (
    Always,
    And,
    AtLeast,
    Between,
    Compare,
    Condition,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Or,
    Otherwise,
    expand,
    findings_in,
    read_value,
)
from pathways.conditions.scope import FindingShape, Scope
from pathways.graph.steps import interrupt_ways
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State
from pathways.reading.values import typed
from pathways.semantics.logic import moving_conditions

Formula = Any
"""What Z3 makes of a condition."""

COMPARE = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


@dataclass
class Person:
    """A patient who is not known yet: one unknown of Z3 for each finding.

    Args:
        pathway: The pathway; it says which values there are.
        tag: Sets the unknowns of this patient apart from those of others.
        unknowns: Those made so far, by name of finding; one for each option of a several_of.
        limits: What holds for every patient: values lie in their ranges and on their steps.
    """

    pathway: ResolvedPathway
    tag: str = ""
    unknowns: dict[str, Any] = field(default_factory=dict)
    limits: list[Formula] = field(default_factory=list)

    def value(self, finding: str) -> Any:
        """Return the unknown of a finding."""
        if finding not in self.unknowns:
            self.unknowns[finding] = self._made(self.pathway.scope.findings[finding])
        return self.unknowns[finding]

    def _made(self, shape: FindingShape) -> Any:
        name = f"{shape.name}{self.tag}"
        match shape.type:
            case "yes_no":
                return z3.Bool(name)
            case "one_of":
                chosen = z3.Int(name)
                self.limits += [chosen >= 0, chosen < len(shape.options)]
                return chosen
            case "several_of":
                each = {option: z3.Bool(f"{name} {option}") for option in shape.options}
                if "none" in each:
                    others = [unknown for option, unknown in each.items() if option != "none"]
                    self.limits.append(each["none"] == z3.Not(z3.Or(others)))
                return each
            case _:
                return self._number(shape, name)

    def _number(self, shape: FindingShape, name: str) -> Any:
        number = z3.Real(name)
        assert shape.low is not None
        assert shape.high is not None
        self.limits += [number >= exact(shape.low), number <= exact(shape.high)]
        if shape.step is not None:
            steps = z3.Int(f"{name} steps")
            self.limits.append(number == exact(shape.low) + exact(shape.step) * z3.ToReal(steps))
        return number

    def holds(self, condition: Condition, scope: Scope | None = None) -> Formula:
        """Return that a condition holds for the patient; with what its names mean in a scope."""
        return self._formula(expand(condition, scope or self.pathway.scope, definitions=True))

    def _formula(self, node: Condition) -> Formula:
        match node:
            case Always():
                return z3.BoolVal(True)
            case Not(part):
                return z3.Not(self._formula(part))
            case And(parts):
                return z3.And([self._formula(each) for each in parts])
            case Or(parts):
                return z3.Or([self._formula(each) for each in parts])
            case AtLeast(number, parts):
                return z3.AtLeast(*[self._formula(each) for each in parts], number)
            case _:
                return self._leaf(node)

    def _leaf(self, node: Condition) -> Formula:
        match node:
            case Named(name):
                return self.value(name)
            case Compare(finding, operator, Number(number)):
                return COMPARE[operator](self.value(finding), exact(number))
            case Compare(finding, operator, constant):
                return COMPARE[operator](self.value(finding), self.coded(finding, constant.name))  # type: ignore[union-attr]
            case Between(finding, low, high, low_open, high_open):
                value = self.value(finding)
                above = COMPARE[">" if low_open else ">="](value, exact(low.value))
                return z3.And(above, COMPARE["<" if high_open else "<="](value, exact(high.value)))
            case OneOf(finding, words):
                value = self.value(finding)
                return z3.Or([value == self.coded(finding, word.name) for word in words])
            case Has(finding, word):
                return self.value(finding)[word.name]
            case _:
                raise AssertionError(node)

    def coded(self, finding: str, word: str) -> Any:
        """Return what stands for a value written as a word."""
        shape = self.pathway.scope.findings[finding]
        return word == "yes" if shape.type == "yes_no" else list(shape.options).index(word)

    def is_as(self, finding: str, other: Person) -> Formula:
        """Return that a finding is as with another patient."""
        mine, theirs = self.value(finding), other.value(finding)
        if isinstance(mine, dict):
            return z3.And([mine[option] == theirs[option] for option in mine])
        return mine == theirs

    def has(self, finding: str, value: Any) -> Formula:
        """Return that a finding has a known value."""
        mine = self.value(finding)
        if isinstance(value, Mapping):
            return z3.And([mine[option] == there for option, there in value.items()])
        if isinstance(value, Decimal):
            return mine == exact(value)
        return mine == (value if isinstance(value, bool) else self.coded(finding, value))


def exact(number: Decimal) -> Any:
    return z3.RealVal(str(number))


# What is wrong at a state, by its conditions alone

Local = tuple[Literal["gap", "overlap"], str, tuple[int, ...]]
"""What is asked, of which state, and of which ways."""


def local_questions(
    pathway: ResolvedPathway, person: Person
) -> Iterator[tuple[Local, list[Formula]]]:
    """Yield what is asked of every state; somebody there is if the formulas can be true together."""
    for name, state in pathway.states.items():
        guards = ways_open(person, state)
        if guards:
            yield ("gap", name, ()), [z3.Not(z3.Or(guards))]
        for one, two in itertools.combinations(range(len(guards)), 2):
            if state.choose == "one" and state.next[one].to != state.next[two].to:
                yield ("overlap", name, (one, two)), [guards[one], guards[two]]


def local_answers(pathway: ResolvedPathway) -> dict[Local, bool]:
    """Return for every question whether there is somebody with no warning sign, wherever they get to."""
    person = Person(pathway)
    asked = list(local_questions(pathway, person))
    quiet = {name: quiet_in(pathway, name, person) for name in pathway.states}
    solver = z3.Solver()
    solver.add([person.holds(fact) for fact in pathway.facts])
    solver.add(person.limits)
    return {
        question: is_possible(solver, [*formulas, *quiet[question[1]]])
        for question, formulas in asked
    }


def quiet_in(pathway: ResolvedPathway, name: str, person: Person) -> list[Formula]:
    """Return that no interrupt fires at a state."""
    found = []
    for state, index in interrupt_ways(pathway):
        each = pathway.interrupts[index]
        if state == name:
            cleared = [] if each.until is None else [person.holds(each.until)]
            found.append(z3.Or(z3.Not(person.holds(each.when)), *cleared))
    return found


def ways_open(person: Person, state: State) -> list[Formula]:
    """Return for each way of a state when it is open."""
    return [_guard(person, state, index) for index in range(len(state.next))]


def _guard(person: Person, state: State, index: int, scope: Scope | None = None) -> Formula:
    """Return who takes a way, in the order of the file where it is read so."""
    when = state.next[index].when
    own = z3.BoolVal(True) if isinstance(when, Otherwise) else person.holds(when, scope)
    if state.choose != "first":
        return own
    return z3.And(own, *[z3.Not(person.holds(each.when, scope)) for each in state.next[:index]])


def is_possible(solver: z3.Solver, formulas: Sequence[Formula]) -> bool:
    solver.push()
    solver.add(formulas)
    answer = solver.check()
    solver.pop()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


# Whether two versions treat anybody differently


@dataclass(frozen=True)
class Version:
    """One version of a pathway as formulas.

    Args:
        pathway: The version.
        names: The findings that any of the versions to compare reads.
        places: A number for every state.
    """

    pathway: ResolvedPathway
    names: tuple[str, ...]
    places: Mapping[str, int]

    def begins(self, at: Any, person: Person) -> Formula:
        pathway = self.pathway
        state = pathway.states[pathway.start]
        initial = pathway.document.initial
        return z3.And(
            at == self.places[pathway.start],
            self._possible(person),
            *([self.holds(initial, person)] if initial is not None else []),
            *(person.has(name, value) for name, value in self._set_by(state)),
        )

    def holds(self, condition: Condition, person: Person) -> Formula:
        # Names mean here what this version says they mean.
        return person.holds(condition, self.pathway.scope)

    def _possible(self, person: Person) -> Formula:
        return z3.And([self.holds(fact, person) for fact in self.pathway.facts])

    def _set_by(self, state: State) -> Iterator[tuple[str, Any]]:
        shapes = self.pathway.scope.findings
        for name, texts in state.sets.items():
            if name in self.names:
                yield name, read_value(shapes[name], typed(texts, shapes[name]))

    @cached_property
    def fires_in(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for state, index in interrupt_ways(self.pathway):
            found[state] = (*found.get(state, ()), index)
        return found

    def open(self, name: str, person: Person) -> dict[str, Formula]:
        """Return for every state that can follow, when it does."""
        state = self.pathway.states[name]
        ways: dict[str, list[Formula]] = {}
        quiet: list[Formula] = []
        for index in self.fires_in.get(name, ()):
            interrupt = self.pathway.interrupts[index]
            fires = self.holds(interrupt.when, person)
            if interrupt.until is not None:
                fires = z3.And(fires, z3.Not(self.holds(interrupt.until, person)))
            ways.setdefault(interrupt.to, []).append(z3.And(fires, *quiet))
            quiet.append(z3.Not(fires))
        for index, way in enumerate(state.next):
            ways.setdefault(way.to, []).append(
                z3.And(_guard(person, state, index, self.pathway.scope), *quiet)
            )
        return {to: z3.Or(parts) for to, parts in ways.items()}

    def enters(self, name: str, old: Person, new: Person) -> Formula:
        """Return what entering a state does to a patient."""
        state = self.pathway.states[name]
        sets = dict(self._set_by(state))
        free = {*state.yields, *state.reassess, *state.restarts}
        parts = [self._possible(new)]
        for finding in self.names:
            if finding in sets:
                parts.append(new.has(finding, sets[finding]))
            elif finding not in free and not self._drifts(finding):
                parts.append(self._kept(state, finding, old, new))
        return z3.And(parts)

    def _drifts(self, finding: str) -> bool:
        record = self.pathway.catalogue.findings.get(finding)
        if record is None:
            return finding.endswith(".count_12mo")
        return record.derived is not None or record.kind == "watch" or record.window is not None

    def _kept(self, state: State, finding: str, old: Person, new: Person) -> Formula:
        owner, _, part = finding.partition(".")
        same = new.is_as(finding, old)
        if part and owner in state.does:
            return self._done(owner, finding, new) if part == "status" else z3.BoolVal(True)
        offers = [each for each in state.offers if part and each.treatment == owner]
        if offers:
            on_offer = z3.Or([self.holds(each.when or Always(), old) for each in offers])
            begun = self._done(owner, finding, new) if part == "status" else z3.BoolVal(True)
            return z3.Or(same, z3.And(on_offer, begun))
        if finding in state.adds:
            top = self.pathway.scope.findings[finding].high
            assert top is not None
            more = old.value(finding) + state.adds[finding]
            return new.value(finding) == z3.If(more > exact(top), exact(top), more)
        return new.value(finding) >= old.value(finding) if self._rises(finding) else same

    def _done(self, owner: str, finding: str, new: Person) -> Formula:
        words = ("done",) if owner in self.pathway.catalogue.tests else ("now", "stopped")
        return z3.Or([new.has(finding, word) for word in words])

    def _rises(self, finding: str) -> bool:
        record = self.pathway.catalogue.findings.get(finding)
        if record is None:
            return finding.partition(".")[2] in {"weeks", "months_since"}
        added = any(finding in each.adds for each in self.pathway.states.values())
        return record.kind == "time" or (record.kind == "count" and not added)

    def differs(self, other: Version, name: str, old: Person, new: Person) -> Formula:
        """Return that a patient at a state goes on differently in another version."""
        mine, theirs = self.open(name, old), other.open(name, old)
        parts = []
        for to in sorted({*mine, *theirs}):
            one, two = mine.get(to, z3.BoolVal(False)), theirs.get(to, z3.BoolVal(False))
            parts.append(z3.Xor(one, two))
            acts = z3.Xor(self.enters(to, old, new), other.enters(to, old, new))
            parts.append(z3.And(one, two, acts))
        return z3.Or(parts)

    def steps(self, at: Any, old: Person, then: Any, new: Person) -> Formula:
        """Return that a patient makes one step."""
        parts = []
        for name, place in self.places.items():
            for to, way in self.open(name, old).items():
                here = [at == place, then == self.places[to], way, self.enters(to, old, new)]
                parts.append(z3.And(here))
        return z3.Or(parts)


Verdict = Literal["same", "same as far as looked", "differs"]


def treated_differently(old: ResolvedPathway, new: ResolvedPathway, steps: int = 12) -> Verdict:
    """Say whether two versions with the same states and findings treat anybody differently.

    First at any state, whoever gets there (what cannot happen is proved for journeys of any length);
    then for those who get there within some steps.
    """
    names = {
        finding
        for each in (old, new)
        for condition in _conditions(each)
        for finding in findings_in(condition, each.scope)
    }
    places = {name: number for number, name in enumerate(old.states)}
    assert places.keys() == new.states.keys()
    shared = tuple(sorted(names))
    one, two = Version(old, shared, places), Version(new, shared, places)
    return _compared(one, two, steps)


def _conditions(pathway: ResolvedPathway) -> Iterator[Condition]:
    yield from moving_conditions(pathway)
    if pathway.document.initial is not None:
        yield pathway.document.initial


def _compared(one: Version, two: Version, steps: int) -> Verdict:
    people = [Person(one.pathway, f"@{step}") for step in range(steps + 1)]
    for each in people:
        for finding in one.names:
            each.value(finding)
    ats = [z3.Int(f"at@{step}") for step in range(steps + 1)]
    differ = [
        z3.Or(
            [
                z3.And(ats[step] == place, one.differs(two, name, people[step], people[step + 1]))
                for name, place in one.places.items()
            ]
        )
        for step in range(steps)
    ]
    solver = z3.Solver()
    for each in people:
        solver.add(each.limits)
    begins = one.begins(ats[0], people[0])
    start = z3.Xor(begins, two.begins(ats[0], people[0]))
    anywhere = z3.And(one._possible(people[0]), differ[0])
    if not is_possible(solver, [z3.Or(start, anywhere)]):
        return "same"
    if is_possible(solver, [start]):
        return "differs"
    solver.add(begins)
    for step in range(steps):
        if is_possible(solver, [differ[step]]):
            return "differs"
        solver.add(one.steps(ats[step], people[step], ats[step + 1], people[step + 1]))
    return "same as far as looked"


def treats_all_alike(old: ResolvedPathway, new: ResolvedPathway) -> bool:
    """Say whether it is proved that two versions treat nobody differently, on journeys of any length.

    Never of versions with other states: what one is in the other cannot be told.
    """
    return old.states.keys() == new.states.keys() and treated_differently(old, new, 1) == "same"
