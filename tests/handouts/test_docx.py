"""Handouts as Word files: every text, real structure, sizes, alternative texts, the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import serialize_for_reading
from docx.text.paragraph import Paragraph as WordParagraph

from pathways.errors import UnsafeTextError
from pathways.handouts.blocks import (
    Bullets,
    Card,
    Figure,
    Handout,
    Letterhead,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    everything,
    plain_texts,
    text_of,
)
from pathways.handouts.sizes import room, sizes
from pathways.handouts.writers.docx import to_docx
from tests.handouts.sample import sample

PROFILES = ("standard", "clear-print", "large-print")
Made = tuple[Handout, bytes]
ROOT = Path(__file__).parents[2]


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as file:
        return {
            name: file.read(name).decode("utf-8")
            for name in file.namelist()
            if name.endswith((".xml", ".rels", ".svg"))
        }


def body(document: Any) -> list[Any]:
    """Return every paragraph, those in tables too, in order."""
    found = document.element.body.iter(qn("w:p"))
    return [WordParagraph(each, document._body) for each in found]


def words(texts: list[str]) -> Counter[str]:
    return Counter(word.strip(":") for text in texts for word in text.split() if word.strip(":"))


def with_section(*blocks: object) -> Handout:
    return replace(sample(), sections=(Section("only", "Only part", blocks),))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=PROFILES)
def made(request: pytest.FixtureRequest) -> tuple[Handout, bytes]:
    handout = sample(request.param)
    return handout, to_docx(handout)


class TestTexts:
    def test_every_word_is_there_once_and_no_other(self, made: Made) -> None:
        handout, content = made
        expected = [handout.title, handout.subtitle, handout.status]
        expected += [text for block in everything(handout) for text in plain_texts(block)]
        assert words([each.text for each in body(opened(content))]) == words(expected)

    def test_every_text_is_in_one_piece(self, made: Made) -> None:
        handout, content = made
        whole = "\n".join(each.text for each in body(opened(content)))
        expected = Counter(text for block in everything(handout) for text in plain_texts(block))
        for text, count in expected.items():
            assert whole.count(text) >= count, text

    def test_reading_order_is_that_of_the_handout(self, made: Made) -> None:
        handout, content = made
        titles = [
            each.title for each in everything(handout) if isinstance(each, Section | Card | Notice)
        ]
        headings = [
            each.text for each in body(opened(content)) if each.style.name.startswith("Heading")
        ]
        assert headings == titles

    @pytest.mark.parametrize("text", ["a\x07b", "a\u202eb", "痛", "a\ud800b"])
    def test_what_cannot_be_shown_is_refused(self, text: str) -> None:
        with pytest.raises(UnsafeTextError):
            to_docx(with_section(Paragraph(text_of(text))))

    def test_what_means_something_in_xml_stays_text(self) -> None:
        text = '<w:p> & "quotes" ]]> &amp; {{ field }}'
        document = opened(to_docx(with_section(Paragraph(text_of(text)))))
        assert text in [each.text for each in document.paragraphs]

    def test_spaces_between_pieces_stay(self) -> None:
        line = (Run("one "), Run("two", strong=True), Run(" three"))
        document = opened(to_docx(with_section(Paragraph(line))))
        assert "one two three" in [each.text for each in document.paragraphs]


class TestStructure:
    def test_headings_go_down_one_level_at_a_time(self, made: Made) -> None:
        _, content = made
        document = opened(content)
        assert document.paragraphs[0].style.name == "Title"
        levels = [
            int(each.style.name.removeprefix("Heading "))
            for each in body(document)
            if each.style.name.startswith("Heading ")
        ]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_headings_are_known_to_the_navigation_pane(self, made: Made) -> None:
        _, content = made
        document = opened(content)
        for level in range(1, 5):
            outline = document.styles[f"Heading {level}"].element.find(f".//{qn('w:outlineLvl')}")
            assert outline.get(qn("w:val")) == str(level - 1)
        assert not document.element.body.findall(f".//{qn('w:tc')}//{qn('w:outlineLvl')}")

    def test_no_empty_paragraphs(self, made: Made) -> None:
        _, content = made
        for each in body(opened(content)):
            assert each.text or each._p.findall(f".//{qn('w:drawing')}")

    def test_tables_have_headings_and_whole_rows(self, made: Made) -> None:
        _, content = made
        (table,) = opened(content).tables
        marks = [
            (row._tr.trPr.find(qn("w:tblHeader")), row._tr.trPr.find(qn("w:cantSplit")))
            for row in table.rows
        ]
        assert [head is not None for head, _ in marks] == [True, False, False, False]
        assert all(whole is not None for _, whole in marks)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")).startswith("Table 1")
        for number, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                is_bold = cell.paragraphs[0].style.font.bold
                assert bool(is_bold) == (number == 0 or column == 0)

    def test_each_numbered_list_begins_at_one(self) -> None:
        lists = [Bullets((text_of("a"), text_of("b")), ordered=True) for _ in range(2)]
        document = opened(to_docx(with_section(*lists)))
        numbers = [
            each._p.pPr.numPr.numId.val
            for each in document.paragraphs
            if each.style.name == "List Number"
        ]
        assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
        assert (
            parts(to_docx(with_section(*lists)))["word/numbering.xml"].count("startOverride") == 2
        )

    def test_paragraphs_of_a_box_have_one_edge(self, made: Made) -> None:
        _, content = made
        styles = opened(content).styles
        boxed = [each for each in styles if each.name.startswith("Emergency Box")]
        edges = {
            each.paragraph_format.left_indent + each.paragraph_format.first_line_indent
            for each in boxed
        }
        borders = {
            re.sub(r"xmlns:\w+=\S+", "", docx_xml(each.element.find(f".//{qn('w:pBdr')}")))
            for each in boxed
        }
        assert len(boxed) == 2
        assert len(edges) == len(borders) == 1

    def test_two_boxes_of_one_look_stay_two(self) -> None:
        card = Card("Heat", "supported", "Yes", (Paragraph(text_of("Warm.")),))
        document = opened(to_docx(with_section(card, card, card)))
        names = [
            each.style.name for each in document.paragraphs if each.style.name.endswith("Card Text")
        ]
        assert names == ["Supported Card Text", "Second Supported Card Text", "Supported Card Text"]
        borders = [
            docx_xml(document.styles[name].element.find(f".//{qn('w:pBdr')}")) for name in names
        ]
        assert borders[0] != borders[1]

    def test_every_block_may_stand_in_a_box(self) -> None:
        handout = sample()
        inside = tuple(block for section in handout.sections for block in section.blocks)
        document = opened(to_docx(with_section(Notice("note", "All of it", inside))))
        assert document.tables
        assert document.inline_shapes


def docx_xml(element: Any) -> str:
    return str(serialize_for_reading(element))


class TestLooks:
    def test_nothing_is_smaller_than_the_profile_allows(self, made: Made) -> None:
        handout, content = made
        least = sizes(handout.profile).small * 2
        for name, text in parts(content).items():
            if name.startswith("word/") and name.endswith(".xml"):
                found = re.findall(r'<w:szC?s? w:val="(\d+)"', text)
                assert all(int(size) >= least for size in found), name
        styles = opened(content).styles
        for each in {paragraph.style.name for paragraph in body(opened(content))}:
            assert size_of(styles[each]) >= sizes(handout.profile).small
        for each in ("Header", "Footer"):
            assert size_of(styles[each]) >= sizes(handout.profile).small

    def test_sizes_stand_in_styles_alone(self, made: Made) -> None:
        _, content = made
        found = parts(content)
        assert "<w:sz " not in found["word/document.xml"]
        assert "<w:rFonts" not in found["word/document.xml"]

    def test_no_italics_no_capitals_one_font(self, made: Made) -> None:
        _, content = made
        for name, text in parts(content).items():
            if name.startswith("word/") and "theme" not in name:
                assert not re.search(r"<w:(i|iCs|caps|smallCaps)\b", text), name
        assert set(re.findall(r'w:ascii="([^"]+)"', parts(content)["word/styles.xml"])) == {"Arial"}

    @pytest.mark.parametrize("language", ["en", "de", "en-US"])
    def test_language_is_said(self, language: str) -> None:
        found = parts(to_docx(sample(language=language)))
        assert f'<w:lang w:val="{language}"' in found["word/styles.xml"]
        assert f"<dc:language>{language}</dc:language>" in found["docProps/core.xml"]

    def test_what_is_not_translated_says_so(self) -> None:
        handout = replace(with_section(Paragraph(text_of("[en] Rest"))), language="es")
        assert '<w:lang w:val="en"/>' in parts(to_docx(handout))["word/document.xml"]

    def test_bold_in_what_is_bold_stays_bold(self) -> None:
        line = (Run("Heat", strong=True), Run(" pack"))
        table = Table("Table", ("A", "B"), ((line, line),), (0.5, 0.5))
        (made,) = opened(to_docx(with_section(table))).tables
        first, second = (cell.paragraphs[0].runs[0].style.name for cell in made.rows[1].cells)
        assert (first, second) == ("Default Paragraph Font", "Strong")

    def test_paper(self) -> None:
        for language, width in (("en", 595), ("en-US", 612)):
            assert (
                round(opened(to_docx(sample(language=language))).sections[0].page_width.pt) == width
            )


def size_of(style: Any) -> float:
    while style is not None:
        if style.font.size is not None:
            return float(style.font.size.pt)
        style = style.base_style
    raise AssertionError("a style without a size")


class TestPictures:
    def test_every_picture_has_words(self, made: Made) -> None:
        handout, content = made
        figure = next(each for each in everything(handout) if isinstance(each, Figure))
        shown = [
            found
            for name, text in parts(content).items()
            if name.startswith("word/")
            for found in re.findall(r"<wp:docPr [^>]*>", text)
        ]
        assert len(shown) == 2
        assert all('descr="' in each and 'title="' in each for each in shown)
        (inline,) = opened(content).inline_shapes
        described = inline._inline.docPr.get("descr")
        assert described.split("\n") == [figure.alt, *figure.words]

    def test_as_large_as_it_is_but_not_wider_than_the_text(self, made: Made) -> None:
        handout, content = made
        figure = next(each for each in everything(handout) if isinstance(each, Figure))
        (inline,) = opened(content).inline_shapes
        assert inline.width.pt == pytest.approx(figure.picture.width, abs=0.1)
        assert inline.height.pt == pytest.approx(figure.picture.height, abs=0.1)
        assert inline.width.pt <= room(handout.profile, handout.paper).width + 0.1

    def test_the_original_is_beside_it(self, made: Made) -> None:
        handout, content = made
        figure = next(each for each in everything(handout) if isinstance(each, Figure))
        found = parts(content)
        assert found["word/media/drawing1.svg"] == figure.picture.svg
        assert "svgBlip" in found["word/document.xml"]
        assert 'ContentType="image/svg+xml"' in found["[Content_Types].xml"]

    def test_a_logo_may_be_an_svg(self) -> None:
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>'
        found = parts(to_docx(replace(sample(), letterhead=Letterhead("Clinic", (), svg, "Bar"))))
        assert found["word/media/drawing2.svg"].encode() == svg

    def test_no_letterhead(self) -> None:
        content = to_docx(replace(sample(), letterhead=Letterhead()))
        assert opened(content).core_properties.author == ""


class TestPagesAndFile:
    def test_head_and_foot(self, made: Made) -> None:
        handout, content = made
        part = opened(content).sections[0]
        head = "\n".join(each.text for each in part.header.paragraphs)
        assert handout.title in head
        assert handout.reminder in head
        first = "\n".join(each.text for each in part.first_page_header.paragraphs)
        for each in (handout.letterhead.name, *handout.letterhead.contact):
            assert each in first
        for foot in (part.footer, part.first_page_footer):
            text = "\n".join(each.text for each in foot.paragraphs)
            for each in (handout.version, handout.date, handout.status, handout.advice):
                assert each in text
            fields = [each.get(qn("w:instr")) for each in foot._element.iter(qn("w:fldSimple"))]
            assert fields == ["PAGE", "NUMPAGES"]

    def test_links(self, made: Made) -> None:
        _, content = made
        document = opened(content)
        names = {each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))}
        links = list(document.element.iter(qn("w:hyperlink")))
        anchors = {each.get(qn("w:anchor")) for each in links} - {None}
        assert anchors
        assert anchors <= names
        relations = parts(content)["word/_rels/document.xml.rels"]
        assert 'Target="https://www.nice.org.uk/guidance/ng59?a=1&amp;b=2"' in relations

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "#gone", "file:///etc/passwd"])
    def test_links_that_lead_nowhere_are_text(self, address: str) -> None:
        content = to_docx(with_section(Paragraph((Run("word", href=address),))))
        assert "w:hyperlink " not in parts(content)["word/document.xml"]
        assert "word" in [each.text for each in opened(content).paragraphs]

    def test_properties_name_the_clinic_and_nobody_else(self, made: Made) -> None:
        handout, content = made
        found = opened(content).core_properties
        assert (found.title, found.author) == (handout.title, handout.letterhead.name)
        assert found.last_modified_by == found.comments == ""
        assert found.created == found.modified
        with ZipFile(BytesIO(content)) as file:
            names = file.namelist()
            everything_in_it = b"".join(map(file.read, names))
        assert not [name for name in names if "thumbnail" in name or "app.xml" in name]
        assert b"python-docx" not in everything_in_it

    def test_same_bytes_again(self, made: Made) -> None:
        handout, content = made
        assert to_docx(handout) == content

    def test_same_bytes_in_another_process(self) -> None:
        code = (
            "import sys, hashlib; from tests.handouts.sample import sample; "
            "from pathways.handouts.writers.docx import to_docx; "
            "print(hashlib.sha256(to_docx(sample())).hexdigest())"
        )
        hashes = {
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(hashes) == 1
