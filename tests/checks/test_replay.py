"""Replay against patients followed one by one: what they may do replays, what they may not does not."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from pathways.checks.replay import confirms, faults, open_ways
from pathways.checks.results import Journey, Moment, Reported
from pathways.conditions import parse, read_value
from pathways.errors import Problem
from pathways.reading.load import loads
from tests.checks.brute import Brute
from tests.checks.brute_moves import Spot
from tests.checks.worlds import world

SEEDS = range(40)
LONGEST = 9
Walk = tuple[tuple[Spot, str], ...]


@cache
def brute(seed: int) -> Brute:
    return Brute(world(seed))


def walks(seed: int, count: int = 6) -> Iterator[Walk]:
    """Yield walks by moves that are allowed."""
    explored = brute(seed)
    draw = random.Random(seed)
    for _ in range(count if explored.starts else 0):
        spot = draw.choice(explored.starts)
        walk: list[tuple[Spot, str]] = []
        while len(walk) < LONGEST and explored.steps(spot):
            step = draw.choice(explored.steps(spot))
            walk.append((spot, step.way))
            spot = step.spot
        yield (*walk, (spot, ""))


def allowed(explored: Brute, walk: Walk) -> bool:
    """Say whether a walk is one that somebody may take."""
    if walk[0][0] not in explored.starts:
        return False
    return all(
        any(step.way == way and step.spot == after for step in explored.steps(spot))
        for (spot, way), (after, _) in itertools.pairwise(walk)
    )


def changed(explored: Brute, draw: random.Random, walk: Walk) -> Walk:
    """Return a walk with one state, one way or one value changed."""
    at = draw.randrange(len(walk))
    (state, person), way = walk[at]
    kind = draw.choice(("state", "way", "value", "value", "value"))
    if kind == "state":
        state = draw.choice(sorted(explored.pathway.states))
    elif kind == "way" and way:
        keys = [each.key for each in explored.pathway.ways]
        keys += [f"interrupt/{index}" for index in range(len(explored.pathway.interrupts))]
        way = draw.choice(keys)
    else:
        name = draw.choice(explored.names)
        other = dict(explored.people[person])
        other[name] = draw.choice(explored.domain[name])
        person = explored.number.get(tuple(other.values()), person)
    return (*walk[:at], ((state, person), way), *walk[at + 1 :])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_somebody_may_do_replays(seed: int) -> None:
    explored = brute(seed)
    for walk in walks(seed):
        assert faults(explored.pathway, explored.journey(walk)) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_changed_journey_replays_only_where_somebody_may_do_so(seed: int) -> None:
    explored = brute(seed)
    draw = random.Random(seed)
    for walk in walks(seed):
        for _ in range(20):
            other = changed(explored, draw, walk)
            replays = not faults(explored.pathway, explored.journey(other))
            assert replays == allowed(explored, other), other


def test_both_answers_are_frequent_for_changed_journeys() -> None:
    answers = []
    for seed in SEEDS:
        explored, draw = brute(seed), random.Random(seed)
        answers += [allowed(explored, changed(explored, draw, walk)) for walk in walks(seed)]
    assert 0.1 < sum(answers) / len(answers) < 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_ways_are_open(seed: int) -> None:
    explored = brute(seed)
    draw = random.Random(seed)
    for state in explored.pathway.states:
        for spot in draw.sample(explored.everywhere(state), min(5, len(explored.people))):
            values = explored.moment(spot).values
            found = open_ways(explored.pathway, state, values)
            assert found == tuple(way for way, _ in explored.open(spot))


PATHWAY = loads(
    """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  old: {title: old, type: yes_no, kind: trait, question: Old?}
  sign: {title: a sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 1, unit: days}, question: Sign?}
  better: {title: better, type: yes_no, kind: status, question: Better?}
  rounds: {title: rounds, type: number, kind: count, unit: count, range: [0, 2], step: 1, question: How many?}
interrupts: [{to: urgent, when: sign, level: urgent, label: Sign}]
start: ask
states:
  ask: {kind: decision, title: Ask, next: [{to: try, when: old}, {to: done, when: better}]}
  try: {kind: action, category: therapy, title: Try, reassess: [better], adds: {rounds: 1}, choose: first, next: [{to: done, when: better}, {to: ask, when: else}]}
  wait: {kind: decision, title: Wait, next: [{to: wait, when: not better}, {to: done, when: better}]}
  urgent: {kind: action, category: referral, title: Urgent, next: [{to: done}]}
  done: {kind: end, title: Done}
rules:
  - {id: quick, at_most: try 1, why: It matters.}
  - {id: known, never: try unless old, why: It matters.}
  - {id: some, possible: wait, why: It matters.}
