"""A pathway with everything looked up: what all layers above work on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pathways.conditions import Condition
from pathways.conditions.scope import (
    Definition,
    FindingShape,
    Reader,
    Scope,
    TreatmentClassShape,
    Wording,
)
from pathways.errors import Place, UnknownNameError
from pathways.language import say, speaking, stamp, translation_words
from pathways.model.badges import Badge, badge
from pathways.model.catalogue import Catalogue
from pathways.model.definitions import DefinitionRecord
from pathways.model.document import OpenQuestion, PathwayDocument, Phase
from pathways.model.evidence import Evidence
from pathways.model.findings import Finding
from pathways.model.history import test_findings, treatment_findings
from pathways.model.rules import Rule
from pathways.model.states import Interrupt, State, Transition
from pathways.model.words import Text

NOT_ADVICE = "Information, not medical advice."
DRAFT = "Draft: not reviewed by a clinician"

READERS: tuple[Reader, Reader] = ("clinician", "patient")


@dataclass(frozen=True, slots=True)
class Way:
    """A transition with its two ends and its position among the ways on of its state.

    Args:
        source: Name of the state it leaves.
        index: Position among the ways on, from 0.
        transition: The transition as written.
    """

    source: str
    index: int
    transition: Transition

    @property
    def target(self) -> str:
        """Name of the state it leads to."""
        return self.transition.to

    @property
    def key(self) -> str:
        """Name of the way, unique in the pathway: ``review/0``."""
        return f"{self.source}/{self.index}"


@dataclass(frozen=True)
class ResolvedPathway:
    """A pathway with its included pathways, its catalogue and its conditions put together.

    Args:
        document: The pathway as its file says it.
        included: The pathways taken in whole, in order.
        catalogue: Every shared record it can use.
        states: By name, in reading order: included states where the file says. Ends of included
            pathways that are joined to a state are gone; ways to them lead to that state.
        phases: By name, in order.
        definitions: By name, those of its catalogue among them.
        interrupts: By level, emergency first.
        rules: Of the included pathways, then its own.
        origins: For each state, the name of the pathway whose file holds it.
        facts: What every patient satisfies: what the included pathways state, then its own.
        linked: Titles of the pathways that its links go on in, by name.
        places: Where each element stands: ``("states", "review")`` -> file, line, column.
    """

    document: PathwayDocument
    included: tuple[PathwayDocument, ...]
    catalogue: Catalogue
    states: Mapping[str, State]
    phases: Mapping[str, Phase]
    definitions: Mapping[str, DefinitionRecord]
    interrupts: tuple[Interrupt, ...]
    rules: tuple[Rule, ...]
    origins: Mapping[str, str]
    facts: tuple[Condition, ...] = ()
    linked: Mapping[str, Text] = field(default_factory=dict, compare=False, repr=False)
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Name of the pathway, such as ``severe-back-pain``."""
        return self.document.pathway

    @property
    def language(self) -> str:
        """Language of its texts for patients, such as ``en``."""
        return self.document.language

    @property
    def start(self) -> str:
        """Name of the state everyone begins at."""
        return self.document.start

    @property
    def is_draft(self) -> bool:
        """Whether no named reviewer stands behind the content, or behind what it includes."""
        return any(each.review.status == "draft" for each in (*self.included, self.document))

    @property
    def review_status(self) -> Literal["draft", "reviewed"]:
        """``draft``, or ``reviewed`` when a reviewer stands behind it and all it includes."""
        return "draft" if self.is_draft else "reviewed"

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """What a clinical reviewer has to answer, for the pathway and all it includes."""
        return tuple(
            each for file in (self.document, *self.included) for each in file.review.open_questions
        )

    @property
    def status_words(self) -> str:
        """Version, day and review status, and that it is no medical advice, in a few sentences."""
        document, review = self.document, self.document.review
        with speaking(self.language):
            status = say(DRAFT)
            if not self.is_draft and review.on:
                status = say("Reviewed by {by} on {on}", by=review.by, on=stamp(review.on))
            version = say(
                "Version {version}, {date}", version=document.version, date=stamp(document.updated)
            )
            translation = translation_words().capitalize()
            parts = [version, status, *filter(None, [translation]), say(NOT_ADVICE)]
        return ". ".join(parts)

    @property
    def draft_words(self) -> str:
        """What stands under a title so that nobody takes it for more: not reviewed; or empty."""
        with speaking(self.language):
            draft = say(DRAFT) if self.is_draft else ""
            translation = translation_words()
        return "; ".join(filter(None, (draft, translation if draft else translation.capitalize())))

    def title(self, reader: Reader = "clinician") -> str:
        """Return the title for one reader."""
        return self.document.title.to(reader)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The step number of each state, from 1, in reading order."""
        return {name: number for number, name in enumerate(self.states, start=1)}

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Every transition, in reading order."""
        return tuple(
            Way(name, index, transition)
            for name, state in self.states.items()
            for index, transition in enumerate(state.next)
        )

    @cached_property
    def scope(self) -> Scope:
        """Everything its conditions may name."""
        with speaking(self.language):
            return make_scope(self.catalogue, self.definitions)

    def state(self, name: str | int) -> State:
        """Return a state by its name or its step number.

        Args:
            name: Name of the state, or its number, also as text.

        Raises:
            UnknownNameError: No state has that name or number.
        """
        return self.states[self.state_name(name)]

    def state_name(self, name: str | int) -> str:
        """Return the name of a state given by its name or its step number.

        Args:
            name: Name of the state, or its number, also as text.

        Raises:
            UnknownNameError: No state has that name or number.
        """
        name = str(name)
        if name in self.states:
            return name
        for known, number in self.numbers.items():
            if str(number) == name:
                return known
        if name.isdecimal():
            raise UnknownNameError("step number", name, [f"1 to {len(self.numbers)}"])
        raise UnknownNameError("state", name, self.states)

    def ways_from(self, state: str) -> Iterator[Way]:
        """Yield the ways on of a state, in order."""
        for index, transition in enumerate(self.states[state].next):
            yield Way(state, index, transition)

    def place_of(self, *path: str | int) -> Place | None:
        """Return where an element stands, or what it is part of; None when that is not known.

        Args:
            path: Section, name, and on into the element: ``"states", "review", "next", 0``. A rule is
                named by its id, an interrupt by its position.

        Example:
            >>> from pathways.reading.load import load
            >>> pathway = load("safety")
            >>> pathway.place_of("states", "scope_check", "next", 0) > pathway.place_of("states")
            True
        """
        words = [str(part) for part in path]
        if words[0] == "interrupts" and len(words) > 1:
            each = self.interrupts[int(words[1])]
            words[1] = interrupt_key(each.level, each.to, each.label.clinician)
        while words:
            found = self.places.get(tuple(words))
            if found is not None:
                return found
            words.pop()
        return None

    def evidence_of(self, state: str) -> tuple[Evidence, ...]:
        """Return what is cited on a state and on the treatments and tests that happen there."""
        record = self.states[state]
        return record.evidence + tuple(
            item for name in record.does for item in self._evidence_of_record(name)
        )

    def _evidence_of_record(self, name: str) -> tuple[Evidence, ...]:
        if name in self.catalogue.treatments:
            return self.catalogue.treatments[name].evidence
        return self.catalogue.tests[name].evidence

    def urgency_of(self, state: str) -> Literal["emergency", "urgent"] | None:
        """Return whether a state is emergency or urgent care, or None when it is neither.

        It is when it carries the tag, or when an interrupt of that level leads to it.
        """
        tags = self.states[state].tags
        led_to = {each.level for each in self.interrupts if each.to == state}
        if "emergency" in tags or "emergency" in led_to:
            return "emergency"
        if "urgent" in tags or "urgent" in led_to:
            return "urgent"
        return None

    def badge_of_treatment(self, treatment: str, state: str | None = None) -> Badge | None:
        """Return the badge of a treatment in the situation of a state (or in general)."""
        record = self.catalogue.treatments[treatment]
        situation = self.states[state].situation if state else None
        own: tuple[Evidence, ...] = ()
        if state:
            own = tuple(
                item
                for offer in self.states[state].offers
                if offer.treatment == treatment
                for item in offer.evidence
            )
        return badge(
            record.evidence + own, self.catalogue.sources, situation, self.catalogue.situations
        )

    def badge_of_state(self, state: str) -> Badge | None:
        """Return the badge of an action from its own evidence and that of what happens there.

        A talk or a referral that no guideline speaks of has none, nor has what is only explained: there
        is nothing to judge.
        """
        record = self.states[state]
        if record.kind != "action" or (record.category == "education" and not record.does):
            return None
        found = badge(
            self.evidence_of(state),
            self.catalogue.sources,
            record.situation,
            self.catalogue.situations,
        )
        is_talk = record.category == "referral" and not record.does
        return None if is_talk and found in ("no_guideline_found", "seed_only") else found


