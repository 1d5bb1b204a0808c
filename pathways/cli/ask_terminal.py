"""The terminal side of ``pathways ask``: it prints questions and reads what is typed."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from pathways.cli.common import width, wrapped
from pathways.cli.place_source import DEFAULT_PATHWAY
from pathways.errors import did_you_mean, printable

if TYPE_CHECKING:
    from pathways.conditions.scope import Reader
    from pathways.patients.dialogue import Asked, Dialogue, Outcome
    from pathways.patients.dialogue_forms import AnswerForm

Ending = Literal["done", "stop", "quit", "no_input", "emergency"]
"""How a dialogue ended: nothing was left to ask, the person said stop or quit, the input ended, or a
sign of an emergency ended it."""

MOST_IN_A_LINE = 10_000
"""So many characters of a line are looked at."""
MOST_COLUMNS, GAP = 3, 2
"""So many columns a list in groups has at most, and so many spaces stand between them."""

COMMANDS: Mapping[str, str] = {
    "back": "change the answer before this one",
    "answers": "see what you have answered",
    "change N": "change answer number N",
    "care": "say which pills, therapies, shots, surgery and tests you have or had",
    "why": "what this question is good for",
    "skip": "leave this question out",
    "place": "see where your answers lead so far",
    "stop": "end here and read where your answers lead",
    "quit": "end here",
}
_AFTER_EMERGENCY = ("back", "answers", "change N", "place", "stop", "quit")
"""What can still be typed when a sign of an emergency has ended the questions."""
_ENDS: Mapping[str, Ending] = {"stop": "stop", "quit": "quit", "exit": "quit", "q": "quit"}


class Terminal:
    """Standard input and output, a line at a time; a pipe will do."""

    def __init__(self) -> None:
        self.is_at_end = False
        if isinstance(sys.stdin, io.TextIOWrapper):
            # Bytes that are no text are no answer, but no reason to lose the others.
            sys.stdin.reconfigure(errors="replace")

    def print(self, text: str = "") -> None:
        """Print text; what a person has to read before they answer is not held back."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def read(self, prompt: str) -> str | None:
        """Return the next line that is typed, without spaces around it; None at the end of input.

        Args:
            prompt: What stands before the place to type at.
        """
        if self.is_at_end:
            return None
        sys.stdout.write(f"{prompt} > ".lstrip())
        sys.stdout.flush()
        line = sys.stdin.readline(MOST_IN_A_LINE)
        rest = line
        while rest and not rest.endswith("\n") and len(rest) == MOST_IN_A_LINE:
            # The end of a line that is far too long must not pass for an answer.
            rest = sys.stdin.readline(MOST_IN_A_LINE)
        if not line:
            self.is_at_end = True
            self.print()
            return None
        return line.strip()

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; anything that is no yes is a no."""
        return (self.read(f"{question} y or n") or "").casefold() in {"y", "yes"}


def choose_pathway(terminal: Terminal, reader: Reader) -> str | None:
    """Ask which pathway of the library is meant; None when the input ends.

    Args:
        terminal: Where to ask.
        reader: Whom the titles are for.
    """
    from pathways.reading.files import library_ids
    from pathways.reading.load import load_many

    loaded = [each for each in load_many(library_ids()) if each.document.concerns is not None]
    loaded.sort(key=lambda each: (each.id != DEFAULT_PATHWAY, each.id))
    names = [each.id for each in loaded]
    terminal.print("Which of these is it about?\n")
    for number, each in enumerate(loaded, start=1):
        terminal.print(wrapped(f"{each.title(reader)} ({each.id})", "     ", f"  {number}  "))
    while True:
        typed = terminal.read(f"\nNumber or name (Enter: {DEFAULT_PATHWAY})")
        if typed is None or typed.casefold() in _ENDS:
            return None
        if not typed:
            return DEFAULT_PATHWAY
        if typed in names:
            return typed
        if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:4]) <= len(names):
            return names[int(typed[:4]) - 1]
        terminal.print(
            wrapped(f"'{printable(typed[:40])}' is none of these; {did_you_mean(typed, names)}")
        )


def converse(dialogue: Dialogue, terminal: Terminal) -> Ending:
    """Ask until nothing useful is left, somebody ends it, or an emergency does.

    Args:
        dialogue: What to ask.
        terminal: Where to ask.

    Returns:
        How it ended.
    """
    return _Conversation(dialogue, terminal).run()


def choice_lines(form: AnswerForm) -> Iterator[str]:
    """Yield the lines of what can be chosen; nothing for yes or no and for a number.

    A list in groups stands in columns, numbered line by line, so that it fits a screen and is read
    aloud in order.

    Args:
        form: How the question can be answered.
    """
    if form.type == "yes_no":
        return
    for heading, choices in groupby(form.choices, key=lambda each: each.group):
        if not heading:
            for each in choices:
                yield wrapped(each.title, "       ", f"  {each.key:>2}   ")
            continue
        yield ""
        yield heading
        yield from _in_columns([f"{each.key:>4}  {each.title}" for each in choices])


def _in_columns(cells: Sequence[str]) -> Iterator[str]:
    widest = max(map(len, cells))
    columns = max(1, min(MOST_COLUMNS, (width() + GAP) // (widest + GAP)))
    for first in range(0, len(cells), columns):
        row = cells[first : first + columns]
        yield (" " * GAP).join(each.ljust(widest) for each in row).rstrip()


@dataclass
class _Conversation:
    """One dialogue at one terminal."""

    dialogue: Dialogue
    terminal: Terminal
    shown: Asked | None = None

    def run(self) -> Ending:
        self.terminal.print(
            wrapped(
                "One question at a time. Not sure is an answer too; for a warning sign it counts as "
                "a yes until the sign was checked. Type help to see what else you can type. "
                "Information, not medical advice."
            )
        )
        while True:
            try:
                ending = self._turn()
            except KeyboardInterrupt:
                self.terminal.print()
                return "quit"
            if ending is not None:
                return ending

    def _turn(self) -> Ending | None:
        """Ask one question, or after an emergency what to do, and take what is typed."""
        asked = self.dialogue.question
        if asked is None and not self.dialogue.is_stopped:
            return "done"
        if asked != self.shown:
            self._show(asked)
            self.shown = asked
        typed = self.terminal.read("" if asked else "back, answers, or Enter to end")
        if typed is None:
            return "no_input"
        if not typed:
            return self._enter(asked)
        return self._take(typed)

    def _enter(self, asked: Asked | None) -> Ending | None:
        if asked is None:
            return "emergency"
        if asked.current:
            self.dialogue.keep()
        else:
            self._say(asked.form.help)
        return None

    def _take(self, typed: str) -> Ending | None:
        word = typed.casefold()
        if word in _ENDS:
            return _ENDS[word]
        changes = re.fullmatch(r"change\s+([0-9]{1,4})", word)
        if changes:
            self._tell(self.dialogue.change(int(changes[1])))
            return None
        run = self._commands().get(word)
        if run is not None:
            run()
        else:
            self._answer(typed)
        return None

    def _commands(self) -> Mapping[str, Callable[[], None]]:
        dialogue = self.dialogue
        return {
            "back": lambda: self._tell(dialogue.back()),
            "skip": lambda: self._tell(dialogue.skip()),
            "keep": lambda: self._tell(dialogue.keep()),
            "care": lambda: self._tell(dialogue.care()),
            "answers": self._show_answers,
            "change": lambda: self._say("Type change and the number of an answer: change 3."),
            "why": self._why,
            "place": self._place,
            "help": self._help,
            "?": self._help,
        }

    def _answer(self, typed: str) -> None:
        if self.dialogue.question is None:
            self._say_how_to_go_on()
            return
        outcome = self.dialogue.answer(typed)
        self._tell(outcome)
        if outcome.raised == "urgent":
            self._say_urgent(outcome)

    def _tell(self, outcome: Outcome) -> None:
        if outcome.message:
            self._say(outcome.message)
        if outcome.result in {"moved", "kept"}:
            self.shown = None

    def _show(self, asked: Asked | None) -> None:
        if asked is None:
            self._say_emergency()
            return
        from pathways.reports.headings import level_words

        level = f"[{level_words(asked.level, self.dialogue.reader)}] " if asked.level else ""
        self.terminal.print()
        self._say(f"{level}{asked.question}")
        if asked.why:
            self._say(asked.why)
        for line in choice_lines(asked.form):
            self.terminal.print(line)
        self._say(asked.form.help)
        if asked.current:
            self._say(f"Your answer so far: {asked.current}. Press Enter to keep it.")

    def _say_emergency(self) -> None:
        """Say at once what to do now, why, and how to go on afterwards."""
        from pathways.reports.phrases import sentence
        from pathways.reports.saying import answer_of

        answer = answer_of(self.dialogue.located, self.dialogue.reader, self.dialogue.record)
        self.terminal.print()
        self._say(sentence(answer.headline_words))
        if answer.lead:
            self._say(answer.lead)
        for each in answer.alarms:
            if each.status == "certain" and each.level == "emergency" and each.because:
                self._say(sentence(f"because {each.because}"))
        self._say(
            "The questions stop here: this comes before all else. If an answer is wrong, type back "
            "to change it. You can go on with the questions when this has been checked: save your "
            "answers, and go on from them later with --record."
        )

    def _say_how_to_go_on(self) -> None:
        """Say what can be typed when the questions have stopped, and what to do afterwards."""
        self._say("The questions have stopped: get help first. What you can type here:")
        self._list({name: COMMANDS[name] for name in _AFTER_EMERGENCY})
        self._say(
            "Press Enter to end. You can save your answers then, and go on from them with --record "
            "when this has been checked."
        )

    def _say_urgent(self, outcome: Outcome) -> None:
        """Say what a sign calls for; the questions go on."""
        from pathways.reports.phrases import sentence
        from pathways.reports.saying import answer_of

        answer = answer_of(self.dialogue.located, self.dialogue.reader, self.dialogue.record)
        unsure = "Not sure counts as a yes here. " if outcome.presumed else ""
        for each in answer.alarms:
            if each.status == "certain" and each.level == "urgent" and each.because:
                now = sentence(answer.headline_words) if answer.headline == "urgent" else ""
                said = f"{unsure}{sentence(each.do)} {now}".strip()
                self._say(f"{said} You can still answer the other questions.")
                return

    def _show_answers(self) -> None:
        answers = self.dialogue.answers
        if not answers:
            self._say("Nothing was answered yet.")
        for each in answers:
            text = f"{each.question} {each.words}"
            self.terminal.print(wrapped(text, "       ", f"  {each.number:>2}   "))
        if answers:
            self._say("Type change and a number to change one: change 1.")

    def _why(self) -> None:
        asked = self.dialogue.question
        if asked is None:
            self._say("Nothing is asked now.")
            return
        from pathways.reports.phrases import sentence
        from pathways.reports.saying import answer_of

        located, reader = self.dialogue.located, self.dialogue.reader
        said = next(
            (e for e in answer_of(located, reader).questions if e.finding == asked.finding), None
        )
        level = {
            "emergency": "A yes would call for emergency care at once.",
            "urgent": "A yes would call for a check before other care goes on.",
            "soon": "A yes is a reason to talk to the clinician soon.",
        }.get(asked.level, "")
        bears_on = sentence(said.bears_on) if said else ""
        parts = [asked.why, level, bears_on]
        self._say(" ".join(filter(None, parts)) or "You are asked again to check your answer.")

    def _place(self) -> None:
        from pathways.reports.saying import answer_of
        from pathways.reports.text import to_text

        answer = answer_of(self.dialogue.located, self.dialogue.reader, self.dialogue.record)
        self.terminal.print()
        self.terminal.print(to_text(answer, width=width()).rstrip("\n"))
        self.shown = None

    def _help(self) -> None:
        asked = self.dialogue.question
        if asked is None:
            self._say_how_to_go_on()
            return
        self._say(asked.form.help)
        self._list(COMMANDS)

    def _list(self, commands: Mapping[str, str]) -> None:
        for name, words in commands.items():
            self.terminal.print(wrapped(words, " " * 13, f"  {name:<9}  "))

    def _say(self, text: str) -> None:
        self.terminal.print(wrapped(text))
