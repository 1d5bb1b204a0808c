"""Which arrows are drawn as lines, and which as a pair of words "Go to step 14".

A line that runs back, skips a phase or passes many steps crosses everything on its way. It is drawn
as an oval beside its step instead, as published clinical algorithms do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pathways.diagrams.model import Arrow, Box, Diagram, Stub
from pathways.diagrams.phrases import label_words
from pathways.language import say

FARTHEST_LINE = 4
"""How many rows of steps a line may pass, when the step it leads to has another line to it."""


def jumps(diagram: Diagram) -> frozenset[str]:
    """Return the names of the arrows that are drawn as ovals.

    Args:
        diagram: Any diagram.

    Returns:
        Names of arrows. A step never loses its last arrow by this unless that arrow runs back.

    Example:
        >>> from pathways.diagrams.model import Box
        >>> boxes = (Box("a", 1, "action", "A"), Box("b", 2, "decision", "B"))
        >>> arrows = (Arrow("a/0", "a", "b"), Arrow("b/0", "b", "a"))
        >>> sorted(jumps(Diagram("x", "X", "", "", "patient", boxes, arrows)))
        ['b/0']
    """
    number = {box.name: box.number for box in diagram.boxes}
    ways_in = Counter(
        arrow.target for arrow in diagram.arrows if number[arrow.source] < number[arrow.target]
    )
    band = bands(diagram)
    chosen: set[str] = set()
    for arrow in diagram.arrows:
        runs_back = number[arrow.target] <= number[arrow.source]
        if runs_back or band[arrow.target] < band[arrow.source]:
            chosen.add(arrow.name)
    for measure in (_skipped_phases(diagram), _long_spans(diagram, chosen)):
        for arrow in sorted(diagram.arrows, key=lambda each: -measure.get(each.name, 0)):
            if arrow.name in chosen or not measure.get(arrow.name) or ways_in[arrow.target] < 2:
                continue
            chosen.add(arrow.name)
            ways_in[arrow.target] -= 1
    return frozenset(chosen)


def bands(diagram: Diagram) -> dict[str, int]:
    """Return in which band each box stands: bands are drawn below each other.

    A phase is one band, where its first step stands; steps without a phase that follow each other
    are another.

    Args:
        diagram: Any diagram.

    Example:
        >>> from pathways.diagrams.model import Box, Group
        >>> boxes = (Box("a", 1, "action", "A"), Box("b", 2, "end", "B", group="late"))
        >>> groups = (Group("late", 1, "Later"),)
        >>> bands(Diagram("x", "X", "", "", "patient", boxes, (), groups))
        {'a': 0, 'b': 1}
    """
    known = {group.name for group in diagram.groups}
    number: dict[object, int] = {}
    band: dict[str, int] = {}
    before: object = None
    for position, box in enumerate(diagram.boxes):
        key: object = box.group if box.group in known else position
        if isinstance(key, int) and isinstance(before, int):
            key = before
        band[box.name] = number.setdefault(key, len(number))
        before = key
    return band


def _skipped_phases(diagram: Diagram) -> dict[str, int]:
    """Return by how many phases an arrow is too long, for those that are."""
    band = bands(diagram)
    spans = {arrow.name: band[arrow.target] - band[arrow.source] for arrow in diagram.arrows}
    return {name: span for name, span in spans.items() if span > 1}


def _long_spans(diagram: Diagram, drawn_as_ovals: set[str]) -> dict[str, int]:
    """Return how many rows an arrow passes, for those that pass too many."""
    row = rows(diagram, drawn_as_ovals)
    spans = {arrow.name: row[arrow.target] - row[arrow.source] for arrow in diagram.arrows}
    return {name: span for name, span in spans.items() if span > FARTHEST_LINE}


def rows(diagram: Diagram, left_out: set[str] | frozenset[str]) -> dict[str, int]:
    """Return the row of each box: one below the lowest box that leads to it.

    Args:
        diagram: Any diagram.
        left_out: Arrows that do not count; the rest runs forward.
    """
    row = {box.name: 0 for box in diagram.boxes}
    ways: dict[str, list[Arrow]] = {}
    for arrow in diagram.arrows:
        if arrow.name not in left_out:
            ways.setdefault(arrow.source, []).append(arrow)
    for box in sorted(diagram.boxes, key=lambda each: each.number):
        for arrow in ways.get(box.name, ()):
            row[arrow.target] = max(row[arrow.target], row[box.name] + 1)
    return row


def merged(stubs: Iterable[Stub]) -> tuple[Stub, ...]:
    """Return stubs with those from one box to one step put together.

    Args:
        stubs: In any order; the order is kept.

    Example:
        >>> two = [Stub("a/0", "a", 9, "Rest", True, "Yes"), Stub("a/1", "a", 9, "Rest", True, "Maybe")]
        >>> [each.label for each in merged(two)]
        ['Yes, or: Maybe']
    """
    found: dict[tuple[str, int, bool], list[Stub]] = {}
    for stub in stubs:
        found.setdefault((stub.box, stub.number, stub.leaves), []).append(stub)
    return tuple(_one(group) for group in found.values())


def _one(stubs: list[Stub]) -> Stub:
    labels = list(dict.fromkeys(stub.label for stub in stubs if stub.label))
    conditions = list(dict.fromkeys(stub.condition for stub in stubs))
    open_to_all = "" in conditions
    names = [name for stub in stubs for name in stub.ways]
    return replace(
        stubs[0],
        label=say(", or: ").join(labels),
        condition="" if open_to_all else say(", or: ").join(conditions),
        also=tuple(names[1:]),
    )


@dataclass(frozen=True, slots=True)
class Oval:
    """A small oval beside a box: where a way goes that is not drawn as a line.

    Args:
        name: Name of the way, or of the first of several.
        box: Name of the box it stands beside.
        leaves: True for a way out of the box, False for a way into it.
        heading: ``Go to step 14``, ``From steps 6, 9``.
        title: Title of the other step; empty for several.
        label: Label of the way, for ways out; may be empty.
        ways: Names of all the ways it stands for.
    """

    name: str
    box: str
    leaves: bool
    heading: str
    title: str
    label: str
    ways: tuple[str, ...] = ()


def ovals(diagram: Diagram, names: frozenset[str]) -> tuple[Oval, ...]:
    """Return every oval of a picture: ways in and out, and arrows drawn as ovals.

    Args:
        diagram: Any diagram.
        names: The arrows to draw as ovals (:func:`jumps`).

    Returns:
        One for each step a box leads to, and one for all the steps that lead to it from elsewhere.
    """
    stubs = all_stubs(diagram, names)
    return tuple(oval for box in diagram.boxes for oval in _ovals_of(box, stubs))


def own_stubs(diagram: Diagram, names: frozenset[str]) -> list[Stub]:
    """Return the arrows that are drawn as ovals as ways out of their box.

    Args:
        diagram: Any diagram.
        names: The arrows to draw as ovals (:func:`jumps`).
    """
    boxes = {box.name: box for box in diagram.boxes}
    return [
        Stub(
            arrow.name,
            arrow.source,
            boxes[arrow.target].number,
            boxes[arrow.target].title,
            leaves=True,
            label=arrow.label,
            condition=arrow.condition,
            order=arrow.order,
            other=arrow.target,
        )
        for arrow in diagram.arrows
        if arrow.name in names
    ]


def all_stubs(diagram: Diagram, names: frozenset[str]) -> tuple[Stub, ...]:
    """Return all ways that are no lines, one for each step they lead to or come from.

    Ways that are tried one after the other stand in that order: the first one that fits counts.

    Args:
        diagram: Any diagram.
        names: The arrows to draw as ovals (:func:`jumps`).
    """
    stubs = [*own_stubs(diagram, names), *diagram.stubs]
    return merged(sorted(stubs, key=lambda each: each.order))


def _ovals_of(box: Box, stubs: tuple[Stub, ...]) -> Iterable[Oval]:
    entering = sorted(
        (each for each in stubs if each.box == box.name and not each.leaves),
        key=lambda each: each.number,
    )
    if entering:
        several = len(entering) > 1
        numbers = ", ".join(str(each.number) for each in entering)
        yield Oval(
            name=entering[0].name,
            box=box.name,
            leaves=False,
            heading=say("From steps {numbers}", numbers=numbers)
            if several
            else say("From step {numbers}", numbers=numbers),
            title="" if several else entering[0].title,
            label="",
            ways=tuple(name for each in entering for name in each.ways),
        )
    for each in stubs:
        if each.box == box.name and each.leaves:
            yield Oval(
                name=each.name,
                box=box.name,
                leaves=True,
                heading=say("Go to step {number}", number=each.number),
                title=each.title,
                label=label_words(each),
                ways=each.ways,
            )
