"""An answer as tables for pandas: ways on, what is on offer, what to find out next, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pathways.conditions.scope import Reader
from pathways.graph.tables import Row, frame_of
from pathways.model.pathway import ResolvedPathway
from pathways.patients.what_if import NextBest, WhatIf
from pathways.reports.answer import Answer
from pathways.reports.prospect import ProspectSaid

if TYPE_CHECKING:
    import pandas as pd

WAYS = ("way", "step", "title", "label", "status", "whatever", "in_words", "depends_on")
OFFERS = ("treatment", "title", "status", "in_words", "so_far", "badge", "for", "against")
QUESTIONS = ("finding", "question", "level", "effort", "why", "bears_on")

NEEDS = ("need", "finding", "step", "asked_at", "today", "in_words")
WITHOUT = ("patient", "pathway", "change", "at", "then_at", "closes", "left", "lost")
CHANGES = (
    "Nothing is left here",
    "A choice here closes",
    "Later steps close",
    "Nothing changes",
)
"""What becomes of a place when something cannot be had, the gravest first."""


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


def prospect_table(said: ProspectSaid) -> pd.DataFrame:
    """Return one row for each thing that would have to be true for a later step.

    Args:
        said: The prospect in the words of one reader.

    Returns:
        Index ``need`` (what must hold, in words); columns ``finding``, ``step`` (number) and
        ``asked_at`` (title) of the decision that asks for it, ``today`` (``holds``, ``not_known``,
        ``not_so`` or ``found_out_later``), ``in_words``. They are in the order of the way there.
    """
    rows = [
        {
            "need": each.condition,
            "finding": each.finding,
            "step": each.asked_at.number,
            "asked_at": each.asked_at.title,
            "today": each.today,
            "in_words": each.today_words,
        }
        for each in said.needs
    ]
    return frame_of(rows, NEEDS, ["need"])


def what_if_table(
    found: Iterable[tuple[str, ResolvedPathway, WhatIf]], reader: Reader = "clinician"
) -> pd.DataFrame:
    """Return one row for each patient: what becomes of their place when something cannot be had.

    Args:
        found: For each patient a name, the pathway they are placed in, and what becomes of the place.
        reader: Whom titles are for.

    Returns:
        Index ``patient``, the gravest changes first; columns ``pathway``, ``change`` (one of
        :data:`CHANGES`), ``at`` and ``then_at`` (titles of the steps of the place before and on what
        is left), ``closes`` (what cannot be had where they are), ``left`` (what is open there
        besides), ``lost`` (how many steps they could get to before and now cannot).
    """
    rows = [_without_row(name, pathway, each, reader) for name, pathway, each in found]
    rows.sort(key=lambda row: (CHANGES.index(row["change"]), row["patient"]))
    return frame_of(rows, WITHOUT, ["patient"])


def _without_row(name: str, pathway: ResolvedPathway, found: WhatIf, reader: Reader) -> Row:
    said = _Titles(pathway, reader)
    missing = set(_missing(pathway, found))
    here = [each for each in found.next_best if each.instead_of in missing]
    return {
        "patient": name,
        "pathway": pathway.id,
        "change": _change(found, here),
        "at": said.all(found.before.states),
        "then_at": said.all(found.after.states),
        "closes": said.all(each.instead_of for each in here),
        "left": said.all(target for each in here for target in _left(pathway, each)),
        "lost": len(found.lost),
    }


def _missing(pathway: ResolvedPathway, found: WhatIf) -> Iterator[str]:
    """Yield what cannot be had now: treatments and tests, and the states that close with them."""
    for name in found.without:
        yield name
        if name in pathway.scope.classes:
            yield from pathway.scope.classes[name].members
    for each in found.closed:
        yield from each.states


def _change(found: WhatIf, here: list[NextBest]) -> str:
    if any(each.is_none for each in here):
        return CHANGES[0]
    if here:
        return CHANGES[1]
    return CHANGES[2] if found.lost else CHANGES[3]


def _left(pathway: ResolvedPathway, best: NextBest) -> Iterator[str]:
    """Yield what is open besides: treatments where one closes, else the steps of the other ways."""
    targets = {way.key: way.target for way in pathway.ways_from(best.at)}
    yield from best.treatments
    if best.instead_of in pathway.states or not best.treatments:
        yield from (targets[way] for way in best.ways)


class _Titles:
    """Titles of states, treatments and tests."""

    def __init__(self, pathway: ResolvedPathway, reader: Reader) -> None:
        self.pathway = pathway
        self.reader = reader

    def all(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.of, names)))

    def of(self, name: str) -> str:
        catalogue = self.pathway.catalogue
        for records in (self.pathway.states, catalogue.treatments, catalogue.tests):
            if name in records:
                return str(records[name].title.to(self.reader))
        return name
