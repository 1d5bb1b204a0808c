"""The map of pages: which steps stand on which page, and where each page leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.drawing.sheets import GAP
from pathways.diagrams.drawing.style import Face, Row, Style, broken, height_of, set_rows
from pathways.diagrams.pagination.frame import Book, Content, Frame
from pathways.diagrams.pagination.parts import part_of, steps_words
from pathways.diagrams.pagination.sections import Sections
from pathways.diagrams.words import to_words

ROW_GAP = 7.0
PADDING = 7.0
TITLE = "Map of the pages"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the map says of one page, or of several that hold one large panel.

    Args:
        first: Number of the first page.
        last: Number of the last page.
        title: Titles of its phases.
        steps: Which steps it holds.
        goals: Numbers of the pages it leads to.
        titles: Number and title of each step.
        leads_out: Whether a way leads to a step that stands on none of the pages.
    """

    first: int
    last: int
    title: str
    steps: str
    goals: tuple[int, ...]
    titles: tuple[str, ...] = ()
    leads_out: bool = False

    @property
    def pages(self) -> str:
        """Its pages in words."""
        if self.first == self.last:
            return f"Page {self.first}"
        return f"Pages {self.first} to {self.last}"


def entry_words(entry: Entry) -> str:
    """Return which steps a page holds and where it leads, in words.

    Example:
        >>> entry_words(Entry(3, 3, "Safety", "Steps 1 to 7", (2, 4, 6)))
        'Steps 1 to 7. Goes on to pages 4 and 6. Can lead back to page 2.'
    """
    words = [f"{entry.steps}."]
    if entry.first != entry.last:
        words = [f"{entry.steps}: pages {entry.first} to {entry.last}."]
    onward = [page for page in entry.goals if page > entry.last]
    back = [page for page in entry.goals if page < entry.first]
    if onward:
        words.append(f"Goes on to {_pages(onward)}.")
    if back:
        words.append(f"Can lead back to {_pages(back)}.")
    if entry.leads_out:
        words.append("Goes on to steps that are not in these pages.")
    elif not onward and not back:
        words.append("The pathway ends here.")
    return " ".join(words)


