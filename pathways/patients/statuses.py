"""How a patient stands to the ways on of a state and to what it offers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from pathways.boxes import Known, Region, Status, reasons
from pathways.boxes.space import decided
from pathways.model.states import Offer
from pathways.patients.place import OfferStatus, Reasons, WayStatus
from pathways.records.facts import Facts
from pathways.semantics.logic import Logic


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a patient, with and without the proviso.

    Args:
        known: What is known.
        provided: The same, provided that no warning sign is there that was not asked about.
        loud: Positions of the interrupts that may be open, going by what is known.
    """

    known: Known
    provided: Known
    loud: frozenset[int] = frozenset()


def way_statuses(
    logic: Logic,
    state: str,
    standing: Standing,
    missing: Callable[[str], tuple[str, ...]],
) -> tuple[WayStatus, ...]:
    """Return how a patient stands to every way on of a state, in order.

    Args:
        logic: The conditions of the pathway.
        state: Name of the state.
        standing: What is known there.
        missing: What a state needs that cannot be had, by name of the state.
    """
    statuses = logic.statuses(state, standing.known, standing.provided, standing.loud)
    found = []
    for passage, (provided, whatever) in zip(logic.passages[state], statuses, strict=True):
        found.append(
            WayStatus(
                way=passage.way.key,
                source=state,
                target=passage.way.target,
                provided=provided,
                whatever=whatever,
                reasons=why(logic, standing.provided, provided, passage.inside, passage.outside),
                depends_on=logic.pivotal(standing.provided, passage.inside, passage.outside)
                if provided == "possible"
                else (),
                unavailable=missing(passage.way.target),
            )
        )
    return tuple(found)


def offer_statuses(
    logic: Logic, state: str, standing: Standing, facts: Facts, unavailable: Collection[str]
) -> tuple[OfferStatus, ...]:
    """Return how a patient stands to every treatment that a state offers, or is for, in order.

    Args:
        logic: The conditions of the pathway.
        state: Name of a panel, or of an action: what happens there needs no further condition.
        standing: What is known there.
        facts: What is known of the patient, for the history of each treatment.
        unavailable: Treatments that cannot be had.
    """
    record = logic.pathway.states[state]
    done_here = [name for name in record.does if name in logic.pathway.catalogue.treatments]
    listed = [*record.offers, *(Offer(treatment=name) for name in done_here)]
    return tuple(_offer_status(logic, state, each, standing, facts, unavailable) for each in listed)


def _offer_status(
    logic: Logic,
    state: str,
    offer: Offer,
    standing: Standing,
    facts: Facts,
    unavailable: Collection[str],
) -> OfferStatus:
    so_far = facts.values.get(f"{offer.treatment}.status")
    found = OfferStatus(
        state,
        offer.treatment,
        "certain",
        so_far=so_far if isinstance(so_far, str) else None,
        is_unavailable=offer.treatment in unavailable,
    )
    if offer.when is None:
        return found
    inside = logic.space.region(offer.when)
    outside = logic.space.region(offer.when, denied=True)
    status = decided(standing.provided, inside, outside)
    return replace(
        found,
        status=status,
        reasons=why(logic, standing.provided, status, inside, outside),
        depends_on=logic.pivotal(standing.provided, inside, outside)
        if status == "possible"
        else (),
    )


def why(logic: Logic, known: Known, status: Status, inside: Region, outside: Region) -> Reasons:
    """Return the smallest reasons for a status; nothing where it is open, or needs no reason.

    Args:
        logic: The conditions of the pathway.
        known: What is known.
        status: The status.
        inside: For whom the condition holds.
        outside: For whom it does not.
    """
    if status == "possible":
        return ()
    found = reasons(logic.space, known, outside if status == "certain" else inside)
    return tuple(each for each in found if each)
