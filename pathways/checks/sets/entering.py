"""Entering a state, as arithmetic on boxes: forwards to who comes out, backwards to who went in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pathways.boxes import Variable
from pathways.boxes.packed import Packed, Packing
from pathways.boxes.regions import TooManyBoxesError
from pathways.semantics.changes import Change, cells_of
from pathways.semantics.logic import Logic

MOST_PIECES = 64
"""So many combinations of care on offer are told apart; beyond, all of it counts as on offer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Care that may begin on entering a state.

    Args:
        boxes: For whom it is on offer.
        opened: What may have changed when it began, as bits to add.
    """

    boxes: tuple[Packed, ...]
    opened: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of those who enter, and what of the care on offer may begin for all of them."""

    before: Packed
    opened: int = 0


Outcome = tuple[Packed, Piece]
"""Who comes out of a state, as a box, and who they were when they entered."""


@dataclass(frozen=True)
class Entering:
    """What entering a state does to sets of patients.

    Args:
        packing: The fields of the findings.
        freed: Fields that may have any value afterwards.
        fixed: Fields that are what ``fixed_to`` says afterwards.
        fixed_to: Bits of those fields.
        upwards: Variables that may have gone up.
        added: For each count that goes up, where each cell leads.
        offers: Care that may begin for some.
        dead: Fields that nothing reads any more.
        facts: What is true of every patient.
        is_exact: Whether no count is followed less exactly than the file says.
    """

    packing: Packing
    freed: int
    fixed: int
    fixed_to: int
    upwards: tuple[int, ...]
    added: tuple[tuple[int, tuple[int, ...]], ...]
    offers: tuple[Offer, ...]
    dead: int
    facts: tuple[Packed, ...]
    is_exact: bool = True

    @cached_property
    def erased(self) -> int:
        """Fields of which nothing is left after entering, whatever they were."""
        read = 0
        for offer in self.offers:
            for box in offer.boxes:
                read |= self.packing.of(self.packing.narrowed(box))
        return (self.freed | self.fixed | self.dead) & ~read

    @cached_property
    def _rising(self) -> tuple[int, int]:
        """The fields that may have gone up, and their spare bits."""
        rising = self.packing.of(self.upwards)
        return rising, rising << 1 & self.packing.high

    @cached_property
    def _ties(self) -> bool:
        """Whether facts tie findings together."""
        return self.facts != (self.packing.full,)

    @cached_property
    def _known(self) -> dict[Packed, tuple[Outcome, ...]]:
        """What became of those who entered so far: many questions follow the same patients."""
        return {}

    def outcomes(self, before: Packed) -> tuple[Outcome, ...]:
        """Return who comes out of those who enter, and who of them that is, each box once."""
        if before not in self._known:
            found: dict[Packed, Piece] = {}
            for piece in self.pieces(before):
                for after in self.after(piece):
                    found.setdefault(after, piece)
            self._known[before] = tuple(found.items())
        return self._known[before]

    def pieces(self, before: Packed) -> list[Piece]:
        """Return those who enter, by what of the care on offer may begin for them."""
        found = [Piece(before)]
        for offer in self.offers:
            found = self._also_offered(found, offer)
        return found

    def _also_offered(self, pieces: list[Piece], offer: Offer) -> list[Piece]:
        found: list[Piece] = []
        for piece in pieces:
            opened = piece.opened | offer.opened
            for box in offer.boxes:
                both = piece.before & box
                if both == piece.before:
                    found.append(Piece(piece.before, opened))
                    break
            else:
                found.append(piece)
                found.extend(
                    Piece(both, opened)
                    for box in offer.boxes
                    if self.packing.is_somebody(both := piece.before & box)
                )
        if len(found) > MOST_PIECES:
            # Whoever enters counts as offered everything: more than there is, never less.
            widened = 0
            for piece in found:
                widened |= piece.opened
            return [Piece(each.before, widened) for each in pieces]
        return found

    def after(self, piece: Piece) -> Iterator[Packed]:
        """Yield who comes out, as boxes."""
        packing = self.packing
        fields, shifts = packing.fields, packing.shifts
        box = piece.before
        # Taken from its spare bit, a field keeps its lowest cell and turns round what lies above.
        rising, spare = self._rising
        box |= spare - (box & rising) & rising
        for at, leads in self.added:
            box = box & ~fields[at] | _led(packing.mask(piece.before, at), leads) << shifts[at]
        box |= self.freed | piece.opened | self.dead
        box = box & ~self.fixed | self.fixed_to | self.dead
        if not self._ties:
            yield box
            return
        for fact in self.facts:
            if packing.is_somebody(box & fact):
                yield box & fact

    def came_from(self, piece: Piece, wanted: Packed) -> Packed:
        """Return who of a piece can come to be in a box by entering.

        Args:
            piece: Those who enter.
            wanted: A box.

        Returns:
            A box; one that holds nobody where nobody can.
        """
        packing = self.packing
        fields, shifts = packing.fields, packing.shifts
        if not packing.is_somebody(wanted & (self.fixed_to | ~self.fixed)):
            return 0
        box = wanted
        for at in self.upwards:
            mask = (wanted & fields[at]) >> shifts[at]
            box = box & ~fields[at] | ((1 << mask.bit_length()) - 1) << shifts[at]
        for at, leads in self.added:
            mask = (wanted & fields[at]) >> shifts[at]
            back = sum(1 << cell for cell, led in enumerate(leads) if led & mask)
            box = box & ~fields[at] | back << shifts[at]
        box |= self.freed | self.fixed | self._reached(piece, wanted)
        return box & piece.before

    def _reached(self, piece: Piece, wanted: Packed) -> int:
        """Return the fields that care which began can bring to what is wanted."""
        bits = 0
        left = piece.opened & wanted
        while left:
            field = self.packing.fields[self.packing.variable_at((left & -left).bit_length() - 1)]
            bits |= field
            left &= ~field
        return bits

    def before(self, wanted: Iterable[Packed], coming: Iterable[Packed]) -> Iterator[Packed]:
        """Yield who of those who come can be brought into some boxes by entering."""
        listed = list(wanted)
        if self._ties:
            listed = self.packing.meet(listed, self.facts)
        for box in coming:
            for piece in self.pieces(box):
                for each in listed:
                    found = self.came_from(piece, each)
                    if found and self.packing.is_somebody(found):
                        yield found


