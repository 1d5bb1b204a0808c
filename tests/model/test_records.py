"""Records: a wrong one cannot be built, and says everything that is wrong with it."""

from __future__ import annotations

import re
import typing
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from pathways.conditions import parse
from pathways.model.definitions import DefinitionRecord
from pathways.model.document import Include, Language, Review, Waiver
from pathways.model.evidence import Evidence, Source
from pathways.model.findings import (
    DERIVED_INPUTS,
    DecimalNumber,
    Derived,
    DerivedFunction,
    Duration,
    Finding,
    Option,
    as_json_number,
    plain_text,
)
from pathways.model.states import Interrupt, Offer, State, Transition
from pathways.model.words import FORBIDDEN_CHARACTER, Text, character_name


def faults(model: type[BaseModel], data: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [
        fault
        for error in caught.value.errors()
        for fault, _ in error.get("ctx", {}).get("faults", [(error["type"], "")])
    ]


def written(record: BaseModel) -> Any:
    """Return what a file would say: a record with a short form may be a text."""
    return record.model_dump()


# Texts


def test_a_plain_text_is_for_both_readers() -> None:
    text = Text.model_validate("Fever")
    assert (text.to("clinician"), text.to("patient")) == ("Fever", "Fever")
    assert written(text) == "Fever"


def test_a_text_for_two_readers() -> None:
    text = Text(clinician="Pyrexia", patient="Fever")
    assert (text.to("clinician"), text.to("patient")) == ("Pyrexia", "Fever")
    assert written(text) == {"clinician": "Pyrexia", "patient": "Fever"}


@pytest.mark.parametrize(
    "data", ["", {"clinician": "A"}, {"clinician": "A", "patient": ""}, None, 3, ["A"], "x" * 4001]
)
def test_wrong_texts(data: Any) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(data)


@pytest.mark.parametrize(
    "character",
    [
        "\0",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\r",
        "\u2028",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ufffe",
        "\ud800",
    ],
)
def test_texts_without_forbidden_characters(character: str) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(f"a{character}b")


@pytest.mark.parametrize(
    "character", ["\n", "\t", "é", "漢", "😀", "\u00a0", "\u200d", "א", "\u200f"]
)
def test_texts_of_any_script(character: str) -> None:
    assert Text.model_validate(f"a{character}b").patient == f"a{character}b"
    assert not FORBIDDEN_CHARACTER.search(character)


def test_character_names() -> None:
    assert character_name("\0") == "U+0000"
    assert character_name("\u2028") == "U+2028 (LINE SEPARATOR)"


# Names, dates, addresses


@pytest.mark.parametrize("date", ["2026", "2026-11", "2024-02-29", "0001"])
def test_dates(date: str) -> None:
    assert (
        Source.model_validate(
            {"title": "T", "kind": "trial", "organisation": "O", "year": date}
        ).year
        == date
    )


@pytest.mark.parametrize(
    "date",
    [
        "26",
        "2026-1",
        "2026-13",
        "2025-02-29",
        "2026-00",
        "0000",
        "20260101",
        "٢٠٢٦",
        "2026-11-20 ",
        "2026-11-20\n",
    ],
)
def test_wrong_dates(date: str) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate({"title": "T", "kind": "trial", "organisation": "O", "year": date})


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "https://a b",
        'https://a"b',
        "HTTPS://a",
        "https://a<b",
    ],
)
def test_wrong_addresses(address: str) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate(
            {"title": "T", "kind": "trial", "organisation": "O", "address": address}
        )


@pytest.mark.parametrize("name", ["Rest", "1st", "a-b", "a b", "", "é", "a" * 65, "rest\n", "_a"])
def test_wrong_names(name: str) -> None:
    with pytest.raises(ValidationError):
        Transition.model_validate({"to": name})


def test_short_forms() -> None:
    assert Include.model_validate("safety") == Include(pathway="safety")
    assert Offer.model_validate("heat") == Offer(treatment="heat")
    assert DefinitionRecord.model_validate("fever").when == parse("fever")
    assert written(DefinitionRecord.model_validate("fever")) == "fever"


