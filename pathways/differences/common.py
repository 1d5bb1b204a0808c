"""Two versions on one ground: their conditions as sets of the same patients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from math import lcm

from pathways.boxes import Region, Space, TooManyBoxesError
from pathways.boxes.packed import Packed, Packing, widest
from pathways.conditions import Condition, Scope, expand, replace_names
from pathways.conditions.scope import FindingShape
from pathways.conditions.values import NONE
from pathways.differences.model import Side
from pathways.differences.pairs import all_conditions
from pathways.model.pathway import ResolvedPathway

MOST_PIECES = 5000
"""A set that falls into more pieces when another one is taken away is given up, and it is said so."""

BEFORE = ".before"
"""How the old form of a finding is called that cannot be compared with the new one."""


class Common:
    """Two versions of a pathway with one cutting of all findings.

    Args:
        old: The old version.
        new: The new one.

    A finding both know may have other values in each; patients are compared where both know their
    value. One whose type or unit is another one is two findings.
    """

    def __init__(self, old: ResolvedPathway, new: ResolvedPathway) -> None:
        self.pathways: Mapping[Side, ResolvedPathway] = {"old": old, "new": new}
        self.apart = _apart(old.scope, new.scope)
        self._aliases = {name: name + BEFORE for name in sorted(self.apart)}
        self._expanded: dict[tuple[Side, Condition], Condition] = {}
        conditions = [
            self.expanded(side, each)
            for side, pathway in self.pathways.items()
            for each in all_conditions(pathway)
        ]
        self.scope = common_scope(old.scope, new.scope)
        self.space = Space(self.scope, conditions)
        self.packing = Packing(self.space)
        self._sets: dict[tuple[Condition, bool], list[Packed]] = {}

    def expanded(self, side: Side, condition: Condition) -> Condition:
        """Return a condition of one version written out in findings."""
        key = (side, condition)
        if key not in self._expanded:
            full = expand(condition, self.pathways[side].scope, definitions=True)
            self._expanded[key] = replace_names(full, self._aliases) if side == "old" else full
        return self._expanded[key]

    def patients(self, side: Side, condition: Condition, *, denied: bool = False) -> list[Packed]:
        """Return for whom a condition of one version holds, or does not hold.

        Raises:
            TooManyBoxesError: It cannot be said with few enough boxes.
        """
        key = (self.expanded(side, condition), denied)
        if key not in self._sets:
            region = self.space.region(key[0], denied=denied)
            self._sets[key] = widest(self.packing.pack_all(region))
        return self._sets[key]

    def same(self, old: Condition, new: Condition) -> bool:
        """Return whether two conditions hold for the same patients.

        Raises:
            TooManyBoxesError: It cannot be decided with few enough boxes.
        """
        if self.expanded("old", old) == self.expanded("new", new):
            return True
        before, now = self.patients("old", old), self.patients("new", new)
        return not self.apart_from(before, now) and not self.apart_from(now, before)

    def apart_from(self, some: list[Packed], others: list[Packed]) -> list[Packed]:
        """Return who of all real patients is in some set and not in another."""
        return self.minus(self.packing.meet(some, self.everybody), others)

    def minus(self, some: Iterable[Packed], others: list[Packed]) -> list[Packed]:
        """Return who is in some boxes and in none of some others.

        Raises:
            TooManyBoxesError: It falls into too many pieces.
        """
        found: list[Packed] = []
        for box in some:
            if any(box & other == box for other in others):
                continue
            pieces = [box]
            for other in others:
                pieces = [part for each in pieces for part in self.packing.without(each, [other])]
                if len(pieces) + len(found) > MOST_PIECES:
                    raise TooManyBoxesError
            found += pieces
        return widest(found)

    @cached_property
    def everybody(self) -> list[Packed]:
        """Who satisfies the facts of both versions, with values that both know."""
        found = self._with_known_values()
        for side, pathway in self.pathways.items():
            for fact in pathway.facts:
                found = self.packing.meet(found, self.patients(side, fact))
        return found

    @cached_property
    def nobody_real(self) -> list[Packed]:
        """Who breaks a fact, or has a value that one version does not know."""
        return self.minus([self.packing.full], self.everybody)

    def _with_known_values(self) -> list[Packed]:
        box = self.packing.full
        for at, variable in enumerate(self.space.variables):
            shapes = [
                each.scope.findings[variable.finding]
                for each in self.pathways.values()
                if variable.finding in each.scope.findings
            ]
            if len(shapes) < 2:
                continue
            mask = variable.full
            if variable.words:
                known = [w for w in variable.words if all(w in each.options for each in shapes)]
                mask = sum(variable.of_word(word) for word in known)
            elif variable.option and not all(variable.option in s.options for s in shapes):
                mask = 1
            box &= ~self.packing.fields[at] | mask << self.packing.shifts[at]
        return [box]

    def region(self, boxes: Iterable[Packed]) -> Region:
        """Return packed boxes as a region."""
        return tuple(self.packing.unpack(box) for box in boxes)


def common_scope(old: Scope, new: Scope) -> Scope:
    """Return the findings of both versions, each once.

    Args:
        old: What the old version may name.
        new: What the new one may name.

    Returns:
        Findings only: conditions on them are written out. Where type or unit changed, the old form
        has :data:`BEFORE` after its name.
    """
    apart = _apart(old, new)
    shapes = dict(new.findings)
    for name, shape in old.findings.items():
        if name in apart:
            shapes[name + BEFORE] = _renamed(shape)
        elif name in shapes:
            shapes[name] = common_shape(shape, shapes[name])
        else:
            shapes[name] = shape
    return Scope(findings=shapes)


def _apart(old: Scope, new: Scope) -> frozenset[str]:
    """Return the findings whose type or unit is another one."""
    theirs, ours = old.findings, new.findings
    return frozenset(
        name
        for name in theirs
        if name in ours
        and (theirs[name].type, theirs[name].unit) != (ours[name].type, ours[name].unit)
    )


def _renamed(shape: FindingShape) -> FindingShape:
    wording = {
        reader: replace(words, title=f"{words.title} (as it was before)")
        for reader, words in shape.wording.items()
    }
    return replace(shape, name=shape.name + BEFORE, wording=wording)


def common_shape(old: FindingShape, new: FindingShape) -> FindingShape:
    """Return a finding with the numbers that two versions of it both know, and all their words.

    Args:
        old: The old version.
        new: The new one, of the same type and unit.

    Example:
        >>> old = FindingShape("pain", "number", low=Decimal(0), high=Decimal(10), step=Decimal(1))
        >>> new = FindingShape("pain", "number", low=Decimal(0), high=Decimal(8), step=Decimal("0.5"))
        >>> shape = common_shape(old, new)
        >>> str(shape.high), str(shape.step)
        ('8', '1')
    """
    if old.type != "number":
        words = (*new.options, *(each for each in old.options if each not in new.options))
        # ``none`` follows from the others only where both versions have it.
        if NONE in words and not (NONE in old.options and NONE in new.options):
            words = tuple(each for each in words if each != NONE)
        return replace(new, options=words)
    lows = [each for each in (old.low, new.low) if each is not None]
    highs = [each for each in (old.high, new.high) if each is not None]
    low = max(lows) if lows else None
    high = min(highs) if highs else None
    step = _common_step(old.step, new.step)
    return replace(new, low=_on_both(low, old, new, step), high=high, step=step)


def _common_step(old: Decimal | None, new: Decimal | None) -> Decimal | None:
    if old is None or new is None:
        return old or new
    scale = Decimal(10) ** max(-_exponent(old), -_exponent(new), 0)
    return Decimal(lcm(int(old * scale), int(new * scale))) / scale


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def _on_both(
    low: Decimal | None, old: FindingShape, new: FindingShape, step: Decimal | None
) -> Decimal | None:
    """Return the smallest number from a lower end on that lies on the grids of both."""
    if low is None or step is None:
        return low
    fine = min(each for each in (old.step, new.step) if each is not None)
    base = next(each.low for each in (new, old) if each.step == fine) or Decimal(0)
    first = low + (base - low) % fine
    for _ in range(int(step / fine)):
        if all(
            each.step is None or (first - (each.low or Decimal(0))) % each.step == 0
            for each in (old, new)
        ):
            return first
        first += fine
    return low
