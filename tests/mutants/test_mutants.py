"""Defects that are planted are found, by the right check, with a patient who replays; nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.checks.check import check
from pathways.checks.covering import cover
from pathways.checks.examples import examples_from_text, examples_text
from pathways.differences.compare import differences
from pathways.reading.files import library_ids
from pathways.reading.load import load, loads
from tests.benchmarks.solver import boxes_ready, solver_ready
from tests.conftest import Golden
from tests.mutants.operators import HELD_OUT, OPERATORS, Mutant, base_names, base_text
from tests.mutants.oracle import local_answers, treated_differently
from tests.mutants.rewrites import REWRITES, rewritten
from tests.mutants.run import Outcome, base, judged, mutants, table, unseen

GOLDEN = Path(__file__).parent / "golden"
LEAST_FOUND = 0.93
LOOKED = 10
"""Steps that a journey is followed where the oracle looks for a difference."""


def sample() -> list[Mutant]:
    """Return the first mutant of each kind for one pathway, the pathways in turn."""
    first: dict[tuple[str, str], Mutant] = {}
    for each in mutants(1):
        first[each.operator, each.base] = each
    found = []
    for number, code in enumerate(sorted(OPERATORS)):
        bases = [name for name in base_names() if (code, name) in first]
        found.append(first[code, bases[number % len(bases)]])
    return found


SAMPLE = sample()
SCORES = GOLDEN / "scores.txt"
NOT_FOUND = SCORES.read_text("utf-8") if SCORES.exists() else ""


def test_every_kind_of_the_list_is_planted() -> None:
    assert len(OPERATORS) == 58
    assert [each.operator for each in SAMPLE] == sorted(OPERATORS)


@pytest.mark.parametrize("name", base_names())
def test_nothing_is_wrong_with_the_sound_ones(name: str) -> None:
    sound = base(name)
    assert {each.problem.severity for each in sound.result.problems} <= {"info"}
    assert {each.verdict for each in sound.result.rules} == {"holds"}
    assert cover(sound.pathway).missing == ()


@pytest.mark.parametrize("mutant", SAMPLE, ids=lambda each: each.name)
def test_a_defect_of_each_kind(mutant: Mutant) -> None:
    outcome = judged(mutant)
    assert outcome.replays
    assert outcome.found == (f"{mutant.name}:" not in NOT_FOUND), outcome
    if outcome.found:
        assert outcome.right_kind, outcome
    else:
        assert_is_answered(outcome)


def assert_is_answered(outcome: Outcome) -> None:
    """What no check finds is shown by the comparison, or treats nobody differently."""
    old, new = base(outcome.mutant.base).pathway, loads(outcome.mutant.text)
    differs = treated_differently(old, new, LOOKED) == "differs"
    assert outcome.moves or not differs, outcome


@pytest.mark.parametrize("kind", REWRITES)
@pytest.mark.parametrize("name", base_names())
def test_writing_it_in_another_way_changes_no_verdict(name: str, kind: str) -> None:
    text = base_text(name)
    examples = examples_text(base(name).pathway, cover(base(name).pathway).journeys)
    for seed in range(3):
        new, told = rewritten(kind, seed, text, examples)
        pathway = loads(new)
        assert new != text
        read = None if kind == "split a state" else examples_from_text(told)
        result = check(pathway, examples=read)
        assert [each for each in result.problems if each.problem.severity != "info"] == []
        assert {each.verdict for each in result.rules} == {"holds"}
        if kind in {"reorder", "de morgan", "in or or", "rename a state"}:
            assert differences(base(name).pathway, pathway).is_same_in_meaning


READ = [each for each in SAMPLE if not judged(each).refused]


@pytest.mark.parametrize("mutant", READ, ids=lambda each: each.name)
def test_gaps_and_overlaps_are_those_that_a_solver_finds(mutant: Mutant) -> None:
    assert_as_the_solver_says(mutant)


def assert_as_the_solver_says(mutant: Mutant) -> None:
    pathway = loads(mutant.text)
    found = {
        f"states.{state}.next[{ways[-1]}]" if ways else f"states.{state}"
        for (_, state, ways), there in local_answers(pathway).items()
        if there
    }
    result = check(pathway)
    codes = ("gap", "gap-nobody-reaches", "overlap", "overlap-nobody-reaches")
    assert {each.problem.where for each in result.of(*codes)} == found


@pytest.mark.parametrize("name", library_ids())
def test_gaps_and_overlaps_of_the_library_are_those_that_a_solver_finds(name: str) -> None:
    pathway = load(name)
    assert boxes_ready(pathway)() == solver_ready(pathway)()


@pytest.mark.slow
def test_all_of_them(golden: Golden) -> None:
    outcomes = [judged(each) for each in mutants()]
    assert len(outcomes) >= 300
    assert all(each.replays for each in outcomes)
    for each in outcomes:
        if not each.found:
            assert_is_answered(each)
        if not each.refused:
            assert_as_the_solver_says(each.mutant)
    for held_out in (False, True):
        some = [each for each in outcomes if (each.mutant.base == HELD_OUT) == held_out]
        assert sum(each.found for each in some) >= LEAST_FOUND * len(some)
    golden(SCORES, table(outcomes) + "\n" + unseen(outcomes))
