"""Draws the library anew into this folder: ``python graphs/redraw.py``. Open what changed."""

from __future__ import annotations

import json
import platform
import re
from importlib.metadata import version
from pathlib import Path

from pathways.diagrams import picture_file
from pathways.diagrams.album import album
from pathways.reading.files import library_ids
from pathways.reading.load import load_many, loads
from pathways.reading.writing import write_bytes

FOLDER = Path(__file__).parent
KEEP = {"redraw.py"}


def drawn_with() -> dict[str, str]:
    """Return what the bytes of PNG and PDF depend on."""
    return {
        "pygraphviz": version("pygraphviz"),
        "typst": version("typst"),
        "system": f"{platform.system()} {platform.machine()}",
    }


def everything() -> dict[str, bytes]:
    """Return the contents of every file of this folder by name."""
    files = album(load_many(library_ids()), title="The library, drawn")
    files["readme-example.svg"] = picture_file(loads(readme_example()), "svg")
    files["drawn_with.json"] = (json.dumps(drawn_with(), indent=1, sort_keys=True) + "\n").encode()
    return files


def readme_example() -> str:
    """Return the pathway file that the README shows."""
    text = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    if not found:
        raise SystemExit("README.md shows no pathway file in a ```yaml block")
    return found.group(1)


def redraw() -> None:
    """Write every picture, and remove what is no longer drawn."""
    files = everything()
    for name, content in files.items():
        write_bytes(FOLDER / name, content)
    for path in FOLDER.iterdir():
        if path.is_file() and path.name not in files and path.name not in KEEP:
            path.unlink()


if __name__ == "__main__":
    redraw()
