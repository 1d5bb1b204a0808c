"""A handout as PDF: tagged, for eyes and for screen readers (PDF/UA-1), printed by Typst."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, assert_never

from pathways.diagrams.fonts import FAMILY
from pathways.diagrams.printing import language_of, to_tagged_pdf
from pathways.diagrams.profiles import paper
from pathways.errors import DrawingError
from pathways.handouts.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Figure,
    Handout,
    Letterhead,
    Line,
    Notice,
    Paragraph,
    Section,
    Table,
    Terms,
    everything,
    plain_texts,
    walk,
)
from pathways.handouts.looks import BADGES, INK, NOTICES, RULE, SHADE
from pathways.handouts.sizes import room, sizes
from pathways.handouts.words import foot_words, language_of_run, page_words
from pathways.handouts.writers.pdf_packing import count_pages, packed

TEMPLATE = "handout.typ"

TAGS_LOST = "tags weren't properly closed"
TEXT_LOST = "text was lost between pages"
TEXT_OVER = "text ran into the foot"
"""What Typst 0.15 and the template say when a box that a page cuts and a picture that floats meet badly."""

LOOSENED = (
    {"may-float": True, "may-break": True},
    {"may-float": True, "may-break": False},
    {"may-float": False, "may-break": True},
    {"may-float": False, "may-break": False},
)
"""What is tried then, one after the other: the same words in the same order, more white space."""

AIRS = (1, 0.75, 0.5)
"""Shares of the usual white between blocks, tried one after the other until a sheet fits one page."""

LONG_CARD = 0.5
"""A card or box longer than this share of a page may be cut by its end."""

WIDTH_OF_A_LETTER = 0.5
"""Width of an average letter of the font, as a share of its size."""


def to_pdf(
    handout: Handout, template: str | None = None, *, font_folders: tuple[Path, ...] = ()
) -> bytes:
    """Return a handout as PDF.

    Args:
        handout: The handout.
        template: Typst source to use in place of the shipped one.
        font_folders: Folders of more fonts, for characters the shipped ones do not have.

    Returns:
        The bytes of the file: the same for the same handout, on any machine and day.

    Raises:
        DrawingError: Typst cannot print it: the template has a fault, or a character no font.
    """
    if template is None:
        template = (files("pathways.handouts") / "templates" / TEMPLATE).read_text("utf-8")
    job = job_of(handout)
    if handout.kind != "visit_sheet":
        return _printed(template, job, font_folders)
    for air in AIRS:
        data = _printed(template, {**job, "air": air}, font_folders)
        if count_pages(data) == 1:
            return data
    return _printed(template, job, font_folders)


def _printed(template: str, job: dict[str, Any], font_folders: tuple[Path, ...]) -> bytes:
    """Return the PDF of the first layout that loses neither text nor tags."""
    for loosened in LOOSENED[:-1]:
        try:
            return packed(to_tagged_pdf(template, {**job, **loosened}, font_folders=font_folders))
        except DrawingError as error:
            if not any(words in str(error) for words in (TAGS_LOST, TEXT_LOST, TEXT_OVER)):
                raise
    return packed(to_tagged_pdf(template, {**job, **LOOSENED[-1]}, font_folders=font_folders))


def job_of(handout: Handout) -> dict[str, Any]:
    """Return a handout as the plain data that the template reads.

    Args:
        handout: The handout.
    """
    code, region = language_of(handout.language)
    sheet, found = paper(handout.paper), sizes(handout.profile)
    fill, border = NOTICES["emergency"]
    return {
        "title": handout.title,
        "subtitle": handout.subtitle,
        "author": handout.letterhead.name,
        "language": code,
        "region": region,
        "family": FAMILY,
        "width": sheet.width,
        "height": sheet.height,
        "sizes": {
            "body": found.body,
            "small": found.small,
            "headings": list(found.headings),
            "leading": found.leading,
            "side": found.side,
            "margin": found.margin,
            "foot": found.foot,
        },
        "air": AIRS[0],
        "ink": INK,
        "colour": handout.letterhead.colour,
        "line": RULE,
        "rule": RULE,
        "shade": SHADE,
        "alarm": {"fill": fill, "border": border},
        "reminder": handout.reminder,
        "status": handout.status,
        "foot": foot_words(handout),
        "advice": handout.advice,
        "page-words": page_words(),
        "clinic": handout.letterhead.name,
        "contact": list(handout.letterhead.contact),
        "logo": _logo(handout.letterhead),
        "lines": sum(map(_lines, everything(handout))),
        "blocks": _blocks((handout.emergency, *handout.sections), 2, handout),
    }


def _lines(block: Block) -> int:
    """Return how many lines of text a block has itself; the template makes sure that none is lost."""
    match block:
        case Paragraph():
            return 1
        case Bullets() | Terms():
            return len(block.items)
        case Table():
            return sum(map(len, block.rows))
        case _:
            return 0


def _logo(letterhead: Letterhead) -> dict[str, Any] | None:
    """Return a logo as Typst reads it from JSON: a list of bytes."""
    if not letterhead.logo:
        return None
    is_png = letterhead.logo.startswith(b"\x89PNG")
    return {
        "data": list(letterhead.logo),
        "format": "png" if is_png else "svg",
        "alt": letterhead.logo_alt or letterhead.name,
    }


def _blocks(blocks: Sequence[Block], level: int, handout: Handout) -> list[dict[str, Any]]:
    """Return blocks as plain data; ``level`` is that of the next heading."""
    made = [_block(each, level, handout) for each in blocks]
    for each, after in pairwise(made):
        # What only names the list after it must not stay behind on the page before.
        is_label = each["kind"] == "paragraph" and all(run["strong"] for run in each["line"])
        each["keeps"] = is_label and after["kind"] in {"bullets", "terms"}
    return made


def _block(block: Block, level: int, handout: Handout) -> dict[str, Any]:
    match block:
        case Section() | Notice() | Card():
            return _owner(block, level, handout)
        case Paragraph():
            return {"kind": "paragraph", "look": block.kind, "line": _line(block.line, handout)}
        case Bullets():
            items = [_line(each, handout) for each in block.items]
            return {"kind": "bullets", "ordered": block.ordered, "items": items}
        case Terms():
            terms = [
                {"word": each.word, "meaning": _line(each.meaning, handout)} for each in block.items
            ]
            return {"kind": "terms", "items": terms}
        case Table():
            return _table(block, handout)
        case Figure():
            return _figure(block)
        case Blank(label, lines, filled):
            return {"kind": "blank", "label": label, "lines": lines, "filled": filled}
        case _:
            assert_never(block)


def _line(runs: Line, handout: Handout) -> list[dict[str, Any]]:
    return [
        {
            "text": run.text,
            "strong": run.strong,
            "href": run.href,
            "lang": language_of(language_of_run(run.text, handout.language))[0],
        }
        for run in runs
    ]


def _owner(block: Section | Notice | Card, level: int, handout: Handout) -> dict[str, Any]:
    """Return a block with blocks inside it; its heading has the level, theirs the next one."""
    common: dict[str, Any] = {
        "title": block.title,
        "level": level,
        "blocks": _blocks(block.blocks, level + 1, handout),
    }
    match block:
        case Section():
            floats = any(isinstance(each, Figure) and each.floats for each in block.blocks)
            if all(isinstance(each, Figure) for each in block.blocks):
                # Nothing could stand before them but the heading, which would be left behind.
                floats = False
                common["blocks"] = [{**each, "floats": False} for each in common["blocks"]]
            return {**common, "kind": "section", "key": block.key, "floats": floats}
        case Notice():
            fill, border = NOTICES[block.kind]
            look = {
                "look": block.kind,
                "fill": fill,
                "border": border,
                "breaks": _is_long(block, handout),
            }
            return {**common, "kind": "notice", **look}
        case Card():
            fill, border = BADGES[block.badge]
            badge = {"words": block.badge_words, "fill": fill, "border": border}
            look = {"border": border, "breaks": _is_long(block, handout)}
            return {**common, "kind": "card", "badge": badge if block.badge_words else None, **look}
        case _:
            assert_never(block)


def _table(block: Table, handout: Handout) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": block.caption,
        "head": list(block.head),
        "rows": [[_line(cell, handout) for cell in row] for row in block.rows],
        "widths": list(block.widths),
    }


def _figure(block: Figure) -> dict[str, Any]:
    """Return a figure; its words are its alternative text, so that nothing a picture says is lost."""
    return {
        "kind": "figure",
        "svg": block.picture.svg,
        "width": block.picture.width,
        "height": block.picture.height,
        "alt": "\n".join((block.alt, *block.words)),
        "caption": block.caption,
        "floats": block.floats,
    }


def _is_long(block: Notice | Card, handout: Handout) -> bool:
    """Return whether a box is so long that keeping it whole would leave pages half empty."""
    found, space = sizes(handout.profile), room(handout.profile, handout.paper)
    line = space.width / (found.body * WIDTH_OF_A_LETTER)
    lines = space.height / (found.body * found.leading)
    letters = sum(len(text) for each in walk([block]) for text in plain_texts(each))
    return letters > LONG_CARD * line * lines
