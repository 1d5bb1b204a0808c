"""Every form of rule read on journeys, one row each: the journey, and whether it breaks the rule."""

from __future__ import annotations

import random
from typing import Any

import pytest

from pathways.checks.replay.rules import breaks
from pathways.checks.results import Journey, Moment
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import Rule
from pathways.reading.load import loads
from tests.checks.brute_moves import sentence_of
from tests.checks.test_replay import SEEDS, brute, walks

TEXT = """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  sign: {title: a sign, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 1, unit: days}, question: Sign?}
  ok: {title: ok, type: yes_no, kind: status, question: Ok?}
tests: {scan: {title: Scan, what: a scan}, look: {title: Look, what: a look}}
definitions: {fine: {when: ok}}
interrupts: [{to: urgent, when: sign, level: urgent, label: Sign}]
start: a
states:
  a: {kind: decision, title: A, tags: [first], next: [{to: a}, {to: b}, {to: c}, {to: d}, {to: end}], choose: any}
  b: {kind: action, category: test, title: B, does: [scan, look], reassess: [ok], next: [{to: a}, {to: b}, {to: c}, {to: d}, {to: end}], choose: any}
  c: {kind: decision, title: C, tags: [first], next: [{to: a}, {to: b}, {to: c, when: fine}, {to: d}, {to: end}], choose: any}
  d: {kind: decision, title: D, next: [{to: a}, {to: c, when: not sign}, {to: end, when: sign}], choose: any}
  urgent: {kind: action, category: referral, title: Urgent, next: [{to: a}, {to: b}], choose: any}
  end: {kind: end, title: End}
rules: [{id: rule, RULE, why: It matters.}]
"""
# A state with a plus: 'ok' holds there; with a stroke: left by the interrupt.


def pathway_with(rule: str) -> ResolvedPathway:
    return loads(TEXT.replace("RULE", rule))


def journey(pathway: ResolvedPathway, text: str, **brought: str) -> Journey:
    """Return a journey such as ``a b+ d/ urgent``; ``*`` marks the step that the last comes back to."""
    moments, back_to = [], None
    words = text.split()
    for at, word in enumerate(words):
        if word.endswith("*"):
            back_to = at
        name = word.rstrip("+/*")
        after = words[at + 1].rstrip("+/*") if at + 1 < len(words) else ""
        ways = [way.key for way in pathway.ways_from(name) if way.target == after]
        way = "interrupt/0" if "/" in word else (ways or [""])[0]
        values: dict[str, Any] = {"ok": "+" in word, "sign": "/" in word}
        values |= {"scan.status": "never", "look.status": "never"}
        values |= {f"{key}.status": value for key, value in brought.items()}
        moments.append(Moment(name, values, way))
    return Journey(tuple(moments), back_to=back_to)