def _from(variable: Variable, lowest: Decimal | None) -> int:
    """Return the cells of a number that are not all below a value, as bits; the last one at least."""
    last = len(variable.cells) - 1
    return sum(
        1 << n
        for n, cell in enumerate(variable.cells)
        if n == last or lowest is None or cell.high is None or cell.high >= lowest
    )


def _led(mask: int, leads: tuple[int, ...]) -> int:
    found = 0
    for cell, led in enumerate(leads):
        if mask >> cell & 1:
            found |= led
    return found


def entering_of(
    logic: Logic,
    packing: Packing,
    changes: Mapping[str, Change],
    live: int,
    facts: Sequence[Packed],
) -> Entering:
    """Return what entering a state does to sets of patients.

    Args:
        logic: The conditions of the pathway.
        packing: The fields of its findings.
        changes: What entering does to each finding; those that stay are left out.
        live: Fields that something may still read once the state has acted.
        facts: What is true of every patient.
    """
    return _Builder(logic, packing, live, facts).entering(changes)


class _Builder:
    """Puts together what entering one state does."""

    def __init__(self, logic: Logic, packing: Packing, live: int, facts: Sequence[Packed]) -> None:
        self.logic = logic
        self.packing = packing
        self.live = live
        self.facts = tuple(facts)
        self.freed = self.fixed = self.fixed_to = 0
        self.upwards: list[int] = []
        self.added: list[tuple[int, tuple[int, ...]]] = []
        self.offers: dict[tuple[Packed, ...], int] = {}
        self.is_exact = True

    def entering(self, changes: Mapping[str, Change]) -> Entering:
        for name, change in changes.items():
            for at in self.logic.space.of_finding[name].values():
                if self.packing.fields[at] & self.live:
                    self.change(name, at, change)
        return Entering(
            self.packing,
            self.freed,
            self.fixed,
            self.fixed_to,
            tuple(self.upwards),
            tuple(self.added),
            tuple(Offer(boxes, opened) for boxes, opened in self.offers.items()),
            self.packing.full & ~self.live,
            self.facts,
            self.is_exact,
        )

    def change(self, name: str, at: int, change: Change) -> None:
        field = self.packing.fields[at]
        match change.effect:
            case "set":
                assert change.value is not None
                cells = cells_of(self.logic, name, change.value)[at]
                self.fixed |= field
                self.fixed_to |= cells << self.packing.shifts[at]
            case "done" if change.words:
                self.fixed |= field
                self.fixed_to |= self.words(at, change)
            case "any" | "done":
                self.freed |= field
            case "started":
                opened = self.words(at, change) if change.words else field
                if change.otherwise == "upwards":
                    self.upwards.append(at)
                boxes = self.offered(change)
                self.offers[boxes] = self.offers.get(boxes, 0) | opened
            case "added":
                variable = self.logic.space.variables[at]
                self.added.append((at, self.leads(variable, change.amount)))
            case "upwards":
                self.upwards.append(at)
            case "kept":
                pass

    def words(self, at: int, change: Change) -> int:
        variable = self.logic.space.variables[at]
        cells = sum(variable.of_word(word) for word in change.words)
        return cells << self.packing.shifts[at]

    def offered(self, change: Change) -> tuple[Packed, ...]:
        if not change.offered_when:
            return (self.packing.full,)
        boxes: list[Packed] = []
        for condition in change.offered_when:
            try:
                boxes.extend(self.packing.pack_all(self.logic.space.region(condition)))
            except TooManyBoxesError:
                # Counted as on offer to everybody: more than there is, never less.
                self.is_exact = False
                return (self.packing.full,)
        return tuple(boxes)

    def leads(self, variable: Variable, amount: int) -> tuple[int, ...]:
        """Return, for each cell of a count, the cells that adding to it can lead to."""
        top = variable.shape.high
        found: list[int] = []
        for cell in variable.cells:
            low, high = cell.low, cell.high
            if low is None or high is None or low != high:
                mask = _from(variable, None if low is None else low + amount)
                self.is_exact = self.is_exact and mask.bit_count() == 1
                found.append(mask)
                continue
            value = low + amount if top is None else min(low + amount, top)
            found.append(variable.of_number(value))
        return tuple(found)
