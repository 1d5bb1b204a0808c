"""A handout as Markdown: for web pages, for e-mail, and for people who read plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from pathways.diagrams.characters import as_markdown, clean
from pathways.handouts.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Figure,
    Handout,
    Letterhead,
    Line,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    Terms,
    everything,
)
from pathways.handouts.links import web_address
from pathways.handouts.words import foot_words
from pathways.language import speaking

DEEPEST = 6
"""Markdown has no headings below this level."""

WRITING_LINE = "_" * 40
_IN_ADDRESSES = {ord(sign): f"%{ord(sign):02X}" for sign in " ()<>\\\"'`"}
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def to_markdown(handout: Handout, picture_names: Mapping[str, str] = _NO_NAMES) -> str:
    """Return a handout as Markdown.

    Args:
        handout: The handout.
        picture_names: Name of the file of each picture, by name of the figure. A picture without one
            is written as a list of what it shows.

    Returns:
        The text; it ends with a line end.

    Raises:
        UnsafeTextError: A text has a control character or an invisible one.

    Example:
        >>> box = Notice("emergency", "When to get help now", ())
        >>> handout = Handout("patient", "Back pain", "", "en", "patient", "clear-print", "a4",
        ...     "back", "1", "today", "Draft.", "This is no advice.", box, ())
        >>> print(to_markdown(handout).splitlines()[0])
        # Back pain
    """
    with speaking(handout.language):
        parts = [*_Writer(handout, picture_names).parts()]
    return "\n\n".join(parts) + "\n"


class _Writer:
    """Writes a handout part by part; between two parts stands an empty line."""

    def __init__(self, handout: Handout, picture_names: Mapping[str, str]) -> None:
        self._handout, self._names = handout, picture_names
        self._anchors = _anchors(handout)

    def parts(self) -> Iterator[str]:
        handout = self._handout
        yield f"# {_plain(handout.title)}"
        yield from _letterhead(handout.letterhead)
        for text in filter(None, (handout.subtitle, handout.status)):
            yield _paragraph(_plain(text))
        yield from self._blocks((handout.emergency, *handout.sections), 2)
        yield "---"
        for text in filter(None, (foot_words(handout), handout.advice)):
            yield _paragraph(_plain(text))

    def _blocks(self, blocks: Sequence[Block], level: int) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block, level)

    def _block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Section() | Notice() | Card():
                yield from self._part(block, level)
            case Paragraph():
                yield _paragraph(self._line(block.line))
            case Bullets():
                yield self._bullets(block)
            case Terms():
                for term in block.items:
                    yield _paragraph(f"**{_plain(term.word)}**: {self._line(term.meaning)}")
            case Table():
                yield _paragraph(f"**{_plain(block.caption)}**")
                yield self._table(block)
            case Figure():
                yield from self._figure(block)
            case Blank():
                yield from _blank(block)
            case _:
                assert_never(block)

    def _part(self, block: Section | Notice | Card, level: int) -> Iterator[str]:
        """Yield a heading and what stands under it; a notice is a quotation, so that it stands out."""
        parts = [_heading(block.title, level)]
        if isinstance(block, Card) and block.badge_words:
            parts.append(f"**{_plain(block.badge_words)}**")
        parts += self._blocks(block.blocks, level + 1)
        if isinstance(block, Notice):
            yield _quoted("\n\n".join(parts))
        else:
            yield from parts

    def _bullets(self, block: Bullets) -> str:
        signs = (f"{number}." for number in range(1, len(block.items) + 1))
        entries = (_paragraph(self._line(each)) for each in block.items)
        if block.ordered:
            return "\n".join(f"{sign} {text}" for sign, text in zip(signs, entries, strict=True))
        return "\n".join(f"- {text}" for text in entries)

    def _table(self, block: Table) -> str:
        rows = [
            [
                self._line(_all_strong(line)) if column == 0 else self._line(line)
                for column, line in enumerate(row)
            ]
            for row in block.rows
        ]
        listed = [[_plain(each) for each in block.head], ["---"] * len(block.head), *rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in listed)

    def _figure(self, block: Figure) -> Iterator[str]:
        name = self._names.get(block.name)
        if name is None:
            yield _paragraph(f"**{_plain(block.caption)}**")
            yield "\n".join(map(_entry, (block.alt, *block.words)))
            return
        yield f"![{_plain(block.alt)}]({name.translate(_IN_ADDRESSES)})"
        yield _paragraph(f"**{_plain(block.caption)}**")

    def _line(self, line: Line) -> str:
        return "".join(map(self._run, line))

    def _run(self, run: Run) -> str:
        """Return a piece of text; its outer spaces stand outside its signs, or they would mean nothing."""
        text = _plain(run.text)
        if not text:
            return " " if run.text else ""
        before = " " if run.text[:1].isspace() else ""
        after = " " if run.text[-1:].isspace() else ""
        if run.strong:
            text = f"**{text}**"
        address = self._address(run.href)
        if address:
            text = f"[{text}]({address})"
        return f"{before}{text}{after}"

    def _address(self, address: str) -> str:
        """Return where a link leads; nothing where that is no web address or a part that is left out."""
        if address.startswith("#"):
            anchor = self._anchors.get(address[1:])
            return f"#{anchor}" if anchor else ""
        found = web_address(address) if address.isprintable() else ""
        return found.translate(_IN_ADDRESSES)


def _anchors(handout: Handout) -> dict[str, str]:
    """Return how a link finds each section: by the words of its heading, as most programs do it."""
    found: dict[str, str] = {}
    seen: dict[str, int] = {}
    for title, key in _headings(handout):
        anchor = re.sub(r"[^\w\- ]", "", clean(title, "heading").lower()).replace(" ", "-")
        count = seen.get(anchor, 0)
        seen[anchor] = count + 1
        if key:
            found.setdefault(key, f"{anchor}-{count}" if count else anchor)
    return found


def _headings(handout: Handout) -> Iterable[tuple[str, str]]:
    """Yield the words of every heading in order, with the name of the section, if it is one."""
    yield handout.title, ""
    for each in everything(handout):
        match each:
            case Section(key, title):
                yield title, key
            case Notice(title=title) | Card(title=title):
                yield title, ""
            case _:
                pass


def _letterhead(letterhead: Letterhead) -> Iterator[str]:
    name = [f"**{_plain(letterhead.name)}**"] if letterhead.name else []
    lines = [*name, *(_paragraph(_plain(each)) for each in letterhead.contact)]
    if lines:
        yield "  \n".join(lines)


def _blank(block: Blank) -> Iterator[str]:
    label = _plain(block.label)
    if block.filled:
        yield _paragraph(f"**{label.removesuffix(':')}**: {_plain(block.filled)}")
    else:
        yield _paragraph(f"**{label}**")
    for _ in range(block.lines):
        yield WRITING_LINE


def _heading(title: str, level: int) -> str:
    return f"{'#' * min(level, DEEPEST)} {_plain(title)}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _all_strong(line: Line) -> Line:
    return tuple(replace(run, strong=True) for run in line)


def _entry(text: str) -> str:
    r"""Return a line of words as an entry of a list; what is an entry in them stands below it.

    Example:
        >>> print(_entry("Step 1. Any sign?"), _entry("- Yes: go to step 2."), sep="\n")
        - Step 1. Any sign?
          - Yes: go to step 2.
    """
    if text.startswith("- "):
        return f"  - {_paragraph(_plain(text[2:]))}"
    return f"- {_paragraph(_plain(text))}"


def _plain(text: str) -> str:
    return as_markdown(clean(text, "text of the handout"))


def _paragraph(text: str) -> str:
    r"""Return text that does not become a list or a line by how it begins.

    Example:
        >>> _paragraph("1. April"), _paragraph("- 5 degrees")
        ('1\\. April', '\\- 5 degrees')
    """
    return re.sub(r"^(\d*)([-.)=])", r"\1\\\2", text)
