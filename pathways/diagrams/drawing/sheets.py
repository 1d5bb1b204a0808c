"""A whole picture: heading, warning signs, steps, footer."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.diagrams.drawing.banner import banner, footer, heading
from pathways.diagrams.drawing.body import Body, compose
from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.ids import picture_id
from pathways.diagrams.model import Diagram
from pathways.diagrams.words import to_words

MARGIN = 12.0
GAP = 12.0
NARROWEST_BANNER = 520.0


def picture_sheet(diagram: Diagram, style: Style) -> Sheet:
    """Return a diagram as one picture, as large as it needs to be.

    Args:
        diagram: What to show.
        style: Sizes, colours, width of cards.

    Raises:
        UnsafeTextError: A text cannot be shown.
        DrawingError: Graphviz gives up.
    """
    body = compose(diagram, style) if diagram.boxes else Body(0, 0, (), (), "right_angled", 0)
    inner = max(body.width, NARROWEST_BANNER)
    top = [
        heading(diagram.title, diagram.under_title, inner, style),
        banner(diagram, inner, style, page_of={}),
    ]
    blocks, y = stacked([each for each in top if each is not None], MARGIN)
    x = MARGIN + (inner - body.width) / 2
    blocks += [each.at(each.x + x, each.y + y) for each in body.blocks]
    wires = tuple(each.moved(x, y) for each in body.wires)
    last = footer(diagram, inner, style).at(MARGIN, y + body.height + GAP)
    return Sheet(
        picture_id(diagram, style.theme.name, style.profile.name),
        inner + 2 * MARGIN,
        last.y + last.height + MARGIN,
        (*blocks, last),
        wires,
        title=": ".join(filter(None, (diagram.title, diagram.subtitle))),
        description=to_words(diagram),
        language=diagram.language,
        background=style.theme.background,
        router=body.router,
    )


def stacked(blocks: Iterable[Block], margin: float) -> tuple[list[Block], float]:
    """Return blocks below each other, and where the next one begins.

    Args:
        blocks: Of one width.
        margin: Left and top edge, in points.
    """
    y = margin
    placed = []
    for block in blocks:
        placed.append(block.at(margin, y))
        y += block.height + GAP
    return placed, y
