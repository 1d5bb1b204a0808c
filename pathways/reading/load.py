"""From a file to a pathway: the one entry for everything that is read.

A pathway is found in a file, or by its name in the library that ships. What it includes is looked for
beside the file first, then in the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from pathways.conditions import check_definitions
from pathways.errors import DocumentError, Place, Problem, UnknownNameError, did_you_mean
from pathways.model.catalogue import Catalogue, CatalogueDocument
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway, make_scope
from pathways.reading.marks import Marked, read_yaml
from pathways.reading.references import UNKNOWN_CODES, Known, reference_problems
from pathways.reading.reports import in_file_order
from pathways.reading.resolve import Included, merge, resolve
from pathways.reading.structure import FILLED_IN, build
from pathways.reading.syntax import MAX_BYTES
from pathways.reading.uniqueness import (
    clash_problems,
    include_problems,
    reserved_problems,
    rule_problems,
)

LIBRARY = FilePath(str(files("pathways"))) / "library"
MAX_INCLUDES = 20


@dataclass(slots=True)
class _Part:
    """One pathway file on its way to a pathway.

    Args:
        marked: The file; its places fit ``document``.
        document: What could be built of it.
        folder: Where to look for what it includes, besides the library.
        trail: Names of the pathways that include it, outermost first, and its own.
        loading: What was loaded so far.
        problems: Everything found wrong so far.
        complete: Whether all it includes and all its catalogues are there. If not, unknown names
            are not reported: they may be in what is missing.
    """

    marked: Marked
    document: PathwayDocument
    folder: FilePath | None
    trail: tuple[str, ...]
    loading: _Loading
    problems: list[Problem]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Loading:
    """Files read in one call, so that a file that is included by many is read once."""

    files: dict[FilePath, ResolvedPathway | DocumentError] = field(default_factory=dict)


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
    shown = _shown_name(path, source)
    return _load_marked(read_yaml(_read_bytes(path, shown), shown), path.parent, (path.stem,))


def loads(text: str, *, name: str = "<text>", folder: FilePath | None = None) -> ResolvedPathway:
    """Load a pathway from text.

    Args:
        text: The YAML text of a pathway file.
        name: What to call it in messages.
        folder: Where to look for included pathways and catalogues besides the library.

    Raises:
        DocumentError: The text has faults; all of them are listed.
    """
    return _load_marked(read_yaml(text, name), folder, ())


def _file_of(source: str | FilePath) -> FilePath:
    """Return the file meant; a name without folder or ending is looked up in the library."""
    path = FilePath(source)
    if _is_file(path):
        return path
    if str(source) in library_ids():
        return LIBRARY / "pathways" / f"{source}.yaml"
    if _is_folder(path):
        raise UnknownNameError("pathway file", f"{source} (a folder)", library_ids())
    raise UnknownNameError("pathway or file", str(source), library_ids())


def _is_file(path: FilePath) -> bool:
    """Return whether there is such a file; what the system refuses to look up is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: FilePath) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


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


def _load_included_file(path: FilePath, shown: str, part: _Part) -> ResolvedPathway | DocumentError:
    """Load a file once; what is wrong with it is an answer too."""
    known = part.loading.files
    if path not in known:
        try:
            marked = read_yaml(_read_bytes(path, shown), shown)
            known[path] = _load_marked(marked, path.parent, (*part.trail, path.stem), part.loading)
        except DocumentError as error:
            known[path] = error
    return known[path]


def _load_marked(
    marked: Marked,
    folder: FilePath | None,
    trail: tuple[str, ...],
    loading: _Loading | None = None,
) -> ResolvedPathway:
    """Build, look up what is included, check names; raise all problems of this file at once."""
    built = build(marked, PathwayDocument)
    document = built.model
    if document is None:
        raise DocumentError(built.problems)
    lost = any(each.where.startswith(("include", "catalogues")) for each in built.problems)
    part = _Part(
        built.marked, document, folder, trail or (document.pathway,), loading or _Loading(),
        list(built.problems), complete=not lost,
    )
    included = _load_included(part)
    catalogues = _load_own_catalogues(part)
    catalogue = merge([document, *catalogues, *(each.catalogue for _, each in included)])
    pathway = resolve(document, included, catalogue, _places(marked))
    part.problems += _name_problems(pathway, part, included, catalogues)
    if part.problems:
        raise DocumentError(in_file_order(part.problems))
    return pathway


