"""FHIR Observations, Conditions and the Patient as findings of a record.

Source: HL7 FHIR R4 (4.0.1), pages Observation, Condition and Patient.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pathways.records.dates import earliest, latest
from pathways.records.fhir.codes import LOINC, CodeIndex, Match, Target, label
from pathways.records.fhir.draft import Draft, NotUnderstood, UnclearError, shown
from pathways.records.fhir.elements import Element
from pathways.records.fhir.values import decided, fitting, said

_AGE = (LOINC, "30525-0")
_GENDER = "http://hl7.org/fhir/administrative-gender"
_OBSERVED = frozenset({"final", "amended", "corrected"})
_PRESENT = frozenset({"active", "recurrence", "relapse"})
_GONE = frozenset({"resolved"})
_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_NO_DAY = "its day is not known, and a value without a day would count as one of today"

Said = tuple[Match, dict[str, Any]]


def left_out(
    resource: Element, why: str, code: str = "", inside: Element | None = None
) -> NotUnderstood:
    """Return why a resource, or a part of it, is not in the record.

    Args:
        resource: The resource. Of a Patient no id is kept.
        why: The reason.
        code: What it is about.
        inside: The part that is meant; none: the resource.
    """
    kind = shown(resource.text("resourceType") or "")
    identity = "" if kind == "Patient" else shown(resource.text("id") or "")
    return NotUnderstood(kind, identity, why, code, (inside or resource).path)


def check_status(resource: Element, good: frozenset[str]) -> None:
    """Refuse a resource whose status does not say that it holds.

    Args:
        resource: The resource.
        good: Values of ``status`` that do.

    Raises:
        UnclearError: It has another status, or none.
    """
    status = resource.text("status")
    if status not in good:
        raise UnclearError(f"its status is {shown(status or 'not given')}")


def read_observation(resource: Element, index: CodeIndex, draft: Draft) -> None:
    """Add what an Observation says: values of findings, and tests that were done.

    Args:
        resource: The Observation.
        index: Codes of the catalogue.
        draft: Where to add it.

    Raises:
        UnclearError: Nothing of it can be used.
        DocumentError: It has a wrong shape.
    """
    check_status(resource, _OBSERVED)
    for key in ("bodySite", "focus"):
        if resource.has(key):
            raise UnclearError(f"it has a '{key}', which narrows what its code says")
    day = _observed_day(resource)
    is_test = _add_test(resource, index, draft, day)
    found: list[Said] = []
    for holder in _holders(resource):
        try:
            found += _observed(holder, index, day, is_test=is_test and holder is resource)
        except UnclearError as error:
            code = label(holder.element("code"))
            draft.left.append(left_out(resource, error.why, code, holder))
    for finding, observation in _merged(found):
        draft.observe(finding, _dated(observation, day))


def _add_test(resource: Element, index: CodeIndex, draft: Draft, day: str | None) -> bool:
    """Add the test whose result an Observation is, and return whether it is one."""
    test = index.find(resource.element("code"), "test")
    if test is None:
        return False
    if resource.has("dataAbsentReason"):
        raise UnclearError("the test has no result; whether it was ever done is not known")
    draft.test(test_done(test.target.name, day))
    return True


def _holders(resource: Element) -> Iterator[Element]:
    """Yield what has a value: the Observation unless it is only a panel, and its components."""
    components = resource.elements("component")
    has_value = resource.has("dataAbsentReason") or any(
        key.startswith("value") and resource.has(key) for key in resource.data
    )
    if has_value or not components:
        yield resource
    yield from components


def _observed(holder: Element, index: CodeIndex, day: str | None, *, is_test: bool) -> list[Said]:
    match = index.find(holder.element("code"), "finding")
    if match is None:
        if is_test:
            return []
        raise UnclearError("no finding or test has this code")
    value = said(holder, match, index)
    if day is None and "absent" not in value:
        raise UnclearError(_NO_DAY)
    return [(match, value)]


def test_done(name: str, day: str | None) -> dict[str, str]:
    """Return a test that was done, in the shape of a record file.

    Args:
        name: Name of the test.
        day: Day of it; None when it is not known.

    Example:
        >>> test_done("mri", "2026-10-05"), test_done("mri", None)
        ({'test': 'mri', 'on': '2026-10-05'}, {'test': 'mri', 'status': 'done'})
    """
    return {"test": name, "on": day} if day else {"test": name, "status": "done"}


test_done.__test__ = False  # type: ignore[attr-defined]


def _merged(found: list[Said]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield observations; what one resource says of several values of a finding is one of them."""
    parts: dict[str, dict[str, str]] = {}
    for match, value in found:
        name = match.target.name
        known = parts.setdefault(name, {})
        new = value.get("parts")
        if new is None or any(known.get(key, each) != each for key, each in new.items()):
            yield name, value
        else:
            known |= new
    for name, known in parts.items():
        if known:
            yield name, {"parts": known}


def _dated(value: dict[str, Any], day: str | None) -> dict[str, Any]:
    return {**value, "on": day} if day else value


