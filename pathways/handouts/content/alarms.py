"""The signs for which to get help now: the box that comes first, whatever else is left out."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.conditions import Condition, Otherwise, describe
from pathways.conditions.walk import findings_in
from pathways.handouts.blocks import Block, Bullets, Line, Notice, Paragraph, Run, text_of
from pathways.handouts.content.tables import WITHOUT_COLUMNS
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.states import Interrupt
from pathways.reports.phrases import phrase, sentence


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
        blocks += _urgent(request, urgent)
    if not blocks:
        blocks = [Paragraph(text_of(_without_signs()))]
    return Notice("emergency", _title(request), tuple(blocks))


def how_to_check(request: Request) -> Iterator[str]:
    """Yield how somebody goes through the box: what a yes means in each of its lists."""
    interrupts = request.pathway.interrupts
    emergency = [each for each in interrupts if each.level == "emergency"]
    yield say(
        "Look at the box “When to get help now” first. If you are not sure about a sign, treat it as a yes."
    )
    if len(emergency) != 1:
        yield say("Each list in it says what to do.")
        return
    do = _help(request, emergency[0])
    if all(each.level == "emergency" for each in interrupts):
        yield say("If one of the signs is true: {do}", do=do)
        return
    yield say("If a sign in the first list is true: {do}", do=do)
    yield say(
        "If a sign in the second list is true: see a clinician today or in the next days. The box says which signs are for today."
    )


def if_yes(request: Request, finding: str) -> str:
    """Return what to do where a question about a warning sign is answered with yes; else nothing.

    Only for findings that are a sign by themselves: "have you ever had cancer" alone is none.

    Args:
        request: What is asked for.
        finding: Name of the finding that is asked about.
    """
    for level in ("emergency", "urgent"):
        for each in request.pathway.interrupts:
            if each.level == level and finding in _lone_findings(request, each.when):
                if level == "emergency":
                    return say("If yes: {do}", do=_help(request, each))
                return _how_soon(request, each, finding)
    return ""


def _how_soon(request: Request, interrupt: Interrupt, finding: str) -> str:
    """Return how soon a sign has to be checked, as the decision says that the signs lead to."""
    state = request.pathway.states[interrupt.to]
    for way in state.next if state.kind == "decision" else ():
        is_rest = isinstance(way.when, Otherwise)
        if is_rest or finding in _lone_findings(request, way.when):
            title = request.pathway.states[way.to].title.to(request.reader)
            return say("If yes, do not wait: {do}", do=sentence(title))
    return say("If yes, do not wait: see a clinician today or in the next days.")


def _lone_findings(request: Request, condition: Condition) -> Iterator[str]:
    from pathways.semantics.logic import signs_in

    scope = request.pathway.scope
    for part in signs_in(condition, scope):
        found = findings_in(part, scope)
        if len(found) == 1:
            yield from found


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


def _urgent(request: Request, urgent: list[Interrupt]) -> Iterator[Block]:
    """Yield the signs that can wait a little; for patients one by one, and which of them are for today."""
    yield Paragraph((Run(phrase("soon_if", request.reader), strong=True),))
    listed = [sentence("; ".join(_plain_signs(request, each))) for each in urgent]
    if request.reader == "clinician":
        yield from (Paragraph(text_of(each)) for each in listed)
        return
    if request.profile == WITHOUT_COLUMNS:
        # In large print a list would drive signs from the first page, in Spanish all of these.
        yield Paragraph(text_of(" ".join(listed)))
    else:
        yield Bullets(tuple(line for each in urgent for line in _signs(request, each)))
    for name in dict.fromkeys(each.to for each in urgent):
        state = request.pathway.states[name]
        if state.kind == "decision" and state.text is not None:
            yield Paragraph(text_of(sentence(state.text.to(request.reader))))


def _what_to_do(request: Request, interrupt: Interrupt) -> str:
    """Return what to do about an emergency sign: the title of the state, its detail, and for whom."""
    return f"{_help(request, interrupt)} {phrase('any_sign', request.reader)}"


def _help(request: Request, interrupt: Interrupt) -> str:
    """Return what the state that a sign leads to calls itself, in sentences."""
    state = request.pathway.states[interrupt.to]
    texts = (state.title, state.detail) if state.detail else (state.title,)
    return " ".join(sentence(each.to(request.reader)) for each in texts)


def _signs(request: Request, interrupt: Interrupt) -> Iterator[Line]:
    for each in _plain_signs(request, interrupt):
        yield text_of(sentence(each))


def _plain_signs(request: Request, interrupt: Interrupt) -> Iterator[str]:
    from pathways.semantics.logic import signs_in

    pathway = request.pathway
    for part in signs_in(interrupt.when, pathway.scope):
        yield describe(part, pathway.scope, request.reader)
