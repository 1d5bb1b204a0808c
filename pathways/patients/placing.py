"""Placing a patient: where they are in a pathway, and how they stand to every way on.

A place stated in the record wins. Else one begins at the frontmost state that the history or a
result shows, else at the start, and walks on only through ways that are certain, never into care that
nothing shows as done. Decisions of the past are not decided again with today's values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pathways.boxes import Status
from pathways.boxes.space import meets
from pathways.conditions import KnownValue
from pathways.errors import UnknownNameError
from pathways.model.pathway import ResolvedPathway, Way
from pathways.model.states import State
from pathways.patients.alarms import Raised, raised_alarms
from pathways.patients.availability import closed_by, missing_at
from pathways.patients.cautions import cautions_found
from pathways.patients.place import Headline, How, Place, Stop, Visit
from pathways.patients.questions import Question, questions
from pathways.patients.reaching import Prospect, prospect
from pathways.patients.statuses import Standing, offer_statuses, way_statuses
from pathways.patients.traces import Traces, frontmost, traces_of, visits
from pathways.records.facts import Facts
from pathways.records.record import StatedPlace
from pathways.semantics.changes import set_value
from pathways.semantics.logic import Logic


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of a record bears on the place besides facts.

    Args:
        stated: Where the record says the patient is, whichever pathway that is in.
        episode_began: Day this episode began, or None.
        unavailable: Why something cannot be had, by name of a treatment, test or class.
    """

    stated: StatedPlace | None = None
    episode_began: dt.date | None = None
    unavailable: Mapping[str, str] = field(default_factory=dict)


class Placer:
    """Places patients in one pathway.

    Args:
        pathway: The pathway; its conditions are made ready once.

    Example:
        >>> from pathways.reading.load import load
        >>> placer = Placer(load("safety"))
        >>> placer.place(Facts(dt.date(2026, 1, 31))).states
        ('warning_signs',)
    """

    def __init__(self, pathway: ResolvedPathway) -> None:
        self.pathway = pathway
        self.logic = Logic(pathway)
        self.guarded = frozenset(state for alarm in self.logic.alarms for state in alarm.silent_in)
        self.traces = traces_of(pathway, self.guarded)
        self.care = frozenset(
            name
            for state in pathway.states.values()
            for name in (*state.does, *(offer.treatment for offer in state.offers))
        )

    def place(self, facts: Facts, around: Circumstances | None = None) -> Place:
        """Return where a patient is.

        Args:
            facts: What is known of the patient.
            around: What else bears on it.

        Raises:
            UnknownNameError: The record states a place that the pathway does not have, or something
                that cannot be had has a name nobody knows.
            PathwayError: The values contradict what the pathway states of every patient.
        """
        return self.locate(facts, around).place

    def locate(self, facts: Facts, around: Circumstances | None = None) -> Located:
        """Return where a patient is, ready for further questions; see :meth:`place`."""
        return _Placing(self, facts, around or Circumstances()).located()


