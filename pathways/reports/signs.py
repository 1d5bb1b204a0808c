"""Warning signs in the words of one reader: what interrupts, what was not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.conditions import Condition, describe
from pathways.model.history import inside_sentence
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
            do=what_to_do(words, interrupt),
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


def what_to_do(words: Wording, interrupt: Interrupt) -> str:
    """Return what to do first; where that is a question, why it must be asked, and its answers."""
    states = words.pathway.states
    state = states[interrupt.to]
    if state.kind == "decision" and interrupt.why:
        titles = [inside_sentence(states[way.to].title.to(words.reader)) for way in state.next]
        return f"{sentence(interrupt.why.to(words.reader))} {sentence(listed(titles, 'or'))}"
    detail = sentence(state.detail.to(words.reader)) if state.detail else ""
    return f"{sentence(state.title.to(words.reader))} {detail}".strip()


def _signs(words: Wording, condition: Condition) -> Iterator[str]:
    """Yield the signs that count, one by one: names of lists of signs are opened."""
    for part in words.located.logic.signs_in(condition):
        yield describe(part, words.pathway.scope, words.reader)


def _raised_by(
    words: Wording, signs: Iterable[str], presumed: Iterable[str], not_cleared: Iterable[str]
) -> str:
    unsure = [words.sign(name) for name in presumed]
    sure = [words.dated(name) for name in signs if name not in set(presumed)]
    said = [*sure, *([words.say("presumed", signs=listed(unsure))] if unsure else [])]
    if any(not_cleared):
        said.append(words.say("not_cleared"))
    return listed(said) if said else ""
