"""A catalogue: the records that pathways share, by name."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from pathways.errors import UnknownNameError
from pathways.model.definitions import DefinitionRecord
from pathways.model.evidence import Disagreement, Situation, Source
from pathways.model.findings import Finding
from pathways.model.thresholds import Threshold
from pathways.model.treatments import Mechanism, Test, Treatment, TreatmentClass
from pathways.model.words import FormatVersion, HyphenName, Name, Record, Sentence

SECTIONS = (
    "findings",
    "definitions",
    "treatments",
    "tests",
    "classes",
    "mechanisms",
    "situations",
    "disagreements",
    "thresholds",
    "sources",
)
"""The kinds of records a catalogue holds, in the order of a file."""


class CatalogueSections(Record):
    """The shared records; a pathway file may hold some of its own under the same keys."""

    findings: dict[Name, Finding] = Field(default={}, description="Typed facts about a patient.")
    definitions: dict[Name, DefinitionRecord] = Field(default={}, description="Named conditions.")
    treatments: dict[Name, Treatment] = Field(default={}, description="Treatments.")
    tests: dict[Name, Test] = Field(default={}, description="Tests and examinations.")
    classes: dict[Name, TreatmentClass] = Field(default={}, description="Classes of treatments.")
    mechanisms: dict[Name, Mechanism] = Field(default={}, description="What goes on in the body.")
    situations: dict[Name, Situation] = Field(default={}, description="What evidence speaks of.")
    disagreements: dict[Name, Disagreement] = Field(default={}, description="Sources that differ.")
    thresholds: dict[Name, Threshold] = Field(default={}, description="Numbers and their sources.")
    sources: dict[HyphenName, Source] = Field(default={}, description="Documents.")

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield the section and the name of each record, in order."""
        for section in SECTIONS:
            for name in getattr(self, section):
                yield section, name


class CatalogueDocument(CatalogueSections):
    """A file that holds shared records and no pathway."""

    format: FormatVersion = Field(default="1", description="Version of the file format: 1.")
    catalogue: HyphenName = Field(description="Name of the catalogue.")
    title: Sentence = Field(description="What it holds.")


class Catalogue(CatalogueSections):
    """All records a pathway can use: those of its catalogues and its own."""

    def care(self, name: str) -> Treatment | Test:
        """Return a treatment or a test.

        Args:
            name: Its name.

        Raises:
            UnknownNameError: There is none of that name.
        """
        record = self.treatments.get(name) or self.tests.get(name)
        if record is None:
            raise UnknownNameError("treatment or test", name, (*self.treatments, *self.tests))
        return record
