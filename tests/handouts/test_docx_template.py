"""Word files with the styles, heads and feet of a clinic's own."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt, RGBColor

from pathways.errors import TemplateError
from pathways.handouts.writers.docx import to_docx
from pathways.handouts.writers.docx_xml import add_field
from tests.handouts.sample import sample

GREEN = RGBColor(0x11, 0x66, 0x33)


def template(head: str = "Hillside Practice", foot: str = "", *, numbers: bool = False) -> bytes:
    document = docx.Document()
    document.core_properties.author = "Dr Somebody"
    document.styles["Heading 1"].font.color.rgb = GREEN
    document.styles["Heading 1"].font.size = Pt(30)
    document.styles["Normal"].font.size = Pt(9)
    document.add_paragraph("Text of the template")
    part = document.sections[0]
    part.left_margin = Pt(100)
    if head:
        part.header.paragraphs[0].add_run(head)
    if foot:
        part.footer.paragraphs[0].add_run(foot)
    if numbers:
        add_field(part.footer.paragraphs[0], "PAGE")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def made_with(content: bytes) -> Any:
    return docx.Document(BytesIO(to_docx(sample(), content)))


def test_styles_of_the_template_stay() -> None:
    document = made_with(template())
    heading = document.styles["Heading 1"].font
    assert (heading.color.rgb, heading.size) == (GREEN, Pt(30))
    assert document.sections[0].left_margin == Pt(100)


def test_what_is_too_small_for_the_profile_is_made_larger() -> None:
    assert made_with(template()).styles["Normal"].font.size == Pt(12)
    large = docx.Document(BytesIO(to_docx(sample("large-print"), template())))
    assert large.styles["Normal"].font.size == Pt(16)


def test_text_and_names_of_the_template_do_not_stay() -> None:
    document = made_with(template())
    assert "Text of the template" not in [each.text for each in document.paragraphs]
    assert document.core_properties.author == "Riverside Clinic"


def test_its_head_and_foot_stay_and_ours_follow() -> None:
    part = made_with(template(foot="Registered practice")).sections[0]
    assert not part.different_first_page_header_footer
    head = [each.text for each in part.header.paragraphs]
    assert head[0] == "Hillside Practice"
    assert any("Back pain" in each for each in head[1:])
    foot = [each.text for each in part.footer.paragraphs]
    assert foot[0] == "Registered practice"
    assert any("Version 1.2.0" in each for each in foot[1:])


def test_a_tab_leads_to_the_right_edge_whatever_the_style_of_the_template_says() -> None:
    document = made_with(template())
    part = document.sections[0]
    (line,) = [each for each in part.header.paragraphs if "\t" in each.text]
    edge = part.page_width - part.left_margin - part.right_margin
    stops = {each.position: each.alignment for each in line.paragraph_format.tab_stops}
    (kept,) = [where for where, how in stops.items() if how != WD_TAB_ALIGNMENT.CLEAR]
    assert kept == pytest.approx(edge, abs=Pt(1))
    inherited = {each.position for each in document.styles["Header"].paragraph_format.tab_stops}
    assert inherited <= set(stops)


def test_lists_in_boxes_keep_their_signs_apart() -> None:
    style = made_with(template()).styles["Emergency Box List Bullet"].paragraph_format
    assert style.first_line_indent < 0


def test_pages_are_numbered_once() -> None:
    part = made_with(template(foot="Page ", numbers=True)).sections[0]
    assert part.footer._element.xml.count("<w:fldSimple") == 1


def test_a_template_without_a_head_gets_the_letterhead() -> None:
    part = made_with(template(head="")).sections[0]
    assert "Riverside Clinic" in [each.text for each in part.first_page_header.paragraphs]


def test_pictures_are_not_wider_than_its_text() -> None:
    document = made_with(template())
    part = document.sections[0]
    room = part.page_width - part.left_margin - part.right_margin
    assert all(each.width <= room + 1 for each in document.inline_shapes)


def test_a_template_without_lists_gets_some() -> None:
    old, made = ZipFile(BytesIO(template())), BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                data = b"".join(
                    part if b"/numbering" not in part else b""
                    for part in data.replace(b"<Relationship ", b"\0<Relationship ").split(b"\0")
                )
            if name != "word/numbering.xml":
                new.writestr(name, data)
    document = made_with(made.getvalue())
    assert document.part.numbering_part is not None


def test_a_dotx_is_a_template_too() -> None:
    old, made = ZipFile(BytesIO(template())), BytesIO()
    with ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b".document.main+xml", b".template.main+xml")
            new.writestr(name, data)
    assert made_with(made.getvalue()).paragraphs


def test_same_bytes_again() -> None:
    content = template()
    assert to_docx(sample(), content) == to_docx(sample(), content)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateError, match="docx"):
        to_docx(sample(), content)


def test_a_zip_of_something_else_is_refused() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as new:
        new.writestr("readme.txt", "hello")
    with pytest.raises(TemplateError):
        to_docx(sample(), made.getvalue())
