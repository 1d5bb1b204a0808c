"""Every patient who is shown is followed in both versions, by evaluating conditions one by one."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.conditions import Condition, KnownValue, Otherwise, evaluate
from pathways.conditions.truth import Truth
from pathways.differences.common import BEFORE, Common
from pathways.differences.model import Outcome, Shift, Side
from pathways.graph.steps import interrupt_ways
from pathways.model.pathway import ResolvedPathway


def outcome_of(pathway: ResolvedPathway, state: str, values: Mapping[str, KnownValue]) -> Outcome:
    """Return where somebody goes on to from a state.

    Args:
        pathway: The pathway.
        state: Name of the state.
        values: A value for every finding that is read there.

    Example:
        >>> from pathways.reading.load import load
        >>> outcome_of(load("safety"), "emergency_care", {}).alarm is None
        True
    """
    for source, index in interrupt_ways(pathway):
        each = pathway.interrupts[index]
        if source != state or not _holds(pathway, each.when, values):
            continue
        if each.until is None or not _holds(pathway, each.until, values):
            return Outcome((each.to,), index)
    record = pathway.states[state]
    open_ways = [
        way.to
        for way in record.next
        if isinstance(way.when, Otherwise) or _holds(pathway, way.when, values)
    ]
    if record.choose == "first":
        open_ways = open_ways[:1]
    return Outcome(tuple(dict.fromkeys(open_ways)))


def _holds(
    pathway: ResolvedPathway, condition: Condition, values: Mapping[str, KnownValue]
) -> bool:
    return evaluate(condition, values, pathway.scope).truth is Truth.TRUE


def values_in(
    common: Common, side: Side, values: Mapping[str, KnownValue]
) -> dict[str, KnownValue]:
    """Return the values of a patient as one version knows them.

    Args:
        common: The two versions.
        side: Which one.
        values: A value for every finding that either version reads.
    """
    scope = common.pathways[side].scope
    found: dict[str, KnownValue] = {}
    for name in scope.findings:
        is_old_form = side == "old" and name in common.apart
        called = name + BEFORE if is_old_form else name
        if called in values:
            value = values[called]
            if isinstance(value, Mapping):
                known = scope.findings[name].options
                value = {option: yes for option, yes in value.items() if option in known}
            found[name] = value
    return found


def require_replayed(common: Common, matched: Mapping[str, str], shift: Shift) -> None:
    """Follow the patient of a difference in both versions.

    Args:
        common: The two versions.
        matched: For each state of the new version that was there before, its old name.
        shift: Who goes on to somewhere else.

    Raises:
        AssertionError: They do not go on as the difference says: a fault of ours.
    """
    for state in shift.states:
        places: tuple[tuple[Side, str, Outcome], ...] = (
            ("old", matched[state], shift.old),
            ("new", state, shift.new),
        )
        for side, name, said in places:
            values = values_in(common, side, shift.group.values)
            found = outcome_of(common.pathways[side], name, values)
            if said.own:
                agrees = found.alarm is None
            else:
                agrees = found.alarm == said.alarm and set(found.states) == set(said.states)
            if not agrees:
                raise AssertionError(f"{state}, {side}: {found} is not {said} for {values}")
