"""Measures how fast patients move from step to step; ``measure.py`` writes the table into README.md.

Steps stand beside two libraries of state machines (``pip install transitions python-statemachine``):
the same pathway, the same patients, the same guards on the same data as plain Python closures, and
the same answers, which is checked before anything is measured.
"""

from __future__ import annotations

import gc
import operator
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata, util
from typing import Any

from pathways.conditions import (
    Compare,
    Condition,
    Has,
    KnownValue,
    Named,
    Number,
    Value,
    Word,
    read_value,
)
from pathways.conditions.expand import expand
from pathways.conditions.nodes import And, AtLeast, Between, Not, OneOf, Or
from pathways.graph.steps import interrupt_ways
from pathways.model.pathway import ResolvedPathway
from pathways.patients.stepping import Prepared, Stepper
from pathways.reading.load import load, loads
from tests.library.people import Crowd

WANTED = {"transitions": 30, "python-statemachine": 500}
"""So many times as many steps a second."""
PEOPLE = 300
LONGEST = 30
"""People who go round longer are left out: they would count for more than others."""
ROUNDS = 7
SECONDS = 0.05
"""How long a round of one library takes at least, about."""

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

Plain = Mapping[tuple[str, str], KnownValue]
"""Values as somebody would hand them to a state machine: by finding, and by value of a several-of one."""

Walk = Callable[[Any], tuple[str, ...]]
"""Moves a person: ours takes prepared values, the others plain ones."""

Guard = Callable[[], bool]


@dataclass
class Holder:
    """Where guards find the values of the patient who is moving."""

    values: Plain = field(default_factory=dict)


@dataclass
class Race:
    """One pathway and its people, with all who move them.

    Args:
        what: The pathway, in words.
        prepared: The people as our stepper reads them.
        plain: The same people as the others read them.
        walks: By name, what moves a person from the start to where it ends.
        steps: How many steps all people take together.
        times: Seconds of each round, by name.
    """

    what: str
    prepared: list[Prepared]
    plain: list[Plain]
    walks: dict[str, Walk]
    steps: int
    times: dict[str, list[float]] = field(default_factory=dict)


def made_of_comparisons(states: int = 40) -> ResolvedPathway:
    """Return a pathway whose decisions are one or two comparisons each, without interrupts."""
    lines = [
        "format: 1",
        "pathway: made-up",
        "title: Made up",
        "version: 0.1.0",
        "updated: 2026-01-31",
        "findings:",
    ]
    for n in range(10):
        lines.append(f"  yes_{n}: {{title: Yes {n}, type: yes_no, kind: status, question: Yes?}}")
        lines.append(
            f"  level_{n}: {{title: Level {n}, type: number, kind: status, unit: percent, "
            "range: [0, 100], step: 1, question: How much?}"
        )
    lines += ["start: step_0", "states:"]
    last = states - 1
    for n in range(last):
        there, beyond, far = (f"step_{min(n + more, last)}" for more in (1, 2, 4))
        lines.append(
            f"  step_{n}: {{kind: decision, title: Step {n}, choose: first, next: ["
            f"{{to: {there}, when: level_{n % 10} >= {20 + n}, label: High}}, "
            f"{{to: {beyond}, when: yes_{n % 10} and level_{(n + 3) % 10} < 50, label: Low}}, "
            f"{{to: {far}, when: else, label: Else}}]}}"
        )
    lines.append(f"  step_{last}: {{kind: end, title: Done}}")
    return loads("\n".join(lines))


def race(what: str, pathway: ResolvedPathway) -> Race:
    """Return a race over a pathway; all peers that are installed take part.

    Raises:
        AssertionError: They do not all give the same answers.
    """
    stepper = Stepper(pathway)
    crowd = Crowd(pathway, seed=7)
    prepared: list[Prepared] = []
    plain: list[Plain] = []
    while len(prepared) < PEOPLE:
        crowd.next_person()
        values = crowd.values(stepper.findings)
        person = stepper.prepare(values)
        if len(stepper.walk(person, most=LONGEST)) < LONGEST:
            prepared.append(person)
            plain.append(plainly(pathway, values))
    walks: dict[str, Walk] = {"ours": stepper.walk}
    for name, (module, make) in MAKERS.items():
        if util.find_spec(module) is not None:
            walks[name] = make(pathway)
    answers = [stepper.walk(each) for each in prepared]
    for name, walk in list(walks.items())[1:]:
        assert [walk(each) for each in plain] == answers, f"{name} walks elsewhere"
    return Race(what, prepared, plain, walks, sum(len(each) - 1 for each in answers))


