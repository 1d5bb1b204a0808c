"""The headings of a handout, as readers of screens go through them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pathways.handouts.blocks import Block, Card, Handout, Notice, Section, everything
from pathways.handouts.quality.model import Heading

DEEPEST = 4
"""Headings stand no deeper than this: the title, sections, parts of them, and once more."""


def outline(handout: Handout) -> tuple[Heading, ...]:
    """Return the headings of a handout in reading order.

    Args:
        handout: The handout.
    """
    headings = (
        Heading(1, handout.title),
        *_inside((handout.emergency, *handout.sections), 2),
    )
    return tuple(each for each in headings if each.title.strip())


def _inside(blocks: Sequence[Block], level: int) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Section | Notice | Card):
            yield Heading(level, block.title)
            # A box without a title is no part of its own; a section without one is, and leaves a gap.
            is_part = bool(block.title) or isinstance(block, Section)
            yield from _inside(block.blocks, level + is_part)


def heading_gaps(headings: Sequence[Heading]) -> tuple[str, ...]:
    """Return what is wrong with the order of headings, in words.

    Args:
        headings: The headings.

    Example:
        >>> heading_gaps([Heading(1, "Back pain"), Heading(3, "Walk")])
        ("'Walk' has level 3, after level 1",)
    """
    found = []
    before = 0
    for each in headings:
        if each.level > before + 1:
            found.append(f"'{each.title}' has level {each.level}, after level {before}")
        if each.level > DEEPEST:
            found.append(f"'{each.title}' has level {each.level}; the deepest is {DEEPEST}")
        before = each.level
    return tuple(found)


def same_keys(handout: Handout) -> tuple[str, ...]:
    """Return the keys that more than one section has.

    Args:
        handout: The handout.
    """
    keys = Counter(block.key for block in everything(handout) if isinstance(block, Section))
    return tuple(sorted(key for key, count in keys.items() if count > 1))