@pytest.mark.parametrize(
    ("rule", "walk", "broken"),
    [
        ("never: b", "a c a", False),
        ("never: b", "a c b", True),
        ("never: any first", "b d", False),
        ("never: any first", "b c", True),
        ("never: c before b", "a b c", False),
        ("never: c before b", "a c b", True),
        ("never: c before c", "a c c", True),
        ("never: a before b", "a b", True),
        ("never: c after b", "a c b", False),
        ("never: c after b", "a b d c", True),
        ("never: b after b", "a b", False),
        ("never: b after b", "a b b", True),
        ("never: b after c", "a* b c a", True),
        ("never: a then b", "a c b", False),
        ("never: a then b", "a b", True),
        ("never: a then urgent", "a/ urgent", True),
        ("never: b and c", "a b d", False),
        ("never: b and c", "a c a b", True),
        ("never: c unless ok", "a+ c", False),
        ("never: c unless ok", "a c+", True),
        ("never: a unless fine", "a+", False),
        ("never: a unless ok", "a", True),
        ("never: c while ok", "a c+", False),
        ("never: c while ok", "a+ c", True),
        ("never: ok", "a b end+", False),
        ("never: ok", "a b+", True),
        ("never: ok, ends: included", "a end+", True),
        ("must: b then c", "a b c", False),
        ("must: b then c", "a b", False),
        ("must: b then c", "a b d", True),
        ("must: b then c", "a b/ urgent", False),
        ("must: end then c", "a end", True),
        ("must: b later c", "a b d c end", False),
        ("must: b later c", "a b d", False),
        ("must: b later c", "a b d end", True),
        ("must: b later b", "a b end", True),
        ("must: b later c", "a b/ urgent a end", False),
        ("must: b later c", "a b/ urgent b end", True),
        ("must: end later c", "a c end", True),
        ("must: b later c", "a b d* a d", True),
        ("must: b later c", "a b d* c a d", False),
        ("must: b later c", "a b* c b", False),
        ("must: a later c", "b b* a b", True),
        ("must: b later c", "a b* d/ urgent b", False),
        ("must: b later c", "a c d* a d", False),
        ("must: c within 0, when: ok", "a c+", False),
        ("must: c within 0, when: ok", "a+ c", True),
        ("must: c within 2, when: ok", "a+ b c", False),
        ("must: c within 2, when: ok", "a+ b", False),
        ("must: c within 2, when: ok", "a+ b a c", True),
        ("must: c within 2, when: ok", "a+ end", True),
        ("must: end within 2, when: ok", "a b+ end", False),
        ("must: c within 1, when: ok", "a b end+", False),
        ("must: c within 1, when: ok, ends: included", "a b end+", True),
        ("must: b within 3, when: ok", "a* d+ a", True),
        ("must: a within 3, when: ok", "a* d+ a", False),
        ("at_most: b 1", "a b c", False),
        ("at_most: b 1", "a b c b", True),
        ("at_most: a 0", "a b", True),
        ("at_most: b 7", "a* b a", True),
        ("at_most: b 7", "b a* c a", False),
        ("at_most: b 1 per c", "a b c b", False),
        ("at_most: b 1 per c", "a b a b c", True),
        ("at_most: b 1 per b", "a b b b", False),
        ("at_most: b 1 per c", "a* b c a", False),
        ("at_most: b 1 per c", "a* b b c a", True),
        ("between: a d, must: b", "a b d", False),
        ("between: a d, must: b", "a c d", True),
        ("between: a d, must: b", "b d a", False),
        ("between: a a, must: b", "a a", True),
        ("between: b d, must: b", "b d", True),
        ("between: b d, must: c", "b* c d a b", False),
        ("between: b d, must: c", "d* b a d", True),
        ("possible: c", "a b", False),
        ("possible: c", "a c", True),
        ("fresh: ok since a", "a b c", False),
        ("fresh: ok since a", "a d", False),
        ("fresh: ok since a", "a d c", True),
        ("fresh: ok since c", "a c", True),
        ("fresh: ok since b", "b c", False),
        ("fresh: sign since a", "a d", True),
        ("fresh: ok within 3 weeks", "a d c", False),
    ],
)
def test_a_rule_on_a_journey(rule: str, walk: str, broken: bool) -> None:
    pathway = pathway_with(rule)
    assert breaks(pathway, pathway.rules[0], journey(pathway, walk)) is broken


def test_what_was_done_before_the_journey_was_brought() -> None:
    pathway = pathway_with("never: c before b")
    rule = pathway.rules[0]
    assert breaks(pathway, rule, journey(pathway, "a c", scan="done"))
    assert not breaks(pathway, rule, journey(pathway, "a c", scan="done", look="done"))
    pathway = pathway_with("never: c before d")
    assert breaks(pathway, pathway.rules[0], journey(pathway, "a c", scan="done", look="done"))


def test_who_is_stuck_is_too_late() -> None:
    pathway = pathway_with("must: c within 9, when: ok")
    states = dict(pathway.states)
    stuck = journey(pathway, "a+ d")
    assert not breaks(pathway, pathway.rules[0], stuck)
    states["d"] = states["d"].model_copy(update={"next": states["d"].next[2:]})
    without = type(pathway)(**{**vars_of(pathway), "states": states})
    assert breaks(without, without.rules[0], stuck)


def vars_of(pathway: ResolvedPathway) -> dict[str, Any]:
    return {name: getattr(pathway, name) for name in pathway.__dataclass_fields__}


def kept(seed: int, rule: Rule) -> list[bool]:
    explored = brute(seed)
    draw = random.Random(seed)
    return [
        not breaks(explored.pathway, rule, explored.journey(walk))
        for walk in walks(seed, draw.choice((20, 40)))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_walk_breaks_a_rule_that_holds(seed: int) -> None:
    explored = brute(seed)
    for rule in explored.pathway.rules:
        if explored.verdict(rule) != "fails" and rule.possible is None:
            assert all(kept(seed, rule)), rule


def test_walks_break_most_rules_that_fail() -> None:
    found = [
        all(kept(seed, rule))
        for seed in SEEDS
        for rule in brute(seed).pathway.rules
        if rule.possible is None
        and brute(seed).verdict(rule) == "fails"
        and sentence_of(brute(seed).pathway, rule).joint != "later"
    ]
    assert len(found) > 20
    assert found.count(False) / len(found) > 0.9
