"""From a placed patient to an answer in the words of one reader."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.conditions.scope import Reader
from pathways.patients.place import Headline, Interruption, Stop, Visit
from pathways.patients.placing import Located
from pathways.records.record import PatientRecord
from pathways.reports.advice import cautions_said, closed_said, question_said
from pathways.reports.answer import Answer, StepSaid, WaySaid
from pathways.reports.phrases import listed, sentence
from pathways.reports.signs import alarms_said, headline_alarm, proviso_said, whatever_said
from pathways.reports.ways import offer_said, way_said
from pathways.reports.wording import Wording

URGENT: frozenset[Headline] = frozenset({"emergency", "urgent"})
"""Headlines after which nothing else matters first."""
CHOSEN: frozenset[str | None] = frozenset({"procedure", "surgery"})
"""Care that nobody is simply at: it comes only if it is wanted."""


def answer_of(
    located: Located, reader: Reader = "clinician", record: PatientRecord | None = None
) -> Answer:
    """Return where a patient is and what could be next, in the words of one reader.

    Args:
        located: The patient, placed in a pathway.
        reader: Whom the words are for.
        record: The record, for what the person wants; None: nothing of it is said.

    Example:
        >>> import datetime as dt
        >>> from pathways.records.facts import Facts
        >>> from pathways.patients.placing import Placer
        >>> from pathways.reading.load import load
        >>> located = Placer(load("safety")).locate(Facts(dt.date(2026, 1, 31)))
        >>> answer_of(located, "patient").headline_words
        'First check these signs'
    """
    return _Saying(located, reader, record).answer()


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
            headline_words=self._headline(),
            lead=self._lead(),
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

    def _headline(self) -> str:
        place = self.place
        stop = place.stops[0]
        state = self.pathway.states[stop.state]
        named = {"number": self.pathway.numbers[stop.state], "title": state.title.to(self.reader)}
        match place.headline:
            case "check_signs":
                return self.say("check_signs")
            case "emergency" | "urgent":
                return self._urgent_headline()
            case "here" if stop.how == "due" and state.category in CHOSEN:
                return self.say("next_if_wanted", **named)
            case "here" if stop.how == "due":
                return self.say("next_step", **named)
            case _:
                return self.say(place.headline, **named)

    def _urgent_headline(self) -> str:
        """What to do now; where the check has begun already, that the sign is still there."""
        raised = self._raised()
        if headline_alarm(self) is not None:
            return self.pathway.states[self.place.stops[0].state].title.to(self.reader)
        label = self.pathway.interrupts[raised.index].label.to(self.reader)
        return self.say(
            "still_there", label=label, signs=listed([self.known(n) for n in raised.signs])
        )

    def _raised(self) -> Interruption:
        return next(each for each in self.place.interruptions if each.status == "certain")

    def _lead(self) -> str:
        place = self.place
        if place.headline == "check_signs":
            return self.say("check_signs_lead")
        state = self.pathway.states[place.stops[0].state]
        text = state.text.to(self.reader) if state.text else ""
        detail = sentence(state.detail.to(self.reader)) if state.detail else ""
        if place.headline in URGENT and headline_alarm(self) is None:
            help_state = self.pathway.states[self._raised().to]
            text = help_state.text.to(self.reader) if help_state.text else text
        if place.headline in URGENT and text:
            return text
        doubts = " ".join(
            self.say(
                "doubt",
                number=self.pathway.numbers[name],
                title=self.pathway.states[name].title.to(self.reader),
            )
            for name in place.doubts
        )
        if text.startswith(detail.rstrip(".")):
            detail = ""
        return " ".join(filter(None, (doubts, detail, text)))

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
        because = self.say("stated") if self.place.is_stated else ""
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
            because="; ".join([*because, *([visit.on.isoformat()] if visit.on and care else [])]),
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
