"""Runs the notebooks in this folder and keeps their outputs: ``python notebooks/execute.py``.

What depends on the machine or the moment (times, the exact Python, widths of tables) is left out, so
that running it again changes nothing.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def executed(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy of a notebook with the outputs that its cells give now.

    Args:
        notebook: The notebook; it stays as it is.

    Raises:
        CellExecutionError: A cell fails.
    """
    fresh = nbformat.from_dict({**notebook, "metadata": {"kernelspec": KERNEL}})
    fresh = nbformat.reads(nbformat.writes(fresh), as_version=4)
    for number, cell in enumerate(fresh.cells, start=1):
        cell.id = f"cell-{number}"
        cell.metadata = {}
    NotebookClient(fresh, timeout=120, record_timing=False, kernel_name="python3").execute()
    fresh.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    nbformat.validate(fresh)
    return fresh


def main() -> None:
    """Run every notebook and write it back."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        path.write_text(nbformat.writes(executed(notebook)) + "\n", encoding="utf-8")
        print(f"ran {path.name}")


if __name__ == "__main__":
    main()
