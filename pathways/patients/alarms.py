"""Warning signs of one patient: what interrupts, what has not been asked, what is taken for granted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathways.boxes import Known, reasons
from pathways.boxes.space import meets
from pathways.conditions import KnownValue
from pathways.patients.logic import Alarm, Logic
from pathways.patients.place import Interruption
from pathways.patients.statuses import Standing
from pathways.records.facts import Facts


@dataclass(frozen=True)
class Raised:
    """How a patient stands to the warning signs of a pathway.

    Args:
        logic: The conditions of the pathway.
        standing: What is known, with and without the proviso.
        interruptions: Interrupts that are not ruled out, in their order.
        proviso: Warning signs, not known, that are taken to be absent, in the order of the catalogue.
    """

    logic: Logic
    standing: Standing
    interruptions: tuple[Interruption, ...]
    proviso: tuple[str, ...]

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


def raised_alarms(logic: Logic, facts: Facts) -> Raised:
    """Return how a patient stands to the warning signs of a pathway.

    *Not known* is never *no*: an interrupt that a result would clear stays open until the result is
    known. Signs that nobody has asked about leave an interrupt possible.

    Args:
        logic: The conditions of the pathway.
        facts: What is known of the patient.

    Raises:
        PathwayError: The values contradict what the pathway states of every patient.
    """
    known = logic.known(facts.values)
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
    return Raised(logic, standing, found, proviso)


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
    if not is_open and _waiting_signs(logic, alarm, provided, facts):
        is_open = True
        unsettled = logic.depends_on(provided, alarm.raised, alarm.quiet)
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
    """Return the known warning signs that raise an interrupt: those it would not be raised without."""
    known, provided = both
    named = {name for each in reasons(logic.space, known, alarm.quiet) for name in each}
    signs = tuple(name for name in logic.signs if name in named and name in facts.known)
    return signs or _waiting_signs(logic, alarm, provided, facts)


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
    return tuple(
        tuple((mask & quiet[at] or mask) if at in quiet else mask for at, mask in enumerate(masks))
        for masks in known
    )
