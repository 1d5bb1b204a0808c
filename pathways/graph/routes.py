"""Routes from one step to another: which, how many, how short, how long, under which conditions.

A **route** visits no state twice: it begins at one state, each state is followed by one that a way on
leads to, and it ends at another. Several ways between the same two states are one leg of the
route and stand beside each other on it. Whether one patient could ever meet all the conditions along a
route is another question; here only the drawn ways count.

Interrupts are no part of routes unless ``interrupts=True``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from pathways.conditions import Always, Otherwise
from pathways.conditions.scope import Reader
from pathways.errors import PathwayError
from pathways.graph.build import words_of
from pathways.graph.counting import Steps, Survey, routes_in_order, shortest, survey
from pathways.graph.steps import StateRef, StepNet, interrupt_ways, step_net
from pathways.model.pathway import ResolvedPathway, Way
from pathways.model.states import Interrupt, Transition

Counted = Literal["exactly", "loops_cut"]
"""How routes were counted.

``exactly``: the figure is the number of routes. ``loops_cut``: the loops are too tangled to count
through; the figure is the number of routes that take no way back (a way to a step already on the way
in a depth-first walk in reading order), so there are at least that many.
"""


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a route.

    Args:
        source: The state it leaves.
        target: The state it leads to.
        ways: Names of the ways that lead there, such as ``review/0``; of an interrupt
            ``interrupt/0``. Any one of them will do.
    """

    source: str
    target: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A way through a pathway that visits no state twice.

    Args:
        states: The states in order, both ends included.
        legs: The steps between them.
    """

    states: tuple[str, ...]
    legs: tuple[Leg, ...]

    @property
    def length(self) -> int:
        """How many steps it takes: one less than it has states."""
        return len(self.legs)


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes from one state to another.

    Args:
        start: Name of the state they begin at.
        goal: Name of the state they end at.
        listed: The first of them: fewest steps first, then in reading order.
        total: How many there are; see ``counted``.
        counted: How they were counted (:data:`Counted`).
        complete: Whether all of them are listed.
    """

    start: str
    goal: str
    listed: tuple[Route, ...]
    total: int
    counted: Counted
    complete: bool


@dataclass(frozen=True, slots=True)
class RouteBounds:
    """How many steps the routes from one state to another take.

    Args:
        start: Name of the state they begin at.
        goal: Name of the state they end at.
        fewest: Steps of the shortest route; None when there is no route.
        most: Steps of the longest route; with ``loops_cut`` there may be longer ones.
        total: How many routes there are; see ``counted``.
        counted: How they were counted (:data:`Counted`).
    """

    start: str
    goal: str
    fewest: int | None
    most: int | None
    total: int
    counted: Counted


