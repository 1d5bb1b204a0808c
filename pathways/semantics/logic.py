"""The conditions of one pathway as regions, ready for exact answers about any patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathways.boxes import Box, Known, Region, Space, Status
from pathways.boxes.cells import NO, YES
from pathways.boxes.reasons import reasons
from pathways.boxes.regions import EVERYBODY, NOBODY, intersection, union
from pathways.boxes.space import decided, meets
from pathways.conditions import And, Condition, KnownValue, Named, Or, Scope, findings_in
from pathways.errors import PathwayError
from pathways.graph.steps import reachable, silent_states, step_net
from pathways.model.findings import Finding
from pathways.model.pathway import ResolvedPathway, Way


@dataclass(frozen=True, slots=True)
class Passage:
    """One way on, as regions.

    Args:
        way: The way.
        inside: For whom it is open while no warning sign is there; of ways read in order, whoever
            an earlier one takes is left out.
        outside: For whom it is not.
    """

    way: Way
    inside: Region
    outside: Region


@dataclass(frozen=True, slots=True)
class Alarm:
    """One interrupt, as regions.

    Args:
        index: Position among the interrupts of the pathway.
        raised: For whom it is open.
        quiet: For whom it is not.
        absent: For whom its condition does not hold, whatever has cleared it.
        silent_in: Names of the states in which it does not fire: its target and that one's work-up.
        signs: The warning signs it reads.
        cleared_by: The findings that can clear it.
    """

    index: int
    raised: Region
    quiet: Region
    absent: Region
    silent_in: frozenset[str]
    signs: tuple[str, ...] = ()
    cleared_by: tuple[str, ...] = ()


def signs_in(condition: Condition, scope: Scope) -> tuple[Condition, ...]:
    """Return what counts as a sign, one by one: names of lists of signs are opened.

    Args:
        condition: The condition of an interrupt.
        scope: What it may name.

    Example:
        >>> from pathways.reading.load import load
        >>> safety = load("safety")
        >>> len(signs_in(safety.interrupts[0].when, safety.scope)) > 5
        True
    """
    match condition:
        case Or(parts):
            return tuple(dict.fromkeys(each for part in parts for each in signs_in(part, scope)))
        case Named(name) if name in scope.definitions:
            inner = scope.definitions[name].condition
            return signs_in(inner, scope) if isinstance(inner, (Named, Or)) else (condition,)
        case _:
            return (condition,)


class Logic:
    """The conditions of one pathway as regions.

    Args:
        pathway: The pathway.
        conditions: What will be asked about; None: everything that places a patient.

    Raises:
        TooManyBoxesError: A condition cannot be decided exactly with few enough boxes.

    Example:
        >>> from pathways.reading.load import load
        >>> logic = Logic(load("safety"))
        >>> logic.status_of(load("safety").interrupts[0].when, logic.known({"rf_saddle_numb": True}))
        'certain'
    """

    def __init__(
        self, pathway: ResolvedPathway, conditions: Iterable[Condition] | None = None
    ) -> None:
        self.pathway = pathway
        asked = _conditions(pathway) if conditions is None else conditions
        self.space = Space(pathway.scope, asked)

    def known(self, values: Mapping[str, KnownValue]) -> Known:
        """Return what is known of a patient, together with what is true of every patient.

        Args:
            values: Known values by name of finding.

        Raises:
            PathwayError: The values contradict what the pathway states of every patient.
        """
        known = self.space.known(values)
        if self.facts == EVERYBODY:
            return known
        found = self.space.within(known, self.facts)
        if not found:
            names = " and ".join(reasons(self.space, known, self.facts)[0])
            raise PathwayError(
                f"{names}: these values cannot be together; the pathway '{self.pathway.id}' states "
                "what holds for every patient under 'facts'"
            )
        return found

    @cached_property
    def facts(self) -> Region:
        """What is true of every patient."""
        return intersection([self.space.region(each) for each in self.pathway.facts])

    def status_of(self, condition: Condition, known: Known) -> Status:
        """Return how a patient stands to a condition of the pathway."""
        return self.space.status(condition, known)

    @cached_property
    def passages(self) -> Mapping[str, tuple[Passage, ...]]:
        """The ways on of each state, by its name."""
        return {name: self.passages_of(name) for name in self.pathway.states}

    def passages_of(self, state: str) -> tuple[Passage, ...]:
        """Return the ways on of one state as regions.

        Raises:
            TooManyBoxesError: They cannot be decided exactly with few enough boxes.
        """
        return tuple(self._passages(state))

    def _passages(self, state: str) -> Iterator[Passage]:
        space = self.space
        first = self.pathway.states[state].choose == "first"
        left: Region = EVERYBODY
        taken: Region = NOBODY
        for way in self.pathway.ways_from(state):
            inside = space.region(way.transition.when)
            outside = space.region(way.transition.when, denied=True)
            if not first:
                yield Passage(way, inside, outside)
                continue
            yield Passage(way, intersection([left, inside]), union([taken, outside]))
            left = intersection([left, outside])
            taken = union([taken, inside])

    @cached_property
    def into(self) -> Mapping[str, tuple[Way, ...]]:
        """The ways into each state, by its name."""
        found: dict[str, list[Way]] = {name: [] for name in self.pathway.states}
        for way in self.pathway.ways:
            found[way.target].append(way)
        return {name: tuple(ways) for name, ways in found.items()}

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """The interrupts, emergency first."""
        silent = silent_states(self.pathway)
        found = []
        for index, each in enumerate(self.pathway.interrupts):
            raised = [self.space.region(each.when)]
            absent = self.space.region(each.when, denied=True)
            quiet = [absent]
            if each.until is not None:
                raised.append(self.space.region(each.until, denied=True))
                quiet.append(self.space.region(each.until))
            region = intersection(raised)
            clearing = findings_in(each.until, self.pathway.scope) if each.until else ()
            found.append(
                Alarm(
                    index,
                    region,
                    union(quiet),
                    absent,
                    silent[index],
                    self._signs_in(region),
                    tuple(clearing),
                )
            )
        return tuple(found)

    def _signs_in(self, region: Region) -> tuple[str, ...]:
        """Return the warning signs that a region reads, in the order of the catalogue."""
        read = {self.space.variables[at].finding for box in region for at, _ in box}
        findings = self.pathway.catalogue.findings
        return tuple(name for name, each in findings.items() if name in read and is_sign(each))

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """The warning signs that interrupts read, in the order of the catalogue."""
        boxes = [box for alarm in self.alarms for box in (*alarm.raised, *alarm.quiet)]
        return self._signs_in(tuple(boxes))

    @cached_property
    def soon_signs(self) -> tuple[str, ...]:
        """The findings it reads that can be signs of level ``soon``, in the order of the catalogue."""
        findings = self.pathway.catalogue.findings
        return tuple(
            name
            for name, each in findings.items()
            if name in self.space.of_finding
            and "soon" in {each.level, *(option.level for option in (each.options or {}).values())}
        )

    @cached_property
    def _times(self) -> frozenset[int]:
        """The variables of findings that go on with the calendar."""
        findings = self.pathway.catalogue.findings
        return frozenset(
            at
            for at, variable in enumerate(self.space.variables)
            if variable.finding in findings and findings[variable.finding].kind == "time"
        )

    def quiet_cells(self, finding: str, option: str) -> int:
        """Return the cells of a warning sign that raise no alarm, as bits.

        Args:
            finding: Name of a warning sign.
            option: The value, for a several-of finding; else empty.
        """
        record = self.pathway.catalogue.findings[finding]
        options = record.options or {}
        if record.type == "one_of":
            quiet = [name for name, each in options.items() if each.level is None]
            variable = self.space.variables[self.space.of_finding[finding][""]]
            return sum(variable.of_word(name) for name in quiet)
        is_raised = record.level is not None or (option in options and options[option].level)
        return NO if is_raised else NO | YES

    @cached_property
    def gates(self) -> Mapping[str, tuple[str, ...]]:
        """For each state, the decisions about lasting facts that every way to it passes.

        In reading order: decisions whose conditions read only findings that care does not change, so
        that today's answers still say who may pass.
        """
        net = step_net(self.pathway)
        start = net.position(self.pathway.start)
        found: dict[str, tuple[str, ...]] = dict.fromkeys(net.names, ())
        for gate in self._gates:
            around = reachable(net.after, start, {net.position(gate)})
            for at, name in enumerate(net.names):
                if at not in around and name != gate:
                    found[name] = (*found[name], gate)
        return found

    @cached_property
    def _gates(self) -> tuple[str, ...]:
        findings = self.pathway.catalogue.findings
        lasting = {
            name
            for name, each in findings.items()
            if each.kind in {"trait", "watch", "time"} and not is_sign(each)
        }
        return tuple(
            name
            for name, state in self.pathway.states.items()
            if state.kind == "decision" and self._read_at(name) <= lasting
        )

    def until_today(self, known: Known) -> Known:
        """Return what may have been known on any day so far: a time was shorter then.

        Args:
            known: What is known today.
        """
        times = self._times
        return tuple(
            tuple(
                (1 << mask.bit_length()) - 1 if at in times else mask
                for at, mask in enumerate(masks)
            )
            for masks in known
        )

    def _read_at(self, state: str) -> set[str]:
        boxes = [box for each in self.passages[state] for box in (*each.inside, *each.outside)]
        return {self.space.variables[at].finding for box in boxes for at, _ in box}

    def statuses(
        self, state: str, known: Known, provided: Known, loud: frozenset[int] = frozenset()
    ) -> tuple[tuple[Status, Status], ...]:
        """Return, for each way on of a state, its status under the proviso and whatever is unknown.

        Args:
            state: Name of the state.
            known: What is known.
            provided: The same, provided that no warning sign is there that was not asked about.
            loud: Positions of the interrupts that may be open, going by what is known.

        Returns:
            Pairs in the order of the ways. While something may interrupt, none is certain whatever
            is unknown.
        """
        may_interrupt = any(state not in self.alarms[index].silent_in for index in loud)
        found: list[tuple[Status, Status]] = []
        for passage in self.passages[state]:
            whatever = decided(known, passage.inside, passage.outside)
            if may_interrupt and whatever == "certain":
                whatever = "possible"
            found.append((decided(provided, passage.inside, passage.outside), whatever))
        return tuple(found)

    def needed(self, region: Region, finding: str) -> Condition | None:
        """Return what a region asks of one finding; None when some of its boxes ask nothing of it.

        Args:
            region: A region.
            finding: Name of a finding.
        """
        options = self.space.of_finding[finding].values()
        parts: list[Condition] = []
        for at in options:
            mask = 0
            for box in region:
                mask |= dict(box).get(at, self.space.full[at])
            if mask and mask != self.space.full[at]:
                parts.append(self.space.variables[at].condition(mask))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def signs_in(self, condition: Condition) -> tuple[Condition, ...]:
        """Return what counts as a sign, one by one; see :func:`signs_in`.

        Args:
            condition: The condition of an interrupt.
        """
        return signs_in(condition, self.pathway.scope)

    def pivotal(self, known: Known, inside: Region, outside: Region) -> tuple[str, ...]:
        """Return the findings that can make the difference between inside and outside.

        Exact: a finding is among them when two patients who fit what is known, and differ in
        nothing else, stand on different sides.

        Args:
            known: What is known.
            inside: A region.
            outside: All that lies outside it.

        Returns:
            Names of findings, sorted; nothing when it is decided already.
        """
        found: set[str] = set()
        for masks in known:
            left = [box for box in inside if fits(masks, box)]
            right = [dict(box) for box in outside if fits(masks, box)]
            for box in left:
                for other in right:
                    apart = {
                        self.space.variables[at].finding
                        for at, mask in box
                        if at in other and not masks[at] & mask & other[at]
                    }
                    if len(apart) == 1:
                        found |= apart
        return tuple(sorted(found))

    def depends_on(self, known: Known, inside: Region, outside: Region) -> tuple[str, ...]:
        """Return the findings, not fully known, that can still decide between inside and outside.

        Args:
            known: What is known.
            inside: A region.
            outside: All that lies outside it.

        Returns:
            Names of findings, sorted; nothing when it is decided already.
        """
        if not (meets(known, inside) and meets(known, outside)):
            return ()
        unsettled: set[int] = set()
        for region in (inside, outside):
            _add_unsettled(unsettled, known, region)
        return tuple(sorted({self.space.variables[at].finding for at in unsettled}))


def is_sign(finding: Finding) -> bool:
    """Return whether a finding, or one of its values, is a warning sign."""
    options = (finding.options or {}).values()
    return finding.level is not None or any(each.level is not None for each in options)


def fits(masks: tuple[int, ...], box: Box) -> bool:
    """Return whether a patient of whom so much is known can be in a box."""
    for at, mask in box:  # noqa: SIM110 - asked very often, and quicker so
        if not masks[at] & mask:
            return False
    return True


def _add_unsettled(found: set[int], known: Known, region: Region) -> None:
    """Add the variables that are still open in the boxes of a region the patient may be in."""
    for masks in known:
        for box in region:
            if fits(masks, box):
                found.update([at for at, mask in box if masks[at] & ~mask])


def moving_conditions(pathway: ResolvedPathway) -> Iterator[Condition]:
    """Yield every condition that says who may move: ways, interrupts, facts, offers."""
    for way in pathway.ways:
        yield way.transition.when
    for each in pathway.interrupts:
        yield each.when
        if each.until is not None:
            yield each.until
    yield from pathway.facts
    for state in pathway.states.values():
        yield from (offer.when for offer in state.offers if offer.when is not None)


def _conditions(pathway: ResolvedPathway) -> Iterator[Condition]:
    """Yield every condition that is asked about: who may move, cautions, what it concerns."""
    yield from moving_conditions(pathway)
    for whom in (pathway.document.concerns, pathway.document.entry):
        if whom is not None:
            yield whom
    catalogue = pathway.catalogue
    cautions = [
        *(each for record in catalogue.treatments.values() for each in record.cautions),
        *(each for record in catalogue.tests.values() for each in record.cautions),
        *(each for record in catalogue.classes.values() for each in record.cautions),
    ]
    yield from (each.when for each in cautions if each.when is not None)
    for treatment in catalogue.treatments.values():
        yield from (each.only_if for each in treatment.requires if each.only_if is not None)
