"""Ovals: where a way goes that is not drawn as a line, and where one comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pathways.diagrams.drawing.shapes import Block
from pathways.diagrams.drawing.style import Face, Row, Style, broken, height_of, set_rows
from pathways.diagrams.jumps import all_stubs, jumps
from pathways.diagrams.model import MORE_WAY, Diagram, Mark, Stub
from pathways.diagrams.phrases import MARK_WORDS, label_words
from pathways.language import say

PADDING_X = 14.0
PADDING_Y = 6.0
SMALLEST_WIDTH = 84.0
WAY_GAP = 2.0
MOST_IN_LIST = 6
MOST_ORIGINS = 3
"""From more pages than this, the pages are listed for all steps together."""

WIDE_ENOUGH = 15.5
"""Room for a line of an oval, in sizes of type, however narrow cards are."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where steps that are not in this picture stand.

    Args:
        page_of: Page by name of step; empty for a picture without pages.
        page: Number of this page, or 0.
        by_title: Whether steps that stand on no page are named by their titles, in lists.
    """

    page_of: Mapping[str, int] = field(default_factory=dict)
    page: int = 0
    by_title: bool = False

    def words(self, stubs: Iterable[Stub]) -> str:
        """Return on which pages the other ends of some ways stand, or an empty text."""
        if not self.page_of:
            return ""
        pages = sorted({self.page_of[each.other] for each in stubs if each.other in self.page_of})
        if not pages:
            return "" if self.by_title else say("not in these pages")
        if pages == [self.page]:
            return say("on this page")
        numbers = _listed(pages)
        return (
            say("pages {numbers}", numbers=numbers)
            if len(pages) > 1
            else say("page {numbers}", numbers=numbers)
        )


@dataclass(frozen=True, slots=True)
class Exit:
    """One oval on its way to a block.

    Args:
        name: Name of the first way it stands for.
        box: Name of the step it stands beside.
        leaves: Whether it is for ways out.
        stubs: The ways it stands for.
        label: Label of the line that leads to it; empty where the oval says it.
        heading: How somebody stands to these ways, or empty.
    """

    name: str
    box: str
    leaves: bool
    stubs: tuple[Stub, ...]
    label: str = ""
    heading: str = ""


def exits(diagram: Diagram, places: Places) -> tuple[Exit, ...]:
    """Return every oval of a diagram.

    Ways into a step share one oval. On a page of paper so do its ways out: a list takes less room
    than ovals side by side, and says of each way where it leads.

    Args:
        diagram: Any diagram.
        places: On which pages steps stand.
    """
    stubs = all_stubs(diagram, jumps(diagram))
    found: list[Exit] = []
    for box in diagram.boxes:
        entering = tuple(
            sorted(
                (each for each in stubs if each.box == box.name and not each.leaves),
                key=lambda each: each.number,
            )
        )
        if entering:
            found.append(Exit(entering[0].name, box.name, leaves=False, stubs=entering))
        leaving = [each for each in stubs if each.box == box.name and each.leaves]
        for mark, some in _by_mark(leaving, diagram, places):
            heading = say(MARK_WORDS[diagram.reader][mark]) if mark else ""
            for group in _grouped(some, places):
                label = label_words(group[0]) if len(group) == 1 else ""
                name = group[0].name
                found.append(Exit(name, box.name, True, tuple(group), label, heading))  # noqa: FBT003
    return tuple(found)


def _by_mark(
    leaving: Sequence[Stub], diagram: Diagram, places: Places
) -> list[tuple[Mark | None, list[Stub]]]:
    """Return ways out of one step, those that are open apart from those that are not."""
    if not places.by_title:
        return [(None, list(leaving))]
    found: dict[Mark | None, list[Stub]] = {}
    for stub in leaving:
        mark = diagram.overlay.mark_of_ways(stub.ways)
        found.setdefault(mark if mark in {"next", "closed"} else None, []).append(stub)
    return list(found.items())


def _grouped(leaving: Sequence[Stub], places: Places) -> list[list[Stub]]:
    """Return ways out of one step in the groups that share an oval."""
    size = MOST_IN_LIST if places.page_of or places.by_title else 1
    return [list(leaving[start : start + size]) for start in range(0, len(leaving), size)]


def oval(exit_: Exit, places: Places, style: Style) -> Block:
    """Return the block of an oval.

    Args:
        exit_: The ways it stands for.
        places: On which pages steps stand.
        style: Sizes and colours.

    Raises:
        UnsafeTextError: A text cannot be shown.
    """
    sizes, theme = style.profile, style.theme
    place = f"oval beside '{exit_.box}'"
    bold = Face(sizes.detail, theme.text, bold=True)
    small = Face(sizes.small, theme.detail, ink="detail")
    room = max(style.card_width - 2 * PADDING_X, WIDE_ENOUGH * sizes.detail)
    ways = [
        [
            row
            for text, strong in lines
            for row in broken(text, place, room, bold if strong else small, style)
        ]
        for lines in _ways(
            exit_, places, lambda text: style.fonts.width(text, sizes.detail, bold=True) <= room
        )
    ]
    rows = broken(exit_.heading, place, room, bold, style)
    rows += [row for way in ways for row in _apart(way)]
    paint = theme.paints["link"]
    widest = max(style.fonts.width(row.text, row.face.size, bold=row.face.bold) for row in rows)
    width = max(SMALLEST_WIDTH, widest + 2 * PADDING_X)
    height = height_of(rows) + 2 * PADDING_Y
    middle = len(ways) == 1
    return Block(
        "oval",
        width,
        height,
        "stadium",
        fill=paint.fill,
        border=paint.border,
        border_width=1.2,
        radius=min(height / 2, 16.0),
        texts=set_rows(
            rows,
            width / 2 if middle else PADDING_X,
            PADDING_Y,
            style,
            "middle" if middle else "start",
        ),
        name=oval_name(exit_),
        role="link",
    )


def _apart(way: list[Row]) -> list[Row]:
    """Return the lines of one of several ways, a little apart from the way before."""
    first, *others = way
    return [replace(first, space_before=WAY_GAP), *others]


def oval_name(exit_: Exit) -> str:
    """Return a name for an oval that no step has."""
    return f"{exit_.name}>" if exit_.leaves else f">{exit_.box}"


def _ways(exit_: Exit, places: Places, fits: Callable[[str], bool]) -> list[list[tuple[str, bool]]]:
    """Return the lines of an oval, way by way, each with whether it is bold."""
    stubs = exit_.stubs
    if not exit_.leaves:
        return [_origin(exit_, places)]
    if len(stubs) == 1:
        if places.page_of and _joins_pieces(stubs[0]):
            place = places.words(stubs)
            words = say("Step {number} goes on, {place}", number=stubs[0].number, place=place)
            return [[(words, True)]]
        return [_filled((_go_to(stubs[0], places), True), (stubs[0].title, False))]
    return [_one_of_several(each, places, fits) for each in stubs]


def _one_of_several(
    stub: Stub, places: Places, fits: Callable[[str], bool]
) -> list[tuple[str, bool]]:
    """Return a way of a list: on one line, or with its goal on a line of its own."""
    label = label_words(stub).strip()
    if places.by_title and not places.words([stub]):
        goal = f"{label} → {_goal(stub, places)}" if label else _go_to(stub, places)
        return [(goal, True), (stub.title, False)]
    if not label:
        return [(_go_to(stub, places), True)]
    goal = f"→ {_goal(stub, places)}"
    return [(f"{label} {goal}", True)] if fits(f"{label} {goal}") else [(label, True), (goal, True)]


def _origin(exit_: Exit, places: Places) -> list[tuple[str, bool]]:
    """Return where the ways into a step come from, page by page."""
    stubs = exit_.stubs
    if not places.page_of:
        steps = _steps([each.number for each in stubs])
        title = stubs[0].title if len(stubs) == 1 else ""
        return _filled((say("From {steps}", steps=steps), True), (title, False))
    if len(stubs) == 1 and _joins_pieces(stubs[0]):
        place = places.words(stubs)
        words = say("Step {number} goes on from {place}", number=stubs[0].number, place=place)
        return [(words, True)]
    pages: dict[str, list[int]] = {}
    for stub in stubs:
        pages.setdefault(places.words([stub]), []).append(stub.number)
    if len(pages) > MOST_ORIGINS:
        place = places.words(stubs)
        return [(say("From {count} steps, {place}", count=len(stubs), place=place), True)]
    parts = [", ".join(filter(None, (_steps(each), where))) for where, each in pages.items()]
    return [(say("From {steps}", steps="; ".join(parts)), True)]


def _joins_pieces(stub: Stub) -> bool:
    """Whether a way joins two pieces of one panel."""
    return stub.name.endswith(MORE_WAY)


def _steps(numbers: Sequence[int]) -> str:
    listed = _listed(numbers)
    if len(numbers) > 1:
        return say("steps {numbers}", numbers=listed)
    return say("step {numbers}", numbers=listed)


def _goal(stub: Stub, places: Places) -> str:
    return ", ".join(filter(None, (_steps([stub.number]), places.words([stub]))))


def _go_to(stub: Stub, places: Places) -> str:
    return say("Go to {goal}", goal=_goal(stub, places))


def _filled(*lines: tuple[str, bool]) -> list[tuple[str, bool]]:
    return [line for line in lines if line[0]]


def _listed(numbers: Sequence[int]) -> str:
    """Return numbers as words: ``7 to 11``, ``6, 9``.

    Example:
        >>> _listed([7, 8, 9]), _listed([6, 9])
        ('7 to 9', '6, 9')
    """
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return say("{first} to {last}", first=numbers[0], last=numbers[-1])
    return ", ".join(map(str, numbers))
