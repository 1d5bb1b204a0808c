"""What would have to be true for a later state to become an option.

Boxes are followed backwards from the goal: what must hold at a decision is its own condition and
whatever is needed later and cannot change on the way (weakest preconditions; E. W. Dijkstra, "Guarded
commands, nondeterminacy and formal derivation of programs", 1975). It speaks of the pathway: what it
would need, never what a person should become.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from pathways.boxes import Box, Known, Region
from pathways.boxes.regions import both, contains
from pathways.conditions import And, Condition
from pathways.semantics.changes import ChangeKind, Entry, change_kind, entry_of
from pathways.semantics.logic import Logic

MOST_AT_A_STATE = 60
"""So many different demands are kept for each state, those of the shortest ways."""
MOST_WORK = 30_000
"""So many demands are worked out for one goal: a second or two at most."""

Today = Literal["holds", "not_known", "not_so", "found_out_later"]


@dataclass(frozen=True, slots=True)
class Need:
    """What a way asks of one finding.

    Args:
        finding: Name of the finding.
        condition: What must hold of it.
        state: The decision that asks for it.
        today: Whether it holds today, is not known, does not hold, or is found out on the way.
        changes: When it may change.
        found_out_at: The state on the way that finds it out, or empty.
    """

    finding: str
    condition: Condition
    state: str
    today: Today
    changes: ChangeKind
    found_out_at: str = ""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would have to be true for a later state to become an option.

    Args:
        goal: Name of the state.
        begin: The state of the place it begins at.
        ways: Names of the ways that lead there, in order; nothing when none does.
        needs: What these ways ask for, in order, each thing once.
        is_open: Whether what is known today closes none of it.
        is_reachable: Whether there is a way that asks for nothing that can never change.
        is_cut: Whether there are more ways than were looked at: then another one may ask for less,
            and that none is open or reachable is not proved.
    """

    goal: str
    begin: str
    ways: tuple[str, ...]
    needs: tuple[Need, ...]
    is_open: bool
    is_reachable: bool
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Demand:
    """What must hold at a state to get to the goal by one way: a box, and how it goes on."""

    state: str
    box: Box
    length: int
    guard: Box = ()
    way: str = ""
    onward: _Demand | None = None