def plainly(pathway: ResolvedPathway, values: Mapping[str, Value]) -> Plain:
    """Return values by finding; a several-of finding as one yes or no for each of its values."""
    found: dict[tuple[str, str], KnownValue] = {}
    for name, value in values.items():
        known = read_value(pathway.scope.findings[name], value)
        if isinstance(known, Mapping):
            found |= {(name, option): answer for option, answer in known.items()}
        else:
            found[name, ""] = known
    return found


def guarded_ways(pathway: ResolvedPathway, guards: Guards) -> Iterator[tuple[str, str, Guard]]:
    """Yield every way with its guard, interrupts before the others of their state."""
    interrupts: dict[str, list[int]] = {}
    for source, index in interrupt_ways(pathway):
        interrupts.setdefault(source, []).append(index)
    for state in pathway.states:
        for index in interrupts.get(state, ()):
            each = pathway.interrupts[index]
            until = each.until
            condition = each.when if until is None else And((each.when, Not(until)))
            yield state, each.to, guards.of(condition)
        for way in pathway.ways_from(state):
            yield state, way.target, guards.of(way.transition.when)


class Guards:
    """Conditions as closures, as somebody would write them by hand for a state machine."""

    def __init__(self, pathway: ResolvedPathway, holder: Holder) -> None:
        self.scope = pathway.scope
        self.holder = holder

    def of(self, condition: Condition) -> Guard:
        return self._of(expand(condition, self.scope, definitions=True))

    def _of(self, node: Condition) -> Guard:
        holder = self.holder
        match node:
            case Named() | Has() | Compare() | Between() | OneOf():
                return self._leaf(node)
            case Not(part):
                inner = self._of(part)
                return lambda: not inner()
            case And(parts):
                inners = [self._of(part) for part in parts]
                return lambda: all(each() for each in inners)
            case Or(parts):
                inners = [self._of(part) for part in parts]
                return lambda: any(each() for each in inners)
            case AtLeast(number, parts):
                inners = [self._of(part) for part in parts]
                return lambda: sum(each() for each in inners) >= number
            case _:
                return lambda: holder is not None

    def _leaf(self, node: Named | Has | Compare | Between | OneOf) -> Guard:
        holder = self.holder
        match node:
            case Named(name):
                at = (name, "")
                return lambda: bool(holder.values[at])
            case Has(finding, word):
                at = (finding, word.name)
                return lambda: bool(holder.values[at])
            case OneOf(finding, words):
                at, names = (finding, ""), {word.name for word in words}
                return lambda: holder.values[at] in names
            case Compare(finding, sign, constant):
                at, compare = (finding, ""), OPERATORS[sign]
                right: Any = constant.value if isinstance(constant, Number) else constant.name
                if isinstance(constant, Word) and self.scope.findings[finding].type == "yes_no":
                    right = constant.name == "yes"
                return lambda: compare(holder.values[at], right)
            case Between(finding, low, high):
                at = (finding, "")
                above, below = (
                    OPERATORS[">" if node.low_open else ">="],
                    OPERATORS["<" if node.high_open else "<="],
                )
                return lambda: (
                    above(holder.values[at], low.value) and below(holder.values[at], high.value)
                )


def with_transitions(pathway: ResolvedPathway) -> Walk:
    """Return what walks with ``transitions``: one machine and one model for all people."""
    from transitions import Machine

    holder = Holder()
    ways = [
        {"trigger": "go", "source": source, "dest": target, "conditions": guard}
        for source, target, guard in guarded_ways(pathway, Guards(pathway, holder))
    ]

    class Model:
        state: str
        go: Callable[[], bool]

    model = Model()
    Machine(
        model,
        states=list(pathway.states),
        transitions=ways,
        initial=pathway.start,
        auto_transitions=False,
        ignore_invalid_triggers=True,
    )

    def walk(values: Plain) -> tuple[str, ...]:
        holder.values = values
        model.state = pathway.start
        visited = [pathway.start]
        go = model.go
        while go():
            visited.append(model.state)
        return tuple(visited)

    return walk


