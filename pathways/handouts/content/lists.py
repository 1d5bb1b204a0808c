"""Lists that close a handout: questions for the visit, where experts differ, words, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pathways.diagrams.disputes import disputes
from pathways.graph.disputes import disputed_in
from pathways.handouts.blocks import (
    Block,
    Bullets,
    Card,
    Line,
    Paragraph,
    Run,
    Section,
    Term,
    Terms,
    labelled,
    plain_texts,
    text_of,
    walk,
)
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.evidence import Evidence, Source
from pathways.reports.phrases import capital, sentence

MOST_QUESTIONS = 8


def questions(own: Iterable[str] = ()) -> Section:
    """Return questions a patient may ask at a visit.

    Args:
        own: Questions that come first.
    """
    usual = [
        say("What do you think causes my pain?"),
        say("What are my choices now, and what happens if I wait?"),
        say("What are the good and bad points of each choice for me?"),
        say("How sure are we that it helps? How long would it last?"),
        say("What can I do myself from today on?"),
        say("Which signs should make me call you, and whom do I call at night?"),
        say("When do we look again, and how will we know that it works?"),
    ]
    asked = [*own, *usual][:MOST_QUESTIONS]
    return Section(
        "questions", say("Questions for your visit"), (Bullets(tuple(map(text_of, asked))),)
    )


def differences(request: Request, states: Iterable[str]) -> Section | None:
    """Return what sources disagree on at some steps, with both sides; None when nothing is.

    Args:
        request: What is asked for.
        states: Names of the states, in order.
    """
    return told_differences(request, disputed_in(request.pathway, states))


def told_differences(request: Request, names: Iterable[str]) -> Section | None:
    """Return some disagreements with both sides; None when there is none.

    Args:
        request: What is asked for.
        names: Names of the disagreements, in order.
    """
    pathway, reader = request.pathway, request.reader
    blocks: list[Block] = []
    for number, each in enumerate(disputes(names, pathway.catalogue, reader), start=1):
        sides = tuple(
            (Run(sentence(says)), Run(f" ({'; '.join(sources)})")) for says, sources in each.sides
        )
        shown = labelled(
            say("What we do:") if reader == "patient" else say("Here:"), sentence(each.shown)
        )
        blocks.append(Section(f"differ-{number}", each.title, (Bullets((*sides, shown)),)))
    if not blocks:
        return None
    title = say("Where experts differ") if reader == "patient" else say("Where sources differ")
    return Section("differ", title, tuple(blocks))


def words_explained(request: Request, sections: Iterable[Section]) -> Section | None:
    """Return the words of a handout that need explaining, with what they mean; None when there are none.

    A word is explained when it stands in the text, and no card of its own has explained it.

    Args:
        request: What is asked for.
        sections: The rest of the handout.
    """
    blocks = list(walk(tuple(sections)))
    text = " ".join(each for block in blocks for each in plain_texts(block)).casefold()
    cards = {each.title.casefold() for each in blocks if isinstance(each, Card)}
    items = [
        Term(capital(word), text_of(sentence(meaning)))
        for word, meaning in sorted(_vocabulary(request), key=lambda each: each[0].casefold())
        if word.casefold() not in cards and _occurs(word, text)
    ]
    if not items:
        return None
    return Section("words", say("Words explained"), (Terms(tuple(items)),))


def _occurs(word: str, text: str) -> bool:
    folded = word.casefold()
    # Most words are nowhere in the text, and a search for part of it is quicker than one for words.
    return folded in text and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text) is not None


def _vocabulary(request: Request) -> Iterator[tuple[str, str]]:
    """Yield each word that the library explains."""
    catalogue, reader = request.pathway.catalogue, request.reader
    for name, treatment in catalogue.treatments.items():
        if name == request.treatment:
            continue
        yield treatment.title.to(reader), treatment.what.to(reader)
    for test in catalogue.tests.values():
        yield test.title.to(reader), test.what.to(reader)
    for each in catalogue.classes.values():
        if each.what is not None:
            yield each.title.to(reader), each.what.to(reader)
    for mechanism in catalogue.mechanisms.values():
        yield mechanism.title.to(reader), mechanism.text.to(reader)


def sources(request: Request, states: Iterable[str]) -> Section:
    """Return the sources behind some steps; the texts the library began with stand apart.

    Args:
        request: What is asked for.
        states: Names of the states.
    """
    return cited_sources(request, _evidence(request, states))


def cited_sources(request: Request, evidence: Iterable[Evidence]) -> Section:
    """Return the sources of some evidence; the texts the library began with stand apart.

    Args:
        request: What is asked for.
        evidence: What is cited.
    """
    known = request.pathway.catalogue.sources
    names = sorted({each.source for each in evidence}, key=lambda each: _sorting(known[each]))
    items = [_source(known[name]) for name in names if known[name].kind != "seed"]
    blocks: list[Block] = [Bullets(tuple(items))]
    if any(known[name].kind == "seed" for name in names):
        note = say(
            "Some wording follows the texts that this library was started from. They are no evidence."
        )
        blocks.append(Paragraph(text_of(note), "small"))
    return Section("sources", say("Sources"), tuple(blocks))


def _sorting(source: Source) -> tuple[str, str, str]:
    return source.organisation.casefold(), source.year or "", source.title


def _source(source: Source) -> Line:
    year = f" ({source.year[:4]})" if source.year else ""
    name = f"{source.organisation}{year}. "
    title = Run(source.title.rstrip(".") + ".", href=source.address or "")
    return (Run(name), title)


def _evidence(request: Request, states: Iterable[str]) -> Iterator[Evidence]:
    """Yield everything that is cited at some steps and for what happens there."""
    pathway = request.pathway
    yield from pathway.document.evidence
    if request.kind == "patient" and request.phase is None:
        for answer in pathway.document.answers:
            yield from answer.evidence
    chosen = list(states)
    for interrupt in pathway.interrupts:
        yield from interrupt.evidence
    for name in chosen:
        state = pathway.states[name]
        yield from state.evidence
        for offer in state.offers:
            yield from offer.evidence
            yield from pathway.catalogue.treatments[offer.treatment].evidence
        for care in state.does:
            records = (
                pathway.catalogue.treatments
                if care in pathway.catalogue.treatments
                else pathway.catalogue.tests
            )
            yield from records[care].evidence
        for way in state.next:
            yield from way.evidence
    for name in disputed_in(pathway, chosen):
        for side in pathway.catalogue.disagreements[name].sides:
            yield from side.evidence


def about_this_handout(request: Request) -> Section:
    """Return how the handout was made, how to read it, and what it is not."""
    pathway = request.pathway
    review = pathway.document.review
    lines = [
        say(
            "This handout was made from a pathway file by a computer program. It informs you. It does not decide for you, and it does not take the place of a visit."
        ),
        pathway.status_words,
    ]
    if review.next_review_due:
        lines.append(say("It is to be looked at again by {date}.", date=review.next_review_due))
    else:
        lines.append(say("No day is set yet for looking at it again. Ask for the newest version."))
    if request.clinic.clinic.funding:
        lines.append(say("Who paid for it: {funding}", funding=request.clinic.clinic.funding))
    return Section(
        "this_handout",
        say("About this handout"),
        tuple(Paragraph(text_of(each), "small") for each in lines),
    )
