"""Stepping agrees with the slow readings of conditions, and its code holds nothing of a file."""

from __future__ import annotations

import io
import keyword
import re
import token
import tokenize
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.boxes import Space
from pathways.conditions import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Compare,
    Condition,
    CountNow,
    Definition,
    FindingShape,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Otherwise,
    Scope,
    TreatmentClassShape,
    Truth,
    Value,
    Word,
    evaluate,
)
from pathways.errors import ConditionError, UnknownNameError
from pathways.graph.steps import interrupt_ways
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State
from pathways.patients.stepping import Prepared, Stepper
from pathways.reading.files import library_ids
from pathways.reading.load import load
from pathways.reading.resolve import merge, resolve
from tests.boxes.questions import Question, condition_in, law, wide_scope
from tests.conditions.strategies import CompleteValue, choose
from tests.library.people import Crowd, Person, holds

Judge = Mapping[Condition, bool]
"""For each condition of a pathway whether it holds for one person."""


def conditions_of(pathway: ResolvedPathway) -> list[Condition]:
    found = [way.transition.when for way in pathway.ways]
    for each in pathway.interrupts:
        found += [each.when] if each.until is None else [each.when, each.until]
    return list(dict.fromkeys(found))


def open_ways(pathway: ResolvedPathway, state: str, judge: Judge) -> list[tuple[str, str]]:
    """Keys and targets of the ways that are open, read as slowly and plainly as can be."""
    for source, index in interrupt_ways(pathway):
        each = pathway.interrupts[index]
        cleared = each.until is not None and judge[each.until]
        if source == state and judge[each.when] and not cleared:
            return [(f"interrupt/{index}", each.to)]
    ways = [(way.key, way.target) for way in pathway.ways_from(state) if judge[way.transition.when]]
    return ways if pathway.states[state].choose == "any" else ways[:1]


def by_evaluation(pathway: ResolvedPathway, person: Mapping[str, Value]) -> Judge:
    answers = {}
    for each in conditions_of(pathway):
        truth = evaluate(each, person, pathway.scope).truth
        assert truth is not Truth.UNKNOWN
        answers[each] = truth is Truth.TRUE
    return answers


def by_boxes(pathway: ResolvedPathway, space: Space, person: Person) -> Judge:
    known = space.known(Question(pathway.scope, Always()).read(person))
    answers = {}
    for each in conditions_of(pathway):
        status = space.status(each, known)
        assert status != "possible"
        answers[each] = status == "certain"
    return answers


def require_same_steps(
    pathway: ResolvedPathway, stepper: Stepper, values: Prepared, judge: Judge
) -> None:
    for state in pathway.states:
        expected = open_ways(pathway, state, judge)
        assert stepper.step(state, values) == tuple(key for key, _ in expected)
        assert stepper.next(state, values) == tuple(target for _, target in expected)


def library_people(pathway: ResolvedPathway, stepper: Stepper, many: int) -> list[Person]:
    crowd = Crowd(pathway, seed=3)
    people = []
    for _ in range(many):
        crowd.next_person()
        people.append(crowd.values(stepper.findings))
    return people


@pytest.mark.parametrize("name", library_ids())
def test_library_people_step_as_boxes_and_plain_reading_say(name: str) -> None:
    pathway = load(name)
    stepper = Stepper(pathway)
    space = Space(pathway.scope, conditions_of(pathway))
    for person in library_people(pathway, stepper, 120):
        judge = by_boxes(pathway, space, person)
        assert judge == {each: holds(each, person, pathway) for each in judge}
        require_same_steps(pathway, stepper, stepper.prepare(person), judge)


@pytest.mark.parametrize("name", library_ids())
def test_library_people_step_as_evaluation_says(name: str) -> None:
    pathway = load(name)
    stepper = Stepper(pathway)
    for person in library_people(pathway, stepper, 10):
        judge = by_evaluation(pathway, person)
        require_same_steps(pathway, stepper, stepper.prepare(person), judge)


@pytest.mark.slow
@pytest.mark.parametrize("name", library_ids())
def test_thousands_of_library_people_step_as_all_readings_say(name: str) -> None:
    pathway = load(name)
    stepper = Stepper(pathway)
    space = Space(pathway.scope, conditions_of(pathway))
    for person in library_people(pathway, stepper, 2000):
        judge = by_evaluation(pathway, person)
        assert judge == by_boxes(pathway, space, person)
        require_same_steps(pathway, stepper, stepper.prepare(person), judge)


