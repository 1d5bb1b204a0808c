"""A journey drawn over a diagram: the steps gone, the ways taken, and where it ends."""

from __future__ import annotations

from pathways.checks.results import Journey
from pathways.diagrams.model import Mark, Overlay


def journey_overlay(journey: Journey, note: str = "") -> Overlay:
    """Return a journey as marks over any diagram of its pathway.

    Args:
        journey: A journey.
        note: A few words at its last step: what is wrong there.

    Example:
        >>> from pathways.checks.results import Moment
        >>> overlay = journey_overlay(Journey((Moment("a", {}, "a/0"), Moment("b", {}))), "Nothing open")
        >>> overlay.boxes, overlay.arrows, overlay.notes
        ({'a': 'been', 'b': 'here'}, {'a/0': 'next'}, {'b': 'Nothing open'})
    """
    boxes: dict[str, Mark] = dict.fromkeys(sorted(journey.states), "been")
    boxes[journey.last.state] = "here"
    arrows: dict[str, Mark] = {
        way: "next" for way in sorted(set(journey.ways)) if not way.startswith("interrupt/")
    }
    last = journey.last.state
    return Overlay(
        boxes,
        arrows,
        labels={**dict.fromkeys(boxes, "Passed"), last: "Ends here"},
        notes={last: note} if note else {},
    )
