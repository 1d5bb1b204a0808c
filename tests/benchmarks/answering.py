"""Measures how fast a patient is answered; ``measure.py`` writes the table into README.md."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from pathways.boxes import Space
from pathways.conditions import Value, read_value
from pathways.patients.placing import Placer
from pathways.placed import circumstances_of, day_of
from pathways.reading.files import LIBRARY, library_ids
from pathways.reading.load import load
from pathways.records.knowing import facts_of
from pathways.records.reading import load_record
from pathways.records.vocabulary import vocabulary_of
from tests.library.people import Crowd


@dataclass
class Timing:
    """One question about patients of whom half is known; in microseconds a question.

    Args:
        what: The question.
        times: How long each took.
        wanted: Largest median, or None.
    """

    what: str
    times: list[float]
    wanted: float | None = None


def timings() -> Iterator[Timing]:
    """Yield what is asked of patients of whom half is known, over the whole library.

    Placing counts from the record to its place in all pathways; ranking is done for each place.
    """
    known, statuses = statuses_of_exits()
    yield Timing("what is known of a patient as boxes", known)
    yield Timing("exact status of all exits of a decision, what is known ready", statuses, 50)
    placing, ranking = places_of_examples()
    yield Timing("place of an example record in all pathways of the library", placing, 5000)
    yield Timing("what to find out next, ranked, in one pathway", ranking, 1000)


def statuses_of_exits(people: int = 100) -> tuple[list[float], list[float]]:
    """Return the seconds it takes to read what is known, and to give the status of all exits.

    Args:
        people: How many for each pathway; each is asked at every decision.
    """
    reading: list[float] = []
    asking: list[float] = []
    chance = random.Random(11)
    for name in library_ids():
        pathway = load(name)
        exits = [
            [way.transition.when for way in pathway.ways_from(state)]
            for state, record in pathway.states.items()
            if len(record.next) > 1
        ]
        space = Space(pathway.scope, [each for conditions in exits for each in conditions])
        nothing = space.known({})
        for each in exits:
            for condition in each:
                space.status(condition, nothing)
        crowd = Crowd(pathway, seed=13)
        findings = sorted(space.of_finding)
        for _ in range(people):
            crowd.next_person()
            given: dict[str, Value] = crowd.values(f for f in findings if chance.random() < 0.5)
            values = {f: read_value(pathway.scope.findings[f], v) for f, v in given.items()}
            begin = time.perf_counter()
            known = space.known(values)
            reading.append(time.perf_counter() - begin)
            for conditions in exits:
                begin = time.perf_counter()
                for condition in conditions:
                    space.status(condition, known)
                asking.append(time.perf_counter() - begin)
    return reading, asking


def places_of_examples(rounds: int = 5) -> tuple[list[float], list[float]]:
    """Return the seconds it takes to place an example record in the whole library, and to rank unknowns.

    Args:
        rounds: How often each record is placed.
    """
    placers = [Placer(load(name)) for name in library_ids()]
    vocabulary = vocabulary_of([each.pathway for each in placers])
    placing: list[float] = []
    ranking: list[float] = []
    for path in sorted((LIBRARY / "patients").glob("*.yaml")):
        record = load_record(path).record
        day = day_of(record.recorded)
        around = circumstances_of(record)
        for number in range(rounds + 1):
            begin = time.perf_counter()
            facts = facts_of(record, vocabulary, day)
            located = [each.locate(facts, around) for each in placers]
            placed = time.perf_counter()
            for each in located:
                started = time.perf_counter()
                each.questions  # noqa: B018 - worked out when it is first asked for
                if number:
                    ranking.append(time.perf_counter() - started)
            if number:
                placing.append(placed - begin)
    return placing, ranking


def timing_row(timing: Timing) -> str:
    """Return the line of the table: median and the slowest of a hundred."""
    middle = statistics.median(timing.times) * 1e6
    slow = statistics.quantiles(timing.times, n=100)[-1] * 1e6
    verdict = ""
    if timing.wanted is not None:
        verdict = f"under {timing.wanted:g}: {'yes' if middle < timing.wanted else 'NO'}"
    return f"| {timing.what} | {len(timing.times):,} | {middle:.1f} | {slow:.1f} | {verdict} |"


def section() -> str:
    """Measure everything here and return it as text for README.md."""
    return "\n".join(
        [
            "Patients of whom half is known, at every decision of every pathway of the library, and the",
            "example patients that ship; microseconds.",
            "",
            "| what | asked | median | 99 of 100 within | wanted |",
            "|---|---:|---:|---:|---|",
            *(timing_row(each) for each in timings()),
            "",
        ]
    )
