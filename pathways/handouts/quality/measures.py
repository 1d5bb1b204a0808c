"""Measures a handout: pure functions of what it is made of.

Sources: W3C, Web Content Accessibility Guidelines 2.2, 1.1.1 (pictures), 1.3.1 (headings, tables),
1.4.3 (text), 1.4.11 (borders and lines); UK Association for Accessible Formats, MS03 (sizes of type).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pathways.diagrams.drawing.contrast import contrast
from pathways.diagrams.theme import DARK
from pathways.handouts.blocks import (
    Card,
    Figure,
    Handout,
    Notice,
    Table,
    everything,
    plain_texts,
    walk,
    words_in,
)
from pathways.handouts.colours import PAPER, in_the_dark, is_colour, lightened
from pathways.handouts.links import dead_links
from pathways.handouts.looks import BADGES, INK, NOTICES, RULE, SHADE
from pathways.handouts.quality.model import ColourPair, HandoutQuality
from pathways.handouts.quality.outline import heading_gaps, outline, same_keys
from pathways.handouts.quality.reading import readings
from pathways.handouts.quality.standards import items
from pathways.handouts.sizes import room, sizes
from pathways.readability.formulas import words_of

NEEDED = ("title", "version", "date", "status", "advice")
"""What every handout says of itself."""


def quality(handout: Handout, names: Collection[str] = ()) -> HandoutQuality:
    """Measure a handout.

    Args:
        handout: The handout.
        names: Names of medicines and procedures, in lower case; they count as easy words.

    Returns:
        The measures; the same handout gives the same.

    Raises:
        UnknownNameError: There is no such profile or paper.

    Example:
        >>> from pathways.handouts.make import make
        >>> from pathways.handouts.request import Request
        >>> from pathways.reading.load import load
        >>> quality(make(Request(load("safety")))).smallest_text
        12
    """
    headings = outline(handout)
    figures = [each for each in everything(handout) if isinstance(each, Figure)]
    return HandoutQuality(
        kind=handout.kind,
        reader=handout.reader,
        language=handout.language,
        profile=handout.profile,
        words=_words(handout),
        readings=readings(handout, names),
        smallest_text=_smallest_text(handout.profile),
        smallest_picture=min((_smallest(each, handout) for each in figures), default=None),
        colours=(*_colours(handout), *_colours_of_pictures(figures)),
        picture_problems=tuple(
            f"{each.name}: {problem}" for each in figures for problem in each.picture.problems
        ),
        without_alt=tuple(each.name for each in figures if not each.alt.strip()),
        alt_is_caption=tuple(each.name for each in figures if _is_same(each.alt, each.caption)),
        without_words=tuple(each.name for each in figures if not "".join(each.words).strip()),
        outline=headings,
        heading_gaps=heading_gaps(headings),
        titles=sum(_is_same(each.title, handout.title) for each in headings),
        tables_without_headings=tuple(_tables_without_headings(handout)),
        emergency_present=_says_something(handout.emergency),
        emergency_first=handout.emergency.kind == "emergency" and bool(handout.emergency.title),
        missing=tuple(each for each in NEEDED if not getattr(handout, each).strip()),
        dead_links=dead_links(handout),
        same_keys=same_keys(handout),
        items=items(handout),
    )


def _words(handout: Handout) -> int:
    texts = [text for block in everything(handout) for text in plain_texts(block)]
    return sum(len(words_of(text)) for text in texts)


def _smallest_text(profile: str) -> float:
    found = sizes(profile)
    return min(found.body, found.small, *found.headings)


def _smallest(figure: Figure, handout: Handout) -> float:
    """Return the smallest type of a picture on paper: a picture wider than the text shrinks."""
    space = room(handout.profile, handout.paper)
    picture = figure.picture
    scale = min(1.0, space.width / picture.width, space.height / picture.height)
    return picture.quality.smallest * scale


def _is_same(one: str, other: str) -> bool:
    return bool(one.strip()) and _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _tables_without_headings(handout: Handout) -> Iterator[str]:
    for block in everything(handout):
        if isinstance(block, Table):
            rows = [words_in(row[0]) for row in block.rows]
            if not all(each.strip() for each in (block.caption, *block.head, *rows)):
                yield block.caption or "a table without a caption"


def _says_something(notice: Notice) -> bool:
    return any(text.strip() for each in walk(notice.blocks) for text in plain_texts(each))


def _colours(handout: Handout) -> Iterator[ColourPair]:
    """Yield the colours that meet in a handout, by day and in the dark."""
    accent = handout.letterhead.colour
    yield _pair("headings and links", "text", accent, PAPER)
    if is_colour(accent):
        bright = lightened(accent, DARK.frame_fill)
        yield _pair("headings and links in the dark", "text", bright, DARK.background)
    yield _pair("text", "text", INK, PAPER)
    yield _pair("text in the dark", "text", DARK.text, DARK.background)
    yield _pair("headings of tables", "text", INK, SHADE)
    yield _pair("lines", "line", RULE, PAPER)
    yield _pair("lines in the dark", "line", DARK.label_border, DARK.background)
    blocks = list(everything(handout))
    boxes = {
        f"box '{each.kind}'": NOTICES[each.kind] for each in blocks if isinstance(each, Notice)
    }
    boxes |= {
        f"verdict '{each.badge}'": BADGES[each.badge] for each in blocks if isinstance(each, Card)
    }
    for what, (fill, border) in boxes.items():
        yield from _box(what, fill, border, INK, PAPER)
        dark_fill, dark_border = in_the_dark((fill, border))
        yield from _box(f"{what} in the dark", dark_fill, dark_border, DARK.text, DARK.background)


def _box(what: str, fill: str, border: str, ink: str, behind: str) -> Iterator[ColourPair]:
    yield _pair(f"text in {what}", "text", ink, fill)
    yield _pair(f"title of {what}", "text", border, fill)
    yield _pair(f"border of {what}", "line", border, behind)


def _pair(what: str, kind: str, one: str, other: str) -> ColourPair:
    ratio = contrast(one, other) if is_colour(one) and is_colour(other) else 0.0
    return ColourPair(what, "text" if kind == "text" else "line", one, other, ratio)


def _colours_of_pictures(figures: Collection[Figure]) -> Iterator[ColourPair]:
    for each in figures:
        found = each.picture.quality
        yield ColourPair(f"texts in {each.name}", "text", "", "", found.text_contrast)
        yield ColourPair(f"lines in {each.name}", "line", "", "", found.line_contrast)
