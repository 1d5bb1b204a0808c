"""Checks that follow nobody, held against the slowest and most obvious way to see the same."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from pathways.checks.static import static_problems
from pathways.checks.static.dataflow import missing_data
from pathways.checks.static.subject import ALWAYS, NEVER, Subject
from pathways.checks.static.terms import irrelevant_terms
from pathways.conditions import Condition, Truth, children, evaluate, parse
from pathways.conditions.walk import with_children
from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import loads
from tests.checks.sound import spoilt

ATOMS = (
    "seen",
    "better",
    "alarm",
    "score >= 5",
    "score < 3",
    "2 <= score < 7",
    "score != 4",
    "score >= 0",
    "high",
    "pattern == nerve",
    "pattern != joint",
    "pattern in [nerve, other]",
)
VALUES: dict[str, tuple[Any, ...]] = {
    "alarm": (False, True),
    "better": (False, True),
    "pattern": ("nerve", "joint", "other"),
    "score": tuple(Decimal(number) for number in (0, 2, 3, 4, 5, 7)),
    "seen": (False, True),
}
"""Every value; of the score, one of each run that no condition tells apart."""
PEOPLE = [dict(zip(VALUES, each, strict=True)) for each in itertools.product(*VALUES.values())]
FACTS = ("", "facts: [not better or score >= 4]\n", "facts: [pattern != other]\n")


def condition(draw: random.Random, depth: int = 2) -> str:
    """Return a random condition, in which findings often come back."""
    if depth == 0 or draw.random() < 0.25:
        return draw.choice(ATOMS)
    if draw.random() < 0.2:
        return f"not ({condition(draw, depth - 1)})"
    parts = [condition(draw, depth - 1) for _ in range(draw.choice((2, 2, 3)))]
    if len(parts) == 3 and draw.random() < 0.4:
        return f"at_least(2, {', '.join(parts)})"
    return draw.choice((" and ", " or ")).join(f"({part})" for part in parts)


def people(pathway: ResolvedPathway) -> list[dict[str, Any]]:
    """Return everybody who satisfies the facts."""
    return [each for each in PEOPLE if all(is_true(fact, each, pathway) for fact in pathway.facts)]


def is_true(node: Condition, person: dict[str, Any], pathway: ResolvedPathway) -> bool:
    return evaluate(node, person, pathway.scope).truth is Truth.TRUE


def column(node: Condition, pathway: ResolvedPathway) -> tuple[bool, ...]:
    """Return for whom a condition holds, person by person."""
    return tuple(is_true(node, each, pathway) for each in people(pathway))


def without_a_part(node: Condition) -> Iterator[Condition]:
    """Yield the condition with each part in turn always, and never, true."""
    for at, part in enumerate(children(node)):
        for other in (ALWAYS, NEVER, *without_a_part(part)):
            yield with_children(node, (*children(node)[:at], other, *children(node)[at + 1 :]))


@pytest.mark.parametrize("seed", range(60))
def test_a_part_is_irrelevant_when_the_same_people_satisfy_the_rest(seed: int) -> None:
    draw = random.Random(seed)
    text = condition(draw)
    pathway = spoilt(
        ("{to: care, when: seen}", f'{{to: care, when: "{text}"}}'),
        ("interrupts:", f"{draw.choice(FACTS)}interrupts:"),
    )
    node = pathway.states["look"].next[0].when
    answer = column(node, pathway)
    found = [
        each for each in irrelevant_terms(Subject(pathway)) if each.where == "states.look.next[0]"
    ]
    is_settled = len(set(answer)) == 1
    is_idle = any(column(each, pathway) == answer for each in without_a_part(node))
    assert bool(found) == (is_idle and not is_settled)
    for each in found:
        match = re.search(r"nothing: '(.*)' says the same as", each.message)
        assert match is not None
        short = parse(match.group(1))
        assert column(short, pathway) == answer
        assert not any(column(other, pathway) == answer for other in without_a_part(short))


def test_the_random_conditions_have_parts_of_both_kinds() -> None:
    found = [_has_an_idle_part(seed) for seed in range(60)]
    assert 10 < sum(found) < 50


def _has_an_idle_part(seed: int) -> bool:
    pathway = spoilt(
        ("{to: care, when: seen}", f'{{to: care, when: "{condition(random.Random(seed))}"}}')
    )
    node = pathway.states["look"].next[0].when
    answer = column(node, pathway)
    return any(column(each, pathway) == answer for each in without_a_part(node))


RESULT = """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  alarm: {{title: alarm, type: yes_no, kind: watch, level: urgent, valid_for: {{amount: 1, unit: days}}, question: Alarm?}}
  better: {{title: better, type: yes_no, kind: status, question: Better?}}
  pattern: {{title: pattern, type: one_of, kind: trait, question: Which?, options: {{nerve: {{title: nerve}}, joint: {{title: joint}}, other: {{title: other}}}}}}
  score: {{title: score, type: number, kind: trait, unit: points, range: [0, 10], step: 1, question: Score?}}
  seen: {{title: seen, type: yes_no, kind: result, question: Seen?}}
