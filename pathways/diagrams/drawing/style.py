"""How a picture is set: sizes, colours, font, and the width of its cards; texts are measured here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathways.diagrams.drawing.shapes import Anchor, Ink, Text
from pathways.diagrams.fonts import SHIPPED, Fonts
from pathways.diagrams.profiles import Profile
from pathways.diagrams.theme import Theme

LINE = 1.2
"""Distance of base lines, in sizes of type."""

ASCENT = 0.8
"""From the top of a line to its base line, in sizes of type."""


@dataclass(frozen=True, slots=True)
class Style:
    """Everything that decides how text is set.

    Args:
        profile: Sizes of type.
        theme: Colours.
        fonts: Widths of characters.
        card_width: Width of every card, in points.
        columns: Most offers side by side in a panel.
        widest: Width the steps should keep to, in points; None: no limit.
        narrowest: Width of the frames at least, in points.
    """

    profile: Profile
    theme: Theme
    fonts: Fonts = SHIPPED
    card_width: float = 212.0
    columns: int = 2
    widest: float | None = None
    narrowest: float = 0.0


@dataclass(frozen=True, slots=True)
class Face:
    """How one kind of line looks.

    Args:
        size: In points.
        colour: As ``#rrggbb``.
        bold: Whether it is bold.
        ink: What it is for.
        struck: Whether a line goes through it.
    """

    size: float
    colour: str
    bold: bool = False
    ink: Ink = "text"
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text not yet placed."""

    text: str
    face: Face
    space_before: float = 0.0


def broken(
    text: str, place: str, width: float, face: Face, style: Style, *, even: bool = True
) -> list[Row]:
    """Return text as lines no wider than allowed.

    Args:
        text: Any text; may be empty.
        place: Where it stands, for the error.
        width: Widest line, in points.
        face: How it looks.
        style: Gives the font.
        even: Whether lines are made about equally wide, rather than each filled.

    Raises:
        UnsafeTextError: A character cannot be shown.
    """
    safe = style.fonts.safe(text, place)
    lines = style.fonts.wrap(safe, width, face.size, bold=face.bold, even=even)
    return [Row(line, face) for line in lines]


def height_of(rows: Iterable[Row]) -> float:
    """Return how high lines of text are together, in points."""
    return sum(row.face.size * LINE + row.space_before for row in rows)


def set_rows(
    rows: Iterable[Row], x: float, top: float, style: Style, anchor: Anchor = "start"
) -> tuple[Text, ...]:
    """Return lines of text below each other.

    Args:
        rows: The lines.
        x: Where they are anchored.
        top: Top of the first one.
        style: Gives the font.
        anchor: Which end of a line stands at x.
    """
    texts = []
    y = top
    for row in rows:
        face = row.face
        y += row.space_before
        width = style.fonts.width(row.text, face.size, bold=face.bold)
        texts.append(
            Text(
                row.text,
                x,
                # The line is a little higher than its letters: half of that above, half below.
                y + face.size * ((LINE - 1) / 2 + ASCENT + 0.04),
                face.size,
                width,
                face.bold,
                face.colour,
                face.ink,
                anchor,
                face.struck,
            )
        )
        y += face.size * LINE
    return tuple(texts)
