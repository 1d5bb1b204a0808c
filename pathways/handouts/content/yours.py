"""What a handout says to one patient: where they are, what could be next, what to find out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathways.diagrams.model import Overlay
from pathways.diagrams.place_overlay import overlay_of
from pathways.diagrams.views import View
from pathways.handouts.blocks import (
    Block,
    Bullets,
    Card,
    Figure,
    Line,
    Notice,
    Paragraph,
    Run,
    Section,
    labelled,
    text_of,
    walk,
)
from pathways.handouts.content.alarms import how_to_check, if_yes
from pathways.handouts.content.care import Told, care_card, how_sure, what_it_is
from pathways.handouts.content.lists import differences, questions, sources, words_explained
from pathways.handouts.content.patient import going_on
from pathways.handouts.content.steps import Figures
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.badges import Badge
from pathways.placed import Placed
from pathways.reports.answer import Answer, OfferSaid, QuestionSaid, StepSaid, WaySaid
from pathways.reports.headings import heading
from pathways.reports.phrases import capital, phrase, sentence
from pathways.reports.text import arguments, clashes, later_questions, shown_cautions

MOST_ASKED = 6
SHARES = (0.66, 0.8, 0.95)
"""Largest shares of a page for somebody's own part, tried one after the other."""


def placed_sections(request: Request, placed: Placed) -> Iterator[Section]:
    """Yield the sections of a handout for one patient: only what is on their way.

    Args:
        request: What is asked for.
        placed: The patient.
    """
    answer = placed.answer("patient")
    near = (*placed.states, *(way.target for way in answer.ways if way.status != "excluded"))
    states = tuple(dict.fromkeys(near))
    nexts = could_be_next(request, placed, answer)
    badges: set[Badge] = {
        each.badge for each in walk((nexts,)) if isinstance(each, Card) and each.badge
    }
    found: list[Section | None] = [
        where_you_are(request, placed, answer),
        nexts,
        how_sure(request, badges),
        take_care(request, answer),
        find_out(request, answer),
        questions(_own_questions(answer)),
        differences(request, states),
        going_on(request, with_answers=False),
    ]
    made = [each for each in found if each is not None]
    yield from made
    explained = words_explained(request, made)
    if explained is not None:
        yield explained
    yield sources(request, states)


def where_you_are(request: Request, placed: Placed, answer: Answer) -> Section:
    """Return where the patient is, with their part of the map.

    Args:
        request: What is asked for.
        placed: The patient.
        answer: What is said of them.
    """
    blocks: list[Block] = [Paragraph((Run(sentence(answer.headline_words), strong=True),), "lead")]
    if answer.headline != "here":
        blocks += [Paragraph(text_of(_at(each))) for each in answer.here]
    if answer.headline == "check_signs":
        blocks += [Paragraph(text_of(each)) for each in how_to_check(request)]
    leads = (_lead(request, answer), answer.meanwhile, answer.proviso, answer.gates, answer.soon)
    texts = (*leads, *(here.text for here in answer.here))
    blocks += [Paragraph(text_of(sentence(text))) for text in texts if text]
    if request.with_person:
        blocks += _known(answer)
    overlay = overlay_of(placed.place, placed.pathway, placed.facts, "patient")
    if not request.with_person:
        overlay = replace(overlay, notes={}, short={}, offers={})
    blocks += _part_of_chart(request, placed, overlay)
    return Section("where", say("Where you are"), tuple(blocks))


def _lead(request: Request, answer: Answer) -> str:
    """Return what to do or to know first; what a check has found is told only where it was asked for.

    The questions of a check stand in the box of the handout, which says itself what a yes means.
    """
    if answer.headline == "check_signs":
        return ""
    found = phrase("check_found", "patient", results="\0").partition("\0")[0]
    if request.with_person or not answer.lead.startswith(found):
        return answer.lead
    return answer.lead.partition(". ")[2]


