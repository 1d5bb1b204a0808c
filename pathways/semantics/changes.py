"""What may change when somebody enters a state: finding by finding, and as cells of findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pathways.boxes import Box
from pathways.conditions import Condition, KnownValue, read_value
from pathways.conditions.nodes import Always
from pathways.model.pathway import ResolvedPathway
from pathways.reading.values import typed
from pathways.semantics.logic import Logic

ChangeKind = Literal["never", "when_asked", "any_time", "with_time", "with_care"]
"""When a finding may change: never, where a state looks at it, at any time, upwards with time, or with
the care it speaks of."""

Effect = Literal["set", "any", "done", "started", "added", "upwards", "kept"]
"""What entering a state does to one finding: it gets a value; it may have any; it shows that the care
was given; care on offer may have begun; a count goes up; it may have gone up with time; it stays."""

_GROWING = frozenset({"weeks", "months_since"})
_WINDOWED = frozenset({"count_12mo"})


def change_kind(pathway: ResolvedPathway, finding: str) -> ChangeKind:
    """Return when a finding may change.

    Args:
        pathway: The pathway.
        finding: Name of a finding.
    """
    owner, _, key = finding.partition(".")
    if key:
        if key in _WINDOWED:
            return "any_time"
        return "with_time" if key in _GROWING else "with_care"
    record = pathway.catalogue.findings[owner]
    if record.derived is not None or record.kind == "watch":
        return "any_time"
    if record.kind in {"count", "time"}:
        return "any_time" if record.window is not None else "with_time"
    return "never" if record.kind == "trait" else "when_asked"


def counted(pathway: ResolvedPathway) -> frozenset[str]:
    """Return the counts that some state adds to: elsewhere they stay."""
    return frozenset(name for state in pathway.states.values() for name in state.adds)


@dataclass(frozen=True, slots=True)
class Change:
    """What entering a state does to one finding.

    Args:
        effect: What it does.
        value: Of ``set``: the value.
        words: Of ``done`` and ``started``: what the status may be afterwards; empty: anything.
        amount: Of ``added``: how much.
        offered_when: Of ``started``: the conditions under which it was on offer, any of which is
            enough; empty: always.
        otherwise: Of ``started``: what happens where it was not on offer.
    """

    effect: Effect
    value: KnownValue | None = None
    words: tuple[str, ...] = ()
    amount: int = 0
    offered_when: tuple[Condition, ...] = ()
    otherwise: Effect = "kept"


KEPT = Change("kept")
_UPWARDS = Change("upwards")
_ANY = Change("any")
_TREATED = ("now", "stopped")


def changes_at(pathway: ResolvedPathway, state: str, findings: Iterable[str]) -> dict[str, Change]:
    """Return what entering a state does to some findings; those that stay are left out.

    Args:
        pathway: The pathway.
        state: Name of the state.
        findings: Names of findings.

    Returns:
        By name of finding, in the order given.
    """
    record = pathway.states[state]
    named = {*record.reassess, *record.yields, *record.restarts}
    counts = counted(pathway)
    found: dict[str, Change] = {}
    for name in findings:
        owner, _, key = name.partition(".")
        kind = change_kind(pathway, name)
        later: Effect = "upwards" if kind == "with_time" and name not in counts else "kept"
        if name in record.sets:
            found[name] = Change("set", value=set_value(pathway, state, name))
        elif name in named or kind == "any_time":
            found[name] = _ANY
        elif key and owner in record.does:
            words = ("done",) if owner in pathway.catalogue.tests else _TREATED
            found[name] = Change("done", words=words if key == "status" else ())
        elif key and any(offer.treatment == owner for offer in record.offers):
            found[name] = _started(pathway, state, owner, key, later)
        elif name in record.adds:
            found[name] = Change("added", amount=record.adds[name])
        elif later == "upwards":
            found[name] = _UPWARDS
    return found


def _started(
    pathway: ResolvedPathway, state: str, owner: str, key: str, otherwise: Effect
) -> Change:
    offers = [each for each in pathway.states[state].offers if each.treatment == owner]
    always = any(each.when is None or isinstance(each.when, Always) for each in offers)
    return Change(
        "started",
        words=_TREATED if key == "status" else (),
        offered_when=() if always else tuple(each.when for each in offers if each.when is not None),
        otherwise=otherwise,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """What entering a state does to what is known, as cells.

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
    freed: set[int] = set()
    raised: set[int] = set()
    sets: dict[int, int] = {}
    changes = changes_at(logic.pathway, state, logic.space.of_finding)
    for name, change in changes.items():
        variables = logic.space.of_finding[name].values()
        match change.effect:
            case "set":
                assert change.value is not None
                sets |= cells_of(logic, name, change.value)
            case "any" | "done" | "started":
                freed.update(variables)
            case "added" | "upwards":
                raised.update(variables)
            case "kept":
                pass
    return Entry(frozenset(freed), frozenset(raised), tuple(sorted(sets.items())))


def cells_of(logic: Logic, finding: str, value: KnownValue) -> dict[int, int]:
    """Return the cells of a value of a finding, by variable.

    Args:
        logic: The conditions of the pathway.
        finding: Name of the finding.
        value: Its value.
    """
    (masks,) = logic.space.known({finding: value})
    return {at: masks[at] for at in logic.space.of_finding.get(finding, {}).values()}


def set_value(pathway: ResolvedPathway, state: str, finding: str) -> KnownValue:
    """Return the value that a state sets a finding to.

    Args:
        pathway: The pathway.
        state: Name of the state.
        finding: Name of a finding it sets.

    Raises:
        ConditionError: The finding cannot have that value.
    """
    shape = pathway.scope.findings[finding]
    return read_value(shape, typed(pathway.states[state].sets[finding], shape))
