"""A handout about one treatment: what it is, good and bad points, where it stands, what else there is."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.diagrams.views import View
from pathways.errors import UnknownNameError
from pathways.handouts.blocks import Block, Bullets, Paragraph, Run, Section, text_of
from pathways.handouts.content.care import for_and_against, how_sure, what_it_is
from pathways.handouts.content.lists import (
    cited_sources,
    questions,
    told_differences,
    words_explained,
)
from pathways.handouts.content.steps import Figures
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.badges import BADGE_WORDS
from pathways.model.evidence import Evidence
from pathways.reports.phrases import sentence


def treatment_sections(request: Request, name: str) -> Iterator[Section]:
    """Yield the sections of a handout about one treatment.

    Args:
        request: What is asked for.
        name: Name of the treatment.

    Raises:
        UnknownNameError: The pathway has no such treatment at any step.
    """
    states = states_with(request, name)
    record = request.pathway.catalogue.treatments[name]
    title = record.title.to(request.reader)
    badge = request.pathway.badge_of_treatment(name, states[0])
    words = say(BADGE_WORDS[badge][request.reader]) if badge else ""
    blocks: list[Block] = [*what_it_is(request, record, at_length=True)]
    if words:
        blocks.append(
            Paragraph((Run(f"{say('What guidelines say:')} ", strong=True), Run(sentence(words))))
        )
    blocks += for_and_against(request, name, states[0])
    found: list[Section | None] = [
        Section("treatment", say("What it is, and what speaks for and against it"), tuple(blocks)),
        how_sure(request, {badge} if badge else set()),
        _where(request, states),
        _instead(request, name, states),
        questions([say("Is “{title}” right for me, and why now?", title=title)]),
        told_differences(request, record.disagreements),
    ]
    made = [each for each in found if each is not None]
    yield from made
    explained = words_explained(request, made[1:])
    if explained is not None:
        yield explained
    yield cited_sources(request, _evidence(request, name, states))


def _evidence(request: Request, name: str, states: tuple[str, ...]) -> Iterator[Evidence]:
    """Yield what is cited for and against a treatment, for the warning signs and for both sides."""
    catalogue = request.pathway.catalogue
    record = catalogue.treatments[name]
    yield from record.evidence
    for interrupt in request.pathway.interrupts:
        yield from interrupt.evidence
    for state in states:
        for offer in request.pathway.states[state].offers:
            if offer.treatment == name:
                yield from offer.evidence
    for each in record.disagreements:
        for side in catalogue.disagreements[each].sides:
            yield from side.evidence


def states_with(request: Request, name: str) -> tuple[str, ...]:
    """Return the states that offer a treatment or do it.

    Args:
        request: What is asked for.
        name: Name of the treatment.

    Raises:
        UnknownNameError: No state has it.
    """
    states = request.pathway.states
    found = tuple(
        state
        for state, each in states.items()
        if name in each.does or name in {offer.treatment for offer in each.offers}
    )
    if not found or name not in request.pathway.catalogue.treatments:
        known = {
            care
            for each in states.values()
            for care in (*each.does, *(offer.treatment for offer in each.offers))
        }
        treatments = sorted(known & set(request.pathway.catalogue.treatments))
        raise UnknownNameError("treatment of this pathway", name, treatments)
    return found


def _where(request: Request, states: tuple[str, ...]) -> Section:
    """Return where in the pathway the treatment stands, with a picture of the first place."""
    pathway, reader = request.pathway, request.reader
    items = tuple(
        text_of(
            say(
                "Step {number}: {title}",
                number=pathway.numbers[each],
                title=pathway.states[each].title.to(reader),
            )
        )
        for each in states
    )
    figures = Figures().figures(
        request, View.around(states[0], 1), say("Around this step"), share=0.5
    )
    return Section("where", say("Where it stands in the chart"), (Bullets(items), *figures))


def _instead(request: Request, name: str, states: tuple[str, ...]) -> Section | None:
    """Return what else is on offer at the same steps; None when it stands alone."""
    pathway, reader = request.pathway, request.reader
    found: dict[str, str] = {}
    for state in states:
        for offer in pathway.states[state].offers:
            if offer.treatment != name:
                badge = pathway.badge_of_treatment(offer.treatment, state)
                found.setdefault(offer.treatment, say(BADGE_WORDS[badge][reader]) if badge else "")
    if not found:
        return None
    items = tuple(
        (
            Run(f"{pathway.catalogue.treatments[each].title.to(reader)}: ", strong=True),
            Run(sentence(words)),
        )
        for each, words in found.items()
    )
    return Section("next", say("What else you could choose at the same step"), (Bullets(items),))
