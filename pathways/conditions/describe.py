"""A condition in plain words, grouped so that it can be read in one way only.

How the grouping is said:

* parts side by side: ``a, and b`` and ``a, b, or c``;
* two parts within them: ``either a or b`` and ``both a and b``;
* more than two parts within them, at the end: ``a, and any of these: b; c; d``;
* anything deeper, and parts that have commas of their own, as a list with labels:
  ``all of these: (a) ...; (b) any of these: (b.1) ...; (b.2) ...``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, assert_never

from pathways.conditions.definitions import require_unfoldable
from pathways.conditions.nodes import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    Condition,
    CountNow,
    Has,
    Named,
    Not,
    OneOf,
    Or,
    Otherwise,
)
from pathways.conditions.scope import Reader, Scope
from pathways.conditions.values import KnownValue
from pathways.conditions.wording import Speaker
from pathways.language import joint, joints, say, spoken

JOINING = "nor either both"
"""Further words that join two things."""


def describe(condition: Condition, scope: Scope, reader: Reader = "clinician") -> str:
    """Say a condition in plain words.

    Negation is said of the single findings: ``not (a or b)`` becomes "no a, and no b", and
    "not at least 2 of 3" becomes "at least 2 of 3 not". A definition is said by its title; one
    without title by its condition in full.

    Args:
        condition: Any condition that fits the scope.
        scope: Findings, definitions and classes with their wordings.
        reader: ``clinician`` or ``patient``.

    Returns:
        Part of a sentence, without a full stop. Two conditions that differ in their grouping are
        said differently, as long as the wordings do not use the labels ``(a)`` themselves.

    Raises:
        UnknownNameError: A finding or class is not in the scope.
        ConditionError: Definitions go round in a circle or grow out of hand.

    Example:
        >>> from pathways.conditions import FindingShape, Scope, Wording, parse
        >>> weeks = FindingShape("weeks", "number", unit="weeks", wording={
        ...     "patient": Wording("pain", says="you have had pain for {value}")})
        >>> fever = FindingShape("fever", "yes_no", wording={
        ...     "patient": Wording("fever", says="you have a fever", says_not="you have no fever")})
        >>> scope = Scope({"weeks": weeks, "fever": fever})
        >>> describe(parse("weeks > 12 and not fever"), scope, "patient")
        'you have had pain for more than 12 weeks, and you have no fever'
    """
    require_unfoldable(condition, scope)
    group = _Grouping(Speaker(scope, reader)).of(condition, denied=False)
    return _whole(group)


def describe_value(
    finding: str, value: KnownValue, scope: Scope, reader: Reader = "clinician"
) -> str:
    """Say in plain words what is known of a finding.

    Args:
        finding: Name of a finding.
        value: Its value, as :func:`pathways.conditions.read_value` gives it.
        scope: Findings with their wordings.
        reader: ``clinician`` or ``patient``.

    Returns:
        Part of a sentence, without a full stop.

    Raises:
        UnknownNameError: The finding is not in the scope.

    Example:
        >>> from decimal import Decimal
        >>> from pathways.conditions import FindingShape, Scope
        >>> describe_value("weeks", Decimal(3), Scope({"weeks": FindingShape("weeks", "number", "weeks")}))
        'weeks: 3 weeks'
    """
    return Speaker(scope, reader).value(finding, value)


def title_of(finding: str, scope: Scope, reader: Reader = "clinician") -> str:
    """Return what a finding is called: a noun phrase.

    Args:
        finding: Name of a finding.
        scope: Findings with their wordings.
        reader: ``clinician`` or ``patient``.

    Raises:
        UnknownNameError: The finding is not in the scope.

    Example:
        >>> from pathways.conditions import FindingShape, Scope
        >>> title_of("pain_now", Scope({"pain_now": FindingShape("pain_now", "number")}))
        'pain now'
    """
    return Speaker(scope, reader).title(finding)


@dataclass(frozen=True, slots=True)
class _Said:
    """One leaf in words."""

    words: str


@dataclass(frozen=True, slots=True)
class _Group:
    """So many of some parts: how many is needed says whether it is all, any or at least n."""

    kind: Literal["and", "or", "at least"]
    parts: tuple[_Said | _Group, ...]
    number: int = 0


class _Grouping:
    """Turns a condition into groups of leaves in words, with no negation left above a leaf."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker

    def of(self, node: Condition, *, denied: bool) -> _Said | _Group:
        match node:
            case Not():
                return self.of(node.part, denied=not denied)
            case And():
                return _group("or" if denied else "and", self.all(node.parts, denied=denied))
            case Or():
                return _group("and" if denied else "or", self.all(node.parts, denied=denied))
            case AtLeast():
                parts = self.all(node.parts, denied=denied)
                # Fewer than n of k hold exactly where at least k - n + 1 do not hold.
                number = len(parts) - node.number + 1 if denied else node.number
                return _at_least(number, parts)
            case Named():
                definition = self.speaker.scope.definitions.get(node.name)
                if definition is None or self.speaker.definition_title(node.name):
                    return _Said(self.speaker.leaf(node, denied=denied))
                return self.of(definition.condition, denied=denied)
            case (
                Compare()
                | Between()
                | OneOf()
                | Has()
                | AnyOfClass()
                | CountNow()
                | Always()
                | Otherwise()
            ):
                return _Said(self.speaker.leaf(node, denied=denied))
            case _:
                assert_never(node)

    def all(self, parts: tuple[Condition, ...], *, denied: bool) -> list[_Said | _Group]:
        return [self.of(part, denied=denied) for part in parts]


