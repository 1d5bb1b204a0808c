"""Boxes in Word: paragraphs with lines around them and a colour behind them.

Paragraphs and no tables of one cell: a screen reader announces no table where there is none, a heading
in a box stands in the navigation pane (Word leaves out those in tables), and who presses Enter in a box
goes on writing in it. Word draws one box around neighbours whose lines and outer edges are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.font import Font
from docx.text.parfmt import ParagraphFormat

from pathways.handouts.blocks import Card, Notice, NoticeKind
from pathways.handouts.looks import BADGES, NOTICES, RULE
from pathways.handouts.writers.docx_styles import BADGE, BULLET, NUMBER, WRITING, new_style
from pathways.handouts.writers.docx_xml import Sides, hexadecimal, set_borders
from pathways.model.badges import Badge

LIST_INDENT = 18
"""In boxes, of lists whose style in a template leaves the indent to the list itself, in points."""

PADDING = 8
"""Between a line and the text, in points."""

_NOTICE_NAMES: Mapping[NoticeKind, str] = MappingProxyType(
    {
        "emergency": "Emergency Box",
        "urgent": "Urgent Box",
        "caution": "Caution Box",
        "note": "Note Box",
    }
)

_CARD_NAMES: Mapping[Badge | None, str] = MappingProxyType(
    {
        "supported": "Supported Card",
        "mixed": "Mixed Card",
        "advised_against": "Advised Against Card",
        "experimental": "Experimental Card",
        "no_guideline_found": "No Guideline Card",
        "seed_only": "Unchecked Card",
        None: "Plain Card",
    }
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a box looks.

    Args:
        name: Name in its styles.
        fill: Colour behind the text; empty: none.
        colour: Of its title and its strongest line.
        other: Colour of its other lines.
        bar: Width of the line on the left, in points.
        line: Width of the other lines, in points.
    """

    name: str
    fill: str
    colour: str
    other: str
    bar: float
    line: float

    @property
    def sides(self) -> Sides:
        """Its lines."""
        return {
            "top": (self.line, PADDING - 2, self.other),
            "left": (self.bar, PADDING, self.colour),
            "bottom": (self.line, PADDING - 2, self.other),
            "right": (self.line, PADDING, self.other),
        }

    @property
    def left(self) -> float:
        """By how much text stands further right than outside a box, in points."""
        return PADDING + self.bar

    @property
    def right(self) -> float:
        """By how much text ends further left, in points."""
        return PADDING + self.line


def look_of(block: Notice | Card) -> Look:
    """Return how a box looks.

    Args:
        block: The box.
    """
    if isinstance(block, Notice):
        fill, border = NOTICES[block.kind]
        width = 2.25 if block.kind == "emergency" else 1.25
        return Look(_NOTICE_NAMES[block.kind], fill, border, border, width, width)
    _, border = BADGES[block.badge]
    return Look(_CARD_NAMES[block.badge], "", border, RULE, 4.5, 0.5)


class Boxes:
    """The boxes of a document, with a style for everything that stands in one.

    Args:
        document: The document, with its styles.
        width: Width of the text, in points.
    """

    def __init__(self, document: Document, width: float) -> None:
        self._document = document
        self._width = width
        self._last: Look | None = None

    def open(self, block: Notice | Card) -> Look:
        """Return the look of a box that begins; other than that of the box before it.

        Two boxes of one look side by side would become one in Word. A blue that is one step brighter
        keeps them apart, and nobody sees it.

        Args:
            block: The box.
        """
        look = look_of(block)
        if self._last == look:
            look = replace(look, name=f"Second {look.name}", colour=_next_to(look.colour))
        self._last = look
        return look

    def close(self, paragraph: Any, space: float) -> None:
        """Put space below a box.

        Args:
            paragraph: The element ``w:p`` of the last one in it.
            space: In points.
        """
        shape = ParagraphFormat(paragraph)
        shape.space_after, shape.keep_with_next = Pt(space), None

    def style(self, look: Look, base: str) -> ParagraphStyle:
        """Return the style of a paragraph that would have another style outside the box.

        Args:
            look: The look of the box.
            base: Name of that other style.
        """
        short = "Text" if base == "Normal" else base.removeprefix("Handout ")
        name = f"{look.name} {short}"
        if name in self._document.styles:
            return new_style(self._document, name, "")
        style = new_style(self._document, name, base)
        outside = self._document.styles[base]
        if isinstance(outside, ParagraphStyle):
            shape = outside.paragraph_format
            hanging = -(shape.first_line_indent or Pt(0))
            if base in {BULLET, NUMBER} and not hanging:
                hanging = Pt(LIST_INDENT)
            style.paragraph_format.left_indent = Pt(look.left) + hanging
            style.paragraph_format.first_line_indent = -hanging
        style.paragraph_format.right_indent = Pt(look.right)
        set_borders(style.element.get_or_add_pPr(), look.sides, look.fill)
        if base == BADGE:
            style.font.color.rgb = RGBColor.from_string(hexadecimal(look.colour))
        if base == WRITING:
            self._shorten_line(style, look)
        return style

    def _shorten_line(self, style: ParagraphStyle, look: Look) -> None:
        tabs = style.paragraph_format.tab_stops
        tabs.add_tab_stop(Pt(self._width), WD_TAB_ALIGNMENT.CLEAR)
        tabs.add_tab_stop(Pt(self._width - look.right), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)

    def dress_heading(self, paragraph: Any, look: Look) -> None:
        """Put a heading into a box; it keeps its built-in style, by which readers find it.

        Args:
            paragraph: The element ``w:p`` of the heading, with its text.
            look: The look of the box.
        """
        shape = ParagraphFormat(paragraph)
        shape.left_indent, shape.right_indent = Pt(look.left), Pt(look.right)
        shape.first_line_indent = Pt(0)
        set_borders(paragraph.get_or_add_pPr(), look.sides, look.fill)
        if look.fill:
            for run in paragraph.r_lst:
                Font(run).color.rgb = RGBColor.from_string(hexadecimal(look.colour))


def _next_to(colour: str) -> str:
    """Return a colour that looks the same and is another.

    Example:
        >>> _next_to("#0068A6"), _next_to("#FFFFFF")
        ('#0068A7', '#FFFFFE')
    """
    number = int(colour.removeprefix("#"), 16)
    return f"#{number - 1 if number & 255 == 255 else number + 1:06X}"
