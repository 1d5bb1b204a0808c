"""Every name a file may use, gathered from what it stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from pathways.errors import DocumentError, Place
from pathways.model.catalogue import SECTIONS, Catalogue
from pathways.model.pathway import ResolvedPathway, make_scope
from pathways.reading.files import pathway_file, read_file
from pathways.reading.marks import Marked, read_yaml
from pathways.reading.references import Known


def states_in_file(
    name: str, folder: FilePath | None, seen: frozenset[str]
) -> frozenset[str] | None:
    """Return the states of a pathway and of all it includes, without checking the file."""
    path = pathway_file(name, folder)
    if path is None or name in seen:
        return None
    try:
        data = read_yaml(read_file(path, path.name), path.name).data
    except DocumentError:
        return None
    if not isinstance(data, dict):
        return None
    states = data.get("states")
    includes = data.get("include")
    found = {str(state) for state in (states if isinstance(states, dict) else ())}
    for each in includes if isinstance(includes, list) else ():
        included = each.get("pathway") if isinstance(each, dict) else each
        found |= states_in_file(str(included), path.parent, seen | {name}) or frozenset()
    return frozenset(found)


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
    for section in SECTIONS:
        if section != "findings":
            names[section] = frozenset(getattr(catalogue, section))
    derived = {
        name: each.derived.of
        for name, each in catalogue.findings.items()
        if each.derived is not None
    }
    return Known(names, scope, catalogue.sources, broken, derived=derived)


def broken_names(marked: Marked, kept: Any) -> frozenset[str]:
    """Return names that a file gives to records which could not be built."""
    names: set[str] = set()
    for section, records in (marked.data if isinstance(marked.data, dict) else {}).items():
        if isinstance(records, dict):
            left = getattr(kept, str(section), None)
            names |= {str(name) for name in records} - set(left if isinstance(left, dict) else ())
    return frozenset(names)


def places_of(marked: Marked) -> dict[tuple[str, ...], Place]:
    """Return where each named element of a file stands."""
    return {
        tuple(str(part) for part in path): marked.place(path, key=True)
        for path in marked.marks
        if 0 < len(path) <= 2
    }
