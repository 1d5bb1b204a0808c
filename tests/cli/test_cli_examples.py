"""Every example in a help text is run as it stands there, by a real shell in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pathways.cli.main import COMMANDS, EXAMPLES, make_parser
from pathways.records.examples import example_files

Cli = Callable[..., Any]
Shell = Callable[..., Any]

POSIX = pytest.mark.skipif(os.name != "posix", reason="the examples are for a POSIX shell")

SHELL_SIGNS = re.compile(r"[&|<>$]")


def examples_in(text: str) -> list[str]:
    """Return the command lines after 'example:' or 'examples:', without what is said beside them."""
    _, _, after = text.partition("example")
    lines: list[str] = []
    for line in after.splitlines()[1:]:
        if not line.startswith("  "):
            break
        lines.append(re.split(r"\s{2,}", line.strip())[0])
    return lines


def all_examples() -> dict[str, list[str]]:
    found = {"pathways": examples_in(EXAMPLES)}
    for action in make_parser().actions():
        if action.dest == "command" and isinstance(action.choices, dict):
            for name, parser in action.choices.items():
                found[name] = examples_in(parser.epilog or "")
    return found


ALL = all_examples()
LINES = [line for lines in ALL.values() for line in lines]


def test_every_command_has_an_example_of_its_own() -> None:
    assert list(ALL) == ["pathways", *COMMANDS]
    for name, lines in ALL.items():
        assert any(f"pathways {name}" in line for line in lines) or name == "pathways"
        assert lines


def test_an_example_is_what_stands_in_the_help(cli: Cli) -> None:
    shown = cli("draw", "--help").out
    assert ALL["draw"]
    assert all(line in shown for line in ALL["draw"])


@pytest.mark.parametrize("line", [line for line in LINES if not SHELL_SIGNS.search(line)])
def test_an_example_runs(cli: Cli, workdir: Path, line: str) -> None:
    program, *arguments = shlex.split(line)
    assert program == "pathways"
    if "new" not in arguments:
        assert cli("new", "my-pathway").code == 0
        assert cli("new", "--clinic", "clinic").code == 0
    if "patients/" in arguments:
        (workdir / "patients").mkdir()
        for name in ("seed-000", "gabapentin-for-sciatica"):
            shutil.copy(example_files()[name], workdir / "patients")
    before = set(workdir.iterdir())
    result = cli(*arguments)
    assert result.code == 0, result.err
    made = {path.name for path in set(workdir.iterdir()) - before}
    assert made or result.raw
    outputs = [each for sign, each in pairwise(arguments) if sign == "-o" and each != "-"]
    if outputs:
        output = Path(outputs[0])
        if "--pages" in arguments and output.suffix != ".pdf":
            numbers = range(1, len(made) + 1)
            assert made == {f"{output.stem}-page-{n:02}{output.suffix}" for n in numbers}
            assert len(made) > 1
        else:
            assert made == {Path(each).name for each in outputs}


@POSIX
@pytest.mark.parametrize("line", [line for line in LINES if SHELL_SIGNS.search(line)])
def test_an_example_for_the_shell_runs(shell: Shell, tmp_path: Path, line: str) -> None:
    (tmp_path / "home" / ".zsh" / "completions").mkdir(parents=True)
    done = shell(line)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


# Completion, in the shells themselves.


def completions(shell: Shell, *words: str) -> list[str]:
    """What bash offers at the end of a line."""
    listed = " ".join(shlex.quote(word) for word in words)
    done = shell(
        'eval "$(pathways completion bash)"\n'
        "function=$(complete -p pathways | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n"
        f"COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}\n"
        f"COMP_LINE={shlex.quote(' '.join(words))}; COMP_POINT=${{#COMP_LINE}}\n"
        f"$function pathways {shlex.quote(words[-1])} {shlex.quote(words[-2])} 2>/dev/null\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert done.returncode == 0, done.stderr
    return sorted(set(done.stdout.split()))


@POSIX
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("pathways", "dr"), ["draw"]),
        (("pathways", "s"), ["schema", "show"]),
        (("pathways", "draw", "--th"), ["--theme"]),
        (("pathways", "draw", "safety", "--theme", "p"), ["print"]),
        (("pathways", "draw", "safety", "--pages", ""), ["a4", "letter"]),
        (("pathways", "draw", "safety", "--profile", "c"), ["clear-print", "clinician"]),
        (("pathways", "draw", "sev"), ["severe-back-pain"]),
        (("pathways", "table", "safety", "t"), ["thresholds", "transitions", "treatments"]),
        (("pathways", "completion", ""), ["bash", "tcsh", "zsh"]),
    ],
    ids=" ".join,
)
def test_bash_completes(shell: Shell, words: tuple[str, ...], offered: list[str]) -> None:
    assert completions(shell, *words) == offered


@POSIX
def test_bash_completes_pathway_files(shell: Shell, workdir: Path) -> None:
    for name in ("mine.yaml", "mine.txt"):
        (workdir / name).write_text("", encoding="utf-8")
    assert completions(shell, "pathways", "show", "mi") == ["mine.yaml"]


@POSIX
@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_zsh_takes_the_script(shell: Shell) -> None:
    assert shell("pathways completion zsh > _pathways && zsh -n _pathways").returncode == 0
    done = shell(
        "pathways completion zsh > _pathways && fpath=($PWD $fpath)\n"
        "autoload -U compinit && compinit -u -D\n"
        "print ${_comps[pathways]}",
        "zsh",
    )
    assert done.stdout == "_pathways\n", done.stderr


@POSIX
@pytest.mark.skipif(shutil.which("tcsh") is None, reason="tcsh is not installed")
def test_tcsh_takes_the_script(shell: Shell) -> None:
    done = shell("pathways completion tcsh > pathways.tcsh; source pathways.tcsh; complete", "tcsh")
    assert done.returncode == 0, done.stderr
    assert "pathways" in done.stdout


@pytest.mark.parametrize("name", ["bash", "zsh", "tcsh"])
def test_a_script_knows_every_command_and_every_library_name(cli: Cli, name: str) -> None:
    script = cli("completion", name).out
    assert all(command in script for command in COMMANDS)
    if name != "tcsh":
        assert "severe-back-pain" in script
