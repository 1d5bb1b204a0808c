"""The text of a Word file, element by element.

python-docx looks through all styles for the name of each paragraph and run, and keeps the order of
properties by looking through those there are. A long handout has thousands: here a style is looked for
once, and elements are made in the order that Word asks for.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from pathways.handouts.writers.docx_styles import is_bold

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@cache
def _name(tag: str) -> str:
    """Return the name of an element or attribute of the namespace ``w``, as lxml writes it."""
    return qn(f"w:{tag}")


def grow(parent: Any, tag: str, **attributes: str) -> Any:
    """Add an element of Word's XML as the last one in another, and return it.

    Args:
        parent: The other element.
        tag: Its name without the prefix ``w``.
        attributes: Attributes of the namespace ``w``.

    Example:
        >>> from pathways.handouts.writers.docx_xml import element
        >>> paragraph = element("w:p")
        >>> grow(paragraph, "r").getparent() is paragraph
        True
    """
    made = parent.makeelement(_name(tag), {_name(key): text for key, text in attributes.items()})
    parent.append(made)
    return made


def dress(paragraph: Any, style: str, *, keep_next: bool = False) -> None:
    """Give a paragraph without properties its style.

    Args:
        paragraph: The element ``w:p``, still empty.
        style: Id of the style.
        keep_next: Whether it stays on the page of what follows.
    """
    properties = grow(paragraph, "pPr")
    grow(properties, "pStyle", val=style)
    if keep_next:
        grow(properties, "keepNext")


def keep_with_next(paragraph: Any) -> None:
    """Keep a paragraph on the page of what follows.

    Args:
        paragraph: The element ``w:p``, with its style.
    """
    _keep(paragraph.pPr, "keepNext", 1)


def keep_together(paragraph: Any) -> None:
    """Keep the lines of a paragraph on one page.

    Args:
        paragraph: The element ``w:p``, with its style.
    """
    properties = paragraph.pPr
    _keep(properties, "keepLines", 1 if properties.find(_name("keepNext")) is None else 2)


def _keep(properties: Any, tag: str, position: int) -> None:
    """Add one of the properties that stand right after the style, unless it is there."""
    if properties.find(_name(tag)) is None:
        properties.insert(position, properties.makeelement(_name(tag)))


def add_run(
    parent: Any, text: str, *, style: str | None = None, bold: bool = False, language: str = ""
) -> None:
    """Add a text with one look.

    Args:
        parent: The paragraph or the link it stands in.
        text: The text: no tab and no end of a line in it.
        style: Id of its style of characters; None: that of the paragraph.
        bold: Whether it is bold besides.
        language: Its language, where it is not that of the document; else empty.
    """
    run = grow(parent, "r")
    if style is not None or bold or language:
        properties = grow(run, "rPr")
        if style is not None:
            grow(properties, "rStyle", val=style)
        if bold:
            grow(properties, "b")
        if language:
            grow(properties, "lang", val=language)
    if text:
        shown = grow(run, "t")
        shown.text = text
        if text != text.strip():
            shown.set(_SPACE, "preserve")


class Body:
    """The text of a document; what is added stands at its end.

    Args:
        document: The document, with its styles and without text.
    """

    def __init__(self, document: Document) -> None:
        self._part: Any = document.part
        # What the pages are like stands last.
        self._pages = document.element.body[-1]
        self._character_styles: dict[str, str | None] = {}
        self._bold: dict[str, bool] = {}
        self.paragraphs: list[Any] = []
        """The paragraphs outside tables, in order."""

    def add(self, style: str) -> Any:
        """Add an empty paragraph and return its element.

        Args:
            style: Id of its style.
        """
        made = self._pages.makeelement(_name("p"))
        self._pages.addprevious(made)
        dress(made, style)
        self.paragraphs.append(made)
        return made

    def character_style(self, name: str) -> str | None:
        """Return the id of a style of characters; None: it is the one that is used where none is named.

        Args:
            name: Its name.
        """
        if name not in self._character_styles:
            found = self._part.get_style_id(name, WD_STYLE_TYPE.CHARACTER)
            self._character_styles[name] = found
        return self._character_styles[name]

    def is_bold(self, paragraph: Any) -> bool:
        """Return whether the style of a paragraph is bold.

        Args:
            paragraph: Its element.
        """
        style = paragraph.style
        if style not in self._bold:
            found = self._part.get_style(style, WD_STYLE_TYPE.PARAGRAPH)
            self._bold[style] = is_bold(found)
        return self._bold[style]
