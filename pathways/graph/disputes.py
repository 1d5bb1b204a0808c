"""What sources disagree on in a pathway, and at which steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.conditions import Condition, names_in
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State


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
        *record.disagreements,
        *(name for way in record.next for name in way.disagreements),
        *(name for care in _care(record) for name in _disputes_of(pathway, care)),
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
    """Yield what is disputed in the definitions that the ways and offers of a step name."""
    conditions: list[Condition] = [way.when for way in record.next]
    conditions += [offer.when for offer in record.offers if offer.when is not None]
    for condition in conditions:
        for name in sorted(names_in(condition)):
            if name in pathway.definitions:
                yield from pathway.definitions[name].disagreements


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
