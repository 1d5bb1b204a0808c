"""Lists in Word: signs and numbers that Word counts itself, each list from one."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from pathways.handouts.writers.docx_styles import BULLET, FONT, NUMBER
from pathways.handouts.writers.docx_xml import element


class Lists:
    """The lists of a document.

    Args:
        document: The document, with its styles.
        anew: Whether to forget the lists it has, which no clinic has made.
    """

    def __init__(self, document: Document, *, anew: bool) -> None:
        self._document = document
        self._numbering = _numbering(document)
        if anew:
            for child in list(self._numbering):
                self._numbering.remove(child)
        self._link(BULLET, "bullet", "•")
        self._numbers = self._abstract_of(self._link(NUMBER, "decimal", "%1."))

    def start(self) -> int:
        """Return the number of a new list that counts from one."""
        return self._add_list(self._numbers, restarts=True)

    def put(self, paragraph: Any, number: int) -> None:
        """Make a paragraph an entry of a numbered list.

        Args:
            paragraph: The element ``w:p``.
            number: The list, as :meth:`start` gives it.
        """
        properties = paragraph.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number

    def _link(self, name: str, kind: str, sign: str) -> int:
        """Return the list of a style; one is made where the style has none."""
        style: Any = self._document.styles[name]
        each = style
        while each is not None:
            found = each.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if found is not None:
                return int(found.get(qn("w:val")))
            each = each.base_style
        number = self._add_list(self._add_kind(kind, sign))
        style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
        return number

    def _add_kind(self, kind: str, sign: str) -> int:
        found = self._numbering.findall(qn("w:abstractNum"))
        number = 1 + max((int(each.get(qn("w:abstractNumId"))) for each in found), default=-1)
        made = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            '<w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
            f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:hint="default"/></w:rPr>'
            "</w:lvl></w:abstractNum>"
        )
        # Word asks for all kinds of lists before the first list.
        self._numbering.insert(len(found), made)
        return number

    def _add_list(self, kind: int, *, restarts: bool = False) -> int:
        found = self._numbering.findall(qn("w:num"))
        number = 1 + max((int(each.get(qn("w:numId"))) for each in found), default=0)
        made = element("w:num", numId=f"{number}")
        made.append(element("w:abstractNumId", val=f"{kind}"))
        if restarts:
            override = element("w:lvlOverride", ilvl="0")
            override.append(element("w:startOverride", val="1"))
            made.append(override)
        self._numbering.append(made)
        return number

    def _abstract_of(self, number: int) -> int:
        for each in self._numbering.findall(qn("w:num")):
            if int(each.get(qn("w:numId"))) == number:
                return int(each.find(qn("w:abstractNumId")).get(qn("w:val")))
        return self._add_kind("decimal", "%1.")


def _numbering(document: Document) -> Any:
    """Return the lists of a document; python-docx makes none where a template has none."""
    for relationship in document.part.rels.values():
        if relationship.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relationship.target_part.element
    made: Any = element("w:numbering")
    part = NumberingPart(
        PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, made, document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return made
