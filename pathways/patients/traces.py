"""What a history shows: which states somebody has passed, and which of them is the frontmost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pathways.conditions.walk import findings_in
from pathways.graph.steps import reachable, step_net
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Visit
from pathways.records.facts import Event, Fact, Facts


@dataclass(frozen=True)
class Traces:
    """What in a record shows which state of one pathway.

    Args:
        pathway: The pathway.
        care: For each treatment or test, the states it shows: the earliest ones where it happens.
        results: For each finding, the states that yield it.
        marks: For each finding and value that only one state sets, that state.
        onward: For each state, every state that can follow it, sooner or later.
        telling: The findings that show some state by their value.
    """

    pathway: ResolvedPathway
    care: Mapping[str, tuple[str, ...]]
    results: Mapping[str, tuple[str, ...]]
    marks: Mapping[tuple[str, str], str]
    onward: Mapping[str, frozenset[str]] = field(repr=False)
    telling: frozenset[str]

    def is_before(self, earlier: str, later: str) -> bool:
        """Return whether one state can only come before another one."""
        return later in self.onward[earlier] and earlier not in self.onward[later]


def traces_of(pathway: ResolvedPathway, without: Collection[str]) -> Traces:
    """Return what in a record shows which state of a pathway.

    Args:
        pathway: The pathway.
        without: States that a history does not show by itself: emergency and urgent work-up use
            the same tests as other care.
    """
    net = step_net(pathway)
    onward = {
        name: frozenset(
            net.names[each]
            for following in net.after[at]
            for each in reachable(net.after, following)
        )
        for at, name in enumerate(net.names)
    }
    shown = {name: state for name, state in pathway.states.items() if name not in without}
    brought = _brings_here(pathway)
    care: dict[str, list[str]] = {}
    results: dict[str, list[str]] = {}
    for name, state in shown.items():
        # More time for care that goes on anyway: only the count tells that it was agreed.
        done_here = () if state.adds else state.does
        offered = [each.treatment for each in state.offers if each.treatment not in brought]
        for each in dict.fromkeys((*done_here, *offered)):
            care.setdefault(each, []).append(name)
        for finding in state.yields:
            results.setdefault(finding, []).append(name)
    numbers = pathway.numbers
    marks = dict(_marks(pathway, shown))
    return Traces(
        pathway,
        {name: _earliest(states, onward, numbers) for name, states in care.items()},
        {name: tuple(states) for name, states in results.items()},
        marks,
        onward,
        frozenset(results) | {finding for finding, _ in marks},
    )


def _brings_here(pathway: ResolvedPathway) -> frozenset[str]:
    """Return the care for which a pathway concerns somebody at all.

    It came before the pathway: that it is offered once more, later on, does not show that they have
    come as far as that. A test or procedure that a state is for still shows that state.
    """
    whom = pathway.document.concerns
    if whom is None:
        return frozenset()
    names = findings_in(whom, pathway.scope)
    return frozenset(name.removesuffix(".status") for name in names if name.endswith(".status"))


def _earliest(
    states: list[str], onward: Mapping[str, frozenset[str]], numbers: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the states that come before no other of them; in a loop that with the smallest number."""

    def comes_after(state: str, other: str) -> bool:
        if state not in onward[other]:
            return False
        return other not in onward[state] or numbers[other] < numbers[state]

    return tuple(
        state
        for state in states
        if not any(comes_after(state, other) for other in states if other != state)
    )


