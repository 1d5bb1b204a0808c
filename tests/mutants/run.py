"""What is found of the defects that are planted, without a comparison with the sound version.

    python -m tests.mutants.run

prints the table of scores and every defect that was not found.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pathways.checks.check import check
from pathways.checks.covering import cover
from pathways.checks.examples import ReadExamples, examples_from_text, examples_text
from pathways.checks.replay import confirms
from pathways.checks.results import CheckResult, Reported
from pathways.differences.compare import differences
from pathways.errors import DocumentError, Problem
from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import loads
from tests.mutants.operators import (
    HELD_OUT,
    OPERATORS,
    Mutant,
    base_names,
    base_text,
    mutants_of,
)
from tests.mutants.oracle import treats_all_alike
from tests.mutants.places import names_at

OF_EACH_KIND = 4
"""Mutants of each kind and pathway in the whole run."""


@dataclass(frozen=True)
class Base:
    """A sound pathway with all that is held against its mutants.

    Args:
        pathway: The pathway.
        examples: Journeys that take every way of it, as a file a clinician would sign.
        result: What the checks say of it.
    """

    pathway: ResolvedPathway
    examples: ReadExamples
    result: CheckResult

    @property
    def reported(self) -> frozenset[tuple[str, str]]:
        return frozenset((each.problem.code, each.problem.where) for each in self.result.problems)


@dataclass(frozen=True)
class Outcome:
    """What came of one mutant.

    Args:
        mutant: The mutant.
        codes: Codes of what is reported and the sound version does not have, sorted.
        refused: Whether it could not even be read.
        right_kind: Whether one of the codes is expected.
        right_state: Whether something that is reported is at the defect, or passes by it.
        replays: Whether every patient that is shown replays.
        without_examples: Whether it is found without the example journeys.
        differs: Whether a comparison of the two versions shows something; None: not asked.
        moves: Whether the comparison shows a difference in meaning; None: not asked.
        equivalent: Whether a solver proves that it treats nobody differently.
    """

    mutant: Mutant
    codes: tuple[str, ...]
    refused: bool = False
    right_kind: bool = False
    right_state: bool = False
    replays: bool = True
    without_examples: bool = False
    differs: bool | None = None
    moves: bool | None = None
    equivalent: bool = False

    @property
    def found(self) -> bool:
        return bool(self.codes)


@cache
def base(name: str) -> Base:
    """Return a sound pathway, with example journeys made from it."""
    pathway = loads(base_text(name), name=f"{name}.yaml")
    examples = examples_from_text(examples_text(pathway, cover(pathway).journeys))
    return Base(pathway, examples, check(pathway, examples=examples))


@cache
def judged(mutant: Mutant) -> Outcome:
    """Return what comes of a mutant."""
    sound = base(mutant.base)
    try:
        pathway = loads(mutant.text, name=f"{mutant.base}.yaml")
    except DocumentError as error:
        return _refused(mutant, error.problems)
    try:
        result = check(pathway, examples=sound.examples)
    except DocumentError as error:
        # The examples speak of what the mutant no longer has.
        result = check(pathway)
        told = [Reported(each) for each in error.problems]
        return _outcome(mutant, pathway, [*_new(sound, result, mutant), *told])
    return _outcome(mutant, pathway, _new(sound, result, mutant))


def _refused(mutant: Mutant, problems: Sequence[Problem]) -> Outcome:
    """Return what comes of a mutant that cannot be read; every fault of a file has a line and a column."""
    codes = tuple(sorted({each.code for each in problems}))
    places = [each.place for each in problems if each.place is not None]
    return Outcome(
        mutant,
        codes,
        refused=True,
        right_kind=bool(set(codes) & set(mutant.expected)),
        right_state=len(places) == len(problems)
        and any(not names_at(mutant.text, each).isdisjoint(mutant.place) for each in places),
        without_examples=True,
    )


def _new(sound: Base, result: CheckResult, mutant: Mutant) -> list[Reported]:
    """Return what is reported of a mutant only; hints count where they are what is expected."""
    return [
        each
        for each in result.problems
        if (each.problem.code, each.problem.where) not in sound.reported
        and (each.problem.severity != "info" or each.problem.code in mutant.expected)
    ]


def _outcome(mutant: Mutant, pathway: ResolvedPathway, new: Sequence[Reported]) -> Outcome:
    codes = tuple(sorted({each.problem.code for each in new}))
    sound = base(mutant.base).pathway
    differs = moves = None
    if not codes:
        found = differences(sound, pathway)
        differs, moves = not found.is_same, found.has("meaning")
    return Outcome(
        mutant,
        codes,
        right_kind=bool(set(codes) & set(mutant.expected)),
        right_state=any(_is_at(each, mutant.place) for each in new),
        replays=not any(confirms(pathway, each) for each in new if each.journey is not None),
        without_examples=any(code != "example-fails" for code in codes),
        differs=differs,
        moves=moves,
        equivalent=treats_all_alike(sound, pathway),
    )


def _is_at(reported: Reported, place: Sequence[str]) -> bool:
    names = set(re.findall(r"\w[\w-]*", reported.problem.where))
    journey = reported.journey
    shown = (*journey.states, *journey.told) if journey is not None else ()
    return not set(place).isdisjoint({reported.problem.where, *names, *shown})


def mutants(of_each_kind: int = OF_EACH_KIND) -> Iterator[Mutant]:
    for name in base_names():
        yield from mutants_of(name, of_each_kind)


def table(outcomes: Iterable[Outcome]) -> str:
    """Return the scores of every kind of defect as a text table."""
    by_kind: dict[str, list[Outcome]] = {code: [] for code in OPERATORS}
    for each in outcomes:
        by_kind[each.mutant.operator].append(each)
    lines = [
        f"{'kind':4} {'defect':42} {'all':>4} {'found':>5} {'bare':>4} {'kind':>4} {'place':>5} {'left':>4}"
    ]
    every: list[Outcome] = []
    for code, found in sorted(by_kind.items()):
        lines.append(_line(code, OPERATORS[code][0], found))
        every += found
    lines.append(_line("", "all", every))
    return "\n".join(lines) + "\n"


def _line(code: str, words: str, outcomes: Sequence[Outcome]) -> str:
    found = [each for each in outcomes if each.found]
    counts = (
        len(outcomes),
        len(found),
        sum(each.without_examples for each in found),
        sum(each.right_kind for each in found),
        sum(each.right_state for each in found),
        len(outcomes) - len(found),
    )
    return "{:4} {:42} {:4} {:5} {:4} {:4} {:5} {:4}".format(code, words, *counts)


def share_found(outcomes: Iterable[Outcome]) -> float:
    """Return how much is found of the defects that treat somebody differently, or that nobody can read."""
    real = [each for each in outcomes if not each.equivalent]
    return sum(each.found for each in real) / len(real)


def by_base(outcomes: Sequence[Outcome]) -> str:
    """Return what is found in each pathway as a text table; ``alike``: proved to treat nobody differently."""
    lines = [f"{'pathway':25} {'all':>4} {'found':>5} {'alike':>5} {'others':>6} {'found':>5}"]
    for name in (*base_names(), ""):
        some = [each for each in outcomes if name in ("", each.mutant.base)]
        real = [each for each in some if not each.equivalent]
        counts = (
            len(some),
            sum(each.found for each in some),
            len(some) - len(real),
            len(real),
            sum(each.found for each in real),
        )
        words = f"{name} (held out)" if name == HELD_OUT else name or "all"
        lines.append("{:25} {:4} {:5} {:5} {:6} {:5}".format(words, *counts))
    return "\n".join(lines) + "\n"


def unseen(outcomes: Iterable[Outcome]) -> str:
    """Return the defects that were not found, and what a comparison of the versions says of them."""
    lines = []
    for each in outcomes:
        if not each.found:
            said = "meaning" if each.moves else "words" if each.differs else "nothing"
            alike = "; alike for everybody" if each.equivalent else ""
            lines.append(f"{each.mutant.name}: {each.mutant.what} [differs in: {said}{alike}]")
    return "\n".join(sorted(lines)) + "\n"


def scores(outcomes: Sequence[Outcome]) -> str:
    """Return all of it: by kind, by pathway, and what is not found."""
    return "\n".join([table(outcomes), by_base(outcomes), unseen(outcomes)])


def main() -> None:
    outcomes = [judged(each) for each in mutants()]
    sys.stdout.write(scores(outcomes))


if __name__ == "__main__":
    main()
