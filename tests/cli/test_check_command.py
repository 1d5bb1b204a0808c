"""``pathways check`` and ``pathways examples``: what is printed, drawn, written, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.checks.test_check import ANKLE
from tests.cli.conftest import Cli
from tests.conftest import Golden

GOLDEN = Path(__file__).with_name("golden")
BROKEN = ANKLE.replace("weeks >= 12}]", "weeks > 12}]").replace(
    "never: scan unless weeks >= 12", "never: scan unless weeks >= 20"
)


@pytest.fixture
def ankle(workdir: Path) -> Path:
    (workdir / "ankle.yaml").write_text(ANKLE, "utf-8")
    (workdir / "broken.yaml").write_text(BROKEN, "utf-8")
    return workdir


def test_a_pathway_that_passes_is_exit_code_0(cli: Cli, ankle: Path) -> None:
    result = cli("check", "ankle.yaml")
    assert result.code == 0
    assert "ankle 0.1.0 passes" in result.out
    assert "of 4 rules 4 hold" in result.out
    assert "not reviewed by a clinician" in result.out


def test_what_is_wrong_is_told_with_its_place_and_a_patient(
    cli: Cli, ankle: Path, golden: Golden
) -> None:
    result = cli("check", "broken.yaml", "--rules", "--assumptions", "--severity", "info")
    assert result.code == 1
    golden(GOLDEN / "check-broken.txt", result.out)


def test_severity_and_codes_narrow_what_is_shown_not_the_verdict(cli: Cli, ankle: Path) -> None:
    result = cli("check", "broken.yaml", "--only", "masked")
    assert result.code == 1
    assert "error[" not in result.out
    assert "does not pass" in result.out


def test_strict_counts_what_is_to_review(cli: Cli, ankle: Path) -> None:
    assert cli("check", "ankle.yaml").code == 0
    assert cli("check", "ankle.yaml", "--strict").code == 1


def test_a_folder_means_its_pathway_files_each_once(cli: Cli, ankle: Path) -> None:
    (ankle / "notes.yaml").write_text("shopping: [milk]\n", "utf-8")
    (ankle / "broken.yaml").unlink()
    result = cli("check", ".", "ankle.yaml")
    assert result.code == 0
    assert result.out.count("passes") == 1


def test_a_folder_without_a_pathway_says_so(cli: Cli, workdir: Path) -> None:
    result = cli("check", ".")
    assert result.code == 2
    assert "no pathway file in the folder" in result.err


def test_a_faulty_file_does_not_keep_others_from_being_checked(cli: Cli, ankle: Path) -> None:
    (ankle / "bad.yaml").write_text("format: 1\npathway: bad\n", "utf-8")
    result = cli("check", "bad.yaml", "ankle.yaml")
    assert result.code == 1
    assert "bad.yaml:1:1" in result.err
    assert "ankle 0.1.0 passes" in result.out


def test_json_holds_journeys_that_a_program_can_read(cli: Cli, ankle: Path) -> None:
    result = cli("check", "broken.yaml", "--json")
    assert result.code == 1
    (checked,) = json.loads(result.out)["checked"]
    assert checked["passes"] is False
    gap = next(each for each in checked["problems"] if each["code"] == "gap")
    assert gap["journey"]["steps"][-1]["values"]["weeks"] == 12
    assert gap["file"] == "broken.yaml"
    assert {each["verdict"] for each in checked["rules"]} == {"holds", "fails"}


def test_pictures_are_drawn_with_their_steps_and_a_page(cli: Cli, ankle: Path) -> None:
    result = cli("check", "broken.yaml", "--pictures", "found")
    assert result.code == 1
    drawn = sorted(path.name for path in (ankle / "found").iterdir())
    svgs = [name for name in drawn if name.endswith(".svg")]
    assert len(svgs) == 2
    for name in svgs:
        ElementTree.parse(ankle / "found" / name)
        assert name.replace(".svg", ".txt") in drawn
    page = (ankle / "found" / "ankle.html").read_text("utf-8")
    assert "<script" not in page
    assert all(name in page for name in svgs)
    assert "Content-Security-Policy" in page


def test_nothing_is_drawn_where_nothing_fails(cli: Cli, ankle: Path) -> None:
    result = cli("check", "ankle.yaml", "--pictures", "found")
    assert result.code == 0
    assert "nothing to draw" in result.err
    assert not (ankle / "found").exists()


def test_hostile_texts_are_shown_as_text(cli: Cli, ankle: Path) -> None:
    hostile = BROKEN.replace("title: Begin", 'title: "<script>alert(1)</script>"')
    (ankle / "hostile.yaml").write_text(hostile, "utf-8")
    cli("check", "hostile.yaml", "--pictures", "found")
    page = (ankle / "found" / "ankle.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_code_is_explained(cli: Cli) -> None:
    result = cli("check", "--explain", "gap")
    assert result.code == 0
    assert "What to do" in result.out
    wrong = cli("check", "--explain", "gapp")
    assert wrong.code == 2
    assert "did you mean 'gap'?" in wrong.err


@pytest.mark.parametrize("budget", ["0", "-1", "many", "1e3"])
def test_a_budget_is_a_whole_number(cli: Cli, budget: str) -> None:
    result = cli("check", "safety", f"--budget={budget}")
    assert result.code == 2
    assert "whole number" in result.err


def test_examples_beside_a_file_are_replayed(cli: Cli, ankle: Path) -> None:
    assert cli("examples", "ankle.yaml", "-o", "ankle.examples.yaml").code == 0
    assert cli("check", "ankle.yaml").code == 0
    changed = ANKLE.replace("weeks < 12}", "weeks < 2}").replace("weeks >= 12}]", "weeks >= 2}]")
    (ankle / "ankle.yaml").write_text(changed, "utf-8")
    result = cli("check", "ankle.yaml")
    assert result.code == 1
    assert "example-fails" in result.out
    assert "ankle.examples.yaml:" in result.out


def test_examples_are_not_replaced_unless_asked(cli: Cli, ankle: Path) -> None:
    (ankle / "kept.yaml").write_text("signed", "utf-8")
    result = cli("examples", "ankle.yaml", "-o", "kept.yaml")
    assert result.code == 2
    assert "--force" in result.err
    assert (ankle / "kept.yaml").read_text("utf-8") == "signed"


def test_a_pathway_from_standard_input(cli: Cli, workdir: Path) -> None:
    result = cli("check", "-", stdin=BROKEN)
    assert result.code == 1
    assert "<stdin>:" in result.out