def test_records_are_frozen_and_know_no_other_keys() -> None:
    text = Text.model_validate("A")
    with pytest.raises(ValidationError, match="frozen"):
        text.patient = "B"  # type: ignore[misc]
    assert faults(Evidence, {"source": "s", "direction": "for", "strenght": "strong"}) == [
        "extra_forbidden"
    ]


# Conditions as fields


def test_a_way_without_condition_is_open_and_comes_back_without() -> None:
    way = Transition.model_validate({"to": "a"})
    assert way.model_dump(exclude_defaults=True) == {"to": "a"}
    assert Transition.model_validate({"to": "a", "when": "else"}).model_dump()["when"] == "else"
    assert Transition(to="a", when=parse("fever")).when == parse("fever")


@pytest.mark.parametrize("when", [None, 3, True, ["fever"], {"a": "b"}])
def test_a_condition_is_a_text(when: Any) -> None:
    with pytest.raises(ValidationError, match="a condition is a text such as"):
        Transition.model_validate({"to": "a", "when": when})


# Findings

FINDING = {"title": "T", "kind": "watch", "question": "Q"}
NUMBER = {**FINDING, "type": "number", "unit": "weeks", "range": ["0", "10"]}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({**FINDING, "type": "one_of"}, ["a finding of type one_of needs 'options'"]),
        (
            {**FINDING, "type": "several_of", "options": {}},
            ["a finding of type several_of needs 'options'"],
        ),
        (
            {**FINDING, "type": "one_of", "options": {"a": {"title": "A"}}},
            ["a finding of type one_of needs at least two options"],
        ),
        (
            {**FINDING, "type": "yes_no", "options": {"a": {"title": "A"}}},
            ["'options' belong to one_of and several_of, not to yes_no"],
        ),
        (
            {**NUMBER, "options": {"a": {"title": "A"}}},
            ["'options' belong to one_of and several_of, not to number"],
        ),
        ({**NUMBER, "range": None}, ["a number needs 'range: [smallest, largest]'"]),
        (
            {**NUMBER, "unit": None},
            ["a number needs a 'unit'; write 'count' or 'points' when it has none"],
        ),
        (
            {**NUMBER, "range": ["5", "5"]},
            ["the range must go from the smaller to the larger number"],
        ),
        ({**NUMBER, "step": "0"}, ["'step' must be greater than 0"]),
        (
            {**NUMBER, "level": "urgent", "valid_for": {"amount": "1", "unit": "days"}},
            ["a warning sign is yes_no, one_of or several_of, not a number"],
        ),
        (
            {**FINDING, "type": "yes_no", "unit": "weeks", "range": ["0", "1"], "step": "1"},
            [
                "'unit' belongs to numbers, not to yes_no",
                "'range' belongs to numbers, not to yes_no",
                "'step' belongs to numbers, not to yes_no",
            ],
        ),
        (
            {**FINDING, "type": "yes_no", "kind": "count"},
            ["a finding of kind count must be a number"],
        ),
        (
            {**FINDING, "type": "yes_no", "kind": "time"},
            ["a finding of kind time must be a number"],
        ),
        (
            {**NUMBER, "window": {"amount": "1", "unit": "weeks"}},
            ["'window' belongs to findings of kind count"],
        ),
        (
            {**FINDING, "type": "yes_no", "level": "soon"},
            ["a warning sign needs 'valid_for'; after that long an old 'no' becomes 'not asked'"],
        ),
        (
            {
                **FINDING,
                "type": "one_of",
                "options": {"a": {"title": "A", "level": "urgent"}, "b": {"title": "B"}},
            },
            ["a warning sign needs 'valid_for'; after that long an old 'no' becomes 'not asked'"],
        ),
        (
            {
                **FINDING,
                "type": "yes_no",
                "derived": {"function": "difference", "of": ["a", "b"]},
            },
            ["a finding computed from others must be a number"],
        ),
    ],
)
def test_findings_fit_their_type(data: Any, expected: list[str]) -> None:
    assert faults(Finding, data) == expected


