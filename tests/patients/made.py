"""Made-up pathways written out in a test, and people with a history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pathways.conditions import KnownValue
from pathways.patients.dialogue import Asked, Dialogue
from pathways.patients.place import Place
from pathways.patients.placing import Placer
from pathways.reading.load import loads
from pathways.records.facts import Event, Fact, Facts

DAY = dt.date(2026, 11, 25)
EARLIER = dt.date(2026, 10, 1)
LONG_AGO = dt.date(2026, 8, 1)
HEAD = """
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
"""


def placer_of(text: str) -> Placer:
    """Return what places people in a pathway that has no head yet."""
    return Placer(loads(HEAD + text))


def person(
    values: Mapping[str, KnownValue] | None = None,
    *,
    events: tuple[Event, ...] = (),
    on: Mapping[str, dt.date | None] | None = None,
    since: Mapping[str, dt.date] | None = None,
) -> Facts:
    """Return somebody of whom some values are known, on a day each or today."""
    days, begun = on or {}, since or {}
    known = {
        name: Fact(name, value, days.get(name, DAY), since=begun.get(name))
        for name, value in (values or {}).items()
    }
    for event in events:
        name = f"{event.name}.status"
        known[name] = Fact(name, event.status, event.last or DAY)
    return Facts(DAY, known, {}, events)


def where(place: Place) -> list[tuple[str, str]]:
    """Return the states of a place and how somebody stands to each."""
    return [(stop.state, stop.how) for stop in place.stops]


def asked(dialogue: Dialogue) -> Asked:
    """Return the question that stands."""
    question = dialogue.question
    assert question is not None
    return question
