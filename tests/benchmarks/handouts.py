"""Measures how fast handouts are made; ``measure.py`` writes the table into README.md.

Beside the PDF stands one Typst compile of the same pages, and beside the Word file ``python-docx`` alone
that writes as many paragraphs and tables: with the same libraries nobody could be faster.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path

import docx

from pathways.diagrams.printing import to_tagged_pdf
from pathways.errors import DocumentError
from pathways.handouts.blocks import Table, everything
from pathways.handouts.writers.pdf import LOOSENED, job_of
from pathways.language import speaking
from pathways.pathway import Pathway, load
from pathways.printed import HANDOUT_FORMATS, Printed
from pathways.reading.files import LIBRARY, library_ids

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-25"
"""The day of the example records."""
RECORDS_PATHWAY = "severe-back-pain"
MANY = 100
MOST_BYTES = 500_000
ROUNDS = 5
ENDINGS = ("pdf", "html", "docx", "md")


@dataclass(frozen=True)
class Made:
    """One thing that was made.

    Args:
        what: What it is.
        seconds: How long it took, the median.
        beside: What stands beside it, or empty.
        other: How long that took.
        wanted: Most seconds, or None.
    """

    what: str
    seconds: float
    beside: str = ""
    other: float | None = None
    wanted: float | None = None


@cache
def largest() -> Pathway:
    """Return the pathway of the library whose handout for patients has the most words."""
    return max(map(load, sorted(library_ids())), key=lambda each: each.handout().quality.words)


def medians(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the median seconds of some works, done in turn after one round that does not count."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            begin = time.perf_counter()
            work()
            if number:
                taken.append(time.perf_counter() - begin)
    return [statistics.median(each) for each in times]


def in_all_formats(pathway: Pathway) -> list[bytes]:
    """Return the handout of a pathway for patients in every format, made from the start."""
    made = pathway.handout()
    return [made.content(format) for format in HANDOUT_FORMATS]


def compiled_once(printed: Printed) -> Callable[[], bytes]:
    """Return what lets Typst set the pages of a handout, and does nothing else."""
    template = (files("pathways.handouts.templates") / "handout.typ").read_text(encoding="utf-8")
    with speaking(printed.handout.language):
        job = {**job_of(printed.handout), **LOOSENED[-1]}
    return lambda: to_tagged_pdf(template, job)


def as_many_paragraphs(printed: Printed) -> bytes:
    """Return a Word file with the texts of a handout, as python-docx alone writes it: no looks, no pictures."""
    document = docx.Document()
    for block in everything(printed.handout):
        if isinstance(block, Table):
            table = document.add_table(rows=0, cols=len(block.head))
            for row in block.rows:
                for cell, line in zip(table.add_row().cells, row, strict=True):
                    cell.text = "".join(run.text for run in line)
            continue
        for text in block.texts:
            document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def in_a_process(folder: Path, *arguments: str) -> float:
    """Return how long the command line takes as a process of its own, in seconds."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pathways", "handout", *arguments]
    begin = time.perf_counter()
    subprocess.run(command, check=True, cwd=folder, capture_output=True, env=env)
    return time.perf_counter() - begin


def records(count: int = MANY) -> list[str]:
    """Return the names of the example records that one pathway reads, again and again, until there are enough."""
    pathway = load(RECORDS_PATHWAY)
    files = sorted((LIBRARY / "patients").glob("*.yaml"))
    return list(islice(cycle([each.stem for each in files if _is_read(pathway, each)]), count))


def _is_read(pathway: Pathway, record: Path) -> bool:
    """Return whether a pathway knows every finding of a record; some are of other pathways alone."""
    try:
        pathway.place(record, on=DAY)
    except DocumentError:
        return False
    return True


def made_in_process() -> Iterator[Made]:
    """Yield what is made in this process, warm."""
    pathway = largest()
    printed = pathway.handout()
    (seconds,) = medians(lambda: in_all_formats(pathway))
    yield Made(f"{pathway.id} for patients in all four formats, warm", seconds, wanted=1)
    content, pdf, once, page = medians(
        pathway.handout, printed.pdf, compiled_once(printed), printed.html
    )
    yield Made("of that its content with all pictures", content)
    beside = "one Typst compile of the same pages"
    yield Made(f"PDF, {len(printed.pdf()) / 1000:.0f} kB", pdf, beside, once)
    yield Made("page", page)
    word, alone = medians(printed.docx, lambda: as_many_paragraphs(printed))
    yield Made("Word file", word, "`python-docx` alone, the same texts", alone)


def made_in_processes() -> Iterator[Made]:
    """Yield what is made by processes of their own, from the start of Python to its end."""
    name = largest().id
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        outputs = [each for ending in ENDINGS for each in ("-o", f"x.{ending}")]
        cold = statistics.median(in_a_process(folder, name, *outputs) for _ in range(ROUNDS))
        yield Made(f"{name} for patients in all four formats, cold", cold, wanted=3)
        many = [each for record in records() for each in ("--record", record)]
        seconds = in_a_process(folder, RECORDS_PATHWAY, *many, "-o", "out")
        assert len(list((folder / "out").iterdir())) == MANY
        yield Made(f"{MANY} PDF of {MANY} records in one call", seconds, wanted=30)


def size_row() -> str:
    """Return the line of the table that says how large the PDF is."""
    size = len(largest().handout().pdf())
    verdict = "yes" if size < MOST_BYTES else "NO"
    kilobytes = f"{size / 1000:.0f} kB"
    return f"| size of that PDF: {kilobytes} | | | | | under {MOST_BYTES // 1000} kB: {verdict} |"


def row(made: Made) -> str:
    """Return the line of the table."""
    other, ratio, verdict = "", "", ""
    if made.other is not None:
        other, ratio = f"{made.other * 1000:.0f}", f"{made.seconds / made.other:.2f}"
    if made.wanted is not None:
        is_met = made.seconds < made.wanted
        verdict = f"under {made.wanted * 1000:g} ms: {'yes' if is_met else 'NO'}"
    cells = (made.what, f"{made.seconds * 1000:.0f}", made.beside, other, ratio, verdict)
    return f"| {' | '.join(cells)} |"


def section() -> str:
    """Measure everything here and return it as text for README.md."""
    return "\n".join(
        [
            "## Handouts",
            "",
            "The handout for patients of the pathway with the most words; medians in milliseconds. Warm: made",
            "before in this process, which keeps pictures; cold: a process of its own. The records are examples that ship,",
            "again and again.",
            "",
            "| what | ms | beside | ms | ratio | wanted |",
            "|---|---:|---|---:|---:|---|",
            *(row(each) for each in made_in_processes()),
            *(row(each) for each in made_in_process()),
            size_row(),
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(section())
