"""Wrong use and faulty files: the exit code, the exact message, and nothing half written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import pathways.cli.main as main_module
from pathways.cli.outcome import outcome

Cli = Callable[..., Any]

READING = {
    "show": ("show",),
    "draw": ("draw", "-o", "out.svg"),
    "draw-to-stdout": ("draw", "-o", "-"),
    "words": ("words", "-o", "out.txt"),
    "table": ("table",),
    "routes": ("routes",),
}
AFTER = {"table": ("states",)}


def reading(name: str, source: str) -> tuple[str, ...]:
    """Arguments of a command that reads a pathway."""
    command, *options = READING[name]
    return (command, source, *AFTER.get(name, ()), *options)


# Typos. What follows the command's name is the message; the second line says where help is.

TYPOS = [
    (("lst",), "pathways: no command 'lst'; did you mean 'list'?"),
    (("lst", "show"), "pathways: no command 'lst'; did you mean 'list'?"),
    (("--verion",), "pathways: '--verion' cannot stand here; did you mean '--version'?"),
    (
        ("draw", "safety", "--them", "print"),
        "pathways draw: '--them' cannot stand here; did you mean '--theme'?",
    ),
    (
        ("draw", "safety", "--them=print"),
        "pathways draw: '--them=print' cannot stand here; did you mean '--theme'?",
    ),
    (
        ("draw", "safety", "--theme", "prnt"),
        "pathways draw: --theme cannot be 'prnt'; did you mean 'print'?",
    ),
    (
        ("draw", "safety", "--format", "sgv"),
        "pathways draw: --format cannot be 'sgv'; did you mean 'svg'?",
    ),
    (
        ("words", "safety", "--reader", "patent"),
        "pathways words: --reader cannot be 'patent'; did you mean 'patient'?",
    ),
    (
        ("table", "safety", "stats"),
        "pathways table: table cannot be 'stats'; did you mean 'states'?",
    ),
    (
        ("table", "safety", "states", "--format", "cvs"),
        "pathways table: --format cannot be 'cvs'; did you mean 'csv'?",
    ),
    (("schema", "pathwy"), "pathways schema: name cannot be 'pathwy'; did you mean 'pathway'?"),
    (("completion", "zhs"), "pathways completion: shell cannot be 'zhs'; did you mean 'zsh'?"),
    (
        ("completion", "fish"),
        "pathways completion: shell cannot be 'fish'; known: 'bash', 'tcsh', 'zsh'",
    ),
    (("list", "--jsn"), "pathways list: '--jsn' cannot stand here; did you mean '--json'?"),
    (("list", "more"), "pathways list: 'more' cannot stand here"),
    (("draw",), "pathways draw: the following arguments are required: ID_OR_FILE"),
    (
        ("draw", "safety", "-o", "picture"),
        "pathways draw: 'picture' has no ending such as .svg, .png or .pdf; add one, or --format",
    ),
    (("draw", "safety", "--steps", "2"), "pathways draw: --steps goes with --around"),
    (("draw", "safety", "--from", "2"), "pathways draw: --from goes with --to"),
    (
        ("draw", "safety", "--around", "1", "--steps", "0"),
        "pathways draw: argument --steps: a whole number from 1 to 50 is needed, not '0'",
    ),
    (
        ("draw", "safety", "--dpi", "9999"),
        "pathways draw: argument --dpi: a whole number from 36 to 600 is needed, not '9999'",
    ),
    (
        ("routes", "safety", "--to", "1", "--most", "-1"),
        "pathways routes: argument --most: a whole number from 1 to 10000 is needed, not '-1'",
    ),
    (
        ("words", "safety", "--phase", "1", "--around", "1"),
        "pathways words: argument --around: not allowed with argument --phase",
    ),
    (
        ("new", "Sore_Knee"),
        "pathways new: 'Sore_Knee' is no name: small letters, digits and -, such as sore-knee",
    ),
    (
        ("new", "../knee"),
        "pathways new: '../knee' is no name: small letters, digits and -, such as sore-knee",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), TYPOS, ids=[" ".join(each) for each, _ in TYPOS])
def test_wrong_use_is_named(
    cli: Cli, workdir: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli(*arguments)
    prog = message.split(":", maxsplit=1)[0]
    assert (result.code, result.out) == (2, "")
    assert result.err == f"{message}\nTry '{prog} --help'.\n"
    assert list(workdir.iterdir()) == []


# Names that the pathway does not have.

NAMES = [
    (("show", "{}", "how_lon"), "no state 'how_lon'; did you mean 'how_long'?"),
    (("show", "{}", "how_lon", "--json"), "no state 'how_lon'; did you mean 'how_long'?"),
    (("show", "{}", "7"), "no step number '7'; known: '1 to 6'"),
    (("draw", "{}", "--around", "hospitl"), "no state 'hospitl'; did you mean 'hospital'?"),
    (("draw", "{}", "--around", "99"), "no step number '99'; known: '1 to 6'"),
    (("draw", "{}", "--phase", "car"), "no phase 'car'; did you mean 'care'?"),
    (("words", "{}", "--phase", "3"), "no phase '3'; known: 'care', 'check'"),
    (("words", "{}", "--to", "hospitl"), "no state 'hospitl'; did you mean 'hospital'?"),
    (("draw", "{}", "--highlight", "9"), "no step number '9'; known: '1 to 6'"),
    (
        ("draw", "{}", "--highlight", "4/3"),
        "no way on from step '4' with the number '3'; known: '1', '2'",
    ),
    (("routes", "{}", "--to", "hospitl"), "no state 'hospitl'; did you mean 'hospital'?"),
    (("routes", "{}", "--from", "x", "--to", "1"), "no state 'x'"),
    (
        ("routes", "{}", "--without", "arm_exercise"),
        "no treatment, test, class or state 'arm_exercise'; did you mean 'arm_exercises'?",
    ),
    (
        ("routes", "{}", "--compare", "safty"),
        "no pathway or file 'safty'; did you mean 'safety'?",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), NAMES, ids=[" ".join(each) for each, _ in NAMES])
def test_unknown_names_get_the_nearest(
    cli: Cli, starter: str, workdir: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli(*(each.format(starter) for each in arguments))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"pathways: {message}")
    assert len(result.err.splitlines()) == 1
    assert [path.name for path in workdir.iterdir()] == [starter]


def test_an_unknown_ending_lists_the_known_ones(cli: Cli, starter: str, workdir: Path) -> None:
    result = cli("draw", starter, "-o", "knee.sgv")
    assert (result.code, result.out) == (2, "")
    assert ".sgv" in result.err
    assert ".svg" in result.err
    assert [path.name for path in workdir.iterdir()] == [starter]


# Files that cannot be read, or are faulty.


@pytest.mark.parametrize("name", READING)
def test_a_file_that_is_not_there(cli: Cli, workdir: Path, name: str) -> None:
    result = cli(*reading(name, "missing.yaml"))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("pathways: no pathway or file 'missing.yaml'; ")
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize("name", READING)
def test_a_typo_in_a_library_name(cli: Cli, name: str) -> None:
    result = cli(*reading(name, "sever-back-pain"))
    assert result.code == 2
    assert result.err == (
        "pathways: no pathway or file 'sever-back-pain'; did you mean 'severe-back-pain' or 'chronic-back-pain'?\n"
    )


@pytest.mark.parametrize("name", READING)
def test_a_folder_is_no_file(cli: Cli, workdir: Path, name: str) -> None:
    (workdir / "folder").mkdir()
    result = cli(*reading(name, "folder"))
    assert (result.code, result.out) == (2, "")
    assert "folder" in result.err.splitlines()[0]


@pytest.mark.parametrize("name", READING)
def test_a_faulty_file_lists_every_fault_with_its_place(
    cli: Cli,
    faulty: str,
    workdir: Path,
    place_of: Callable[[str, str], tuple[int, int]],
    name: str,
) -> None:
    before = sorted(workdir.iterdir())
    result = cli(*reading(name, faulty))
    faults = [
        ("categry", "error[unknown-key]: unknown key 'categry'; did you mean 'category'?"),
        ("hospitol", "error[unknown-state]: no state 'hospitol'; did you mean 'hospital'?"),
        (
            "long_lastin,",
            (
                "error[unknown-finding]: no finding or definition 'long_lastin'; "
                "did you mean 'long_lasting'?"
            ),
        ),
    ]
    places = [place_of(faulty, word) for word, _ in faults]
    assert result.err.splitlines() == [
        *(
            f"{faulty}:{line}:{column}: {text}"
            for (line, column), (_, text) in zip(places, faults, strict=True)
        ),
        "3 problems found",
    ]
    assert (result.code, result.out) == (1, "")
    assert sorted(workdir.iterdir()) == before


def test_a_faulty_file_leaves_the_old_picture_alone(cli: Cli, faulty: str, workdir: Path) -> None:
    (workdir / "out.svg").write_text("old", encoding="utf-8")
    assert cli("draw", faulty, "-o", "out.svg").code == 1
    assert (workdir / "out.svg").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", READING)
def test_faults_on_standard_input_have_places_too(
    cli: Cli, faulty: str, workdir: Path, name: str
) -> None:
    result = cli(*reading(name, "-"), stdin=(workdir / faulty).read_bytes())
    assert (result.code, result.out) == (1, "")
    assert [line.split(":")[0] for line in result.err.splitlines()[:-1]] == ["<stdin>"] * 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "<stdin>:1:1: error["),
        (b"title: caf\xe9", "<stdin>:1:11: error[not-utf8]"),
        (b"a: [", "<stdin>:1:"),
        (b"a: b\0", "<stdin>:1:5: error[control-character]"),
        (b"- " * 100_000, "<stdin>:1:"),
        (b"x" * 2_000_001, "<stdin>:1:1: error[file-too-large]"),
        (b"\xff\xfe\x00", "<stdin>:1:1: error[not-utf8]"),
    ],
    ids=["empty", "latin-1", "no YAML", "NUL", "deep", "huge", "UTF-16"],
)
def test_hostile_standard_input_is_refused(cli: Cli, content: bytes, says: str) -> None:
    result = cli("show", "-", stdin=content)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(says)
    assert len(result.err) < 2_000


# Files that cannot be written.

WRITING = {
    "draw": ("draw", "safety", "--format", "dot"),
    "words": ("words", "safety"),
    "schema": ("schema",),
    "new": ("new", "sore-knee", "--force"),
}


@pytest.mark.parametrize("name", WRITING)
def test_a_folder_that_is_not_there_is_named(cli: Cli, workdir: Path, name: str) -> None:
    output = str(Path("nowhere", "out.txt"))
    result = cli(*WRITING[name], "-o", output)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"pathways: '{output}': No such file or directory\n"
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize("name", WRITING)
def test_a_folder_is_not_replaced_by_a_file(cli: Cli, workdir: Path, name: str) -> None:
    (workdir / "folder").mkdir()
    result = cli(*WRITING[name], "-o", "folder")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("pathways: 'folder': ")
    assert [path.name for path in workdir.iterdir()] == ["folder"]


@pytest.mark.parametrize("name", WRITING)
def test_a_folder_without_permission_is_named(
    cli: Cli, workdir: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", ".out.txt.temporary")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    result = cli(*WRITING[name], "-o", "out.txt")
    assert (result.code, result.out) == (2, "")
    assert result.err == "pathways: 'out.txt': Permission denied\n"


def test_a_full_disk_leaves_nothing_behind(
    cli: Cli, starter: str, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    result = cli("draw", starter, "-o", "knee.dot")
    assert (result.code, result.err) == (2, "pathways: 'knee.dot': No space left on device\n")
    assert [path.name for path in workdir.iterdir()] == [starter]


def test_new_keeps_a_file_that_is_there(cli: Cli, starter: str, workdir: Path) -> None:
    (workdir / starter).write_text("mine", encoding="utf-8")
    result = cli("new", "sore-knee")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("pathways new: 'sore-knee.yaml' is there already; --force ")
    assert (workdir / starter).read_text(encoding="utf-8") == "mine"


def test_demo_into_a_file_is_refused(cli: Cli, starter: str, workdir: Path) -> None:
    before = (workdir / starter).read_bytes()
    result = cli("demo", starter)
    assert (result.code, result.out) == (2, "")
    assert starter in result.err
    assert (workdir / starter).read_bytes() == before


# Faults of the program, and --debug.


def failing(error: Exception, *, debug: bool) -> Any:
    def execute(_: object) -> int:
        raise error

    return SimpleNamespace(execute=execute, debug=debug)


def test_a_fault_of_the_program_is_owned_up_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(failing(ValueError("so what"), debug=False)) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "a fault in this program, not in your file: ValueError: so what" in captured.err
    assert "--debug" in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("error", [ValueError("x"), OSError(2, "No such file"), KeyError("x")])
def test_debug_shows_the_traceback_of_anything(
    capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    assert outcome(failing(error, debug=True)) in (2, 3)
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_closed_pipe_is_passed_on() -> None:
    with pytest.raises(BrokenPipeError):
        outcome(failing(BrokenPipeError(), debug=False))


@pytest.mark.parametrize("before", [True, False])
def test_debug_stands_before_or_after_the_command(
    workdir: Path, capsys: pytest.CaptureFixture[str], before: bool
) -> None:
    arguments = ["show", "missing.yaml"]
    assert main_module.main(["--debug", *arguments] if before else [*arguments, "--debug"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("Traceback (most recent call last)")
    assert captured.err.splitlines()[-1].startswith("pathways: no pathway or file 'missing.yaml'")


def test_ctrl_c_leaves_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(main_module, "main", interrupted)
    with pytest.raises(SystemExit) as leaving:
        main_module.run()
    assert leaving.value.code == 130
    assert capsys.readouterr() == ("", "")
