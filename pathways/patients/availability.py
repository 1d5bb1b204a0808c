"""What closes in a pathway when something cannot be had. Emergency and urgent care never closes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pathways.conditions.scope import Reader
from pathways.graph.availability import is_closed
from pathways.language import say
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Closed

WHY_NOT: Mapping[str, Mapping[Reader, str]] = {
    "distance": {"clinician": "too far away", "patient": "it is too far away"},
    "not_covered": {
        "clinician": "not covered by insurance",
        "patient": "your insurance does not pay for it",
    },
    "not_offered": {
        "clinician": "no clinic offers it",
        "patient": "no clinic near you offers it",
    },
    "not_wanted": {"clinician": "not wanted", "patient": "you do not want it"},
    "contraindicated": {"clinician": "contraindicated", "patient": "it is not safe for you"},
}
"""Why something cannot be had, in words, by the reason a record gives."""


def why_not(reason: str, reader: Reader) -> str:
    """Return in words why something cannot be had; a reason of other words stays as it is.

    Example:
        >>> why_not("distance", "clinician")
        'too far away'
    """
    return say(WHY_NOT[reason][reader]) if reason in WHY_NOT else reason


def reason_for(pathway: ResolvedPathway, name: str, unavailable: Mapping[str, str]) -> str:
    """Return the reason why a treatment, test or state cannot be had; empty where none was given.

    Args:
        pathway: The pathway.
        name: Name of the treatment, test or state.
        unavailable: Why each cannot be had, by name; what is said of the thing itself comes before
            what is said of a class it belongs to.
    """
    classes = pathway.scope.classes
    named = [name, *(each for each in sorted(unavailable) if each in classes)]
    return next(
        (
            unavailable[each]
            for each in named
            if each in unavailable and (each == name or name in classes[each].members)
        ),
        "",
    )


@dataclass(frozen=True, slots=True)
class Unavailability:
    """Everything that cannot be had, and what closes with it.

    Args:
        care: Treatments and tests that cannot be had; of a class, all its members.
        states: States that cannot be entered.
        found: For each thing that cannot be had, what closes.
        kept: States of emergency and urgent care: what they use counts as there.
    """

    care: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    found: tuple[Closed, ...] = ()
    kept: frozenset[str] = frozenset()

    def care_at(self, state: str) -> frozenset[str]:
        """Return what cannot be had at a state: nothing in emergency and urgent care."""
        return frozenset() if state in self.kept else self.care


def closed_by(
    pathway: ResolvedPathway, unavailable: Mapping[str, str], kept: Collection[str]
) -> Unavailability:
    """Return what closes when some things cannot be had.

    Args:
        pathway: The pathway.
        unavailable: Why each cannot be had, by name of a treatment, a test, a class or a state; what
            the pathway does not know closes nothing.
        kept: States of emergency and urgent care, which stay whatever is named.
    """
    if not unavailable:
        return Unavailability()
    safe = {*kept, *(name for name in pathway.states if pathway.urgency_of(name))}
    members = {name: _members(pathway, name) for name in sorted(unavailable)}
    care = frozenset(each for names in members.values() for each in names)
    named = {name for name in unavailable if name in pathway.states}
    states = frozenset(
        name
        for name, state in pathway.states.items()
        if name not in safe and (name in named or is_closed(state, care))
    )
    found = tuple(
        _closed(pathway, name, unavailable[name], members[name], states, safe)
        for name in sorted(unavailable)
    )
    return Unavailability(care, states, found, frozenset(safe))


def _members(pathway: ResolvedPathway, name: str) -> frozenset[str]:
    if name in pathway.scope.classes:
        return frozenset(pathway.scope.classes[name].members)
    known = name in pathway.catalogue.treatments or name in pathway.catalogue.tests
    return frozenset({name}) if known else frozenset()


def _closed(
    pathway: ResolvedPathway,
    name: str,
    why: str,
    members: Collection[str],
    states: Collection[str],
    safe: Collection[str],
) -> Closed:
    using = {
        state: {*record.does, *(offer.treatment for offer in record.offers)} & set(members)
        for state, record in pathway.states.items()
    }
    return Closed(
        name,
        why,
        states=_in_order(pathway, (each for each in states if using[each] or each == name)),
        offers=_in_order(
            pathway,
            (
                each
                for each, used in using.items()
                if used and pathway.states[each].offers and each not in states
            ),
        ),
        kept=_in_order(pathway, (each for each in safe if using[each] or each == name)),
    )


def missing_at(
    pathway: ResolvedPathway, state: str, unavailability: Unavailability
) -> tuple[str, ...]:
    """Return what a closed state needs that cannot be had, sorted; nothing for other states."""
    if state not in unavailability.states:
        return ()
    record = pathway.states[state]
    needed = {*record.does, *(offer.treatment for offer in record.offers)}
    return tuple(sorted(needed & unavailability.care)) or (state,)


def _in_order(pathway: ResolvedPathway, states: Iterable[str]) -> tuple[str, ...]:
    chosen = set(states)
    return tuple(name for name in pathway.states if name in chosen)
