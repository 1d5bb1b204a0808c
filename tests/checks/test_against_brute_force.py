"""What a check says of random pathways, against every patient followed one by one."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from pathways.checks.check import check
from pathways.checks.replay import breaks, confirms, faults
from pathways.checks.results import CheckResult, Reported
from tests.checks.brute import Brute
from tests.checks.worlds import world

FAST = range(60)
MANY = range(60, 400)
CODES = {
    "gap",
    "gap-nobody-reaches",
    "overlap",
    "overlap-nobody-reaches",
    "never-taken",
    "never-taken-here",
    "masked",
    "unreachable-state",
    "cannot-finish",
}
"""The checks that are decided at a state or a way; loops and rules are compared by themselves."""

SEVERITIES = {
    "gap": "error",
    "gap-nobody-reaches": "info",
    "overlap": "error",
    "overlap-nobody-reaches": "info",
    "cannot-finish": "error",
}


@cache
def both(seed: int) -> tuple[Brute, CheckResult]:
    pathway = world(seed)
    return Brute(pathway), check(pathway)


def state_of(reported: Reported) -> str:
    found = re.match(r"states\.(\w+)", reported.problem.where)
    assert found is not None, reported
    return found[1]


def check_states_and_ways(seed: int) -> None:
    explored, result = both(seed)
    found = {(each.problem.code, each.problem.where) for each in result.of(*CODES)}
    # Who goes round for ever and cannot finish may be told as a loop alone.
    told = {
        ("cannot-finish", f"states.{state}")
        for each in result.of("endless-loop")
        if each.problem.severity == "error"
        for state in explored.parts[state_of(each)]
    }
    assert found - told == explored.problems() - told
    assert found <= explored.problems()
    for each in result.of(*SEVERITIES):
        assert each.problem.severity == SEVERITIES[each.problem.code]


def check_loops(seed: int) -> None:
    explored, result = both(seed)
    found = Counter(explored.parts[state_of(each)] for each in result.of("endless-loop"))
    assert found == Counter(explored.endless_loops())
    for each in result.of("endless-loop"):
        part = explored.parts[state_of(each)]
        trapped = any(spot[0] in part for spot in explored.looping & explored.trapped)
        assert each.problem.severity == ("error" if trapped else "review"), each.problem


def check_rules(seed: int) -> None:
    explored, result = both(seed)
    rules = {each.id: each for each in explored.pathway.rules}
    found = {each.id: each.verdict for each in result.rules}
    assert found == {name: explored.verdict(rule) for name, rule in rules.items()}
    failed = {each.rule for each in result.of("rule-fails")}
    assert failed == {name for name, verdict in found.items() if verdict == "fails"}
    for each in result.rules:
        if each.verdict == "fails" and rules[each.id].possible is None:
            assert each.journey is not None, each
            assert faults(explored.pathway, each.journey) == ()
            assert breaks(explored.pathway, rules[each.id], each.journey), each
        elif each.journey is not None:
            assert rules[each.id].possible is not None, each
            assert faults(explored.pathway, each.journey) == ()
            assert breaks(explored.pathway, rules[each.id], each.journey), each


def check_journeys(seed: int) -> None:
    explored, result = both(seed)
    for each in result.problems:
        assert confirms(explored.pathway, each) == "", each
        if each.problem.code in ("gap", "overlap", "endless-loop", "cannot-finish"):
            assert each.journey is not None, each


COMPARED = [check_states_and_ways, check_loops, check_rules, check_journeys]


@pytest.mark.parametrize("seed", FAST)
@pytest.mark.parametrize("compare", COMPARED)
def test_the_check_says_what_brute_force_says(seed: int, compare: object) -> None:
    assert callable(compare)
    compare(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
@pytest.mark.parametrize("compare", COMPARED)
def test_the_check_says_what_brute_force_says_many(seed: int, compare: object) -> None:
    assert callable(compare)
    compare(seed)


def test_everything_to_be_found_is_frequent_and_so_is_its_absence() -> None:
    found: Counter[str] = Counter()
    for seed in FAST:
        explored, _ = both(seed)
        codes = {code for code, _ in explored.problems()}
        codes |= {"endless-loop"} if explored.endless_loops() else set()
        found.update(codes)
        found.update({explored.verdict(rule) for rule in explored.pathway.rules})
    often = {"gap", "overlap", "unreachable-state", "endless-loop", "cannot-finish"}
    assert {each for each in often if not 0.2 <= found[each] / len(FAST) <= 0.8} == set()
    assert min(found["holds"], found["fails"]) > len(FAST) / 3
    assert {each for each in (*CODES, "undecided") if not found[each]} == set()
