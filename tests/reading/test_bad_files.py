"""One bad file for each error code, with its exact messages; and one with many faults at once."""

from __future__ import annotations

import ast
import re
from pathlib import Path as FilePath

import pytest

import pathways
from pathways.errors import DocumentError
from pathways.reading.load import load

HERE = FilePath(__file__).parent
BAD = HERE / "bad"
MANY = HERE / "many"
CASES = sorted(path.stem for path in BAD.glob("*.txt"))
HELPERS = {"a-part"}
"""Good files in the same folder, for others to include."""

NOT_CODES = {
    "utf-8": "an encoding",
    "x-missing": "stands for a name that is missing",
    "state-or-finding": "a space of names",
    "condition-type": "what pydantic is told; it becomes wrong-shape",
}
"""Texts in the sources that look like codes."""

ELSEWHERE = {
    "file-too-large": "test_hostile.py: a file of 2 MB is better made than kept",
    "unreadable-file": "test_hostile.py: depends on the rights of a folder",
    "wrong-value": "a value of a patient, not of a file",
}
"""Codes that no small file can show, and where they are tested."""


def messages(path: FilePath, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(path.parent)
    with pytest.raises(DocumentError) as caught:
        load(path.name)
    return f"{caught.value}\n"


@pytest.mark.parametrize("code", CASES)
def test_each_code_has_its_message(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = (BAD / f"{code}.txt").read_text(encoding="utf-8")
    assert messages(BAD / f"{code}.yaml", monkeypatch) == expected
    codes = set(re.findall(r"error\[([a-z0-9-]+)\]", expected))
    assert codes - ({"unknown-key"} if code == "too-many-problems" else set()) == {code}


def codes_in_sources() -> set[str]:
    """Every text in the sources of the lower layers that looks like a code."""
    package = FilePath(pathways.__file__).parent
    found: set[str] = set()
    for layer in ("conditions", "model", "reading"):
        for path in sorted((package / layer).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= set(re.findall(r"\A[a-z]+(?:-[a-z0-9]+)+\Z", node.value))
    return found - set(NOT_CODES)


def test_every_code_has_a_bad_file_and_every_bad_file_a_code() -> None:
    assert codes_in_sources() == set(CASES) | set(ELSEWHERE)
    assert {path.stem for path in BAD.glob("*.yaml")} == set(CASES) | HELPERS


def test_every_code_is_made_only_of_code_words() -> None:
    """A problem made with a code that is no constant would escape the test above."""
    package = FilePath(pathways.__file__).parent
    for layer in ("conditions", "model", "reading"):
        for path in sorted((package / layer).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "Problem":
                    assert not isinstance(node.args[0], ast.JoinedStr), path


@pytest.mark.parametrize("name", sorted(path.stem for path in MANY.glob("*.txt")))
def test_many_faults_are_all_reported_in_file_order(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = (MANY / f"{name}.txt").read_text(encoding="utf-8")
    assert messages(MANY / f"{name}.yaml", monkeypatch) == expected


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_do_not_depend_on_line_ends_or_a_byte_order_mark(
    ending: str, mark: str, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (MANY / "many.yaml").read_text(encoding="utf-8")
    path = tmp_path / "many.yaml"
    path.write_bytes((mark + text.replace("\n", ending)).encode("utf-8"))
    expected = (MANY / "many.txt").read_text(encoding="utf-8")
    assert messages(path, monkeypatch) == expected
