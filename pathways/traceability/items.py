"""Items: the single statements that a library must hold or may cite, in our own words.

Three sorts of files say what there is: the statements of each text the library started from, what
guidelines, payers and studies say, and where they disagree. ``omissions.yaml`` names what is left out
on purpose, and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, ValidationInfo, model_validator

from pathways.errors import DocumentError
from pathways.model.evidence import Seen
from pathways.model.words import (
    FormatVersion,
    HyphenName,
    ItemName,
    Name,
    Record,
    Sentence,
    raise_faults,
)
from pathways.reading.files import LIBRARY, read_file, shown_name
from pathways.reading.marks import read_yaml
from pathways.reading.structure import build

ITEMS = LIBRARY / "items"

ItemKind = Literal[
    "context",
    "mechanism",
    "treatment",
    "diagnostics",
    "reason",
    "sequence",
    "warning_sign",
    "duration",
    "caveat",
    "lifestyle",
    "access",
    "role",
    "goal",
    "deliverable",
]


class SeedItem(Record):
    """One statement of a text the library started from."""

    kind: ItemKind = Field(description="What sort of statement it is.")
    means: Sentence = Field(description="What it says, in our own words.")


class EvidenceItem(Record):
    """What guidelines, payers or studies say on one point, and what of it is only recalled."""

    says: Sentence | None = Field(default=None, description="What was seen, in our own words.")
    seen: dict[HyphenName, Seen] = Field(
        default={}, description="The sources it was seen in, and how."
    )
    recalled: Sentence | None = Field(
        default=None, description="What is known from memory only: an open question, no evidence."
    )

    @model_validator(mode="after")
    def _seen_or_recalled(self, info: ValidationInfo) -> EvidenceItem:
        faults = []
        if (self.says is None) != (not self.seen):
            faults.append(("'says' and 'seen' go together: what was seen, and where", "seen"))
        if self.says is None and self.recalled is None:
            faults.append(("an item says something, or is recalled", "says"))
        raise_faults("item-form", faults, info)
        return self


class Conflict(Record):
    """A point on which sources disagree, and the records that show it."""

    means: Sentence = Field(description="What they disagree on.")
    disagreements: tuple[Name, ...] = Field(min_length=1, description="The records that show it.")


class AskedFinding(Record):
    """A finding that the evidence asks for, and what holds it here."""

    means: Sentence = Field(description="What is asked.")
    finding: tuple[Sentence, ...] = Field(default=(), description="Our findings for it.")
    left_out: Sentence | None = Field(default=None, description="Why there is none.")

    @model_validator(mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        if isinstance(value, dict) and isinstance(value.get("finding"), str):
            return {**value, "finding": [value["finding"]]}
        return value


class Omission(Record):
    """An item that is left out on purpose."""

    why: Sentence = Field(description="Why it is left out.")


class ItemFile(Record):
    """The head of every file of items."""

    format: FormatVersion = Field(default="1", description="Version of the file format: 1.")
    items: HyphenName = Field(description="What the items are of, such as seed-000.")
    title: Sentence = Field(description="What it holds.")


class SeedItemFile(ItemFile):
    """The statements of one text."""

    records: dict[ItemName, SeedItem]


class EvidenceItemFile(ItemFile):
    """What guidelines, payers and studies say."""

    records: dict[ItemName, EvidenceItem]


class ConflictFile(ItemFile):
    """Where sources disagree."""

    records: dict[ItemName, Conflict]


class AskedFindingFile(ItemFile):
    """Findings that the evidence asks for."""

    records: dict[Name, AskedFinding]


class OmissionFile(ItemFile):
    """What is left out on purpose."""

    records: dict[ItemName, Omission]


@dataclass(frozen=True)
class Items:
    """Every item of a library.

    Args:
        seeds: For each text, its statements by id, in the order of the text.
        evidence: What guidelines, payers and studies say, by id.
        conflicts: Where they disagree, by id.
        findings: Findings that the evidence asks for, by its name for them.
        omissions: What is left out on purpose, by id.
    """

    seeds: dict[str, dict[str, SeedItem]]
    evidence: dict[str, EvidenceItem]
    conflicts: dict[str, Conflict]
    findings: dict[str, AskedFinding]
    omissions: dict[str, Omission]


File = TypeVar("File", bound=BaseModel)


@lru_cache(maxsize=1)
def library_items() -> Items:
    """Return the items of the library that ships.

    Raises:
        DocumentError: A file of items has faults.

    Example:
        >>> library_items().seeds["seed-001"]["S1-T01"].kind
        'treatment'
    """
    return Items(
        seeds={
            part.items: dict(part.records)
            for part in (_file(path, SeedItemFile) for path in _seed_files())
        },
        evidence=dict(_file(ITEMS / "evidence.yaml", EvidenceItemFile).records),
        conflicts=dict(_file(ITEMS / "conflicts.yaml", ConflictFile).records),
        findings=dict(_file(ITEMS / "findings.yaml", AskedFindingFile).records),
        omissions=dict(_file(ITEMS / "omissions.yaml", OmissionFile).records),
    )


def _seed_files() -> Iterable[FilePath]:
    return sorted(ITEMS.glob("seed-*.yaml"))


def _file(path: FilePath, model: type[File]) -> File:
    shown = shown_name(path, path)
    built = build(read_yaml(read_file(path, shown), shown), model)
    if built.model is None or built.problems:
        raise DocumentError(built.problems)
    return built.model
