"""Every name a file may use, gathered from what it stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from pathways.errors import DocumentError, Place
from pathways.model.catalogue import SECTIONS, Catalogue
from pathways.model.pathway import ResolvedPathway, interrupt_key, make_scope
from pathways.model.words import Text
from pathways.reading.files import pathway_file, read_file
from pathways.reading.marks import Marked, Path, read_yaml
from pathways.reading.references import Known


def states_in_file(name: str, folder: FilePath | None) -> frozenset[str] | None:
    """Return the states of a pathway and of all it includes, without checking the file.

    Args:
        name: Name of the pathway.
        folder: Where to look for it besides the library.

    Returns:
        Names of states, or None when there is no such file or it cannot be read. A file that is
        included by many is read once, and circles do no harm.
    """
    first = pathway_file(name, folder)
    waiting = [first]
    read: set[FilePath] = set()
    found: set[str] = set()
    for path in waiting:
        if path is None or path in read:
            continue
        read.add(path)
        data = _data_of(path)
        if data is None and path == first:
            return None
        states, includes = (data or {}).get("states"), (data or {}).get("include")
        found.update(map(str, states if isinstance(states, dict) else ()))
        for each in includes if isinstance(includes, list) else ():
            included = each.get("pathway") if isinstance(each, dict) else each
            waiting.append(pathway_file(str(included), path.parent))
    return frozenset(found) if first else None


def title_in_file(name: str, folder: FilePath | None) -> Text | None:
    """Return the title of a pathway, without reading the rest of its file.

    Args:
        name: Name of the pathway.
        folder: Where to look for it besides the library.

    Returns:
        The title, or None when there is no such file or its title cannot be read.
    """
    path = pathway_file(name, folder)
    if path is None:
        return None
    try:
        lines = read_file(path, path.name).decode("utf-8", "replace").splitlines()
        begin = next(at for at, line in enumerate(lines) if line.startswith("title:"))
        end = next(
            (at for at in range(begin + 1, len(lines)) if not lines[at].startswith((" ", "#"))),
            len(lines),
        )
        data = read_yaml("\n".join(lines[begin:end]), path.name).data
        return Text.model_validate(data["title"])
    except (DocumentError, StopIteration, ValidationError, TypeError, KeyError):
        return None


def _data_of(path: FilePath) -> dict[str, Any] | None:
    try:
        data = read_yaml(read_file(path, path.name), path.name).data
    except DocumentError:
        return None
    return data if isinstance(data, dict) else None


def known_names(
    catalogue: Catalogue,
    own_names: Mapping[str, frozenset[str]],
    *,
    broken: frozenset[str],
    pathway: ResolvedPathway | None = None,
) -> Known:
    """Return every name that may be used.

    Args:
        catalogue: All the records it can use.
        own_names: Names by sort that only a pathway has: states, phases, tags, definitions.
        broken: Names whose records are faulty.
        pathway: The pathway, for what its conditions may name; None for a catalogue.
    """
    scope = pathway.scope if pathway else make_scope(catalogue, catalogue.definitions)
    names: dict[str, frozenset[str]] = {
        "states": frozenset(),
        "phases": frozenset(),
        "tags": frozenset(),
        "pathways": frozenset(),
        "rules": frozenset(),
        **own_names,
        "findings": frozenset(scope.findings),
        "care": frozenset((*catalogue.treatments, *catalogue.tests)),
    }
    for section in SECTIONS:
        if section != "findings":
            names[section] = frozenset(getattr(catalogue, section))
    kinds = {name: each.kind for name, each in catalogue.findings.items()}
    return Known(
        names, scope, catalogue.sources, broken, kinds=kinds, links=_links_between(catalogue)
    )


def _links_between(catalogue: Catalogue) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, by sort, the records that each record rests on."""
    return {
        "findings": {
            name: each.derived.of
            for name, each in catalogue.findings.items()
            if each.derived is not None
        },
        "situations": {name: each.within for name, each in catalogue.situations.items()},
        "sources": {
            name: (each.superseded_by,)
            for name, each in catalogue.sources.items()
            if each.superseded_by is not None
        },
        "treatments": {
            name: (each.variant_of,)
            for name, each in catalogue.treatments.items()
            if each.variant_of is not None
        },
        "care": {
            name: tuple(before for need in each.requires for before in need.only_after)
            for name, each in catalogue.treatments.items()
        },
    }


def broken_names(marked: Marked, kept: Any) -> frozenset[str]:
    """Return names that a file gives to records which could not be built."""
    names: set[str] = set()
    for section, records in (marked.data if isinstance(marked.data, dict) else {}).items():
        if isinstance(records, dict):
            left = getattr(kept, str(section), None)
            names |= {str(name) for name in records} - set(left if isinstance(left, dict) else ())
    return frozenset(names)


def written_kinds(marked: Marked, kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the kinds of findings without those that were put in for a missing or wrong one.

    Args:
        marked: The file.
        kinds: Kind of each finding after mending, also of findings that other files declare.
    """
    findings = marked.data.get("findings") if isinstance(marked.data, dict) else None
    own = findings if isinstance(findings, dict) else {}
    return {
        name: kind
        for name, kind in kinds.items()
        if not isinstance(own.get(name), dict) or own[name].get("kind") == kind
    }


def places_of(marked: Marked) -> dict[tuple[str, ...], Place]:
    """Return where the elements of a file stand that others may speak of.

    Named elements by section and name, parts of states down to the condition of a way on
    (``("states", "review", "next", "0", "when")``), rules by their id and interrupts by
    :func:`pathways.model.pathway.interrupt_key`.
    """
    places = {
        tuple(str(part) for part in path): marked.place(path, key=True)
        for path in marked.marks
        if 0 < len(path) <= 2 or (path[:1] == ("states",) and len(path) <= MOST_OF_A_PATH)
    }
    for path in marked.marks:
        if path[:1] == ("rules",) and len(path) > 1 and (rule := _item(marked, path)):
            places["rules", str(rule.get("id")), *map(str, path[2:])] = marked.place(path, key=True)
        if path[:1] == ("interrupts",) and len(path) == 2 and (item := _item(marked, path)):
            label = item.get("label")
            words = label.get("clinician") if isinstance(label, dict) else label
            key = interrupt_key(str(item.get("level")), str(item.get("to")), str(words))
            places["interrupts", key] = marked.place(path, key=True)
    return places


MOST_OF_A_PATH = 5
"""So deep are the parts of states whose places are kept: state, key, position, part of it."""


def _item(marked: Marked, path: Path) -> dict[str, Any] | None:
    """Return the item of a list at the top of a file that a path leads into."""
    items = marked.data.get(path[0]) if isinstance(marked.data, dict) else None
    position = path[1]
    if not isinstance(items, list) or not isinstance(position, int) or position >= len(items):
        return None
    return items[position] if isinstance(items[position], dict) else None
