"""A pathway as its file says it, before anything is looked up elsewhere."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from pathways.model.catalogue import CatalogueSections
from pathways.model.conditions import Holds
from pathways.model.evidence import Evidence
from pathways.model.rules import Rule
from pathways.model.states import Interrupt, State
from pathways.model.words import (
    CATALOGUE_PATTERN,
    LANGUAGE_PATTERN,
    VERSION_PATTERN,
    FormatVersion,
    HyphenName,
    IsoDate,
    Name,
    Record,
    Sentence,
    Text,
    raise_faults,
)

Version = Annotated[str, StringConstraints(pattern=VERSION_PATTERN, strict=True)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, strict=True)]
"""A language tag (BCP 47) of language, script and region: ``en``, ``pt-BR``, ``zh-Hant``."""

CatalogueFile = Annotated[str, StringConstraints(pattern=CATALOGUE_PATTERN, strict=True)]
"""``library`` for the catalogue that ships, or a file in the pathway's own folder or below it."""


class OpenQuestion(Record):
    """Something a clinical reviewer has to answer before the content can be called reviewed."""

    question: Sentence = Field(description="For the clinical reviewer.")
    evidence: tuple[Evidence, ...] = ()


class Review(Record):
    """Whether a clinician has reviewed the content. Nothing is called reviewed without a name."""

    status: Literal["draft", "reviewed"] = Field(
        default="draft", description="reviewed: by a named clinician, with no open questions."
    )
    by: Sentence | None = Field(default=None, description="Name and role of the reviewer.")
    on: IsoDate | None = Field(default=None, description="Day of the review.")
    next_review_due: IsoDate | None = Field(default=None, description="When to review it again.")
    open_questions: tuple[OpenQuestion, ...] = ()

    @model_validator(mode="after")
    def _reviewed_by_someone(self, info: ValidationInfo) -> Review:
        faults = []
        if self.status == "reviewed" and not (self.by and self.on):
            faults.append(("a reviewed pathway names its reviewer: give 'by' and 'on'", "status"))
        if self.status == "reviewed" and self.open_questions:
            message = "a pathway with open questions stays 'draft' until they are answered"
            faults.append((message, "open_questions"))
        raise_faults("review-status", faults, info)
        return self


class Include(Record):
    """Another pathway taken in whole; its ends may be joined to states of this one."""

    pathway: HyphenName = Field(description="Name of the pathway.")
    joins: dict[Name, Name] = Field(
        default={}, description="End states of the included pathway and the state to go on at."
    )
    after: Name | None = Field(
        default=None,
        description="The state of this file after which its states stand; none: first of all.",
    )

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"pathway": value} if isinstance(value, str) else value


class Phase(Record):
    """A group of states that belong together in time; also where pages may break."""

    title: Text
    text: Text | None = None


class Answer(Record):
    """A question readers ask, and what the pathway answers."""

    question: Text
    answer: Text
    evidence: tuple[Evidence, ...] = ()


class Waiver(Record):
    """A named person's decision that what a check or a rule reports is meant to be so."""

    check: HyphenName | None = Field(
        default=None, description="Code of what is reported, such as unreachable."
    )
    rule: HyphenName | None = Field(default=None, description="Id of a rule of the pathway.")
    at: Sentence | None = Field(
        default=None,
        description="The element it is about, such as states.review.next[0]; none: wherever it is reported.",
    )
    why: Text = Field(description="Why it is meant to be so.")
    by: Sentence = Field(description="Name and role of who decided it.")
    on: IsoDate = Field(description="Day of the decision.")

    @model_validator(mode="after")
    def _one_thing(self, info: ValidationInfo) -> Waiver:
        if (self.check is None) == (self.rule is None):
            has = "neither" if self.check is None else "both"
            message = f"a waiver needs exactly one of 'check' and 'rule'; it has {has}"
            raise_faults("waiver-form", [(message, "")], info)
        return self


class PathwayDocument(CatalogueSections):
    """One pathway file.

    Besides its own parts it may hold findings, treatments and other records that the catalogues do
    not have, under the same keys as in a catalogue.
    """

    format: FormatVersion = Field(description="Version of the file format: 1.")
    pathway: HyphenName = Field(description="Name of the pathway: severe-back-pain.")
    title: Text
    summary: Text | None = Field(default=None, description="What it is about, in two sentences.")
    version: Version = Field(description="Version of the content: 1.2.0.")
    updated: IsoDate = Field(description="Day of this version.")
    language: Language = Field(
        default="en", description="Language of the texts: en, es, pt-BR, zh-Hant."
    )
    review: Review = Review()
    catalogues: tuple[CatalogueFile, ...] = Field(
        default=("library",), description="Where shared records come from."
    )
    concerns: Holds | None = Field(default=None, description="Which records it is about.")
    include: tuple[Include, ...] = Field(default=(), description="Pathways taken in whole.")
    entry: Holds | None = Field(
        default=None, description="What holds for those who arrive by a link."
    )
    facts: tuple[Holds, ...] = Field(default=(), description="What every patient satisfies.")
    initial: Holds | None = Field(default=None, description="What holds for those who start here.")
    answers: tuple[Answer, ...] = Field(default=(), description="Questions it answers.")
    evidence: tuple[Evidence, ...] = Field(default=(), description="What the whole rests on.")
    interrupts: tuple[Interrupt, ...] = Field(default=(), description="Ways open at any time.")
    phases: dict[Name, Phase] = Field(default={}, description="Groups of states.")
    start: Name = Field(description="The state everyone begins at.")
    states: dict[Name, State] = Field(min_length=1, description="Places in the pathway.")
    rules: tuple[Rule, ...] = Field(default=(), description="Safety properties of the whole.")
    waivers: tuple[Waiver, ...] = Field(
        default=(), description="What checks and rules report and somebody answers for."
    )
