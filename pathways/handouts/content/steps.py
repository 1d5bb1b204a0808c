"""The steps of a pathway, phase by phase: a picture, then each step and what is on offer there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathways.diagrams.model import Overlay
from pathways.diagrams.phrases import SOURCES_DIFFER, WHERE_SOURCES_DIFFER
from pathways.diagrams.pictures import plates
from pathways.diagrams.views import View
from pathways.handouts.blocks import Block, Figure, Paragraph, Section, text_of
from pathways.handouts.content.care import Told, care_card
from pathways.handouts.request import Request
from pathways.language import say
from pathways.reports.phrases import sentence

SHARE_OF_PAGE = 0.85
"""How much of the height of a page a picture may take, so that text fits beside it."""


@dataclass(slots=True)
class Figures:
    """Numbers the pictures of a handout.

    Args:
        count: How many there are so far.
    """

    count: int = 0

    def figures(
        self,
        request: Request,
        view: View,
        caption: str,
        *,
        overlay: Overlay | None = None,
        share: float = SHARE_OF_PAGE,
        floats: bool = True,
    ) -> Iterator[Figure]:
        """Yield a part of the pathway as pictures that fit the text.

        Args:
            request: What is asked for.
            view: The part.
            caption: What it shows, in a few words.
            overlay: Marks on steps and ways.
            share: Largest share of the height of a page for one picture.
            floats: Whether text may stand before them that follows them.
        """
        room = request.picture_room
        drawn = plates(
            request.pathway,
            width=room.width,
            height=room.height * share,
            profile=request.picture_profile,
            reader=request.reader,
            view=view,
            overlay=overlay,
            brief=overlay is None,
        )
        for picture in drawn:
            self.count += 1
            steps = picture.sheet.title
            words = tuple(step_lines(picture.sheet.description, request))
            label = say(
                "Picture {number}. {caption}: {steps}",
                number=self.count,
                caption=caption,
                steps=steps,
            )
            alt = say(
                "A chart: {caption}, {steps}. The same in words follows.",
                caption=caption,
                steps=steps,
            )
            yield Figure(f"picture-{self.count}", picture, label, alt, words, floats=floats)


def step_lines(description: str, request: Request) -> Iterator[str]:
    """Yield what the words of a picture say of its steps, without their head and what follows them.

    Args:
        description: The words of the picture.
        request: What is asked for.
    """
    differ = say(WHERE_SOURCES_DIFFER[request.reader])
    mark = say(SOURCES_DIFFER[request.reader])
    for block in description.split("\n\n")[1:]:
        if block.strip() == differ:
            return
        for line in block.splitlines():
            # The numbers that follow are those of a list that a handout does not have.
            if line.startswith(f"{mark}:"):
                yield sentence(mark)
            elif line.strip():
                yield line


def phase_sections(
    request: Request, phases: Iterable[str], figures: Figures, told: Told
) -> Iterator[Section]:
    """Yield a section for each phase: its picture, its steps, the choices there.

    Args:
        request: What is asked for.
        phases: Names of the phases, in order.
        figures: Numbers the pictures.
        told: What was explained before.
    """
    pathway, reader = request.pathway, request.reader
    numbers = {name: number for number, name in enumerate(pathway.phases, start=1)}
    for name in phases:
        phase = pathway.phases[name]
        title = phase.title.to(reader)
        lead: list[Block] = []
        if phase.text is not None:
            lead.append(Paragraph(text_of(sentence(phase.text.to(reader)))))
        states = [state for state, record in pathway.states.items() if record.phase == name]
        blocks = _told(request, states, figures.figures(request, View.phase(name), title), told)
        heading = say("Part {number}. {title}", number=numbers[name], title=title)
        yield Section(f"phase-{name}".replace("_", "-"), heading, (*lead, *blocks))


def other_steps(request: Request, figures: Figures, told: Told) -> Section | None:
    """Return the steps that are in no phase; None when all are in one.

    Args:
        request: What is asked for.
        figures: Numbers the pictures.
        told: What was explained before.
    """
    pathway = request.pathway
    states = [state for state, record in pathway.states.items() if record.phase is None]
    if not states:
        return None
    drawn: Iterable[Figure] = ()
    if not pathway.phases:
        title = pathway.title(request.reader)
        drawn = figures.figures(request, View.whole(), title)
    blocks = tuple(_told(request, states, drawn, told))
    return Section("phase-other-steps", say("Steps"), blocks)


def _told(
    request: Request, states: list[str], drawn: Iterable[Figure], told: Told
) -> Iterator[Block]:
    """Yield pictures, each with the steps it shows behind it, then the steps that no picture shows."""
    left = list(states)
    for figure in drawn:
        yield figure
        shown = set(figure.picture.steps)
        for state in [each for each in left if each in shown]:
            left.remove(state)
            yield from _step(request, state, told)
    for state in left:
        yield from _step(request, state, told)


def _step(request: Request, state: str, told: Told) -> Iterator[Block]:
    """Yield a step: its text, and what is on offer there as cards."""
    record, reader = request.pathway.states[state], request.reader
    number, title = request.pathway.numbers[state], record.title.to(reader)
    heading = say("Step {number}: {title}", number=number, title=title)
    texts = [sentence(each.to(reader)) for each in (record.detail, record.text) if each is not None]
    text = texts[-1] if texts else ""
    body: list[Block] = [Paragraph(text_of(text))] if text else []
    body += [care_card(request, state, offer, told) for offer in record.offers]
    if body:
        yield Section(f"step-{number}", heading, tuple(body))
