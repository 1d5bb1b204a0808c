"""Sources and what they say: the evidence beside every state, threshold and treatment."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pathways.model.words import (
    HyphenName,
    IsoDate,
    ItemName,
    Name,
    Record,
    Sentence,
    Text,
    WebAddress,
)

Direction = Literal["for", "against", "unclear"]
SourceKind = Literal[
    "guideline", "regulator", "payer", "trial", "review", "standard", "label", "reference", "seed"
]
Strength = Literal["strong", "weak", "good_practice", "research_only", "not_graded"]
Seen = Literal["primary", "secondary", "recalled"]


class Source(Record):
    """A document that something rests on.

    Only sources of kind ``guideline`` that nothing supersedes vote on a badge
    (:mod:`pathways.model.badges`). ``seed`` is a text the library started from: never evidence.
    """

    title: Sentence = Field(description="Title of the document.")
    kind: SourceKind = Field(description="What sort of document it is.")
    organisation: Sentence = Field(description="Who published it.")
    year: IsoDate | None = Field(
        default=None, description="Year or date of the text that was seen."
    )
    address: WebAddress | None = Field(default=None, description="Where it can be read.")
    file: Sentence | None = Field(default=None, description="File name, for a seed text.")
    seen: Seen = Field(
        default="secondary",
        description="primary: the publisher's own words were seen; secondary: a summary was seen; "
        "recalled: not seen at all, so it cannot be cited as evidence.",
    )
    seen_how: Sentence | None = Field(default=None, description="What was seen, and where.")
    superseded_by: HyphenName | None = Field(
        default=None, description="The source that replaces it; a superseded text never votes."
    )
    superseded: bool = Field(
        default=False, description="Replaced, by a text that is not a source here."
    )
    note: Sentence | None = Field(default=None, description="Anything a reader must know about it.")

    @property
    def short_name(self) -> str:
        """Who published it, without what stands in brackets, and the year.

        Example:
            >>> Source(title="NG59", kind="guideline", organisation="NICE (UK)", year="2020-12").short_name
            'NICE 2020'
        """
        year = f" {self.year[:4]}" if self.year else ""
        return f"{self.organisation.partition(' (')[0]}{year}"


class Evidence(Record):
    """What one item of one source says about the thing it stands beside.

    Example:
        >>> Evidence(source="nice-ng59", item="E-RFA-01", direction="for").direction
        'for'
    """

    source: HyphenName = Field(description="Name of a source.")
    item: ItemName | None = Field(default=None, description="The item in it, such as E-RFA-01.")
    direction: Direction = Field(description="for, against or unclear.")
    strength: Strength = Field(default="not_graded", description="As the source grades itself.")
    situation: Name | None = Field(
        default=None, description="The situation it speaks of; none: every situation."
    )
    says: Sentence | None = Field(default=None, description="What it says, in our own words.")


class Situation(Record):
    """A situation that evidence can speak of, such as pain that has lasted over 12 weeks."""

    title: Text
    within: tuple[Name, ...] = Field(
        default=(), description="Wider situations; evidence for those counts here too."
    )


class Side(Record):
    """One side of a disagreement: who says what."""

    says: Text
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Disagreement(Record):
    """Two or more sources that do not agree, and how we show it."""

    title: Text
    sides: tuple[Side, ...] = Field(min_length=2)
    shown: Text = Field(description="What the pathway does about it, in one or two sentences.")