definitions: {{high: score >= 5}}
{facts}interrupts: [{{to: urgent, when: "alarm and ({when})", until: "{until}", level: urgent, label: Alarm}}]
start: begin
states:
  begin: {{kind: decision, title: Begin, choose: any, next: [{{to: end, when: "{first}"}}, {{to: end, when: "{second}"}}]}}
  urgent: {{kind: decision, title: Urgent, next: [{{to: end}}]}}
  end: {{kind: end, title: End}}
"""


@pytest.mark.parametrize("seed", range(60))
def test_a_result_is_missing_when_two_people_who_differ_in_nothing_else_part_ways(
    seed: int,
) -> None:
    draw = random.Random(seed)
    words = {key: condition(draw, 1) for key in ("when", "until", "first", "second")}
    # What clears the alarm is often the very result, and the ways often ask for both.
    if draw.random() < 0.5:
        words["until"] = draw.choice(("seen", "seen and better"))
        words["first"] = draw.choice(("alarm and seen", f"seen and ({words['when']})"))
    pathway = loads(RESULT.format(facts=draw.choice(FACTS), **words))
    (interrupt,) = pathway.interrupts
    assert interrupt.until is not None
    ways = [way.when for way in pathway.states["begin"].next]
    opened: dict[tuple[Any, ...], set[tuple[bool, ...]]] = {}
    for person in people(pathway):
        fires = is_true(interrupt.when, person, pathway)
        if fires and not is_true(interrupt.until, person, pathway):
            continue
        rest = tuple(value for name, value in person.items() if name != "seen")
        opened.setdefault(rest, set()).add(tuple(is_true(way, person, pathway) for way in ways))
    parts = any(len(each) > 1 for each in opened.values())
    assert bool(list(missing_data(Subject(pathway)))) == parts


NET = """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
start: s0
states:
"""
GRAPH_CODES = {"unreachable-state", "dead-end", "no-route-to-end", "loop-no-exit"}


@pytest.mark.parametrize("seed", range(150))
def test_the_bare_net_is_read_as_its_closure_says(seed: int) -> None:
    draw = random.Random(seed)
    count = draw.randint(2, 8)
    ends = {at for at in range(1, count) if draw.random() < 0.3}
    after = {
        at: set() if at in ends else set(draw.sample(range(count), draw.choice((0, 1, 1, 2))))
        for at in range(count)
    }
    lines = [
        f"  s{at}: {{kind: end, title: S}}"
        if at in ends
        else f"  s{at}: {{kind: decision, title: S, choose: any, next: "
        f"[{', '.join(f'{{to: s{to}}}' for to in sorted(after[at]))}]}}"
        for at in range(count)
    ]
    pathway = loads(NET + "\n".join(lines))
    found = {
        (each.code, each.where) for each in static_problems(pathway) if each.code in GRAPH_CODES
    }
    assert found == expected(after, ends)


def expected(after: dict[int, set[int]], ends: set[int]) -> set[tuple[str, str]]:
    """Return what is wrong with a net, by the definitions of the codes."""
    far = {at: reached(after, at) for at in after}
    led_to = {0, *(to for following in after.values() for to in following)}
    dead = {at for at in after if not after[at] and at not in ends}
    hopeless = {at for at in after if not far[at] & ends and at not in ends}
    knots = {frozenset(to for to in far[at] if at in far[to]) for at in after if at in far[at]}
    closed = {knot for knot in knots if all(after[at] <= knot for at in knot)}
    stops = dead | {at for knot in closed for at in knot}
    entered = {0, *(to for at in after if at not in hopeless for to in after[at])}
    return {
        *(("unreachable-state", f"states.s{at}") for at in after if at not in led_to),
        *(("dead-end", f"states.s{at}") for at in dead),
        *(("loop-no-exit", f"states.s{min(knot)}") for knot in closed),
        *(("no-route-to-end", f"states.s{at}") for at in (hopeless - stops) & entered),
    }


def reached(after: dict[int, set[int]], start: int) -> set[int]:
    """Return what can come after a state, in one step or more."""
    found = set(after[start])
    while True:
        more = found.union(*(after[at] for at in found)) if found else found
        if more == found:
            return found
        found = more
