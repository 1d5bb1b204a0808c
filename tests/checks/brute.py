"""Every patient followed one by one, value by value: slow, and as obvious as it can be.

Values here are those of ``tests.library.people``: several_of as a set of options.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pathways.checks.results import Journey, Moment
from pathways.conditions import Condition, Otherwise, findings_in, read_value
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

Tail = tuple[Spot, Hashable]
"""A spot and what a rule remembers there."""


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


class Brute:
    """Explores one pathway."""

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

    # Checks

    def is_end(self, state: str) -> bool:
        return self.pathway.states[state].kind in {"end", "link"}

    def quiet(self, spot: Spot) -> bool:
        return self.fires(spot) is None

    def stuck(self, spot: Spot) -> bool:
        """Say whether nothing is open although there are ways on."""
        return not self.is_end(spot[0]) and not self.open(spot)

    def everywhere(self, state: str) -> list[Spot]:
        return [(state, at) for at in range(len(self.people))]

    @cached_property
    def at(self) -> Mapping[str, list[Spot]]:
        """Who gets to each state."""
        found: dict[str, list[Spot]] = {name: [] for name in self.pathway.states}
        for spot in sorted(self.reached):
            found[spot[0]].append(spot)
        return found

    def problems(self) -> set[tuple[str, str]]:
        """Return code and element of everything the pathway has."""
        found: set[tuple[str, str]] = set()
        for name, state in self.pathway.states.items():
            where = f"states.{name}"
            if not self.at[name]:
                found.add(("unreachable-state", where))
            if state.next:
                if any(map(self.stuck, self.at[name])):
                    found.add(("gap", where))
                elif any(map(self.stuck, self.everywhere(name))):
                    found.add(("gap-nobody-reaches", where))
            for index in range(len(state.next)):
                code = self._of_way(name, index)
                if code:
                    found.add((code, f"{where}.next[{index}]"))
            found |= {
                (code, f"{where}.next[{later}]") for code, _, later in self.overlaps(name)
            }
        found |= {("cannot-finish", f"states.{name}") for name in self.cannot_finish()}
        return found

    def _of_way(self, state: str, index: int) -> str:
        when = self.pathway.states[state].next[index].when
        people = range(len(self.people))
        if not any(self.guard(state, index, each) for each in people):
            alone = isinstance(when, Otherwise) or any(self.true(when, each) for each in people)
            return "masked" if alone else "never-taken"
        if self.at[state] and not any(self.guard(state, index, at) for _, at in self.at[state]):
            return "never-taken-here"
        return ""

    def overlaps(self, state: str) -> Iterator[tuple[str, int, int]]:
        """Yield code, earlier and later way for each two ways that are open at once."""
        record = self.pathway.states[state]
        if record.choose != "one":
            return
        for one, two in itertools.combinations(range(len(record.next)), 2):
            if record.next[one].to == record.next[two].to:
                continue

            def both(spot: Spot, one: int = one, two: int = two) -> bool:
                return self.quiet(spot) and {one, two} <= set(self.own(spot))

            if any(map(both, self.at[state])):
                yield "overlap", one, two
            elif any(map(both, self.everywhere(state))):
                yield "overlap-nobody-reaches", one, two

    # Traps and loops

    @cached_property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """For each state on a cycle of own ways, the strongly connected part it is in."""
        after = {
            name: {each.to for each in state.next} for name, state in self.pathway.states.items()
        }
        behind = {name: set(closure(after[name], lambda at: after[at])) for name in after}
        return {
            name: frozenset(each for each in behind[name] if name in behind[each])
            for name in after
            if name in behind[name]
        }

    def own_steps(self, spot: Spot) -> list[Spot]:
        """Return where somebody may be next when no interrupt fires now."""
        return [each.spot for each in self.steps(spot)] if self.quiet(spot) else []

    @cached_property
    def trapped(self) -> set[Spot]:
        """Every quiet spot that somebody gets to and from which no end is reached quietly."""
        before: dict[Spot, list[Spot]] = {}
        good = []
        for spot in self.reached:
            if not self.quiet(spot):
                continue
            if self.is_end(spot[0]) or not self.open(spot):
                good.append(spot)
            for each in self.own_steps(spot):
                before.setdefault(each, []).append(spot)
        saved = set(closure(good, lambda spot: before.get(spot, ())))
        return {spot for spot in self.reached if self.quiet(spot) and spot not in saved}

    def cannot_finish(self) -> set[str]:
        return {spot[0] for spot in self.trapped if spot[0] in self.parts}

    def staying(self, spot: Spot) -> list[Spot]:
        """Return the moves inside a strongly connected part in which nothing changes by itself.

        Nobody has a move from where a way out of the part is open, or where an interrupt fires.
        """
        state, person = spot
        part = self.parts.get(state)
        if part is None or not self.quiet(spot):
            return []
        targets = [self.pathway.states[state].next[at].to for at in self.own(spot)]
        if any(target not in part for target in targets):
            return []
        found = [(target, self._stayed(target, person)) for target in targets]
        return [(target, at) for target, at in found if at is not None]

    def _stayed(self, state: str, person: int) -> int | None:
        """Return who somebody is after a state changed no more than it must, where that may be."""
        record = self.pathway.states[state]
        values = dict(self.people[person])
        for name in self.names:
            if name in record.sets:
                values[name] = self.set_value(name, record.sets[name])
            elif name in record.adds:
                (values[name],) = self._may_become(state, name, person, values[name])
        number = self.number.get(tuple(values.values()))
        return number if number in self.entered(state, person) else None

    @cached_property
    def looping(self) -> set[Spot]:
        """Every spot that somebody gets to and that comes back to itself."""
        return cyclic(self.reached, self.staying)

    def endless_loops(self) -> set[frozenset[str]]:
        """Return the strongly connected parts in which somebody can go round for ever."""
        return {self.parts[state] for state, _ in self.looping}

    # Rules

    def chosen(self, selection: Selection | None) -> frozenset[str]:
        """Return the states a rule speaks of."""
        assert selection is not None
        return frozenset(
            name
            for name, state in self.pathway.states.items()
            if (selection.name in state.tags if selection.by_tag else name == selection.name)
        )

    def verdict(self, rule: Rule) -> str:
        """Return ``holds``, ``fails`` or ``undecided``."""
        sentence = sentence_of(self.pathway, rule)
        if sentence.form == "possible":
            there = any(self.at[name] for name in self.chosen(sentence.first))
            return "holds" if there else "fails"
        if sentence.joint == "within" and sentence.form == "fresh":
            return "holds" if self._assessed_where_read(sentence.finding) else "undecided"
        return "fails" if self._fails(sentence, with_ends=rule.ends == "included") else "holds"

    def reads(self, state: str, finding: str | None) -> bool:
        """Say whether the own ways of a state read a finding."""
        ways = self.pathway.states[state].next
        return any(finding in findings_in(way.when, self.scope) for way in ways)

    def _assessed(self, state: str, finding: str | None) -> bool:
        record = self.pathway.states[state]
        return finding in (*record.yields, *record.reassess, *record.sets)

    def _assessed_where_read(self, finding: str | None) -> bool:
        return all(
            self._assessed(name, finding)
            for name in self.pathway.states
            if self.reads(name, finding)
        )

    def _fails(self, sentence: RuleSentence, *, with_ends: bool) -> bool:
        looked_at = {name for name in self.pathway.states if with_ends or not self.is_end(name)}
        if sentence.form == "never" and sentence.first is None:
            condition = sentence.condition
            assert condition is not None
            return any(
                state in looked_at and self.true(condition, person)
                for state, person in self.reached
            )
        match sentence.form, sentence.joint:
            case "never", None:
                return any(self.at[name] for name in self.chosen(sentence.first))
            case "never", "before" | "after" | "and":
                return self._fails_in_order(sentence)
            case "never", "then":
                return self._fails_at_once(sentence)
            case "never", _:
                return self._fails_on_entering(sentence)
            case "must", "then":
                return self._fails_response_at_once(sentence)
            case "must", "later":
                return self.fails_response(sentence, self.staying)
            case "must", "within":
                return self._fails_in_time(sentence, looked_at)
            case "must", _:
                return self._fails_between(sentence)
            case "at_most", _:
                return self._fails_at_most(sentence)
            case _:
                return self._fails_fresh(sentence)

    def remembered(
        self,
        begin: Callable[[Spot], Hashable],
        go_on: Callable[[Hashable, Spot, Step], Hashable],
    ) -> set[Tail]:
        """Return every spot with what a rule remembers there; None says that the rule is broken."""

        def after(tail: Tail) -> Iterator[Tail]:
            spot, memory = tail
            if memory is None:
                return
            for step in self.steps(spot):
                yield step.spot, go_on(memory, spot, step)

        return set(closure([(spot, begin(spot)) for spot in self.starts], after))

    def _broken(
        self,
        begin: Callable[[Spot], Hashable],
        go_on: Callable[[Hashable, Spot, Step], Hashable],
    ) -> bool:
        return any(memory is None for _, memory in self.remembered(begin, go_on))

    def _fails_in_order(self, sentence: RuleSentence) -> bool:
        first, second = self.chosen(sentence.first), self.chosen(sentence.second)

        def enter(memory: tuple[bool, bool], state: str) -> Hashable:
            seen_first, seen_second = memory
            if state in first and sentence.joint == "before" and not seen_second:
                return None
            if state in first and sentence.joint == "after" and seen_second:
                return None
            now = (seen_first or state in first, seen_second or state in second)
            return None if sentence.joint == "and" and all(now) else now

        def begin(spot: Spot) -> Hashable:
            brought = sentence.joint == "before" and self._brought(second, spot[1])
            return enter((False, brought), spot[0])

        return self._broken(begin, lambda memory, _, step: enter(memory, step.spot[0]))  # type: ignore[arg-type]

    def _brought(self, states: Iterable[str], person: int) -> bool:
        done = [self.pathway.states[name].does for name in states]
        return any(
            does and all(self.people[person][f"{each}.status"] != "never" for each in does)
            for does in done
        )

    def _fails_at_once(self, sentence: RuleSentence) -> bool:
        first, second = self.chosen(sentence.first), self.chosen(sentence.second)
        return any(
            step.spot[0] in second
            for name in first
            for spot in self.at[name]
            for step in self.steps(spot)
        )

    def _fails_on_entering(self, sentence: RuleSentence) -> bool:
        first, condition = self.chosen(sentence.first), sentence.condition
        assert condition is not None
        wrong = sentence.joint == "while"
        if any(state in first and self.true(condition, at) is wrong for state, at in self.starts):
            return True
        return any(
            step.spot[0] in first and self.true(condition, spot[1]) is wrong
            for spot in self.reached
            for step in self.steps(spot)
        )

    def _fails_response_at_once(self, sentence: RuleSentence) -> bool:
        first, second = self.chosen(sentence.first), self.chosen(sentence.second)
        spots = [spot for name in first for spot in self.at[name]]
        return any(
            self.is_end(spot[0])
            or any(
                step.spot[0] not in second and not step.way.startswith("interrupt/")
                for step in self.steps(spot)
            )
            for spot in spots
        )

    def fails_response(
        self, sentence: RuleSentence, onward: Callable[[Spot], Iterable[Spot]]
    ) -> bool:
        """Say whether ``A later B`` fails at an end, or by going round for ever by some moves."""
        first, second = self.chosen(sentence.first), self.chosen(sentence.second)

        def enter(owing: bool, state: str) -> bool:
            return (owing and state not in second) or state in first

        def go_on(memory: Hashable, _: Spot, step: Step) -> bool:
            called = step.way.startswith("interrupt/")
            return enter(bool(memory) and not called, step.spot[0])

        tails = self.remembered(lambda spot: enter(False, spot[0]), go_on)
        owing = {spot for spot, memory in tails if memory}
        if any(self.is_end(state) for state, _ in owing):
            return True
        outside = {spot for spot in self.reached if spot[0] not in second}
        return bool(cyclic(outside, onward) & owing)

    def _fails_in_time(self, sentence: RuleSentence, looked_at: set[str]) -> bool:
        wanted, condition, number = self.chosen(sentence.first), sentence.condition, sentence.number
        assert condition is not None
        assert number is not None

        def enter(left: int, spot: Spot) -> Hashable:
            """Return how many steps are left, -1 where nothing is asked for, None when too late."""
            state, person = spot
            if state in wanted:
                return -1
            if left > 0:
                left -= 1
            elif state in looked_at and self.true(condition, person):
                left = number
            over = self.is_end(state) or not self.open(spot)
            return None if left == 0 or (left > 0 and over) else left

        def go_on(memory: Hashable, _: Spot, step: Step) -> Hashable:
            assert isinstance(memory, int)
            return enter(memory, step.spot)

        return self._broken(lambda spot: enter(-1, spot), go_on)

    def _fails_between(self, sentence: RuleSentence) -> bool:
        assert sentence.between is not None
        begin_at, end_at = (self.chosen(each) for each in sentence.between)
        inner = self.chosen(sentence.first)

        def enter(owing: Hashable, state: str) -> Hashable:
            if owing and state in end_at:
                return None
            return (bool(owing) and state not in inner) or state in begin_at

        return self._broken(
            lambda spot: enter(False, spot[0]), lambda memory, _, step: enter(memory, step.spot[0])
        )

    def _fails_at_most(self, sentence: RuleSentence) -> bool:
        first, number = self.chosen(sentence.first), sentence.number
        again = self.chosen(sentence.second) if sentence.joint == "per" else frozenset()
        assert number is not None

        def enter(count: Hashable, state: str) -> Hashable:
            assert isinstance(count, int)
            total = (0 if state in again else count) + (state in first)
            return None if total > number else total

        return self._broken(
            lambda spot: enter(0, spot[0]), lambda memory, _, step: enter(memory, step.spot[0])
        )

    def _fails_fresh(self, sentence: RuleSentence) -> bool:
        since, finding = self.chosen(sentence.second), sentence.finding

        def enter(stale: Hashable, state: str) -> Hashable:
            stale = (bool(stale) or state in since) and not self._assessed(state, finding)
            return None if stale and self.reads(state, finding) else stale

        return self._broken(
            lambda spot: enter(False, spot[0]), lambda memory, _, step: enter(memory, step.spot[0])
        )

    # Journeys

    def journey(self, spots: Iterable[tuple[Spot, str]]) -> Journey:
        """Return a journey of spots and the ways taken from them."""
        return Journey(tuple(self.moment(spot, way) for spot, way in spots))

    def moment(self, spot: Spot, way: str = "") -> Moment:
        shapes = self.scope.findings
        person = self.people[spot[1]]
        values = {name: read_value(shapes[name], value) for name, value in person.items()}
        return Moment(spot[0], values, way)


def closure(
    begin: Iterable[Any], after: Callable[[Any], Iterable[Any]]
) -> dict[Any, Any]:
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


def cyclic(spots: Iterable[Spot], onward: Callable[[Spot], Iterable[Spot]]) -> set[Spot]:
    """Return the spots that lie on a cycle of moves within some spots."""
    left = set(spots)
    after = {spot: [each for each in onward(spot) if each in left] for spot in left}
    # What nothing leads to, or that leads nowhere, lies on no cycle.
    while True:
        led_to = {each for spot in left for each in after[spot]}
        kept = {spot for spot in left if spot in led_to and after[spot]}
        if kept == left:
            break
        left = kept
        after = {spot: [each for each in after[spot] if each in left] for spot in left}
    return {spot for spot in left if spot in closure(after[spot], lambda at: after[at])}
