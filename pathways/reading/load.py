"""From a file to a pathway: the one entry for everything that is read.

A pathway is found in a file, or by its name in the library that ships. What it includes is looked for
beside the file first, then in the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

from pathways.conditions import check_definitions
from pathways.errors import DocumentError, Place, Problem, did_you_mean
from pathways.model.catalogue import Catalogue
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import Text
from pathways.reading.catalogues import library_catalogue, load_catalogues
from pathways.reading.files import (
    file_of,
    inside,
    known_pathways,
    pathway_file,
    read_file,
    shown_name,
)
from pathways.reading.included import Included
from pathways.reading.known import (
    broken_names,
    known_names,
    places_of,
    states_in_file,
    title_in_file,
    written_kinds,
)
from pathways.reading.marks import Marked, read_yaml
from pathways.reading.references import UNKNOWN_CODES, Known, reference_problems
from pathways.reading.reports import in_file_order
from pathways.reading.resolve import merge, resolve
from pathways.reading.structure import FILLED_IN, build
from pathways.reading.unfolded import size_problems
from pathways.reading.uniqueness import (
    clash_problems,
    include_problems,
    reserved_problems,
    rule_problems,
)

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
    return load_many([source])[0]


def load_many(sources: Iterable[str | FilePath]) -> list[ResolvedPathway]:
    """Load several pathways; a file that many of them include is read once.

    Args:
        sources: Names of library pathways, or paths of YAML files.

    Returns:
        The pathways, in the same order.

    Raises:
        UnknownNameError: Neither a file nor a library pathway has one of the names.
        DocumentError: A file has faults; all of those of the first such file are listed.

    Example:
        >>> [each.id for each in load_many(["safety", "medicines"])]
        ['safety', 'medicines']
    """
    loading = _Loading()
    return [_load_file(source, loading) for source in sources]


def _load_file(source: str | FilePath, loading: _Loading) -> ResolvedPathway:
    path = file_of(source)
    shown = shown_name(path, source)
    known = loading.files.get(path)
    if isinstance(known, ResolvedPathway):
        return known
    marked = read_yaml(read_file(path, shown), shown)
    loading.files[path] = loaded = _load_marked(marked, path.parent, (path.stem,), loading)
    return loaded


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


def _load_included_file(path: FilePath, shown: str, part: _Part) -> ResolvedPathway | DocumentError:
    """Load a file once; what is wrong with it is an answer too."""
    known = part.loading.files
    if path not in known:
        try:
            marked = read_yaml(read_file(path, shown), shown)
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
        built.marked,
        document,
        folder,
        trail or (document.pathway,),
        loading or _Loading(),
        list(built.problems),
        complete=not lost,
    )
    included = _load_included(part)
    catalogues = _load_own_catalogues(part)
    catalogue = merge([document, *catalogues, *(each.catalogue for _, each in included)])
    pathway = resolve(document, included, catalogue, places_of(marked))
    pathway = replace(pathway, linked=_linked_titles(pathway, folder))
    part.problems += _name_problems(pathway, part, included, catalogues)
    if part.problems:
        raise DocumentError(in_file_order(part.problems))
    return pathway


def _linked_titles(pathway: ResolvedPathway, folder: FilePath | None) -> dict[str, Text]:
    """Return the titles of the pathways that links go on in, as far as they can be read."""
    names = sorted({state.pathway for state in pathway.states.values() if state.pathway})
    found = {name: title_in_file(name, folder) for name in names}
    return {name: title for name, title in found.items() if title is not None}


def _load_included(part: _Part) -> list[Included]:
    found: list[Included] = []
    for index, include in enumerate(part.document.include):
        place = part.marked.place(("include", index, "pathway"))
        loaded = None
        if include.pathway in [each.pathway for each, _ in found]:
            part.problems.append(
                Problem(
                    "included-twice",
                    f"'{include.pathway}' is included twice",
                    "keep one of the two",
                    place=place,
                )
            )
        elif len(part.trail) > MAX_INCLUDES and include.pathway not in part.trail:
            part.problems.append(
                Problem(
                    "too-deep",
                    f"pathways include one another more than {MAX_INCLUDES} deep",
                    "include fewer pathways in one another",
                    place=place,
                )
            )
        elif include.pathway in part.trail:
            way = " -> ".join((*part.trail, include.pathway))
            part.problems.append(
                Problem(
                    "circular-include",
                    f"a pathway includes itself: {way}",
                    "take one of the includes out",
                    place=place,
                )
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
    path = pathway_file(name, part.folder)
    if path is None:
        known = sorted(known_pathways(part.folder))
        part.problems.append(
            Problem(
                "unknown-pathway",
                f"no pathway '{name}' to include",
                did_you_mean(name, known),
                place=place,
            )
        )
        return None
    loaded = _load_included_file(path, shown_name(path, _beside(part, path.name)), part)
    if isinstance(loaded, DocumentError):
        part.problems += loaded.problems
        return None
    if loaded.id != name:
        part.problems.append(
            Problem(
                "unknown-pathway",
                f"the file '{path.name}' holds the pathway '{loaded.id}'",
                "give the file the name of its pathway",
                place=place,
            )
        )
        return None
    return loaded


def _beside(part: _Part, name: str) -> FilePath:
    """Return the way to a file beside the pathway's own, from where the user is."""
    return FilePath(part.marked.file).parent / name


