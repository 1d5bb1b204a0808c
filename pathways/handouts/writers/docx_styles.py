"""The styles of a handout in Word: built-in ones by their names, and a few of our own.

A style that a clinic's template has stays as it is, but for its size: what is smaller than the smallest
type of the profile is made as large, so that clear print stays clear print.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle

from pathways.handouts.blocks import Handout
from pathways.handouts.colours import checked_colour
from pathways.handouts.looks import INK, RULE, SHADE
from pathways.handouts.sizes import sizes
from pathways.handouts.writers.docx_xml import element, hexadecimal

FONT = "Arial"
"""Every computer with Word has it, and its letters are as wide as those of the font of the pictures."""

LINE_OF_ARIAL = 1.15
"""Word counts the distance of lines in multiples of what the font asks for, not of the size of type."""

LEAD, SMALL, BADGE = "Handout Lead", "Handout Small", "Handout Badge"
LABEL, WRITING = "Handout Label", "Handout Writing Line"
PICTURE, CELL, CELL_HEADING = "Handout Picture", "Handout Cell", "Handout Cell Heading"
CLINIC, CONTACT = "Handout Clinic", "Handout Contact"
TABLE = "Handout Table"
BULLET, NUMBER = "List Bullet", "List Number"
MOST_HEADINGS = 4


@dataclass(frozen=True, slots=True)
class Spec:
    """How a style of paragraphs looks; lengths in points.

    Args:
        name: Its name, as people read it in Word.
        size: Size of type.
        base: Name of the style it is based on; empty: none.
        bold: Whether it is bold.
        colour: Colour of its text.
        before: Space above.
        after: Space below.
        line: Distance of lines, as Word counts it.
        left: Indent of all lines.
        hanging: By how much the first line begins further left.
        keep_next: Whether it stays on the page of what follows.
        keep_lines: Whether it stays on one page.
        following: Name of the style of the next paragraph that is typed; empty: the same.
    """

    name: str
    size: float
    base: str = "Normal"
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 0
    line: float = 1
    left: float = 0
    hanging: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    following: str = ""


def specs(handout: Handout) -> tuple[Spec, ...]:
    """Return the styles of paragraphs of a handout; what one is based on stands before it.

    Args:
        handout: The handout; its profile gives sizes, its letterhead the colour of headings.
    """
    found = sizes(handout.profile)
    colour = checked_colour(handout.letterhead.colour, "colour of the letterhead")
    body, small, (title, *headings) = found.body, found.small, found.headings
    line = found.leading / LINE_OF_ARIAL
    kept: dict[str, Any] = {
        "bold": True,
        "keep_next": True,
        "keep_lines": True,
        "following": "Normal",
    }
    listed: dict[str, Any] = {"after": body * 0.12, "line": line, "left": indent(body)}
    listed["hanging"] = indent(body)
    sized = [*headings, headings[-1]]
    return (
        Spec("Normal", body, "", after=body * 0.45, line=line),
        Spec("Title", title, colour=colour, before=body * 0.6, after=title * 0.25, **kept),
        Spec("Subtitle", body * 1.05, after=body * 0.4, keep_next=True, following="Normal"),
        *(
            Spec(
                f"Heading {level}",
                size,
                colour=colour if level < 3 else INK,
                before=size * 0.8,
                after=size * 0.3,
                **kept,
            )
            for level, size in enumerate(sized, start=1)
        ),
        Spec(BULLET, body, **listed),
        Spec(NUMBER, body, **listed),
        Spec("Caption", small, bold=True, after=body * 0.9, keep_lines=True, following="Normal"),
        Spec("Header", small, after=small * 0.5, line=1.05),
        Spec("Footer", small, line=1.05),
        Spec(LEAD, body * 1.12, after=body * 0.6, line=line),
        Spec(SMALL, small, after=body * 0.5, line=line),
        Spec(BADGE, small, bold=True, after=body * 0.35, keep_next=True),
        Spec(LABEL, body, before=body * 0.5, line=line, keep_next=True, keep_lines=True),
        Spec(WRITING, body, before=body * 0.4, line=line),
        Spec(PICTURE, body, before=body * 0.3, after=body * 0.3, keep_next=True),
        Spec(CELL, small, before=small * 0.15, after=small * 0.15, line=1.1),
        Spec(
            CELL_HEADING, small, CELL, bold=True, before=small * 0.15, after=small * 0.15, line=1.1
        ),
        Spec(CLINIC, headings[1], "Header", bold=True, colour=colour, before=small * 0.3),
        Spec(CONTACT, small, "Header"),
    )


def indent(body: float) -> float:
    """Return how far the text of a list stands from its signs, in points.

    Args:
        body: Size of text.
    """
    return body * 1.7


def add_styles(document: Document, handout: Handout, width: float, *, anew: bool) -> None:
    """Give a document every style a handout uses.

    Args:
        document: The document.
        handout: The handout.
        width: Width of the text, in points.
        anew: Whether to forget the styles it has, which no clinic has made.
    """
    if anew:
        _clear(document)
    _set_defaults(document, handout, anew=anew)
    for spec in specs(handout):
        if not anew and spec.name in document.styles:
            _enlarge(document, document.styles[spec.name], sizes(handout.profile).small)
        else:
            _add_paragraph_style(document, spec)
    for name in ("Header", "Footer"):
        _add_tab(document, name, width, WD_TAB_LEADER.SPACES, anew=anew)
    _add_tab(document, WRITING, width, WD_TAB_LEADER.LINES, anew=anew)
    strong = _character_style(document, "Strong", anew=anew)
    if strong is not None:
        strong.font.bold = True
    link = _character_style(document, "Hyperlink", anew=anew)
    if link is not None:
        link.font.color.rgb = RGBColor.from_string(hexadecimal(LINK))
        link.font.underline = True
    if TABLE not in document.styles:
        document.styles.element.append(_table_style())


LINK = "#0B4F9E"


def _clear(document: Document) -> None:
    """Remove every style but the four that are used where none is named."""
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.get(qn("w:default")) != "1":
            styles.remove(style)
            continue
        for child in list(style):
            if child.tag in {qn("w:rPr"), qn("w:pPr")}:
                style.remove(child)


def _set_defaults(document: Document, handout: Handout, *, anew: bool) -> None:
    """Set the language everywhere, and in a new document the font."""
    styles = document.styles.element
    if anew or styles.find(qn("w:docDefaults")) is None:
        for old in styles.findall(qn("w:docDefaults")):
            styles.remove(old)
        size = half_points(sizes(handout.profile).body)
        styles.insert(
            0,
            parse_xml(
                f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
                f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
                f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang/>'
                "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
            ),
        )
    for found in styles.iter(qn("w:lang")):
        for name in ("w:val", "w:eastAsia"):
            found.set(qn(name), handout.language)
    for found in document.settings.element.findall(qn("w:themeFontLang")):
        found.set(qn("w:val"), handout.language)


def half_points(size: float) -> int:
    """Return a size of type as Word counts it, never smaller than asked for.

    Example:
        >>> half_points(12.5), half_points(13.1)
        (25, 27)
    """
    return ceil(round(size * 2, 6))


def _add_paragraph_style(document: Document, spec: Spec) -> None:
    style = new_style(document, spec.name, spec.base)
    paint(style, spec)
    if spec.following:
        style.next_paragraph_style = document.styles[spec.following]


def new_style(document: Document, name: str, base: str) -> ParagraphStyle:
    """Return a style of paragraphs by its name, added if there is none.

    Args:
        document: The document.
        name: Name of the style.
        base: Name of the style it is based on; empty: none.
    """
    if name in document.styles:
        found = document.styles[name]
    else:
        is_ours = name.startswith("Handout")
        found = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not is_ours)
        found.quick_style = True
        found.hidden = False
        found.unhide_when_used = False
    if not isinstance(found, ParagraphStyle):
        raise TypeError(f"the style '{name}' is no style of paragraphs")
    if base:
        found.base_style = document.styles[base]
    return found


def paint(style: ParagraphStyle, spec: Spec) -> None:
    """Give a style the looks it is to have.

    Args:
        style: The style.
        spec: The looks.
    """
    font, shape = style.font, style.paragraph_format
    font.size = Pt(half_points(spec.size) / 2)
    font.bold = spec.bold
    font.color.rgb = RGBColor.from_string(hexadecimal(spec.colour))
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT
    shape.space_before, shape.space_after = Pt(spec.before), Pt(spec.after)
    shape.line_spacing = round(spec.line, 2)
    shape.left_indent, shape.first_line_indent = Pt(spec.left), Pt(-spec.hanging)
    shape.keep_with_next, shape.keep_together = spec.keep_next, spec.keep_lines
    shape.widow_control = True
    level = spec.name.removeprefix("Heading ")
    if level.isdecimal():
        properties = style.element.get_or_add_pPr()
        properties.append(element("w:outlineLvl", val=f"{int(level) - 1}"))


def is_bold(style: BaseStyle | None) -> bool:
    """Return whether a style, or what it is based on, is bold: bold twice is not bold in Word.

    Args:
        style: The style of a paragraph.
    """
    while isinstance(style, CharacterStyle):
        if style.font.bold is not None:
            return bool(style.font.bold)
        style = style.base_style
    return False


def _enlarge(document: Document, style: BaseStyle, size: float) -> None:
    """Make the text of a style as large as asked for, where it is smaller."""
    if isinstance(style, CharacterStyle) and _size_of(document, style) < size:
        style.font.size = Pt(half_points(size) / 2)


def _size_of(document: Document, style: CharacterStyle) -> float:
    """Return the size of type of a style: its own, or that of what it is based on."""
    each: CharacterStyle | None = style
    while each is not None:
        if each.font.size is not None:
            return float(each.font.size.pt)
        each = each.base_style if isinstance(each.base_style, CharacterStyle) else None
    found: Any = document.styles.element.find(
        "/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:sz")))
    )
    return 10.0 if found is None else int(found.get(qn("w:val"))) / 2


def _add_tab(
    document: Document, name: str, width: float, leader: WD_TAB_LEADER, *, anew: bool
) -> None:
    style = document.styles[name]
    if isinstance(style, ParagraphStyle) and (anew or not len(style.paragraph_format.tab_stops)):
        style.paragraph_format.tab_stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT, leader)


def _character_style(document: Document, name: str, *, anew: bool) -> CharacterStyle | None:
    """Return a new style of characters; None: the template has one."""
    if name in document.styles and not anew:
        return None
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.hidden, style.unhide_when_used = False, False
    return style if isinstance(style, CharacterStyle) else None


def _table_style() -> Any:
    """Return the style of tables: thin lines, a shaded first row."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{hexadecimal(RULE)}"'
    sides = "".join(
        f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    space = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 90), ("bottom", 40), ("right", 90))
    )
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{hexadecimal(SHADE)}"/>'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="HandoutTable">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{space}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{shade}</w:tcPr></w:tblStylePr>'
        "</w:style>"
    )
