"""From a record to what is known on one day.

*Not known* is never *no*: an old no to a warning sign becomes a question again, and whoever was not
sure about a sign is taken to have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from pathways.conditions import KnownValue
from pathways.conditions.quantities import plain_number
from pathways.errors import PathwayError, UnknownNameError
from pathways.records.deriving import derived_facts, inputs_in_words
from pathways.records.facts import Absence, Event, Fact, Facts
from pathways.records.from_history import HistoryFacts, history_facts
from pathways.records.observed import observed, said_until
from pathways.records.record import History, PatientRecord
from pathways.records.values import known_value
from pathways.records.vocabulary import Vocabulary


def facts_of(record: PatientRecord, vocabulary: Vocabulary, on: dt.date) -> Facts:
    """Return what is known of a patient on one day.

    The newest observation of each finding that is not after the day counts; of traits and results
    the newest with a value. Times go on with the calendar. What the history says is added, then what
    is computed from others.

    Of warning signs, an old no becomes ``expired``, counted from the first day it can mean; a yes
    never expires, and only a later no takes it back; asked and not sure is yes (presumed).

    Args:
        record: The record; its names and values were checked by
            :func:`pathways.records.checking.record_problems`.
        vocabulary: What there is to know.
        on: The day.

    Returns:
        Facts, reasons for absence, and events.

    Raises:
        UnknownNameError: The record names what is not known.
        ConditionError: A value is none that its finding can have.
        PathwayError: Two parts of the record contradict each other; the message names both.

    Example:
        >>> from pathways.records.vocabulary import vocabulary_of
        >>> record = PatientRecord(record="x", recorded="2026-11-01", findings={"rf_fever": "no"})
        >>> facts_of(record, vocabulary_of(), dt.date(2026, 11, 20)).absence("rf_fever")
        'expired'
    """
    known: dict[str, Fact] = {}
    absent: dict[str, Absence] = {}
    for name, series in record.findings.items():
        shape = vocabulary.scope.findings.get(name)
        if shape is None:
            raise UnknownNameError("finding", name, vocabulary.scope.findings)
        fact = observed(record, series, shape, vocabulary.catalogue.findings.get(name), on)
        if isinstance(fact, Fact):
            known[name] = fact
        elif fact is not None:
            absent[name] = fact
    _refuse_never_and_tried(record)
    history = history_facts(record, vocabulary, on)
    _refuse_other_history(record, vocabulary, on)
    events = (*history.events, *_stated_events(known, history))
    known |= history.known
    absent = {name: why for name, why in {**history.absent, **absent}.items() if name not in known}
    _add_derived(known, absent, vocabulary)
    ordered = {name: known[name] for name in sorted(known)}
    return Facts(on, ordered, {name: absent[name] for name in sorted(absent)}, events)


def _stated_events(known: Mapping[str, Fact], history: HistoryFacts) -> list[Event]:
    """Return events of treatments and tests whose status stands among the findings."""
    found: list[Event] = []
    for name, fact in known.items():
        owner, _, key = name.partition(".")
        if key != "status" or name in history.known:
            continue
        match fact.value:
            case "now":
                found.append(Event(owner, "treatment", "now"))
            case "stopped":
                found.append(Event(owner, "treatment", "stopped"))
            case "done":
                found.append(Event(owner, "test", "done"))
    return found


def _refuse_never_and_tried(record: PatientRecord) -> None:
    history = record.history
    treatments = [(each.treatment, each.status) for each in history.treatments]
    entries = [*treatments, *((each.test, each.status) for each in history.tests)]
    never = {*history.never, *(name for name, status in entries if status == "never")}
    for name, status in entries:
        if status != "never" and name in never:
            raise PathwayError(
                f"the history says that '{name}' was never tried, and lists it as well; keep one"
            )


def _refuse_other_history(record: PatientRecord, vocabulary: Vocabulary, on: dt.date) -> None:
    for name in sorted(record.findings):
        for _, stated, told in other_history(name, record, vocabulary, on):
            raise PathwayError(
                f"'{name}' is {shown(stated)} among the findings, but {told} by the history; "
                "keep one"
            )


def other_history(
    name: str, record: PatientRecord, vocabulary: Vocabulary, on: dt.date
) -> list[tuple[int, KnownValue, str]]:
    """Return what a finding says of a treatment or test otherwise than the history does.

    Args:
        name: The finding; only one with a dot, such as ``baclofen.status``, has a history.
        record: The record.
        vocabulary: What there is to know.
        on: The day for what has no day; later observations are left out.

    Returns:
        Position of the observation, its value, and what the history says. Each observation is
        compared with the history of its own day; numbers differ from 1 on, since days and weeks are
        rounded.

    Raises:
        ConditionError: A value is none that the finding can have.
    """
    if "." not in name or name not in vocabulary.scope.findings:
        return []
    found: list[tuple[int, KnownValue, str]] = []
    series = record.findings[name]
    alone = record.model_copy(update={"history": _history_of(name.partition(".")[0], record)})
    for said in said_until(record, series, on):
        if said.observation.absent is not None:
            continue
        stated = known_value(said.observation, vocabulary.scope.findings[name])
        told = _told(name, stated, history_facts(alone, vocabulary, said.last or on))
        if told:
            found.append((series.index(said.observation), stated, told))
    return found


def _history_of(owner: str, record: PatientRecord) -> History:
    """Return the part of a history that is about one treatment or test."""
    history = record.history
    return History(
        complete=history.complete,
        treatments=tuple(each for each in history.treatments if each.treatment == owner),
        tests=tuple(each for each in history.tests if each.test == owner),
        never=tuple(each for each in history.never if each == owner),
    )


def _told(name: str, stated: KnownValue, history: HistoryFacts) -> str:
    """Return what the history says instead of a value; empty when it does not."""
    fact = history.known.get(name)
    if fact is None:
        return "never tried" if name in history.absent else ""
    if isinstance(stated, Decimal) and isinstance(fact.value, Decimal):
        return "" if abs(stated - fact.value) < 1 else shown(fact.value)
    return "" if stated == fact.value else shown(fact.value)


def shown(value: KnownValue) -> str:
    """Return a value as a message shows it: ``yes``, ``joint``, ``12``, ``hip, knee``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, Mapping):
        return ", ".join(name for name, yes in value.items() if yes) or "none of its values"
    return value


def _add_derived(
    known: dict[str, Fact], absent: dict[str, Absence], vocabulary: Vocabulary
) -> None:
    """Add what is computed, in place; refuse what was stated otherwise."""
    findings = vocabulary.catalogue.findings
    for name, fact in derived_facts(known, vocabulary).items():
        stated = known.get(name)
        if stated is not None and not _is_rounded(stated.value, fact.value):
            words = inputs_in_words(name, findings[name], known)
            raise PathwayError(
                f"'{name}' is {shown(stated.value)} among the findings, but {shown(fact.value)} "
                f"when computed from {words}; keep what it is computed from"
            )
        known[name] = fact
        absent.pop(name, None)


def _is_rounded(stated: KnownValue, computed: KnownValue) -> bool:
    """Return whether a number is another one, written with fewer digits."""
    if not isinstance(stated, Decimal) or not isinstance(computed, Decimal):
        return False
    exponent = stated.as_tuple().exponent
    places = min(0, exponent) if isinstance(exponent, int) else 0
    return abs(stated - computed) < Decimal(1).scaleb(places)
