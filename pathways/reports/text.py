"""An answer as plain text for a terminal, or as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from pathways.conditions.scope import Reader
from pathways.diagrams.characters import as_markdown, clean
from pathways.language import say, speaking
from pathways.model.evidence import Direction
from pathways.patients.place import Headline
from pathways.reports.answer import Answer, CautionSaid, Cited, OfferSaid, QuestionSaid, WaySaid
from pathways.reports.headings import alarm_title, heading, level_words
from pathways.reports.phrases import capital, listed, sentence

CALM: frozenset[Headline] = frozenset({"here", "finished"})
"""Headlines after which nothing has to be done at once."""
DIRECTIONS: Mapping[Direction, str] = {"for": "for", "against": "against", "unclear": "unclear"}
"""How a source stands to something, in words."""
TextFormat = Literal["text", "markdown"]
MOST_SAID = 2
"""So many sentences of sources are shown to a patient."""
MOST_QUESTIONS = 12
"""So many questions are shown unless all are asked for."""


def to_text(answer: Answer, *, width: int = 90, all_questions: bool = False) -> str:
    """Return an answer as plain text.

    Args:
        answer: The answer.
        width: How wide lines may be, in characters.
        all_questions: Whether to show every question, not only the most useful ones.
    """
    with speaking(answer.language):
        return _Text(answer, width).text(all_questions=all_questions)


def to_markdown(answer: Answer, *, all_questions: bool = False) -> str:
    """Return an answer as Markdown; every sign that Markdown would read is escaped.

    Args:
        answer: The answer.
        all_questions: Whether to show every question, not only the most useful ones.
    """
    with speaking(answer.language):
        return _Markdown(answer, 0).text(all_questions=all_questions)


def emergency_questions(answer: Answer) -> tuple[QuestionSaid, ...]:
    """Return what has to be asked before anything else, when that is the headline."""
    if answer.headline != "check_signs":
        return ()
    return tuple(each for each in answer.questions if each.is_emergency)


def later_questions(answer: Answer) -> tuple[QuestionSaid, ...]:
    """Return the questions that the headline does not ask already."""
    first = emergency_questions(answer)
    return tuple(each for each in answer.questions if each not in first)


def shown_cautions(answer: Answer) -> tuple[CautionSaid, ...]:
    """Return the cautions to show; whoever needs help now reads only those of their own record."""
    if answer.headline not in {"emergency", "urgent"}:
        return tuple(each for each in answer.cautions if not each.is_clash)
    return tuple(
        each
        for each in answer.cautions
        if each.is_triggered and each.status == "certain" and not each.is_clash
    )


def clashes(answer: Answer) -> tuple[CautionSaid, ...]:
    """Return the cautions that hold because of several things together: they come first."""
    return tuple(each for each in answer.cautions if each.is_clash)


def other_reasons(way: WaySaid, reader: Reader) -> tuple[str, ...]:
    """Return further reasons why a way is closed; a patient is told the smallest one only."""
    if way.status != "excluded" or reader == "patient":
        return ()
    return way.reasons[1 : 1 + MOST_SAID]


def sources_named(answer: Answer) -> tuple[str, ...]:
    """Return the sources of all that is shown, sorted, each once."""
    cited = [
        *(each for way in answer.ways for each in way.sources),
        *(each for caution in shown_cautions(answer) for each in caution.sources),
        *(
            each
            for offer in answer.offers
            for each in (*offer.arguments_for, *offer.arguments_against)
        ),
    ]
    return tuple(sorted({each.source for each in cited}))


def sources_beside(cited: Iterable[Cited], reader: Reader) -> str:
    """Return the sources of one thing, each once; for a patient they stand together at the end."""
    if reader == "patient":
        return ""
    named = (f"{each.source} ({say(DIRECTIONS[each.direction])})" for each in cited)
    return "; ".join(dict.fromkeys(named))


def arguments(cited: Sequence[Cited], reader: Reader) -> str:
    """Return what speaks for something, or against it: how many guidelines, and what sources say.

    Patients are not given the names of sources here; they stand in the table of treatments.
    """
    if reader == "clinician":
        named = [f"{each.source}{f': {each.says}' if each.says else ''}" for each in cited]
        return sentence("; ".join(named).rstrip(".")) if named else ""
    voices = len({each.source for each in cited if each.votes})
    says = list(dict.fromkeys(sentence(each.says) for each in cited if each.says))
    count = heading("guidelines" if voices != 1 else "guideline", reader, count=voices)
    return " ".join([*([sentence(count)] if voices else []), *says[:MOST_SAID]])


class _Text:
    """Writes blocks of plain text."""

    def __init__(self, answer: Answer, width: int) -> None:
        self.answer = answer
        self.width = width

    def text(self, *, all_questions: bool) -> str:
        answer = self.answer
        blocks = [self.title(answer.title), *self.paragraphs(answer.about)]
        # Nothing comes before the signs for which to get help now, but the help itself, or the
        # questions about them.
        if answer.headline in CALM:
            blocks += [*self.alarms(["emergency"], "help_now"), *self.first(), *self.place()]
            blocks += self.alarms(["urgent"], "urgent_signs")
        else:
            both = self.alarms(["emergency", "urgent"], "help_now")
            blocks += [*self.first(), *self.place(), *both]
        blocks += [
            *self.ways(),
            *self.offers(),
            *self.questions(all_questions=all_questions),
            *self.cautions(),
            *self.closed(),
            *self.wishes(),
            *self.not_read(),
            *self.paragraphs(answer.elsewhere),
            *self.all_sources(),
            *self.paragraphs(answer.status),
        ]
        return "\n\n".join(blocks) + "\n"

    def first(self) -> Iterator[str]:
        answer = self.answer
        yield self.strong(answer.headline_words)
        for each in answer.alarms:
            if each.because and each.status == "certain" and answer.headline != "check_signs":
                yield self.paragraph(sentence(each.because))
        yield from self.paragraphs(answer.lead)
        asked = emergency_questions(answer)
        if asked:
            yield self.items(each.question for each in asked)
        if answer.meanwhile:
            because = [each.because for each in answer.alarms if each.status == "certain"]
            yield self.paragraph(f"{answer.meanwhile} {' '.join(map(sentence, because))}")
        yield from self.paragraphs(answer.soon, answer.gates)
        yield from (self.paragraph(self.caution(each)) for each in clashes(answer))
        yield from self.paragraphs(answer.concerns_words)

    def alarms(self, levels: Collection[str], key: str) -> Iterator[str]:
        answer = self.answer
        shown = [each for each in answer.alarms if not each.is_headline and each.level in levels]
        if shown:
            yield self.heading(heading(key, answer.reader))
        for each in shown:
            step = f"{heading('step', answer.reader).lower()} {each.number}"
            one = heading("one_is_enough", answer.reader)
            yield self.paragraph(
                f"{alarm_title(each, answer.reader)}, {step}: {each.do} "
                f"{one}: {sentence(listed(each.signs, 'or'))}"
            )

    def place(self) -> Iterator[str]:
        answer = self.answer
        yield self.heading(heading("where", answer.reader))
        if answer.so_far:
            yield self.items(
                f"{heading('step', answer.reader)} {each.number}, {each.title}: {each.how_words}"
                f" ({each.because})"
                for each in answer.so_far
            )
        for each in answer.here:
            because = f" ({each.because})" if each.because else ""
            step = f"{heading('step', answer.reader)} {each.number}, {each.title}"
            yield self.strong(f"► {step}: {each.how_words}{because}")
            if answer.headline == "check_signs":
                yield from self.paragraphs(each.text)

    def ways(self) -> Iterator[str]:
        answer = self.answer
        if not answer.ways or answer.headline == "emergency":
            return
        yield self.heading(heading("next", answer.reader))
        yield from self.paragraphs(answer.proviso, answer.whatever)
        yield self.items(self.way(each) for each in answer.ways)

    def way(self, way: WaySaid) -> str:
        step = f"{heading('step', self.answer.reader)} {way.number}, {way.title}"
        status = way.status_words
        if way.unavailable:
            status = f"{heading('cannot_be_had', self.answer.reader)}: {way.unavailable}"
        label = f" [{way.label}]" if way.label else ""
        others = other_reasons(way, self.answer.reader)
        more = (
            f" {heading('also', self.answer.reader)}: {sentence('; '.join(others))}"
            if others
            else ""
        )
        why = f" {way.why}" if way.why else ""
        sources = self.sources(way.sources)
        return f"{step}{label}: {sentence(status)}{more}{why}{sources}"

    def sources(self, cited: Iterable[Cited]) -> str:
        names = sources_beside(cited, self.answer.reader)
        return f" {heading('sources', self.answer.reader)}: {names}." if names else ""

    def offers(self) -> Iterator[str]:
        if self.answer.offers and self.answer.headline != "emergency":
            yield self.heading(heading("offers", self.answer.reader))
            yield self.items(self.offer(each) for each in self.answer.offers)

    def offer(self, offer: OfferSaid) -> str:
        reader = self.answer.reader
        status = (
            f"{heading('cannot_be_had', reader)}: {offer.unavailable}"
            if offer.unavailable
            else offer.status_words
        )
        said = (offer.badge, status, offer.so_far, offer.note)
        parts = [f"{offer.title}:", *(sentence(each) for each in said if each)]
        for key, cited in (("for", offer.arguments_for), ("against", offer.arguments_against)):
            speaks = arguments(cited, reader)
            if speaks:
                parts.append(f"{heading(key, reader)}: {speaks}")
        if offer.cautions:
            parts.append(
                f"{heading('take_care', reader)}: {' '.join(map(sentence, offer.cautions))}"
            )
        parts += [sentence(each) for each in offer.requires]
        return " ".join(parts)

    def questions(self, *, all_questions: bool) -> Iterator[str]:
        answer = self.answer
        listed_ones = later_questions(answer)
        if not listed_ones:
            return
        yield self.heading(heading("ask", answer.reader))
        shown = listed_ones if all_questions else listed_ones[:MOST_QUESTIONS]
        yield self.items(self.question(each) for each in shown)
        left = len(listed_ones) - len(shown)
        if left:
            yield self.paragraph(heading("more_questions", answer.reader, count=left))

    def question(self, question: QuestionSaid) -> str:
        level = f"[{level_words(question.level, self.answer.reader)}] " if question.level else ""
        options = f"({'; '.join(question.options)})" if question.options else ""
        return " ".join(
            filter(
                None,
                (
                    f"{level}{question.question}",
                    options,
                    sentence(question.why),
                    sentence(question.bears_on),
                ),
            )
        )

    def cautions(self) -> Iterator[str]:
        shown = shown_cautions(self.answer)
        if shown:
            yield self.heading(heading("take_care", self.answer.reader))
            yield self.items(self.caution(each) for each in shown)

    def caution(self, caution: CautionSaid) -> str:
        sign = "! " if caution.is_triggered and caution.status == "certain" else ""
        return f"{sign}{capital(caution.title)}: {sentence(caution.text)}{self.sources(caution.sources)}"

    def closed(self) -> Iterator[str]:
        reader = self.answer.reader
        if not self.answer.closed:
            return
        yield self.heading(heading("closed", reader))
        for each in self.answer.closed:
            closes = f" {heading('closes', reader)}: {listed(each.closes)}." if each.closes else ""
            instead = (
                f" {heading('instead', reader)}: {listed(each.instead)}." if each.instead else ""
            )
            yield self.paragraph(
                f"{capital(each.title)}: {sentence(each.why)}{closes}{instead} {each.kept}".strip()
            )

    def wishes(self) -> Iterator[str]:
        wishes = [*self.answer.goals, *self.answer.preferences]
        if wishes:
            yield self.heading(heading("wishes", self.answer.reader))
            yield self.items(wishes)

    def not_read(self) -> Iterator[str]:
        if self.answer.not_read:
            yield self.heading(heading("not_read", self.answer.reader))
            yield self.items(self.answer.not_read)

    def all_sources(self) -> Iterator[str]:
        names = sources_named(self.answer)
        if names and self.answer.reader == "patient" and self.answer.headline != "emergency":
            yield self.heading(heading("sources", self.answer.reader))
            yield self.paragraph(sentence("; ".join(names)))

    def paragraphs(self, *texts: str) -> Iterator[str]:
        for text in texts:
            if text:
                yield self.paragraph(text)

    def paragraph(self, text: str) -> str:
        return self.wrapped(self.say(text), "", "")

    def items(self, texts: Iterable[str]) -> str:
        return "\n".join(self.wrapped(self.say(each), "- ", "  ") for each in texts)

    def wrapped(self, text: str, first: str, indent: str) -> str:
        return textwrap.fill(
            " ".join(text.split()),
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def say(self, text: str) -> str:
        return clean(text, "answer")

    def title(self, text: str) -> str:
        said = self.say(text)
        return f"{said}\n{'=' * min(len(said), self.width)}"

    def heading(self, text: str) -> str:
        return f"{text}\n{'-' * len(text)}"

    def strong(self, text: str) -> str:
        return self.wrapped(self.say(text), "", "")


class _Markdown(_Text):
    """Writes Markdown."""

    def wrapped(self, text: str, first: str, indent: str) -> str:  # noqa: ARG002 - lines stay whole
        return f"{first}{' '.join(text.split())}"

    def say(self, text: str) -> str:
        return as_markdown(clean(text, "answer"))

    def title(self, text: str) -> str:
        return f"# {self.say(text)}"

    def heading(self, text: str) -> str:
        return f"## {text}"

    def strong(self, text: str) -> str:
        return f"**{self.say(text)}**"
