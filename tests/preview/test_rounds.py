"""One round: a good, a bad and a hostile file."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.errors import DocumentError, Place, Problem
from pathways.preview.rounds import LONGEST_LINE, MOST_FAULTS, Wanted, line_and_caret, one_round
from tests.preview.conftest import ANKLE, BAD

ANKLE_WANTED = Wanted("ankle.yaml")


def test_a_good_file_is_drawn(ankle: Path) -> None:
    found = one_round(ANKLE_WANTED)
    assert (found.kind, found.faults) == ("drawn", ())
    assert "Cool it and move gently" in found.svg
    assert found.title.startswith("Sprained ankle")
    assert found.seconds > 0


def test_a_fault_has_its_place_its_line_and_a_caret_below_it(ankle: Path) -> None:
    ankle.write_text(BAD, encoding="utf-8")
    found = one_round(ANKLE_WANTED)
    assert (found.kind, found.svg) == ("faulty", "")
    [fault] = found.faults
    assert fault.place == "ankle.yaml:10:62"
    assert fault.code == "unknown-state"
    assert fault.hint == "did you mean 'rest'?"
    assert fault.line == BAD.splitlines()[9]
    assert fault.line[fault.caret.index("^") :].startswith("rset")
    ankle.write_text(ANKLE, encoding="utf-8")
    assert one_round(ANKLE_WANTED).kind == "drawn"


def test_reader_phase_and_language_are_those_that_are_wanted() -> None:
    patient = one_round(Wanted("severe-back-pain", reader="patient", phase="1"))
    whole = one_round(Wanted("severe-back-pain"))
    spanish = one_round(Wanted("severe-back-pain", reader="patient", phase="1", language="es"))
    assert 0 < len(patient.svg) < len(whole.svg)
    assert 'lang="es"' in spanish.svg


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("ankle.yaml", phase="nowhere"), "no phase 'nowhere'"),
        (Wanted("gone.yaml"), "no pathway or file 'gone.yaml'"),
        (Wanted("ankle.yaml", language="xx"), "'xx'"),
    ],
)
def test_what_is_not_there_is_said(ankle: Path, wanted: Wanted, said: str) -> None:
    found = one_round(wanted)
    assert found.kind == "use"
    assert said in found.faults[0].said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\xff\xfe", "not-utf8"),
        (b"a: \x1b[31m", "control-character"),
        (b"[" * 100_000, "too-deep"),
        (b"# " + b"x" * 2_100_000, "file-too-large"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\n", None),
        (b"title: 'open", "yaml-syntax"),
    ],
)
def test_a_hostile_file_is_a_fault_like_any_other(
    ankle: Path, content: bytes, code: str | None
) -> None:
    ankle.write_bytes(content)
    found = one_round(ANKLE_WANTED)
    assert found.kind == "faulty"
    assert code is None or code in [each.code for each in found.faults]
    assert all(each.said.isprintable() and each.line.isprintable() for each in found.faults)


def test_of_many_faults_some_are_shown_and_the_rest_counted(
    ankle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = [Problem("empty-file", f"fault {number}") for number in range(MOST_FAULTS + 7)]

    def fail(*arguments: object, **options: object) -> None:
        raise DocumentError(problems)

    monkeypatch.setattr("pathways.preview.rounds.load", fail)
    found = one_round(ANKLE_WANTED)
    assert len(found.faults) == MOST_FAULTS
    assert found.more_faults == 7


def test_a_fault_of_the_program_is_shown_as_one(
    ankle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise RuntimeError("no drawing today")

    monkeypatch.setattr("pathways.preview.rounds.picture", fail)
    found = one_round(ANKLE_WANTED)
    assert found.kind == "program"
    assert "not in your file: RuntimeError: no drawing today" in found.faults[0].said


@pytest.mark.parametrize(
    ("line", "column", "below"),
    [
        ("abc", 2, "b"),
        ("abc", 9, ""),
        ("\tab", 2, "a"),
        ("a\x1bb", 3, "b"),
        ("x" * 300 + "#" + "y" * 300, 301, "#"),
    ],
)
def test_the_caret_stands_under_its_column(line: str, column: int, below: str) -> None:
    shown, caret = line_and_caret([line], Place("", 1, column))
    assert shown[len(caret) - 1 :].startswith(below)
    assert len(shown) <= LONGEST_LINE + 10


def test_wide_letters_take_two_columns() -> None:
    shown, caret = line_and_caret(["痛み x"], Place("", 1, 4))
    assert (shown, caret) == ("痛み x", "     ^")


def test_a_place_behind_the_end_has_no_line() -> None:
    assert line_and_caret(["a"], Place("", 7, 1)) == ("", "")
