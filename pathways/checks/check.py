"""The check of one pathway: all of the catalogue, the cheap parts first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.assumptions import assumptions
from pathways.checks.examples import ReadExamples, replayed
from pathways.checks.links import Linked, entries, entry_conditions
from pathways.checks.operands import Operands, conditions_by_state, operands_of, sentence_of
from pathways.checks.replay import confirms
from pathways.checks.results import CheckResult, Journey, Reported, RuleResult
from pathways.checks.routes import RouteChecks
from pathways.checks.rules import Decision, decide
from pathways.checks.sets.follower import Follower
from pathways.checks.sets.journeys import journey
from pathways.checks.sets.loops import ForgottenError
from pathways.checks.sets.machine import Machine
from pathways.checks.sets.reach import DEFAULT_BUDGET
from pathways.checks.sets.rounds import going_round
from pathways.checks.static import STATIC_CHECKS, static_problems
from pathways.conditions import findings_in
from pathways.errors import Place, Problem
from pathways.model.document import Waiver
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.logic import Logic

Progress = Callable[[str, int, int], None]
"""Is told what is being checked, how much is done, and how much there is."""


class ReplayFault(Exception):  # noqa: N818 - a fault of this program, never one of a user
    """A journey that does not replay: the checker is wrong, not the pathway."""


def check(
    pathway: ResolvedPathway,
    *,
    examples: ReadExamples | None = None,
    linked: Linked | None = None,
    budget: int = DEFAULT_BUDGET,
    progress: Progress | None = None,
) -> CheckResult:
    """Check one pathway.

    Args:
        pathway: A pathway that was read without errors.
        examples: Examples of it that must go the way their file says.
        linked: The pathways its links go on in, by name, see :func:`linked_pathways`; those who go on
            must be those they are for.
        budget: How many sets of patients to follow at most for one question; what needs more stays
            undecided.
        progress: Is told how far the check is.

    Returns:
        Everything found, with a patient who can be replayed where it is about patients.

    Raises:
        DocumentError: The examples speak of names or values that the pathway does not have.
        ReplayFault: A patient that was found does not replay; a fault of this program.

    Example:
        >>> from pathways.reading.load import load
        >>> check(load("safety")).passes
        True
    """
    return _Check(pathway, examples, linked or {}, budget, progress).result()


class _Check:
    """One check on its way."""

    def __init__(
        self,
        pathway: ResolvedPathway,
        examples: ReadExamples | None,
        linked: Linked,
        budget: int,
        progress: Progress | None,
    ) -> None:
        self.pathway = pathway
        self.examples = examples
        self.entries = entry_conditions(pathway, linked)
        self.budget = budget
        self.progress = progress
        self.rules = tuple(operands_of(pathway))
        self.decided = {"graph": 0, "conditions": 0, "routes": 0}

    def result(self) -> CheckResult:
        results, reported = self.followed()
        if self.examples is not None:
            self.tell("examples", len(self.rules))
            reported += replayed(self.pathway, self.examples)
        for each in reported:
            self.replay(each)
        waived = _waived(reported, self.pathway)
        return CheckResult(
            self.pathway.id,
            self.pathway.document.version,
            self.pathway.title(),
            tuple(sorted([*waived, *_stale(waived, self.pathway)], key=_order)),
            tuple(results),
            assumptions(self.pathway),
            dict(self.decided),
        )

    def followed(self) -> tuple[list[RuleResult], list[Reported]]:
        """Return what following patients shows: the verdicts on the rules, and what is wrong."""
        further = dict(conditions_by_state(self.pathway, self.rules))
        for name, condition in self.entries.items():
            further[name] = (*further.get(name, ()), condition)
        kept: frozenset[str] = frozenset()
        while True:
            try:
                return self.asked(Follower(Machine(self.pathway, further, kept), self.budget))
            except ForgottenError as error:
                # A rare loop hangs on what is mostly better forgotten; each time round keeps more.
                kept |= error.findings
            except TooManyBoxesError as error:
                return [], [self.not_followed(error), *self.static(None)]

    def static(self, logic: Logic | None) -> list[Reported]:
        """Return what shows without following anybody."""
        self.decided["graph"] += len(STATIC_CHECKS)
        problems = static_problems(self.pathway, logic)
        return [Reported(problem, rule=_rule_of(problem)) for problem in problems]

    def asked(self, follower: Follower) -> tuple[list[RuleResult], list[Reported]]:
        self.tell("following patients", 0)
        self.decided = {"graph": 0, "conditions": 0, "routes": 0}
        routes = RouteChecks(follower)
        reported = [*routes.all(), *entries(follower, self.entries)]
        reported += self.static(follower.machine.logic)
        for kind, count in routes.decided.items():
            self.decided[kind] += count
        results: list[RuleResult] = []
        for number, operands in enumerate(self.rules):
            self.tell(f"rule {operands.rule.id}", number)
            result, problems = self.rule(follower, operands)
            results.append(result)
            reported += problems
        return results, reported

    def tell(self, what: str, done: int) -> None:
        if self.progress is not None:
            self.progress(f"{self.pathway.id}: {what}", done, len(self.rules))

    def not_followed(self, error: TooManyBoxesError) -> Reported:
        message = f"nothing could be followed through this pathway: {error}"
        place = self.pathway.place_of("start")
        return Reported(Problem("undecided", message, "", f"pathway {self.pathway.id}", place))

    def replay(self, reported: Reported) -> None:
        """Have a patient looked at by a second reader before anybody is shown him."""
        if reported.journey is not None:
            why = confirms(self.pathway, reported)
            if why:
                raise ReplayFault(f"{reported.problem}: {why}")

    def rule(self, follower: Follower, operands: Operands) -> tuple[RuleResult, list[Reported]]:
        decision = decide(follower, operands)
        self.decided[decision.proof or "routes"] += 1
        shown = None
        if decision.arrival is not None:
            shown = _shown(follower, operands, decision)
        rule = operands.rule
        sentence = sentence_of(rule)
        result = RuleResult(
            rule.id, sentence, decision.verdict, decision.proof, decision.because, shown
        )
        return result, list(self.rule_problems(operands, decision, result))

    def rule_problems(
        self, operands: Operands, decision: Decision, result: RuleResult
    ) -> Iterator[Reported]:
        rule = operands.rule
        where = f"rules.{rule.id}"
        place = self.pathway.place_of("rules", rule.id)
        why = rule.why.clinician.rstrip(".")
        if decision.verdict == "fails":
            how = f" ({decision.because})" if decision.because else ""
            message = (
                f"the rule '{rule.id}' fails{how}: {result.sentence}; it matters because: {why}"
            )
            hint = "close the way that is shown, or change the rule"
            yield Reported(
                Problem("rule-fails", message, hint, where, place), result.journey, rule.id
            )
        elif decision.verdict == "undecided":
            message = f"the rule '{rule.id}' is not decided: {result.sentence}; {decision.because}"
            yield Reported(Problem("rule-undecided", message, "", where, place), None, rule.id)
        elif decision.is_idle:
            message = f"the rule '{rule.id}' says nothing: nobody gets to {operands.words(operands.first)}"
            hint = "look at the states it names"
            yield Reported(
                Problem("rule-vacuous", message, hint, where, place, "review"), None, rule.id
            )


def _rule_of(problem: Problem) -> str:
    """Return the id of the rule a problem is about; empty for others."""
    section, _, name = problem.where.partition(".")
    return name if section == "rules" else ""


def _shown(follower: Follower, operands: Operands, decision: Decision) -> Journey:
    """Return the journey of those who show what was decided."""
    machine = follower.machine
    assert decision.arrival is not None
    if decision.round_ is not None:
        everybody = machine.packing.full
        return going_round(machine, decision.arrival, everybody, decision.round_)
    about = set(_about(follower, decision))
    if operands.condition is not None:
        about.update(findings_in(operands.condition, machine.pathway.scope))
    return journey(machine, decision.arrival, decision.wanted, sorted(about))


def _about(follower: Follower, decision: Decision) -> tuple[str, ...]:
    """Return the findings that the end of a journey is about."""
    machine = follower.machine
    if decision.wanted is None:
        return ()
    names = {
        machine.space.variables[at].finding for at in machine.packing.narrowed(decision.wanted)
    }
    return tuple(sorted(names)) if len(names) <= MOST_ABOUT else ()


MOST_ABOUT = 8
"""A box of more findings than this tells a reader nothing."""


def _waived(reported: Sequence[Reported], pathway: ResolvedPathway) -> list[Reported]:
    """Return what is reported, each thing once, with who answers for it."""
    once: dict[tuple[str, str, str], Reported] = {}
    for each in reported:
        problem = each.problem
        # Two checks may see that nobody gets somewhere; the first one says it.
        said = "" if problem.code == "unreachable-state" else problem.message
        once.setdefault((problem.code, problem.where, said), each)
    documents = (*pathway.included, pathway.document)
    waivers = [waiver for document in documents for waiver in document.waivers]
    return [replace(each, waived=_waiver_of(each, waivers)) for each in once.values()]


def _waiver_of(reported: Reported, waivers: Iterable[Waiver]) -> Waiver | None:
    return next((each for each in waivers if _is_about(each, reported)), None)


def _is_about(waiver: Waiver, reported: Reported) -> bool:
    problem = reported.problem
    if waiver.rule is not None:
        return waiver.rule == reported.rule
    is_at = waiver.at is None or problem.where == waiver.at
    return waiver.check == problem.code and is_at


def _stale(reported: Sequence[Reported], pathway: ResolvedPathway) -> Iterator[Reported]:
    """Yield the waivers of the file itself that nothing is reported for; none answers for these."""
    for index, waiver in enumerate(pathway.document.waivers):
        if not any(_is_about(waiver, each) for each in reported):
            at = f" at {waiver.at}" if waiver.at else ""
            message = f"nothing is reported for the waiver of '{waiver.check or waiver.rule}'{at}"
            hint = "remove it, or correct what it names"
            place = pathway.place_of("waivers", index)
            where = f"waivers[{index}]"
            yield Reported(Problem("stale-waiver", message, hint, where, place, "review"))


def _order(reported: Reported) -> tuple[Place, str, str]:
    problem = reported.problem
    return problem.place or Place("", 0, 0), problem.code, problem.where
