"""What sources disagree on in a pathway, and at which steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.conditions.definitions import reachable_definitions
from pathways.graph.findings_used import conditions_of, numbers_in
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State
from pathways.model.thresholds import thresholds_of


def disputed_at(pathway: ResolvedPathway, state: str) -> tuple[str, ...]:
    """Return what sources disagree on at a step: of the step, its ways, its care, its conditions.

    Args:
        pathway: The pathway.
        state: Name of the state.

    Returns:
        Names of disagreements, each once, those of the step itself first.
    """
    record = pathway.states[state]
    found = [
        *disputed_itself(pathway, state),
        *(name for care in _care(record) for name in _disputes_of(pathway, care)),
    ]
    return tuple(dict.fromkeys(found))


def disputed_itself(pathway: ResolvedPathway, state: str) -> tuple[str, ...]:
    """Return what sources disagree on at a step, without what is disputed of the care there.

    Args:
        pathway: The pathway.
        state: Name of the state.

    Returns:
        Names of disagreements of the step, its ways, its definitions and its thresholds, each once.
    """
    record = pathway.states[state]
    found = [
        *record.disagreements,
        *(name for way in record.next for name in way.disagreements),
        *_in_conditions(pathway, record),
    ]
    return tuple(dict.fromkeys(found))


def _care(record: State) -> Iterator[str]:
    yield from record.does
    yield from (offer.treatment for offer in record.offers)


def _disputes_of(pathway: ResolvedPathway, care: str) -> tuple[str, ...]:
    catalogue = pathway.catalogue
    if care in catalogue.treatments:
        return catalogue.treatments[care].disagreements
    return catalogue.tests[care].disagreements


def _in_conditions(pathway: ResolvedPathway, record: State) -> Iterator[str]:
    """Yield what is disputed in the definitions and at the thresholds of a step's conditions."""
    thresholds = pathway.catalogue.thresholds
    for condition in conditions_of(record):
        for name in reachable_definitions(condition, pathway.scope):
            yield from pathway.definitions[name].disagreements
        for line in numbers_in(condition, pathway):
            for name in thresholds_of(line, thresholds.items()):
                yield from thresholds[name].disagreements


def disputed_in(pathway: ResolvedPathway, states: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return what sources disagree on at some steps.

    Args:
        pathway: The pathway.
        states: Names of the states, in order.

    Returns:
        For each disagreement, in the order of the steps, the states it is about.

    Example:
        >>> from pathways.reading.load import load
        >>> disputed_in(load("safety"), ["warning_signs"])
        {'which_warning_signs': ('warning_signs',)}
    """
    found: dict[str, dict[str, None]] = {}
    for state in states:
        for name in disputed_at(pathway, state):
            found.setdefault(name, {})[state] = None
    return {name: tuple(at) for name, at in found.items()}
