"""Pieces of Word's XML that python-docx has no call for: borders, fields, links, pictures as SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any, cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph

SVG_TYPE = "image/svg+xml"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"

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


def web_link(paragraph: Paragraph, address: str) -> Any:
    """Add a link to a web address and return the element its runs go into.

    Args:
        paragraph: Where.
        address: The address.
    """
    known = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", history="1")
    link.set(qn("r:id"), known)
    paragraph._p.append(link)  # noqa: SLF001
    return link


def inner_link(paragraph: Paragraph, bookmark: str) -> Any:
    """Add a link to a bookmark and return the element its runs go into.

    Args:
        paragraph: Where.
        bookmark: Name of the bookmark.
    """
    link = element("w:hyperlink", anchor=bookmark, history="1")
    paragraph._p.append(link)  # noqa: SLF001
    return link


def set_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the text of a paragraph a place that links lead to.

    Args:
        paragraph: A paragraph with its text.
        name: Name of the bookmark, as :func:`bookmark_name` makes it.
        number: Unique in the document.
    """
    inside = paragraph._p  # noqa: SLF001
    start = element("w:bookmarkStart", id=f"{number}", name=name)
    inside.insert(1 if inside.pPr is not None else 0, start)
    inside.append(element("w:bookmarkEnd", id=f"{number}"))


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


def add_picture(
    paragraph: Paragraph, png: bytes, size: tuple[float, float], *, title: str, alt: str, svg: str
) -> None:
    """Add a picture as PNG, with the original as SVG beside it for programs that show those.

    Args:
        paragraph: Where.
        png: The picture.
        size: Width and height on paper, in points.
        title: Short name.
        alt: What it shows.
        svg: The original; empty: there is none.
    """
    width, height = (Emu(round(points * Pt(1))) for points in size)
    shape = paragraph.add_run().add_picture(BytesIO(png), width, height)
    inline = cast("Any", shape)._inline  # noqa: SLF001
    # Programs leave white around a picture that does not say it wants none.
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("name", title)
    inline.docPr.set("title", title)
    inline.docPr.set("descr", alt)
    inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", title)
    if svg:
        blip = inline.graphic.graphicData.pic.blipFill.blip
        blip.append(_svg_extension(_add_svg(paragraph, svg)))


def _add_svg(paragraph: Paragraph, svg: str) -> str:
    """Add a part with an SVG to the file and return the name of the relationship to it."""
    package = paragraph.part.package
    if package is None:
        raise ValueError("a paragraph without a file")
    number = sum(part.content_type == SVG_TYPE for part in package.iter_parts()) + 1
    name = PackURI(f"/word/media/drawing{number}.svg")
    part = Part(name, SVG_TYPE, svg.encode("utf-8"), package)
    return paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def _svg_extension(relationship: str) -> BaseOxmlElement:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return parse_xml(
        f'<a:extLst xmlns:a="{drawing}"><a:ext uri="{SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{SVG_SPACE}" xmlns:r="{relations}" r:embed="{relationship}"/>'
        "</a:ext></a:extLst>"
    )
