"""The steps of a picture: cards, ovals, lines, labels and frames, all in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pathways.diagrams.drawing.cards import card
from pathways.diagrams.drawing.ovals import Exit, Places, exits, oval, oval_name
from pathways.diagrams.drawing.shapes import Block, Wire
from pathways.diagrams.drawing.style import LINE, Face, Row, Style, broken, height_of, set_rows
from pathways.diagrams.jumps import jumps
from pathways.diagrams.layout import Band, Layout, Link, Node, Router, Spacing, arrange
from pathways.diagrams.model import Box, Diagram, Group, Mark
from pathways.diagrams.phrases import label_words

LABEL_PADDING_X = 8.0
LABEL_PADDING_Y = 2.5
LABEL_SHARE = 0.62
"""Widest label, as a share of the width of a card."""

URGENT_PULL = 5
"""How much more it matters that the way to urgent care is short."""

TITLE_X, TITLE_Y = 12.0, 5.0
"""Where the title of a frame stands, from its corner."""


@dataclass(frozen=True, slots=True)
class Body:
    """Steps and lines of a picture; its top left corner is at 0, 0.

    Args:
        width: In points.
        height: In points.
        blocks: Frames, then labels, ovals and cards.
        wires: Lines.
        router: How the lines were found.
        gaps: How many gaps between rows there are, to be stretched.
    """

    width: float
    height: float
    blocks: tuple[Block, ...]
    wires: tuple[Wire, ...]
    router: Router
    gaps: int


def compose(
    diagram: Diagram,
    style: Style,
    places: Places | None = None,
    stretch: float = 0.0,
    cards: Callable[[Box, Diagram, Style], Block] = card,
) -> Body:
    """Return the steps of a diagram in their places.

    Args:
        diagram: What to show; at least one step.
        style: Sizes, colours, width of cards.
        places: On which pages steps stand; None: there are no pages.
        stretch: Added to every gap between rows, in points.
        cards: Makes the card of a step; one that remembers them saves time.

    Raises:
        UnsafeTextError: A text cannot be shown.
        DrawingError: Graphviz gives up.
    """
    return _Composer(diagram, style, places or Places(), cards).body(stretch)


class _Composer:
    """One diagram on its way to a body."""

    def __init__(
        self,
        diagram: Diagram,
        style: Style,
        places: Places,
        cards: Callable[[Box, Diagram, Style], Block],
    ) -> None:
        self.diagram = diagram
        self.style = style
        self.cards = {box.name: cards(box, diagram, style) for box in diagram.boxes}
        self.exits = exits(diagram, places)
        self.ovals = {oval_name(each): oval(each, places, style) for each in self.exits}
        self.bands = self._bands()
        cut = jumps(diagram)
        self.arrows = [each for each in diagram.arrows if each.name not in cut]
        self.labels: dict[str, Block] = {}

    def body(self, stretch: float) -> Body:
        links = [*self._links_of_arrows(), *self._links_of_ovals()]
        layout = arrange(self._nodes(), links, self._spacing(stretch))
        return Body(
            layout.width,
            layout.height,
            tuple(self._blocks(layout)),
            tuple(self._wires(layout, links)),
            layout.router,
            len({round(y) for _, y in layout.centres.values()}) - 1,
        )

    def _spacing(self, stretch: float) -> Spacing:
        style = self.style
        if not self.diagram.groups:
            usual = Spacing(band_title=4.0, band_padding=6.0)
        else:
            face = self._title_face()
            titles = [self._title(group) for group in self.diagram.groups]
            wide = max(style.fonts.width(each, face.size, bold=True) for each in titles)
            narrowest = max(style.narrowest, wide + 2 * TITLE_X)
            usual = Spacing(band_title=face.size * LINE + 2 * TITLE_Y, narrowest=narrowest)
        return replace(usual, stretch=stretch, widest=style.widest)

    def _title_face(self) -> Face:
        return Face(self.style.profile.title + 1, self.style.theme.text, bold=True)

    def _title(self, group: Group) -> str:
        safe = self.style.fonts.safe(group.title, f"title of phase {group.number}")
        return f"{group.number} {safe}"

    def _bands(self) -> Mapping[str, int]:
        """Return the number of the band of each box: the place of its group; the rest come last."""
        number = {group.name: index for index, group in enumerate(self.diagram.groups)}
        return {box.name: number.get(box.group or "", len(number)) for box in self.diagram.boxes}

    def _nodes(self) -> list[Node]:
        first = {box.name for box in self.diagram.boxes if box.choose == "first"}
        nodes = [
            Node(name, each.width, each.height, self.bands[name], name in first)
            for name, each in self.cards.items()
        ]
        for each in self.exits:
            block = self.ovals[oval_name(each)]
            nodes.append(Node(block.name, block.width, block.height, self.bands[each.box]))
        return nodes

    def _links_of_arrows(self) -> Iterable[Link]:
        urgent = {box.name for box in self.diagram.boxes if box.urgency}
        for arrow in self.arrows:
            link = self._link(arrow.name, arrow.source, arrow.target, label_words(arrow))
            yield replace(link, pull=URGENT_PULL) if arrow.target in urgent else link

    def _links_of_ovals(self) -> Iterable[Link]:
        for each in self.exits:
            ends = (each.box, oval_name(each)) if each.leaves else (oval_name(each), each.box)
            yield self._link(_line_name(each), *ends, each.label)

    def _link(self, name: str, source: str, target: str, label: str) -> Link:
        if not label:
            return Link(name, source, target)
        block = self._label(name, label)
        self.labels[name] = block
        return Link(name, source, target, block.width, block.height)

    def _label(self, name: str, text: str) -> Block:
        theme = self.style.theme
        mark = self._mark_of(name)
        face = Face(self.style.profile.detail, theme.text, bold=True)
        room = self.style.card_width * LABEL_SHARE
        rows = broken(text, f"label of the way '{name}'", room, face, self.style)
        widest = max(self.style.fonts.width(row.text, face.size, bold=True) for row in rows)
        width = widest + 2 * LABEL_PADDING_X
        height = height_of(rows) + 2 * LABEL_PADDING_Y
        return Block(
            "label",
            width,
            height,
            "rounded",
            fill=theme.label_fill,
            border=theme.marks[mark].colour if mark else theme.label_border,
            border_width=1.0,
            radius=min(height / 2, 9.0),
            texts=set_rows(rows, width / 2, LABEL_PADDING_Y, self.style, "middle"),
            name=name,
            classes=(mark,) if mark else (),
        )

    def _mark_of(self, name: str) -> Mark | None:
        return self.diagram.overlay.arrows.get(name)

    def _blocks(self, layout: Layout) -> Iterable[Block]:
        yield from self._frames(layout)
        for route in layout.routes:
            if route.label is not None:
                yield _centred(self.labels[route.link], route.label)
        for name, block in (*self.ovals.items(), *self.cards.items()):
            yield _centred(block, layout.centres[name])

    def _frames(self, layout: Layout) -> Iterable[Block]:
        theme, face = self.style.theme, self._title_face()
        for band in layout.bands:
            if band.number >= len(self.diagram.groups):
                continue
            group = self.diagram.groups[band.number]
            width = band.right - band.left
            title = Row(self._title(group), face)
            length = self.style.fonts.width(title.text, face.size, bold=True)
            x = _free_place(layout, band, length, face.size * LINE)
            yield Block(
                "frame",
                width,
                band.bottom - band.top,
                "rounded",
                x=band.left,
                y=band.top,
                fill=theme.frame_fill,
                border=theme.frame_border,
                border_width=1.0,
                radius=8.0,
                texts=set_rows([title], x, TITLE_Y, self.style),
                name=group.name,
            )

    def _wires(self, layout: Layout, links: Iterable[Link]) -> Iterable[Wire]:
        theme = self.style.theme
        for link, route in zip(links, layout.routes, strict=True):
            mark = self._mark_of(link.name)
            wire = Wire(link.name, link.source, link.target, route.points, route.curved, theme.line)
            if mark:
                looks = theme.marks[mark]
                wire = replace(
                    wire, colour=looks.colour, width=looks.width, dash=looks.style, mark=mark
                )
            yield wire


def _line_name(each: Exit) -> str:
    """Return the name of the line to or from an oval."""
    return each.name if each.leaves else f">{each.box}"


def _centred(block: Block, centre: tuple[float, float]) -> Block:
    return block.at(centre[0] - block.width / 2, centre[1] - block.height / 2)


def _free_place(layout: Layout, band: Band, length: float, height: float) -> float:
    """Return where the title of a frame stands without a line through it: left, if it can be."""
    bottom = band.top + TITLE_Y + height
    lines = sorted(
        x
        for route in layout.routes
        for (x, y), (_, below) in pairwise(route.points)
        if min(y, below) < bottom and max(y, below) > band.top
    )
    last = band.right - band.left - TITLE_X - length
    places = [TITLE_X, *(x - band.left + TITLE_X / 2 for x in lines), last]
    for place in places:
        begin = band.left + place
        if place <= last and not any(begin - 3 < x < begin + length + 3 for x in lines):
            return place
    return TITLE_X
