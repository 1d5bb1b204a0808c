"""Rules, decided: by the bare graph where that suffices, else by following patients.

The proof by the graph comes first: "every way to surgery passes the specialist" convinces whoever
reads the picture, and stays true when a threshold is edited. Every other form becomes one or two
questions about who gets from where to where without passing what (see :mod:`pathways.model.rules` for
the forms and their names in the literature).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pathways.boxes.packed import Packed
from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.operands import Operands
from pathways.checks.results import Proof, Verdict
from pathways.checks.sets.choices import anybody_stuck, nothing_open
from pathways.checks.sets.follower import (
    NOBODY_GETS_THERE,
    NOT_FOLLOWED,
    UNDECIDED,
    Answer,
    Follower,
)
from pathways.checks.sets.loops import Round, rounds
from pathways.checks.sets.machine import Machine, Move
from pathways.checks.sets.reach import Arrival, Reached, starts

MOST_STEPS = 60
"""``within n`` is followed for so many steps at most; more is not decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was found out about one rule.

    Args:
        verdict: ``holds``, ``fails`` or ``undecided``.
        proof: How it was decided.
        because: Why, in a sentence.
        arrival: Those who show it.
        wanted: What they are like there.
        is_idle: Whether nobody ever gets to where the rule would matter.
        round_: The round they go for ever, where that is what breaks the rule.
    """

    verdict: Verdict
    proof: Proof
    because: str
    arrival: Arrival | None = None
    wanted: Packed | None = None
    is_idle: bool = False
    round_: Round | None = None


def decide(follower: Follower, operands: Operands) -> Decision:
    """Decide one rule.

    Args:
        follower: Follows the patients of the pathway.
        operands: The rule, taken apart.
    """
    by_graph = _by_graph(operands)
    if by_graph is not None:
        return by_graph
    try:
        found = _Decider(follower, operands).decide()
    except TooManyBoxesError as error:
        return Decision("undecided", "", str(error))
    if found.verdict == "holds" and not found.because:
        idle = _is_idle(follower, operands)
        because = "nobody who can get there breaks it"
        return Decision("holds", "routes", because, is_idle=idle)
    return found


def _is_idle(follower: Follower, operands: Operands) -> bool:
    """Return whether nobody gets to the first operand, so that the rule says nothing.

    That nobody gets there is all that ``never: A`` asks for. Where not everybody could be followed,
    nothing is said.
    """
    everyone = follower.everyone
    return (
        operands.form != "never"
        and everyone.is_complete
        and bool(operands.first)
        and not any(everyone.at(name) for name in operands.first)
    )


def _by_graph(operands: Operands) -> Decision | None:
    """Return what the bare graph proves: that the rule holds whatever the conditions are."""
    first, second, third = operands.first, operands.second, operands.third
    one, other = operands.words(first), operands.words(second)
    behind = operands.nexts(first)
    reach = operands.reached_from
    start = frozenset({operands.start})
    proofs: Mapping[str, tuple[Callable[[], bool], str]] = {
        "never": (lambda: not reach(start, ()) & first, f"no way leads to {one}"),
        "before": (
            lambda: not first & second and not reach(start, second) & first,
            f"every way to {one} passes {other}",
        ),
        "after": (
            lambda: not reach(operands.nexts(second), ()) & first,
            f"no way leads from {other} to {one}",
        ),
        "then": (lambda: not behind & second, f"no way leads from {one} straight to {other}"),
        "and": (
            lambda: (
                not first & second
                and not reach(behind, ()) & second
                and not reach(operands.nexts(second), ()) & first
            ),
            "no way passes both",
        ),
        "must then": (
            lambda: not operands.own_nexts(first) - second and not operands.ends & first,
            f"every way on of {one} leads to {other}",
        ),
        "at_most": (
            lambda: operands.number > 0 and not reach(behind, second - first) & first,
            f"no way leads from {one} back to it",
        ),
        "between": (
            lambda: not reach(behind, third - second) & second,
            f"every way from {one} to {other} passes {operands.words(third)}",
        ),
        "fresh since": (
            lambda: not operands.stale_reading(),
            f"'{operands.finding}' is found out anew on every way from there",
        ),
    }
    proves, because = proofs.get(operands.form, (lambda: False, ""))
    return Decision("holds", "graph", because) if proves() else None


def _owes(move: Move) -> bool:
    """Return whether what is owed is still owed after a move: an interrupt cancels it."""
    return move.own


class _Decider:
    """Decides one rule by following patients."""

    def __init__(self, follower: Follower, operands: Operands) -> None:
        self.follower = follower
        self.machine: Machine = follower.machine
        self.operands = operands

    def decide(self) -> Decision:
        forms: Mapping[str, Callable[[], Decision]] = {
            "never": self.never,
            "before": self.before,
            "after": self.after,
            "then": self.then,
            "and": self.both,
            "unless": self.entered_only,
            "while": self.entered_only,
            "condition": self.never_so,
            "must then": self.must_then,
            "must later": self.must_later,
            "within": self.within,
            "at_most": self.at_most,
            "between": self.between,
            "possible": self.possible,
            "fresh since": self.fresh_since,
            "fresh within": self.fresh_within,
        }
        return forms[self.operands.form]()

    def arrivals(self, states: Iterable[str]) -> list[Arrival]:
        return [each for name in sorted(states) for each in self.follower.everyone.at(name)]

    def answered(self, answer: Answer) -> Decision:
        if answer.verdict == "holds":
            return Decision("holds", "routes", "")
        if answer.verdict == "undecided":
            return Decision("undecided", "", NOT_FOLLOWED)
        return Decision("fails", "routes", "", answer.arrival, answer.wanted)

    def first_of(self, answers: Iterable[Answer]) -> Decision:
        """Return the first that fails, else the first that is undecided, else that it holds."""
        open_: Answer = NOBODY_GETS_THERE
        for answer in answers:
            if answer.verdict == "fails":
                return self.answered(answer)
            if answer.verdict == "undecided":
                open_ = answer
        return self.answered(open_)

    def everybody_at(self, states: Iterable[str]) -> dict[str, Sequence[Packed]]:
        return {name: [self.machine.packing.full] for name in sorted(states)}

    def never(self) -> Decision:
        return self.answered(self.follower.anybody_at(self.everybody_at(self.operands.first)))

    def before(self) -> Decision:
        first, second = self.operands.first, self.operands.second
        begin = starts(self.machine)
        brought = self.operands.brought
        if brought is not None:
            without = self.machine.region(brought, denied=True)
            begin = [each for one in begin for each in self.follower.narrowed(one, without)]
        start = self.operands.start
        if start in second and start not in first:
            return self.answered(NOBODY_GETS_THERE)
        if start in first and begin:
            return self.answered(self.follower.failing(begin[0], None))
        return self.answered(self.follower.from_there(begin, first, avoid=second))

    def after(self) -> Decision:
        return self.answered(self.later(self.operands.second, self.operands.first))

    def later(self, earlier: Iterable[str], goal: Iterable[str]) -> Answer:
        """Return whether anybody gets from some states, once there, to others."""
        begin = self.follower.next_of(self.arrivals(earlier))
        return self.follower.from_there(begin, goal)

    def both(self) -> Decision:
        first, second = self.operands.first, self.operands.second
        together = self.everybody_at(first & second)

        def answers() -> Iterator[Answer]:
            yield self.follower.anybody_at(together)
            yield self.later(first, second)
            yield self.later(second, first)

        return self.first_of(answers())

    def then(self) -> Decision:
        return self.first_of(
            self.taken(move)
            for name in sorted(self.operands.first)
            for move in self.machine.moves[name]
            if move.target in self.operands.second
        )

    def must_then(self) -> Decision:
        ends = self.operands.ends & self.operands.first

        def answers() -> Iterator[Answer]:
            yield self.follower.anybody_at(self.everybody_at(ends))
            for name in sorted(self.operands.first):
                for move in self.machine.own_moves(name):
                    if move.target not in self.operands.second:
                        yield self.taken(move)

        return self.first_of(answers())

    def taken(self, move: Move, boxes: Sequence[Packed] | None = None) -> Answer:
        """Return whether anybody takes a way, of those in some boxes."""
        guard = list(move.guard) if boxes is None else boxes
        if not guard:
            return NOBODY_GETS_THERE
        answer = self.follower.anybody_at({move.source: guard})
        if answer.verdict != "fails" or answer.arrival is None or answer.wanted is None:
            return answer
        after = self.follower.taking(answer.arrival, move, [answer.wanted])
        if not after:
            # Facts may keep those from entering who were looked at first.
            everyone = self.follower.everyone.at(move.source)
            after = [each for one in everyone for each in self.follower.taking(one, move, guard)]
        exact = [each for each in after if not each.is_wide]
        if exact:
            return self.follower.failing(exact[0], None)
        return UNDECIDED if after or not self.follower.everyone.is_complete else NOBODY_GETS_THERE

    def entered_only(self) -> Decision:
        """``unless`` and ``while``: on what is known at the moment of deciding to enter."""
        condition = self.operands.condition
        assert condition is not None
        wrong = self.machine.region(condition, denied=self.operands.form == "unless")

        def answers() -> Iterator[Answer]:
            if self.operands.start in self.operands.first:
                yield self.start_is(wrong)
            for moves in self.machine.moves.values():
                for move in moves:
                    if move.target in self.operands.first:
                        boxes = self.machine.packing.meet(move.guard, wrong)
                        yield self.taken(move, boxes)

        return self.first_of(answers())

    def start_is(self, boxes: Sequence[Packed]) -> Answer:
        for each in starts(self.machine):
            for narrow in self.follower.narrowed(each, boxes):
                return self.follower.failing(narrow, None)
        return NOBODY_GETS_THERE

    def never_so(self) -> Decision:
        condition = self.operands.condition
        assert condition is not None
        boxes = self.machine.region(condition)
        if not boxes:
            return Decision("holds", "routes", "no patient can be so")
        return self.answered(
            self.follower.anybody_at(dict.fromkeys(self.operands.looked_at, boxes))
        )

    def must_later(self) -> Decision:
        """Owed is what follows the first operand; an interrupt cancels it."""
        second = self.operands.second
        begin = self.arrivals(self.operands.first)
        if not self.may_stay_owing(begin):
            return self.answered(NOBODY_GETS_THERE)
        reached = self.follower.all_from_there(begin, avoid=second, allows=_owes)
        ended = [each for name in sorted(self.operands.ends) for each in reached.at(name)]
        exact = [each for each in ended if not each.is_wide]
        if exact:
            nearest = min(exact, key=lambda one: one.length)
            return self.answered(self.follower.failing(nearest, None))
        for round_ in rounds(self.machine, reached, self.follower.budget, without=second):
            for arrival in reached.at(round_.head):
                for narrow in self.follower.narrowed(arrival, round_.boxes):
                    if not narrow.is_wide:
                        found = self.answered(self.follower.failing(narrow, None))
                        return replace(found, round_=round_)
        is_open = ended or not reached.is_complete or reached.is_wide
        return self.answered(UNDECIDED if is_open else NOBODY_GETS_THERE)

    def may_stay_owing(self, begin: Sequence[Arrival]) -> bool:
        """Return whether somebody may come to an end owing, or go round; a no is a proof, and cheap."""
        second = self.operands.second
        roughly = self.follower.all_roughly(begin, avoid=second, allows=_owes)
        if not roughly.is_complete or any(roughly.at(name) for name in self.operands.ends):
            return True
        # Whoever goes round owing is among all who get there.
        return bool(self.follower.rounds)

    def within(self) -> Decision:
        number = self.operands.number
        if number > MOST_STEPS:
            return Decision("undecided", "", f"only {MOST_STEPS} steps are followed for 'within'")
        assert self.operands.condition is not None
        boxes = self.machine.region(self.operands.condition)
        return self.first_of(
            self.too_late(each, number)
            for name in self.operands.looked_at
            if name not in self.operands.first and self.may_be_late(name, boxes)
            for arrival in self.follower.everyone.at(name)
            for each in self.follower.narrowed(arrival, boxes)
        )

    def may_be_late(self, state: str, boxes: Sequence[Packed]) -> bool:
        """Return whether somebody in some boxes may not be where they should with the next step."""
        if (
            self.operands.number == 0
            or state in self.operands.ends
            or state in self.machine.too_big
        ):
            return True
        meet = self.machine.packing.meet
        return any(
            meet(move.guard, boxes)
            for move in self.machine.moves[state]
            if move.target not in self.operands.first
        ) or self.may_be_stuck(state, boxes)

    def may_be_stuck(self, state: str, boxes: Sequence[Packed]) -> bool:
        """Return whether somebody in some boxes may find nothing open at a state."""
        try:
            # Asked of everybody once, since many rules ask it of somebody.
            parts = anybody_stuck(self.machine, state)
        except TooManyBoxesError:
            parts = nothing_open(self.machine, state, list(boxes))
        return bool(self.machine.packing.meet(parts, boxes))

    def too_late(self, arrival: Arrival, number: int) -> Answer:
        """Return whether somebody makes so many steps, or comes to an end, without a step wanted."""
        layer = [arrival]
        for left in range(number, -1, -1):
            # Who goes on without an alarm shows best what is wrong.
            for each in sorted(layer, key=lambda one: one.move is not None and not one.move.own):
                over = [each] if left == 0 else self.over(each)
                if over:
                    return UNDECIDED if each.is_wide else self.follower.failing(over[0], None)
            if len(layer) > self.follower.budget:
                return UNDECIDED
            layer = self.follower.next_of(layer, avoid=self.operands.first)
        return NOBODY_GETS_THERE

    def over(self, arrival: Arrival) -> list[Arrival]:
        """Return those of an arrival whose journey ends there: at an end, or where nothing is open."""
        if arrival.state in self.operands.ends:
            return [arrival]
        if arrival.state in self.machine.too_big:
            return []
        stuck = nothing_open(self.machine, arrival.state, [arrival.box])
        return self.follower.narrowed(arrival, stuck)

    def at_most(self) -> Decision:
        layer, complete = self.visits(self.follower.all_roughly)
        if complete and not layer:
            return self.answered(NOBODY_GETS_THERE)
        layer, complete = self.visits(self.follower.all_from_there)
        exact = [each for each in layer if not each.is_wide]
        if exact:
            nearest = min(exact, key=lambda one: one.length)
            return self.answered(self.follower.failing(nearest, None))
        return self.answered(UNDECIDED if layer or not complete else NOBODY_GETS_THERE)

    def visits(self, following: Callable[..., Reached]) -> tuple[list[Arrival], bool]:
        """Return who visits the first operand once too often, and whether these are all."""
        first = self.operands.first
        again = self.operands.second - first
        layer = self.arrivals(first)
        complete = self.follower.everyone.is_complete
        for _ in range(self.operands.number):
            begin = self.follower.next_of(layer, avoid=again)
            reached = following(begin, avoid=again, stop_at=first)
            complete = complete and reached.is_complete
            goal = sorted(first - self.operands.second)
            layer = [each for name in goal for each in reached.at(name)]
        return layer, complete

    def between(self) -> Decision:
        begin = self.follower.next_of(
            self.arrivals(self.operands.first), avoid=self.operands.third - self.operands.second
        )
        return self.answered(
            self.follower.from_there(begin, self.operands.second, avoid=self.operands.third)
        )

    def possible(self) -> Decision:
        answer = self.follower.anybody_at(self.everybody_at(self.operands.first))
        if answer.verdict == "holds":
            return Decision("fails", "routes", "nobody can get there")
        if answer.verdict == "undecided":
            return Decision("undecided", "", NOT_FOLLOWED)
        return Decision("holds", "routes", "somebody gets there", answer.arrival, answer.wanted)

    def fresh_since(self) -> Decision:
        assessing = self.operands.assessing
        begin = self.arrivals(self.operands.first - assessing)
        goal = self.operands.reading - assessing
        return self.answered(self.follower.from_there(begin, goal, avoid=assessing))

    def fresh_within(self) -> Decision:
        if self.operands.reading <= self.operands.assessing:
            because = f"'{self.operands.finding}' is found out wherever it is read"
            return Decision("holds", "graph", because)
        late = self.operands.words(self.operands.reading - self.operands.assessing)
        because = (
            f"at {late} it is read from an earlier step, and a pathway does not say how long "
            "its steps last"
        )
        return Decision("undecided", "", because)
