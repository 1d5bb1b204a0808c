"""Measures speed beside the plain ``graphviz`` package, and writes the table into README.md.

    python tests/benchmarks/measure.py

Everything is measured in one run, in turn (one round of each, then the next round), so that what else
the machine does falls on all alike. What counts are the ratios of medians. ``dot`` must be on the path
(Debian: ``apt install graphviz``).
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import pathways
from pathways.diagrams import Pages, Quality
from pathways.diagrams.drawing.quality import quality
from pathways.pathway import Pathway
from pathways.reading.catalogues import library_catalogue

README = Path(__file__).with_name("README.md")
ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = (
    "graphviz",
    "networkx",
    "pandas",
    "pydantic",
    "pygraphviz",
    "python-docx",
    "pyyaml",
    "typst",
)
SIZES = (10, 30, 60, 120, 200)
PAGE_OF_CARDS = 8
DOT_READY = "`graphviz` package, DOT text ready"
MOST_SECONDS = {60: 0.5, 120: 1.5}


@lru_cache
def made_pathway(states: int) -> Pathway:
    """Return a pathway of so many states: decisions, actions and panels, in phases of ten.

    Args:
        states: How many, from 4.
    """
    lines = [
        "format: 1",
        "pathway: made-up",
        "title: Made up",
        "version: 0.1.0",
        "updated: 2026-01-31",
        "findings: {better: {title: pain less than before, type: yes_no, kind: status, question: Better?}}",
        "treatments:",
        *(
            f"  care_{n}: {{title: Care number {n}, category: therapy, what: Something.}}"
            for n in range(3)
        ),
        "phases:",
        *(f"  phase_{n}: {{title: Phase {n}}}" for n in range((states + 9) // 10)),
        "start: step_0",
        "states:",
    ]
    last = states - 1
    for n in range(last):
        head = f"  step_{n}: {{phase: phase_{n // 10}, title: Step with number {n}, detail: what is done here"
        onward = min(n + 1, last)
        if n % 3 == 0:
            side = min(n + 2, last) if n % 9 else max(n - 2, 0)
            lines.append(
                f"{head}, kind: decision, next: [{{to: step_{onward}, when: better, label: Better}}, "
                f"{{to: step_{side}, when: not better, label: No change}}]}}"
            )
        elif n % 3 == 1:
            lines.append(
                f"{head}, kind: action, category: therapy, next: [{{to: step_{onward}}}]}}"
            )
        else:
            offers = "[care_0, care_1, care_2]"
            lines.append(
                f"{head}, kind: options, offers: {offers}, next: [{{to: step_{onward}}}]}}"
            )
    lines.append(f"  step_{last}: {{phase: phase_{last // 10}, kind: end, title: Done}}")
    return pathways.loads("\n".join(lines))


@dataclass
class Case:
    """One thing to measure, and what it stands beside.

    Args:
        what: What is measured.
        ours: Does it once.
        beside: What stands beside it.
        other: Does that once; None: nothing stands beside it.
        wanted: Largest ratio of the medians, or None; ``seconds`` is the largest median.
        seconds: See there.
        rounds: How often.
    """

    what: str
    ours: Callable[[], object]
    beside: str = ""
    other: Callable[[], object] | None = None
    wanted: float | None = None
    seconds: float | None = None
    rounds: int = 15
    times: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))


def read_cold(name: str) -> Callable[[], object]:
    def read() -> object:
        library_catalogue.cache_clear()
        return pathways.load(name)

    return read


def process(*arguments: str, folder: Path) -> Callable[[], subprocess.CompletedProcess[bytes]]:
    """Return what runs Python as a process of its own, in a folder."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run() -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, check=True, cwd=folder, capture_output=True, env=env)

    return run


