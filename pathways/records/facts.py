"""What is known of a patient on one day: values with their dates, and reasons for absence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pathways.conditions import KnownValue

Origin = Literal["stated", "history", "derived"]
Absence = Literal["not_asked", "asked_unknown", "not_performed", "unknown", "expired"]
"""Why a finding has no value; ``expired``: an old no to a warning sign, to be asked again."""

ASK_AGAIN: frozenset[Absence] = frozenset({"not_asked", "unknown", "expired"})
"""Reasons for which it makes sense to ask; whoever was asked and does not know is left in peace."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One finding with its value.

    Args:
        finding: Name of the finding.
        value: What is known; for several-of findings one yes or no for each value that is known.
        on: Day of the value; None when it is not known.
        by: Who said so; may be empty.
        origin: ``stated`` in the record, from the ``history``, or ``derived`` from other findings.
        since: Of a warning sign that is there: the first day it was said since the last no, or None.
        presumed: Whether somebody was asked about a warning sign and was not sure: it counts as yes.
    """

    finding: str
    value: KnownValue
    on: dt.date | None = None
    by: str = ""
    origin: Origin = "stated"
    presumed: bool = False
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One treatment or test of the history.

    Args:
        name: Name of the treatment or test.
        kind: Which of the two it is.
        status: ``now``, ``stopped`` or ``done``.
        first: Day it began, or was done; None when it is not known.
        last: Day it ended, or was done; None when it goes on or is not known.
    """

    name: str
    kind: Literal["treatment", "test"]
    status: Literal["now", "stopped", "done"]
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class Facts:
    """Everything that is known of a patient on one day.

    Args:
        on: The day it is about.
        known: What has a value, by name of finding.
        absent: Why a finding has none, by name; a finding in neither was not asked.
        events: The history, oldest first; events without a day last, in the order of the record.
    """

    on: dt.date
    known: Mapping[str, Fact] = field(default_factory=dict)
    absent: Mapping[str, Absence] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    @cached_property
    def values(self) -> Mapping[str, KnownValue]:
        """The known values, by name of finding."""
        return {name: fact.value for name, fact in self.known.items()}

    @cached_property
    def taking(self) -> frozenset[str]:
        """The treatments that are under way."""
        ending = ".status"
        return frozenset(
            name.removesuffix(ending)
            for name, fact in self.known.items()
            if fact.value == "now" and name.endswith(ending)
        )

    def absence(self, finding: str) -> Absence | None:
        """Return why a finding has no value; None when it has one."""
        if finding in self.known:
            return None
        return self.absent.get(finding, "not_asked")
