"""What fits a page: steps composed with cards of several widths until one does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pathways.diagrams.drawing.body import Body, Composer
from pathways.diagrams.drawing.cards import card
from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Block
from pathways.diagrams.drawing.style import LINE, Style
from pathways.diagrams.jumps import bands, jumps, rows
from pathways.diagrams.model import Box, Diagram

ROW_GAP = 26.0
"""Least height between two rows, in points, for the estimate."""

MOST_STRETCH = 16.0
"""How much a gap between rows may grow to fill a page, in points."""

OVAL_PADDING = 12.0
FEW_OFFERS = 2
"""A panel with more offers stands in two columns where room is dear."""

ENOUGH_TRIES = 5
HOPELESS = 1.2
"""What is so many times as large as a page after some tries fits none, however it is laid out."""


class Fitting:
    """Finds out which parts of one diagram fit a page of a given room.

    Args:
        style: Sizes and colours; the width of cards is tried out.
        width: Room on the page, in points.
        height: Room on the page, in points.
        stretches: Whether lines become longer where there is room to spare.
    """

    def __init__(
        self, style: Style, width: float, height: float, *, stretches: bool = True
    ) -> None:
        self.style = style
        self.width = width
        self.height = height
        self.stretches = stretches
        self.known: dict[tuple[object, ...], Block] = {}

    def styles(self, part: Diagram) -> list[Style]:
        """Return the styles to try, those that hold most of a part first.

        Cards that stand below each other, one a row, are best wide.
        """
        wide, half, between, narrow = self.style.profile.card_widths
        row = rows(part, jumps(part))
        one_a_row = len(set(row.values())) == len(row)
        tries = [(wide, 2, 1.0), (wide, 1, 1.0)] if one_a_row else []
        if not self.stretches and any(len(box.lines) > FEW_OFFERS for box in part.boxes):
            tries = [(half, 2, 1.0), (between, 2, 1.0), *tries]
        tries += [(half, 2, 1.0), (between, 2, 1.0), (narrow, 2, 1.0), (narrow, 2, 0.75)]
        tries += [] if one_a_row else [(wide, 1, 1.0)]
        tries += [(between, 1, 1.0), (narrow, 1, 1.0), (half, 2, 0.75)]
        return [self.variant(*each) for each in tries]

    def variant(self, card_width: float, columns: int, share: float) -> Style:
        """Return a style with cards of a width, panels of some columns, and rows of a share of the page."""
        return replace(
            self.style, card_width=card_width, columns=columns, widest=self.width * share
        )

    def estimate(self, part: Diagram) -> float:
        """Return the least share of the height of a page that a part takes, without laying it out.

        More than 1 means that it cannot fit.
        """
        wide, *_, narrow = self.style.profile.card_widths
        styles = self.variant(wide, 2, 1.0), self.variant(narrow, 1, 1.0)
        across = max(1, int(self.width / (narrow + 12)))
        levels: dict[tuple[int, int], list[float]] = {}
        band = bands(part)
        row = rows(part, jumps(part))
        for box in part.boxes:
            least = min(self.card(box, part, style).height for style in styles)
            levels.setdefault((band[box.name], row[box.name]), []).append(least)
        height = self.around(part, row) + ROW_GAP * (len(levels) - 1)
        for heights in levels.values():
            heights.sort(reverse=True)
            height += sum(heights[::across]) + ROW_GAP * ((len(heights) - 1) // across)
        return height / self.height

    def around(self, part: Diagram, row: Mapping[str, int]) -> float:
        """Return the least height of frames, of labels, and of ovals above and below the cards."""
        line = self.style.profile.detail * LINE
        oval = line + OVAL_PADDING + ROW_GAP
        first, last = min(row.values()), max(row.values())
        height = max(1, len(part.groups)) * (self.style.profile.title * LINE + 20)
        height += oval * any(row[s.box] == first and not s.leaves for s in part.stubs)
        height += oval * any(row[s.box] == last and s.leaves for s in part.stubs)
        labelled = {row[arrow.source] for arrow in part.arrows if arrow.label}
        return height + len(labelled) * line

    def card(self, box: Box, part: Diagram, style: Style) -> Block:
        """Return the card of a step; each is made once."""
        # A piece of a panel may have the name of the whole.
        key = box.name, box.title, box.lines, style.card_width, style.columns
        if key not in self.known:
            self.known[key] = card(box, part, style)
        return self.known[key]

    def fits(self, part: Diagram, places: Places) -> bool:
        """Return whether a part fits a page."""
        nearest = float("inf")
        for tries, style in enumerate(self.styles(part), start=1):
            composer = Composer(part, style, places, self.card)
            excess = composer.least_height() / self.height
            if excess <= 1:
                body = composer.body()
                if self.holds(body):
                    return True
                excess = self.excess(body)
            nearest = min(nearest, excess)
            if tries >= ENOUGH_TRIES and nearest > HOPELESS:
                return False
        return False

    def excess(self, body: Body) -> float:
        """Return how many times as wide or high as the page a body is, whichever is more."""
        return max(body.width / self.width, body.height / self.height)

    def body(self, part: Diagram, places: Places) -> Body | None:
        """Return a part laid out to fit the page, or None when nothing fits.

        Steps that belong side by side stand side by side, if any style can do that.
        """
        best: tuple[Composer, Body] | None = None
        for style in self.styles(part):
            composer = Composer(part, style, places, self.card)
            if composer.least_height() > self.height:
                continue
            body = composer.body()
            if self.holds(body) and (best is None or body.broken < best[1].broken):
                best = composer, body
            if best and not best[1].broken:
                break
        return self.stretched(*best) if best else None

    def nearest(self, part: Diagram, places: Places) -> Body:
        """Return a part laid out as near to the page as it can be, for what fits none."""
        return min(self._bodies(part, places), key=self.excess)

    def lowest(self, part: Diagram, places: Places) -> Body | None:
        """Return a part as low as it can be at the width of the page; None when it is always wider."""
        bodies = [each for each in self._bodies(part, places) if each.width <= self.width]
        return min(bodies, key=lambda body: body.height, default=None)

    def _bodies(self, part: Diagram, places: Places) -> list[Body]:
        return [Composer(part, style, places, self.card).body() for style in self.styles(part)]

    def holds(self, body: Body) -> bool:
        """Return whether a body fits, with right-angled lines that do not cross."""
        return (
            body.width <= self.width
            and body.height <= self.height
            and body.router == "right_angled"
            and body.crossings == 0
        )

    def stretched(self, composer: Composer, body: Body) -> Body:
        """Return the same with longer lines where the page has room to spare."""
        spare = self.height - body.height
        if not self.stretches or not body.gaps or spare < 4 * body.gaps:
            return body
        longer = composer.body(min(MOST_STRETCH, 0.7 * spare / body.gaps))
        return longer if self.holds(longer) else body
