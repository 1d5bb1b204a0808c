"""A diagram as plain data: boxes, arrows, groups, overlays. Knows nothing of any drawing language.

Everything a renderer shows is in here as text for one reader, so that a renderer is a function from
a :class:`Diagram` to text. Boxes stand in reading order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from pathways.conditions.scope import Reader
from pathways.errors import UnknownNameError
from pathways.model.badges import Badge
from pathways.model.states import StateKind
from pathways.model.treatments import ActionCategory

Mark = Literal["here", "been", "next", "closed", "focus", "added", "removed", "changed"]
MORE_WAY = "/more"
"""How the name of a way ends that joins two pieces of one panel."""

MARKS: tuple[Mark, ...] = get_args(Mark)
Urgency = Literal["emergency", "urgent"]


@dataclass(frozen=True, slots=True)
class Line:
    """One offer inside an options panel.

    Args:
        title: Its name.
        badge: Its badge in the situation of the panel, or None.
        badge_words: The badge in words, or empty.
        when_words: When it is on offer, or empty.
        note: What else to know of it here, for the words.
        cautions: What to watch for with it, for the words.
    """

    title: str
    badge: Badge | None = None
    badge_words: str = ""
    when_words: str = ""
    note: str = ""
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """Something sources disagree on: who says what, and how the pathway deals with it.

    Args:
        name: Unique in the diagram.
        title: What it is about.
        sides: What each side says, and the sources that say it.
        shown: What the pathway does about it.
    """

    name: str
    title: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Box:
    """One step of a diagram.

    Args:
        name: Name of the state; unique in the diagram.
        number: Step number in the whole pathway, also when only a part is shown.
        kind: Kind of the state; gives the shape.
        title: Short bold title.
        detail: One short line under it, or empty.
        category: Of an action.
        group: Name of the group (phase) it stands in, or None.
        badge: The computed badge, or None.
        badge_words: The badge in words, or empty.
        lines: The offers of an options panel.
        urgency: Whether it is emergency or urgent care.
        is_start: Whether everyone begins here.
        goes_to: For links: title of the pathway it goes on in.
        text: Longer explanation, for the words.
        results: Titles of the findings known after it, for the words.
        choose: How its ways on are chosen: one, first or any.
        cautions: What to watch for with what happens there, for the words.
        is_continued: Whether it is a later piece of a panel that is larger than a page.
        disputes: Names of what sources disagree on here.
    """

    name: str
    number: int
    kind: StateKind
    title: str
    detail: str = ""
    category: ActionCategory | None = None
    group: str | None = None
    badge: Badge | None = None
    badge_words: str = ""
    lines: tuple[Line, ...] = ()
    urgency: Urgency | None = None
    is_start: bool = False
    goes_to: str | None = None
    text: str = ""
    results: tuple[str, ...] = ()
    choose: str = "one"
    cautions: tuple[str, ...] = ()
    is_continued: bool = False
    disputes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another.

    Args:
        name: Unique in the diagram: ``review/0``.
        source: Name of a box.
        target: Name of a box.
        label: Two or three words, or empty.
        condition: The whole condition in words, or empty when it is always open.
        order: Place among ways that are tried in order, from 1; 0 when they are not.
    """

    name: str
    source: str
    target: str
    label: str = ""
    condition: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Stub:
    """A way that leaves or enters the part that is shown: 'to step 14', 'from step 6'.

    Args:
        name: Unique in the diagram.
        box: The box that is shown.
        number: Step number of the box that is not shown.
        title: Title of the box that is not shown.
        leaves: True for a way out of the part, False for a way into it.
        label: Label of the way, or empty.
        condition: Its condition in words, or empty.
        order: Place among ways that are tried in order, from 1; 0 when they are not.
        other: Name of the box that is not shown, or empty.
    """

    name: str
    box: str
    number: int
    title: str
    leaves: bool
    label: str = ""
    condition: str = ""
    order: int = 0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A quiet frame around boxes that belong together: a phase."""

    name: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A way open at any time: what starts it and the step it leads to.

    Args:
        name: Unique in the diagram: ``interrupt-1``.
        level: How fast to act.
        label: Two or three words.
        condition: The signs that count, in words; one of them is enough. May be empty.
        target_number: Step number of the step it leads to.
        target_title: Title of that step.
        target: Name of that state.
    """

    name: str
    level: Urgency
    label: str
    condition: str
    target_number: int
    target_title: str
    target: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is drawn over a diagram: marks on boxes and arrows, by name.

    Args:
        boxes: Mark by name or step number of a state.
        arrows: Mark by name of a way: ``review/0``.

    Raises:
        UnknownNameError: There is no such mark.

    Example:
        >>> Overlay(boxes={"review": "here"}).boxes["review"]
        'here'
    """

    boxes: dict[str, Mark] = field(default_factory=dict)
    arrows: dict[str, Mark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mark in (*self.boxes.values(), *self.arrows.values()):
            if mark not in MARKS:
                raise UnknownNameError("mark", str(mark), MARKS)


@dataclass(frozen=True, slots=True)
class Diagram:
    """Everything that is shown of a pathway, for one reader.

    Args:
        id: Name of the pathway.
        title: Title of the picture.
        subtitle: What part is shown, or empty.
        footer: Version, date, review status, 'information, not medical advice'.
        reader: Whom the words are for.
        language: Language tag of the words.
        part: Short name of the part that is shown, for the ids of the picture.
        boxes: In reading order.
        arrows: In reading order.
        groups: In order.
        stubs: Ways in and out of the part that is shown.
        alarms: Ways open at any time, emergency first.
        overlay: Marks.
        disputes: What sources disagree on in what is shown, in the order of the steps.
        status: What stands under the title of a draft, so that nobody takes it for more; or empty.
    """

    id: str
    title: str
    subtitle: str
    footer: str
    reader: Reader
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...] = ()
    stubs: tuple[Stub, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    overlay: Overlay = field(default_factory=Overlay)
    language: str = "en"
    part: str = "whole"
    disputes: tuple[Dispute, ...] = ()
    status: str = ""

    @property
    def under_title(self) -> str:
        """What stands under the title of a picture: what is shown, and that it is a draft."""
        return ". ".join(filter(None, (self.subtitle, self.status)))

    def box(self, name: str) -> Box:
        """Return a box by its name."""
        return next(box for box in self.boxes if box.name == name)

    def with_overlay(self, overlay: Overlay) -> Diagram:
        """Return the same diagram with other marks."""
        return replace(self, overlay=overlay)

    def arrows_from(self, name: str) -> Iterable[Arrow]:
        """Yield the arrows that leave a box, in order."""
        return (arrow for arrow in self.arrows if arrow.source == name)
