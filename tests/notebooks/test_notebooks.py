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

from pathways.diagrams.finished import NOTEBOOK_POINTS

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PINNED = {"pygraphviz": "2.0.4", "typst": "0.15.2", "matplotlib": "3.11.2"}
"""With these the pictures of the notebooks were drawn; with others a few pixels may differ."""

QUESTIONS = {
    "quick_tour.ipynb",
    "where_is_this_patient.ipynb",
    "what_if_it_is_not_available.ipynb",
    "is_this_pathway_safe.ipynb",
    "from_guideline_text_to_a_pathway.ipynb",
    "all_options_at_a_glance.ipynb",
    "the_pathway_as_a_graph.ipynb",
}
CAUTION = (
    "*Information, not medical advice. The pathways are drafts that no clinician has reviewed. "
    "Every patient is invented.*"
)
MOST_ROWS = 20

notebooks = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def cells_of(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def without_texts(source: str) -> str:
    """Return code without the inside of texts of several lines: a file is shown, not counted."""
    return re.sub(r'""".*?"""', '""', source, flags=re.DOTALL)


def title_of(path: Path) -> str:
    first: str = cells_of(path, "markdown")[0].source
    return first.splitlines()[0].removeprefix("# ")


def shown_in(path: Path) -> list[Any]:
    return [output for cell in cells_of(path, "code") for output in cell.outputs]


def test_there_is_one_for_each_question() -> None:
    assert {path.name for path in NOTEBOOKS} == QUESTIONS


@notebooks
def test_the_first_screen_says_the_question_and_the_answer(path: Path) -> None:
    first: str = cells_of(path, "markdown")[0].source
    assert title_of(path).endswith("?")
    paragraphs = first.split("\n\n")
    assert paragraphs[1] == CAUTION
    assert paragraphs[2].startswith("**In short.**")
    assert len(first) < 1_200


@notebooks
def test_the_readme_lists_it_with_its_question(path: Path) -> None:
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert f"| [`{path.stem}`](notebooks/{path.name}) | {title_of(path)} |" in readme


@notebooks
def test_it_is_short_and_small(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert len(notebook.cells) <= 25
    assert path.stat().st_size < 1_500_000


@notebooks
def test_it_has_no_logic_of_its_own(path: Path) -> None:
    for cell in cells_of(path, "code"):
        code = without_texts(cell.source)
        assert not re.search(r"^\s*(def|class|if|while|try|async)\b|\blambda\b", code, re.MULTILINE)
        assert "__" not in code
        assert not cell.source.startswith(("%", "!"))
        assert sum(1 for line in code.splitlines() if line.strip()) <= 8
        assert max(map(len, cell.source.splitlines())) <= 105


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
    texts = [
        text
        for output in shown_in(path)
        for text in (output.get("text", ""), *output.get("data", {}).values())
    ]
    for text in texts:
        # Letters of a picture are no addresses, whatever they spell.
        assert not re.search(r"(?<![0-9A-Za-z+/])0x[0-9a-f]{6,}", text)
        assert not re.search(r"(?<![\w.:/])/(work|home|root|tmp|usr|var|Users)/", text)
        assert "Traceback" not in text
        assert str(Path.home()) not in text


@notebooks
def test_no_table_is_too_long_to_read(path: Path) -> None:
    for output in shown_in(path):
        html = re.sub(r"<iframe.*?</iframe>", "", output.get("data", {}).get("text/html", ""))
        for table in re.findall(r"<table.*?</table>", html, flags=re.DOTALL):
            inside = re.sub(r"<thead>.*?</thead>", "", table, flags=re.DOTALL)
            if "The verdict on every rule" not in html:
                assert inside.count("<tr>") <= MOST_ROWS
            assert "<caption" in table or 'class="pw-table"' in html


@notebooks
def test_no_picture_is_wider_than_a_page_exported_from_it(path: Path) -> None:
    for output in shown_in(path):
        svg = output.get("data", {}).get("image/svg+xml", "")
        widths = re.findall(r'<svg [^>]*?\bwidth="([0-9.]+)pt"', svg)
        assert all(float(each) <= NOTEBOOK_POINTS for each in widths)


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
        assert data["text/plain"].startswith(("<Picture of", "<Plot of"))


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
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def execute() -> ModuleType:
    spec = importlib.util.spec_from_file_location("execute", FOLDER / "execute.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_pixels(notebook: Any) -> Any:
    """Return a notebook without what another version of a drawing library may draw otherwise."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop("image/png", None)
            if data.get("text/plain", "").startswith("<Plot of"):
                data.pop("image/svg+xml", None)
            if "text/html" in data:
                data["text/html"] = re.sub(r"base64,[A-Za-z0-9+/=]+", "", data["text/html"])
    return copy


@pytest.mark.slow
@notebooks
def test_running_it_again_changes_nothing(path: Path, execute: ModuleType) -> None:
    stored = nbformat.read(path, as_version=4)
    again = execute.executed(stored)
    assert nbformat.writes(without_pixels(again)) == nbformat.writes(without_pixels(stored))
    if {name: metadata.version(name) for name in PINNED} == PINNED:
        assert nbformat.writes(again) == nbformat.writes(stored)
