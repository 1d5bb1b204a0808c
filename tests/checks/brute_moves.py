"""Every patient followed one by one, value by value: slow, and as obvious as it can be.

Values here are those of ``tests.library.people``: several_of as a set of options.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pathways.checks.results import Journey, Moment
from pathways.conditions import Condition, findings_in, read_value
from pathways.conditions.scope import FindingShape
from pathways.graph.steps import interrupt_ways
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import Rule, RuleSentence, Selection, read_rule
from pathways.model.thresholds import lines_in
from tests.library.people import holds

FEW = 12
"""So many numbers on a grid are gone through one by one; of more, those beside a constant."""

MANY = 20000

Spot = tuple[str, int]
"""A state, and the position of a valuation in the list of all."""


class TooManyError(Exception):
    """A pathway has more valuations than can be gone through."""


@dataclass(frozen=True)
class Step:
    """One move: the way taken and where it comes out."""

    way: str
    spot: Spot


def _texts(pathway: ResolvedPathway) -> Iterator[Condition]:
    """Yield every condition that somebody's way, or the verdict on a rule, depends on."""
    yield from (way.transition.when for way in pathway.ways)
    for state in pathway.states.values():
        yield from (offer.when for offer in state.offers if offer.when is not None)
    for each in pathway.interrupts:
        yield each.when
        if each.until is not None:
            yield each.until
    yield from pathway.facts
    if pathway.document.initial is not None:
        yield pathway.document.initial
    for rule in pathway.rules:
        condition = sentence_of(pathway, rule).condition
        if condition is not None:
            yield condition


def sentence_of(pathway: ResolvedPathway, rule: Rule) -> RuleSentence:
    tags = {tag for state in pathway.states.values() for tag in state.tags}
    return read_rule(rule, pathway.states.keys(), tags)


