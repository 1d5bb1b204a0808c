"""Defects that are planted are found, by the right check, with a patient who replays; nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from pathways.checks.check import check
from pathways.checks.covering import cover
from pathways.checks.examples import examples_from_text, examples_text
from pathways.differences.compare import differences
from pathways.errors import DocumentError
from pathways.reading.files import library_ids
from pathways.reading.load import load, loads
from tests.benchmarks.solver import boxes_ready, solver_ready
from tests.conftest import Golden
from tests.mutants.operators import OPERATORS, Mutant, base_names, base_text
from tests.mutants.oracle import local_answers
from tests.mutants.rewrites import REWRITES, rewritten
from tests.mutants.run import Outcome, base, judged, mutants, scores, share_found

GOLDEN = Path(__file__).parent / "golden"
SCORES = GOLDEN / "scores.txt"
"""A record beside what must hold: which defects are found, and which are not."""
LEAST_FOUND = 0.93
"""Of the defects that are not equivalent to the sound pathway, checks, rules and examples find this share."""
LEAST_MUTANTS = 300


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


@cache
def everything() -> tuple[Outcome, ...]:
    """Return what comes of every mutant."""
    return tuple(judged(each) for each in mutants())


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
    assert_is_answered(outcome)
    if outcome.found:
        assert outcome.right_kind, outcome


def assert_is_answered(outcome: Outcome) -> None:
    """Every patient replays; what no check finds the comparison shows, or it treats nobody differently."""
    assert outcome.replays, outcome
    assert outcome.found or outcome.moves or outcome.equivalent, outcome


def test_of_the_sample_nearly_all_are_found_and_shown_for_what_they_are() -> None:
    assert_are_found([judged(each) for each in SAMPLE])


def assert_are_found(outcomes: Sequence[Outcome]) -> None:
    """Enough of them are found; of those enough by a check that is meant for them, and where they are."""
    assert share_found(outcomes) >= LEAST_FOUND
    found = [each for each in outcomes if each.found]
    assert sum(each.right_kind for each in found) >= LEAST_FOUND * len(found)
    # An example says who goes astray, not what in the file leads them there.
    placed = [each for each in found if each.without_examples]
    assert sum(each.right_state for each in placed) >= LEAST_FOUND * len(placed)


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


def is_read(mutant: Mutant) -> bool:
    try:
        loads(mutant.text)
    except DocumentError:
        return False
    return True


READ = [each for each in SAMPLE if is_read(each)]


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
def test_all_of_them_are_answered() -> None:
    assert len(everything()) >= LEAST_MUTANTS
    for each in everything():
        assert_is_answered(each)


@pytest.mark.slow
@pytest.mark.parametrize("name", base_names())
def test_in_each_pathway_nearly_all_are_found_and_shown_for_what_they_are(name: str) -> None:
    assert_are_found([each for each in everything() if each.mutant.base == name])


@pytest.mark.slow
def test_all_gaps_and_overlaps_are_those_that_a_solver_finds() -> None:
    for each in everything():
        if not each.refused:
            assert_as_the_solver_says(each.mutant)


@pytest.mark.slow
def test_the_scores_are_those_of_the_record(golden: Golden) -> None:
    golden(SCORES, scores(everything()))
