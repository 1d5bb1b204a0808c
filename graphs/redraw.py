"""Draws the library anew into this folder: ``python graphs/redraw.py``. Open what changed."""

from __future__ import annotations

from pathlib import Path

from pathways.diagrams.album import album
from pathways.reading.load import library_ids, load
from pathways.reading.writing import write_bytes

FOLDER = Path(__file__).parent
KEEP = {"redraw.py"}


def redraw() -> None:
    """Write every picture of the library, and remove what is no longer drawn."""
    files = album([load(name) for name in library_ids()], title="The library, drawn", progress=print)
    for name, content in files.items():
        write_bytes(FOLDER / name, content)
    for path in FOLDER.iterdir():
        if path.is_file() and path.name not in files and path.name not in KEEP:
            path.unlink()


if __name__ == "__main__":
    redraw()
