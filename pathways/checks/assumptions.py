"""What every proof about a pathway rests on, in sentences a reviewer can disagree with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathways.conditions import findings_in, unparse
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.changes import counted

_NAMED = 6
"""So many findings are named in one sentence; of more it is said how many."""


def assumptions(pathway: ResolvedPathway) -> tuple[str, ...]:
    """Return what every proof about a pathway rests on.

    Args:
        pathway: The pathway.

    Example:
        >>> from pathways.reading.load import load
        >>> assumptions(load("safety"))[0]
        'A proof is about this file: it says nothing about whether its medicine is right.'
    """
    return tuple(_sentences(pathway))


def _sentences(pathway: ResolvedPathway) -> Iterator[str]:
    yield "A proof is about this file: it says nothing about whether its medicine is right."
    yield "Numbers stay in the range that their finding declares, and go in its steps."
    for fact in pathway.facts:
        yield f"Every patient satisfies: {unparse(fact)}. Whoever does not is not looked at."
    initial = pathway.document.initial
    if initial is not None:
        yield f"Whoever begins satisfies: {unparse(initial)}."
    read = _read(pathway)
    findings = pathway.catalogue.findings
    kinds = {name: findings[name].kind for name in read if name in findings}
    derived = [name for name in kinds if findings[name].derived is not None]
    yield from _named(read, kinds, "trait", "never change")
    yield from _named(
        read, kinds, "status", "change only at states that reassess, set or restart them"
    )
    yield from _named(
        read, kinds, "result", "change only at states that yield or set them, and stay in between"
    )
    yield from _named(read, kinds, "watch", "may change at any step")
    yield from _named(read, kinds, "time", "only go up, unless a state restarts them")
    counts = sorted(counted(pathway) & read)
    if counts:
        yield f"{_listed(counts)} go up only at states that add to them."
    if derived:
        yield (
            f"{_listed(derived)} are computed from other findings; the check lets them have any "
            "value, so it may report a patient whose numbers do not fit together."
        )
    if any("." in name for name in read):
        yield (
            "Care starts and stops only at states that do, offer, set or reassess it; of what a "
            "panel offers any part may start."
        )


def _read(pathway: ResolvedPathway) -> set[str]:
    conditions = [way.transition.when for way in pathway.ways]
    conditions += [each.when for each in pathway.interrupts]
    conditions += [each.until for each in pathway.interrupts if each.until is not None]
    return {name for each in conditions for name in findings_in(each, pathway.scope)}


def _named(read: set[str], kinds: Mapping[str, str], kind: str, what: str) -> Iterator[str]:
    names = sorted(name for name in read if kinds.get(name) == kind)
    if names:
        yield f"Of kind {kind}, {_listed(names)} {what}."


def _listed(names: list[str]) -> str:
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
