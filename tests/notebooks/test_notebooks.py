"""The notebooks: every cell runs, and running them again changes nothing."""

from __future__ import annotations

import base64
import importlib.util
import io
import itertools
import re
from contextlib import redirect_stdout
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PINNED = {"pygraphviz": "2.0.4", "typst": "0.15.2"}
"""With these the pictures of the notebooks were drawn; with others a few pixels may differ."""

notebooks = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def cells_of(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_there_is_a_quick_tour() -> None:
    assert "quick_tour.ipynb" in {path.name for path in NOTEBOOKS}


@notebooks
def test_it_is_short_and_small(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert len(notebook.cells) <= 25
    assert path.stat().st_size < 1_500_000


@notebooks
def test_it_has_no_logic_of_its_own(path: Path) -> None:
    for cell in cells_of(path, "code"):
        assert not re.search(
            r"^\s*(def|class|if|while|try|lambda)\b", cell.source, flags=re.MULTILINE
        )
        assert not cell.source.startswith(("%", "!"))
        assert len(cell.source.splitlines()) <= 8


@notebooks
def test_a_sentence_stands_before_every_code_cell(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == "markdown"
    for before, cell in itertools.pairwise(cells):
        if cell.cell_type == "code":
            assert before.cell_type == "markdown"
            assert before.source.rstrip("*)").rstrip().endswith((".", "?", "!"))


@notebooks
def test_it_was_run_from_top_to_bottom_without_a_fault(path: Path) -> None:
    cells = cells_of(path, "code")
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.outputs for cell in cells)
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds <= {"stream", "execute_result", "display_data"}
    streams = {o.name for c in cells for o in c.outputs if o.output_type == "stream"}
    assert streams <= {"stdout"}


@notebooks
def test_it_says_nothing_of_the_machine_it_ran_on(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert [cell.metadata for cell in notebook.cells] == [{} for _ in notebook.cells]
    assert [cell.id for cell in notebook.cells] == [
        f"cell-{number}" for number, _ in enumerate(notebook.cells, start=1)
    ]
    assert not re.search(r"0x[0-9a-f]{6,}", nbformat.writes(notebook))


@notebooks
def test_a_picture_is_there_for_every_viewer(path: Path) -> None:
    """SVG for a trusted notebook; PNG and a text for pages and viewers that show no SVG."""
    pictures = [
        output.data
        for cell in cells_of(path, "code")
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {}) or "image/png" in output.get("data", {})
    ]
    assert pictures
    for data in pictures:
        assert data["image/svg+xml"].lstrip().startswith("<?xml")
        assert "<script" not in data["image/svg+xml"]
        assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
        assert data["text/plain"].startswith("<Picture of")


@notebooks
def test_every_cell_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cells one after the other in this process; what they print is what is stored."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    names: dict[str, Any] = {}
    for cell in cells_of(path, "code"):
        shown = io.StringIO()
        with redirect_stdout(shown):
            exec(compile(cell.source, f"{path.name} {cell.id}", "exec"), names)
        stored = "".join(o.text for o in cell.outputs if o.output_type == "stream")
        assert shown.getvalue() == stored


@pytest.fixture(scope="module")
def execute() -> ModuleType:
    spec = importlib.util.spec_from_file_location("execute", FOLDER / "execute.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_png(notebook: Any) -> Any:
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("image/png", None)
    return copy


@pytest.mark.slow
@notebooks
def test_running_it_again_changes_nothing(path: Path, execute: ModuleType) -> None:
    stored = nbformat.read(path, as_version=4)
    again = execute.executed(stored)
    assert nbformat.writes(without_png(again)) == nbformat.writes(without_png(stored))
    if {name: metadata.version(name) for name in PINNED} == PINNED:
        assert nbformat.writes(again) == nbformat.writes(stored)
