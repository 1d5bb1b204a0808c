"""Coverage: which items of a library are cited, where, and which are left out or missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pathways.errors import did_you_mean
from pathways.traceability.citations import Citation
from pathways.traceability.items import EvidenceItem, Items

EVIDENCE = "evidence"
"""Name of the group of items that are no text the library started from."""

Status = Literal["cited", "left_out", "missing"]


@dataclass(frozen=True, slots=True)
class CoveredItem:
    """One item and where it lives.

    Args:
        id: The item, such as ``S1-T01``.
        group: ``evidence``, or the text it is from.
        kind: What sort of statement it is.
        means: What it says, in our own words.
        citations: Where it is cited.
        left_out: Why it is left out on purpose; None when it is not.
    """

    id: str
    group: str
    kind: str
    means: str
    citations: tuple[Citation, ...] = ()
    left_out: str | None = None

    @property
    def status(self) -> Status:
        """``cited``, ``left_out`` (on purpose, with a reason) or ``missing``."""
        if self.citations:
            return "cited"
        return "left_out" if self.left_out else "missing"


@dataclass(frozen=True, slots=True)
class WrongCitation:
    """A citation that cannot stand, and why.

    Args:
        citation: The citation.
        why: What is wrong with it, and what to do.
    """

    citation: Citation
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which items are cited where.

    Args:
        rows: Every item: those of the texts, in the order of the texts, then the evidence.
        wrong: Citations of an item that is not there, that was never seen, or that another source
            holds.
    """

    rows: tuple[CoveredItem, ...]
    wrong: tuple[WrongCitation, ...]

    def of(self, group: str) -> tuple[CoveredItem, ...]:
        """Return the items of one text, or of the evidence.

        Args:
            group: ``seed-000`` and the like, or ``evidence``.
        """
        return tuple(row for row in self.rows if row.group == group)

    @property
    def statements(self) -> tuple[CoveredItem, ...]:
        """Every statement of the texts; the items of the evidence are none."""
        return tuple(row for row in self.rows if row.group != EVIDENCE)

    @property
    def missing(self) -> tuple[CoveredItem, ...]:
        """Statements of the texts that are neither cited nor left out on purpose."""
        return tuple(row for row in self.statements if row.status == "missing")


def coverage(items: Items, cited: Iterable[Citation]) -> Coverage:
    """Return where each item is cited, and which citations cannot stand.

    Args:
        items: Every item of the library.
        cited: What its files cite.

    Example:
        >>> from pathways.traceability.citations import citations, library_files
        >>> from pathways.traceability.items import library_items
        >>> coverage(library_items(), citations(library_files())).missing
        ()
    """
    cited = tuple(cited)
    by_id: dict[str, list[Citation]] = defaultdict(list)
    for each in cited:
        by_id[each.item].append(each)
    return Coverage(tuple(_rows(items, by_id)), tuple(_wrong(items, cited)))


def _rows(items: Items, by_id: dict[str, list[Citation]]) -> Iterator[CoveredItem]:
    for seed, records in items.seeds.items():
        for name, record in records.items():
            omission = items.omissions.get(name)
            yield CoveredItem(
                name,
                seed,
                record.kind,
                record.means,
                tuple(each for each in by_id.get(name, ()) if each.source == seed),
                omission.why if omission else None,
            )
    for name, item in items.evidence.items():
        yield CoveredItem(
            name,
            EVIDENCE,
            EVIDENCE if item.says else "recalled",
            item.says or item.recalled or "",
            tuple(each for each in by_id.get(name, ()) if each.source in item.seen),
        )


def _wrong(items: Items, cited: Iterable[Citation]) -> Iterator[WrongCitation]:
    seed_of = {name: seed for seed, records in items.seeds.items() for name in records}
    known = (*seed_of, *items.evidence)
    for each in cited:
        why = ""
        if each.item in seed_of:
            if each.source != seed_of[each.item]:
                why = f"it is an item of '{seed_of[each.item]}', not of '{each.source}'"
            elif each.item in items.omissions:
                why = "it is left out on purpose; take it off the omissions, or do not cite it"
        elif each.item in items.evidence:
            why = _unseen(items.evidence[each.item], each.source)
        else:
            why = f"there is no such item; {did_you_mean(each.item, known) or 'look it up'}"
        if why:
            yield WrongCitation(each, why)


def _unseen(item: EvidenceItem, source: str) -> str:
    """Return why an item cannot be cited for a source; empty when it can."""
    if source in item.seen:
        return ""
    if not item.seen:
        return "it is recalled only, and no evidence; make it an open question for the reviewer"
    return f"it was not seen in '{source}', only in {', '.join(sorted(item.seen))}"
