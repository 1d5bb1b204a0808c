"""The value of a FHIR Observation, or of one of its components, in the words of a record.

Units are UCUM codes. Hours, days and weeks are converted into each other where that is exact;
nothing else is.

Source: HL7 FHIR R4 (4.0.1), Observation, Quantity and data-absent-reason; UCUM, codes h, d, wk, mo, a.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from pathways.conditions.quantities import (
    MOST_DIGITS,
    is_percent,
    plain_number,
    same_unit,
    singular,
)
from pathways.model.catalogue import Catalogue
from pathways.model.findings import Finding
from pathways.model.pathway import finding_shape
from pathways.records.fhir.codes import CodeIndex, Match, Target, answer, codings, label
from pathways.records.fhir.draft import UnclearError, shown
from pathways.records.fhir.elements import Element
from pathways.records.record import Observation
from pathways.records.values import observation_faults

UCUM = "http://unitsofmeasure.org"

_ABSENT_SYSTEM = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_ABSENT = {
    "unknown": "unknown",
    "asked-unknown": "asked_unknown",
    "temp-unknown": "unknown",
    "not-asked": "not_asked",
    "asked-declined": "unknown",
    "not-performed": "not_performed",
}
"""Reasons that a record can give; temp-unknown and asked-declined are sorts of unknown."""

_HOURS = {"h": 1, "d": 24, "wk": 168}
_TIMES = {"hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "a"}
_PLAIN = frozenset({"1", "{score}", "{points}", "{point}", "{count}", "{times}", "{visits}"})
_PURE = frozenset({"point", "count", "time", "visit"})
"""Unit words of findings that are mere numbers."""


def said(holder: Element, match: Match, index: CodeIndex) -> dict[str, Any]:
    """Return what an Observation or a component says of a finding.

    Args:
        holder: The Observation or the component, with its ``value[x]`` or ``dataAbsentReason``.
        match: The finding, or one value of it.
        index: Codes of the catalogue.

    Returns:
        ``value``, ``parts`` or ``absent``, in the shape of a record file.

    Raises:
        UnclearError: It says nothing that the record can hold for certain.
        DocumentError: A value has a wrong shape.
    """
    values = sorted(key for key in holder.data if key.startswith("value") and holder.has(key))
    reason = holder.element("dataAbsentReason")
    if len(values) + (reason is not None) != 1:
        raise UnclearError(_not_one(values, has_reason=reason is not None))
    if reason is not None:
        return {"absent": _absence(reason, match.target)}
    return fitting(_value(holder, values[0], match, index), match.target, index.catalogue)


def _not_one(values: list[str], *, has_reason: bool) -> str:
    if not values:
        return "it has no value"
    return "it has a value and a reason for none" if has_reason else "it has several values"


def _absence(reason: Element, target: Target) -> str:
    if target.option:
        raise UnclearError("one value has a reason for absence; a record has it for all of them")
    found = {_ABSENT.get(code) for system, code in codings(reason) if system == _ABSENT_SYSTEM}
    only = found.pop() if len(found) == 1 else None
    if only is None:
        raise UnclearError(f"a record has no such reason for absence: {label(reason) or 'none'}")
    return only


def _value(holder: Element, key: str, match: Match, index: CodeIndex) -> dict[str, Any]:
    finding = index.catalogue.findings[match.target.name]
    match key:
        case "valueBoolean":
            return decided(finding, match, yes=bool(holder.boolean(key)))
        case "valueInteger":
            return {"value": _integer(holder, finding)}
        case "valueQuantity":
            quantity = holder.element(key)
            assert quantity is not None
            return {"value": _quantity(quantity, finding)}
        case "valueCodeableConcept":
            concept = holder.element(key)
            assert concept is not None
            return _coded(concept, finding, match, index)
        case "valueString":
            return _string(holder.text(key) or "", finding, match)
        case _:
            raise UnclearError(f"{shown(key)} is not read")


def decided(finding: Finding, match: Match, *, yes: bool) -> dict[str, Any]:
    """Return a yes or a no to a finding, or to one value of it.

    Args:
        finding: The finding.
        match: The finding, or one value of it, and whether its code is exact.
        yes: Which of the two.

    Raises:
        UnclearError: The finding takes no yes or no, or the code may be narrower than the finding
            so that a no leaves it open.
    """
    option = match.target.option
    if not yes and not match.exact:
        raise UnclearError("a no to one of several codes is no answer to the whole finding")
    if option and finding.type == "several_of":
        return {"parts": {option: "yes" if yes else "no"}}
    if option and yes:
        return {"value": option}
    if option:
        raise UnclearError(f"which value it has instead of {option} is not known")
    if finding.type != "yes_no":
        raise UnclearError(f"a yes or no is no value of '{match.target.name}'")
    return {"value": "yes" if yes else "no"}


def _coded(concept: Element, finding: Finding, match: Match, index: CodeIndex) -> dict[str, Any]:
    name = match.target.name
    yes = answer(concept)
    if yes is not None:
        return decided(finding, match, yes=yes)
    if match.target.option or finding.type == "number":
        raise UnclearError(f"its value is not understood: {label(concept) or 'no code'}")
    if finding.type == "yes_no":
        if Target("finding", name) in {
            each for pair in codings(concept) for each in index.targets(*pair)
        }:
            return {"value": "yes"}
        raise UnclearError(f"its value is no yes and no no: {label(concept) or 'no code'}")
    option = index.option(concept, name)
    if option is None:
        raise UnclearError(f"no value of '{name}' has this code: {label(concept) or 'no code'}")
    return _chosen(option, finding)


def _chosen(option: str, finding: Finding) -> dict[str, Any]:
    """One value of several says nothing of the others, unless it is none."""
    if finding.type == "several_of" and option != "none":
        return {"parts": {option: "yes"}}
    return {"value": option}


def _string(text: str, finding: Finding, match: Match) -> dict[str, Any]:
    options = finding.options or {}
    if match.target.option or text not in (options or ("yes", "no")) or finding.type == "number":
        raise UnclearError("its value is free text")
    if finding.type == "yes_no":
        return decided(finding, match, yes=text == "yes")
    return _chosen(text, finding)


def _integer(holder: Element, finding: Finding) -> str:
    number = holder.number("valueInteger")
    assert number is not None
    if number != number.to_integral_value():
        holder.wrong("valueInteger", "a whole number")
    if finding.type != "number" or singular(finding.unit or "") not in _PURE:
        raise UnclearError(f"a whole number without a unit cannot be {_wanted(finding)}")
    return _digits(number)


def _quantity(quantity: Element, finding: Finding) -> str:
    number = quantity.number("value")
    if number is None:
        raise UnclearError("its quantity has no number")
    if quantity.has("comparator"):
        raise UnclearError(f"'{shown(str(quantity.text('comparator')))}' is no exact number")
    if finding.type != "number" or finding.unit is None:
        raise UnclearError(f"a quantity cannot be {_wanted(finding)}")
    return _digits(_in_unit(number, quantity, finding.unit))


def _wanted(finding: Finding) -> str:
    return f"a number of {finding.unit}" if finding.type == "number" else "a value of it"


def _in_unit(number: Decimal, quantity: Element, wanted: str) -> Decimal:
    """Return a quantity in the unit of a finding."""
    system, code, words = (quantity.text(key) for key in ("system", "code", "unit"))
    if code is None and system is None:
        if words is None and singular(wanted) in _PURE:
            return number
        if words is not None and same_unit(words, wanted):
            return number
        raise UnclearError(f"its unit is {shown(words or 'not given')}, and no UCUM code")
    if system != UCUM or code is None:
        raise UnclearError("its unit is no UCUM code")
    if code in _ucum_codes(wanted):
        return number
    wanted_code = _TIMES.get(singular(wanted), "")
    if code in _HOURS and wanted_code in _HOURS:
        return _exactly(number, Fraction(_HOURS[code], _HOURS[wanted_code]), code, wanted)
    raise UnclearError(f"it is in {shown(code)}, not in {wanted}, and is not converted")


def _ucum_codes(unit: str) -> frozenset[str]:
    """Return the UCUM codes that mean the same as the unit word of a finding."""
    if is_percent(unit):
        return frozenset({"%"})
    word = singular(unit)
    return _PLAIN if word in _PURE else frozenset({_TIMES.get(word, unit)})


def _exactly(number: Decimal, factor: Fraction, code: str, wanted: str) -> Decimal:
    exact = Fraction(number) * factor
    converted = Decimal(exact.numerator) / Decimal(exact.denominator)
    if Fraction(converted) != exact:
        raise UnclearError(f"{plain_number(number)} {code} is no exact number of {wanted}")
    return converted


def _digits(number: Decimal) -> str:
    text = plain_number(number) if abs(number.adjusted()) <= MOST_DIGITS else ""
    if not 0 < sum(each.isdigit() for each in text) <= MOST_DIGITS:
        raise UnclearError(f"its number has more than {MOST_DIGITS} digits")
    return text


def fitting(said_of: dict[str, Any], target: Target, catalogue: Catalogue) -> dict[str, Any]:
    """Return what was said if the finding can have it.

    Args:
        said_of: ``value`` or ``parts``, in the shape of a record file.
        target: The finding.
        catalogue: Where it stands.

    Raises:
        UnclearError: The finding is computed from others, or has no such value.

    Example:
        >>> from pathways.reading.catalogues import library_catalogue
        >>> fitting({"value": "7"}, Target("finding", "pain_now"), library_catalogue())
        {'value': '7'}
    """
    finding = catalogue.findings[target.name]
    if finding.derived is not None:
        raise UnclearError(f"'{target.name}' is computed from others, never stated")
    observation = Observation.model_validate(said_of)
    problem = next(observation_faults(observation, finding_shape(target.name, finding)), None)
    if problem is not None:
        raise UnclearError(problem.message)
    return said_of
