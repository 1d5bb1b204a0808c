"""The differences of two versions in words that a clinician can review, as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pathways.conditions import (
    And,
    Condition,
    Has,
    Named,
    Not,
    describe,
    describe_value,
    findings_in,
    title_of,
)
from pathways.conditions.nodes import Always
from pathways.differences.common import common_scope
from pathways.differences.model import (
    SECTIONS,
    Differences,
    EffectChange,
    EvidenceChange,
    FindingChange,
    Group,
    Membership,
    Outcome,
    Section,
    Shift,
    Side,
    StructureChange,
    TextChange,
    ThresholdChange,
)
from pathways.model.pathway import NOT_ADVICE, ResolvedPathway
from pathways.semantics.logic import is_sign

HEADINGS: dict[Section, str] = {
    "meaning": "Who is treated differently",
    "structure": "Parts that came, went or changed",
    "texts": "Words",
    "evidence": "Evidence",
}
SAME = "Nothing differs."
NOBODY = "Nobody is treated differently."
MOST_PARTS = 6
"""So many findings of alternatives are told one by one; of more it is said which they are about."""

MOST_SIGNS = 2
"""So many signs that are not there are named; of more it is said that there is no other sign."""


@dataclass(frozen=True, slots=True)
class Item:
    """One difference in words.

    Args:
        words: What differs.
        details: More about it, one sentence each.
    """

    words: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionSaid:
    """Differences of one sort.

    Args:
        name: Which sort: ``meaning``, ``structure``, ``texts`` or ``evidence``.
        heading: What stands above them.
        items: One by one; none: nothing differs.
    """

    name: Section
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class DifferencesSaid:
    """The differences of two versions in words.

    Args:
        heading: Which versions of which pathway.
        summary: How much differs, in a sentence.
        sections: The differences by sort; empty ones are left out.
        notes: What to know about the comparison.
    """

    heading: str
    summary: str
    sections: tuple[SectionSaid, ...]
    notes: tuple[str, ...]


def said_differences(
    found: Differences,
    old: ResolvedPathway,
    new: ResolvedPathway,
    only: Collection[Section] = SECTIONS,
) -> DifferencesSaid:
    """Return the differences of two versions in words for a clinician.

    Args:
        found: What differs.
        old: The old version.
        new: The new one.
        only: The sorts of differences to tell.

    Example:
        >>> from pathways.differences.compare import differences
        >>> from pathways.reading.load import load
        >>> safety = load("safety")
        >>> said_differences(differences(safety, safety), safety, safety).summary
        'Nothing differs.'
    """
    words = _Words(found, old, new)
    sections = tuple(words.section(name) for name in SECTIONS if name in only and found.has(name))
    return DifferencesSaid(words.heading(), _summary(found, only), sections, words.notes(only))


def _summary(found: Differences, only: Collection[Section]) -> str:
    if not any(found.has(name) for name in only):
        return SAME if tuple(only) == SECTIONS else f"Nothing differs in {', '.join(only)}."
    return NOBODY if "meaning" in only and found.is_same_in_meaning else ""


class _Words:
    """Two versions, on their way to words."""

    def __init__(self, found: Differences, old: ResolvedPathway, new: ResolvedPathway) -> None:
        self.found = found
        self.pathways: dict[Side, ResolvedPathway] = {"old": old, "new": new}
        self.numbers: dict[Side, str] = {"old": found.old.number, "new": found.new.number}
        if found.old.number == found.new.number:
            self.numbers = {"old": "the old version", "new": "the new version"}
        self.scope = common_scope(old.scope, new.scope)

    def heading(self) -> str:
        old, new = self.found.old, self.found.new
        if old.id != new.id:
            return f"{old.title} ({old.id} {old.number}) -> {new.title} ({new.id} {new.number})"
        return f"{new.title} ({new.id}): {old.number} -> {new.number}"

    def notes(self, only: Collection[Section]) -> tuple[str, ...]:
        found = self.found
        notes: list[str] = []
        count = len(found.rewritten)
        if count:
            one = count == 1
            notes.append(
                f"{count} condition{'' if one else 's'} {'is' if one else 'are'} written in another "
                f"way and mean{'s' if one else ''} the same."
            )
        if "meaning" in only and found.has("meaning"):
            notes += found.assumptions
        return (*notes, NOT_ADVICE)

    def section(self, name: Section) -> SectionSaid:
        found = self.found
        items: list[Item] = []
        match name:
            case "meaning":
                items = [*self._meaning()]
            case "structure":
                items = [Item(self._structure(each)) for each in found.structure]
                if not found.has("meaning"):
                    items += [Item(self._finding(each)) for each in found.findings]
            case "texts":
                items = [Item(self._text(each)) for each in found.texts]
            case _:
                items = [Item(self._evidence(each)) for each in found.evidence]
        return SectionSaid(name, HEADINGS[name], tuple(items))

    def _meaning(self) -> Iterator[Item]:
        found = self.found
        caused = {name for shift in found.shifts for name in shift.causes}
        caused |= {name for each in found.memberships for name in each.causes}
        named = [each for each in found.memberships if each.subject == "definition"]
        for each in named:
            yield self._definition(each)
        for name in sorted(caused - {each.name for each in named}):
            yield Item(f"{name[:1].upper()}{name[1:]} has other members", self._led_to(name))
        yield from (self._shift(each) for each in found.shifts if not each.causes)
        for each in found.memberships:
            if each.subject != "definition" and not each.causes:
                yield self._membership(each)
        yield from (Item(self._effect(each)) for each in found.effects)
        yield from (Item(self._finding(each)) for each in found.findings)
        yield from (Item(self._threshold(each)) for each in found.thresholds)
        yield from (Item(self._structure(each)) for each in found.structure if each.means)
        for undecided in found.undecided:
            yield Item(f"Not decided at {self._element(undecided.where)}: {undecided.why}")

    def _definition(self, each: Membership) -> Item:
        definition = self.pathways["new"].definitions[each.name]
        title = definition.title.clinician if definition.title else each.name
        parts = []
        if each.lost:
            parts.append(f"no longer counts {self._people(each.lost)}")
        if each.gained:
            parts.append(f"now also counts {self._people(each.gained)}")
        led = self._led_to(each.name)
        if not led:
            led = ("No step sends anybody elsewhere because of it.",)
        return Item(f"'{title}' ({each.name}) {' and '.join(parts)}", led)

    def _led_to(self, cause: str) -> tuple[str, ...]:
        """Return what a changed name leads to at the steps that rest on it."""
        shifts = [each for each in self.found.shifts if cause in each.causes]
        others = [each for each in self.found.memberships if cause in each.causes]
        return (
            *(self._shift(each).words for each in shifts),
            *(self._membership(each).words for each in others),
        )

    def _shift(self, shift: Shift) -> Item:
        old, new = self._outcome("old", shift.old), self._outcome("new", shift.new)
        words = (
            f"{self._where(shift)}: {self._people(shift.group)} {old} in {self.numbers['old']}; "
            f"in {self.numbers['new']} {new}"
        )
        if shift.reached is False:
            words += " (nobody gets there)"
        return Item(words, self._example(shift.group))

    def _where(self, shift: Shift) -> str:
        steps = [self._step("new", name) for name in shift.states]
        if len(steps) == 1:
            return f"At step {steps[0]}"
        if shift.old.alarm is not None or shift.new.alarm is not None:
            numbers = [str(self.pathways["new"].numbers[name]) for name in shift.states]
            return f"At {len(steps)} steps ({_ranges(numbers)})"
        return f"At steps {', '.join(steps)}"

    def _step(self, side: Side, name: str) -> str:
        pathway = self.pathways[side]
        return f"{pathway.numbers[name]} ({pathway.states[name].title.clinician})"

    def _outcome(self, side: Side, outcome: Outcome) -> str:
        if outcome.own:
            return "goes on as the step says, without an alarm"
        steps = [self._step(side, name) for name in outcome.states]
        if not steps:
            return "has no way on: nothing is open"
        if outcome.alarm is not None:
            level = self.pathways[side].interrupts[outcome.alarm].level
            return f"goes at once to step {steps[0]}, as {level} care"
        if len(steps) == 1:
            return f"goes on to step {steps[0]}"
        return f"may go on to any of the steps {', '.join(steps)}"

    def _people(self, group: Group) -> str:
        """Return who some patients are; of many combinations only what they are about, and one."""
        parts = [each.parts if isinstance(each, And) else (each,) for each in group.who]
        common = tuple(each for each in parts[0] if all(each in others for others in parts))
        if len(parts) == 1 and not group.more:
            said = self._condition(group.who[0])
            return f"a person with [{said}]" if said != "always" else "everybody"
        left = [tuple(each for each in some if each not in common) for some in parts]
        first = f"{self._condition(_together(common))}, and " if common else ""
        if group.more or sum(len(some) for some in left) > MOST_PARTS:
            names = dict.fromkeys(
                name for some in left for each in some for name in findings_in(each)
            )
            titles = [title_of(name, self.scope) for name in names]
            said = f"{first}some combinations of: {', '.join(titles)}"
            return f"a person with [{said}] (for example: {self._told(group)})"
        options = "; ".join(self._condition(_together(some)) for some in left)
        return f"a person with [{first}any of these: {options}]"

    def _condition(self, condition: Condition) -> str:
        """Return a condition in words; a long row of signs that are not there in few."""
        if not isinstance(condition, And):
            return _always(condition) or describe(condition, self.scope)
        absent = [each for each in condition.parts if self._denies_sign(each)]
        if len(absent) <= MOST_SIGNS:
            return describe(condition, self.scope)
        rest = [each for each in condition.parts if each not in absent]
        if not rest:
            return f"none of {len(absent)} warning signs"
        left = describe(_together(tuple(rest)), self.scope)
        return f"{left}, and none of {len(absent)} other warning signs"

    def _denies_sign(self, condition: Condition) -> bool:
        match condition:
            case Not(Named(name)) | Not(Has(finding=name)):
                for pathway in self.pathways.values():
                    record = pathway.catalogue.findings.get(name)
                    if record is not None:
                        return is_sign(record)
                return False
            case _:
                return False

    def _example(self, group: Group) -> tuple[str, ...]:
        said = self._values(group)
        return (f"For example: {said}",) if said else ()

    def _values(self, group: Group) -> str:
        """Return one patient in words; empty where who they are says it all."""
        if group.more or len(group.who) > 1 or not _has_choice(group.who[0]):
            return ""
        return self._told(group)

    def _told(self, group: Group) -> str:
        told = [
            describe_value(name, group.values[name], self.scope)
            for name in group.told
            if group.values[name] is not False or not self._denies_sign(Not(Named(name)))
        ]
        return "; ".join(told)

    def _membership(self, each: Membership) -> Item:
        lost = self._people(each.lost) if each.lost else ""
        gained = self._people(each.gained) if each.gained else ""
        what = _SUBJECTS[each.subject]
        if each.subject == "offer":
            step = self._step("new", each.state)
            what = f"At step {step}, to whom {self._name(each.name)} is offered"
        parts = []
        if gained:
            parts.append(f"now also {gained}")
        if lost:
            parts.append(f"no longer {lost}")
        groups = [group for group in (each.gained, each.lost) if group]
        return Item(
            f"{what}: {'; '.join(parts)}",
            tuple(words for group in groups for words in self._example(group)),
        )

    def _effect(self, each: EffectChange) -> str:
        title = self._name(each.name)
        where = f"At step {self._step('new', each.state)}"
        if each.old and each.new:
            return f"{where}: {title}: {each.old} -> {each.new}"
        if each.new:
            return f"{where}: {title} {each.new} in {self.numbers['new']}, not in {self.numbers['old']}"
        return f"{where}: {title} {each.old} in {self.numbers['old']}, no longer in {self.numbers['new']}"

    def _name(self, name: str) -> str:
        """Return what a finding, a treatment or a test is called."""
        if name in self.scope.findings:
            return title_of(name, self.scope)
        for pathway in reversed(self.pathways.values()):
            catalogue = pathway.catalogue
            record = catalogue.treatments.get(name) or catalogue.tests.get(name)
            if record is not None:
                return str(record.title.clinician)
        return name

    def _finding(self, each: FindingChange) -> str:
        title = f"{self._name(each.name)} ({each.name})"
        steps = ", ".join(str(self.pathways["new"].numbers[name]) for name in each.places)
        where = f" (read at step{'s' if len(each.places) > 1 else ''} {steps})" if steps else ""
        if each.what == "added":
            return f"{title} is read, and {self.numbers['old']} does not know it{where}"
        if each.what == "removed":
            return f"{title} was read, and {self.numbers['new']} does not know it{where}"
        return f"{title}, {each.what}: {each.old or 'none'} -> {each.new or 'none'}{where}"

    def _threshold(self, each: ThresholdChange) -> str:
        title = self._name(each.finding)
        return (
            f"{title}: {each.old or 'not compared'} -> {each.new or 'not compared'}, in "
            f"{', '.join(self._element(where) for where in each.places)}"
        )

    def _structure(self, each: StructureChange) -> str:
        name, kind = each.name, each.kind
        match each.what:
            case "added" | "removed":
                said = each.new or each.old
                words = f": {said}" if said else ""
                return f"{kind} {name} {'is new' if each.what == 'added' else 'is gone'}{words}"
            case "renamed":
                return f"{kind} {each.old} is called {each.new} now"
            case _:
                key = "" if kind == "key" else f", {each.key}"
                return f"{kind} {name}{key}: {each.old or 'none'} -> {each.new or 'none'}"

    def _element(self, where: str) -> str:
        """Return where an element stands, in words: ``step 3 (Review), title``."""
        section, _, rest = where.partition(".")
        if section == "states":
            name, _, rest = rest.partition(".")
            return self._parts(f"step {self._step('new', name)}", name, rest)
        if section.startswith("interrupts["):
            index = int(section[len("interrupts[") : -1])
            label = self.pathways["new"].interrupts[index].label.clinician
            return ", ".join(filter(None, (f"alarm '{label}'", rest)))
        if section in _SECTION_WORDS:
            name, _, rest = rest.partition(".")
            said = f"{_SECTION_WORDS[section]} {self._name(name)}"
            return ", ".join(filter(None, (said, rest)))
        return f"the pathway, {where}" if where and where != "pathway" else "the pathway"

    def _parts(self, said: str, name: str, rest: str) -> str:
        if rest.startswith("next["):
            index, _, rest = rest[len("next[") :].partition("]")
            way = self.pathways["new"].states[name].next[int(index)]
            said += f", way to {self._step('new', way.to)}"
        elif rest.startswith("offers."):
            treatment, _, rest = rest.removeprefix("offers.").partition(".")
            said += f", offer {self._name(treatment)}"
        return ", ".join(filter(None, (said, rest.removeprefix("."))))

    def _text(self, each: TextChange) -> str:
        where = self._element(each.where)
        reader = "" if each.reader == "both" else f" (for {each.reader}s)"
        if not each.old:
            return f"{where}{reader} is new: {each.new}"
        if not each.new:
            return f"{where}{reader} is gone: {each.old}"
        return f"{where}{reader}: {each.old} -> {each.new}"

    def _evidence(self, each: EvidenceChange) -> str:
        where = self._element(each.where)
        name = f" {each.name}" if each.name else ""
        match each.what:
            case "added":
                return f"{where}: cites{name} ({each.new}) now"
            case "removed":
                return f"{where}: no longer cites{name} ({each.old})"
            case "badge":
                return f"{where}, badge: {each.old or 'none'} -> {each.new or 'none'}"
            case "disagreement":
                shown = "is shown" if each.new else "is no longer shown"
                return f"{where}: the disagreement{name} {shown}"
            case _:
                return f"{where}:{name}, {each.what}: {each.old or 'none'} -> {each.new or 'none'}"


_SECTION_WORDS = {
    "findings": "finding",
    "definitions": "definition",
    "treatments": "treatment",
    "tests": "test",
    "classes": "class",
    "phases": "phase",
    "rules": "rule",
    "sources": "source",
    "mechanisms": "mechanism",
    "situations": "situation",
    "disagreements": "disagreement",
    "thresholds": "threshold",
}

_SUBJECTS = {
    "facts": "Who is possible at all",
    "initial": "Who may start",
    "entry": "Who may arrive by a link",
    "concerns": "Whom it is about",
    "offer": "Whom something is offered",
    "definition": "Whom a name counts",
}


def _together(parts: tuple[Condition, ...]) -> Condition:
    if not parts:
        return Always()
    return parts[0] if len(parts) == 1 else And(parts)


def _always(condition: Condition) -> str:
    return "always" if isinstance(condition, Always) else ""


def _has_choice(condition: Condition) -> bool:
    """Return whether a condition leaves a value open that an example makes plain."""
    from pathways.conditions import Between, Compare, OneOf, Or

    match condition:
        case And(parts):
            return any(_has_choice(each) for each in parts)
        case Compare(_, operator, _):
            return operator != "=="
        case Not(part):
            return not isinstance(part, (Named, Has))
        case Between() | OneOf() | Or():
            return True
        case _:
            return False


def _ranges(numbers: Iterable[str]) -> str:
    """Return numbers with those that follow one another joined: ``1-4, 7``."""
    runs: list[list[int]] = []
    for number in sorted(int(each) for each in numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
