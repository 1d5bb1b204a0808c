"""A patient record from FHIR R4 resources: what the codes of a catalogue say for certain.

Mapped, by the codes of the catalogue and by nothing else:

``Observation``
    a value of a finding, or a reason for absence; its components likewise; a code of a test: done.
``Condition``
    confirmed and active: yes; refuted: no; resolved on a known day: no from that day. For a trait
    (a history of cancer) confirmed is yes, whatever became of it.
``MedicationStatement``, ``MedicationRequest``
    a treatment that is taken now, or was stopped, or was never taken.
``Procedure``, ``DiagnosticReport``, ``ImagingStudy``
    a treatment or a test of the history.
``Patient``
    age and gender. Name, address, identifiers and birth date never get into the record.

Everything else is listed with the reason, since *not known* is never *no*. Nothing is guessed: a
unit that is not the one of the finding, a suspected diagnosis, a code that means two things, a value
without a day, an element that changes the meaning of others (``modifierExtension``). Doses, notes,
interpretations, outcomes and who said so are not looked at.

Source: HL7 FHIR R4 (4.0.1), pages Bundle, Observation, Condition, MedicationStatement,
MedicationRequest, Procedure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathways.errors import DocumentError, Problem
from pathways.model.catalogue import Catalogue
from pathways.model.words import HYPHEN_NAME_PATTERN
from pathways.records.dates import earliest
from pathways.records.fhir.bundle import Bundle, other_subject, read_bundle
from pathways.records.fhir.codes import CodeIndex, label
from pathways.records.fhir.draft import Draft, NotUnderstood, UnclearError, shown
from pathways.records.fhir.elements import Element, fault
from pathways.records.fhir.events import (
    Around,
    read_imaging,
    read_procedure,
    read_report,
    read_request,
    read_statement,
)
from pathways.records.fhir.findings import (
    left_out,
    read_condition,
    read_observation,
    read_patient,
)

__all__ = ["FhirRead", "NotUnderstood", "record_from_bundle"]

MAX_PROBLEMS = 100
"""So many wrong shapes are listed."""


@dataclass(frozen=True)
class FhirRead:
    """What was read from FHIR resources.

    Args:
        data: A record in the shape of a record file, to be checked like any other.
        not_understood: Everything that is not in it, in the order of the document, with the reason.
    """

    data: dict[str, Any]
    not_understood: tuple[NotUnderstood, ...]


def record_from_bundle(
    bundle: Any, vocabulary_catalogue: Catalogue, name: str, *, on: dt.date | None = None
) -> FhirRead:
    """Read a patient record from a FHIR R4 Bundle, or from one resource.

    Args:
        bundle: Parsed JSON of a Bundle with the resources of one person, or of one resource.
            At most 10,000 entries. NDJSON is not read.
        vocabulary_catalogue: The findings, treatments and tests, with the codes they are known by.
        name: Name of the record: small letters, digits and hyphens; never the name of a person.
        on: The day it is, for the age and for medicines with an end; none: the day of the bundle's
            ``timestamp``.

    Returns:
        The record as plain data, and everything that was not understood.

    Raises:
        DocumentError: It is no FHIR, is too large, is about several people, or has wrong shapes;
            the first of each resource is listed, with its place.

    Example:
        >>> from pathways.reading.catalogues import library_catalogue
        >>> pain = {"resourceType": "Observation", "id": "o1", "status": "final",
        ...         "effectiveDateTime": "2026-11-20", "valueInteger": 7,
        ...         "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]}}
        >>> record_from_bundle(pain, library_catalogue(), "someone").data["findings"]
        {'pain_now': [{'value': '7', 'on': '2026-11-20'}]}
    """
    if re.fullmatch(HYPHEN_NAME_PATTERN, name) is None:
        hint = "a record name has small letters, digits and hyphens, such as example-1"
        fault("fhir-name", "", f"'{shown(name)}' cannot be the name of a record", hint)
    found = read_bundle(bundle)
    day = on or _day_of(found)
    around = Around(found, CodeIndex(vocabulary_catalogue), Draft(), day)
    _read_all(around)
    draft = around.draft
    left = (*draft.left, *draft.contradicted(), *_not_used(around))
    return FhirRead(draft.data(name), _in_order(left))


def _day_of(bundle: Bundle) -> dt.date | None:
    stamp = bundle.timestamp
    return earliest(stamp) if stamp is not None and stamp.count("-") == 2 else None


def _read_all(around: Around) -> None:
    """Read each resource; what has a wrong shape does not hide the next."""
    problems: list[Problem] = []
    for resource in around.bundle.resources:
        try:
            _read_one(resource, around)
        except UnclearError as error:
            around.draft.left.append(left_out(resource, error.why, label(_about(resource))))
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(problems[:MAX_PROBLEMS])


def _about(resource: Element) -> Element | None:
    """Return the code of a resource, wherever its type has it."""
    for key in ("code", "medicationCodeableConcept"):
        if isinstance(resource.data.get(key), Mapping):
            return resource.element(key)
    return None


def _read_one(resource: Element, around: Around) -> None:
    kind = resource.text("resourceType") or ""
    read = _READERS.get(kind)
    if read is None:
        if kind != "Medication":
            raise UnclearError(f"resources of type {shown(kind)} are not read")
        return
    for key in ("modifierExtension", "implicitRules"):
        if resource.has(key):
            raise UnclearError(f"it has '{key}', which may change what the rest means")
    other = other_subject(resource)
    if other:
        raise UnclearError(f"it is about a {shown(other)}, not about a person")
    read(resource, around)


def _observation(resource: Element, around: Around) -> None:
    read_observation(resource, around.index, around.draft)


def _condition(resource: Element, around: Around) -> None:
    read_condition(resource, around.index, around.draft)


def _patient(resource: Element, around: Around) -> None:
    around.draft.left += read_patient(resource, around.index, around.draft, around.on)


_READERS: Mapping[str, Callable[[Element, Around], None]] = {
    "Condition": _condition,
    "DiagnosticReport": read_report,
    "ImagingStudy": read_imaging,
    "MedicationRequest": read_request,
    "MedicationStatement": read_statement,
    "Observation": _observation,
    "Patient": _patient,
    "Procedure": read_procedure,
}


def _not_used(around: Around) -> Iterator[NotUnderstood]:
    """Yield entries without a resource, and Medications that nothing refers to."""
    for where in around.bundle.empty:
        yield NotUnderstood("Bundle", "", "an entry without a resource", where=where)
    for position, resource in enumerate(around.bundle.resources):
        if resource.text("resourceType") == "Medication" and position not in around.used:
            why = "no statement and no request refers to it"
            yield left_out(resource, why, label(resource.element("code")))


def _in_order(left: tuple[NotUnderstood, ...]) -> tuple[NotUnderstood, ...]:
    """Sort by place; equal places keep the order in which they were found."""

    def place(each: NotUnderstood) -> tuple[int, ...]:
        return tuple(int(number) for number in re.findall(r"\[([0-9]+)\]", each.where))

    return tuple(sorted(left, key=place))
