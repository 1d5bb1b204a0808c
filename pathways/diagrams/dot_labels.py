"""The labels of DOT: each box as an HTML-like label and the size its shape needs.

Text is wrapped here by measured width, so that cards have one width and text stays inside whatever
draws them. Only escaped text goes into a label.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pathways.diagrams.fonts import safe_text, wrap
from pathways.diagrams.model import Box, Diagram, Line, Mark
from pathways.diagrams.phrases import (
    ONE_OR_MORE,
    ONLY_IF,
    URGENCY_WORDS,
    choose_words,
    mark_words,
    offer_key,
    panel_words,
    sentence,
)
from pathways.diagrams.profiles import SCREEN
from pathways.diagrams.theme import Paint, Theme, role_of, role_of_badge
from pathways.language import say

TEXT_POINTS = 164.0
"""Width of the text of a card."""

DECISION_TEXT_POINTS = 138.0
"""Width of the text of a decision; its hexagon is as wide as a card and a little more."""

NUMBER_POINTS = 24.0
GAP_POINTS = 8.0
PADDING_POINTS = 9.0
HEXAGON_POINTS = 262.0
TIGHT = 0.94
"""Graphviz sets letters on whole pixels, up to this much wider than they are; wrap for that."""

STRUCK: frozenset[Mark | None] = frozenset({"closed", "removed"})


@dataclass(frozen=True, slots=True)
class Card:
    """A label and the size of its shape.

    Args:
        label: HTML-like label, without the angle brackets around it.
        width: Smallest width of the shape, in points.
        height: Height of the shape in points, or None where the label gives it.
    """

    label: str
    width: float
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How a line of text looks."""

    size: float
    colour: str
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of text with its looks."""

    text: str
    style: Style


def escape(text: str) -> str:
    """Return text as it stands in an HTML-like label.

    Example:
        >>> escape('<b> & "x"')
        '&lt;b&gt; &amp; &quot;x&quot;'
    """
    # Graphviz reads \N and the like even in HTML-like labels; two backslashes stand for one.
    for plain, safe in (
        ("\\", "\\\\"),
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
    ):
        text = text.replace(plain, safe)
    return text


def card(box: Box, diagram: Diagram, theme: Theme) -> Card:
    """Return the card of one box.

    Args:
        box: The box.
        diagram: The diagram it stands in; gives its mark and the reader.
        theme: The look.

    Raises:
        UnsafeTextError: A text of the box cannot be shown.
    """
    mark = diagram.overlay.boxes.get(box.name)
    if box.kind == "options" and box.lines:
        return _panel(box, diagram, theme, mark)
    width = DECISION_TEXT_POINTS if box.kind == "decision" else TEXT_POINTS
    rows = _rows(box, diagram, theme, mark, width)
    label = _numbered(box, theme, rows, width)
    if box.kind == "decision":
        text_height = sum(line_height(row.style.size) for row in rows)
        return Card(label, HEXAGON_POINTS, max(66.0, text_height * 1.34))
    full = width + NUMBER_POINTS + GAP_POINTS
    return Card(_padded(label), full + 2 * PADDING_POINTS)


def line_height(size: float) -> float:
    """Return the height of a line of text, in points."""
    return size * 1.25


def _rows(box: Box, diagram: Diagram, theme: Theme, mark: Mark | None, width: float) -> list[_Row]:
    """Return every line of text of a box but its offers, from top to bottom."""
    place = f"step {box.number}"
    grey = theme.marks[mark].text_colour if mark else None
    accent = grey or theme.paints[role_of(box)].border
    title = Style(SCREEN.title, grey or theme.text, bold=True, struck=mark in STRUCK)
    detail = Style(SCREEN.detail, grey or theme.detail)
    small = Style(SCREEN.small, accent, bold=True)
    rows: list[_Row] = []
    if mark:
        size = SCREEN.heading if mark == "here" else SCREEN.detail
        style = Style(size, theme.marks[mark].colour, bold=True)
        words = f"► {mark_words(diagram.overlay, box.name, diagram.reader)}"
        rows += _lines(words, f"mark of {place}", width, style)
        said = diagram.overlay.notes.get(box.name)
        note = Style(SCREEN.small, theme.marks[mark].text_colour or theme.text)
        rows += _lines(sentence(said) if said else "", f"mark of {place}", width, note)
    rows += _lines(box.title, f"title of {place}", width, title)
    if box.urgency:
        rows.append(_Row(say(URGENCY_WORDS[box.urgency]), replace(small, size=SCREEN.detail)))
    rows += _lines(box.detail, f"detail of {place}", width, detail)
    rows += _lines(box.badge_words, f"badge of {place}", width, small)
    if box.kind == "link" and box.goes_to:
        rows += _lines(
            say("Go on in: {title}", title=box.goes_to), f"link of {place}", width, detail
        )
    if box.kind != "options" or not box.lines:
        note = Style(SCREEN.small, detail.colour)
        chosen = choose_words(box, diagram.reader)
        words = panel_words(box) if box.kind == "options" else chosen
        rows += _lines(words, f"note of {place}", width, note)
    return rows


def _lines(text: str, place: str, width: float, style: Style) -> list[_Row]:
    lines = wrap(safe_text(text, place), width * TIGHT, style.size, bold=style.bold)
    return [_Row(line, style) for line in lines]


def _text(row: _Row) -> str:
    style = row.style
    inner = escape(row.text)
    if style.bold:
        inner = f"<B>{inner}</B>"
    if style.struck:
        inner = f"<S>{inner}</S>"
    return f'<FONT POINT-SIZE="{style.size:g}" COLOR="{style.colour}">{inner}</FONT>'


def _block(rows: list[_Row], width: float) -> str:
    """Return lines of text as one cell, left aligned."""
    text = "".join(f'{_text(row)}<BR ALIGN="LEFT"/>' for row in rows)
    return f'<TD ALIGN="LEFT" VALIGN="MIDDLE" WIDTH="{width:g}">{text}</TD>'


def _number(box: Box, paint: Paint) -> str:
    """Return the number of a step as a small filled square with round corners."""
    digits = f'<FONT POINT-SIZE="11" COLOR="{paint.on_border}"><B>{box.number}</B></FONT>'
    return (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" STYLE="ROUNDED" '
        f'BGCOLOR="{paint.border}" FIXEDSIZE="TRUE" WIDTH="{NUMBER_POINTS:g}" '
        f'HEIGHT="{NUMBER_POINTS:g}"><TR><TD WIDTH="{NUMBER_POINTS:g}" HEIGHT="{NUMBER_POINTS:g}">'
        f"{digits}</TD></TR></TABLE>"
    )


def _numbered(box: Box, theme: Theme, rows: list[_Row], width: float) -> str:
    """Return the number with the text beside it, as a table."""
    paint = theme.paints[role_of(box)]
    return (
        '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR>'
        f'<TD VALIGN="TOP" WIDTH="{NUMBER_POINTS:g}">{_number(box, paint)}</TD>'
        f'<TD WIDTH="{GAP_POINTS:g}"></TD>{_block(rows, width)}</TR></TABLE>'
    )


def _padded(table: str, padding: float = PADDING_POINTS) -> str:
    """Return a table with even space around it."""
    return (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{padding:g}">'
        f"<TR><TD>{table}</TD></TR></TABLE>"
    )


def _panel(box: Box, diagram: Diagram, theme: Theme, mark: Mark | None) -> Card:
    """Return an options panel: its heading, then each offer in a frame of its own."""
    columns = 1 if len(box.lines) < 4 else 2
    cell = TEXT_POINTS + NUMBER_POINTS + GAP_POINTS
    width = columns * cell + (columns - 1) * 6
    heading = _rows(box, diagram, theme, mark, width - NUMBER_POINTS - GAP_POINTS)
    note = Style(SCREEN.detail, theme.detail, bold=True)
    heading.append(_Row(f"{say(ONE_OR_MORE)}:", note))
    offers = [
        _offer(line, box, theme, cell, diagram.overlay.offers.get(offer_key(box, line), ""))
        for line in box.lines
    ]
    rows = [offers[start : start + columns] for start in range(0, len(offers), columns)]
    grid = "".join(f"<TR>{''.join(row)}</TR>" for row in rows)
    label = (
        '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">'
        f"<TR><TD>{_numbered(box, theme, heading, width - NUMBER_POINTS - GAP_POINTS)}</TD></TR>"
        '<TR><TD><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="5" CELLPADDING="0">'
        f"{grid}</TABLE></TD></TR></TABLE>"
    )
    return Card(_padded(label, 6), width + 2 * PADDING_POINTS)


def _offer(line: Line, box: Box, theme: Theme, width: float, said: str) -> str:
    """Return one offer of a panel as a cell."""
    place = f"offer '{line.title[:40]}' of step {box.number}"
    paint = theme.paints[role_of_badge(line.badge)]
    inner = width - 16
    title = Style(SCREEN.detail, theme.text, bold=True)
    badge = Style(SCREEN.small, paint.border, bold=True)
    own = Style(SCREEN.small, theme.text, bold=True)
    rows = _lines(line.title, f"title of {place}", inner, title)
    rows += _lines(f"► {said}" if said else "", f"note of {place}", inner, own)
    rows += _lines(line.badge_words, f"badge of {place}", inner, badge)
    if line.when_words:
        words = f"{say(ONLY_IF)} {line.when_words}"
        small = Style(SCREEN.small, theme.detail)
        rows += _lines(words, f"condition of {place}", inner, small)
    text = "".join(f'{_text(row)}<BR ALIGN="LEFT"/>' for row in rows)
    return (
        f'<TD BORDER="1" STYLE="ROUNDED" COLOR="{paint.border}" BGCOLOR="{paint.fill}" '
        f'WIDTH="{width:g}" VALIGN="TOP" ALIGN="LEFT" CELLPADDING="6">{text}</TD>'
    )
