"""What a handout is made of: sections of plain blocks, the same for every format.

Nothing here knows a file format. A writer turns a :class:`Handout` into a file; a check measures it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pathways.conditions.scope import Reader
from pathways.diagrams.finished import Picture
from pathways.model.badges import Badge

HandoutKind = Literal["patient", "clinician", "visit_sheet"]
NoticeKind = Literal["emergency", "urgent", "caution", "note"]
ParagraphKind = Literal["body", "lead", "small"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look.

    Args:
        text: The words.
        strong: Whether it is bold.
        href: A web address it leads to, or ``#`` and the name of a section; empty: none.
    """

    text: str
    strong: bool = False
    href: str = ""


Line = tuple[Run, ...]
"""One or more pieces of text that follow each other."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Args:
        line: Its text.
        kind: ``body``; ``lead`` for what must be read first; ``small`` for what is there to be looked up.
    """

    line: Line
    kind: ParagraphKind = "body"

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return (words_in(self.line),)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list.

    Args:
        items: Its entries.
        ordered: Whether they are numbered.
    """

    items: tuple[Line, ...]
    ordered: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return tuple(map(words_in, self.items))


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means."""

    word: str
    meaning: Line


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and what they mean."""

    items: tuple[Term, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return tuple(text for each in self.items for text in (each.word, words_in(each.meaning)))


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row and first column are headings.

    Args:
        caption: What it shows.
        head: Headings of the columns.
        rows: Its rows, each as long as ``head``.
        widths: Share of the width of each column; they add up to 1.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[float, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return (self.caption, *self.head, *(words_in(cell) for row in self.rows for cell in row))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words.

    Args:
        name: Name of it among the pictures of a handout, such as ``picture-3``.
        picture: The picture; printed as large as it is.
        caption: What it shows, in a few words, with its number.
        alt: What it shows, in one or two sentences.
        words: Everything it shows, step by step.
        floats: Whether text that follows may stand before it, so that no page ends half empty.
    """

    name: str
    picture: Picture
    caption: str
    alt: str
    words: tuple[str, ...]
    floats: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return (self.caption,)


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that stands out.

    Args:
        kind: ``emergency`` and ``urgent`` are warning signs; ``caution``; ``note``.
        title: What it is about; a heading where a handout has one for it.
        blocks: What it says.
    """

    kind: NoticeKind
    title: str
    blocks: tuple[Block, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return (self.title,)


@dataclass(frozen=True, slots=True)
class Card:
    """One choice with what speaks for and against it; kept together on paper where it can be.

    Args:
        title: What it is.
        badge: What guidelines say together; None: nothing is cited.
        badge_words: The same in words.
        blocks: What there is to know about it.
    """

    title: str
    badge: Badge | None
    badge_words: str
    blocks: tuple[Block, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return tuple(filter(None, (self.title, self.badge_words)))


@dataclass(frozen=True, slots=True)
class Blank:
    """Lines to write on.

    Args:
        label: What to write.
        lines: How many lines.
        filled: What stands there already.
    """

    label: str
    lines: int = 1
    filled: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return tuple(filter(None, (self.label, self.filled)))


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading.

    Args:
        key: Its name, by which it can be left out and linked to, such as ``questions``.
        title: Its heading.
        blocks: What it says, parts of its own among them.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it shows itself, without those of blocks inside it."""
        return (self.title,)


Block = Paragraph | Bullets | Terms | Table | Figure | Notice | Card | Blank | Section


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who hands it out.

    Args:
        name: Name of the clinic; empty: nobody is named.
        contact: Lines such as a telephone number and hours.
        logo: The bytes of its logo, PNG or SVG; empty: none.
        logo_alt: What the logo shows.
        colour: Colour of headings and lines, such as ``#005EB8``.
    """

    name: str = ""
    contact: tuple[str, ...] = ()
    logo: bytes = b""
    logo_alt: str = ""
    colour: str = "#1F4E79"


@dataclass(frozen=True, slots=True)
class Handout:
    """A handout before it becomes a file.

    Args:
        kind: For whom it is made.
        title: Its title.
        subtitle: Which part it is about, or whom it is for.
        language: Language tag of its words.
        reader: Whose words it uses.
        profile: Name of the sizes of type: ``standard``, ``clear-print`` or ``large-print``.
        paper: ``a4`` or ``letter``.
        pathway: Name of the pathway.
        version: Version of the pathway.
        date: Day of that version, in words.
        status: Review status, in words.
        advice: That it is information and no advice.
        emergency: The box with the signs for which to get help now; it comes first, always.
        sections: Its parts, in order.
        letterhead: Who hands it out.
        reminder: What to do with a warning sign, in a few words, for every page.
    """

    kind: HandoutKind
    title: str
    subtitle: str
    language: str
    reader: Reader
    profile: str
    paper: str
    pathway: str
    version: str
    date: str
    status: str
    advice: str
    emergency: Notice
    sections: tuple[Section, ...]
    letterhead: Letterhead = field(default_factory=Letterhead)
    reminder: str = ""


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks and all that is inside them, in reading order.

    Args:
        blocks: Blocks of a handout, a section, a card.

    Example:
        >>> inner = Paragraph(text_of("Keep moving."))
        >>> [type(each).__name__ for each in walk([Section("care", "Care", (inner,))])]
        ['Section', 'Paragraph']
    """
    for block in blocks:
        yield block
        if isinstance(block, Section | Card | Notice):
            yield from walk(block.blocks)


def everything(handout: Handout) -> Iterator[Block]:
    """Yield every block of a handout in reading order, the emergency box first."""
    yield from walk((handout.emergency, *handout.sections))


def text_of(text: str) -> Line:
    """Return plain text as a line.

    Example:
        >>> text_of("Rest")
        (Run(text='Rest', strong=False, href=''),)
    """
    return (Run(text),)


def labelled(label: str, text: str) -> Line:
    """Return a text with a bold label before it.

    Example:
        >>> labelled("What it is:", "Warmth.")[0].strong
        True
    """
    return (Run(f"{label} ", strong=True), Run(text))


def words_in(line: Line) -> str:
    """Return the text of a line without its looks."""
    return "".join(run.text for run in line)


def plain_texts(block: Block) -> Iterator[str]:
    """Yield every text that a block itself shows, without those of the blocks inside it.

    Args:
        block: Any block.
    """
    yield from block.texts
