"""Prospects and what cannot be had, as plain text for a terminal or as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathways.diagrams.characters import as_markdown, clean
from pathways.language import say
from pathways.reports.phrases import sentence
from pathways.reports.prospect import NeedSaid, ProspectSaid, WhatIfSaid, WithoutSaid
from pathways.reports.prospect_phrases import PROSPECT_PHRASES
from pathways.reports.text import TextFormat


def prospect_text(said: ProspectSaid, format: TextFormat = "text", *, width: int = 90) -> str:
    """Return what would have to be true for a later step, as text.

    Args:
        said: What is said of it.
        format: ``text`` or ``markdown``.
        width: How wide lines of plain text may be, in characters.
    """
    writer = _Writer(format, width)
    needs = [_need(each, said) for each in said.needs]
    return writer.text(
        writer.heading(said.heading),
        *writer.paragraphs(said.caveat, said.first, said.summary),
        *([writer.items(needs)] if needs else []),
        *writer.paragraphs(*said.counts_on, said.way_words, said.proviso),
    )


def what_if_text(said: WhatIfSaid, format: TextFormat = "text", *, width: int = 90) -> str:
    """Return what becomes of a place when something cannot be had, as text.

    Args:
        said: What is said of it.
        format: ``text`` or ``markdown``.
        width: How wide lines of plain text may be, in characters.
    """
    writer = _Writer(format, width)
    without = [
        f"{sentence(each.title).rstrip('.')}: {_reason(each)}{each.words}" for each in said.without
    ]
    return writer.text(
        writer.heading(said.heading),
        writer.items(without),
        *writer.paragraphs(*(each.words for each in said.next_best)),
        *writer.paragraphs(said.lost_words, said.place_words),
    )


def _reason(without: WithoutSaid) -> str:
    """Return why something cannot be had; a supposition stands in the heading, or needs no reason."""
    return "" if without.why == "supposed" else f"{sentence(without.why_words)} "


def _need(need: NeedSaid, said: ProspectSaid) -> str:
    today = need.today_words
    if need.cannot_change:
        today = f"{today}, {say(PROSPECT_PHRASES['cannot_change'][said.reader])}"
    step = say("step {number}", number=need.asked_at.number)
    return f"{sentence(need.condition).rstrip('.')} ({step}): " + (
        today if today.endswith("?") else f"{today}."
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes blocks in one format."""

    format: TextFormat
    width: int

    def text(self, *blocks: str) -> str:
        return "\n\n".join(blocks) + "\n"

    def heading(self, text: str) -> str:
        said = self._say(text)
        return f"## {said}" if self.format == "markdown" else f"{said}\n{'-' * len(said)}"

    def paragraphs(self, *texts: str) -> Iterator[str]:
        for text in texts:
            if text:
                yield self._wrapped(text, "", "")

    def items(self, texts: Iterable[str]) -> str:
        return "\n".join(self._wrapped(each, "- ", "  ") for each in texts)

    def _say(self, text: str) -> str:
        cleaned = clean(text, "answer")
        return as_markdown(cleaned) if self.format == "markdown" else cleaned

    def _wrapped(self, text: str, first: str, indent: str) -> str:
        said = " ".join(self._say(text).split())
        if self.format == "markdown":
            return f"{first}{said}"
        return textwrap.fill(
            said,
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
