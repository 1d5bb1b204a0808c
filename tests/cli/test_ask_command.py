"""``pathways ask``: whole dialogues through a pipe, what is saved, and every wrong use."""

from __future__ import annotations

import datetime as dt
import io
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.cli.ask_command import output_fault
from pathways.cli.ask_terminal import COMMANDS, MOST_IN_A_LINE, Terminal
from pathways.cli.common import put_out
from pathways.cli.main import main
from pathways.patients.dialogue import Dialogue
from pathways.patients.placing import Placer
from pathways.reading.load import load
from pathways.records.reading import load_record
from pathways.records.record import PatientRecord
from tests.conftest import Golden
from tests.interrupting import command

Cli = Callable[..., Any]
Environment = Callable[..., dict[str, str]]

GOLDEN = Path(__file__).parent / "golden"
DAY = ("--on", "2026-11-25")
BACK = ("ask", "severe-back-pain", *DAY)
EMERGENCY_SIGNS = 6
CARE = ("baclofen", "none")
GROWN_UP = ("n", "45")


@lru_cache(maxsize=1)
def signs() -> tuple[str, ...]:
    """No to every warning sign of the pathway, in the order they are asked."""
    dialogue = Dialogue(Placer(load("severe-back-pain")), dt.date(2026, 11, 25))
    lines: list[str] = []
    while (question := dialogue.question) is not None and question.level:
        lines.append("none" if question.form.type == "several_of" else "n")
        dialogue.answer(lines[-1])
    return tuple(lines)


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def words(text: str) -> str:
    return " ".join(text.split())


def saved(workdir: Path, name: str = "mine.yaml") -> PatientRecord:
    return load_record(workdir / name).record


# Whole dialogues.


def test_a_dialogue_is_what_it_was(cli: Cli, golden: Golden) -> None:
    lines = typed(
        "maybe", "n", "help", "n", "y", "back", "n", "n", "n", "n", "u", "answers", "quit", "n"
    )
    result = cli(*BACK, stdin=lines)
    assert (result.code, result.err) == (0, "")
    golden(GOLDEN / "ask.txt", result.out)


def test_all_signs_no_goes_on_and_ends_with_the_answer(cli: Cli, workdir: Path) -> None:
    result = cli(*BACK, "-o", "mine.yaml", stdin=typed(*signs(), *CARE, *GROWN_UP, "4", "stop"))
    assert result.code == 0
    assert result.err == "wrote mine.yaml\n"
    assert "[Emergency]" in result.out
    assert "How much does pain stop your daily tasks?" in result.out
    answer = result.out.split("Bad back pain that will not go away\n=")[1]
    assert "First check these signs" not in answer
    record = saved(workdir)
    assert record.recorded == "2026-11-25"
    assert record.findings["rf_infection_risk"][0].value == ("none",)
    assert record.findings["interferes_daily"][0].value == ("cannot",)
    assert len(record.findings) == len(signs()) + 3
    assert [each.treatment for each in record.history.treatments] == ["baclofen"]
    assert "meloxicam" in record.history.never


def test_what_was_answered_is_placed_as_place_places_it(cli: Cli, workdir: Path) -> None:
    asked = cli(*BACK, "-o", "mine.yaml", stdin=typed(*signs(), *CARE, *GROWN_UP, "4", "stop"))
    placed = cli("place", "mine.yaml", *DAY)
    assert asked.out.endswith(placed.out)


def test_saddle_numbness_stops_at_once_and_says_what_to_do(cli: Cli) -> None:
    result = cli(*BACK, stdin=typed("n", "n", "y"))
    assert result.code == 0
    dialogue, _, answer = result.out.partition("back, answers, or Enter to end > ")
    assert dialogue.count("[Emergency]") == 3
    assert "[Urgent]" not in dialogue
    said = words(dialogue)
    assert "Get emergency help now. Call your local emergency number" in said
    assert "Because the area between your legs is numb or tingly." in said
    assert "The questions stop here" in said
    assert "type back to change it" in said
    assert "--record" in said
    assert "Get emergency help now" in answer


