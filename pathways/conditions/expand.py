"""Writing a condition out: treatment classes by their treatments, definitions in full."""

from __future__ import annotations

from typing import assert_never

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
    Word,
)
from pathways.conditions.scope import Scope
from pathways.conditions.walk import rebuilt, without_spans
from pathways.errors import UnknownNameError


def expand(condition: Condition, scope: Scope, *, definitions: bool = False) -> Condition:
    """Write a condition out in terms of findings.

    ``any C now`` becomes ``or`` over the treatments of the class; ``tried`` is now or stopped.
    ``count_now(C)`` becomes ``at_least``, so that no form over a class is left.

    Args:
        condition: Any condition.
        scope: Where classes and definitions are looked up.
        definitions: Also write out the names of definitions.

    Returns:
        A condition with the same truth for every patient, known or not known. What was written
        out points at no text (its spans are None). A form over a class that can never hold, or
        always holds, becomes ``Not(Always())`` or ``Always()``, for which there is no text.

    Raises:
        UnknownNameError: A treatment class is not in the scope.
        ConditionError: Definitions go round in a circle or grow out of hand.

    Example:
        >>> from pathways.conditions import TreatmentClassShape, parse, unparse
        >>> scope = Scope(classes={"nsaid": TreatmentClassShape("nsaid", ("aspirin", "naproxen"))})
        >>> unparse(expand(parse("any nsaid now"), scope))
        'aspirin.status == now or naproxen.status == now'
    """
    if definitions:
        require_unfoldable(condition, scope)
    return _expanded(condition, scope, definitions=definitions)


def _expanded(condition: Condition, scope: Scope, *, definitions: bool) -> Condition:
    def written_out(leaf: Condition) -> Condition:
        match leaf:
            case Named():
                definition = scope.definitions.get(leaf.name)
                if definition is None or not definitions:
                    return leaf
                return without_spans(_expanded(definition.condition, scope, definitions=True))
            case AnyOfClass():
                return any_member(leaf, scope)
            case CountNow():
                return _counted(leaf, scope)
            case Compare() | Between() | OneOf() | Has() | Always() | Otherwise():
                return leaf
            case Not() | And() | Or() | AtLeast():
                return leaf
            case _:
                assert_never(leaf)

    return rebuilt(condition, written_out)


def members_of(name: str, scope: Scope) -> tuple[str, ...]:
    """Return the treatments of a class.

    Args:
        name: Name of a treatment class.
        scope: Where it is looked up.

    Raises:
        UnknownNameError: The class is not in the scope.
    """
    shape = scope.classes.get(name)
    if shape is None:
        raise UnknownNameError("treatment class", name, scope.classes)
    return shape.members


def any_member(node: AnyOfClass, scope: Scope) -> Condition:
    """Write ``any C now`` out as a condition on the status of each treatment.

    Args:
        node: The form over a class.
        scope: Where the class is looked up.

    Raises:
        UnknownNameError: The class is not in the scope.
    """
    parts = [_has_status(member, node.status) for member in members_of(node.treatment_class, scope)]
    if not parts:
        return Not(Always())
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def members_now(node: CountNow, scope: Scope) -> tuple[Condition, ...]:
    """Return, for each treatment of a counted class, the condition that it is taken now.

    Args:
        node: The form over a class.
        scope: Where the class is looked up.

    Raises:
        UnknownNameError: The class is not in the scope.
    """
    return tuple([_has_status(name, "now") for name in members_of(node.treatment_class, scope)])


def _has_status(treatment: str, status: str) -> Condition:
    finding = f"{treatment}.status"
    if status == "tried":
        return OneOf(finding, (Word("now"), Word("stopped")))
    return Compare(finding, "==", Word(status))


def _counted(node: CountNow, scope: Scope) -> Condition:
    parts = members_now(node, scope)
    number = node.number
    match node.operator:
        case ">=":
            return _at_least(number, parts)
        case ">":
            return _at_least(number + 1, parts)
        case "<":
            return Not(_at_least(number, parts))
        case "<=":
            return Not(_at_least(number + 1, parts))
        case "==":
            return And((_at_least(number, parts), Not(_at_least(number + 1, parts))))
        case "!=":
            return Not(And((_at_least(number, parts), Not(_at_least(number + 1, parts)))))
        case _:
            assert_never(node.operator)


def _at_least(number: int, parts: tuple[Condition, ...]) -> Condition:
    if number <= 0:
        return Always()
    if number > len(parts):
        return Not(Always())
    return AtLeast(number, parts)
