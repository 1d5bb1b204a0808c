"""Measures how long whole checks take; ``measure.py`` writes the table into README.md."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pathways.checks.check import check
from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import library_ids
from pathways.reading.load import load
from tests.checks.tangled import tangled

ROUNDS = 5
RULES = 12
"""So many rules a pathway of the size of the one in question keeps for its own line."""


@dataclass
class Checked:
    """One check that was timed.

    Args:
        what: What was checked.
        seconds: The median.
        note: What came out.
        wanted: Most seconds, or None.
    """

    what: str
    seconds: float
    note: str
    wanted: float | None = None


def median_seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of some runs, in seconds, after one to warm up."""
    run()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def checks() -> Iterator[Checked]:
    """Yield the library, one pathway at a time and together, and tangled random pathways."""
    pathways = {name: load(name) for name in library_ids()}
    total = 0.0
    for name, pathway in pathways.items():
        seconds = median_seconds(lambda pathway=pathway: check(pathway))  # type: ignore[misc]
        total += seconds
        size = f"{len(pathway.states)} states, {len(pathway.rules)} rules"
        yield Checked(f"{name} ({size})", seconds, "")
    yield Checked("the whole library, in process, files read before", total, "", 1.5)
    yield _of_one_size(pathways["acute-to-specialist"])
    for states in (35, 100):
        yield from _tangled(states)


def _of_one_size(pathway: ResolvedPathway) -> Checked:
    fewer = replace(pathway, rules=pathway.rules[:RULES])
    seconds = median_seconds(lambda: check(fewer))
    what = f"{pathway.id} ({len(pathway.states)} states) with {RULES} of its rules"
    return Checked(what, seconds, "", 0.15)


def _tangled(states: int) -> Iterator[Checked]:
    """Yield random pathways in which every state reads what others change."""
    for seed in range(3):
        pathway = tangled(states, seed)
        seconds = median_seconds(lambda pathway=pathway: check(pathway), 1)  # type: ignore[misc]
        result = check(pathway)
        open_ = len(result.of("undecided", "rule-undecided"))
        yield Checked(f"tangled, {states} states, number {seed}", seconds, f"{open_} undecided", 1)


def section() -> str:
    """Measure everything here and return it as text for README.md."""
    return "\n".join(
        [
            "## Checks",
            "",
            "Whole checks in process: every state, way, loop and rule, every journey replayed; medians in",
            "milliseconds. A tangled pathway is random, and every state reads findings that others change.",
            "",
            "| what | ms | | wanted |",
            "|---|---:|---|---|",
            *(_row(each) for each in checks()),
            "",
        ]
    )


def _row(checked: Checked) -> str:
    verdict = ""
    if checked.wanted is not None:
        is_met = checked.seconds < checked.wanted
        verdict = f"under {checked.wanted * 1000:g}: {'yes' if is_met else 'NO'}"
    return f"| {checked.what} | {checked.seconds * 1000:.0f} | {checked.note} | {verdict} |"
