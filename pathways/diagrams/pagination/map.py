"""The map of pages: which steps stand on which page, and where each page leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.drawing.sheets import GAP
from pathways.diagrams.drawing.style import Face, Style, broken, height_of, set_rows
from pathways.diagrams.pagination.frame import Book, Content, Frame
from pathways.diagrams.pagination.parts import part_of, steps_words
from pathways.diagrams.pagination.sections import Sections
from pathways.diagrams.phrases import ENDS_HERE
from pathways.diagrams.words import to_words
from pathways.language import joined, say

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
        links: Whether a step goes on in another pathway.
        at: Which of its steps somebody is at, in words; or empty.
    """

    first: int
    last: int
    title: str
    steps: str
    goals: tuple[int, ...]
    titles: tuple[str, ...] = ()
    leads_out: bool = False
    links: bool = False
    at: str = ""

    @property
    def pages(self) -> str:
        """Its pages in words."""
        if self.first == self.last:
            return say("Page {number}", number=self.first)
        return say("Pages {first} to {last}", first=self.first, last=self.last)


def entry_words(entry: Entry) -> str:
    """Return which steps a page holds and where it leads, in words.

    Example:
        >>> entry_words(Entry(3, 3, "Safety", "Steps 1 to 7", (2, 4, 6)))
        'Steps 1 to 7. Goes on to pages 4 and 6. Can lead back to page 2.'
    """
    words = [f"{entry.steps}."]
    onward = [page for page in entry.goals if page > entry.last]
    back = [page for page in entry.goals if page < entry.first]
    if onward:
        words.append(say("Goes on to {pages}.", pages=_pages(onward)))
    if back:
        words.append(say("Can lead back to {pages}.", pages=_pages(back)))
    if entry.leads_out:
        words.append(say("Goes on to steps that are not in these pages."))
    if entry.links:
        words.append(say("Goes on in another pathway."))
    if not (onward or back or entry.leads_out or entry.links):
        words.append(f"{say(ENDS_HERE)}.")
    return " ".join(words)


def _pages(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return say("page {numbers}", numbers=numbers[0])
    return say("pages {numbers}", numbers=joined(list(map(str, numbers))))


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
            links=any(box.kind == "link" for box in part.boxes),
            at=part.whereabouts,
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
        total = count + len(found.runs)
        page_of = found.page_of(1 + count)
        ways = [(titles, columns) for titles in (True, False) for columns in (1, 2)]
        tries = (
            _Columns(book, columns, page_of, total).placed(entries, titles=titles)
            for titles, columns in ways
        )
        pages = min(tries, key=len)
    # Longer page numbers can make a map longer, and a longer map shorter ones: it never goes back.
    while len(pages) < count:
        *before, last = pages
        pages = [*before, last[:-1], last[-1:]]
    return pages


class _Columns:
    """Fills pages with rows, column by column."""

    def __init__(
        self, book: Book, columns: int, page_of: Mapping[str, int], page_count: int
    ) -> None:
        self.book = book
        self.columns = columns
        self.page_of = page_of
        self.page_count = page_count
        self.width = (book.paper.inner_width - (columns - 1) * ROW_GAP) / columns
        self.top = self.bottom = self.y = 0.0
        self.column = columns

    def placed(self, entries: Sequence[Entry], *, titles: bool) -> list[list[Placed]]:
        """Return the rows in their places, page by page."""
        pages: list[list[Placed]] = []
        rows = [_row(entry, self.width, self.book.style, titles=titles) for entry in entries]
        for position, (entry, row) in enumerate(zip(entries, rows, strict=True)):
            if self.y + row.height > self.bottom:
                self.column += 1
                self.y = self.top
            if self.column >= self.columns:
                pages.append([])
                self.begin(len(pages), rows[position:])
            x = self.book.paper.margin + self.column * (self.width + ROW_GAP)
            pages[-1].append(Placed(entry, row.at(x, self.y)))
            self.y += row.height + ROW_GAP
        return pages

    def begin(self, page: int, rows: Sequence[Block]) -> None:
        """Begin a page; the rows that are left fill its columns about evenly."""
        frame = map_frame(self.book, Places(self.page_of, page), self.page_count)
        self.top = self.y = frame.begin + _title(self.book).height + GAP / 2
        even = sum(row.height + ROW_GAP for row in rows) / self.columns
        tallest = max(row.height for row in rows)
        self.bottom = min(frame.begin + frame.room, self.top + even + tallest / 2)
        self.column = 0


def map_frame(book: Book, places: Places, page_count: int) -> Frame:
    """Return what stands around the map; only the first page lists every warning sign."""
    first = places.page == 1
    corner = say("Page {number} of {count}", number=places.page, count=page_count)
    return book.frame(book.diagram.under_title if first else "", corner, places, brief=not first)


def map_sheet(book: Book, placed: Sequence[Placed], places: Places, page_count: int) -> Sheet:
    """Return one page of the map.

    Args:
        book: What all pages share.
        placed: Its rows.
        places: On which pages steps stand; its page is the number of this one.
        page_count: How many pages there are.
    """
    frame = map_frame(book, places, page_count)
    title = _title(book).at(book.paper.margin, frame.begin)
    part = part_of(book.diagram, [], "", f"{book.diagram.part}-page-{places.page}")
    words = "\n".join(
        f"{p.entry.pages}: {p.entry.title}. {entry_words(p.entry)}{f' {p.entry.at}.' if p.entry.at else ''}"
        for p in placed
    )
    content = Content(
        part,
        (title, *(each.row for each in placed)),
        (),
        say("Page {number}: map of the pages", number=places.page),
        f"{to_words(part)}\n{words}\n",
        page_count=page_count,
    )
    return book.sheet(frame, content)


def _title(book: Book) -> Block:
    """Return the heading of the map."""
    style, width = book.style, book.paper.inner_width
    face = Face(style.profile.title + 1, style.theme.text, bold=True)
    rows = broken(say(TITLE), "title of the map", width, face, style)
    return Block("heading", width, height_of(rows), texts=set_rows(rows, 0, 0, style))


def _row(entry: Entry, width: float, style: Style, *, titles: bool) -> Block:
    """Return one row of the map; a page has no disc, so that it is not taken for a step."""
    theme, sizes = style.theme, style.profile
    inner = width - 2 * PADDING
    bold = Face(sizes.title, theme.text, bold=True)
    plain = Face(sizes.detail, theme.detail, ink="detail")
    place = f"page {entry.first} of the map"
    rows = broken(f"{entry.pages}: {entry.title}", place, inner, bold, style)
    if entry.at:
        own = replace(bold, colour=theme.marks["here"].colour, ink="mark")
        rows += broken(f"► {entry.at}", place, inner, own, style)
    rows += broken(entry_words(entry), place, inner, plain, style)
    for title in entry.titles if titles else ():
        rows += broken(title, place, inner, plain, style)
    return Block(
        "row",
        width,
        height_of(rows) + 2 * PADDING - 4,
        "rounded",
        fill=theme.frame_fill,
        border=theme.frame_border,
        border_width=1.0,
        radius=6.0,
        texts=set_rows(rows, PADDING + 2, PADDING - 2, style),
    )
