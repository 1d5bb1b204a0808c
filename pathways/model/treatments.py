"""Treatments, tests, classes and mechanisms: the records pathways speak of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pathways.model.conditions import Holds
from pathways.model.evidence import Evidence
from pathways.model.findings import Code, Effort
from pathways.model.words import Name, Record, Sentence, Text

ActionCategory = Literal[
    "test", "medicine", "therapy", "procedure", "surgery", "referral", "education", "self_care"
]


class Caution(Record):
    """Something to watch for with a treatment."""

    text: Text
    when: Holds | None = Field(default=None, description="Whom it concerns; none: everyone.")
    evidence: tuple[Evidence, ...] = ()


class Requirement(Record):
    """What a treatment requires; shown as a note and turned into a rule, never a hidden condition."""

    text: Text
    only_with: tuple[Name, ...] = Field(
        default=(), description="Only together with one of these treatments."
    )
    only_after: tuple[Name, ...] = Field(
        default=(), description="Only after all of these tests or treatments."
    )
    only_if: Holds | None = Field(default=None, description="Only if this condition holds.")
    evidence: tuple[Evidence, ...] = ()


class Treatment(Record):
    """A catalogue record of one treatment.

    Its history gives findings of its own, never typed in a file: ``NAME.status`` (never, now,
    stopped), ``.weeks``, ``.relief_pct``, ``.as_advised``, ``.side_effects``; for procedures and
    surgery also ``.relief_weeks``, ``.months_since`` and ``.count_12mo``.
    """

    title: Text
    also_called: tuple[Sentence, ...] = Field(default=(), description="Other names for it.")
    category: ActionCategory = Field(description="What sort of care it is.")
    classes: tuple[Name, ...] = Field(
        default=(), description="Classes it belongs to, such as nsaid."
    )
    what: Text = Field(description="What it is.")
    how_meant_to_work: Text | None = Field(default=None, description="How it is meant to work.")
    meant_for: Text | None = Field(default=None, description="What it is meant for.")
    lasts: Text | None = Field(default=None, description="How long its effect lasts.")
    cautions: tuple[Caution, ...] = ()
    requires: tuple[Requirement, ...] = ()
    insurance: tuple[Evidence, ...] = Field(
        default=(), description="What payers ask for: notes, never clinical gates."
    )
    variant_of: Name | None = Field(default=None, description="The treatment it is a variant of.")
    side_effects: dict[Name, Text] | None = Field(
        default=None, description="Its own side effects to ask for; none: the common ones."
    )
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    disagreements: tuple[Name, ...] = Field(default=(), description="Disagreements about it.")
    note: Text | None = None


class Test(Record):
    """A catalogue record of a test or examination; gives the finding ``NAME.status`` (never, done)."""

    __test__ = False

    title: Text
    also_called: tuple[Sentence, ...] = Field(default=(), description="Other names for it.")
    what: Text
    meant_for: Text | None = None
    effort: Effort = Field(default="test", description="What it takes to do it.")
    cautions: tuple[Caution, ...] = ()
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    disagreements: tuple[Name, ...] = Field(default=(), description="Disagreements about it.")
    note: Text | None = None


class TreatmentClass(Record):
    """A class of treatments, such as anti-inflammatory medicines."""

    title: Text
    what: Text | None = None
    cautions: tuple[Caution, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Mechanism(Record):
    """What may be going on in the body: a source of pain, or a process that keeps it going."""

    title: Text
    kind: Literal["source_of_pain", "process", "reason_for_no_relief"] = Field(
        description="What sort of explanation it is."
    )
    text: Text
    evidence: tuple[Evidence, ...] = ()
