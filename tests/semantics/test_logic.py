"""The conditions of a pathway as regions: gates, quiet values of signs, what makes the difference."""

from __future__ import annotations

import random
from typing import Any

import pytest

from pathways.boxes import TooManyBoxesError
from pathways.patients import reaching
from pathways.patients.reaching import MOST_AT_A_STATE, Reach, prospect
from pathways.reading.load import loads
from pathways.semantics.logic import Logic
from tests.patients.made import HEAD, placer_of
from tests.patients.small_pathways import (
    VALUES,
    completions,
    facts_with,
    small_pathway,
    some_values,
)
from tests.patients.test_statuses_by_brute_force import open_ways


def differing(people: list[dict[str, Any]], states: list[bool]) -> set[str]:
    """Return the findings in which alone two people differ who stand on different sides."""
    open_names = [name for name in VALUES if len({str(each[name]) for each in people}) > 1]
    found = set()
    for name in open_names:
        sides: dict[tuple[str, ...], set[bool]] = {}
        for person, state in zip(people, states, strict=True):
            rest = tuple(str(person[other]) for other in open_names if other != name)
            sides.setdefault(rest, set()).add(state)
        if any(len(each) == 2 for each in sides.values()):
            found.add(name)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_what_makes_the_difference_agrees_with_brute_force(seed: int) -> None:
    pathway = small_pathway(seed)
    logic = Logic(pathway)
    draw = random.Random(4000 + seed)
    for _ in range(4):
        values = some_values(draw)
        known = logic.known(facts_with(pathway, values).values)
        people = list(completions(values))
        ways = [open_ways(pathway, "middle", person) for person in people]
        for number, passage in enumerate(logic.passages["middle"]):
            found = logic.pivotal(known, passage.inside, passage.outside)
            assert set(found) == differing(people, [each[number] for each in ways])
            assert list(found) == sorted(found)


KINDS = """
findings:
  adult: {title: grown up, type: yes_no, kind: trait, question: Grown up?}
  calm: {title: calm, type: yes_no, kind: status, question: Calm?}
  mood: {title: mood, type: one_of, kind: watch, question: Which?, valid_for: {amount: 1, unit: days}, options: {good: {title: good}, fair: {title: fair}, bad: {title: bad, level: urgent}}}
  marks: {title: marks, type: several_of, kind: watch, question: Which?, valid_for: {amount: 1, unit: days}, options: {red: {title: red, level: urgent}, blue: {title: blue}, none: {title: none}}}
interrupts:
  - {to: help, when: mood == bad or marks has red, level: urgent, label: Sign}
start: gate
states:
  gate: {kind: decision, title: Gate, next: [{to: ask, when: adult}, {to: done, when: not adult}]}
  ask: {kind: decision, title: Ask, next: [{to: care, when: calm}, {to: done, when: not calm}]}
  care: {kind: decision, title: Care, next: [{to: good, when: mood == good and marks has blue}, {to: done, when: not (mood == good and marks has blue)}]}
  help: {kind: action, category: test, title: Help, next: [{to: done}]}
  good: {kind: end, title: Good}
  done: {kind: end, title: Done}
"""


def test_gates_read_only_what_care_does_not_change_and_no_gate_is_its_own() -> None:
    logic = placer_of(KINDS).logic
    assert logic.gates["good"] == ("gate",)
    assert logic.gates["gate"] == ()
    assert logic.gates["done"] == ("gate",)


def test_only_values_that_are_signs_are_taken_to_be_absent() -> None:
    logic = placer_of(KINDS).logic
    mood = logic.space.variables[logic.space.of_finding["mood"][""]]
    assert logic.quiet_cells("mood", "") == mood.of_word("good") | mood.of_word("fair")
    assert [logic.quiet_cells("marks", option) for option in ("red", "blue")] == [1, 3]
    place = placer_of(KINDS).place(facts_with_nothing())
    assert place.proviso == ("mood", "marks")


def facts_with_nothing() -> Any:
    return facts_with(small_pathway(1), {})


def long_pathway(condition: str, findings: int, states: int) -> Logic:
    lines = ["findings:"]
    lines += [
        f"  f{n}: {{title: f{n}, type: yes_no, kind: status, question: F?}}"
        for n in range(findings)
    ]
    lines += ["start: s0", "states:"]
    for n in range(states):
        onward = f"s{n + 1}" if n + 1 < states else "goal"
        lines.append(
            f"  s{n}: {{kind: decision, title: S, next: [{{to: {onward}, when: '{condition}'}}, "
            f"{{to: other, when: 'not ({condition})'}}]}}"
        )
    lines += ["  goal: {kind: end, title: Goal}", "  other: {kind: end, title: Other}"]
    return Logic(loads(HEAD + "\n".join(lines)))


def test_what_is_not_looked_at_is_said_and_ends_soon() -> None:
    pairs = " and ".join(f"(f{2 * n} or f{2 * n + 1})" for n in range(8))
    logic = long_pathway(pairs, 16, 40)
    reach = Reach(logic, "goal")
    assert reach.is_cut
    assert all(len(each) <= MOST_AT_A_STATE for each in reach.demands.values())
    found = prospect(logic, "s0", "goal", logic.known({}))
    assert found.is_cut
    short = prospect(long_pathway("f0 or f1", 2, 3), "s0", "goal", logic.known({}))
    assert not short.is_cut


def test_more_demands_than_are_kept_at_one_state_are_said() -> None:
    pairs = " and ".join(f"(f{2 * n} or f{2 * n + 1})" for n in range(8))
    assert Reach(long_pathway(pairs, 16, 1), "goal").is_cut
    pairs = " and ".join(f"(f{2 * n} or f{2 * n + 1})" for n in range(5))
    assert not Reach(long_pathway(pairs, 10, 1), "goal").is_cut


def test_the_work_for_one_goal_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    logic = long_pathway("f0 or f1", 2, 20)
    assert not Reach(logic, "goal").is_cut
    monkeypatch.setattr(reaching, "MOST_WORK", 10)
    reach = Reach(logic, "goal")
    assert reach.is_cut
    assert "s0" not in reach.demands


def test_of_more_ways_than_can_be_kept_those_that_hold_today_are_kept() -> None:
    pairs = " and ".join(f"(f{2 * n} or f{2 * n + 1})" for n in range(8))
    logic = long_pathway(pairs, 16, 1)
    odd = {f"f{n}": n % 2 == 1 for n in range(16)}
    found = prospect(logic, "s0", "goal", logic.known(odd))
    assert found.is_open
    assert [need.today for need in found.needs] == ["holds"] * 8


def test_a_condition_that_is_too_large_is_shown_in_the_message() -> None:
    pairs = " and ".join(f"(f{2 * n} or f{2 * n + 1})" for n in range(12))
    logic = long_pathway(pairs, 24, 1)
    with pytest.raises(TooManyBoxesError, match=r"the condition '\(f0 or f1\) and \(f2 or f3\)"):
        _ = logic.passages
