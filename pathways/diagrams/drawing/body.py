"""The steps of a picture: cards, ovals, lines, labels and frames, all in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pathways.diagrams.drawing.cards import card
from pathways.diagrams.drawing.ovals import Exit, Places, exits, oval, oval_name
from pathways.diagrams.drawing.quality import crossings
from pathways.diagrams.drawing.shapes import Block, Wire
from pathways.diagrams.drawing.style import Face, Row, Style, broken, height_of, set_rows
from pathways.diagrams.jumps import bands, jumps
from pathways.diagrams.layout import (
    Band,
    Layout,
    Link,
    Node,
    Router,
    Spacing,
    arrange,
    least_height,
)
from pathways.diagrams.model import BETWEEN_WAY, Box, Diagram, Group, Mark
from pathways.diagrams.phrases import label_words
from pathways.diagrams.profiles import SCREEN

LABEL_PADDING_X = 8.0
LABEL_PADDING_Y = 2.5
LABEL_SHARE = 0.62
"""Widest label, as a share of the width of a card."""

LINE_WIDTH, HEAD = 1.4, 9.0
"""Width of a line and length of its arrowhead on a screen, in points; larger beside larger type."""

MOST_IN_ORDER = 40
"""With more cards lines always cross somewhere, and a second layout takes too long."""

MARKED_GAP = 4.0
"""How much farther apart cards stand where some are marked, in points."""

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
        broken: How many rows there are only because the page is narrow.
        crossings: How often lines with no common end cross.
    """

    width: float
    height: float
    blocks: tuple[Block, ...]
    wires: tuple[Wire, ...]
    router: Router
    gaps: int
    broken: int = 0
    crossings: int = 0

    def scaled(self, factor: float) -> Body:
        """Return the same body, larger or smaller."""
        return replace(
            self,
            width=self.width * factor,
            height=self.height * factor,
            blocks=tuple(block.scaled(factor) for block in self.blocks),
            wires=tuple(wire.scaled(factor) for wire in self.wires),
        )


def compose(diagram: Diagram, style: Style, places: Places | None = None) -> Body:
    """Return the steps of a diagram in their places.

    Args:
        diagram: What to show; at least one step.
        style: Sizes, colours, width of cards.
        places: On which pages steps stand; None: there are no pages.

    Raises:
        UnsafeTextError: A text cannot be shown.
        DrawingError: Graphviz gives up.
    """
    return Composer(diagram, style, places or Places()).body()


@dataclass(frozen=True, slots=True)
class _Arranged:
    """A layout that was tried, with its lines and how often they cross."""

    layout: Layout
    wires: tuple[Wire, ...]
    crossings: int


