"""Cautions that a record touches: what to watch for with the medicines and care under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pathways.boxes import Known, Status
from pathways.boxes.space import decided
from pathways.model.treatments import Caution
from pathways.patients.place import CautionFound
from pathways.records.facts import Facts
from pathways.semantics.logic import Logic

RECENTLY = dt.timedelta(days=28)
"""So long after it was stopped a medicine can still do harm by its absence."""


def cautions_found(logic: Logic, facts: Facts, known: Known) -> tuple[CautionFound, ...]:
    """Return the cautions that a record touches.

    Args:
        logic: The conditions of the pathway.
        facts: What is known of the patient.
        known: The same as boxes.

    Returns:
        First those whose condition holds, then those that may hold, then medicines under way that
        guidelines advise against, then what holds for everyone who takes something; each in the order
        of the catalogue. Of a medicine stopped in the last weeks those about having stopped it.
    """
    catalogue = logic.pathway.catalogue
    taking = [name for name in catalogue.treatments if name in facts.taking]
    found = [each for name in taking for each in _of_treatment(logic, name, known)]
    found += [
        each
        for name in _just_stopped(logic, facts)
        for each in _of_treatment(logic, name, known)
        if each.status == "certain" and catalogue.treatments[name].cautions[each.index].when
    ]
    for name in logic.pathway.scope.classes:
        members = tuple(
            each for each in taking if each in logic.pathway.scope.classes[name].members
        )
        if members:
            cautions = catalogue.classes[name].cautions
            found += [
                CautionFound(
                    name,
                    "class",
                    each.index,
                    each.status,
                    each.depends_on,
                    members,
                    is_clash=_is_clash(logic, facts, cautions[each.index], each.status, members),
                )
                for each in _applying(logic, name, cautions, known)
            ]
    found += [
        CautionFound(name, "advised_against", -1, "certain", (), (name,))
        for name in taking
        if catalogue.treatments[name].category == "medicine"
        and logic.pathway.badge_of_treatment(name) == "advised_against"
    ]
    return tuple(sorted(found, key=lambda each: _urgency(logic, each)))


def _just_stopped(logic: Logic, facts: Facts) -> Iterator[str]:
    """Yield the medicines that were stopped in the last weeks, or on a day nobody knows."""
    for event in facts.events:
        treatment = logic.pathway.catalogue.treatments.get(event.name)
        if treatment is None or treatment.category != "medicine" or event.status != "stopped":
            continue
        recent = event.last is None or facts.on - event.last <= RECENTLY
        if recent and facts.values.get(f"{event.name}.status") == "stopped":
            yield event.name


def _is_clash(
    logic: Logic, facts: Facts, caution: Caution, status: Status, taking: tuple[str, ...]
) -> bool:
    """Return whether a caution holds because of several things together, and none of them alone."""
    if status != "certain" or caution.when is None:
        return False
    region = logic.space.region(caution.when)
    denied = logic.space.region(caution.when, denied=True)
    others_stopped = {f"{name}.status": "stopped" for name in taking}
    alone = (
        logic.space.known({**facts.values, **others_stopped, f"{name}.status": "now"})
        for name in taking
    )
    return all(decided(each, region, denied) != "certain" for each in alone)


def _of_treatment(logic: Logic, name: str, known: Known) -> Iterator[CautionFound]:
    cautions = logic.pathway.catalogue.treatments[name].cautions
    for each in _applying(logic, name, cautions, known):
        yield CautionFound(name, "treatment", each.index, each.status, each.depends_on, (name,))


def _applying(
    logic: Logic, about: str, cautions: tuple[Caution, ...], known: Known
) -> Iterator[CautionFound]:
    """Yield the cautions of one record that hold, or may hold."""
    for index, caution in enumerate(cautions):
        if caution.when is None:
            yield CautionFound(about, "treatment", index, "certain")
            continue
        inside = logic.space.region(caution.when)
        outside = logic.space.region(caution.when, denied=True)
        status = decided(known, inside, outside)
        if status != "excluded":
            depends_on = logic.depends_on(known, inside, outside)
            yield CautionFound(about, "treatment", index, status, depends_on)


def _urgency(logic: Logic, found: CautionFound) -> int:
    """Return how early a caution is said: what this record triggers comes first."""
    catalogue = logic.pathway.catalogue
    if found.kind == "advised_against":
        return 3
    if found.is_clash:
        return 0
    record = catalogue.classes if found.kind == "class" else catalogue.treatments
    if record[found.about].cautions[found.index].when is None:
        return 4
    return 1 if found.status == "certain" else 2
