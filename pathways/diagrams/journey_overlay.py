"""A journey drawn over a diagram: the steps gone, the ways taken, and where it ends."""

from __future__ import annotations

from pathways.checks.results import Journey
from pathways.diagrams.model import Mark, Overlay
from pathways.model.pathway import ResolvedPathway


def journey_overlay(pathway: ResolvedPathway, journey: Journey, note: str = "") -> Overlay:
    """Return a journey as marks over any diagram of its pathway.

    A way by an interrupt has no arrow of its own: the step it is taken from says where it leads.

    Args:
        pathway: The pathway.
        journey: A journey through it.
        note: A few words at its last step: what is wrong there.

    Example:
        >>> from pathways.checks.results import Moment
        >>> from pathways.reading.load import load
        >>> begin, sign = Moment("warning_signs", {}, "interrupt/0"), Moment("emergency_care", {})
        >>> overlay = journey_overlay(load("safety"), Journey((begin, sign)), "nothing is open here")
        >>> overlay.boxes
        {'warning_signs': 'been', 'emergency_care': 'here'}
        >>> overlay.notes
        {'warning_signs': 'Emergency sign: to step 2', 'emergency_care': 'nothing is open here'}
    """
    last = journey.last.state
    boxes: dict[str, Mark] = dict.fromkeys(journey.states, "been")
    boxes[last] = "here"
    arrows: dict[str, Mark] = {
        way: "been" for way in sorted(set(journey.ways)) if not way.startswith("interrupt/")
    }
    notes = _called_away(pathway, journey)
    if note:
        notes[last] = "; ".join(filter(None, (note, notes.get(last, ""))))
    return Overlay(boxes, arrows, labels=_labels(journey), notes=notes)


def _labels(journey: Journey) -> dict[str, str]:
    """Return the words of the mark of each step: gone how often, and where it ends."""
    labels = {}
    for state in dict.fromkeys(journey.states):
        times = journey.states.count(state)
        labels[state] = "Passed" if times == 1 else f"Passed {times} times"
    labels[journey.last.state] = "Ends here" if journey.back_to is None else "Comes back here"
    return labels


def _called_away(pathway: ResolvedPathway, journey: Journey) -> dict[str, str]:
    """Return the interrupts taken, in words, by the step they are taken from."""
    said: dict[str, dict[str, None]] = {}
    for moment in journey.moments:
        owner, _, index = moment.way.rpartition("/")
        if owner == "interrupt":
            each = pathway.interrupts[int(index)]
            words = f"{each.label.clinician}: to step {pathway.numbers[each.to]}"
            said.setdefault(moment.state, {})[words] = None
    return {state: "; ".join(words) for state, words in said.items()}
