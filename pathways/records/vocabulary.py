"""What a record may speak of: the shared records, and what conditions may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pathways.conditions.scope import Scope
from pathways.model.catalogue import Catalogue
from pathways.model.pathway import ResolvedPathway, make_scope
from pathways.reading.catalogues import library_catalogue
from pathways.reading.resolve import merge


@dataclass(frozen=True)
class Vocabulary:
    """The findings, treatments, tests and classes that records are checked against.

    Args:
        catalogue: The shared records by name.
        scope: The same as shapes, the findings of every history among them.
    """

    catalogue: Catalogue
    scope: Scope


def vocabulary_of(pathways: Iterable[ResolvedPathway] = ()) -> Vocabulary:
    """Return the words of the library, with those of some pathways.

    Args:
        pathways: Where a pathway has a record of a name that the library has too, its own holds; of
            two pathways the first.

    Example:
        >>> "pain_now" in vocabulary_of().scope.findings
        True
    """
    catalogues = [each.catalogue for each in pathways]
    return _of_catalogue(merge([*catalogues, library_catalogue()])) if catalogues else _shared()


@lru_cache(maxsize=1)
def _shared() -> Vocabulary:
    return _of_catalogue(library_catalogue())


def _of_catalogue(catalogue: Catalogue) -> Vocabulary:
    return Vocabulary(catalogue, make_scope(catalogue, catalogue.definitions))
