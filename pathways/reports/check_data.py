"""What a check found, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pathways.checks.results import CheckResult, Journey, Reported
from pathways.conditions import KnownValue
from pathways.errors import Problem
from pathways.model.findings import as_json_number


def check_data(result: CheckResult) -> dict[str, Any]:
    """Return what a check found as dictionaries, lists, texts and numbers.

    Args:
        result: What was found.

    Returns:
        Keys ``pathway``, ``version``, ``title``, ``passes``, ``problems`` (each as of
        :func:`problem_data`, and ``rule``, ``journey``, ``waived``), ``rules`` (each with ``id``,
        ``sentence``, ``verdict``, ``proof``, ``because``, ``journey``), ``assumptions``,
        ``decided``. A journey has ``steps`` (each with ``state``, the ``way``
        taken from it, ``values``), ``told`` (the findings that matter) and ``back_to`` (of a loop,
        the position it comes back to).

    Example:
        >>> from pathways.checks.check import check
        >>> from pathways.reading.load import load
        >>> check_data(check(load("safety")))["passes"]
        True
    """
    return {
        "pathway": result.pathway,
        "version": result.version,
        "title": result.title,
        "passes": result.passes,
        "problems": [_reported(each) for each in result.problems],
        "rules": [
            {
                "id": each.id,
                "sentence": each.sentence,
                "verdict": each.verdict,
                "proof": each.proof,
                "because": each.because,
                "journey": _journey(each.journey),
            }
            for each in result.rules
        ],
        "assumptions": list(result.assumptions),
        "decided": dict(result.decided),
    }


def problem_data(problem: Problem) -> dict[str, Any]:
    """Return one problem as plain data.

    Args:
        problem: Any problem, also one of a file that cannot be read.

    Returns:
        Keys ``code``, ``severity``, ``message``, ``hint``, ``where``, ``file``, ``line``, ``column``.
    """
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "where": problem.where,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def _reported(reported: Reported) -> dict[str, Any]:
    waiver = reported.waived
    return {
        **problem_data(reported.problem),
        "rule": reported.rule or None,
        "journey": _journey(reported.journey),
        "waived": None
        if waiver is None
        else {"why": waiver.why.clinician, "by": waiver.by, "on": waiver.on},
    }


def _journey(journey: Journey | None) -> dict[str, Any] | None:
    if journey is None:
        return None
    return {
        "steps": [
            {
                "state": each.state,
                "way": each.way or None,
                "values": {name: _value(each.values[name]) for name in sorted(each.values)},
            }
            for each in journey.moments
        ],
        "told": list(journey.told),
        "back_to": journey.back_to,
    }


def _value(value: KnownValue) -> Any:
    if isinstance(value, Decimal):
        return as_json_number(value)
    if isinstance(value, Mapping):
        return {option: value[option] for option in sorted(value)}
    return value
