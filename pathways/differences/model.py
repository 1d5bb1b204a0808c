"""What differs between two versions, as plain data: meaning, structure, texts, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pathways.conditions import Condition, KnownValue

KNOWN_BY_ONE = frozenset({"added", "removed"})
"""What is said of a finding that only one version knows: by itself it changes nothing for anybody."""

Side = Literal["old", "new"]
Section = Literal["meaning", "structure", "texts", "evidence"]
SECTIONS: tuple[Section, ...] = ("meaning", "structure", "texts", "evidence")

Subject = Literal["facts", "initial", "entry", "concerns", "offer", "definition"]
"""What a condition decides that is no way on: who there is at all, who starts, who may arrive by a
link, whom the pathway is about, whom a panel offers a treatment, what a name stands for."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some patients: who they are, and one of them.

    Args:
        who: Who they are, as conditions of which one holds; only what matters is named.
        values: A plausible one of them: a value for every finding that is read.
        told: The findings of that one that matter, in the order of the catalogue.
        more: How many further conditions would be needed to name them all.
    """

    who: tuple[Condition, ...]
    values: Mapping[str, KnownValue]
    told: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where patients go on to from a step in one version.

    Args:
        states: Names of the states; none: nothing is open; several: all of them are open.
        alarm: Position of the interrupt that takes them there, or None.
        own: Whether they go on by the ways of the step itself, which differ from step to step.
    """

    states: tuple[str, ...] = ()
    alarm: int | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """Patients who go on to somewhere else.

    Args:
        states: Steps where it is so, by their names in the new version, in reading order.
        group: Who they are.
        old: Where they went.
        new: Where they go now.
        causes: Definitions (or ``class NAME``) whose change it comes from; none: the step's own ways.
        reached: Whether anybody gets there; None: not known.
    """

    states: tuple[str, ...]
    group: Group
    old: Outcome
    new: Outcome
    causes: tuple[str, ...] = ()
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A condition that holds for other patients than before.

    Args:
        subject: What it decides.
        name: Of an offer the treatment, of a definition its name; else empty.
        state: Of an offer the panel, by its name in the new version; else empty.
        lost: For whom it held and does not hold any more.
        gained: For whom it holds now.
        places: Of a definition, the elements that read it: ``states.review``, ``interrupt/0``.
        causes: Definitions whose change it comes from; none: its own.
    """

    subject: Subject
    name: str = ""
    state: str = ""
    lost: Group | None = None
    gained: Group | None = None
    places: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectChange:
    """What a step does to a patient who enters it, where that is something else now.

    Args:
        state: Name of the step in the new version.
        name: The finding, treatment or test it is about.
        old: What happened, in words.
        new: What happens, in words.
    """

    state: str
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is something else now, or that only one version reads.

    Args:
        name: Name of the finding.
        what: ``added``, ``removed`` or the key that changed: ``range``, ``kind``, ``options`` ...
        old: What it was, in words.
        new: What it is, in words.
        places: The steps that read it.
    """

    name: str
    what: str
    old: str = ""
    new: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThresholdChange:
    """A number that decides, where it is another one now.

    Args:
        finding: The finding it is compared with.
        old: The comparison as it was: ``at least 12 weeks``; empty: it is new.
        new: The comparison now; empty: it is gone.
        places: Where: ``states.review.next[0]``, ``definitions.chronic``.
    """

    finding: str
    old: str
    new: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StructureChange:
    """A part that is there, not there or another one.

    Args:
        kind: ``state``, ``way``, ``phase``, ``interrupt``, ``rule``, ``definition``, ``key``.
        what: ``added``, ``removed``, ``renamed``, ``changed``.
        name: What it is: the name of a state, the key of a way, the id of a rule.
        key: Of ``changed``: the key of the file.
        old: What it was, in words of the file; or empty.
        new: What it is, in words of the file; or empty.
        means: Whether it changes what happens to patients by itself.
    """

    kind: str
    what: Literal["added", "removed", "renamed", "changed"]
    name: str
    key: str = ""
    old: str = ""
    new: str = ""
    means: bool = False


@dataclass(frozen=True, slots=True)
class TextChange:
    """Words for readers that are other ones now.

    Args:
        where: The element, in words of the file: ``states.review.title``.
        reader: ``clinician``, ``patient`` or ``both``.
        old: The old words; empty: there were none.
        new: The new words; empty: there are none.
    """

    where: str
    reader: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """What is cited, which way it speaks, or the badge that comes of it.

    Args:
        where: The element, in words of the file: ``states.rfa``, ``treatments.baclofen``.
        what: ``added``, ``removed``, ``direction``, ``strength``, ``badge`` ...
        name: Source and item: ``nice-ng59 E-RFA-01``; or what else it is about.
        old: What it was.
        new: What it is.
    """

    where: str
    what: str
    name: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A place that could not be compared exactly.

    Args:
        where: The element: ``states.review``, ``definitions.chronic``.
        why: Why not.
    """

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a pathway is meant."""

    id: str
    number: str
    title: str
    updated: str = ""

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two versions.

    Args:
        old: The old version.
        new: The new one.
        matched: For each state of the new version that was there before, its old name.
        shifts: Who goes on to somewhere else.
        memberships: Conditions that hold for other patients.
        effects: What steps do to patients who enter them.
        findings: Findings that are something else, or are read by one version only.
        thresholds: Numbers that decide.
        structure: Parts that came, went or changed.
        texts: Words for readers.
        evidence: Sources, directions, badges, disagreements.
        rewritten: Elements whose conditions are written in another way and mean the same.
        undecided: What could not be compared exactly.
        assumptions: What the comparison rests on, in sentences.
    """

    old: Version
    new: Version
    matched: Mapping[str, str] = field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()
    memberships: tuple[Membership, ...] = ()
    effects: tuple[EffectChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    thresholds: tuple[ThresholdChange, ...] = ()
    structure: tuple[StructureChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    evidence: tuple[EvidenceChange, ...] = ()
    rewritten: tuple[str, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Pairs of the old and the new name of a state, in reading order of the new version."""
        return tuple((old, new) for new, old in self.matched.items() if old != new)

    def has(self, section: Section) -> bool:
        """Return whether something differs in one section; what is undecided counts as meaning."""
        match section:
            case "meaning":
                # What a name stands for matters where it moves somebody, or decides something else.
                memberships = [each for each in self.memberships if each.subject != "definition"]
                findings = [each for each in self.findings if each.what not in KNOWN_BY_ONE]
                structure = [each for each in self.structure if each.means]
                parts = (self.shifts, memberships, self.effects, findings, structure)
                return any(parts) or bool(self.undecided)
            case "structure":
                return bool(self.structure) or any(
                    each.what in KNOWN_BY_ONE for each in self.findings
                )
            case "texts":
                return bool(self.texts)
            case _:
                return bool(self.evidence)

    @property
    def is_same(self) -> bool:
        """Whether nothing differs; ways of writing that mean the same do not count."""
        return not any(self.has(section) for section in SECTIONS)

    @property
    def is_same_in_meaning(self) -> bool:
        """Whether nobody is treated differently."""
        return not self.has("meaning")
