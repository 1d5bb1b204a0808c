"""How a question can be answered, and what an answer that somebody typed means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pathways.conditions.quantities import plain_number
from pathways.conditions.scope import FindingShape, FindingType, Reader
from pathways.conditions.values import NONE
from pathways.errors import PathwayError, printable
from pathways.records.record import Observation
from pathways.records.values import known_value, value_faults

MOST_CHARACTERS = 200
"""An answer may be so long."""
MOST_SHOWN = 40
"""So much of an answer that was not understood is shown again."""

_NOT_SURE = frozenset({"u", "unsure", "not sure", "unknown", "dont know", "i dont know"})
_NO = frozenset({"n", "no", "none", "none of these", "nothing", "nope", "nein", "0"})
_YES_OR_NO = {"y": "yes", "yes": "yes", "true": "yes", "n": "no", "no": "no", "false": "no"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen.

    Args:
        key: What to type: a number from 1, or ``y`` and ``n``.
        value: The value it stands for; empty for none of those listed.
        title: The same in words.
        group: Heading of the group it stands in, or empty.
        also: Other names that are understood.
    """

    key: str
    value: str
    title: str
    group: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """How a question can be answered. Not sure can always be said.

    Args:
        finding: Name of the finding.
        type: ``yes_no``, ``one_of``, ``several_of`` or ``number``.
        choices: What can be chosen; nothing for a number.
        unit: Unit of a number, or empty.
        low: Smallest number, as text, or empty.
        high: Largest number, as text, or empty.
        step: Distance of possible numbers, as text, or empty when any number in between will do.
        own_help: What to type, where it is not the same as for other questions; or empty.
    """

    finding: str
    type: FindingType
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    low: str = ""
    high: str = ""
    step: str = ""
    own_help: str = ""

    @property
    def help(self) -> str:
        """What to type, in a sentence."""
        if self.own_help:
            return self.own_help
        match self.type:
            case "yes_no":
                return "Type y for yes, n for no, or u for not sure."
            case "number":
                low_high = f" from {self.low} to {self.high}" if self.low and self.high else ""
                unit = f" ({self.unit})" if self.unit else ""
                step = f" in steps of {self.step}" if self.step not in ("", "1") else ""
                whole = "whole number" if self.step == "1" else "number"
                return f"Type a {whole}{low_high}{step}{unit}, or u for not sure."
            case "several_of":
                return "Type the numbers of all that fit, such as 1,2; none; or u for not sure."
            case _:
                return "Type the number of the one that fits best, or u for not sure."


@dataclass(frozen=True, slots=True)
class Misread:
    """Why an answer was not understood, and what would do."""

    message: str


def form_of(shape: FindingShape, reader: Reader = "patient") -> AnswerForm:
    """Return how the question for a finding can be answered.

    Args:
        shape: The finding.
        reader: Whom the words are for.

    Example:
        >>> [choice.title for choice in form_of(FindingShape("fever", "yes_no")).choices]
        ['yes', 'no']
    """
    wording = shape.wording.get(reader)
    titles = wording.options if wording else {}
    values = ("yes", "no") if shape.type == "yes_no" else shape.options
    choices = [(each, titles.get(each) or each.replace("_", " ")) for each in values]
    if shape.type == "several_of" and NONE not in values:
        choices.append(("", "none of these"))
    numbers = [
        plain_number(each) if each is not None else ""
        for each in (shape.low, shape.high, shape.step)
    ]
    low, high, step = numbers if shape.type == "number" else ("", "", "")
    return AnswerForm(
        shape.name,
        shape.type,
        tuple(
            Choice(value[0] if shape.type == "yes_no" else str(at), value, said)
            for at, (value, said) in enumerate(choices, start=1)
        ),
        (shape.unit or "") if shape.type == "number" else "",
        low,
        high,
        step,
    )


