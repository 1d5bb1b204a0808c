"""Who can get where: sets of patients followed through a pathway until nothing new turns up.

Exact where the work allows it. A pathway too tangled for that is followed in two tiers: first with
few, wider boxes for each state, which proves that nobody gets somewhere; then, for an alarm, box by
box towards the goal, which finds a patient who does. Neither: it stays undecided, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from pathways.boxes.packed import Packed
from pathways.checks.sets.entering import Piece
from pathways.checks.sets.machine import Machine, Move

DEFAULT_BUDGET = 20_000
"""So many sets of patients are followed for one question, unless told otherwise."""

COMPARED = 64
"""So many comparisons with sets that are known already count as following one more."""

MOST_WIDE = 24
"""In the wide tier a state keeps so many boxes; beyond, they become one that holds them all."""


@dataclass(slots=True, eq=False)
class Arrival:
    """Patients who came to a state by one way through a pathway.

    Args:
        state: Name of the state.
        box: Who they are, once the state has acted.
        earlier: Where they came from; None where they began.
        move: The way they took.
        piece: Who of the earlier ones took it.
        length: How many steps they made.
        is_wide: Whether some in the box may not really get here.
        either: The two arrivals this one is made of, when they differ in one finding only; then the
            way here is that of one of them.
    """

    state: str
    box: Packed
    earlier: Arrival | None = None
    move: Move | None = None
    piece: Piece | None = None
    length: int = 0
    is_wide: bool = False
    either: tuple[Arrival, Arrival] | None = None


Allows = Callable[[Move], bool]


@dataclass
class Reached:
    """Who gets where.

    Args:
        arrivals: For each state, those who get there.
        is_complete: Whether nothing was left out for want of budget.
        is_wide: Whether some of them may not really get there.
        work: How many sets were followed.
    """

    arrivals: dict[str, list[Arrival]] = field(default_factory=dict)
    is_complete: bool = True
    is_wide: bool = False
    work: int = 0

    def at(self, state: str) -> Sequence[Arrival]:
        """Return those who get to a state."""
        return self.arrivals.get(state, ())


def starts(machine: Machine) -> list[Arrival]:
    """Return everyone where they begin."""
    state = machine.pathway.start
    dead = machine.packing.full & ~machine.live[state]
    return [Arrival(state, box | dead) for box in machine.starts]


def follow(
    machine: Machine,
    begin: Iterable[Arrival],
    *,
    avoid: frozenset[str] = frozenset(),
    allows: Allows | None = None,
    stop_at: frozenset[str] = frozenset(),
    budget: int = DEFAULT_BUDGET,
    most: int | None = None,
) -> Reached:
    """Follow patients until nothing new turns up.

    Args:
        machine: The pathway.
        begin: Where they begin; those who are there already.
        avoid: States that are not entered.
        allows: Which ways may be taken; None: all.
        stop_at: States where nobody is followed further.
        budget: How many sets of patients to follow at most.
        most: How many boxes each state keeps before they become one wide box; None: all of them.

    Returns:
        Who gets where, those who begin among them.
    """
    return _Following(machine, avoid, allows, stop_at, budget, most).run(begin)


class _Following:
    """One run of :func:`follow`."""

    def __init__(
        self,
        machine: Machine,
        avoid: frozenset[str],
        allows: Allows | None,
        stop_at: frozenset[str],
        budget: int,
        most: int | None,
    ) -> None:
        self.machine = machine
        self.avoid = avoid
        self.allows = allows
        self.stop_at = stop_at
        self.budget = budget
        self.most = most
        self.found = Reached()
        self.kept: dict[str, dict[Packed, Arrival]] = {}
        """For each state, those who got there by their boxes, of which none lies in another one."""
        self.seen: set[tuple[str, Packed]] = set()
        self.waiting: dict[str, list[Arrival]] = {}
        self.turns: list[tuple[int, str]] = []
        self.order = machine.pathway.numbers
        self.dropped: set[int] = set()
        self.gone: list[Arrival] = []
        self.beside: dict[tuple[str, tuple[int, Packed]], Arrival] = {}

    def run(self, begin: Iterable[Arrival]) -> Reached:
        """Follow until nothing new turns up, or the budget is spent."""
        for arrival in begin:
            self.keep(arrival)
        self.found.is_complete = self.all_followed()
        self.found.arrivals = {state: list(kept.values()) for state, kept in self.kept.items()}
        return self.found

    def all_followed(self) -> bool:
        """States take their turn in reading order, so that most who get to one are there by then.

        Returns:
            Whether the budget allowed it.
        """
        while self.turns:
            _, state = heappop(self.turns)
            arrivals = self.waiting.pop(state)
            if state in self.stop_at:
                continue
            for arrival in sorted(arrivals, key=lambda each: each.length):
                if id(arrival) not in self.dropped and not self.follow_on(arrival):
                    return False
        return True

    def follow_on(self, arrival: Arrival) -> bool:
        """Follow those of one arrival one step; return whether the budget allowed it."""
        for later in successors(self.machine, arrival, self.avoid, self.allows):
            if self.found.work > self.budget:
                return False
            self.keep(later)
        return True

    def keep(self, arrival: Arrival) -> None:
        """Keep an arrival unless all of it is known; those it holds are dropped."""
        kept = self.kept.setdefault(arrival.state, {})
        box = arrival.box
        self.found.work += 1 + len(kept) // COMPARED
        if (arrival.state, box) in self.seen:
            return
        self.seen.add((arrival.state, box))
        for each in kept:
            if each & box == box:
                return
        arrival = self.put_together(arrival, kept)
        if self.most is not None and len(kept) >= self.most:
            arrival = self.widened(arrival, kept)
        box = arrival.box
        self.drop([kept.pop(each) for each in list(kept) if each & box == each])
        kept[box] = arrival
        for rest in self.machine.packing.around(box):
            self.beside[arrival.state, rest] = arrival
        if arrival.state not in self.waiting:
            self.waiting[arrival.state] = []
            heappush(self.turns, (self.order[arrival.state], arrival.state))
        self.waiting[arrival.state].append(arrival)

    def put_together(self, arrival: Arrival, kept: dict[Packed, Arrival]) -> Arrival:
        """Return an arrival joined with kept ones that differ from it in one finding only."""
        joined = True
        while joined:
            joined = False
            for rest in self.machine.packing.around(arrival.box):
                other = self.beside.get((arrival.state, rest))
                if other is None or id(other) in self.dropped or other is arrival:
                    continue
                first, second = sorted((other, arrival), key=lambda each: each.length)
                arrival = Arrival(
                    arrival.state,
                    arrival.box | other.box,
                    length=first.length,
                    is_wide=first.is_wide or second.is_wide,
                    either=(first, second),
                )
                self.drop([kept.pop(other.box)])
                joined = True
                break
        return arrival

    def widened(self, arrival: Arrival, kept: Iterable[Packed]) -> Arrival:
        """Return one arrival that holds all that are kept, and more."""
        box = arrival.box
        for each in kept:
            box |= each
        self.found.is_wide = True
        return Arrival(arrival.state, box, length=arrival.length, is_wide=True)

    def drop(self, arrivals: list[Arrival]) -> None:
        """Drop arrivals; they are kept alive, so that no other gets their ids."""
        self.dropped.update(map(id, arrivals))
        self.gone.extend(arrivals)


def successors(
    machine: Machine,
    arrival: Arrival,
    avoid: frozenset[str] = frozenset(),
    allows: Allows | None = None,
) -> Iterator[Arrival]:
    """Yield where those of one arrival go on to, in the order of the ways."""
    for move in machine.moves[arrival.state]:
        if move.target in avoid or (allows is not None and not allows(move)):
            continue
        entering = machine.entering[move.target]
        seen: set[Packed] = set()
        for both in _takers(machine, arrival.box, move):
            for after, piece in entering.outcomes(both):
                if after not in seen:
                    seen.add(after)
                    yield Arrival(
                        move.target,
                        after,
                        arrival,
                        move,
                        piece,
                        arrival.length + 1,
                        arrival.is_wide,
                    )


def _takers(machine: Machine, box: Packed, move: Move) -> Iterator[Packed]:
    """Yield who of a box takes a way; of those nothing tells apart afterwards only some."""
    full, high = machine.packing.full, machine.packing.high
    # Who was narrowed down by what every state frees is told apart by the ways as they are.
    if box & machine.always_changed != machine.always_changed:
        for guard in move.guard:
            if ((box & guard) + full) & high == high:
                yield box & guard
        return
    for common, guards in move.groups:
        if ((box & common) + full) & high != high:
            continue
        for guard in guards:
            if ((box & guard) + full) & high == high:
                yield box & guard
                break


@dataclass(frozen=True, slots=True)
class Goal:
    """What is looked for: patients in some boxes at one of some states."""

    boxes: Mapping[str, Sequence[Packed]]


def search(
    machine: Machine,
    begin: Iterable[Arrival],
    goal: Goal,
    *,
    avoid: frozenset[str] = frozenset(),
    allows: Allows | None = None,
    budget: int = DEFAULT_BUDGET,
) -> Arrival | None:
    """Look for a patient who meets a goal, those first who are nearest to it by the bare graph.

    Args:
        machine: The pathway.
        begin: Where patients begin.
        goal: What is looked for.
        avoid: States that are not entered.
        allows: Which ways may be taken; None: all.
        budget: How many sets of patients to follow at most.

    Returns:
        An arrival that meets the goal, none of it wide; None when none was found with that budget.
    """
    away = _distances(machine, goal, avoid, allows)
    packing = machine.packing
    heap: list[tuple[int, int, Arrival]] = []
    kept: dict[str, list[Packed]] = {}
    work = 0

    def add(arrival: Arrival) -> None:
        if arrival.state not in away:
            return
        boxes = kept.setdefault(arrival.state, [])
        nonlocal work
        work += 1 + len(boxes) // COMPARED
        if any(box & arrival.box == arrival.box for box in boxes):
            return
        boxes.append(arrival.box)
        heappush(heap, (away[arrival.state] + arrival.length, work, arrival))

    for each in begin:
        add(each)
    while heap:
        _, _, arrival = heappop(heap)
        wanted = goal.boxes.get(arrival.state, ())
        if any(packing.is_somebody(arrival.box & box) for box in wanted):
            return arrival
        for later in successors(machine, arrival, avoid, allows):
            if work > budget:
                return None
            add(later)
    return None


def _distances(
    machine: Machine, goal: Goal, avoid: frozenset[str], allows: Allows | None
) -> dict[str, int]:
    """Return how many steps each state is from the goal, by the bare graph."""
    into: dict[str, set[str]] = {}
    for moves in machine.moves.values():
        for move in moves:
            if move.target not in avoid and (allows is None or allows(move)):
                into.setdefault(move.target, set()).add(move.source)
    away = {name: 0 for name, boxes in goal.boxes.items() if boxes}
    layer = sorted(away)
    while layer:
        coming = sorted({each for name in layer for each in into.get(name, ()) if each not in away})
        away.update(dict.fromkeys(coming, away[layer[0]] + 1))
        layer = coming
    return away
