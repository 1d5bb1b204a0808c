"""What if something cannot be had: the place on what is left, what closes, and the next best ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from pathways.errors import PathwayError, UnknownNameError
from pathways.model.badges import Badge
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Closed, Place, Stop
from pathways.patients.placing import Circumstances, Located, Placer
from pathways.records.facts import Facts
from pathways.records.record import Unavailability

REASONS: tuple[str, ...] = get_args(Unavailability)
_BEST_FIRST: tuple[Badge | None, ...] = (
    "supported",
    "mixed",
    "no_guideline_found",
    None,
    "seed_only",
    "experimental",
    "advised_against",
)


@dataclass(frozen=True, slots=True)
class NextBest:
    """What is left where something closes.

    Args:
        instead_of: Name of the closed state, or of the treatment that a panel can no longer offer.
        at: The state where one has to choose otherwise.
        ways: Names of the other ways on there that are open, certain ones first.
        treatments: Other treatments on offer there that are open, those that guidelines support first.
    """

    instead_of: str
    at: str
    ways: tuple[str, ...]
    treatments: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing is left there."""
        return not self.ways and not self.treatments


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What becomes of a place when something cannot be had.

    Args:
        without: Why each thing cannot be had, by its name.
        before: The place as it was.
        after: The place on what is left.
        closed: What closes with each.
        lost: States that could be reached from the place before and now cannot, in reading order.
        next_best: What is left where something closes.
    """

    without: Mapping[str, str]
    before: Place
    after: Place
    closed: tuple[Closed, ...]
    lost: tuple[str, ...]
    next_best: tuple[NextBest, ...]


def what_if(
    placer: Placer, facts: Facts, around: Circumstances, without: Mapping[str, str]
) -> WhatIf:
    """Return what becomes of a place when some things cannot be had.

    Args:
        placer: Places patients in the pathway.
        facts: What is known of the patient.
        around: What else bears on the place; what it says cannot be had stays so.
        without: Why each cannot be had, by name of a treatment, test, class or state.

    Raises:
        UnknownNameError: Nothing in the pathway has that name.
        PathwayError: Emergency or urgent care was to be left out.

    Example:
        >>> import datetime as dt
        >>> from pathways.reading.load import load
        >>> placer = Placer(load("severe-back-pain"))
        >>> found = what_if(placer, Facts(dt.date(2026, 1, 31)), Circumstances(), {"acupuncture": "distance"})
        >>> found.closed[0].offers
        ('more_therapies',)
    """
    _refuse_urgent(placer, without)
    before = placer.locate(facts, around)
    both = {**around.unavailable, **without}
    after = placer.locate(facts, replace(around, unavailable=both))
    return WhatIf(
        dict(sorted(without.items())),
        before.place,
        after.place,
        tuple(each for each in after.place.closed if each.what in without),
        _lost(placer, before, after),
        next_best(placer.pathway, after),
    )


def _refuse_urgent(placer: Placer, names: Mapping[str, str]) -> None:
    """Emergency and urgent care cannot be switched off, and what nobody knows cannot be missing."""
    pathway = placer.pathway
    catalogue = pathway.catalogue
    known = {*catalogue.treatments, *catalogue.tests, *pathway.scope.classes, *pathway.states}
    for name, why in names.items():
        if why not in REASONS:
            raise UnknownNameError("reason why something cannot be had", why, REASONS)
        if name not in known:
            raise UnknownNameError("treatment, test, class or state", name, known)
        if name in pathway.states and (name in placer.guarded or pathway.urgency_of(name)):
            raise PathwayError(
                f"'{name}' is emergency or urgent care, which cannot be left out; "
                "name a treatment, a test or another state"
            )


def _lost(placer: Placer, before: Located, after: Located) -> tuple[str, ...]:
    """Return what could be reached from the place and now cannot."""
    then = _reached(placer.pathway, before.place.states, before.closed)
    now = _reached(placer.pathway, after.place.states, after.closed)
    return tuple(name for name in placer.pathway.states if name in then and name not in now)


def _reached(pathway: ResolvedPathway, begin: Iterable[str], closed: frozenset[str]) -> set[str]:
    found: set[str] = set()
    waiting = [name for name in begin if name not in closed]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            onward = (way.to for way in pathway.states[name].next)
            waiting.extend(each for each in onward if each not in closed)
    return found


def next_best(pathway: ResolvedPathway, located: Located) -> tuple[NextBest, ...]:
    """Return what is left wherever something closes at the place.

    Args:
        pathway: The pathway.
        located: The patient, placed in it on what is left.
    """
    return tuple(_next_best(pathway, located))


def _next_best(pathway: ResolvedPathway, located: Located) -> Iterator[NextBest]:
    for stop in located.place.stops:
        for way in stop.ways:
            if way.unavailable and way.provided != "excluded":
                yield NextBest(
                    way.target, stop.state, _open_ways(stop), _open_offers(pathway, stop)
                )
        for offer in stop.offers:
            if offer.is_unavailable and offer.status != "excluded":
                others = _open_offers(pathway, stop)
                yield NextBest(offer.treatment, stop.state, _open_ways(stop), others)
        if stop.how == "not_available":
            yield NextBest(stop.state, stop.state, (), ())


def _open_ways(stop: Stop) -> tuple[str, ...]:
    open_ways = [way for way in stop.ways if way.is_open]
    open_ways.sort(key=lambda way: way.provided != "certain")
    return tuple(way.way for way in open_ways)


def _open_offers(pathway: ResolvedPathway, stop: Stop) -> tuple[str, ...]:
    left = [
        offer.treatment
        for offer in stop.offers
        if offer.status != "excluded" and not offer.is_unavailable
    ]
    left.sort(key=lambda name: _BEST_FIRST.index(pathway.badge_of_treatment(name, stop.state)))
    return tuple(left)
