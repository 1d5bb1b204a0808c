"""``pathways diff``: files, library names and revisions; exit codes as of diff."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.differences.versions import AGAINST, BOUNDARY, FIRST, TEXT, changed_text

Cli = Callable[..., Any]

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def files(workdir: Path) -> Path:
    """The first version and others as files of the current folder."""
    (workdir / "old.yaml").write_text(TEXT, "utf-8")
    (workdir / "same.yaml").write_text(TEXT.replace("pain >= 5", "not pain < 5"), "utf-8")
    (workdir / "new.yaml").write_text(changed_text(BOUNDARY), "utf-8")
    (workdir / "cited.yaml").write_text(changed_text(AGAINST), "utf-8")
    return workdir


def test_two_versions_that_differ_are_exit_code_1(cli: Cli, files: Path) -> None:
    result = cli("diff", "old.yaml", "new.yaml")
    assert result.code == 1
    assert "exactly 12 weeks" in " ".join(result.out.split())
    assert not result.err


def test_another_way_of_writing_is_exit_code_0(cli: Cli, files: Path) -> None:
    result = cli("diff", "old.yaml", "same.yaml")
    assert result.code == 0
    assert "Nothing differs." in result.out


def test_only_what_is_asked_for_decides_the_exit_code(cli: Cli, files: Path) -> None:
    assert cli("diff", "old.yaml", "cited.yaml", "--only", "meaning").code == 0
    assert cli("diff", "old.yaml", "cited.yaml", "--only", "evidence").code == 1
    both = cli("diff", "old.yaml", "cited.yaml", "--only", "texts", "--only", "evidence")
    assert both.code == 1
    assert "Who is treated differently" not in both.out


def test_json_is_data(cli: Cli, files: Path) -> None:
    result = cli("diff", "old.yaml", "new.yaml", "--json")
    data = json.loads(result.out)
    assert result.code == 1
    assert data["shifts"][0]["group"]["example"]["weeks"] == 12
    assert data["is_same_in_meaning"] is False


def test_markdown_has_headings(cli: Cli, files: Path) -> None:
    result = cli("diff", "old.yaml", "new.yaml", "--markdown")
    assert "## Who is treated differently" in result.out


@pytest.mark.parametrize("name", ["changes.svg", "changes.png"])
def test_a_picture_is_written_beside_the_words(cli: Cli, files: Path, name: str) -> None:
    result = cli("diff", "old.yaml", "new.yaml", "-o", name, "--theme", "print")
    assert result.code == 1
    assert "Who is treated differently" in result.out
    assert (files / name).stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("old.yaml",), "two versions are needed"),
        (("old.yaml", "new.yaml", "new.yaml"), "two versions are needed"),
        (("--git", "HEAD", "old.yaml", "new.yaml"), "--git takes one file"),
        (("old.yaml", "new.yaml", "-o", "-"), "-o needs a file"),
        (("old.yaml", "new.yaml", "-o", "x.txt"), "picture format"),
        (("old.yaml", "new.yaml", "--theme", "print"), "it goes with -o"),
        (("old.yaml", "new.yaml", "--json", "--markdown"), "not allowed with"),
        (("old.yaml", "gone.yaml"), "no pathway or file 'gone.yaml'"),
        (("old.yaml", "new.yaml", "--only", "all"), "cannot be 'all'"),
    ],
)
def test_wrong_use_is_exit_code_2(
    cli: Cli, files: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli("diff", *arguments)
    assert result.code == 2
    assert message in result.err
    assert not result.raw


def test_a_file_with_faults_is_trouble_and_no_difference(cli: Cli, files: Path) -> None:
    (files / "bad.yaml").write_text(TEXT.replace("to: scan", "to: scann"), "utf-8")
    result = cli("diff", "old.yaml", "bad.yaml")
    assert result.code == 2
    assert "bad.yaml:" in result.err


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody, with no settings of the machine."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Someone",
        "GIT_AUTHOR_EMAIL": "someone@example.org",
        "GIT_COMMITTER_NAME": "Someone",
        "GIT_COMMITTER_EMAIL": "someone@example.org",
    }
    subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True
    )


@pytest.fixture
def repository(workdir: Path) -> Path:
    """A repository whose file was changed since its tag v1."""
    (workdir / "care").mkdir()
    git(workdir, "init", "--quiet")
    (workdir / "care" / "knee-pain.yaml").write_text(TEXT, "utf-8")
    git(workdir, "add", "care")
    git(workdir, "commit", "--quiet", "-m", "first")
    git(workdir, "tag", "v1")
    (workdir / "care" / "knee-pain.yaml").write_text(changed_text(BOUNDARY), "utf-8")
    return workdir


@GIT
def test_a_file_is_compared_with_its_revision(cli: Cli, repository: Path) -> None:
    result = cli("diff", "--git", "HEAD", "care/knee-pain.yaml")
    assert result.code == 1
    assert "1.2.0 -> 1.3.0" in result.out
    git(repository, "commit", "--quiet", "--all", "-m", "second")
    assert cli("diff", "--git", "HEAD", "care/knee-pain.yaml").code == 0
    assert cli("diff", "--git", "v1", "care/knee-pain.yaml").code == 1


@GIT
def test_two_revisions_are_compared(cli: Cli, repository: Path) -> None:
    git(repository, "commit", "--quiet", "--all", "-m", "second")
    result = cli("diff", "v1:care/knee-pain.yaml", "HEAD:./care/knee-pain.yaml")
    assert result.code == 1
    assert "1.2.0 -> 1.3.0" in result.out


@GIT
def test_what_a_file_includes_is_that_of_the_revision(cli: Cli, repository: Path) -> None:
    outer = """format: 1
