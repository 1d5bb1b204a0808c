"""Which part of a pathway a picture shows: all, a phase, around a step, ways to a step, around a patient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, assert_never, get_args

from pathways.conditions.scope import Reader
from pathways.errors import UnknownNameError
from pathways.language import say
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Place, WayStatus

ViewKind = Literal["whole", "phase", "around", "routes", "yours"]
VIEW_KINDS: tuple[ViewKind, ...] = get_args(ViewKind)
DEFAULT_STEPS = 2

MOST_SO_FAR = 3
"""So many steps that somebody has been through are shown before the one where they are."""


def may_open(way: WayStatus) -> bool:
    """Return whether a way may still be open to somebody.

    A way that is not open only as long as nobody has a warning sign that was not asked about may be:
    what was not asked is no "no".

    Args:
        way: How they stand to it.
    """
    return way.is_open or (way.whatever != "excluded" and not way.unavailable)


@dataclass(frozen=True, slots=True)
class YourPart:
    """The part of a pathway around one patient, as names of states.

    Args:
        stops: Where they are.
        so_far: Where they have been, in any order.
        open: Where they could go next, in order.
        closed: Where a way leads that is not open to them now, in order.
    """

    stops: tuple[str, ...]
    so_far: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A part of a pathway; step numbers stay those of the whole.

    Make one with :meth:`whole`, :meth:`phase`, :meth:`around`, :meth:`routes` or :meth:`yours`.

    Args:
        kind: ``whole``, ``phase``, ``around``, ``routes`` or ``yours``.
        name: Name or number of the phase, or of the state; empty for the whole.
        steps: How far around a state, from 0, counted in transitions.
        start: State the routes begin at, or None for every state that leads there.
        part: What is around a patient, for ``yours``.

    Raises:
        UnknownNameError: There is no such kind, or the steps are no whole number.

    Example:
        >>> View.around("review", steps=1)
        View(kind='around', name='review', steps=1, start=None, part=None)
    """

    kind: ViewKind = "whole"
    name: str = ""
    steps: int = DEFAULT_STEPS
    start: str | None = None
    part: YourPart | None = None

    def __post_init__(self) -> None:
        if self.kind not in VIEW_KINDS:
            raise UnknownNameError("view", str(self.kind), VIEW_KINDS)
        if (self.kind == "yours") is (self.part is None):
            raise UnknownNameError("part for this view", str(self.part), ["View.yours(place)"])
        if type(self.steps) is not int:
            raise UnknownNameError("number of steps", str(self.steps), ["a whole number from 0"])
        # Numbers of steps and phases may be given as numbers; a view holds them as text.
        object.__setattr__(self, "name", str(self.name))
        object.__setattr__(self, "steps", max(0, self.steps))
        if self.start is not None:
            object.__setattr__(self, "start", str(self.start))

    @classmethod
    def whole(cls) -> View:
        """Everything."""
        return cls()

    @classmethod
    def phase(cls, name: str | int) -> View:
        """The states of one phase, by its name or its number."""
        return cls("phase", str(name))

    @classmethod
    def around(cls, state: str | int, steps: int = DEFAULT_STEPS) -> View:
        """A state and all within some steps of it, either way.

        Args:
            state: Name or step number of the state.
            steps: How far, counted in transitions.
        """
        return cls("around", str(state), steps)

    @classmethod
    def routes(cls, to: str | int, start: str | int | None = None) -> View:
        """Every state that can lead to a state, and that state.

        Args:
            to: Name or step number of the state.
            start: Name or step number of the state to begin at; None: wherever a way begins.
        """
        return cls("routes", str(to), start=None if start is None else str(start))

    @classmethod
    def yours(cls, place: Place) -> View:
        """The part around a patient: the way so far, where they are, and where each way on leads.

        Made to fit one page: what is left out of it first are the earliest steps, then where ways
        lead that are not open, never where somebody is or could go next.

        Args:
            place: Where the patient is in the pathway.
        """
        open_ways = dict.fromkeys(way.target for way in place.ways if may_open(way))
        others = dict.fromkeys(way.target for way in place.ways)
        visited = [visit.state for visit in place.visits]
        passed = [state for stop in place.stops for state in stop.came_from]
        # In an emergency the way so far only draws the eye away.
        so_far = [] if place.headline in {"emergency", "urgent"} else [*visited, *passed]
        past = tuple(
            name
            for name in dict.fromkeys(so_far)
            if name not in open_ways and name not in place.states
        )
        known = {*place.states, *open_ways, *past}
        return cls(
            "yours",
            part=YourPart(
                place.states,
                past,
                tuple(name for name in open_ways if name not in place.states),
                tuple(name for name in others if name not in known),
            ),
        )


def shown_states(pathway: ResolvedPathway, view: View) -> tuple[str, ...]:
    """Return the names of the states a view shows, in reading order.

    Args:
        pathway: The pathway.
        view: The part to show.

    Raises:
        UnknownNameError: The view names a state or a phase that the pathway does not have, or asks
            for routes between two states that no route joins.
    """
    match view.kind:
        case "whole":
            chosen: Iterable[str] = pathway.states
        case "phase":
            phase = phase_name(pathway, view.name)
            chosen = [name for name, state in pathway.states.items() if state.phase == phase]
        case "around":
            centre = pathway.state_name(view.name)
            onward, back = _neighbours(pathway)
            chosen = {**_within(centre, onward, view.steps), **_within(centre, back, view.steps)}
        case "routes":
            chosen = _on_routes(pathway, view)
        case "yours":
            part = your_part(pathway, view)
            chosen = [*part.so_far[-MOST_SO_FAR:], *part.stops, *part.open, *part.closed]
        case _:
            assert_never(view.kind)
    inside = set(chosen)
    return tuple(name for name in pathway.states if name in inside)


