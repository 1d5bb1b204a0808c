"""Made-up answers with the place that they lead to, to hold a browser against."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pathways.boxes.space import decided
from pathways.conditions import FindingShape
from pathways.conditions.values import NONE
from pathways.errors import ConditionError, PathwayError
from pathways.explorer.answering import Answering
from pathways.explorer.regions import as_number
from pathways.model.pathway import ResolvedPathway
from pathways.patients.placing import Located, Placer
from pathways.semantics.logic import Logic

Case = dict[str, Any]
LETTERS = {"certain": "c", "possible": "p", "excluded": "e"}
HARDLY, SELDOM, OFTEN = 0.03, 0.15, 0.5
"""How often something is answered, in one of the moods a made-up person can be in."""


def vectors(pathways: Mapping[str, ResolvedPathway], each: int, seed: int = 8) -> Iterator[Case]:
    """Yield made-up answers, and what :mod:`pathways.patients` says of them.

    Args:
        pathways: Pathways by a name of one's own.
        each: How many people for each pathway.
        seed: Of the random numbers; the same one gives the same people.

    Example:
        >>> from pathways.reading.load import load
        >>> next(vectors({"safety": load("safety")}, 1))["stops"]
        [['warning_signs', 'at']]
    """
    for name, pathway in pathways.items():
        draw = random.Random(f"{seed} {name}")  # noqa: S311 - made-up people, no secrets
        people = _People(pathway, draw)
        for _ in range(each):
            case = {"pathway": name, **people.case()}
            yield {key: value for key, value in case.items() if not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    """Return whether something says nothing: no text, no list, or only such in a list."""
    return value in ("", [], {}) or (isinstance(value, list) and all(map(_is_empty, value)))


class _People:
    """Makes up people in one pathway."""

    def __init__(self, pathway: ResolvedPathway, draw: random.Random) -> None:
        self.pathway = pathway
        self.draw = draw
        self.placer = Placer(pathway)
        self.logic: Logic = self.placer.logic
        self.answering = Answering(self.placer)
        self.findings = self.answering.shown
        self.signs = frozenset(self.logic.signs)

    def case(self) -> Case:
        answers = self._answers()
        few = self.draw.random() < SELDOM
        missing = (
            self.draw.sample(self.answering.closable, self.draw.choice((1, 2, 6))) if few else []
        )
        stated = self.draw.choice(list(self.pathway.states)) if self.draw.random() < SELDOM else ""
        case: Case = {"answers": answers, "unavailable": sorted(missing), "stated": stated}
        try:
            located = self.answering.placed(answers, missing, stated).located
        except ConditionError:
            raise
        except PathwayError:
            return {**case, "error": "contradiction"}
        return {**case, **expected(located)}

    def _answers(self) -> dict[str, Any]:
        """Return answers of somebody in a mood: most signs denied, some not sure, few tried much."""
        draw = self.draw
        denied, other = (
            draw.choice((0.0, 0.9, 1.0, 1.0)),
            draw.choice((HARDLY, SELDOM, OFTEN, 0.95)),
        )
        raised, unsure = draw.choice((0.0, 0.0, 0.0, 0.08)), draw.choice((0.0, 0.0, HARDLY, SELDOM))
        answers: dict[str, Any] = {}
        for name in self.findings:
            is_sign = name in self.signs
            if draw.random() >= (denied if is_sign else other):
                continue
            shape = self.pathway.scope.findings[name]
            if draw.random() < unsure:
                answers[name] = None
            elif is_sign and draw.random() >= raised:
                answers[name] = _quietest(shape)
            else:
                answers[name] = self._value(name, shape)
        return answers

    def _value(self, name: str, shape: FindingShape) -> Any:
        draw = self.draw
        match shape.type:
            case "yes_no":
                return draw.random() < OFTEN
            case "one_of":
                return draw.choice(shape.options)
            case "several_of":
                options = [each for each in shape.options if each != NONE]
                chosen = [each for each in options if draw.random() < OFTEN / 2]
                return chosen or ([NONE] if NONE in shape.options else options[:1])
            case _:
                return as_number(draw.choice(self._numbers(name, shape)))

    def _numbers(self, name: str, shape: FindingShape) -> list[Decimal]:
        """Return a number of each cell, and those at their ends."""
        options = self.logic.space.of_finding.get(name)
        if options is None:
            return [shape.low or Decimal(0), shape.high or Decimal(1)]
        variable = self.logic.space.variables[options[""]]
        ends = [
            end
            for each in variable.cells
            for end in (each.low, each.high, each.sample)
            if end is not None
        ]
        return sorted({each for each in ends if variable.of_number(each)})


def _quietest(shape: FindingShape) -> Any:
    """Return an answer that is no sign, as far as there is one."""
    if shape.type == "yes_no":
        return False
    if shape.type == "one_of":
        return shape.options[-1]
    return [NONE] if NONE in shape.options else [shape.options[0]]


def expected(located: Located) -> Case:
    """Return what a browser must say of the same answers.

    Args:
        located: Somebody who was placed.
    """
    place, logic = located.place, located.logic
    first = {stop.state: stop for stop in place.stops}
    return {
        "headline": place.headline,
        "concerns": LETTERS[place.concerns],
        "stops": [[stop.state, stop.how] for stop in place.stops],
        "passed": [list(stop.came_from) for stop in place.stops],
        "on": [
            "".join(LETTERS[way.provided] + LETTERS[way.whatever] for way in stop.ways)
            for stop in place.stops
        ],
        "offers": [
            "".join(
                LETTERS[each.status]
                for each in stop.offers[: len(logic.pathway.states[name].offers)]
            )
            for name, stop in first.items()
        ],
        "why": [
            [list(each) for each in way.reasons[:2]] for stop in place.stops for way in stop.ways
        ],
        "alarms": [[each.index, each.status[0], list(each.signs)] for each in place.interruptions],
        "proviso": list(place.proviso),
        "gates": list(place.gates),
        "doubts": list(place.doubts),
        "ways": _everywhere(located),
    }


def _everywhere(located: Located) -> str:
    """Return the status of every way of the pathway on what is known, as letters."""
    logic = located.logic
    known = logic.known(located.facts.values)
    return "".join(
        LETTERS[decided(known, each.inside, each.outside)]
        for passages in logic.passages.values()
        for each in passages
    )