def interrupt_key(level: str, to: str, label: str) -> str:
    """Return what an interrupt is called where places are looked up."""
    return f"{level} {to} {label}"


def make_scope(catalogue: Catalogue, definitions: Mapping[str, DefinitionRecord]) -> Scope:
    """Return what conditions may name, given a catalogue and definitions.

    Args:
        catalogue: The shared records.
        definitions: The named conditions.
    """
    findings = {name: finding_shape(name, each) for name, each in catalogue.findings.items()}
    members: dict[str, list[str]] = {name: [] for name in catalogue.classes}
    for name, treatment in catalogue.treatments.items():
        findings.update(treatment_findings(name, treatment))
        for each in treatment.classes:
            members.setdefault(each, []).append(name)
    for name, test in catalogue.tests.items():
        findings.update(test_findings(name, test))
    return Scope(
        findings=findings,
        definitions={
            name: Definition(name, each.when, _titles(each)) for name, each in definitions.items()
        },
        classes={
            name: TreatmentClassShape(
                name,
                tuple(sorted(members[name])),
                {reader: each.title.to(reader) for reader in READERS},
            )
            for name, each in catalogue.classes.items()
        },
    )


def _titles(definition: DefinitionRecord) -> dict[Reader, str]:
    if definition.title is None:
        return {}
    return {reader: definition.title.to(reader) for reader in READERS}


def finding_shape(name: str, finding: Finding) -> FindingShape:
    """Return what conditions must know of a finding of a catalogue."""
    low, high = finding.range or (None, None)
    return FindingShape(
        name,
        finding.type,
        unit=finding.unit,
        low=low,
        high=high,
        step=finding.step,
        options=tuple(finding.options or ()),
        wording={reader: _wording(finding, reader) for reader in READERS},
    )


def _wording(finding: Finding, reader: Reader) -> Wording:
    return Wording(
        finding.title.to(reader),
        finding.says.to(reader) if finding.says else "",
        finding.says_not.to(reader) if finding.says_not else "",
        {key: option.title.to(reader) for key, option in (finding.options or {}).items()},
    )
