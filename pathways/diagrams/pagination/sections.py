"""Which steps go on which page: the cheapest cut of which every part really fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.model import Box, Diagram
from pathways.diagrams.pagination.cuts import Run, Steps, cuts
from pathways.diagrams.pagination.fit import Fitting
from pathways.diagrams.pagination.frame import ANY_PAGE
from pathways.diagrams.pagination.parts import part_of, with_panel_in_pieces


@dataclass(frozen=True, slots=True)
class Sections:
    """A diagram and where it is cut.

    Args:
        diagram: The diagram; a panel larger than a page is several boxes in it.
        runs: Runs of its steps, in order.
    """

    diagram: Diagram
    runs: tuple[Run, ...]

    def part(self, run: Run, name: str = "") -> Diagram:
        """Return the steps of a run as a diagram."""
        names = [box.name for box in self.diagram.boxes[run[0] : run[1]]]
        return part_of(self.diagram, names, "", name)

    def page_of(self, first: int) -> dict[str, int]:
        """Return the page of each step, given the number of the first page of steps."""
        return {
            box.name: number
            for number, run in enumerate(self.runs, start=first)
            for box in self.diagram.boxes[run[0] : run[1]]
        }


class Search:
    """Cuts a diagram, tries the parts out, and cuts anew without those that do not fit.

    Args:
        diagram: The whole.
        fitting: Knows the room on a page.
        beside_signs: Knows the room on a page that lists every warning sign.
        most: Most steps on a page.
        fits: Whether a part really fits; None: whatever the numbers of the pages will be.
    """

    def __init__(
        self,
        diagram: Diagram,
        fitting: Fitting,
        beside_signs: Fitting,
        most: int,
        fits: Callable[[Diagram], bool] | None = None,
    ) -> None:
        self.whole = Sections(_panels_cut(diagram, fitting), ())
        self.fitting = fitting
        self.beside_signs = beside_signs
        self.most = most
        self.fits = fits or (lambda part: _fits(part, self.whole.diagram, self.fitting_for(part)))
        self.filled: dict[Run, float] = {}
        self.tried: dict[Run, bool] = {}
        self.failed: list[Run] = []

    def give_up(self, run: Run) -> None:
        """Note that a run does not fit after all: with the numbers its pages really have."""
        self.tried[run] = False
        self.failed.append(run)

    def found(self) -> Sections:
        """Return the cheapest cut of which every part of several steps fits a page."""
        diagram = self.whole.diagram
        steps = Steps.of(diagram)
        while True:
            runs = cuts(steps, self.most, self.may_fit, self.fill)
            new = [run for run in runs if run not in self.tried and run[1] - run[0] > 1]
            for run in new:
                part = self.whole.part(run)
                self.tried[run] = self.fits(part)
                if not self.tried[run]:
                    self.give_up(run)
            if all(self.tried[run] for run in new):
                return Sections(diagram, tuple(runs))

    def may_fit(self, run: Run) -> bool:
        """Return whether a run may fit: what holds a run that does not fit does not, either."""
        if any(run[0] <= start and end <= run[1] for start, end in self.failed):
            return False
        return self.fill(run) <= 1

    def fitting_for(self, part: Diagram) -> Fitting:
        """Return what knows the room for a part."""
        return self.beside_signs if asks_for_signs(part) else self.fitting

    def fill(self, run: Run) -> float:
        """Return about how much of a page a run takes."""
        if run not in self.filled:
            part = self.whole.part(run)
            self.filled[run] = self.fitting_for(part).estimate(part)
        return self.filled[run]


def asks_for_signs(part: Diagram) -> bool:
    """Whether a part holds the start, or a step that an urgent sign leads to.

    Args:
        part: A part of a diagram.
    """
    goals = {alarm.target for alarm in part.alarms if alarm.level == "urgent"}
    return bool(part.alarms) and any(box.is_start or box.name in goals for box in part.boxes)


def _fits(part: Diagram, diagram: Diagram, fitting: Fitting) -> bool:
    """Return whether a part fits a page, whatever the pages will be.

    Every other step is taken to stand on a page of its own: no ovals need more room.

    Args:
        part: A part of the diagram.
        diagram: The whole.
        fitting: Knows the room on a page.
    """
    page_of = {box.name: ANY_PAGE + index for index, box in enumerate(diagram.boxes)}
    here = ANY_PAGE + len(page_of)
    page_of |= dict.fromkeys((box.name for box in part.boxes), here)
    return fitting.estimate(part) <= 1 and fitting.fits(part, Places(page_of, here))


def _panels_cut(diagram: Diagram, fitting: Fitting) -> Diagram:
    """Return a diagram whose panels each fit a page."""
    for box in diagram.boxes:
        if len(box.lines) > 1 and not _alone_fits(diagram, box, fitting):
            diagram = with_panel_in_pieces(diagram, box.name, _sizes(diagram, box, fitting))
    return diagram


def _sizes(diagram: Diagram, box: Box, fitting: Fitting) -> list[int]:
    """Return how many offers go on each page, each as full as it can be."""
    sizes: list[int] = []
    left = len(box.lines)
    while left:
        for size in range(left, 0, -1):
            cut = with_panel_in_pieces(diagram, box.name, [*sizes, size, *[1] * (left - size)])
            piece = [each for each in cut.boxes if each.number == box.number][len(sizes)]
            if size == 1 or _alone_fits(cut, piece, fitting):
                break
        sizes.append(size)
        left -= size
    return sizes


def _alone_fits(diagram: Diagram, box: Box, fitting: Fitting) -> bool:
    return _fits(part_of(diagram, [box.name], "", ""), diagram, fitting)
