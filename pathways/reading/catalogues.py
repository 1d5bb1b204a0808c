"""Catalogue files: the one that ships, and those beside a pathway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path as FilePath

from pydantic import ValidationError

from pathways.conditions import check_definitions
from pathways.conditions.scope import Scope
from pathways.errors import DocumentError, Problem
from pathways.model.catalogue import Catalogue, CatalogueDocument
from pathways.reading.files import CATALOGUE, catalogue_files, read_file, shown_name
from pathways.reading.kept import digest_of, keep_data, kept_data
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
    paths = catalogue_files()
    names = [shown_name(path, path) for path in paths]
    contents = [read_file(path, name) for path, name in zip(paths, names, strict=True)]
    digest = digest_of(contents)
    data = kept_data(CATALOGUE, digest)
    if data is not None:
        # What an older program kept under the same digest may not fit today's records.
        with suppress(ValidationError):
            return merge([CatalogueDocument.model_validate(each) for each in data])
    marked = [read_yaml(content, name) for content, name in zip(contents, names, strict=True)]
    catalogue = _checked(marked)
    keep_data(CATALOGUE, digest, [each.data for each in marked])
    return catalogue


def load_catalogues(
    paths: Iterable[FilePath], shown: Iterable[str], shared: Sequence[Catalogue] = ()
) -> Catalogue:
    """Read catalogue files that may speak of each other; raise all their problems at once."""
    files = zip(paths, shown, strict=True)
    return _checked([read_yaml(read_file(path, name), name) for path, name in files], shared)


def _checked(files: Iterable[Marked], shared: Sequence[Catalogue] = ()) -> Catalogue:
    problems: list[Problem] = []
    read: list[tuple[Marked, CatalogueDocument]] = []
    broken: frozenset[str] = FILLED_IN
    for marked in files:
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
    problems += _definition_problems(known.scope, read)
    if problems:
        raise DocumentError(in_file_order(problems))
    return own


def _definition_problems(
    scope: Scope, read: Sequence[tuple[Marked, CatalogueDocument]]
) -> list[Problem]:
    """Return circles among the definitions, each where it is written."""
    problems: list[Problem] = []
    for each in check_definitions(scope):
        path = tuple(each.where.split("."))
        for marked, document in read:
            if path[-1] in document.definitions:
                problems.append(each.at(marked.place(path)))
    return problems