@dataclass(frozen=True, slots=True)
class Escalation:
    """The shortest or the longest route from one state to another.

    Args:
        start: Name of the state it begins at.
        goal: Name of the state it ends at.
        route: The route; None when there is none. Among equals, the first in reading order.
        exact: False when loops were too tangled to look through, and a longer one may exist.
    """

    start: str
    goal: str
    route: Route | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What has to hold for one leg of a route.

    Args:
        source: The state it leaves.
        number: Step number of that state.
        target: The state it leads to.
        target_number: Step number of that state.
        labels: Labels of the ways, those that have one.
        conditions: For each way, its condition in words; any one will do.
        shared_decision: Whether several ways may be open here and the choice is made together.
        interrupt: Whether an interrupt can lead there.
        words: All of this in one line; empty when the leg is always open. Where ways are read in
            order, it also names the ways before, none of which may be open: by their labels, or by
            their conditions where they have none.
    """

    source: str
    number: int
    target: str
    target_number: int
    labels: tuple[str, ...]
    conditions: tuple[str, ...]
    shared_decision: bool
    interrupt: bool
    words: str


def routes(
    pathway: ResolvedPathway,
    goal: StateRef,
    start: StateRef | None = None,
    most: int = 100,
    *,
    interrupts: bool = False,
) -> Routes:
    """Return the routes from one state to another: a bounded list, and how many there are.

    Args:
        pathway: The pathway.
        goal: Name or step number of the state to end at. The same state gives one route of no step.
        start: Name or step number of the state to begin at; None: the start of the pathway.
        most: How many to list at most, 0 or more. Each further one costs about the size of the graph.
        interrupts: Whether interrupts count as ways.

    Returns:
        The list, fewest steps first, and the number of all routes: exact also where listing is
        impossible, unless ``counted`` says otherwise.

    Raises:
        UnknownNameError: A state is not known.
        PathwayError: ``most`` is negative.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> found = routes(pathway, 2, pathway.start, most=3)
        >>> found.counted, len(found.listed) <= 3
        ('exactly', True)
    """
    if most < 0:
        raise PathwayError(f"cannot list {most} routes; 'most' is 0 or more")
    asked = _Asked.of(pathway, goal, start, interrupts=interrupts)
    found = list(islice(routes_in_order(asked.net.after, asked.first, asked.last), most + 1))
    listed = tuple(asked.route(steps) for steps in found[:most])
    if len(found) <= most:
        return Routes(asked.start, asked.goal, listed, len(found), "exactly", complete=True)
    counted = survey(asked.net.after, asked.first, asked.last)
    total = max(counted.total, len(found))
    return Routes(asked.start, asked.goal, listed, total, _how(counted), complete=False)


def route_bounds(
    pathway: ResolvedPathway,
    goal: StateRef,
    start: StateRef | None = None,
    *,
    interrupts: bool = False,
) -> RouteBounds:
    """Return how many routes there are from one state to another, and how short and long they are.

    Args:
        pathway: The pathway.
        goal: Name or step number of the state to end at.
        start: Name or step number of the state to begin at; None: the start of the pathway.
        interrupts: Whether interrupts count as ways.

    Raises:
        UnknownNameError: A state is not known.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> route_bounds(pathway, pathway.start, pathway.start).total
        1
    """
    asked = _Asked.of(pathway, goal, start, interrupts=interrupts)
    fewest = shortest(asked.net.after, asked.first, asked.last)
    found = survey(asked.net.after, asked.first, asked.last)
    return RouteBounds(
        asked.start,
        asked.goal,
        len(fewest) - 1 if fewest else None,
        len(found.longest) - 1 if found.longest else None,
        found.total,
        _how(found),
    )


def shortest_escalation(
    pathway: ResolvedPathway,
    goal: StateRef,
    start: StateRef | None = None,
    *,
    interrupts: bool = False,
) -> Escalation:
    """Return the route with the fewest steps from one state to another: the quickest escalation.

    Args:
        pathway: The pathway.
        goal: Name or step number of the state to end at.
        start: Name or step number of the state to begin at; None: the start of the pathway.
        interrupts: Whether interrupts count as ways.

    Raises:
        UnknownNameError: A state is not known.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> shortest_escalation(pathway, pathway.start, pathway.start).route.length
        0
    """
    asked = _Asked.of(pathway, goal, start, interrupts=interrupts)
    steps = shortest(asked.net.after, asked.first, asked.last)
    return Escalation(asked.start, asked.goal, asked.route(steps) if steps else None, exact=True)


def longest_escalation(
    pathway: ResolvedPathway,
    goal: StateRef,
    start: StateRef | None = None,
    *,
    interrupts: bool = False,
) -> Escalation:
    """Return the route with the most steps from one state to another: the longest way round.

    Exact also with loops, by looking at the sets of states visited inside each of them
    (:mod:`pathways.graph.counting`), up to a bound on that work; ``exact`` says whether it held.

    Args:
        pathway: The pathway.
        goal: Name or step number of the state to end at.
        start: Name or step number of the state to begin at; None: the start of the pathway.
        interrupts: Whether interrupts count as ways.

    Raises:
        UnknownNameError: A state is not known.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> longest_escalation(pathway, pathway.start, pathway.start).exact
        True
    """
    asked = _Asked.of(pathway, goal, start, interrupts=interrupts)
    found = survey(asked.net.after, asked.first, asked.last)
    route = asked.route(found.longest) if found.longest else None
    return Escalation(asked.start, asked.goal, route, found.exact)


def choices_on(
    pathway: ResolvedPathway, route: Route, reader: Reader = "clinician"
) -> tuple[Choice, ...]:
    """Return what has to hold along a route, in words, leg by leg.

    Args:
        pathway: The pathway the route goes through.
        route: The route, as :func:`routes` gives it.
        reader: ``clinician`` or ``patient``.

    Raises:
        UnknownNameError: The route is not one of this pathway.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> route = shortest_escalation(pathway, 2, pathway.start).route
        >>> [choice.number for choice in choices_on(pathway, route)]
        [1]
    """
    return tuple(_choice(pathway, leg, reader) for leg in route.legs)


def _choice(pathway: ResolvedPathway, leg: Leg, reader: Reader) -> Choice:
    source, target = pathway.state_name(leg.source), pathway.state_name(leg.target)
    ways = [way for way in pathway.ways_from(source) if way.key in leg.ways]
    interrupts = _interrupts_of(pathway, leg)
    taken: list[Transition | Interrupt] = [*interrupts, *(way.transition for way in ways)]
    alarms = [f"at any time: {words_of(pathway, each.when, reader)}" for each in interrupts]
    told = [_way_in_words(pathway, way, reader) for way in ways]
    return Choice(
        source,
        pathway.numbers[source],
        target,
        pathway.numbers[target],
        tuple(each.label.to(reader) for each in taken if each.label),
        tuple(words_of(pathway, each.when, reader) for each in taken),
        shared_decision=pathway.states[source].choose == "any",
        interrupt=bool(interrupts),
        words="" if "" in told else "; or ".join([*alarms, *told]),
    )


def _way_in_words(pathway: ResolvedPathway, way: Way, reader: Reader) -> str:
    """Return what has to hold for one way, empty when it is always open."""
    state = pathway.states[way.source]
    parts = []
    if not isinstance(way.transition.when, Always | Otherwise):
        parts.append(words_of(pathway, way.transition.when, reader))
    if state.choose == "first" and way.index > 0:
        before = (
            each.label.to(reader) if each.label else words_of(pathway, each.when, reader)
            for each in state.next[: way.index]
        )
        parts.append(f"none of these: {'; '.join(before)}")
    return ", and ".join(parts)


def _interrupts_of(pathway: ResolvedPathway, leg: Leg) -> list[Interrupt]:
    return [
        interrupt
        for index, interrupt in enumerate(pathway.interrupts)
        if f"interrupt/{index}" in leg.ways
    ]


def _how(found: Survey) -> Counted:
    return "exactly" if found.exact else "loops_cut"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about routes between two states, with the net it is about."""

    pathway: ResolvedPathway
    net: StepNet
    start: str
    goal: str
    open_interrupts: tuple[tuple[str, int], ...]

    @classmethod
    def of(
        cls, pathway: ResolvedPathway, goal: StateRef, start: StateRef | None, *, interrupts: bool
    ) -> _Asked:
        first = pathway.start if start is None else pathway.state_name(start)
        last = pathway.state_name(goal)
        open_interrupts = tuple(interrupt_ways(pathway)) if interrupts else ()
        net = step_net(pathway, interrupts=interrupts)
        return cls(pathway, net, first, last, open_interrupts)

    @property
    def first(self) -> int:
        return self.net.position(self.start)

    @property
    def last(self) -> int:
        return self.net.position(self.goal)

    def route(self, steps: Steps) -> Route:
        """Return a route with the names of its states and of the ways between them."""
        states = tuple(self.net.names[each] for each in steps)
        legs = tuple(
            Leg(source, target, self._ways(source, target)) for source, target in pairwise(states)
        )
        return Route(states, legs)

    def _ways(self, source: str, target: str) -> tuple[str, ...]:
        return tuple(
            f"interrupt/{index}"
            for state, index in self.open_interrupts
            if state == source and self.pathway.interrupts[index].to == target
        ) + tuple(way.key for way in self.pathway.ways_from(source) if way.target == target)
