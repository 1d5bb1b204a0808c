"""What a check found, as tables for pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathways.checks.results import CheckResult
from pathways.graph.tables import frame_of

if TYPE_CHECKING:
    import pandas as pd

PROBLEMS = ("number", "severity", "code", "where", "message", "hint", "journey", "waived_by")
RULES = ("rule", "verdict", "proof", "because", "sentence")


def problems_table(result: CheckResult) -> pd.DataFrame:
    """Return one row for each problem, in the order of the file.

    Args:
        result: What a check found.

    Returns:
        Index ``number`` (from 0); columns ``severity``, ``code``, ``where``, ``message``, ``hint``,
        ``journey`` (tuple of the states an invented patient comes through, empty without one),
        ``waived_by``.
    """
    rows = [
        {
            "number": number,
            "severity": each.problem.severity,
            "code": each.problem.code,
            "where": each.problem.where,
            "message": each.problem.message,
            "hint": each.problem.hint,
            "journey": each.journey.states if each.journey else (),
            "waived_by": each.waived.by if each.waived else "",
        }
        for number, each in enumerate(result.problems)
    ]
    return frame_of(rows, PROBLEMS, ["number"])


def rules_table(result: CheckResult) -> pd.DataFrame:
    """Return one row for each rule, in their order.

    Args:
        result: What a check found.

    Returns:
        Index ``rule``; columns ``verdict``, ``proof`` (``graph`` or ``routes``), ``because``,
        ``sentence``.
    """
    rows = [
        {
            "rule": each.id,
            "verdict": each.verdict,
            "proof": each.proof,
            "because": each.because,
            "sentence": each.sentence,
        }
        for each in result.rules
    ]
    return frame_of(rows, RULES, ["rule"])
