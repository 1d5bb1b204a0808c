"""``draw --record``: a patient on the map."""

from __future__ import annotations

from pathlib import Path

import pytest

import pathways
from pathways.diagrams import View
from pathways.diagrams.place_overlay import overlay_of
from tests.cli.conftest import Cli

RECORD = """\
record: someone
recorded: 2026-11-25
findings: {pain_sites: {hip: yes, thigh: yes, knee: yes}}
history:
  treatments:
    - {treatment: baclofen, status: now}
    - {treatment: meloxicam, status: now}
    - {treatment: physical_therapy, status: now}
"""
DRAW = ("draw", "severe-back-pain", "--on", "2026-11-25", "-o", "-")


@pytest.fixture
def record(workdir: Path) -> str:
    """A record file in the current folder."""
    (workdir / "someone.yaml").write_text(RECORD, encoding="utf-8")
    return "someone.yaml"


def test_the_whole_with_the_place_on_it(cli: Cli, record: str) -> None:
    result = cli(*DRAW, "--record", record)
    assert (result.code, result.err) == (0, "")
    care = pathways.load("severe-back-pain")
    placed = care.place(record, on="2026-11-25")
    overlay = overlay_of(placed.place, care, placed.facts, "clinician")
    assert result.out == care.picture(overlay=overlay).svg
    assert "► Here" in result.out


def test_the_part_of_the_patient_in_plain_words_on_one_page(cli: Cli, record: str) -> None:
    options = ("--record", record, "--yours", "--pages", "a4", "--profile", "clear-print")
    result = cli(*DRAW, *options)
    assert (result.code, result.err) == (0, "")
    care = pathways.load("severe-back-pain")
    placed = care.place(record, on="2026-11-25")
    overlay = overlay_of(placed.place, care, placed.facts, "patient")
    pages = care.pages("a4", "clear-print", view=View.yours(placed.place), overlay=overlay)
    assert len(pages) == 1
    assert result.raw == pages.pdf()


@pytest.mark.parametrize("format", ["dot", "mermaid"])
def test_text_for_other_programs_says_the_place(cli: Cli, record: str, format: str) -> None:
    result = cli(*DRAW, "--record", record, "--yours", "--format", format)
    assert (result.code, result.err) == (0, "")
    assert "► Here" in result.out
    assert "Goes on" in result.out


def test_words_are_for_the_reader_that_the_profile_is_for(cli: Cli, record: str) -> None:
    usual = cli(*DRAW, "--record", record, "--yours", "--profile", "clear-print").out
    assert "► You are here" in usual
    asked = cli(
        *DRAW, "--record", record, "--yours", "--profile", "clear-print", "--reader", "clinician"
    )
    assert "► Here" in asked.out


def test_a_part_without_the_place_says_so(cli: Cli, record: str) -> None:
    result = cli(*DRAW, "--record", record, "--phase", "1")
    assert result.code == 0
    assert result.err == (
        "note: the patient is at step 15 (review_first_care), which is not in this part\n"
    )


def test_a_record_from_standard_input_and_an_example(cli: Cli, record: str) -> None:
    from_file = cli(*DRAW, "--record", record, "--yours")
    assert cli(*DRAW, "--record", "-", "--yours", stdin=RECORD) == from_file
    assert "► Here" in cli("draw", "severe-back-pain", "-o", "-", "--record", "seed-000").out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--yours",), "--yours goes with --record"),
        (("--on", "2026-11-25"), "--on goes with --record"),
        (
            ("--record", "seed-000", "--yours", "--phase", "1"),
            "--yours is a part of its own; leave out --phase, --around and --to",
        ),
        (
            ("--record", "seed-000", "--highlight", "4"),
            "--highlight does not go with --record, which marks steps itself",
        ),
    ],
)
def test_options_that_do_not_go_together(
    cli: Cli, workdir: Path, options: tuple[str, ...], message: str
) -> None:
    result = cli("draw", "severe-back-pain", *options)
    assert result.code == 2
    assert message in result.err
    assert list(workdir.iterdir()) == []


def test_two_things_cannot_come_from_one_input(cli: Cli) -> None:
    result = cli("draw", "-", "--record", "-")
    assert result.code == 2
    assert "cannot both come from standard input" in result.err


def test_a_record_with_faults_is_refused_and_nothing_is_written(cli: Cli, workdir: Path) -> None:
    (workdir / "bad.yaml").write_text(
        RECORD.replace("baclofen", "baclofin"), encoding="utf-8", newline="\n"
    )
    result = cli("draw", "severe-back-pain", "--record", "bad.yaml", "-o", "back.svg")
    assert result.code == 1
    assert "bad.yaml:6:" in result.err
    assert "did you mean 'baclofen'?" in result.err
    assert [each.name for each in workdir.iterdir()] == ["bad.yaml"]


def test_a_patient_is_drawn_only_where_one_says(cli: Cli, workdir: Path) -> None:
    result = cli("draw", "severe-back-pain", "--record", "seed-000")
    assert result.code == 2
    assert "--record needs -o" in result.err
    assert list(workdir.iterdir()) == []


def test_a_record_that_is_not_there_names_the_nearest(cli: Cli) -> None:
    result = cli("draw", "severe-back-pain", "--record", "seed-00", "-o", "x.svg")
    assert result.code == 2
    assert "no record file or example 'seed-00'; did you mean 'seed-000'?" in result.err
