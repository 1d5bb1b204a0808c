"""A pathway as a machine over sets of patients: who may move where, and what moving changes.

Sets are boxes of cells, each a single number (:mod:`pathways.boxes.packed`). Findings that nothing
reads any more before they are found out anew are widened to "any" (live variables, as in compilers),
which loses nothing and keeps the sets few.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pathways.boxes.packed import Packed, Packing, widest
from pathways.boxes.regions import EVERYBODY, Box, Region, TooManyBoxesError
from pathways.checks.sets.entering import Entering, entering_of
from pathways.conditions import Compare, Condition, FindingShape, KnownValue, Number
from pathways.graph.steps import interrupt_ways
from pathways.model.findings import MOST_ADDED
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.changes import KEPT, cells_of, changes_at, counted
from pathways.semantics.logic import Logic, moving_conditions

MOST_SINGLE = 64
"""So many values of a count are told apart; above, counts that go up are followed less exactly."""


@dataclass(frozen=True, slots=True)
class Move:
    """One way to go on from a state.

    Args:
        key: ``review/0``, or ``interrupt/1``.
        source: Name of the state it leaves.
        target: Name of the state it leads to.
        own: Whether it is a way of the state itself, no interrupt.
        index: Position among the ways of its state, or among the interrupts.
        inside: For whom its own condition holds, warning signs aside.
        guard: For whom it is open: with no interrupt that comes first.
        groups: The same boxes without findings that every move changes, and those together that
            nothing tells apart any more once the target is entered: what a group has in common, and
            its boxes.
    """

    key: str
    source: str
    target: str
    own: bool
    index: int
    inside: tuple[Packed, ...]
    guard: tuple[Packed, ...]
    groups: tuple[tuple[Packed, tuple[Packed, ...]], ...] = ()


class Machine:
    """A pathway over sets of patients.

    Args:
        pathway: The pathway.
        further: Conditions that are asked about at states besides those that move patients, such as
            those of rules: by name of the state.
        kept: Findings that are never forgotten, although they are found out anew before they are read.

    Raises:
        TooManyBoxesError: Its interrupts, facts or ``initial`` cannot be told exactly.
    """

    def __init__(
        self,
        pathway: ResolvedPathway,
        further: Mapping[str, Sequence[Condition]] | None = None,
        kept: Collection[str] = (),
    ) -> None:
        self.pathway = pathway
        self.further = further or {}
        self.kept = frozenset(kept)
        initial = pathway.document.initial
        rules = dict.fromkeys(each for listed in self.further.values() for each in listed)
        asked = [*moving_conditions(pathway), *rules, *_single_counts(pathway)]
        self.logic = Logic(pathway, [*asked, *([initial] if initial is not None else [])])
        self.space = self.logic.space
        self.packing = Packing(self.space)
        self._regions: dict[tuple[Condition, bool], list[Packed]] = {}
        self.stuck: dict[str, list[Packed]] = {}
        """Who finds nothing open at a state, as far as somebody has asked."""
        self.facts = self.packing.pack_all(self.logic.facts)
        self.too_big: dict[str, str] = {}
        """States whose ways cannot be told exactly, and which condition it is."""
        self.changes = {
            name: changes_at(pathway, name, self.space.of_finding) for name in pathway.states
        }
        self.starts = self._starts()
        self.always_changed = self._changed_everywhere()
        """Fields of findings that every state frees; only where everyone begins do they stay."""
        self.quiet = self._quiet()
        self.moves = {name: tuple(self._moves(name)) for name in pathway.states}
        self.live = self._live()
        self.entering: dict[str, Entering] = {
            name: entering_of(
                self.logic, self.packing, self.changes[name], self.live[name], self.facts
            )
            for name in pathway.states
        }
        self.moves = {
            name: tuple(replace(each, groups=self._groups(each)) for each in moves)
            for name, moves in self.moves.items()
        }

    @property
    def is_exact(self) -> bool:
        """Whether nothing is followed less exactly than the file says it."""
        return not self.too_big and all(each.is_exact for each in self.entering.values())

    def region(self, condition: Condition, *, denied: bool = False) -> list[Packed]:
        """Return for whom a condition holds, or with ``denied`` for whom it does not.

        Raises:
            TooManyBoxesError: It cannot be told with few enough boxes.
        """
        key = (condition, denied)
        if key not in self._regions:
            self._regions[key] = self.packing.pack_all(self.space.region(condition, denied=denied))
        return list(self._regions[key])

    def point(self, values: Mapping[str, KnownValue]) -> Box:
        """Return the cells of a whole patient as a box.

        Args:
            values: A value for every finding.
        """
        (masks,) = self.space.known(values)
        return tuple(enumerate(masks))

    def added(self, finding: str, value: KnownValue, amount: int) -> Decimal:
        """Return a count after it went up: never beyond its range."""
        assert isinstance(value, Decimal)
        top = self.pathway.scope.findings[finding].high
        return value + amount if top is None else min(value + amount, top)

    def own_moves(self, state: str) -> Iterator[Move]:
        """Yield the ways of a state itself, in order."""
        return (each for each in self.moves[state] if each.own)

    def _starts(self) -> list[Packed]:
        boxes = self.facts
        initial = self.pathway.document.initial
        if initial is not None:
            boxes = self.packing.meet(boxes, self.region(initial))
        start = self.pathway.start
        for name, change in self.changes[start].items():
            if change.effect == "set" and change.value is not None:
                cells = tuple(sorted(cells_of(self.logic, name, change.value).items()))
                boxes = self.packing.meet(boxes, [self.packing.pack(cells)])
        return boxes

    def _changed_everywhere(self) -> int:
        """Return the fields of findings that every state but the first frees, so that nothing stays."""
        named = {
            self.space.variables[at].finding
            for boxes in (self.facts, self.starts)
            for box in boxes
            for at in self.packing.narrowed(box)
        }
        free = [
            at
            for name, variables in self.space.of_finding.items()
            for at in variables.values()
            if name not in named
            and all(
                self.changes[state].get(name, KEPT).effect == "any" for state in self.pathway.states
            )
        ]
        return self.packing.of(free)

    def _quiet(self) -> dict[str, list[Packed]]:
        """Return, for each state, for whom no interrupt is open there."""
        active: dict[str, list[int]] = {name: [] for name in self.pathway.states}
        for name, index in interrupt_ways(self.pathway):
            active[name].append(index)
        self.active = {name: tuple(indexes) for name, indexes in active.items()}
        known: dict[tuple[int, ...], list[Packed]] = {}
        for indexes in self.active.values():
            for upto in range(len(indexes) + 1):
                self._quiet_of(indexes[:upto], known)
        self._quiet_with = known
        return {name: known[indexes] for name, indexes in self.active.items()}

    def _quiet_of(
        self, indexes: tuple[int, ...], known: dict[tuple[int, ...], list[Packed]]
    ) -> None:
        if indexes in known:
            return
        boxes = list(self.facts)
        if indexes:
            quiet = self.packing.pack_all(self.logic.alarms[indexes[-1]].quiet)
            boxes = self.packing.meet(known[indexes[:-1]], quiet)
        known[indexes] = boxes

    def _moves(self, state: str) -> Iterator[Move]:
        for place, index in enumerate(self.active[state]):
            alarm = self.logic.alarms[index]
            raised = self.packing.pack_all(alarm.raised)
            before = self._quiet_with[self.active[state][:place]]
            target = self.pathway.interrupts[index].to
            yield self._move(f"interrupt/{index}", state, target, index, raised, before)
        try:
            passages = [(each.way, each.inside) for each in self.logic.passages_of(state)]
        except TooManyBoxesError as error:
            self.too_big[state] = str(error)
            passages = [(way, EVERYBODY) for way in self.pathway.ways_from(state)]
        for way, inside in passages:
            yield self._move(
                way.key, state, way.target, way.index, self._in_facts(inside), self.quiet[state]
            )

    def _in_facts(self, region: Region) -> list[Packed]:
        return self.packing.meet(self.facts, self.packing.pack_all(region))

    def _move(
        self,
        key: str,
        state: str,
        target: str,
        index: int,
        inside: list[Packed],
        quiet: list[Packed],
    ) -> Move:
        guard = self.packing.meet(inside, quiet)
        own = not key.startswith("interrupt/")
        return Move(key, state, target, own, index, tuple(inside), tuple(guard))

    def _groups(self, move: Move) -> tuple[tuple[Packed, tuple[Packed, ...]], ...]:
        passing: Iterable[Packed] = move.guard
        if move.source != self.pathway.start:
            # Only where everyone begins may they be told apart by what every state frees.
            passing = widest(box | self.always_changed for box in move.guard)
        erased = self.entering[move.target].erased
        found: dict[Packed, list[Packed]] = {}
        for box in passing:
            found.setdefault(box | erased, []).append(box)
        return tuple((common, tuple(boxes)) for common, boxes in found.items())

    def _live(self) -> dict[str, int]:
        """Return, for each state, the fields that something may still read once it has acted."""
        reads = {name: self._reads(name) for name in self.pathway.states}
        closed = {
            name: self.packing.of(
                at
                for finding, change in changes.items()
                if change.effect in {"set", "any", "done"}
                for at in self.space.of_finding[finding].values()
            )
            for name, changes in self.changes.items()
        }
        # What facts tie together stays tied: whoever forgot one of them could no longer be told.
        tied = self.packing.of(at for box in self.facts for at in self.packing.narrowed(box))
        tied |= self.packing.of(
            at for name in sorted(self.kept) for at in self.space.of_finding.get(name, {}).values()
        )
        live = {name: bits | tied for name, bits in reads.items()}
        after = {name: {each.target for each in self.moves[name]} for name in self.moves}
        changed = True
        while changed:
            changed = False
            for name in reversed(list(self.pathway.states)):
                bits = live[name]
                for target in sorted(after[name]):
                    bits |= live[target] & ~closed[target]
                if bits != live[name]:
                    live[name] = bits
                    changed = True
        return live

    def _reads(self, state: str) -> int:
        """Return the fields that are read at a state, once it has acted."""
        full = self.packing.full
        bits = 0
        for box in self.quiet[state]:
            bits |= full & ~box
        for move in self.moves[state]:
            for box in (*move.guard, *move.inside):
                bits |= full & ~box
            for change in self.changes[move.target].values():
                for condition in change.offered_when:
                    bits |= self._fields_of(condition)
        if state in self.too_big:
            return full
        for condition in self.further.get(state, ()):
            bits |= self._fields_of(condition)
        return self.packing.of(at for at, field in enumerate(self.packing.fields) if bits & field)

    def _fields_of(self, condition: Condition) -> int:
        """Return the bits that the boxes of a condition, or of its opposite, leave out."""
        bits = 0
        try:
            boxes = [*self.region(condition), *self.region(condition, denied=True)]
        except TooManyBoxesError:
            return self.packing.full
        for box in boxes:
            bits |= self.packing.full & ~box
        return bits


def _single_counts(pathway: ResolvedPathway) -> Iterator[Condition]:
    """Yield conditions that tell the small values of counts apart, so that adding to them is exact."""
    for name in sorted(counted(pathway)):
        shape = pathway.scope.findings[name]
        for value in _small_values(shape):
            yield Compare(name, "==", Number(value))


def _small_values(shape: FindingShape) -> list[Decimal]:
    low, high = shape.low or Decimal(0), shape.high
    most = MOST_SINGLE if high is None else min(int(high - low), MOST_SINGLE)
    return [low + each for each in range(min(most, MOST_ADDED) + 1)]
