"""One name, one meaning: no name is given to two things, or is a word of the language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pathways.conditions import KEYWORDS
from pathways.conditions.tokens import STATUS_WORDS
from pathways.errors import Problem
from pathways.model.catalogue import SECTIONS, Catalogue, CatalogueSections
from pathways.model.document import PathwayDocument
from pathways.model.pathway import ResolvedPathway
from pathways.reading.included import Brought, Included, brought_along, included_twice_over
from pathways.reading.marks import Marked, words_of

SPOKEN_OF = ("findings", "treatments", "tests", "classes", "definitions")
"""Sections whose names conditions may use, so they share one space of names."""

_SINGULAR = {"phases": "phase", "classes": "class"}


def clash_problems(
    read: Sequence[tuple[Marked, CatalogueSections]],
    *,
    shared: Sequence[Catalogue] = (),
    included: Sequence[Included] = (),
) -> list[Problem]:
    """Return every name that is given to two things.

    Args:
        read: Files with their marks, in order.
        shared: Catalogues whose names are taken already.
        included: Included pathways, whose names are taken already.
    """
    problems: list[Problem] = []
    taken: dict[tuple[str, str], str] = {}
    for catalogue in shared:
        _take(taken, _names(catalogue), "the shared catalogue")
    for _, pathway in included:
        _take(taken, _pathway_names(pathway), f"the included pathway '{pathway.id}'")
    for marked, document in read:
        for section, name in _names(document):
            owner = next(filter(None, (taken.get(key) for key in _claims(section, name))), None)
            if owner is None:
                _take(taken, [(section, name)], marked.file)
                continue
            problems.append(
                Problem(
                    "name-taken",
                    f"the name '{name}' is taken by {owner}",
                    "choose another name; one name has one meaning",
                    f"{section}.{name}",
                    marked.place((section, name), key=True),
                )
            )
    return problems


def include_problems(
    marked: Marked, document: PathwayDocument, included: Sequence[Included], catalogue: Catalogue
) -> list[Problem]:
    """Return what two included pathways, or one and a catalogue, mean differently by one name.

    Args:
        marked: The including file.
        document: The same as a record.
        included: What it includes.
        catalogue: Every record it can use; of two with one name this holds the first.
    """
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Any] = {
        (section, name): record
        for section in SECTIONS
        for name, record in getattr(catalogue, section).items()
    }
    spaces = {claim: key[0] for key in seen for claim in _claims(*key)}
    own = set(_names(document))
    positions = {include.pathway: index for index, include in enumerate(document.include)}
    for each, brought in zip(included, brought_along(included), strict=True):
        include, pathway = each
        path = ("include", positions[include.pathway], "pathway")
        clashes = [
            ("pathway", other.id)
            for _, other in included_twice_over(each, included)
            if other.document not in pathway.included
        ]
        for key, record in _records(pathway, brought):
            kept = seen.setdefault(key, record)
            claimed = [spaces.setdefault(claim, key[0]) for claim in _claims(*key)]
            if key in own or (all(section == key[0] for section in claimed) and kept == record):
                continue
            clashes.append((_SINGULAR.get(key[0], key[0].removesuffix("s")), key[1]))
        problems += [
            Problem(
                "name-taken",
                f"the {noun} '{name}' of '{pathway.id}' is another one elsewhere",
                "rename one of them; one name has one meaning",
                words_of(path),
                marked.place(path),
            )
            for noun, name in clashes
        ]
    return problems


def _records(pathway: ResolvedPathway, brought: Brought) -> Iterator[tuple[tuple[str, str], Any]]:
    """Yield everything an included pathway brings along, by section and name."""
    for section in SECTIONS:
        for name, record in getattr(pathway.catalogue, section).items():
            yield (section, name), record
    for name, state in brought.states.items():
        yield ("states", name), state
    for name, phase in brought.phases.items():
        yield ("phases", name), phase
    for rule in brought.rules:
        yield ("rules", rule.id), rule


def reserved_problems(marked: Marked, document: CatalogueSections) -> list[Problem]:
    """Return every name that conditions or rules would read as a word of the language.

    Args:
        marked: A file.
        document: The same as a record.
    """
    paths: list[tuple[str | int, ...]] = [
        (section, name)
        for section, name in _names(document)
        if (section in SPOKEN_OF and name in KEYWORDS) or (section == "states" and name == "any")
    ]
    for finding, record in document.findings.items():
        options = record.options or {}
        paths += [
            ("findings", finding, "options", option)
            for option in options
            if option in KEYWORDS - STATUS_WORDS
        ]
    for treatment, care in document.treatments.items():
        paths += [
            ("treatments", treatment, "side_effects", effect)
            for effect in care.side_effects or {}
            if effect in KEYWORDS - STATUS_WORDS
        ]
    return [
        Problem(
            "reserved-name",
            f"'{path[-1]}' is a word of the language of conditions",
            "choose another name",
            words_of(path),
            marked.place(path, key=True),
        )
        for path in paths
    ]


def rule_problems(
    marked: Marked, document: PathwayDocument, included: Sequence[Included]
) -> list[Problem]:
    """Return every rule whose ``id`` another rule has.

    Args:
        marked: A pathway file.
        document: The same as a record.
        included: What it includes.
    """
    taken = {rule.id: f"'{pathway.id}'" for _, pathway in included for rule in pathway.rules}
    problems: list[Problem] = []
    for index, rule in enumerate(document.rules):
        path = ("rules", index, "id")
        if rule.id in taken:
            problems.append(
                Problem(
                    "name-taken",
                    f"the name '{rule.id}' is taken by a rule of {taken[rule.id]}",
                    "choose another name; one name has one meaning",
                    words_of(marked.original(path)),
                    marked.place(path),
                )
            )
        taken.setdefault(rule.id, f"'{document.pathway}'")
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
    yield from document.named()
    if isinstance(document, PathwayDocument):
        for section in ("states", "phases"):
            for name in getattr(document, section):
                yield section, name


def _pathway_names(pathway: ResolvedPathway) -> Iterator[tuple[str, str]]:
    yield from _names(pathway.catalogue)
    for section in ("states", "phases"):
        for name in getattr(pathway, section):
            yield section, name
