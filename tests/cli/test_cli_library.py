"""What the library rests on, from the command line: coverage, map, reading grades."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Json = Callable[[str], Any]


def test_coverage_accounts_for_every_statement(cli: Cli) -> None:
    result = cli("coverage", "--summary")
    assert result.code == 0, result.err
    assert "259 of 259 statements of the starting texts are accounted for." in result.out
    assert result.err == ""


def test_coverage_of_one_item_names_element_file_and_line(cli: Cli) -> None:
    result = cli("coverage", "--item", "S1-Q05", "--all-places")
    assert result.code == 0
    places = re.findall(
        r"^ +(\S+)  (library/\S+\.yaml):(\d+)  \((for|against|unclear)\)$", result.out, re.MULTILINE
    )
    assert places
    package = Path(__file__).parents[2] / "pathways"
    for _, file, line, _ in places:
        folder = "" if file.startswith("library/catalogue") else "pathways/"
        path = package / file.replace("library/", f"library/{folder}", 1)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert "S1-Q05" in lines[int(line) - 1]


def test_coverage_in_other_forms(cli: Cli, json_of: Json) -> None:
    rows = json_of(cli("coverage", "--source", "seed-003", "--json").out)
    again = list(
        csv.DictReader(io.StringIO(cli("coverage", "--source", "seed-003", "--format", "csv").out))
    )
    assert [row["id"] for row in rows] == [row["id"] for row in again]
    assert {row["source"] for row in rows} == {"seed-003"}
    left = next(row for row in rows if row["id"] == "S3-A01")
    assert left["status"] == "left_out"
    assert left["left_out"]


def test_nothing_is_missing_and_the_evidence_says_what_is_not_used(cli: Cli) -> None:
    assert "MISSING" not in cli("coverage").out
    assert cli("coverage", "--missing", "--source", "seed-001").out.startswith("source")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--source", "seed-01"), "no source of items 'seed-01'; did you mean 'seed-001'"),
        (("--item", "S1-Q5"), "no item 'S1-Q5'; did you mean 'S1-Q"),
    ],
)
def test_wrong_names_get_a_suggestion(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    result = cli("coverage", *arguments)
    assert result.code == 2
    assert message in result.err


def test_the_map_is_drawn_and_listed(cli: Cli, json_of: Json, workdir: Path) -> None:
    assert cli("map", "-o", "map.svg").code == 0
    assert "facet" in (workdir / "map.svg").read_text(encoding="utf-8").lower()
    found = json_of(cli("map", "--json").out)
    assert {"from", "to", "state", "at"} == set(found["links"][0])
    assert {"safety"} <= set(found["pathways"][0]["takes_in"])


def test_the_map_of_one_ending_that_no_picture_has(cli: Cli) -> None:
    result = cli("map", "-o", "map.docx")
    assert result.code == 2
    assert ".docx" in result.err


def test_a_hard_text_is_printed_with_its_place_and_the_exit_code_is_1(
    cli: Cli, starter: str, workdir: Path
) -> None:
    path = workdir / starter
    text = path.read_text(encoding="utf-8")
    hard = "Immobilisation of the symptomatic articulation necessitates interdisciplinary deliberation."
    changed = re.sub(r"(?m)^(    text:).*$", rf"\1 {hard} {hard}", text, count=1)
    if changed == text:
        changed = re.sub(r"(?m)^(    kind: end\n)", rf"\1    text: {hard} {hard}\n", text, count=1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    result = cli("words", starter, "--grade")
    assert result.code == 1, result.out + result.err
    assert f"{starter}:" in result.out
    assert "immobilisation" in result.out.lower()


def test_grades_as_json(cli: Cli, json_of: Json) -> None:
    found = json_of(cli("words", "safety", "--grade", "--json").out)
    assert found["whole"]["flesch_kincaid"] < 8
    assert all(each["flesch_kincaid"] is None for each in found["texts"] if each["words"] < 10)


@pytest.mark.parametrize(
    "arguments",
    [
        ("words", "safety", "--grade", "-o", "x.txt"),
        ("words", "safety", "--grade", "--phase", "1"),
        ("map", "--json", "-o", "x.svg"),
        ("coverage", "--summary", "--json"),
    ],
)
def test_options_that_would_not_be_heeded_are_refused(
    cli: Cli, workdir: Path, arguments: tuple[str, ...]
) -> None:
    result = cli(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "does not go with" in result.err or "do not go with" in result.err
    assert list(workdir.iterdir()) == []


def test_json_needs_grade(cli: Cli) -> None:
    result = cli("words", "safety", "--json")
    assert result.code == 2
    assert "--json goes with --grade" in result.err
