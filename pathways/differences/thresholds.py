"""Numbers that decide, where they are other ones than before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.boxes import TooManyBoxesError
from pathways.conditions import Between, Compare, Condition, Not, Operator, Scope, unparse
from pathways.conditions.nodes import Number
from pathways.conditions.walk import nodes
from pathways.conditions.wording import Speaker
from pathways.differences.common import Common
from pathways.differences.model import ThresholdChange
from pathways.differences.pairs import Written

Comparison = Compare | Between


def changed_conditions(
    common: Common, written: Iterable[Written]
) -> tuple[list[Written], list[str]]:
    """Return the conditions that mean something else, and where others are only rewritten.

    Args:
        common: The two versions on one ground.
        written: Conditions as both versions write them.

    Returns:
        What changed by itself; a condition that is written alike is none, even where a name in it
        stands for something else. One that cannot be compared counts as changed.
    """
    changed: list[Written] = []
    rewritten: list[str] = []
    for each in written:
        if each.old == each.new:
            continue
        try:
            same = common.same(each.old, each.new)
        except TooManyBoxesError:
            same = False
        if same:
            rewritten.append(each.where)
        else:
            changed.append(each)
    return changed, rewritten


def threshold_changes(
    changed: Iterable[Written], old: Scope, new: Scope
) -> tuple[ThresholdChange, ...]:
    """Return the comparisons with numbers that changed, each once with all its places.

    Args:
        changed: Conditions that mean something else.
        old: What the old ones may name.
        new: What the new ones may name.
    """
    places: dict[tuple[str, str, str], list[str]] = {}
    for each in changed:
        for finding, before, now in _one_by_one(each, old, new):
            places.setdefault((finding, before, now), []).append(each.where)
    return tuple(ThresholdChange(*key, tuple(where)) for key, where in places.items())


def _one_by_one(each: Written, old: Scope, new: Scope) -> Iterator[tuple[str, str, str]]:
    before, now = list(_comparisons(each.old)), list(_comparisons(each.new))
    gone = [one for one in before if one not in now]
    come = [one for one in now if one not in before]
    for finding in dict.fromkeys(one.finding for one in (*gone, *come)):
        left = [_said(one, old) for one in gone if one.finding == finding]
        right = [_said(one, new) for one in come if one.finding == finding]
        for at in range(max(len(left), len(right))):
            yield (
                finding,
                left[at] if at < len(left) else "",
                right[at] if at < len(right) else "",
            )


def _comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons of numbers; one that is denied as its opposite."""
    for node in nodes(condition):
        match node:
            case Between() | Compare(constant=Number()):
                if not _is_denied(node, condition):
                    yield node
            case Not(Compare(constant=Number()) as inner):
                yield Compare(inner.finding, _OPPOSITE[inner.operator], inner.constant)
            case _:
                pass


def _is_denied(node: Condition, whole: Condition) -> bool:
    return any(
        isinstance(each, Not) and each.part is node and isinstance(node, Compare)
        for each in nodes(whole)
    )


_OPPOSITE: dict[Operator, Operator] = {
    "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip


def _said(comparison: Comparison, scope: Scope) -> str:
    """Return a comparison in words, without the finding: ``at least 12 weeks``."""
    shape = scope.findings.get(comparison.finding)
    if shape is None:
        return unparse(comparison)
    plain = Scope({shape.name: type(shape)(shape.name, "number", shape.unit)})
    words = Speaker(plain, "clinician").leaf(comparison, denied=False)
    return words.partition(": ")[2]
