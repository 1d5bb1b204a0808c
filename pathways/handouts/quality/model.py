"""What is measured of a handout, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["yes", "no", "not applicable"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level, from 1."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A grade of school by a published formula.

    Args:
        formula: Name of the formula.
        grade: The grade.
    """

    formula: str
    grade: float


@dataclass(frozen=True, slots=True)
class ColourPair:
    """Two colours that meet.

    Args:
        what: Where they meet.
        kind: ``text`` or ``line``.
        one: Colour of the text or line.
        other: Colour behind it.
        ratio: Their contrast, from 1 to 21; 0: one of them is no colour.
    """

    what: str
    kind: Literal["text", "line"]
    one: str
    other: str
    ratio: float


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a standard that a program can decide.

    Args:
        id: Name of it, such as ``pemat-17``.
        standard: Name of the standard.
        asks: What is decided, in our words.
        verdict: ``yes``, ``no`` or ``not applicable``.
        why: What the verdict rests on.
        source: Where the item stands.
    """

    id: str
    standard: str
    asks: str
    verdict: Verdict
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class HandoutQuality:
    """What a handout measures.

    Args:
        kind: For whom it is made.
        reader: Whose words it uses.
        language: Language tag of its words.
        profile: Name of its sizes of type.
        words: How many words it has, without the words of pictures.
        readings: School grades of its sentences; empty where no formula is known for the language.
        smallest_text: Smallest type in the text, in points.
        smallest_picture: Smallest type in a picture as it is printed, in points; None: no picture.
        colours: Colours that meet, light and dark.
        picture_problems: What keeps pictures from passing, with the name of the picture.
        without_alt: Names of pictures without alternative text.
        alt_is_caption: Names of pictures whose alternative text only repeats the caption.
        without_words: Names of pictures without their words.
        outline: Headings in reading order.
        heading_gaps: Headings that skip a level or stand too deep.
        titles: How many headings are the title.
        tables_without_headings: Captions of tables where a caption, column or row has no heading.
        emergency_present: Whether there are signs for which to get help now.
        emergency_first: Whether they stand in the box that comes first.
        missing: Which of title, version, date, status and advice are missing.
        dead_links: Links that lead nowhere.
        same_keys: Names that more than one section has.
        items: Items of published standards.
    """

    kind: str
    reader: str
    language: str
    profile: str
    words: int
    readings: tuple[Reading, ...]
    smallest_text: float
    smallest_picture: float | None
    colours: tuple[ColourPair, ...]
    picture_problems: tuple[str, ...]
    without_alt: tuple[str, ...]
    alt_is_caption: tuple[str, ...]
    without_words: tuple[str, ...]
    outline: tuple[Heading, ...]
    heading_gaps: tuple[str, ...]
    titles: int
    tables_without_headings: tuple[str, ...]
    emergency_present: bool
    emergency_first: bool
    missing: tuple[str, ...]
    dead_links: tuple[str, ...]
    same_keys: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def grade(self) -> float | None:
        """The highest of the school grades; None where there is none."""
        return max((each.grade for each in self.readings), default=None)

    @property
    def text_contrast(self) -> float:
        """The lowest contrast of a text."""
        return min(each.ratio for each in self.colours if each.kind == "text")

    @property
    def line_contrast(self) -> float:
        """The lowest contrast of a border or line."""
        return min(each.ratio for each in self.colours if each.kind == "line")
