"""What README.md shows is run as it stands there."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import pathways
import pathways.cli.main as cli_main
from pathways.records.reading import record_from_text

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^(?:<!-- (?P<marker>[\w-]+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
MARKERS = ("main-line", "test-line")


def blocks(kind: str, *, marked: str | None = None) -> list[str]:
    return [
        found["text"]
        for found in BLOCK.finditer(README)
        if found["kind"] == kind and found["marker"] == marked
    ]


def command_lines() -> Iterator[str]:
    for kind in ("sh", "console"):
        for block in blocks(kind):
            for line in block.splitlines():
                yield line.removeprefix("$ ")


PYTHON, YAML, COMMANDS = blocks("python"), blocks("yaml"), list(command_lines())


def test_there_is_a_block_of_each_kind() -> None:
    assert PYTHON
    assert YAML
    assert COMMANDS
    assert {found["kind"] for found in BLOCK.finditer(README)} <= {
        "python",
        "yaml",
        "sh",
        "console",
        "bat",
        "text",
    }
    assert README.count("```") == 2 * len(BLOCK.findall(README))


def test_the_record_it_shows_can_be_read_and_placed() -> None:
    (text,) = blocks("yaml", marked="record")
    record = record_from_text(text)
    placed = pathways.load("severe-back-pain").place(record, on="2026-11-25")
    assert placed.states == ("review_first_care",)
    assert placed.facts.known["numb_tingle_one_leg"].presumed


def test_it_opens_with_a_sentence_and_a_picture() -> None:
    title, sentence, picture = [part for part in README.split("\n\n") if part][:3]
    assert title.startswith("# ")
    assert sentence.rstrip().endswith(".")
    assert picture.startswith("![")


@pytest.mark.parametrize("marker", MARKERS)
def test_the_two_commands_are_one_line_each(marker: str) -> None:
    (block,) = [block for kind in ("sh", "console") for block in blocks(kind, marked=marker)]
    (line,) = block.splitlines()
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    last = {
        "main-line": "&& .venv/bin/pathways demo",
        "test-line": "&& .venv/bin/python -m pytest -n auto --dist loadfile",
    }
    assert line.endswith(last[marker])


def test_windows_has_the_same_two_commands() -> None:
    lines = [block.strip() for marker in MARKERS for block in blocks("sh", marked=marker)]
    (windows,) = blocks("bat")
    expected = [
        line.replace("python3 ", "py ", 1).replace(".venv/bin/", ".venv\\Scripts\\")
        for line in lines
    ]
    assert windows.splitlines() == expected


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_line_runs(
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(line)
    if "clinic.yaml" in arguments:
        assert cli_main.main(["new", "--clinic", "clinic"]) == 0
        capsysbinary.readouterr()
    before = set(tmp_path.iterdir())
    assert program == "pathways", f"only 'pathways ...' lines can be run here: {line}"
    assert cli_main.main(arguments) == 0
    made = [path.name for path in set(tmp_path.iterdir()) - before]
    assert bool(made) == bool({"-o", "--pages", "new"} & set(arguments))
    assert made or capsysbinary.readouterr().out


@pytest.mark.parametrize("text", PYTHON, ids=range(len(PYTHON)))
def test_a_python_block_runs(text: str) -> None:
    shown = io.StringIO()
    with redirect_stdout(shown):
        exec(compile(text, "README.md", "exec"), {"__name__": "readme"})
    assert ("print(" in text) == bool(shown.getvalue())


@pytest.mark.parametrize("text", YAML, ids=range(len(YAML)))
def test_a_yaml_block_loads_and_draws(text: str, tmp_path: Path) -> None:
    pathway = pathways.loads(text)
    assert len(pathway.states) > 1
    assert pathway.draw(tmp_path / "picture.svg").read_bytes().count(b"<svg") == 1
    assert pathways.loads(pathway.to_yaml()).document == pathway.document


def test_the_picture_of_the_yaml_block_is_the_one_shown() -> None:
    shown = re.findall(r"!\[[^\]]*\]\((graphs/readme[\w-]*\.svg)\)", README)
    assert len(shown) == len(YAML)
    for name, text in zip(shown, YAML, strict=True):
        assert (ROOT / name).read_text(encoding="utf-8") == pathways.loads(text).picture().svg


FAULT = re.compile(
    r"^(?P<file>[\w.-]+):(?P<line>\d+):(?P<column>\d+): error\[[\w-]+\]: "
    r"no [\w ]+ '(?P<wrong>\w+)'; did you mean '(?P<right>\w+)'\?$"
)


def test_the_faults_shown_are_the_ones_found() -> None:
    """Make the typos that the README speaks of in its own example, and read it."""
    listed = [line for block in blocks("text") for line in block.splitlines() if "error[" in line]
    assert listed
    text = YAML[0]
    faults = [FAULT.match(line) for line in listed]
    for fault in faults:
        assert fault is not None
        lines = text.splitlines(keepends=True)
        number, start = int(fault["line"]) - 1, int(fault["column"]) - 1
        before, after = lines[number][:start], lines[number][start:]
        assert after.startswith(fault["right"]), f"'{fault['right']}' does not stand there"
        lines[number] = before + fault["wrong"] + after.removeprefix(fault["right"])
        text = "".join(lines)
    with pytest.raises(pathways.DocumentError) as refused:
        pathways.loads(text, name=listed[0].split(":")[0])
    assert [str(problem) for problem in refused.value.problems] == listed


def test_the_gap_it_shows_is_the_one_found() -> None:
    """Forget the word that the README speaks of in its own example, and check it."""
    (shown,) = blocks("text", marked="gap")
    text = YAML[0]
    assert text.count("when: not can_walk") == 1
    pathway = pathways.loads(
        text.replace("when: not can_walk", "when: can_walk"), name="ankle.yaml"
    )
    found = [str(each.problem) for each in pathway.check().result.of("gap", "overlap")]
    assert found == shown.splitlines()


def links() -> list[str]:
    found = re.findall(r"\]\(([^)#]+)\)", README)
    return sorted({link for link in found if "://" not in link})


@pytest.mark.parametrize("link", links())
def test_a_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).is_file()


def test_the_commands_it_names_are_there() -> None:
    named = set(re.findall(r"`pathways (\w+)", README)) - {"COMMAND"}
    assert named
    assert named <= set(cli_main.COMMANDS)
