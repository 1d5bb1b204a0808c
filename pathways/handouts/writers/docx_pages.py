"""Pages of a handout in Word: paper, margins, what stands at the head and the foot of each page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.image.image import Image
from docx.oxml.ns import qn
from docx.section import Section as Part
from docx.section import _Footer, _Header
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from pathways.diagrams.fonts import SHIPPED, Fonts
from pathways.diagrams.printing import PrintPage, to_png
from pathways.diagrams.profiles import paper
from pathways.handouts.blocks import Handout, Letterhead
from pathways.handouts.sizes import sizes
from pathways.handouts.words import foot_words, page_words
from pathways.handouts.writers.docx_pictures import Pictures
from pathways.handouts.writers.docx_styles import CLINIC, CONTACT
from pathways.handouts.writers.docx_xml import add_field

LOGO_HEIGHT = 34
LOGO_DPI = 200
PNG_SIGN = b"\x89PNG"
_NUMBERS = {"{number}": "PAGE", "{count}": "NUMPAGES"}


def set_paper(document: Document, handout: Handout) -> None:
    """Set the paper and the margins of a new document.

    Args:
        document: The document.
        handout: The handout.
    """
    part, sheet, found = document.sections[0], paper(handout.paper), sizes(handout.profile)
    part.orientation = WD_ORIENT.PORTRAIT
    part.page_width, part.page_height = Pt(sheet.width), Pt(sheet.height)
    part.left_margin = part.right_margin = Pt(found.side)
    part.top_margin = Pt(found.margin)
    part.bottom_margin = Pt(found.margin + found.foot)
    part.header_distance = part.footer_distance = Pt(found.margin / 2)
    part.gutter = Pt(0)
    _ask_for_this_word(document)


def _ask_for_this_word(document: Document) -> None:
    """Have Word set pages as it does since 2013, and not as an older one did for Japanese text."""
    settings = document.settings.element
    for tag in ("w:proofState", "w:rsids", "w:compat/w:useFELayout"):
        for old in settings.findall("/".join(map(qn, tag.split("/")))):
            old.getparent().remove(old)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    for each in settings.iter(qn("w:themeFontLang")):
        each.attrib.pop(qn("w:eastAsia"), None)


def text_room(document: Document) -> tuple[float, float]:
    """Return width and height of the text on a page, in points.

    Args:
        document: The document, with its paper.
    """
    part = document.sections[0]

    def inner(side: int | None, *margins: int | None) -> float:
        return ((side or 0) - sum(each or 0 for each in margins)) / Pt(1)

    return (
        inner(part.page_width, part.left_margin, part.right_margin, part.gutter),
        inner(part.page_height, part.top_margin, part.bottom_margin),
    )


def add_heads_and_feet(document: Document, handout: Handout, fonts: Fonts = SHIPPED) -> None:
    """Write the head and the foot of every page, after what a template has there.

    Args:
        document: The document, with its styles.
        handout: The handout.
        fonts: The fonts whose characters may stand there.
    """
    part = document.sections[0]
    edges = _Edges(handout, fonts, text_room(document)[0], Pictures(document))
    if not _says_something(part.header):
        part.different_first_page_header_footer = True
        edges.add_letterhead(part.first_page_header)
    for head in _heads(part, document):
        edges.add_sides(head, "Header", handout.title, handout.reminder)
    for foot in _feet(part, document):
        edges.add_foot(foot)


def _heads(part: Part, document: Document) -> Sequence[_Header]:
    """Return the heads of pages that say the title; the first page has it in large type."""
    if document.settings.odd_and_even_pages_header_footer:
        return (part.header, part.even_page_header)
    return (part.header,)


def _feet(part: Part, document: Document) -> Sequence[_Footer]:
    feet = [part.footer]
    if part.different_first_page_header_footer:
        feet.append(part.first_page_footer)
    if document.settings.odd_and_even_pages_header_footer:
        feet.append(part.even_page_footer)
    return feet


def _says_something(place: _Header | _Footer) -> bool:
    if place.is_linked_to_previous:
        return False
    drawn = next(place._element.iter(qn("w:drawing"), qn("w:pict"), qn("w:tbl")), None)  # noqa: SLF001
    return drawn is not None or any(each.text.strip() for each in place.paragraphs)


def _next(place: _Header | _Footer, style: str) -> Paragraph:
    """Return a paragraph to write in: the empty one every head and foot begins with, or a new one."""
    place.is_linked_to_previous = False
    last = place.paragraphs[-1] if place.paragraphs else None
    if last is None or last.text or last._p.xpath(".//w:drawing | .//w:pict | .//w:fldSimple"):  # noqa: SLF001
        last = place.add_paragraph()
    last.style = style
    return last


def _set_tab(paragraph: Paragraph, width: float) -> None:
    """Let a tab lead to the right edge; the styles of Word's own heads stop in the middle too."""
    style = paragraph.style
    stops = [] if style is None else [each.position for each in style.paragraph_format.tab_stops]
    if stops == [Pt(width)]:
        return
    own = paragraph.paragraph_format.tab_stops
    for each in stops:
        own.add_tab_stop(each, WD_TAB_ALIGNMENT.CLEAR)
    own.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT)