def with_statemachine(pathway: ResolvedPathway, *, anew: bool = False) -> Walk:
    """Return what walks with ``python-statemachine``.

    Args:
        pathway: The pathway.
        anew: Whether each person gets a machine of their own; else there is one for all.
    """
    from statemachine import State, StateMachine
    from statemachine.exceptions import TransitionNotAllowed

    holder = Holder()
    ways = list(guarded_ways(pathway, Guards(pathway, holder)))
    left = {source for source, _, _ in ways}
    # A machine that came to a final state cannot be put back to the start, so none is called final.
    states = {name: State(name, initial=name == pathway.start) for name in pathway.states}
    go: Any = None
    for source, target, guard in ways:
        way = states[source].to(states[target], cond=guard)
        go = way if go is None else go | way
    body = {**states, "go": go, "validate_trap_states": False}
    chart: Any = type("Chart", (StateMachine,), body)
    shared = chart()

    def walk(values: Plain) -> tuple[str, ...]:
        holder.values = values
        machine = chart() if anew else shared
        machine.current_state_value = pathway.start
        visited = [pathway.start]
        while visited[-1] in left:
            try:
                machine.go()
            except TransitionNotAllowed:
                break
            visited.append(machine.current_state_value)
        return tuple(visited)

    return walk


MAKERS: dict[str, tuple[str, Callable[[ResolvedPathway], Walk]]] = {
    "transitions": ("transitions", with_transitions),
    "python-statemachine": ("statemachine", with_statemachine),
    "python-statemachine, a machine for each person": (
        "statemachine",
        partial(with_statemachine, anew=True),
    ),
}
"""Who stands beside us: the module that must be there, and what makes them walk."""


def run(races: Sequence[Race]) -> None:
    """Let all move their people in turn, one round after the other; after a round to warm up."""
    passes: dict[tuple[str, str], int] = {}
    for number in range(ROUNDS + 1):
        for each in races:
            for name in each.walks:
                many = passes.get((each.what, name), 1)
                seconds = _seconds(each, name, many) / many
                if number:
                    each.times.setdefault(name, []).append(seconds)
                else:
                    # Everybody runs about as long, so that nobody is measured with cold caches alone.
                    passes[each.what, name] = max(1, int(SECONDS / seconds))


def _seconds(race: Race, name: str, passes: int) -> float:
    people: Sequence[object] = race.prepared if name == "ours" else race.plain
    walk = race.walks[name]
    gc.collect()
    begin = time.perf_counter()
    for _ in range(passes):
        for person in people:
            walk(person)
    return time.perf_counter() - begin


def race_rows(races: Sequence[Race]) -> Iterator[str]:
    """Yield the lines of the table of steps."""
    for each in races:
        rates = {name: each.steps / statistics.median(times) for name, times in each.times.items()}
        for name in MAKERS:
            if name in rates:
                library = name.split(",")[0]
                ratio = rates["ours"] / rates[name]
                verdict = "yes" if ratio >= WANTED[library] else "NO"
                beside = name.replace(library, f"{library} {metadata.version(library)}")
                yield (
                    f"| {each.what} | {rates['ours']:,.0f} | {beside} "
                    f"| {rates[name]:,.0f} | {ratio:,.0f} | at least {WANTED[library]}: {verdict} |"
                )
            else:
                yield f"| {each.what} | {rates['ours']:,.0f} | {name} | not installed |  |  |"


def races() -> list[Race]:
    """Return the races: one over a pathway of the library, one over plain comparisons."""
    return [
        race("severe-back-pain, warning signs first", load("severe-back-pain")),
        race("40 states of one to three comparisons", made_of_comparisons()),
    ]


def section() -> str:
    """Measure everything here and return it as text for README.md."""
    entries = races()
    run(entries)
    return "\n".join(
        [
            "## Patients",
            "",
            "Steps a second of patients of whom everything is known, from the start to where each ends; medians of",
            f"{ROUNDS} rounds in turn. The state machines get the same ways with the same guards as Python closures on",
            "the same values, and one machine for all people where it is not said otherwise. Who goes where is the",
            "same for all, which is checked first. Values are read before, for all alike; ours are packed then.",
            "",
            "| what | ours | beside | theirs | times as many | wanted |",
            "|---|---:|---|---:|---:|---|",
            *race_rows(entries),
            "",
        ]
    )