@pytest.mark.parametrize(
    "number",
    [
        "1e3",
        "--5",
        "5-",
        ".5",
        "5.",
        "1_0",
        "٥",
        "NaN",
        "Infinity",
        "",
        "-",
        "1.2.3",
        "9" * 16,
        True,
        None,
        [],
        float("nan"),
        float("inf"),
        Decimal("NaN"),
    ],
)
def test_wrong_numbers(number: Any) -> None:
    assert faults(Duration, {"amount": number, "unit": "days"}) == ["number"]


@pytest.mark.parametrize(
    "number", ["010", "-5", "0.10", 3, 0.1, 1e-7, Decimal("0.5"), "9" * 15, "0." + "0" * 13 + "1"]
)
def test_numbers_stay_exact(number: Any) -> None:
    amount = TypeAdapter(DecimalNumber).validate_python(number)
    assert amount == Decimal(str(number))
    assert Decimal(plain_text(as_json_number(amount))) == amount


@pytest.mark.parametrize("number", ["0", "-5", "0.0", 0])
def test_a_length_of_time_is_greater_than_nothing(number: Any) -> None:
    assert faults(Duration, {"amount": number, "unit": "days"}) == ["positive"]


@pytest.mark.parametrize("function", sorted(DERIVED_INPUTS))
@pytest.mark.parametrize("size", [1, 3])
def test_each_function_has_its_number_of_inputs(function: str, size: int) -> None:
    found = faults(Derived, {"function": function, "of": ["a", "b", "c"][:size]})
    assert len(found) == 1
    assert found[0].startswith(f"{function} is computed from 2 findings (")
    assert found[0].endswith(f"), not from {size}")
    assert Derived.model_validate({"function": function, "of": ["a", "b"]}).of == ("a", "b")


def test_every_function_is_described() -> None:
    assert set(DERIVED_INPUTS) == set(typing.get_args(DerivedFunction))
    for function, inputs in DERIVED_INPUTS.items():
        pattern = rf"``{function}``[^:]*of \({', '.join(inputs)}\):"
        assert re.search(pattern, str(Derived.__doc__)), function


def test_a_value_can_be_a_warning_sign_and_have_codes() -> None:
    code = {"system": "http://example.org", "code": "1"}
    option = Option.model_validate({"title": "A", "level": "urgent", "codes": [code]})
    assert (option.level, option.codes[0].code) == ("urgent", "1")


# States

STATE = {"title": "T"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"kind": "action"}, ["an action needs a 'category', such as test or therapy"]),
        (
            {"kind": "decision", "category": "test"},
            ["'category' belongs to states of kind action, not decision"],
        ),
        ({"kind": "options"}, ["a state of kind options needs 'offers', a list of treatments"]),
        (
            {"kind": "decision", "offers": ["heat"]},
            ["'offers' belongs to states of kind options, not decision"],
        ),
        ({"kind": "link"}, ["a link needs 'pathway', the pathway to go on in"]),
        (
            {"kind": "end", "pathway": "x", "at": "y"},
            [
                "'pathway' belongs to states of kind link, not end",
                "'at' belongs to states of kind link, not end",
            ],
        ),
        (
            {"kind": "link", "pathway": "x", "next": [{"to": "a"}]},
            ["a state of kind link has no ways on; remove 'next'"],
        ),
        (
            {"kind": "end", "next": [{"to": "a"}]},
            ["a state of kind end has no ways on; remove 'next'"],
        ),
        (
            {"kind": "decision", "next": [{"to": "a", "when": "else"}]},
            ["'else' needs 'choose: first', because it means 'none of the ways before'"],
        ),
        (
            {"kind": "decision", "choose": "any", "next": [{"to": "a", "when": "else"}]},
            ["'else' needs 'choose: first', because it means 'none of the ways before'"],
        ),
        (
            {
                "kind": "decision",
                "choose": "first",
                "next": [{"to": "a", "when": "else"}, {"to": "b"}],
            },
            ["'else' must be the last way on, and stand there once"],
        ),
        (
            {
                "kind": "decision",
                "choose": "first",
                "next": [{"to": "a", "when": "else"}, {"to": "b", "when": "else"}],
            },
            ["'else' must be the last way on, and stand there once"],
        ),
    ],
)
def test_states_fit_their_kind(data: Any, expected: list[str]) -> None:
    assert faults(State, {**STATE, **data}) == expected


