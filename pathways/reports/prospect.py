"""What would have to be true for a later step, and what becomes of a place without something: plain data.

It is said of the pathway, what it would need, never of the person, what they should become.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pathways.conditions import describe, title_of
from pathways.conditions.scope import Reader
from pathways.language import filled, say, speaking
from pathways.model.history import inside_sentence
from pathways.model.pathway import ResolvedPathway
from pathways.patients.availability import why_not
from pathways.patients.placing import Located
from pathways.patients.reaching import Need, Prospect, Today, prospect
from pathways.patients.what_if import NextBest, WhatIf
from pathways.records.record import Observation
from pathways.records.values import known_value
from pathways.reports.phrases import listed, phrase
from pathways.reports.prospect_phrases import PROSPECT_PHRASES
from pathways.semantics.changes import ChangeKind

MOST_STEPS = 8
"""So many lost steps are named in words; the data has all of them."""


@dataclass(frozen=True, slots=True)
class StepNamed:
    """A step by its name, number and title.

    Args:
        state: Name of the state.
        number: Its step number.
        title: Its title.
    """

    state: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class NeedSaid:
    """One thing the pathway would need.

    Args:
        finding: Name of the finding it is about.
        condition: What must hold, in words.
        asked_at: The step that asks for it.
        today: ``holds``, ``not_known``, ``not_so`` or ``found_out_later``.
        today_words: The same in words.
        changes: When it may change: ``never``, ``when_asked``, ``any_time``, ``with_time``,
            ``with_care``.
        cannot_change: Whether it is a trait, and so stays as it is.
        found_out_at: The step on the way that finds it out, or None.
    """

    finding: str
    condition: str
    asked_at: StepNamed
    today: Today
    today_words: str
    changes: ChangeKind
    cannot_change: bool
    found_out_at: StepNamed | None


@dataclass(frozen=True, slots=True)
class ProspectSaid:
    """What would have to be true for a later step to become an option, for one reader.

    Args:
        pathway: Name of the pathway.
        reader: Whom the words are for.
        heading: What it is about, in words.
        goal: The step.
        begin: The step it is seen from.
        first: What comes before all of it, in words, or empty.
        summary: How things stand, in a sentence.
        needs: What the pathway would need, in the order of the way.
        way: The steps on the way, the goal last.
        way_words: The same in words, or empty.
        signs: Warning signs that open the step at any time.
        counts_on: What the way needs of steps that are closed, in words: nothing when all are open.
        proviso: Warning signs that are taken to be absent, in words, or empty.
        caveat: How to read it.
        is_here: Whether the patient is at that step.
        is_open: Whether what is known today closes none of it.
        is_reachable: Whether no way there asks for something that can never change.
    """

    pathway: str
    reader: Reader
    heading: str
    goal: StepNamed
    begin: StepNamed
    first: str
    summary: str
    needs: tuple[NeedSaid, ...]
    way: tuple[StepNamed, ...]
    way_words: str
    signs: tuple[str, ...]
    counts_on: tuple[str, ...]
    proviso: str
    caveat: str
    is_here: bool
    is_open: bool
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class WithoutSaid:
    """One thing that cannot be had.

    Args:
        what: Its name.
        title: Its title.
        why: ``distance``, ``not_covered``, ``not_offered``, ``not_wanted``, ``contraindicated``, or
            ``supposed`` when nobody said why.
        why_words: The same in words.
        closes: Steps that close with it.
        no_longer_at: Steps that go on, but no longer offer it.
        kept: Steps of emergency and urgent care that stay all the same.
        words: All of it in a few sentences.
    """

    what: str
    title: str
    why: str
    why_words: str
    closes: tuple[StepNamed, ...]
    no_longer_at: tuple[StepNamed, ...]
    kept: tuple[StepNamed, ...]
    words: str


@dataclass(frozen=True, slots=True)
class NextBestSaid:
    """What is left where something closes.

    Args:
        instead_of: Name of the state or treatment that closes.
        at: The step where one has to choose otherwise.
        ways: The other steps one could go to.
        treatments: Names of the other treatments on offer.
        words: The same in a sentence.
    """

    instead_of: str
    at: StepNamed
    ways: tuple[StepNamed, ...]
    treatments: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class WhatIfSaid:
    """What becomes of a place when something cannot be had, for one reader.

    Args:
        pathway: Name of the pathway.
        reader: Whom the words are for.
        heading: What cannot be had, in words.
        without: Each thing that cannot be had.
        before: Where the patient was.
        after: Where the patient is on what is left.
        place_words: The same in words.
        lost: Steps that could be reached before and now cannot.
        lost_words: The same in words, or empty.
        next_best: What is left where something closes.
    """

    pathway: str
    reader: Reader
    heading: str
    without: tuple[WithoutSaid, ...]
    before: tuple[StepNamed, ...]
    after: tuple[StepNamed, ...]
    place_words: str
    lost: tuple[StepNamed, ...]
    lost_words: str
    next_best: tuple[NextBestSaid, ...]


def prospect_said(located: Located, goal: str | int, reader: Reader = "patient") -> ProspectSaid:
    """Return what would have to be true for a later step to become an option, in words.

    Args:
        located: The patient, placed in a pathway.
        goal: Name or number of the step.
        reader: Whom the words are for.

    Raises:
        UnknownNameError: No step has that name or number.

    Example:
        >>> import datetime as dt
        >>> from pathways.records.facts import Facts
        >>> from pathways.patients.placing import Placer
        >>> from pathways.reading.load import load
        >>> located = Placer(load("safety")).locate(Facts(dt.date(2026, 1, 31)))
        >>> prospect_said(located, "warning_signs").summary
        'You are at this step now.'
    """
    with speaking(located.pathway.language):
        return _Saying(located.pathway, reader).prospect(located, located.prospect(goal))


def what_if_said(
    pathway: ResolvedPathway,
    found: WhatIf,
    reader: Reader = "patient",
    supposed: Collection[str] = (),
) -> WhatIfSaid:
    """Return what becomes of a place when something cannot be had, in words.

    Args:
        pathway: The pathway of the place.
        found: What becomes of it.
        reader: Whom the words are for.
        supposed: Names of what is only supposed not to be had: no reason is said for it.

    Example:
        >>> import datetime as dt
        >>> from pathways.records.facts import Facts
        >>> from pathways.patients.placing import Circumstances, Placer
        >>> from pathways.patients.what_if import what_if
        >>> from pathways.reading.load import load
        >>> placer = Placer(load("severe-back-pain"))
        >>> found = what_if(placer, Facts(dt.date(2026, 1, 31)), Circumstances(), {"mri": "distance"})
        >>> what_if_said(placer.pathway, found).heading
        'If you cannot have an MRI scan'
    """
    with speaking(pathway.language):
        return _Saying(pathway, reader).what_if(found, supposed)


def supposition(reader: Reader) -> str:
    """Return the words that stand for the reason where somebody only asks what if.

    Args:
        reader: Whom the words are for.

    Example:
        >>> supposition("patient")
        'you asked what if you could not have it'
    """
    return say(PROSPECT_PHRASES["supposition"][reader])


class _Saying:
    """The words of one pathway for one reader."""

    def __init__(self, pathway: ResolvedPathway, reader: Reader) -> None:
        self.pathway = pathway
        self.reader = reader

    def prospect(self, located: Located, found: Prospect) -> ProspectSaid:
        goal, begin = self._step(found.goal), self._step(found.begin)
        is_here = found.goal in located.place.states
        signs = () if is_here or found.ways else self._signs(located, found.goal)
        shown = found.ways and not is_here
        way = self._way(found) if shown else ()
        titles = [title_of(name, self.pathway.scope, self.reader) for name in located.place.proviso]
        proviso = phrase("proviso", self.reader, signs=listed(titles, "or")) if titles else ""
        return ProspectSaid(
            pathway=self.pathway.id,
            reader=self.reader,
            heading=self._say("heading", number=goal.number, title=goal.title),
            goal=goal,
            begin=begin,
            first="" if is_here or signs else self._first(located),
            summary=self._summary(located, found, signs, is_here=is_here),
            needs=tuple(map(self._need, found.needs)) if shown else (),
            way=way,
            way_words=self._say("way", steps=self._listed(way)) if way else "",
            signs=signs,
            counts_on=tuple(self._counts_on(located, found)) if not is_here and not signs else (),
            proviso=proviso if shown else "",
            caveat=self._say("caveat") if shown else "",
            is_here=is_here,
            is_open=is_here or bool(signs) or found.is_open,
            is_reachable=is_here or bool(signs) or found.is_reachable,
        )

    def _summary(
        self, located: Located, found: Prospect, signs: tuple[str, ...], *, is_here: bool
    ) -> str:
        number, begin = self.pathway.numbers[found.goal], self.pathway.numbers[found.begin]
        if is_here:
            return self._say("here")
        if signs:
            return self._say("sign", signs=listed(signs, "or"))
        if found.goal in located.closed:
            return self._say("not_available", number=number)
        if not found.ways:
            cut = self._cut_at(located, found)
            if cut is not None:
                return self._say("way_cut", number=number, step=self._words(cut))
        if found.is_cut and not found.is_reachable:
            return self._say("not_found", number=number)
        if not found.ways:
            return self._say("no_way", begin=begin, number=number)
        if not found.is_reachable:
            return self._say("never", number=number)
        if not found.needs:
            return self._say("nothing", number=number)
        return self._say("open" if found.is_open else "not_open", number=number)

    def _first(self, located: Located) -> str:
        """What comes before any plan: help that is needed now, or the signs that would call for it."""
        match located.place.headline:
            case "emergency" | "urgent":
                return self._say("care_first", title=self._step(located.place.states[0]).title)
            case "check_signs":
                return self._say("signs_first")
            case _:
                return ""

    def _signs(self, located: Located, goal: str) -> tuple[str, ...]:
        """Return the warning signs that lead to a step, in words; nothing when it is no care for signs."""
        found: list[str] = []
        alarms = zip(located.logic.alarms, self.pathway.interrupts, strict=True)
        for alarm, interrupt in alarms:
            if goal in alarm.silent_in:
                parts = located.logic.signs_in(interrupt.when)
                found += [describe(part, self.pathway.scope, self.reader) for part in parts]
        return tuple(dict.fromkeys(found))

    def _need(self, need: Need) -> NeedSaid:
        found_out_at = self._step(need.found_out_at) if need.found_out_at else None
        where = {"number": found_out_at.number, "title": found_out_at.title} if found_out_at else {}
        return NeedSaid(
            finding=need.finding,
            condition=describe(need.condition, self.pathway.scope, self.reader),
            asked_at=self._step(need.state),
            today=need.today,
            today_words=self._say(need.today, **where),
            changes=need.changes,
            cannot_change=need.changes == "never",
            found_out_at=found_out_at,
        )

    def _counts_on(self, located: Located, found: Prospect) -> Iterator[str]:
        """Yield what the way needs of steps that are closed, for want of something."""
        counted: dict[tuple[str, ...], list[str]] = {}
        for need in found.needs:
            giving = self._giving(located, need)
            if need.today != "holds" and located.closed.intersection(giving):
                said = describe(need.condition, self.pathway.scope, self.reader)
                counted.setdefault(giving, []).append(said)
        for giving, conditions in counted.items():
            shut = [self._step(name) for name in giving if name in located.closed]
            left = [self._step(name) for name in giving if name not in located.closed]
            yield self._say(
                "counts_on", conditions=listed(conditions), steps=self._listed(shut)
            ) + (f" {self._say('still_gives', steps=self._listed(left))}" if left else "")

    def _cut_at(self, located: Located, found: Prospect) -> StepNamed | None:
        """Return the first closed step on the way there would be if all were open."""
        if not located.closed:
            return None
        standing = located.standings[found.begin]
        known = standing.provided
        opened = prospect(located.logic, found.begin, found.goal, known, (), standing.known)
        return next((each for each in self._way(opened) if each.state in located.closed), None)

    def _giving(self, located: Located, need: Need) -> tuple[str, ...]:
        """Return the steps that may give what is needed: they find it out, set it so, or do that care."""
        owner = need.finding.partition(".")[0]
        return tuple(
            name
            for name, state in self.pathway.states.items()
            if need.finding in state.yields
            or owner in state.does
            or (need.finding in state.sets and self._is_set_so(located, need, name))
        )

    def _is_set_so(self, located: Located, need: Need, state: str) -> bool:
        shape = self.pathway.scope.findings[need.finding]
        given = self.pathway.states[state].sets[need.finding]
        known = located.logic.known({shape.name: known_value(Observation(value=given), shape)})
        return located.logic.status_of(need.condition, known) == "certain"

    def _way(self, found: Prospect) -> tuple[StepNamed, ...]:
        targets = {
            way.key: way.target
            for state in self.pathway.states
            for way in self.pathway.ways_from(state)
        }
        return tuple(self._step(targets[name]) for name in found.ways)

    def what_if(self, found: WhatIf, supposed: Collection[str]) -> WhatIfSaid:
        before = tuple(map(self._step, found.before.states))
        after = tuple(map(self._step, found.after.states))
        lost = tuple(map(self._step, found.lost))
        titles = [inside_sentence(self._care(name)) for name in found.without]
        key = "same_place" if before == after else "other_place"
        return WhatIfSaid(
            pathway=self.pathway.id,
            reader=self.reader,
            heading=self._say(
                "supposed" if set(found.without) <= {*supposed} else "without", care=listed(titles)
            ),
            without=tuple(self._without(found, supposed)),
            before=before,
            after=after,
            place_words=self._say(key, steps=self._listed(after)),
            lost=lost,
            lost_words=self._lost(lost) if lost else "",
            next_best=tuple(self._next_best(each) for each in found.next_best),
        )

    def _lost(self, lost: tuple[StepNamed, ...]) -> str:
        named = [self._words(each) for each in lost[:MOST_STEPS]]
        left = len(lost) - len(named)
        more = [self._say("more_steps", count=left)] if left else []
        return self._say("lost", steps=listed([*named, *more]))

    def _without(self, found: WhatIf, supposed: Collection[str]) -> Iterator[WithoutSaid]:
        closed = {each.what: each for each in found.closed}
        for name, why in found.without.items():
            one = closed.get(name)
            closes = tuple(map(self._step, one.states if one else ()))
            offers = tuple(map(self._step, one.offers if one else ()))
            kept = tuple(map(self._step, one.kept if one else ()))
            said = [
                self._say("closes", steps=self._listed(closes)) if closes else "",
                self._say("offers", steps=self._listed(offers)) if offers else "",
                "" if closes or offers else self._say("closes_nothing"),
                phrase("kept", self.reader, steps=self._listed(kept)) if kept else "",
            ]
            yield WithoutSaid(
                what=name,
                title=self._care(name),
                why="supposed" if name in supposed else why,
                why_words=supposition(self.reader)
                if name in supposed
                else why_not(why, self.reader),
                closes=closes,
                no_longer_at=offers,
                kept=kept,
                words=" ".join(filter(None, said)),
            )

    def _next_best(self, best: NextBest) -> NextBestSaid:
        at, what = self._step(best.at), inside_sentence(self._care(best.instead_of))
        targets = {way.key: way.target for way in self.pathway.ways_from(best.at)}
        ways = tuple(self._step(targets[name]) for name in best.ways)
        treatments = [inside_sentence(self._care(name)) for name in best.treatments]
        things = [*map(self._words, ways), *treatments]
        words = (
            self._say("instead", what=what, number=at.number, things=listed(things))
            if things
            else self._say("none_left", what=what, number=at.number)
        )
        return NextBestSaid(best.instead_of, at, ways, best.treatments, words)

    def _say(self, key: str, **words: object) -> str:
        text = filled(say(PROSPECT_PHRASES[key][self.reader]), words)
        # The title of a step may be a question, which needs no full stop behind it.
        return text.replace("?.", "?")

    def _step(self, name: str) -> StepNamed:
        title = self.pathway.states[name].title.to(self.reader)
        return StepNamed(name, self.pathway.numbers[name], title)

    def _words(self, step: StepNamed) -> str:
        return phrase("step", self.reader, number=step.number, title=step.title)

    def _listed(self, steps: Iterable[StepNamed]) -> str:
        return listed([self._words(each) for each in steps])

    def _care(self, name: str) -> str:
        catalogue = self.pathway.catalogue
        for records in (catalogue.treatments, catalogue.tests, catalogue.classes):
            if name in records:
                title: str = records[name].title.to(self.reader)
                return title
        return self._words(self._step(name))
