"""The gate: what can be measured of a finished picture, and whether it passes.

The measures are taken from the finished sheet alone; how it was laid out does not matter.

Sources: W3C, Web Content Accessibility Guidelines 2.2, 1.4.3 (text) and 1.4.11 (borders, lines);
UK Association for Accessible Formats, MS03 (sizes of type). That crossings matter most for
understanding: Purchase H. Which aesthetic has the greatest effect on human understanding?
Graph Drawing 1997.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pathways.diagrams.drawing.contrast import contrast
from pathways.diagrams.drawing.geometry import (
    Rectangle,
    Segment,
    cross,
    inside,
    overlap,
    passes_through,
    rectangle,
    run_together,
    segments,
)
from pathways.diagrams.drawing.shapes import Block, Sheet, Text, Wire
from pathways.diagrams.profiles import PAPERS, Profile

LEAST_TEXT_CONTRAST = 4.5
LEAST_LINE_CONTRAST = 3.0
LEAST_FILLED = 0.2
LEAST_USED = 0.4
MOST_CROSSINGS = 2
FEW_CARDS = 8
"""A picture of so few cards or fewer has no crossing at all."""

INSET = 1.5
SOLID = frozenset({"card", "oval", "label", "heading", "alarm", "row", "footer"})
"""What no line may pass through, and what may not lie on each other."""

CONTENT = frozenset({"card", "oval", "label", "heading", "alarm", "row"})
"""What counts as something on the page."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What a picture measures.

    Args:
        smallest: Smallest type in the picture, in points.
        points_on: Size of the smallest type by name of paper, when the picture is made to fit.
        cards: How many cards it has.
        lines_through: Lines that pass through a card, an oval, or the label of another line.
        lines_on_text: Titles of phases that a line runs through.
        overlaps: Pairs of cards, ovals and labels that lie on each other.
        shared_tracks: Pairs of lines with no common end that lie on each other.
        crossings: How often lines cross; lines that come together do not.
        labels_off: Labels that their own line does not meet.
        text_outside: Lines of text that leave their shape, or the picture.
        off_page: Blocks that leave the picture, or the margins of the page.
        text_contrast: Lowest contrast of a text.
        line_contrast: Lowest contrast of a border or line.
        filled: Share of the picture, or of the page between its margins, with something in it.
        router: ``right_angled``, or ``curved`` where right angles could not pass.
        used: Share of the height between the margins down to the last thing above the footer.
        paper: Name of the paper it is a page of; empty for a free picture.
        page_count: How many pages it is one of.
    """

    smallest: float
    points_on: dict[str, float]
    cards: int
    lines_through: int
    lines_on_text: int
    overlaps: int
    shared_tracks: int
    crossings: int
    labels_off: int
    text_outside: int
    off_page: int
    text_contrast: float
    line_contrast: float
    filled: float
    router: str
    used: float
    paper: str
    page_count: int

    def problems(self, profile: Profile) -> tuple[str, ...]:
        """Return in words what keeps the picture from passing, or nothing.

        Args:
            profile: Whom it must be legible for; on a screen type may be of any size.
        """
        return tuple(_problems(self, profile))

    def passes(self, profile: Profile) -> bool:
        """Return whether nothing keeps the picture from passing."""
        return not self.problems(profile)


def quality(sheet: Sheet) -> Quality:
    """Measure a finished picture.

    Args:
        sheet: The picture.

    Returns:
        The measures; the same sheet gives the same.
    """
    return _Meter(sheet).quality()


def _problems(found: Quality, profile: Profile) -> Iterator[str]:
    for name, points in found.points_on.items():
        if found.paper in {"", name} and points < profile.least - 0.05:
            yield (
                f"the smallest type is {points:.1f} points on {name}; "
                f"{profile.name} needs {profile.least:g}"
            )
    for count, what in (
        (found.lines_through, "line(s) through a card, an oval or another label"),
        (found.lines_on_text, "line(s) through the title of a phase"),
        (found.overlaps, "pair(s) of cards, ovals or labels on each other"),
        (found.shared_tracks, "pair(s) of lines on each other"),
        (found.labels_off, "label(s) away from their line"),
        (found.text_outside, "text(s) out of their shape"),
        (found.off_page, "card(s) or other blocks beyond the margins"),
    ):
        if count:
            yield f"{count} {what}"
    most = 0 if found.cards <= FEW_CARDS else MOST_CROSSINGS
    if profile.most_cards and found.crossings > most:
        yield f"{found.crossings} crossing(s) of lines; at most {most}"
    if profile.most_cards and found.cards > profile.most_cards:
        yield f"{found.cards} cards on a page; {profile.name} holds {profile.most_cards}"
    if found.text_contrast < LEAST_TEXT_CONTRAST:
        yield f"contrast of a text is {found.text_contrast:.1f}; at least {LEAST_TEXT_CONTRAST}"
    if found.line_contrast < LEAST_LINE_CONTRAST:
        yield f"contrast of a line is {found.line_contrast:.1f}; at least {LEAST_LINE_CONTRAST}"
    # A short text that fits one page leaves it as empty as it is.
    if found.page_count > 1 and found.filled < LEAST_FILLED and found.used < LEAST_USED:
        yield (
            f"only {found.filled:.0%} of the page is covered, {found.used:.0%} of its height used; "
            f"at least {LEAST_FILLED:.0%} or {LEAST_USED:.0%}"
        )


class _Meter:
    """Measures one picture."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.blocks = list(sheet.everything())
        self.solid = [block for block in self.blocks if block.part in SOLID]
        self.lines = [(wire, segments(wire)) for wire in sheet.wires]
        self.boxes = [_around(pieces) for _, pieces in self.lines]

    def quality(self) -> Quality:
        texts = [text for block in self.blocks for text in block.texts]
        smallest = min((text.size for text in texts), default=0.0)
        colours = list(self.contrasts())
        pairs = list(_neighbours(self.boxes))
        return Quality(
            smallest=smallest,
            points_on={name: smallest * self.scale(name) for name in PAPERS},
            cards=sum(block.part == "card" for block in self.blocks),
            lines_through=sum(self.is_blocked(index) for index in range(len(self.lines))),
            lines_on_text=self.lines_on_text(),
            overlaps=self.overlaps(),
            shared_tracks=sum(self.share(*pair) for pair in pairs if self.unrelated(*pair)),
            crossings=sum(self.crossings(*pair) for pair in pairs),
            labels_off=self.labels_off(),
            text_outside=sum(self.texts_outside(block) for block in self.blocks),
            off_page=self.off_page(),
            text_contrast=min((value for kind, value in colours if kind == "text"), default=21.0),
            line_contrast=min((value for kind, value in colours if kind == "line"), default=21.0),
            filled=self.filled(),
            router=self.sheet.router,
            used=self.used(),
            paper=self.sheet.paper,
            page_count=self.sheet.page_count,
        )

    def scale(self, name: str) -> float:
        """Return by how much the picture shrinks on a paper; a page of that paper does not."""
        paper, sheet = PAPERS[name], self.sheet
        if sheet.paper:
            return min(1.0, paper.width / sheet.width, paper.height / sheet.height)
        return min(1.0, paper.inner_width / sheet.width, paper.inner_height / sheet.height)

    def is_blocked(self, index: int) -> bool:
        """Return whether a line passes through something; its own label lies on it."""
        wire, pieces = self.lines[index]
        box = self.boxes[index]
        for block in self.solid:
            if block.part == "label" and block.name == wire.name:
                continue
            area = rectangle(block, INSET)
            if overlap(box, area) and any(passes_through(piece, area) for piece in pieces):
                return True
        return False

    def lines_on_text(self) -> int:
        count = 0
        for block in self.blocks:
            if block.part != "frame":
                continue
            for text in block.texts:
                area = _text_area(text, block)
                count += sum(
                    any(passes_through(piece, area) for piece in pieces)
                    for (_, pieces), box in zip(self.lines, self.boxes, strict=True)
                    if overlap(box, area)
                )
        return count

    def overlaps(self) -> int:
        areas = [rectangle(block, 0.5) for block in self.solid]
        return sum(overlap(one, other) for one, other in combinations(areas, 2))

    def unrelated(self, one: int, other: int) -> bool:
        """Whether two lines have no end in common."""
        a, b = self.lines[one][0], self.lines[other][0]
        return not {a.source, a.target} & {b.source, b.target}

    def share(self, one: int, other: int) -> bool:
        return any(run_together(a, b) for a in self.lines[one][1] for b in self.lines[other][1])

    def crossings(self, one: int, other: int) -> int:
        return _crossings(self.lines[one][1], self.lines[other][1])

    def labels_off(self) -> int:
        pieces = {wire.name: found for wire, found in self.lines}
        return sum(
            not any(passes_through(piece, rectangle(block)) for piece in pieces.get(block.name, ()))
            for block in self.blocks
            if block.part == "label"
        )

    def texts_outside(self, block: Block) -> int:
        page: Sequence[tuple[float, float]] = (
            (0, 0),
            (self.sheet.width, 0),
            (self.sheet.width, self.sheet.height),
            (0, self.sheet.height),
        )
        outline = block.outline
        return sum(
            not all(inside(corner, outline) and inside(corner, page) for corner in corners)
            for corners in (_corners(_text_area(text, block)) for text in block.texts)
        )

    def off_page(self) -> int:
        sheet = self.sheet
        margin = PAPERS[sheet.paper].margin - 0.5 if sheet.paper else 0.0
        page = margin, margin, sheet.width - margin, sheet.height - margin
        areas = [rectangle(block) for block in self.blocks if block.part in SOLID]
        return sum(
            left < page[0] or top < page[1] or right > page[2] or bottom > page[3]
            for left, top, right, bottom in areas
        )

    def contrasts(self) -> Iterator[tuple[str, float]]:
        """Yield the contrast of texts with what is behind them, and of borders and lines."""
        frame = next((b.fill for b in self.blocks if b.part == "frame"), self.sheet.background)
        for block in self.sheet.blocks:
            yield from self.contrasts_in(block, self.sheet.background, frame)
        for wire in self.sheet.wires:
            yield (
                "line",
                min(contrast(wire.colour, frame), contrast(wire.colour, self.sheet.background)),
            )

    def contrasts_in(self, block: Block, behind: str, frame: str) -> Iterator[tuple[str, float]]:
        if block.border and block.part not in {"frame", "number", "row"}:
            around = frame if block.part in {"card", "oval", "label"} else behind
            yield "line", contrast(block.border, around)
        fill = block.fill or behind
        for text in block.texts:
            yield "text", contrast(text.colour, fill)
        for inner in block.inner:
            yield from self.contrasts_in(inner, fill, frame)

    def used(self) -> float:
        """Return the share of the height that is used, down to the last thing above the footer."""
        lowest = max((b.y + b.height for b in self.blocks if b.part in CONTENT), default=0.0)
        if not self.sheet.paper:
            return min(1.0, lowest / self.sheet.height)
        paper = PAPERS[self.sheet.paper]
        return min(1.0, max(0.0, lowest - paper.margin) / paper.inner_height)

    def filled(self) -> float:
        """Return the share that is filled: by cards, ovals, labels, warning signs and rows."""
        areas = [block.width * block.height for block in self.blocks if block.part in CONTENT]
        sheet = self.sheet
        whole = sheet.width * sheet.height
        if sheet.paper:
            paper = PAPERS[sheet.paper]
            whole = paper.inner_width * paper.inner_height
        return min(1.0, sum(areas) / whole) if whole else 0.0


