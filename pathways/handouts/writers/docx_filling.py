"""In which order text and pictures stand, so that no page of a Word file ends half empty.

Word moves a picture that does not fit to the next page and leaves the rest of the page white. Here text
that follows is moved before such a picture, as far as its part goes, by an estimate of what fits on a
page: Arial is as wide as the font we can measure. Where the estimate is wrong, a page has some more white.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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
    """

    block: Block
    level: int

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
                return self._table(block)
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

    def _table(self, block: Table) -> float:
        rows = (block.head, *(tuple(map(words_in, row)) for row in block.rows))
        total = self.text(block.caption)
        cell = replace(self, sizes=replace(self.sizes, body=self.sizes.small))
        for row in rows:
            cells = zip(row, block.widths, strict=True)
            tall = max(
                cell.text(text, self.width * (1 - share) + CELL_EDGES) for text, share in cells
            )
            total += tall * _CELLS + self.sizes.small
        return total


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
    listed = list(order)
    after_heading = False
    position = -1
    while position + 1 < len(listed):
        position += 1
        piece = listed[position]
        tall = measure.height(piece.block)
        if isinstance(piece.block, Table) and page.waiting and not page.fits(tall):
            cut = _cut(piece.block, measure, page.height - page.used)
            if cut is not None:
                listed[position : position + 1] = [replace(piece, block=part) for part in cut]
                piece, tall = listed[position], measure.height(cut[0])
        if isinstance(piece.block, Section) and page.waiting:
            yield from _released(page, until=piece.level)
        if piece.is_loose:
            page.waiting.append((piece, tall))
            yield from _released(page)
            continue
        if not after_heading:
            least = _least(piece.block, measure, tall)
            yield from _released(page, coming=least + _with_heading(listed, position, measure))
        after_heading = isinstance(piece.block, Section)
        page.put(tall, whole=not isinstance(piece.block, Paragraph | Bullets | Table))
        yield piece
    yield from _released(page, until=0)


def _cut(table: Table, measure: Measure, room: float) -> tuple[Table, Table] | None:
    """Return a table cut where the room ends, so that a picture may stand between; None: no row fits."""
    for count in range(len(table.rows) - 1, 0, -1):
        first = replace(table, rows=table.rows[:count])
        if measure.height(first) <= room:
            caption = say("{caption} (continued)", caption=table.caption)
            if table.caption.endswith(say("{caption} (continued)", caption="")):
                caption = table.caption
            return first, replace(table, caption=caption, rows=table.rows[count:])
    return None


def _least(block: Block, measure: Measure, tall: float) -> float:
    """Return how much room a block must find: of a table its head with one row, of others all."""
    return measure.height(replace(block, rows=block.rows[:1])) if isinstance(block, Table) else tall


def _with_heading(listed: Sequence[Piece], position: int, measure: Measure) -> float:
    """Return how high what stays with a heading is: the text that follows it; of others, nothing."""
    following = listed[position + 1 : position + 2]
    if not isinstance(listed[position].block, Section) or not following:
        return 0
    block = following[0].block
    return 0 if following[0].is_loose else _least(block, measure, measure.height(block))


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