@pytest.mark.parametrize("name", library_ids())
def test_walks_are_steps_one_after_another(name: str) -> None:
    pathway = load(name)
    stepper = Stepper(pathway)
    lengths = set()
    for person in library_people(pathway, stepper, 100):
        values = stepper.prepare(person)
        way = stepper.walk(values, most=40)
        assert way[0] == pathway.start
        for state, following in pairwise(way):
            assert following == stepper.next(state, values)[0]
        assert len(way) == 40 or stepper.next(way[-1], values) == ()
        lengths.add(len(way))
    assert len(lengths) > 1


def resolved(
    states: dict[str, State], scope: Scope, interrupts: list[dict[str, object]]
) -> ResolvedPathway:
    """A pathway of some states whose conditions are in a scope of their own."""
    document = PathwayDocument.model_validate(
        {
            "format": "1",
            "pathway": "trial",
            "title": "Trial",
            "version": "1.0.0",
            "updated": "2026-01-31",
            "start": next(iter(states)),
            "states": states,
            "interrupts": interrupts,
        }
    )
    return in_scope(resolve(document, (), merge([document]), {}), scope)


def in_scope(pathway: ResolvedPathway, scope: Scope) -> ResolvedPathway:
    pathway.__dict__["scope"] = scope
    return pathway


@st.composite
def made_pathways(draw: st.DrawFn) -> ResolvedPathway:
    """Five states with up to four ways each, of every kind of choice, and up to two interrupts."""
    scope = wide_scope(draw)
    names = [f"s{number}" for number in range(5)]
    states = {}
    for name in names:
        choice = choose(draw, ["one", "first", "any"])
        ways: list[dict[str, object]] = [
            {"to": choose(draw, names), "when": condition_in(draw, scope, depth=2)}
            for _ in range(choose(draw, range(4)))
        ]
        if choice == "first" and ways:
            ways.append({"to": choose(draw, names), "when": Otherwise()})
        states[name] = State.model_validate(
            {"kind": "clinical_state", "title": name, "choose": choice, "next": ways}
        )
    interrupts: list[dict[str, object]] = []
    for level in ("emergency", "urgent")[: choose(draw, range(3))]:
        until = choose(draw, [None, condition_in(draw, scope, depth=0)])
        when = condition_in(draw, scope, depth=2)
        interrupts.append(
            {"to": choose(draw, names), "when": when, "until": until, "level": level, "label": "!"}
        )
    return resolved(states, scope, interrupts)


@st.composite
def whole_people(draw: st.DrawFn, question: Question) -> dict[str, CompleteValue]:
    """Someone of whom everything is known that a question reads."""
    return {name: choose(draw, values) for name, values in question.choices.items()}


@settings(law, max_examples=150)
@given(made_pathways(), st.data())
def test_made_pathways_step_as_all_readings_say(
    pathway: ResolvedPathway, data: st.DataObject
) -> None:
    conditions = conditions_of(pathway)
    question = Question(pathway.scope, Always(), tuple(conditions))
    stepper = Stepper(pathway)
    space = Space(pathway.scope, conditions)
    assert set(stepper.findings) <= set(question.choices)
    for _ in range(2):
        person = data.draw(whole_people(question))
        judge = by_evaluation(pathway, person)
        assert judge == by_boxes(pathway, space, person)
        require_same_steps(pathway, stepper, stepper.prepare(person), judge)


def trial(ways: list[dict[str, object]], scope: Scope, choice: str = "one") -> ResolvedPathway:
    ends = {str(way["to"]): State(kind="end", title="Done") for way in ways}
    start = State.model_validate(
        {"kind": "decision", "title": "Begin", "choose": choice, "next": ways}
    )
    return resolved({"start": start, **ends}, scope, [])


SITES = FindingShape("sites", "several_of", options=("hip", "knee"))
WEEKS = FindingShape("weeks", "number", low=Decimal(0), high=Decimal(52), step=Decimal(1))
FEVER = FindingShape("fever", "yes_no")
SCOPE = Scope({shape.name: shape for shape in (SITES, WEEKS, FEVER)})
READS_ALL = And(
    (Has("sites", Word("hip")), Compare("weeks", ">", Number(Decimal(4))), Named("fever"))
)