def crossings(wires: Sequence[Wire]) -> int:
    """Return how often lines cross each other; lines that come together do not.

    Args:
        wires: The lines.
    """
    lines = [segments(wire) for wire in wires]
    pairs = _neighbours([_around(pieces) for pieces in lines])
    return sum(_crossings(lines[one], lines[other]) for one, other in pairs)


def _neighbours(boxes: Sequence[Rectangle]) -> Iterator[tuple[int, int]]:
    """Yield pairs of lines that come near each other."""
    for one, other in combinations(range(len(boxes)), 2):
        if _near(boxes[one], boxes[other]):
            yield one, other


def _crossings(one: Sequence[Segment], other: Sequence[Segment]) -> int:
    return sum(cross(a, b) for a in one for b in other)


def _around(pieces: Sequence[Segment]) -> Rectangle:
    xs = [point[0] for piece in pieces for point in piece]
    ys = [point[1] for piece in pieces for point in piece]
    return min(xs) - 0.1, min(ys) - 0.1, max(xs) + 0.1, max(ys) + 0.1


def _near(one: Rectangle, other: Rectangle) -> bool:
    return overlap((one[0] - 2, one[1] - 2, one[2] + 2, one[3] + 2), other)


def _text_area(text: Text, block: Block) -> Rectangle:
    """Return the box around a line of text, from its highest letters to its lowest."""
    left = block.x + text.left
    base = block.y + text.y
    return left, base - text.size * 0.74, left + text.width, base + text.size * 0.22


def _corners(area: Rectangle) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = area
    return (left, top), (right, top), (right, bottom), (left, bottom)
