"""Everything that differs between two versions of a pathway, in one call."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.differences.behaviour import Behaviour, Reaches, shifts
from pathways.differences.common import Common
from pathways.differences.effects import effect_changes, finding_changes
from pathways.differences.elements import elements
from pathways.differences.evidence import badge_changes, evidence_changes
from pathways.differences.matching import matched_states
from pathways.differences.memberships import Memberships, causes_of_states
from pathways.differences.model import Differences, Side, Version
from pathways.differences.pairs import Pairs
from pathways.differences.structure import structure_changes
from pathways.differences.texts import text_changes
from pathways.differences.thresholds import changed_conditions, threshold_changes
from pathways.model.pathway import ResolvedPathway


def differences(
    old: ResolvedPathway,
    new: ResolvedPathway,
    reaches: Mapping[Side, Reaches] | None = None,
) -> Differences:
    """Return everything that differs between two versions of a pathway.

    Who is treated differently is exact: for every step of both versions the sets of patients who
    go on to each state are taken from each other, and one patient of each difference is followed in
    both versions before it is given. Conditions that are written in another way and mean the same
    are no difference.

    Args:
        old: The old version.
        new: The new one.
        reaches: For each version, whether somebody of whom a condition holds gets to a state; None:
            it is not asked whether anybody gets to where something differs.

    Returns:
        The differences, in the order of the new version.

    Example:
        >>> from pathways.reading.load import load
        >>> differences(load("safety"), load("safety")).is_same
        True
    """
    matched = matched_states(old, new)
    pairs = Pairs(old, new, matched)
    common = Common(old, new)
    changed, rewritten = changed_conditions(common, pairs.written())
    memberships = Memberships(common, pairs)
    behaviour = Behaviour(common, matched)
    moved = shifts(behaviour, causes_of_states(memberships), reaches)
    held = memberships.found()
    shifted = {state for each in moved for state in each.states}
    parts = list(elements(pairs))
    return Differences(
        version_of(old),
        version_of(new),
        matched,
        moved,
        held,
        tuple(effect_changes(pairs)),
        tuple(finding_changes(pairs)),
        threshold_changes(changed, old.scope, new.scope),
        tuple(structure_changes(pairs, {each.where for each in changed}, shifted)),
        tuple(change for part in parts for change in text_changes(part)),
        (
            *(change for part in parts for change in evidence_changes(part)),
            *badge_changes(pairs),
        ),
        tuple(rewritten),
        (*behaviour.undecided, *memberships.undecided),
        _assumptions(common, reaches),
    )


def version_of(pathway: ResolvedPathway) -> Version:
    """Return which version a pathway is."""
    document = pathway.document
    return Version(pathway.id, document.version, pathway.title(), document.updated)


def _assumptions(common: Common, reaches: Mapping[Side, Reaches] | None) -> tuple[str, ...]:
    """Return what the comparison rests on, in sentences."""
    found = []
    if reaches is None:
        found.append(
            "It is asked of every patient who could stand at a step, whether or not one gets there."
        )
    if common.everybody != [common.packing.full]:
        found.append(
            "Only patients are compared who satisfy the facts of both versions, with values that "
            "both versions know."
        )
    if common.apart:
        names = ", ".join(sorted(common.apart))
        found.append(f"Of another type or unit than before, so not compared: {names}.")
    return tuple(found)
