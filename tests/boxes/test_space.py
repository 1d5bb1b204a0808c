"""What the box engine says, with brute force as the judge."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pathways.boxes import MOST_BOXES, Space, TooManyBoxesError
from pathways.boxes.space import Status, decided, meets
from pathways.conditions import (
    Condition,
    FindingShape,
    Scope,
    Truth,
    evaluate,
    parse,
    read_value,
)
from pathways.conditions.walk import nodes
from pathways.errors import ConditionError
from tests.boxes.questions import Question, law, learnt, patients, questions, verdict

SITES = FindingShape("sites", "several_of", options=("hip", "knee", "back", "none"))


@law
@given(questions(), st.data())
def test_status_is_what_all_completions_say(question: Question, data: st.DataObject) -> None:
    patient = data.draw(patients(question, known=6))
    assume(question.is_small(patient))
    assert question.status(patient) == question.judged(patient)


@law
@given(questions(depth=1), st.data())
def test_status_of_small_conditions_with_little_known(
    question: Question, data: st.DataObject
) -> None:
    patient = data.draw(patients(question, known=2))
    assume(question.is_small(patient))
    assert question.status(patient) == question.judged(patient)


@law
@given(questions(depth=3), st.data())
def test_everybody_is_in_a_region_or_in_the_denied_one(
    question: Question, data: st.DataObject
) -> None:
    space = question.space
    inside = space.region(question.condition)
    outside = space.region(question.condition, denied=True)
    for _ in range(4):
        whole = next(question.completions(data.draw(patients(question, known=10))))
        known = space.known(question.read(whole))
        assert meets(known, inside) is question.holds(whole)
        assert meets(known, outside) is not meets(known, inside)


@law
@given(questions(depth=3), st.data())
def test_what_kleene_settles_is_settled_alike(question: Question, data: st.DataObject) -> None:
    patient = data.draw(patients(question, known=8))
    truth = evaluate(question.condition, patient, question.scope).truth
    assume(truth is not Truth.UNKNOWN)
    assert question.status(patient) == {Truth.TRUE: "certain", Truth.FALSE: "excluded"}[truth]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("weeks < 4 or weeks >= 4", "certain"),
        ("weeks < 4 and weeks >= 4", "excluded"),
        ("not (fever and not fever)", "certain"),
        ("weeks >= 0", "certain"),
        ("sites has none or sites has hip or sites has knee or sites has back", "certain"),
        ("sites has none and sites has hip", "excluded"),
        ("at_least(2, weeks < 4, weeks >= 4, fever, not fever)", "certain"),
    ],
)
def test_exact_is_stronger_than_kleene(text: str, status: str) -> None:
    weeks = FindingShape("weeks", "number", low=Decimal(0), high=Decimal(52))
    fever = FindingShape("fever", "yes_no")
    scope = Scope({"weeks": weeks, "fever": fever, "sites": SITES})
    condition = parse(text)
    space = Space(scope, [condition])
    assert evaluate(condition, {}, scope).truth is Truth.UNKNOWN
    assert space.status(condition, space.known({})) == status


@law
@given(questions(), st.data())
def test_learning_never_takes_back_what_was_settled(
    question: Question, data: st.DataObject
) -> None:
    patient = data.draw(patients(question, known=3))
    before = question.status(patient)
    for _ in range(4):
        patient = data.draw(learnt(question, patient))
        after = question.status(patient)
        assert before in ("possible", after)
        before = after


@law
@given(questions(others=1), st.data())
def test_within_a_region_only_its_patients_count(question: Question, data: st.DataObject) -> None:
    patient = data.draw(patients(question, known=6))
    assume(question.is_small(patient))
    space, given_ = question.space, question.others[0]
    narrowed = space.within(space.known(question.read(patient)), space.region(given_))
    fitting = [each for each in question.completions(patient) if question.holds(each, given_)]
    assert bool(narrowed) is bool(fitting)
    inside = space.region(question.condition)
    outside = space.region(question.condition, denied=True)
    expected = verdict(question.holds(each) for each in fitting)
    assert decided(narrowed, inside, outside) == expected


@pytest.mark.parametrize(
    ("value", "text", "status"),
    [
        ({}, "sites has hip", "possible"),
        ({"hip": True}, "sites has none", "excluded"),
        ({"none": True}, "sites has hip", "excluded"),
        ({"none": False}, "sites has hip", "possible"),
        ({"none": False}, "sites has hip or sites has knee or sites has back", "certain"),
        ({"none": False, "hip": False}, "sites has knee or sites has back", "certain"),
        ({"none": False, "hip": False}, "sites has knee and sites has back", "possible"),
        ({"none": False, "hip": False, "knee": False}, "sites has back", "certain"),
        ({"hip": False, "knee": False, "back": False}, "sites has none", "certain"),
        (frozenset({"hip"}), "sites has knee", "excluded"),
        (frozenset(), "sites has none", "certain"),
    ],
)
def test_several_of_known_in_part(value: object, text: str, status: str) -> None:
    condition = parse(text)
    space = Space(Scope({"sites": SITES}), [condition])
    known = space.known({"sites": read_value(SITES, value)})  # type: ignore[arg-type]
    assert space.status(condition, known) == status


def test_none_as_the_only_value_always_holds() -> None:
    shape = FindingShape("sites", "several_of", options=("none",))
    condition = parse("sites has none")
    space = Space(Scope({"sites": shape}), [condition])
    assert space.status(condition, space.known({})) == "certain"


def test_findings_that_no_condition_reads_are_left_out() -> None:
    condition = parse("fever")
    names = ("fever", "cough")
    space = Space(Scope({name: FindingShape(name, "yes_no") for name in names}), [condition])
    assert space.known({"cough": True}) == space.known({})


@pytest.mark.parametrize("value", [Decimal(11), Decimal("0.5"), "three"])
def test_a_value_that_no_finding_has_is_refused(value: Decimal | str) -> None:
    shape = FindingShape("n", "number", low=Decimal(0), high=Decimal(10), step=Decimal(1))
    condition = parse("n >= 4")
    space = Space(Scope({"n": shape}), [condition])
    with pytest.raises(ConditionError, match="n"):
        space.known({"n": value})


def test_a_word_that_no_finding_has_is_refused() -> None:
    condition = parse("kind == new")
    shape = FindingShape("kind", "one_of", options=("new", "old"))
    space = Space(Scope({"kind": shape}), [condition])
    with pytest.raises(ConditionError, match="older"):
        space.known({"kind": "older"})


def test_some_value_of_many_findings_is_given_up() -> None:
    options = tuple(f"o{number}" for number in range(13))
    shapes = [FindingShape(name, "several_of", options=(*options, "none")) for name in "abc"]
    condition = parse("a has o1 and b has o1 and c has o1")
    space = Space(Scope({shape.name: shape for shape in shapes}), [condition])
    some = {"none": False}
    assert len(space.known({"a": some, "b": some})) == 169
    assert MOST_BOXES < 13**3
    with pytest.raises(TooManyBoxesError, match="more than 2000 boxes"):
        space.known({"a": some, "b": some, "c": some})


def test_the_questions_are_of_every_kind() -> None:
    kinds: set[type] = set()
    statuses: set[str] = set()
    read: set[str] = set()

    @settings(law, max_examples=500)
    @given(questions(), st.data())
    def collect(question: Question, data: st.DataObject) -> None:
        kinds.update(type(node) for node in nodes(question.condition))
        statuses.add(question.status(data.draw(patients(question))))
        read.update(question.choices)

    collect()
    assert kinds == set(get_args(Condition))
    assert statuses == set(get_args(Status))
    assert {"score", "grid", "count", "debt", "share", "tight", "level", "sites"} < read