def _pages(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    return f"pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of the map and its row, in its place on a page."""

    entry: Entry
    row: Block


def map_entries(found: Sections, first: int) -> list[Entry]:
    """Return what the map says of each page of steps.

    Args:
        found: Where the diagram is cut.
        first: Number of the first page of steps.
    """
    page_of = found.page_of(first)
    titles = {group.name: group.title for group in found.diagram.groups}
    entries: list[Entry] = []
    for number, run in enumerate(found.runs, start=first):
        part = found.part(run)
        leaving = [stub for stub in part.stubs if stub.leaves]
        phases = [titles[group.name] for group in part.groups]
        entry = Entry(
            number,
            number,
            ", ".join(phases) or found.diagram.title,
            steps_words(box.number for box in part.boxes),
            tuple(sorted({page_of[s.other] for s in leaving if s.other in page_of})),
            tuple(f"{box.number} {box.title}" for box in part.boxes),
            leads_out=any(stub.other not in page_of for stub in leaving),
        )
        if entries and entries[-1].steps == entry.steps:
            entry = replace(entry, first=entries.pop().first)
        entries.append(entry)
    return entries


def map_pages(book: Book, found: Sections) -> list[list[Placed]]:
    """Return the rows of the map, page by page.

    Titles of steps are listed where that takes no more pages.

    Args:
        book: What all pages share.
        found: Where the diagram is cut; the pages of steps follow those of the map.
    """
    count = 0
    pages: list[list[Placed]] = [[]]
    while len(pages) > count:
        count = len(pages)
        entries = map_entries(found, 1 + count)
        ways = [(titles, columns) for titles in (True, False) for columns in (1, 2)]
        tries = (_in_columns(book, entries, columns, titles=titles) for titles, columns in ways)
        pages = min(tries, key=len)
    # Longer page numbers can make a map longer, and a longer map shorter ones: it never goes back.
    while len(pages) < count:
        *before, last = pages
        pages = [*before, last[:-1], last[-1:]]
    return pages


def _in_columns(
    book: Book, entries: Sequence[Entry], columns: int, *, titles: bool
) -> list[list[Placed]]:
    """Return the rows of the map in their places, page by page, column by column."""
    paper = book.paper
    width = (paper.inner_width - (columns - 1) * ROW_GAP) / columns
    title = _title(book)
    pages: list[list[Placed]] = []
    column, y, top, bottom = columns, 0.0, 0.0, 0.0
    for entry in entries:
        row = _row(entry, width, book.style, titles=titles)
        if y + row.height > bottom:
            column, y = column + 1, top
        if column >= columns:
            frame = map_frame(book, 1 + len(pages), "x", book.anywhere())
            top = y = frame.begin + title.height + GAP / 2
            bottom = frame.begin + frame.room
            column = 0
            pages.append([])
        x = paper.margin + column * (width + ROW_GAP)
        pages[-1].append(Placed(entry, row.at(x, y)))
        y += row.height + ROW_GAP
    return pages


def map_frame(book: Book, number: int, corner: str, places: Places) -> Frame:
    """Return what stands around the map; only the first page lists every warning sign."""
    subtitle = book.diagram.subtitle if number == 1 else ""
    return book.frame(subtitle, corner, places, brief=number > 1)


def map_sheet(book: Book, placed: Sequence[Placed], corner: str, places: Places) -> Sheet:
    """Return one page of the map.

    Args:
        book: What all pages share.
        placed: Its rows.
        corner: Words at its top right.
        places: On which pages steps stand; its page is the number of this one.
    """
    frame = map_frame(book, places.page, corner, places)
    title = _title(book).at(book.paper.margin, frame.begin)
    part = part_of(book.diagram, [], "", f"page-{places.page}")
    words = "\n".join(f"{p.entry.pages}: {p.entry.title}. {entry_words(p.entry)}" for p in placed)
    content = Content(
        part,
        (title, *(each.row for each in placed)),
        (),
        f"Page {places.page}: map of the pages",
        f"{to_words(part)}\n{words}\n",
    )
    return book.sheet(frame, content)


def _title(book: Book) -> Block:
    """Return the heading of the map."""
    style, width = book.style, book.paper.inner_width
    face = Face(style.profile.title + 1, style.theme.text, bold=True)
    rows = broken(TITLE, "title of the map", width, face, style)
    return Block("heading", width, height_of(rows), texts=set_rows(rows, 0, 0, style))


def _row(entry: Entry, width: float, style: Style, *, titles: bool) -> Block:
    theme, sizes = style.theme, style.profile
    paint = theme.paints["start"]
    radius = sizes.detail * 1.15
    left = 2 * PADDING + 2 * radius
    inner = width - left - PADDING
    bold = Face(sizes.title, theme.text, bold=True)
    plain = Face(sizes.detail, theme.detail, ink="detail")
    place = f"page {entry.first} of the map"
    rows = broken(entry.title, place, inner, bold, style)
    rows += broken(entry_words(entry), place, inner, plain, style)
    for title in entry.titles if titles else ():
        rows += broken(title, place, inner, plain, style)
    height = max(height_of(rows), 2 * radius) + 2 * PADDING - 4
    disc_face = Face(sizes.detail, paint.on_border, bold=True, ink="on_border")
    disc = Block(
        "number",
        2 * radius,
        2 * radius,
        "stadium",
        x=PADDING,
        y=(height - 2 * radius) / 2,
        fill=paint.border,
        texts=set_rows(
            [Row(str(entry.first), disc_face)],
            radius,
            radius - disc_face.size * 0.6,
            style,
            "middle",
        ),
        role="start",
    )
    return Block(
        "row",
        width,
        height,
        "rounded",
        fill=theme.frame_fill,
        border=theme.frame_border,
        border_width=1.0,
        radius=8.0,
        texts=set_rows(rows, left, (height - height_of(rows)) / 2, style),
        inner=(disc,),
    )
