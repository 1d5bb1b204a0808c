"""Where two parts of a record contradict each other; each is named with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from pathways.conditions.scope import FindingShape
from pathways.errors import PathwayError, Problem
from pathways.reading.marks import Path
from pathways.records.dates import earliest, latest
from pathways.records.knowing import other_history, shown
from pathways.records.reading import ReadRecord
from pathways.records.record import Observation, TreatmentEvent
from pathways.records.values import known_value
from pathways.records.vocabulary import Vocabulary

CODE = "contradiction"
_SAID = ("status", "weeks", "as_advised", "relief_pct", "relief_weeks", "side_effects")
_IN_WORDS = {"relief_pct": "relief in percent", "as_advised": "done as advised"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the history, of a treatment or a test."""

    name: str
    status: str
    path: Path


def contradictions(
    read: ReadRecord, vocabulary: Vocabulary, on: dt.date | None = None
) -> Iterator[Problem]:
    """Yield what cannot both be true.

    Args:
        read: The record with its places.
        vocabulary: What it may speak of.
        on: The day that is asked for; none: the day of the record.
    """
    yield from _same_day(read, vocabulary)
    yield from _never_and_listed(read)
    yield from _overlapping(read)
    yield from _findings_against_history(read, vocabulary, on)


def _same_day(read: ReadRecord, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Two values of one finding on one day: nobody can tell which is newer."""
    for name, series in read.record.findings.items():
        shape = vocabulary.scope.findings.get(name)
        if shape is None:
            continue
        first: dict[str, tuple[int, str]] = {}
        for index, observation in enumerate(series):
            day = observation.on or read.record.recorded or ""
            words = _in_words(observation, shape)
            at, before = first.setdefault(day, (index, words))
            if before != words:
                when = f" on {day}" if day else ""
                message = f"'{name}' is {words}{when}, but {before} on the same day"
                yield _problem(read, ("findings", name, index), message, ("findings", name, at))


def _in_words(observation: Observation, shape: FindingShape) -> str:
    if observation.absent is not None:
        return observation.absent
    try:
        value = known_value(observation, shape)
    except PathwayError:
        return ", ".join(observation.value or ())
    if isinstance(value, Mapping):
        said = [f"{key}: {'yes' if yes else 'no'}" for key, yes in sorted(value.items())]
        return "{" + ", ".join(said) + "}"
    return shown(value)


def _problem(read: ReadRecord, path: Path, message: str, other: Path) -> Problem:
    where = read.address(other)
    return read.problem(CODE, path, f"{message} ({where})", "keep the one that is right")


def _never_and_listed(read: ReadRecord) -> Iterator[Problem]:
    history = read.record.history
    said_never: dict[str, Path] = {}
    for index, name in enumerate(history.never):
        said_never.setdefault(name, ("history", "never", index))
    entries = [
        *(
            _Entry(each.treatment, _status(each), ("history", "treatments", index))
            for index, each in enumerate(history.treatments)
        ),
        *(
            _Entry(each.test, each.status or "done", ("history", "tests", index))
            for index, each in enumerate(history.tests)
        ),
    ]
    for entry in entries:
        if entry.status == "never":
            said_never.setdefault(entry.name, entry.path)
    for entry in entries:
        if entry.status != "never" and entry.name in said_never:
            message = f"'{entry.name}' is {entry.status} here, but never elsewhere"
            yield _problem(read, entry.path, message, said_never[entry.name])


def _status(entry: TreatmentEvent) -> str:
    if entry.status is not None:
        return entry.status
    return "now" if entry.from_ and not entry.to else "stopped"


def _overlapping(read: ReadRecord) -> Iterator[Problem]:
    """Two entries of one treatment for the same time that say different things."""
    groups: dict[tuple[str, str, str], list[_Span]] = {}
    for index, entry in enumerate(read.record.history.treatments):
        for key in _SAID if entry.status != "never" else ():
            value = _value(entry, key)
            if value:
                kind, begin, end = _span(entry)
                span = _Span(begin, end, value, ("history", "treatments", index, key))
                groups.setdefault((entry.treatment, kind, key), []).append(span)
    for (name, _, key), spans in groups.items():
        for first, second in _different(spans):
            what = _IN_WORDS.get(key, key.replace("_", " "))
            message = (
                f"'{name}' has {what} {second.value} here, but {first.value} "
                "in another entry of the same time"
            )
            yield _problem(read, second.path, message, first.path)


@dataclass(frozen=True, slots=True)
class _Span:
    """What one entry says, and the days on which it holds for certain; the last is not one of them."""

    begin: dt.date
    end: dt.date
    value: str
    path: Path


def _different(spans: list[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Yield spans that overlap another one with another value, each once, with that one before it.

    Only the two that reach furthest, of different values, can matter to those that begin later.
    """
    furthest: list[_Span] = []
    for span in sorted(spans, key=lambda each: each.begin):
        if span.begin >= span.end:
            continue
        other = next((each for each in furthest if each.value != span.value), None)
        if other is not None and other.end > span.begin:
            yield (other, span) if other.path[2:3] < span.path[2:3] else (span, other)
        by_value = {each.value: each for each in furthest}
        kept = by_value.get(span.value)
        if kept is None or kept.end < span.end:
            by_value[span.value] = span
        furthest = sorted(by_value.values(), key=lambda each: each.end, reverse=True)[:2]


def _value(entry: TreatmentEvent, key: str) -> str:
    if key == "status":
        return _status(entry)
    value = getattr(entry, key)
    if value is None:
        return ""
    return ", ".join(sorted(value)) if isinstance(value, tuple) else str(value)


def _span(entry: TreatmentEvent) -> tuple[str, dt.date, dt.date]:
    """Return what sort of time an entry has, and the days on which it holds for certain."""
    day = dt.timedelta(1)
    if entry.on is not None:
        return "day", latest(entry.on), earliest(entry.on) + day
    if entry.from_ is None and entry.to is None:
        return "no day", dt.date.min, dt.date.max
    end = earliest(entry.to) if entry.to else dt.date.max
    if entry.from_ is None or (entry.to is None and _status(entry) != "now"):
        return "stretch", end, end
    return "stretch", latest(entry.from_), end


def _findings_against_history(
    read: ReadRecord, vocabulary: Vocabulary, on: dt.date | None
) -> Iterator[Problem]:
    day = _day_asked(read, on)
    for name in read.record.findings:
        # Wrong names and values are reported where they stand; they cannot be compared.
        with suppress(PathwayError):
            for index, stated, told in other_history(name, read.record, vocabulary, day):
                message = f"'{name}' is {shown(stated)} here, but {told} by the history"
                path = ("findings", name, index)
                yield _problem(read, path, message, _path_in_history(read, name.partition(".")[0]))


def _day_asked(read: ReadRecord, on: dt.date | None) -> dt.date:
    """Return the day for what has none: that asked for, that of the record, else the last of all."""
    if on is not None:
        return on
    if read.record.recorded:
        return latest(read.record.recorded)
    days = [each.on for series in read.record.findings.values() for each in series]
    for entry in read.record.history.treatments:
        days += [entry.on, entry.from_, entry.to]
    days += [each.on for each in read.record.history.tests]
    return max((latest(day) for day in days if day), default=dt.date.max)


def _path_in_history(read: ReadRecord, name: str) -> Path:
    history = read.record.history
    for index, each in enumerate(history.treatments):
        if each.treatment == name:
            return ("history", "treatments", index)
    for at, test in enumerate(history.tests):
        if test.test == name:
            return ("history", "tests", at)
    if name in history.never:
        return ("history", "never", history.never.index(name))
    return ("history", "complete")
