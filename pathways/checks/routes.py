"""Problems that only following patients finds: gaps, overlaps, ways nobody takes, traps, loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.boxes.packed import Packed
from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.results import Journey, Reported
from pathways.checks.saying import decisive, plainest, step, who
from pathways.checks.sets.choices import Clash, anybody_stuck, clashes, is_else
from pathways.checks.sets.follower import NOT_FOLLOWED, Answer, Follower
from pathways.checks.sets.journeys import journey
from pathways.checks.sets.liveness import can_finish, stuck
from pathways.checks.sets.loops import Round
from pathways.checks.sets.machine import Machine, Move
from pathways.checks.sets.rounds import going_round
from pathways.conditions import unparse
from pathways.errors import Place, Problem, Severity
from pathways.graph.steps import reachable, step_net
from pathways.graph.structure import knots

BACKWARDS = 4
"""Following back is so much cheaper for each set than following on."""


class RouteChecks:
    """The checks of one pathway that follow patients.

    Args:
        follower: Follows its patients.
    """

    def __init__(self, follower: Follower) -> None:
        self.follower = follower
        self.machine: Machine = follower.machine
        self.pathway = follower.machine.pathway
        self.decided = {"conditions": 0, "routes": 0}

    def all(self) -> Iterator[Reported]:
        """Yield everything that is wrong, state by state, then what concerns several."""
        for name, state in self.pathway.states.items():
            yield from self.too_big(name)
            if state.next:
                yield from self.gap(name)
                yield from self.overlaps(name)
                yield from self.unused_ways(name)
            yield from self.unreached(name)
        yield from self.loops()

    # Each of these looks at one state.

    def too_big(self, state: str) -> Iterator[Reported]:
        """Yield that the ways of a state read too many findings to tell patients apart."""
        why = self.machine.too_big.get(state)
        if why:
            message = f"at {step(self.pathway, state)} {why}"
            hint = "until then gaps, overlaps and routes through it are not proved"
            yield self.reported("undecided", "error", state, message, hint)

    def unreached(self, state: str) -> Iterator[Reported]:
        """Yield that nobody gets to a state although ways lead there."""
        if self.follower.maybe_at(state, [self.machine.packing.full]):
            return
        self.decided["routes"] += 1
        if state in self._led_to():
            message = (
                f"nobody gets to {step(self.pathway, state)}: no patient can take all the ways"
            )
            hint = "look at the conditions on the way there, or remove the state"
        else:
            message = f"no way leads to {step(self.pathway, state)}"
            hint = "lead a way to it, or remove it"
        yield self.reported("unreachable-state", "error", state, message, hint)

    def _led_to(self) -> frozenset[str]:
        """Return the states that the bare graph leads to from the start."""
        net = step_net(self.pathway, interrupts=True)
        return frozenset(
            net.names[at] for at in reachable(net.after, net.position(self.pathway.start))
        )

    def gap(self, state: str) -> Iterator[Reported]:
        """Yield that somebody finds nothing open at a state."""
        if state in self.machine.too_big:
            return
        try:
            parts = anybody_stuck(self.machine, state)
        except TooManyBoxesError as error:
            yield self.undecided(state, f"whether a way is open for everybody: {error}")
            return
        self.decided["conditions"] += 1
        if not parts:
            return
        self.decided["routes"] += 1
        answer = self.follower.anybody_at({state: parts})
        hint = "add a way for such patients, or widen the condition of one"
        if answer.verdict == "undecided":
            yield self.undecided(state, f"whether anybody finds nothing open: {NOT_FOLLOWED}")
            return
        if answer.arrival is None:
            part = plainest(self.machine, state, parts)
            names = ", ".join(decisive(self.machine, state, part)) or "the warning signs"
            message = (
                f"at {step(self.pathway, state)} no way is open for some values of {names}, but "
                "nobody gets there so"
            )
            yield self.reported(
                "gap-nobody-reaches", "info", state, message, "nothing needs to be done"
            )
            return
        shown, about = self.shown(answer, state, parts)
        message = (
            f"at {step(self.pathway, state)} nothing is open for: {who(self.pathway, shown, about)}"
        )
        yield self.reported("gap", "error", state, message, hint, shown=shown)

    def shown(
        self, answer: Answer, state: str, parts: Sequence[Packed]
    ) -> tuple[Journey, tuple[str, ...]]:
        """Return the plainest patient of those who get somewhere, and which findings matter."""
        assert answer.arrival is not None
        packing = self.machine.packing
        box = answer.arrival.box
        meeting = [part for part in parts if packing.is_somebody(box & part)]
        part = plainest(self.machine, state, meeting)
        about = decisive(self.machine, state, part)
        return journey(self.machine, answer.arrival, part, about), about

    def overlaps(self, state: str) -> Iterator[Reported]:
        """Yield that two ways are open for somebody although exactly one must be."""
        try:
            found = list(clashes(self.machine, state))
        except TooManyBoxesError as error:
            yield self.undecided(state, f"whether two ways are open at once: {error}")
            return
        self.decided["conditions"] += 1
        for clash in found:
            self.decided["routes"] += 1
            yield self.overlap(state, clash)

    def overlap(self, state: str, clash: Clash) -> Reported:
        """Return what is wrong with two ways that are open at once."""
        answer = self.follower.anybody_at({state: clash.boxes})
        first, second = (self.pathway.numbers[each.target] for each in (clash.first, clash.second))
        both = f"at {step(self.pathway, state)} the ways to step {first} and to step {second} are both open"
        hint = "narrow one of the two conditions, or say 'choose: first' or 'choose: any'"
        if answer.verdict == "undecided":
            return self.undecided(state, f"whether anybody finds two ways open: {NOT_FOLLOWED}")
        if answer.arrival is None:
            message = f"{both} for some patients, but nobody gets there so"
            return self.reported(
                "overlap-nobody-reaches", "info", state, message, hint, move=clash.second
            )
        shown, about = self.shown(answer, state, clash.boxes)
        message = f"{both} for: {who(self.pathway, shown, about)}"
        return self.reported(
            "overlap", "error", state, message, hint, shown=shown, move=clash.second
        )

    def unused_ways(self, state: str) -> Iterator[Reported]:
        """Yield the ways of a state that nobody takes."""
        if state in self.machine.too_big:
            return
        is_first = self.pathway.states[state].choose == "first"
        somebody = self.follower.maybe_at(state, [self.machine.packing.full])
        for move in self.machine.own_moves(state):
            self.decided["conditions"] += 1
            way = f"the way from {step(self.pathway, state)} to step {self.pathway.numbers[move.target]}"
            if not move.inside:
                yield self.never_open(state, move, way, is_first=is_first)
                continue
            if somebody:
                yield from self.never_here(state, move, way)

    def never_open(self, state: str, move: Move, way: str, *, is_first: bool) -> Reported:
        """Return that a way is open for nobody, or only for those an earlier way takes."""
        when = self.pathway.states[state].next[move.index].when
        if is_first and self.machine.packing.meet(self.machine.facts, self.machine.region(when)):
            message = f"{way} is never taken: earlier ways take everybody it is open for"
            hint = "move it up, or remove it"
            return self.reported("masked", "error", state, message, hint, move=move)
        message = f"{way} is open for nobody: '{unparse(when)}' can never hold"
        hint = "look for two parts of the condition that exclude each other"
        return self.reported("never-taken", "error", state, message, hint, move=move)

    def never_here(self, state: str, move: Move, way: str) -> Iterator[Reported]:
        """Yield that nobody who gets to a state takes a way that others could."""
        self.decided["routes"] += 1
        if not self.follower.maybe_at(state, move.inside):
            message = f"{way} is taken by nobody who gets there"
            hint = "look at what earlier steps let through, or remove the way"
            yield self.reported("never-taken-here", "error", state, message, hint, move=move)
        elif is_else(self.machine, move) and not self.follower.everyone.is_wide:
            yield from self.caught(state, move, way)

    def caught(self, state: str, move: Move, way: str) -> Iterator[Reported]:
        """Yield whom ``else`` catches, so that a reader can see whether they are meant."""
        if not move.guard:
            return
        answer = self.follower.anybody_at({state: move.guard})
        if answer.arrival is None:
            return
        shown, about = self.shown(answer, state, move.guard)
        message = f"{way} ('else') catches, for example: {who(self.pathway, shown, about)}"
        hint = "write the condition out if only some of them are meant"
        yield self.reported("else-catches", "info", state, message, hint, shown=shown, move=move)

    # These look at several states together.

    def loops(self) -> Iterator[Reported]:
        """Yield traps and loops without a limit."""
        net = step_net(self.pathway)
        knotted = {name for members in knots(net) for name in net.named(members)}
        finishing: dict[str, list[Packed]] = {}
        if knotted:
            try:
                finishing = can_finish(self.machine, self.follower.budget * BACKWARDS)
            except TooManyBoxesError:
                yield self.undecided(
                    min(knotted, key=self.pathway.numbers.__getitem__),
                    f"whether everybody can come to an end: {NOT_FOLLOWED}",
                )
                return
        endless: set[str] = set()
        try:
            found = self.follower.rounds
        except TooManyBoxesError:
            found = ()
            yield self.undecided(
                min(knotted, key=self.pathway.numbers.__getitem__),
                f"whether anybody goes round for ever: {NOT_FOLLOWED}",
            )
        for whole in dict.fromkeys(each.whole for each in found):
            reported = self.endless([each for each in found if each.whole == whole], finishing)
            if reported.problem.severity == "error":
                endless.update(whole)
            yield reported
        for name in self.pathway.states:
            if name in knotted and name not in endless and self.follower.everyone.at(name):
                yield from self.trap(name, finishing[name])

    def trap(self, state: str, finishing: Sequence[Packed]) -> Iterator[Reported]:
        """Yield that somebody at a state of a knot can never come to an end."""
        try:
            parts = stuck(self.machine, state, finishing, [self.machine.packing.full])
        except TooManyBoxesError as error:
            yield self.undecided(state, f"whether everybody can come to an end: {error}")
            return
        if not parts:
            return
        self.decided["routes"] += 1
        answer = self.follower.anybody_at({state: parts})
        if answer.verdict == "undecided":
            yield self.undecided(state, f"whether everybody can come to an end: {NOT_FOLLOWED}")
        elif answer.arrival is not None:
            shown, about = self.shown(answer, state, parts)
            message = (
                f"from {step(self.pathway, state)} no end can be reached any more by: "
                f"{who(self.pathway, shown, about)}"
            )
            hint = "add a way out that is open for such patients"
            yield self.reported("cannot-finish", "error", state, message, hint, shown=shown)

    def endless(self, rounds_: Sequence[Round], finishing: Mapping[str, list[Packed]]) -> Reported:
        """Return that somebody goes round in a knot, those first for whom no way out ever opens."""
        self.decided["routes"] += 1
        for round_ in rounds_:
            trapped = [
                part
                for box in round_.boxes
                for part in self.machine.packing.without(box, finishing[round_.head])
            ]
            answer = self.follower.anybody_at({round_.head: trapped})
            if answer.arrival is not None:
                return self.going_round(round_, answer, "no way out ever opens", "error")
        first = rounds_[0]
        answer = self.follower.anybody_at({first.head: first.boxes})
        if answer.arrival is None:
            return self.undecided(first.head, f"whether anybody goes round: {NOT_FOLLOWED}")
        return self.going_round(first, answer, "as long as nothing about them changes", "review")

    def going_round(
        self, round_: Round, answer: Answer, how_long: str, severity: Severity
    ) -> Reported:
        """Return that some patients go round, with one of them."""
        assert answer.arrival is not None
        assert answer.wanted is not None
        shown = going_round(self.machine, answer.arrival, answer.wanted, round_)
        about = decisive(self.machine, round_.head, answer.wanted)
        numbers = self.pathway.numbers
        steps = ", ".join(str(numbers[each]) for each in shown.states[shown.back_to or 0 : -1])
        message = (
            f"steps {steps} can go on for ever for: {who(self.pathway, shown, about)}; {how_long}"
        )
        hint = "count the rounds ('adds') and limit them, or add a way out"
        return self.reported("endless-loop", severity, round_.head, message, hint, shown=shown)

    # What they share.

    def place_of(self, move: Move) -> Place | None:
        """Return where the condition of a way stands."""
        return self.pathway.place_of("states", move.source, "next", move.index, "when")

    def undecided(self, state: str, what: str) -> Reported:
        """Return that something could not be decided at a state."""
        message = f"at {step(self.pathway, state)} it is not decided {what}"
        return self.reported("undecided", "error", state, message, "")

    def reported(
        self,
        code: str,
        severity: Severity,
        state: str,
        message: str,
        hint: str,
        *,
        shown: Journey | None = None,
        move: Move | None = None,
    ) -> Reported:
        """Return one thing to report, at a state or at one of its ways."""
        where = f"states.{state}" if move is None else f"states.{state}.next[{move.index}]"
        at = self.pathway.place_of("states", state) if move is None else self.place_of(move)
        return Reported(Problem(code, message, hint, where, at, severity), shown)
