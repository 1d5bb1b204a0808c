"""``words --record``: where a patient is, in words."""

from __future__ import annotations

import pytest

import pathways
from pathways.diagrams import View, extract, to_words
from pathways.diagrams.place_overlay import overlay_of
from pathways.model.pathway import READERS
from tests.cli.conftest import Cli

WORDS = ("words", "severe-back-pain", "--record", "seed-000")


@pytest.mark.parametrize("reader", READERS)
def test_the_part_of_the_patient_in_words(cli: Cli, reader: str) -> None:
    result = cli(*WORDS, "--yours", "--reader", reader)
    assert (result.code, result.err) == (0, "")
    assert (
        "You are here. First check" if reader == "patient" else "Here. First check"
    ) in result.out
    assert "Goes on: Baclofen and Meloxicam." in result.out
    assert "Step 1." not in result.out


def test_the_whole_in_words_with_the_place(cli: Cli) -> None:
    result = cli(*WORDS, "--on", "2026-11-25")
    care = pathways.load("severe-back-pain")
    example = {
        "record": "seed-000",
        "recorded": "2026-11-25",
        "findings": {
            "back_tight": True,
            "pain_sites": {"hip": "yes", "thigh": "yes", "knee": "yes"},
        },
        "history": {
            "treatments": [
                {"treatment": name, "status": "now"}
                for name in ("baclofen", "meloxicam", "physical_therapy")
            ]
        },
    }
    placed = care.place(example, on="2026-11-25")
    overlay = overlay_of(placed.place, care, placed.facts, "clinician")
    assert result.out == to_words(extract(care, overlay=overlay))
    assert View.yours(placed.place).part is not None


def test_without_a_record_nothing_changes(cli: Cli) -> None:
    assert cli("words", "severe-back-pain").out == to_words(
        extract(pathways.load("severe-back-pain"))
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--yours",), "--yours goes with --record"),
        (("--on", "2026-11-25"), "--on goes with --record"),
        (("--grade", "--record", "seed-000"), "--record does not go with --grade"),
        (("--grade", "--yours"), "--yours does not go with --grade"),
    ],
)
def test_options_that_do_not_go_together(cli: Cli, options: tuple[str, ...], message: str) -> None:
    result = cli("words", "severe-back-pain", *options)
    assert result.code == 2
    assert message in result.err
