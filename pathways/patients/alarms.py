"""Warning signs of one patient: what interrupts, what has not been asked, what is taken for granted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathways.boxes import Known, reasons
from pathways.boxes.space import meets
from pathways.conditions import KnownValue
from pathways.model.findings import Finding
from pathways.patients.place import Interruption
from pathways.patients.statuses import Standing
from pathways.records.facts import Facts
from pathways.semantics.logic import Alarm, Logic


@dataclass(frozen=True)
class Raised:
    """How a patient stands to the warning signs of a pathway.

    Args:
        logic: The conditions of the pathway.
        standing: What is known, with and without the proviso.
        interruptions: Interrupts that are not ruled out, in their order.
        proviso: Warning signs, not known, that are taken to be absent, in the order of the catalogue.
        values: What is known, without results that are too old to clear a sign.
        soon: Signs that are there and interrupt nothing: a reason to tell the clinician soon.
    """

    logic: Logic
    standing: Standing
    interruptions: tuple[Interruption, ...]
    proviso: tuple[str, ...]
    values: Mapping[str, KnownValue]
    soon: tuple[str, ...]

    @property
    def first(self) -> Interruption | None:
        """The interrupt that is open now, if one is."""
        return next((each for each in self.interruptions if each.status == "certain"), None)

    def standing_with(self, values: Mapping[str, KnownValue]) -> Standing:
        """Return the same with other values; the warning signs stay as they are."""
        known = self.logic.known(values)
        return Standing(
            known, provided_no_sign(self.logic, known, self.proviso), self.standing.loud
        )


def raised_alarms(logic: Logic, facts: Facts, since: dt.date | None = None) -> Raised:
    """Return how a patient stands to the warning signs of a pathway.

    *Not known* is never *no*: an interrupt that a result would clear stays open until the result is
    known. Signs that nobody has asked about leave an interrupt possible.

    Args:
        logic: The conditions of the pathway.
        facts: What is known of the patient.
        since: When this episode began, or None: a result from before clears nothing in it.

    Raises:
        PathwayError: The values contradict what the pathway states of every patient.
    """
    outdated = _outdated(logic, facts, since)
    values = {name: value for name, value in facts.values.items() if name not in outdated}
    known = logic.known(values)
    loud = [alarm for alarm in logic.alarms if meets(known, alarm.raised)]
    unknown = [logic.depends_on(known, alarm.raised, alarm.quiet) for alarm in loud]
    # All of them, not only those that can still interrupt: what is provided stays the same then,
    # whatever else is learned.
    proviso = tuple(name for name in logic.signs if _is_open(logic, known, name))
    provided = provided_no_sign(logic, known, proviso)
    both = (known, provided)
    found = tuple(
        _interruption(logic, alarm, both, names, facts)
        for alarm, names in zip(loud, unknown, strict=True)
    )
    standing = Standing(known, provided, frozenset(alarm.index for alarm in loud))
    return Raised(logic, standing, found, proviso, values, _soon(logic, facts))


def _outdated(logic: Logic, facts: Facts, since: dt.date | None) -> frozenset[str]:
    """Return the results that cannot clear an interrupt: they are older than the sign, or the episode."""
    found: set[str] = set()
    for alarm in logic.alarms:
        if not alarm.cleared_by:
            continue
        said = [
            facts.known[name].since
            for name in alarm.signs
            if name in facts.known and facts.known[name].since is not None
        ]
        newest = max([day for day in (*said, since) if day is not None], default=None)
        for name in alarm.cleared_by:
            fact = facts.known.get(name)
            if newest and fact and fact.on and fact.on < newest:
                found.add(name)
    return frozenset(found)


def _soon(logic: Logic, facts: Facts) -> tuple[str, ...]:
    """Return the signs of level ``soon`` that are there, in the order of the catalogue."""
    findings = logic.pathway.catalogue.findings
    return tuple(
        name
        for name in logic.soon_signs
        if name in facts.known and _is_soon(findings[name], facts.known[name].value)
    )


def _is_soon(record: Finding, value: KnownValue) -> bool:
    if isinstance(value, bool):
        return value and record.level == "soon"
    chosen = [name for name, yes in value.items() if yes] if isinstance(value, Mapping) else [value]
    options = record.options or {}
    return any(name in options and options[str(name)].level == "soon" for name in chosen)


def _is_open(logic: Logic, known: Known, sign: str) -> bool:
    """Return whether it is not known of a sign, or of one of its values, that it is absent or there."""
    return any(
        masks[at] & ~logic.quiet_cells(sign, option) and masks[at] & logic.quiet_cells(sign, option)
        for masks in known
        for option, at in logic.space.of_finding[sign].items()
    )


def _interruption(
    logic: Logic, alarm: Alarm, both: tuple[Known, Known], unknown: tuple[str, ...], facts: Facts
) -> Interruption:
    """Return how a patient stands to one interrupt that may be open.

    Args:
        logic: The conditions of the pathway.
        alarm: The interrupt.
        both: What is known, without and with the proviso.
        unknown: Findings, not known, that can still decide it.
        facts: What is known of the patient.
    """
    interrupt = logic.pathway.interrupts[alarm.index]
    known, provided = both
    not_cleared: tuple[str, ...] = ()
    is_open = not meets(known, alarm.quiet)
    is_there = not meets(known, alarm.absent)
    if not is_open and (is_there or _waiting_signs(logic, alarm, provided, facts)):
        is_open = True
        unsettled = logic.pivotal(provided, alarm.raised, alarm.quiet)
        not_cleared = tuple(name for name in unsettled if name not in logic.signs)
    signs = _signs(logic, alarm, both, facts) if is_open else ()
    return Interruption(
        index=alarm.index,
        to=interrupt.to,
        level=interrupt.level,
        status="certain" if is_open else "possible",
        signs=signs,
        presumed=tuple(name for name in signs if facts.known[name].presumed),
        unasked=tuple(name for name in logic.signs if name in unknown),
        not_cleared=not_cleared,
    )


def _signs(logic: Logic, alarm: Alarm, both: tuple[Known, Known], facts: Facts) -> tuple[str, ...]:
    """Return what is known and raises an interrupt: what it would not be raised without."""
    known, provided = both
    named = {name for each in reasons(logic.space, known, alarm.quiet) for name in each}
    signs = tuple(name for name in logic.signs if name in named and name in facts.known)
    signs = signs or _waiting_signs(logic, alarm, provided, facts)
    # An interrupt may also read what is no warning sign.
    named = named or {name for each in reasons(logic.space, known, alarm.absent) for name in each}
    return signs or tuple(name for name in sorted(named) if name in facts.known)


def _waiting_signs(logic: Logic, alarm: Alarm, provided: Known, facts: Facts) -> tuple[str, ...]:
    """Return the known warning signs that raise an interrupt as long as no result clears them."""
    named = {
        logic.space.variables[at].finding
        for masks in provided
        for box in alarm.raised
        if all(masks[at] & mask for at, mask in box)
        for at, mask in box
        if not masks[at] & ~mask
    }
    return tuple(name for name in logic.signs if name in named and name in facts.known)


def provided_no_sign(logic: Logic, known: Known, signs: Iterable[str]) -> Known:
    """Return what is known, provided that some warning signs are absent.

    Args:
        logic: The conditions of the pathway.
        known: What is known.
        signs: Names of findings; what is known of them stays.
    """
    quiet: dict[int, int] = {}
    for name in signs:
        for option, at in logic.space.of_finding[name].items():
            quiet[at] = logic.quiet_cells(name, option)
    if not quiet:
        return known
    # A sign that is known to be there stays; of other boxes those with a sign are left out.
    there = {at for at, mask in quiet.items() if not any(masks[at] & mask for masks in known)}
    quiet = {at: mask for at, mask in quiet.items() if at not in there}
    found = [
        tuple(mask & quiet.get(at, mask) for at, mask in enumerate(masks))
        for masks in known
        if all(masks[at] & mask for at, mask in quiet.items())
    ]
    return tuple(dict.fromkeys(found)) or known
