"""How fast the page to explore is, in Chromium: its size, how soon it is there, from click to repaint.

Run it: ``python -m tests.benchmarks.exploring`` prints a table in Markdown. Measured is
everything from an answer until the browser has laid the page out again, without the wait for the
next frame.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pathways.explorer.page import to_page  # noqa: E402
from pathways.model.pathway import ResolvedPathway  # noqa: E402
from pathways.reading.files import library_ids  # noqa: E402
from pathways.reading.load import load  # noqa: E402
from tests.benchmarks.measure import made_pathway  # noqa: E402
from tests.explorer.browser import Chromium, started  # noqa: E402

LARGE = 500
WANTED_CLICK, WANTED_CLICK_LARGE, WANTED_LOAD, WANTED_SIZE = 16.0, 50.0, 500.0, 400_000
CLICKS = """async () => {
  const page = pathwaysPage, times = [];
  const values = (f) => f.type === "yes_no" ? [false, true]
    : f.type === "number" ? [f.low, f.high] : f.options.map(([word]) => (f.type === "several_of" ? [word] : word));
  const quiet = {};
  for (const at of page.m.signs) {
    const f = page.m.findings[at];
    quiet[f.name] = f.type === "yes_no" ? false : ["none"];
  }
  for (let round = 0; round < 2; round += 1) {
    page.answers = round ? { ...quiet } : {};
    for (const f of page.m.findings) for (const value of values(f)) {
      const begin = performance.now();
      page.answer(f.name, value);
      document.documentElement.getBoundingClientRect();
      page.part("map").getBoundingClientRect();
      times.push(performance.now() - begin);
      if (f.level) { delete page.answers[f.name]; Object.assign(page.answers, round ? quiet : {}); }
      if (times.length % 20 === 0) await new Promise(requestAnimationFrame);
    }
  }
  return times;
}"""
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def measured(chrome: Chromium, pathway: ResolvedPathway) -> tuple[int, float, list[float]]:
    """Return the size of a page, how soon it is there, and the time of each click, in milliseconds."""
    text = to_page([pathway])
    loads: list[float] = []
    for _ in range(5):
        with chrome.opened(text) as seen:
            seen.page.wait_for_load_state("load")
            loads.append(seen.run(LOADED))
    with chrome.opened(text) as seen:
        seen.run(CLICKS)
        clicks: list[float] = seen.run(CLICKS)
    return len(text.encode("utf-8")), statistics.median(loads), sorted(clicks)


def lines(chrome: Chromium) -> Iterator[str]:
    """Yield the rows of the table."""
    pathways: dict[str, Any] = {name: load(name) for name in library_ids()}
    pathways[f"made, {LARGE} states"] = made_pathway(LARGE)
    for name, pathway in pathways.items():
        size, loaded, clicks = measured(chrome, pathway)
        is_large = name.startswith("made")
        p95 = clicks[int(len(clicks) * 0.95)]
        wanted = WANTED_CLICK_LARGE if is_large else WANTED_CLICK
        fine = p95 < wanted and (is_large or (loaded < WANTED_LOAD and size < WANTED_SIZE))
        yield (
            f"| {name} | {size / 1000:.0f} | {loaded:.0f} | {statistics.median(clicks):.1f} | {p95:.1f} | "
            f"{wanted:.0f}: {'yes' if fine else 'NO'} |"
        )


def section() -> str:
    """Return the part of the page of figures that is about the page to explore."""
    head = "| page | kB | loaded, ms | click, median ms | 95 of 100 within | wanted |"
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as chrome:
        rows = "\n".join(lines(chrome))
    return (
        "## The page to explore\n\n"
        "In Chromium, from a file. A click is an answer to a finding, all of them in turn with all their "
        "values, until the browser has\nlaid the page out again; a library page is to be under 400 kB and "
        f"there in 500 ms.\n\n{head}\n|---|---:|---:|---:|---:|---|\n{rows}\n"
    )


if __name__ == "__main__":
    sys.stdout.write(section())
