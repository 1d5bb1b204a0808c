"""Measures gap and overlap questions beside Z3; ``measure.py`` writes the table into README.md.

Both answer the same questions of every state, one after the other, of people without a warning sign:
is there somebody for whom no way is open; is there somebody for whom two ways to different states are. Z3 has one solver with what
holds for everybody, and ``push`` and ``pop`` for each question. The answers are compared before
anything is measured.
"""

from __future__ import annotations

import gc
import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata, util

from pathways.checks.sets.choices import clashes, nothing_open
from pathways.checks.sets.machine import Machine
from pathways.conditions import Always, Otherwise
from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import load

WANTED = 10
"""So many times as fast."""
ROUNDS = 9
MEASURED = "severe-back-pain"

Question = tuple[str, int, int]
"""A state and two of its ways; -1 and -1: is there anybody for whom no way is open."""

Answers = dict[Question, bool]


def asked_for_gaps(pathway: ResolvedPathway) -> list[str]:
    """Return the states with ways of which none is open to everybody, or to everybody else."""
    return [
        name
        for name, state in pathway.states.items()
        if state.next and not any(isinstance(way.when, Always | Otherwise) for way in state.next)
    ]


def boxes_ready(pathway: ResolvedPathway) -> Callable[[], Answers]:
    """Return what asks boxes as the check of a pathway does it, which finds everybody it is about."""
    machine = Machine(pathway)
    gaps = asked_for_gaps(pathway)
    overlaps = [(name, *pair) for name in pathway.states for pair in pairs(pathway, name)]
    overlapping = list(dict.fromkeys(name for name, _, _ in overlaps))

    def ask() -> Answers:
        found = {
            (state, -1, -1): bool(nothing_open(machine, state, [machine.packing.full]))
            for state in gaps
        }
        found |= dict.fromkeys(overlaps, False)
        for state in overlapping:
            for clash in clashes(machine, state):
                found[state, clash.first.index, clash.second.index] = True
        return found

    return ask


def solver_ready(pathway: ResolvedPathway, *, warm: bool = True) -> Callable[[], Answers]:
    """Return what asks Z3, with the ways of every state as formulas.

    Args:
        pathway: The pathway.
        warm: Whether the one solver is made before, and has been asked the same when it is asked
            again; else it is made each time.
    """
    import z3

    from tests.mutants.oracle import Person, is_possible, quiet_in, ways_open

    person = Person(pathway)
    asked: dict[Question, list[z3.BoolRef]] = {}
    for name, state in pathway.states.items():
        ways = ways_open(person, state)
        quiet = quiet_in(pathway, name, person)
        if name in asked_for_gaps(pathway):
            asked[name, -1, -1] = [z3.Not(z3.Or(ways)), *quiet]
        for one, two in pairs(pathway, name):
            asked[name, one, two] = [ways[one], ways[two], *quiet]
    everybody = [*(person.holds(fact) for fact in pathway.facts), *person.limits]

    def new() -> z3.Solver:
        solver = z3.Solver()
        solver.add(everybody)
        return solver

    kept = new()

    def ask() -> Answers:
        solver = kept if warm else new()
        return {question: is_possible(solver, formulas) for question, formulas in asked.items()}

    return ask


def pairs(pathway: ResolvedPathway, name: str) -> list[tuple[int, int]]:
    """Return the pairs of ways of a state of which only one may be open."""
    state = pathway.states[name]
    if state.choose != "one":
        return []
    return [
        (one, two)
        for one, two in itertools.combinations(range(len(state.next)), 2)
        if state.next[one].to != state.next[two].to
    ]


@dataclass
class Asked:
    """The questions of one pathway, asked in two ways.

    Args:
        what: What is asked, and what is ready before.
        count: How many questions.
        ours: Seconds of each round with boxes.
        theirs: Seconds of each round with Z3.
    """

    what: str
    count: int
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.theirs) / statistics.median(self.ours)


def measured(name: str) -> list[Asked]:
    """Return the times of one pathway, with more and less of it ready before."""
    pathway = load(name)
    ours, warm = boxes_ready(pathway), solver_ready(pathway)
    fresh = solver_ready(pathway, warm=False)
    answers = ours()
    assert answers == warm() == fresh(), f"boxes and Z3 do not agree on {name}"

    def ours_from_conditions() -> Answers:
        return boxes_ready(pathway)()

    def theirs_from_conditions() -> Answers:
        return solver_ready(pathway)()

    runs: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("boxes and formulas ready, a solver that was asked before", ours, warm),
        ("boxes and formulas ready, a new solver", ours, fresh),
        (
            "from the conditions on",
            ours_from_conditions,
            theirs_from_conditions,
        ),
    ]
    asked = [Asked(f"{name}: {what}", len(answers)) for what, _, _ in runs]
    for _ in range(ROUNDS):
        for each, (_, one, other) in zip(asked, runs, strict=True):
            each.ours.append(seconds(one))
            each.theirs.append(seconds(other))
    return asked


def seconds(run: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    begin = time.perf_counter()
    run()
    passed = time.perf_counter() - begin
    gc.enable()
    return passed


def section() -> str:
    """Return the part of the page about Z3."""
    if util.find_spec("z3") is None:
        return "\n## Beside Z3\n\nz3-solver is not installed.\n"
    lines = [
        "",
        "## Beside Z3",
        "",
        "Gaps and overlaps at every state, by its conditions alone, the boxes of these and of their opposites",
        "ready as the formulas are; Z3 with one solver, `push` and `pop`",
        f"(z3-solver {metadata.version('z3-solver')}). Medians of {ROUNDS} rounds in turn, in milliseconds. Both give the same answers,",
        "which is checked first.",
        "",
        "| what | questions | ours | Z3 | times as fast | wanted |",
        "|---|---:|---:|---:|---:|---|",
    ]
    lines += [_line(each) for each in measured(MEASURED)]
    return "\n".join(lines) + "\n"


def _line(asked: Asked) -> str:
    ours, theirs = statistics.median(asked.ours), statistics.median(asked.theirs)
    verdict = "yes" if asked.ratio >= WANTED else "NO"
    return (
        f"| {asked.what} | {asked.count} | {ours * 1000:.2f} | {theirs * 1000:.1f} "
        f"| {asked.ratio:.0f} | at least {WANTED}: {verdict} |"
    )