class Moving:
    """Every patient of one pathway, and where each may go."""

    def __init__(self, pathway: ResolvedPathway) -> None:
        self.pathway = pathway
        self.scope = pathway.scope
        self.names = self._names()
        self.domain = {name: self._values(self.scope.findings[name]) for name in self.names}
        count = 1
        for each in self.domain.values():
            count *= len(each)
        if count > MANY:
            raise TooManyError(count)
        self.people: list[dict[str, Any]] = []
        self.number: dict[tuple[Any, ...], int] = {}
        for chosen in itertools.product(*self.domain.values()):
            person = dict(zip(self.names, chosen, strict=True))
            if all(holds(fact, person, pathway) for fact in pathway.facts):
                self.number[chosen] = len(self.people)
                self.people.append(person)
        self.truths: dict[int, list[bool]] = {}
        self.kept: list[Condition] = []
        self.firing: dict[str, list[int]] = {name: [] for name in pathway.states}
        for state, index in interrupt_ways(pathway):
            self.firing[state].append(index)
        self.entries: dict[tuple[str, int], tuple[int, ...]] = {}
        self.moves: dict[Spot, tuple[Step, ...]] = {}

    # Values

    def _names(self) -> list[str]:
        read = {name for each in _texts(self.pathway) for name in findings_in(each, self.scope)}
        for rule in self.pathway.rules:
            sentence = sentence_of(self.pathway, rule)
            if sentence.joint == "before":
                for name in self.chosen(sentence.second):
                    read |= {f"{each}.status" for each in self.pathway.states[name].does}
        return sorted(read)

    def _values(self, shape: FindingShape) -> list[Any]:
        match shape.type:
            case "yes_no":
                return [False, True]
            case "one_of":
                return list(shape.options)
            case "several_of":
                return self._sets(shape)
            case _:
                return self._numbers(shape)

    def _sets(self, shape: FindingShape) -> list[frozenset[str]]:
        others = [each for each in shape.options if each != "none"]
        found = [
            frozenset(chosen)
            for size in range(len(others) + 1)
            for chosen in itertools.combinations(others, size)
        ]
        if "none" in shape.options:
            found[0] = frozenset({"none"})
        return found

    def _numbers(self, shape: FindingShape) -> list[Decimal]:
        assert shape.low is not None
        assert shape.high is not None
        marks = self._marks(shape.name)
        marks = {each for each in marks if shape.low <= each <= shape.high}
        if shape.step is None:
            points = sorted({shape.low, shape.high, *marks})
            middles = [(a + b) / 2 for a, b in itertools.pairwise(points)]
            return sorted([*points, *middles])
        whole = int((shape.high - shape.low) / shape.step) + 1
        if whole <= FEW:
            return [shape.low + shape.step * at for at in range(whole)]
        near = {
            each + change for each in marks for change in (-shape.step, Decimal(0), shape.step)
        } | {shape.low, shape.high}
        return sorted(
            each
            for each in near
            if shape.low <= each <= shape.high and (each - shape.low) % shape.step == 0
        )

    def _marks(self, name: str) -> set[Decimal]:
        """Return the numbers a finding is compared with or set to."""
        conditions = list(_texts(self.pathway))
        conditions += [each.condition for each in self.scope.definitions.values()]
        found = {
            line.value for each in conditions for line in lines_in(each) if line.finding == name
        }
        sets = [state.sets[name][0] for state in self.pathway.states.values() if name in state.sets]
        return found | {Decimal(text) for text in sets}

    def set_value(self, name: str, texts: tuple[str, ...]) -> Any:
        match self.scope.findings[name].type:
            case "yes_no":
                return texts[0] == "yes"
            case "several_of":
                return frozenset(texts)
            case "number":
                return Decimal(texts[0])
            case _:
                return texts[0]

    def true(self, condition: Condition, person: int) -> bool:
        """Say whether a condition holds for somebody; worked out once for all."""
        table = self.truths.get(id(condition))
        if table is None:
            table = [holds(condition, each, self.pathway) for each in self.people]
            self.truths[id(condition)] = table
            self.kept.append(condition)
        return table[person]

    # Moves

    def fires(self, spot: Spot) -> int | None:
        """Return the interrupt that fires."""
        state, person = spot
        for index in self.firing[state]:
            each = self.pathway.interrupts[index]
            cleared = each.until is not None and self.true(each.until, person)
            if self.true(each.when, person) and not cleared:
                return index
        return None

    def guard(self, state: str, index: int, person: int) -> bool:
        """Say whether an own way is open, whatever interrupts say."""
        record = self.pathway.states[state]
        if not self.true(record.next[index].when, person):
            return False
        before = record.next[:index] if record.choose == "first" else ()
        return not any(self.true(each.when, person) for each in before)

    def own(self, spot: Spot) -> list[int]:
        """Return the own ways that are open, whatever interrupts say."""
        ways = self.pathway.states[spot[0]].next
        return [at for at in range(len(ways)) if self.guard(spot[0], at, spot[1])]

    def open(self, spot: Spot) -> list[tuple[str, str]]:
        """Return the ways that are open and where they lead."""
        state, _ = spot
        fired = self.fires(spot)
        if fired is not None:
            return [(f"interrupt/{fired}", self.pathway.interrupts[fired].to)]
        ways = self.pathway.states[state].next
        return [(f"{state}/{at}", ways[at].to) for at in self.own(spot)]

    def entered(self, state: str, person: int) -> tuple[int, ...]:
        """Return whom somebody may have become once a state has acted."""
        key = (state, person)
        if key not in self.entries:
            old = self.people[person]
            choices = [self._may_become(state, name, person, old[name]) for name in self.names]
            found = (self.number.get(chosen) for chosen in itertools.product(*choices))
            self.entries[key] = tuple(each for each in found if each is not None)
        return self.entries[key]

    def _may_become(self, state: str, name: str, person: int, old: Any) -> list[Any]:
        record = self.pathway.states[state]
        everything = self.domain[name]
        owner, _, part = name.partition(".")
        if name in record.sets:
            return [self.set_value(name, record.sets[name])]
        if name in record.yields or name in record.reassess or name in record.restarts:
            return everything
        if self._drifts(name):
            return everything
        if part and owner in record.does:
            if part != "status":
                return everything
            return ["done"] if owner in self.pathway.catalogue.tests else ["now", "stopped"]
        offers = [each for each in record.offers if part and each.treatment == owner]
        offered = any(each.when is None or self.true(each.when, person) for each in offers)
        if offers and part == "status":
            return sorted({old, "now", "stopped"}) if offered else [old]
        if offered:
            return everything
        if name in record.adds:
            high = self.scope.findings[name].high
            assert high is not None
            return [min(old + record.adds[name], high)]
        if self._goes_up(name):
            return [each for each in everything if each >= old]
        return [old]

    def _drifts(self, name: str) -> bool:
        record = self.pathway.catalogue.findings.get(name)
        if record is None:
            return name.partition(".")[2] == "count_12mo"
        if record.derived is not None or record.kind == "watch":
            return True
        return record.kind in ("count", "time") and record.window is not None

    def _goes_up(self, name: str) -> bool:
        record = self.pathway.catalogue.findings.get(name)
        if record is None:
            return name.partition(".")[2] in ("weeks", "months_since")
        added = any(name in each.adds for each in self.pathway.states.values())
        return record.kind == "time" or (record.kind == "count" and not added)

    def steps(self, spot: Spot) -> tuple[Step, ...]:
        """Return every move from a spot."""
        if spot not in self.moves:
            self.moves[spot] = tuple(
                Step(way, (target, person))
                for way, target in self.open(spot)
                for person in self.entered(target, spot[1])
            )
        return self.moves[spot]

    @cached_property
    def starts(self) -> list[Spot]:
        record = self.pathway.states[self.pathway.start]
        initial = self.pathway.document.initial
        wanted = {
            name: self.set_value(name, texts)
            for name, texts in record.sets.items()
            if name in self.names
        }
        return [
            (self.pathway.start, at)
            for at, person in enumerate(self.people)
            if (initial is None or self.true(initial, at))
            and all(person[name] == value for name, value in wanted.items())
        ]

    @cached_property
    def reached(self) -> set[Spot]:
        """Every spot that somebody gets to."""
        return set(closure(self.starts, lambda spot: [each.spot for each in self.steps(spot)]))

    def is_end(self, state: str) -> bool:
        return self.pathway.states[state].kind in {"end", "link"}

    def quiet(self, spot: Spot) -> bool:
        return self.fires(spot) is None

    def chosen(self, selection: Selection | None) -> frozenset[str]:
        """Return the states a rule speaks of."""
        assert selection is not None
        return frozenset(
            name
            for name, state in self.pathway.states.items()
            if (selection.name in state.tags if selection.by_tag else name == selection.name)
        )

    def journey(self, spots: Iterable[tuple[Spot, str]]) -> Journey:
        """Return a journey of spots and the ways taken from them."""
        return Journey(tuple(self.moment(spot, way) for spot, way in spots))

    def moment(self, spot: Spot, way: str = "") -> Moment:
        shapes = self.scope.findings
        person = self.people[spot[1]]
        values = {name: read_value(shapes[name], value) for name, value in person.items()}
        return Moment(spot[0], values, way)


def closure(begin: Iterable[Any], after: Callable[[Any], Iterable[Any]]) -> dict[Any, Any]:
    """Return everything that can be got to, each with where it was come from (None: the beginning)."""
    found: dict[Any, Any] = dict.fromkeys(begin)
    waiting = deque(found)
    while waiting:
        here = waiting.popleft()
        for there in after(here):
            if there not in found:
                found[there] = here
                waiting.append(there)
    return found
