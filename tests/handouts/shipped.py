"""The handouts of the library: every pathway for every reader, in every size, on every paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pathways.handouts.blocks import HandoutKind
from pathways.patients.placing import Placer
from pathways.placed import Placed, place_record
from pathways.printed import HANDOUT_KINDS, Printed, hand_out
from pathways.reading.files import library_ids
from pathways.reading.load import load
from pathways.records.knowing import facts_of
from pathways.records.reading import load_record
from pathways.records.vocabulary import vocabulary_of

PROFILES = ("standard", "clear-print", "large-print")
PAPERS = ("a4", "letter")
LIBRARY = tuple(sorted(library_ids()))
PATIENTS = Path(__file__).parents[2] / "pathways" / "library" / "patients"
RECORDS = tuple(sorted(path.stem for path in PATIENTS.glob("*.yaml")))
DAY = dt.date(2026, 11, 25)
"""The day of the example patients."""


@dataclass(frozen=True)
class Case:
    """A handout of the library.

    Args:
        pathway: Name of the pathway.
        kind: Whom it is for.
        profile: Sizes of type.
        paper: The paper.
        record: Name of an example patient; empty: it is for anybody.
    """

    pathway: str
    kind: HandoutKind = "patient"
    profile: str = "clear-print"
    paper: str = "a4"
    record: str = ""

    def __str__(self) -> str:
        parts = (self.pathway, self.kind, self.profile, self.paper, self.record)
        return " ".join(filter(None, parts))

    def printed(self) -> Printed:
        """Return the handout."""
        placed = placed_in(self.pathway, self.record) if self.record else None
        return hand_out(
            placer(self.pathway).pathway,
            self.kind,
            profile=self.profile,
            paper=self.paper,
            placed=placed,
            with_person=placed is not None,
        )


@cache
def placer(name: str) -> Placer:
    """Return what places patients in a pathway of the library."""
    return Placer(load(name))


@cache
def placed_in(name: str, record: str) -> Placed:
    """Return where an example patient is in a pathway of the library."""
    vocabulary = vocabulary_of([placer(each).pathway for each in LIBRARY])
    read = load_record(PATIENTS / f"{record}.yaml").record
    return place_record(placer(name), read, facts_of(read, vocabulary, DAY))


def every_case() -> Iterator[Case]:
    """Yield every handout of the library that is for anybody."""
    for pathway in LIBRARY:
        for kind in HANDOUT_KINDS:
            for profile in PROFILES:
                yield from (Case(pathway, kind, profile, paper) for paper in PAPERS)


FEW = (
    Case("safety"),
    Case("safety", "visit_sheet"),
    Case("safety", "clinician", "standard", "letter"),
    Case("safety", "patient", "large-print", "letter"),
    Case("severe-back-pain", record="seed-000"),
)
"""Some that are made quickly: every kind, every size of type, both papers, one patient."""
