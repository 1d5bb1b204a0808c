"""What an answer says first: headline, what to do, what cannot wait, in the words of one reader."""

from __future__ import annotations

from pathways.model.states import State
from pathways.patients.place import Headline, Interruption, Stop
from pathways.reports.phrases import listed, sentence
from pathways.reports.signs import headline_alarm, what_to_do
from pathways.reports.wording import Wording

URGENT: frozenset[Headline] = frozenset({"emergency", "urgent"})
"""Headlines after which nothing else matters first."""
UNASKED: frozenset[str | None] = frozenset(
    {"education", "medicine", "referral", "self_care", "therapy"}
)
"""Care that comes next by itself; anything else comes only if it is wanted."""


def headline_said(words: Wording) -> str:
    """Return the headline of an answer."""
    place = words.place
    stop = place.stops[0]
    match place.headline:
        case "check_signs":
            return words.say("check_signs")
        case "emergency" | "urgent":
            return _urgent_headline(words)
        case "here" if stop.how == "due":
            state = words.pathway.states[stop.state]
            wanted = state.kind == "options" or state.category not in UNASKED
            return _named(words, "next_if_wanted" if wanted else "next_step", stop)
        case _:
            return _named(words, place.headline, stop)


def _named(words: Wording, key: str, stop: Stop) -> str:
    title = words.pathway.states[stop.state].title.to(words.reader)
    return words.say(key, number=words.pathway.numbers[stop.state], title=title)


def _raised(words: Wording) -> Interruption | None:
    return next((each for each in words.place.interruptions if each.status == "certain"), None)


def _urgent_headline(words: Wording) -> str:
    """What to do now; where the check has begun already, which sign was said."""
    raised = _raised(words)
    assert raised is not None
    if headline_alarm(words) is not None:
        return words.pathway.states[words.place.stops[0].state].title.to(words.reader)
    label = words.pathway.interrupts[raised.index].label.to(words.reader)
    return words.say("not_settled", label=label)


def lead_said(words: Wording) -> str:
    """Return what to do or to know first, in a few sentences."""
    place = words.place
    state = words.pathway.states[place.stops[0].state]
    if place.headline == "check_signs":
        return words.say("check_signs_lead", do=_first_help(words))
    if place.headline in URGENT:
        return _own_text(words, state) if headline_alarm(words) is not None else _after_check(words)
    doubts = [
        words.say(
            "doubt",
            number=words.pathway.numbers[name],
            title=words.pathway.states[name].title.to(words.reader),
        )
        for name in place.doubts
    ]
    return " ".join(filter(None, (*doubts, _own_text(words, state, detail=True))))


def _own_text(words: Wording, state: State, *, detail: bool = False) -> str:
    """The text of a step; before it the short line under its title, unless the text begins with it."""
    text = state.text.to(words.reader) if state.text else ""
    # Under a question stands what decides it: said alone it would sound like a fact.
    is_fact = state.detail is not None and state.kind != "decision"
    short = sentence(state.detail.to(words.reader)) if state.detail and is_fact else ""
    if text and (not detail or text.startswith(short.rstrip("."))):
        return text
    return f"{short} {text}".strip()


def _first_help(words: Wording) -> str:
    """What a yes to an emergency sign means."""
    first = next((each for each in words.pathway.interrupts if each.level == "emergency"), None)
    return what_to_do(words, first) if first else ""


def _after_check(words: Wording) -> str:
    """What is said once a work-up has begun: what was found, and what to do if the sign is there."""
    raised = _raised(words)
    assert raised is not None
    results = [
        words.dated(name)
        for alarm in words.located.logic.alarms
        for name in alarm.cleared_by
        if name in words.facts.known
    ]
    state = words.pathway.states[words.place.stops[0].state]
    found = (
        words.say("check_found", results=listed(list(dict.fromkeys(results)))) if results else ""
    )
    if state.kind == "end":
        return " ".join(filter(None, (found, _own_text(words, state))))
    help_state = words.pathway.states[raised.to]
    still = words.say("if_still_there", help=_own_text(words, help_state))
    return " ".join(filter(None, (found, still)))


def meanwhile_said(words: Wording) -> str:
    """Return what holds in any case while the signs are being checked; else nothing."""
    raised = _raised(words)
    if words.place.headline != "check_signs" or raised is None:
        return ""
    title = words.pathway.states[words.place.stops[0].state].title.to(words.reader)
    return words.say("in_any_case", title=title)


def soon_said(words: Wording) -> str:
    """Return which signs are a reason to tell the clinician soon; empty when there are none."""
    signs = [words.sign(name) for name in words.place.soon]
    return words.say("soon", signs=listed(signs)) if signs else ""


def gates_said(words: Wording) -> str:
    """Return which questions about lasting facts are still open; empty when there are none."""
    gates = [words.pathway.states[name] for name in words.place.gates]
    said = [sentence((gate.text or gate.detail or gate.title).to(words.reader)) for gate in gates]
    return words.say("gates", gates=" ".join(said)) if said else ""
