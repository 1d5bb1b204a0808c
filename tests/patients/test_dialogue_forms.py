"""How questions can be answered, and what is made of an answer that was typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathways.conditions.scope import FindingShape, Wording
from pathways.patients.dialogue_forms import Misread, form_of, read_answer

YES_NO = FindingShape("fever", "yes_no")
NUMBER = FindingShape(
    "score", "number", unit="points", low=Decimal(0), high=Decimal(5), step=Decimal(1)
)
WEEKS = FindingShape("pill.weeks", "number", unit="weeks", low=Decimal(0), high=Decimal(520))
PATTERN = FindingShape("pattern", "one_of", options=("nerve", "joint"))
SITES = FindingShape(
    "sites",
    "several_of",
    options=("hip", "knee"),
    wording={"patient": Wording("sites", options={"hip": "your hip", "knee": "your knee"})},
)
WITH_NONE = FindingShape(
    "effects",
    "several_of",
    options=("sleepy", "bad_stomach", "none"),
    wording={"patient": Wording("effects", options={"sleepy": "Sleepiness"})},
)

UNDERSTOOD = [
    (YES_NO, " YES. ", ("yes",)),
    (YES_NO, "n", ("no",)),
    (NUMBER, "3", ("3",)),
    (NUMBER, "3 points", ("3",)),
    (WEEKS, "2.5", ("2.5",)),
    (WEEKS, "2.50 Weeks", ("2.5",)),
    (PATTERN, "2", ("joint",)),
    (PATTERN, "Nerve", ("nerve",)),
    (SITES, "2, 1", ("hip", "knee")),
    (SITES, "2 1", ("hip", "knee")),
    (SITES, "1 and 2", ("hip", "knee")),
    (SITES, "your knee", ("knee",)),
    (SITES, "none", ()),
    (SITES, "no", ()),
    (SITES, "N.", ()),
    (SITES, "Nein", ()),
    (WITH_NONE, "no", ("none",)),
    (SITES, "3", ()),
    (WITH_NONE, "0", ("none",)),
    (WITH_NONE, "3", ("none",)),
    (WITH_NONE, "sleepiness; bad stomach", ("sleepy", "bad_stomach")),
]


@pytest.mark.parametrize(("shape", "typed", "value"), UNDERSTOOD)
def test_an_answer_is_understood(shape: FindingShape, typed: str, value: tuple[str, ...]) -> None:
    read = read_answer(typed, shape)
    assert not isinstance(read, Misread)
    assert read.value == value


@pytest.mark.parametrize("typed", ["u", "not sure", "Not sure.", "I don't know", "I don’t know"])
@pytest.mark.parametrize("shape", [YES_NO, NUMBER, PATTERN, SITES], ids=lambda shape: shape.type)
def test_not_sure_is_always_an_answer(shape: FindingShape, typed: str) -> None:
    read = read_answer(typed, shape)
    assert not isinstance(read, Misread)
    assert read.absent == "asked_unknown"


LETTERS = "Type y for yes, n for no, or u for not sure."
POINTS = "Type a whole number from 0 to 5 (points), or u for not sure."
WEEKS_HELP = "Type a number from 0 to 520 (weeks), or u for not sure."
ONE = "Type the number of the one that fits best, or u for not sure."
ALL = "Type the numbers of all that fit, such as 1,2; none; or u for not sure."
MISREAD = [
    (YES_NO, "", LETTERS),
    (YES_NO, "maybe", f"'maybe' is no answer here. {LETTERS}"),
    (YES_NO, "1", f"'1' is no answer here. {LETTERS}"),
    (YES_NO, "\x1b[31m", f"'U+001B[31m' is no answer here. {LETTERS}"),
    (YES_NO, "y" * 201, f"That is too long for an answer. {LETTERS}"),
    (NUMBER, "7", f"'7' does not fit. {POINTS}"),
    (NUMBER, "2.5", f"'2.5' does not fit. {POINTS}"),
    (NUMBER, "-1", f"'-1' does not fit. {POINTS}"),
    (NUMBER, "a lot", f"'a lot' does not fit. {POINTS}"),
    (NUMBER, "nan", f"'nan' does not fit. {POINTS}"),
    (NUMBER, "1e1", f"'1e1' does not fit. {POINTS}"),
    (WEEKS, "3 months", f"The answer is needed in weeks. {WEEKS_HELP}"),
    (WEEKS, "2,5", f"'2,5' does not fit. {WEEKS_HELP}"),
    (PATTERN, "3", f"'3' is no answer here. {ONE}"),
    (PATTERN, "1,2", f"'1,2' is no answer here. {ONE}"),
    (SITES, "4", f"'4' is no answer here. {ALL}"),
    (SITES, "1,9", f"'1,9' is no answer here. {ALL}"),
    (SITES, ",", f"',' is no answer here. {ALL}"),
    (SITES, "1,3", f"None goes with nothing else. {ALL}"),
    (WITH_NONE, "1,3", f"None goes with nothing else. {ALL}"),
]


@pytest.mark.parametrize(("shape", "typed", "message"), MISREAD)
def test_what_is_not_understood_says_what_would_do(
    shape: FindingShape, typed: str, message: str
) -> None:
    read = read_answer(typed, shape)
    assert isinstance(read, Misread)
    assert read.message == message


def test_a_form_says_what_can_be_chosen() -> None:
    form = form_of(SITES)
    assert [(each.key, each.value, each.title) for each in form.choices] == [
        ("1", "hip", "your hip"),
        ("2", "knee", "your knee"),
        ("3", "", "none of these"),
    ]
    assert (form_of(NUMBER).low, form_of(NUMBER).high, form_of(NUMBER).step) == ("0", "5", "1")
    assert form_of(FindingShape("x", "one_of", options=("a_b",))).choices[0].title == "a b"
