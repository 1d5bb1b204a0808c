"""What the history of a record says of each treatment and test on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pathways.conditions import KnownValue, Value, read_value
from pathways.conditions.scope import FindingShape
from pathways.errors import UnknownNameError
from pathways.records.dates import add_months, earliest, latest, months_between, rounded_down
from pathways.records.facts import Absence, Event, Fact
from pathways.records.record import PatientRecord, TreatmentEvent
from pathways.records.vocabulary import Vocabulary

TENTH = Decimal("0.1")
_OUTCOMES = ("relief_pct", "as_advised", "side_effects", "relief_weeks", "months_since")
_NEVER_TRIED: Mapping[str, KnownValue] = {
    "status": "never",
    "weeks": Decimal(0),
    "count_12mo": Decimal(0),
}


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """What a history says.

    Args:
        known: Facts by name of finding, such as ``baclofen.status``.
        absent: Findings that cannot have a value, since the treatment was never tried.
        events: Treatments and tests, oldest first; those without a day last.
    """

    known: Mapping[str, Fact]
    absent: Mapping[str, Absence]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One entry of a treatment that was tried, as it was on the day.

    Args:
        entry: The entry.
        status: What it says for that day.
        first: First day it may have begun; None when it is not known.
        last: Last day of it; None when it goes on or is not known.
    """

    entry: TreatmentEvent
    status: Literal["now", "stopped"]
    first: dt.date | None
    last: dt.date | None


_Found = Mapping[str, tuple[Value, _Stretch | None]]
"""Values by key, such as ``weeks``, and the entry that each is from; None: from all of them."""


def history_facts(record: PatientRecord, vocabulary: Vocabulary, on: dt.date) -> HistoryFacts:
    """Return what the history of a record says on one day.

    Args:
        record: The record; what it says of later days is left out.
        vocabulary: The treatments and tests.
        on: The day it is about.

    Returns:
        The status of each treatment and test that the history speaks of (of all, where it is
        complete), and of treatments: ``.weeks``, the whole time on it, from the days on which it
        lasted for certain, to a tenth of a week; ``.relief_pct``, ``.as_advised``,
        ``.side_effects`` and ``.relief_weeks`` as of the latest entry that has them;
        ``.months_since`` the last day of a procedure, in whole months; ``.count_12mo``, known only
        where the history is complete and no day is in doubt. What was never tried has 0 weeks and
        was had 0 times.

    Raises:
        UnknownNameError: It names a treatment or test that is not known.
        ConditionError: A value is none that the finding can have.

    Example:
        >>> from pathways.records.vocabulary import vocabulary_of
        >>> record = PatientRecord(record="x", history={"never": ["mri"]})
        >>> history_facts(record, vocabulary_of(), dt.date(2026, 11, 20)).known["mri.status"].value
        'never'
    """
    _refuse_unknown(record, vocabulary)
    known: dict[str, Fact] = {}
    absent: dict[str, Absence] = {}
    stretches = list(_stretches(record, on))
    for name in vocabulary.catalogue.treatments:
        own = [each for each in stretches if each.entry.treatment == name]
        if own:
            found = _of_tried(own, on, complete=record.history.is_complete)
        elif _is_never(name, record):
            found = {key: (value, None) for key, value in _NEVER_TRIED.items()}
            absent |= _outcomes_of(name, vocabulary)
        else:
            continue
        known |= _facts(name, found, record, vocabulary)
    tests = list(_tests(record, on))
    done = {each.name: each for each in sorted(tests, key=lambda each: each.first or dt.date.min)}
    for name in vocabulary.catalogue.tests:
        if name in done:
            status: _Found = {"status": ("done", None)}
            known |= _facts(name, status, record, vocabulary, day=done[name].first)
        elif _is_never(name, record):
            known |= _facts(name, {"status": ("never", None)}, record, vocabulary)
    events = [*(_event(each) for each in stretches), *tests]
    return HistoryFacts(known, absent, tuple(sorted(events, key=_age)))


def _refuse_unknown(record: PatientRecord, vocabulary: Vocabulary) -> None:
    treatments, tests = vocabulary.catalogue.treatments, vocabulary.catalogue.tests
    history = record.history
    for kind, names, known in (
        ("treatment", [each.treatment for each in history.treatments], [*treatments]),
        ("test", [each.test for each in history.tests], [*tests]),
        ("treatment or test", history.never, [*treatments, *tests]),
    ):
        for name in names:
            if name not in known:
                raise UnknownNameError(kind, name, known)


def _is_never(name: str, record: PatientRecord) -> bool:
    """Return whether the history says that something was never tried; nothing later does."""
    history = record.history
    entries = [(each.treatment, each.status) for each in history.treatments]
    tests = [(each.test, each.status) for each in history.tests]
    return (
        history.is_complete
        or name in history.never
        or (name, "never") in entries
        or (name, "never") in tests
    )


def said_on(record: PatientRecord) -> dt.date | None:
    """Return the day on which what has no day of its own was said; the first it can be."""
    return earliest(record.recorded) if record.recorded else None


def _facts(
    name: str,
    found: _Found,
    record: PatientRecord,
    vocabulary: Vocabulary,
    *,
    day: dt.date | None = None,
) -> Iterator[tuple[str, Fact]]:
    for key, (value, stretch) in found.items():
        shape = vocabulary.scope.findings.get(f"{name}.{key}")
        if shape is None:
            continue
        last = stretch.last if stretch else day
        by = (stretch.entry.by if stretch else None) or ""
        said = last or said_on(record)
        yield shape.name, Fact(shape.name, _fitting(shape, value), said, by, "history")


