"""One name, one meaning: no name is given to two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathways.errors import Problem
from pathways.model.catalogue import SECTIONS, Catalogue, CatalogueSections
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.reading.marks import Marked

SPOKEN_OF = ("findings", "treatments", "tests", "classes", "definitions")
"""Sections whose names conditions may use, so they share one space of names."""


def clash_problems(
    read: Sequence[tuple[Marked, CatalogueSections]],
    *,
    shared: Sequence[Catalogue] = (),
    included: Sequence[ResolvedPathway] = (),
) -> list[Problem]:
    """Return every name that is given to two things.

    Args:
        read: Files with their marks, in order.
        shared: Catalogues whose names are taken already.
        included: Included pathways, whose states and definitions are taken already.
    """
    problems: list[Problem] = []
    taken: dict[tuple[str, str], str] = {}
    for catalogue in shared:
        _take(taken, _names(catalogue), "the shared catalogue")
    for pathway in included:
        _take(taken, _pathway_names(pathway), f"the included pathway '{pathway.id}'")
    for marked, document in read:
        for section, name in _names(document):
            owner = next(filter(None, (taken.get(key) for key in _claims(section, name))), None)
            if owner is None:
                _take(taken, [(section, name)], marked.file)
                continue
            problems.append(
                Problem("name-taken", f"the name '{name}' is taken by {owner}",
                        "choose another name; one name has one meaning",
                        f"{section}.{name}", marked.place((section, name), key=True))
            )
    return problems


def _claims(section: str, name: str) -> list[tuple[str, str]]:
    """Return the spaces of names that a name is in.

    Conditions speak of findings, definitions, treatments, tests and classes: these share one space.
    States share no name with findings and definitions, so that rules can tell them apart.
    """
    claims = [("spoken" if section in SPOKEN_OF else section, name)]
    if section in ("findings", "definitions", "states"):
        claims.append(("state-or-finding", name))
    return claims


def _take(taken: dict[tuple[str, str], str], names: Iterable[tuple[str, str]], owner: str) -> None:
    for section, name in names:
        for key in _claims(section, name):
            taken.setdefault(key, f"{owner} ({section})")


def _names(document: CatalogueSections) -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        for name in getattr(document, section):
            yield section, name
    if isinstance(document, PathwayDocument):
        for section in ("definitions", "states", "phases"):
            for name in getattr(document, section):
                yield section, name


def _pathway_names(pathway: ResolvedPathway) -> Iterator[tuple[str, str]]:
    for section in ("definitions", "states", "phases"):
        for name in getattr(pathway, section):
            yield section, name
