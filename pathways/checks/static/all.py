"""What is wrong with a pathway that shows without following any patient."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pathways.checks.static import dataflow, meta, structure, terms
from pathways.checks.static.subject import Subject
from pathways.errors import Problem
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.logic import Logic

Check = Callable[[Subject], Iterator[Problem]]

ALWAYS_MADE: tuple[Check, ...] = (
    structure.unreachable_states,
    structure.dead_ends,
    structure.loops_without_exit,
    structure.no_routes_to_an_end,
    terms.contradictory_facts,
)
"""The checks that also say something where the facts exclude everybody."""

STATIC_CHECKS: tuple[Check, ...] = (
    *ALWAYS_MADE,
    structure.duplicate_transitions,
    structure.always_true,
    dataflow.missing_data,
    dataflow.stale_data,
    dataflow.unused_findings,
    dataflow.redundant_assessments,
    dataflow.inconsistent_sets,
    terms.irrelevant_terms,
    terms.settled_conditions,
    meta.dependent_rules,
    meta.idle_rules,
    meta.unheeded_signs,
    meta.unwatched_signs,
    meta.unsourced_states,
    meta.unexplained_numbers,
)
"""The checks, in the order they are made."""


def static_problems(pathway: ResolvedPathway, logic: Logic | None = None) -> Iterator[Problem]:
    """Yield what is wrong with a pathway that shows without following any patient.

    Args:
        pathway: A pathway that was read without errors.
        logic: Its conditions as sets of patients, where somebody has made them already; they must
            cover those of ways, offers, interrupts, rules, facts and ``initial``.

    Example:
        >>> from pathways.reading.load import load
        >>> [each.code for each in static_problems(load("safety")) if each.severity == "error"]
        []
    """
    subject = Subject(pathway, logic)
    for check in ALWAYS_MADE if subject.admits_nobody else STATIC_CHECKS:
        yield from check(subject)
