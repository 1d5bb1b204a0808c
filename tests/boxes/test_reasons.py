"""Reasons: each is enough, none holds a finding too many, and all small ones are there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from pathways.boxes import Space, reasons
from pathways.boxes.reasons import MOST_FINDINGS, MOST_REASONS
from pathways.conditions import And, FindingShape, Named, Not, Or, Scope, Value
from tests.boxes.questions import Question, law, patients, questions

NAMES = [f"f{number:02}" for number in range(40)]
SCOPE = Scope({name: FindingShape(name, "yes_no") for name in NAMES})
Reasons = tuple[tuple[str, ...], ...]


def asked(question: Question, patient: Mapping[str, Value]) -> Reasons:
    space = question.space
    return reasons(space, space.known(question.read(patient)), space.region(question.condition))


def least_sets(question: Question, patient: Mapping[str, Value]) -> list[tuple[str, ...]]:
    """All sets of known findings that exclude by themselves, those around smaller ones left out."""
    found: list[tuple[str, ...]] = []
    for size in range(len(patient) + 1):
        for names in combinations(sorted(patient), size):
            smaller = any(set(each) <= set(names) for each in found)
            if not smaller and question.status({n: patient[n] for n in names}) == "excluded":
                found.append(names)
    return found


@law
@given(questions(depth=3), st.data())
def test_reasons_are_all_the_smallest_sets_that_exclude(
    question: Question, data: st.DataObject
) -> None:
    patient = data.draw(patients(question, known=7))
    assume(len(patient) <= 5)
    # Half of all questions would be about someone who is surely in.
    if question.status(patient) == "certain":
        question = Question(question.scope, Not(question.condition))
    expected = least_sets(question, patient)
    assert list(asked(question, patient)) == expected
    assert bool(expected) is (question.status(patient) == "excluded")


@law
@given(questions(depth=3), st.data())
def test_each_reason_is_enough_and_nothing_in_it_can_be_left_out(
    question: Question, data: st.DataObject
) -> None:
    patient = data.draw(patients(question, known=9))
    if question.status(patient) == "certain":
        question = Question(question.scope, Not(question.condition))
    found = asked(question, patient)
    assert bool(found) is (question.status(patient) == "excluded")
    for reason in found:
        alone = {name: patient[name] for name in reason}
        assert question.status(alone) == "excluded"
        for name in reason:
            fewer = {each: alone[each] for each in reason if each != name}
            assert question.status(fewer) != "excluded"


def test_nobody_needs_no_reason() -> None:
    condition = And((Named("f00"), Not(Named("f00"))))
    space = Space(SCOPE, [condition])
    assert reasons(space, space.known({"f00": True}), space.region(condition)) == ((),)


def test_a_reason_of_many_findings_is_given_where_there_is_no_smaller_one() -> None:
    many = NAMES[: MOST_FINDINGS + 4]
    condition = Or(tuple(Named(name) for name in many))
    space = Space(SCOPE, [condition])
    known = space.known(dict.fromkeys(NAMES, False))
    assert reasons(space, known, space.region(condition)) == (tuple(many),)


def test_many_reasons_are_cut_and_still_hold_nothing_too_many() -> None:
    parts = [Or((Named(a), Named(b))) for a, b in zip(NAMES[:16:2], NAMES[1:16:2], strict=True)]
    blocked = [
        And((Or((part, Named(NAMES[20 + at]))), Named(NAMES[21 + at])))
        for at, part in enumerate(parts)
    ]
    condition = Or(tuple(blocked))
    space = Space(SCOPE, [condition])
    values = dict.fromkeys(NAMES, False)
    region = space.region(condition)
    found = reasons(space, space.known(values), region)
    assert 0 < len(found) <= MOST_REASONS
    assert list(found) == sorted(found, key=lambda each: (len(each), each))
    for reason in found:
        for left_out in (None, *reason):
            known = space.known({name: False for name in reason if name != left_out})
            excluded = space.status(condition, known) == "excluded"
            assert excluded is (left_out is None)