def _fitting(shape: FindingShape, value: Value) -> KnownValue:
    """Return a value in its type; times and counts that lead beyond the range stop at its end."""
    if isinstance(value, Decimal) and shape.high is not None and shape.name.endswith(_COUNTED):
        value = min(value, shape.high)
    return read_value(shape, value)


_COUNTED = (".weeks", ".months_since", ".count_12mo")


def _outcomes_of(name: str, vocabulary: Vocabulary) -> dict[str, Absence]:
    names = [f"{name}.{key}" for key in _OUTCOMES]
    return {each: "not_performed" for each in names if each in vocabulary.scope.findings}


def _stretches(record: PatientRecord, on: dt.date) -> Iterator[_Stretch]:
    said = said_on(record)
    for entry in record.history.treatments:
        status = _status_on(entry, said, on)
        if status is None:
            continue
        begin, end = entry.on or entry.from_, entry.on or entry.to
        last = min(latest(end), on) if end and status == "stopped" else None
        yield _Stretch(entry, status, earliest(begin) if begin else None, last)


def _status_on(
    entry: TreatmentEvent, said: dt.date | None, on: dt.date
) -> Literal["now", "stopped"] | None:
    """Return whether a treatment goes on that day or is over; None when it was not tried until then."""
    begin = entry.on or entry.from_
    if entry.status == "never" or (begin and earliest(begin) > on):
        return None
    if entry.to and earliest(entry.to) > on:
        return "now" if begin else None
    if entry.status is not None:
        is_later = not begin and not entry.to and said is not None and said > on
        return None if is_later else entry.status
    return "now" if entry.from_ and not entry.to else "stopped"


def _event(stretch: _Stretch) -> Event:
    name = stretch.entry.treatment
    return Event(name, "treatment", stretch.status, stretch.first, stretch.last)


def _tests(record: PatientRecord, on: dt.date) -> Iterator[Event]:
    said = said_on(record)
    for each in record.history.tests:
        day = earliest(each.on) if each.on else said
        if each.status == "never" or (day is not None and day > on):
            continue
        first = earliest(each.on) if each.on else None
        yield Event(each.test, "test", "done", first, min(latest(each.on), on) if each.on else None)


def _age(event: Event) -> tuple[dt.date, dt.date]:
    return event.first or event.last or dt.date.max, event.last or dt.date.max


def _of_tried(own: list[_Stretch], on: dt.date, *, complete: bool) -> _Found:
    """Return what is known of a treatment that was tried."""
    by_age = sorted(own, key=lambda each: _recency(each, on))
    newest = next((each for each in reversed(by_age) if each.status == "now"), by_age[-1])
    found: dict[str, tuple[Value, _Stretch | None]] = {"status": (newest.status, newest)}
    weeks = _weeks(own, on)
    if weeks is not None:
        found["weeks"] = (weeks, newest)
    for stretch in by_age:
        entry = stretch.entry
        for key in ("relief_pct", "as_advised", "relief_weeks"):
            if getattr(entry, key) is not None:
                found[key] = (getattr(entry, key), stretch)
        if entry.side_effects is not None:
            found["side_effects"] = (frozenset(entry.side_effects), stretch)
    months = _months_since(own, on)
    if months is not None:
        found["months_since"] = (Decimal(months), newest)
    count = _count_12mo(own, on) if complete else None
    if count is not None:
        found["count_12mo"] = (Decimal(count), newest)
    return found


def _recency(stretch: _Stretch, on: dt.date) -> tuple[dt.date, dt.date]:
    """What goes on is newer than what is over; of what is over without a day nothing is said."""
    end = on if stretch.status == "now" else stretch.last
    return end or dt.date.min, stretch.first or dt.date.min


def _weeks(own: list[_Stretch], on: dt.date) -> Decimal | None:
    """Return the whole time on a treatment; None where that of one entry cannot be told."""
    said = Decimal(0)
    spans: list[tuple[dt.date, dt.date]] = []
    lasting = [each for each in own if not _is_over_at_once(each)]
    for each in lasting:
        entry = each.entry
        begin, end = entry.on or entry.from_, entry.to
        if entry.weeks is not None:
            said += entry.weeks
        elif begin and (end or each.status == "now"):
            last = min(earliest(end), on) if end else on
            spans.append((latest(begin), last))
        else:
            return None
    return said + rounded_down(Fraction(_days_in(spans), 7), TENTH) if lasting else None


def _is_over_at_once(stretch: _Stretch) -> bool:
    """A procedure done on one day takes no weeks."""
    entry = stretch.entry
    return entry.on is not None and stretch.status == "stopped" and entry.weeks is None


def _days_in(spans: list[tuple[dt.date, dt.date]]) -> int:
    """Return how many days lie in any of some spans; days in two of them count once."""
    days = 0
    until = dt.date.min
    for first, last in sorted(spans):
        begin = max(first, until)
        if last > begin:
            days += (last - begin).days
        until = max(until, last)
    return days


def _months_since(own: list[_Stretch], on: dt.date) -> int | None:
    """Return the time since the last of several procedures, where the last is known."""
    days = [each.entry.on or each.entry.to for each in own if each.status == "stopped"]
    if not days or None in days:
        return None
    last = max(min(latest(day), on) for day in days if day)
    return months_between(last, on)


def _count_12mo(own: list[_Stretch], on: dt.date) -> int | None:
    """Return how often something was begun in the last 12 months; None where a day is in doubt."""
    begin = add_months(on, -12)
    count = 0
    for each in own:
        day = each.entry.on or each.entry.from_
        if day is None:
            return None
        if earliest(day) > begin:
            count += 1
        elif latest(day) > begin:
            return None
    return count
