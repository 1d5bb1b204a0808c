"""Offers: what an options panel holds, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pathways.diagrams.drawing.shapes import Block
from pathways.diagrams.drawing.style import Face, Row, Style, broken, height_of, set_rows
from pathways.diagrams.model import Box, Line
from pathways.diagrams.phrases import ONLY_IF, badge_words, offer_key
from pathways.diagrams.theme import role_of_badge
from pathways.language import say

OFFER_GAP = 7.0
OFFER_PADDING = 7.0


def offer_grid(
    box: Box, style: Style, columns: int, width: float, notes: Mapping[str, str]
) -> tuple[Block, ...]:
    """Return the offers of a panel in rows, those of one row equally high.

    Args:
        box: An options panel.
        style: Sizes and colours.
        columns: How many stand side by side.
        width: Width of the whole grid, in points.
        notes: A few words on an offer, by panel and treatment.

    Raises:
        UnsafeTextError: A text of an offer cannot be shown.
    """
    each = (width - (columns - 1) * OFFER_GAP) / columns
    room = each - 2 * OFFER_PADDING
    rows = [_rows(line, box, notes, style, room) for line in box.lines]
    blocks: list[Block] = []
    y = 0.0
    for start in range(0, len(rows), columns):
        side_by_side = rows[start : start + columns]
        height = max(map(height_of, side_by_side)) + 2 * OFFER_PADDING
        for column, texts in enumerate(side_by_side):
            x = column * (each + OFFER_GAP)
            line = box.lines[start + column]
            blocks.append(_offer(line, texts, style, (each, height)).at(x, y))
        y += height + OFFER_GAP
    return tuple(blocks)


def _offer(line: Line, rows: list[Row], style: Style, size: tuple[float, float]) -> Block:
    role = role_of_badge(line.badge)
    paint = style.theme.paints[role]
    return Block(
        "offer",
        *size,
        "box",
        fill=paint.fill,
        border=paint.border,
        border_width=1.0,
        radius=4.0,
        texts=set_rows(rows, OFFER_PADDING, OFFER_PADDING, style),
        role=role,
    )


def _note(line: Line, box: Box, notes: Mapping[str, str], style: Style, width: float) -> list[Row]:
    """Return how a patient stands to an offer, if that is to be said."""
    said = notes.get(offer_key(box, line))
    if not said:
        return []
    face = Face(style.profile.small, style.theme.text, bold=True)
    return broken(f"► {said}", f"note on an offer of step {box.number}", width, face, style)


def _rows(line: Line, box: Box, notes: Mapping[str, str], style: Style, width: float) -> list[Row]:
    theme, sizes = style.theme, style.profile
    place = f"offer '{line.title[:40]}' of step {box.number}"
    border = theme.paints[role_of_badge(line.badge)].border
    title = Face(sizes.detail, theme.text, bold=True)
    badge = Face(sizes.small, border, bold=True, ink="accent")
    note = Face(sizes.small, theme.detail, ink="detail")
    rows = broken(line.title, f"title of {place}", width, title, style)
    rows += _note(line, box, notes, style, width)
    rows += broken(
        badge_words(line.badge, line.badge_words), f"badge of {place}", width, badge, style
    )
    if line.when_words:
        words = f"{say(ONLY_IF)} {line.when_words}"
        first, *others = broken(words, f"condition of {place}", width, note, style)
        rows += [replace(first, space_before=3.0), *others]
    return rows
