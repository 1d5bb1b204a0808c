"""What to do about a name or a comparison that does not fit: the last part of a message."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from pathways.conditions.nodes import Compare, Condition, Has, OneOf, Word
from pathways.conditions.quantities import plain_number
from pathways.conditions.scope import FindingShape, Scope
from pathways.conditions.tokens import clipped
from pathways.errors import did_you_mean, nearest


def for_unknown_finding(name: str, scope: Scope) -> str:
    """Return what to do about a name that is no finding and no definition.

    Args:
        name: What the author wrote.
        scope: What the author may have meant.

    Returns:
        The way to write it where the name is a value, a treatment or a class; else the names that
        look most like it, as a whole or in one of their words; else an empty text.

    Example:
        >>> shape = FindingShape("pain_weeks", "number")
        >>> for_unknown_finding("wekks", Scope({"pain_weeks": shape}))
        "did you mean 'pain_weeks'?"
    """
    known = [*scope.findings, *scope.definitions]
    if name in ("otherwise", "default"):
        return "write else, as the last way on of a state with 'choose: first'"
    other = _other_use(name, scope)
    if other:
        return other
    if "." in name:
        return _like_dotted(name, scope)
    if nearest(name, known):
        return did_you_mean(name, known)
    words = {word for each in known for word in each.replace(".", "_").split("_")}
    close = nearest(name, words, most=1)
    with_word = sorted(
        each for each in known if "." not in each and close and close[0] in each.split("_")
    )
    if with_word:
        return f"did you mean {' or '.join([repr(each) for each in with_word[:3]])}?"
    return did_you_mean(name, known)


def _other_use(name: str, scope: Scope) -> str:
    if name in scope.classes:
        return f"'{name}' is a treatment class: write any {name} now"
    status = scope.findings.get(f"{name}.status")
    if status is not None:
        return f"'{name}' has a history: write {example(status, 'now')}"
    for shape in scope.findings.values():
        if "." not in shape.name and name in shape.options:
            return f"'{name}' is a value: write {example(shape, name)}"
    return ""


def _like_dotted(name: str, scope: Scope) -> str:
    """Return the nearest name in which both halves are known."""
    owner, _, attribute = name.partition(".")
    attributes: dict[str, list[str]] = {}
    for each in scope.findings:
        first, dot, second = each.partition(".")
        if dot:
            attributes.setdefault(first, []).append(second)
    owners = [owner] if owner in attributes else nearest(owner, attributes)
    for candidate in owners:
        if attribute in attributes[candidate]:
            return f"did you mean '{candidate}.{attribute}'?"
    if owners:
        found = attributes[owners[0]]
        choices = nearest(attribute, found) or sorted(found)
        return f"did you mean {' or '.join([repr(f'{owners[0]}.{each}') for each in choices])}?"
    return did_you_mean(name, scope.findings)


def kind_words(shape: FindingShape) -> str:
    """Return what a finding is, as it stands in a message.

    Args:
        shape: Any finding.

    Example:
        >>> kind_words(FindingShape("weeks", "number", unit="weeks"))
        'a number of weeks'
    """
    match shape.type:
        case "yes_no":
            return "yes or no"
        case "one_of":
            return "one of a list"
        case "several_of":
            return "several of a list"
        case "number":
            return f"a number of {shape.unit}" if shape.unit else "a number"
        case _:
            assert_never(shape.type)


def example(shape: FindingShape, word: str = "") -> str:
    """Return a condition on a finding that would be right.

    Args:
        shape: Any finding.
        word: The value the author wrote; taken where the finding has it.

    Example:
        >>> example(FindingShape("sites", "several_of", options=("hip", "knee")), "knee")
        'sites has knee'
    """
    first = shape.options[0] if shape.options else "value"
    value = word if word in shape.options else first
    match shape.type:
        case "yes_no":
            return f"{shape.name} or not {shape.name}"
        case "one_of":
            return f"{shape.name} == {value}"
        case "several_of":
            return f"{shape.name} has {value}"
        case "number":
            return f"{shape.name} >= {plain_number(shape.low or Decimal(0))}"
        case _:
            assert_never(shape.type)


def for_empty_chain(
    name: str, low: Decimal, high: Decimal, *, closed: bool
) -> tuple[str, str] | None:
    """Return what is wrong with a chain of two signs that no number satisfies, and what to do.

    Args:
        name: The finding in the middle.
        low: The number it is compared with from below.
        high: Likewise from above, in the same unit.
        closed: Whether both ends count.

    Returns:
        Message and hint; None where some number lies between.

    Example:
        >>> for_empty_chain("relief", Decimal(50), Decimal(50), closed=False)
        ('no number lies between 50 and 50 as written', 'write relief == 50')
    """
    if low < high or (low == high and closed):
        return None
    word = clipped(name)
    hint = f"put the smaller number first, as in 50 <= {word} < 80"
    if low == high:
        hint = f"write {word} == {plain_number(low)}"
    return f"no number lies between {plain_number(low)} and {plain_number(high)} as written", hint


def corrected(shape: FindingShape, node: Condition) -> str:
    """Return what to write in place of a leaf that treats a finding as what it is not.

    Args:
        shape: The finding of the leaf.
        node: The leaf.

    Example:
        >>> shape = FindingShape("sites", "several_of", options=("hip", "knee"))
        >>> corrected(shape, Compare("sites", "==", Word("knee")))
        'write sites has knee'
    """
    match node:
        case Compare(constant=Word(name=word)) | Has(word=Word(name=word)):
            written = word
        case OneOf():
            written = node.words[0].name
        case _:
            written = ""
    lead = "compare it with a number, as in" if shape.type == "number" else "write"
    return f"{lead} {example(shape, written)}"
