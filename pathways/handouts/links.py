"""Where the links of a handout lead."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pathways.handouts.blocks import (
    Block,
    Bullets,
    Handout,
    Line,
    Paragraph,
    Section,
    Table,
    Terms,
    everything,
)


def web_address(href: str) -> str:
    """Return an address that a handout may lead to; empty when it may not.

    Args:
        href: What is meant to be one.

    Example:
        >>> web_address("https://www.nice.org.uk/guidance/ng59"), web_address("javascript:alert(1)")
        ('https://www.nice.org.uk/guidance/ng59', '')
    """
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return href if parts.scheme in {"http", "https"} and parts.netloc else ""


def lines_in(block: Block) -> Iterator[Line]:
    """Yield the lines that a block itself shows, without those of the blocks inside it.

    Args:
        block: Any block.
    """
    match block:
        case Paragraph(line):
            yield line
        case Bullets(items):
            yield from items
        case Terms(items):
            yield from (each.meaning for each in items)
        case Table(rows=rows):
            for row in rows:
                yield from row
        case _:
            return


def links(handout: Handout) -> tuple[str, ...]:
    """Return where the links of a handout lead, in reading order.

    Args:
        handout: The handout.
    """
    return tuple(
        run.href
        for block in everything(handout)
        for line in lines_in(block)
        for run in line
        if run.href
    )


def dead_links(handout: Handout) -> tuple[str, ...]:
    """Return the links that lead to no section and are no web address.

    Args:
        handout: The handout.
    """
    keys = {block.key for block in everything(handout) if isinstance(block, Section)}
    return tuple(
        href
        for href in links(handout)
        if not (href.startswith("#") and href[1:] in keys) and not web_address(href)
    )