@dataclass(frozen=True)
class Located:
    """A patient placed in a pathway: the place, and what can be asked of it.

    Args:
        logic: The conditions of the pathway.
        facts: What is known of the patient.
        around: What else bears on the place.
        place: The place.
        standings: What is known at each state of the place.
        closed: States that cannot be entered, for want of something.
    """

    logic: Logic
    facts: Facts
    around: Circumstances
    place: Place
    standings: Mapping[str, Standing]
    closed: frozenset[str]

    @property
    def pathway(self) -> ResolvedPathway:
        """The pathway."""
        return self.logic.pathway

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What to find out next; see :func:`pathways.patients.questions.questions`."""
        return questions(self.logic, self.facts, self.place, self.standings)

    def prospect(self, goal: str | int) -> Prospect:
        """Return what would have to be true for a later state to become an option.

        Args:
            goal: Name or number of the state.

        Raises:
            UnknownNameError: No state has that name or number.
        """
        name = self.pathway.state_name(goal)
        found = [
            prospect(self.logic, state, name, each.provided, self.closed, each.known)
            for state, each in self.standings.items()
        ]
        best = min(
            found, key=lambda each: (not each.is_open, not each.is_reachable, len(each.needs))
        )
        # Signs nobody asked about are said once, by the proviso; each alone would sound like a no.
        needs = tuple(need for need in best.needs if need.finding not in self.place.proviso)
        return replace(best, needs=needs)


@dataclass(slots=True)
class _Walked:
    """The end of a walk: where it stops, how, what was passed, and what is known there."""

    state: str
    how: How
    passed: tuple[str, ...]
    standing: Standing


class _Placing:
    """One patient in one pathway."""

    def __init__(self, placer: Placer, facts: Facts, around: Circumstances) -> None:
        self.pathway = placer.pathway
        self.logic = placer.logic
        self.traces: Traces = placer.traces
        self.guarded = placer.guarded
        self.care = placer.care
        self.facts = facts
        self.around = around
        self.closed = closed_by(placer.pathway, around.unavailable, placer.guarded)
        self.raised: Raised = raised_alarms(placer.logic, facts, around.episode_began)
        self.standing = self.raised.standing
        self.visits = visits(self.traces, facts, around.episode_began, self._may_enter)
        self.shown = {visit.state: visit for visit in self.visits}
        self.doubts: tuple[str, ...] = ()

    def located(self) -> Located:
        walks = {walk.state: walk for walk in self._walks()}
        stops = tuple(self._stop(walks[name]) for name in self.pathway.states if name in walks)
        concerns, depends_on = self._concerns()
        place = Place(
            pathway=self.pathway.id,
            on=self.facts.on,
            concerns=concerns,
            concerns_depends_on=depends_on,
            headline=self._headline(stops),
            stops=stops,
            visits=self.visits,
            interruptions=self.raised.interruptions,
            proviso=self.raised.proviso,
            cautions=cautions_found(self.logic, self.facts, self.standing.known),
            closed=self.closed.found,
            soon=self.raised.soon,
            gates=self._gates(stops),
            elsewhere=self._elsewhere(),
            is_stated=self._stated() is not None,
            doubts=self.doubts,
        )
        standings = {name: walks[name].standing for name in place.states}
        return Located(self.logic, self.facts, self.around, place, standings, self.closed.states)

    def _may_enter(self, state: str) -> bool:
        """Return whether some way into a state is not excluded by what is known today."""
        return any(not self._is_excluded(way) for way in self.logic.into[state])

    def _is_excluded(self, way: Way) -> bool:
        passage = self.logic.passages[way.source][way.index]
        return not meets(self.standing.provided, passage.inside)

    def _stated(self) -> str | None:
        stated = self.around.stated
        if stated is None or stated.pathway != self.pathway.id:
            return None
        if stated.state not in self.pathway.states:
            raise UnknownNameError("state", stated.state, self.pathway.states)
        return stated.state

    def _walks(self) -> list[_Walked]:
        stated = self._stated()
        if self.raised.first is not None:
            inside = self.logic.alarms[self.raised.first.index].silent_in
            if stated in inside:
                return [self._staying(stated)]
            return [self._walk(self.raised.first.to, None, inside)]
        if stated is not None:
            return [self._staying(stated)]
        front = frontmost(self.traces, [each for each in self.visits if self._leads(each)])
        walks = [self._walk(visit.state, visit) for visit in front] or [
            self._walk(self.pathway.start, None)
        ]
        return [self._behind_gates(walk) for walk in walks]

    def _leads(self, visit: Visit) -> bool:
        """Return whether a visit says how far somebody has come.

        Medicines stand beside other care: a part about medicines that a pathway takes in is no step
        of it that taking one would show.
        """
        treatments = self.pathway.catalogue.treatments
        only_medicines = not visit.results and all(
            name in treatments and treatments[name].category == "medicine" for name in visit.care
        )
        return not only_medicines or self.pathway.origins[visit.state] == self.pathway.id

    def _staying(self, state: str) -> _Walked:
        standing = self._after_entering(state, dict(self.raised.values), None, self.standing)
        return _Walked(state, self._how(state, self.shown.get(state)), (), standing)

    def _walk(
        self, state: str, visit: Visit | None, inside: frozenset[str] | None = None
    ) -> _Walked:
        """Walk on from a state through ways that are certain, as far as care is shown as done.

        While a warning sign is there, nobody is walked out of its work-up (``inside``).
        """
        values = dict(self.raised.values)
        begin, since = visit, visit.on if visit else None
        passed: list[str] = []
        standing = self._after_entering(state, values, None, self.standing)
        if inside is not None:
            standing = self._not_yet_cleared(standing)
        while state not in passed:
            if not self._may_leave(state, visit):
                break
            onward = self._only_way(state, standing)
            if onward is None or onward in self.closed.states:
                break
            if inside is not None and onward not in inside:
                break
            passed.append(state)
            standing = self._after_entering(onward, values, since, standing)
            if self.pathway.states[onward].yields and inside is not None:
                standing = self.raised.standing_with(values)
            state, visit = onward, self._shown_on_the_way(onward, begin)
        came_from = tuple(each for each in passed if each != state)
        return _Walked(state, self._how(state, visit), came_from, standing)

    def _shown_on_the_way(self, state: str, begin: Visit | None) -> Visit | None:
        """Return what shows a state that is walked into; nothing where that was an earlier round.

        Within a loop the walk began at what was last: what happened there before does not count
        again, unless it goes on.
        """
        visit = self.shown.get(state)
        if visit is None or begin is None or visit.is_under_way:
            return visit
        onward = self.traces.onward
        is_loop = state in onward[begin.state] and begin.state in onward[state]
        is_later = visit.on is not None and begin.on is not None and visit.on > begin.on
        return None if is_loop and not is_later else visit

    def _not_yet_cleared(self, standing: Standing) -> Standing:
        """Return what is known while a sign is worked up: no result that is not known clears it."""
        first = self.raised.first
        assert first is not None
        if not first.not_cleared:
            return standing
        raised = self.logic.alarms[first.index].raised
        narrowed = self.logic.space.within(standing.provided, raised)
        return replace(standing, provided=narrowed or standing.provided)

    def _may_leave(self, state: str, visit: Visit | None) -> bool:
        """Return whether what a state is for has happened."""
        record = self.pathway.states[state]
        if record.kind in {"end", "link"}:
            return False
        if record.kind in {"decision", "clinical_state"} or visit is not None:
            return True
        return state in self.guarded and self._is_answered(record)

    def _is_answered(self, record: State) -> bool:
        """Return whether a result of the work-up is known that is newer than the sign it looked into."""
        first = self.raised.first
        signs = [self.facts.known[name] for name in first.signs] if first else []
        # Of several signs the newest: an older result did not look into it. What has no day is of
        # the day that is asked for.
        days = [sign.since or sign.on or self.facts.on for sign in signs]
        asked = max(days, default=dt.date.min)
        dated = any(sign.on for sign in signs)
        results = [self.facts.known[name] for name in record.yields if name in self.facts.known]
        return any(fact.on >= asked if fact.on is not None else not dated for fact in results)

    def _only_way(self, state: str, standing: Standing) -> str | None:
        """Return where the one way leads that is certain, or that the history shows as taken."""
        ways = self.logic.statuses(state, standing.known, standing.provided, standing.loud)
        open_ways = [
            (way.target, status[0])
            for way, status in zip(self.pathway.ways_from(state), ways, strict=True)
            if status[0] != "excluded"
        ]
        if len(open_ways) == 1 and open_ways[0][1] == "certain":
            return open_ways[0][0]
        return None

    def _after_entering(
        self, state: str, values: dict[str, KnownValue], since: dt.date | None, standing: Standing
    ) -> Standing:
        """Return what is known once a state has acted: old answers to what it asks again are gone.

        What a state sets holds unless the record says otherwise.
        """
        record = self.pathway.states[state]
        changed = False
        for finding in (*record.reassess, *record.yields):
            fact = self.facts.known.get(finding)
            older = (
                fact is not None and fact.on is not None and since is not None and fact.on < since
            )
            if older and finding in values and finding in self.logic.space.of_finding:
                del values[finding]
                changed = True
        for finding in record.sets:
            if finding not in values and finding in self.logic.space.of_finding:
                values[finding] = set_value(self.pathway, state, finding)
                changed = True
        return self.raised.standing_with(values) if changed else standing

    def _behind_gates(self, walk: _Walked) -> _Walked:
        """Walk again from a gate that everybody passes, when what is known today would not let pass."""
        provided = self.logic.until_today(self.standing.provided)
        for gate in self.logic.gates[walk.state]:
            ways = self.logic.statuses(gate, provided, provided)
            onward = [
                status[0]
                for way, status in zip(self.pathway.ways_from(gate), ways, strict=True)
                if way.target == walk.state or walk.state in self.traces.onward[way.target]
            ]
            if onward and all(status == "excluded" for status in onward):
                self.doubts = (*self.doubts, gate)
                return self._walk(gate, None)
        return walk

    def _gates(self, stops: tuple[Stop, ...]) -> tuple[str, ...]:
        """Return the gates before the place of which it is not known whether they let pass."""
        states = self.logic.statuses
        return tuple(
            gate
            for gate in dict.fromkeys(
                each for stop in stops for each in self.logic.gates[stop.state]
            )
            if any(
                status[0] == "possible"
                for status in states(gate, self.standing.known, self.standing.provided)
            )
        )

    def _how(self, state: str, visit: Visit | None) -> How:
        record = self.pathway.states[state]
        if record.kind not in {"action", "options"}:
            return "at"
        if state in self.closed.states:
            return "not_available"
        names = {*record.does, *(offer.treatment for offer in record.offers)}
        going_on = any(each.status == "now" and each.name in names for each in self.facts.events)
        if going_on and (visit is None or visit.is_under_way):
            return "under_way"
        return "due" if visit is None else "done"

    def _stop(self, walk: _Walked) -> Stop:
        return Stop(
            walk.state,
            walk.how,
            walk.passed,
            way_statuses(self.logic, walk.state, walk.standing, self._missing),
            offer_statuses(
                self.logic,
                walk.state,
                walk.standing,
                self.facts,
                self.closed.care_at(walk.state),
            ),
        )

    def _missing(self, target: str) -> tuple[str, ...]:
        return missing_at(self.pathway, target, self.closed)

    def _concerns(self) -> tuple[Status, tuple[str, ...]]:
        whom = self.pathway.document.concerns
        if whom is None:
            return "certain", ()
        space, known = self.logic.space, self.standing.known
        status = self.logic.status_of(whom, known)
        if status != "possible":
            return status, ()
        inside, outside = space.region(whom), space.region(whom, denied=True)
        return status, self.logic.depends_on(known, inside, outside)

    def _headline(self, stops: tuple[Stop, ...]) -> Headline:
        first = self.raised.first
        if first is not None and first.level == "emergency":
            return "emergency"
        if any(each.level == "emergency" for each in self.raised.interruptions):
            return "check_signs"
        if first is not None:
            return "urgent"
        kinds = {self.pathway.states[stop.state].kind for stop in stops}
        return "finished" if kinds == {"end"} else "here"

    def _elsewhere(self) -> tuple[str, ...]:
        names = (event.name for event in self.facts.events)
        return tuple(dict.fromkeys(name for name in names if name not in self.care))