"""
)


def values(**given: Any) -> dict[str, Any]:
    shapes = PATHWAY.scope.findings
    whole = {"old": False, "sign": False, "better": False, "rounds": 0, **given}
    return {name: read_value(shapes[name], value) for name, value in whole.items()}


ASK = PATHWAY.states["ask"]
OLD = values(old=True)
ONCE = values(old=True, rounds=1)
TWICE = values(old=True, rounds=2)
ROUND = (Moment("ask", OLD, "ask/0"), Moment("try", ONCE, "try/1"), Moment("ask", ONCE, "ask/0"))
AGAIN = (*ROUND, Moment("try", TWICE))


def said(code: str, *moments: Moment, rule: str = "", back_to: int | None = None) -> str:
    journey = Journey(moments, back_to=back_to)
    return confirms(PATHWAY, Reported(Problem(code, "wrong"), journey, rule))


@pytest.mark.parametrize(
    ("moments", "fault"),
    [
        ([Moment("try", OLD)], "step 1: begins at try, not at ask"),
        ([Moment("nowhere", OLD)], "no state 'nowhere'"),
        (
            [Moment("ask", OLD, "ask/1"), Moment("done", OLD)],
            "step 1, ask: the way 'ask/1' is not open, only ask/0",
        ),
        (
            [Moment("ask", OLD, "ask/0"), Moment("done", OLD)],
            "step 1, ask: the way 'ask/0' does not lead to done",
        ),
        (
            [Moment("ask", OLD, "ask/0"), Moment("try", OLD)],
            "step 1, ask: entering try cannot change 'rounds' from 0 to 0",
        ),
        (
            [Moment("ask", OLD, "ask/0"), Moment("try", values(rounds=1))],
            "step 1, ask: entering try cannot change 'old' from True to False",
        ),
        (
            [Moment("ask", {**OLD, "sign": True}, "ask/0"), Moment("try", ONCE)],
            "step 1, ask: the way 'ask/0' is not open, only interrupt/0",
        ),
        ([Moment("ask", {**OLD, "rounds": Decimal("0.50")})], "step 1, ask: rounds: "),
        ([Moment("ask", {**OLD, "old": "yes"})], "step 1, ask: old: "),
        ([Moment("ask", {**OLD, "new": True})], "step 1, ask: no finding 'new'"),
        (
            [Moment("ask", {"old": True}, "ask/0"), Moment("try", {"old": True})],
            "no value is given for 'sign'",
        ),
        (
            [Moment("ask", OLD, "ask/0"), Moment("try", {"old": True})],
            "step 1, ask: better, rounds, sign is given before or after the step only",
        ),
    ],
)
def test_why_a_journey_does_not_replay(moments: list[Moment], fault: str) -> None:
    found = faults(PATHWAY, Journey(tuple(moments)))
    assert any(each.startswith(fault) for each in found), found


def test_a_journey_that_comes_back_must_come_back_to_the_same() -> None:
    assert faults(PATHWAY, Journey(ROUND, back_to=0)) == (
        "when it comes back, 'rounds' is not what it was",
    )
    last = (*AGAIN[:3], Moment("try", TWICE, "try/1"), Moment("ask", TWICE, "ask/0"))
    loop = (*last, Moment("try", TWICE, "try/1"), Moment("ask", TWICE))
    assert faults(PATHWAY, Journey(loop, back_to=4)) == ()
    assert faults(PATHWAY, Journey(loop, back_to=3)) == ("it comes back to ask, not to try",)
    assert faults(PATHWAY, Journey(loop, back_to=6)) == ("it cannot come back to its step 7",)
    assert said("endless-loop", *loop, back_to=4) == ""
    assert said("endless-loop", *loop) == "the journey does not come back to where it was"


def test_what_is_claimed_must_be_shown() -> None:
    nothing = Moment("ask", values())
    both = Moment("ask", values(old=True, better=True))
    assert said("gap", nothing) == ""
    assert said("gap", both) == "ask/0, ask/1 is open at ask"
    assert said("overlap", both) == ""
    assert said("overlap", nothing) == "at ask only nothing is open"
    assert said("overlap", Moment("ask", values(old=True))) == "at ask only ask/0 is open"
    assert said("else-catches", Moment("ask", OLD, "ask/0"), Moment("try", ONCE)) == ""
    assert said("else-catches", both) == "'else' does not catch anybody at ask"
    chosen = replace(
        PATHWAY, states={**PATHWAY.states, "ask": ASK.model_copy(update={"choose": "any"})}
    )
    overlap = Reported(Problem("overlap", "wrong"), Journey((both,)))
    assert confirms(chosen, overlap) == "ask is not left by exactly one way"
    end = (Moment("ask", values(better=True), "ask/1"), Moment("done", values(better=True)))
    assert said("gap", *end) == "done is an end"
    assert said("cannot-finish", nothing) == ""
    assert said("cannot-finish", Moment("try", OLD)) == "step 1: begins at try, not at ask"


def test_a_loop_by_an_interrupt_is_not_one_that_goes_on_by_itself() -> None:
    ill = values(sign=True)
    pathway = loads(CALLED)
    moments = (Moment("ask", ill, "interrupt/0"), Moment("urgent", ill, "urgent/0"))
    journey = Journey((*moments, Moment("ask", ill)), back_to=0)
    assert faults(pathway, journey) == ()
    problem = Problem("endless-loop", "wrong")
    assert confirms(pathway, Reported(problem, journey)) == "the loop goes by interrupt/0"


CALLED = """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  old: {title: old, type: yes_no, kind: trait, question: Old?}
  sign: {title: a sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 1, unit: days}, question: Sign?}
  better: {title: better, type: yes_no, kind: status, question: Better?}
  rounds: {title: rounds, type: number, kind: count, unit: count, range: [0, 2], step: 1, question: How many?}
