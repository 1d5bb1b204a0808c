"""Examples as tests: made, written, read again, replayed; changed pathways make them fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.checks.check import check
from pathways.checks.covering import cover
from pathways.checks.examples import (
    examples_beside,
    examples_from_text,
    examples_text,
    journey_of,
    replayed,
)
from pathways.checks.replay import faults
from pathways.errors import DocumentError
from pathways.reading.files import library_ids
from pathways.reading.load import load, loads
from tests.checks.test_check import ANKLE
from tests.checks.worlds import world

TEXT = examples_text(loads(ANKLE), cover(loads(ANKLE)).journeys)


def test_journeys_take_every_way_and_go_to_an_end() -> None:
    pathway = loads(ANKLE)
    found = cover(pathway)
    taken = {way for journey in found.journeys for way in journey.ways}
    assert taken >= {way.key for way in pathway.ways}
    assert "interrupt/0" in taken
    assert not found.missing
    assert all(journey.last.state == "done" for journey in found.journeys)
    assert not any(faults(pathway, journey) for journey in found.journeys)


@pytest.mark.parametrize("seed", range(40))
def test_journeys_of_any_pathway_can_be_written_and_read_again(seed: int) -> None:
    pathway = world(seed)
    journeys = cover(pathway).journeys
    read = examples_from_text(examples_text(pathway, journeys))
    for example, journey in zip(read.document.journeys, journeys, strict=True):
        again = journey_of(pathway, example)
        assert again is not None
        # Of two ways to the same state that are open at once the file does not say which.
        assert again.states == journey.states
        assert not faults(pathway, again)


@pytest.mark.parametrize("name", library_ids())
def test_the_examples_that_ship_take_every_way_somebody_takes(name: str) -> None:
    pathway = load(name)
    read = examples_beside(name)
    assert read is not None
    journeys = [journey_of(pathway, example) for example in read.document.journeys]
    taken = {way for journey in journeys if journey is not None for way in journey.ways}
    left = {way.key for way in pathway.ways} - taken
    # An emergency or urgent sign at the very first question is the interrupt's.
    assert left <= {"warning_signs/0", "warning_signs/1"}
    assert not list(replayed(pathway, read))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weeks >= 12}]", "weeks >= 60}]"),
        ("to: scan, when", "to: rest, when"),
        ("when: numb, level", "when: numb and walk, level"),
        ("initial: rounds == 0", "initial: rounds == 1"),
    ],
)
def test_an_example_that_goes_another_way_now_is_an_error(old: str, new: str) -> None:
    changed = ANKLE.replace(old, new).replace(
        "weeks < 12}", "weeks < 60}" if "60" in new else "weeks < 12}"
    )
    pathway = loads(changed)
    result = check(pathway, examples=examples_from_text(TEXT))
    assert result.of("example-fails")
    assert not result.passes


def test_an_example_of_a_meaning_preserving_rewrite_goes_the_same_way() -> None:
    pathway = loads(ANKLE.replace("weeks < 12}", "not weeks >= 12}"))
    assert not check(pathway, examples=examples_from_text(TEXT)).of("example-fails")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("at: begin", "at: beginn", "no state 'beginn'"),
        ("weeks: 3", "weks: 3", "no finding 'weks'"),
        ("weeks: 3", "weeks: many", "'weeks' is a number"),
        ("weeks: 3", "weeks: [3, 4]", "'weeks' has one value at a time"),
        ("invented: yes", "invented: no", "invented"),
        ("no: [walk, numb]", "no: [wolk, numb]", "no finding 'wolk'"),
    ],
)
def test_a_file_of_examples_with_faults_is_refused_with_their_places(
    old: str, new: str, message: str
) -> None:
    assert old in TEXT
    with pytest.raises(DocumentError) as caught:
        list(replayed(loads(ANKLE), examples_from_text(TEXT.replace(old, new, 1), "x.yaml")))
    assert message in str(caught.value)
    assert "x.yaml:" in str(caught.value)


def test_examples_can_be_signed(tmp_path: Path) -> None:
    signed = TEXT.replace(
        "    begins:",
        "    signed: [{by: 'Dr A. Example, physiatrist', on: 2026-11-25}]\n    begins:",
        1,
    )
    assert examples_from_text(signed).signed == 1
    (tmp_path / "ankle.yaml").write_text(ANKLE, "utf-8")
    assert examples_beside(str(tmp_path / "ankle.yaml")) is None
    (tmp_path / "ankle.examples.yaml").write_text(signed, "utf-8")
    read = examples_beside(str(tmp_path / "ankle.yaml"))
    assert read is not None
    assert read.signed == 1


def test_made_twice_the_file_is_the_same() -> None:
    pathway = load("surgery-and-devices")
    assert examples_text(pathway, cover(pathway).journeys) == examples_text(
        pathway, cover(load("surgery-and-devices")).journeys
    )
