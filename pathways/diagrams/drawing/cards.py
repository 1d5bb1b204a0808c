"""Cards: each step of a diagram as a block, as wide as all others, as high as its text needs."""

from __future__ import annotations

from dataclasses import replace

from pathways.diagrams.drawing.offers import OFFER_GAP, offer_grid
from pathways.diagrams.drawing.shapes import HEXAGON_NOTCH, Block, Dash, Shape, Text
from pathways.diagrams.drawing.style import Face, Row, Style, broken, height_of, set_rows
from pathways.diagrams.model import Box, Diagram, Mark
from pathways.diagrams.phrases import (
    ENDS_HERE,
    URGENCY_WORDS,
    badge_words,
    choose_words,
    mark_words,
    panel_words,
    sentence,
)
from pathways.diagrams.theme import role_of, role_of_badge
from pathways.language import say
from pathways.model.states import StateKind

PADDING = 9.0
DISC_GAP = 7.0
TAG_GAP = 3.0
NOTE_GAP = 3.0
TAG_PADDING = 6.0
STRUCK: frozenset[Mark | None] = frozenset({"closed", "removed"})

SHAPES: dict[StateKind, Shape] = {
    "clinical_state": "rounded",
    "decision": "hexagon",
    "action": "box",
    "options": "box",
    "link": "stadium",
    "end": "rounded",
}


def card(box: Box, diagram: Diagram, style: Style) -> Block:
    """Return the card of one step.

    Args:
        box: The step.
        diagram: The diagram it stands in; gives its mark and the reader.
        style: Sizes, colours, width.

    Raises:
        UnsafeTextError: A text of the step cannot be shown.
    """
    return _Card(box, diagram, style).block()


def columns_of(box: Box, style: Style) -> int:
    """Return how many offers of a panel stand side by side."""
    return 1 if len(box.lines) < 3 else min(style.columns, len(box.lines))


def width_of(box: Box, style: Style) -> float:
    """Return how wide the card of a step is, in points."""
    columns = columns_of(box, style)
    offer = style.card_width - 2 * PADDING
    return columns * offer + (columns - 1) * OFFER_GAP + 2 * PADDING


