"""Writing files: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path as FilePath

import pytest

from pathways.reading.writing import write_bytes, write_text


def names(folder: FilePath) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_text_is_written_as_it_is(tmp_path: FilePath) -> None:
    path = tmp_path / "new.txt"
    write_text(path, "é\r\nb\n")
    assert path.read_bytes() == b"\xc3\xa9\r\nb\n"
    assert names(tmp_path) == ["new.txt"]


@pytest.mark.parametrize("step", ["write", "chmod", "replace"])
def test_nothing_is_left_half_written(
    step: str, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.txt"
    path.write_text("before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    def close_and_fail(handle: int, _: str) -> None:
        os.close(handle)
        fail()

    if step == "write":
        monkeypatch.setattr(os, "fdopen", close_and_fail)
    else:
        monkeypatch.setattr(FilePath, step, fail)
    with pytest.raises(OSError, match="No space left"):
        write_bytes(path, b"after")
    monkeypatch.undo()
    assert path.read_text() == "before"
    assert names(tmp_path) == ["old.txt"]


def test_an_interruption_leaves_nothing_either(
    tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(FilePath, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "new.txt", b"after")
    assert names(tmp_path) == []


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_the_mode_of_a_file_is_kept(mode: int, tmp_path: FilePath) -> None:
    path = tmp_path / "old.txt"
    path.write_text("before")
    path.chmod(mode)
    write_text(path, "after")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text() == "after"


def test_a_new_file_has_the_usual_mode(tmp_path: FilePath) -> None:
    (tmp_path / "usual.txt").touch()
    write_text(tmp_path / "new.txt", "x")
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "usual.txt").stat().st_mode


def test_a_symbolic_link_stays_one(tmp_path: FilePath) -> None:
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "file.txt"
    target.write_text("before")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_text(link, "after")
    assert link.is_symlink()
    assert target.read_text() == "after"


def test_what_is_no_file_is_written_to(tmp_path: FilePath) -> None:
    write_text(FilePath(os.devnull), "gone")
    assert FilePath(os.devnull).exists()
    assert not FilePath(os.devnull).is_file()


def test_a_long_name_can_be_written(tmp_path: FilePath) -> None:
    path = tmp_path / ("n" * 255)
    write_text(path, "x")
    assert path.read_text() == "x"


def test_a_folder_that_is_not_there(tmp_path: FilePath) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_text(tmp_path / "no" / "file.txt", "x")
