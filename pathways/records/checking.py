"""What is wrong with a record that could be read: its names, its values, its days.

Where two parts of it contradict each other is looked for in
:mod:`pathways.records.contradictions`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from pathways.conditions.quantities import plain_number
from pathways.errors import DocumentError, Problem, did_you_mean
from pathways.reading.marks import Path
from pathways.reading.reports import MOST_PROBLEMS
from pathways.records.contradictions import contradictions
from pathways.records.dates import earliest, latest
from pathways.records.reading import ReadRecord
from pathways.records.record import TreatmentEvent
from pathways.records.values import observation_faults, value_faults
from pathways.records.vocabulary import Vocabulary

_DATES = ("on", "from_", "to")
_NUMBERS = ("weeks", "relief_pct", "relief_weeks")


def record_problems(
    read: ReadRecord, vocabulary: Vocabulary, on: dt.date | None = None
) -> list[Problem]:
    """Return what is wrong with a record, in the order of its file.

    Args:
        read: The record with its places.
        vocabulary: What it may speak of.
        on: The day that is asked for, for dates after it; none: only ``recorded`` counts.

    Returns:
        Problems with the codes ``unknown-finding``, ``unknown-treatment``, ``unknown-test``,
        ``unknown-class``, ``derived-finding``, ``wrong-value``, ``wrong-unit``, ``date-order`` and
        ``contradiction``.

    Example:
        >>> from pathways.records.reading import record_from_dict
        >>> from pathways.records.vocabulary import vocabulary_of
        >>> read = record_from_dict({"record": "x", "findings": {"rf_fevr": "no"}})
        >>> print(record_problems(read, vocabulary_of())[0])
        findings.rf_fevr: error[unknown-finding]: no finding 'rf_fevr'; did you mean 'rf_fever'?
    """
    groups = (
        _name_problems(read, vocabulary),
        _finding_problems(read, vocabulary),
        _history_problems(read, vocabulary),
        _date_problems(read, on),
        contradictions(read, vocabulary, on),
    )
    # Near names for thousands of wrong ones would take minutes, and nobody is shown so many.
    return read.ordered(each for group in groups for each in islice(group, MOST_PROBLEMS + 1))


def refuse_problems(read: ReadRecord, vocabulary: Vocabulary, on: dt.date | None = None) -> None:
    """Raise all that is wrong with a record at once; nothing when all is well.

    Args:
        read: The record with its places.
        vocabulary: What it may speak of.
        on: The day that is asked for.

    Raises:
        DocumentError: Something is wrong.
    """
    problems = record_problems(read, vocabulary, on)
    if problems:
        raise DocumentError(problems)


def _name_problems(read: ReadRecord, vocabulary: Vocabulary) -> Iterator[Problem]:
    catalogue, record = vocabulary.catalogue, read.record
    treatments, tests, classes = [*catalogue.treatments], [*catalogue.tests], [*catalogue.classes]
    history: Path = ("history",)
    for index, entry in enumerate(record.history.treatments):
        path = (*history, "treatments", index, "treatment")
        hint = "it is a test: list it under history.tests" if entry.treatment in tests else ""
        yield from _unknown(read, "treatment", entry.treatment, treatments, path, hint)
    for index, test in enumerate(record.history.tests):
        path = (*history, "tests", index, "test")
        is_treatment = test.test in treatments
        hint = "it is a treatment: list it under history.treatments" if is_treatment else ""
        yield from _unknown(read, "test", test.test, tests, path, hint)
    for index, name in enumerate(record.history.never):
        path = (*history, "never", index)
        hint = "a class: name its treatments" if name in classes else ""
        yield from _unknown(read, "treatment or test", name, [*treatments, *tests], path, hint)
    care = [*treatments, *tests, *classes]
    for index, unavailable in enumerate(record.unavailable):
        path = ("unavailable", index, "what")
        yield from _unknown(read, "treatment, test or class", unavailable.what, care, path)
    findings = [*vocabulary.scope.findings]
    for index, expected in enumerate(record.expected):
        for at, name in enumerate(expected.asks_first):
            path = ("expected", index, "asks_first", at)
            yield from _unknown(read, "finding", name, findings, path)
        for at, name in enumerate(expected.cautions_about):
            path = ("expected", index, "cautions_about", at)
            yield from _unknown(read, "treatment or class", name, [*treatments, *classes], path)


_CODES = {
    "finding": "unknown-finding",
    "treatment": "unknown-treatment",
    "test": "unknown-test",
    "treatment or test": "unknown-treatment",
    "treatment, test or class": "unknown-class",
    "treatment or class": "unknown-class",
}


def _unknown(
    read: ReadRecord,
    kind: str,
    name: str,
    known: Iterable[str],
    path: Path,
    hint: str = "",
    *,
    key: bool = False,
) -> Iterator[Problem]:
    names = list(known)
    if name not in names:
        hint = hint or did_you_mean(name, names)
        yield read.problem(_CODES[kind], path, f"no {kind} '{name}'", hint, key=key)


def _finding_problems(read: ReadRecord, vocabulary: Vocabulary) -> Iterator[Problem]:
    shapes = vocabulary.scope.findings
    for name, series in read.record.findings.items():
        path: Path = ("findings", name)
        if name not in shapes:
            hint = ""
            if f"{name}.status" in shapes:
                hint = (
                    f"'{name}' is a treatment or test: write {name}.status, or list it in history"
                )
            yield from _unknown(read, "finding", name, shapes, path, hint, key=True)
            continue
        finding = vocabulary.catalogue.findings.get(name)
        if finding is not None and finding.derived is not None:
            inputs = " and ".join(finding.derived.of)
            message = f"'{name}' is computed from {inputs}, so it is not given"
            yield read.problem("derived-finding", path, message, f"give {inputs}", key=True)
            continue
        for index, observation in enumerate(series):
            for fault in observation_faults(observation, shapes[name]):
                at = (*path, index, *fault.inside)
                yield read.problem(fault.code, at, fault.message, fault.hint)


def _history_problems(read: ReadRecord, vocabulary: Vocabulary) -> Iterator[Problem]:
    for index, entry in enumerate(read.record.history.treatments):
        if entry.treatment in vocabulary.catalogue.treatments:
            path = ("history", "treatments", index)
            yield from _entry_problems(read, entry, path, vocabulary)


def _entry_problems(
    read: ReadRecord, entry: TreatmentEvent, path: Path, vocabulary: Vocabulary
) -> Iterator[Problem]:
    shapes = vocabulary.scope.findings
    for key in _NUMBERS:
        number = getattr(entry, key)
        if number is None:
            continue
        shape = shapes.get(f"{entry.treatment}.{key}")
        if shape is None:
            message = f"'{entry.treatment}' is no procedure, so it has no '{key}'"
            hint = "say how long it went on with 'weeks'"
            yield read.problem("wrong-value", (*path, key), message, hint, key=True)
            continue
        for fault in value_faults([plain_number(number)], shape):
            yield read.problem(fault.code, (*path, key), fault.message, fault.hint)
    if entry.side_effects is not None:
        shape = shapes[f"{entry.treatment}.side_effects"]
        for fault in value_faults(entry.side_effects, shape):
            inside = (*path, "side_effects", *fault.inside[1:])
            yield read.problem(fault.code, inside, fault.message, fault.hint)


def _date_problems(read: ReadRecord, on: dt.date | None) -> Iterator[Problem]:
    record = read.record
    for index, entry in enumerate(record.history.treatments):
        if entry.from_ and entry.to and latest(entry.to) < earliest(entry.from_):
            message = f"'{entry.treatment}' ends on {entry.to}, before it begins on {entry.from_}"
            path: Path = ("history", "treatments", index, "to")
            yield read.problem("date-order", path, message, "put the days right")
    for path, date in _dates(read):
        if path != ("recorded",) and record.recorded and earliest(date) > latest(record.recorded):
            message = f"{date} is after {record.recorded}, the day of the record"
            hint = "put the day right, or 'recorded'"
            yield read.problem("date-order", path, message, hint)
        elif on is not None and earliest(date) > on:
            message = f"{date} is after {on.isoformat()}, the day that is asked for"
            yield read.problem(
                "date-order", path, message, "put the day right, or ask for a later one"
            )


def _dates(read: ReadRecord) -> Iterator[tuple[Path, str]]:
    """Yield each date of a record with its path."""
    record = read.record
    found: list[tuple[Path, str | None]] = [
        (("recorded",), record.recorded),
        (("episode_began",), record.episode_began),
        (("at", "since"), record.at.since if record.at else None),
    ]
    for name, series in record.findings.items():
        found += [
            (("findings", name, index, "on"), observation.on)
            for index, observation in enumerate(series)
        ]
    for index, entry in enumerate(record.history.treatments):
        path: Path = ("history", "treatments", index)
        found += [((*path, key), getattr(entry, key)) for key in _DATES]
    for index, test in enumerate(record.history.tests):
        found.append((("history", "tests", index, "on"), test.on))
    for path, date in found:
        if date is not None:
            yield path, date
