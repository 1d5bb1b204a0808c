"""Values of a record: from the text of a file to what conditions work with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathways.conditions import KnownValue, read_value
from pathways.conditions.quantities import same_unit
from pathways.conditions.scope import FindingShape
from pathways.conditions.values import NONE
from pathways.errors import ConditionError, Problem, nearest
from pathways.reading.marks import Path
from pathways.reading.values import ANSWERS, quantity, typed, value_problem
from pathways.records.record import Observation


@dataclass(frozen=True, slots=True)
class ValueFault:
    """What is wrong with a value.

    Args:
        code: ``wrong-value``, ``wrong-unit`` or ``contradiction``.
        message: What is wrong.
        hint: What to do.
        inside: Where in the observation: ``("value", 0)``, ``("parts", "knee")``.
    """

    code: str
    message: str
    hint: str
    inside: Path = ()


def known_value(observation: Observation, shape: FindingShape) -> KnownValue:
    """Return the value of an observation as conditions know it.

    Args:
        observation: One with a value or parts.
        shape: The finding.

    Raises:
        ConditionError: The finding cannot have that value.

    Example:
        >>> known_value(Observation(value="3 weeks"), FindingShape("x", "number", unit="weeks"))
        Decimal('3')
    """
    fault = next(observation_faults(observation, shape), None)
    if fault is not None:
        raise ConditionError([Problem(fault.code, fault.message, fault.hint, where=shape.name)])
    if observation.parts is not None:
        return read_value(shape, {key: said == "yes" for key, said in observation.parts.items()})
    return read_value(shape, typed(observation.value or (), shape))


def observation_faults(observation: Observation, shape: FindingShape) -> Iterator[ValueFault]:
    """Yield what is wrong with the value or the parts of an observation.

    Args:
        observation: The observation; one without a value has no faults.
        shape: The finding.

    Example:
        >>> next(observation_faults(Observation(value="3 months"),
        ...                         FindingShape("x", "number", unit="weeks"))).message
        "'x' is in weeks, not in months"
    """
    if observation.parts is not None:
        yield from _part_faults(observation.parts, shape)
    elif observation.value is not None:
        yield from value_faults(observation.value, shape)


def value_faults(values: Sequence[str], shape: FindingShape) -> Iterator[ValueFault]:
    """Yield what is wrong with values as written.

    Args:
        values: As written.
        shape: The finding.
    """
    if shape.type != "several_of" and len(values) != 1:
        message = f"'{shape.name}' has one value at a time, not {len(values)}"
        hint = "give one of them; for several days write a list of {value: ..., on: ...}"
        yield ValueFault("wrong-value", message, hint, ("value",))
        return
    faulty = False
    for index, text in enumerate(values):
        for fault in _text_faults(text, shape, ("value", index)):
            faulty = True
            yield fault
    if shape.type != "several_of" or faulty:
        return
    if len(set(values)) < len(values):
        message = f"'{shape.name}' has a value twice"
        yield ValueFault("wrong-value", message, "give each once", ("value",))
    elif NONE in values and len(values) > 1:
        other = next(each for each in values if each != NONE)
        place = ("value", list(values).index(NONE))
        yield _none_fault(shape.name, other, place)
    elif not values and not shape.options:
        message = f"'{shape.name}' has no values to choose from"
        yield ValueFault("wrong-value", message, "leave it out", ("value",))


def _none_fault(name: str, other: str, place: Path) -> ValueFault:
    return ValueFault(
        "contradiction",
        f"'{name}' cannot be none and {other}",
        f"give 'none' alone, or leave it out and keep {other}",
        place,
    )


def _part_faults(parts: Mapping[str, str], shape: FindingShape) -> Iterator[ValueFault]:
    if shape.type != "several_of":
        kind = {"yes_no": "a yes or no", "number": "a number", "one_of": "one of a list"}
        message = f"'{shape.name}' is {kind[shape.type]}, so it has no parts"
        yield ValueFault("wrong-value", message, "write its value behind the colon", ("parts",))
        return
    faulty = False
    for name in parts:
        for fault in _text_faults(name, shape, ("parts", name)):
            faulty = True
            yield fault
    if faulty or NONE not in shape.options:
        return
    chosen = [name for name, said in parts.items() if said == "yes" and name != NONE]
    if parts.get(NONE) == "yes" and chosen:
        yield _none_fault(shape.name, chosen[0], ("parts", NONE))
    elif parts.get(NONE) == "no" and not chosen and set(parts) == set(shape.options):
        message = f"'{shape.name}' cannot have 'none: no' where all others are no"
        yield ValueFault(
            "contradiction", message, "give none, or one of the others", ("parts", NONE)
        )


def _text_faults(text: str, shape: FindingShape, inside: Path) -> Iterator[ValueFault]:
    plain = text
    if shape.type == "yes_no" and text in ANSWERS:
        return
    if shape.type == "number":
        number, unit = quantity(text)
        if number is not None and unit and not _is_unit(unit, shape.unit):
            needed = f"in {shape.unit}" if shape.unit else "without a unit"
            message = f"'{shape.name}' is {needed}, not in {unit}"
            hint = f"write how many {shape.unit} it is" if shape.unit else "write the number alone"
            yield ValueFault("wrong-unit", message, hint, inside)
            return
        plain = text if number is None else format(number, "f")
    message = value_problem(plain, shape) or ""
    if message:
        near = nearest(text, shape.options)
        hint = f"did you mean '{near[0]}'?" if near else "give a value it can have"
        yield ValueFault("wrong-value", message, hint, inside)


def _is_unit(written: str, unit: str | None) -> bool:
    return same_unit(written, unit) or (
        unit is not None and same_unit(written.casefold(), unit.casefold())
    )