def test_not_sure_of_an_emergency_sign_counts_as_yes_and_says_so(cli: Cli, workdir: Path) -> None:
    result = cli(*BACK, "-o", "mine.yaml", stdin=typed("not sure"))
    assert "Because you were not sure" in words(result.out)
    assert "so it counts as a yes" in words(result.out)
    assert "The questions stop here" in result.out
    assert saved(workdir).findings["rf_bladder_retention"][0].absent == "asked_unknown"


def test_after_a_stop_the_answer_is_changed_and_the_questions_go_on(
    cli: Cli, workdir: Path
) -> None:
    lines = typed("n", "n", "y", "yes", "back", "n", "n", "stop")
    result = cli(*BACK, "-o", "mine.yaml", stdin=lines)
    said = words(result.out)
    assert "The questions have stopped: get help first. What you can type here: back change" in said
    assert "Press Enter to end. You can save your answers then, and go on from them with" in said
    assert "Your answer so far: yes. Press Enter to keep it." in result.out
    findings = saved(workdir).findings
    assert findings["rf_saddle_numb"][0].value == ("no",)
    assert len(findings) == 4


def test_an_urgent_sign_says_so_and_goes_on(cli: Cli) -> None:
    result = cli(*BACK, stdin=typed(*["n"] * EMERGENCY_SIGNS, "u", "quit", "n"))
    said = words(result.out)
    assert "Not sure counts as a yes here. A new sign like this needs a check" in said
    assert "See a clinician today" in said
    assert "You can still answer the other questions." in said
    assert result.out.count("[Urgent]") == 2


def test_an_emergency_can_be_ended_with_enter(cli: Cli) -> None:
    result = cli(*BACK, stdin=typed("y", "", "n"))
    assert result.code == 0
    assert "Nothing was saved." in result.out


# What can be typed beside answers.


def test_help_names_everything_that_can_be_typed(cli: Cli) -> None:
    out = cli(*BACK, stdin=typed("help", "quit")).out
    assert all(f"  {name} " in out for name in COMMANDS)
    assert out.count("Type y for yes, n for no, or u for not sure.") == 2


def test_why_says_what_the_question_bears_on(cli: Cli) -> None:
    out = words(cli(*BACK, stdin=typed("why", *signs(), *CARE, *GROWN_UP, "why", "quit", "n")).out)
    assert "A yes would call for emergency care at once." in out
    assert "Any answer helps to decide: " in out
    assert "?." not in out


def test_answers_are_listed_and_changed_by_number(cli: Cli, workdir: Path) -> None:
    lines = typed(
        "answers", "n", "n", "answers", "change 1", "", "change 2", "u", "change", "change 9"
    )
    result = cli(*BACK, "-o", "mine.yaml", stdin=lines)
    said = words(result.out)
    assert "Nothing was answered yet." in said
    assert "1 Is it newly hard to start peeing, or can you not pee at all? no" in said
    assert "Type change and a number to change one: change 1." in said
    assert "Type change and the number of an answer: change 3." in said
    assert "There is no answer 9; there are answers from 1 to 2." in said
    findings = saved(workdir).findings
    assert findings["rf_bladder_retention"][0].value == ("no",)
    assert findings["rf_bladder_bowel_loss"][0].absent == "asked_unknown"


def test_back_with_nothing_before_says_so(cli: Cli) -> None:
    assert "There is no earlier answer." in cli(*BACK, stdin=typed("back", "quit")).out


def test_what_is_skipped_is_not_asked_again_and_not_saved(cli: Cli, workdir: Path) -> None:
    result = cli(*BACK, "-o", "mine.yaml", stdin=typed("skip", "n", "stop"))
    assert result.out.count("Is it newly hard to start peeing") == 2
    assert list(saved(workdir).findings) == ["rf_bladder_bowel_loss"]
    assert "First check these signs" in result.out


