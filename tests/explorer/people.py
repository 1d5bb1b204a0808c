"""The pathways and made-up people that the page is held against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pathways.explorer.data import page_data
from pathways.explorer.vectors import vectors
from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import library_ids
from pathways.reading.load import load
from tests.patients.small_pathways import small_pathway

FILE = Path(__file__).parent / "vectors.json"
FOR_EACH_OF_THE_LIBRARY = 120
MADE = 40
FOR_EACH_MADE = 40


@cache
def all_pathways() -> Mapping[str, ResolvedPathway]:
    """Every pathway of the library, and made-up ones with any conditions."""
    library = {name: load(name) for name in library_ids()}
    return library | {f"made-{seed}": small_pathway(seed) for seed in range(MADE)}


def all_cases() -> list[dict[str, Any]]:
    library = {name: each for name, each in all_pathways().items() if not name.startswith("made-")}
    made = {name: each for name, each in all_pathways().items() if name.startswith("made-")}
    return [*vectors(library, FOR_EACH_OF_THE_LIBRARY), *vectors(made, FOR_EACH_MADE)]


def written(cases: list[dict[str, Any]]) -> str:
    """One case a line, so that a change shows in a comparison."""
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases)
    return f"[\n{lines}\n]\n"


@cache
def models() -> Mapping[str, Any]:
    return {name: page_data(each) for name, each in all_pathways().items()}
