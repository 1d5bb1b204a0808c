"""Conditions that hold for other patients than before, and what such a change of a name moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathways.boxes import TooManyBoxesError
from pathways.boxes.packed import Packed, widest
from pathways.conditions import Condition, Named
from pathways.conditions.definitions import reachable_definitions
from pathways.conditions.nodes import Always, AnyOfClass, CountNow
from pathways.conditions.walk import nodes
from pathways.differences.common import Common
from pathways.differences.model import Group, Membership, Side, Subject, Undecided
from pathways.differences.pairs import Pairs
from pathways.differences.people import group_of
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State

WHOLE: tuple[Subject, ...] = ("initial", "entry", "concerns")


class Memberships:
    """Compares the conditions that are no ways on.

    Args:
        common: The two versions on one ground.
        pairs: Their parts side by side.
    """

    def __init__(self, common: Common, pairs: Pairs) -> None:
        self.common = common
        self.pairs = pairs
        self.undecided: list[Undecided] = []
        self.used = {side: _places(each) for side, each in common.pathways.items()}
        self.definitions = {each.name: each for each in self._definitions()}
        self.classes = _changed_classes(pairs.old, pairs.new)

    def found(self) -> tuple[Membership, ...]:
        """Return the conditions that hold for other patients."""
        return (
            *self.definitions.values(),
            *self._facts(),
            *self._whole(),
            *self._offers(),
        )

    def causes_of(self, *conditions: tuple[Side, Condition]) -> tuple[str, ...]:
        """Return the changed definitions and classes that some conditions rest on, sorted."""
        names: set[str] = set()
        for side, condition in conditions:
            scope = self.common.pathways[side].scope
            inner = reachable_definitions(condition, scope)
            names |= {name for name in inner if name in self.definitions}
            bodies = [condition, *(scope.definitions[name].condition for name in inner)]
            for body in bodies:
                names |= {f"class {name}" for name in _classes_in(body) if name in self.classes}
        return tuple(sorted(names))

    def _definitions(self) -> Iterator[Membership]:
        """Yield definitions that changed by themselves, not only by others they name."""
        for name in self.used["new"]:
            if name not in self.used["old"]:
                continue
            before = self.pairs.old.definitions[name].when
            now = self.pairs.new.definitions[name].when
            if before == now:
                continue
            changed = self._changed(f"definitions.{name}", Named(name), Named(name))
            if changed is not None:
                places = dict.fromkeys((*self.used["new"][name], *self.used["old"][name]))
                yield Membership("definition", name, "", *changed, places=tuple(places))

    def _facts(self) -> Iterator[Membership]:
        common = self.common
        try:
            there = {side: self._satisfying(side) for side in common.pathways}
            lost = common.minus(there["old"], there["new"])
            gained = common.minus(there["new"], there["old"])
        except TooManyBoxesError as error:
            self.undecided.append(Undecided("facts", str(error)))
            return
        if lost or gained:
            yield Membership("facts", lost=self._unreal(lost), gained=self._unreal(gained))

    def _satisfying(self, side: Side) -> list[Packed]:
        found = [self.common.packing.full]
        for fact in self.common.pathways[side].facts:
            found = self.common.packing.meet(found, self.common.patients(side, fact))
        return found

    def _unreal(self, boxes: list[Packed]) -> Group | None:
        return group_of(self.common, boxes, all_real=False) if boxes else None

    def _whole(self) -> Iterator[Membership]:
        for key in WHOLE:
            before = getattr(self.pairs.old.document, key) or Always()
            now = getattr(self.pairs.new.document, key) or Always()
            changed = self._changed(key, before, now)
            if changed is not None:
                causes = self.causes_of(("old", before), ("new", now)) if before == now else ()
                yield Membership(key, "", "", *changed, causes=causes)

    def _offers(self) -> Iterator[Membership]:
        for name in self.pairs.matched:
            old = self.pairs.old.states[self.pairs.matched[name]]
            new = self.pairs.new.states[name]
            treatments = dict.fromkeys(offer.treatment for offer in new.offers)
            for treatment in treatments:
                before, now = _whens(old, treatment), _whens(new, treatment)
                if before:
                    yield from self._offer(name, treatment, before, now)

    def _offer(
        self, state: str, treatment: str, before: list[Condition], now: list[Condition]
    ) -> Iterator[Membership]:
        common = self.common
        try:
            old = widest([box for each in before for box in common.patients("old", each)])
            new = widest([box for each in now for box in common.patients("new", each)])
            lost, gained = common.apart_from(old, new), common.apart_from(new, old)
        except TooManyBoxesError as error:
            where = f"states.{state}.offers.{treatment}"
            self.undecided.append(Undecided(where, str(error)))
            return
        if lost or gained:
            causes: tuple[str, ...] = ()
            if before == now:
                causes = self.causes_of(*(("new", each) for each in now))
            yield Membership(
                "offer", treatment, state, self._group(lost), self._group(gained), causes=causes
            )

    def _changed(
        self, where: str, before: Condition, now: Condition
    ) -> tuple[Group | None, Group | None] | None:
        """Return for whom a condition held and does not any more, and for whom it does now."""
        common = self.common
        try:
            old, new = common.patients("old", before), common.patients("new", now)
            lost, gained = common.apart_from(old, new), common.apart_from(new, old)
        except TooManyBoxesError as error:
            self.undecided.append(Undecided(where, str(error)))
            return None
        return (self._group(lost), self._group(gained)) if lost or gained else None

    def _group(self, boxes: list[Packed]) -> Group | None:
        return group_of(self.common, boxes) if boxes else None


def _whens(state: State, treatment: str) -> list[Condition]:
    return [each.when or Always() for each in state.offers if each.treatment == treatment]


def _places(pathway: ResolvedPathway) -> dict[str, dict[str, None]]:
    """Return, for each definition in use, where it is read; sorted by name."""
    found: dict[str, dict[str, None]] = {}
    for where, condition in placed_conditions(pathway):
        for name in reachable_definitions(condition, pathway.scope):
            found.setdefault(name, {})[where] = None
    return dict(sorted(found.items()))


def placed_conditions(pathway: ResolvedPathway) -> Iterator[tuple[str, Condition]]:
    """Yield every condition with the element it stands at: a state, an interrupt, a key.

    Args:
        pathway: The pathway.
    """
    for name, state in pathway.states.items():
        yield from ((f"states.{name}", way.when) for way in state.next)
        yield from ((f"states.{name}", o.when) for o in state.offers if o.when is not None)
    for index, each in enumerate(pathway.interrupts):
        yield f"interrupts[{index}]", each.when
        if each.until is not None:
            yield f"interrupts[{index}]", each.until
    yield from (("facts", fact) for fact in pathway.facts)
    for key in WHOLE:
        whom = getattr(pathway.document, key)
        if whom is not None:
            yield key, whom


def _classes_in(condition: Condition) -> set[str]:
    return {
        node.treatment_class
        for node in nodes(condition)
        if isinstance(node, (AnyOfClass, CountNow))
    }


def _changed_classes(old: ResolvedPathway, new: ResolvedPathway) -> frozenset[str]:
    before, now = old.scope.classes, new.scope.classes
    return frozenset(
        name for name in now if name in before and before[name].members != now[name].members
    )


def causes_of_states(memberships: Memberships) -> Mapping[str, tuple[str, ...]]:
    """Return, for states that are written alike, the changed names that their ways rest on.

    Args:
        memberships: The conditions of both versions, compared.

    Returns:
        By the new name of the state; the empty name stands for the interrupts.
    """
    pairs = memberships.pairs
    found: dict[str, tuple[str, ...]] = {}
    for name in pairs.matched:
        old, new = pairs.old.states[pairs.matched[name]], pairs.new.states[name]
        before = [(pairs.target(way.to), way.when) for way in old.next]
        now = [(way.to, way.when) for way in new.next]
        if before == now and old.choose == new.choose:
            found[name] = memberships.causes_of(*(("new", when) for _, when in now))
    before_ = [(pairs.target(each.to), each.when, each.until) for each in pairs.old.interrupts]
    now_ = [(each.to, each.when, each.until) for each in pairs.new.interrupts]
    if before_ == now_:
        conditions = [c for each in pairs.new.interrupts for c in (each.when, each.until) if c]
        found[""] = memberships.causes_of(*(("new", each) for each in conditions))
    return found
