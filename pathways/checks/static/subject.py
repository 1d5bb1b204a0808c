"""A pathway under check, with what the checks of its structure and its wording share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathways.boxes.regions import Box, Region, TooManyBoxesError, both, intersection
from pathways.checks.operands import ENDS, Operands, operands_of
from pathways.checks.saying import step
from pathways.conditions import Always, Condition, Not, Or, Otherwise, findings_in
from pathways.conditions.definitions import reachable_definitions
from pathways.errors import Place, Problem, Severity
from pathways.graph.steps import StepNet, interrupt_ways, reachable, step_net
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.logic import Logic

ALWAYS = Always()
NEVER = Not(ALWAYS)

PathPart = str | int
MOST_NAMED = 6
"""So many things are named in a message; of more it is said how many."""

MOST_PAIRS = 100_000
"""So many pairs of boxes are compared at most to hold two conditions against each other."""


@dataclass(frozen=True, slots=True)
class Written:
    """A condition and where it is written.

    Args:
        condition: The condition.
        where: The element, in words of the file: ``states.review.next[1]``.
        path: The same for :meth:`ResolvedPathway.place_of`.
        said: What it is, for a reader: ``the way from step 3 'Review' to step 4``.
    """

    condition: Condition
    where: str
    path: tuple[PathPart, ...]
    said: str


@dataclass(frozen=True)
class Subject:
    """A pathway under check.

    Args:
        pathway: The pathway, read without errors.
        given: Its conditions as sets of patients, where somebody has made them already; they must
            cover those of ways, offers, interrupts, rules, facts and ``initial``.

    Example:
        >>> from pathways.reading.load import load
        >>> "scope_check" in Subject(load("safety")).reached
        True
    """

    pathway: ResolvedPathway
    given: Logic | None = None

    @cached_property
    def rules(self) -> tuple[Operands, ...]:
        """Its rules, taken apart."""
        return tuple(operands_of(self.pathway))

    @cached_property
    def logic(self) -> Logic:
        """Its conditions as sets of patients."""
        if self.given is not None:
            return self.given
        return Logic(self.pathway, [each.condition for each in self.written])

    @cached_property
    def quiet(self) -> Mapping[str, Region]:
        """For each state, whom no interrupt calls away there.

        Raises:
            TooManyBoxesError: It cannot be told with few enough boxes.
        """
        logic = self.logic
        known: dict[tuple[int, ...], Region] = {}
        found: dict[str, Region] = {}
        for name in self.pathway.states:
            open_ = [each for each in logic.alarms if name not in each.silent_in]
            key = tuple(each.index for each in open_)
            if key not in known:
                known[key] = intersection([logic.facts, *(each.quiet for each in open_)])
            found[name] = known[key]
        return found

    @cached_property
    def net(self) -> StepNet:
        """Which step can follow which, interrupts among them."""
        return step_net(self.pathway, interrupts=True)

    @cached_property
    def own_net(self) -> StepNet:
        """Which step can follow which by ways of its own."""
        return step_net(self.pathway)

    @cached_property
    def ends(self) -> frozenset[int]:
        """Positions of the ends and links."""
        states = self.pathway.states.values()
        return frozenset(at for at, state in enumerate(states) if state.kind in ENDS)

    @cached_property
    def reached(self) -> frozenset[str]:
        """States that the start leads to, whatever the conditions say."""
        found = reachable(self.net.after, self.net.position(self.pathway.start))
        return frozenset(self.net.named(found))

    @cached_property
    def led_to(self) -> frozenset[str]:
        """The start, and the states that some way or interrupt leads to."""
        interrupts = self.pathway.interrupts
        return frozenset(
            {
                self.pathway.start,
                *(way.target for way in self.pathway.ways),
                *(interrupts[index].to for _, index in interrupt_ways(self.pathway)),
            }
        )

    @cached_property
    def ways_read(self) -> Mapping[str, frozenset[str]]:
        """For each state, the findings that its ways on read; definitions are opened."""
        scope = self.pathway.scope
        return {
            name: frozenset(
                finding for way in state.next for finding in findings_in(way.when, scope)
            )
            for name, state in self.pathway.states.items()
        }

    @cached_property
    def moving(self) -> tuple[Written, ...]:
        """The conditions of its ways, offers and interrupts."""
        return tuple(_moving(self))

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Its conditions but those for whom it is; of the definitions those that it uses."""
        others = [*self.moving, *_of_all(self.pathway), *_in_rules(self)]
        return (*others, *self._definitions(each.condition for each in others))

    def _definitions(self, conditions: Iterable[Condition]) -> Iterator[Written]:
        for name in self.definitions_in(conditions):
            record = self.pathway.definitions[name]
            own = ("definitions", name) in self.pathway.places
            said = f"the definition '{name}'{'' if own else ' of a shared catalogue'}"
            yield Written(record.when, f"definitions.{name}", ("definitions", name), said)

    def definitions_in(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """Return the definitions that some conditions name, directly or through others, sorted."""
        scope = self.pathway.scope
        together = Or((Always(), *conditions))
        return tuple(reachable_definitions(together, scope))

    @cached_property
    def admits_nobody(self) -> bool:
        """Whether the facts exclude everybody, so that nothing that is said of patients says anything."""
        return self.is_nobody(ALWAYS)

    def is_nobody(self, condition: Condition) -> bool:
        """Return whether no patient at all satisfies a condition; not when it cannot be told."""
        return self.is_within(condition, NEVER)

    def is_everybody(self, condition: Condition) -> bool:
        """Return whether every patient satisfies a condition; not when it cannot be told."""
        return self.is_within(ALWAYS, condition)

    def is_within(self, one: Condition, other: Condition) -> bool:
        """Return whether whoever satisfies one condition satisfies another; not when it cannot be told."""
        space = self.logic.space
        try:
            inside, outside = space.region(one), space.region(other, denied=True)
            facts = self.logic.facts
        except TooManyBoxesError:
            return False
        if len(inside) * len(outside) > MOST_PAIRS:
            return False
        for box in inside:
            allowed = dict(box)
            for limit in outside:
                if _meet(allowed, limit):
                    found = both(box, limit)
                    if found is not None and any(_meet(dict(found), fact) for fact in facts):
                        return False
        return True

    def are_equal(self, one: Condition, other: Condition) -> bool:
        """Return whether the same patients satisfy two conditions; not when it cannot be told."""
        return self.is_within(one, other) and self.is_within(other, one)

    def route(self, goal: str, without: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the shortest route to a state that passes none of some others; empty when none does.

        Args:
            goal: Name of the state.
            without: Names of states it may not pass.
        """
        left_out = {self.net.position(name) for name in without}
        start, last = self.net.position(self.pathway.start), self.net.position(goal)
        if start in left_out or last in left_out:
            return ()
        before = {start: start}
        waiting = [start]
        for at in waiting:
            for following in self.net.after[at]:
                if following not in before and following not in left_out:
                    before[following] = at
                    waiting.append(following)
        if last not in before:
            return ()
        steps = [last]
        while steps[-1] != start:
            steps.append(before[steps[-1]])
        return tuple(self.net.names[at] for at in reversed(steps))

    def step(self, state: str) -> str:
        """Return a state by its number and its title."""
        return step(self.pathway, state)

    def steps(self, states: Iterable[str]) -> str:
        """Return some states by their numbers: ``steps 3, 5 and 8``."""
        numbers = [str(self.pathway.numbers[each]) for each in states]
        return f"step{'s' if len(numbers) > 1 else ''} {listed(numbers)}"

    def way(self, state: str, index: int) -> str:
        """Return a way for a reader: ``the way from step 3 'Review' to step 4``."""
        target = self.pathway.states[state].next[index].to
        return f"the way from {self.step(state)} to step {self.pathway.numbers[target]}"

    def place(self, *path: PathPart) -> Place | None:
        """Return where an element stands."""
        return self.pathway.place_of(*path)

    def at_state(
        self, code: str, state: str, message: str, hint: str, severity: Severity = "error"
    ) -> Problem:
        """Return a problem that stands at a state."""
        return Problem(
            code, message, hint, f"states.{state}", self.place("states", state), severity
        )

    def at_written(
        self, code: str, written: Written, message: str, hint: str, severity: Severity
    ) -> Problem:
        """Return a problem that stands at a condition."""
        place = self.place(*written.path)
        if written.path[0] == "definitions":
            # One of a shared catalogue stands in none of the files that places are known of.
            place = self.pathway.places.get(("definitions", str(written.path[1])))
        return Problem(code, message, hint, written.where, place, severity)


def listed(words: Iterable[str], most: int = MOST_NAMED) -> str:
    """Return some words as a list for a reader.

    Args:
        words: What to list.
        most: How many to name at most.

    Example:
        >>> listed(["a", "b", "c"])
        'a, b and c'
        >>> listed(["a", "b", "c"], most=2)
        'a, b and 1 more'
    """
    named = list(words)
    if len(named) > most:
        return f"{', '.join(named[:most])} and {len(named) - most} more"
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


def _meet(allowed: Mapping[int, int], box: Box) -> bool:
    return all(allowed.get(variable, mask) & mask for variable, mask in box)


def _moving(subject: Subject) -> Iterator[Written]:
    pathway = subject.pathway
    for name, state in pathway.states.items():
        for index, way in enumerate(state.next):
            if not isinstance(way.when, Otherwise):
                where = f"states.{name}.next[{index}]"
                path = ("states", name, "next", index, "when")
                yield Written(way.when, where, path, subject.way(name, index))
        for index, offer in enumerate(state.offers):
            if offer.when is not None:
                said = f"the offer of '{offer.treatment}' at {subject.step(name)}"
                where = f"states.{name}.offers[{index}]"
                yield Written(offer.when, where, ("states", name, "offers", index, "when"), said)
    for index, each in enumerate(pathway.interrupts):
        said = f"the interrupt '{each.label.clinician}'"
        for key in ("when", "until"):
            condition = getattr(each, key)
            if condition is not None:
                what = said if key == "when" else f"'until' of {said}"
                yield Written(condition, f"interrupts[{index}]", ("interrupts", index), what)


def _of_all(pathway: ResolvedPathway) -> Iterator[Written]:
    initial = pathway.document.initial
    if initial is not None:
        yield Written(initial, "initial", ("initial",), "'initial'")
    for index, fact in enumerate(pathway.facts):
        yield Written(fact, f"facts[{index}]", ("facts", index), f"fact {index + 1}")


def _in_rules(subject: Subject) -> Iterator[Written]:
    for each in subject.rules:
        if each.condition is not None:
            name = each.rule.id
            yield Written(each.condition, f"rules.{name}", ("rules", name), f"the rule '{name}'")
