"""What is lost without something, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathways.conditions.scope import Reader
from pathways.graph.availability import Lost
from pathways.graph.tables import Row, frame_of
from pathways.model.pathway import ResolvedPathway

if TYPE_CHECKING:
    import pandas as pd

LOST_COLUMNS = ("name", "number", "title", "effect", "in_words")
EFFECTS = {
    "closed": "closes",
    "unreachable": "nobody gets there any more",
    "stuck": "has no way on left",
    "offers_less": "offers less",
    "reduced": "goes on with what is left",
}
"""What becomes of a state, the gravest first, and the same in words."""


def lost_rows(pathway: ResolvedPathway, lost: Lost, reader: Reader = "clinician") -> list[Row]:
    """Return one row for each state that something missing touches.

    Args:
        pathway: The pathway.
        lost: What it loses; see :func:`pathways.graph.lost_without`.
        reader: Whom titles are for.

    Returns:
        Rows with the columns of :data:`LOST_COLUMNS`, the gravest effect first, then in reading order;
        ``effect`` is one of :data:`EFFECTS`. Each state stands once, by its gravest effect.

    Example:
        >>> from pathways.graph.availability import lost_without
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> [row["effect"] for row in lost_rows(pathway, lost_without(pathway, "mri"))][0]
        'closed'
    """
    touched = {
        "closed": lost.closed,
        "unreachable": lost.unreachable,
        "stuck": lost.stuck,
        "offers_less": tuple(dict.fromkeys(each.state for each in lost.offers)),
        "reduced": lost.reduced,
    }
    effects: dict[str, str] = {}
    for effect, states in touched.items():
        for state in states:
            effects.setdefault(state, effect)
    return [
        {
            "name": state,
            "number": pathway.numbers[state],
            "title": pathway.states[state].title.to(reader),
            "effect": effect,
            "in_words": EFFECTS[effect],
        }
        for state, effect in effects.items()
    ]


def lost_table(pathway: ResolvedPathway, lost: Lost, reader: Reader = "clinician") -> pd.DataFrame:
    """Return the states that something missing touches as a DataFrame, indexed by name.

    Args:
        pathway: The pathway.
        lost: What it loses.
        reader: Whom titles are for.

    Returns:
        A frame of shape (states touched, 4); columns as in :func:`lost_rows`.

    Example:
        >>> from pathways.graph.availability import lost_without
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> lost_table(pathway, lost_without(pathway, "mri")).shape[1]
        4
    """
    return frame_of(lost_rows(pathway, lost, reader), LOST_COLUMNS, ["name"])
