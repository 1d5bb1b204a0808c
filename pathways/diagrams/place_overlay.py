"""A place drawn over a diagram: where a patient is, has been and could go, with the reasons in words.

What is not known is named as not known; it is never said as a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from pathways.conditions import title_of
from pathways.conditions.scope import Reader
from pathways.diagrams.known_words import askable, known_words, listed
from pathways.diagrams.model import Mark, Overlay
from pathways.diagrams.views import may_open
from pathways.errors import UnknownNameError
from pathways.language import say, speaking
from pathways.model.pathway import READERS, ResolvedPathway
from pathways.patients.availability import reason_for, why_not
from pathways.patients.place import OfferStatus, Place, Stop, Visit, WayStatus
from pathways.records.facts import Facts

MOST_NAMED = 2
"""So many findings, treatments or reasons are named in a note; of more it is said how many."""

_WORDS: Mapping[Reader, Mapping[str, str]] = MappingProxyType(
    {
        "clinician": {
            "signs": "First check the warning signs at the top",
            "signs_short": "First check the warning signs",
            "due": "Due, not started",
            "under_way": "Under way",
            "done": "Done",
            "goes_on": "Goes on",
            "passed": "Passed",
            "has_now": "Under way",
            "tried": "Tried, stopped",
            "no_sign": "provided no warning sign is present",
            "with_sign": "With a warning sign",
            "not_asked": "not every sign has been asked about",
            "again": "; done before",
        },
        "patient": {
            "signs": "First check the warning signs at the top",
            "signs_short": "First check the warning signs",
            "due": "This is next: you have not started it",
            "under_way": "You are doing this now",
            "done": "You have done this",
            "goes_on": "Goes on",
            "passed": "You have been here",
            "has_now": "You have this now",
            "tried": "You tried this before",
            "no_sign": "if you have no warning sign",
            "with_sign": "If you have a warning sign",
            "not_asked": "not every sign has been asked about",
            "again": "; you have been there before",
        },
    }
)


def overlay_of(
    place: Place, pathway: ResolvedPathway, facts: Facts, reader: Reader = "clinician"
) -> Overlay:
    """Return a place as marks and notes over any diagram of its pathway.

    Args:
        place: Where the patient is.
        pathway: The pathway of the place.
        facts: What the place was worked out from, for the reasons.
        reader: Whom the notes are for: ``clinician`` or ``patient``.

    Returns:
        States where the patient is are marked ``here``, states of their history ``been``, where a
        way leads that is open to them ``next``, and where none of the ways is open ``closed``; ways
        likewise. Notes say what goes on, what something depends on, and why something is not open.

    Raises:
        UnknownNameError: The place is one in another pathway, or there is no such reader.

    Example:
        >>> import datetime as dt
        >>> from pathways.patients.placing import Placer
        >>> from pathways.reading.load import load
        >>> safety, facts = load("safety"), Facts(dt.date(2026, 1, 31))
        >>> overlay_of(Placer(safety).place(facts), safety, facts, "patient").boxes["warning_signs"]
        'here'
    """
    if reader not in READERS:
        raise UnknownNameError("reader", str(reader), READERS)
    if place.pathway != pathway.id:
        raise UnknownNameError("place in this pathway", place.pathway, [pathway.id])
    with speaking(pathway.language):
        return _Painter(place, pathway, facts, reader).overlay()


@dataclass
class _Painter:
    """One place for one reader, on its way to an overlay."""

    place: Place
    pathway: ResolvedPathway
    facts: Facts
    reader: Reader
    boxes: dict[str, Mark] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    offers: dict[str, str] = field(default_factory=dict)

    def overlay(self) -> Overlay:
        # What matters more is written over what matters less.
        self.closed()
        self.been()
        self.next()
        self.here()
        return Overlay(
            _sorted(self.boxes),
            _sorted(self.arrows()),
            _sorted(self.labels),
            {name: note for name, note in sorted(self.notes.items()) if note},
            _sorted(self.short),
            _sorted(self.offers),
        )

    @property
    def is_alarmed(self) -> bool:
        """Whether a warning sign has brought the patient where they are."""
        return self.place.headline in {"emergency", "urgent"}

    def mark(self, state: str, mark: Mark, note: str = "", label: str = "") -> None:
        """Mark a state, in place of what was said of it before."""
        self.boxes[state] = mark
        self.notes[state] = note
        self.labels.pop(state, None)
        self.short.pop(state, None)
        if label:
            self.labels[state] = label

    def word(self, key: str) -> str:
        return say(_WORDS[self.reader][key])

    def closed(self) -> None:
        """Mark where ways lead of which none is open; the reason is that of the first one."""
        for way in reversed(self.place.ways):
            # Emergency and urgent care is never struck out: a sign can come at any time.
            if not may_open(way) and not self.pathway.urgency_of(way.target):
                label = say("Not available") if way.unavailable else ""
                self.mark(way.target, "closed", self.why_closed(way), label)

    def why_closed(self, way: WayStatus) -> str:
        if way.unavailable:
            return self.why_unavailable(way.unavailable)
        said = self.reason(way.reasons)
        return say("because {reason}", reason=said) if said else ""

    def why_unavailable(self, names: Iterable[str]) -> str:
        """Return what cannot be had, and why: the same reason once."""
        by_reason: dict[str, list[str]] = {}
        for name in names:
            by_reason.setdefault(self.why_missing(name), []).append(self.care(name))
        said = [
            f"{listed(titles, MOST_NAMED)}{f' ({why})' if why else ''}"
            for why, titles in by_reason.items()
        ]
        return listed(said, MOST_NAMED)

    def why_missing(self, name: str) -> str:
        """Return why something cannot be had, in words; empty where nobody said it."""
        closed = self.place.closed
        why = reason_for(self.pathway, name, {each.what: each.why for each in closed})
        if not why:
            why = next((each.why for each in closed if name in each.states), "")
        return why_not(why, self.reader).rstrip(".") if why else ""

    def care(self, name: str) -> str:
        """Return the title of a treatment, a test or a step."""
        catalogue = self.pathway.catalogue
        record = catalogue.treatments.get(name) or catalogue.tests.get(name)
        found = record or self.pathway.states.get(name)
        return found.title.to(self.reader) if found else name

    def reason(self, reasons: Sequence[Sequence[str]]) -> str:
        """Return the first reason in words: the known values that alone decide."""
        if not reasons:
            return ""
        said = [
            known_words(self.facts.known[name], self.pathway.scope, self.reader)
            for name in reasons[0]
            if name in self.facts.known
        ]
        if said:
            return listed(said, MOST_NAMED)
        # Signs nobody asked about are taken to be absent; what a step sets is no value of the record.
        if set(reasons[0]) & set(self.place.proviso):
            titles = self.titles(reasons[0])
            return say("{findings}: taken to be absent, not asked", findings=titles)
        return say("of {findings}", findings=self.titles(reasons[0]))

    def titles(self, findings: Iterable[str]) -> str:
        """Return what some findings are about."""
        scope = self.pathway.scope
        return listed([title_of(name, scope, self.reader) for name in findings], MOST_NAMED)

    def been(self) -> None:
        """Mark what the history shows, and the questions passed on the way from there."""
        for stop in self.place.stops:
            for state in stop.came_from:
                self.mark(state, "been", label=self.word("passed"))
        for visit in self.place.visits:
            label = self.word("goes_on") if visit.is_under_way else ""
            self.mark(visit.state, "been", self.shown_by(visit), label)
            for name in visit.care:
                self.say_so_far(visit.state, name)
        for state in self.place.doubts:
            if self.boxes.get(state) == "been":
                self.notes[state] = say("the answer known today would not lead on from here")

    def shown_by(self, visit: Visit) -> str:
        """Return which care or which results show that somebody was there."""
        if visit.care:
            return listed([self.care(name) for name in visit.care], MOST_NAMED)
        if not visit.results:
            return ""
        titles = self.titles(visit.results)
        if len(visit.results) > 1:
            return say("{findings} are known", findings=titles)
        return say("{findings} is known", findings=titles)

    def say_so_far(self, panel: str, treatment: str) -> None:
        status = self.facts.values.get(f"{treatment}.status")
        if status in {"now", "stopped"}:
            word = self.word("has_now" if status == "now" else "tried")
            self.offers[f"{panel}/{treatment}"] = word

    def next(self) -> None:
        """Mark where open ways lead; of several ways to one state the surest one is told."""
        ways = sorted(
            (way for way in self.place.ways if may_open(way)),
            key=lambda each: (each.is_open, each.provided == "certain", each.whatever == "certain"),
        )
        before = {name for name, mark in self.boxes.items() if mark == "been"}
        for way in ways:
            note = self.how_open(way) + (self.word("again") if way.target in before else "")
            label = "" if way.is_open else self.word("with_sign")
            self.mark(way.target, "next", note, label)
            self.shorten(way)

    def shorten(self, way: WayStatus) -> None:
        """Say what a way depends on in fewer words: how many things."""
        count = len(self.unknown(way.depends_on))
        if way.is_open and count > 1:
            words = say("depends on {count} things that are not known", count=count)
            self.short[way.target] = words
        else:
            self.short.pop(way.target, None)

    def how_open(self, way: WayStatus) -> str:
        if not way.is_open:
            return self.word("not_asked")
        if self.is_alarmed and way.provided == "certain":
            return ""
        if way.provided == "certain":
            proviso = "" if way.whatever == "certain" else f", {self.word('no_sign')}"
            return say("open now") + proviso
        return self.depends(way.depends_on)

    def depends(self, findings: Iterable[str]) -> str:
        """Return what something depends on: things that are not known, which is no answer."""
        titles = self.unknown(findings)
        if not titles:
            return say("may be open")
        named = listed(titles[:MOST_NAMED], MOST_NAMED)
        if len(titles) <= MOST_NAMED:
            return say("depends on what is not known: {findings}", findings=named)
        return say(
            "depends on {count} things that are not known, such as {findings}",
            count=len(titles),
            findings=named,
        )

    def unknown(self, findings: Iterable[str]) -> list[str]:
        """Return what to ask for, each thing once: as many as the text beside the picture says."""
        scope = self.pathway.scope
        names = askable(findings, self.facts.values)
        return list(dict.fromkeys(title_of(name, scope, self.reader) for name in names))

    def here(self) -> None:
        for stop in self.place.stops:
            self.mark(stop.state, "here", self.stop_note(stop))
            if self.place.headline == "check_signs":
                self.short[stop.state] = self.word("signs_short")
            for offer in stop.offers:
                said, short = self.offer_note(offer)
                if said:
                    self.offers[f"{stop.state}/{offer.treatment}"] = said
                if short:
                    self.short[f"{stop.state}/{offer.treatment}"] = short

    def stop_note(self, stop: Stop) -> str:
        if self.is_alarmed:
            return self.signs()
        parts = [self.word("signs")] if self.place.headline == "check_signs" else []
        if stop.how == "not_available":
            record = self.pathway.states[stop.state]
            names = [*record.does, *(offer.treatment for offer in record.offers)]
            parts.append(f"{say('Not available')}: {self.why_unavailable(names)}")
        elif stop.how != "at":
            parts.append(self.word(stop.how))
        return ". ".join(parts)

    def signs(self) -> str:
        """Return the warning signs that led here."""
        first = next(iter(self.place.interruptions), None)
        said = [
            known_words(self.facts.known[name], self.pathway.scope, self.reader)
            for name in (first.signs if first else ())
            if name in self.facts.known
        ]
        return say("because {reason}", reason=listed(said, MOST_NAMED)) if said else ""

    def offer_note(self, offer: OfferStatus) -> tuple[str, str]:
        """Return how the patient stands to an offer, and the same in short where that is shorter."""
        if offer.is_unavailable:
            return say("Not available"), ""
        if offer.so_far in {"now", "stopped"}:
            return self.word("has_now" if offer.so_far == "now" else "tried"), ""
        if offer.status == "excluded":
            why, closed = self.reason(offer.reasons), say("Not open now")
            return say("Not open now, because {reason}", reason=why) if why else closed, closed
        if offer.status == "possible":
            said = self.depends(offer.depends_on)
            return said[:1].upper() + said[1:], say("Not known yet")
        return "", ""

    def arrows(self) -> dict[str, Mark]:
        """Return the marks of ways: the way so far, then every way on."""
        found: dict[str, Mark] = {}
        pairs = self.steps_so_far()
        for pair in sorted(pairs):
            ways = [way for way in self.pathway.ways_from(pair[0]) if way.target == pair[1]]
            # Of several ways between two states nobody knows which was taken.
            if len(ways) == 1:
                found[ways[0].key] = "been"
        for way in self.place.ways:
            if may_open(way):
                found[way.way] = "next"
            elif not self.pathway.urgency_of(way.target):
                found[way.way] = "closed"
        return found

    def steps_so_far(self) -> set[tuple[str, str]]:
        """Return pairs of states, one after the other, on the way to where the patient is."""
        number = self.pathway.numbers
        visited = {visit.state for visit in self.place.visits}
        been = visited | {state for stop in self.place.stops for state in stop.came_from}
        pairs = {
            (way.source, way.target)
            for way in self.pathway.ways
            if {way.source, way.target} <= been and number[way.source] < number[way.target]
        }
        for stop in self.place.stops:
            before = max(visited - {stop.state}, key=number.__getitem__, default="")
            chain = [*(stop.came_from or ([before] if before else [])), stop.state]
            pairs |= set(pairwise(chain))
        return pairs


Value = TypeVar("Value")


def _sorted(given: Mapping[str, Value]) -> dict[str, Value]:
    return dict(sorted(given.items()))
