"""The handout for patients: get help now, where you are, what could be next, and what to ask."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.handouts.blocks import (
    Block,
    Bullets,
    Card,
    Line,
    Paragraph,
    Run,
    Section,
    labelled,
    text_of,
    walk,
)
from pathways.handouts.content.care import Told, how_sure
from pathways.handouts.content.lists import differences, questions, sources, words_explained
from pathways.handouts.content.steps import Figures, other_steps, phase_sections
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.treatments import ActionCategory
from pathways.reports.phrases import sentence

OWN_CARE: tuple[ActionCategory, ...] = ("self_care", "education")


def pathway_sections(request: Request) -> Iterator[Section]:
    """Yield the sections of a handout about a whole pathway, or one phase of it.

    Args:
        request: What is asked for.
    """
    figures, told = Figures(), Told()
    phases = [request.phase] if request.phase else list(request.pathway.phases)
    body = list(phase_sections(request, phases, figures, told))
    rest = None if request.phase else other_steps(request, figures, told)
    body += [rest] if rest else []
    badges = {each.badge for each in walk(tuple(body)) if isinstance(each, Card) and each.badge}
    first = [going_on(request), parts(request)] if not request.phase else []
    found: list[Section | None] = [*first, how_sure(request, badges), *body]
    if not request.phase:
        found.append(own_care(request))
    found += [questions(_asked(request)), differences(request, request.states)]
    made = [each for each in found if each is not None]
    yield from made
    explained = words_explained(request, made)
    if explained is not None:
        yield explained
    yield sources(request, request.states)


def going_on(request: Request, *, with_answers: bool = True) -> Section | None:
    """Return what is going on: the summary, and what the pathway answers.

    Args:
        request: What is asked for.
        with_answers: Whether to give the answers; they speak of the chart as a whole.
    """
    document = request.pathway.document
    blocks: list[Block] = []
    if document.summary is not None:
        blocks.append(Paragraph(text_of(sentence(document.summary.to("patient"))), "lead"))
    for number, each in enumerate(document.answers if with_answers else (), start=1):
        answer = Paragraph(text_of(sentence(each.answer.to("patient"))))
        blocks.append(Section(f"answer-{number}", each.question.to("patient"), (answer,)))
    if not blocks:
        return None
    return Section("about", say("What is going on"), tuple(blocks))


def parts(request: Request) -> Section | None:
    """Return the parts of the chart, so that a reader finds their place; None when there is one part."""
    phases, numbers = request.pathway.phases, request.pathway.numbers
    if len(phases) < 2:
        return None
    items: list[Line] = []
    for name, phase in phases.items():
        steps = [
            numbers[state] for state, each in request.pathway.states.items() if each.phase == name
        ]
        title = phase.title.to("patient")
        which = (
            say("steps {first} to {last}", first=min(steps), last=max(steps))
            if len(steps) > 1
            else say("step {number}", number=steps[0])
        )
        items.append((Run(title, href=f"#phase-{name}".replace("_", "-")), Run(f" ({which})")))
    lead = say(
        "Start with part 1, always. Then find the part that fits you. Each part has a picture; each step in it has a number."
    )
    return Section(
        "where",
        say("Find where you are"),
        (Paragraph(text_of(lead)), Bullets(tuple(items), ordered=True)),
    )


def own_care(request: Request) -> Section | None:
    """Return what patients can do themselves: care that needs nobody else, where guidelines support it."""
    pathway = request.pathway
    items: dict[str, Line] = {}
    for state in request.states:
        for offer in pathway.states[state].offers:
            record = pathway.catalogue.treatments[offer.treatment]
            badge = pathway.badge_of_treatment(offer.treatment, state)
            if record.category in OWN_CARE and badge in {"supported", "mixed"}:
                items[offer.treatment] = labelled(
                    f"{record.title.to('patient')}:", sentence(record.what.to("patient"))
                )
    if not items:
        return None
    return Section("self_care", say("What you can do yourself"), (Bullets(tuple(items.values())),))


def _asked(request: Request) -> Iterator[str]:
    """Yield questions of a phase; the usual ones are enough for a whole pathway."""
    if request.phase:
        title = request.pathway.phases[request.phase].title.to("patient")
        yield say("What does “{part}” mean for me?", part=title)
