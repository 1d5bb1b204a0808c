"""Parts that came, went or changed: states, ways, phases, interrupts, rules, keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pathways.conditions import Condition, Otherwise, unparse
from pathways.conditions.nodes import Always
from pathways.differences.model import StructureChange
from pathways.differences.pairs import Pairs
from pathways.model.pathway import Way
from pathways.model.rules import FORM_KEYS, Rule
from pathways.model.states import State

ENDS = ("end", "link")
STATE_KEYS = (
    "kind",
    "category",
    "phase",
    "tags",
    "choose",
    "situation",
    "explains",
    "pathway",
    "at",
)
MEANING_KEYS = ("kind", "pathway", "at")
"""What of a state changes what happens to patients by itself."""


def structure_changes(
    pairs: Pairs, changed: Collection[str], shifted: Collection[str]
) -> Iterator[StructureChange]:
    """Yield the parts that came, went or changed.

    Args:
        pairs: The two versions side by side.
        changed: Where conditions mean something else, as ``states.review.next[0]``.
        shifted: States from which somebody goes on to somewhere else.
    """
    yield from _document(pairs)
    yield from _states(pairs)
    for name in pairs.matched:
        yield from _keys(pairs, name, shifted)
        yield from _ways(pairs, name, changed)
        if name in shifted:
            yield from _order(pairs, name)
    yield from _phases(pairs)
    yield from _interrupts(pairs, changed)
    yield from _rules(pairs)
    yield from _definitions(pairs, changed)


def _document(pairs: Pairs) -> Iterator[StructureChange]:
    start = pairs.target(pairs.old.start)
    if start != pairs.new.start:
        old = pairs.old.start
        yield StructureChange("key", "changed", "start", "start", old, pairs.new.start, means=True)
    before, now = pairs.old.document, pairs.new.document
    for key in ("pathway", "language"):
        one, two = getattr(before, key), getattr(now, key)
        if one != two:
            yield StructureChange("key", "changed", key, key, one, two)
    for key in ("status", "by", "on", "next_review_due"):
        one, two = _text(getattr(before.review, key)), _text(getattr(now.review, key))
        if one != two:
            yield StructureChange("key", "changed", f"review.{key}", key, one, two)
    asked = [each.question for each in before.review.open_questions]
    asks = [each.question for each in now.review.open_questions]
    for each in asks:
        if each not in asked:
            yield StructureChange("open question", "added", each)
    for each in asked:
        if each not in asks:
            yield StructureChange("open question", "removed", each)


def _states(pairs: Pairs) -> Iterator[StructureChange]:
    for name, state in pairs.new.states.items():
        old = pairs.matched.get(name)
        if old is None:
            yield StructureChange("state", "added", name, new=state.title.clinician)
        elif old != name:
            yield StructureChange("state", "renamed", name, old=old, new=name)
    for name, state in pairs.old.states.items():
        if name not in pairs.called:
            yield StructureChange("state", "removed", name, old=state.title.clinician)


def _keys(pairs: Pairs, name: str, shifted: Collection[str]) -> Iterator[StructureChange]:
    old, new = pairs.old.states[pairs.matched[name]], pairs.new.states[name]
    for key in STATE_KEYS:
        one, two = _key(old, key), _key(new, key)
        if one == two or (key == "choose" and max(len(old.next), len(new.next)) < 2):
            continue
        means = key in MEANING_KEYS or (key == "choose" and "any" in (one, two))
        # Who is moved by it is told where it moves somebody.
        means = means and not (key == "choose" and name in shifted)
        yield StructureChange("state", "changed", name, key, one, two, means=means)


def _key(state: State, key: str) -> str:
    value = getattr(state, key)
    return ", ".join(sorted(value)) if isinstance(value, tuple) else _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _ways(pairs: Pairs, name: str, changed: Collection[str]) -> Iterator[StructureChange]:
    for old, new in pairs.ways[name]:
        if new is None and old is not None:
            target = pairs.called.get(old.target, old.target)
            yield StructureChange("way", "removed", old.key, old=_way_words(old, target))
        elif old is None and new is not None:
            yield StructureChange("way", "added", new.key, new=_way_words(new, new.target))
        elif old is not None and new is not None:
            if pairs.target(old.target) != new.target:
                target = pairs.called.get(old.target, old.target)
                yield StructureChange("way", "changed", new.key, "to", target, new.target)
            if f"states.{name}.next[{new.index}]" in changed:
                one, two = written(old.transition.when), written(new.transition.when)
                yield StructureChange("way", "changed", new.key, "when", one, two)


def _way_words(way: Way, target: str) -> str:
    condition = written(way.transition.when)
    return f"to {target}{f' when {condition}' if condition != 'always' else ''}"


def written(condition: Condition) -> str:
    """Return a condition as a file writes it; ``always`` where there is none."""
    match condition:
        case Always():
            return "always"
        case Otherwise():
            return "else"
        case _:
            return unparse(condition)


def _order(pairs: Pairs, name: str) -> Iterator[StructureChange]:
    old, new = pairs.old.states[pairs.matched[name]], pairs.new.states[name]
    places = [(one.index, two.index) for one, two in pairs.ways[name] if one and two]
    before = [one for one, _ in places]
    if "first" in (old.choose, new.choose) and before != sorted(before):
        one = ", ".join(pairs.called.get(way.to, way.to) for way in old.next)
        two = ", ".join(way.to for way in new.next)
        yield StructureChange("state", "changed", name, "order", one, two)


def _phases(pairs: Pairs) -> Iterator[StructureChange]:
    for name, phase in pairs.new.phases.items():
        if name not in pairs.old.phases:
            yield StructureChange("phase", "added", name, new=phase.title.clinician)
    for name, phase in pairs.old.phases.items():
        if name not in pairs.new.phases:
            yield StructureChange("phase", "removed", name, old=phase.title.clinician)


def _interrupts(pairs: Pairs, changed: Collection[str]) -> Iterator[StructureChange]:
    for one, two in pairs.interrupts:
        if two is None and one is not None:
            gone = pairs.old.interrupts[one]
            name, target = f"interrupts[{one}]", pairs.called.get(gone.to, gone.to)
            words = f"{gone.level}, to {target} when {written(gone.when)}"
            yield StructureChange("interrupt", "removed", name, old=words)
        elif two is not None and one is None:
            come = pairs.new.interrupts[two]
            words = f"{come.level}, to {come.to} when {written(come.when)}"
            yield StructureChange("interrupt", "added", f"interrupts[{two}]", new=words)
        elif one is not None and two is not None:
            yield from _interrupt(pairs, one, two, changed)


def _interrupt(
    pairs: Pairs, one: int, two: int, changed: Collection[str]
) -> Iterator[StructureChange]:
    old, new = pairs.old.interrupts[one], pairs.new.interrupts[two]
    name = f"interrupts[{two}]"
    if pairs.target(old.to) != new.to:
        target = pairs.called.get(old.to, old.to)
        yield StructureChange("interrupt", "changed", name, "to", target, new.to)
    if old.level != new.level:
        yield StructureChange(
            "interrupt", "changed", name, "level", old.level, new.level, means=True
        )
    for key in ("when", "until"):
        before, now = getattr(old, key), getattr(new, key)
        if f"{name}.{key}" in changed or (before is None) != (now is None):
            yield StructureChange(
                "interrupt", "changed", name, key, _written(before), _written(now)
            )


def _written(condition: Condition | None) -> str:
    return written(condition) if condition is not None else ""


def _rules(pairs: Pairs) -> Iterator[StructureChange]:
    old = {rule.id: rule for rule in pairs.old.rules}
    new = {rule.id: rule for rule in pairs.new.rules}
    for name, rule in new.items():
        if name not in old:
            yield StructureChange("rule", "added", name, new=rule_words(rule))
            continue
        before, now = rule_words(old[name], pairs.called), rule_words(rule)
        if before != now:
            yield StructureChange("rule", "changed", name, "sentence", rule_words(old[name]), now)
    for name, rule in old.items():
        if name not in new:
            yield StructureChange("rule", "removed", name, old=rule_words(rule))


def rule_words(rule: Rule, called: dict[str, str] | None = None) -> str:
    """Return a rule on one line: ``never: surgery before imaging``.

    Args:
        rule: The rule.
        called: New names of states, by their old ones.
    """
    parts = []
    for key in ("between", "when", *FORM_KEYS):
        value = getattr(rule, key)
        if value is not None:
            text = value if isinstance(value, str) else unparse(value)
            words = [(called or {}).get(word, word) for word in text.split()]
            parts.append(f"{key}: {' '.join(words)}")
    ends = "; ends included" if rule.ends == "included" else ""
    return ", ".join(parts) + ends


def _definitions(pairs: Pairs, changed: Collection[str]) -> Iterator[StructureChange]:
    for where in sorted(changed):
        section, _, name = where.partition(".")
        if section == "definitions":
            one, two = pairs.old.definitions[name].when, pairs.new.definitions[name].when
            yield StructureChange("definition", "changed", name, "when", written(one), written(two))
