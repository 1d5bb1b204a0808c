"""Where a patient is in a pathway and what could be next: plain data.

Every name stands for a state, a way, a finding or a treatment of the pathway; the words are made by
whoever shows it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pathways.boxes import Status
from pathways.model.findings import InterruptLevel

Headline = Literal["emergency", "urgent", "check_signs", "here", "finished"]
"""What an answer says first: go now, see a clinician, first check the signs, you are here, it ends here."""

How = Literal["at", "due", "under_way", "done", "not_available"]
"""How somebody stands to a stop: at a question or situation; or care that is due, goes on, is done,
or would be due and cannot be had."""

Reasons = tuple[tuple[str, ...], ...]
"""The smallest sets of known findings that alone decide something, the smallest first."""


@dataclass(frozen=True, slots=True)
class WayStatus:
    """How a patient stands to one way on.

    Args:
        way: Its name, such as ``review/1``.
        source: The state it leaves.
        target: The state it leads to.
        provided: Its status, provided that none of the warning signs not asked about is there.
        whatever: Its status whatever is unknown, those signs included.
        reasons: Why it is certain or excluded (``provided``): each reason alone is enough.
        depends_on: Findings, not known, that can still decide it; nothing unless it is possible.
        unavailable: What it leads to and cannot be had: treatments and tests; else nothing.
    """

    way: str
    source: str
    target: str
    provided: Status
    whatever: Status
    reasons: Reasons = ()
    depends_on: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is certain or possible, and what it leads to can be had."""
        return self.provided != "excluded" and not self.unavailable


@dataclass(frozen=True, slots=True)
class OfferStatus:
    """How a patient stands to one treatment that a panel offers, or that happens at an action.

    Args:
        state: The panel, or the action.
        treatment: Name of the treatment.
        status: Whether its condition holds, provided that no warning sign is there.
        reasons: Why it is certain or excluded; nothing where no condition was written.
        depends_on: Findings, not known, that can still decide it.
        so_far: What the history says of it: ``never``, ``now``, ``stopped``, or None.
        is_unavailable: Whether it cannot be had.
    """

    state: str
    treatment: str
    status: Status
    reasons: Reasons = ()
    depends_on: tuple[str, ...] = ()
    so_far: str | None = None
    is_unavailable: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A state that the history, or a result, shows as passed or under way.

    Args:
        state: Name of the state.
        care: Treatments and tests of the history that show it.
        results: Findings with a value that only this state gives.
        on: Latest day of those, or None when no day is known.
        is_under_way: Whether some of that care goes on.
    """

    state: str
    care: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    on: dt.date | None = None
    is_under_way: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """One state where a patient is.

    Args:
        state: Name of the state.
        how: How they stand to it.
        came_from: States passed on the way here from what the history shows, in order.
        ways: Its ways on, in order.
        offers: What it offers, in order.
    """

    state: str
    how: How
    came_from: tuple[str, ...] = ()
    ways: tuple[WayStatus, ...] = ()
    offers: tuple[OfferStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class Interruption:
    """How a patient stands to one interrupt that is not ruled out.

    Args:
        index: Its position among the interrupts of the pathway.
        to: The state it leads to.
        level: ``emergency`` or ``urgent``.
        status: ``certain``, or ``possible`` while signs have not been asked about.
        signs: Known findings that raise it.
        presumed: Those of them where somebody was asked and was not sure.
        unasked: Warning signs, not known, that could raise it.
        not_cleared: Results, not known, that would clear it: until they are known it stays raised.
    """

    index: int
    to: str
    level: InterruptLevel
    status: Status
    signs: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    not_cleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CautionFound:
    """A caution of a treatment, test or class that this patient's record touches.

    Args:
        about: Name of the treatment or class.
        kind: ``treatment`` or ``class`` for a caution of the catalogue, ``advised_against`` for a
            medicine taken now that guidelines advise against.
        index: Position among the cautions of the record; -1 where it is none of them.
        status: Whether it surely applies, or may.
        depends_on: Findings, not known, that would decide.
        taking: Treatments of the record, under way, that it is about.
        is_clash: Whether it holds because of several things together, and none of them alone.
    """

    about: str
    kind: Literal["treatment", "class", "advised_against"]
    index: int
    status: Status
    depends_on: tuple[str, ...] = ()
    taking: tuple[str, ...] = ()
    is_clash: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """Something that cannot be had, and what of the pathway closes with it.

    Args:
        what: Name of the treatment, test or class.
        why: Why it cannot be had.
        states: States that nobody can enter without it, in reading order.
        offers: Panels that offer it and stay open, in reading order.
        kept: States of emergency and urgent care that use it: they stay, whatever cannot be had.
    """

    what: str
    why: str
    states: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a patient is in one pathway, and how they stand to every way on.

    Args:
        pathway: Name of the pathway.
        on: The day it is about.
        concerns: Whether the pathway is about this patient.
        concerns_depends_on: Findings, not known, that would decide that.
        headline: What to say first.
        stops: Where the patient is, in reading order: usually one state.
        visits: What the history and the results show, in reading order.
        interruptions: Interrupts that are not ruled out, emergency first.
        proviso: Warning signs, not known, that are taken to be absent in what is ``provided``.
        cautions: Cautions that the record touches, certain ones first.
        closed: What cannot be had, and what closes with it.
        soon: Signs that are there and interrupt nothing: a reason to tell the clinician soon.
        gates: Decisions about lasting facts (age, pregnancy) passed on the way, not answered yet.
        elsewhere: Treatments and tests of the history that this pathway does not know.
        is_stated: Whether the record itself says where the patient is.
        doubts: States on the way whose answer, as known today, would not lead here.
    """

    pathway: str
    on: dt.date
    concerns: Status
    concerns_depends_on: tuple[str, ...]
    headline: Headline
    stops: tuple[Stop, ...]
    visits: tuple[Visit, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    proviso: tuple[str, ...] = ()
    cautions: tuple[CautionFound, ...] = ()
    closed: tuple[Closed, ...] = ()
    soon: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    is_stated: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """Names of the states where the patient is."""
        return tuple(stop.state for stop in self.stops)

    @property
    def ways(self) -> tuple[WayStatus, ...]:
        """Every way on from there."""
        return tuple(way for stop in self.stops for way in stop.ways)
