"""Random pathways in which every state reads findings that others change: hard to follow exactly."""

from __future__ import annotations

import random

from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import loads

HEAD = """
format: 1
pathway: tangled
title: Tangled
version: 0.1.0
updated: 2026-01-31
catalogues: []
"""


def tangled(states: int, seed: int, findings: int = 12) -> ResolvedPathway:
    """Return a random pathway in which everything hangs together with everything.

    Args:
        states: How many states.
        seed: Which one.
        findings: How many findings.
    """
    draw = random.Random(seed)
    lines = [HEAD, "findings:"]
    names = [f"f{number}" for number in range(findings)]
    for number, name in enumerate(names):
        kind = draw.choice(("status", "status", "result", "trait"))
        if number % 3 == 0:
            what = "type: number, unit: points, range: [0, 10], step: 1"
        elif number % 3 == 1:
            what = "type: one_of, options: {a: {title: a}, b: {title: b}, c: {title: c}}"
        else:
            what = "type: yes_no"
        lines.append(f"  {name}: {{title: {name}, {what}, kind: {kind}, question: What?}}")
        names[number] = f"{name}|{kind}"
    kinds = dict(name.split("|") for name in names)
    plain = list(kinds)
    lines += ["start: s0", "states:"]
    for number in range(states):
        if number and number % 12 == 11:
            lines.append(f"  s{number}: {{kind: end, title: End {number}}}")
            continue
        targets = draw.sample(range(states), draw.choice((2, 3, 4)))
        if number + 1 not in targets and number + 1 < states:
            targets[0] = number + 1
        ways = [f'{{to: s{to}, when: "{_condition(draw, plain)}"}}' for to in targets[:-1]]
        ways.append(f"{{to: s{targets[-1]}, when: else}}")
        reassess = [name for name in plain if kinds[name] == "status" and draw.random() < 0.15]
        yields = [name for name in plain if kinds[name] == "result" and draw.random() < 0.15]
        sets = [
            name
            for name in plain[2::3]
            if kinds[name] != "trait" and draw.random() < 0.1 and name not in (*reassess, *yields)
        ]
        parts = ["kind: action", "category: test", f"title: Step {number}", "choose: first"]
        parts += [f"reassess: [{', '.join(reassess)}]"] if reassess else []
        parts += [f"yields: [{', '.join(yields)}]"] if yields else []
        parts += [f"sets: {{{', '.join(f'{name}: yes' for name in sets)}}}"] if sets else []
        lines.append(f"  s{number}: {{{', '.join(parts)}, next: [{', '.join(ways)}]}}")
    lines += ["rules:"]
    for number in range(4):
        one, two = draw.sample(range(1, states), 2)
        lines.append(f"  - {{id: r{number}, never: s{one} before s{two}, why: a test}}")
    return loads("\n".join(lines) + "\n")


def _condition(draw: random.Random, names: list[str]) -> str:
    parts = []
    for name in draw.sample(names, draw.choice((1, 2, 2, 3))):
        number = int(name[1:])
        if number % 3 == 0:
            parts.append(f"{name} {draw.choice(('>=', '<', '>'))} {draw.randrange(1, 10)}")
        elif number % 3 == 1:
            parts.append(f"{name} {draw.choice(('==', '!='))} {draw.choice('abc')}")
        else:
            parts.append(draw.choice((name, f"not {name}")))
    return draw.choice((" and ", " or ")).join(parts)
