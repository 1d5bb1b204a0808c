"""Rule sentences: every form, and what is said about each that fits none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pathways.conditions import parse
from pathways.errors import ConditionError
from pathways.model.rules import (
    Rule,
    RuleSentence,
    RuleSentenceError,
    Selection,
    form_of,
    read_rule,
    rename_states,
)
from pathways.model.words import Text

STATES = frozenset({"imaging", "surgery", "review", "unless"})
TAGS = frozenset({"injection", "test"})
A, B, C = Selection("surgery"), Selection("imaging"), Selection("review")
INJECTION = Selection("injection", by_tag=True)


def rule(**keys: Any) -> Rule:
    return Rule.model_validate({"id": "r1", "why": "W", **keys})


FORMS: list[tuple[dict[str, str], RuleSentence]] = [
    ({"never": "surgery"}, RuleSentence("never", first=A)),
    ({"never": "any injection"}, RuleSentence("never", first=INJECTION)),
    ({"never": "surgery before imaging"}, RuleSentence("never", A, "before", B)),
    ({"never": "surgery after any injection"}, RuleSentence("never", A, "after", INJECTION)),
    ({"never": "surgery then imaging"}, RuleSentence("never", A, "then", B)),
    ({"never": "any injection and imaging"}, RuleSentence("never", INJECTION, "and", B)),
    (
        {"never": "surgery unless weeks > 12 and not fever"},
        RuleSentence("never", A, "unless", condition=parse("weeks > 12 and not fever")),
    ),
    ({"never": "surgery while fever"}, RuleSentence("never", A, "while", condition=parse("fever"))),
    ({"never": "fever and hot"}, RuleSentence("never", condition=parse("fever and hot"))),
    ({"never": "any nsaid now"}, RuleSentence("never", condition=parse("any nsaid now"))),
    ({"never": "  surgery \n before\timaging "}, RuleSentence("never", A, "before", B)),
    ({"must": "surgery then review"}, RuleSentence("must", A, "then", C)),
    (
        {"must": "surgery later any test"},
        RuleSentence("must", A, "later", Selection("test", by_tag=True)),
    ),
    (
        {"must": "review within 2", "when": "fever"},
        RuleSentence("must", C, "within", condition=parse("fever"), number=2),
    ),
    ({"must": "review", "between": "imaging surgery"}, RuleSentence("must", C, between=(B, A))),
    (
        {"must": "any test", "between": "any injection surgery"},
        RuleSentence("must", Selection("test", by_tag=True), between=(INJECTION, A)),
    ),
    ({"at_most": "surgery 2"}, RuleSentence("at_most", A, number=2)),
    (
        {"at_most": "any injection 3 per review"},
        RuleSentence("at_most", INJECTION, "per", C, number=3),
    ),
    ({"possible": "review"}, RuleSentence("possible", C)),
    ({"possible": "any injection"}, RuleSentence("possible", INJECTION)),
    (
        {"fresh": "fever since imaging"},
        RuleSentence("fresh", joint="since", second=B, finding="fever"),
    ),
    (
        {"fresh": "mri.status within 6 weeks"},
        RuleSentence("fresh", joint="within", number=6, unit="weeks", finding="mri.status"),
    ),
]


@pytest.mark.parametrize(("keys", "expected"), FORMS, ids=lambda each: str(each)[:50])
def test_every_form(keys: dict[str, str], expected: RuleSentence) -> None:
    assert read_rule(rule(**keys), STATES, TAGS) == expected


def test_every_form_of_the_table_is_tested() -> None:
    import pathways.model.rules as module

    assert module.__doc__ is not None
    rows = re.findall(r"^``(.+?)``", module.__doc__, flags=re.MULTILINE)
    shapes = {(sentence.form, sentence.joint, sentence.between is None) for _, sentence in FORMS}
    assert len(rows) == 16
    # 'never: CONDITION' has the shape of 'never: A', and 'at_most' has two, with and without 'per'.
    assert len(shapes) == 16


FAULTS: list[tuple[dict[str, str], str, str, str, int]] = [
    (
        {"never": "surgry before imaging"},
        "no state 'surgry'",
        "did you mean 'surgery'?",
        "never",
        0,
    ),
    (
        {"never": "surgery before imging"},
        "no state 'imging'",
        "did you mean 'imaging'?",
        "never",
        15,
    ),
    (
        {"never": "any injecton before imaging"},
        "no state has the tag 'injecton'",
        "did you mean 'injection'?",
        "never",
        4,
    ),
    (
        {"never": "surgery before any injecton"},
        "no state has the tag 'injecton'",
        "did you mean 'injection'?",
        "never",
        19,
    ),
    (
        {"never": "any injecton"},
        "no state has the tag 'injecton'",
        "did you mean 'injection'?",
        "never",
        4,
    ),
    (
        {"never": "surgery before any"},
        "a tag is missing after 'any'",
        "write 'any TAG'",
        "never",
        18,
    ),
    ({"never": "any"}, "a tag is missing after 'any'", "write 'any TAG'", "never", 3),
    (
        {"never": "surgery befor imaging"},
        "'befor' joins nothing here",
        "write one of: before, after",
        "never",
        8,
    ),
    ({"never": "surgery before"}, "a state is missing", "write a state, or 'any TAG'", "never", 14),
    (
        {"never": "surgery before imaging review"},
        "nothing may follow here, but 'review' does",
        "remove it",
        "never",
        23,
    ),
    ({"never": "else"}, "'else' says nothing here", "write a state or a condition", "never", 0),
    (
        {"never": "surgery unless"},
        "a condition is missing after 'unless'",
        "write one, such as 'unless fever'",
        "never",
        14,
    ),
    (
        {"never": "surgery while "},
        "a condition is missing after 'while'",
        "write one, such as 'while fever'",
        "never",
        13,
    ),
    ({"must": "surgery"}, "'must' says nothing about the state", "add 'then B'", "must", 7),
    (
        {"must": "surgery before imaging"},
        "'before' joins nothing here",
        "write one of: then, later, within",
        "must",
        8,
    ),
    ({"must": "review within 2"}, "'within' needs 'when'", "add 'when: ...'", "must", 7),
    (
        {"must": "review within", "when": "fever"},
        "a whole number is missing",
        "write one, such as 3",
        "must",
        13,
    ),
    (
        {"must": "review within two", "when": "fever"},
        "'two' is not a whole number",
        "write one",
        "must",
        14,
    ),
    (
        {"must": "review within 2 days", "when": "fever"},
        "nothing may follow here, but 'days' does",
        "",
        "must",
        16,
    ),
    ({"must": "review", "between": "imaging"}, "a state is missing", "write a state", "between", 7),
    (
        {"must": "review", "between": "imaging srgery"},
        "no state 'srgery'",
        "did you mean 'surgery'?",
        "between",
        8,
    ),
    (
        {"must": "review then imaging", "between": "imaging surgery"},
        "nothing may follow here",
        "",
        "must",
        7,
    ),
    ({"at_most": "surgery"}, "a whole number is missing", "", "at_most", 7),
    ({"at_most": "surgery 1.5"}, "'1.5' is not a whole number", "", "at_most", 8),
    ({"at_most": "surgery 9999999"}, "'9999999' is not a whole number", "", "at_most", 8),
    ({"at_most": "surgery ²"}, "'²' is not a whole number", "", "at_most", 8),
    (
        {"at_most": "surgery 2 par review"},
        "'par' joins nothing here",
        "write one of: per",
        "at_most",
        10,
    ),
    ({"at_most": "surgery 2 per"}, "a state is missing", "", "at_most", 13),
    (
        {"possible": "surgery review"},
        "nothing may follow here, but 'review' does",
        "",
        "possible",
        8,
    ),
    ({"possible": "gone"}, "no state 'gone'", "known: 'imaging'", "possible", 0),
    ({"possible": " "}, "a state is missing", "", "possible", 0),
    ({"fresh": "fever"}, "'fresh' needs a finding and how fresh", "add 'since A'", "fresh", 5),
    ({"fresh": "fever before imaging"}, "'before' joins nothing here", "since, within", "fresh", 6),
    (
        {"fresh": "fever within 6"},
        "'within' needs a unit of time",
        "units: hours, days",
        "fresh",
        14,
    ),
    (
        {"fresh": "fever within 6 moons"},
        "'within' needs a unit of time",
        "units: hours, days",
        "fresh",
        15,
    ),
    ({"fresh": "fever within six weeks"}, "'six' is not a whole number", "", "fresh", 13),
    (
        {"fresh": "fever within 0 days"},
        "no finding is as new as 0 days",
        "write 1 or more",
        "fresh",
        13,
    ),
    (
        {"fresh": "fever within 6 weeks ago"},
        "nothing may follow here, but 'ago' does",
        "",
        "fresh",
        21,
    ),
]


@pytest.mark.parametrize(("keys", "message", "hint", "key", "offset"), FAULTS)
def test_every_fault(keys: dict[str, str], message: str, hint: str, key: str, offset: int) -> None:
    with pytest.raises(RuleSentenceError) as caught:
        read_rule(rule(**keys), STATES, TAGS)
    assert str(caught.value).startswith(message)
    assert hint in caught.value.hint
    assert (caught.value.key, caught.value.offset) == (key, offset)


@pytest.mark.parametrize(
    ("sentence", "line", "column"),
    [
        ("surgery unless weeks >> 2", 1, 23),
        ("surgery\n  unless\n weeks ==\n", 3, 10),
        ("fever && hot", 1, 7),
        ("weeks > > 2", 1, 9),
        ("surgery unless else", 1, 16),
        ("surgery\n  while\n  else", 3, 3),
    ],
)
def test_places_in_a_condition_are_those_of_the_sentence(
    sentence: str, line: int, column: int
) -> None:
    with pytest.raises(ConditionError) as caught:
        read_rule(rule(never=sentence), STATES, TAGS)
    place = caught.value.problems[0].place
    assert place is not None
    assert (place.line, place.column) == (line, column)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({}, "exactly one of never, must, at_most, possible, fresh; it has none"),
        ({"never": "a", "possible": "b"}, "it has never, possible"),
        ({"never": "a", "between": "a b"}, "'between' goes together with 'must'"),
        ({"at_most": "a 1", "when": "fever"}, "'when' goes together with 'must'"),
        ({"must": "b then c", "when": "fever"}, "'when' goes only with 'must: A within n'"),
        ({"must": "any b later c", "when": "fever"}, "'when' goes only with 'must: A within n'"),
        (
            {"must": "b", "between": "a c", "when": "fever"},
            "'when' goes only with 'must: A within n'",
        ),
    ],
)
def test_a_rule_has_one_form(keys: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rule(**keys)


def test_else_is_no_condition_of_a_rule() -> None:
    with pytest.raises(ConditionError) as caught:
        read_rule(rule(never="surgery unless else"), STATES, TAGS)
    assert [each.code for each in caught.value.problems] == ["misplaced-else"]


def test_the_form_of_a_rule() -> None:
    assert form_of(rule(never="a")) == "never"
    assert form_of(Rule.model_construct(id="r", why=Text.model_validate("W"))) is None


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"never": "surgery before imaging"}, {"never": "surgery before scan"}),
        ({"never": "imaging  then imaging"}, {"never": "scan  then scan"}),
        (
            {"must": "imaging", "between": "imaging surgery"},
            {"must": "scan", "between": "scan surgery"},
        ),
        (
            {"never": "surgery unless pattern == imaging"},
            {"never": "surgery unless pattern == imaging"},
        ),
        ({"fresh": "imaging since imaging"}, {"fresh": "imaging since scan"}),
        ({"possible": "any imaging"}, {"possible": "any imaging"}),
        ({"never": "gone before imaging"}, {"never": "gone before imaging"}),
    ],
)
def test_states_in_a_rule_are_renamed_and_nothing_else(
    keys: dict[str, str], expected: dict[str, str]
) -> None:
    tags = TAGS | {"imaging"}
    renamed = rename_states(rule(**keys), {"imaging": "scan"}, STATES, tags)
    assert renamed == rule(**expected)
    assert rename_states(rule(**keys), {}, STATES, tags) == rule(**keys)
