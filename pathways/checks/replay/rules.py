"""A rule read on one journey, step by step as its sentence says: is this a journey that breaks it?

Values *at the moment of deciding* to enter a step are those of the step before; at the first step,
its own. Names of the forms and their source stand in :mod:`pathways.model.rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pathways.checks.replay.holding import holds
from pathways.checks.replay.moving import open_ways
from pathways.checks.results import Journey, Moment
from pathways.conditions import findings_in
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import Rule, RuleSentence, Selection, read_rule


def breaks(pathway: ResolvedPathway, rule: Rule, journey: Journey) -> bool:
    """Say whether a journey breaks a rule; for ``possible`` whether it shows what the rule asks for.

    A journey that comes back to one of its steps stands for going round and round. One that just
    breaks off breaks only what nothing that follows can mend.

    Args:
        pathway: The pathway.
        rule: One of its rules.
        journey: A journey that the pathway allows.

    Raises:
        ValueMissingError: The rule reads a finding for which the journey has no value.
    """
    tags = {tag for state in pathway.states.values() for tag in state.tags}
    sentence = read_rule(rule, pathway.states.keys(), tags)
    moments = _gone_round(journey, sentence.number or 0)
    reading = _Reading(pathway, sentence, moments, with_ends=rule.ends == "included")
    match sentence.form:
        case "never" if sentence.first is None:
            return reading.condition_met()
        case "never":
            return reading.forbidden()
        case "must" if sentence.between is not None:
            return reading.left_out()
        case "must" if sentence.joint == "then":
            return reading.not_at_once()
        case "must" if sentence.joint == "later":
            over = journey.back_to is not None or reading.is_end(journey.last)
            return over and reading.owed(_round(journey))
        case "must":
            return reading.too_late(over=journey.back_to is None and reading.is_over())
        case "at_most":
            return reading.too_often() or reading.again_and_again(_round(journey))
        case "possible":
            return any(reading.is_first(each) for each in moments)
        case "fresh":
            return sentence.joint == "since" and reading.stale()
        case _:
            raise AssertionError(sentence.form)


def _round(journey: Journey) -> tuple[Moment, ...]:
    """Return what is gone round again and again: the steps after the one it comes back to."""
    return () if journey.back_to is None else journey.moments[journey.back_to + 1 :]


def _gone_round(journey: Journey, more: int) -> tuple[Moment, ...]:
    """Return the steps of a journey; one that comes back goes round once more, and ``more`` steps."""
    loop = _round(journey)
    if not loop:
        return journey.moments
    # The last step is the one it comes back to, so it goes on by the same way.
    assert journey.back_to is not None
    turn = replace(journey.last, way=journey.moments[journey.back_to].way)
    again = (*loop[:-1], turn)
    return (*journey.moments[:-1], turn, *again * (1 + -(-more // len(loop))))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One sentence and the steps it is read on."""

    pathway: ResolvedPathway
    sentence: RuleSentence
    moments: tuple[Moment, ...]
    with_ends: bool

    def within(self, moment: Moment, selection: Selection | None) -> bool:
        assert selection is not None
        if selection.by_tag:
            return selection.name in self.pathway.states[moment.state].tags
        return moment.state == selection.name

    def is_first(self, moment: Moment) -> bool:
        return self.within(moment, self.sentence.first)

    def is_second(self, moment: Moment) -> bool:
        return self.within(moment, self.sentence.second)

    def is_end(self, moment: Moment) -> bool:
        return self.pathway.states[moment.state].kind in {"end", "link"}

    def is_over(self) -> bool:
        last = self.moments[-1]
        return self.is_end(last) or not open_ways(self.pathway, last.state, last.values)

    def met(self, moment: Moment) -> bool:
        assert self.sentence.condition is not None
        return holds(self.sentence.condition, moment.values, self.pathway.scope)

    def looked_at(self, moment: Moment) -> bool:
        return self.with_ends or not self.is_end(moment)

    def condition_met(self) -> bool:
        return any(self.looked_at(each) and self.met(each) for each in self.moments)

    def forbidden(self) -> bool:
        """``never: A`` and all that may follow it."""
        firsts = [at for at, each in enumerate(self.moments) if self.is_first(each)]
        match self.sentence.joint:
            case None:
                return bool(firsts)
            case "unless":
                return any(not self.met(self.moments[max(at - 1, 0)]) for at in firsts)
            case "while":
                return any(self.met(self.moments[max(at - 1, 0)]) for at in firsts)
            case joint:
                seconds = [at for at, each in enumerate(self.moments) if self.is_second(each)]
                return self.forbidden_beside(joint, firsts, seconds)

    def forbidden_beside(self, joint: str, firsts: list[int], seconds: list[int]) -> bool:
        if joint == "before":
            return not self.brought() and any(
                not any(second < first for second in seconds) for first in firsts
            )
        if joint == "after":
            return any(second < first for second in seconds for first in firsts)
        if joint == "then":
            return any(first + 1 in seconds for first in firsts)
        return bool(firsts and seconds)

    def brought(self) -> bool:
        """Whether all that is done at one of the second states was done before the journey began."""
        values = self.moments[0].values
        for name, state in self.pathway.states.items():
            if state.does and self.is_second(Moment(name, values)):
                # Of whom it is not known, it is not known that the rule is broken.
                given = [values.get(f"{each}.status", "done") for each in state.does]
                if "never" not in given:
                    return True
        return False

    def not_at_once(self) -> bool:
        for at, each in enumerate(self.moments):
            if not self.is_first(each):
                continue
            if self.is_end(each):
                return True
            goes_on = at + 1 < len(self.moments) and not _called_away(each)
            if goes_on and not self.is_second(self.moments[at + 1]):
                return True
        return False

    def owed(self, loop: tuple[Moment, ...]) -> bool:
        """Whether the second is still owed at the end, or for as long as the loop is gone round."""
        owing = False
        for at, each in enumerate(self.moments):
            if at and _called_away(self.moments[at - 1]):
                owing = False
            owing = (owing and not self.is_second(each)) or self.is_first(each)
        # In a loop with the second in it, or a call away, nothing is owed for ever.
        paid = any(self.is_second(each) for each in loop)
        called = any(map(_called_away, self.moments[-len(loop) :])) if loop else False
        return owing and not paid and not called

    def too_late(self, *, over: bool) -> bool:
        assert self.sentence.number is not None
        last = len(self.moments) - 1
        for at, each in enumerate(self.moments):
            if not (self.looked_at(each) and self.met(each)):
                continue
            until = at + self.sentence.number
            if (until <= last or over) and not any(
                self.is_first(later) for later in self.moments[at : until + 1]
            ):
                return True
        return False

    def too_often(self) -> bool:
        assert self.sentence.number is not None
        count = 0
        for each in self.moments:
            if self.sentence.second is not None and self.is_second(each):
                count = 0
            count += self.is_first(each)
            if count > self.sentence.number:
                return True
        return False

    def again_and_again(self, loop: tuple[Moment, ...]) -> bool:
        forgotten = self.sentence.second is not None and any(map(self.is_second, loop))
        return not forgotten and any(map(self.is_first, loop))

    def left_out(self) -> bool:
        """``between: A B, must: C``."""
        assert self.sentence.between is not None
        begin, end = self.sentence.between
        owing = False
        for each in self.moments:
            if owing and self.within(each, end):
                return True
            owing = (owing and not self.is_first(each)) or self.within(each, begin)
        return False

    def stale(self) -> bool:
        finding = self.sentence.finding
        is_stale = False
        for each in self.moments:
            state = self.pathway.states[each.state]
            is_stale = is_stale or self.is_second(each)
            if finding in (*state.yields, *state.reassess, *state.sets):
                is_stale = False
            ways = [findings_in(way.when, self.pathway.scope) for way in state.next]
            if is_stale and any(finding in found for found in ways):
                return True
        return False


def _called_away(moment: Moment) -> bool:
    return moment.way.startswith("interrupt/")
