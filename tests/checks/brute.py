"""The verdict on every rule, told from patients followed one by one and what a rule remembers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from pathways.conditions import findings_in
from pathways.model.rules import Rule, RuleSentence
from tests.checks.brute_checks import Checking, cyclic
from tests.checks.brute_moves import Spot, Step, closure, sentence_of

Tail = tuple[Spot, Hashable]
"""A spot and what a rule remembers there."""


class Brute(Checking):
    """Explores one pathway."""

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
            case "never", joint:
                return self._fails_never(sentence, joint)
            case "must", "then":
                return self._fails_response_at_once(sentence)
            case "must", "later":
                return self._fails_response(sentence)
            case "must", "within":
                return self._fails_in_time(sentence, looked_at)
            case "must", _:
                return self._fails_between(sentence)
            case "at_most", _:
                return self._fails_at_most(sentence)
            case _:
                return self._fails_fresh(sentence)

    def _fails_never(self, sentence: RuleSentence, joint: str | None) -> bool:
        match joint:
            case None:
                return any(self.at[name] for name in self.chosen(sentence.first))
            case "before" | "after" | "and":
                return self._fails_in_order(sentence)
            case "then":
                return self._fails_at_once(sentence)
            case _:
                return self._fails_on_entering(sentence)

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

    def _fails_response(self, sentence: RuleSentence) -> bool:
        """Say whether ``A later B`` fails: at an end, or by an endless loop."""
        first, second = self.chosen(sentence.first), self.chosen(sentence.second)

        def enter(owing: bool, state: str) -> bool:
            return (owing and state not in second) or state in first

        def go_on(memory: Hashable, _: Spot, step: Step) -> bool:
            called = step.way.startswith("interrupt/")
            return enter(memory is True and not called, step.spot[0])

        tails = self.remembered(lambda spot: enter(False, spot[0]), go_on)
        owing = {spot for spot, memory in tails if memory is True}
        if any(self.is_end(state) for state, _ in owing):
            return True
        outside = {spot for spot in self.reached if spot[0] not in second}
        return bool(cyclic(outside, self.staying) & owing)

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
            if owing is True and state in end_at:
                return None
            return (owing is True and state not in inner) or state in begin_at

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
            stale = (stale is True or state in since) and not self._assessed(state, finding)
            return None if stale and self.reads(state, finding) else stale

        return self._broken(
            lambda spot: enter(False, spot[0]), lambda memory, _, step: enter(memory, step.spot[0])
        )
