"""From a file to a pathway: the one entry for everything that is read.

A pathway is found in a file, or by its name in the library that ships. What it includes is looked for
beside the file first, then in the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from pathways.conditions import check_definitions
from pathways.errors import DocumentError, Place, Problem, UnknownNameError, did_you_mean
from pathways.model.catalogue import Catalogue, CatalogueDocument, CatalogueSections
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway, make_scope
from pathways.reading.marks import MAX_BYTES, Marked, read_yaml
from pathways.reading.references import Known, reference_problems
from pathways.reading.resolve import merge, resolve
from pathways.reading.structure import Built, build
from pathways.reading.uniqueness import clash_problems

LIBRARY = FilePath(str(files("pathways"))) / "library"
MAX_INCLUDES = 20


@dataclass(frozen=True, slots=True)
class _Part:
    """One pathway file on its way to a pathway: what was built, and what it stands beside."""

    marked: Marked
    built: Built[PathwayDocument]
    folder: FilePath | None


def library_ids() -> tuple[str, ...]:
    """Return the names of the pathways in the library, sorted.

    Example:
        >>> "severe-back-pain" in library_ids()
        True
    """
    return tuple(sorted(path.stem for path in (LIBRARY / "pathways").glob("*.yaml")))


def load(source: str | FilePath) -> ResolvedPathway:
    """Load a pathway from a file, or from the library by its name.

    Args:
        source: Name of a library pathway, or path of a YAML file.

    Returns:
        The pathway with everything it includes.

    Raises:
        UnknownNameError: Neither a file nor a library pathway has that name.
        DocumentError: The file has faults; all of them are listed.

    Example:
        >>> load("severe-back-pain").id
        'severe-back-pain'
    """
    path = _file_of(source)
    return _load_file(path, shown=_shown_name(path, source), trail=())


def loads(text: str, *, name: str = "<text>", folder: FilePath | None = None) -> ResolvedPathway:
    """Load a pathway from text.

    Args:
        text: The YAML text of a pathway file.
        name: What to call it in messages.
        folder: Where to look for included pathways and catalogues besides the library.

    Raises:
        DocumentError: The text has faults; all of them are listed.
    """
    return _load_marked(read_yaml(text, name), folder, trail=())


def _file_of(source: str | FilePath) -> FilePath:
    """Return the file meant; a name without folder or ending is looked up in the library."""
    path = FilePath(source)
    if path.is_file():
        return path
    in_library = LIBRARY / "pathways" / f"{source}.yaml"
    if str(source) in library_ids():
        return in_library
    if path.is_dir():
        raise UnknownNameError("pathway file", f"{source} (a folder)", library_ids())
    raise UnknownNameError("pathway or file", str(source), library_ids())


def _shown_name(path: FilePath, source: str | FilePath) -> str:
    return f"library/{path.name}" if path.is_relative_to(LIBRARY) else str(source)


def _read_bytes(path: FilePath, shown: str) -> bytes:
    """Read a file, refusing what is too large before it is in memory."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(
            [Problem("unreadable-file", f"the file cannot be read: {reason}", place=Place(shown, 1, 1))]
        ) from None


def _load_file(path: FilePath, *, shown: str, trail: tuple[str, ...]) -> ResolvedPathway:
    return _load_marked(read_yaml(_read_bytes(path, shown), shown), path.parent, trail)


def _load_marked(
    marked: Marked, folder: FilePath | None, trail: tuple[str, ...]
) -> ResolvedPathway:
    """Build, look up what is included, check names; raise all problems of this file at once."""
    built = build(marked, PathwayDocument)
    document = built.model
    if document is None:
        raise DocumentError(built.problems)
    part = _Part(marked, built, folder)
    problems = list(built.problems)
    included = _load_included(part, (*trail, document.pathway), problems)
    catalogue = _catalogue_of(part, included, problems)
    pathway = resolve(document, included, catalogue, _places(marked))
    problems += _name_problems(pathway, part, included)
    if problems:
        raise DocumentError(sorted(dict.fromkeys(problems), key=_file_order))
    return pathway


def _file_order(problem: Problem) -> tuple[Place, str]:
    return problem.place or Place("", 0, 0), problem.code


def _load_included(
    part: _Part, trail: tuple[str, ...], problems: list[Problem]
) -> list[ResolvedPathway]:
    document = part.built.model
    assert document is not None
    found: list[ResolvedPathway] = []
    for index, include in enumerate(document.include):
        place = part.marked.place(("include", index, "pathway"))
        if include.pathway in trail or len(trail) > MAX_INCLUDES:
            way = " -> ".join((*trail, include.pathway))
            problems.append(
                Problem("circular-include", f"a pathway includes itself: {way}",
                        "take one of the includes out", place=place)
            )
            continue
        path = _include_file(include.pathway, part.folder)
        if path is None:
            problems.append(
                Problem("unknown-pathway", f"no pathway '{include.pathway}' to include",
                        did_you_mean(include.pathway, library_ids()), place=place)
            )
            continue
        shown = f"library/{path.name}" if path.is_relative_to(LIBRARY) else path.name
        found.append(_load_file(path, shown=shown, trail=trail))
    return found


