"""``pathways check`` and ``pathways examples``: what is printed, drawn, written, and the exit code."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pathways.checks.catalogue import CATALOGUE
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
    strict = cli("check", "ankle.yaml", "--strict")
    assert strict.code == 1
    assert "ankle 0.1.0 does not pass" in strict.out


def test_strict_counts_a_waiver_that_nothing_is_reported_for(cli: Cli, ankle: Path) -> None:
    sources = "".join(
        f'  - {{check: no-source, at: states.{name}, why: Invented, by: "Dr. A, physiotherapist", on: 2026-01-30}}\n'
        for name in ("rest", "scan", "emergency")
    )
    (ankle / "waived.yaml").write_text(f"{ANKLE}waivers:\n{sources}", "utf-8")
    assert cli("check", "waived.yaml", "--strict").code == 0
    stale = sources.replace("check: no-source, at: states.rest", "check: masked", 1)
    (ankle / "waived.yaml").write_text(f"{ANKLE}waivers:\n{sources}{stale}", "utf-8")
    assert cli("check", "waived.yaml").code == 0
    result = cli("check", "waived.yaml", "--strict")
    assert result.code == 1
    assert "stale-waiver" in result.out


def test_what_was_shown_before_is_pointed_to_and_nothing_else(cli: Cli) -> None:
    # Both are about the same text of the library; each info is counted, and shown by none.
    result = cli("check", "safety", "severe-back-pain")
    shown = [line for line in result.out.splitlines() if "safety.yaml:" in line]
    assert len(shown) == len(set(shown)) > 0
    assert f"  {len(shown)} more stand above" in result.out
    assert result.out.count("not shown: info") == 2


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


def test_json_of_some_checks_keeps_the_verdict_on_the_whole(cli: Cli, ankle: Path) -> None:
    result = cli("check", "broken.yaml", "--json", "--only", "masked")
    (checked,) = json.loads(result.out)["checked"]
    assert checked["problems"] == []
    assert checked["passes"] is False
    assert result.code == 1


def test_json_tells_the_faults_of_files_that_cannot_be_read(cli: Cli, ankle: Path) -> None:
    (ankle / "bad.yaml").write_text("format: 1\npathway: bad\n", "utf-8")
    result = cli("check", "bad.yaml", "ankle.yaml", "--json")
    data = json.loads(result.out)
    assert data["faulty_files"] == 1
    assert {each["file"] for each in data["faults"]} == {"bad.yaml"}
    assert [each["pathway"] for each in data["checked"]] == ["ankle"]


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


def test_pictures_have_names_that_stay(cli: Cli, ankle: Path) -> None:
    cli("check", "broken.yaml", "--pictures", "found")
    first = {path.name: path.read_bytes() for path in (ankle / "found").iterdir()}
    assert sorted(first) == [
        "ankle-gap-begin.svg",
        "ankle-gap-begin.txt",
        "ankle-rule-fails-scan-late.svg",
        "ankle-rule-fails-scan-late.txt",
        "ankle.html",
        "index.html",
    ]
    result = cli("check", "broken.yaml", "--pictures", "found")
    assert {path.name: path.read_bytes() for path in (ankle / "found").iterdir()} == first
    assert all(f"wrote {Path('found') / name}" in result.err for name in first)
    assert first["ankle-gap-begin.txt"].decode("utf-8").endswith("=> nothing is open here\n")


def test_two_versions_of_a_pathway_do_not_replace_each_other(cli: Cli, ankle: Path) -> None:
    (ankle / "second.yaml").write_text(BROKEN, "utf-8")
    cli("check", "broken.yaml", "second.yaml", "--pictures", "found")
    drawn = {path.name for path in (ankle / "found").glob("*.svg")}
    assert {"ankle-gap-begin.svg", "ankle-gap-begin-2.svg"} < drawn
    page = (ankle / "found" / "ankle-2.html").read_text("utf-8")
    assert 'src="ankle-gap-begin-2.svg"' in page
    index = (ankle / "found" / "index.html").read_text("utf-8")
    assert 'href="ankle.html"' in index
    assert 'href="ankle-2.html"' in index


def test_only_what_is_asked_for_is_drawn(cli: Cli, ankle: Path) -> None:
    cli("check", "broken.yaml", "--pictures", "found", "--only", "gap")
    assert [path.name for path in (ankle / "found").glob("*.svg")] == ["ankle-gap-begin.svg"]


def test_a_page_does_not_go_on_saying_that_something_fails(cli: Cli, ankle: Path) -> None:
    cli("check", "broken.yaml", "--pictures", "found")
    assert "does not pass" in (ankle / "found" / "index.html").read_text("utf-8")
    cli("check", "ankle.yaml", "--pictures", "found")
    assert "does not pass" not in (ankle / "found" / "index.html").read_text("utf-8")


def test_pictures_are_all_written_or_none(
    cli: Cli, ankle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "index.html":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = cli("check", "broken.yaml", "--pictures", "found")
    assert result.code == 2
    assert "No space left" in result.err
    assert list((ankle / "found").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_wrong_use(cli: Cli, ankle: Path) -> None:
    result = cli("check", "broken.yaml", "--pictures", "ankle.yaml")
    assert result.code == 2
    assert "'ankle.yaml'" in result.err
    assert (ankle / "ankle.yaml").read_text("utf-8") == ANKLE


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


@pytest.mark.parametrize("code", [each.code for each in CATALOGUE])
def test_every_code_is_explained(cli: Cli, code: str) -> None:
    result = cli("check", "--explain", code)
    assert result.code == 0
    assert result.out.startswith(f"{code} (")
    assert "What to do" in result.out


def test_a_code_that_nobody_knows_is_not_explained(cli: Cli) -> None:
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
