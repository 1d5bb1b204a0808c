"""A diagram as pages of paper: the warning signs and a map first, then the steps in order."""

from __future__ import annotations

from dataclasses import replace

from pathways.diagrams.drawing.body import Body
from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.model import Diagram
from pathways.diagrams.pagination.fit import Fitting
from pathways.diagrams.pagination.frame import ANY_PAGE, Book, Content, Frame
from pathways.diagrams.pagination.map import map_pages, map_sheet
from pathways.diagrams.pagination.parts import steps_words
from pathways.diagrams.pagination.sections import sections
from pathways.diagrams.profiles import Paper
from pathways.diagrams.words import to_words


def paginate(diagram: Diagram, style: Style, paper: Paper) -> tuple[Sheet, ...]:
    """Return a diagram as pages, each legible as it is.

    Args:
        diagram: What to show; at least one step.
        style: Sizes and colours; its profile says how many cards a page holds.
        paper: Size of the pages.

    Returns:
        One page when everything fits one; else a page with the warning signs and a map of the
        pages (or more such pages), then the steps in order.

    Raises:
        UnsafeTextError: A text cannot be shown.
        DrawingError: Graphviz gives up.
    """
    book = Book(diagram, replace(style, narrowest=paper.inner_width), paper)
    most = style.profile.most_cards or len(diagram.boxes)
    one = _single(book) if len(diagram.boxes) <= most else None
    return (one,) if one else _several(book, most)


def _single(book: Book) -> Sheet | None:
    """Return everything on one page, or None when it does not fit."""
    diagram = book.diagram
    frame = book.frame(diagram.subtitle, "", Places(), brief=False)
    fitting = _fitting(book, frame)
    if fitting.estimate(diagram) > 1 or not fitting.fits(diagram, Places()):
        return None
    return _steps_sheet(book, frame, diagram, fitting.body(diagram, Places()), "")


def _several(book: Book, most: int) -> tuple[Sheet, ...]:
    """Return the map and the pages of steps."""
    frame = book.frame("", f"Page {ANY_PAGE} of {ANY_PAGE}", book.anywhere(), brief=True)
    fitting = _fitting(book, frame)
    found = sections(book.diagram, fitting, most)
    maps = map_pages(book, found)
    total = len(maps) + len(found.runs)
    page_of = found.page_of(1 + len(maps))
    sheets = [
        map_sheet(book, placed, f"Page {number} of {total}", Places(page_of, number))
        for number, placed in enumerate(maps, start=1)
    ]
    for number, run in enumerate(found.runs, start=1 + len(maps)):
        places = Places(page_of, number)
        part = found.part(run, f"page-{number}")
        frame = book.frame("", f"Page {number} of {total}", places, brief=True)
        title = f"Page {number}: {steps_words(box.number for box in part.boxes)}"
        sheets.append(_steps_sheet(book, frame, part, fitting.body(part, places), title))
    return tuple(sheets)


def _fitting(book: Book, frame: Frame) -> Fitting:
    return Fitting(book.style, book.paper.inner_width, frame.room)


def _steps_sheet(book: Book, frame: Frame, part: Diagram, body: Body, title: str) -> Sheet:
    """Return a page with steps on it, centred."""
    x = book.paper.margin + (book.paper.inner_width - body.width) / 2
    content = Content(
        part,
        [each.at(each.x + x, each.y + frame.begin) for each in body.blocks],
        [each.moved(x, frame.begin) for each in body.wires],
        title,
        to_words(part),
        body.router,
    )
    return book.sheet(frame, content)