def cases_in_process() -> Iterator[Case]:
    """Yield what is measured in this process, warm."""
    name = "severe-back-pain"
    yield Case(f"read {name}, catalogue not yet read", read_cold(name))
    yield Case(f"read {name}, catalogue known", lambda: pathways.load(name))
    back_pain = pathways.load(name)
    yield Case(f"graph of {name}", back_pain.graph)
    yield Case(f"table of treatments of {name}", back_pain.treatments_table)
    yield from cases_of_pages()
    for size in SIZES:
        pathway = made_pathway(size)
        source = pathway.dot()
        yield Case(
            f"draw {size} states as one SVG",
            lambda pathway=pathway: pathway.picture().svg,  # type: ignore[misc]
            DOT_READY,
            lambda source=source: source.pipe("svg"),  # type: ignore[misc]
            wanted=1.0 if size <= 30 else None,
            rounds=15 if size < 200 else 5,
        )


def cases_of_pages() -> Iterator[Case]:
    """Yield pages of paper, warm: one full page, then pathways that grow."""
    one = page_of_cards()
    source = one.dot()
    yield Case(
        f"one page of {PAGE_OF_CARDS} cards as SVG",
        lambda: all_pages(one),
        DOT_READY,
        lambda: source.pipe("svg"),
        wanted=1.0,
    )
    for size in SIZES:
        pathway = made_pathway(size)
        count = len(pathway.pages())
        whole = pathway.dot()
        yield Case(
            f"cut {size} states into {count} pages, all as SVG",
            lambda pathway=pathway: all_pages(pathway),  # type: ignore[misc]
            "`graphviz` package, one picture",
            lambda whole=whole: whole.pipe("svg"),  # type: ignore[misc]
            seconds=MOST_SECONDS.get(size),
            rounds=9 if size < 120 else 5,
        )
    back_pain = pathways.load("severe-back-pain")
    for profile in ("clinician", "clear-print", "large-print"):
        pages = back_pain.pages("a4", profile)
        yield Case(
            f"cut severe-back-pain into {len(pages)} pages, {profile}",
            lambda profile=profile: back_pain.pages("a4", profile),  # type: ignore[misc]
            rounds=5,
        )
    pages = back_pain.pages()
    yield Case(f"PDF of {len(pages)} pages", pages.pdf, rounds=5)
    yield Case("PNG of one page, 144 dpi", pages[1].png, rounds=5)
    yield Case(f"measure the quality of {len(pages)} pages", lambda: measured(pages), rounds=5)


def all_pages(pathway: Pathway) -> list[str]:
    """Return every page of a pathway as SVG."""
    return [page.svg for page in pathway.pages()]


def measured(pages: Pages) -> list[Quality]:
    """Return the quality of every page, measured anew."""
    return [quality(page.sheet) for page in pages]


@lru_cache
def page_of_cards() -> Pathway:
    """Return a pathway whose steps are all cards of one page."""
    lines = [
        "format: 1",
        "pathway: one-page",
        "title: One page",
        "version: 0.1.0",
        "updated: 2026-01-31",
        "findings: {better: {title: pain less than before, type: yes_no, kind: status, question: Better?}}",
        "start: step_0",
        "states:",
    ]
    last = PAGE_OF_CARDS - 1
    for n in range(last):
        head = f"  step_{n}: {{title: Step with number {n}, detail: what is done here"
        if n % 2:
            lines.append(f"{head}, kind: action, category: therapy, next: [{{to: step_{n + 1}}}]}}")
        else:
            lines.append(
                f"{head}, kind: decision, next: [{{to: step_{n + 1}, when: not better, label: No}}, "
                f"{{to: step_{min(n + 2, last)}, when: better, label: Better}}]}}"
            )
    lines.append(f"  step_{last}: {{kind: end, title: Done}}")
    return pathways.loads("\n".join(lines))


