"""The visit sheet: one page to fill in and take along."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.handouts.blocks import Blank, Block, Bullets, Line, Run, Section, text_of
from pathways.handouts.content.alarms import if_yes
from pathways.handouts.content.yours import options
from pathways.handouts.request import Request
from pathways.language import say
from pathways.placed import Placed
from pathways.reports.answer import QuestionSaid
from pathways.reports.phrases import sentence
from pathways.reports.text import later_questions

MOST_UNKNOWN = 2


def visit_sections(request: Request) -> Iterator[Section]:
    """Yield the sections of a visit sheet; what a record knows stands there only where it was asked for.

    Args:
        request: What is asked for.
    """
    placed = request.placed
    filled = placed if placed is not None and request.with_person else None
    yield Section("history", say("What I have had so far"), tuple(_history(filled)))
    yield Section("unknown", say("What is not known yet"), tuple(_unknown(request)))
    goals = "; ".join(filled.record.goals) if filled else ""
    yield Section(
        "goals",
        say("What I want"),
        (Blank(say("What I want to be able to do again:"), 1, goals),),
    )
    yield Section(
        "questions",
        say("My questions"),
        (
            Bullets(
                (
                    text_of(say("What could be next for me, and what speaks for and against it?")),
                    text_of(say("What happens if I wait?")),
                )
            ),
            Blank(say("My own questions:"), 1),
        ),
    )


def _history(placed: Placed | None) -> Iterator[Block]:
    if placed is None:
        yield Blank(say("Pain since, and where it hurts:"), 1)
        yield Blank(say("What I have tried, for how long, and how much it helped:"), 2)
        yield Blank(say("Pills I take now, with the dose:"), 1)
        return
    said = placed.answer("patient").so_far
    items = tuple(
        text_of(f"{each.title}: {sentence(each.because or each.how_words)}") for each in said
    )
    if items:
        yield Bullets(items)
    yield Blank(say("What helped, and how much:"), 1)
    yield Blank(say("Pills I take now, with the dose:"), 1)


def _unknown(request: Request) -> Iterator[Block]:
    placed = request.placed
    questions = later_questions(placed.answer("patient")) if placed is not None else ()
    items = tuple(_asked(request, each) for each in questions[:MOST_UNKNOWN])
    if items:
        yield Bullets(items)
    yield Blank(say("Tests and results I am waiting for:"), 1)


def _asked(request: Request, question: QuestionSaid) -> Line:
    """Return an open question; one about a warning sign with boxes to tick, and what a yes means."""
    asked = f"{question.question}{options(question)}"
    do = if_yes(request, question.finding)
    if not do:
        return text_of(asked)
    return (Run(f"{asked} "), Run(say("[ ] yes [ ] no"), strong=True), Run(f" {do}"))
