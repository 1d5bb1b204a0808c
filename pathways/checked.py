"""The check of a pathway and the difference of two versions, as users hold them; notebooks show both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pathways.checks.check import Progress, check
from pathways.checks.examples import ReadExamples
from pathways.checks.links import linked_pathways
from pathways.checks.reaching import Reaching
from pathways.checks.results import CheckResult, Reported, RuleResult
from pathways.checks.sets.reach import DEFAULT_BUDGET
from pathways.differences.compare import differences
from pathways.differences.model import SECTIONS, Differences
from pathways.errors import PathwayError
from pathways.model.pathway import ResolvedPathway
from pathways.reports.check_data import check_data
from pathways.reports.check_html import check_fragment
from pathways.reports.check_tables import problems_table, rules_table
from pathways.reports.check_text import check_lines
from pathways.reports.difference_html import difference_fragment
from pathways.reports.difference_said import said_differences
from pathways.reports.difference_text import difference_data, difference_markdown, difference_text
from pathways.reports.journey_words import claim

if TYPE_CHECKING:
    import pandas as pd

    from pathways.diagrams import Picture


@dataclass(frozen=True)
class Checked:
    """A pathway with what its check found; notebooks show it.

    Args:
        pathway: The pathway.
        result: What was found: plain data.
    """

    pathway: ResolvedPathway
    result: CheckResult

    @property
    def passes(self) -> bool:
        """Whether nothing is wrong or undecided that nobody answers for."""
        return self.result.passes

    @property
    def problems(self) -> tuple[Reported, ...]:
        """What is wrong, in the order of the file, each with an invented patient where there is one."""
        return self.result.problems

    @property
    def rules(self) -> tuple[RuleResult, ...]:
        """The verdict on each rule."""
        return self.result.rules

    def table(self) -> pd.DataFrame:
        """Return one row for each problem; see :func:`pathways.reports.check_tables.problems_table`."""
        return problems_table(self.result)

    def rules_table(self) -> pd.DataFrame:
        """Return one row for each rule; see :func:`pathways.reports.check_tables.rules_table`."""
        return rules_table(self.result)

    def text(self, *, rules: bool = False, assumptions: bool = False) -> str:
        """Return everything found as text.

        Args:
            rules: Whether rules that hold are listed, too.
            assumptions: Whether what a proof rests on is listed.
        """
        lines = check_lines(self.pathway, self.result, rules=rules, assumptions=assumptions)
        return "\n".join([*lines, ""])

    def data(self) -> dict[str, Any]:
        """Return everything found as plain data for JSON."""
        return check_data(self.result)

    def picture(self, number: int, **options: Any) -> Picture:
        """Draw the journey of one problem on the pathway.

        Args:
            number: Position of the problem, from 0.
            options: As for :func:`pathways.diagrams.picture`.

        Raises:
            PathwayError: There is no such problem, or no patient belongs to it.
        """
        from pathways.diagrams import picture
        from pathways.diagrams.journey_overlay import journey_overlay

        if not 0 <= number < len(self.problems):
            raise PathwayError(f"no problem {number}; there are {len(self.problems)}, from 0")
        reported = self.problems[number]
        if reported.journey is None:
            raise PathwayError(f"problem {number} ({reported.problem.code}) has no journey to draw")
        overlay = journey_overlay(self.pathway, reported.journey, claim(reported))
        return picture(self.pathway, overlay=overlay, **options)

    def __repr__(self) -> str:
        verdict = "passes" if self.passes else "does not pass"
        return f"<Check of {self.result.pathway} {self.result.version}: {verdict}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show the problems with their patients, and the verdict on every rule."""
        return {"text/html": check_fragment(self.pathway, self.result), "text/plain": repr(self)}


@dataclass(frozen=True)
class Compared:
    """Two versions of a pathway with everything that differs; notebooks show it.

    Args:
        old: The old version.
        new: The new one.
        found: What differs: plain data.
    """

    old: ResolvedPathway
    new: ResolvedPathway
    found: Differences

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return self.found.is_same

    def text(self) -> str:
        """Return what differs as text, who is treated differently first."""
        return difference_text(self._said())

    def markdown(self) -> str:
        """Return what differs as Markdown."""
        return difference_markdown(self._said())

    def data(self) -> dict[str, Any]:
        """Return what differs as plain data for JSON."""
        return difference_data(self.found, self._said(), self.old, self.new, SECTIONS)

    def picture(self, **options: Any) -> Picture:
        """Draw the new version with what is added, removed and changed.

        Args:
            options: As for :func:`pathways.diagrams.pictures.style_of`: ``theme``, ``profile``.
        """
        from pathways.diagrams.difference_overlay import difference_diagram
        from pathways.diagrams.pictures import diagram_picture, style_of

        diagram = difference_diagram(self.found, self.old, self.new)
        return diagram_picture(diagram, style_of(**options))

    def _said(self) -> Any:
        return said_differences(self.found, self.old, self.new, SECTIONS)

    def __repr__(self) -> str:
        same = "the same" if self.is_same else "different"
        return (
            f"<{self.old.id} {self.old.document.version} and {self.new.document.version}: {same}>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show who is treated differently, and everything else that differs."""
        return {
            "text/html": difference_fragment(self._said()),
            "text/markdown": self.markdown(),
            "text/plain": repr(self),
        }


def check_pathway(
    pathway: ResolvedPathway,
    *,
    examples: ReadExamples | None = None,
    budget: int = DEFAULT_BUDGET,
    progress: Progress | None = None,
) -> Checked:
    """Check one pathway, together with the pathways its links go on in.

    Args:
        pathway: The pathway.
        examples: Examples that must go the way their file says.
        budget: How many sets of patients to follow at most for one question.
        progress: Is told how far the check is.

    Raises:
        DocumentError: A linked pathway, or the examples, have faults.
    """
    linked = linked_pathways(pathway)
    result = check(pathway, examples=examples, linked=linked, budget=budget, progress=progress)
    return Checked(pathway, result)


def compare_versions(old: ResolvedPathway, new: ResolvedPathway) -> Compared:
    """Compare two versions of a pathway.

    Args:
        old: The old version.
        new: The new one.
    """
    reaches = {"old": Reaching(old, new), "new": Reaching(new, old)}
    return Compared(old, new, differences(old, new, reaches))  # type: ignore[arg-type]
