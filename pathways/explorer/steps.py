"""Every step of a pathway as a list in a page: read without scripts, printed, and shown on a click."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pathways.diagrams import Diagram, extract
from pathways.diagrams.extract import NONE_BEFORE
from pathways.diagrams.model import Arrow, Box, Dispute, Line
from pathways.diagrams.phrases import (
    ENDS_HERE,
    HOW_SHOWN,
    KIND_WORDS,
    ONE_OR_MORE,
    SOURCES_DIFFER,
    TAKE_CARE,
    URGENCY_WORDS,
    WHERE_SOURCES_DIFFER,
    sentence,
)
from pathways.explorer.marked import items, pair, pairs, safe
from pathways.language import say
from pathways.model.badges import speaking_of
from pathways.model.evidence import Direction, Evidence
from pathways.model.pathway import READERS, ResolvedPathway

DIRECTIONS: tuple[tuple[Direction, str], ...] = (
    ("for", "For"),
    ("against", "Against"),
    ("unclear", "Unclear"),
)
SHORT = 120
"""A text of fewer characters is said again rather than linked to."""


def steps_html(pathway: ResolvedPathway, prefix: str) -> str:
    """Return every step with its ways on, offers, evidence and disagreements, for both readers.

    Args:
        pathway: The pathway.
        prefix: What every id begins with.
    """
    return _Steps(pathway, prefix).text()


class _Steps:
    """Writes the steps of one pathway."""

    def __init__(self, pathway: ResolvedPathway, prefix: str) -> None:
        self.pathway = pathway
        self.prefix = prefix
        self.number = 0
        """The step that is being written."""
        self.said: dict[str, tuple[str, int]] = {}
        """Where long texts stand that several treatments share: each is said once."""
        first = {each.to for each in pathway.interrupts}
        self.urgent = first | {way.target for way in pathway.ways if way.source in first}
        """Steps whose text says what to do about a warning sign."""
        self.diagrams: tuple[Diagram, Diagram] = (
            extract(pathway, reader=READERS[0]),
            extract(pathway, reader=READERS[1]),
        )

    def text(self) -> str:
        boxes = zip(*(each.boxes for each in self.diagrams), strict=True)
        steps = "".join(self.step(one, other) for one, other in boxes)
        return f'<ol class="steps">{steps}</ol>{self.disputes()}'

    def step(self, one: Box, other: Box) -> str:
        name, kind = one.name, say(KIND_WORDS[one.kind])
        self.number = one.number
        return (
            f"<li id={self.prefix}-x-{name}><h3>{say('Step {number}', number=one.number)}. "
            f"{pair(one.title, other.title)} <small>({safe(kind)})</small></h3>"
            f"{''.join(self.parts(one, other))}"
        )

    def parts(self, one: Box, other: Box) -> Iterator[str]:
        """Yield what a step says, in the order of the words of a picture."""
        boxes = (one, other)
        if one.urgency:
            yield f"<p><b>{safe(sentence(say(URGENCY_WORDS[one.urgency])))}</b></p>"
        yield self.paragraph(boxes, lambda box: box.detail)
        yield self.paragraph(boxes, lambda box: box.text, "do" if one.name in self.urgent else "")
        if one.badge:
            yield self.paragraph(boxes, lambda box: box.badge_words)
        if one.results:
            known = [
                say("Known after this step: {results}.", results=", ".join(each.results))
                for each in boxes
            ]
            yield f"<p>{pairs(known)}</p>"
        if one.cautions:
            yield f"<p>{self.cautions(one.cautions, other.cautions)}</p>"
        yield self.offers(one, other)
        yield self.ways(one, other)
        yield self.sources(self.pathway.evidence_of(one.name))
        if one.disputes:
            differ = pairs([say(SOURCES_DIFFER[reader]) for reader in READERS])
            yield f"<p class=differ>{differ}: {'; '.join(self.dispute_links(one))}.</p>"

    def paragraph(self, boxes: tuple[Box, Box], part: Callable[[Box], str], kind: str = "") -> str:
        said = [sentence(part(each)) if part(each) else "" for each in boxes]
        start = f"<p class={kind}>" if kind else "<p>"
        return f"{start}{pairs(said)}</p>" if any(said) else ""

    def cautions(self, one: Iterable[str], other: Iterable[str]) -> str:
        said = pairs([" ".join(map(sentence, each)) for each in (one, other)])
        return f"<em>{say(TAKE_CARE)}:</em> {self.once(said)}"

    def once(self, said: str) -> str:
        """Return a text where it first stands, and a link to it wherever it stands again."""
        if said in self.said:
            name, number = self.said[said]
            where = (
                say("as above")
                if number == self.number
                else say("as at step {number}", number=number)
            )
            return f"<a href=#{name}>{where}</a>."
        if len(said) < SHORT:
            return said
        name = f"{self.prefix}-k-{len(self.said)}"
        self.said[said] = name, self.number
        return f"<span id={name}>{said}</span>"

    def offers(self, one: Box, other: Box) -> str:
        if not one.lines:
            return ""
        both = zip(one.lines, other.lines, strict=True)
        listed = items((self.offer(one.name, *each) for each in both), "offers")
        return f"<p>{say(ONE_OR_MORE)}:</p>{listed}"

    def offer(self, panel: str, one: Line, other: Line) -> str:
        lines = (one, other)
        found = f"<b>{pair(one.title, other.title)}</b>"
        if one.badge_words:
            found += f" <x-b>{pair(one.badge_words, other.badge_words)}</x-b>"
        if one.when_words:
            whom = [say("Only if {condition}.", condition=each.when_words) for each in lines]
            found += f" {pairs(whom)}"
        if one.note:
            found += f" {pairs([sentence(each.note) for each in lines])}"
        if one.cautions:
            found += f" {self.cautions(one.cautions, other.cautions)}"
        return found + self.sources(self._of_offer(panel, one.name))

    def _of_offer(self, panel: str, treatment: str) -> list[Evidence]:
        state, catalogue = self.pathway.states[panel], self.pathway.catalogue
        own = [
            item for each in state.offers if each.treatment == treatment for item in each.evidence
        ]
        cited = [*catalogue.treatments[treatment].evidence, *own]
        return speaking_of(cited, state.situation, catalogue.situations)

    def ways(self, one: Box, other: Box) -> str:
        if one.goes_to:
            titles = [say("Go on in: {title}", title=each.goes_to or "") for each in (one, other)]
            return f"<p>{pairs(titles)}.</p>"
        if one.kind == "end":
            return f"<p>{safe(say(ENDS_HERE))}.</p>"
        both = zip(*(each.arrows_from(one.name) for each in self.diagrams), strict=True)
        listed = [self.way(*each) for each in both]
        if len(listed) > 1 and one.choose != "one":
            how = (
                "One or more of these ways may be taken:"
                if one.choose == "any"
                else "Take the first of these ways that fits:"
            )
            return f"<p>{say(how)}</p>{items(listed, 'ways')}"
        return items(listed, "ways")

    def way(self, one: Arrow, other: Arrow) -> str:
        boxes = [
            next(box for box in each.boxes if box.name == one.target) for each in self.diagrams
        ]
        label = f"<b>{pair(one.label, other.label)}</b>: " if one.label else ""
        when = [
            say("if {condition}", condition=each.condition) if each.condition else ""
            for each in (one, other)
        ]
        kind = '"when else"' if one.condition == say(NONE_BEFORE) else "when"
        said = f"<span class={kind}>{pairs(when)}</span>, " if any(when) else ""
        goal = [
            say("go to step {number}, {title}", number=box.number, title=box.title) for box in boxes
        ]
        return f"{label}{said}<a href=#{self.prefix}-x-{one.target}>{pairs(goal)}</a>."

    def sources(self, evidence: Iterable[Evidence]) -> str:
        """Return who says what, for and against; the texts the library started from are no evidence."""
        sources = self.pathway.catalogue.sources
        cited = [each for each in evidence if sources[each.source].kind != "seed"]
        parts = []
        for direction, word in DIRECTIONS:
            said = dict.fromkeys(self._cited(each) for each in cited if each.direction == direction)
            if said:
                parts.append(f"<b>{say(word)}:</b> {safe('; '.join(said))}.")
        return f"<x-e>{self.once(' '.join(parts))}</x-e>" if parts else ""

    def _cited(self, item: Evidence) -> str:
        name = self.pathway.catalogue.sources[item.source].short_name
        return f"{name} ({item.says.rstrip('.')})" if item.says else name

    def dispute_links(self, box: Box) -> Iterator[str]:
        for one, other in self._disputes():
            if one.name in box.disputes:
                yield f"<a href=#{self.prefix}-d-{one.name}>{pair(one.title, other.title)}</a>"

    def _disputes(self) -> list[tuple[Dispute, Dispute]]:
        one, other = self.diagrams
        return list(zip(one.disputes, other.disputes, strict=True))

    def disputes(self) -> str:
        """Return what sources disagree on, with both sides."""
        listed = "".join(self.dispute(*each) for each in self._disputes())
        if not listed:
            return ""
        heading = pairs([say(WHERE_SOURCES_DIFFER[reader]) for reader in READERS])
        return f'<h3>{heading}</h3><ul class="disputes">{listed}</ul>'

    def dispute(self, one: Dispute, other: Dispute) -> str:
        sides = [
            f"{pair(sentence(left[0]), sentence(right[0]))} "
            f"<small>({pair('; '.join(left[1]), '; '.join(right[1]))})</small>"
            for left, right in zip(one.sides, other.sides, strict=True)
        ]
        shown = [
            f"{say(HOW_SHOWN[reader])}: {sentence(each.shown)}"
            for reader, each in zip(READERS, (one, other), strict=True)
        ]
        return (
            f"<li id={self.prefix}-d-{one.name}><h4>{pair(one.title, other.title)}</h4>"
            f"{items(sides)}<p>{pairs(shown)}</p>"
        )