def test_else_comes_last() -> None:
    ways = [{"to": "a", "when": "fever"}, {"to": "b", "when": "else"}]
    state = State.model_validate({**STATE, "kind": "decision", "choose": "first", "next": ways})
    assert [way.to for way in state.next] == ["a", "b"]


INTERRUPT = {"to": "a", "when": "fever", "label": "Fever"}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ({}, ["missing"]),
        ({"level": "soon"}, ["literal_error"]),
        ({"level": None}, ["literal_error"]),
    ],
)
def test_an_interrupt_is_emergency_or_urgent(level: Any, expected: list[str]) -> None:
    assert faults(Interrupt, {**INTERRUPT, **level}) == expected
    assert Interrupt.model_validate({**INTERRUPT, "level": "urgent"}).level == "urgent"


@pytest.mark.parametrize(("written_as", "kept"), [("a", ("a",)), (["a", "b"], ("a", "b"))])
def test_a_state_sets_one_value_or_several(written_as: Any, kept: tuple[str, ...]) -> None:
    state = State.model_validate({**STATE, "kind": "decision", "sets": {"sites": written_as}})
    assert state.sets == {"sites": kept}
    assert written(state)["sets"] == {"sites": written_as}


# Waivers and language

WAIVER = {"why": "Meant so.", "by": "A. Doctor, physician", "on": "2026-11-20"}


@pytest.mark.parametrize(
    ("data", "has"), [({}, "neither"), ({"check": "gap", "rule": "scan-first"}, "both")]
)
def test_a_waiver_is_about_one_thing(data: Any, has: str) -> None:
    assert faults(Waiver, {**WAIVER, **data}) == [
        f"a waiver needs exactly one of 'check' and 'rule'; it has {has}"
    ]


@pytest.mark.parametrize("key", ["why", "by", "on"])
def test_somebody_answers_for_a_waiver(key: str) -> None:
    data = {"check": "gap", **{name: each for name, each in WAIVER.items() if name != key}}
    assert faults(Waiver, data) == ["missing"]


@pytest.mark.parametrize(
    ("tag", "good"),
    [
        *((tag, True) for tag in ("en", "es", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "haw")),
        *((tag, False) for tag in ("EN", "english", "pt_BR", "pt-br", "e", "en-", "", "en\n")),
    ],
)
def test_languages(tag: str, good: bool) -> None:
    language = TypeAdapter(Language)
    if good:
        assert language.validate_python(tag) == tag
    else:
        with pytest.raises(ValidationError):
            language.validate_python(tag)


# Review


@pytest.mark.parametrize("data", [{"by": "A"}, {"on": "2026"}, {}])
def test_nothing_is_called_reviewed_without_a_name_and_a_day(data: Any) -> None:
    assert faults(Review, {"status": "reviewed", **data}) == [
        "a reviewed pathway names its reviewer: give 'by' and 'on'"
    ]


def test_open_questions_keep_a_pathway_a_draft() -> None:
    data = {
        "status": "reviewed",
        "by": "A",
        "on": "2026-11-20",
        "open_questions": [{"question": "Q"}],
    }
    assert faults(Review, data) == [
        "a pathway with open questions stays 'draft' until they are answered"
    ]
    assert Review.model_validate({**data, "open_questions": []}).by == "A"