def test_place_shows_the_answer_so_far(cli: Cli) -> None:
    out = cli(*BACK, stdin=typed("place", "quit")).out
    assert out.count("When to get help now") == 1
    assert out.count("Is it newly hard to start peeing") == 3


@pytest.mark.parametrize("bad", ["maybe", "", "1", "no way", "\x1b[31m", "ja", "yes no", "!" * 300])
def test_bad_input_says_what_would_do_and_asks_again(cli: Cli, workdir: Path, bad: str) -> None:
    result = cli(*BACK, "-o", "mine.yaml", stdin=typed(bad, "n"))
    assert words(result.out).count("Type y for yes, n for no, or u for not sure.") == 3
    assert list(saved(workdir).findings) == ["rf_bladder_retention"]


def test_bytes_that_are_no_text_are_no_answer(cli: Cli, workdir: Path) -> None:
    result = cli(*BACK, "-o", "mine.yaml", stdin=b"\xff\xfe\nn\n")
    assert result.code == 0
    assert "is no answer here." in result.out
    assert list(saved(workdir).findings) == ["rf_bladder_retention"]


def test_the_end_of_a_line_that_is_too_long_is_no_answer(cli: Cli, workdir: Path) -> None:
    cli(*BACK, "-o", "mine.yaml", stdin=typed("x" * MOST_IN_A_LINE + "n", "n"))
    assert list(saved(workdir).findings) == ["rf_bladder_retention"]


# Which pathway, which record.


def test_without_a_pathway_it_is_asked_for(cli: Cli, workdir: Path) -> None:
    result = cli("ask", *DAY, "-o", "mine.yaml", stdin=typed("99", "severe", "3", "n", "stop"))
    said = words(result.out)
    assert "1 Bad back pain that will not go away (severe-back-pain)" in said
    assert "'99' is none of these; " in said
    assert "'severe' is none of these; known: " in said
    assert saved(workdir).pathways != ("severe-back-pain",)
    assert "(safety)" not in said


def test_enter_takes_the_usual_pathway(cli: Cli, workdir: Path) -> None:
    cli("ask", *DAY, "-o", "mine.yaml", stdin=typed("", "n"))
    assert saved(workdir).pathways == ("severe-back-pain",)


@pytest.mark.parametrize("lines", [(), ("quit",)])
def test_no_pathway_and_no_question(cli: Cli, workdir: Path, lines: tuple[str, ...]) -> None:
    result = cli("ask", stdin=typed(*lines))
    assert result.code == 0
    assert "[Emergency]" not in result.out
    assert list(workdir.iterdir()) == []


def test_it_goes_on_from_a_record(cli: Cli, workdir: Path) -> None:
    cli(*BACK, "-o", "mine.yaml", stdin=typed("n", "n"))
    record = ("ask", "--record", "mine.yaml", "--on", "2026-11-26", "-o", "mine.yaml")
    result = cli(*record, stdin=typed("n"))
    assert result.err == "wrote mine.yaml\n"
    assert "Is the area between your legs" in result.out
    assert "Which of these is it about?" not in result.out
    found = saved(workdir)
    assert found.recorded == "2026-11-26"
    assert found.findings["rf_bladder_retention"][0].on == "2026-11-25"
    assert found.findings["rf_saddle_numb"][0].on is None


def test_after_an_emergency_the_signs_are_asked_again(cli: Cli, workdir: Path) -> None:
    cli(*BACK, "-o", "mine.yaml", stdin=typed("n", "y"))
    record = ("ask", "--record", "mine.yaml", "--on", "2026-11-28", "-o", "mine.yaml")
    result = cli(*record, stdin=typed("n", "n"))
    asked = [line for line in result.out.splitlines() if line.startswith("[Emergency]")]
    assert asked[0].startswith("[Emergency] Have you started to leak pee")
    assert not asked[1].startswith("[Emergency] Have you started to leak pee")
    assert "The questions stop here" not in result.out
    assert len(saved(workdir).findings["rf_bladder_bowel_loss"]) == 2


