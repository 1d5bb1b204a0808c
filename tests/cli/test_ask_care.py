"""``pathways ask``: the lists of care as they stand on a screen, told, changed and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pathways.cli.common import LARGEST_WIDTH, SMALLEST_WIDTH
from tests.cli.test_ask_command import BACK, saved, signs, typed, words

Cli = Callable[..., Any]


def test_care_is_asked_in_groups_that_fit_the_screen(cli: Cli) -> None:
    out = cli(*BACK, stdin=typed(*signs(), "quit", "n")).out
    listed = out.partition("Which of these do you have or take now?")[2]
    assert "\nPills, creams and other medicines\n   1  A cream, gel or patch on the skin" in listed
    assert (
        listed.index("Baclofen") < listed.index("Shots and procedures") < listed.index("Type the")
    )
    lines = listed.splitlines()
    assert max(map(len, lines)) <= LARGEST_WIDTH
    assert len(lines) < 40
    assert "\nTests\n" not in listed


def test_care_can_be_told_at_any_time_and_changed(cli: Cli, workdir: Path) -> None:
    lines = ("care", "baclofin", "baclofen, ibuprofen", "mri", "care", "baclofen", "", "stop")
    result = cli(*BACK, "-o", "mine.yaml", stdin=typed(*lines))
    assert "'baclofin' is not in this list; nothing was taken. Did you mean" in words(result.out)
    assert "Your answer so far: An MRI scan. Press Enter to keep it." in words(result.out)
    history = saved(workdir).history
    assert [(each.treatment, each.status) for each in history.treatments] == [("baclofen", "now")]
    assert [(each.test, each.status) for each in history.tests] == [("mri", "done")]
    # It was not in the second list, since it was said to go on then.
    assert "ibuprofen" not in history.never


def test_after_an_emergency_care_can_wait(cli: Cli) -> None:
    out = cli(*BACK, stdin=typed("y", "care", "", "n")).out
    assert "The questions have stopped; other care can wait." in out
    assert "Which of these do you have" not in out


def test_on_a_narrow_screen_each_thing_has_its_line(cli: Cli, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", str(SMALLEST_WIDTH))
    listed = cli(*BACK, stdin=typed(*signs(), "quit", "n")).out.partition("take now?")[2]
    assert max(map(len, listed.splitlines())) <= SMALLEST_WIDTH
    assert "\n   2  Acetaminophen (paracetamol)\n   3  Baclofen\n" in listed


def test_a_plain_no_to_a_list_of_signs_is_none(cli: Cli, workdir: Path) -> None:
    """It gives the same record."""
    lines = ["n"] * len(signs())
    cli(*BACK, "-o", "no.yaml", stdin=typed(*lines, "stop"))
    cli(*BACK, "-o", "none.yaml", stdin=typed(*signs(), "stop"))
    assert "none" in signs()
    assert saved(workdir, "no.yaml") == saved(workdir, "none.yaml")


def test_the_person_of_the_first_text_reads_where_they_are(cli: Cli) -> None:
    care = ("baclofen, meloxicam, physical therapy", "none")
    out = cli(*BACK, stdin=typed(*signs(), *care, "n", "45", "3", "stop", "n")).out
    answer = words(out.rpartition("Where you are")[2])
    assert "Step 15, Better after 4 to 6 weeks?: you are here" in answer
    assert "Baclofen: Never stop it all at once." in answer
    assert "Meloxicam: Take the lowest dose that helps" in answer


def test_a_question_mark_asks_for_help_and_answers_nothing(cli: Cli) -> None:
    helped = cli(*BACK, stdin=typed("?", "quit", "n")).out
    assert helped == cli(*BACK, stdin=typed("help", "quit", "n")).out
    assert "counts as a yes" not in helped.rpartition("> ")[2]
