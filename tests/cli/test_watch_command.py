"""``pathways watch``: looking once, and serving until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pathways.cli import watch_command
from tests.interrupting import command

Cli = Callable[..., Any]


def test_once_draws_and_checks_a_good_file(cli: Cli, starter: str) -> None:
    result = cli("watch", starter, "--once")
    assert result.code == 0
    assert "it can be drawn" in result.out
    assert "passes" in result.out
    assert result.err == ""


def test_once_without_the_check(cli: Cli, starter: str) -> None:
    result = cli("watch", starter, "--once", "--no-check")
    assert (result.code, result.out.count("\n")) == (0, 1)


def test_once_says_faults_with_their_lines(cli: Cli, faulty: str, workdir: Path) -> None:
    result = cli("watch", faulty, "--once")
    assert (result.code, result.raw) == (1, b"")
    said = result.err.splitlines()
    assert said[-1] == "3 problems found"
    lines = (workdir / faulty).read_text(encoding="utf-8").splitlines()
    for place, line, caret in zip(said[0:9:3], said[1:9:3], said[2:9:3], strict=True):
        _, number, column, _ = place.split(":", 3)
        assert line == f"{number:>6} | {lines[int(number) - 1]}"
        assert caret.index("^") == int(column) - 1 + len("     1 | ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("watch", "nothing.yaml", "--once"), "no pathway or file 'nothing.yaml'"),
        (("watch", "nothing.yaml", "--no-browser"), "no pathway or file 'nothing.yaml'"),
        (("watch", "safety", "--phase", "nowhere", "--once"), "no phase 'nowhere'"),
        (("watch", "-"), "standard input cannot be watched"),
        (("watch", "safety", "--port", "0"), "from 1 to 65535"),
        (("watch", "safety", "--port", "x"), "from 1 to 65535"),
    ],
)
def test_wrong_use_is_said(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    result = cli(*arguments)
    assert result.code == 2
    assert said in result.err


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent otherwise elsewhere")
def test_ctrl_c_ends_it_quietly(
    starter: str, workdir: Path, environment: Callable[..., dict[str, str]]
) -> None:
    process = subprocess.Popen(
        command("watch", starter, "--no-browser"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=workdir,
        env=environment(),
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    with urllib.request.urlopen(url, timeout=20) as answer:
        assert f"<h1>{starter}</h1>" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "Ctrl-C ends it\n")


@pytest.mark.parametrize(("display", "opens"), [(":0", True), ("", False)])
def test_a_browser_is_opened_where_there_are_windows(
    monkeypatch: pytest.MonkeyPatch, display: str, opens: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    opening = watch_command._open("http://127.0.0.1:1/")
    if opening is not None:
        opening.join(10)
    assert opened == (["http://127.0.0.1:1/"] if opens else [])
