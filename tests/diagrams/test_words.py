from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pathways.diagrams import Diagram, to_words
from pathways.diagrams.model import Box, Line
from pathways.diagrams.words import WordsFormat
from pathways.errors import UnknownNameError, UnsafeTextError

Golden = Callable[[Path, str], None]
GOLDEN = Path(__file__).parent / "golden"


def test_words_as_text(sample: Diagram, golden: Golden) -> None:
    golden(GOLDEN / "sample.txt", to_words(sample))


def test_words_as_markdown(marked: Diagram, golden: Golden) -> None:
    golden(GOLDEN / "marked.md", to_words(marked, "markdown"))


def test_everything_a_picture_shows_is_said(sample: Diagram) -> None:
    words = " ".join(to_words(sample).split()).casefold()
    said = [sample.title, sample.footer]
    for box in sample.boxes:
        said += [f"Step {box.number}. {box.title}", box.detail, box.badge_words, *box.results]
        for line in box.lines:
            said += [line.title, line.badge_words, line.when_words]
    for arrow in sample.arrows:
        said += [arrow.label, arrow.condition, f"go to step {sample.box(arrow.target).number}"]
    for stub in sample.stubs:
        said += [f"step {stub.number}, {stub.title}"]
    for alarm in sample.alarms:
        said += [alarm.label, alarm.condition, f"go to step {alarm.target_number}"]
    assert [each for each in said if each.casefold() not in words] == []


def test_warnings_come_before_every_step(sample: Diagram) -> None:
    words = to_words(sample)
    assert max(m.start() for m in re.finditer("At any time", words)) < words.index("Step 1.")


def test_steps_come_in_order(sample: Diagram) -> None:
    numbers = [int(n) for n in re.findall(r"^Step (\d+)\.", to_words(sample), re.MULTILINE)]
    assert numbers == [box.number for box in sample.boxes]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_marks_are_words(marked: Diagram, format: WordsFormat) -> None:
    words = to_words(marked, format)
    for mark in ("You are here.", "Not open now.", "Could be next.", "You have been here."):
        assert mark in words


def test_other_scripts_are_fine_in_words_but_control_characters_are_not(sample: Diagram) -> None:
    from dataclasses import replace

    assert "腰痛" in to_words(replace(sample, title="腰痛"))
    with pytest.raises(UnsafeTextError, match=r"title: the character U\+0007"):
        to_words(replace(sample, title="a\x07"))


def test_notes_and_cautions_are_said() -> None:
    line = Line("Baclofen", when_words="pain is new", note="Short.", cautions=("Not at once",))
    panel = Box("pills", 1, "options", "Pills", lines=(line,))
    scan = Box("scan", 2, "action", "Scan", category="test", cautions=("Tell us of implants",))
    diagram = Diagram("x", "Back pain", "", "Draft.", "patient", (panel, scan), ())
    words = to_words(diagram)
    assert "- Baclofen. Only if pain is new. Short. Take care: Not at once.\n" in words
    assert "Step 2. Scan\nTake care: Tell us of implants.\n" in words


def test_there_is_no_other_format_of_words(sample: Diagram) -> None:
    with pytest.raises(UnknownNameError, match="no format of words 'html'; known: 'markdown'"):
        to_words(sample, "html")  # type: ignore[arg-type]