def _marks(pathway: ResolvedPathway, shown: Iterable[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what only one state sets and nobody asks about: that it is so shows that state."""
    asked = {finding for state in pathway.states.values() for finding in state.reassess}
    setting: dict[tuple[str, str], list[str]] = {}
    for name in shown:
        state = pathway.states[name]
        for finding, values in state.sets.items():
            if finding not in asked and "." not in finding:
                setting.setdefault((finding, values[0]), []).append(name)
        for finding in state.adds:
            if finding not in asked and "." not in finding:
                setting.setdefault((finding, ""), []).append(name)
    for key, states in setting.items():
        if len(states) == 1:
            yield key, states[0]


def visits(
    traces: Traces,
    facts: Facts,
    since: dt.date | None = None,
    fits: Callable[[str], bool] = lambda _: True,
) -> tuple[Visit, ...]:
    """Return the states that a history shows as passed or under way.

    Where the same care happens on several ways that lie apart, it shows the one that more of the
    record bears out: results that only this state gives, all of its care done, a way in that is open.

    Args:
        traces: What shows which state.
        facts: What is known of the patient.
        since: When this episode began: care that ended before, and results from before, are no step
            of it. None: everything counts.
        fits: Whether what is known today would let somebody into a state.

    Returns:
        In reading order.
    """
    events: dict[str, list[Event]] = {}
    results: dict[str, list[Fact]] = {}
    counted = [
        each for each in facts.events if since is None or each.last is None or each.last >= since
    ]
    history = {event.name for event in counted}
    for event in counted:
        for state in _likeliest(traces, traces.care.get(event.name, ()), facts, history, fits):
            events.setdefault(state, []).append(event)
    names = {event.name for each in events.values() for event in each}
    for state, fact in _shown_by_results(traces, facts, names):
        if since is None or fact.on is None or fact.on >= since:
            results.setdefault(state, []).append(fact)
    return tuple(
        _visit(state, events.get(state, []), results.get(state, []))
        for state in traces.pathway.states
        if state in events or state in results
    )


def _likeliest(
    traces: Traces,
    states: tuple[str, ...],
    facts: Facts,
    history: AbstractSet[str],
    fits: Callable[[str], bool],
) -> tuple[str, ...]:
    """Return those of some states, on ways that lie apart, that most of a record bears out."""
    if len(states) == 1:
        return states
    weights = {
        name: (
            any(
                finding in facts.known and traces.results[finding] == (name,)
                for finding in traces.pathway.states[name].yields
            ),
            set(traces.pathway.states[name].does) <= history,
            fits(name),
        )
        for name in states
    }
    most = max(weights.values(), default=None)
    return tuple(name for name in states if weights[name] == most)


def _shown_by_results(
    traces: Traces, facts: Facts, history: AbstractSet[str]
) -> Iterator[tuple[str, Fact]]:
    """Yield the states that known values show: the one state that gives them, or that history names."""
    states = traces.pathway.states
    for finding, fact in facts.known.items():
        if finding not in traces.telling:
            continue
        giving = traces.results.get(finding, ())
        if len(giving) > 1:
            giving = tuple(each for each in giving if history & set(states[each].does))[:1]
        yield from ((state, fact) for state in giving)
        for state in _marked(traces, finding, fact):
            yield state, fact


def _marked(traces: Traces, finding: str, fact: Fact) -> Iterator[str]:
    value = (
        {True: "yes", False: "no"}.get(fact.value) if isinstance(fact.value, bool) else fact.value
    )
    if isinstance(value, str) and (finding, value) in traces.marks:
        yield traces.marks[finding, value]
    elif (finding, "") in traces.marks and not isinstance(value, str) and value:
        yield traces.marks[finding, ""]


def _visit(state: str, events: list[Event], results: list[Fact]) -> Visit:
    days = [day for event in events for day in (event.last or event.first,) if day is not None]
    # When a result was written down says little of when the care was, where that is known.
    days = days or [fact.on for fact in results if fact.on is not None]
    return Visit(
        state,
        tuple(dict.fromkeys(event.name for event in events)),
        tuple(sorted({fact.finding for fact in results})),
        max(days, default=None),
        is_under_way=any(event.status == "now" for event in events),
    )


def frontmost(traces: Traces, found: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return the visits that come before no other one.

    Of tests, procedures and operations with a day the latest says how far somebody has come: an
    operation of years ago is history beside an injection of last month. In a loop the order of the
    steps does not say which was last: there the latest day of a result does too, and where no day is
    known the step with the larger number. Care that goes on beside other care (medicines,
    exercises) is no sign of a new round.

    Args:
        traces: What shows which state.
        found: The visits.

    Returns:
        In reading order; more than one only on ways that do not meet.
    """
    listed = _without_older_steps(traces, list(found))
    front = [
        visit
        for visit in listed
        if not any(traces.is_before(visit.state, other.state) for other in listed)
    ]
    kept: list[Visit] = []
    for visit in front:
        together = [
            other
            for other in front
            if other is visit
            or (
                other.state in traces.onward[visit.state]
                and visit.state in traces.onward[other.state]
            )
        ]
        if _last_of(traces, together) is visit:
            kept.append(visit)
    return tuple(kept)


def _without_older_steps(traces: Traces, found: list[Visit]) -> list[Visit]:
    """Leave out tests, procedures and operations that are older than the latest one."""
    dated = [each for each in found if each.on is not None and _is_event(traces, each)]
    latest = max((each.on for each in dated if each.on is not None), default=None)
    return [each for each in found if each not in dated or each.on == latest]


def _last_of(traces: Traces, together: list[Visit]) -> Visit:
    """Return the last of some visits that lie in one loop."""
    numbers = traces.pathway.numbers
    steps = [each for each in together if each.on is not None and _is_step(traces, each)]
    others = [each for each in together if each not in steps]
    latest = max(steps, key=lambda each: (each.on, numbers[each.state]), default=None)
    candidates = [*others, *([latest] if latest else [])]
    return max(candidates, key=lambda each: numbers[each.state])


def _is_step(traces: Traces, visit: Visit) -> bool:
    """Return whether a visit is an event at its own time, not care that goes on beside other care."""
    return bool(visit.results) or _is_event(traces, visit)


def _is_event(traces: Traces, visit: Visit) -> bool:
    """Return whether a test, a procedure or an operation shows a visit."""
    catalogue = traces.pathway.catalogue
    categories = {
        catalogue.treatments[name].category if name in catalogue.treatments else "test"
        for name in visit.care
    }
    return bool(categories & {"test", "procedure", "surgery"})
