"""One treatment as a card: what it is, what speaks for and against it, how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pathways.conditions import describe
from pathways.handouts.blocks import (
    Block,
    Bullets,
    Card,
    Paragraph,
    Run,
    Section,
    labelled,
    text_of,
)
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.badges import (
    AGAINST_FOR_EACH_VOICE_FOR,
    BADGE_WORDS,
    Badge,
    speaking_of,
    votes,
)
from pathways.model.evidence import Direction, Evidence
from pathways.model.states import Offer
from pathways.model.treatments import Treatment
from pathways.reports.phrases import sentence


@dataclass(slots=True)
class Told:
    """Treatments that a handout has explained, each with the step where it did.

    Args:
        at: Number of that step and the verdict there, by name of the treatment.
    """

    at: dict[str, tuple[int, Badge | None]] = field(default_factory=dict)


def care_card(
    request: Request, state: str, offer: Offer, told: Told, *, at_length: bool = False
) -> Card:
    """Return what is on offer as a card; one that was explained before in brief.

    Args:
        request: What is asked for.
        state: Name of the state that offers it.
        offer: What is on offer.
        told: What was explained before; this one is added.
        at_length: Whether to say how it is meant to work, what for, and what it needs.
    """
    pathway, reader = request.pathway, request.reader
    record = pathway.catalogue.treatments[offer.treatment]
    badge = pathway.badge_of_treatment(offer.treatment, state)
    blocks: list[Block] = []
    before = told.at.get(offer.treatment)
    if before is None:
        told.at[offer.treatment] = pathway.numbers[state], badge
        blocks += what_it_is(request, record, at_length=at_length)
    blocks += _here(request, offer)
    # Guidelines may judge it otherwise in another situation; then their points are told anew.
    if before is None or before[1] != badge:
        blocks += for_and_against(request, offer.treatment, state, offer.evidence)
    if before is not None:
        blocks.append(Paragraph(text_of(say("More about it: step {number}.", number=before[0]))))
    words = BADGE_WORDS[badge][reader] if badge else ""
    return Card(record.title.to(reader), badge, say(words) if words else "", tuple(blocks))


def what_it_is(request: Request, record: Treatment, *, at_length: bool) -> Iterator[Block]:
    """Yield what a treatment is; at length also how it is meant to work, what for, how long it lasts."""
    reader = request.reader
    yield Paragraph(text_of(sentence(record.what.to(reader))))
    if not at_length:
        return
    parts = (
        (say("How it is meant to work:"), record.how_meant_to_work),
        (say("What it is for:"), record.meant_for),
        (say("How long it may help:"), record.lasts),
    )
    for label, text in parts:
        if text is not None:
            yield Paragraph(labelled(label, sentence(text.to(reader))))


def _here(request: Request, offer: Offer) -> Iterator[Block]:
    """Yield when it is on offer at this step, and what to know of it here."""
    if offer.when is not None:
        words = describe(offer.when, request.pathway.scope, request.reader)
        yield Paragraph(labelled(say("Only if:"), sentence(words)))
    if offer.note is not None:
        yield Paragraph(text_of(sentence(offer.note.to(request.reader))))


def for_and_against(
    request: Request, treatment: str, state: str | None, more: tuple[Evidence, ...] = ()
) -> Iterator[Block]:
    """Yield what speaks for a treatment and what against it, then what to take care of.

    Args:
        request: What is asked for.
        treatment: Name of the treatment.
        state: Name of the state that offers it; None: in general.
        more: Evidence besides that of the catalogue.
    """
    record = request.pathway.catalogue.treatments[treatment]
    situation = request.pathway.states[state].situation if state else None
    situations = request.pathway.catalogue.situations
    evidence = tuple(speaking_of([*record.evidence, *more], situation, situations))
    good = labelled(say("Good points:"), _points(request, evidence, "for"))
    bad = labelled(say("Bad points:"), _points(request, evidence, "against"))
    if request.reader == "clinician":
        yield Paragraph(good)
        yield Paragraph(bad)
    else:
        yield Paragraph((*good, Run(" "), *bad))
    found = list(_cautions(request, record))
    if found:
        yield Paragraph(labelled(say("Take care:"), " ".join(found)))
    needs = [sentence(each.text.to(request.reader)) for each in record.requires]
    if needs:
        yield Paragraph(labelled(say("It needs:"), " ".join(needs)))


def _points(request: Request, evidence: tuple[Evidence, ...], direction: Direction) -> str:
    """Return how many current guidelines, and how many other sources, speak for or against it."""
    sources = request.pathway.catalogue.sources
    cited = {each.source for each in evidence if each.direction == direction}
    voices = sorted(name for name in cited if votes(sources[name]))
    others = sorted(
        name for name in cited if not votes(sources[name]) and sources[name].kind != "seed"
    )
    if request.reader == "clinician":
        named = [sources[name].short_name for name in (*voices, *others)]
        return sentence("; ".join(named)) if named else say("None found.")
    said = []
    if voices:
        said.append(_counted(len(voices), direction))
    if others:
        said.append(_others(len(others), direction))
    return " ".join(said) if said else _nobody(direction)


def _counted(count: int, direction: Direction) -> str:
    if direction == "for":
        if count == 1:
            return say("One guideline is for it.")
        return say("{count} guidelines are for it.", count=count)
    if count == 1:
        return say("One guideline advises against it.")
    return say("{count} guidelines advise against it.", count=count)


def _others(count: int, direction: Direction) -> str:
    if direction == "for":
        if count == 1:
            return say("One other source speaks for it.")
        return say("{count} other sources speak for it.", count=count)
    if count == 1:
        return say("One other source speaks against it.")
    return say("{count} other sources speak against it.", count=count)


def _nobody(direction: Direction) -> str:
    if direction == "for":
        return say("We found no guideline for it.")
    return say("We found no guideline against it.")


def _cautions(request: Request, record: Treatment) -> Iterator[str]:
    catalogue, reader = request.pathway.catalogue, request.reader
    found = [*record.cautions]
    for each in record.classes:
        found += [caution for caution in catalogue.classes[each].cautions if caution.when is None]
    for caution in found:
        text = sentence(caution.text.to(reader))
        if caution.when is not None and reader == "clinician":
            whom = describe(caution.when, request.pathway.scope, reader)
            text = f"{text.rstrip('.')} ({say('if {condition}', condition=whom)})."
        yield text


def how_sure(request: Request, badges: set[Badge]) -> Section | None:
    """Return what the verdicts on the cards mean; None when there are none.

    Args:
        request: What is asked for.
        badges: The verdicts that stand on the cards.
    """
    meanings: dict[Badge, str] = {
        "supported": say("The guidelines that speak of it are for it. None is against it."),
        "mixed": say("Some guidelines are for it, some advise against it."),
        "advised_against": say(
            "No guideline is for it, or at least {count} advise against it for each one that is for it. You see it because people ask.",
            count=AGAINST_FOR_EACH_VOICE_FOR,
        ),
        "experimental": say(
            "It is still being tested. No guideline is for it. A guideline or a drug authority wants it only in studies."
        ),
        "no_guideline_found": say("We found no guideline that says yes or no."),
        "seed_only": say("No one has looked yet at what guidelines say."),
    }
    items = tuple(
        labelled(f"{say(BADGE_WORDS[badge][request.reader])}:", meaning)
        for badge, meaning in meanings.items()
        if badge in badges
    )
    if not items:
        return None
    return Section("how_sure", say("How sure are we?"), (Bullets(items),))