def _part_of_chart(request: Request, placed: Placed, overlay: Overlay) -> list[Figure]:
    """Return the patient's part of the chart: beside text where it fits there, else on a page of its own."""
    caption = say("Your part of the chart")
    for share in SHARES:
        view = View.yours(placed.place)
        found = list(
            Figures().figures(request, view, caption, overlay=overlay, share=share, floats=True)
        )
        if not any(each.picture.problems for each in found):
            break
    return found


def _at(here: StepSaid) -> str:
    """Return where somebody is on the chart."""
    return say(
        "On the chart you are at step {number}: {title}",
        number=here.number,
        title=sentence(here.title),
    )


def _known(answer: Answer) -> Iterator[Block]:
    """Yield what the record says of the person: only where it was asked for."""
    lines = [
        labelled(f"{each.title}:", sentence(each.because or each.how_words))
        for each in answer.so_far
    ]
    if answer.about:
        yield Paragraph(labelled(say("About you:"), sentence(answer.about)))
    if lines:
        yield Paragraph((Run(say("What you have had so far:"), strong=True),))
        yield Bullets(tuple(lines))
    for label, texts in (
        (say("What you want to reach:"), answer.goals),
        (say("What matters to you:"), answer.preferences),
    ):
        if texts:
            yield Paragraph(labelled(label, sentence("; ".join(texts))))


def could_be_next(request: Request, placed: Placed, answer: Answer) -> Section:
    """Return what could be next: each way on, and each choice with good and bad points.

    Args:
        request: What is asked for.
        placed: The patient.
        answer: What is said of them.
    """
    blocks: list[Block] = []
    if answer.headline == "emergency":
        note = say("Get help first. What comes after it is decided then.")
        return Section("next", say("What could be next"), (Paragraph(text_of(note)),))
    ways = tuple(_way(request, each) for each in answer.ways)
    if ways:
        blocks.append(Bullets(ways))
    if answer.offers:
        cards = tuple(_offer(request, placed, each) for each in answer.offers)
        blocks.append(Section("choices", say("Your choices at this step"), cards))
    blocks += _ahead(request, answer)
    if not blocks:
        blocks.append(
            Paragraph(
                text_of(say("The chart ends here. Talk with your team about what you want to do."))
            )
        )
    return Section("next", say("What could be next"), tuple(blocks))


def _ahead(request: Request, answer: Answer) -> Iterator[Section]:
    """Yield the steps that could be next with what is on offer there, each choice once."""
    told = Told()
    for way in answer.ways:
        state = request.pathway.states[way.target]
        if way.status == "excluded" or way.unavailable or not (state.text or state.offers):
            continue
        blocks: list[Block] = []
        if state.text is not None:
            blocks.append(Paragraph(text_of(sentence(state.text.to("patient")))))
        blocks += [
            care_card(request, way.target, each, told, at_length=True) for each in state.offers
        ]
        title = say("Step {number}: {title}", number=way.number, title=way.title)
        yield Section(f"step-{way.number}", title, tuple(blocks))


def _way(request: Request, way: WaySaid) -> Line:
    """Return a way on; why it is closed tells what is known of a person, so that it may be left unsaid."""
    title = say("Step {number}: {title}", number=way.number, title=way.title)
    name = f"{say('On the chart: “{label}”.', label=way.label)} " if way.label else ""
    status = way.status_words
    if way.unavailable:
        status = _not_to_be_had(request, way.unavailable)
    elif way.status == "excluded" and not request.with_person:
        status = phrase("closed", "patient")
    words = f"{name}{sentence(status)}"
    if way.condition and (way.status == "possible" or not request.with_person):
        words += f" {say('You go there if {condition}.', condition=way.condition)}"
    return (
        Run(f"{title.rstrip('.')}{'' if title.endswith('?') else '.'} ", strong=True),
        Run(words),
    )