pathway: outer
title: Outer
version: 0.1.0
updated: 2026-01-31
catalogues: []
include: [knee-pain]
start: first
states:
  first: {kind: clinical_state, title: First, next: [{to: begin}]}
"""
    (repository / "care" / "knee-pain.yaml").write_text(TEXT, "utf-8")
    (repository / "care" / "outer.yaml").write_text(outer, "utf-8")
    git(repository, "add", "care")
    git(repository, "commit", "--quiet", "-m", "outer")
    assert cli("diff", "--git", "HEAD", "care/outer.yaml").code == 0
    (repository / "care" / "knee-pain.yaml").write_text(changed_text(BOUNDARY), "utf-8")
    result = cli("diff", "--git", "HEAD", "care/outer.yaml")
    assert result.code == 1
    assert "exactly 12 weeks" in " ".join(result.out.split())


@GIT
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--git", "nowhere", "care/knee-pain.yaml"), "no revision 'nowhere'"),
        (("--git=--output=x", "care/knee-pain.yaml"), "is no revision"),
        (("v1:care/other.yaml", "care/knee-pain.yaml"), "has no file 'care/other.yaml'"),
        (("v1:../../x.yaml", "care/knee-pain.yaml"), "is no file inside"),
        (("--git", "v1", "care/other.yaml"), "no pathway or file"),
    ],
)
def test_what_git_does_not_know_is_said(
    cli: Cli, repository: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli("diff", *arguments)
    assert result.code == 2
    assert message in result.err
    assert not (repository / "x").exists()


@GIT
def test_a_folder_that_is_no_repository_is_said(
    cli: Cli, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(files.parent))
    result = cli("diff", "--git", "HEAD", "old.yaml")
    assert result.code == 2
    assert "git cannot read a repository here" in result.err


def test_a_machine_without_git_is_told_what_to_do(
    cli: Cli, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(files / "nothing"))
    result = cli("diff", "--git", "HEAD", "old.yaml")
    assert result.code == 2
    assert "git is not installed" in result.err
    assert "two files" in result.err


@GIT
def test_no_hook_and_no_filter_of_the_repository_runs(cli: Cli, repository: Path) -> None:
    ran = repository / "ran"
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        hook = repository / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n", "utf-8")
        hook.chmod(0o755)
    (repository / ".gitattributes").write_text("*.yaml diff=own filter=own\n", "utf-8")
    for key in ("diff.own.textconv", "filter.own.smudge", "core.fsmonitor", "core.pager"):
        git(repository, "config", key, f"touch {ran}; cat")
    assert cli("diff", "--git", "v1", "care/knee-pain.yaml").code == 1
    assert not ran.exists()


def test_a_library_pathway_does_not_differ_from_its_file(cli: Cli, workdir: Path) -> None:
    from pathways.reading.files import file_of

    assert cli("diff", "safety", str(file_of("safety"))).code == 0
    assert FIRST.is_file()
