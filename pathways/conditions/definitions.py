"""Definitions that name definitions: circles, and unfolding that grows out of hand.

Everything here is iterative, so that even a scope full of faults is answered with problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pathways.conditions.nodes import Condition, Named
from pathways.conditions.scope import Scope
from pathways.conditions.walk import children, nodes
from pathways.errors import ConditionError, Problem

MOST_UNFOLDED_NODES = 5000
DEEPEST_UNFOLDED = 130


def check_definitions(scope: Scope) -> list[Problem]:
    """Return what is wrong with the definitions taken together.

    Args:
        scope: Findings, definitions and classes.

    Returns:
        ``circular-definition`` for each circle, with the whole circle in the message, and
        ``condition-too-long`` for a definition that, written out in full, has more than 5,000
        parts or is nested more than 130 deep. ``where`` is ``definitions.NAME``; sorted by name.
        Each definition on its own is the business of :func:`pathways.conditions.check`.

    Example:
        >>> from pathways.conditions import Definition, parse
        >>> scope = Scope(definitions={"a": Definition("a", parse("not b")),
        ...                            "b": Definition("b", parse("a or a"))})
        >>> print(check_definitions(scope)[0])
        definitions.a: error[circular-definition]: 'a' is defined by itself: a -> b -> a; \
say one of them without the others
    """
    return _problems(scope, sorted(scope.definitions))


def require_unfoldable(condition: Condition, scope: Scope) -> None:
    """Refuse a condition whose definitions go round in a circle or grow out of hand.

    Args:
        condition: Any condition.
        scope: What it may name.

    Raises:
        ConditionError: With the problems that :func:`check_definitions` would give.
    """
    problems = _problems(scope, reachable_definitions(condition, scope), condition)
    if problems:
        raise ConditionError(problems)


def reachable_definitions(condition: Condition, scope: Scope) -> list[str]:
    """Return the definitions a condition names, directly or through others.

    Args:
        condition: Any condition.
        scope: What it may name.

    Returns:
        Sorted names; circles do no harm.
    """
    found: set[str] = set()
    waiting = [condition]
    while waiting:
        for name in _named(waiting.pop(), scope):
            if name not in found:
                found.add(name)
                waiting.append(scope.definitions[name].condition)
    return sorted(found)


def sizes_written_out(conditions: Iterable[Condition], scope: Scope) -> list[int]:
    """Return how many nodes each condition has with its definitions written out in full.

    Args:
        conditions: Any conditions.
        scope: What they may name; :func:`check_definitions` must find nothing wrong with it.

    Example:
        >>> from pathways.conditions import Definition, parse
        >>> scope = Scope(definitions={"ill": Definition("ill", parse("fever and cough"))})
        >>> sizes_written_out([parse("not ill"), parse("fever")], scope)
        [4, 1]
    """
    links = {name: _named(each.condition, scope) for name, each in scope.definitions.items()}
    sizes: dict[str, tuple[int, int]] = {}
    for name in _innermost_first(links):
        sizes[name] = _measure(scope.definitions[name].condition, sizes)
    return [_measure(each, sizes)[0] for each in conditions]


def _named(condition: Condition, scope: Scope) -> list[str]:
    """Return the definitions that a condition names itself, sorted."""
    return sorted(
        {
            node.name
            for node in nodes(condition)
            if isinstance(node, Named) and node.name in scope.definitions
        }
    )


def _problems(scope: Scope, names: list[str], whole: Condition | None = None) -> list[Problem]:
    links = {name: _named(scope.definitions[name].condition, scope) for name in names}
    problems: list[Problem] = []
    circular: set[str] = set()
    for name in names:
        circle = [] if name in circular else shortest_circle(name, links)
        if circle:
            circular.update(circle)
            round_trip = " -> ".join(circle)
            problems.append(
                Problem(
                    "circular-definition",
                    f"'{name}' is defined by itself: {round_trip}",
                    "say one of them without the others",
                    where=f"definitions.{name}",
                )
            )
    return problems or _too_large(scope, links, whole)


def shortest_circle(name: str, links: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the shortest way from a name back to itself.

    Args:
        name: Where to begin.
        links: For each name, the names it rests on; names that rest on nothing may be left out.

    Returns:
        The names on the way, with the first one again at the end; nothing when there is no way.

    Example:
        >>> shortest_circle("a", {"a": ["b", "c"], "b": ["c"], "c": ["a"]})
        ['a', 'c', 'a']
    """
    before: dict[str, str] = {}
    waiting = [name]
    for current in waiting:
        for following in links.get(current, ()):
            if following == name:
                way = [name, current]
                while way[-1] != name:
                    way.append(before[way[-1]])
                return way[::-1]
            if following not in before:
                before[following] = current
                waiting.append(following)
    return []


def _too_large(scope: Scope, links: dict[str, list[str]], whole: Condition | None) -> list[Problem]:
    sizes: dict[str, tuple[int, int]] = {}
    problems: list[Problem] = []
    for name in _innermost_first(links):
        size, height = _measure(scope.definitions[name].condition, sizes)
        # A definition that is too large is reported once, not again in all that use it.
        if _beyond(size, height):
            problems.append(_too_long(f"'{name}'", f"definitions.{name}"))
            size, height = 1, 1
        sizes[name] = (size, height)
    if whole is not None and not problems and _beyond(*_measure(whole, sizes)):
        problems.append(_too_long("the condition", ""))
    return sorted(problems, key=lambda problem: problem.where)


def _beyond(size: int, height: int) -> bool:
    return size > MOST_UNFOLDED_NODES or height > DEEPEST_UNFOLDED


def _too_long(what: str, where: str) -> Problem:
    return Problem(
        "condition-too-long",
        f"{what}, with its definitions written out, has more than {MOST_UNFOLDED_NODES} parts"
        f" or is nested more than {DEEPEST_UNFOLDED} deep",
        "use fewer definitions of definitions",
        where=where,
    )


def _innermost_first(links: dict[str, list[str]]) -> list[str]:
    """Return names so that each comes after all it links to; there is no circle."""
    done: dict[str, None] = {}
    for start in sorted(links):
        waiting = [start]
        while waiting:
            open_links = [name for name in links[waiting[-1]] if name not in done]
            if open_links:
                waiting.append(open_links[0])
            else:
                done[waiting.pop()] = None
    return list(done)


def _measure(condition: Condition, sizes: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """Return how many nodes a condition has, and how deep it is, with definitions unfolded."""
    total = 0
    deepest = 0
    waiting = [(condition, 1)]
    while waiting:
        node, depth = waiting.pop()
        size, height = (1, 1)
        if isinstance(node, Named) and node.name in sizes:
            size, height = sizes[node.name][0], sizes[node.name][1] + 1
        total += size
        deepest = max(deepest, depth + height - 1)
        waiting.extend([(child, depth + 1) for child in children(node)])
    return total, deepest
