"""A pathway under check, with what the checks of its structure and its wording share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.operands import ENDS, Operands, operands_of
from pathways.checks.saying import step
from pathways.conditions import Always, And, Condition, Not, Or, Otherwise, findings_in
from pathways.conditions.definitions import reachable_definitions
from pathways.errors import Place, Problem, Severity
from pathways.graph.counting import shortest
from pathways.graph.steps import StepNet, interrupt_ways, reachable, step_net
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.logic import Logic

PathPart = str | int
MOST_NAMED = 6
"""So many things are named in a message; of more it is said how many."""


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

    Example:
        >>> from pathways.reading.load import load
        >>> Subject(load("safety")).step("scope_check")
        "step 8 'Does this chart fit this person?'"
    """

    pathway: ResolvedPathway

    @cached_property
    def rules(self) -> tuple[Operands, ...]:
        """Its rules, taken apart."""
        return tuple(operands_of(self.pathway))

    @cached_property
    def logic(self) -> Logic:
        """Its conditions as sets of patients."""
        asked = [each.condition for each in self.written]
        return Logic(self.pathway, asked)

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
        """Every condition of the pathway; of the definitions those that it uses."""
        others = [*self.moving, *_about_patients(self.pathway), *_in_rules(self)]
        return (*others, *self._definitions(each.condition for each in others))

    def _definitions(self, conditions: Iterable[Condition]) -> Iterator[Written]:
        for name in self.definitions_in(conditions):
            record = self.pathway.definitions[name]
            said = f"the definition '{name}'"
            yield Written(record.when, f"definitions.{name}", ("definitions", name), said)

    def definitions_in(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """Return the definitions that some conditions name, directly or through others, sorted."""
        scope = self.pathway.scope
        together = Or((Always(), *conditions))
        return tuple(reachable_definitions(together, scope))

    def is_nobody(self, condition: Condition) -> bool:
        """Return whether no patient at all satisfies a condition; not when it cannot be told."""
        logic = self.logic
        try:
            return not logic.space.region(And((*self.pathway.facts, condition)))
        except TooManyBoxesError:
            return False

    def is_everybody(self, condition: Condition) -> bool:
        """Return whether every patient satisfies a condition; not when it cannot be told."""
        return self.is_nobody(Not(condition))

    def are_equal(self, one: Condition, other: Condition) -> bool:
        """Return whether the same patients satisfy two conditions; not when it cannot be told."""
        return self.is_nobody(And((one, Not(other)))) and self.is_nobody(And((Not(one), other)))

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
        after = {
            at: tuple(each for each in following if each not in left_out)
            for at, following in self.net.after.items()
        }
        return tuple(self.net.names[at] for at in shortest(after, start, last))

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
        return Problem(code, message, hint, written.where, self.place(*written.path), severity)


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


def _about_patients(pathway: ResolvedPathway) -> Iterator[Written]:
    document = pathway.document
    for key in ("concerns", "entry", "initial"):
        condition = getattr(document, key)
        if condition is not None:
            yield Written(condition, key, (key,), f"'{key}'")
    for index, fact in enumerate(pathway.facts):
        yield Written(fact, f"facts[{index}]", ("facts", index), f"fact {index + 1}")


def _in_rules(subject: Subject) -> Iterator[Written]:
    for each in subject.rules:
        if each.condition is not None:
            name = each.rule.id
            yield Written(each.condition, f"rules.{name}", ("rules", name), f"the rule '{name}'")
