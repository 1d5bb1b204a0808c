"""Makes the shipped handouts anew: ``python graphs/redraw_handouts.py``. Open what changed, page by page."""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pathways.handouts.clinic import load_clinic
from pathways.pathway import Pathway, load
from pathways.printed import ENDINGS, HandoutFormat, Printed
from pathways.reading.files import LIBRARY
from pathways.reading.writing import write_bytes

FOLDER = Path(__file__).parent / "handouts"
DAY = dt.date(2026, 11, 25)
"""The day the invented records are about."""

CLINIC = LIBRARY / "templates" / "clinic.yaml"


@dataclass(frozen=True)
class Shipped:
    """A handout that ships.

    Args:
        name: Name of its files without ending.
        shows: What it is, for the list of files.
        pathway: Name of the pathway.
        formats: Endings it comes in.
        kind: Whom it is for.
        record: Name of the invented patient it is for; empty: nobody.
        language: Language of it.
        options: Of :meth:`pathways.Pathway.handout`.
    """

    name: str
    shows: str
    pathway: str
    formats: tuple[str, ...] = (".pdf",)
    kind: Any = "patient"
    record: str = ""
    language: str = "en"
    options: dict[str, Any] = field(default_factory=dict)


SHIPPED = (
    Shipped(
        "severe-back-pain-patient",
        "Severe back pain, the whole pathway for patients, clear print",
        "severe-back-pain",
        (".pdf", ".html", ".docx", ".md"),
    ),
    Shipped(
        "seed-000-own-page",
        "An invented person's own page, without what is known of them",
        "severe-back-pain",
        (".pdf", ".html", ".docx"),
        record="seed-000",
    ),
    Shipped(
        "seed-000-own-page-with-person",
        "The same with what is known of them, on the paper of an invented clinic in the United States",
        "severe-back-pain",
        record="seed-000",
        options={"with_person": True, "paper": "letter", "clinic": CLINIC},
    ),
    Shipped(
        "seed-000-own-page-large-print",
        "The same person's page in large print",
        "severe-back-pain",
        record="seed-000",
        options={"profile": "large-print"},
    ),
    Shipped(
        "seed-000-visit-sheet",
        "One sheet to take to a visit, filled in as far as the record knows",
        "severe-back-pain",
        (".pdf", ".docx"),
        "visit_sheet",
        record="seed-000",
        options={"with_person": True},
    ),
    Shipped(
        "after-failed-injection-patient",
        "After an injection that did not help, for patients",
        "after-failed-injection",
    ),
    Shipped("facet-joint-pain-patient", "Facet joint pain, for patients", "facet-joint-pain"),
    Shipped(
        "facet-joint-pain-clinician",
        "Facet joint pain, for clinicians",
        "facet-joint-pain",
        (".pdf", ".docx"),
        "clinician",
    ),
    Shipped(
        "severe-back-pain-first-weeks-large-print",
        "One phase of severe back pain, large print",
        "severe-back-pain",
        options={"phase": "first_weeks", "profile": "large-print"},
    ),
    Shipped(
        "severe-back-pain-patient-es",
        "Severe back pain, the whole pathway for patients, in Spanish (translation not reviewed)",
        "severe-back-pain",
        (".pdf", ".html", ".docx"),
        language="es",
    ),
    Shipped(
        "seed-000-own-page-es",
        "The invented person's own page, in Spanish (translation not reviewed), for the United States",
        "severe-back-pain",
        record="seed-000",
        language="es",
        options={"clinic": CLINIC, "paper": "letter"},
    ),
    Shipped(
        "epidural-steroid-shot",
        "One treatment: an epidural steroid shot, for patients",
        "severe-back-pain",
        options={"treatment": "epidural_steroid_injection"},
    ),
)


@cache
def _pathway(name: str, language: str) -> Pathway:
    return load(name).in_language(language)


def printed(shipped: Shipped) -> Printed:
    """Return a handout that ships.

    Args:
        shipped: Which one.
    """
    options = dict(shipped.options)
    if "clinic" in options:
        options["clinic"] = load_clinic(options["clinic"])
    record = LIBRARY / "patients" / f"{shipped.record}.yaml" if shipped.record else None
    pathway = _pathway(shipped.pathway, shipped.language)
    return pathway.handout(shipped.kind, record=record, on=DAY, **options)


def made() -> Iterator[tuple[Shipped, Printed]]:
    """Yield each handout that ships."""
    for each in SHIPPED:
        yield each, printed(each)


def everything() -> dict[str, bytes]:
    """Return the contents of every file of the folder by name."""
    files: dict[str, bytes] = {}
    lines = [
        "# Handouts",
        "",
        "Information, not medical advice. Drafts are not reviewed by a clinician. The people are invented.",
        "",
    ]
    for shipped, found in made():
        links = []
        for ending in shipped.formats:
            name = f"{shipped.name}{ending}"
            format: HandoutFormat = ENDINGS[ending]
            files[name] = found.content(format)
            links.append(f"[{format}]({name})")
        lines.append(f"- {shipped.shows}: {', '.join(links)}")
    files["README.md"] = ("\n".join(lines) + "\n").encode()
    files["made_with.json"] = (json.dumps(made_with(), indent=1, sort_keys=True) + "\n").encode()
    return files


def made_with() -> dict[str, str]:
    """Return what the bytes of PDF and Word files depend on."""
    libraries = ("lxml", "pikepdf", "pygraphviz", "python-docx", "typst")
    return {
        **{name: version(name) for name in libraries},
        "system": f"{platform.system()} {platform.machine()}",
    }


def redraw() -> None:
    """Write every handout, and remove what is no longer made."""
    FOLDER.mkdir(exist_ok=True)
    files = everything()
    for name, content in files.items():
        write_bytes(FOLDER / name, content)
    for path in FOLDER.iterdir():
        if path.is_file() and path.name not in files:
            path.unlink()


if __name__ == "__main__":
    redraw()
