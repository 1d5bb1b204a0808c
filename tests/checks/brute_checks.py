"""What is wrong with a pathway at its states and ways, told from patients followed one by one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from pathways.conditions import Otherwise
from tests.checks.brute_moves import Moving, Spot, closure


class Checking(Moving):
    """The checks, each as its sentence says."""

    def stuck(self, spot: Spot) -> bool:
        """Say whether nothing is open although there are ways on."""
        return not self.is_end(spot[0]) and not self.open(spot)

    def everywhere(self, state: str) -> list[Spot]:
        return [(state, at) for at in range(len(self.people))]

    @cached_property
    def at(self) -> Mapping[str, list[Spot]]:
        """Who gets to each state."""
        found: dict[str, list[Spot]] = {name: [] for name in self.pathway.states}
        for spot in sorted(self.reached):
            found[spot[0]].append(spot)
        return found

    def problems(self) -> set[tuple[str, str]]:
        """Return code and element of everything the pathway has."""
        found: set[tuple[str, str]] = set()
        for name, state in self.pathway.states.items():
            where = f"states.{name}"
            if not self.at[name]:
                found.add(("unreachable-state", where))
            if state.next:
                if any(map(self.stuck, self.at[name])):
                    found.add(("gap", where))
                elif any(map(self.stuck, self.everywhere(name))):
                    found.add(("gap-nobody-reaches", where))
            for index in range(len(state.next)):
                code = self._of_way(name, index)
                if code:
                    found.add((code, f"{where}.next[{index}]"))
            found |= {(code, f"{where}.next[{later}]") for code, _, later in self.overlaps(name)}
        found |= {("cannot-finish", f"states.{name}") for name in self.cannot_finish()}
        return found

    def _of_way(self, state: str, index: int) -> str:
        when = self.pathway.states[state].next[index].when
        people = range(len(self.people))
        if not any(self.guard(state, index, each) for each in people):
            alone = isinstance(when, Otherwise) or any(self.true(when, each) for each in people)
            return "masked" if alone else "never-taken"
        if self.at[state] and not any(self.guard(state, index, at) for _, at in self.at[state]):
            return "never-taken-here"
        return ""

    def overlaps(self, state: str) -> Iterator[tuple[str, int, int]]:
        """Yield code, earlier and later way for each two ways that are open at once."""
        record = self.pathway.states[state]
        if record.choose != "one":
            return
        for one, two in itertools.combinations(range(len(record.next)), 2):
            if record.next[one].to == record.next[two].to:
                continue

            def both(spot: Spot, one: int = one, two: int = two) -> bool:
                return self.quiet(spot) and {one, two} <= set(self.own(spot))

            if any(map(both, self.at[state])):
                yield "overlap", one, two
            elif any(map(both, self.everywhere(state))):
                yield "overlap-nobody-reaches", one, two

    # Traps and loops

    @cached_property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """For each state on a cycle of own ways, the strongly connected part it is in."""
        after = {
            name: {each.to for each in state.next} for name, state in self.pathway.states.items()
        }
        behind = {name: set(closure(after[name], lambda at: after[at])) for name in after}
        return {
            name: frozenset(each for each in behind[name] if name in behind[each])
            for name in after
            if name in behind[name]
        }

    def own_steps(self, spot: Spot) -> list[Spot]:
        """Return where somebody may be next when no interrupt fires now."""
        return [each.spot for each in self.steps(spot)] if self.quiet(spot) else []

    @cached_property
    def trapped(self) -> set[Spot]:
        """Every quiet spot that somebody gets to and from which no end is reached quietly."""
        before: dict[Spot, list[Spot]] = {}
        good = []
        for spot in self.reached:
            if not self.quiet(spot):
                continue
            if self.is_end(spot[0]) or not self.open(spot):
                good.append(spot)
            for each in self.own_steps(spot):
                before.setdefault(each, []).append(spot)
        saved = set(closure(good, lambda spot: before.get(spot, ())))
        return {spot for spot in self.reached if self.quiet(spot) and spot not in saved}

    def cannot_finish(self) -> set[str]:
        return {spot[0] for spot in self.trapped if spot[0] in self.parts}

    def staying(self, spot: Spot) -> list[Spot]:
        """Return the moves inside a strongly connected part in which nothing changes by itself.

        Nobody has a move from where a way out of the part is open, or will be when nothing but time
        has passed, or where an interrupt fires.
        """
        state, person = spot
        part = self.parts.get(state)
        if part is None or not self.quiet(spot):
            return []
        for older in self._in_time(person, part):
            if any(
                self.pathway.states[state].next[at].to not in part
                for at in self.own((state, older))
            ):
                return []
        targets = [self.pathway.states[state].next[at].to for at in self.own(spot)]
        found = [(target, self._stayed(target, person)) for target in targets]
        return [(target, at) for target, at in found if at is not None]

    def _in_time(self, person: int, part: frozenset[str]) -> Iterator[int]:
        """Yield somebody and who they may be when nothing but time has passed in a part."""
        now = self.people[person]
        choices = [
            [each for each in self.domain[name] if each >= now[name]]
            if self._only_grows(name, part)
            else [now[name]]
            for name in self.names
        ]
        for chosen in itertools.product(*choices):
            number = self.number.get(chosen)
            if number is not None:
                yield number

    def _only_grows(self, name: str, part: frozenset[str]) -> bool:
        """Return whether a finding goes up with time at every state of a part, and nothing else."""
        owner = name.partition(".")[0]
        for each in part:
            state = self.pathway.states[each]
            named = {*state.sets, *state.adds, *state.yields, *state.reassess, *state.restarts}
            care = {*state.does, *(offer.treatment for offer in state.offers)}
            if name in named or ("." in name and owner in care):
                return False
        record = self.pathway.catalogue.findings.get(name)
        is_time = record is None or record.kind == "time"
        return is_time and self._goes_up(name) and not self._drifts(name)

    def _stayed(self, state: str, person: int) -> int | None:
        """Return who somebody is after a state changed no more than it must, where that may be."""
        record = self.pathway.states[state]
        values = dict(self.people[person])
        for name in self.names:
            if name in record.sets:
                values[name] = self.set_value(name, record.sets[name])
            elif name in record.adds:
                (values[name],) = self._may_become(state, name, person, values[name])
        number = self.number.get(tuple(values.values()))
        return number if number in self.entered(state, person) else None

    @cached_property
    def looping(self) -> set[Spot]:
        """Every spot that somebody gets to and that comes back to itself."""
        return cyclic(self.reached, self.staying)

    def endless_loops(self) -> set[frozenset[str]]:
        """Return the strongly connected parts in which somebody can go round for ever."""
        return {self.parts[state] for state, _ in self.looping}


def cyclic(spots: Iterable[Spot], onward: Callable[[Spot], Iterable[Spot]]) -> set[Spot]:
    """Return the spots that lie on a cycle of moves within some spots."""
    left = set(spots)
    after = {spot: [each for each in onward(spot) if each in left] for spot in left}
    # What nothing leads to, or that leads nowhere, lies on no cycle.
    while True:
        led_to = {each for spot in left for each in after[spot]}
        kept = {spot for spot in left if spot in led_to and after[spot]}
        if kept == left:
            break
        left = kept
        after = {spot: [each for each in after[spot] if each in left] for spot in left}
    return {spot for spot in left if spot in closure(after[spot], lambda at: after[at])}