def test_an_example_can_be_gone_on_from(cli: Cli, workdir: Path) -> None:
    result = cli("ask", "--record", "seed-000", "-o", "mine.yaml", stdin=typed(*signs(), "stop"))
    assert "Care without pills: goes on" in words(result.out)
    found = saved(workdir)
    assert found.expected == ()
    assert found.history.treatments[0].treatment == "baclofen"
    assert cli("place", "mine.yaml", *DAY).code == 0


def test_all_answers_every_pathway_it_concerns(cli: Cli) -> None:
    lines = typed(*signs(), "stop")
    one, more = cli(*BACK, stdin=lines).out, cli(*BACK, "--all", stdin=lines).out
    assert more.startswith(one.partition("Save your answers")[0].removesuffix("\n"))
    assert more.count("When to get help now") > one.count("When to get help now") == 1


def test_the_reader_can_be_a_clinician(cli: Cli) -> None:
    out = cli(*BACK, "--reader", "clinician", stdin=typed("quit")).out
    assert "New difficulty starting to pass urine, or urinary retention?" in out


# Saving.


def test_nothing_is_saved_unless_asked(cli: Cli, workdir: Path) -> None:
    for lines in (
        typed("n"),
        typed("n", "quit", "n"),
        typed("n", "quit", "y", ""),
        typed("n", "quit"),
    ):
        assert cli(*BACK, stdin=lines).code == 0
        assert list(workdir.iterdir()) == []


def test_a_file_name_is_asked_for_until_one_will_do(cli: Cli, workdir: Path) -> None:
    (workdir / "old.yaml").write_text("mine", encoding="utf-8")
    (workdir / "folder.yaml").mkdir()
    names = ("mine.txt", "old.yaml", "folder.yaml", "no/mine.yaml", "mine.yaml")
    result = cli(*BACK, stdin=typed("n", "quit", "y", *names))
    assert result.err == "wrote mine.yaml\n"
    assert (workdir / "old.yaml").read_text(encoding="utf-8") == "mine"
    said = words(result.out)
    assert "'mine.txt' does not end in .yaml" in said
    assert "'old.yaml' is there already" in said
    assert "'folder.yaml' is a folder" in said
    assert "There is no folder 'no'" in said
    assert list(saved(workdir).findings) == ["rf_bladder_retention"]


def test_a_file_that_cannot_be_written_in_the_end_is_asked_for_again(
    cli: Cli, workdir: Path, monkeypatch: Any
) -> None:
    def full(content: Any, output: str | None) -> None:
        if output == "mine.yaml":
            raise OSError(28, "No space left on device", output)
        put_out(content, output)

    monkeypatch.setattr("pathways.cli.ask_command.put_out", full)
    result = cli(*BACK, "-o", "mine.yaml", stdin=typed("n", "stop", "other.yaml"))
    assert "'mine.yaml' cannot be written: No space left on device" in result.out
    assert list(saved(workdir, "other.yaml").findings) == ["rf_bladder_retention"]
    lost = cli(*BACK, "-o", "mine.yaml", stdin=typed("n"))
    assert (lost.code, lost.err) == (2, "pathways: 'mine.yaml': No space left on device\n")


def test_the_record_holds_no_name_and_nothing_of_the_machine(cli: Cli, workdir: Path) -> None:
    cli(*BACK, "-o", "mine.yaml", stdin=typed("n"))
    assert (workdir / "mine.yaml").read_text(encoding="utf-8") == (
        "format: 1\nrecord: my-answers\nrecorded: 2026-11-25\npathways:\n  - severe-back-pain\n"
        "findings:\n  rf_bladder_retention: no\n"
    )


@pytest.mark.parametrize(
    ("output", "record", "fault"),
    [
        ("new.yaml", None, ""),
        ("new.yml", None, ""),
        ("own.yaml", "own.yaml", ""),
        ("own.yaml", "other.yaml", "'own.yaml' is there already"),
        ("own.yaml", None, "'own.yaml' is there already"),
        ("new", None, "'new' does not end in .yaml"),
    ],
)
def test_where_answers_can_be_saved(
    workdir: Path, output: str, record: str | None, fault: str
) -> None:
    for name in ("own.yaml", "other.yaml"):
        (workdir / name).write_text("", encoding="utf-8")
    assert output_fault(output, record).startswith(fault)
    assert bool(output_fault(output, record)) == bool(fault)


