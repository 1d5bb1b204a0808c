"""In which order text and pictures stand, so that no page of a Word file ends half empty.

Word moves a picture that does not fit to the next page and leaves the rest of the page white. Here text
that follows is moved before such a picture, as far as its part goes, by an estimate of what fits on a
page: Arial is as wide as the font we can measure. Where the estimate is wrong, a page has some more white.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from typing import assert_never

from pathways.diagrams.fonts import Fonts
from pathways.handouts.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Figure,
    Notice,
    Paragraph,
    Section,
    Table,
    Terms,
    words_in,
)
from pathways.handouts.sizes import Sizes
from pathways.language import say

BOX_EDGES, BOX_SIDES = 24, 20
"""What lines, padding and space around a box take of the height and of the width, in points."""

CELL_EDGES = 14
PLACE = "text of the handout"
"""Where a character stands that cannot be shown, for the message."""

_CELLS = 1.12
"""Words in a narrow column leave more white than an estimate knows."""

_CAUTION = 1.04
"""A text that is thought higher than it is costs a few white lines; one thought lower, half a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block outside boxes, or the heading of a section without what is under it.

    Args:
        block: The block.
        level: Level of its heading, or of one that would stand beside it.
        is_rest: Whether it is the rest of a table that was cut.
    """

    block: Block
    level: int
    is_rest: bool = False

    @property
    def is_loose(self) -> bool:
        """Whether it is a picture that text may pass."""
        return isinstance(self.block, Figure) and self.block.floats


def pieces(blocks: Sequence[Block], level: int = 1) -> Iterator[Piece]:
    """Yield blocks in order, sections opened.

    Args:
        blocks: Blocks of a handout.
        level: Level of their headings.

    Example:
        >>> inner = Paragraph(())
        >>> [each.level for each in pieces([Section("a", "A", (inner,))])]
        [1, 2]
    """
    for block in blocks:
        yield Piece(block, level)
        if isinstance(block, Section):
            yield from pieces(block.blocks, level + 1)


@dataclass(frozen=True, slots=True)
class Measure:
    """Estimates how high blocks are.

    Args:
        sizes: Sizes of type.
        fonts: What widths are measured with.
        width: Width of the text, in points.
    """

    sizes: Sizes
    fonts: Fonts
    width: float

    def height(self, block: Block) -> float:
        """Return the height of a block, in points; of a section, that of its heading.

        Args:
            block: The block.
        """
        body = self.sizes.body
        match block:
            case Paragraph(line):
                return self.text(words_in(line)) + body * 0.6
            case Bullets(items):
                return sum(self.text(words_in(each), body * 2) + body * 0.3 for each in items)
            case Terms(items):
                texts = (f"{each.word}: {words_in(each.meaning)}" for each in items)
                return sum(self.text(text) + body * 0.6 for text in texts)
            case Table():
                return sum(self.rows(block))
            case Figure(picture=picture):
                scale = min(1.0, self.width / picture.width)
                return picture.height * scale + self.text(block.caption) + body * 1.3
            case Notice() | Card():
                inside = replace(self, width=self.width - BOX_SIDES)
                badge = 1.5 * body if isinstance(block, Card) and block.badge_words else 0
                text = sum(map(inside.height, block.blocks))
                return inside.height(Section("", block.title, ())) + badge + text + BOX_EDGES
            case Blank(lines=lines):
                return body * 2 + lines * body * 2.15
            case Section(title=title):
                size = self.sizes.headings[1]
                lines = self._lines(title, self.width, size, bold=True)
                return lines * size * 1.15 + size * 0.8
            case _:
                assert_never(block)

    def text(self, text: str, less: float = 0) -> float:
        """Return the height of a text.

        Args:
            text: The text.
            less: So much less than the whole width it has, in points.
        """
        size = self.sizes.body
        lines = self._lines(text, max(self.width - less, size * 4), size)
        return lines * size * self.sizes.leading * _CAUTION

    def _lines(self, text: str, width: float, size: float, *, bold: bool = False) -> int:
        safe = self.fonts.safe(text, PLACE)
        return max(1, len(self.fonts.wrap(safe, width, size, bold=bold, even=False)))

    def rows(self, table: Table) -> Iterator[float]:
        """Yield the height of a table's caption and head, then that of each row.

        Args:
            table: The table.
        """
        cell = replace(self, sizes=replace(self.sizes, body=self.sizes.small))
        above = self.text(table.caption)
        for row in (table.head, *(tuple(map(words_in, row)) for row in table.rows)):
            cells = zip(row, table.widths, strict=True)
            tall = max(
                cell.text(text, self.width * (1 - share) + CELL_EDGES) for text, share in cells
            )
            yield above + tall * _CELLS + self.sizes.small
            above = 0


@dataclass(slots=True)
class _Page:
    """The page that is written on, by estimate.

    Args:
        height: Height of the text on a page, in points.
        used: How much of it is taken.
    """

    height: float
    used: float
    waiting: deque[tuple[Piece, float]] = field(default_factory=deque)

    def fits(self, height: float) -> bool:
        return self.used + height <= self.height

    def put(self, height: float, *, whole: bool) -> None:
        if self.fits(height):
            self.used += height
        elif whole:
            self.used = min(height, self.height)
        else:
            self.used = (self.used + height) % self.height


def arranged(
    order: Iterable[Piece], measure: Measure, height: float, used: float
) -> Iterator[Piece]:
    """Yield pieces so that text passes pictures that do not fit on its page.

    A picture never leaves its part: it stands before the next heading of a level above it, and pictures
    stay in order.

    Args:
        order: The pieces in reading order.
        measure: Estimates their heights.
        height: Height of the text on a page, in points.
        used: How much of the first page is taken.
    """
    page = _Page(height, used)
    left = deque(order)
    after_heading = False
    while left:
        piece = left.popleft()
        if isinstance(piece.block, Table) and page.waiting:
            piece, *rest = _cut(piece, measure, page)
            left.extendleft(rest)
        tall = measure.height(piece.block)
        if isinstance(piece.block, Section) and page.waiting:
            yield from _released(page, until=piece.level)
        if piece.is_loose:
            page.waiting.append((piece, tall))
            yield from _released(page)
            continue
        if not after_heading:
            yield from _released(page, coming=_least(piece, left, measure))
        after_heading = isinstance(piece.block, Section)
        page.put(tall, whole=not isinstance(piece.block, Paragraph | Bullets | Table))
        yield piece
    yield from _released(page, until=0)


def _cut(piece: Piece, measure: Measure, page: _Page) -> tuple[Piece, ...]:
    """Return a table in two where the page ends, so that a picture may stand between; else as it is."""
    assert isinstance(piece.block, Table)
    table = piece.block
    ends = accumulate(measure.rows(table), initial=page.used)
    # What stands there already and the head come before the rows.
    count = sum(end <= page.height for end in ends) - 2
    if not 0 < count < len(table.rows):
        return (piece,)
    caption = (
        table.caption if piece.is_rest else say("{caption} (continued)", caption=table.caption)
    )
    first = replace(table, rows=table.rows[:count])
    rest = replace(table, caption=caption, rows=table.rows[count:])
    return replace(piece, block=first), Piece(rest, piece.level, is_rest=True)


def _least(piece: Piece, left: Sequence[Piece], measure: Measure) -> float:
    """Return how much room a piece must find: of a table its head with one row, of others all.

    A heading takes the text that follows it along.
    """
    if isinstance(piece.block, Table):
        return sum(islice(measure.rows(piece.block), 2))
    tall = measure.height(piece.block)
    if not isinstance(piece.block, Section) or not left or left[0].is_loose:
        return tall
    return tall + _least(left[0], (), measure)


def _released(page: _Page, *, coming: float = 0, until: int | None = None) -> Iterator[Piece]:
    """Yield the pictures that need not wait any longer.

    They fit now; or what comes next does not fit on the page either; or their part ends.
    """
    while page.waiting:
        piece, tall = page.waiting[0]
        is_over = until is not None and until < piece.level
        if not (is_over or page.fits(tall) or (coming and not page.fits(coming))):
            return
        page.waiting.popleft()
        page.put(tall, whole=True)
        yield piece