def your_part(pathway: ResolvedPathway, view: View) -> YourPart:
    """Return what is around a patient, each kind in reading order.

    Args:
        pathway: The pathway.
        view: One made by :meth:`View.yours`.

    Raises:
        UnknownNameError: It names a state that the pathway does not have.
    """
    part = view.part or YourPart(())

    def ordered(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(map(pathway.state_name, names), key=pathway.numbers.__getitem__))

    return YourPart(*map(ordered, (part.stops, part.so_far, part.open, part.closed)))


def _on_routes(pathway: ResolvedPathway, view: View) -> set[str]:
    target = pathway.state_name(view.name)
    onward, back = _neighbours(pathway)
    leading = set(_within(target, back, len(pathway.states)))
    if view.start is None:
        return leading
    start = pathway.state_name(view.start)
    if start not in leading:
        raise UnknownNameError(f"route from {start} to", target, ())
    return leading & set(_within(start, onward, len(pathway.states)))


def phase_name(pathway: ResolvedPathway, name: str) -> str:
    """Return the name of a phase given by its name or its number, from 1.

    Raises:
        UnknownNameError: No phase has that name or number.
    """
    if name in pathway.phases:
        return name
    for number, known in enumerate(pathway.phases, start=1):
        if str(number) == name:
            return known
    raise UnknownNameError("phase", name, pathway.phases)


YOUR_PART: Mapping[Reader, str] = MappingProxyType(
    {
        "clinician": "The part around this patient; later steps are not shown",
        "patient": "Your part of the map; later steps are not shown",
    }
)


def subtitle(pathway: ResolvedPathway, view: View, reader: Reader) -> str:
    """Return in words what a view shows, such as ``Phase 2: First weeks``."""
    match view.kind:
        case "whole":
            return say("The whole pathway")
        case "phase":
            name = phase_name(pathway, view.name)
            number = list(pathway.phases).index(name) + 1
            title = pathway.phases[name].title.to(reader)
            return say("Phase {number}: {title}", number=number, title=title)
        case "around":
            return say("What is around {step}", step=_step(pathway, view.name, reader))
        case "routes":
            goal = _step(pathway, view.name, reader)
            if view.start is None:
                return say("Every way to {goal}", goal=goal)
            begin = _step(pathway, view.start, reader)
            return say("Every way from {begin} to {goal}", begin=begin, goal=goal)
        case "yours":
            return say(YOUR_PART[reader])
        case _:
            assert_never(view.kind)


def part_name(pathway: ResolvedPathway, view: View) -> str:
    """Return a short name of what a view shows, with step and phase numbers: for ids.

    Args:
        pathway: The pathway.
        view: The part to show.

    Returns:
        ``whole``, ``phase-2``, ``around-12-2``, ``routes-14``, ``routes-3-14`` or ``yours-15``; two
        views that show the same part of a pathway in the same way have the same name, except those
        around patients at one step.

    Raises:
        UnknownNameError: The view names a state or a phase that the pathway does not have.
    """
    match view.kind:
        case "whole":
            return "whole"
        case "phase":
            return f"phase-{list(pathway.phases).index(phase_name(pathway, view.name)) + 1}"
        case "around":
            return f"around-{_number(pathway, view.name)}-{view.steps}"
        case "routes":
            begin = f"{_number(pathway, view.start)}-" if view.start is not None else ""
            return f"routes-{begin}{_number(pathway, view.name)}"
        case "yours":
            stops = your_part(pathway, view).stops
            return "-".join(["yours", *(str(pathway.numbers[name]) for name in stops)])
        case _:
            assert_never(view.kind)


def _number(pathway: ResolvedPathway, state: str) -> int:
    return pathway.numbers[pathway.state_name(state)]


def _step(pathway: ResolvedPathway, state: str, reader: Reader) -> str:
    name = pathway.state_name(state)
    title = pathway.states[name].title.to(reader)
    return say("step {number}, {title}", number=pathway.numbers[name], title=title)


def _neighbours(
    pathway: ResolvedPathway,
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return for each state the states one step on, and those one step back."""
    onward: dict[str, list[str]] = {name: [] for name in pathway.states}
    back: dict[str, list[str]] = {name: [] for name in pathway.states}
    for way in pathway.ways:
        onward[way.source].append(way.target)
        back[way.target].append(way.source)
    return onward, back


def _within(start: str, neighbours: Mapping[str, list[str]], steps: int) -> dict[str, int]:
    """Return the distance of every state at most so many steps away (breadth first)."""
    distance = {start: 0}
    edge = [start]
    for step in range(1, steps + 1):
        edge = [name for state in edge for name in neighbours[state] if name not in distance]
        distance.update(dict.fromkeys(edge, step))
        if not edge:
            break
    return distance