def _instructions(place: _Footer) -> list[str]:
    found = place._element  # noqa: SLF001
    return [
        *(each.text or "" for each in found.iter(qn("w:instrText"))),
        *(each.get(qn("w:instr"), "") for each in found.iter(qn("w:fldSimple"))),
    ]


def _shape_of(svg: str) -> float:
    """Return how many times as wide as high an SVG is.

    Example:
        >>> _shape_of('<svg viewBox="0 0 30 10"/>'), _shape_of('<svg width="8" height="4"/>')
        (3.0, 2.0)
    """
    number = r"\s*([0-9.]+)"
    box = re.search(rf'viewBox="\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+{number}[\s,]+{number}', svg)
    if box is None:
        width = re.search(rf'\swidth="{number}', svg)
        height = re.search(rf'\sheight="{number}', svg)
        sides = (width and float(width[1]), height and float(height[1]))
    else:
        sides = (float(box[1]), float(box[2]))
    return sides[0] / sides[1] if sides[0] and sides[1] else 1.0


@dataclass(frozen=True, slots=True)
class _Edges:
    """Writes heads and feet of pages.

    Args:
        handout: The handout.
        fonts: The fonts whose characters may stand there.
        width: Width of the text, in points.
        pictures: The pictures of the document.
    """

    handout: Handout
    fonts: Fonts
    width: float
    pictures: Pictures

    def add_letterhead(self, place: _Header) -> None:
        place.is_linked_to_previous = False
        letterhead = self.handout.letterhead
        if letterhead.logo:
            self._add_logo(_next(place, "Header"), letterhead)
        if letterhead.name:
            _next(place, CLINIC).add_run(self._safe(letterhead.name))
        for each in letterhead.contact:
            _next(place, CONTACT).add_run(self._safe(each))

    def _add_logo(self, paragraph: Paragraph, letterhead: Letterhead) -> None:
        """Add the logo; one that is an SVG as PNG too, for programs that show no SVG."""
        logo, alt = letterhead.logo, self._safe(letterhead.logo_alt or letterhead.name)
        if logo.startswith(PNG_SIGN):
            found = Image.from_blob(logo)
            wide, png, svg = found.px_width / max(found.px_height, 1), logo, ""
        else:
            svg = logo.decode("utf-8")
            wide = _shape_of(svg)
            png = to_png(PrintPage(svg, wide * LOGO_HEIGHT, LOGO_HEIGHT, alt), dpi=LOGO_DPI)
        size = (wide * LOGO_HEIGHT, float(LOGO_HEIGHT))
        title = self._safe(letterhead.name) or alt
        inside = paragraph._p  # noqa: SLF001
        self.pictures.add(inside, paragraph.part, png, size, title=title, alt=alt, svg=svg)

    def add_foot(self, place: _Footer) -> None:
        handout = self.handout
        has_number = any("PAGE" in each for each in _instructions(place))
        if handout.advice:
            _next(place, "Footer").add_run(self._safe(handout.advice))
        self.add_sides(place, "Footer", foot_words(handout), "" if has_number else page_words())

    def add_sides(self, place: _Header | _Footer, style: str, left: str, right: str) -> None:
        """Write one text on the left and one on the right; below each other where they are too long."""
        left, right = self._safe(left), self._safe(right)
        paragraph = _next(place, style)
        paragraph.add_run(left)
        if not right:
            return
        if self._fit_side_by_side(left, right):
            _set_tab(paragraph, self.width)
            paragraph.add_run("\t")
        else:
            paragraph = _next(place, style)
        for piece in re.split(r"(\{number\}|\{count\})", right):
            if piece in _NUMBERS:
                add_field(paragraph, _NUMBERS[piece])
            elif piece:
                paragraph.add_run(piece, "Strong" if piece == right else None)

    def _fit_side_by_side(self, left: str, right: str) -> bool:
        size = sizes(self.handout.profile).small
        longest = right.replace("{number}", "888").replace("{count}", "888")
        wide = sum(self.fonts.width(each, size, bold=True) for each in (left, longest))
        return wide + 2 * size < self.width

    def _safe(self, text: str) -> str:
        return self.fonts.safe(text, "head or foot of a page")
