"""Warning signs in the words of one reader: what interrupts, what was not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.conditions import Condition, describe
from pathways.model.states import Interrupt
from pathways.reports.answer import AlarmSaid
from pathways.reports.phrases import listed, sentence
from pathways.reports.wording import Wording

MOST_SIGNS = 6
"""Of more signs that were not asked about, a patient is pointed to the list they have just read."""


def alarms_said(words: Wording) -> Iterator[AlarmSaid]:
    """Yield the ways that are open at any time, and how the patient stands to them."""
    found = {each.index: each for each in words.place.interruptions}
    headline = headline_alarm(words)
    for index, interrupt in enumerate(words.pathway.interrupts):
        state = words.pathway.states[interrupt.to]
        each = found.get(index)
        yield AlarmSaid(
            level=interrupt.level,
            label=interrupt.label.to(words.reader),
            signs=tuple(_signs(words, interrupt.when)),
            target=interrupt.to,
            number=words.pathway.numbers[interrupt.to],
            title=state.title.to(words.reader),
            text=state.text.to(words.reader) if state.text else "",
            is_headline=index == headline,
            do=_what_to_do(words, interrupt),
            status=each.status if each else "excluded",
            because=_raised_by(words, each.signs, each.presumed, each.not_cleared) if each else "",
            unasked=tuple(words.title(name) for name in each.unasked) if each else (),
        )


def headline_alarm(words: Wording) -> int | None:
    """Return the interrupt that the headline is about; None when the headline is about none.

    The patient is at what it leads to then, or right behind the question how soon.
    """
    place, states = words.place, words.pathway.states
    raised = next((each for each in place.interruptions if each.status == "certain"), None)
    if raised is None:
        return None
    target = states[raised.to]
    behind = {way.to for way in target.next} if target.kind == "decision" else set()
    return raised.index if place.stops[0].state in {raised.to, *behind} else None


def proviso_said(words: Wording) -> str:
    """Return what is taken for granted in words; empty when nothing is."""
    signs = [words.title(name) for name in words.place.proviso]
    if not signs:
        return ""
    if words.reader == "patient" and len(signs) > MOST_SIGNS:
        return words.say("proviso_many")
    return words.say("proviso", signs=listed(signs, "or"))


def whatever_said(words: Wording) -> str:
    """Return what holds whatever is unknown; empty when the proviso changes nothing."""
    weaker = any(way.provided != way.whatever for way in words.place.ways)
    return words.say("whatever") if weaker and words.place.proviso else ""


def _what_to_do(words: Wording, interrupt: Interrupt) -> str:
    """What to do first: where the target is itself a question, why it must be asked."""
    state = words.pathway.states[interrupt.to]
    if state.kind == "decision" and interrupt.why:
        return sentence(interrupt.why.to(words.reader))
    detail = sentence(state.detail.to(words.reader)) if state.detail else ""
    return f"{sentence(state.title.to(words.reader))} {detail}".strip()


def _signs(words: Wording, condition: Condition) -> Iterator[str]:
    """Yield the signs that count, one by one: names of lists of signs are opened."""
    for part in words.located.logic.signs_in(condition):
        yield describe(part, words.pathway.scope, words.reader)


def _raised_by(
    words: Wording, signs: Iterable[str], presumed: Iterable[str], not_cleared: Iterable[str]
) -> str:
    unsure = set(presumed)
    said = [
        words.say("presumed", sign=words.known(name)) if name in unsure else words.known(name)
        for name in signs
    ]
    results = [words.title(name) for name in not_cleared]
    if results:
        said.append(words.say("not_cleared", results=listed(results)))
    return listed(said) if said else ""
