"""The signs for which to get help now: the box that comes first, whatever else is left out."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.conditions import describe
from pathways.handouts.blocks import Block, Bullets, Line, Notice, Paragraph, Run, text_of
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.states import Interrupt
from pathways.reports.phrases import sentence


def emergency_box(request: Request) -> Notice:
    """Return the box with the warning signs and what to do about them.

    Args:
        request: What is asked for.
    """
    interrupts = request.pathway.interrupts
    emergency = [each for each in interrupts if each.level == "emergency"]
    urgent = [each for each in interrupts if each.level == "urgent"]
    blocks: list[Block] = []
    brief = request.kind == "visit_sheet"
    for each in emergency:
        blocks.append(Paragraph((Run(_what_to_do(request, each), strong=True),)))
        listed = sentence("; ".join(_plain_signs(request, each)))
        blocks.append(
            Paragraph(text_of(listed)) if brief else Bullets(tuple(_signs(request, each)))
        )
    if urgent and not brief:
        blocks.append(Paragraph((Run(_soon(request), strong=True),)))
        for each in urgent:
            listed = "; ".join(_plain_signs(request, each))
            blocks.append(Paragraph(text_of(sentence(listed))))
    if not blocks:
        blocks = [Paragraph(text_of(_without_signs()))]
    return Notice("emergency", _title(request), tuple(blocks))


def reminder(request: Request) -> str:
    """Return what stands on every page about warning signs, in a few words."""
    if request.reader == "clinician":
        return say("Warning signs first: page 1")
    return say("Warning signs? See page 1")


def _title(request: Request) -> str:
    if request.reader == "clinician":
        return say("At any time: emergency signs")
    return say("When to get help now")


def _without_signs() -> str:
    return say(
        "This chart names no warning signs. If you feel very ill, call your local emergency number."
    )


def _what_to_do(request: Request, interrupt: Interrupt) -> str:
    """Return what to do about an emergency sign: the title of the state, its detail, and for whom."""
    state = request.pathway.states[interrupt.to]
    first = sentence(state.title.to(request.reader))
    detail = sentence(state.detail.to(request.reader)) if state.detail else ""
    if request.reader == "clinician":
        return f"{first} {detail} {say('One of these is enough:')}"
    return f"{first} {detail} {say('Do it if you have any of these:')}"


def _soon(request: Request) -> str:
    if request.reader == "clinician":
        return say("Urgent signs: work-up the same day or within days.")
    return say("See a clinician today or in the next days if one of these is true:")


def _signs(request: Request, interrupt: Interrupt) -> Iterator[Line]:
    for each in _plain_signs(request, interrupt):
        yield text_of(sentence(each))


def _plain_signs(request: Request, interrupt: Interrupt) -> Iterator[str]:
    from pathways.semantics.logic import signs_in

    pathway = request.pathway
    for part in signs_in(interrupt.when, pathway.scope):
        yield describe(part, pathway.scope, request.reader)
