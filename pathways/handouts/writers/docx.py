"""A handout as a Word file that a clinic can edit: real headings, lists, tables, styles, alternative texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.parfmt import ParagraphFormat

from pathways.diagrams.finished import Picture
from pathways.diagrams.fonts import SHIPPED, Fonts
from pathways.handouts.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Figure,
    Handout,
    Line,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    Terms,
    everything,
    text_of,
)
from pathways.handouts.links import web_address
from pathways.handouts.sizes import sizes
from pathways.handouts.words import language_of_run
from pathways.handouts.writers.docx_body import (
    Body,
    add_run,
    dress,
    grow,
    keep_together,
    keep_with_next,
)
from pathways.handouts.writers.docx_boxes import Boxes, Look
from pathways.handouts.writers.docx_filling import PLACE, Measure, Piece, arranged, pieces
from pathways.handouts.writers.docx_lists import Lists
from pathways.handouts.writers.docx_package import open_document, saved, set_properties
from pathways.handouts.writers.docx_pages import add_heads_and_feet, set_paper, text_room
from pathways.handouts.writers.docx_pictures import Pictures, rendered
from pathways.handouts.writers.docx_styles import (
    BADGE,
    BULLET,
    CELL,
    CELL_HEADING,
    LABEL,
    LEAD,
    MOST_HEADINGS,
    NUMBER,
    PICTURE,
    SMALL,
    TABLE,
    WRITING,
    add_styles,
)
from pathways.handouts.writers.docx_xml import (
    bookmark_name,
    element,
    inner_link,
    set_bookmark,
    web_link,
)
from pathways.language import speaking

LONG_BOX = 0.6
"""A box that takes more of a page than this may be cut by the end of one."""

SHORT_TABLE = 6
"""A table with no more rows than this stays on one page."""

_PARAGRAPH_STYLES = {"body": "Normal", "lead": LEAD, "small": SMALL}


def to_docx(handout: Handout, template: bytes | None = None, *, fonts: Fonts = SHIPPED) -> bytes:
    """Return a handout as a Word file.

    Args:
        handout: The handout.
        template: Bytes of a clinic's own Word file: its paper, styles, head and foot are used, its
            text is not. What a template has too small for the profile is made larger; what it has
            not is added.
        fonts: The fonts whose characters may stand in it.

    Returns:
        The bytes of the file: the same for the same handout.

    Raises:
        TemplateError: The template is no Word file.
        UnsafeTextError: A text has a character that the fonts do not have.
        UnknownNameError: There is no such profile or paper.

    Example:
        >>> from pathways.handouts.blocks import Notice
        >>> box = Notice("emergency", "When to get help now", ())
        >>> handout = Handout("patient", "Back pain", "", "en", "patient", "clear-print", "a4",
        ...     "back", "1", "today", "Draft.", "This is no advice.", box, ())
        >>> to_docx(handout)[:2]
        b'PK'
    """
    figures = (each for each in everything(handout) if isinstance(each, Figure))
    with rendered(each.picture for each in figures) as png:
        document = _written(handout, template, fonts, png)
    return saved(document)


def _written(
    handout: Handout, template: bytes | None, fonts: Fonts, png: Callable[[Picture], bytes]
) -> Document:
    """Return a handout as a document; a function makes the PNG of its pictures."""
    document = open_document(template)
    if template is None:
        set_paper(document, handout)
    width, _ = text_room(document)
    add_styles(document, handout, width, anew=template is None)
    _Writer(document, handout, fonts, Lists(document, anew=template is None), png).write()
    with speaking(handout.language):
        add_heads_and_feet(document, handout, fonts)
    set_properties(document, handout)
    return document


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a block stands: the level of its heading, and the box it is in."""

    level: int = 1
    look: Look | None = None