def _load_included(part: _Part) -> list[Included]:
    found: list[Included] = []
    for index, include in enumerate(part.document.include):
        place = part.marked.place(("include", index, "pathway"))
        loaded = None
        if include.pathway in [each.pathway for each, _ in found]:
            part.problems.append(
                Problem("included-twice", f"'{include.pathway}' is included twice",
                        "keep one of the two", place=place)
            )
        elif include.pathway in part.trail or len(part.trail) > MAX_INCLUDES:
            way = " -> ".join((*part.trail, include.pathway))
            part.problems.append(
                Problem("circular-include", f"a pathway includes itself: {way}",
                        "take one of the includes out", place=place)
            )
        else:
            loaded = _included(include.pathway, place, part)
        if loaded is None:
            part.complete = False
        else:
            found.append((include, loaded))
    return found


def _included(name: str, place: Place, part: _Part) -> ResolvedPathway | None:
    """Return an included pathway, or note why there is none."""
    path = _pathway_file(name, part.folder)
    if path is None:
        known = sorted(_known_pathways(part.folder))
        part.problems.append(
            Problem("unknown-pathway", f"no pathway '{name}' to include",
                    did_you_mean(name, known), place=place)
        )
        return None
    loaded = _load_included_file(path, _shown_beside(path, part), part)
    if isinstance(loaded, DocumentError):
        part.problems += loaded.problems
        return None
    if loaded.id != name:
        part.problems.append(
            Problem("unknown-pathway", f"the file '{path.name}' holds the pathway '{loaded.id}'",
                    "give the file the name of its pathway", place=place)
        )
        return None
    return loaded


def _shown_beside(path: FilePath, part: _Part) -> str:
    """Return what to call an included file: by its way from where the user is, where known."""
    if path.is_relative_to(LIBRARY):
        return f"library/{path.name}"
    return str(FilePath(part.marked.file).parent / path.name)


def _pathway_file(name: str, folder: FilePath | None) -> FilePath | None:
    """Return the file of a pathway: beside the file first, then the library.

    The name was validated to hold letters, digits and hyphens only, so it cannot leave the folder;
    neither can a symbolic link.
    """
    for place in filter(None, (folder, LIBRARY / "pathways")):
        path = _inside(place, f"{name}.yaml")
        if path is not None:
            return path
    return None


def _inside(folder: FilePath, name: str) -> FilePath | None:
    """Return a file in a folder or below it; None when it is none, or leads out of the folder."""
    path = folder / name
    if not _is_file(path) or not path.resolve().is_relative_to(folder.resolve()):
        return None
    return path


def _load_own_catalogues(part: _Part) -> list[Catalogue]:
    """Load the catalogues a pathway names; those beside it may speak of the records of the library."""
    names = part.document.catalogues
    shared = [library_catalogue()] if "library" in names else []
    files: dict[str, FilePath] = {}
    for index, name in enumerate(names):
        if name == "library":
            continue
        path = _inside(part.folder, name) if part.folder else None
        if path is None:
            part.complete = False
            part.problems.append(
                Problem("unknown-catalogue", f"no catalogue file '{name}' beside the pathway",
                        "write 'library', or a file in the pathway's own folder",
                        place=part.marked.place(("catalogues", index)))
            )
            continue
        files[str(FilePath(part.marked.file).parent / name)] = path
    if not files:
        return shared
    try:
        return [_load_catalogues(files.values(), files, shared), *shared]
    except DocumentError as error:
        part.complete = False
        part.problems += error.problems
        return shared


@lru_cache(maxsize=1)
def library_catalogue() -> Catalogue:
    """Return the catalogue that ships: findings, treatments, tests, sources and the rest.

    Example:
        >>> "baclofen" in library_catalogue().treatments
        True
    """
    paths = tuple(sorted(LIBRARY.glob("*.yaml")))
    return _load_catalogues(paths, tuple(f"library/{path.name}" for path in paths))


def _load_catalogues(
    paths: Iterable[FilePath], shown: Iterable[str], shared: Sequence[Catalogue] = ()
) -> Catalogue:
    """Read catalogue files that may speak of each other; raise all their problems at once."""
    problems: list[Problem] = []
    read: list[tuple[Marked, CatalogueDocument]] = []
    broken: frozenset[str] = FILLED_IN
    for path, name in zip(paths, shown, strict=True):
        marked = read_yaml(_read_bytes(path, name), name)
        built = build(marked, CatalogueDocument)
        problems += built.problems
        broken |= _broken(marked, built.model)
        if built.model is not None:
            read.append((built.marked, built.model))
    own = merge(document for _, document in read)
    known = _known(merge([own, *shared]), {}, broken=broken)
    for marked, document in read:
        problems += reference_problems(document, marked, known)
        problems += reserved_problems(marked, document)
    problems += clash_problems(read, shared=shared)
    if problems:
        raise DocumentError(in_file_order(problems))
    return own