def test_what_is_missing_or_wrong_is_named_all_at_once() -> None:
    stepper = Stepper(trial([{"to": "yes", "when": READS_ALL}], SCOPE))
    assert stepper.findings == ("fever", "sites", "weeks")
    with pytest.raises(ConditionError) as caught:
        stepper.prepare({"sites": {"knee": True}, "weeks": 99, "other": True})
    told = [(each.code, each.where) for each in caught.value.problems]
    assert told == [
        ("missing-value", "fever"),
        ("missing-value", "sites"),
        ("wrong-value", "weeks"),
    ]
    first, second, third = [str(each) for each in caught.value.problems]
    assert "fever: no value; steps are for patients of whom everything is known" in first
    assert "sites: of 'hip' it is not known whether it is yes" in second
    assert "weeks: 99 is out of range; from 0 to 52" in third


def test_several_of_known_in_part_is_enough_where_only_that_part_is_read() -> None:
    stepper = Stepper(trial([{"to": "yes", "when": Has("sites", Word("hip"))}], SCOPE))
    assert stepper.next("start", stepper.prepare({"sites": {"hip": True}})) == ("yes",)
    assert stepper.next("start", stepper.prepare({"sites": frozenset({"knee"})})) == ()


@pytest.mark.parametrize(
    ("choice", "weeks", "expected"),
    [
        ("one", 9, ("start/0",)),
        ("first", 9, ("start/0",)),
        ("any", 9, ("start/0", "start/1")),
        ("any", 5, ("start/1",)),
        ("any", 1, ()),
        ("one", 5, ("start/1",)),
    ],
)
def test_how_many_ways_are_open(choice: str, weeks: int, expected: tuple[str, ...]) -> None:
    ways: list[dict[str, object]] = [
        {"to": "late", "when": Compare("weeks", ">", Number(Decimal(8)))},
        {"to": "later", "when": Compare("weeks", ">", Number(Decimal(4)))},
    ]
    stepper = Stepper(trial(ways, SCOPE, choice))
    assert stepper.step("start", stepper.prepare({"weeks": weeks})) == expected


def test_urgent_never_comes_before_emergency_and_until_clears() -> None:
    names = ["begin", "done", "emergency", "urgent"]
    states = {
        name: State.model_validate({"kind": "clinical_state", "title": name}) for name in names
    }
    way = {"to": "done", "when": Always()}
    begin = State.model_validate({"kind": "clinical_state", "title": "Begin", "next": [way]})
    signs = ("hip", "knee")
    interrupts: list[dict[str, object]] = [
        {"to": to, "when": Has("sites", Word(sign)), "level": to, "label": to, "until": until}
        for to, sign, until in zip(
            ("urgent", "emergency"), signs, (Named("fever"), None), strict=True
        )
    ]
    stepper = Stepper(resolved({**states, "begin": begin}, SCOPE, interrupts))

    def led_to(sites: set[str], *, fever: bool) -> tuple[str, ...]:
        return stepper.next("begin", stepper.prepare({"sites": sites, "fever": fever}))

    assert led_to({"hip", "knee"}, fever=False) == ("emergency",)
    assert led_to({"hip"}, fever=False) == ("urgent",)
    assert led_to({"hip"}, fever=True) == ("done",)
    assert led_to({"hip", "knee"}, fever=True) == ("emergency",)
    assert stepper.next("emergency", stepper.prepare({"sites": {"knee"}, "fever": False})) == ()


def test_a_name_nobody_knows() -> None:
    stepper = Stepper(trial([{"to": "yes"}], SCOPE))
    for ask in (stepper.step, stepper.next):
        with pytest.raises(UnknownNameError, match="no state 'strt'; did you mean 'start'"):
            ask("strt", ())
    with pytest.raises(UnknownNameError, match="did you mean 'start'"):
        stepper.walk((), "strt")


def test_who_goes_round_stops() -> None:
    ways = [{"to": "a", "when": Always()}]
    state = State.model_validate({"kind": "clinical_state", "title": "Round", "next": ways})
    stepper = Stepper(resolved({"a": state}, SCOPE, []))
    values = stepper.prepare({})
    assert stepper.walk(values, most=7) == ("a",) * 7
    assert stepper.walk(values) == ("a",) * 1000


