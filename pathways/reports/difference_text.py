"""The differences of two versions as text for a terminal, as Markdown, and as data for a program."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from pathways.conditions import describe, unparse
from pathways.conditions.nodes import Always
from pathways.diagrams.characters import as_markdown, clean
from pathways.differences.common import common_scope
from pathways.differences.model import SECTIONS, Differences, Group, Section
from pathways.model.findings import as_json_number
from pathways.model.pathway import ResolvedPathway
from pathways.reports.difference_said import DifferencesSaid, Item
from pathways.reports.phrases import sentence

WHERE = "difference"
"""What a character that cannot be shown is said to stand in."""

IN_SECTION: Mapping[Section, tuple[str, ...]] = {
    "meaning": ("shifts", "memberships", "effects", "findings", "thresholds", "undecided"),
    "structure": ("structure",),
    "texts": ("texts",),
    "evidence": ("evidence",),
}


def difference_text(said: DifferencesSaid, *, width: int = 90) -> str:
    """Return differences as plain text.

    Args:
        said: The differences in words.
        width: How wide lines may be, in characters.
    """
    lines = [*_wrapped(said.heading, width), "=" * min(width, len(clean(said.heading, WHERE)))]
    if said.summary:
        lines += ["", *_wrapped(said.summary, width)]
    for section in said.sections:
        lines += ["", section.heading, "-" * len(section.heading)]
        for item in section.items:
            lines += _wrapped(sentence(item.words), width, "- ", "  ")
            for each in item.details:
                lines += _wrapped(sentence(each), width, "  . ", "    ")
    lines += ["", *(line for note in said.notes for line in _wrapped(note, width))]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int, first: str = "", indent: str = "") -> list[str]:
    return textwrap.wrap(
        clean(text, WHERE),
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def difference_markdown(said: DifferencesSaid) -> str:
    """Return differences as Markdown; every sign that Markdown would read is escaped.

    Args:
        said: The differences in words.
    """
    lines = [f"# {as_markdown(clean(said.heading, WHERE))}"]
    if said.summary:
        lines += ["", as_markdown(clean(said.summary, WHERE))]
    for section in said.sections:
        lines += ["", f"## {section.heading}", ""]
        for item in section.items:
            lines += _points(item)
    lines += ["", *(f"*{as_markdown(clean(note, WHERE))}*  " for note in said.notes)]
    return "\n".join(lines) + "\n"


def _points(item: Item) -> list[str]:
    return [
        f"- {as_markdown(clean(sentence(item.words), WHERE))}",
        *(f"  - {as_markdown(clean(sentence(each), WHERE))}" for each in item.details),
    ]


def difference_data(
    found: Differences,
    said: DifferencesSaid,
    old: ResolvedPathway,
    new: ResolvedPathway,
    only: Collection[Section] = SECTIONS,
) -> dict[str, Any]:
    """Return differences as plain data: what JSON can hold.

    Args:
        found: What differs.
        said: The same in words.
        old: The old version.
        new: The new one.
        only: The sorts of differences to give.
    """
    data = _Data(old, new)
    kept = [key for section in SECTIONS if section in only for key in IN_SECTION[section]]
    return {
        "old": data.plain(found.old),
        "new": data.plain(found.new),
        "is_same": found.is_same,
        "is_same_in_meaning": found.is_same_in_meaning,
        "renamed": [{"old": before, "new": now} for before, now in found.renamed],
        **{key: data.plain(getattr(found, key)) for key in kept},
        "rewritten": list(found.rewritten),
        "assumptions": list(found.assumptions),
        "words": data.plain(said.sections),
    }


class _Data:
    def __init__(self, old: ResolvedPathway, new: ResolvedPathway) -> None:
        self.scope = common_scope(old.scope, new.scope)

    def plain(self, value: Any) -> Any:
        """Return a value as JSON can hold it."""
        match value:
            case Group():
                return self._group(value)
            case Decimal():
                return as_json_number(value)
            case Mapping():
                return {key: self.plain(each) for key, each in value.items()}
            case tuple() | list():
                return [self.plain(each) for each in value]
            case _ if is_dataclass(value) and not isinstance(value, type):
                return {each.name: self.plain(getattr(value, each.name)) for each in fields(value)}
            case _:
                return value

    def _group(self, group: Group) -> dict[str, Any]:
        return {
            "who": [
                {
                    "condition": unparse(each),
                    "words": "always" if isinstance(each, Always) else describe(each, self.scope),
                }
                for each in group.who
            ],
            "more": group.more,
            "example": {name: self.plain(group.values[name]) for name in group.values},
            "told": list(group.told),
        }
