"""The kinds of defects that are planted: each gives every edit it can make of the data of a file."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.conditions import CONDITION_OPERATORS
from tests.mutants.effects import EFFECT_OPERATORS
from tests.mutants.shapes import SHAPE_OPERATORS
from tests.mutants.sites import Data, Edit, data_of, text_of

BASES = Path(__file__).parent / "bases"
HELD_OUT = "return-to-play"
"""The pathway that is held apart: no check is made to fit it."""

Operator = tuple[str, tuple[str, ...], Callable[[Data], Iterable[Edit]]]
"""What it does in words, the codes it is expected to be reported with, and the edits it can make."""

OPERATORS: dict[str, Operator] = {**CONDITION_OPERATORS, **SHAPE_OPERATORS, **EFFECT_OPERATORS}


@dataclass(frozen=True)
class Mutant:
    """One pathway with one defect.

    Args:
        base: Name of the pathway.
        operator: Code of the kind of defect.
        number: Position among the defects of this kind that were drawn for this pathway.
        what: What was changed.
        place: Names of the states or rules it is at.
        expected: Codes it may be reported with; of some kinds only a comparison can know.
        text: The file with the defect.
    """

    base: str
    operator: str
    number: int
    what: str
    place: tuple[str, ...]
    expected: tuple[str, ...]
    text: str

    @property
    def name(self) -> str:
        return f"{self.base}-{self.operator}-{self.number}"


def base_text(base: str) -> str:
    return (BASES / f"{base}.yaml").read_text("utf-8")


def base_names() -> list[str]:
    return sorted(each.stem for each in BASES.glob("*.yaml"))


def mutants_of(base: str, most: int) -> Iterator[Mutant]:
    """Yield the mutants of one pathway: of each kind at most so many, drawn with a fixed seed.

    No two of them have the same text.
    """
    data = data_of(base_text(base))
    seen = {text_of(data)}
    for code, (_, expected, edits) in OPERATORS.items():
        found = list(edits(data))
        seed = hashlib.sha256(f"{base} {code}".encode()).digest()
        random.Random(seed).shuffle(found)
        number = 0
        for edit in found:
            if number == most:
                break
            text = edit.written()
            if text not in seen:
                seen.add(text)
                yield Mutant(base, code, number, edit.what, edit.place, expected, text)
                number += 1