def _include_file(name: str, folder: FilePath | None) -> FilePath | None:
    """Return the file of an included pathway: beside the file first, then the library.

    The name was validated to hold letters, digits and hyphens only, so it cannot leave the folder.
    """
    for place in filter(None, (folder, LIBRARY / "pathways")):
        path = place / f"{name}.yaml"
        if path.is_file():
            return path
    return None


def _catalogue_of(
    part: _Part, included: list[ResolvedPathway], problems: list[Problem]
) -> Catalogue:
    """Merge the pathway's own records, its catalogues, and those of what it includes."""
    document = part.built.model
    assert document is not None
    sections: list[CatalogueSections] = [document]
    for index, name in enumerate(document.catalogues):
        place = part.marked.place(("catalogues", index))
        if name == "library":
            sections.append(library_catalogue())
            continue
        path = (part.folder / name).resolve() if part.folder else None
        if path is None or not path.is_file() or not path.is_relative_to(part.folder.resolve()):  # type: ignore[union-attr]
            problems.append(
                Problem("unknown-catalogue", f"no catalogue file '{name}' beside the pathway",
                        "write 'library', or a file in the pathway's own folder", place=place)
            )
            continue
        sections.append(_load_catalogues((path,), (name,)))
    sections += [each.catalogue for each in included]
    return merge(sections)


@lru_cache(maxsize=1)
def library_catalogue() -> Catalogue:
    """Return the catalogue that ships: findings, treatments, tests, sources and the rest."""
    paths = tuple(sorted(LIBRARY.glob("*.yaml")))
    return _load_catalogues(paths, tuple(f"library/{path.name}" for path in paths))


def _load_catalogues(paths: Iterable[FilePath], shown: Iterable[str]) -> Catalogue:
    """Read catalogue files that may speak of each other; raise all their problems at once."""
    problems: list[Problem] = []
    read: list[tuple[Marked, CatalogueDocument]] = []
    for path, name in zip(paths, shown, strict=True):
        marked = read_yaml(_read_bytes(path, name), name)
        built = build(marked, CatalogueDocument)
        problems += built.problems
        if built.model is not None:
            read.append((marked, built.model))
    catalogue = merge(document for _, document in read)
    known = _known(catalogue, {}, broken=_broken([marked for marked, _ in read], catalogue))
    for marked, document in read:
        problems += reference_problems(document, marked, known)
    problems += clash_problems([(marked, document) for marked, document in read])
    if problems:
        raise DocumentError(sorted(dict.fromkeys(problems), key=_file_order))
    return catalogue


def _name_problems(
    pathway: ResolvedPathway, part: _Part, included: list[ResolvedPathway]
) -> list[Problem]:
    document = pathway.document
    own_names = {
        "states": frozenset(pathway.states),
        "phases": frozenset(pathway.phases),
        "tags": frozenset(tag for state in pathway.states.values() for tag in state.tags),
        "definitions": frozenset(pathway.definitions),
        "pathways": _known_pathways(part.folder) | {document.pathway},
    }
    broken = _broken([part.marked], document)
    ends = {
        each.id: frozenset(name for name, state in each.states.items() if state.kind == "end")
        for each in included
    }
    known = _known(pathway.catalogue, own_names, broken=broken, pathway=pathway, ends=ends)
    problems = reference_problems(document, part.marked, known)
    problems += [
        each.at(part.marked.place(tuple(each.where.split("."))))
        for each in check_definitions(pathway.scope)
        if each.where.split(".")[-1] in document.definitions
    ]
    shared = [library_catalogue()] if "library" in document.catalogues else []
    problems += clash_problems([(part.marked, document)], shared=shared, included=included)
    return problems


def _known_pathways(folder: FilePath | None) -> frozenset[str]:
    beside = (path.stem for path in folder.glob("*.yaml")) if folder else ()
    return frozenset((*library_ids(), *beside))


def _known(
    catalogue: Catalogue,
    own_names: Mapping[str, frozenset[str]],
    *,
    broken: frozenset[str],
    pathway: ResolvedPathway | None = None,
    ends: Mapping[str, frozenset[str]] | None = None,
) -> Known:
    scope = pathway.scope if pathway else make_scope(catalogue, {})
    names: dict[str, frozenset[str]] = {
        "states": frozenset(),
        "phases": frozenset(),
        "tags": frozenset(),
        "pathways": frozenset(),
        **own_names,
        "findings": frozenset(scope.findings),
        "care": frozenset((*catalogue.treatments, *catalogue.tests)),
    }
    for section in ("treatments", "tests", "classes", "mechanisms", "situations", "disagreements", "sources"):
        names[section] = frozenset(getattr(catalogue, section))
    return Known(names, scope, catalogue.sources, broken, ends or {})


def _broken(marked: list[Marked], kept: Any) -> frozenset[str]:
    """Return names that a file gives to records which could not be built."""
    names: set[str] = set()
    for each in marked:
        data = each.data if isinstance(each.data, dict) else {}
        for section, records in data.items():
            if isinstance(records, dict):
                left = getattr(kept, str(section), None)
                names |= {str(name) for name in records} - set(left if isinstance(left, dict) else records)
    return frozenset(names)


def _places(marked: Marked) -> dict[tuple[str, ...], Place]:
    """Return where each named element of a file stands."""
    return {
        tuple(str(part) for part in path): marked.place(path, key=True)
        for path in marked.marks
        if 0 < len(path) <= 2
    }
