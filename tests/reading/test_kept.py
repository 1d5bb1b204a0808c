"""The shared catalogue is kept once it was read and checked; whatever changes is read anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pathways.errors import DocumentError
from pathways.model.catalogue import Catalogue
from pathways.reading import catalogues, files
from pathways.reading.catalogues import library_catalogue, load_catalogues
from pathways.reading.files import CATALOGUE, shown_name
from pathways.reading.kept import FOLDER, digest_of, keep_data, kept_data

HEAT = "format: 1\ncatalogue: a\ntitle: A\ntreatments:\n  heat: {title: Heat, category: self_care, what: W}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one small file in place of the one that ships."""
    (tmp_path / "a.yaml").write_text(HEAT, encoding="utf-8")
    for module in (catalogues, files):
        monkeypatch.setattr(module, "CATALOGUE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def read() -> Catalogue:
    return library_catalogue.__wrapped__()


def kept(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.json")) if (folder / FOLDER).exists() else []


def test_the_catalogue_that_ships_is_the_same_read_anew() -> None:
    paths = sorted(CATALOGUE.rglob("*.yaml"))
    assert load_catalogues(paths, [shown_name(path, path) for path in paths]) == library_catalogue()


def test_what_was_read_is_kept_and_gives_the_same(folder: Path) -> None:
    first = read()
    assert len(kept(folder)) == 1
    assert read() == first
    assert list(first.treatments) == ["heat"]


def test_a_change_is_read_anew_and_the_earlier_one_dropped(folder: Path) -> None:
    read()
    (before,) = kept(folder)
    (folder / "a.yaml").write_text(HEAT.replace("heat", "warmth"), encoding="utf-8")
    assert list(read().treatments) == ["warmth"]
    assert [path == before for path in kept(folder)] == [False]


def test_a_catalogue_with_faults_is_not_kept(folder: Path) -> None:
    (folder / "a.yaml").write_text(HEAT.replace("what: W", "classes: [warm]"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DocumentError):
            read()
    assert kept(folder) == []


@pytest.mark.parametrize("content", ["", "{", "[1]", "{}", '[{"catalogue": 1}]', "null"])
def test_what_cannot_be_used_is_read_anew(folder: Path, content: str) -> None:
    read()
    (path,) = kept(folder)
    path.write_text(content, encoding="utf-8")
    assert list(read().treatments) == ["heat"]


def test_nothing_is_kept_where_python_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read()
    assert kept(folder) == []


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way", encoding="utf-8")
    keep_data(tmp_path, "x", [])
    assert kept_data(tmp_path, "x") is None


def test_the_digest_tells_files_apart() -> None:
    assert digest_of([b"ab", b""]) != digest_of([b"a", b"b"])
    assert digest_of([b"a"]) == digest_of([b"a"])
