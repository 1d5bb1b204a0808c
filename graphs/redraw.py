"""Draws the library anew into this folder: ``python graphs/redraw.py``. Open what changed."""

from __future__ import annotations

import datetime as dt
import json
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from pathways.diagrams import picture_file
from pathways.diagrams.album import album
from pathways.model.pathway import ResolvedPathway
from pathways.patients.placing import Placer
from pathways.placed import place_everywhere
from pathways.reading.files import LIBRARY, library_ids
from pathways.reading.load import load_many, loads
from pathways.reading.writing import write_bytes

FOLDER = Path(__file__).parent
KEEP = {"redraw.py", "redraw_handouts.py"}
DAY = dt.date(2026, 11, 25)
SHOWN_PATIENTS = (
    "seed-000",
    "seed-000-signs-answered-no",
    "seed-000-new-saddle-numbness",
    "two-positive-blocks",
)
"""Invented people whose answers are shown; the day is the one their records are about."""


def drawn_with() -> dict[str, str]:
    """Return what the bytes of PNG and PDF depend on."""
    return {
        "pygraphviz": version("pygraphviz"),
        "typst": version("typst"),
        "system": f"{platform.system()} {platform.machine()}",
    }


def everything() -> dict[str, bytes]:
    """Return the contents of every file of this folder by name."""
    pathways = load_many(library_ids())
    files = album(pathways, title="The library, drawn")
    files |= places(pathways, files)
    files["readme-example.svg"] = picture_file(loads(readme_example()), "svg")
    files["drawn_with.json"] = (json.dumps(drawn_with(), indent=1, sort_keys=True) + "\n").encode()
    return files


def places(pathways: Sequence[ResolvedPathway], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the answers for some invented people, and the list of files with them added."""
    found: dict[str, bytes] = {}
    lines = ["## Where somebody is: invented people", ""]
    placers = [Placer(each) for each in pathways]
    for name in SHOWN_PATIENTS:
        placed = place_everywhere(placers, LIBRARY / "patients" / f"{name}.yaml", DAY)[0]
        found[f"place-{name}-patient.svg"] = placed.picture("patient").svg.encode()
        found[f"place-{name}.svg"] = placed.picture("clinician").svg.encode()
        found[f"place-{name}-patient.html"] = placed.page("patient").encode()
        found[f"place-{name}-words.txt"] = placed.words("clinician").encode()
        links = (
            f"[in plain words, a page](place-{name}-patient.html), "
            f"[for clinicians, words](place-{name}-words.txt), "
            f"[for clinicians, picture](place-{name}.svg)"
        )
        picture = f"![Where this person is](place-{name}-patient.svg)"
        lines += [f"### {placed.record.about}", "", links, "", picture, ""]
    found["README.md"] = files["README.md"] + ("\n" + "\n".join(lines)).encode()
    return found


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