def _group(kind: Literal["and", "or"], parts: list[_Said | _Group]) -> _Said | _Group:
    """Join parts, taking in groups of the same kind."""
    joined: list[_Said | _Group] = []
    for part in parts:
        if isinstance(part, _Group) and part.kind == kind:
            joined.extend(part.parts)
        else:
            joined.append(part)
    return joined[0] if len(joined) == 1 else _Group(kind, tuple(joined))


def _at_least(number: int, parts: list[_Said | _Group]) -> _Said | _Group:
    if number == 1:
        return _group("or", parts)
    if number == len(parts):
        return _group("and", parts)
    return _Group("at least", tuple(parts), number)


def _whole(group: _Said | _Group) -> str:
    match group:
        case _Said():
            return group.words
        case _Group(kind="at least"):
            items = [_item(part, (";",)) for part in group.parts]
            if all(items):
                return f"{_heading(group)} {'; '.join(items)}"
            return _listed(group, "")
        case _Group():
            return _in_line(group) or _listed(group, "")
        case _:
            assert_never(group)


def _in_line(group: _Group) -> str:
    """Return parts side by side in one sentence; empty where that could be read in two ways."""
    *first, last = _long_one_last(group.parts)
    items = [_item(part, (",", ";")) for part in first]
    items.append(_item(last, (",", ";")) or _closing(last))
    if not all(items):
        return ""
    word = joint("and" if group.kind == "and" else "or", items[-1])
    # Spanish has a comma there only where one of the parts holds such a word itself.
    needs_none = spoken() == "es" and not any(map(_joined_already, items))
    return f"{', '.join(items[:-1])}{' ' if needs_none else ', '}{word} {items[-1]}"


def _long_one_last(parts: tuple[_Said | _Group, ...]) -> list[_Said | _Group]:
    """Return parts with those that can only end a sentence after those that can stand anywhere."""
    return sorted(parts, key=lambda part: isinstance(part, _Group) and not _pair(part))


def _item(part: _Said | _Group, separators: tuple[str, ...]) -> str:
    """Return a leaf, or two leaves as a pair; empty where it holds a separator itself."""
    words = part.words if isinstance(part, _Said) else _pair(part)
    return "" if any(separator in words for separator in separators) else words


def _pair(group: _Group) -> str:
    match group.parts:
        case (_Said(left), _Said(right)) if group.kind != "at least":
            if _joined_already(left) or _joined_already(right):
                return ""
            if group.kind == "and":
                word = joint("and", right)
                return say("both {left} {joint} {right}", left=left, right=right, joint=word)
            return say("either {left} or {right}", left=left, right=right)
        case _:
            return ""


def _joined_already(words: str) -> bool:
    known = {*joints("and"), *joints("or"), *re.findall(r"\w+", say(JOINING))}
    return not known.isdisjoint(re.findall(r"\w+", words))


def _closing(part: _Said | _Group) -> str:
    """Return ``at least 2 of these: a; b; c``, which may only end a sentence."""
    if isinstance(part, _Said):
        return ""
    items = [_item(each, (",", ";")) for each in part.parts]
    return f"{_heading(part)} {'; '.join(items)}" if all(items) else ""


def _listed(group: _Group, label: str) -> str:
    items: list[str] = []
    for position, part in enumerate(group.parts):
        own = f"{label}.{position + 1}" if label else _letter(position)
        words = part.words if isinstance(part, _Said) else _listed(part, own)
        items.append(f"({own}) {words}")
    return f"{_heading(group)} {'; '.join(items)}"


def _heading(group: _Group) -> str:
    match group.kind:
        case "and":
            return say("all of these:")
        case "or":
            return say("any of these:")
        case "at least":
            return say("at least {number} of these:", number=group.number)
        case _:
            assert_never(group.kind)


def _letter(position: int) -> str:
    """Return a, b, ..., z, aa, ab, ..."""
    rest, letter = divmod(position, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("a") + letter)