interrupts: [{to: urgent, when: sign, level: urgent, label: Sign}]
start: ask
states:
  ask: {kind: decision, title: Ask, next: [{to: done}]}
  urgent: {kind: action, category: referral, title: Urgent, next: [{to: ask}]}
  done: {kind: end, title: Done}
"""


def test_a_rule_must_be_broken_by_the_journey() -> None:
    assert said("rule-fails", *AGAIN, rule="quick") == ""
    assert said("rule-fails", *AGAIN[:2], rule="quick") == "the journey keeps the rule 'quick'"
    assert said("rule-fails", *AGAIN, rule="known") == "the journey keeps the rule 'known'"
    assert said("rule-fails", *AGAIN, rule="other") == "no rule 'other'"
    assert said("rule-fails", *AGAIN, rule="some").startswith("'possible' fails when nobody")


def test_without_a_journey_there_is_nothing_to_replay() -> None:
    assert confirms(PATHWAY, Reported(Problem("never-taken", "wrong"))) == ""


def test_what_the_start_sets_holds_from_the_start() -> None:
    states = {**PATHWAY.states, "ask": ASK.model_copy(update={"sets": {"better": ("yes",)}})}
    pathway = replace(PATHWAY, states=states)
    assert faults(pathway, Journey((Moment("ask", values(better=True)),))) == ()
    assert faults(pathway, Journey((Moment("ask", OLD),))) == (
        "step 1: 'better' is not what the start sets it to",
    )


def test_what_every_patient_satisfies_holds_at_every_step() -> None:
    pathway = replace(PATHWAY, facts=(parse("not old or rounds < 1"),))
    assert faults(pathway, Journey((Moment("ask", OLD),))) == ()
    assert faults(pathway, Journey(ROUND[:2])) == (
        "step 2, try: what every patient satisfies does not hold",
    )


CARE = loads(
    """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  ok: {title: ok, type: yes_no, kind: status, question: Ok?}
treatments:
  pill: {title: Pill, category: medicine, what: a pill}
  shot: {title: Shot, category: procedure, what: a shot}
tests: {scan: {title: Scan, what: a scan}}
start: panel
states:
  panel: {kind: options, title: Panel, offers: [{treatment: pill, when: ok}, shot], next: [{to: panel}, {to: act}, {to: talk}], choose: any}
  act: {kind: action, category: procedure, title: Act, does: [shot, scan], next: [{to: panel}]}
  talk: {kind: decision, title: Talk, next: [{to: panel}]}
"""
)


@pytest.mark.parametrize(
    ("way", "name", "ok", "before", "allowed"),
    [
        ("panel/0", "pill.status", True, "never", {"never", "now", "stopped"}),
        ("panel/0", "pill.status", True, "now", {"now", "stopped"}),
        ("panel/0", "pill.status", False, "never", {"never"}),
        ("panel/0", "pill.relief_pct", True, 10, {0, 10, 90}),
        ("panel/0", "pill.relief_pct", False, 10, {10}),
        ("panel/0", "pill.weeks", True, 10, {0, 10, 90}),
        ("panel/0", "pill.weeks", False, 10, {10, 90}),
        ("panel/0", "shot.status", False, "stopped", {"now", "stopped"}),
        ("panel/1", "shot.status", False, "never", {"now", "stopped"}),
        ("panel/1", "scan.status", False, "never", {"done"}),
        ("panel/1", "shot.months_since", False, 10, {0, 10, 90}),
        ("panel/1", "pill.status", True, "never", {"never"}),
        ("panel/2", "shot.months_since", False, 10, {10, 90}),
        ("panel/2", "shot.relief_weeks", False, 10, {10}),
        ("panel/2", "shot.count_12mo", False, 10, {0, 10, 50}),
        ("panel/2", "scan.status", False, "never", {"never"}),
    ],
)
def test_what_care_changes(way: str, name: str, ok: bool, before: Any, allowed: set[Any]) -> None:
    shape = CARE.scope.findings[name]
    most = 50 if name == "shot.count_12mo" else 90
    target = {"panel/0": "panel", "panel/1": "act", "panel/2": "talk"}[way]
    found = set()
    for after in shape.options or (0, 10, most):
        first = {"ok": ok, name: read_value(shape, before)}
        last = {"ok": ok, name: read_value(shape, after)}
        if not faults(CARE, Journey((Moment("panel", first, way), Moment(target, last)))):
            found.add(after)
    assert found == allowed