def cases_of_processes(folder: Path) -> Iterator[Case]:
    """Yield whole processes, from the start of Python to its end."""
    yield Case(
        "`pathways --help`",
        process("-m", "pathways", "--help", folder=folder),
        "`python -c pass`",
        process("-c", "pass", folder=folder),
        wanted=3.0,
    )
    (folder / "made.yaml").write_text(made_pathway(30).to_yaml(), encoding="utf-8")
    for what, pathway in (
        ("severe-back-pain", pathways.load("severe-back-pain")),
        ("made.yaml", made_pathway(30)),
    ):
        (folder / f"{pathway.id}.dot").write_text(pathway.dot().source, encoding="utf-8")
        script = f"import graphviz; graphviz.Source.from_file('{pathway.id}.dot').pipe('svg')"
        yield Case(
            f"`pathways draw {what}` ({len(pathway.states)} states)",
            process("-m", "pathways", "draw", what, "-o", "x.svg", folder=folder),
            DOT_READY,
            process("-c", script, folder=folder),
            seconds=0.5,
        )
    yield Case("`pathways list`", process("-m", "pathways", "list", folder=folder))


def measure(cases: list[Case]) -> None:
    """Run all cases in turn, as often as each wants."""
    for case in cases:
        case.ours()
        if case.other:
            case.other()
    for number in range(max(case.rounds for case in cases)):
        for case in cases:
            if number < case.rounds:
                for one, times in zip((case.ours, case.other), case.times, strict=True):
                    if one is not None:
                        times.append(_seconds(one))


def _seconds(one: Callable[[], object]) -> float:
    gc.collect()
    begin = time.perf_counter()
    one()
    return time.perf_counter() - begin


def row(case: Case) -> str:
    """Return the line of the table."""
    ours = statistics.median(case.times[0])
    cells = [case.what, f"{ours * 1000:.1f}", case.beside]
    verdict = ""
    ratio = None
    if case.times[1]:
        other = statistics.median(case.times[1])
        ratio = ours / other
        cells += [f"{other * 1000:.1f}", f"{ratio:.2f}"]
    else:
        cells += ["", ""]
    if case.wanted is not None and ratio is not None:
        verdict = f"at most {case.wanted:g}: {'yes' if ratio <= case.wanted else 'NO'}"
    if case.seconds is not None:
        verdict = f"under {case.seconds * 1000:g} ms: {'yes' if ours < case.seconds else 'NO'}"
    return f"| {' | '.join([*cells, verdict])} |"


def table(cases: list[Case]) -> str:
    """Return the measurements as the text of README.md."""
    version = subprocess.run(["dot", "-V"], capture_output=True, text=True, check=True).stderr
    versions = [
        f"Python {platform.python_version()}",
        f"`dot` {version.split('version ')[1].split(' ')[0]}",
    ]
    versions += [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    return "\n".join(
        [
            "# How fast it is",
            "",
            "Medians in milliseconds, measured in turn in one run; the ratio is what counts. Below 1 we are",
            f"faster. Measured on {datetime.now(tz=UTC).date().isoformat()} with {', '.join(versions)}.",
            "",
            "```",
            "python tests/benchmarks/measure.py      # measures, and writes this page",
            "python -m pytest tests/benchmarks -m benchmark",
            "```",
            "",
            "| what | ms | beside | ms | ratio | wanted |",
            "|---|---:|---|---:|---:|---|",
            *(row(case) for case in cases),
            "",
            "Warm means: the libraries are loaded and one picture was drawn before. A drawing of ours goes all the",
            "way from the pathway (boxes, arrows, words, layout, the finished SVG with its description); the",
            "`graphviz` package is given the finished DOT text (`pathway.dot()`), and starts `dot`.",
            "",
        ]
    )


def main() -> None:
    """Measure everything and write README.md."""
    with tempfile.TemporaryDirectory() as folder:
        in_process = list(cases_in_process())
        measure(in_process)
        processes = list(cases_of_processes(Path(folder)))
        measure(processes)
    # Run as a script this file does not see the other tests.
    sys.path.insert(0, str(ROOT))
    from tests.benchmarks import answering, checking, exploring, handouts, solver, stepping

    parts = [table([*in_process, *processes]), stepping.section(), answering.section()]
    parts += [checking.section(), handouts.section(), exploring.section(), solver.section()]
    text = "\n".join(parts)
    README.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
