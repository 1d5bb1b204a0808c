"""Parts of a diagram: some of its steps, with the ways that leave and enter them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from pathways.diagrams.model import MORE_WAY, Arrow, Box, Diagram, Stub
from pathways.language import say

PIECE = "{number} of {count}"
"""Behind the heading of a panel that is larger than a page."""


def part_of(diagram: Diagram, names: Sequence[str], subtitle: str, part: str) -> Diagram:
    """Return some steps of a diagram; ways to the others become ways out and in.

    Args:
        diagram: The whole.
        names: Names of boxes.
        subtitle: What the part shows, in words.
        part: Short name of the part, for ids.

    Example:
        >>> boxes = (Box("a", 1, "action", "A"), Box("b", 2, "end", "B"))
        >>> whole = Diagram("x", "X", "", "", "patient", boxes, (Arrow("a/0", "a", "b"),))
        >>> part_of(whole, ["a"], "Step 1", "page-1").stubs[0].other
        'b'
    """
    inside = frozenset(names)
    boxes = tuple(box for box in diagram.boxes if box.name in inside)
    groups = {box.group for box in boxes}
    return replace(
        diagram,
        subtitle=subtitle,
        part=part,
        boxes=boxes,
        arrows=tuple(a for a in diagram.arrows if {a.source, a.target} <= inside),
        groups=tuple(group for group in diagram.groups if group.name in groups),
        stubs=tuple(_stubs(diagram, inside)),
        overlay=diagram.overlay.of_boxes(box.name for box in boxes),
    )


def _stubs(diagram: Diagram, inside: frozenset[str]) -> Iterable[Stub]:
    boxes = {box.name: box for box in diagram.boxes}
    for arrow in diagram.arrows:
        if (arrow.source in inside) == (arrow.target in inside):
            continue
        leaves = arrow.source in inside
        here, there = (arrow.source, arrow.target) if leaves else (arrow.target, arrow.source)
        yield _stub(arrow, here, boxes[there], leaves=leaves)
    yield from (stub for stub in diagram.stubs if stub.box in inside)


def _stub(arrow: Arrow, here: str, there: Box, *, leaves: bool) -> Stub:
    return Stub(
        arrow.name,
        here,
        there.number,
        there.title,
        leaves,
        arrow.label,
        arrow.condition,
        arrow.order,
        there.name,
    )


def with_panel_in_pieces(diagram: Diagram, name: str, sizes: Sequence[int]) -> Diagram:
    """Return a diagram in which one panel is cut into several, its heading repeated on each.

    Ways in lead to the first piece, ways out leave the last one.

    Args:
        diagram: The whole.
        name: Name of a box with offers.
        sizes: How many offers each piece has; together all of them.
    """
    panel = next(box for box in diagram.boxes if box.name == name)
    cut = _pieces(panel, sizes)
    boxes = [piece for box in diagram.boxes for piece in (cut if box.name == name else [box])]
    last = cut[-1].name
    arrows = [
        replace(arrow, source=last) if arrow.source == name else arrow for arrow in diagram.arrows
    ]
    arrows += [Arrow(f"{one.name}{MORE_WAY}", one.name, other.name) for one, other in pairwise(cut)]
    stubs = [
        replace(stub, box=last) if stub.box == name and stub.leaves else stub
        for stub in diagram.stubs
    ]
    overlay = diagram.overlay
    if name in overlay.boxes:
        marks = {**overlay.boxes, **{piece.name: overlay.boxes[name] for piece in cut}}
        labels = dict(overlay.labels)
        if name in labels:
            labels |= {piece.name: labels[name] for piece in cut}
        overlay = replace(overlay, boxes=marks, labels=labels)
    return replace(
        diagram, boxes=tuple(boxes), arrows=tuple(arrows), stubs=tuple(stubs), overlay=overlay
    )


def _pieces(panel: Box, sizes: Sequence[int]) -> list[Box]:
    """Return a panel as several, each with its heading and some of the offers."""
    if len(sizes) == 1:
        return [panel]
    starts = [0, *accumulate(sizes)]
    return [
        replace(
            panel,
            name=panel.name if index == 0 else f"{panel.name}~{index + 1}",
            title=f"{panel.title} ({say(PIECE, number=index + 1, count=len(sizes))})",
            lines=panel.lines[start:end],
            is_continued=index > 0,
            # How ways on are chosen is said where they leave.
            choose=panel.choose if end == len(panel.lines) else "one",
        )
        for index, (start, end) in enumerate(pairwise(starts))
    ]


def steps_words(numbers: Iterable[int]) -> str:
    """Return which steps a part holds.

    Example:
        >>> steps_words([4, 5, 6]), steps_words([7]), steps_words([15, 16, 17, 56])
        ('Steps 4 to 6', 'Step 7', 'Steps 15 to 17, 56')
    """
    found = sorted(set(numbers))
    begins = [number for number in found if number - 1 not in found]
    ends = [number for number in found if number + 1 not in found]
    if len(found) == 1:
        return say("Step {number}", number=found[0])
    if len(begins) == 1:
        return say("Steps {first} to {last}", first=begins[0], last=ends[0])
    runs = (
        str(first) if first == last else say("{first} to {last}", first=first, last=last)
        for first, last in zip(begins, ends, strict=True)
    )
    return say("Steps {numbers}", numbers=", ".join(runs))


def page_title(number: int, part: Diagram) -> str:
    """Return the short name of a page of steps.

    Args:
        number: Number of the page.
        part: What stands on it.

    Example:
        >>> page_title(2, Diagram("x", "X", "", "", "patient", (Box("a", 4, "end", "A"),), ()))
        'Page 2: Step 4'
    """
    steps = steps_words(box.number for box in part.boxes)
    return f"{say('Page {number}', number=number)}: {steps}"
