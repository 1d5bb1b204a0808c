"""An answer as tables for pandas: ways on, what is on offer, what to find out next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathways.graph.tables import frame_of
from pathways.reports.answer import Answer

if TYPE_CHECKING:
    import pandas as pd

WAYS = ("way", "step", "title", "label", "status", "whatever", "in_words", "depends_on")
OFFERS = ("treatment", "title", "status", "in_words", "so_far", "badge", "for", "against")
QUESTIONS = ("finding", "question", "level", "effort", "why", "bears_on")


def ways_table(answer: Answer) -> pd.DataFrame:
    """Return one row for each way on, open ones first.

    Args:
        answer: Where a patient is.

    Returns:
        Index ``way``; columns ``step`` (number), ``title``, ``label``, ``status`` (provided that no
        warning sign not asked about is there), ``whatever`` (whatever is unknown), ``in_words``,
        ``depends_on`` (tuple of words).
    """
    rows = [
        {
            "way": each.way,
            "step": each.number,
            "title": each.title,
            "label": each.label,
            "status": each.status,
            "whatever": each.whatever,
            "in_words": each.status_words,
            "depends_on": each.depends_on,
        }
        for each in answer.ways
    ]
    return frame_of(rows, WAYS, ["way"])


def offers_table(answer: Answer) -> pd.DataFrame:
    """Return one row for each treatment that is on offer where the patient is.

    Args:
        answer: Where a patient is.

    Returns:
        Index ``treatment``; columns ``title``, ``status``, ``in_words``, ``so_far``, ``badge`` (in
        words), ``for`` and ``against`` (tuples of sources).
    """
    rows = [
        {
            "treatment": each.treatment,
            "title": each.title,
            "status": each.status,
            "in_words": each.status_words,
            "so_far": each.so_far,
            "badge": each.badge,
            "for": tuple(dict.fromkeys(cited.source for cited in each.arguments_for)),
            "against": tuple(dict.fromkeys(cited.source for cited in each.arguments_against)),
        }
        for each in answer.offers
    ]
    return frame_of(rows, OFFERS, ["treatment"])


def questions_table(answer: Answer) -> pd.DataFrame:
    """Return one row for each thing to find out, the most useful first.

    Args:
        answer: Where a patient is.

    Returns:
        Index ``finding``; columns ``question``, ``level`` (of a warning sign, or empty), ``effort``
        (ask, examine, test, scan or procedure), ``why``, ``bears_on``.
    """
    rows = [
        {
            "finding": each.finding,
            "question": each.question,
            "level": each.level,
            "effort": each.effort,
            "why": each.why,
            "bears_on": each.bears_on,
        }
        for each in answer.questions
    ]
    return frame_of(rows, QUESTIONS, ["finding"])
