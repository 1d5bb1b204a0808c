"""The catalogue of checks: every code that can be reported stands in it, and the library passes."""

from __future__ import annotations

import ast
import re
from pathlib import Path as FilePath

import pytest

import pathways
from pathways.checks.catalogue import CATALOGUE, check_of
from pathways.checks.static import static_problems
from pathways.errors import DocumentError
from pathways.reading.files import known_pathways
from pathways.reading.load import load
from tests.checks import test_dataflow, test_meta, test_structure, test_terms

PACKAGE = FilePath(pathways.__file__).parent
BAD_FILES = FilePath(__file__).parent.parent / "reading" / "bad"

SINGLE_WORDS = {"gap", "overlap", "masked", "undecided"}
"""Codes of one word, which a search for words with a hyphen does not find."""
OF_EXAMPLES = {"wrong-value"}
"""What is wrong with a file of examples, not with a pathway."""
OF_DIFFERENCES = {"behaviour-changed"}
"""Reported where two versions are compared."""


def codes_in_checks() -> set[str]:
    """Return every text in the checks that looks like a code."""
    found: set[str] = set()
    for path in sorted((PACKAGE / "checks").rglob("*.py")):
        if path.name == "catalogue.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_code = re.fullmatch(r"[a-z]+(-[a-z]+)+", node.value)
                if is_code or node.value in SINGLE_WORDS:
                    found.add(node.value)
    return found


def test_every_code_that_checks_report_is_in_the_catalogue() -> None:
    listed = {each.code for each in CATALOGUE}
    assert codes_in_checks() - OF_EXAMPLES <= listed
    by_reading = {each.code for each in CATALOGUE if "S" in each.layers}
    assert listed - by_reading - OF_DIFFERENCES <= codes_in_checks()


@pytest.mark.parametrize("code", [each.code for each in CATALOGUE if "S" in each.layers])
def test_what_the_reader_refuses_has_the_code_of_the_catalogue(code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load(BAD_FILES / f"{code}.yaml")
    assert code in {each.code for each in caught.value.problems}


def test_each_code_stands_once_and_all_thirty_numbers_are_there() -> None:
    assert len({each.code for each in CATALOGUE}) == len(CATALOGUE)
    assert {each.number for each in CATALOGUE} == set(range(31))
    assert check_of("gap").number == 17


def test_each_check_says_what_it_means_and_what_to_do_in_a_sentence() -> None:
    for each in CATALOGUE:
        assert re.fullmatch(r"[A-Z][^.]*\.", each.means), each.code
        assert re.fullmatch(r"[A-Z][^.]*\.", each.to_do), each.code


def test_every_code_of_checks_that_follow_nobody_has_a_bad_pathway_and_the_severity_it_says() -> (
    None
):
    shown: dict[str, set[str]] = {}
    for module in (test_dataflow, test_meta, test_structure, test_terms):
        for _, _, reports in module.CASES:
            for line in reports:
                severity, code = re.findall(r"(\w+)\[([a-z-]+)\]", line)[0]
                shown.setdefault(code, set()).add(severity)
    files = ("dataflow", "meta", "structure", "terms")
    made = set()
    for name in files:
        text = (PACKAGE / "checks" / "static" / f"{name}.py").read_text(encoding="utf-8")
        made |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text))
    assert set(shown) == made
    for code, severities in shown.items():
        assert severities <= set(check_of(code).severities), code


@pytest.mark.parametrize("name", sorted(known_pathways(None)))
def test_nothing_is_wrong_with_the_library_that_shows_without_following_patients(name: str) -> None:
    reports = list(static_problems(load(name)))
    assert [str(each) for each in reports if each.severity == "error"] == []
    assert all(each.severity in check_of(each.code).severities for each in reports)
