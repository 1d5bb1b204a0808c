"""A handout as the plain values that a template for pages reads."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from types import MappingProxyType
from typing import Any, assert_never

from markupsafe import Markup

from pathways.diagrams.characters import clean, identifier
from pathways.diagrams.drawing.svg import number
from pathways.diagrams.profiles import paper
from pathways.errors import UnsafeTextError
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
    Run,
    Section,
    Table,
    Terms,
    everything,
    plain_texts,
    text_of,
    walk,
    words_in,
)
from pathways.handouts.colours import checked_colour, dark_rules, day_rules
from pathways.handouts.links import web_address
from pathways.handouts.logos import logo_format
from pathways.handouts.sizes import Sizes, sizes
from pathways.handouts.words import language_of_run
from pathways.language import say
from pathways.reports.html import POLICY

MOST_IN_ONE_PIECE = 1100
"""A box or card with more characters than this may be cut by the end of a printed page."""

LOWEST_HEADING = 6
ROOT_POINTS = 12
"""What browsers call 16 pixels, the size that readers can change, in points."""

EMERGENCY_ID = "get-help-now"
LOGO_TYPES: Mapping[str, str] = MappingProxyType({"png": "png", "svg": "svg+xml"})


def page_of(handout: Handout) -> dict[str, Any]:
    """Return a handout as the values of a page; the head of the template names them.

    Args:
        handout: The handout.

    Raises:
        UnsafeTextError: A text cannot be shown, the colour is none, the logo is no PNG or SVG.
    """
    page = _Page(handout)
    head = handout.letterhead
    return {
        "language": handout.language,
        "kind": handout.kind,
        "profile": handout.profile,
        "title": shown(handout.title, "title"),
        "subtitle": shown(handout.subtitle, "subtitle"),
        "version": shown(handout.version, "version"),
        "date": shown(handout.date, "date"),
        "version_words": shown(version_words(handout), "version"),
        "status": shown(handout.status, "status"),
        "advice": shown(handout.advice, "advice"),
        "reminder": shown(handout.reminder, "reminder"),
        "policy": POLICY,
        "style": Markup(style_of(handout)),  # noqa: S704 - ours, with numbers and checked colours
        "clinic": shown(head.name, "name of the clinic"),
        "contact": [shown(each, "contact of the clinic") for each in head.contact],
        "logo": logo_of(head),
        "words": {
            "skip": say("Skip to the text"),
            "contents": say("On this page"),
            "same_in_words": say("The same in words"),
        },
        "contents": [
            {"id": page.id_of(each.key), "title": page.text(each.title, f"title of {each.key}")}
            for each in handout.sections
        ],
        "emergency": {
            "id": EMERGENCY_ID,
            "title": shown(handout.emergency.title, "title of the emergency box"),
        },
        "blocks": page.blocks((handout.emergency, *handout.sections), 2),
    }


def version_words(handout: Handout) -> str:
    """Return which version a handout is of, and of which day."""
    return say("Version {version}, {date}.", version=handout.version, date=handout.date)


def shown(text: str, place: str) -> str:
    """Return a text as it is shown: nothing invisible in it; a space at either end stays.

    Args:
        text: The text.
        place: Where it stands, for the message.

    Raises:
        UnsafeTextError: It holds a character that cannot be shown.

    Example:
        >>> shown("Keep  moving: ", "title")
        'Keep moving: '
    """
    inner = clean(text, place)
    if not inner:
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return f"{before}{inner}{after}"


def section_ids(handout: Handout) -> Mapping[str, str]:
    """Return the id of each section by its key; no two are the same.

    Args:
        handout: The handout.
    """
    found: dict[str, str] = {}
    for block in everything(handout):
        if isinstance(block, Section) and block.key not in found:
            id = stem = f"part-{identifier(block.key)}"
            count = 1
            while id in found.values():
                count += 1
                id = f"{stem}--{count}"
            found[block.key] = id
    return found


def logo_of(letterhead: Letterhead) -> dict[str, str] | None:
    """Return a logo as an image that lies in the page; none when there is none.

    An SVG shows as an image only: browsers run and fetch nothing that it asks for.

    Args:
        letterhead: The letterhead.

    Raises:
        UnsafeTextError: The logo is neither PNG nor SVG.
    """
    data = letterhead.logo
    if not data:
        return None
    kind = logo_format(data)
    if kind is None:
        raise UnsafeTextError("the logo is neither PNG nor SVG; save it as one of them")
    begin = f"data:image/{LOGO_TYPES[kind]};base64,"
    alt = shown(letterhead.logo_alt or letterhead.name, "what the logo shows")
    return {"address": begin + b64encode(data).decode("ascii"), "alt": alt}


def style_of(handout: Handout) -> str:
    """Return the style sheet of a handout: its sizes, its colours, then the rules of every page.

    Args:
        handout: The handout.

    Raises:
        UnsafeTextError: The colour of the letterhead is none.
    """
    found, sheet = sizes(handout.profile), paper(handout.paper)
    accent = checked_colour(handout.letterhead.colour, "colour of the letterhead")
    rules = (files("pathways.handouts") / "templates" / "handout.css").read_text("utf-8")
    size = f"{number(sheet.width)}pt {number(sheet.height)}pt"
    return (
        f"{_sizes(found, ROOT_POINTS, 'rem')}\n{day_rules(accent)}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n{dark_rules(accent)}\n}}\n"
        f"@media print {{ {_sizes(found, 1, 'pt')} }}\n"
        f"@page {{ size: {size}; margin: {number(found.margin)}pt {number(found.side)}pt; }}\n{rules}"
    )


def _sizes(found: Sizes, one: float, unit: str) -> str:
    """Return the sizes of type as custom properties; ``one`` is how many points the unit has."""
    named = {"body": found.body, "small": found.small}
    named |= {f"h{level}": points for level, points in enumerate(found.headings, start=1)}
    body = " ".join(f"--{name}: {points / one:.4g}{unit};" for name, points in named.items())
    return f":root {{ {body} --leading: {found.leading}; }}"


class _Page:
    """Turns blocks into values; knows the ids of sections and counts pictures."""

    def __init__(self, handout: Handout) -> None:
        self.language = handout.language
        self.ids = section_ids(handout)
        self.used: set[str] = set()
        self.pictures = 0

    def id_of(self, key: str) -> str:
        return self.ids[key]

    def blocks(self, blocks: Sequence[Block], level: int) -> list[dict[str, Any]]:
        return [self.block(each, level) for each in blocks]

    def block(self, block: Block, level: int) -> dict[str, Any]:
        """Return a block as values; ``level`` is that of the next heading."""
        match block:
            case Section():
                return self.section(block, level)
            case Paragraph():
                return {
                    "kind": "paragraph",
                    "look": block.kind,
                    "line": self.line(block.line, "a paragraph"),
                }
            case Bullets():
                entries = [self.line(each, "a list") for each in block.items]
                return {"kind": "bullets", "ordered": block.ordered, "entries": entries}
            case Terms():
                return {"kind": "terms", "entries": [*self.terms(block)]}
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Notice() | Card():
                return self.box(block, level)
            case Blank():
                return {
                    "kind": "blank",
                    "name": shown(block.label, "a line to write on"),
                    "label": self.text(block.label, "a line to write on"),
                    "lines": [*range(1, block.lines + 1)],
                    "filled": self.text(block.filled, block.label),
                }
            case _:
                assert_never(block)

    def section(self, block: Section, level: int) -> dict[str, Any]:
        # A key that was used twice gives its id to the first section only.
        id = self.id_of(block.key)
        if id in self.used:
            id = f"{id}--again-{len(self.used)}"
        self.used.add(id)
        return {
            "kind": "section",
            "id": id,
            "level": min(level, LOWEST_HEADING),
            "title": self.text(block.title, f"title of {block.key}"),
            "blocks": self.blocks(block.blocks, level + 1),
        }

    def box(self, block: Notice | Card, level: int) -> dict[str, Any]:
        words = sum(len(text) for each in walk([block]) for text in plain_texts(each))
        value = {
            "kind": "notice" if isinstance(block, Notice) else "card",
            "look": block.kind if isinstance(block, Notice) else block.badge or "none",
            "level": min(level, LOWEST_HEADING),
            "title": self.text(block.title, "title of a box"),
            "is_short": words <= MOST_IN_ONE_PIECE,
            # A box without a heading leaves the level to the headings inside it.
            "blocks": self.blocks(block.blocks, level + 1 if block.title else level),
        }
        if isinstance(block, Notice):
            return value | {"label": shown(block.title or _first_words(block), "title of a box")}
        return value | {"badge": self.text(block.badge_words, "verdict of a card")}

    def terms(self, block: Terms) -> Iterator[dict[str, Any]]:
        for each in block.items:
            meaning = self.line(each.meaning, f"meaning of {each.word}")
            yield {"word": self.text(each.word, "a word explained"), "meaning": meaning}

    def table(self, block: Table) -> dict[str, Any]:
        columns = [
            {
                "share": number(100 * width),
                "label": shown(head, "heading of a column"),
                "head": self.text(head, "heading of a column"),
            }
            for head, width in zip(block.head, block.widths, strict=True)
        ]
        return {
            "kind": "table",
            "caption": self.text(block.caption, "caption of a table"),
            "columns": columns,
            "rows": [[self.line(cell, "a table") for cell in row] for row in block.rows],
        }

    def figure(self, block: Figure) -> dict[str, Any]:
        """Return a figure; each picture gets ids of its own, the same picture twice as well."""
        self.pictures += 1
        id = f"picture-{self.pictures}"
        sheet = block.picture.sheet
        title = f"{sheet.title}. {shown(block.alt, block.caption)}".strip()
        svg = replace(block.picture, sheet=replace(sheet, id=id, title=title)).svg
        return {
            "kind": "figure",
            "id": id,
            "svg": Markup(svg.partition("?>")[2].strip()),  # noqa: S704 - escaped where it is made
            "caption": self.text(block.caption, "caption of a picture"),
            "words": [self.text(each, block.caption) for each in block.words],
        }

    def text(self, text: str, place: str) -> list[dict[str, Any]]:
        return self.line(text_of(text), place) if text else []

    def line(self, line: Line, place: str) -> list[dict[str, Any]]:
        return [self.run(each, place) for each in line]

    def run(self, run: Run, place: str) -> dict[str, Any]:
        language = language_of_run(run.text, self.language)
        href = f"#{self.ids.get(run.href[1:], '')}" if run.href.startswith("#") else ""
        outward = web_address(run.href)
        return {
            "text": shown(run.text, place),
            "strong": run.strong,
            "href": outward or href.removesuffix("#"),
            "is_outward": bool(outward) and outward != run.text,
            "lang": language if language != self.language else "",
        }


def _first_words(notice: Notice) -> str:
    """Return what names a box without a title: the first thing it says."""
    for block in walk(notice.blocks):
        if isinstance(block, Paragraph):
            return words_in(block.line)
        for text in plain_texts(block):
            return text
    return notice.kind
