"""The values of one patient: what may be given for a finding, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NoReturn, assert_never

from pathways.conditions.quantities import plain_number
from pathways.conditions.scope import FindingShape
from pathways.conditions.tokens import clipped
from pathways.errors import ConditionError, Problem, did_you_mean

Value = bool | str | int | float | Decimal | AbstractSet[str] | Mapping[str, bool]
"""What a patient may have for a finding: a bool for yes/no, a word for one of a list, a number,
and for several of a list a set (complete: all others are no) or a mapping of what is known."""

KnownValue = bool | str | Decimal | Mapping[str, bool]
"""A value that was checked; several of a list as one yes/no for each value that is known."""

NONE = "none"
"""The option of several-of findings that excludes all others."""


def read_value(shape: FindingShape, value: Value) -> KnownValue:
    """Check the value of one finding and bring it into one form.

    Args:
        shape: The finding.
        value: ``True`` or ``False`` for yes/no; one of the options for one of a list; an int, a
            Decimal or a float in the finding's own unit for a number (a float means the number it
            prints as). For several of a list either a set of options, which says that all others
            are no, or a mapping of options to bool, which leaves the others unknown. Where
            ``none`` is an option it means that no other is yes, so the one follows from the
            others: ``none: True`` says that all others are no, any other ``True`` that none is
            no, and all others no (the empty set too) that none is yes. With ``none: False`` and
            one other left unknown, that other is yes.

    Returns:
        A bool, a word, a Decimal or a mapping.

    Raises:
        ConditionError: ``wrong-value``: of the wrong type, not among the options, out of range,
            off the finding's step, ``none`` together with another value, or ``none: False`` where
            all others are no.

    Example:
        >>> read_value(FindingShape("weeks", "number", unit="weeks"), 12.5)
        Decimal('12.5')
        >>> sites = FindingShape("sites", "several_of", options=("hip", "knee", "none"))
        >>> read_value(sites, frozenset())
        {'hip': False, 'knee': False, 'none': True}
    """
    match shape.type:
        case "yes_no":
            return _read_answer(shape, value)
        case "one_of":
            return _read_word(shape, value)
        case "number":
            return _read_number(shape, value)
        case "several_of":
            return _read_several(shape, value)
        case _:
            assert_never(shape.type)


def _read_answer(shape: FindingShape, value: Value) -> bool:
    if not isinstance(value, bool):
        _refuse(shape, value, "is not a yes or no", "give True or False")
    return value


def _read_word(shape: FindingShape, value: Value) -> str:
    if not isinstance(value, str) or value not in shape.options:
        hint = did_you_mean(value, shape.options) if isinstance(value, str) else ""
        _refuse(shape, value, "is not one of its values", hint or _known(shape))
    return value


def _read_number(shape: FindingShape, value: Value) -> Decimal:
    hint = f"give a number{_unit(shape)}"
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        _refuse(shape, value, "is not a number", hint)
    # Through text, because the float 0.1 is meant as the number it prints as.
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        _refuse(shape, value, "is not a number", hint)
    if not within_range(shape, number):
        _refuse(shape, value, "is out of range", f"{range_words(shape)}{_unit(shape)}")
    if not on_step(shape, number):
        step = plain_number(shape.step or Decimal(1))
        _refuse(shape, value, "is not on its grid", f"give a number in steps of {step}")
    return number


def _read_several(shape: FindingShape, value: Value) -> Mapping[str, bool]:
    hint = "give a set of its values, or a mapping of values to True and False"
    if isinstance(value, Mapping):
        given = dict(value)
    elif isinstance(value, AbstractSet):
        left = [name for name in shape.options if name != NONE]
        given = {**dict.fromkeys(left, False), **dict.fromkeys(value, True)}
    else:
        _refuse(shape, value, "is not several of its values", hint)
    for name, answer in sorted(given.items(), key=lambda item: str(item[0])):
        if name not in shape.options:
            _refuse(
                shape,
                name,
                "is not one of its values",
                did_you_mean(str(name), shape.options) or _known(shape),
            )
        if not isinstance(answer, bool):
            _refuse(shape, answer, f"is not a yes or no for {name}", "give True or False")
    return _with_none(shape, given) if NONE in shape.options else given


def _with_none(shape: FindingShape, given: Mapping[str, bool]) -> Mapping[str, bool]:
    """Return what is known with what follows from it: ``none`` holds where no other does."""
    others = [name for name in shape.options if name != NONE]
    chosen = [name for name in others if given.get(name)]
    unknown = [name for name in others if name not in given]
    none = given.get(NONE)
    if none and chosen:
        _refuse(shape, NONE, f"excludes {min(chosen)}", "give one or the other")
    if none is False and not chosen and not unknown:
        _refuse(shape, NONE, "cannot be no where all others are no", "give none")
    if chosen:
        return {**given, NONE: False}
    if none or not unknown:
        return {**dict.fromkeys(others, False), NONE: True}
    if none is False and len(unknown) == 1:
        return {**given, unknown[0]: True}
    return given


def within_range(shape: FindingShape, number: Decimal) -> bool:
    """Return whether a number lies in the range of a finding, both ends included.

    Args:
        shape: A finding of type number.
        number: A finite number in its unit.
    """
    too_low = shape.low is not None and number < shape.low
    too_high = shape.high is not None and number > shape.high
    return not (too_low or too_high)


def on_step(shape: FindingShape, number: Decimal) -> bool:
    """Return whether a number lies on the grid of a finding: low, low + step, low + 2 steps, ...

    Args:
        shape: A finding of type number; without step every number is on its grid.
        number: A finite number in its unit.
    """
    if shape.step is None:
        return True
    return (number - (shape.low or Decimal(0))) % shape.step == 0


def range_words(shape: FindingShape) -> str:
    """Return the range of a number in words, such as ``from 0 to 2600``.

    Args:
        shape: A finding of type number.
    """
    if shape.low is not None and shape.high is not None:
        return f"from {plain_number(shape.low)} to {plain_number(shape.high)}"
    if shape.low is not None:
        return f"{plain_number(shape.low)} or more"
    return f"{plain_number(shape.high)} or less" if shape.high is not None else "any number"


def _unit(shape: FindingShape) -> str:
    return f", in {shape.unit}" if shape.unit else ""


def _known(shape: FindingShape) -> str:
    return f"known: {', '.join([repr(name) for name in shape.options])}"


def _refuse(shape: FindingShape, value: object, fault: str, hint: str) -> NoReturn:
    message = f"{shape.name}: {clipped(repr(value))} {fault}"
    raise ConditionError([Problem("wrong-value", message, hint, where=shape.name)])
