"""What the pages of a PDF look like: their words, the sizes of their type, where there is ink."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw
from PIL import Image

from pathways.diagrams.profiles import paper
from pathways.handouts.blocks import Bullets, Figure, Handout, Paragraph, everything
from pathways.handouts.sizes import room, sizes
from pathways.handouts.words import foot_words, page_words
from pathways.language import speaking
from tests.handouts.tagged import Tagged

DPI = 72
WHITE = 250
LINE = 2.5
"""Points that half of a thick line, and the dot it ends in, may stand over the edge of the text."""

SHORT_WORD = 10
"""A word of fewer letters looks lost alone in a line."""

LEAST_FULL = 0.5
FIRST_WORDS = 220
"""So many letters on a page are its head, and headings over a picture."""

CAPTION = 3.0
"""Room of a caption and of the white around a picture, in sizes of type."""

LIFT = {"standard": 9, "clear-print": 12, "large-print": 16}
"""Points that the room begins below the margin: the head stands above it."""

EDGE = 15.0
"""White that most printers need around a page, in points."""

ABOVE_FOOT = 7.0
"""White between the room for text and the foot, in points."""

BLOCKS = frozenset(("P", "LBody", "TD", "TH", "Caption"))


@dataclass(frozen=True)
class Ink:
    """Where there is ink, in points from the left and the top of the page."""

    left: float
    top: float
    right: float
    bottom: float


class PdfPages:
    """A PDF, opened to be looked at.

    Args:
        data: Its bytes.
    """

    def __init__(self, data: bytes) -> None:
        self.document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self.document)

    @cached_property
    def texts(self) -> list[str]:
        """The words of each page."""
        return [each.get_textpage().get_text_range() for each in self.document]

    @cached_property
    def type_sizes(self) -> list[dict[float, str]]:
        """The sizes of type on each page, in points, each with the characters in that size."""
        return [dict(_sizes(page)) for page in self.document]

    @cached_property
    def images(self) -> list[Image.Image]:
        """Each page, one dot a point: black where there is ink."""
        return [
            page.render(scale=DPI / 72).to_pil().convert("L").point(lambda v: 255 * (v < WHITE))
            for page in self.document
        ]

    def ink(self, page: int, top: float, bottom: float) -> Ink | None:
        """Return where there is ink between two heights of a page; None: nowhere.

        Args:
            page: Number of the page, from 0.
            top: Where to begin, from the top of the page.
            bottom: Where to end.
        """
        image = self.images[page]
        box = image.crop((0, round(top), image.width, round(bottom))).getbbox()
        if box is None:
            return None
        return Ink(box[0], box[1] + round(top), box[2], box[3] + round(top))


def _sizes(page: Any) -> Iterator[tuple[float, str]]:
    """Yield the sizes of type of a page with their characters; pictures are part of the page."""
    raw = pypdfium2.raw
    text = page.get_textpage()
    matrix = raw.FS_MATRIX()
    found: dict[float, list[str]] = {}
    for at in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text.raw, at):
            continue
        raw.FPDFText_GetMatrix(text.raw, at, ctypes.byref(matrix))
        scale = min(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5, _length(matrix))
        size = round(raw.FPDFText_GetFontSize(text.raw, at) * scale, 2)
        found.setdefault(size, []).append(chr(raw.FPDFText_GetUnicode(text.raw, at)))
    yield from ((size, "".join(each)) for size, each in found.items())


def plain(text: str) -> str:
    """Return a text without ligatures; PDFium writes U+FFFE for a hyphen at the end of a line."""
    return unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\ufffe", "-")


def joined(text: str) -> str:
    """Return a text without the white space in it: where lines break makes no difference."""
    return "".join(plain(text).split())


def _length(matrix: Any) -> float:
    return float((matrix.c**2 + matrix.d**2) ** 0.5)


def badly_laid_out(handout: Handout, pages: PdfPages, tagged: Tagged) -> list[str]:
    """Return what is wrong with the pages of a handout, in words.

    Args:
        handout: The handout.
        pages: The pages of its PDF.
        tagged: The tags of its PDF.
    """
    return [
        *half_empty(handout, pages),
        *outside_the_margins(handout, pages),
        *in_the_foot(handout, pages),
        *small_type(handout, pages),
        *one_word_lines(handout, pages),
        *missing_marks(handout, pages),
        *left_alone(tagged),
    ]


def fullness(handout: Handout, pages: PdfPages, page: int) -> float:
    """Return how far down a page its text or pictures go, as a share of the room."""
    found, height = sizes(handout.profile), room(handout.profile, handout.paper).height
    top = found.margin + LIFT[handout.profile]
    ink = pages.ink(page, top, top + height)
    return 0.0 if ink is None else (ink.bottom - top) / height


def half_empty(handout: Handout, pages: PdfPages) -> Iterator[str]:
    """Yield each page but the last that is less than half full, though what follows would fit."""
    for page in range(len(pages) - 1):
        share = fullness(handout, pages, page)
        if share < LEAST_FULL and not _is_before_a_large_picture(handout, pages, page, share):
            yield f"page {page + 1} of {len(pages)} is {share:.0%} full"


def _is_before_a_large_picture(handout: Handout, pages: PdfPages, page: int, share: float) -> bool:
    """Whether the next page begins with a picture, perhaps under headings, too large for the rest."""
    rest = (1 - share) * room(handout.profile, handout.paper).height
    shown = joined(pages.texts[page + 1])
    for block in everything(handout):
        if isinstance(block, Figure) and 0 <= shown.find(joined(block.caption)) < FIRST_WORDS:
            return block.picture.height + CAPTION * sizes(handout.profile).body > rest
    return False


def outside_the_margins(handout: Handout, pages: PdfPages) -> Iterator[str]:
    """Yield each page with ink beside the text, or so near the edge that printers lose it."""
    sheet, found = paper(handout.paper), sizes(handout.profile)
    for page in range(len(pages)):
        ink = pages.ink(page, 0, sheet.height)
        if ink is None:
            yield f"page {page + 1} is empty"
            continue
        if ink.left < found.side - LINE or ink.right > sheet.width - found.side + LINE:
            yield f"page {page + 1} has ink beside the text: {ink}"
        if ink.top < EDGE or ink.bottom > sheet.height - EDGE:
            yield f"page {page + 1} has ink at its edge: {ink}"


def in_the_foot(handout: Handout, pages: PdfPages) -> Iterator[str]:
    """Yield each page whose text goes on below the room for it."""
    end = sizes(handout.profile).margin + LIFT[handout.profile]
    end += room(handout.profile, handout.paper).height
    for page in range(len(pages)):
        if pages.ink(page, end + 2 * LINE, end + ABOVE_FOOT) is not None:
            yield f"page {page + 1} has text in its foot"


def small_type(handout: Handout, pages: PdfPages) -> Iterator[str]:
    """Yield the sizes of type that are below the least of the profile."""
    least = sizes(handout.profile).small
    for number, found in enumerate(pages.type_sizes, start=1):
        for size, text in found.items():
            if size < least - 0.01 and text.strip():
                yield f"page {number} has type of {size} points: {text[:40]}"


def one_word_lines(handout: Handout, pages: PdfPages) -> Iterator[str]:
    """Yield each short word that stands alone in the last line of a paragraph or an entry."""
    ends = {
        (words[-2], words[-1])
        for block in everything(handout)
        if isinstance(block, Paragraph | Bullets)
        for words in (text.split() for text in block.texts)
        if len(words) > 5 and len(words[-1]) < SHORT_WORD and "-" not in words[-1]
    }
    for number, text in enumerate(pages.texts, start=1):
        for before, line in pairwise(text.splitlines()):
            if before.split() and (before.split()[-1], line.strip()) in ends:
                yield f"page {number}: '{line.strip()}' stands alone after '{before[-30:]}'"


def missing_marks(handout: Handout, pages: PdfPages) -> Iterator[str]:
    """Yield what each page must show and does not: title, version, day, status, advice, number."""
    with speaking(handout.language):
        foot, number = foot_words(handout), page_words()
    for at, text in enumerate(pages.texts, start=1):
        shown = joined(text)
        here = number.format(number=at, count=len(pages))
        asked = [handout.title, foot, handout.advice, here]
        asked += [handout.emergency.title] if at == 1 else [handout.reminder]
        for each in asked:
            if joined(each) not in shown:
                yield f"page {at} does not say: {each}"


def left_alone(tagged: Tagged) -> Iterator[str]:
    """Yield each page that begins with the last word of a paragraph, alone."""
    for tag in tagged.tags:
        if tag.kind not in BLOCKS:
            continue
        by_page = tagged.text_by_page(tag)
        last = max(by_page, default=0)
        if len(by_page) > 1 and len(by_page[last].split()) < 2:
            yield f"page {last} begins with '{by_page[last].strip()}' alone"