BAD = "__import__('os').system('x') or '\n    return w0\n\"\"\" # \\"
SOURCE_NAME = re.compile(r"def|if|return|else|not|and|or|in|True|none|v|b|[skw]\d+")
SIGNS = set("()[]:<>+&") | {"=", "==", "!=", "<=", ">="}


def require_our_own_words(source: str) -> None:
    """Refuse code in which anything but our own words, positions and operators stands."""
    for each in tokenize.generate_tokens(io.StringIO(source).readline):
        match each.type:
            case token.NAME:
                assert SOURCE_NAME.fullmatch(each.string), each
            case token.NUMBER:
                assert each.string.isdecimal()
            case token.OP:
                assert each.string in SIGNS, each
            case _:
                assert not each.string.strip(), each


def test_hostile_names_and_values_never_reach_the_code() -> None:
    findings = {
        f"{BAD}1": FindingShape(f"{BAD}1", "yes_no"),
        f"{BAD}2": FindingShape(f"{BAD}2", "one_of", options=(BAD, "exec", "x")),
        f"{BAD}3": FindingShape(f"{BAD}3", "several_of", options=(BAD, "eval")),
        f"{BAD}4": FindingShape(f"{BAD}4", "number", low=Decimal("-7.5"), unit=BAD),
        f"{BAD}.status": FindingShape(f"{BAD}.status", "one_of", options=("now", "stopped")),
    }
    classes = {BAD: TreatmentClassShape(BAD, (BAD,))}
    definitions = {f"{BAD}5": Definition(f"{BAD}5", Named(f"{BAD}1"))}
    scope = Scope(findings, definitions, classes)
    parts: tuple[Condition, ...] = (
        Named(f"{BAD}1"),
        Named(f"{BAD}5"),
        Compare(f"{BAD}2", "!=", Word(BAD)),
        OneOf(f"{BAD}2", (Word(BAD), Word("exec"))),
        Has(f"{BAD}3", Word(BAD)),
        Compare(f"{BAD}4", ">=", Number(Decimal("-7.5"), BAD)),
        Not(AnyOfClass(BAD, "now")),
        CountNow(BAD, "==", 0),
    )
    pathway = trial([{"to": "done", "when": AtLeast(3, parts), "label": BAD[:20].strip()}], scope)
    states = {name if name == "start" else BAD: each for name, each in pathway.states.items()}
    way = states["start"].next[0].model_copy(update={"to": BAD})
    states["start"] = states["start"].model_copy(update={"next": (way,)})
    stepper = Stepper(in_scope(replace(pathway, states=states), scope))
    require_our_own_words(stepper.source)
    values = stepper.prepare(
        {
            f"{BAD}1": False,
            f"{BAD}2": BAD,
            f"{BAD}3": {BAD},
            f"{BAD}4": Decimal(3),
            f"{BAD}.status": "stopped",
        }
    )
    assert stepper.walk(values) == ("start", BAD)


@pytest.mark.parametrize("name", library_ids())
def test_the_code_of_the_library_holds_only_our_own_words(name: str) -> None:
    pathway = load(name)
    source = Stepper(pathway).source
    require_our_own_words(source)
    words = set(re.findall(r"[A-Za-z_]+", source)) - set(keyword.kwlist)
    assert words == {"s", "v", "b", "k", "w", "none"}
    assert Stepper(pathway).source == source


def test_the_deepest_condition_that_is_read_can_be_stepped() -> None:
    condition: Condition = Named("fever")
    for number in range(120):
        condition = Not(condition) if number % 2 else AtLeast(1, (condition, Named("fever")))
    stepper = Stepper(trial([{"to": "yes", "when": condition}], SCOPE))
    for fever in (False, True):
        truth = evaluate(condition, {"fever": fever}, SCOPE).truth
        open_now = stepper.next("start", stepper.prepare({"fever": fever})) == ("yes",)
        assert open_now is (truth is Truth.TRUE)


def test_an_operator_that_is_not_ours_is_refused() -> None:
    sign: Any = "; import os;"
    condition = Compare("weeks", sign, Number(Decimal(4)))
    with pytest.raises(KeyError):
        Stepper(trial([{"to": "yes", "when": condition}], SCOPE))
