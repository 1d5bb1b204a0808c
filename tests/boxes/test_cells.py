"""Cells: every allowed value in exactly one, and nothing in one that a condition tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pathways.boxes import Cell, Variable
from pathways.boxes.cells import Atom, holds, number_variable
from pathways.conditions import (
    Between,
    Compare,
    Condition,
    FindingShape,
    Has,
    Number,
    Scope,
    Truth,
    Value,
    Word,
    evaluate,
)
from tests.boxes.questions import FINEST, NUMBERS, allowed, constants_for, law, points_of
from tests.conditions.strategies import OPERATORS, choose


@dataclass(frozen=True)
class Cut:
    """A number with the comparisons that cut it, and values on all sides of every constant."""

    shape: FindingShape
    atoms: tuple[Atom, ...]

    @property
    def variable(self) -> Variable:
        return number_variable(self.shape, self.atoms)

    @property
    def points(self) -> list[Decimal]:
        """All values of a small grid, allowed or not, finer than any step."""
        fine = Decimal("0.25")
        constants = {value for atom in self.atoms for value in constants_of(atom)} or {Decimal(0)}
        low, high = min(constants) - 12, max(constants) + 12
        count = int((high - low) / fine)
        grid = {low + fine * position for position in range(count + 1)}
        beside = {value + change for value in constants for change in (-FINEST, FINEST)}
        return sorted(grid | beside | constants)


def constants_of(atom: Atom) -> list[Decimal]:
    if isinstance(atom, Between):
        return [atom.low.value, atom.high.value]
    assert isinstance(atom.constant, Number)
    return [atom.constant.value]


@st.composite
def cuts(draw: st.DrawFn, *, anywhere: bool = True) -> Cut:
    """A number with up to four comparisons; ``anywhere``: off its grid and out of its range too."""
    shape = choose(draw, NUMBERS)
    possible = constants_for(shape)
    if anywhere:
        possible = [Decimal(each) / 4 for each in range(-40, 41, 3)] + possible
    return Cut(shape, tuple(atom_for(draw, shape, possible) for _ in range(choose(draw, range(5)))))


def atom_for(draw: st.DrawFn, shape: FindingShape, possible: list[Decimal]) -> Atom:
    low, high = choose(draw, possible), choose(draw, possible)
    if low < high and choose(draw, [True, False]):
        ends = choose(draw, [(False, False), (True, False), (False, True), (True, True)])
        return Between(shape.name, Number(low), Number(high), *ends)
    return Compare(shape.name, choose(draw, OPERATORS), Number(low))


@law
@given(cuts())
def test_every_allowed_value_lies_in_exactly_one_cell(cut: Cut) -> None:
    variable = cut.variable
    seen = set()
    for value in cut.points:
        bit = variable.of_number(value)
        around = [n for n, cell in enumerate(variable.cells) if inside(value, cell)]
        if allowed(cut.shape, value):
            assert bit.bit_count() == 1
            assert bit & variable.full
            assert around == [bit.bit_length() - 1]
            seen.add(bit)
        else:
            assert bit == 0
    samples = [variable.of_number(cell.sample) for cell in variable.cells]
    assert samples == [1 << n for n in range(variable.size)]
    assert all(allowed(cut.shape, cell.sample) for cell in variable.cells)
    assert seen <= set(samples)


def inside(value: Decimal, cell: Cell) -> bool:
    low, high = cell.low, cell.high
    above = low is None or (value > low if cell.low_open else value >= low)
    below = high is None or (value < high if cell.high_open else value <= high)
    return above and below


@law
@given(cuts())
def test_cells_are_exactly_what_comparisons_tell_apart(cut: Cut) -> None:
    variable = cut.variable
    signs: dict[int, set[tuple[bool, ...]]] = {}
    for value in filter(partial(allowed, cut.shape), cut.points):
        sign = tuple(judged(atom, value) for atom in cut.atoms)
        assert sign == tuple(holds(atom, value) for atom in cut.atoms)
        signs.setdefault(variable.of_number(value), set()).add(sign)
    assert all(len(each) == 1 for each in signs.values())
    side_by_side = [tuple(holds(a, cell.sample) for a in cut.atoms) for cell in variable.cells]
    assert all(a != b for a, b in pairwise(side_by_side))


def judged(atom: Atom, value: Decimal) -> bool:
    if isinstance(atom, Between):
        low, high = atom.low.value, atom.high.value
        return low <= value <= high and not (
            (atom.low_open and value == low) or (atom.high_open and value == high)
        )
    assert isinstance(atom.constant, Number)
    return bool(
        eval(f"value {atom.operator} constant", {"value": value, "constant": atom.constant.value})
    )


@law
@given(cuts(anywhere=False), st.data())
def test_the_condition_of_some_cells_holds_for_their_values_alone(
    cut: Cut, data: st.DataObject
) -> None:
    variable = cut.variable
    if variable.size < 2:
        return
    mask = 1 + data.draw(st.integers(0, variable.full - 2))
    condition = variable.condition(mask)
    constants = {value for atom in cut.atoms for value in constants_of(atom)}
    for value in points_of(cut.shape, constants):
        expected = bool(variable.of_number(value) & mask)
        assert true_for(condition, cut.shape, value) is expected


def true_for(condition: Condition, shape: FindingShape, value: Value) -> bool:
    truth = evaluate(condition, {shape.name: value}, Scope({shape.name: shape})).truth
    assert truth is not Truth.UNKNOWN
    return truth is Truth.TRUE


def test_the_condition_of_words_and_answers() -> None:
    kind = FindingShape("kind", "one_of", options=("a", "b", "c"))
    variable = Variable("kind", kind, words=kind.options)
    for mask in range(1, variable.full):
        condition = variable.condition(mask)
        chosen = [word for word in kind.options if true_for(condition, kind, word)]
        assert sum(variable.of_word(word) for word in chosen) == mask
    fever = FindingShape("fever", "yes_no")
    sites = FindingShape("sites", "several_of", options=("hip", "none"))
    for mask, answer in ((1, False), (2, True)):
        assert true_for(Variable("fever", fever).condition(mask), fever, answer)
        assert not true_for(Variable("fever", fever).condition(mask), fever, not answer)
        has = Variable("sites", sites, option="hip").condition(mask)
        assert true_for(has, sites, frozenset({"hip"} if answer else ()))
        assert not true_for(has, sites, frozenset(() if answer else {"hip"}))
    assert Variable("sites", sites, option="hip").condition(2) == Has("sites", Word("hip"))


def test_the_runs_of_some_cells_are_joined() -> None:
    shape = FindingShape("weeks", "number", low=Decimal(0), high=Decimal(52))
    atoms = [Compare("weeks", ">=", Number(Decimal(line))) for line in (4, 12, 26)]
    variable = number_variable(shape, atoms)
    between = Between("weeks", Number(Decimal(4)), Number(Decimal(26)), high_open=True)
    assert variable.condition(0b0110) == between
    assert variable.condition(0b0011) == Compare("weeks", "<", Number(Decimal(12)))
