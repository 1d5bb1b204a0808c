"""The smallest reasons: which known findings alone keep a patient out of a region.

Each is a prime implicant of the exclusion, restricted to what is known.

Source: A. Darwiche and A. Hirth, "On the reasons behind decisions", ECAI 2020 (sufficient reasons).
"""

from __future__ import annotations

from pathways.boxes.regions import Region
from pathways.boxes.space import Known, Space

MOST_REASONS = 12
"""So many reasons are returned at most, the smallest first."""
MOST_FINDINGS = 6
"""A reason of more findings than this explains nothing; the search stops there."""


def reasons(space: Space, known: Known, region: Region) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of known findings that alone keep a patient out of a region.

    Args:
        space: The space of the region.
        known: What is known; the patient cannot be in the region.
        region: The region.

    Returns:
        Sets of names of findings, the smallest first, each sorted: nothing in one can be left out.
        An empty set alone when nobody is in the region. Nothing when the patient may be in it. Sets
        of more than six findings are left out, unless there are no others: then one is returned.

    Example:
        >>> from pathways.conditions import FindingShape, Scope, parse
        >>> scope = Scope({name: FindingShape(name, "yes_no") for name in ("a", "b", "c")})
        >>> condition = parse("a and (b or c)")
        >>> space = Space(scope, [condition])
        >>> reasons(space, space.known({"b": False, "c": False}), space.region(condition))
        (('b', 'c'),)
        >>> reasons(space, space.known({"a": False, "b": False}), space.region(condition))
        (('a',),)
    """
    blockers = _blockers(space, known, region)
    if any(not each for each in blockers):
        return ()
    listed = sorted(blockers, key=_order)
    found: list[frozenset[str]] = [frozenset()]
    for each in listed:
        found = _also_hitting(found, each)
    # A set may hold more than it must where smaller ones were dropped on the way.
    whole = found or [frozenset().union(*listed)]
    least = {_least(one, listed) for one in whole}
    return tuple(tuple(sorted(one)) for one in sorted(least, key=_order)[:MOST_REASONS])


def _least(names: frozenset[str], blockers: list[frozenset[str]]) -> frozenset[str]:
    """Return the names without those that can be left out, the last in the alphabet first."""
    for name in sorted(names, reverse=True):
        without = names - {name}
        if all(not without.isdisjoint(each) for each in blockers):
            names = without
    return names


def _also_hitting(found: list[frozenset[str]], names: frozenset[str]) -> list[frozenset[str]]:
    """Return the smallest sets that hold one of the names besides what they held before.

    Minimal hitting sets, one more set at a time (C. Berge, Hypergraphs, 1989, chapter 2).
    """
    grown = {old | {name} for old in found if not old & names for name in names}
    grown |= {old for old in found if old & names}
    small: list[frozenset[str]] = []
    for one in sorted(grown, key=_order):
        if len(one) <= MOST_FINDINGS and not any(other < one for other in small):
            small.append(one)
    return small[: 4 * MOST_REASONS]


def _order(names: frozenset[str]) -> tuple[int, list[str]]:
    return len(names), sorted(names)


def _blockers(space: Space, known: Known, region: Region) -> set[frozenset[str]]:
    """Return, for each box of the region, the findings whose known values keep the patient out of it."""
    return {
        frozenset(
            space.variables[variable].finding
            for variable, mask in box
            if not masks[variable] & mask
        )
        for masks in known
        for box in region
    }
