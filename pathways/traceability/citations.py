"""Where the files of a library cite what: every item with its element, file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pathways.errors import Place
from pathways.reading.files import LIBRARY, catalogue_files, read_file, shown_name
from pathways.reading.marks import Marked, Path, read_yaml, words_of

_CITED_UNDER = ("evidence", "insurance")
"""Keys whose lists hold citations; what stands before them in a path is the element."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One item of one source, cited at one element.

    Args:
        source: Name of the source.
        item: The item in it, such as ``S1-T01``.
        direction: for, against or unclear.
        element: The element it stands beside, such as ``treatments.tens`` or ``states.review.next[0]``.
        place: File, line and column of the citation.
    """

    source: str
    item: str
    direction: str
    element: str
    place: Place


def library_files() -> tuple[FilePath, ...]:
    """Return the files of the library that cite: the catalogue, then the pathways."""
    return (*catalogue_files(), *sorted((LIBRARY / "pathways").glob("*.yaml")))


def citations(paths: Iterable[FilePath]) -> tuple[Citation, ...]:
    """Return what files cite, in the order of the files and of their lines.

    Args:
        paths: Catalogue or pathway files.

    Raises:
        DocumentError: A file cannot be read, or is no YAML.

    Example:
        >>> any(each.item == "S0-T01" for each in citations(library_files()))
        True
    """
    found: list[Citation] = []
    for path in paths:
        shown = shown_name(path, path)
        marked = read_yaml(read_file(path, shown), shown)
        found += _cited(marked, marked.data, ())
    return tuple(found)


def _cited(marked: Marked, value: Any, path: Path) -> Iterator[Citation]:
    if isinstance(value, dict):
        if {"source", "item", "direction"} <= value.keys():
            yield Citation(
                str(value["source"]),
                str(value["item"]),
                str(value["direction"]),
                words_of(_element(path)),
                marked.place((*path, "item")),
            )
            return
        for key, each in value.items():
            yield from _cited(marked, each, (*path, str(key)))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _cited(marked, each, (*path, index))


def _element(path: Path) -> Path:
    """Return the path of the element that a citation stands beside."""
    for index in range(len(path) - 1, 0, -1):
        if path[index] in _CITED_UNDER:
            return path[:index]
    return path[:-1] if path and isinstance(path[-1], int) else path