_MAY_BE_ELSEWHERE = frozenset({"rule-sentence", "unknown-end", *UNKNOWN_CODES} - {"unknown-pathway"})
"""Problems that are none when the name is in a file that could not be read."""


def _name_problems(
    pathway: ResolvedPathway, part: _Part, included: list[Included], catalogues: list[Catalogue]
) -> list[Problem]:
    document, marked = part.document, part.marked
    problems = reference_problems(document, marked, _known_in(pathway, part, included))
    if not part.complete:
        problems = [each for each in problems if each.code not in _MAY_BE_ELSEWHERE]
    for each in check_definitions(pathway.scope):
        path = tuple(each.where.split("."))
        if path[-1] in document.definitions:
            problems.append(each.at(marked.place(path)))
    problems += clash_problems([(marked, document)], shared=catalogues, included=included)
    problems += include_problems(marked, document, included, pathway.catalogue)
    problems += reserved_problems(marked, document)
    problems += rule_problems(marked, document, included)
    return problems


def _known_in(pathway: ResolvedPathway, part: _Part, included: list[Included]) -> Known:
    document = part.document
    own_names = {
        "states": frozenset(pathway.states),
        "phases": frozenset(pathway.phases),
        "tags": frozenset(tag for state in pathway.states.values() for tag in state.tags),
        "definitions": frozenset(pathway.definitions),
        "pathways": _known_pathways(part.folder) | {document.pathway},
    }
    known = _known(
        pathway.catalogue, own_names, broken=FILLED_IN | _broken(part.marked, document), pathway=pathway
    )
    ends = {
        each.id: frozenset(name for name, state in each.states.items() if state.kind == "end")
        for _, each in included
    }
    joined = {end: state for include, _ in included for end, state in include.joins.items()}

    def states_of(name: str) -> frozenset[str] | None:
        if name == document.pathway:
            return frozenset(pathway.states)
        return _states_in_file(name, part.folder, frozenset())

    return replace(known, ends=ends, joined=joined, states_of=states_of)


def _states_in_file(
    name: str, folder: FilePath | None, seen: frozenset[str]
) -> frozenset[str] | None:
    """Return the states of a pathway and of all it includes, without checking the file."""
    path = _pathway_file(name, folder)
    if path is None or name in seen:
        return None
    try:
        data = read_yaml(_read_bytes(path, path.name), path.name).data
    except DocumentError:
        return None
    if not isinstance(data, dict):
        return None
    states = data.get("states")
    includes = data.get("include")
    found = {str(state) for state in (states if isinstance(states, dict) else ())}
    for each in includes if isinstance(includes, list) else ():
        included = each.get("pathway") if isinstance(each, dict) else each
        found |= _states_in_file(str(included), path.parent, seen | {name}) or frozenset()
    return frozenset(found)


def _known_pathways(folder: FilePath | None) -> frozenset[str]:
    beside = (path.stem for path in folder.glob("*.yaml")) if folder else ()
    return frozenset((*library_ids(), *beside))


def _known(
    catalogue: Catalogue,
    own_names: Mapping[str, frozenset[str]],
    *,
    broken: frozenset[str],
    pathway: ResolvedPathway | None = None,
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
    derived = {
        name: each.derived.of for name, each in catalogue.findings.items() if each.derived is not None
    }
    return Known(names, scope, catalogue.sources, broken, derived=derived)


def _broken(marked: Marked, kept: Any) -> frozenset[str]:
    """Return names that a file gives to records which could not be built."""
    names: set[str] = set()
    for section, records in (marked.data if isinstance(marked.data, dict) else {}).items():
        if isinstance(records, dict):
            left = getattr(kept, str(section), None)
            names |= {str(name) for name in records} - set(left if isinstance(left, dict) else ())
    return frozenset(names)


def _places(marked: Marked) -> dict[tuple[str, ...], Place]:
    """Return where each named element of a file stands."""
    return {
        tuple(str(part) for part in path): marked.place(path, key=True)
        for path in marked.marks
        if 0 < len(path) <= 2
    }
