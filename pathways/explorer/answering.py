"""Answers of a page, placed by Python: what a notebook holds a browser's answers against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pathways.boxes.cells import Cell
from pathways.conditions import KnownValue
from pathways.conditions.scope import FindingShape
from pathways.conditions.values import read_value
from pathways.errors import UnknownNameError
from pathways.explorer.questions import NO_DAY, Json, as_answer, shown_findings
from pathways.explorer.regions import as_number
from pathways.patients.placing import Located, Placer
from pathways.placed import Placed, place_record
from pathways.records.knowing import facts_of
from pathways.records.record import Observation, PatientRecord, StatedPlace, Unavailable
from pathways.records.vocabulary import vocabulary_of

Answers = Mapping[str, Json]
"""Answers by the name of their finding: yes or no, a word, a list of words, a number, ``None`` for
*not sure*, or for a number ``{"range": [low, high], "open": [..]}``: one of the cells that a page offers."""


class Answering:
    """Places answers in one pathway, as its page does.

    Args:
        placer: Places patients in the pathway.

    Example:
        >>> from pathways.reading.load import load
        >>> answering = Answering(Placer(load("safety")))
        >>> answering.placed({"rf_foot_drop": False}).states
        ('warning_signs',)
    """

    def __init__(self, placer: Placer) -> None:
        self.placer = placer
        self.vocabulary = vocabulary_of([placer.pathway])
        self.shown = shown_findings(placer.logic, placer)
        """Findings that bear on a place, in order."""

    @cached_property
    def closable(self) -> tuple[str, ...]:
        """What can be said not to be there: treatments and tests, classes of them, states."""
        pathway = self.placer.pathway
        classes = (name for name, each in pathway.scope.classes.items() if each.members)
        return (*sorted(self.placer.care), *sorted(classes), *pathway.states)

    def placed(
        self,
        answers: Answers,
        unavailable: Iterable[str] = (),
        stated: str = "",
        *,
        on: dt.date = NO_DAY,
    ) -> Placed:
        """Return where answers lead.

        Args:
            answers: The answers; checked before (:meth:`checked`).
            unavailable: Names of treatments, tests, classes or states that cannot be had.
            stated: Where somebody says that they are; empty: nowhere.
            on: The day it is about; nothing that a page asks depends on it.

        Raises:
            PathwayError: The answers contradict what the pathway states of every patient.
            UnknownNameError: Something that is named is not known.
        """
        observed = {name: (self._observation(name, value),) for name, value in answers.items()}
        record = PatientRecord(
            record="answers",
            findings=observed,
            at=StatedPlace(pathway=self.placer.pathway.id, state=stated) if stated else None,
            unavailable=tuple(Unavailable(what=name, why="not_offered") for name in unavailable),
        )
        return place_record(self.placer, record, facts_of(record, self.vocabulary, on))

    def _observation(self, name: str, value: Json) -> Observation:
        match value:
            case None:
                return Observation(absent="asked_unknown")
            case bool():
                return Observation(value=("yes" if value else "no",))
            case str():
                return Observation(value=(value,))
            case list():
                return Observation(value=tuple(value))
            case Mapping():
                cell = self._cell(name, value)
                return Observation(absent="unknown") if cell is None else _number(cell.sample)
            case _:
                return _number(value)

    def _cell(self, name: str, value: Mapping[str, Json]) -> Cell | None:
        """Return the cell of numbers an answer means: for the pathway they are all alike."""
        ends = [*value["range"], *map(bool, value["open"])]
        space = self.placer.logic.space
        for at in space.of_finding.get(name, {}).values():
            for each in space.variables[at].cells:
                found = [as_number(each.low), as_number(each.high), each.low_open, each.high_open]
                if found == ends:
                    return each
        return None

    def checked(self, answers: Mapping[str, Any]) -> dict[str, Json]:
        """Return answers as plain data; words such as ``yes``, tuples and sets are understood.

        Args:
            answers: Answers by the name of their finding.

        Raises:
            UnknownNameError: A finding is not one that the page asks about.
            ConditionError: A value is none that the finding can have.

        Example:
            >>> from pathways.reading.load import load
            >>> Answering(Placer(load("safety"))).checked({"rf_foot_drop": "no"})
            {'rf_foot_drop': False}
        """
        return {name: self._checked(name, value) for name, value in answers.items()}

    def _checked(self, name: str, value: Any) -> Json:
        if name not in self.shown:
            raise UnknownNameError("finding on this page", name, self.shown)
        if value is None:
            return None
        shape = self.placer.pathway.scope.findings[name]
        if shape.type == "number" and _is_cell(value):
            return dict(value)
        return answer_of(read_value(shape, _plain(shape, value)))

    def begin(self, located: Located | None) -> dict[str, Json]:
        """Return what a page begins with: what is known of a patient, as far as it asks about that.

        Args:
            located: The patient, placed; None: nobody.

        Returns:
            ``findings``, ``unavailable`` and ``at``, as plain data.
        """
        if located is None:
            return {"findings": {}, "unavailable": [], "at": ""}
        known = {name: answer_of(value) for name, value in located.facts.values.items()}
        stated = located.around.stated
        return {
            "findings": {name: known[name] for name in self.shown if name in known},
            "unavailable": [name for name in self.closable if name in located.around.unavailable],
            "at": stated.state if stated and stated.pathway == self.placer.pathway.id else "",
        }


def answer_of(value: KnownValue) -> Json:
    """Return a known value as an answer of a page.

    Example:
        >>> answer_of({"hip": True, "knee": False, "none": False})
        ['hip']
    """
    if isinstance(value, Mapping):
        return [name for name, is_so in value.items() if is_so]
    return as_answer(value)


def _number(value: object) -> Observation:
    return Observation(value=(str(value),))


def _is_cell(value: object) -> bool:
    return isinstance(value, Mapping) and {"range", "open"} <= set(value)


def _plain(shape: FindingShape, value: Any) -> Any:
    """Return what a page or a person wrote, in the types of :func:`read_value`."""
    if shape.type == "yes_no" and value in ("yes", "no"):
        return value == "yes"
    if shape.type == "several_of" and isinstance(value, list | tuple | str):
        return frozenset([value] if isinstance(value, str) else value)
    return value
