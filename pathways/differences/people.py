"""Who some patients are, in as few findings as can be, and a plausible one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pathways.boxes.cells import NO, YES, Cell, Variable
from pathways.boxes.packed import Packed
from pathways.conditions import And, Condition, KnownValue, read_value
from pathways.conditions.nodes import Always
from pathways.conditions.values import NONE
from pathways.differences.common import BEFORE, Common
from pathways.differences.model import Group
from pathways.model.findings import Finding
from pathways.reading.values import typed, value_problem
from pathways.semantics.logic import is_sign

MOST_TOLD = 6
"""So many descriptions of a group are worked out; of more it is said how many pieces are left."""

MOST_PIECES_TOLD = 60
"""Of a group in more pieces only the widest are looked at."""


def group_of(
    common: Common,
    boxes: Sequence[Packed],
    elsewhere: Sequence[Packed] = (),
    *,
    all_real: bool = True,
) -> Group:
    """Return who some patients are, and one of them.

    Args:
        common: The two versions.
        boxes: The patients; at least one box.
        elsewhere: Patients of whom nothing is said here, such as those with a warning sign: they
            need not be told apart.
        all_real: Whether all of them satisfy the facts of both versions.

    Returns:
        The group; its patient lies in the boxes.
    """
    # Who breaks a fact does not exist, so nobody needs to be told apart from them.
    free = [*boxes, *elsewhere, *(common.nobody_real if all_real else ())]
    ordered = sorted(boxes, key=lambda box: (-box.bit_count(), box))
    told: list[Packed] = []
    left = list(ordered)
    while left and len(told) < MOST_TOLD:
        wide = _widened(common, left[0], free)
        told.append(wide)
        left = common.minus(left[:MOST_PIECES_TOLD], [wide]) + left[MOST_PIECES_TOLD:]
    narrowed = list(common.packing.narrowed(told[0]))
    variables = common.space.variables
    values = _values(common, ordered[0])
    names = {variables[at].finding for at in narrowed}
    return Group(
        tuple(_condition(common, each) for each in told),
        values,
        tuple(name for name in values if name in names),
        more=len(left),
    )


def _widened(common: Common, box: Packed, free: list[Packed]) -> Packed:
    """Return a box without the findings that make no difference to who is in the group."""
    packing = common.packing
    # Signs last: that somebody has one is what matters most.
    narrowed = sorted(packing.narrowed(box), key=lambda at: (_is_sign(common, at), at))
    for at in narrowed:
        wide = box | packing.fields[at]
        if not common.minus([wide], free):
            box = wide
    return box


def _finding(common: Common, name: str) -> Finding | None:
    """Return the record of a finding: of the new version where it has one."""
    plain = name.removesuffix(BEFORE)
    if plain != name and plain in common.apart:
        return common.pathways["old"].catalogue.findings.get(plain)
    found = common.pathways["new"].catalogue.findings.get(name)
    return found or common.pathways["old"].catalogue.findings.get(name)


def _is_sign(common: Common, at: int) -> bool:
    record = _finding(common, common.space.variables[at].finding)
    return record is not None and is_sign(record)


def _condition(common: Common, box: Packed) -> Condition:
    packing, variables = common.packing, common.space.variables
    parts = [variables[at].condition(packing.mask(box, at)) for at in packing.narrowed(box)]
    if not parts:
        return Always()
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _values(common: Common, box: Packed) -> dict[str, KnownValue]:
    """Return a value for every finding, in the order of the catalogue."""
    chosen: dict[str, KnownValue] = {}
    for name, options in common.space.of_finding.items():
        variables = common.space.variables
        typical = _typical(common, name)
        if "" in options:
            at = options[""]
            mask = common.packing.mask(box, at)
            chosen[name] = _value(variables[at], mask, typical, _finding(common, name))
        else:
            chosen[name] = _several(common, box, options, typical, name)
    ordered = [
        *(name for name in common.pathways["new"].catalogue.findings if name in chosen),
        *chosen,
    ]
    return {name: chosen[name] for name in dict.fromkeys(ordered)}


def _typical(common: Common, name: str) -> KnownValue | None:
    record = _finding(common, name)
    if record is None or record.typical is None:
        return None
    shape = common.scope.findings[name]
    if any(value_problem(word, shape) for word in record.typical):
        return None
    return read_value(shape, typed(record.typical, shape))


def _value(
    variable: Variable, mask: int, typical: KnownValue | None, record: Finding | None
) -> KnownValue:
    match variable.shape.type:
        case "yes_no":
            wanted = YES if typical is True else NO
            return bool((mask & wanted or mask) == YES)
        case "number":
            return _number(variable, mask, typical)
        case _:
            return _word(variable, mask, typical, record)


def _word(variable: Variable, mask: int, typical: KnownValue | None, record: Finding | None) -> str:
    allowed = [word for n, word in enumerate(variable.words) if mask >> n & 1]
    if typical in allowed:
        return str(typical)
    options = (record.options or {}) if record else {}
    quiet = [word for word in allowed if word not in options or options[word].level is None]
    return (quiet or allowed)[0]


def _number(variable: Variable, mask: int, typical: KnownValue | None) -> Decimal:
    if isinstance(typical, Decimal) and variable.of_number(typical) & mask:
        return typical
    # The value at which it turns says most; the ends of the range turn nothing.
    cells = variable.cells
    for number in _cells_at_edges(mask, len(cells)):
        ends = (number > 0, number < len(cells) - 1)
        for value in _ends(cells[number], variable.shape.step or Decimal(0), *ends):
            if variable.of_number(value) == 1 << number:
                return value
    return cells[next(_cells_at_edges(mask, len(cells)))].sample


def _cells_at_edges(mask: int, count: int) -> Iterator[int]:
    """Yield the cells of a mask, those beside a cell outside it first."""
    inside = [n for n in range(count) if mask >> n & 1]
    edges = [
        n
        for n in inside
        if (n and not mask >> (n - 1) & 1) or (n + 1 < count and not mask >> (n + 1) & 1)
    ]
    yield from dict.fromkeys([*edges, *inside])


def _ends(cell: Cell, step: Decimal, turns_low: bool, turns_high: bool) -> Iterator[Decimal]:  # noqa: FBT001
    """Yield the values at the ends of a cell where something turns."""
    if turns_low and cell.low is not None:
        yield cell.low + (step if cell.low_open else 0)
    if turns_high and cell.high is not None:
        yield cell.high - (step if cell.high_open else 0)


def _several(
    common: Common,
    box: Packed,
    options: dict[str, int],
    typical: KnownValue | None,
    name: str,
) -> KnownValue:
    usual = typical if isinstance(typical, dict) else {}
    chosen = set()
    for option, at in options.items():
        wanted = YES if usual.get(option) else NO
        mask = common.packing.mask(box, at)
        if (mask & wanted or mask) == YES:
            chosen.add(option)
    shape = common.scope.findings[name]
    if not chosen and NONE in shape.options:
        chosen.add(NONE)
    return read_value(shape, frozenset(chosen))
