"""The command line under test: in this process, and as a process of its own."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

import pathways
from pathways.cli.main import main

PACKAGE_PARENT = Path(pathways.__file__).resolve().parents[1]
ESCAPE = "\x1b"


@dataclass(frozen=True)
class Result:
    """What one run of the command line gave."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")


class Cli(Protocol):
    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Result: ...


class Process(Protocol):
    def __call__(
        self, *arguments: str, env: Mapping[str, str] | None = None, stdin: bytes = b""
    ) -> Result: ...


@pytest.fixture
def workdir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("COLUMNS", raising=False)
    return folder


@pytest.fixture
def cli(
    workdir: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Cli:
    """Run the command line in this process, in an empty folder; never a traceback or a colour."""

    def run(*arguments: str, stdin: str | bytes = b"") -> Result:
        content = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        capsysbinary.readouterr()
        try:
            code = main(arguments)
        except SystemExit as leaving:
            code = -1 if leaving.code is None or isinstance(leaving.code, str) else leaving.code
        sys.stdout.flush()
        captured = capsysbinary.readouterr()
        return _checked(Result(code, captured.out, captured.err.decode("utf-8")))

    return run


@pytest.fixture
def process(workdir: Path) -> Process:
    """Run the command line as a process of its own, in an empty folder and a bare environment."""

    def run(*arguments: str, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "pathways", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
            cwd=workdir,
            env=bare_environment(env),
        )
        return _checked(Result(done.returncode, done.stdout, done.stderr.decode("utf-8")))

    return run


def bare_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment with nothing but the ways to Python and to the package."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": str(PACKAGE_PARENT), **(more or {})}


def _checked(result: Result) -> Result:
    """Nobody may ever see a traceback or an escape code."""
    assert "Traceback" not in result.err, result.err
    assert ESCAPE not in result.err
    if not result.raw.startswith((b"\x89PNG", b"%PDF")):
        assert ESCAPE.encode() not in result.raw
    return result


@pytest.fixture
def environment() -> Callable[..., dict[str, str]]:
    """Make an environment with nothing but the ways to Python and to the package."""
    return bare_environment


@pytest.fixture
def starter(cli: Cli, workdir: Path) -> str:
    """Write the file that ``pathways new`` gives, and return its name."""
    result = cli("new", "sore-knee")
    assert result.code == 0
    assert (workdir / "sore-knee.yaml").is_file()
    return "sore-knee.yaml"


@pytest.fixture
def faulty(starter: str, workdir: Path) -> str:
    """Write a file with three faults, each in a line of its own."""
    text = (workdir / starter).read_text(encoding="utf-8")
    for right, wrong in (
        ("to: hospital}", "to: hospitol}"),
        ("when: not long_lasting", "when: not long_lastin"),
        ("        kind: time", "        kind: time"),
        ("    category: referral", "    categry: referral"),
    ):
        assert right in text or right == wrong
        text = text.replace(right, wrong)
    (workdir / "faulty.yaml").write_text(text, encoding="utf-8")
    return "faulty.yaml"


@pytest.fixture
def place_of(workdir: Path) -> Callable[[str, str], tuple[int, int]]:
    """Find where a word stands in a file: line and column, both from 1."""

    def find(file: str, word: str) -> tuple[int, int]:
        lines = (workdir / file).read_text(encoding="utf-8").splitlines()
        found = [
            (number, match.start() + 1)
            for number, line in enumerate(lines, start=1)
            for match in re.finditer(re.escape(word), line)
        ]
        assert len(found) == 1, f"{word} stands in {file} {len(found)} times"
        return found[0]

    return find


def parsed(text: str) -> Any:
    """JSON as plain data; a constant that is no JSON is refused."""
    import json

    def refuse(constant: str) -> Any:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def json_of() -> Callable[[str], Any]:
    return parsed


@pytest.fixture
def shell(workdir: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a line of shell in an empty folder, where ``pathways`` is the program under test."""
    home, programs = tmp_path / "home", tmp_path / "programs"
    for folder in (home, programs):
        folder.mkdir()
    program = programs / "pathways"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pathways "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    env = bare_environment({"HOME": str(home)})
    env["PATH"] = os.pathsep.join((str(programs), env["PATH"]))

    def run(line: str, name: str = "bash") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [name, *(["-f"] if name != "bash" else ["--noprofile", "--norc"]), "-c", line],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            cwd=workdir,
            env=env,
        )

    return run