class Composer:
    """One diagram on its way to a body.

    Args:
        diagram: What to show; at least one step.
        style: Sizes, colours, width of cards.
        places: On which pages steps stand.
        cards: Makes the card of a step; one that remembers them saves time.
    """

    def __init__(
        self,
        diagram: Diagram,
        style: Style,
        places: Places,
        cards: Callable[[Box, Diagram, Style], Block] = card,
    ) -> None:
        self.diagram = diagram
        self.style = style
        self.cards = {box.name: cards(box, diagram, style) for box in diagram.boxes}
        self.exits = exits(diagram, places)
        self.ovals = {oval_name(each): oval(each, places, style) for each in self.exits}
        self.ways_of = {
            _line_name(each): [name for stub in each.stubs for name in stub.ways]
            for each in self.exits
        }
        self.bands = bands(diagram)
        self.position = {box.name: index for index, box in enumerate(diagram.boxes)}
        cut = jumps(diagram)
        self.arrows = [each for each in diagram.arrows if each.name not in cut]
        self.labels: dict[str, Block] = {}
        self.titles = {group.name: self._title_rows(group) for group in diagram.groups}
        self.framed = self._framed()
        self.links = self._links()

    def least_height(self) -> float:
        """Return how high the body is at least, in points: much quicker than the body itself."""
        return least_height(self._nodes(in_order=False), self.links, self._spacing(0.0))

    def _links(self) -> list[Link]:
        links = [*self._links_of_arrows(), *self._links_of_ovals()]
        return sorted(links, key=self._place_of_way)

    def body(self, stretch: float = 0.0) -> Body:
        """Return everything in its place.

        Args:
            stretch: Added to every gap between rows, in points.
        """
        links = self.links
        found = self._arranged(links, self._spacing(stretch))
        layout = found.layout
        return Body(
            layout.width,
            layout.height,
            tuple(self._blocks(layout)),
            found.wires,
            layout.router,
            layout.rows - 1,
            layout.broken,
            found.crossings,
        )

    def _arranged(self, links: Sequence[Link], spacing: Spacing) -> _Arranged:
        """Return the layout, wider where lines leave no room for the title of a frame."""
        found = self._least_crossed(links, spacing)
        framed = self.framed
        lengths = [
            self._title_width(framed[band.number])
            for band in found.layout.bands
            if band.number in framed and self._title_x(found.layout, band) is None
        ]
        if not lengths:
            return found
        wider = found.layout.width + 2 * (max(lengths) + 2 * TITLE_X)
        return self._least_crossed(links, replace(spacing, narrowest=wider))

    def _least_crossed(self, links: Sequence[Link], spacing: Spacing) -> _Arranged:
        """Return the layout with ways on from left to right in their order, unless lines cross."""
        if len(self.cards) > MOST_IN_ORDER:
            return self._tried(links, spacing, in_order=False)
        ordered = self._tried(links, spacing, in_order=True)
        if not ordered.crossings:
            return ordered
        freer = self._tried(links, spacing, in_order=False)
        return freer if freer.crossings < ordered.crossings else ordered

    def _tried(self, links: Sequence[Link], spacing: Spacing, *, in_order: bool) -> _Arranged:
        layout = arrange(self._nodes(in_order=in_order), links, spacing)
        wires = tuple(self._wires(layout, links))
        return _Arranged(layout, wires, crossings(wires))

    def _title_x(self, layout: Layout, band: Band) -> float | None:
        """Return where the title of a frame stands without a line through it, if anywhere."""
        group = self.framed[band.number]
        return _free_place(
            layout, band, self._title_width(group), height_of(self.titles[group.name])
        )

    def _spacing(self, stretch: float) -> Spacing:
        style = self.style
        if not self.diagram.groups:
            usual = Spacing(band_title=4.0, band_padding=6.0)
        else:
            wide = max(map(self._title_width, self.diagram.groups))
            high = max(map(height_of, self.titles.values()))
            usual = Spacing(
                band_title=high + 2 * TITLE_Y,
                narrowest=max(style.narrowest, wide + 2 * TITLE_X),
            )
        if self.diagram.overlay.boxes:
            # Borders of marked cards are thick; half of each lies outside its card.
            usual = replace(usual, column=usual.column + MARKED_GAP)
        return replace(usual, stretch=stretch, widest=style.widest)

    def _title_rows(self, group: Group) -> list[Row]:
        """Return the title of a frame; on paper it is broken to the width of the page."""
        face = Face(self.style.profile.title + 1, self.style.theme.text, bold=True)
        room = self.style.narrowest - 2 * TITLE_X if self.style.narrowest else float("inf")
        title = f"{group.number} {group.title}"
        return broken(title, f"title of phase {group.number}", room, face, self.style)

    def _title_width(self, group: Group) -> float:
        measure = self.style.fonts.width
        rows = self.titles[group.name]
        return max(measure(row.text, row.face.size, bold=True) for row in rows)

    def _place_of_way(self, link: Link) -> tuple[int, int]:
        """Return where a way stands among all: ways on leave a step in their order."""
        box, _, index = link.name.rpartition("/")
        known = self.position.get(box, len(self.position))
        return known, int(index) if index.isdecimal() else 0

    def _nodes(self, *, in_order: bool) -> list[Node]:
        nodes = [
            Node(
                box.name,
                self.cards[box.name].width,
                self.cards[box.name].height,
                self.bands[box.name],
                in_order=in_order or box.choose == "first",
                early=box.urgency is not None,
            )
            for box in self.diagram.boxes
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
        if not label.strip():
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
        """Return the mark of a line; an oval for several ways is open if one of them is."""
        if name.endswith(BETWEEN_WAY):
            return "been"
        return self.diagram.overlay.mark_of_ways(self.ways_of.get(name, (name,)))

    def _blocks(self, layout: Layout) -> Iterable[Block]:
        yield from self._frames(layout)
        for route in layout.routes:
            if route.label is not None:
                yield _centred(self.labels[route.link], route.label)
        for name, block in (*self.ovals.items(), *self.cards.items()):
            yield _centred(block, layout.centres[name])

    def _frames(self, layout: Layout) -> Iterable[Block]:
        theme = self.style.theme
        for band in layout.bands:
            group = self.framed.get(band.number)
            if group is None:
                continue
            width = band.right - band.left
            x = self._title_x(layout, band) or TITLE_X
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
                texts=set_rows(self.titles[group.name], x, TITLE_Y, self.style),
                name=group.name,
            )

    def _framed(self) -> dict[int, Group]:
        """Return the phase that each band is, for those that are one."""
        groups = {group.name: group for group in self.diagram.groups}
        named = ((self.bands[box.name], box.group or "") for box in self.diagram.boxes)
        return {band: groups[name] for band, name in named if name in groups}

    def _wires(self, layout: Layout, links: Iterable[Link]) -> Iterable[Wire]:
        theme = self.style.theme
        scale = self.style.profile.detail / SCREEN.detail
        for link, route in zip(links, layout.routes, strict=True):
            mark = self._mark_of(link.name)
            wire = Wire(link.name, link.source, link.target, route.points, route.curved, theme.line)
            if mark:
                looks = theme.marks[mark]
                wire = replace(
                    wire,
                    colour=looks.colour,
                    width=looks.width * scale,
                    dash=looks.style,
                    mark=mark,
                )
            yield wire


def _line_name(each: Exit) -> str:
    """Return the name of the line to or from an oval."""
    return each.name if each.leaves else f">{each.box}"


def _centred(block: Block, centre: tuple[float, float]) -> Block:
    return block.at(centre[0] - block.width / 2, centre[1] - block.height / 2)


def _free_place(layout: Layout, band: Band, length: float, height: float) -> float | None:
    """Return where a title stands without a line through it: left, if it can be; or None."""
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
    return None
