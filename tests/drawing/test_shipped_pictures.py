"""Every picture and every page that the project ships passes its gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pathways.conditions.scope import Reader
from pathways.diagrams.album import booklets, plates
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.extract import extract
from pathways.diagrams.finished import Pages, Picture
from pathways.diagrams.pathway_map import map_diagram
from pathways.diagrams.pictures import diagram_picture, pages, picture, style_of
from pathways.diagrams.profiles import PAPERS, PRINT_PROFILES, PROFILES
from pathways.graph.between import pathway_map
from pathways.model.pathway import READERS, ResolvedPathway
from pathways.reading.files import library_ids
from pathways.reading.load import load
from tests.drawing.claims import wrong_with
from tests.pagination.claims import wrong_with as wrong_with_pages

NAMES = library_ids()
PRINTED = [
    pytest.param(
        name,
        reader,
        profile,
        paper,
        # What is put into graphs/ is looked at every time, the rest before a release.
        marks=[] if paper == "a4" and reader == PROFILES[profile].reader else [pytest.mark.slow],
    )
    for name in NAMES
    for reader in READERS
    for profile in PRINT_PROFILES
    for paper in PAPERS
]


def shipped_plates(pathway: ResolvedPathway) -> Iterator[tuple[str, Picture]]:
    for plate in plates(pathway):
        yield (
            plate.name,
            picture(pathway, reader=plate.reader, view=plate.view, theme=plate.theme),
        )


def shipped_pages(pathway: ResolvedPathway, reader: Reader, profile: str, paper: str) -> Pages:
    return pages(pathway, reader=reader, profile=profile, paper=paper)


def is_fine(sheet: Sheet) -> bool:
    return wrong_with(sheet) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_of_the_album_passes(name: str) -> None:
    for plate, found in shipped_plates(load(name)):
        assert found.problems == (), plate
        assert wrong_with(found.sheet) == [], plate


@pytest.mark.parametrize("reader", READERS)
def test_the_map_of_pathways_passes(reader: Reader) -> None:
    found = diagram_picture(map_diagram(pathway_map(list(map(load, NAMES))), reader), style_of())
    assert found.problems == ()
    assert wrong_with(found.sheet) == []


@pytest.mark.parametrize(("name", "reader", "profile", "paper"), PRINTED)
def test_every_page_passes(name: str, reader: Reader, profile: str, paper: str) -> None:
    found = shipped_pages(load(name), reader, profile, paper)
    assert found.problems == ()
    diagram = extract(load(name), reader=reader)
    sheets = [page.sheet for page in found]
    assert wrong_with_pages(diagram, sheets, PROFILES[profile], PAPERS[paper]) == []


@pytest.mark.parametrize("name", NAMES)
def test_booklets_of_the_album_are_among_what_is_tested(name: str) -> None:
    tested = {each.values[1:] for each in PRINTED if each.values[0] == name}
    for each in booklets(load(name), tuple(PAPERS)):
        reader = style_of(profile=each.profile).profile.reader
        assert (reader, each.profile, each.paper) in tested


@pytest.mark.parametrize("name", NAMES)
def test_black_and_white_pages_pass(name: str) -> None:
    found = pages(load(name), profile="clinician", theme="print")
    assert found.problems == ()
    assert all(is_fine(page.sheet) for page in found)