class Reach:
    """What leads to one goal in one pathway.

    Args:
        logic: The conditions of the pathway.
        goal: Name of the state to get to.
        closed: States that cannot be entered.
        known: With what is known of a patient, ways that ask for a trait they do not have are left
            out from the start.
    """

    def __init__(
        self, logic: Logic, goal: str, closed: Collection[str] = (), known: Known | None = None
    ) -> None:
        self.logic = logic
        self.goal = goal
        self.known = known
        self.traits = frozenset(
            at
            for at, variable in enumerate(logic.space.variables)
            if change_kind(logic.pathway, variable.finding) == "never"
        )
        self.demands: dict[str, list[_Demand]] = {}
        self.is_cut = False
        """Whether there were more demands than are kept."""
        if goal not in closed:
            self._follow_back(frozenset(closed))

    def _ways_into(self, closed: frozenset[str]) -> dict[str, list[tuple[str, str, Box]]]:
        """Return, for each state, what leads to it: the state before, the way, and a box of it."""
        into: dict[str, list[tuple[str, str, Box]]] = {}
        for state, passages in self.logic.passages.items():
            if state in closed or state == self.goal:
                continue
            for passage in passages:
                into.setdefault(passage.way.target, []).extend(
                    (state, passage.way.key, box) for box in self._likeliest(passage.inside)
                )
        return into

    def _follow_back(self, closed: frozenset[str]) -> None:
        into = self._ways_into(closed)
        entries: dict[str, Entry] = {}
        first = _Demand(self.goal, (), 0)
        self._keep(first)
        waiting = deque([first])
        work = 0
        while waiting:
            demand = waiting.popleft()
            entry = entries.setdefault(demand.state, entry_of(self.logic, demand.state))
            before = entry.before(demand.box)
            if before is None:
                continue
            for state, way, guard in into.get(demand.state, ()):
                if self._is_full(state):
                    continue
                work += 1
                if work > MOST_WORK:
                    self.is_cut = True
                    return
                box = both(guard, before)
                if box is None or self._is_ruled_out(box):
                    continue
                # Kept before its turn comes, so that no more wait than can be kept.
                earlier = _Demand(state, box, demand.length + 1, guard, way, demand)
                if self._keep(earlier):
                    waiting.append(earlier)

    def _likeliest(self, region: Region) -> Region:
        """Return the boxes of a region; of more than can be kept, those first that hold today."""
        known = self.known
        if known is None or len(region) <= MOST_AT_A_STATE:
            return region
        return tuple(sorted(region, key=lambda box: self._cost(box, known)))

    def _is_ruled_out(self, box: Box) -> bool:
        """Return whether a box asks for a trait that the patient is known not to have."""
        return self.known is not None and any(
            at in self.traits and not any(masks[at] & mask for masks in self.known)
            for at, mask in box
        )

    def _is_full(self, state: str) -> bool:
        full = len(self.demands.get(state, ())) >= MOST_AT_A_STATE
        self.is_cut |= full
        return full

    def _keep(self, demand: _Demand) -> bool:
        kept = self.demands.setdefault(demand.state, [])
        if any(contains(each.box, demand.box) for each in kept):
            return False
        kept.append(demand)
        return True

    def prospect(self, begin: str, known: Known, said: Known | None = None) -> Prospect:
        """Return what would have to be true to get to the goal from a state.

        Of all ways that which asks for the least that is not so today; then the fewest unknowns, then
        the shortest.

        Args:
            begin: Name of the state the patient is at.
            known: What is known there, signs not asked about taken to be absent.
            said: What is known there without that: only this is called so today. None: the same.
        """
        demands = self.demands.get(begin, [])
        if not demands:
            return Prospect(
                self.goal, begin, (), (), is_open=False, is_reachable=False, is_cut=self.is_cut
            )
        best = min(demands, key=lambda each: (*self._cost(each.box, known), each.length))
        fixed, against, _ = self._cost(best.box, known)
        return Prospect(
            self.goal,
            begin,
            tuple(hop.way for hop in _hops(best)),
            tuple(self._needs(best, known if said is None else said)),
            is_open=not against,
            is_reachable=not fixed,
            is_cut=self.is_cut,
        )

    def _cost(self, box: Box, known: Known) -> tuple[int, int, int]:
        """Return how many demands can never be met, are not met today, and are not known today."""
        variables = self.logic.space.variables
        fixed: set[str] = set()
        against: set[str] = set()
        unknown: set[str] = set()
        for at, mask in box:
            finding = variables[at].finding
            if not any(masks[at] & mask for masks in known):
                against.add(finding)
                if change_kind(self.logic.pathway, finding) == "never":
                    fixed.add(finding)
            elif any(masks[at] & ~mask for masks in known):
                unknown.add(finding)
        return len(fixed), len(against), len(unknown - against)

    def _needs(self, demand: _Demand, known: Known) -> Iterator[Need]:
        found_out: dict[int, str] = {}
        said: set[tuple[str, Condition]] = set()
        for hop in _hops(demand):
            for finding, cells in self._by_finding(hop.guard):
                condition = self._condition(cells)
                if (finding, condition) not in said:
                    said.add((finding, condition))
                    yield self._need(finding, condition, cells, hop, known, found_out)
            assert hop.onward is not None
            entry = entry_of(self.logic, hop.onward.state)
            record = self.logic.pathway.states[hop.onward.state]
            named = {*record.reassess, *record.yields}
            for at in entry.freed:
                if self.logic.space.variables[at].finding in named:
                    found_out[at] = hop.onward.state
            found_out.update(dict.fromkeys((at for at, _ in entry.set_to), hop.onward.state))

    def _need(
        self,
        finding: str,
        condition: Condition,
        cells: list[tuple[int, int]],
        hop: _Demand,
        known: Known,
        found_out: dict[int, str],
    ) -> Need:
        later = next((found_out[at] for at, _ in cells if at in found_out), "")
        today: Today = "holds"
        if later:
            today = "found_out_later"
        elif not any(all(masks[at] & mask for at, mask in cells) for masks in known):
            today = "not_so"
        elif any(masks[at] & ~mask for masks in known for at, mask in cells):
            today = "not_known"
        kind = change_kind(self.logic.pathway, finding)
        return Need(finding, condition, hop.state, today, kind, later)

    def _by_finding(self, box: Box) -> list[tuple[str, list[tuple[int, int]]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for at, mask in box:
            found.setdefault(self.logic.space.variables[at].finding, []).append((at, mask))
        return list(found.items())

    def _condition(self, cells: list[tuple[int, int]]) -> Condition:
        parts = [self.logic.space.variables[at].condition(mask) for at, mask in cells]
        return parts[0] if len(parts) == 1 else And(tuple(parts))


def prospect(
    logic: Logic,
    begin: str,
    goal: str,
    known: Known,
    closed: Collection[str] = (),
    said: Known | None = None,
) -> Prospect:
    """Return what would have to be true for a later state to become an option.

    Args:
        logic: The conditions of the pathway.
        begin: Name of the state the patient is at.
        goal: Name of the state to get to.
        known: What is known there, signs not asked about taken to be absent.
        closed: States that cannot be entered.
        said: What is known there without that; None: the same.

    Example:
        >>> from pathways.reading.load import load
        >>> logic = Logic(load("safety"))
        >>> found = prospect(logic, "scope_check", "no_warning_sign", logic.known({}))
        >>> [need.finding for need in found.needs]
        ['scope_age', 'scope_pregnant']
    """
    found = Reach(logic, goal, closed, known).prospect(begin, known, said)
    if found.ways:
        return found
    # Only to say which trait rules it out.
    return Reach(logic, goal, closed).prospect(begin, known, said)


def _hops(demand: _Demand) -> Iterator[_Demand]:
    """Yield a demand and those that follow, as long as there is a way on."""
    at: _Demand | None = demand
    while at is not None and at.onward is not None:
        yield at
        at = at.onward
