"""The measurements of ``measure.py`` for pytest-benchmark: ``python -m pytest tests/benchmarks -m benchmark``.

Nothing here is a test: speed is measured, never asserted.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pathways.pathway import load as load_pathway
from pathways.printed import HANDOUT_FORMATS
from pathways.reading.load import load
from tests.benchmarks import answering, handouts, stepping

HERE = Path(__file__).parent


def load_measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure", HERE / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["measure"] = module
    spec.loader.exec_module(module)
    return module


measure = load_measure()
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot is not installed")


@pytest.mark.benchmark(group="read")
@pytest.mark.parametrize("cold", [True, False], ids=["cold", "warm"])
def test_read(benchmark: Any, cold: bool) -> None:
    read = (
        measure.read_cold("severe-back-pain")
        if cold
        else lambda: measure.pathways.load("severe-back-pain")
    )
    assert benchmark(read).states


@pytest.mark.benchmark(group="graph")
def test_build_graph(benchmark: Any) -> None:
    assert benchmark(measure.pathways.load("severe-back-pain").graph).number_of_nodes()


@pytest.mark.benchmark(group="draw")
@pytest.mark.parametrize("size", measure.SIZES)
@pytest.mark.parametrize("who", ["ours", pytest.param("dot", marks=needs_dot)])
def test_draw(benchmark: Any, size: int, who: str) -> None:
    pathway = measure.made_pathway(size)
    source = pathway.dot()
    drawn = benchmark(
        (lambda: pathway.picture().svg) if who == "ours" else lambda: source.pipe("svg")
    )
    assert drawn


@pytest.mark.benchmark(group="pages")
@pytest.mark.parametrize("size", measure.SIZES)
@pytest.mark.parametrize("who", ["ours", pytest.param("dot", marks=needs_dot)])
def test_pages(benchmark: Any, size: int, who: str) -> None:
    pathway = measure.made_pathway(size)
    source = pathway.dot()
    drawn = benchmark(
        (lambda: measure.all_pages(pathway)) if who == "ours" else lambda: source.pipe("svg")
    )
    assert drawn


@pytest.mark.benchmark(group="page")
@pytest.mark.parametrize("who", ["ours", pytest.param("dot", marks=needs_dot)])
def test_one_page_of_cards(benchmark: Any, who: str) -> None:
    pathway = measure.page_of_cards()
    assert len(pathway.pages()) == 1
    assert len(pathway.states) == measure.PAGE_OF_CARDS
    source = pathway.dot()
    drawn = benchmark(
        (lambda: measure.all_pages(pathway)) if who == "ours" else lambda: source.pipe("svg")
    )
    assert drawn


@pytest.mark.benchmark(group="process")
@pytest.mark.parametrize(
    "arguments",
    [
        ("-c", "pass"),
        ("-m", "pathways", "--help"),
        ("-m", "pathways", "draw", "safety", "-o", "x.svg"),
    ],
    ids=" ".join,
)
def test_process(benchmark: Any, arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert benchmark(measure.process(*arguments, folder=tmp_path)).returncode == 0


@pytest.mark.benchmark(group="steps")
@pytest.mark.parametrize("who", ["ours", *stepping.MAKERS])
def test_steps(benchmark: Any, who: str) -> None:
    race = stepping.race("severe-back-pain", load("severe-back-pain"))
    if who not in race.walks:
        pytest.skip(f"{who} is not installed")
    people = race.prepared if who == "ours" else race.plain
    assert benchmark(lambda: [race.walks[who](person) for person in people])


@pytest.mark.benchmark(group="status")
def test_statuses_of_exits(benchmark: Any) -> None:
    reading, asking = benchmark(answering.statuses_of_exits, people=5)
    assert len(asking) > len(reading)


@pytest.mark.benchmark(group="handout")
@pytest.mark.parametrize("format", HANDOUT_FORMATS)
def test_handout(benchmark: Any, format: Any) -> None:
    printed = load_pathway("safety").handout()
    assert benchmark(lambda: printed.content(format))


@pytest.mark.benchmark(group="handout")
def test_handout_from_the_start(benchmark: Any) -> None:
    assert all(benchmark(lambda: handouts.in_all_formats(load_pathway("safety"))))
