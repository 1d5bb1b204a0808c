"""Whether all that a handout says stands in its PDF: for eyes, and for screen readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from pathways.handouts.blocks import Figure, Handout, everything, plain_texts
from tests.handouts.pages import PdfPages, joined, plain
from tests.handouts.tagged import Tagged

NOT_LETTERS = re.compile(r"[^\w]+")


def missing(handout: Handout, pages: PdfPages, tagged: Tagged) -> list[str]:
    """Return all that a handout says and its PDF does not, in words.

    Args:
        handout: The handout.
        pages: The pages of its PDF.
        tagged: The tags of its PDF.
    """
    return [*not_on_pages(handout, pages), *not_in_tags(handout, tagged)]


def not_on_pages(handout: Handout, pages: PdfPages) -> Iterator[str]:
    """Yield each word that the pages show less often than the handout and its pictures have it."""
    shown = counted(pages.texts)
    asked = counted((handout.title, handout.subtitle, handout.status, *_said(handout)))
    for word, count in sorted((asked - shown).items()):
        yield f"the pages lack the word '{word}' {count} times"


def _said(handout: Handout) -> Iterator[str]:
    """Yield every text of a handout, those inside pictures too, and what stands on each page."""
    for block in everything(handout):
        yield from plain_texts(block)
        if isinstance(block, Figure):
            yield from words_of_picture(block.picture.svg)


def words_of_picture(svg: str) -> Iterator[str]:
    """Yield the texts that a picture shows.

    Args:
        svg: The picture.
    """
    for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        yield "".join(each.itertext())


def counted(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word stands in some texts; ligatures and signs make no difference."""
    return Counter(word for text in texts for word in NOT_LETTERS.split(plain(text)) if word)


def not_in_tags(handout: Handout, tagged: Tagged) -> Iterator[str]:
    """Yield each text that a screen reader does not meet, whole and as often as it stands there."""
    read = joined("".join(texts_of(tagged)))
    said = Counter(
        joined(text) for block in everything(handout) for text in plain_texts(block) if text.strip()
    )
    for text, count in said.items():
        if read.count(text) < count:
            yield f"tags say {read.count(text)} times, not {count}: {text}"
    heard = [joined(tag.text("/Alt")) for tag in tagged.tags if tag.kind == "Figure"]
    for block in everything(handout):
        if isinstance(block, Figure):
            alt = joined("".join((block.alt, *block.words)))
            if alt not in heard:
                yield f"no figure has the alternative text of {block.name}"


def texts_of(tagged: Tagged) -> Iterator[str]:
    """Yield the text of each piece of content, in the order of the tags."""
    for tag in tagged.tags:
        if tag.parent is None:
            for page, number in tag.all_contents():
                yield tagged.written.get((tagged.pages[page], number), "")