class _Writer:
    """Writes the text of a handout into a document."""

    def __init__(
        self,
        document: Document,
        handout: Handout,
        fonts: Fonts,
        lists: Lists,
        png: Callable[[Picture], bytes],
    ) -> None:
        self._document, self._handout = document, handout
        self._fonts, self._lists, self._png = fonts, lists, png
        self._body, self._pictures = Body(document), Pictures(document)
        self._width, self._height = text_room(document)
        self._boxes = Boxes(document, self._width)
        self._style_ids: dict[tuple[Look | None, str], str] = {}
        self._measure = Measure(sizes(handout.profile), fonts, self._width)
        self._size = sizes(handout.profile).body
        self._bookmarks = {
            each.key: bookmark_name(each.key)
            for each in everything(handout)
            if isinstance(each, Section)
        }
        self._marked: set[str] = set()

    def write(self) -> None:
        handout = self._handout
        self._add("Title", text_of(handout.title), _Where())
        for style, text in (("Subtitle", handout.subtitle), (SMALL, handout.status)):
            if text:
                self._add(style, text_of(text), _Where())
        order = pieces((handout.emergency, *handout.sections))
        for each in arranged(order, self._measure, self._height, self._taken()):
            self._piece(each)

    def _taken(self) -> float:
        """Return how much of the first page title and letterhead take, in points, by estimate."""
        handout, found = self._handout, sizes(self._handout.profile)
        lines = sum(map(bool, (handout.subtitle, handout.status))) + len(handout.letterhead.contact)
        logo = (bool(handout.letterhead.logo) + bool(handout.letterhead.name)) * 30
        return found.headings[0] * 2.4 + lines * found.small * 1.5 + logo

    def _piece(self, piece: Piece) -> None:
        where = _Where(piece.level)
        if isinstance(piece.block, Section):
            self._section_heading(piece.block, where)
        else:
            self._block(piece.block, where)

    def _blocks(self, blocks: Sequence[Block], where: _Where) -> None:
        for block in blocks:
            self._block(block, where)

    def _block(self, block: Block, where: _Where) -> None:
        match block:
            case Section():
                self._section(block, where)
            case Paragraph():
                self._add(_PARAGRAPH_STYLES[block.kind], block.line, where)
            case Bullets():
                self._bullets(block, where)
            case Terms():
                for term in block.items:
                    word = Run(f"{term.word}: ", strong=True)
                    keep_together(self._add("Normal", (word, *term.meaning), where))
            case Table():
                self._table(block, where)
            case Figure():
                self._figure(block, where)
            case Notice() | Card():
                self._box(block, where)
            case Blank():
                self._blank(block, where)
            case _:
                assert_never(block)

    def _heading(self, title: str, where: _Where) -> Any:
        """Add a heading; in a box it keeps its own style, to which the lines of the box are added."""
        style = f"Heading {min(where.level, MOST_HEADINGS)}"
        return self._add(style, text_of(title), replace(where, look=None))

    def _section(self, block: Section, where: _Where) -> None:
        """Add a section with all that is in it, in a box."""
        self._section_heading(block, where)
        self._blocks(block.blocks, replace(where, level=where.level + 1))

    def _section_heading(self, block: Section, where: _Where) -> None:
        heading = self._heading(block.title, where)
        if where.look is not None:
            self._boxes.dress_heading(heading, where.look)
        if block.key not in self._marked:
            self._marked.add(block.key)
            set_bookmark(heading, self._bookmarks[block.key], len(self._marked))

    def _bullets(self, block: Bullets, where: _Where) -> None:
        """Add a list; neither its first nor its last entry stands alone on a page."""
        number = self._lists.start() if block.ordered else 0
        for position, each in enumerate(block.items, start=1):
            paragraph = self._add(NUMBER if block.ordered else BULLET, each, where)
            if position in {1, len(block.items) - 1} and position < len(block.items):
                keep_with_next(paragraph)
            if block.ordered:
                self._lists.put(paragraph, number)

    def _box(self, block: Notice | Card, where: _Where) -> None:
        look = self._boxes.open(block)
        first = len(self._body.paragraphs)
        self._boxes.dress_heading(self._heading(block.title, where), look)
        inside = _Where(where.level + 1, look)
        if isinstance(block, Card) and block.badge_words:
            self._add(BADGE, text_of(block.badge_words), inside)
        self._blocks(block.blocks, inside)
        written = self._body.paragraphs[first:]
        if self._is_kept(block):
            for paragraph in written:
                keep_with_next(paragraph)
                keep_together(paragraph)
        self._boxes.close(written[-1], self._size)

    def _is_kept(self, block: Notice | Card) -> bool:
        """Return whether a box stays whole; emergency signs begin on the first page, come what may."""
        is_first = isinstance(block, Notice) and block.kind == "emergency"
        return not is_first and self._measure.height(block) <= LONG_BOX * self._height

    def _blank(self, block: Blank, where: _Where) -> None:
        line: Line = (Run(block.label, strong=True),)
        if block.filled:
            line = (Run(f"{block.label.removesuffix(':')}: ", strong=True), Run(block.filled))
        self._add(LABEL, line, where)
        for number in range(block.lines):
            paragraph = self._paragraph(WRITING, where)
            grow(grow(paragraph, "r"), "tab")
            if number + 1 < block.lines:
                keep_with_next(paragraph)

    def _figure(self, block: Figure, where: _Where) -> None:
        """Add a picture and its caption; its words are in its alternative text, so nothing is lost."""
        picture = block.picture
        width = self._width - (where.look.left + where.look.right if where.look else 0)
        scale = min(1.0, width / picture.width, self._height / picture.height)
        alt = "\n".join(self._safe(each) for each in (block.alt, *block.words))
        self._pictures.add(
            self._paragraph(PICTURE, where),
            self._document.part,
            self._png(picture),
            (picture.width * scale, picture.height * scale),
            title=self._safe(block.caption),
            alt=alt,
            svg=picture.svg,
        )
        self._add("Caption", text_of(block.caption), where)

    def _table(self, block: Table, where: _Where) -> None:
        caption = self._add("Caption", text_of(block.caption), where)
        keep_with_next(caption)
        ParagraphFormat(caption).space_after = Pt(self._size * 0.3)
        made = self._document.add_table(1 + len(block.rows), len(block.head), TABLE)
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        table: Any = made._tbl  # noqa: SLF001
        self._describe(table, block)
        widths = [Pt(self._width * share) for share in block.widths]
        for column, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        lines = [tuple(map(text_of, block.head)), *block.rows]
        is_short = len(block.rows) <= SHORT_TABLE
        for number, (row, cells) in enumerate(zip(table.tr_lst, lines, strict=True)):
            _keep_row(row, is_head=number == 0)
            is_kept = number == 0 or (is_short and number < len(block.rows))
            for column, (cell, line) in enumerate(zip(row.tc_lst, cells, strict=True)):
                cell.width = widths[column]
                style = CELL_HEADING if number == 0 or column == 0 else CELL
                (paragraph,) = cell.p_lst
                dress(paragraph, self._style(style, _Where()), keep_next=is_kept)
                self._runs(paragraph, line)

    def _describe(self, table: Any, block: Table) -> None:
        """Say what a table shows and that its first row and column are headings."""
        properties = table.tblPr
        for old in properties.findall(qn("w:tblLook")):
            properties.remove(old)
        look = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0"}
        properties.append(element("w:tblLook", val="04A0", **look, noHBand="0", noVBand="1"))
        properties.append(element("w:tblCaption", val=self._safe(block.caption)))

    def _style(self, style: str, where: _Where) -> str:
        """Return the id of a style by its name; in a box, of the style that looks like the box."""
        key = (where.look, style)
        if key not in self._style_ids:
            named = self._document.styles[style]
            found = named if where.look is None else self._boxes.style(where.look, style)
            self._style_ids[key] = found.style_id
        return self._style_ids[key]

    def _paragraph(self, style: str, where: _Where) -> Any:
        """Add an empty paragraph."""
        return self._body.add(self._style(style, where))

    def _add(self, style: str, line: Line, where: _Where) -> Any:
        paragraph = self._paragraph(style, where)
        self._runs(paragraph, line)
        return paragraph

    def _runs(self, paragraph: Any, line: Line) -> None:
        for run in line:
            if run.text:
                self._run(paragraph, run)

    def _run(self, paragraph: Any, run: Run) -> None:
        text, language = self._safe(run.text), self._other_language(run.text)
        link = self._link(paragraph, run.href)
        if link is not None:
            style = self._body.character_style("Hyperlink")
            add_run(link, text, style=style, bold=run.strong, language=language)
            return
        is_strong = run.strong and not self._body.is_bold(paragraph)
        style = self._body.character_style("Strong") if is_strong else None
        add_run(paragraph, text, style=style, language=language)

    def _link(self, paragraph: Any, address: str) -> Any:
        """Add what a link is; None where it leads nowhere, as to a part that is left out."""
        if address.startswith("#"):
            name = self._bookmarks.get(address[1:])
            return None if name is None else inner_link(paragraph, name)
        found = web_address(address) if address.isprintable() else ""
        return web_link(paragraph, self._document.part, found) if found else None

    def _other_language(self, text: str) -> str:
        """Return the language of a text, where it is not that of the handout; else nothing."""
        language = language_of_run(text, self._handout.language)
        return "" if language == self._handout.language else language

    def _safe(self, text: str) -> str:
        """Return text without anything that XML or the font cannot show, its outer spaces kept."""
        inner = self._fonts.safe(text, PLACE)
        before = " " if text[:1].isspace() else ""
        after = " " if text[-1:].isspace() and inner else ""
        return f"{before}{inner}{after}"


def _keep_row(row: Any, *, is_head: bool) -> None:
    """Keep a row on one page; a first row stands again on top of every page."""
    properties = row.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if is_head:
        properties.append(element("w:tblHeader"))
