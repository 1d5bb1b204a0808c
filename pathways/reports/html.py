"""An answer as a page: one file without scripts, or a part of a notebook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import escape
from importlib.resources import files

from pathways.diagrams.characters import clean
from pathways.language import speaking
from pathways.reports.answer import (
    AlarmSaid,
    Answer,
    CautionSaid,
    Cited,
    ClosedSaid,
    OfferSaid,
    QuestionSaid,
    StepSaid,
    WaySaid,
)
from pathways.reports.headings import alarm_title, heading, level_words
from pathways.reports.phrases import capital, listed, sentence
from pathways.reports.text import (
    CALM,
    MOST_QUESTIONS,
    arguments,
    clashes,
    emergency_questions,
    later_questions,
    other_reasons,
    shown_cautions,
    sources_beside,
    sources_named,
)

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
"""A page asks for nothing and sends nothing."""


PAGE_STYLE = (
    "body { margin: 0; background: #ffffff; }\n"
    "@media (prefers-color-scheme: dark) { body { background: #14191e; } }\n"
    "@media print { body { background: #ffffff; } }\n"
)
"""What a page of its own needs besides; in a notebook nothing outside the answer is touched."""


def to_page(answer: Answer, picture: str = "") -> str:
    """Return an answer as a whole HTML page: no script, no request, dark mode, ready to print.

    Args:
        answer: The answer.
        picture: An SVG of the part of the map it is about; empty: none.
    """
    title = escape(f"{answer.headline_words} - {answer.title}")
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(answer.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>\n{_style()}{PAGE_STYLE}</style>\n</head>\n<body>\n"
        f"{to_fragment(answer, picture)}</body>\n</html>\n"
    )


def to_fragment(answer: Answer, picture: str = "") -> str:
    """Return an answer as the inside of a page; see :func:`to_page`.

    Args:
        answer: The answer.
        picture: An SVG, or empty.
    """
    with speaking(answer.language):
        return "".join(_Page(answer, picture).parts())


def to_notebook(answer: Answer, picture: str = "") -> str:
    """Return an answer as a notebook shows it: its own styles inside, nothing outside it touched.

    Args:
        answer: The answer.
        picture: An SVG, or empty.
    """
    return f"<div>\n<style>\n{_style()}</style>\n{to_fragment(answer, picture)}</div>\n"


def _style() -> str:
    return (files("pathways.reports") / "answer.css").read_text(encoding="utf-8")


class _Page:
    """Writes the parts of a page."""

    def __init__(self, answer: Answer, picture: str) -> None:
        self.answer = answer
        self.picture = picture

    def parts(self) -> Iterator[str]:
        answer = self.answer
        yield f'<main class="pw-answer pw-is-{answer.headline}" lang="{escape(answer.language)}">\n'
        yield f'<p class="pw-title">{self.say(answer.title)}</p>\n'
        yield from self.paragraphs(answer.about, kind="pw-about")
        # Nothing comes before the signs for which to get help now, but the help itself, or the
        # questions about them; then the place, so that it is still on the first screens.
        emergency = self.alarms(["emergency"], "help_now")
        blocks = [self.first(), self.place(), self.alarms(["emergency", "urgent"], "help_now")]
        if answer.headline in CALM:
            urgent = self.alarms(["urgent"], "urgent_signs")
            blocks = [emergency, self.first(), self.place(), urgent]
        for block in blocks:
            yield from block
        if answer.headline != "emergency":
            yield from self.section("next", self.ways())
            yield from self.section("offers", (self.offer(each) for each in answer.offers))
        yield from self.section("ask", self.questions())
        yield from self.section(
            "take_care", (self.caution(each) for each in shown_cautions(answer))
        )
        yield from self.section("closed", (self.closed(each) for each in answer.closed))
        wishes = (*answer.goals, *answer.preferences)
        yield from self.section("wishes", (f"<li>{self.say(each)}</li>\n" for each in wishes))
        lost = (f"<li>{self.say(each)}</li>\n" for each in answer.not_read)
        yield from self.section("not_read", lost)
        yield from self.paragraphs(answer.elsewhere)
        names = sources_named(answer)
        if names and answer.reader == "patient" and answer.headline != "emergency":
            yield f"<p><small>{self.words('sources')}: {self.say(sentence('; '.join(names)))}</small></p>\n"
        yield f"<footer><p>{self.say(answer.status)}</p></footer>\n</main>\n"

    def first(self) -> Iterator[str]:
        answer = self.answer
        because = [sentence(each.because) for each in answer.alarms if each.status == "certain"]
        yield '<section class="pw-first">\n'
        yield f"<h1>{self.say(answer.headline_words)}</h1>\n"
        if answer.headline != "check_signs":
            yield from self.paragraphs(*because, kind="pw-raised")
        yield from self.paragraphs(answer.lead)
        asked = emergency_questions(answer)
        if asked:
            yield from self.items(self.say(each.question) for each in asked)
        if answer.meanwhile:
            yield from self.paragraphs(f"{answer.meanwhile} {' '.join(because)}", kind="pw-raised")
        yield from self.paragraphs(answer.soon, answer.gates)
        if clashes(answer):
            yield "<ul>\n"
            yield from (self.caution(each) for each in clashes(answer))
            yield "</ul>\n"
        yield from self.paragraphs(answer.concerns_words)
        yield "</section>\n"

    def alarms(self, levels: Collection[str], key: str) -> Iterator[str]:
        shown = [
            each for each in self.answer.alarms if not each.is_headline and each.level in levels
        ]
        if not shown:
            return
        yield '<section class="pw-help">\n'
        yield f"<h2>{self.words(key)}</h2>\n"
        for each in shown:
            yield from self.alarm(each)
        yield "</section>\n"

    def alarm(self, alarm: AlarmSaid) -> Iterator[str]:
        title = alarm_title(alarm, self.answer.reader)
        head = f"<strong>{self.say(title)}.</strong> {self.say(alarm.do)} {self.words('one_is_enough')}:"
        if self.answer.headline in CALM:
            # Short, so that the answer itself is still on the first screen.
            yield f"<p>{head} {self.say(sentence(listed(alarm.signs, 'or')))}</p>\n"
            return
        yield f"<p>{head}</p>\n"
        yield from self.items(self.say(each) for each in alarm.signs)

    def place(self) -> Iterator[str]:
        yield '<section class="pw-place">\n'
        yield f"<h2>{self.words('where')}</h2>\n"
        if self.answer.so_far:
            yield from self.items(self.visit(each) for each in self.answer.so_far)
        for each in self.answer.here:
            because = f" ({self.say(each.because)})" if each.because else ""
            step = f"{self.words('step')} {each.number}, {self.say(each.title)}"
            yield f'<p class="pw-here"><strong>{step}</strong>: {self.say(each.how_words)}{because}</p>\n'
        if self.picture:
            yield f'<figure class="pw-picture">{self.picture}</figure>\n'
        yield "</section>\n"

    def visit(self, visit: StepSaid) -> str:
        return (
            f"{self.words('step')} {visit.number}, {self.say(visit.title)}: "
            f"{self.say(visit.how_words)} <small>({self.say(visit.because)})</small>"
        )

    def section(self, key: str, items: Iterable[str]) -> Iterator[str]:
        """Yield a section with a list; nothing when there are no items."""
        listed_items = list(items)
        if not listed_items:
            return
        yield f'<section class="pw-{key}">\n<h2>{self.words(key)}</h2>\n'
        if key == "next":
            yield from self.paragraphs(self.answer.proviso, self.answer.whatever, kind="pw-proviso")
        yield "<ul>\n"
        yield from listed_items
        yield "</ul>\n</section>\n"

    def ways(self) -> Iterator[str]:
        for each in self.answer.ways:
            status = each.status_words
            kind = "possible" if each.status == "excluded" != each.whatever else each.status
            if each.unavailable:
                kind = "excluded"
                status = f"{heading('cannot_be_had', self.answer.reader)}: {each.unavailable}"
            yield self.way(each, kind, status)

    def way(self, way: WaySaid, kind: str, status: str) -> str:
        title = f"{self.words('step')} {way.number}, {self.say(way.title)}"
        label = f' <span class="pw-label">{self.say(way.label)}</span>' if way.label else ""
        others = other_reasons(way, self.answer.reader)
        also = "".join(
            f"<br><small>{self.words('also')}: {self.say(sentence(each))}</small>"
            for each in others
        )
        why = f"<br>{self.say(way.why)}" if way.why else ""
        return (
            f'<li class="pw-{kind}"><strong>{title}</strong>{label}<br>'
            f'<span class="pw-status">{self.say(sentence(status))}</span>{also}{why}'
            f"{self.sources(way.sources)}</li>\n"
        )

    def sources(self, cited: Iterable[Cited]) -> str:
        names = sources_beside(cited, self.answer.reader)
        return f"<br><small>{self.words('sources')}: {self.say(names)}.</small>" if names else ""

    def offer(self, offer: OfferSaid) -> str:
        reader = self.answer.reader
        status, kind = offer.status_words, offer.status
        if offer.unavailable:
            status, kind = f"{heading('cannot_be_had', reader)}: {offer.unavailable}", "excluded"
        badge = f' <span class="pw-badge">{self.say(offer.badge)}</span>' if offer.badge else ""
        lines = [f'<span class="pw-status">{self.say(sentence(status))}</span>']
        lines += [self.say(sentence(each)) for each in (offer.so_far, offer.note) if each]
        for key, cited in (("for", offer.arguments_for), ("against", offer.arguments_against)):
            said = arguments(cited, reader)
            if said:
                lines.append(f"<em>{self.words(key)}:</em> {self.say(said)}")
        if offer.cautions:
            care = self.say(" ".join(map(sentence, offer.cautions)))
            lines.append(f"<em>{self.words('take_care')}:</em> {care}")
        lines += [self.say(sentence(each)) for each in offer.requires]
        return (
            f'<li class="pw-{kind}"><strong>{self.say(offer.title)}</strong>{badge}<br>'
            f"{'<br>'.join(lines)}</li>\n"
        )

    def questions(self) -> Iterator[str]:
        answer = self.answer
        left = later_questions(answer)
        for each in left[:MOST_QUESTIONS]:
            yield self.question(each)
        more = len(left) - MOST_QUESTIONS
        if more > 0:
            words = heading("more_questions", answer.reader, count=more)
            yield f"<li>{escape(words)}</li>\n"

    def question(self, question: QuestionSaid) -> str:
        level = ""
        if question.level:
            words = level_words(question.level, self.answer.reader)
            level = f'<span class="pw-level">{escape(words)}</span> '
        reasons = " ".join(filter(None, (sentence(question.why), sentence(question.bears_on))))
        why = f"<br><small>{self.say(reasons)}</small>" if reasons else ""
        options = f" ({self.say('; '.join(question.options))})" if question.options else ""
        return f"<li>{level}{self.say(question.question)}{options}{why}</li>\n"

    def caution(self, caution: CautionSaid) -> str:
        kind = "pw-triggered" if caution.is_triggered and caution.status == "certain" else "pw-care"
        return (
            f'<li class="{kind}"><strong>{self.say(capital(caution.title))}:</strong> '
            f"{self.say(sentence(caution.text))}{self.sources(caution.sources)}</li>\n"
        )

    def closed(self, closed: ClosedSaid) -> str:
        parts = [self.say(sentence(closed.why))]
        for key, steps in (("closes", closed.closes), ("instead", closed.instead)):
            if steps:
                parts.append(f"<em>{self.words(key)}:</em> {self.say(sentence(listed(steps)))}")
        if closed.kept:
            parts.append(self.say(closed.kept))
        return f"<li><strong>{self.say(capital(closed.title))}:</strong> {' '.join(parts)}</li>\n"

    def items(self, items: Iterable[str]) -> Iterator[str]:
        yield "<ul>\n"
        yield from (f"<li>{each}</li>\n" for each in items)
        yield "</ul>\n"

    def paragraphs(self, *texts: str, kind: str = "") -> Iterator[str]:
        attribute = f' class="{kind}"' if kind else ""
        for text in texts:
            if text:
                yield f"<p{attribute}>{self.say(text)}</p>\n"

    def words(self, key: str) -> str:
        return escape(heading(key, self.answer.reader))

    def say(self, text: str) -> str:
        return escape(clean(text, "answer"))
