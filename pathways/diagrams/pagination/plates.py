"""A diagram as plates: pictures of the steps alone, each small enough to stand in a text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from pathways.diagrams.drawing.body import Body
from pathways.diagrams.drawing.ovals import Places
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.ids import picture_id
from pathways.diagrams.model import Diagram
from pathways.diagrams.pagination.fit import Fitting
from pathways.diagrams.pagination.leeway import reductions
from pathways.diagrams.pagination.parts import steps_words
from pathways.diagrams.pagination.sections import Search
from pathways.diagrams.words import to_words
from pathways.language import spoken

EDGE = 4.0
"""White around the steps of a plate, in points, so that no line is cut."""

MOST_KEPT = 64
"""So many diagrams stay drawn: handouts of a pathway, and those of its patients, show most of them again."""

BY_TITLE = Places(by_title=True)
"""A text has no pages of the chart: steps that stand elsewhere are named by number and title."""


def plates(diagram: Diagram, style: Style, *, width: float, height: float) -> tuple[Sheet, ...]:
    """Return a diagram as plates: no heading, no warning signs, no footer, only the steps.

    The text around them has the warning signs. A plate is as wide as the text and as high as its
    steps; nothing is made smaller, so that type is as large as its profile asks for.

    Args:
        diagram: What to show; at least one step.
        style: Sizes and colours; its profile says how many cards a plate holds.
        width: Width of the text, in points.
        height: Largest height of a plate, in points.

    Returns:
        The plates in the order of the steps; one that a single step makes larger than asked for is
        as high as it has to be. What may be left out of a diagram is, so that it fits one plate.

    Raises:
        UnsafeTextError: A text cannot be shown.
        DrawingError: Graphviz gives up.
    """
    return _drawn(_Asked(replace(diagram, alarms=()), style, width, height, spoken()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What plates depend on: equal when its text is, because marks and themes have no hash.

    Args:
        diagram: What to show.
        style: Sizes and colours.
        width: Width of the text, in points.
        height: Largest height of a plate, in points.
        language: The language that is spoken.
    """

    diagram: Diagram = field(compare=False)
    style: Style = field(compare=False)
    width: float
    height: float
    language: str
    text: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", repr((self.diagram, self.style)))


@lru_cache(maxsize=MOST_KEPT)
def _drawn(asked: _Asked) -> tuple[Sheet, ...]:
    quiet, width, height = asked.diagram, asked.width, asked.height
    style = replace(asked.style, narrowest=width - 2 * EDGE)
    fitting = Fitting(style, width - 2 * EDGE, height - 2 * EDGE, stretches=False)
    most = style.profile.most_cards or len(quiet.boxes)
    if quiet.leeway is not None:
        one = _single(quiet, fitting, most)
        if one:
            return (_sheet(*one, style, width),)
    return tuple(_sheet(part, body, style, width) for part, body in _several(quiet, fitting, most))


def _single(diagram: Diagram, fitting: Fitting, most: int) -> tuple[Diagram, Body] | None:
    """Return as much of a diagram as fits one plate; None when not even the least of it does."""
    for parts in reductions(diagram):
        for part in parts:
            fits = len(part.boxes) <= most and fitting.estimate(part) <= 1
            body = fitting.body(part, BY_TITLE) if fits else None
            if body:
                return part, body
    return None


def _several(diagram: Diagram, fitting: Fitting, most: int) -> list[tuple[Diagram, Body]]:
    """Return the parts of a diagram, each laid out on a plate."""
    bodies: dict[tuple[str, ...], Body | None] = {}

    def laid_out(part: Diagram) -> Body | None:
        names = tuple(box.name for box in part.boxes)
        if names not in bodies:
            bodies[names] = fitting.body(part, BY_TITLE) if fitting.estimate(part) <= 1 else None
        return bodies[names]

    search = Search(diagram, fitting, fitting, most, lambda part: laid_out(part) is not None)
    found = search.found()
    plates = []
    for number, run in enumerate(found.runs, start=1):
        part = found.part(run, f"{diagram.part}-plate-{number}")
        body = laid_out(part)
        if body is None:
            part = part.with_overlay(part.overlay.in_short())
            body = fitting.lowest(part, BY_TITLE) or _narrowed(part, fitting)
        plates.append((part, body))
    return plates


def _narrowed(part: Diagram, fitting: Fitting) -> Body:
    """Return a step that is wider than the text however it is laid out, made smaller."""
    body = fitting.nearest(part, BY_TITLE)
    return body.scaled(fitting.width / body.width)


def _sheet(part: Diagram, body: Body, style: Style, width: float) -> Sheet:
    x = (width - body.width) / 2
    return Sheet(
        picture_id(part, style.theme.name, style.profile.name, "plate"),
        width,
        body.height + 2 * EDGE,
        tuple(each.at(each.x + x, each.y + EDGE) for each in body.blocks),
        tuple(each.moved(x, EDGE) for each in body.wires),
        title=steps_words(box.number for box in part.boxes),
        description=to_words(part),
        language=part.language,
        background=style.theme.background,
        router=body.router,
    )
