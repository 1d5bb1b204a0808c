"""Words for readers that are other ones than before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pathways.differences.elements import Element
from pathways.differences.model import TextChange
from pathways.model.words import Record, Text


def text_changes(element: Element) -> Iterator[TextChange]:
    """Yield the words that changed in one part of both versions.

    Args:
        element: The part.
    """
    old = dict(_texts(element.old, element.where, element.without))
    new = dict(_texts(element.new, element.where, element.without))
    for where in dict.fromkeys((*new, *old)):
        yield from _changes(where, old.get(where), new.get(where))


def _changes(where: str, old: Text | None, new: Text | None) -> Iterator[TextChange]:
    before = (old.clinician, old.patient) if old else ("", "")
    now = (new.clinician, new.patient) if new else ("", "")
    if before == now:
        return
    if len(set(before)) == len(set(now)) == 1:
        yield TextChange(where, "both", before[0], now[0])
        return
    for at, reader in enumerate(("clinician", "patient")):
        if before[at] != now[at]:
            yield TextChange(where, reader, before[at], now[at])


def _texts(part: Any, where: str, without: frozenset[str]) -> Iterator[tuple[str, Text]]:
    """Yield every text in a record with where it stands."""
    match part:
        case Text():
            yield where, part
        case Record():
            for key in type(part).model_fields:
                if key not in without:
                    path = f"{where}.{key}" if where else key
                    yield from _texts(getattr(part, key), path, frozenset())
        case tuple():
            for index, each in enumerate(part):
                yield from _texts(each, f"{where}[{index}]", frozenset())
        case dict():
            for key, each in part.items():
                yield from _texts(each, f"{where}.{key}", frozenset())
        case _:
            pass
