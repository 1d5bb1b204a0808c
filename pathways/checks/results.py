"""What a check answers, as plain data: problems, journeys, verdicts on rules, assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pathways.conditions import KnownValue
from pathways.errors import Problem
from pathways.model.document import Waiver

Verdict = Literal["holds", "fails", "undecided"]
"""Undecided is never shown as a pass."""

Proof = Literal["graph", "routes", ""]
"""How it was decided: by the bare graph, whatever the conditions say, or by following patients."""

Values = Mapping[str, KnownValue]
"""A value for every finding that the conditions of the pathway read."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a journey.

    Args:
        state: Name of the state.
        values: What holds there, once the state has acted.
        way: The way taken on from there: ``review/0``, ``interrupt/1``; empty at the last step.
    """

    state: str
    values: Values
    way: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """A run through a pathway by an invented patient; it can be replayed.

    Args:
        moments: Its steps, from where it begins.
        told: The findings that matter for it, in the order of the catalogue.
        back_to: For an endless loop, the position of the step that the last one comes back to.
    """

    moments: tuple[Moment, ...]
    told: tuple[str, ...] = ()
    back_to: int | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """The states it comes through, in order."""
        return tuple(each.state for each in self.moments)

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways it takes, in order."""
        return tuple(each.way for each in self.moments if each.way)

    @property
    def last(self) -> Moment:
        """Its last step."""
        return self.moments[-1]


@dataclass(frozen=True, slots=True)
class Reported:
    """One thing a check reports.

    Args:
        problem: What is wrong, where, and what to do; its code names the check.
        journey: A patient who meets it, where it is about patients; replayed before it is given.
        rule: Id of the rule that fails, or empty.
        waived: Who decided that it is meant to be so, if somebody did.
    """

    problem: Problem
    journey: Journey | None = None
    rule: str = ""
    waived: Waiver | None = None

    @property
    def counts(self) -> bool:
        """Whether it keeps the pathway from passing: an error, or undecided, that nobody answers for."""
        return self.waived is None and self.problem.severity == "error"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """The verdict on one rule.

    Args:
        id: Id of the rule.
        sentence: The rule as written, on one line.
        verdict: ``holds``, ``fails`` or ``undecided``.
        proof: How it was decided.
        because: Why, in a sentence.
        journey: How it fails, or for ``possible`` how somebody gets there.
    """

    id: str
    sentence: str
    verdict: Verdict
    proof: Proof = ""
    because: str = ""
    journey: Journey | None = None


@dataclass(frozen=True)
class CheckResult:
    """Everything a check found.

    Args:
        pathway: Name of the pathway.
        version: Version of its content.
        title: Its title for clinicians.
        problems: What is wrong, in the order of the file.
        rules: Verdicts on its rules, in their order.
        assumptions: What every proof rests on, in sentences.
        decided: How many questions were decided by each means: ``graph``, ``conditions``, ``routes``.
    """

    pathway: str
    version: str
    title: str
    problems: tuple[Reported, ...]
    rules: tuple[RuleResult, ...]
    assumptions: tuple[str, ...]
    decided: Mapping[str, int] = field(default_factory=dict)

    @property
    def passes(self) -> bool:
        """Whether nothing is wrong or undecided that nobody answers for."""
        return not any(each.counts for each in self.problems)

    def of(self, *codes: str) -> tuple[Reported, ...]:
        """Return what some checks report, by their codes."""
        return tuple(each for each in self.problems if each.problem.code in codes)