class _Card:
    """One step on its way to a block."""

    def __init__(self, box: Box, diagram: Diagram, style: Style) -> None:
        self.box = box
        self.style = style
        self.reader = diagram.reader
        self.overlay = diagram.overlay
        self.mark = diagram.overlay.boxes.get(box.name)
        self.role = role_of(box)
        self.paint = style.theme.paints[self.role]
        self.place = f"step {box.number}"
        self.columns = columns_of(box, style)
        self.width = width_of(box, style)
        if self.mark == "here":
            # Wide, so that it is found at once and its notes take few lines.
            self.width = max(self.width, style.profile.card_widths[0])
        self.side = {"decision": HEXAGON_NOTCH, "link": PADDING + 7}.get(box.kind, PADDING)
        number = style.fonts.width(str(box.number), style.profile.detail, bold=True)
        self.radius = max(style.profile.detail * 0.98, number / 2 + 3.5)

    def block(self) -> Block:
        left = self.side + 2 * self.radius + DISC_GAP
        right = self.side if self.box.kind in {"decision", "link"} else PADDING
        rows = self.rows(self.width - left - right)
        text_height = height_of(rows)
        tag = self.tag(self.width - left - right)
        above = tag.height + TAG_GAP if tag else 0.0
        height = max(above + text_height, 2 * self.radius) + 2 * PADDING
        top = (height - above - text_height) / 2
        first = tag.height / 1.2 if tag else rows[0].face.size if rows else 0.0
        disc = self.disc(min(top + first * 0.6, height / 2))
        inner = (disc, tag.at(left, top)) if tag else (disc,)
        top += above
        offers: tuple[Block, ...] = ()
        if self.box.lines:
            grid = offer_grid(
                self.box,
                self.style,
                self.columns,
                self.width - 2 * PADDING,
                self.overlay.offers,
            )
            offers = tuple(each.at(each.x + PADDING, each.y + height - 2) for each in grid)
            height = max(each.y + each.height for each in offers) + PADDING
        texts = set_rows(rows, left, top, self.style)
        return self.framed(height, inner=(*inner, *offers), texts=texts)

    def framed(self, height: float, *, inner: tuple[Block, ...], texts: tuple[Text, ...]) -> Block:
        box = self.box
        border, points, dash = self.border()
        shape = SHAPES[box.kind]
        return Block(
            "card",
            self.width,
            height,
            shape,
            fill=self.paint.fill,
            border=border,
            border_width=points,
            dash=dash,
            radius={"box": 5.0, "rounded": min(18.0, height / 2)}.get(shape, height / 2),
            texts=texts,
            inner=inner,
            name=box.name,
            classes=tuple(filter(None, (box.kind, box.urgency, self.mark))),
            role=self.role,
        )

    def border(self) -> tuple[str, float, Dash]:
        """Return colour, width and dash: a mark goes before urgency, urgency before kind."""
        theme = self.style.theme
        if self.mark:
            line = theme.marks[self.mark]
            return line.colour, line.width, line.style
        if self.box.urgency:
            return self.paint.border, theme.urgent_points, "solid"
        dash: Dash = "dashed" if self.box.kind == "options" else "solid"
        return self.paint.border, theme.border_points, dash

    def disc(self, middle: float) -> Block:
        """Return the number of the step, white on a disc."""
        size = 2 * self.radius
        face = Face(self.style.profile.detail, self.paint.on_border, bold=True, ink="on_border")
        texts = set_rows(
            [Row(str(self.box.number), face)],
            self.radius,
            self.radius - face.size * 0.6,
            self.style,
            "middle",
        )
        fill = self.paint.border
        return Block(
            "number",
            size,
            size,
            "stadium",
            x=self.side,
            y=max(4.0, middle - self.radius),
            fill=fill,
            texts=texts,
            role=self.role,
        )

    def rows(self, width: float) -> list[Row]:
        """Return every line of text but the offers, from top to bottom."""
        box, style, place = self.box, self.style, self.place
        sizes, theme = style.profile, style.theme
        grey = theme.marks[self.mark].text_colour if self.mark else None
        title = Face(sizes.title, grey or theme.text, bold=True, struck=self.mark in STRUCK)
        detail = Face(sizes.detail, grey or theme.detail, ink="detail")
        accent = Face(sizes.small, grey or self.paint.border, bold=True, ink="accent")
        urgent = replace(accent, size=sizes.detail)
        note = replace(detail, size=sizes.small)
        rows = self.mark_rows(width)
        named = broken(box.title, f"title of {place}", width, title, style)
        if self.overlay.notes.get(box.name) and named:
            named[0] = replace(named[0], space_before=NOTE_GAP)
        rows += named
        if box.urgency:
            rows += broken(
                say(URGENCY_WORDS[box.urgency]), f"urgency of {place}", width, urgent, style
            )
        rows += broken(box.detail, f"detail of {place}", width, detail, style)
        if box.kind == "link" and box.goes_to:
            rows += broken(
                say("Go on in: {title}", title=box.goes_to),
                f"link of {place}",
                width,
                detail,
                style,
            )
        verdict = replace(accent, colour=grey or theme.paints[role_of_badge(box.badge)].border)
        rows += broken(
            badge_words(box.badge, box.badge_words), f"badge of {place}", width, verdict, style
        )
        if box.kind == "options":
            strong = replace(detail, bold=bool(box.lines))
            rows += broken(panel_words(box), f"note of {place}", width, strong, style)
        elif box.kind == "end":
            rows += broken(say(ENDS_HERE), f"note of {place}", width, note, style)
        else:
            rows += broken(choose_words(box, self.reader), f"note of {place}", width, note, style)
        return rows

    def tag(self, width: float) -> Block | None:
        """Return the words on the step where somebody is, on a dark tag; None on other steps.

        They are the largest on the card, so that they are found at a glance.
        """
        if self.mark != "here":
            return None
        style = self.style
        size = max(style.profile.heading, style.profile.title * 1.2)
        face = Face(size, style.theme.background, bold=True, ink="on_mark")
        words = f"► {mark_words(self.overlay, self.box.name, self.reader)}"
        rows = broken(words, f"mark of {self.place}", width - 2 * TAG_PADDING, face, style)
        widest = max(style.fonts.width(row.text, size, bold=True) for row in rows)
        return Block(
            "tag",
            widest + 2 * TAG_PADDING,
            height_of(rows) + TAG_PADDING / 2,
            "rounded",
            fill=style.theme.marks[self.mark].colour,
            radius=5.0,
            texts=set_rows(rows, TAG_PADDING, TAG_PADDING / 4, style),
        )

    def mark_rows(self, width: float) -> list[Row]:
        """Return the words of the mark on the step, and what they go on to say."""
        if not self.mark:
            return []
        style, place = self.style, f"mark of {self.place}"
        looks = style.theme.marks[self.mark]
        rows: list[Row] = []
        if self.mark != "here":
            face = Face(style.profile.detail, looks.colour, bold=True, ink="mark")
            words = f"► {mark_words(self.overlay, self.box.name, self.reader)}"
            rows = broken(words, place, width, face, style)
        note = Face(style.profile.small, looks.text_colour or style.theme.text)
        said = self.overlay.notes.get(self.box.name)
        return rows + broken(sentence(said) if said else "", place, width, note, style)
