"""What a finished picture is made of, as plain data: blocks with texts, and lines between them.

Everything has its place and size in points, y downwards. A renderer only writes it down; the gate
(:mod:`pathways.diagrams.drawing.quality`) measures it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pathways.diagrams.layout import Point

Shape = Literal["box", "rounded", "hexagon", "stadium", "none"]
Part = Literal[
    "background", "heading", "banner", "alarm", "frame", "card", "offer", "oval", "label", "number",
    "footer", "row", "tag",
]  # fmt: skip
Ink = Literal["text", "detail", "accent", "on_border", "mark", "on_mark"]
Anchor = Literal["start", "middle", "end"]
Dash = Literal["solid", "dashed", "dotted"]

HEXAGON_NOTCH = 14.0
"""How far the corners of a hexagon stand in from its left and right tips, in points."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text.

    Args:
        text: What it says.
        x: Where it is anchored, in the block.
        y: Its base line, in the block.
        size: Size of type, in points.
        width: How wide it is, in points.
        bold: Whether it is bold.
        colour: As ``#rrggbb``.
        ink: What it is for; gives its colour in the dark.
        anchor: Which end of it stands at x.
        struck: Whether a line goes through it.
    """

    text: str
    x: float
    y: float
    size: float
    width: float
    bold: bool = False
    colour: str = "#000000"
    ink: Ink = "text"
    anchor: Anchor = "start"
    struck: bool = False

    def scaled(self, factor: float) -> Text:
        """Return the same text, larger or smaller."""
        return replace(
            self,
            x=self.x * factor,
            y=self.y * factor,
            size=self.size * factor,
            width=self.width * factor,
        )

    @property
    def left(self) -> float:
        """Left end, in the block."""
        match self.anchor:
            case "start":
                return self.x
            case "middle":
                return self.x - self.width / 2
            case _:
                return self.x - self.width


@dataclass(frozen=True, slots=True)
class Block:
    """A shape with texts and smaller blocks in it.

    Args:
        part: What it is.
        width: In points.
        height: In points.
        shape: Its outline.
        x: Left edge, in the block around it.
        y: Top edge, in the block around it.
        fill: Colour as ``#rrggbb``, or empty.
        border: Colour as ``#rrggbb``, or empty.
        border_width: In points.
        dash: Of the border.
        radius: Of the corners of a rounded box, in points.
        notch: How far the corners of a hexagon stand in from its tips, in points.
        texts: In reading order.
        inner: Blocks inside, in reading order.
        name: Name in ids, or empty.
        classes: For styles: kind, urgency, mark.
        role: Name of its paint in the theme, or empty.
    """

    part: Part
    width: float
    height: float
    shape: Shape = "none"
    x: float = 0.0
    y: float = 0.0
    fill: str = ""
    border: str = ""
    border_width: float = 0.0
    dash: Dash = "solid"
    radius: float = 0.0
    notch: float = HEXAGON_NOTCH
    texts: tuple[Text, ...] = ()
    inner: tuple[Block, ...] = ()
    name: str = ""
    classes: tuple[str, ...] = ()
    role: str = ""

    def at(self, x: float, y: float) -> Block:
        """Return the same block at another place."""
        return replace(self, x=x, y=y)

    def scaled(self, factor: float) -> Block:
        """Return the same block with all in it, larger or smaller."""
        return replace(
            self,
            width=self.width * factor,
            height=self.height * factor,
            x=self.x * factor,
            y=self.y * factor,
            radius=self.radius * factor,
            notch=self.notch * factor,
            texts=tuple(text.scaled(factor) for text in self.texts),
            inner=tuple(block.scaled(factor) for block in self.inner),
        )

    @property
    def outline(self) -> tuple[Point, ...]:
        """Corners of its shape, in the block around it; round corners count as square."""
        right, bottom = self.x + self.width, self.y + self.height
        if self.shape != "hexagon":
            return (self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom)
        middle = self.y + self.height / 2
        inset = self.notch
        return (
            (self.x + inset, self.y),
            (right - inset, self.y),
            (right, middle),
            (right - inset, bottom),
            (self.x + inset, bottom),
            (self.x, middle),
        )

    def everything(self, x: float = 0.0, y: float = 0.0) -> Iterator[Block]:
        """Yield the block and all inside it, in the coordinates of the picture."""
        here = self.at(x + self.x, y + self.y)
        yield here
        for block in self.inner:
            yield from block.everything(here.x, here.y)


@dataclass(frozen=True, slots=True)
class Wire:
    """The line of a way.

    Args:
        name: Name of the way, for its id.
        source: Name of the block it leaves.
        target: Name of the block it leads to.
        points: Corners, or control points of a curve.
        curved: Whether the points are those of a curve.
        colour: As ``#rrggbb``.
        width: In points.
        dash: Solid, dashed or dotted.
        mark: Mark of an overlay, or empty.
        head: Length of its arrowhead, in points.
    """

    name: str
    source: str
    target: str
    points: tuple[Point, ...]
    curved: bool = False
    colour: str = "#000000"
    width: float = 1.4
    dash: Dash = "solid"
    mark: str = ""
    head: float = 9.0

    def scaled(self, factor: float) -> Wire:
        """Return the same line, larger or smaller."""
        points = tuple((x * factor, y * factor) for x, y in self.points)
        return replace(self, points=points, width=self.width * factor, head=self.head * factor)

    def moved(self, right: float, down: float) -> Wire:
        """Return the same line at another place."""
        return replace(self, points=tuple((x + right, y + down) for x, y in self.points))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished picture or page.

    Args:
        id: What every id in it begins with.
        width: In points.
        height: In points.
        blocks: In drawing order; frames come before lines, cards after them.
        wires: Lines, drawn above frames and below cards.
        title: Short name.
        description: Everything it shows, in words.
        language: Language tag of the words.
        background: Colour behind everything.
        router: How the lines were found.
        paper: Name of the paper it is a page of, margins included; empty for a free picture.
        page_count: How many pages it is one of.
    """

    id: str
    width: float
    height: float
    blocks: tuple[Block, ...]
    wires: tuple[Wire, ...] = ()
    title: str = ""
    description: str = ""
    language: str = "en"
    background: str = "#FFFFFF"
    router: str = "right_angled"
    paper: str = ""
    page_count: int = 1

    def everything(self) -> Iterator[Block]:
        """Yield every block, in the coordinates of the picture."""
        for block in self.blocks:
            yield from block.everything()
