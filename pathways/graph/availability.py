"""What is lost when a treatment, a test or a step is not available."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from pathways.errors import UnknownNameError
from pathways.graph.steps import StateRef, StepNet, reachable, step_net
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State

Missing = Literal["treatment", "test", "class", "state"]
MISSING: tuple[Missing, ...] = ("treatment", "test", "class", "state")


@dataclass(frozen=True, slots=True)
class LostOffer:
    """A treatment that an options panel can no longer offer."""

    state: str
    treatment: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What a pathway loses when something is not available. States are in reading order.

    Args:
        name: What is not available.
        kind: Whether that is a treatment, a test, a class of treatments or a state.
        unavailable: Treatments and tests that are not available; of a class, all its members.
        closed: States that cannot be entered: everything that happens there, or everything that is
            on offer there, is unavailable.
        unreachable: Further states that could be reached from the start and now cannot.
        ends: Those of ``closed`` and ``unreachable`` that are ends or links.
        ways_cut: Names of the ways, such as ``review/1``, that lead from a state still reached to a
            closed one: whoever has no other way open there is stranded.
        stuck: States still reached that have no way on left; an interrupt is no way on here.
        offers: Offers that fall away, also in panels that stay open.
        reduced: States still reached where something else happens too, so that they stay open.
        require_it: Treatments of the pathway that require what is not available; they stay on
            offer here, since what a treatment requires is a note and a rule, no hidden condition.
    """

    name: str
    kind: Missing
    unavailable: tuple[str, ...]
    closed: tuple[str, ...]
    unreachable: tuple[str, ...]
    ends: tuple[str, ...]
    ways_cut: tuple[str, ...]
    stuck: tuple[str, ...]
    offers: tuple[LostOffer, ...]
    reduced: tuple[str, ...]
    require_it: tuple[str, ...]


def lost_without(
    pathway: ResolvedPathway,
    name: StateRef,
    *,
    kind: Missing | None = None,
    interrupts: bool = False,
) -> Lost:
    """Return what a pathway loses when a treatment, test, class of treatments or state is missing.

    A state is closed when it does nothing but what is unavailable, a panel when nothing is left to
    offer; whoever would have to go there cannot go that way. Conditions are not looked at: a way on
    that asks about the treatment stays.

    Args:
        pathway: The pathway.
        name: Name of a treatment, a test, a class or a state, or a step number.
        kind: What the name stands for; None: the first that fits, in the order of :data:`MISSING`.
        interrupts: Whether interrupts count as ways.

    Raises:
        UnknownNameError: Nothing has that name.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> lost_without(pathway, pathway.start).closed == (pathway.start,)
        True
    """
    sort, missing, shut = _what_is_missing(pathway, str(name), kind)
    net = step_net(pathway, interrupts=interrupts)
    closed = {state for state, each in pathway.states.items() if is_closed(each, missing)} | shut
    before = _reached(pathway, net, ())
    after = _reached(pathway, net, closed)
    gone = {*closed, *(before - after)}
    return Lost(
        name=str(name) if sort != "state" else next(iter(shut)),
        kind=sort,
        unavailable=tuple(sorted(missing)),
        closed=_in_order(pathway, closed),
        unreachable=_in_order(pathway, before - after - closed),
        ends=_in_order(pathway, {s for s in gone if pathway.states[s].kind in {"end", "link"}}),
        ways_cut=tuple(
            way.key for way in pathway.ways if way.source in after and way.target in closed
        ),
        stuck=_in_order(pathway, {s for s in after if _is_stuck(pathway, s, closed)}),
        offers=_lost_offers(pathway, missing),
        reduced=_in_order(
            pathway, {s for s in after if missing.intersection(pathway.states[s].does)}
        ),
        require_it=_requiring(pathway, missing),
    )


def _what_is_missing(
    pathway: ResolvedPathway, name: str, kind: Missing | None
) -> tuple[Missing, set[str], set[str]]:
    """Return what a name stands for, the treatments and tests meant, and the state meant."""
    catalogue = pathway.catalogue
    numbers = {str(number): state for state, number in pathway.numbers.items()}
    known: dict[Missing, Collection[str]] = {
        "treatment": catalogue.treatments,
        "test": catalogue.tests,
        "class": pathway.scope.classes,
        "state": {*pathway.states, *numbers},
    }
    for sort in MISSING if kind is None else (kind,):
        if name not in known[sort]:
            continue
        if sort == "state":
            return sort, set(), {pathway.state_name(name)}
        if sort == "class":
            return sort, set(pathway.scope.classes[name].members), set()
        return sort, {name}, set()
    sorts = known if kind is None else {kind: known[kind]}
    names = {each for sort in sorts for each in known[sort] if each not in numbers}
    raise UnknownNameError(kind or "treatment, test, class or state", name, names)


def is_closed(state: State, missing: AbstractSet[str]) -> bool:
    """Return whether a state cannot be entered: all that happens there, or is on offer, is missing.

    Args:
        state: The state.
        missing: Treatments and tests that are not available.
    """
    if state.offers:
        return all(offer.treatment in missing for offer in state.offers)
    return bool(state.does) and missing >= set(state.does)


def _reached(pathway: ResolvedPathway, net: StepNet, closed: Collection[str]) -> set[str]:
    without = {net.position(name) for name in closed}
    found = reachable(net.after, net.position(pathway.start), without)
    return {net.names[at] for at in found}


def _is_stuck(pathway: ResolvedPathway, state: str, closed: Collection[str]) -> bool:
    ways = pathway.states[state].next
    return bool(ways) and all(way.to in closed for way in ways)


def _lost_offers(pathway: ResolvedPathway, missing: set[str]) -> tuple[LostOffer, ...]:
    return tuple(
        LostOffer(name, offer.treatment)
        for name, state in pathway.states.items()
        for offer in state.offers
        if offer.treatment in missing
    )


def _requiring(pathway: ResolvedPathway, missing: set[str]) -> tuple[str, ...]:
    """Return the treatments of the pathway with a requirement that can no longer be met."""
    used = {each for state in pathway.states.values() for each in state.does}
    used |= {offer.treatment for state in pathway.states.values() for offer in state.offers}
    treatments = pathway.catalogue.treatments
    return tuple(
        name
        for name in sorted((used & treatments.keys()) - missing)
        if any(
            missing.intersection(each.only_after)
            or (each.only_with and missing.issuperset(each.only_with))
            for each in treatments[name].requires
        )
    )


def _in_order(pathway: ResolvedPathway, states: set[str]) -> tuple[str, ...]:
    return tuple(name for name in pathway.states if name in states)
