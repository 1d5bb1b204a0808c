"""Small made-up pathways with any conditions, and people of whom something is known."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pathways.conditions import KnownValue, read_value
from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import loads
from pathways.records.facts import Fact, Facts

DAY = dt.date(2026, 1, 31)
ATOMS = (
    "sign",
    "alarm",
    "cleared",
    "better",
    "pattern == nerve",
    "pattern != joint",
    "pattern in [nerve, joint]",
    "score >= 4",
    "score < 2",
    "score != 3",
    "1 <= score < 4",
    "sites has hip",
    "sites has none",
    "sites has knee",
    "pill.status == now",
    "any pills tried",
    "count_now(pills) >= 2",
    "tired",
)
TEXT = """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  sign: {{title: a sign, type: yes_no, kind: watch, level: urgent, valid_for: {{amount: 1, unit: days}}, question: Sign?}}
  alarm: {{title: an alarm, type: yes_no, kind: watch, level: emergency, valid_for: {{amount: 1, unit: days}}, question: Alarm?}}
  cleared: {{title: cleared, type: yes_no, kind: result, question: Cleared?}}
  better: {{title: better, type: yes_no, kind: status, question: Better?}}
  pattern: {{title: pattern, type: one_of, kind: status, question: Which?, options: {{nerve: {{title: nerve}}, joint: {{title: joint}}, other: {{title: other}}}}}}
  score: {{title: score, type: number, kind: status, unit: points, range: [0, 5], step: 1, question: How much?}}
  sites: {{title: sites, type: several_of, kind: status, question: Where?, options: {{hip: {{title: hip}}, knee: {{title: knee}}, none: {{title: none}}}}}}
classes: {{pills: {{title: pill}}}}
treatments:
  pill: {{title: Pill, category: medicine, classes: [pills], what: a pill}}
  drops: {{title: Drops, category: medicine, classes: [pills], what: drops}}
definitions:
  tired: score >= 3 and not better
interrupts:
  - {{to: emergency, when: "{alarm}", level: emergency, label: Alarm}}
  - {{to: urgent, when: "{urgent}", level: urgent, label: Sign, until: cleared}}
start: begin
states:
  begin: {{kind: decision, title: Begin, choose: {choose_1}, next: [{ways_1}]}}
  middle: {{kind: decision, title: Middle, choose: {choose_2}, next: [{ways_2}]}}
  panel: {{kind: options, title: Panel, choose: {choose_3}, offers: [{{treatment: pill, when: "{offer}"}}, drops], next: [{ways_3}]}}
  emergency: {{kind: action, category: referral, title: Emergency, tags: [emergency], next: [{{to: done}}]}}
  urgent: {{kind: action, category: test, title: Urgent, yields: [cleared], next: [{{to: middle}}]}}
  done: {{kind: end, title: Done}}
"""


def condition(draw: random.Random, depth: int = 2) -> str:
    """Return a random condition in the language of pathway files."""
    kind = draw.random()
    if depth == 0 or kind < 0.3:
        return draw.choice(ATOMS)
    if kind < 0.45:
        return f"not ({condition(draw, depth - 1)})"
    parts = [condition(draw, depth - 1) for _ in range(draw.choice((2, 2, 3)))]
    if kind < 0.6 and len(parts) == 3:
        return f"at_least(2, {', '.join(parts)})"
    return draw.choice((" and ", " or ")).join(f"({part})" for part in parts)


def small_pathway(seed: int) -> ResolvedPathway:
    """Return a made-up pathway of six states with any conditions."""
    draw = random.Random(seed)
    values: dict[str, str] = {
        "alarm": draw.choice(("alarm", "alarm or (sign and better)", "alarm and score >= 1")),
        "urgent": draw.choice(("sign", "sign or pattern == other", "sites has hip and sign")),
        "offer": condition(draw),
    }
    for number in (1, 2, 3):
        choose = draw.choice(("one", "first", "any"))
        targets = draw.sample(("begin", "middle", "panel", "done", "urgent"), 3)
        ways = [f'{{to: {to}, when: "{condition(draw)}"}}' for to in targets]
        if choose == "first" and draw.random() < 0.5:
            ways[-1] = f"{{to: {targets[-1]}, when: else}}"
        values[f"choose_{number}"] = choose
        values[f"ways_{number}"] = ", ".join(ways)
    return loads(TEXT.format(**values))


VALUES: Mapping[str, tuple[Any, ...]] = {
    "sign": (False, True),
    "alarm": (False, True),
    "cleared": (False, True),
    "better": (False, True),
    "pattern": ("nerve", "joint", "other"),
    "score": tuple(Decimal(n) for n in range(6)),
    "sites": (
        frozenset({"none"}),
        frozenset({"hip"}),
        frozenset({"knee"}),
        frozenset({"hip", "knee"}),
    ),
    "pill.status": ("never", "now", "stopped"),
    "drops.status": ("never", "now", "stopped"),
}
"""Every value of every finding, as a whole person has it."""


MOST_PEOPLE = 150


def some_values(draw: random.Random) -> dict[str, Any]:
    """Return values for some of the findings, so that not too many whole people fit."""
    names = list(VALUES)
    draw.shuffle(names)
    count = math.prod(len(each) for each in VALUES.values())
    limit = draw.choice((1, 8, 40, MOST_PEOPLE))
    values: dict[str, Any] = {}
    for name in names:
        if count <= limit:
            break
        values[name] = draw.choice(VALUES[name])
        count //= len(VALUES[name])
    return values


def facts_with(pathway: ResolvedPathway, values: Mapping[str, Any]) -> Facts:
    """Return facts with these values."""
    known: dict[str, KnownValue] = {
        name: read_value(pathway.scope.findings[name], value) for name, value in values.items()
    }
    return Facts(DAY, {name: Fact(name, value, DAY) for name, value in known.items()})


def completions(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every whole person that fits what is known."""
    open_names = [name for name in VALUES if name not in values]
    for chosen in itertools.product(*(VALUES[name] for name in open_names)):
        yield {**values, **dict(zip(open_names, chosen, strict=True))}
