"""Pieces of Word's XML that python-docx has no call for: borders, fields, links, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

Sides = Mapping[str, tuple[float, float, str]]
"""Width of the line, distance from the text (both in points) and colour, by side."""

_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)
"""What may follow the borders among the properties of a paragraph, in the order that Word asks for."""


def element(tag: str, **attributes: str) -> Any:
    """Return an element of Word's XML.

    Args:
        tag: Its name with prefix, such as ``w:shd``.
        attributes: Attributes of the namespace ``w``.

    Example:
        >>> element("w:shd", fill="FFFFFF").get(qn("w:fill"))
        'FFFFFF'
    """
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def hexadecimal(colour: str) -> str:
    """Return a colour as Word writes it.

    Example:
        >>> hexadecimal("#005eb8")
        '005EB8'
    """
    return colour.removeprefix("#").upper()


def set_borders(properties: Any, sides: Sides, fill: str = "") -> None:
    """Give a paragraph or a style lines around it and a colour behind it.

    Args:
        properties: The element ``w:pPr``.
        sides: The lines.
        fill: Colour behind the text; empty: none.
    """
    for tag in ("w:pBdr", "w:shd"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    borders = element("w:pBdr")
    for side, (width, space, colour) in sides.items():
        size, distance = f"{round(width * 8)}", f"{round(space)}"
        borders.append(
            element(f"w:{side}", val="single", sz=size, space=distance, color=hexadecimal(colour))
        )
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    if fill:
        shade = element("w:shd", val="clear", color="auto", fill=hexadecimal(fill))
        properties.insert_element_before(shade, *_AFTER_BORDERS[1:])


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a number that Word computes: ``PAGE`` or ``NUMPAGES``.

    Args:
        paragraph: Where.
        instruction: Name of the field.
    """
    run = element("w:r")
    shown = element("w:t")
    shown.text = "1"
    run.append(shown)
    field = element("w:fldSimple", instr=instruction)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def web_link(paragraph: Any, part: Part, address: str) -> Any:
    """Add a link to a web address and return the element its runs go into.

    Args:
        paragraph: The element ``w:p`` it stands in.
        part: The part of the file that has the paragraph.
        address: The address.
    """
    known = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", history="1")
    link.set(qn("r:id"), known)
    paragraph.append(link)
    return link


def inner_link(paragraph: Any, bookmark: str) -> Any:
    """Add a link to a bookmark and return the element its runs go into.

    Args:
        paragraph: The element ``w:p`` it stands in.
        bookmark: Name of the bookmark.
    """
    link = element("w:hyperlink", anchor=bookmark, history="1")
    paragraph.append(link)
    return link


def set_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make the text of a paragraph a place that links lead to.

    Args:
        paragraph: The element ``w:p``, with its text.
        name: Name of the bookmark, as :func:`bookmark_name` makes it.
        number: Unique in the document.
    """
    start = element("w:bookmarkStart", id=f"{number}", name=name)
    paragraph.insert(1 if paragraph.pPr is not None else 0, start)
    paragraph.append(element("w:bookmarkEnd", id=f"{number}"))


def bookmark_name(key: str) -> str:
    """Return the name of a bookmark for a section: letters, digits and underscores, at most 40.

    Example:
        >>> bookmark_name("more words/2")
        'part_more_words_2'
    """
    name = "part_" + re.sub(r"[^A-Za-z0-9_]", "_", key)
    if len(name) <= 40:
        return name
    from hashlib import sha256

    return f"{name[:31]}_{sha256(key.encode()).hexdigest()[:8]}"
