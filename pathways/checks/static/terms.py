"""Conditions that say less than they seem to: parts that change nothing, facts that exclude everybody.

After A. Wright et al., "Best practice alerts with logic errors", Appl Clin Inform 12:182, 2021
(irrelevant inputs, contradictions, tautologies).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pathways.boxes.regions import Region, TooManyBoxesError
from pathways.checks.static.subject import ALWAYS, NEVER, Subject, Written
from pathways.conditions import (
    Always,
    And,
    AtLeast,
    Condition,
    Not,
    Or,
    Otherwise,
    children,
    unparse,
)
from pathways.conditions.walk import nodes, with_children
from pathways.errors import Problem, Severity
from pathways.semantics.changes import cells_of, set_value


def irrelevant_terms(subject: Subject) -> Iterator[Problem]:
    """Yield the conditions with parts that change nothing: without them the same patients satisfy it.

    A definition is looked at once, where it stands. What holds for everybody or for nobody is
    reported as that.

    Args:
        subject: The pathway under check.
    """
    for each in subject.written:
        if not _may_be_shorter(subject, each.condition) or _is_settled(subject, each.condition):
            continue
        short, dropped = _shortened(subject, each.condition)
        if dropped:
            yield _irrelevant(subject, each, short, dropped)


def _irrelevant(
    subject: Subject, written: Written, short: Condition, dropped: list[Condition]
) -> Problem:
    parts = " and ".join(f"'{unparse(each)}'" for each in dropped)
    verb = "change" if dropped[1:] else "changes"
    given = " for patients as 'facts' describe them" if subject.pathway.facts else ""
    message = (
        f"in {written.said}, {parts} {verb} nothing: '{unparse(short)}' says the same as "
        f"'{unparse(written.condition)}'{given}"
    )
    hint = "remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many"
    return subject.at_written("irrelevant-term", written, message, hint, "review")


def _may_be_shorter(subject: Subject, condition: Condition) -> bool:
    """Return whether some part may change nothing.

    Where each part reads something of its own, of which the facts say nothing, every part matters.
    """
    leaves = [node for node in nodes(condition) if not children(node)]
    if len(leaves) < 2:
        return False
    try:
        read = [_variables(subject.logic.space.region(leaf)) for leaf in leaves]
        once = _variables(subject.logic.facts)
        # What is too much as a whole is too much in parts as well, and costs the same each time.
        for denied in (False, True):
            subject.logic.space.region(condition, denied=denied)
    except TooManyBoxesError:
        return False
    for each in read:
        if not each or not once.isdisjoint(each):
            return True
        once |= each
    return False


def _variables(region: Region) -> set[int]:
    return {at for box in region for at, _ in box}


def _is_settled(subject: Subject, condition: Condition) -> bool:
    return subject.is_nobody(condition) or subject.is_everybody(condition)


def _shortened(subject: Subject, whole: Condition) -> tuple[Condition, list[Condition]]:
    """Return a condition without the parts that change nothing, and those parts as written."""
    dropped: list[Condition] = []
    short = whole
    while True:
        found = next(_idle_parts(subject, short, short, lambda part: part), None)
        if found is None:
            return short, dropped
        part, short = found
        dropped.append(part)


def _idle_parts(
    subject: Subject,
    whole: Condition,
    node: Condition,
    put: Callable[[Condition], Condition],
    *,
    denied: bool = False,
) -> Iterator[tuple[Condition, Condition]]:
    """Yield each part that changes nothing, the outermost first, with the condition without it.

    Args:
        subject: The pathway under check.
        whole: The condition.
        node: The part of it to look into.
        put: Returns the condition with something else in the place of that part.
        denied: Whether that part stands under an odd number of ``not``.
    """
    parts = children(node)
    inside = denied is not isinstance(node, Not)
    # From the back: of two that say the same, the one that was written later goes.
    for at in reversed(range(len(parts))):

        def with_part(new: Condition, at: int = at) -> Condition:
            return put(with_children(node, (*parts[:at], new, *parts[at + 1 :])))

        fewer, more = (with_part(each) for each in ((ALWAYS, NEVER) if inside else (NEVER, ALWAYS)))
        # Fewer satisfy the one and more the other, so that half of the comparison is enough.
        if subject.is_within(whole, fewer):
            yield parts[at], folded(fewer)
        elif subject.is_within(more, whole):
            yield parts[at], folded(more)
        else:
            yield from _idle_parts(subject, whole, parts[at], with_part, denied=inside)


def folded(node: Condition) -> Condition:
    """Return a condition without the parts that always or never hold.

    Args:
        node: A condition; ``Always()`` and ``Not(Always())`` stand for what always and never holds.

    Example:
        >>> from pathways.conditions import parse
        >>> unparse(folded(And((parse("fever"), Or((parse("cough"), NEVER))))))
        'fever and cough'
    """
    match node:
        case Not(part):
            inner = folded(part)
            return inner.part if inner == NEVER and isinstance(inner, Not) else Not(inner)
        case And(parts):
            return _joined(And, [folded(each) for each in parts], ALWAYS, NEVER)
        case Or(parts):
            return _joined(Or, [folded(each) for each in parts], NEVER, ALWAYS)
        case AtLeast(number, parts):
            inner_parts = [folded(each) for each in parts]
            left = [each for each in inner_parts if each not in (ALWAYS, NEVER)]
            return _at_least(number - inner_parts.count(ALWAYS), left)
        case _:
            return node


def _joined(
    kind: type[And | Or], parts: list[Condition], neutral: Condition, decisive: Condition
) -> Condition:
    if decisive in parts:
        return decisive
    left = tuple(each for each in parts if each != neutral)
    if len(left) < 2:
        return left[0] if left else neutral
    return kind(left)


def _at_least(number: int, parts: list[Condition]) -> Condition:
    if number <= 0:
        return ALWAYS
    if number > len(parts):
        return NEVER
    if len(parts) == 1:
        return parts[0]
    if number == len(parts):
        return And(tuple(parts))
    return Or(tuple(parts)) if number == 1 else AtLeast(number, tuple(parts))


def settled_conditions(subject: Subject) -> Iterator[Problem]:
    """Yield the definitions, offers and interrupts that hold for everybody or for nobody.

    Ways have checks of their own, and so have the conditions of rules.

    Args:
        subject: The pathway under check.
    """
    for each in subject.written:
        section = each.path[0]
        if section not in ("definitions", "interrupts") and "offers" not in each.path:
            continue
        if isinstance(each.condition, (Always, Otherwise)):
            continue
        text = unparse(each.condition)
        hint = "look for two parts that exclude each other, or for an 'or' that covers everything"
        if subject.is_nobody(each.condition):
            message = f"{each.said} never holds: no patient can satisfy '{text}'"
            severity: Severity = "error" if section == "interrupts" else "review"
            yield subject.at_written("never-true", each, message, hint, severity)
        elif subject.is_everybody(each.condition):
            message = f"{each.said} always holds: every patient satisfies '{text}'"
            yield subject.at_written("always-true", each, message, hint, "review")


def contradictory_facts(subject: Subject) -> Iterator[Problem]:
    """Yield that ``facts`` admit no patient, or none to begin, or none after a state has set something.

    Args:
        subject: The pathway under check.
    """
    pathway = subject.pathway
    hint = "everything would hold of nobody; look for two facts that exclude each other"
    if subject.admits_nobody:
        message = f"no patient satisfies all facts: {_quoted_facts(subject)}"
        place = subject.place("facts")
        yield Problem("contradictory-facts", message, hint, "facts", place)
        return
    initial = pathway.document.initial
    if initial is not None and subject.is_nobody(initial):
        message = f"nobody can begin: no patient satisfies 'initial' ('{unparse(initial)}')"
        if pathway.facts:
            message += f" and all facts: {_quoted_facts(subject)}"
        hint = "look for two parts that exclude each other"
        place = subject.place("initial")
        yield Problem("contradictory-facts", message, hint, "initial", place)
    yield from _excluded_sets(subject)


def _quoted_facts(subject: Subject) -> str:
    return ", ".join(f"'{unparse(each)}'" for each in subject.pathway.facts)


def _excluded_sets(subject: Subject) -> Iterator[Problem]:
    """Yield the states whose ``sets`` no patient of the facts can have; none where it cannot be told."""
    pathway = subject.pathway
    logic = subject.logic
    try:
        facts = logic.facts
    except TooManyBoxesError:
        return
    for name, state in pathway.states.items():
        sets: dict[int, int] = {}
        for finding in state.sets:
            if finding in logic.space.of_finding:
                sets |= cells_of(logic, finding, set_value(pathway, name, finding))
        if any(all(sets.get(at, mask) & mask for at, mask in box) for box in facts):
            continue
        values = ", ".join(f"{each}: {', '.join(value)}" for each, value in state.sets.items())
        message = (
            f"{subject.step(name)} sets what no patient can have ({values}); the facts say: "
            f"{_quoted_facts(subject)}"
        )
        hint = "correct the value, or the fact"
        yield subject.at_state("contradictory-facts", name, message, hint)
