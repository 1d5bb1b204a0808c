"""What to find out, what to watch for and what cannot be had, in the words of one reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathways.model.findings import Finding, Option
from pathways.model.history_questions import history_question
from pathways.patients.availability import why_not
from pathways.patients.place import CautionFound, Closed
from pathways.patients.questions import Question
from pathways.patients.what_if import next_best
from pathways.reports.answer import CautionSaid, ClosedSaid, QuestionSaid
from pathways.reports.phrases import listed
from pathways.reports.wording import Wording


def question_said(words: Wording, question: Question) -> QuestionSaid:
    """Return one thing to find out in words."""
    catalogue = words.pathway.catalogue
    record = catalogue.findings.get(question.finding)
    asked = record.question if record else history_question(question.finding, catalogue)
    why = record.why_asked.to(words.reader) if record and record.why_asked else ""
    expired = words.say("expired") if question.is_expired else ""
    return QuestionSaid(
        finding=question.finding,
        question=asked.to(words.reader),
        options=tuple(each.title.to(words.reader) for each in _options(record)),
        why=" ".join(filter(None, (why, expired))),
        bears_on=_bears_on(words, question),
        level=question.level or "",
        is_emergency=question.is_emergency,
        effort=question.effort,
    )


def _options(record: Finding | None) -> tuple[Option, ...]:
    return tuple((record.options or {}).values()) if record else ()


def cautions_said(words: Wording) -> tuple[CautionSaid, ...]:
    """Return what to watch for in words.

    What only may apply is left out where the same class says something that surely does.
    """
    found = words.place.cautions
    sure = {each.about for each in found if each.status == "certain" and each.kind == "class"}
    return tuple(
        _caution(words, each)
        for each in found
        if each.status == "certain" or each.about not in sure
    )


def _caution(words: Wording, found: CautionFound) -> CautionSaid:
    catalogue = words.pathway.catalogue
    taking = words.listed_care(found.taking)
    if found.kind == "advised_against":
        evidence = catalogue.treatments[found.about].evidence
        against = tuple(each for each in words.cited(evidence) if each.direction == "against")
        return CautionSaid(
            about=found.about,
            title=taking,
            text=words.say("advised_against"),
            is_triggered=True,
            is_clash=False,
            status=found.status,
            sources=against,
        )
    record = (
        catalogue.classes[found.about]
        if found.kind == "class"
        else catalogue.treatments[found.about]
    )
    caution = record.cautions[found.index]
    text = caution.text.to(words.reader)
    if found.status == "possible" and caution.when is not None:
        text = words.say("only_if", condition=words.condition(caution.when), text=text)
    return CautionSaid(
        about=found.about,
        title=taking,
        text=text,
        is_triggered=caution.when is not None,
        is_clash=found.is_clash,
        status=found.status,
        sources=words.cited(caution.evidence),
    )


def closed_said(words: Wording) -> Iterator[ClosedSaid]:
    """Yield what cannot be had, what closes with it, and what is left; for one reason that once."""
    for closed in words.place.closed:
        together = [each for each in words.place.closed if each.why == closed.why]
        closes = sorted(closed.states, key=words.pathway.numbers.__getitem__)
        kept = listed([words.step(name) for name in closed.kept]) if closed.kept else ""
        yield ClosedSaid(
            what=closed.what,
            title=words.care(closed.what),
            why=why_not(closed.why, words.reader),
            closes=tuple(words.step(name) for name in closes),
            kept=words.say("kept", steps=kept) if kept else "",
            instead=tuple(_instead(words, together)) if closed is together[-1] else (),
        )


def _instead(words: Wording, together: Sequence[Closed]) -> Iterable[str]:
    """Return what is left where something closes, each once."""
    names = {
        name
        for closed in together
        for name in (closed.what, *closed.states, *_members(words, closed.what))
    }
    ways = {way.way: way.target for way in words.place.ways}
    said: list[str] = []
    for each in next_best(words.pathway, words.located):
        if each.instead_of in names:
            said += [words.step(ways[way]) for way in each.ways if way in ways]
            said += [words.care(name) for name in each.treatments]
            if each.is_none:
                said.append(words.say("nothing_left").rstrip("."))
    return dict.fromkeys(said)


def _bears_on(words: Wording, question: Question) -> str:
    ways = {way.way: way.target for way in words.place.ways}
    things = [words.step(ways[name]) for name in question.ways]
    things += [words.care(name) for name in question.offers]
    if question.reason == "concerns":
        things.append(words.say("right_pathway"))
    if not things:
        return ""
    said = listed(list(dict.fromkeys(things)))
    if not question.settles:
        return words.say("bears_on", things=said)
    if question.settles == question.answers:
        return words.say("settles_all", things=said)
    return words.say(
        "settles_some", settles=question.settles, answers=question.answers, things=said
    )


def _members(words: Wording, name: str) -> tuple[str, ...]:
    shape = words.pathway.scope.classes.get(name)
    return shape.members if shape else ()