# Wrong use, before the first question.

WRONG = [
    (("-",), "the answers come from standard input; name a file"),
    (("--record", "-"), "the answers come from standard input; name a file"),
    (
        ("safety", "-o", "-"),
        "the questions go to standard output; name a file to save the answers in",
    ),
    (
        ("safety", "-o", "mine.json"),
        "'mine.json' does not end in .yaml; name a file such as my-answers.yaml",
    ),
    (
        ("safety", "-o", "no/mine.yaml"),
        "there is no folder 'no'; make it first, or name another file",
    ),
    (
        ("safety", "--on", "soon"),
        "argument --on: a day such as 2026-11-25 is needed, not 'soon'",
    ),
    (("safety", "--recrd", "x"), "'--recrd' cannot stand here; did you mean '--record'?"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(each) for each, _ in WRONG])
def test_wrong_use_is_named(
    cli: Cli, workdir: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli("ask", *arguments, stdin=typed("n"))
    assert (result.code, result.out) == (2, "")
    assert result.err == f"pathways ask: {message}\nTry 'pathways ask --help'.\n"
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("sfety",), 2, "pathways: no pathway or file 'sfety'; did you mean 'safety'"),
        (("--record", "sed-000"), 2, "pathways: no record file or example 'sed-000'; did you"),
        (("safety", "--record", "bad.yaml"), 1, "bad.yaml:3:12: error[unknown-finding]: "),
    ],
)
def test_what_cannot_be_read_is_named(
    cli: Cli, workdir: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    text = "record: x\nrecorded: 2026-11-20\nfindings: {pain_nw: 7}\n"
    (workdir / "bad.yaml").write_text(text, encoding="utf-8")
    result = cli("ask", *arguments, *DAY, stdin=typed("n"))
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(message)


# A terminal that goes away.


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_without_losing(workdir: Path, environment: Environment) -> None:
    running = subprocess.Popen(
        command(*BACK, "-o", "mine.yaml"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=workdir,
        env=environment(),
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write("n\n")
    running.stdin.flush()
    seen = ""
    while "leak pee" not in seen:
        seen += running.stdout.read(1)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert "Traceback" not in err
    assert running.returncode == 0
    assert list(saved(workdir).findings) == ["rf_bladder_retention"]


def test_prompts_are_not_held_back(monkeypatch: Any) -> None:
    class Stream(io.StringIO):
        held = False

        def write(self, text: str) -> int:
            self.held = True
            return super().write(text)

        def flush(self) -> None:
            self.held = False

    stream = Stream()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stdin", io.StringIO(" yes \n"))
    terminal = Terminal()
    assert terminal.read("Ready?") == "yes"
    assert (stream.getvalue(), stream.held) == ("Ready? > ", False)
    assert terminal.read("More?") is None
    assert terminal.is_at_end
    assert not terminal.agrees("Sure?")


# Whatever is typed.

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["y", "n", "u", "none", "1", "2", "back", "answers", "change 1", "skip", "why", "care"]
        ),
        st.sampled_from(["keep", "help", "", "stop", "quit", "5", "1,2", "place"]),
        st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=9),
    ),
    max_size=25,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(LINES)
def test_whatever_is_typed_it_ends_well_and_saves(
    workdir: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str]
) -> None:
    (workdir / "mine.yaml").unlink(missing_ok=True)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(typed(*lines)))
        patch.setattr(sys, "stdout", io.StringIO())
        messages = io.StringIO()
        patch.setattr(sys, "stderr", messages)
        code = main([*BACK, "-o", "mine.yaml"])
        assert "Traceback" not in messages.getvalue()
    assert code == 0
    assert saved(workdir).record == "my-answers"