def _offer(request: Request, placed: Placed, offer: OfferSaid) -> Card:
    """Return a choice at the place of a patient: whether it is open, and what speaks for and against it."""
    record = placed.pathway.catalogue.treatments[offer.treatment]
    badge = placed.pathway.badge_of_treatment(offer.treatment, offer.state)
    status = sentence(offer.status_words)
    if offer.unavailable:
        status = sentence(_not_to_be_had(request, offer.unavailable))
    if offer.so_far and request.with_person:
        status = f"{sentence(offer.so_far)} {status}"
    if offer.status == "excluded" and not (request.with_person or offer.unavailable):
        status = sentence(phrase("closed", "patient"))
    blocks: list[Block] = [*what_it_is(request, record, at_length=True)]
    blocks.append(Paragraph(labelled(say("For you:"), status)))
    if offer.note:
        blocks.append(Paragraph(text_of(sentence(offer.note))))
    good = arguments(offer.arguments_for, "patient") or say("We found no guideline for it.")
    bad = arguments(offer.arguments_against, "patient") or say("We found no guideline against it.")
    blocks.append(Paragraph(labelled(say("Good points:"), good)))
    blocks.append(Paragraph(labelled(say("Bad points:"), bad)))
    if offer.cautions:
        blocks.append(
            Paragraph(labelled(say("Take care:"), " ".join(map(sentence, offer.cautions))))
        )
    if offer.requires:
        blocks.append(
            Paragraph(labelled(say("It needs:"), " ".join(map(sentence, offer.requires))))
        )
    return Card(offer.title, badge, offer.badge, tuple(blocks))


def take_care(request: Request, answer: Answer) -> Section | None:
    """Return what to watch for with what the patient takes now; None when there is nothing.

    What does not go together is always said; the rest tells what the patient takes, so that it is said
    only where the person may stand in the handout.
    """
    blocks: list[Block] = []
    together = tuple(
        text_of(f"{capital(each.title)}: {sentence(each.text)}") for each in clashes(answer)
    )
    if together:
        blocks.append(Notice("caution", say("These do not go together"), (Bullets(together),)))
    shown = shown_cautions(answer) if request.with_person else ()
    if shown:
        items = tuple(text_of(f"{capital(each.title)}: {sentence(each.text)}") for each in shown)
        blocks.append(Bullets(items))
    if not blocks:
        return None
    return Section("take_care", say("Take care with what you take now"), tuple(blocks))


def find_out(request: Request, answer: Answer) -> Section | None:
    """Return what to find out next, warning signs apart from the rest; None when nothing is open.

    Args:
        request: What is asked for.
        answer: What is said of the patient.
    """
    asked = [(each, if_yes(request, each.finding)) for each in later_questions(answer)[:MOST_ASKED]]
    signs = tuple(_asked(question, do) for question, do in asked if do)
    others = tuple(_asked(question, do) for question, do in asked if not do)
    blocks: list[Block] = []
    if signs:
        lead = say("These are warning signs. Check them now, not only at your visit.")
        blocks += [Paragraph(text_of(lead)), Bullets(signs)]
    if others:
        lead = say("These answers help to decide. Think about them before your visit.")
        blocks += [Paragraph(text_of(lead)), Bullets(others)]
    return Section("find_out", say("What to find out next"), tuple(blocks)) if blocks else None


def _asked(question: QuestionSaid, do: str) -> Line:
    """Return a question with what to choose from, and what to do about a yes to a warning sign."""
    return (
        Run(question.question, strong=True),
        Run(options(question)),
        Run(f" {do}" if do else ""),
    )


def _not_to_be_had(request: Request, why: str) -> str:
    """Return that something cannot be had; why is told only where it was asked for."""
    cannot = heading("cannot_be_had", "patient")
    return f"{cannot}: {why}" if request.with_person else cannot


def options(question: QuestionSaid) -> str:
    """Return what one can choose from, where the question alone does not say it."""
    return f" {sentence('; '.join(question.options))}" if question.options else ""


def _own_questions(answer: Answer) -> Iterator[str]:
    for way in [each for each in answer.ways if each.status != "excluded"][:2]:
        yield say("Would “{step}” be right for me now?", step=way.title)
