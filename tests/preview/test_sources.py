"""What is watched, and when it stands still."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.errors import UnknownNameError
from pathways.preview.sources import (
    MOST_FILES,
    PATIENCE,
    saved_at,
    settled,
    stamps_of,
    watched_files,
)
from pathways.reading.files import catalogue_files
from tests.preview.conftest import ANKLE


def names(source: str) -> set[str]:
    return {path.name for path in watched_files(source)}


def test_includes_links_catalogues_and_examples_are_watched(ankle: Path) -> None:
    more = (
        "include: [{pathway: inner, joins: {}}, {pathway: not-yet, joins: {}}]\n"
        "catalogues: [library, own.yaml, deeper/other.yaml, ../outside.yaml, /etc/passwd]\n"
    )
    link = "  further: {kind: link, pathway: linked, title: Further}\n"
    ankle.write_text(ANKLE + link + more, encoding="utf-8")
    Path("inner.yaml").write_text("include: [{pathway: innermost}, {pathway: ../x}]\n")
    Path("own.yaml").write_text("format: 1\n")
    assert names("ankle.yaml") == {
        "ankle.yaml",
        "ankle.examples.yaml",
        "inner.yaml",
        "innermost.yaml",
        "not-yet.yaml",
        "linked.yaml",
        "own.yaml",
        "other.yaml",
    }


def test_files_that_include_one_another_end(ankle: Path) -> None:
    ankle.write_text("include: [{pathway: inner}]\n")
    Path("inner.yaml").write_text("include: [{pathway: ankle}]\n")
    assert names("ankle.yaml") == {"ankle.yaml", "ankle.examples.yaml", "inner.yaml"}


def test_a_file_that_cannot_be_read_is_made_of_what_it_was(ankle: Path) -> None:
    before = (Path("own.yaml"),)
    ankle.write_text("include: [", encoding="utf-8")
    assert Path("own.yaml") in watched_files("ankle.yaml", before)


@pytest.mark.parametrize(
    "text", ["[]", "a", "include: a", "include: [1, {pathway: [x]}]", "states: [1]"]
)
def test_nonsense_names_nothing(ankle: Path, text: str) -> None:
    ankle.write_text(text, encoding="utf-8")
    assert names("ankle.yaml") == {"ankle.yaml", "ankle.examples.yaml"}


def test_a_file_that_names_thousands_is_bounded(ankle: Path) -> None:
    ankle.write_text(f"catalogues: [{', '.join(f'c{n}.yaml' for n in range(3000))}]\n")
    assert len(watched_files("ankle.yaml")) == MOST_FILES


def test_a_pathway_of_the_library_is_watched_with_the_shared_catalogue() -> None:
    assert set(catalogue_files()) < set(watched_files("safety"))


def test_what_is_not_there_cannot_be_watched(ankle: Path) -> None:
    with pytest.raises(UnknownNameError):
        watched_files("nothing.yaml")


class Clock:
    """A clock that only moves while somebody waits, and does something each time."""

    def __init__(self, *steps: object) -> None:
        self.now = 0.0
        self.steps = list(steps)

    def pause(self, seconds: float) -> None:
        self.now += seconds
        step = self.steps.pop(0) if self.steps else None
        if callable(step):
            step()

    def time(self) -> float:
        return self.now


def test_a_file_that_is_emptied_and_then_filled_is_read_once_it_is_filled(ankle: Path) -> None:
    before = stamps_of([ankle])
    ankle.write_text("")
    clock = Clock(None, None, None, lambda: ankle.write_text("filled"))
    found = settled([ankle], before, pause=clock.pause, clock=clock.time)
    assert found == stamps_of([ankle])
    assert (stamp := found[ankle]) is not None
    assert stamp[1] == 6


def test_a_file_that_is_gone_for_a_moment_has_not_changed(ankle: Path) -> None:
    before = stamps_of([ankle])
    ankle.rename("kept.yaml")
    clock = Clock(None, lambda: Path("kept.yaml").rename(ankle))
    assert settled([ankle], before, pause=clock.pause, clock=clock.time) == before


def test_patience_ends(ankle: Path) -> None:
    before = stamps_of([ankle])
    ankle.unlink()
    clock = Clock()
    assert settled([ankle], before, pause=clock.pause, clock=clock.time) == {ankle: None}
    assert PATIENCE <= clock.now < PATIENCE + 0.1


def test_two_quick_saves_are_one(ankle: Path) -> None:
    before = stamps_of([ankle])
    ankle.write_text("first")
    clock = Clock(lambda: ankle.write_text("second, longer"))
    found = settled([ankle], before, pause=clock.pause, clock=clock.time)
    assert (stamp := found[ankle]) is not None
    assert stamp[1] == len("second, longer")
    assert saved_at(found) == pytest.approx(ankle.stat().st_mtime)