def read_answer(
    text: str, shape: FindingShape, reader: Reader = "patient"
) -> Observation | Misread:
    """Return what an answer means, or why it was not understood.

    Args:
        text: What somebody typed.
        shape: The finding that was asked for.
        reader: Whom the words of the choices were for.

    Returns:
        An observation with a value, or with the absence ``asked_unknown`` for not sure.

    Example:
        >>> read_answer("y", FindingShape("fever", "yes_no")).value
        ('yes',)
        >>> read_answer("maybe", FindingShape("fever", "yes_no")).message
        "'maybe' is no answer here. Type y for yes, n for no, or u for not sure."
    """
    form = form_of(shape, reader)
    said = plain_answer(text, form, MOST_CHARACTERS)
    if not isinstance(said, str):
        return said
    if form.type == "number":
        return _number(said, shape, form)
    values = _several(said, form) if form.type == "several_of" else _one(said, form)
    if values is None:
        return Misread(f"'{printable(text.strip())[:MOST_SHOWN]}' is no answer here. {form.help}")
    if "" in values or NONE in values:
        if len(values) > 1:
            return Misread(f"None goes with nothing else. {form.help}")
        values = [each for each in values if each]
    return Observation(value=tuple(values))


def plain_answer(text: str, form: AnswerForm, most: int) -> str | Observation | Misread:
    """Return what was typed in plain letters, or what it means when that is the same for every form.

    Args:
        text: What somebody typed.
        form: What may be answered.
        most: How long it may be, in characters.

    Returns:
        The plain text; the absence ``asked_unknown`` for not sure; a misreading for an answer that is
        empty or too long.
    """
    if len(text) > most:
        return Misread(f"That is too long for an answer. {form.help}")
    said = plain(text)
    if not said:
        return Misread(form.help)
    if is_not_sure(said):
        return Observation(absent="asked_unknown")
    return said


def plain(text: str) -> str:
    """Return text without what makes no difference to its meaning: capitals, spaces, a full stop.

    Args:
        text: What somebody typed.

    Example:
        >>> plain("  I don't  know. ")
        'i dont know'
    """
    return " ".join(text.casefold().replace("'", "").replace("\u2019", "").split()).rstrip(".!")


def is_not_sure(said: str) -> bool:
    """Return whether an answer, as :func:`plain` gives it, says not sure."""
    return said in _NOT_SURE


def is_no(said: str) -> bool:
    """Return whether an answer, as :func:`plain` gives it, says none of those that are listed."""
    return said in _NO


def _number(said: str, shape: FindingShape, form: AnswerForm) -> Observation | Misread:
    fault = next(value_faults([said], shape), None)
    if fault is not None:
        why = {
            "wrong-unit": f"The answer is needed in {form.unit}." if form.unit else "",
            "wrong-value": f"'{printable(said)[:MOST_SHOWN]}' does not fit.",
        }.get(fault.code, "")
        return Misread(f"{why} {form.help}".strip())
    try:
        value = known_value(Observation(value=(said,)), shape)
    except PathwayError:
        return Misread(form.help)
    assert isinstance(value, Decimal)
    return Observation(value=(plain_number(value),))


def _one(said: str, form: AnswerForm) -> list[str] | None:
    if form.type == "yes_no":
        # No numbers here: a slip of the finger must not become a no to a warning sign.
        return [_YES_OR_NO[said]] if said in _YES_OR_NO else None
    value = _chosen(said, form)
    return None if value is None else [value]


def _several(said: str, form: AnswerForm) -> list[str] | None:
    """Return the values that are named, in the order of the choices."""
    if is_no(said):
        return [next(each.value for each in form.choices if each.value in ("", NONE))]
    numbers = re.fullmatch(r"[0-9]+(?:[\s,;]+(?:and )?[0-9]+)*[\s,;]*", said)
    parts: Sequence[str] = re.findall(r"[0-9]+", said) if numbers else re.split(r"\s*[,;]\s*", said)
    chosen = [_chosen(each, form) for each in parts if each]
    if not chosen or None in chosen:
        return None
    return [each.value for each in form.choices if each.value in chosen]


def _chosen(said: str, form: AnswerForm) -> str | None:
    for each in form.choices:
        if said in (each.key, each.value, each.value.replace("_", " "), each.title.casefold()):
            return each.value if said or each.value else None
    return None
