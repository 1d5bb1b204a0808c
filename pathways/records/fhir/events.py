"""FHIR medicines, procedures, reports and imaging studies as the history of a record.

Source: HL7 FHIR R4 (4.0.1), pages MedicationStatement, MedicationRequest, Medication, Procedure,
DiagnosticReport and ImagingStudy.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pathways.records.dates import latest
from pathways.records.fhir.bundle import Bundle
from pathways.records.fhir.codes import CodeIndex, Match, label
from pathways.records.fhir.draft import Draft, UnclearError, shown
from pathways.records.fhir.elements import Element
from pathways.records.fhir.findings import check_status, left_out, test_done

_OVER = frozenset({"completed", "stopped"})
_ORDERS = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order"})
_REPORTED = frozenset({"final", "amended", "corrected", "appended"})
_PRESCRIBED = "began: the day of the prescription"
_TAKEN = "began: a day on which it was taken"


@dataclass(frozen=True)
class Around:
    """What stands around a resource.

    Args:
        bundle: All resources.
        index: Codes of the catalogue.
        draft: Where to add what is understood.
        on: The day it is; None when nobody said so.
        used: Positions of the Medications that others refer to; grows.
    """

    bundle: Bundle
    index: CodeIndex
    draft: Draft
    on: dt.date | None
    used: set[int] = field(default_factory=set)


def read_statement(resource: Element, around: Around) -> None:
    """Add the treatment that a MedicationStatement says is taken, or was.

    Args:
        resource: The MedicationStatement.
        around: What stands around it.

    Raises:
        UnclearError: Whether it was taken is not clear, or no treatment has its code.
        DocumentError: It has a wrong shape.
    """
    match = _medicine(resource, around)
    status = resource.text("status")
    period = resource.element("effectivePeriod")
    single = resource.day("effectiveDateTime")
    if status == "not-taken":
        _not_taken(resource, match, around, has_days=bool(period or single))
        return
    event = {"treatment": match.target.name}
    if period is not None:
        event |= _days(period)
    elif single is not None:
        event |= {"from": single, "note": _TAKEN}
    around.draft.treat(_with_status(event, status, around.on))


def _not_taken(resource: Element, match: Match, around: Around, *, has_days: bool) -> None:
    """That it was not taken for some time does not say that it never was."""
    if has_days:
        raise UnclearError("it was not taken in that time; whether it ever was is not known")
    if not match.exact:
        raise UnclearError("that one of several medicines was not taken leaves the others open")
    why = "it says not taken, and another resource says taken"
    what = left_out(resource, why, match.target.name)
    around.draft.never.append((match.target.name, what))


def read_request(resource: Element, around: Around) -> None:
    """Add the treatment that a MedicationRequest orders.

    Args:
        resource: The MedicationRequest.
        around: What stands around it.

    Raises:
        UnclearError: It is no order, or no longer one that says what is taken.
        DocumentError: It has a wrong shape.
    """
    match = _medicine(resource, around)
    if resource.boolean("doNotPerform"):
        raise UnclearError("it asks not to give the medicine")
    if resource.text("intent") not in _ORDERS:
        raise UnclearError(f"its intent is {shown(resource.text('intent') or 'not given')}")
    event = {"treatment": match.target.name}
    ordered = resource.day("authoredOn")
    if ordered is not None:
        event |= {"from": ordered, "note": _PRESCRIBED}
    around.draft.treat(_with_status(event, resource.text("status"), around.on))


def _with_status(event: dict[str, str], status: str | None, on: dt.date | None) -> dict[str, str]:
    """Add to a medicine whether it is taken now or is over."""
    ended = event.get("to")
    if status in _OVER:
        return event if ended else {**event, "status": "stopped"}
    if status != "active":
        raise UnclearError(f"its status is {shown(status or 'not given')}")
    if ended is None:
        return {**event, "status": "now"}
    if on is None or latest(ended) < on:
        raise UnclearError("it is active and has an end; whether it is taken now is not clear")
    return {**{key: each for key, each in event.items() if key != "to"}, "status": "now"}


def _days(period: Element) -> dict[str, str]:
    days = {"from": period.day("start"), "to": period.day("end")}
    return {key: day for key, day in days.items() if day is not None}


def _medicine(resource: Element, around: Around) -> Match:
    if resource.has("medication"):
        raise UnclearError("'medication' is of FHIR R5; R4 has medicationCodeableConcept")
    concept = resource.element("medicationCodeableConcept")
    if concept is None:
        concept = _referred(resource, around)
    match = around.index.find(concept, "treatment")
    if match is None:
        code = label(concept)
        raise UnclearError(f"no treatment has this code{f': {code}' if code else ''}")
    return match


def _referred(resource: Element, around: Around) -> Element | None:
    reference = resource.element("medicationReference")
    target = reference.text("reference") if reference else None
    if target is None:
        raise UnclearError("it does not say which medicine")
    if target.startswith("#"):
        found = next(
            (each for each in resource.elements("contained") if each.text("id") == target[1:]),
            None,
        )
    else:
        position = around.bundle.position(target)
        found = around.bundle.resources[position] if position is not None else None
    if found is None or found.text("resourceType") != "Medication":
        raise UnclearError("the Medication it refers to is not there")
    if not target.startswith("#") and position is not None:
        around.used.add(position)
    return found.element("code")


def read_procedure(resource: Element, around: Around) -> None:
    """Add a Procedure that was done or is under way.

    Args:
        resource: The Procedure.
        around: What stands around it.

    Raises:
        UnclearError: It was not done or not finished, or nothing has its code.
        DocumentError: It has a wrong shape.
    """
    code = resource.element("code")
    test = around.index.find(code, "test")
    treatment = around.index.find(code, "treatment")
    if test is None and treatment is None:
        raise UnclearError("no treatment or test has this code")
    status = resource.text("status")
    if status == "not-done":
        raise UnclearError("it was not done this time; whether it ever was is not known")
    if status not in ("completed", "in-progress"):
        raise UnclearError(f"its status is {shown(status or 'not given')}")
    days = _performed(resource, around.draft)
    if treatment is not None:
        around.draft.treat(_treated(treatment.target.name, days, over=status == "completed"))
    if test is not None:
        if status != "completed":
            raise UnclearError("the test is not finished")
        day = days.get("on") or days.get("to") or days.get("from")
        around.draft.test(test_done(test.target.name, day))


def _performed(resource: Element, draft: Draft) -> dict[str, str]:
    day = resource.day("performedDateTime")
    period = resource.element("performedPeriod")
    if day is not None:
        return {"on": day}
    if period is not None:
        days = _days(period)
        is_one_day = bool(days) and days.get("from") == days.get("to")
        return {"on": days["to"]} if is_one_day else days
    other = sorted(
        key
        for key in resource.data
        if key.startswith(("performed", "occurrence")) and resource.has(key)
    )
    for key in other:
        why = f"{shown(key)} is not read; the procedure stands without a day"
        draft.left.append(left_out(resource, why, label(resource.element("code"))))
    return {}


def _treated(name: str, days: dict[str, str], *, over: bool) -> dict[str, str]:
    event = {"treatment": name, **days}
    if over:
        return event if "on" in days or "to" in days else {**event, "status": "stopped"}
    began = days.get("on") or days.get("from")
    return {"treatment": name, **({"from": began} if began else {}), "status": "now"}


def read_report(resource: Element, around: Around) -> None:
    """Add the test that a DiagnosticReport is about; its results stand in Observations.

    Args:
        resource: The DiagnosticReport.
        around: What stands around it.

    Raises:
        UnclearError: It is not final, or no test has its code.
        DocumentError: It has a wrong shape.
    """
    check_status(resource, _REPORTED)
    test = around.index.find(resource.element("code"), "test")
    if test is None:
        raise UnclearError("no test has this code")
    day = resource.day("effectiveDateTime")
    period = resource.element("effectivePeriod")
    if day is None and period is not None:
        day = period.day("end") or period.day("start")
    around.draft.test(test_done(test.target.name, day or resource.day("issued")))


def read_imaging(resource: Element, around: Around) -> None:
    """Add the tests that an ImagingStudy is made of.

    Args:
        resource: The ImagingStudy.
        around: What stands around it.

    Raises:
        UnclearError: It is not available, or no test has one of its codes.
        DocumentError: It has a wrong shape.
    """
    check_status(resource, frozenset({"available"}))
    codes = resource.elements("procedureCode")
    if not codes:
        raise UnclearError("it has no procedure code")
    for code in codes:
        test = around.index.find(code, "test")
        if test is not None:
            around.draft.test(test_done(test.target.name, resource.day("started")))
        else:
            left = left_out(resource, "no test has this code", label(code), code)
            around.draft.left.append(left)
