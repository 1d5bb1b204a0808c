"""Which part of the old version is which part of the new one, below the states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pathways.conditions import Condition, unparse
from pathways.conditions.definitions import reachable_definitions
from pathways.conditions.nodes import Always
from pathways.model.pathway import ResolvedPathway, Way
from pathways.model.states import Interrupt, Offer

Part = TypeVar("Part")


def paired(
    old: Sequence[Part],
    new: Sequence[Part],
    signs: Sequence[tuple[Callable[[Part], Any], Callable[[Part], Any]]],
) -> list[tuple[Part | None, Part | None]]:
    """Return which part is which.

    Args:
        old: The parts of the old version.
        new: Those of the new one.
        signs: What tells that two parts are one, the surest first: for an old part, for a new one.

    Returns:
        The new parts in their order, each with the old one or None; then what is gone.

    Example:
        >>> paired(["a", "b"], ["B", "c"], [(str.upper, str)])
        [('b', 'B'), (None, 'c'), ('a', None)]
    """
    left, right = list(range(len(old))), list(range(len(new)))
    found: dict[int, int] = {}
    for sign_of_old, sign_of_new in signs:
        for there in list(right):
            wanted = sign_of_new(new[there])
            here = next((at for at in left if sign_of_old(old[at]) == wanted), None)
            if here is not None:
                found[there] = here
                left.remove(here)
                right.remove(there)
    pairs: list[tuple[Part | None, Part | None]] = [
        (old[found[at]] if at in found else None, each) for at, each in enumerate(new)
    ]
    return [*pairs, *((old[at], None) for at in left)]


@dataclass(frozen=True, slots=True)
class Written:
    """A condition as both versions write it.

    Args:
        where: Where it stands: ``states.review.next[0]``.
        old: As the old version writes it.
        new: As the new one does.
    """

    where: str
    old: Condition
    new: Condition


class Pairs:
    """The parts of two versions, side by side.

    Args:
        old: The old version.
        new: The new one.
        matched: For each state of the new version that was there before, its old name.
    """

    def __init__(
        self, old: ResolvedPathway, new: ResolvedPathway, matched: Mapping[str, str]
    ) -> None:
        self.old = old
        self.new = new
        self.matched = matched
        self.called = {before: now for now, before in matched.items()}
        self.ways = {name: self._ways(name) for name in matched}
        self.interrupts = self._interrupts()

    def target(self, name: str) -> str:
        """Return the new name of a state of the old version; of one that is gone its own."""
        return self.called.get(name, f"{name} ")

    def _ways(self, name: str) -> list[tuple[Way | None, Way | None]]:
        return paired(
            tuple(self.old.ways_from(self.matched[name])),
            tuple(self.new.ways_from(name)),
            [
                (
                    lambda way: (self.target(way.target), way.transition.when),
                    lambda way: (way.target, way.transition.when),
                ),
                (lambda way: way.transition.when, lambda way: way.transition.when),
                (lambda way: self.target(way.target), lambda way: way.target),
            ],
        )

    def offers(self, name: str) -> list[tuple[Offer | None, Offer | None]]:
        """Return the offers of a panel side by side."""
        return paired(
            self.old.states[self.matched[name]].offers,
            self.new.states[name].offers,
            [
                (_offer_in_full, _offer_in_full),
                (lambda offer: offer.treatment, lambda offer: offer.treatment),
            ],
        )

    def _interrupts(self) -> list[tuple[int | None, int | None]]:
        old, new = self.old.interrupts, self.new.interrupts
        pairs = paired(
            tuple(enumerate(old)),
            tuple(enumerate(new)),
            [
                (
                    lambda at: (self.target(at[1].to), _said(at[1])),
                    lambda at: (at[1].to, _said(at[1])),
                ),
                (lambda at: at[1].when, lambda at: at[1].when),
                (
                    lambda at: (self.target(at[1].to), at[1].level),
                    lambda at: (at[1].to, at[1].level),
                ),
            ],
        )
        return [(one[0] if one else None, two[0] if two else None) for one, two in pairs]

    def written(self) -> Iterator[Written]:
        """Yield the conditions that both versions have, definitions first."""
        theirs, ours = self._definitions(self.old), self._definitions(self.new)
        for name in sorted(theirs & ours):
            yield Written(
                f"definitions.{name}",
                self.old.definitions[name].when,
                self.new.definitions[name].when,
            )
        for name in self.matched:
            for one, two in self.ways[name]:
                if one is not None and two is not None:
                    where = f"states.{name}.next[{two.index}]"
                    yield Written(where, one.transition.when, two.transition.when)
            for before, now in self.offers(name):
                if before is not None and now is not None:
                    yield Written(
                        f"states.{name}.offers.{now.treatment}",
                        before.when or Always(),
                        now.when or Always(),
                    )
        yield from self._elsewhere()

    def _elsewhere(self) -> Iterator[Written]:
        for one, two in self.interrupts:
            if one is not None and two is not None:
                before, now = self.old.interrupts[one], self.new.interrupts[two]
                yield Written(f"interrupts[{two}].when", before.when, now.when)
                if before.until is not None and now.until is not None:
                    yield Written(f"interrupts[{two}].until", before.until, now.until)
        for key in ("entry", "initial", "concerns"):
            one_ = getattr(self.old.document, key)
            two_ = getattr(self.new.document, key)
            if one_ is not None and two_ is not None:
                yield Written(key, one_, two_)

    def _definitions(self, pathway: ResolvedPathway) -> set[str]:
        return {
            name
            for condition in all_conditions(pathway)
            for name in reachable_definitions(condition, pathway.scope)
        }


def all_conditions(pathway: ResolvedPathway) -> Iterator[Condition]:
    """Yield every condition that says who may move, start, arrive, or is meant at all.

    Args:
        pathway: The pathway.
    """
    for state in pathway.states.values():
        yield from (way.when for way in state.next)
        yield from (offer.when for offer in state.offers if offer.when is not None)
    for each in pathway.interrupts:
        yield each.when
        if each.until is not None:
            yield each.until
    yield from pathway.facts
    document = pathway.document
    for whom in (document.concerns, document.entry, document.initial):
        if whom is not None:
            yield whom


def _offer_in_full(offer: Offer) -> tuple[str, str]:
    return offer.treatment, unparse(offer.when) if offer.when is not None else ""


def _said(interrupt: Interrupt) -> tuple[str, str]:
    return interrupt.level, interrupt.label.clinician
