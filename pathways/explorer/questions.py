"""The findings that a page asks for: questions, answers and cells, in the words of both readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from pathways.boxes import Variable
from pathways.conditions import KnownValue, describe, title_of
from pathways.conditions.scope import FindingShape, Reader
from pathways.conditions.values import NONE
from pathways.explorer.regions import Regions, as_number
from pathways.language import say
from pathways.model.findings import Finding
from pathways.model.history import inside_sentence
from pathways.model.history_questions import history_question
from pathways.model.pathway import READERS, ResolvedPathway
from pathways.patients.placing import Placer
from pathways.records.knowing import facts_of
from pathways.records.record import Observation, PatientRecord
from pathways.records.vocabulary import vocabulary_of
from pathways.semantics.logic import Logic, is_sign

Json = Any
"""Plain data: what ``json.dumps`` takes."""
FORM = "{}"
"""Where the title of a treatment stands in a form."""
NO_DAY = dt.date(2000, 1, 1)
"""Answers of a page have no days: nothing that is asked of this one depends on it."""


def both(words: Callable[[Reader], str]) -> Json:
    """Return a text for both readers: a pair, or one text where they are the same.

    Example:
        >>> both(lambda reader: reader[:3]), both(lambda reader: "Fever")
        (['cli', 'pat'], 'Fever')
    """
    clinician, patient = (words(reader) for reader in READERS)
    return clinician if clinician == patient else [clinician, patient]


def shown_findings(logic: Logic, placer: Placer) -> tuple[str, ...]:
    """Return the findings that bear on a place: those conditions read, and what shows a step.

    Args:
        logic: The conditions that say who may move.
        placer: Places patients in the same pathway.
    """
    care = {f"{name}.status" for name in placer.traces.care}
    names = {*logic.space.of_finding, *placer.traces.telling, *care}
    return tuple(name for name in logic.pathway.scope.findings if name in names)


class Questions:
    """Writes the findings of one pathway as plain data.

    Args:
        logic: The conditions that say who may move.
        regions: Where masks are written.
        names: The findings, in order.
    """

    def __init__(self, logic: Logic, regions: Regions, names: Iterable[str]) -> None:
        self.logic = logic
        self.pathway: ResolvedPathway = logic.pathway
        self.regions = regions
        self.names = tuple(names)
        self.vocabulary = vocabulary_of([self.pathway])
        self.options: list[Json] = []
        """Lists of what can be chosen; most treatments share theirs."""
        self.forms: list[Json] = []
        """What is said of the history of a treatment, with ``{}`` for its title; most share theirs."""
        self.owners: dict[str, Json] = {}
        """The titles of those treatments, as they stand inside a sentence."""

    def listed(self) -> list[Json]:
        """Return each finding as plain data."""
        return [self._finding(name) for name in self.names]

    def _finding(self, name: str) -> Json:
        shape = self.pathway.scope.findings[name]
        record = self.pathway.catalogue.findings.get(name)
        found: dict[str, Json] = {
            "name": name,
            "type": shape.type,
            "vars": self.logic.space.of_finding.get(name, {}),
            **self._answers(shape),
            **self._level(name, record),
        }
        owner, _, key = name.partition(".")
        if key:
            found["of"] = owner
        if record is not None and record.kind == "time":
            found["time"] = 1
        if record is not None and record.effort != "ask":
            found["effort"] = record.effort
        unsure = self._presumed(name)
        if unsure is not None:
            found["unsure"] = as_answer(unsure)
        found["title"], found["question"] = self._title(name), self._question(name, record)
        words = self._words(name)
        if key:
            return self._shortened(found, owner, words)
        return found | ({"words": words} if words else {})

    def _title(self, name: str) -> Json:
        return both(partial(title_of, name, self.pathway.scope))

    def _shortened(self, found: dict[str, Json], owner: str, words: dict[str, Json]) -> Json:
        """Return a finding of a history: what is said of it as a form that many treatments share."""
        titles = self.owners.setdefault(owner, both(self._owner_title(owner)))
        name, asked = (_without(found.pop(key), titles) for key in ("title", "question"))
        cells = [[_without(cell, titles) for cell in each] for each in words.values()]
        form = [name, asked, cells]
        if form not in self.forms:
            self.forms.append(form)
        return {**found, "form": self.forms.index(form)}

    def _owner_title(self, owner: str) -> Callable[[Reader], str]:
        title = self.pathway.catalogue.care(owner).title
        return lambda reader: inside_sentence(title.to(reader))

    def _question(self, name: str, record: Finding | None) -> Json:
        if record is not None:
            return both(record.question.to)
        # A clinician reads what it is about, and sees the answers beside it.
        return ["", history_question(name, self.pathway.catalogue).patient]

    def _answers(self, shape: FindingShape) -> dict[str, Json]:
        """Return what can be answered: words with their titles, or the range of a number."""
        if shape.type == "number":
            ends = {"low": shape.low, "high": shape.high, "step": shape.step}
            found = {key: as_number(value) for key, value in ends.items() if value is not None}
            return {**found, "unit": shape.unit or ""}
        if shape.type == "yes_no":
            return {}
        is_status = shape.name.endswith(".status")
        options = [
            [each, say(each) if is_status else both(partial(_option_title, shape, each))]
            for each in shape.options
        ]
        if options not in self.options:
            self.options.append(options)
        return {"options": self.options.index(options)}

    def _level(self, name: str, record: Finding | None) -> dict[str, Json]:
        if record is None or not is_sign(record):
            return {}
        options = (record.options or {}).values()
        levels = [record.level, *(each.level for each in options)]
        order = ("emergency", "urgent", "soon")
        level = min((each for each in levels if each), key=order.index)
        found: dict[str, Json] = {"level": level}
        if name in self.logic.signs:
            found["quiet"] = {
                str(at): self.regions.mask(at, self.logic.quiet_cells(name, option))
                for option, at in self.logic.space.of_finding[name].items()
            }
        return found

    def _presumed(self, name: str) -> KnownValue | None:
        """Return what counts where somebody was asked and is not sure; None: nothing."""
        asked = Observation(absent="asked_unknown")
        record = PatientRecord(record="x", findings={name: (asked,)})
        fact = facts_of(record, self.vocabulary, NO_DAY).known.get(name)
        return None if fact is None else fact.value

    def _words(self, name: str) -> Json:
        """Return each cell of each variable of a finding in words."""
        space = self.logic.space
        return {
            str(at): cells
            for at in space.of_finding.get(name, {}).values()
            if (cells := self._cell_words(space.variables[at]))
        }

    def _cell_words(self, variable: Variable) -> list[Json]:
        if variable.size < 2:
            return []
        scope = self.pathway.scope
        conditions = [variable.condition(1 << number) for number in range(variable.size)]
        return [both(partial(describe, each, scope)) for each in conditions]


def _without(said: Json, titles: Json) -> Json:
    """Return a text, or one for each reader, with ``{}`` for a title, or for that of each reader.

    Example:
        >>> _without(["time on heat", "how long you used warmth"], ["heat", "warmth"])
        ['time on {}', 'how long you used {}']
        >>> _without("heat: now", "heat"), _without("heat: now", ["heat", "warmth"])
        ('{}: now', 'heat: now')
    """
    if isinstance(said, str):
        return said.replace(titles, FORM) if isinstance(titles, str) else said
    each_titles = [titles, titles] if isinstance(titles, str) else titles
    return [text.replace(title, FORM) for text, title in zip(said, each_titles, strict=True)]


def _option_title(shape: FindingShape, option: str, reader: Reader) -> str:
    return shape.wording[reader].options.get(option, option) if reader in shape.wording else option


def as_answer(value: KnownValue) -> Json:
    """Return a known value in the form of an answer: yes, a word, a list, a number.

    Example:
        >>> as_answer({"hip": True, "knee": False})
        {'hip': 1, 'knee': 0}
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value
    if hasattr(value, "items"):
        return {name: int(yes) for name, yes in value.items() if name != NONE}
    return as_number(value)
