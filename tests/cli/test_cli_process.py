"""The program as a process of its own: pipes, signals, terminals, encodings, what it imports."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pathways.cli.main import COMMANDS

Cli = Callable[..., Any]
Process = Callable[..., Any]
Environment = Callable[..., dict[str, str]]

POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")

HEAVY = {
    "fontTools",
    "graphviz",
    "importlib.metadata",
    "networkx",
    "numpy",
    "pandas",
    "pydantic",
    "pygraphviz",
    "shtab",
    "typst",
    "yaml",
}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pathways", *arguments]


# What is imported: names, not milliseconds.


def imported(
    arguments: list[str], environment: dict[str, str], folder: Path, expected_code: int
) -> set[str]:
    """Run the command line and return the heavy modules it has imported in the end."""
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('\\n' + '\\n'.join(sys.modules), file=sys.stderr))\n"
        "from pathways.cli.main import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=folder,
        env=environment,
    )
    assert done.returncode == expected_code, done.stderr
    modules = set(done.stderr.splitlines())
    assert "pathways.cli.main" in modules
    return HEAVY & modules


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        ([], 0),
        (["--version"], 0),
        (["lst"], 2),
        (["list", "--jsn"], 2),
        (["--verion"], 2),
        *(([name, "--help"], 0) for name in COMMANDS),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_help_and_typos_import_nothing_heavy(
    workdir: Path, environment: Environment, arguments: list[str], code: int
) -> None:
    assert imported(arguments, environment(), workdir, code) == set()


def test_help_imports_no_dataclasses_and_no_typing(workdir: Path, environment: Environment) -> None:
    script = (
        "import sys\n"
        "from pathways.cli.main import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    print('\\n' + ' '.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=workdir,
        env=environment(),
    )
    modules = set(done.stderr.split())
    assert "argparse" in modules
    assert modules.isdisjoint({"dataclasses", "inspect", "typing", "difflib", "json", "pathlib"})


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", "safety"],
        ["words", "safety"],
        ["draw", "safety", "-o", "x.dot"],
        ["draw", "safety", "-o", "x.svg"],
        ["draw", "safety", "-o", "x.svg", "--pages", "a4"],
        ["draw", "safety", "-o", "x.svg", "--embed-font"],
        ["draw", "safety", "-o", "x.pdf"],
        ["draw", "safety", "-o", "x.png"],
        ["table", "safety", "states"],
    ],
    ids=" ".join,
)
def test_commands_import_no_pandas_and_no_networkx(
    workdir: Path, environment: Environment, arguments: list[str]
) -> None:
    found = imported(arguments, environment(), workdir, 0)
    assert found.isdisjoint({"networkx", "numpy", "pandas", "graphviz", "shtab"})
    drawn = {"x.svg", "x.pdf", "x.png"} & set(arguments)
    assert ("pygraphviz" in found) == bool(drawn)
    assert ("typst" in found) == bool(drawn - {"x.svg"})
    assert "fontTools" not in found  # reads further fonts only


# Pipes, signals.


@POSIX
@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["--help"],
        ["schema"],
        ["draw", "safety", "-o", "-"],
        ["draw", "safety", "--pages", "a4", "-o", "-"],
    ],
    ids=" ".join,
)
def test_a_closed_pipe_is_no_error(
    workdir: Path, environment: Environment, arguments: list[str]
) -> None:
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    with os.fdopen(writing_end, "wb") as gone:
        done = subprocess.run(
            command(*arguments),
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
            cwd=workdir,
            env=environment(),
        )
    assert b"Traceback" not in done.stderr
    assert b"Broken pipe" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode == 0


@POSIX
def test_the_first_line_of_a_list_in_a_real_shell(workdir: Path, environment: Environment) -> None:
    line = f"'{sys.executable}' -m pathways schema | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        text=True,
        check=False,
        cwd=workdir,
        env=environment(),
    )
    assert done.stdout == "{\n0\n"
    assert done.stderr == ""


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["schema"], ["draw", "safety", "-o", "-"]], ids=" ".join)
def test_a_full_standard_output_is_said(
    workdir: Path, environment: Environment, arguments: list[str]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(*arguments),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=workdir,
            env=environment(),
        )
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@POSIX
def test_ctrl_c_ends_it_without_a_traceback(workdir: Path, environment: Environment) -> None:
    # A shell starts what it puts in the background with SIGINT ignored, and children inherit that.
    script = (
        "import signal, sys, pathways.reading.load\n"
        "from pathways.cli.main import run\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.argv[1:] = ['show', '-']\n"
        "print('ready', flush=True)\n"
        "run()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=workdir,
        env=environment(),
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        # Waits for its standard input, which stays open.
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=0.7)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, "", "")


# Terminals and encodings.

COLOURFUL = {
    "TERM": "xterm-256color",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "COLORTERM": "truecolor",
}


@pytest.mark.parametrize("arguments", [["--help"], ["lst"], ["show", "safety"]], ids=" ".join)
def test_there_are_no_colours(process: Process, arguments: list[str]) -> None:
    # The helper refuses every escape code; the text must not depend on these settings at all.
    plain = process(*arguments)
    assert process(*arguments, env=COLOURFUL) == plain
    assert process(*arguments, env={"NO_COLOR": "1", "TERM": "dumb"}) == plain


@POSIX
@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, COLOURFUL], ids=["NO_COLOR", "colourful"])
@pytest.mark.parametrize("arguments", [["--help"], ["list"]], ids=" ".join)
def test_a_real_terminal_gets_no_colours(
    workdir: Path, environment: Environment, env: dict[str, str], arguments: list[str]
) -> None:
    leader, follower = os.openpty()
    with subprocess.Popen(
        command(*arguments),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=workdir,
        env=environment({"TERM": "xterm-256color", **env}),
    ) as running:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:  # Linux says so when the other side is closed
                break
            if not part:
                break
            shown += part
    os.close(leader)
    assert running.returncode == 0
    assert len(shown) > 10
    assert b"\x1b" not in shown


@pytest.mark.parametrize("columns", [20, 60, 80, 100, 110, 300])
@pytest.mark.parametrize("arguments", [["show", "safety", "1"], ["routes", "safety"]], ids=" ".join)
def test_text_fits_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, columns: int, arguments: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = cli(*arguments)
    widest = max(60, min(columns, 110))
    # One line for a step or a way: they are read as a list, not as a paragraph.
    listed = re.compile(r"From step|  .*-> |  \S.*: (go to|the only way to) ")
    wide = [line for line in result.out.splitlines() if len(line) > widest]
    assert [line for line in wide if not listed.match(line)] == []
    assert result.code == 0


def test_a_narrow_terminal_changes_only_the_line_breaks(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {}
    for columns in ("60", "110"):
        monkeypatch.setenv("COLUMNS", columns)
        shown[columns] = cli("show", "safety", "1").out
    assert shown["60"] != shown["110"]
    assert shown["60"].split() == shown["110"].split()


ENCODINGS = [
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "utf-16"},
]


@pytest.fixture
def accented(starter: str, workdir: Path) -> str:
    """A pathway whose title no old encoding can show."""
    text = (workdir / starter).read_text(encoding="utf-8")
    (workdir / "accented.yaml").write_text(
        text.replace("title: Sore knee", "title: Épaule Ωμος плечо – douleur"), encoding="utf-8"
    )
    return "accented.yaml"


@pytest.mark.parametrize("env", ENCODINGS, ids=str)
def test_no_encoding_is_a_reason_to_fail(
    process: Process, accented: str, env: dict[str, str]
) -> None:
    result = process("show", accented, env=env)
    assert result.code == 0, result.err
    assert result.err == ""
    assert len(result.raw) > 100


@pytest.mark.parametrize("env", ENCODINGS[1:3], ids=str)
def test_json_and_pictures_are_the_same_in_every_encoding(
    process: Process, accented: str, workdir: Path, env: dict[str, str]
) -> None:
    plain = json.loads(process("show", accented, "--json").out)
    assert json.loads(process("show", accented, "--json", env=env).out) == plain
    picture = process("draw", accented, "-o", "-").raw
    assert "Épaule Ωμος плечо – douleur".encode() in picture
    assert process("draw", accented, "-o", "-", env=env).raw == picture
    text = (workdir / accented).read_bytes()
    assert process("draw", "-", "-o", "-", env=env, stdin=text).raw == picture


@pytest.mark.parametrize("env", ENCODINGS[1:3], ids=str)
def test_faults_are_told_in_every_encoding(
    process: Process, accented: str, workdir: Path, env: dict[str, str]
) -> None:
    text = (workdir / accented).read_text(encoding="utf-8")
    (workdir / "fäulty.yaml").write_text(text.replace("kind: end", "kind: énd"), encoding="utf-8")
    done = subprocess.run(
        command("show", "fäulty.yaml"),
        capture_output=True,
        check=False,
        cwd=workdir,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **env},
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    assert done.stderr.replace(b"\0", b"").count(b"error[") == 2


def test_hash_order_shows_nowhere(process: Process) -> None:
    for arguments in (
        ["routes", "safety", "--json"],
        ["draw", "safety", "-o", "-"],
        ["draw", "safety", "--pages", "a4", "-o", "-"],
    ):
        results = {process(*arguments, env={"PYTHONHASHSEED": seed}).raw for seed in "12"}
        assert len(results) == 1


def test_the_module_runs_as_the_command_does(process: Process) -> None:
    assert process("--version").out.startswith("pathways ")
    assert process("--help").out.startswith("usage: pathways ")
