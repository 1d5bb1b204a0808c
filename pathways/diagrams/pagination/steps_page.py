"""A page with steps on it: the room for them, and the finished sheet."""

from __future__ import annotations

from pathways.diagrams.drawing.body import Body
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.model import Diagram
from pathways.diagrams.pagination.fit import Fitting
from pathways.diagrams.pagination.frame import Book, Content, Frame
from pathways.diagrams.words import to_words


def fitting_of(book: Book, frame: Frame) -> Fitting:
    """Return what knows the room that a frame leaves.

    Args:
        book: What all pages share.
        frame: Heading, warning signs and footer of a page.
    """
    return Fitting(book.style, book.paper.inner_width, frame.room)


def steps_sheet(
    book: Book, frame: Frame, part: Diagram, body: Body, title: str = "", page_count: int = 1
) -> Sheet:
    """Return a page with steps on it, centred.

    Args:
        book: What all pages share.
        frame: Heading, warning signs and footer of the page.
        part: What it shows.
        body: The same, laid out.
        title: What it shows, in a few words.
        page_count: How many pages there are.
    """
    x = book.paper.margin + (book.paper.inner_width - body.width) / 2
    content = Content(
        part,
        [each.at(each.x + x, each.y + frame.begin) for each in body.blocks],
        [each.moved(x, frame.begin) for each in body.wires],
        title,
        to_words(part),
        body.router,
        page_count,
    )
    return book.sheet(frame, content)