def _load_own_catalogues(part: _Part) -> list[Catalogue]:
    """Load the catalogues a pathway names; those beside it may speak of the records of the library."""
    names = part.document.catalogues
    shared = [library_catalogue()] if "library" in names else []
    files: dict[str, FilePath] = {}
    for index, name in enumerate(names):
        if name == "library":
            continue
        path = inside(part.folder, name) if part.folder else None
        if path is None:
            part.complete = False
            part.problems.append(
                Problem(
                    "unknown-catalogue",
                    f"no catalogue file '{name}' beside the pathway",
                    "write 'library', or a file in the pathway's own folder",
                    place=part.marked.place(("catalogues", index)),
                )
            )
            continue
        files[str(_beside(part, name))] = path
    if not files:
        return shared
    try:
        return [load_catalogues(files.values(), files, shared), *shared]
    except DocumentError as error:
        part.complete = False
        part.problems += error.problems
        return shared


_MAY_BE_ELSEWHERE = frozenset(
    {"rule-sentence", "unknown-end", *UNKNOWN_CODES} - {"unknown-pathway"}
)
"""Problems that are none when the name is in a file that could not be read."""


def _name_problems(
    pathway: ResolvedPathway, part: _Part, included: list[Included], catalogues: list[Catalogue]
) -> list[Problem]:
    document, marked = part.document, part.marked
    problems = reference_problems(document, marked, _known_in(pathway, part, included))
    if not part.complete:
        problems = [each for each in problems if each.code not in _MAY_BE_ELSEWHERE]
    circular = check_definitions(pathway.scope)
    for each in circular:
        path = tuple(each.where.split("."))
        if path[-1] in document.definitions:
            problems.append(each.at(marked.place(path)))
    problems += clash_problems([(marked, document)], shared=catalogues, included=included)
    problems += include_problems(marked, document, included, pathway.catalogue)
    problems += reserved_problems(marked, document)
    if not circular:
        problems += size_problems(pathway, marked)
    problems += rule_problems(marked, document, included)
    return problems


def _known_in(pathway: ResolvedPathway, part: _Part, included: list[Included]) -> Known:
    document = part.document
    own_names = {
        "states": frozenset(pathway.states),
        "phases": frozenset(pathway.phases),
        "tags": frozenset(tag for state in pathway.states.values() for tag in state.tags),
        "definitions": frozenset(pathway.definitions),
        "rules": frozenset(rule.id for rule in pathway.rules),
        "pathways": known_pathways(part.folder) | {document.pathway},
    }
    known = known_names(
        pathway.catalogue,
        own_names,
        broken=FILLED_IN | broken_names(part.marked, document),
        pathway=pathway,
    )
    ends = {
        each.id: frozenset(name for name, state in each.states.items() if state.kind == "end")
        for _, each in included
    }
    joined = {end: state for include, _ in included for end, state in include.joins.items()}

    def states_of(name: str) -> frozenset[str] | None:
        if name == document.pathway:
            return frozenset(pathway.states)
        return states_in_file(name, part.folder)

    kinds = written_kinds(part.marked, known.kinds)
    return replace(known, ends=ends, joined=joined, states_of=states_of, kinds=kinds)


def problems_in(text: str, *, name: str = "<text>") -> tuple[Problem, ...]:
    r"""Return what is wrong with the text of a pathway, all at once; nothing when it can be read.

    Args:
        text: The text of a file.
        name: What to call it in the answer.

    Example:
        >>> problems_in("format: 1\npathway: [")[0].code
        'yaml-syntax'
    """
    try:
        loads(text, name=name)
    except DocumentError as error:
        return error.problems
    return ()
