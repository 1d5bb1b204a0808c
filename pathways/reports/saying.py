"""From a placed patient to an answer in the words of one reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathways.conditions.scope import Reader
from pathways.language import speaking, stamp
from pathways.patients.place import Stop, Visit
from pathways.patients.placing import Located
from pathways.records.record import PatientRecord
from pathways.reports.advice import cautions_said, closed_said, question_said
from pathways.reports.answer import Answer, StepSaid, WaySaid
from pathways.reports.head import (
    URGENT,
    gates_said,
    headline_said,
    lead_said,
    meanwhile_said,
    soon_said,
)
from pathways.reports.phrases import listed
from pathways.reports.signs import alarms_said, proviso_said, whatever_said
from pathways.reports.ways import offer_said, way_said
from pathways.reports.wording import Wording


def answer_of(
    located: Located,
    reader: Reader = "clinician",
    record: PatientRecord | None = None,
    not_read: tuple[str, ...] = (),
) -> Answer:
    """Return where a patient is and what could be next, in the words of one reader.

    Args:
        located: The patient, placed in a pathway.
        reader: Whom the words are for.
        record: The record, for what the person wants; None: nothing of it is said.
        not_read: What of the record's source was not understood, in words.

    Example:
        >>> import datetime as dt
        >>> from pathways.records.facts import Facts
        >>> from pathways.patients.placing import Placer
        >>> from pathways.reading.load import load
        >>> located = Placer(load("safety")).locate(Facts(dt.date(2026, 1, 31)))
        >>> answer_of(located, "patient").headline_words
        'First check these signs'
    """
    with speaking(located.pathway.language):
        return replace(_Saying(located, reader, record).answer(), not_read=not_read)


class _Saying(Wording):
    """One placed patient for one reader, with what the person wants."""

    def __init__(self, located: Located, reader: Reader, record: PatientRecord | None) -> None:
        super().__init__(located, reader)
        self.record = record

    def answer(self) -> Answer:
        place, pathway, words = self.place, self.pathway, self
        asked = [question_said(words, each) for each in self.located.questions]
        if place.headline in URGENT:
            # Whoever needs help now is asked nothing that can wait.
            asked = [each for each in asked if each.level]
        return Answer(
            pathway=pathway.id,
            title=pathway.title(self.reader),
            reader=self.reader,
            language=pathway.document.language,
            on=place.on.isoformat(),
            about=self._about(),
            status=pathway.status_words,
            headline=place.headline,
            headline_words=headline_said(words),
            lead=lead_said(words),
            meanwhile=meanwhile_said(words),
            soon=soon_said(words),
            gates=gates_said(words),
            concerns=place.concerns,
            concerns_words=self._concerns(),
            alarms=tuple(alarms_said(words)),
            proviso=proviso_said(words),
            whatever=whatever_said(words),
            here=tuple(self._here(stop) for stop in place.stops),
            so_far=tuple(self._visit(visit) for visit in place.visits),
            ways=tuple(sorted(self._ways(), key=_openness)),
            offers=tuple(offer_said(words, each) for stop in place.stops for each in stop.offers),
            questions=tuple(asked),
            cautions=cautions_said(words),
            closed=tuple(closed_said(words)),
            elsewhere=self._elsewhere(),
            goals=self.record.goals if self.record else (),
            preferences=self.record.preferences if self.record else (),
        )

    def _ways(self) -> Iterator[WaySaid]:
        for stop in self.place.stops:
            for way in stop.ways:
                yield way_said(self, way, is_due=stop.how in {"due", "not_available"})

    def _about(self) -> str:
        if self.record is None:
            return ""
        invented = self.say("invented") if self.record.is_invented else ""
        return " ".join(filter(None, (invented, self.record.about)))

    def _concerns(self) -> str:
        if self.place.headline in URGENT or self.place.headline == "finished":
            return ""
        match self.place.concerns:
            case "certain":
                return ""
            case "excluded":
                return self.say("not_concerned")
            case _:
                things = self.things(self.place.concerns_depends_on)
                return self.say("may_concern", things=things)

    def _here(self, stop: Stop) -> StepSaid:
        state = self.pathway.states[stop.state]
        stated = self.located.around.stated
        is_stated = self.place.is_stated and stated is not None and stated.state == stop.state
        because = self.say("stated") if is_stated else ""
        return StepSaid(
            state=stop.state,
            number=self.pathway.numbers[stop.state],
            title=state.title.to(self.reader),
            how=stop.how,
            how_words=self.say(stop.how),
            text=state.text.to(self.reader) if state.text else "",
            because=because,
        )

    def _visit(self, visit: Visit) -> StepSaid:
        state = self.pathway.states[visit.state]
        care = self.listed_care(visit.care)
        results = [self.known(name) for name in visit.results]
        because = [
            *([self.say("history_shows", care=care)] if care else []),
            *([self.say("result_shows", results=listed(results))] if results else []),
        ]
        return StepSaid(
            state=visit.state,
            number=self.pathway.numbers[visit.state],
            title=state.title.to(self.reader),
            how="under_way" if visit.is_under_way else "done",
            how_words=self.say("goes_on" if visit.is_under_way else "passed"),
            because="; ".join(
                [*because, *([stamp(visit.on.isoformat())] if visit.on and care else [])]
            ),
        )

    def _elsewhere(self) -> str:
        care = self.listed_care(self.place.elsewhere)
        return self.say("elsewhere", care=care) if care else ""


def _openness(way: WaySaid) -> int:
    """Open ways first and ways of warning signs not asked, then what depends on something, then closed."""
    if way.unavailable:
        return 3
    if way.status == "excluded" != way.whatever:
        return 0
    return {"certain": 0, "possible": 1, "excluded": 2}[way.status]
