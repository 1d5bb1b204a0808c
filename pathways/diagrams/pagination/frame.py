"""What stands on every page beside its steps: heading, warning signs, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.diagrams.drawing.banner import banner, footer, heading
from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Block, Sheet, Wire
from pathways.diagrams.drawing.sheets import GAP, stacked
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.ids import picture_id
from pathways.diagrams.layout import Router
from pathways.diagrams.model import Diagram
from pathways.diagrams.profiles import Paper
from pathways.errors import DrawingError

ANY_PAGE = 888
"""Stands for the number of a page that is not known yet; as wide as any of three digits."""

LEAST_ROOM = 120.0
"""Height that must be left for steps, in points."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The fixed parts of a page, and the room they leave.

    Args:
        top: Heading and warning signs, in their places.
        bottom: The footer, in its place.
        begin: Where the content may begin, in points from the top.
        room: How much height the content has, in points.
    """

    top: tuple[Block, ...]
    bottom: Block
    begin: float
    room: float


@dataclass(frozen=True, slots=True)
class Content:
    """What one page shows inside its frame.

    Args:
        part: The steps it shows, as a diagram.
        blocks: In drawing order, in their places.
        wires: Lines, in their places.
        title: What the page shows, in a few words.
        words: Everything it shows, in words.
        router: How the lines were found.
        page_count: How many pages there are.
    """

    part: Diagram
    blocks: Sequence[Block]
    wires: Sequence[Wire]
    title: str
    words: str
    router: Router = "right_angled"
    page_count: int = 1


@dataclass(frozen=True, slots=True)
class Book:
    """What all pages of a diagram share.

    Args:
        diagram: The whole.
        style: Sizes and colours.
        paper: Size of the pages.
    """

    diagram: Diagram
    style: Style
    paper: Paper

    def frame(
        self, subtitle: str, corner: str, places: Places, *, brief: bool, listed_on: int = 1
    ) -> Frame:
        """Return heading, warning signs and footer of a page.

        Args:
            subtitle: What it shows; may be empty.
            corner: Words at its top right, such as the number of the page.
            places: On which pages steps stand.
            brief: Whether urgent signs are named only, because another page lists them.
            listed_on: The page that lists them.

        Raises:
            DrawingError: They leave no room for anything else.
        """
        width, margin = self.paper.inner_width, self.paper.margin
        top = [
            heading(self.diagram.title, subtitle, width, self.style, corner),
            banner(
                self.diagram,
                width,
                self.style,
                brief=brief,
                page_of=places.page_of,
                listed_on=listed_on,
            ),
        ]
        blocks, begin = stacked([each for each in top if each is not None], margin)
        last = footer(self.diagram, width, self.style)
        bottom = last.at(margin, self.paper.height - margin - last.height)
        room = bottom.y - GAP / 2 - begin
        if room < LEAST_ROOM:
            raise DrawingError(
                f"the title, the warning signs and the footer leave no room for steps on "
                f"{self.paper.name} in {self.style.profile.name}; shorten the texts of the warning "
                "signs, or choose a profile with smaller type"
            )
        return Frame(tuple(blocks), bottom, begin, room)

    def anywhere(self) -> Places:
        """Return places for measuring before the pages are known."""
        return Places({box.name: ANY_PAGE for box in self.diagram.boxes})

    def sheet(self, frame: Frame, content: Content) -> Sheet:
        """Return a finished page.

        Args:
            frame: Its heading, warning signs and footer.
            content: What stands between them.
        """
        style, paper = self.style, self.paper
        return Sheet(
            picture_id(content.part, style.theme.name, style.profile.name, paper.name),
            paper.width,
            paper.height,
            (*frame.top, *content.blocks, frame.bottom),
            tuple(content.wires),
            title=": ".join(filter(None, (self.diagram.title, content.title))),
            description=content.words,
            language=self.diagram.language,
            background=style.theme.background,
            router=content.router,
            paper=paper.name,
            page_count=content.page_count,
        )