def _observed_day(resource: Element) -> str | None:
    day = resource.day("effectiveDateTime") or resource.day("effectiveInstant")
    period = resource.element("effectivePeriod")
    if day is None and period is not None:
        day = period.day("end") or period.day("start")
    if resource.has("effectiveTiming"):
        raise UnclearError("its day is a timing, which is not read")
    return day or resource.day("issued")


def read_condition(resource: Element, index: CodeIndex, draft: Draft) -> None:
    """Add what a Condition says: a yes where it is confirmed, a no where it is refuted.

    Args:
        resource: The Condition.
        index: Codes of the catalogue.
        draft: Where to add it.

    Raises:
        UnclearError: It is only suspected, its state is not known, or no finding has its code.
        DocumentError: It has a wrong shape.
    """
    match = index.find(resource.element("code"), "finding")
    if match is None:
        raise UnclearError("no finding has this code")
    verification = _state(resource, "verificationStatus", _VERIFICATION)
    if verification == "refuted":
        if resource.has("bodySite"):
            raise UnclearError("it is refuted for one body site only")
        stated = [(False, resource.day("recordedDate"))]
    elif verification == "confirmed":
        stated = _confirmed(resource, index.catalogue.findings[match.target.name].kind)
    else:
        raise UnclearError(f"its verification status is {shown(verification or 'not given')}")
    _state_all(stated, match, index, draft)


def _state_all(
    stated: list[tuple[bool, str | None]], match: Match, index: CodeIndex, draft: Draft
) -> None:
    """Add all of it or nothing: a yes without the no that ended it would be wrong today."""
    name = match.target.name
    finding = index.catalogue.findings[name]
    found: list[dict[str, Any]] = []
    for yes, day in stated:
        if day is None and not (yes and finding.kind == "trait"):
            raise UnclearError(_NO_DAY)
        value = fitting(decided(finding, match, yes=yes), match.target, index.catalogue)
        found.append(_dated(value, day))
    for each in found:
        draft.observe(name, each)


def _confirmed(resource: Element, kind: str) -> list[tuple[bool, str | None]]:
    onset = resource.day("onsetDateTime")
    period = resource.element("onsetPeriod")
    if onset is None and period is not None:
        onset = period.day("start")
    began: list[tuple[bool, str | None]] = [(True, onset)] if onset else []
    said_on = resource.day("recordedDate") or onset
    if kind == "trait":
        return [(True, said_on)]
    clinical = _state(resource, "clinicalStatus", _CLINICAL)
    ended = resource.day("abatementDateTime")
    if clinical in _PRESENT and not _has_ended(resource):
        return [(True, said_on)]
    if clinical in _GONE and ended is not None:
        return [*began, (False, ended)]
    raise UnclearError(
        f"its clinical status is {shown(clinical or 'not given')}, and whether it is there is not clear"
    )


def _has_ended(resource: Element) -> bool:
    return any(key.startswith("abatement") and resource.has(key) for key in resource.data)


def _state(resource: Element, key: str, system: str) -> str | None:
    concept = resource.element(key)
    for each in concept.elements("coding") if concept else ():
        if each.text("system") == system:
            return each.text("code")
    return None


def read_patient(
    resource: Element, index: CodeIndex, draft: Draft, on: dt.date | None
) -> Iterator[NotUnderstood]:
    """Add the age and the gender of a Patient; nothing else of a Patient is looked at.

    Args:
        resource: The Patient.
        index: Codes of the catalogue. The finding of the age has LOINC 30525-0; the finding of the
            gender has options with codes of FHIR's administrative-gender.
        draft: Where to add it.
        on: Day for which the age is worked out; None leaves it out.

    Yields:
        What of the two is left out.
    """
    for read in (_age, _gender):
        try:
            read(resource, index, draft, on)
        except UnclearError as error:
            yield left_out(resource, error.why)


def _age(resource: Element, index: CodeIndex, draft: Draft, on: dt.date | None) -> None:
    born = resource.day("birthDate")
    targets = [each for each in index.targets(*_AGE) if each.kind == "finding" and not each.option]
    if born is None:
        return
    if len(targets) != 1 or index.catalogue.findings[targets[0].name].unit != "years":
        raise UnclearError("no finding is the age in years")
    if on is None:
        raise UnclearError("the age needs a day: give 'on'")
    ages = {_years(day, on) for day in (earliest(born), latest(born))}
    if len(ages) != 1:
        raise UnclearError("the age is not clear from a birth date without a day")
    value = fitting({"value": str(ages.pop())}, targets[0], index.catalogue)
    draft.observe(targets[0].name, _dated(value, on.isoformat()))


def _years(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _gender(resource: Element, index: CodeIndex, draft: Draft, on: dt.date | None) -> None:
    gender = resource.text("gender")
    if gender is None:
        return
    targets = [each for each in index.targets(_GENDER, gender) if each.option]
    if len(targets) != 1:
        raise UnclearError("no finding is the gender")
    if on is None:
        raise UnclearError("the gender needs a day: give 'on'")
    match = Match(Target("finding", targets[0].name, targets[0].option), exact=True)
    finding = index.catalogue.findings[match.target.name]
    value = fitting(decided(finding, match, yes=True), match.target, index.catalogue)
    draft.observe(match.target.name, _dated(value, on.isoformat()))
