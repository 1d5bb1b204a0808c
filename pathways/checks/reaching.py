"""Whether anybody of whom something holds gets to a state."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.boxes.regions import TooManyBoxesError
from pathways.checks.sets.follower import Follower
from pathways.checks.sets.machine import Machine
from pathways.checks.sets.reach import DEFAULT_BUDGET
from pathways.conditions import Condition, expand, findings_in, names_in
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.logic import moving_conditions

MOST_MACHINES = 12
"""So often patients are followed anew for a question that the first time round cannot answer."""


class Reaching:
    """Says of one pathway whether anybody of whom a condition holds gets to a state.

    Args:
        pathway: The pathway.
        other: Another version of it, whose conditions may be asked about.
        budget: How many sets of patients to follow at most for one question.

    Example:
        >>> from pathways.conditions import parse
        >>> from pathways.reading.load import load
        >>> safety = load("safety")
        >>> reaching = Reaching(safety, safety)
        >>> reaching("care_for_cause", parse("work_up_result == no_serious_cause"))
        False
    """

    def __init__(
        self, pathway: ResolvedPathway, other: ResolvedPathway, budget: int = DEFAULT_BUDGET
    ) -> None:
        self.pathway = pathway
        self.budget = budget
        self.others = tuple(_shared_conditions(pathway, other))
        self.follower: Follower | None = None
        self.left = MOST_MACHINES

    def __call__(self, state: str, condition: Condition) -> bool | None:
        """Return whether anybody does; None when it is not decided.

        Args:
            state: Name of a state.
            condition: What holds for them there, made of comparisons of the two versions.
        """
        known = self.pathway.scope.findings
        if state not in self.pathway.states or any(
            name not in known for name in names_in(condition)
        ):
            return None
        try:
            if self.follower is None:
                self.follower = self._following({"": self.others})
            if not self._keeps(self.follower.machine, state, condition):
                if self.left <= 0:
                    return None
                self.left -= 1
                return self._asked(
                    self._following({"": self.others, state: (condition,)}), state, condition
                )
            return self._asked(self.follower, state, condition)
        except TooManyBoxesError:
            return None

    def _following(self, further: dict[str, tuple[Condition, ...]]) -> Follower:
        return Follower(Machine(self.pathway, further), self.budget)

    def _keeps(self, machine: Machine, state: str, condition: Condition) -> bool:
        """Return whether a machine still knows at a state all that a condition reads."""
        read = [
            at
            for name in findings_in(condition, self.pathway.scope)
            for at in machine.space.of_finding.get(name, {}).values()
        ]
        return bool(read) and all(machine.packing.fields[at] & machine.live[state] for at in read)

    def _asked(self, follower: Follower, state: str, condition: Condition) -> bool | None:
        boxes = follower.machine.region(condition)
        answer = follower.anybody_at({state: boxes})
        return None if answer.verdict == "undecided" else answer.verdict == "fails"


def _shared_conditions(pathway: ResolvedPathway, other: ResolvedPathway) -> Iterator[Condition]:
    """Yield the conditions of another version, written out, whose findings this one knows as well."""
    for condition in moving_conditions(other):
        plain = expand(condition, other.scope, definitions=True)
        names = findings_in(plain, other.scope)
        if all(
            name in pathway.scope.findings
            and pathway.scope.findings[name] == other.scope.findings[name]
            for name in names
        ):
            yield plain
