"""What sources disagree on, in the words of one reader: who says what, how it is dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.conditions.scope import Reader
from pathways.diagrams.model import Dispute
from pathways.language import say
from pathways.model.catalogue import Catalogue
from pathways.model.evidence import Evidence, Source

DIRECTION_WORDS = {"against": " (against)", "unclear": " (unclear)", "for": ""}


def disputes(names: Iterable[str], catalogue: Catalogue, reader: Reader) -> Iterator[Dispute]:
    """Yield what sources disagree on, in the words of one reader.

    Args:
        names: Names of disagreements, in order.
        catalogue: The shared records.
        reader: Whose words to use.
    """
    for name in names:
        record = catalogue.disagreements[name]
        yield Dispute(
            name,
            record.title.to(reader),
            tuple(
                (side.says.to(reader), _sources(side.evidence, catalogue.sources, reader))
                for side in record.sides
            ),
            record.shown.to(reader),
        )


def _sources(
    evidence: Iterable[Evidence], sources: dict[str, Source], reader: Reader
) -> tuple[str, ...]:
    """Return the sources of a side by name and year, each once; for clinicians with their direction."""
    found: dict[str, None] = {}
    for item in evidence:
        source = sources[item.source]
        name = source.organisation.partition(" (")[0]
        year = f" {source.year[:4]}" if source.year else ""
        direction = _direction(item) if reader == "clinician" else ""
        found[f"{name}{year}{direction}"] = None
    return tuple(found)


def _direction(item: Evidence) -> str:
    words = DIRECTION_WORDS[item.direction]
    return say(DIRECTION_WORDS[item.direction]) if words else ""
