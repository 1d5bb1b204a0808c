"""Moving about in the tree of a condition: children, all nodes, names, copies with other names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

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
from pathways.conditions.scope import Scope


def children(node: Condition) -> tuple[Condition, ...]:
    """Return the conditions a condition is directly made of, in the order of its text.

    Args:
        node: Any condition.

    Returns:
        Its parts; nothing for a leaf. Definitions and classes are leaves here.

    Example:
        >>> children(And((Named("fever"), Not(Named("cough")))))
        (Named(name='fever'), Not(part=Named(name='cough')))
    """
    match node:
        case Not():
            return (node.part,)
        case And() | Or() | AtLeast():
            return node.parts
        case (
            Named()
            | Compare()
            | Between()
            | OneOf()
            | Has()
            | AnyOfClass()
            | CountNow()
            | Always()
            | Otherwise()
        ):
            return ()
        case _:
            assert_never(node)


def with_children(node: Condition, parts: tuple[Condition, ...]) -> Condition:
    """Return the same condition made of other parts.

    ``and`` inside ``and`` (and ``or`` inside ``or``) is flattened, as the parser does.

    Args:
        node: Any condition.
        parts: As many conditions as ``children(node)`` gave.

    Example:
        >>> with_children(Not(Named("fever")), (Named("cough"),))
        Not(part=Named(name='cough'))
    """
    match node:
        case Not():
            return replace(node, part=parts[0])
        case And():
            return replace(node, parts=flat(And, parts))
        case Or():
            return replace(node, parts=flat(Or, parts))
        case AtLeast():
            return replace(node, parts=parts)
        case (
            Named()
            | Compare()
            | Between()
            | OneOf()
            | Has()
            | AnyOfClass()
            | CountNow()
            | Always()
            | Otherwise()
        ):
            return node
        case _:
            assert_never(node)


def flat(kind: type[And | Or], parts: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return parts in which no part is itself of the given kind.

    Args:
        kind: ``And`` or ``Or``.
        parts: Conditions that stand side by side under that word.

    Example:
        >>> flat(And, (And((Named("a"), Named("b"))), Named("c")))
        (Named(name='a'), Named(name='b'), Named(name='c'))
    """
    result: list[Condition] = []
    for part in parts:
        if isinstance(part, kind):
            result.extend(flat(kind, part.parts))
        else:
            result.append(part)
    return tuple(result)


def nodes(node: Condition) -> Iterator[Condition]:
    """Yield a condition and everything inside it, parents before their parts, left to right.

    Args:
        node: Any condition.

    Example:
        >>> [type(each).__name__ for each in nodes(Not(Named("fever")))]
        ['Not', 'Named']
    """
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def rebuilt(node: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """Return a copy of a condition in which every leaf was changed.

    Args:
        node: Any condition.
        change: What becomes of a leaf; it may return a larger condition.

    Example:
        >>> rebuilt(Not(Named("fever")), lambda leaf: Named("cough"))
        Not(part=Named(name='cough'))
    """
    parts = children(node)
    if not parts:
        return change(node)
    return with_children(node, tuple([rebuilt(part, change) for part in parts]))


def without_spans(node: Condition) -> Condition:
    """Return an equal condition that points at no text.

    Needed where a condition is put into another one: its spans count from the start of a text
    that is no longer there.

    Args:
        node: Any condition.

    Example:
        >>> from pathways.conditions.nodes import Span
        >>> without_spans(Named("fever", span=Span(0, 5))).span is None
        True
    """
    parts = tuple([without_spans(part) for part in children(node)])
    return replace(with_children(node, parts), span=None)


def names_in(condition: Condition) -> list[str]:
    """Return every finding, definition and treatment class that a condition names.

    Args:
        condition: Any condition.

    Returns:
        Names as written, sorted, each once. Findings behind definitions and classes are not
        looked up; see :func:`findings_in`.

    Example:
        >>> names_in(Or((Named("fever"), AnyOfClass("nsaid", "now"))))
        ['fever', 'nsaid']
    """
    return sorted({name for node in nodes(condition) if (name := _name_of(node)) is not None})


def _name_of(node: Condition) -> str | None:
    match node:
        case Named():
            return node.name
        case Compare() | Between() | OneOf() | Has():
            return node.finding
        case AnyOfClass() | CountNow():
            return node.treatment_class
        case Not() | And() | Or() | AtLeast() | Always() | Otherwise():
            return None
        case _:
            assert_never(node)


def findings_in(condition: Condition, scope: Scope | None = None) -> list[str]:
    """Return the findings a condition reads.

    Args:
        condition: Any condition.
        scope: With a scope, definitions and classes are followed to the findings behind them;
            names that the scope does not know are kept as they are.

    Returns:
        Names of findings, sorted, each once. Without a scope a bare name is taken for a finding
        and classes give nothing. Definitions that go round in a circle do no harm.

    Example:
        >>> findings_in(Not(Named("fever")))
        ['fever']
    """
    known = scope or Scope()
    found: set[str] = set()
    opened: set[str] = set()
    waiting = [condition]
    while waiting:
        for node in nodes(waiting.pop()):
            match node:
                case Named() if node.name in known.definitions:
                    if node.name not in opened:
                        opened.add(node.name)
                        waiting.append(known.definitions[node.name].condition)
                case AnyOfClass() | CountNow():
                    shape = known.classes.get(node.treatment_class)
                    members = shape.members if shape else ()
                    found.update(f"{member}.status" for member in members)
                case _:
                    name = _name_of(node)
                    if name is not None:
                        found.add(name)
    return sorted(found)


def replace_names(condition: Condition, mapping: Mapping[str, str]) -> Condition:
    """Return a condition in which findings, definitions and classes have other names.

    Args:
        condition: Any condition.
        mapping: Old name to new name; names that are not in it stay. Values such as ``joint``
            in ``pattern == joint`` are not names and stay too.

    Returns:
        A new condition. Its spans still point at the old text.

    Example:
        >>> replace_names(Not(Named("fever")), {"fever": "infection.fever"})
        Not(part=Named(name='infection.fever'))
    """

    def renamed(leaf: Condition) -> Condition:
        match leaf:
            case Named():
                return replace(leaf, name=mapping.get(leaf.name, leaf.name))
            case Compare() | Between() | OneOf() | Has():
                return replace(leaf, finding=mapping.get(leaf.finding, leaf.finding))
            case AnyOfClass() | CountNow():
                name = leaf.treatment_class
                return replace(leaf, treatment_class=mapping.get(name, name))
            case Not() | And() | Or() | AtLeast() | Always() | Otherwise():
                return leaf
            case _:
                assert_never(leaf)

    return rebuilt(condition, renamed)
