"""Whether a handout may be handed out: what stands against it, in words."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.diagrams.profiles import profile as profile_named
from pathways.handouts.colours import LEAST_LINE_CONTRAST, LEAST_TEXT_CONTRAST
from pathways.handouts.quality.model import ColourPair, HandoutQuality
from pathways.handouts.sizes import PROFILE_NAMES
from pathways.readability.grades import HIGHEST_GRADE

PATIENT_POINTS = 12.0
"""Nothing that patients read is smaller (UK Association for Accessible Formats, MS03, clear print)."""


def problems(quality: HandoutQuality) -> tuple[str, ...]:
    """Return what keeps a handout from being handed out, in words; nothing when it passes.

    Items of standards do not count: a "no" among them is for the author to weigh.

    Args:
        quality: What the handout measures.

    Example:
        >>> from pathways.handouts.make import make
        >>> from pathways.handouts.quality import measures
        >>> from pathways.handouts.request import Request
        >>> from pathways.reading.load import load
        >>> problems(measures.quality(make(Request(load("safety")))))
        ()
    """
    return (
        *_of_emergency(quality),
        *_of_itself(quality),
        *_of_type(quality),
        *_of_colours(quality),
        *_of_pictures(quality),
        *_of_order(quality),
    )


def _of_emergency(found: HandoutQuality) -> Iterator[str]:
    if not found.emergency_present:
        yield "there is no sign for which to get help now"
    if not found.emergency_first:
        yield "the box that comes first is not an emergency box with a title"


def _of_itself(found: HandoutQuality) -> Iterator[str]:
    for each in found.missing:
        yield f"the {each} is missing"
    if found.titles > 1:
        yield f"{found.titles} headings are the title; only one may be"


def _of_type(found: HandoutQuality) -> Iterator[str]:
    least = profile_named(PROFILE_NAMES[found.profile]).least
    if found.reader == "patient":
        least = max(least, PATIENT_POINTS)
    for where, points in (("text", found.smallest_text), ("pictures", found.smallest_picture)):
        if points is not None and points < least - 0.05:
            yield f"the smallest type in {where} is {points:.1f} points; at least {least:g}"
    if found.reader == "patient" and found.grade is not None and found.grade > HIGHEST_GRADE:
        yield f"the reading grade is {found.grade:.1f}; at most {HIGHEST_GRADE:g}"


def _of_colours(found: HandoutQuality) -> Iterator[str]:
    for each in found.colours:
        least = LEAST_TEXT_CONTRAST if each.kind == "text" else LEAST_LINE_CONTRAST
        if each.ratio < least:
            yield _pair_words(each, least)


def _pair_words(pair: ColourPair, least: float) -> str:
    if pair.ratio == 0:
        return f"{pair.what}: {pair.one!r} is no colour; write six digits, such as #005EB8"
    colours = f" ({pair.one} on {pair.other})" if pair.one else ""
    return f"{pair.what}: the contrast is {pair.ratio:.1f}{colours}; at least {least:g}"


def _of_pictures(found: HandoutQuality) -> Iterator[str]:
    for names, what in (
        (found.without_alt, "has no alternative text"),
        (found.alt_is_caption, "has an alternative text that only repeats its caption"),
        (found.without_words, "has no words beside it"),
    ):
        yield from (f"{name} {what}" for name in names)
    yield from found.picture_problems


def _of_order(found: HandoutQuality) -> Iterator[str]:
    yield from (f"order of headings: {each}" for each in found.heading_gaps)
    for caption in found.tables_without_headings:
        yield f"'{caption}' needs a caption, and a heading for every column and row"
    yield from (f"the link '{each}' leads nowhere" for each in found.dead_links)
    yield from (f"more than one section is called '{each}'" for each in found.same_keys)
