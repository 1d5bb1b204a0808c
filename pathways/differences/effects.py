"""What entering a step does to a patient, and findings that are something else than before."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.conditions import describe_value
from pathways.conditions.quantities import plain_number
from pathways.differences.model import EffectChange, FindingChange
from pathways.differences.pairs import Pairs
from pathways.graph.findings_used import Use, findings_used
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State
from pathways.semantics.changes import Change, changes_at

MEANING_KEYS = (
    "type", "unit", "range", "step", "options", "kind", "level", "valid_for", "window", "derived",
)  # fmt: skip
"""What of a finding says which values it may have, when, and how fast to act."""

HAPPENS = "happens here"
OFFERED = "is on offer"
NOT_KNOWN = "not known"


def effect_changes(pairs: Pairs) -> Iterator[EffectChange]:
    """Yield what steps do to patients who enter them, where that is something else.

    Args:
        pairs: The two versions side by side.
    """
    for name, old_name in pairs.matched.items():
        old, new = pairs.old.states[old_name], pairs.new.states[name]
        yield from _in_one_only(name, old.does, new.does, HAPPENS)
        before = [offer.treatment for offer in old.offers]
        now = [offer.treatment for offer in new.offers]
        yield from _in_one_only(name, before, now, OFFERED)
        for finding in dict.fromkeys((*_named(new), *_named(old))):
            one = _effect(pairs.old, old_name, finding)
            two = _effect(pairs.new, name, finding)
            if one != two:
                yield EffectChange(name, finding, one, two)


def _in_one_only(
    state: str, old: tuple[str, ...] | list[str], new: tuple[str, ...] | list[str], words: str
) -> Iterator[EffectChange]:
    for each in dict.fromkeys((*new, *old)):
        if each not in old:
            yield EffectChange(state, each, "", words)
        elif each not in new:
            yield EffectChange(state, each, words, "")


def _named(state: State) -> tuple[str, ...]:
    return (*state.yields, *state.reassess, *state.restarts, *state.sets, *state.adds)


def _effect(pathway: ResolvedPathway, state: str, finding: str) -> str:
    """Return what entering a state does to a finding, in words."""
    if finding not in pathway.scope.findings:
        return NOT_KNOWN
    change = changes_at(pathway, state, [finding]).get(finding)
    return "stays as it was" if change is None else _words(change, pathway, finding)


def _words(change: Change, pathway: ResolvedPathway, finding: str) -> str:
    match change.effect:
        case "set":
            assert change.value is not None
            return f"set: {describe_value(finding, change.value, pathway.scope)}"
        case "any":
            return "assessed anew: it may have any value"
        case "added":
            return f"goes up by {change.amount}"
        case "upwards":
            return "goes up with time"
        case "kept":
            return "stays as it was"
        case _:
            return f"as the care there says: {', '.join(change.words) or 'any value'}"


def finding_changes(pairs: Pairs) -> Iterator[FindingChange]:
    """Yield the findings that are something else, or that only one version knows and reads.

    Args:
        pairs: The two versions side by side.
    """
    before_used, now_used = findings_used(pairs.old), findings_used(pairs.new)
    for name in sorted({*before_used, *now_used}):
        there = before_used.get(name, Use()).read_in
        here = now_used.get(name, Use()).read_in
        called = [pairs.called[each] for each in there if each in pairs.called]
        where = tuple(dict.fromkeys((*here, *called)))
        if name not in pairs.old.scope.findings:
            yield FindingChange(name, "added", places=where)
        elif name not in pairs.new.scope.findings:
            yield FindingChange(name, "removed", places=where)
        elif "." not in name:
            for key in MEANING_KEYS:
                before, now = _key(pairs.old, name, key), _key(pairs.new, name, key)
                if before != now:
                    yield FindingChange(name, key, before, now, where)


def _key(pathway: ResolvedPathway, name: str, key: str) -> str:
    value = getattr(pathway.catalogue.findings[name], key)
    match value:
        case None:
            return ""
        case tuple():
            return " to ".join(plain_number(each) for each in value)
        case dict():
            return ", ".join(
                f"{option}{f' ({each.level})' if each.level else ''}"
                for option, each in sorted(value.items())
            )
        case str():
            return value
        case _ if key == "step":
            return plain_number(value)
        case _ if key == "derived":
            return f"{value.function} of {', '.join(value.of)}"
        case _:
            return f"{plain_number(value.amount)} {value.unit}"
