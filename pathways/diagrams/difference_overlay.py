"""A difference of two versions drawn: the new version with marks, and what is gone as ghosts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pathways.conditions.scope import Reader
from pathways.diagrams.extract import extract
from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Mark, Overlay
from pathways.differences.model import Differences, Shift
from pathways.differences.pairs import Pairs
from pathways.model.pathway import ResolvedPathway

GONE = "/gone"
"""How the name of a way ends that the new version does not have."""

SUBTITLE = "What changed from {old} to {new}"
WAS_STEP = "step {number} in {version}"
GOES_ELSEWHERE = "some patients go elsewhere now"
CARE = "what happens or is on offer there differs"
KEYS = "described in another way"
EVIDENCE = "evidence differs"
WORDS = "words differ"
WAS_CALLED = "was called {name}"
ALARM_WORDS = {"added": "new", "removed": "removed", "changed": "changed"}


def difference_diagram(
    found: Differences,
    old: ResolvedPathway,
    new: ResolvedPathway,
    reader: Reader = "clinician",
) -> Diagram:
    """Return the new version with what is new and changed marked, and what is gone as ghosts.

    Args:
        found: What differs.
        old: The old version.
        new: The new one.
        reader: Whom the words are for.

    Returns:
        The whole pathway. A way that leads elsewhere now stands there twice: as it was, removed, and
        as it is, changed. Alarms say in words what became of them.

    Example:
        >>> from pathways.differences.compare import differences
        >>> from pathways.reading.load import load
        >>> safety = load("safety")
        >>> difference_diagram(differences(safety, safety), safety, safety).overlay.boxes
        {}
    """
    return _Painter(found, old, new, reader).diagram()


@dataclass
class _Painter:
    """Two versions, on their way to one diagram."""

    found: Differences
    old: ResolvedPathway
    new: ResolvedPathway
    reader: Reader
    boxes: dict[str, Mark] = field(default_factory=dict)
    arrows: dict[str, Mark] = field(default_factory=dict)
    notes: dict[str, dict[str, None]] = field(default_factory=dict)

    def diagram(self) -> Diagram:
        self.pairs = Pairs(self.old, self.new, self.found.matched)
        self.before = extract(self.old, reader=self.reader)
        now = extract(self.new, reader=self.reader)
        self.states()
        self.ways()
        ghosts = tuple(self.ghosts(now))
        gone = tuple(self.gone_ways())
        subtitle = SUBTITLE.format(old=self.found.old.number, new=self.found.new.number)
        return replace(
            now,
            subtitle=subtitle,
            boxes=self.placed(now.boxes, ghosts),
            arrows=(*now.arrows, *gone),
            alarms=tuple(self.alarms(now)),
            part="difference",
            overlay=Overlay(
                dict(sorted(self.boxes.items())),
                dict(sorted(self.arrows.items())),
                notes={name: ", ".join(said) for name, said in sorted(self.notes.items())},
            ),
        )

    def note(self, state: str, words: str) -> None:
        self.boxes.setdefault(state, "changed")
        self.notes.setdefault(state, {})[words] = None

    def states(self) -> None:
        """Mark what is new, and say of the rest what is another thing there."""
        found = self.found
        for name in self.new.states:
            if name not in found.matched:
                self.boxes[name] = "added"
        for shift in self.own_shifts():
            for name in shift.states:
                self.note(name, GOES_ELSEWHERE)
        for name in self.with_other_care():
            self.note(name, CARE)
        self.descriptions()

    def descriptions(self) -> None:
        """Say of steps what is described, cited or worded in another way."""
        found = self.found
        for each in found.structure:
            if each.kind == "state" and each.what == "changed":
                self.note(each.name, KEYS)
            elif each.kind == "state" and each.what == "renamed":
                self.note(each.name, WAS_CALLED.format(name=each.old))
        for evidence in found.evidence:
            self.element(evidence.where, EVIDENCE)
        for text in found.texts:
            if text.reader in {"both", self.reader}:
                self.element(text.where, WORDS)

    def own_shifts(self) -> Iterator[Shift]:
        """Yield who goes on to elsewhere by the ways of a step; alarms have no line of their own."""
        for shift in self.found.shifts:
            if shift.old.alarm is None and shift.new.alarm is None:
                yield shift

    def with_other_care(self) -> Iterator[str]:
        """Yield the steps where something else happens, or is on offer to others."""
        yield from (effect.state for effect in self.found.effects)
        yield from (each.state for each in self.found.memberships if each.state)

    def element(self, where: str, words: str) -> None:
        section, _, rest = where.partition(".")
        name = rest.partition(".")[0]
        if section == "states" and name in self.new.states:
            self.note(name, words)

    def ways(self) -> None:
        """Mark ways that are new, lead elsewhere, or are open to others than before."""
        changed = set(self.changed_ways())
        for name, state in self.new.states.items():
            for index in range(len(state.next)):
                key = f"{name}/{index}"
                if name not in self.found.matched:
                    self.arrows[key] = "added"
                elif key in changed:
                    self.arrows[key] = "changed"
        for pairs in self.pairs.ways.values():
            for one, two in pairs:
                if one is None and two is not None:
                    self.arrows[two.key] = "added"

    def changed_ways(self) -> Iterator[str]:
        for each in self.found.structure:
            if each.kind == "way" and each.what == "changed":
                yield each.name
        for shift in self.own_shifts():
            old = {self.pairs.target(name) for name in shift.old.states}
            differing = old ^ set(shift.new.states)
            for name in shift.states:
                ways = self.new.ways_from(name)
                yield from (way.key for way in ways if way.target in differing)

    def ghosts(self, now: Diagram) -> Iterator[Box]:
        """Yield the steps that are gone, as they were."""
        groups = {group.name for group in now.groups}
        for box in self.before.boxes:
            if box.name in self.pairs.called:
                continue
            self.boxes[box.name] = "removed"
            was = WAS_STEP.format(number=box.number, version=self.found.old.number)
            self.notes[box.name] = {was: None}
            yield replace(
                box, group=box.group if box.group in groups else None, is_start=False, disputes=()
            )

    def placed(self, boxes: tuple[Box, ...], ghosts: tuple[Box, ...]) -> tuple[Box, ...]:
        """Return all boxes in reading order: a ghost after what it came after."""
        ordered = list(boxes)
        order = list(self.old.states)
        for ghost in ghosts:
            before = order[: order.index(ghost.name)]
            known = [self.pairs.called.get(name, name) for name in before]
            names = [box.name for box in ordered]
            at = max((names.index(name) + 1 for name in known if name in names), default=0)
            ordered.insert(at, ghost)
        return tuple(ordered)

    def gone_ways(self) -> Iterator[Arrow]:
        """Yield the ways that are gone, or that led to somewhere else."""
        stays = {
            one.key
            for pairs in self.pairs.ways.values()
            for one, two in pairs
            if one is not None and two is not None and self.pairs.target(one.target) == two.target
        }
        for arrow in self.before.arrows:
            if arrow.name in stays:
                continue
            name = arrow.name + GONE
            self.arrows[name] = "removed"
            called = self.pairs.called
            yield replace(
                arrow,
                name=name,
                source=called.get(arrow.source, arrow.source),
                target=called.get(arrow.target, arrow.target),
                order=0,
            )

    def alarms(self, now: Diagram) -> Iterator[Alarm]:
        """Yield the alarms with what became of them; those that are gone come last."""
        changed = self.changed_alarms()
        added = {two for one, two in self.pairs.interrupts if one is None}
        for index, alarm in enumerate(now.alarms):
            if index in added:
                yield _said(alarm, "added")
            else:
                yield _said(alarm, "changed") if index in changed else alarm
        for one, two in self.pairs.interrupts:
            if two is None and one is not None:
                alarm = self.before.alarms[one]
                yield replace(_said(alarm, "removed"), name=f"{alarm.name}{GONE}")

    def changed_alarms(self) -> set[int | None]:
        """Return the positions of alarms that take others than before."""
        positions: set[int | None] = {
            int(each.name.removeprefix("interrupts[").rstrip("]"))
            for each in self.found.structure
            if each.kind == "interrupt" and each.what == "changed"
        }
        called = dict(self.pairs.interrupts)
        for shift in self.found.shifts:
            if shift.causes:
                positions |= {shift.new.alarm, called.get(shift.old.alarm)}
        return positions


def _said(alarm: Alarm, what: str) -> Alarm:
    return replace(alarm, label=f"{alarm.label} ({ALARM_WORDS[what]})")
