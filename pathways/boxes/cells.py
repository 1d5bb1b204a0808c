"""Cutting a finding into cells: sets of values that no condition of a collection can tell apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from pathways.conditions import (
    Between,
    Compare,
    Condition,
    FindingShape,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Or,
    Word,
)
from pathways.conditions.values import on_step, within_range

NO, YES = 1, 2
"""The cells of a yes/no variable, as bits."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One run of values of a number that conditions treat alike.

    Args:
        low: Its lower end, or None when it has none.
        high: Its upper end, or None.
        low_open: Whether the lower end itself is outside.
        high_open: Whether the upper end itself is outside.
        sample: A value inside.
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    sample: Decimal


@dataclass(frozen=True)
class Variable:
    """One finding, or one value of a several-of finding, cut into cells; cell number n is bit ``1 << n``.

    Args:
        finding: Name of the finding.
        option: The value, for a several-of finding; else empty.
        shape: What conditions know of the finding.
        words: The values that are cells, for one-of findings.
        cells: The cells of a number, from low to high.
        cuts: The constants a number is compared with, sorted.
        places: For a number, the cell of each run between the cuts and of each cut, in order;
            -1 where no allowed value lies.
    """

    finding: str
    shape: FindingShape
    option: str = ""
    words: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    cuts: tuple[Decimal, ...] = ()
    places: tuple[int, ...] = field(default=(), repr=False)

    @property
    def size(self) -> int:
        """How many cells there are."""
        match self.shape.type:
            case "number":
                return len(self.cells)
            case "one_of":
                return len(self.words)
            case "yes_no" | "several_of":
                return 2
            case _:
                assert_never(self.shape.type)

    @property
    def full(self) -> int:
        """All cells, as bits."""
        return (1 << self.size) - 1

    def of_word(self, word: str) -> int:
        """Return the cell of a word of a one-of finding, as a bit."""
        return 1 << self.words.index(word)

    def of_number(self, value: Decimal) -> int:
        """Return the cell of a number, as a bit; 0 for a value the finding cannot have."""
        if not (within_range(self.shape, value) and on_step(self.shape, value)):
            return 0
        at = bisect_left(self.cuts, value)
        exact = at < len(self.cuts) and self.cuts[at] == value
        place = self.places[2 * at + 1 if exact else 2 * at]
        return 0 if place < 0 else 1 << place

    def condition(self, mask: int) -> Condition:
        """Return a condition that holds for the values of some cells, and for no others.

        Args:
            mask: At least one cell and not all of them.
        """
        match self.shape.type:
            case "yes_no":
                named = Named(self.finding)
                return named if mask == YES else Not(named)
            case "several_of":
                has = Has(self.finding, Word(self.option))
                return has if mask == YES else Not(has)
            case "one_of":
                chosen = tuple(Word(w) for n, w in enumerate(self.words) if mask >> n & 1)
                if len(chosen) == 1:
                    return Compare(self.finding, "==", chosen[0])
                return OneOf(self.finding, chosen)
            case "number":
                parts = [_run_condition(self.finding, run) for run in self._runs(mask)]
                return parts[0] if len(parts) == 1 else Or(tuple(parts))
            case _:
                assert_never(self.shape.type)

    def _runs(self, mask: int) -> list[Cell]:
        """Return neighbouring cells joined into one."""
        runs: list[Cell] = []
        last = -2
        for number, cell in enumerate(self.cells):
            if not mask >> number & 1:
                continue
            if number == last + 1 and runs:
                before = runs[-1]
                cell = Cell(before.low, cell.high, before.low_open, cell.high_open, before.sample)  # noqa: PLW2901
                runs[-1] = cell
            else:
                runs.append(cell)
            last = number
        # The ends of the range say nothing: no value lies beyond them.
        first, final = mask & 1, mask >> (len(self.cells) - 1) & 1
        if first:
            runs[0] = Cell(None, runs[0].high, False, runs[0].high_open, runs[0].sample)  # noqa: FBT003
        if final:
            runs[-1] = Cell(runs[-1].low, None, runs[-1].low_open, False, runs[-1].sample)  # noqa: FBT003
        return runs


def _run_condition(finding: str, run: Cell) -> Condition:
    if run.low is not None and run.low == run.high:
        return Compare(finding, "==", Number(run.low))
    if run.low is None:
        assert run.high is not None
        return Compare(finding, "<" if run.high_open else "<=", Number(run.high))
    if run.high is None:
        return Compare(finding, ">" if run.low_open else ">=", Number(run.low))
    return Between(finding, Number(run.low), Number(run.high), run.low_open, run.high_open)


Atom = Compare | Between
"""A comparison of a number with constants."""


