"""A journey in words: step by step what was known, and why this way on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pathways.checks.results import Journey, Moment, Reported
from pathways.conditions import KnownValue, describe, describe_value, title_of
from pathways.conditions.nodes import Always, Otherwise
from pathways.model.pathway import ResolvedPathway
from pathways.semantics.logic import is_sign


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step of a journey in words.

    Args:
        number: Step number of the state.
        state: Name of the state.
        title: Its title.
        known: What is known there and was not said before, or has changed.
        because: Why this way on; empty at the last step.
    """

    number: int
    state: str
    title: str
    known: tuple[str, ...]
    because: str


def steps_told(pathway: ResolvedPathway, journey: Journey) -> tuple[StepTold, ...]:
    """Return a journey step by step, in the words of a clinician.

    Args:
        pathway: The pathway.
        journey: A journey through it.
    """
    told: list[StepTold] = []
    said: dict[str, KnownValue] = {}
    for moment in journey.moments:
        new = {
            name: moment.values[name]
            for name in journey.told
            if name in moment.values and said.get(name) != moment.values[name]
        }
        said |= new
        told.append(
            StepTold(
                pathway.numbers[moment.state],
                moment.state,
                pathway.states[moment.state].title.clinician,
                tuple(_known(pathway, new)),
                _because(pathway, moment),
            )
        )
    return tuple(told)


def _known(pathway: ResolvedPathway, values: Mapping[str, KnownValue]) -> Iterator[str]:
    """Yield what is known in words; warning signs that are absent are said together."""
    quiet = [name for name, value in values.items() if _is_quiet(pathway, name, value)]
    for name, value in values.items():
        if name in quiet and len(quiet) > 1:
            continue
        if isinstance(value, Mapping) and not _says_yes(value):
            # Every option it is not would be longer than the rest of the journey.
            yield f"{title_of(name, pathway.scope)}: none of these"
        else:
            yield describe_value(name, value, pathway.scope)
    if len(quiet) > 1:
        yield f"none of {len(quiet)} warning signs"


def _is_quiet(pathway: ResolvedPathway, name: str, value: KnownValue) -> bool:
    record = pathway.catalogue.findings.get(name)
    if record is None or not is_sign(record):
        return False
    return not _says_yes(value) if isinstance(value, Mapping) else value is False


def _says_yes(value: Mapping[str, bool]) -> bool:
    return any(yes for option, yes in value.items() if option != "none")


def _because(pathway: ResolvedPathway, moment: Moment) -> str:
    if not moment.way:
        return ""
    owner, _, index = moment.way.rpartition("/")
    if owner == "interrupt":
        interrupt = pathway.interrupts[int(index)]
        return f"{interrupt.label.clinician}: goes to step {pathway.numbers[interrupt.to]}"
    transition = pathway.states[owner].next[int(index)]
    goal = f"goes on to step {pathway.numbers[transition.to]}"
    match transition.when:
        case Always():
            return goal
        case Otherwise():
            return f"{goal}: nothing else is open"
        case when:
            return f"{goal}: {describe(when, pathway.scope)}"


_CLAIMS: Mapping[str, str] = {
    "gap": "nothing is open here",
    "overlap": "two ways are open here at once",
    "cannot-finish": "no end can be reached from here, unless a warning sign turns up",
    "endless-loop": "goes round for ever",
    "else-catches": "only 'else' is open here",
    "entry-not-met": "the pathway that follows is not for this patient",
}


def claim(reported: Reported) -> str:
    """Return in a few words what the last step of a journey shows.

    Args:
        reported: What is reported.

    Example:
        >>> from pathways.errors import Problem
        >>> claim(Reported(Problem("gap", "at step 2 nothing is open")))
        'nothing is open here'
    """
    if reported.rule:
        return f"the rule '{reported.rule}' fails"
    code = reported.problem.code
    return _CLAIMS.get(code, code.replace("-", " "))


def journey_lines(pathway: ResolvedPathway, journey: Journey, shows: str = "") -> Iterator[str]:
    """Yield a journey as lines of text, one or two for each step.

    Args:
        pathway: The pathway.
        journey: A journey through it.
        shows: What its last step shows, see :func:`claim`; empty: nothing is said of that.
    """
    for place, told in enumerate(steps_told(pathway, journey)):
        known = f" [{'; '.join(told.known)}]" if told.known else ""
        yield f"{told.number}. {told.title}{known}"
        if told.because:
            yield f"    -> {told.because}"
        if journey.back_to is not None and place == len(journey.moments) - 1:
            yield f"    -> {round_words(pathway, journey)}"
        elif shows and place == len(journey.moments) - 1:
            yield f"    => {shows}"


def round_words(pathway: ResolvedPathway, journey: Journey) -> str:
    """Return what is said at the end of a journey that comes back to one of its own steps.

    Args:
        pathway: The pathway.
        journey: The journey; of one that does not come back nothing is said.
    """
    if journey.back_to is None:
        return ""
    begin = pathway.numbers[journey.moments[journey.back_to].state]
    return f"and so on: it is as it was at step {begin}"
