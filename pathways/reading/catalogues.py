"""Catalogue files: the one that ships, and those beside a pathway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path as FilePath

from pathways.errors import DocumentError, Problem
from pathways.model.catalogue import Catalogue, CatalogueDocument
from pathways.reading.files import LIBRARY, read_file
from pathways.reading.known import broken_names, known_names
from pathways.reading.marks import Marked, read_yaml
from pathways.reading.references import reference_problems
from pathways.reading.reports import in_file_order
from pathways.reading.resolve import merge
from pathways.reading.structure import FILLED_IN, build
from pathways.reading.uniqueness import clash_problems, reserved_problems


@lru_cache(maxsize=1)
def library_catalogue() -> Catalogue:
    """Return the catalogue that ships: findings, treatments, tests, sources and the rest.

    Example:
        >>> "baclofen" in library_catalogue().treatments
        True
    """
    paths = tuple(sorted(LIBRARY.glob("*.yaml")))
    return load_catalogues(paths, tuple(f"library/{path.name}" for path in paths))


def load_catalogues(
    paths: Iterable[FilePath], shown: Iterable[str], shared: Sequence[Catalogue] = ()
) -> Catalogue:
    """Read catalogue files that may speak of each other; raise all their problems at once."""
    problems: list[Problem] = []
    read: list[tuple[Marked, CatalogueDocument]] = []
    broken: frozenset[str] = FILLED_IN
    for path, name in zip(paths, shown, strict=True):
        marked = read_yaml(read_file(path, name), name)
        built = build(marked, CatalogueDocument)
        problems += built.problems
        broken |= broken_names(marked, built.model)
        if built.model is not None:
            read.append((built.marked, built.model))
    own = merge(document for _, document in read)
    known = known_names(merge([own, *shared]), {}, broken=broken)
    for marked, document in read:
        problems += reference_problems(document, marked, known)
        problems += reserved_problems(marked, document)
    problems += clash_problems(read, shared=shared)
    if problems:
        raise DocumentError(in_file_order(problems))
    return own
