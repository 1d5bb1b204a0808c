"""What may change when somebody enters a state, as cells of findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathways.boxes import Box
from pathways.conditions import KnownValue, read_value
from pathways.reading.values import typed
from pathways.semantics.logic import Logic

ChangeKind = Literal["never", "when_asked", "any_time", "with_time", "with_care"]
"""When a finding may change: never, where a state looks at it, at any time, upwards with time, or with
the care it speaks of."""

_GROWING = frozenset({"weeks", "months_since", "count_12mo"})


def change_kind(logic: Logic, finding: str) -> ChangeKind:
    """Return when a finding may change.

    Args:
        logic: The conditions of the pathway.
        finding: Name of a finding.
    """
    owner, _, key = finding.partition(".")
    if key:
        return "with_time" if key in _GROWING else "with_care"
    record = logic.pathway.catalogue.findings[owner]
    if record.derived is not None or record.kind == "watch":
        return "any_time"
    if record.kind in {"count", "time"}:
        return "any_time" if record.window is not None else "with_time"
    return "never" if record.kind == "trait" else "when_asked"


@dataclass(frozen=True, slots=True)
class Entry:
    """What entering a state does to what is known.

    Args:
        freed: Variables that may have any value afterwards.
        raised: Variables that may have gone up.
        set_to: Variables that have this cell afterwards.
    """

    freed: frozenset[int]
    raised: frozenset[int]
    set_to: tuple[tuple[int, int], ...]

    def before(self, box: Box) -> Box | None:
        """Return who can come to be in a box by entering; None when nobody can.

        Args:
            box: What must hold once the state has acted.
        """
        sets = dict(self.set_to)
        kept: list[tuple[int, int]] = []
        for at, mask in box:
            if at in sets:
                if not sets[at] & mask:
                    return None
            elif at in self.raised:
                # Whoever has less now can have more then: everything up to the largest cell.
                kept.append((at, (1 << mask.bit_length()) - 1))
            elif at not in self.freed:
                kept.append((at, mask))
        return tuple(kept)


def entry_of(logic: Logic, state: str) -> Entry:
    """Return what entering a state does to what is known.

    Args:
        logic: The conditions of the pathway.
        state: Name of the state.
    """
    record = logic.pathway.states[state]
    care = {*record.does, *(offer.treatment for offer in record.offers)}
    named = {*record.reassess, *record.yields, *record.restarts}
    freed: set[int] = set()
    raised: set[int] = set()
    for at, variable in enumerate(logic.space.variables):
        kind = change_kind(logic, variable.finding)
        owner = variable.finding.partition(".")[0]
        if (
            variable.finding in named
            or kind == "any_time"
            or (owner in care and owner != variable.finding)
        ):
            freed.add(at)
        elif kind == "with_time" or variable.finding in record.adds:
            raised.add(at)
    return Entry(frozenset(freed), frozenset(raised), tuple(sorted(_sets(logic, state).items())))


def _sets(logic: Logic, state: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for finding in logic.pathway.states[state].sets:
        value = set_value(logic, state, finding)
        (masks,) = logic.space.known({finding: value})
        found |= {at: masks[at] for at in logic.space.of_finding.get(finding, {}).values()}
    return found


def set_value(logic: Logic, state: str, finding: str) -> KnownValue:
    """Return the value that a state sets a finding to.

    Args:
        logic: The conditions of the pathway.
        state: Name of the state.
        finding: Name of a finding it sets.

    Raises:
        ConditionError: The finding cannot have that value.
    """
    shape = logic.pathway.scope.findings[finding]
    return read_value(shape, typed(logic.pathway.states[state].sets[finding], shape))
