"""A diagram of which something may be left out: made to fit one page, or two of large print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pathways.diagrams.drawing.body import Body
from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.model import Box, Diagram, Leeway, Line, Stub
from pathways.diagrams.pagination.frame import Book, Content, Frame
from pathways.diagrams.pagination.parts import page_title, part_of
from pathways.diagrams.pagination.steps_page import fitting_of, steps_sheet
from pathways.diagrams.phrases import offer_key, offers_elsewhere
from pathways.diagrams.words import to_words
from pathways.language import say

FEW_CARDS = 4
"""Where a page holds so few cards or fewer, two pages may be taken."""


def fewest_pages(book: Book, most: int) -> tuple[Sheet, ...]:
    """Return a diagram on one page, or on two of large print, with what must be left out left out.

    First what may be left out goes, then the offers of panels are shortened. Only when that does
    not help do steps that could be next stand as ovals instead of cards, and at last alone: without
    the way so far and what is not open.

    Args:
        book: The diagram, which has a leeway, and how it is set.
        most: Most cards on a page.

    Returns:
        One or two pages; none when even that does not fit.
    """
    two = most <= FEW_CARDS
    for parts in reductions(book.diagram):
        for part in parts:
            one = _single(book, part) if len(part.boxes) <= most else None
            if one:
                return (one,)
        for part in parts if two else ():
            pair = _pair(book, part, most)
            if pair:
                return pair
    return ()


def reductions(diagram: Diagram) -> Iterator[list[Diagram]]:
    """Yield a diagram with less and less in it, in three rounds; each begins with all it may keep.

    Args:
        diagram: A diagram with a leeway.
    """
    leeway = diagram.leeway or Leeway(())
    every = (*leeway.spare, *leeway.last)
    for names, all_ways in ((leeway.spare, True), (every, True), (every, False)):
        yield list(_parts(diagram, names, all_ways=all_ways))


def _parts(diagram: Diagram, names: Sequence[str], *, all_ways: bool) -> Iterator[Diagram]:
    """Yield the diagram with less and less in it: shorter notes, fewer steps, shorter panels."""
    overlays = [diagram.overlay]
    if diagram.overlay.short:
        overlays.append(diagram.overlay.in_short())
    for boxes in _levels(diagram):
        for count in range(len(names) + 1):
            for overlay in overlays:
                part = _without(replace(diagram, boxes=boxes, overlay=overlay), names[:count])
                yield part if all_ways else replace(part, stubs=tuple(_open_stubs(part)))


def _levels(diagram: Diagram) -> Iterator[tuple[Box, ...]]:
    """Yield the boxes with their offers in full, in brief, named in a sentence, and counted only."""
    yield diagram.boxes
    if any(box.lines for box in diagram.boxes):
        yield tuple(map(_brief, diagram.boxes))
        yield tuple(_counted(box, diagram, named=True) for box in diagram.boxes)
        yield tuple(_counted(box, diagram) for box in diagram.boxes)


def in_brief(diagram: Diagram) -> Diagram:
    """Return a diagram whose panels name what is on offer, without conditions and notes.

    Args:
        diagram: A diagram beside which a text says those.
    """
    return replace(diagram, boxes=tuple(map(_brief, diagram.boxes)))


def _brief(box: Box) -> Box:
    lines = tuple(replace(line, when_words="", note="", cautions=()) for line in box.lines)
    return replace(box, lines=lines)


def _counted(box: Box, diagram: Diagram, *, named: bool = False) -> Box:
    if not box.lines:
        return box
    words = offers_elsewhere(len(box.lines), diagram.reader)
    if named:
        words += f": {'; '.join(_named(line, box, diagram) for line in box.lines)}"
    return replace(box, lines=(), shortened=words)


def _named(line: Line, box: Box, diagram: Diagram) -> str:
    said = diagram.overlay.offers.get(offer_key(box, line))
    return f"{line.title} – {said[:1].lower()}{said[1:]}" if said else line.title


def _without(diagram: Diagram, names: Sequence[str]) -> Diagram:
    """Return a diagram without some steps; what led to and from them is said where it matters."""
    kept = [box.name for box in diagram.boxes if box.name not in names]
    part = part_of(diagram, kept, diagram.subtitle, diagram.part)
    return replace(part, stubs=_own_stubs(diagram, part))


def _own_stubs(diagram: Diagram, part: Diagram) -> tuple[Stub, ...]:
    """Return the ways out of where somebody is, and from each step left out the first way in."""
    leeway = diagram.leeway or Leeway(())
    position = {box.name: index for index, box in enumerate(part.boxes)}
    entering: dict[str, Stub] = {}
    for stub in sorted(part.stubs, key=lambda each: position[each.box]):
        if not stub.leaves:
            entering.setdefault(stub.other, stub)
    return tuple(
        stub
        for stub in part.stubs
        if (stub.box in leeway.stops if stub.leaves else stub in entering.values())
    )


def _open_stubs(part: Diagram) -> Iterator[Stub]:
    """Yield the ways out that may be open."""
    for stub in part.stubs:
        if stub.leaves and part.overlay.mark_of_ways(stub.ways) == "next":
            yield stub


def _single(book: Book, part: Diagram) -> Sheet | None:
    """Return a part on one page, or None when it does not fit."""
    places = Places(by_title=True)
    frame = book.frame(part.under_title, "", places, brief=False)
    body = _body(book, frame, part, places)
    return steps_sheet(book, frame, part, body) if body else None


def _body(book: Book, frame: Frame, part: Diagram, places: Places) -> Body | None:
    fitting = fitting_of(book, frame)
    return fitting.body(part, places) if fitting.estimate(part) <= 1 else None


@dataclass(frozen=True, slots=True)
class _Half:
    """One of two pages: its steps, and what stands around them."""

    part: Diagram
    frame: Frame
    places: Places


def _pair(book: Book, part: Diagram, most: int) -> tuple[Sheet, ...]:
    """Return a part on two pages, or nothing when it does not fit.

    Where somebody is stands on the first; the second lists every warning sign.
    """
    names = [box.name for box in part.boxes]
    stops = set((part.leeway or Leeway(())).stops)
    for count in range(min(len(names), most), 0, -1):
        if len(names) - count > most or not stops & set(names) <= set(names[:count]):
            continue
        halves = _halves(book, part, names[:count], names[count:])
        sheets = [_half_sheet(book, half) for half in halves]
        if all(sheets):
            return tuple(filter(None, sheets))
    return ()


def _halves(book: Book, part: Diagram, first: list[str], second: list[str]) -> tuple[_Half, _Half]:
    page_of = {**dict.fromkeys(first, 1), **dict.fromkeys(second, 2)}
    halves = []
    for page, names in enumerate((first, second), start=1):
        places = Places(page_of, page, by_title=True)
        frame = book.frame(
            part.under_title if page == 1 else "",
            say("Page {number} of {count}", number=page, count=2),
            places,
            brief=page == 1,
            listed_on=2,
        )
        half = part_of(part, names, "", f"{part.part}-page-{page}")
        halves.append(_Half(replace(half, stubs=_own_stubs(part, half)), frame, places))
    return halves[0], halves[1]


def _half_sheet(book: Book, half: _Half) -> Sheet | None:
    part, page = half.part, half.places.page
    if not part.boxes:
        content = Content(
            part,
            (),
            (),
            say("Page {number}: warning signs", number=page),
            to_words(part),
            page_count=2,
        )
        return book.sheet(half.frame, content)
    body = _body(book, half.frame, part, half.places)
    title = page_title(page, part)
    return steps_sheet(book, half.frame, part, body, title, 2) if body else None
