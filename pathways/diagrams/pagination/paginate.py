"""A diagram as pages of paper: the warning signs and a map first, then the steps in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathways.diagrams.drawing.body import Body
from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.model import Diagram
from pathways.diagrams.pagination.cuts import Run
from pathways.diagrams.pagination.frame import ANY_PAGE, Book, Frame
from pathways.diagrams.pagination.leeway import fewest_pages
from pathways.diagrams.pagination.map import map_pages, map_sheet
from pathways.diagrams.pagination.parts import page_title
from pathways.diagrams.pagination.sections import Search, Sections, asks_for_signs
from pathways.diagrams.pagination.steps_page import fitting_of, steps_sheet
from pathways.diagrams.profiles import Paper
from pathways.errors import DrawingError
from pathways.language import say

MOST_EXCESS = 2.0
"""A single step larger than this many pages is refused rather than made so small."""


def paginate(diagram: Diagram, style: Style, paper: Paper) -> tuple[Sheet, ...]:
    """Return a diagram as pages, each legible as it is.

    Args:
        diagram: What to show; at least one step.
        style: Sizes and colours; its profile says how many cards a page holds.
        paper: Size of the pages.

    Returns:
        One page when everything fits one; else a page with the warning signs and a map of the
        pages (or more such pages), then the steps in order. What may be left out of a diagram is,
        so that it fits one page, or two pages of large print.

    Raises:
        UnsafeTextError: A text cannot be shown.
        DrawingError: Graphviz gives up.
    """
    book = Book(diagram, replace(style, narrowest=paper.inner_width), paper)
    most = style.profile.most_cards or len(diagram.boxes)
    if diagram.leeway is not None:
        few = fewest_pages(book, most)
        return few or _several(book, most)
    one = _single(book) if len(diagram.boxes) <= most else None
    return (one,) if one else _several(book, most)


def _single(book: Book) -> Sheet | None:
    """Return everything on one page, or None when it does not fit."""
    diagram = book.diagram
    frame = book.frame(diagram.under_title, "", Places(), brief=False)
    fitting = fitting_of(book, frame)
    body = fitting.body(diagram, Places()) if fitting.estimate(diagram) <= 1 else None
    return steps_sheet(book, frame, diagram, body) if body else None


def _several(book: Book, most: int) -> tuple[Sheet, ...]:
    """Return the map and the pages of steps."""
    corner = say("Page {number} of {count}", number=ANY_PAGE, count=ANY_PAGE)
    usual, with_signs = (
        fitting_of(book, book.frame("", corner, book.anywhere(), brief=brief))
        for brief in (True, False)
    )
    search = Search(book.diagram, usual, with_signs, most)
    while True:
        found = search.found()
        maps = map_pages(book, found)
        leaves = _Leaves(book, search, found, len(maps))
        steps = [leaves.sheet(run, number) for number, run in leaves.numbered()]
        if all(steps):
            break
    page_of, total = leaves.page_of, leaves.page_count
    first = [
        map_sheet(book, placed, Places(page_of, number), total)
        for number, placed in enumerate(maps, start=1)
    ]
    return (*first, *filter(None, steps))


class _Leaves:
    """The pages of steps, once it is known which page has which number."""

    def __init__(self, book: Book, search: Search, found: Sections, maps: int) -> None:
        self.book = book
        self.search = search
        self.found = found
        self.first = 1 + maps
        self.page_of = found.page_of(self.first)
        self.page_count = maps + len(found.runs)

    def numbered(self) -> Iterator[tuple[int, Run]]:
        """Yield each run with the number of its page."""
        return enumerate(self.found.runs, start=self.first)

    def sheet(self, run: Run, number: int) -> Sheet | None:
        """Return a page, or None when its steps do not fit: then the search gives them up.

        A page that asks for warning signs lists them all, where that leaves room for its steps.
        """
        book, places = self.book, Places(self.page_of, number)
        part = self.found.part(run, f"{book.diagram.part}-page-{number}")
        title = page_title(number, part)
        for brief in (False, True) if asks_for_signs(part) else (True,):
            corner = say("Page {number} of {count}", number=number, count=self.page_count)
            frame = book.frame("", corner, places, brief=brief)
            body = fitting_of(book, frame).body(part, places)
            if body:
                return steps_sheet(book, frame, part, body, title, self.page_count)
        if len(part.boxes) > 1:
            self.search.give_up(run)
            return None
        part = part.with_overlay(part.overlay.in_short())
        body = self.nearest(part, frame, places)
        return steps_sheet(book, frame, part, body, title, self.page_count)

    def nearest(self, part: Diagram, frame: Frame, places: Places) -> Body:
        """Return a single step that fits no page as it should: smaller, which the gate will say."""
        fitting = fitting_of(self.book, frame)
        body = fitting.nearest(part, places)
        excess = fitting.excess(body)
        if excess > MOST_EXCESS:
            box = part.boxes[0]
            raise DrawingError(
                f"step {box.number}, '{box.title[:60]}', is {excess:.1f} times as large as a page of "
                f"{self.book.paper.name} in {self.book.style.profile.name}; shorten its texts, or "
                "choose a profile with smaller type"
            )
        return body.scaled(1 / excess) if excess > 1 else body
