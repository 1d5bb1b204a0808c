"""One bad record for each error code, with its exact messages."""

from __future__ import annotations

import ast
import re
from pathlib import Path as FilePath

import pytest

import pathways.records
from pathways.errors import DocumentError
from pathways.records.checking import refuse_problems
from pathways.records.reading import load_record
from tests.conftest import Golden
from tests.records.files.words import WORDS

BAD = FilePath(__file__).parent / "files" / "bad"
CASES = sorted(path.stem for path in BAD.glob("*.yaml"))
MODULES = (
    *("checking", "contradictions", "forms", "natives", "reading", "record", "rows", "values"),
    *("knowing", "observed", "from_history", "deriving"),
)
ELSEWHERE = {
    "bad-key": "test_record_reading.py: a file is refused earlier",
    "file-too-large": "test_record_hostile.py: a file of 2 MB is better made than kept",
    "too-deep": "test_record_hostile.py",
    "too-many-values": "test_record_hostile.py",
    "some-name": "a name in a hint",
}
"""Codes of data of a program, and where they are tested."""


@pytest.mark.parametrize("code", CASES)
def test_each_code_has_its_message(
    code: str, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    with pytest.raises(DocumentError) as caught:
        refuse_problems(load_record(f"{code}.yaml"), WORDS)
    assert {each.code for each in caught.value.problems} == {code}
    assert all(each.place is not None for each in caught.value.problems)
    golden(BAD / f"{code}.txt", f"{caught.value}\n")


def test_every_code_of_records_has_a_bad_file() -> None:
    package = FilePath(pathways.records.__file__).parent
    found: set[str] = set()
    for name in MODULES:
        for node in ast.walk(ast.parse((package / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(re.findall(r"\A[a-z]+(?:-[a-z0-9]+)+\Z", node.value))
    assert found - set(ELSEWHERE) <= set(CASES)
    assert "wrong-unit" in found


def test_every_bad_file_has_its_message() -> None:
    assert sorted(path.stem for path in BAD.glob("*.txt")) == CASES