def number_variable(shape: FindingShape, atoms: Iterable[Atom]) -> Variable:
    """Cut a number into cells.

    Args:
        shape: A finding of type number.
        atoms: Every comparison with it.

    Returns:
        The variable; values that all comparisons treat alike, and that lie side by side, are one cell.

    Example:
        >>> from pathways.conditions import parse
        >>> shape = FindingShape("weeks", "number", low=Decimal(0), high=Decimal(52))
        >>> [str(cell.sample) for cell in number_variable(shape, [parse("weeks >= 4")]).cells]
        ['2', '4']
    """
    listed = tuple(atoms)
    cuts = tuple(sorted({constant for atom in listed for constant in _constants(atom)}))
    cells: list[Cell] = []
    signs: list[tuple[bool, ...]] = []
    places: list[int] = []
    for run in _all_runs(shape, cuts):
        if run is None:
            places.append(-1)
            continue
        sign = tuple(holds(atom, run.sample) for atom in listed)
        if signs and signs[-1] == sign:
            before = cells[-1]
            cells[-1] = Cell(before.low, run.high, before.low_open, run.high_open, before.sample)
        else:
            cells.append(run)
            signs.append(sign)
        places.append(len(cells) - 1)
    return Variable(shape.name, shape, cells=tuple(cells), cuts=cuts, places=tuple(places))


def _constants(atom: Atom) -> tuple[Decimal, ...]:
    match atom:
        case Compare(constant=Number(value)):
            return (value,)
        case Between(low=low, high=high):
            return (low.value, high.value)
        case _:
            return ()


def holds(atom: Atom, value: Decimal) -> bool:
    """Return whether a comparison holds for a number.

    Example:
        >>> holds(Compare("weeks", ">", Number(Decimal(4))), Decimal(4))
        False
    """
    match atom:
        case Between(low=low, high=high):
            above = value > low.value if atom.low_open else value >= low.value
            return above and (value < high.value if atom.high_open else value <= high.value)
        case Compare(constant=Number(number)):
            return {
                "==": value == number,
                "!=": value != number,
                "<": value < number,
                "<=": value <= number,
                ">": value > number,
                ">=": value >= number,
            }[atom.operator]
        case _:
            raise AssertionError(f"{atom} compares no number")


def _all_runs(shape: FindingShape, cuts: Sequence[Decimal]) -> Iterable[Cell | None]:
    """Yield each run between the cuts and each cut, in order; None where no allowed value lies."""
    for at in range(len(cuts) + 1):
        below = cuts[at - 1] if at else None
        above = cuts[at] if at < len(cuts) else None
        yield _run(shape, below, above)
        if above is not None:
            yield _point(shape, above)


def _point(shape: FindingShape, value: Decimal) -> Cell | None:
    if not (within_range(shape, value) and on_step(shape, value)):
        return None
    return Cell(value, value, low_open=False, high_open=False, sample=value)


def _run(shape: FindingShape, below: Decimal | None, above: Decimal | None) -> Cell | None:
    """Return the allowed values strictly between two cuts; None when there are none."""
    low, low_open = (below, True) if below is not None else (None, False)
    high, high_open = (above, True) if above is not None else (None, False)
    if shape.low is not None and (low is None or low < shape.low):
        low, low_open = shape.low, False
    if shape.high is not None and (high is None or high > shape.high):
        high, high_open = shape.high, False
    sample = _sample(shape, low, high, low_open=low_open, high_open=high_open)
    return None if sample is None else Cell(low, high, low_open, high_open, sample)


def _sample(
    shape: FindingShape,
    low: Decimal | None,
    high: Decimal | None,
    *,
    low_open: bool,
    high_open: bool,
) -> Decimal | None:
    """Return an allowed value between two ends, near the middle; None when there is none."""
    if low is not None and high is not None and (low > high or (low == high and low_open)):
        return None
    if shape.step is None:
        if low is None and high is None:
            return Decimal(0)
        if low is None:
            assert high is not None
            return high - 1 if high_open else high
        if high is None:
            return low + 1 if low_open else low
        if low == high:
            return None if low_open or high_open else low
        return (low + high) / 2
    base = shape.low or Decimal(0)
    first = _on_grid(base, shape.step, low, strictly=low_open) if low is not None else None
    if first is None:
        assert high is not None or low is None
        if high is None:
            return base
        # The grid seen from the other end: the largest value below is the smallest one above.
        return -_on_grid(-base, shape.step, -high, strictly=high_open)
    if high is not None and (first > high or (first == high and high_open)):
        return None
    return first


def _on_grid(base: Decimal, step: Decimal, low: Decimal, *, strictly: bool) -> Decimal:
    """Return the smallest value on the grid that is not below a number, or strictly above it."""
    steps = (low - base) // step
    value = base + steps * step
    while value < low or (strictly and value == low):
        value += step
    return value
