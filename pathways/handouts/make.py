"""From a request to a handout: its sections in order, the emergency box first, the clinic's own texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.handouts.blocks import Handout, Paragraph, Section, text_of
from pathways.handouts.content.alarms import emergency_box, reminder
from pathways.handouts.content.clinician import clinician_sections
from pathways.handouts.content.lists import about_this_handout
from pathways.handouts.content.patient import pathway_sections
from pathways.handouts.content.treatment import treatment_sections
from pathways.handouts.content.visit import visit_sections
from pathways.handouts.content.yours import placed_sections
from pathways.handouts.request import Request
from pathways.language import date_words, say, speaking
from pathways.model.pathway import NOT_ADVICE
from pathways.reports.phrases import sentence


def make(request: Request) -> Handout:
    """Return the handout that is asked for.

    Args:
        request: What is asked for.

    Raises:
        UnknownNameError: The phase or the treatment is not in the pathway.
        UnsafeTextError: A text of the pathway cannot be shown.
        DrawingError: A picture cannot be drawn.
    """
    with speaking(request.pathway.language):
        return _make(request)


def _make(request: Request) -> Handout:
    pathway, clinic = request.pathway, request.clinic.clinic
    sections = tuple(_with_extras(request, _kept(_sections(request), clinic.leave_out)))
    if request.kind != "visit_sheet":
        sections = (*sections, about_this_handout(request))
    return Handout(
        kind=request.kind,
        title=_title(request),
        subtitle=_subtitle(request),
        language=pathway.language,
        reader=request.reader,
        profile=request.profile,
        paper=request.paper,
        pathway=pathway.id,
        version=pathway.document.version,
        date=date_words(pathway.document.updated),
        status=status_of(request),
        advice=say(NOT_ADVICE),
        emergency=emergency_box(request),
        sections=sections,
        letterhead=request.clinic.letterhead,
        reminder=reminder(request),
    )


def status_of(request: Request) -> str:
    """Return who has reviewed the content, and whether its translation was reviewed, in words."""
    pathway = request.pathway
    if pathway.draft_words:
        return sentence(pathway.draft_words)
    review = pathway.document.review
    return say("Reviewed by {by} on {on}.", by=review.by or "", on=date_words(review.on or ""))


def _title(request: Request) -> str:
    title = request.pathway.title(request.reader)
    if request.treatment is not None and request.kind != "visit_sheet":
        return request.pathway.catalogue.treatments[request.treatment].title.to(request.reader)
    if request.kind == "visit_sheet":
        return say("For my visit: {title}", title=title)
    return title


def _subtitle(request: Request) -> str:
    reader = request.reader
    if request.treatment is not None:
        return request.pathway.title(reader)
    if request.phase is not None:
        return request.pathway.phases[request.phase].title.to(reader)
    if request.placed is not None and request.kind == "patient":
        return say("Your own page: where you are now, and what could be next")
    return ""


def _sections(request: Request) -> Iterable[Section]:
    if request.kind == "visit_sheet":
        return visit_sections(request)
    if request.treatment is not None:
        return treatment_sections(request, request.treatment)
    if request.kind == "clinician":
        return clinician_sections(request)
    if request.placed is not None:
        return placed_sections(request, request.placed)
    return pathway_sections(request)


def _kept(sections: Iterable[Section], left_out: Iterable[str]) -> Iterator[Section]:
    """Yield the sections that are not left out; ``parts`` stands for those of every phase."""
    gone = set(left_out)
    if "parts" in gone:
        # It only leads to the parts.
        gone.add("where")
    for section in sections:
        is_part = section.key.startswith("phase-")
        if section.key not in gone and not (is_part and "parts" in gone):
            yield section


def _with_extras(request: Request, sections: Iterable[Section]) -> Iterator[Section]:
    """Yield the sections with the clinic's own texts behind those they follow, else at the end."""
    left = [
        (
            extra.after,
            Section(
                f"own-{number}",
                extra.title.to(request.reader),
                (Paragraph(text_of(sentence(extra.text.to(request.reader)))),),
            ),
        )
        for number, extra in enumerate(request.clinic.clinic.extra, start=1)
    ]
    found = list(sections)
    last = {
        ("parts" if each.key.startswith("phase-") else each.key): index
        for index, each in enumerate(found)
    }
    for index, section in enumerate(found):
        yield section
        yield from (own for after, own in left if last.get(after) == index)
    yield from (own for after, own in left if after not in last)
