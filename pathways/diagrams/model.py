"""A diagram as plain data: boxes, arrows, groups, overlays. Knows nothing of any drawing language.

Everything a renderer shows is in here as text for one reader, so that a renderer is a function from
a :class:`Diagram` to text. Boxes stand in reading order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, get_args

from pathways.conditions.scope import Reader
from pathways.errors import UnknownNameError
from pathways.language import chained, say, speaking
from pathways.model.badges import Badge
from pathways.model.states import StateKind
from pathways.model.treatments import ActionCategory

Mark = Literal["here", "been", "next", "closed", "focus", "added", "removed", "changed"]
MORE_WAY = "/more"
"""How the name of a way ends that joins two pieces of one panel."""

BETWEEN_WAY = "/between"
"""How the name of a line ends that stands for steps which are not shown."""

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
        name: Name of the treatment, or empty.
    """

    title: str
    badge: Badge | None = None
    badge_words: str = ""
    when_words: str = ""
    note: str = ""
    cautions: tuple[str, ...] = ()
    name: str = ""


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
        shortened: What stands in place of the offers of a panel, where they are left out; or empty.
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
    shortened: str = ""


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
        also: Names of further ways between the two that it stands for.
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
    also: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """Names of all the ways it stands for."""
        return (self.name, *self.also)


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
    """What is drawn over a diagram: marks on boxes and arrows, by name, and what they say.

    Args:
        boxes: Mark by name or step number of a state.
        arrows: Mark by name of a way: ``review/0``.
        labels: Words of the mark of a box in place of the usual ones: ``Goes on``.
        notes: A few words under the mark of a box: why it is not open.
        short: Notes on boxes and offers in fewer words, where room is scarce; others stay as they are.
        offers: A few words on an offer of a panel, by panel and treatment: ``pills/baclofen``.

    Raises:
        UnknownNameError: There is no such mark.

    Example:
        >>> Overlay(boxes={"review": "here"}).boxes["review"]
        'here'
    """

    boxes: dict[str, Mark] = field(default_factory=dict)
    arrows: dict[str, Mark] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    offers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mark in (*self.boxes.values(), *self.arrows.values()):
            if mark not in MARKS:
                raise UnknownNameError("mark", str(mark), MARKS)

    def mark_of_ways(self, names: Iterable[str]) -> Mark | None:
        """Return the mark of several ways drawn as one: open if one is, else what all of them have.

        Args:
            names: Names of ways.

        Example:
            >>> Overlay(arrows={"a/0": "closed", "a/1": "next"}).mark_of_ways(["a/0", "a/1"])
            'next'
        """
        found = {self.arrows.get(name) for name in names}
        for mark in ("next", "here", "been"):
            if mark in found:
                return mark
        return found.pop() if len(found) == 1 else None

    def of_boxes(self, names: Iterable[str]) -> Overlay:
        """Return the same marks for some boxes alone; those of ways stay.

        Args:
            names: Names of boxes.
        """
        kept = dict.fromkeys(names)
        return replace(
            self,
            boxes={name: self.boxes[name] for name in kept if name in self.boxes},
            labels={name: self.labels[name] for name in kept if name in self.labels},
            notes={name: self.notes[name] for name in kept if name in self.notes},
            short={n: note for n, note in self.short.items() if n in kept or n in self.offers},
        )

    def in_short(self) -> Overlay:
        """Return the same marks with notes of fewer words."""
        return replace(
            self,
            notes={name: self.short.get(name, note) for name, note in self.notes.items()},
            offers={name: self.short.get(name, note) for name, note in self.offers.items()},
            short={},
        )


@dataclass(frozen=True, slots=True)
class Leeway:
    """What may be left out of a diagram so that it fits one page.

    Args:
        stops: Where somebody is: never left out.
        spare: Names of boxes that may be left out, the first ones first.
        last: Names of boxes that stand as ovals where all else is of no use, the first ones first.
    """

    stops: tuple[str, ...]
    spare: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


WHEREABOUTS: Mapping[Reader, tuple[str, str]] = MappingProxyType(
    {
        "clinician": ("Here: step {numbers}", "Here: steps {numbers}"),
        "patient": ("You are at step {numbers}", "You are at steps {numbers}"),
    }
)
"""Where somebody is: at one step, at several."""


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
        leeway: What may be left out so that it fits one page; None: nothing.
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
    leeway: Leeway | None = None

    @property
    def under_title(self) -> str:
        """What stands under the title of a picture: what is shown, of whom, and that it is a draft."""
        # A part that was made to fit a page is small enough to find the place in.
        at = "" if self.leeway else self.whereabouts
        return ". ".join(filter(None, (self.subtitle, at, self.status)))

    @property
    def whereabouts(self) -> str:
        """The steps marked as those where somebody is, in words; empty where none is shown."""
        marks = self.overlay.boxes
        # A panel in pieces has one number.
        numbers = dict.fromkeys(box.number for box in self.boxes if marks.get(box.name) == "here")
        if not numbers:
            return ""
        with speaking(self.language):
            return say(
                WHEREABOUTS[self.reader][len(numbers) > 1],
                numbers=chained(list(map(str, numbers)), "and"),
            )

    def box(self, name: str) -> Box:
        """Return a box by its name."""
        return next(box for box in self.boxes if box.name == name)

    def with_overlay(self, overlay: Overlay) -> Diagram:
        """Return the same diagram with other marks."""
        return replace(self, overlay=overlay)

    def arrows_from(self, name: str) -> Iterable[Arrow]:
        """Yield the arrows that leave a box, in order."""
        return (arrow for arrow in self.arrows if arrow.source == name)
