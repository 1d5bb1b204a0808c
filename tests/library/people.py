"""Made people for the library: every finding has a value, drawn at the lines conditions draw.

Conditions are read here a second time, on purpose without the package's own evaluator.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, assert_never

from pathways.conditions import Condition
from pathways.conditions.nodes import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    CountNow,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Or,
    Otherwise,
    Word,
)
from pathways.conditions.scope import FindingShape
from pathways.conditions.walk import findings_in
from pathways.model.pathway import ResolvedPathway
from pathways.model.thresholds import lines_in
from pathways.reading.references import each_part

Person = dict[str, Any]
"""A value for each finding: bool, word, Decimal, or a set of words."""

HOLDS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def holds(condition: Condition, person: Person, pathway: ResolvedPathway) -> bool:  # noqa: C901 - one case a node
    """Return whether a condition holds for a person of whom everything is known."""
    scope = pathway.scope

    def is_true(node: Condition) -> bool:  # noqa: C901, PLR0912
        match node:
            case Always() | Otherwise():
                return True
            case Named(name) if name in scope.definitions:
                return is_true(scope.definitions[name].condition)
            case Named(name):
                return bool(person[name])
            case Compare(finding, sign, Number() as number):
                return bool(HOLDS[sign](person[finding], number.value))
            case Compare(finding, sign, constant):
                assert isinstance(constant, Word)
                given = {True: "yes", False: "no"}.get(person[finding], person[finding])
                return bool(HOLDS[sign](given, constant.name))
            case Between(finding, low, high, low_open, high_open):
                value = person[finding]
                above = value > low.value if low_open else value >= low.value
                return bool(above and (value < high.value if high_open else value <= high.value))
            case OneOf(finding, words):
                return person[finding] in {word.name for word in words}
            case Has(finding, word):
                return word.name in person[finding]
            case AnyOfClass(name, status):
                wanted = {"now", "stopped"} if status == "tried" else {status}
                members = scope.classes[name].members
                return any(person[f"{each}.status"] in wanted for each in members)
            case CountNow(name, sign, many):
                members = scope.classes[name].members
                count = sum(person[f"{each}.status"] == "now" for each in members)
                return bool(HOLDS[sign](count, many))
            case Not(part):
                return not is_true(part)
            case And(parts):
                return all(map(is_true, parts))
            case Or(parts):
                return any(map(is_true, parts))
            case AtLeast(least, parts):
                return sum(map(is_true, parts)) >= least
            case _:
                assert_never(node)

    return is_true(condition)


class Crowd:
    """Makes people for a pathway."""

    def __init__(self, pathway: ResolvedPathway, seed: int) -> None:
        self.pathway = pathway
        self.random = random.Random(seed)
        self.sign, self.yes = 0.4, 0.4
        self.lines: dict[str, set[Decimal]] = {}
        parts = (pathway.document, *pathway.included, pathway.catalogue)
        for record in parts:
            for _, part in each_part(record, ()):
                if isinstance(part, Condition):
                    for line in lines_in(part):
                        self.lines.setdefault(line.finding, set()).add(line.value)

    def next_person(self) -> None:
        """From here on make another sort of people: with no warning sign, with a few, with many."""
        self.sign = self.random.choice((0.0, 0.05, 0.4))
        self.yes = self.random.choice((0.3, 0.6))

    def value(self, name: str) -> Any:
        """Return some value of a finding, most likely beside a line that a condition draws."""
        shape = self.pathway.scope.findings[name]
        record = self.pathway.catalogue.findings.get(name)
        chance = self.sign if record is not None and record.level else self.yes
        match shape.type:
            case "yes_no":
                return self.random.random() < chance
            case "one_of":
                return self.random.choice(shape.options)
            case "several_of":
                return self._several(shape, chance)
            case "number":
                return self.random.choice(self._numbers(shape))
            case _:
                assert_never(shape.type)

    def _several(self, shape: FindingShape, chance: float) -> frozenset[str]:
        options = [each for each in shape.options if each != "none"]
        chosen = frozenset(each for each in options if self.random.random() < chance)
        return chosen or frozenset({"none"} & set(shape.options))

    def _numbers(self, shape: FindingShape) -> list[Decimal]:
        low, high = shape.low or Decimal(0), shape.high if shape.high is not None else Decimal(100)
        step = shape.step or Decimal("0.5")
        near = {
            value + change
            for value in self.lines.get(shape.name, set())
            for change in (-step, Decimal(0), step)
        }
        return sorted({low, high, *(each for each in near if low <= each <= high)})

    def values(self, names: Iterable[str]) -> Person:
        """Return a value for each of some findings."""
        return {name: self.value(name) for name in names}

    def findings_of(self, conditions: Iterable[Condition]) -> list[str]:
        """Return the findings that some conditions read, definitions opened."""
        found = {name for each in conditions for name in findings_in(each, self.pathway.scope)}
        return sorted(found)
