"""The failure conditions of PDF/UA-1 that a program can decide, for what a handout can hold.

Each check has the number that the protocol gives it, and yields one line for each failure. Left out
are conditions of forms, media, scripts and signatures, which no handout has: :data:`NO_SUCH_THING`
fails when one is there after all; and those of simple fonts, of which no file of Typst has any.

Source: PDF Association, Matterhorn Protocol 1.02 (2014), 87 conditions for machines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from tests.handouts.matterhorn_fonts import FONT_CHECKS
from tests.handouts.tagged import Tag, Tagged, listed, name_of, set_of

Check = Callable[[Tagged], Iterator[str]]
CHECKS: dict[str, Check] = dict(FONT_CHECKS)

STANDARD = set_of(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 "
    "H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link "
    "Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
)
"""Source: ISO 32000-1:2008, 14.8.4."""

HEADING = re.compile(r"H[1-6]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NO_SUCH_THING = ("/AcroForm", "/OCProperties", "/AF", "/Perms", "/Threads", "/Collection")
"""Entries of the catalogue whose conditions are not checked: there must be none."""


def failures(tagged: Tagged) -> list[str]:
    """Return every failure of a PDF, with the number of its condition.

    Args:
        tagged: The PDF.
    """
    return [
        f"{number}: {words}" for number, check in sorted(CHECKS.items()) for words in check(tagged)
    ]


def condition(number: str) -> Callable[[Check], Check]:
    """Enter a check under the number of its condition."""

    def enter(check: Check) -> Check:
        assert number not in CHECKS
        CHECKS[number] = check
        return check

    return enter


# Real content


@condition("01-003")
def artifact_inside_content(tagged: Tagged) -> Iterator[str]:
    for each in tagged.drawn:
        kinds = [
            "artifact" if mark == "Artifact" else "tag" for mark in each.marks if mark is not None
        ]
        if "artifact" in kinds[kinds.index("tag") + 1 :] if "tag" in kinds else False:
            yield f"page {each.page}: an artifact inside tagged content"


@condition("01-004")
def content_inside_artifact(tagged: Tagged) -> Iterator[str]:
    for each in tagged.drawn:
        if "Artifact" in each.marks:
            inside = each.marks[each.marks.index("Artifact") + 1 :]
            if any(isinstance(mark, int) for mark in inside):
                yield f"page {each.page}: tagged content inside an artifact"


@condition("01-005")
def neither_tagged_nor_artifact(tagged: Tagged) -> Iterator[str]:
    pages = [page.obj for page in tagged.pdf.pages]
    for each in tagged.drawn:
        numbers = [mark for mark in each.marks if isinstance(mark, int)]
        if "Artifact" in each.marks:
            continue
        if not numbers:
            yield f"page {each.page}: '{each.operator}' draws what has no tag"
        elif not _is_in_tree(tagged, pages[each.page - 1], numbers[-1]):
            yield f"page {each.page}: content {numbers[-1]} is in no tag of the tree"


def _is_in_tree(tagged: Tagged, page: Any, number: int) -> bool:
    """Whether the tree has a tag for marked content, and the parent tree leads back to the same."""
    tag = tagged.tag_of_content.get((page.objgen, number))
    parents = tagged.parents.get(int(page.get("/StructParents", -1)))
    if tag is None or parents is None or number >= len(parents):
        return False
    return bool(parents[number].objgen == tag.element.objgen)


@condition("01-007")
def suspects(tagged: Tagged) -> Iterator[str]:
    marks = tagged.root.get("/MarkInfo", {})
    if not marks.get("/Marked", False):
        yield "the file does not say that it is tagged"
    if marks.get("/Suspects", False):
        yield "the file says that its tags are suspect"


# Roles


@condition("02-001")
def role_without_standard_type(tagged: Tagged) -> Iterator[str]:
    for tag in tagged.tags:
        if tag.kind not in STANDARD:
            yield f"the type {name_of(tag.element.get('/S'))} leads to no standard type"


@condition("02-003")
def circular_role(tagged: Tagged) -> Iterator[str]:
    # What still has a role after so many steps has been met before.
    circles = (kind for kind in tagged.roles if tagged.standard(kind) in tagged.roles)
    yield from (f"the type {kind} leads back to itself" for kind in circles)


@condition("02-004")
def standard_type_with_role(tagged: Tagged) -> Iterator[str]:
    yield from (f"the standard type {kind} is mapped" for kind in tagged.roles if kind in STANDARD)


# Metadata and catalogue


@condition("06-001")
def no_metadata(tagged: Tagged) -> Iterator[str]:
    if not tagged.metadata:
        yield "there is no XMP metadata"


@condition("06-002")
def no_identifier(tagged: Tagged) -> Iterator[str]:
    if not re.search(r"<pdfuaid:part>1</pdfuaid:part>", tagged.metadata):
        yield "the metadata does not say PDF/UA-1"


@condition("06-003")
def no_title(tagged: Tagged) -> Iterator[str]:
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<\s][^<]*</rdf:li>", tagged.metadata, re.DOTALL):
        yield "the metadata has no title"


@condition("07-001")
def no_display_of_title(tagged: Tagged) -> Iterator[str]:
    if "/DisplayDocTitle" not in tagged.root.get("/ViewerPreferences", {}):
        yield "the file does not say whether its title is shown"


@condition("07-002")
def title_not_displayed(tagged: Tagged) -> Iterator[str]:
    if tagged.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is False:
        yield "the name of the file is shown in place of its title"


# Tags in tags

INSIDE = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
HOLDING = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOC", "TOCI", "Caption"},
    "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
}
"""Source: ISO 32000-1:2008, tables 333, 336 and 337."""


def _badly_nested(tagged: Tagged, kinds: set[str]) -> Iterator[str]:
    for tag in tagged.tags:
        around = tag.parent.kind if tag.parent else "nothing"
        if tag.kind in kinds and tag.kind in INSIDE and around not in INSIDE[tag.kind]:
            yield f"{tag.kind} in {around}"
        if tag.kind in kinds and tag.kind in HOLDING:
            yield from _wrongly_held(tag)


def _wrongly_held(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if child.kind not in HOLDING[tag.kind]:
            yield f"{child.kind} in {tag.kind}"
    if tag.contents:
        yield f"content straight in {tag.kind}"


@condition("09-004")
def table_syntax(tagged: Tagged) -> Iterator[str]:
    yield from _badly_nested(tagged, {"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"})
    for tag in tagged.tags:
        if tag.kind == "Table":
            count = Counter(child.kind for child in tag.children)
            if count["THead"] > 1 or count["TFoot"] > 1 or count["Caption"] > 1:
                yield "a table with two heads, feet or captions"
            if count["THead"] and not count["TBody"]:
                yield "a table with a head and no body"


@condition("09-005")
def list_syntax(tagged: Tagged) -> Iterator[str]:
    yield from _badly_nested(tagged, {"L", "LI", "LBody"})


@condition("09-006")
def contents_syntax(tagged: Tagged) -> Iterator[str]:
    yield from _badly_nested(tagged, {"TOC", "TOCI"})


# Languages


def _is_language(value: Any) -> bool:
    return value is not None and LANGUAGE.fullmatch(str(value)) is not None


def _speaks(tagged: Tagged, tag: Tag | None) -> bool:
    """Whether the language of a tag is known, from itself, from those around it, from the file."""
    while tag is not None:
        if "/Lang" in tag.element:
            return _is_language(tag.element["/Lang"])
        tag = tag.parent
    return _is_language(tagged.root.get("/Lang"))


@condition("11-001")
def text_without_language(tagged: Tagged) -> Iterator[str]:
    for tag in tagged.tags:
        if tag.contents and not _speaks(tagged, tag):
            yield f"the language of text in {tag.kind} is not known"


@condition("11-002")
def alternative_without_language(tagged: Tagged) -> Iterator[str]:
    for tag in tagged.tags:
        has_words = any(key in tag.element for key in ("/Alt", "/ActualText", "/E"))
        if has_words and not _speaks(tagged, tag):
            yield f"the language of the alternative text of {tag.kind} is not known"


@condition("11-003")
def outline_without_language(tagged: Tagged) -> Iterator[str]:
    if "/Outlines" in tagged.root and not _speaks(tagged, None):
        yield "the language of the bookmarks is not known"


@condition("11-004")
def contents_without_language(tagged: Tagged) -> Iterator[str]:
    for number, _, each in tagged.annotations:
        if "/Contents" in each and not _speaks(tagged, tagged.tag_of_object.get(each.objgen)):
            yield f"page {number}: the language of the words of an annotation is not known"


@condition("11-006")
def metadata_without_language(tagged: Tagged) -> Iterator[str]:
    if not _speaks(tagged, None):
        yield "the language of the file is not known"


# Figures, formulas, notes, headings


@condition("13-004")
def figure_without_words(tagged: Tagged) -> Iterator[str]:
    for tag in tagged.tags:
        if tag.kind == "Figure" and not (tag.text("/Alt").strip() or tag.text("/ActualText")):
            yield "a figure has no alternative text"


@condition("14-002")
def first_heading(tagged: Tagged) -> Iterator[str]:
    levels = _levels(tagged)
    if levels and levels[0] != 1:
        yield f"the first heading is H{levels[0]}"


@condition("14-003")
def skipped_level(tagged: Tagged) -> Iterator[str]:
    levels = _levels(tagged)
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"H{level} follows H{before}"


def _levels(tagged: Tagged) -> list[int]:
    return [int(tag.kind[1]) for tag in tagged.tags if HEADING.fullmatch(tag.kind)]


@condition("14-006")
def several_headings_in_a_node(tagged: Tagged) -> Iterator[str]:
    for tag in tagged.tags:
        if sum(child.kind == "H" for child in tag.children) > 1:
            yield f"{tag.kind} has several H"


@condition("14-007")
def two_sorts_of_headings(tagged: Tagged) -> Iterator[str]:
    if _levels(tagged) and any(tag.kind == "H" for tag in tagged.tags):
        yield "H beside H1"


@condition("15-003")
def heading_of_a_table_without_scope(tagged: Tagged) -> Iterator[str]:
    for table in tagged.tags:
        if table.kind != "Table" or _is_led_by_headers(table):
            continue
        for tag in table.inside():
            scope = name_of(tag.attribute("/Scope"))
            if tag.kind == "TH" and scope not in {"Row", "Column", "Both"}:
                yield "a heading of a table does not say of what"


def _is_led_by_headers(table: Tag) -> bool:
    """Whether each cell of a table names its headings, and the table has them."""
    cells = [tag for tag in table.inside() if tag.kind == "TD"]
    names = {tag.text("/ID") for tag in table.inside() if tag.kind == "TH" and "/ID" in tag.element}
    named = [[str(each) for each in listed(tag.attribute("/Headers"))] for tag in cells]
    return all(found and names.issuperset(found) for found in named)


@condition("17-002")
def formula_without_words(tagged: Tagged) -> Iterator[str]:
    for tag in tagged.tags:
        if tag.kind == "Formula" and not tag.text("/Alt").strip():
            yield "a formula has no alternative text"


@condition("19-003")
def note_without_name(tagged: Tagged) -> Iterator[str]:
    if any(tag.kind == "Note" and not tag.text("/ID") for tag in tagged.tags):
        yield "a note has no ID"


@condition("19-004")
def two_notes_of_a_name(tagged: Tagged) -> Iterator[str]:
    count = Counter(tag.text("/ID") for tag in tagged.tags if tag.kind == "Note")
    yield from (
        f"{number} notes have the ID {name}" for name, number in count.items() if number > 1
    )


# What no handout has


@condition("20-001")
def unforeseen(tagged: Tagged) -> Iterator[str]:
    """Layers, forms and the like have conditions of their own: here they count as failures."""
    yield from (f"the file has {key}" for key in NO_SUCH_THING if key in tagged.root)


@condition("21-001")
def embedded_file_without_name(tagged: Tagged) -> Iterator[str]:
    for name, each in tagged.pdf.attachments.items():
        if not {"/F", "/UF"} <= set(each.obj.keys()):
            yield f"the file {name} inside it lacks F or UF"


@condition("25-001")
def dynamic_form(tagged: Tagged) -> Iterator[str]:
    if "/XFA" in tagged.root.get("/AcroForm", {}):
        yield "the file has an XFA form"


@condition("26-002")
def locked(tagged: Tagged) -> Iterator[str]:
    if tagged.pdf.is_encrypted and not tagged.pdf.encryption.P & FOR_SCREEN_READERS:
        yield "the file is locked for screen readers"


FOR_SCREEN_READERS = 1 << 9
"""Source: ISO 32000-1:2008, table 22: bit 10."""


# Annotations

KNOWN_ANNOTATIONS = set_of(
    "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp "
    "Caret Ink Popup FileAttachment Sound Movie Widget Screen PrinterMark TrapNet Watermark 3D "
    "Redact"
)
"""Source: ISO 32000-1:2008, table 169."""


def _annotations(tagged: Tagged, *kinds: str, but: bool = False) -> Iterator[tuple[int, Any]]:
    for number, _, each in tagged.annotations:
        if (name_of(each.get("/Subtype")) in kinds) != but:
            yield number, each


@condition("28-002")
def annotation_outside_tags(tagged: Tagged) -> Iterator[str]:
    others = _annotations(tagged, "Link", "Widget", "PrinterMark", "Popup", but=True)
    for number, each in others:
        tag = tagged.tag_of_object.get(each.objgen)
        if tag is None or tag.kind != "Annot":
            yield f"page {number}: an annotation is in no Annot tag"


@condition("28-004")
def annotation_without_words(tagged: Tagged) -> Iterator[str]:
    for number, each in _annotations(tagged, "Link", "Widget", "Popup", but=True):
        tag = tagged.tag_of_object.get(each.objgen)
        if not str(each.get("/Contents", "")).strip() and not (tag and tag.text("/Alt")):
            yield f"page {number}: an annotation has no words"


@condition("28-006")
def unknown_annotation(tagged: Tagged) -> Iterator[str]:
    for number, _, each in tagged.annotations:
        if name_of(each.get("/Subtype")) not in KNOWN_ANNOTATIONS:
            yield f"page {number}: an annotation of an unknown sort"


@condition("28-007")
def trap_net(tagged: Tagged) -> Iterator[str]:
    yield from (f"page {number}: a TrapNet" for number, _ in _annotations(tagged, "TrapNet"))


@condition("28-008")
def page_without_tabs(tagged: Tagged) -> Iterator[str]:
    for number in sorted({number for number, page, _ in tagged.annotations if "/Tabs" not in page}):
        yield f"page {number}: the order of its links is not stated"


@condition("28-009")
def other_order_of_tabs(tagged: Tagged) -> Iterator[str]:
    pages = {n: name_of(page.get("/Tabs", "/S")) for n, page, _ in tagged.annotations}
    yield from (f"page {n}: its links have the order {o}" for n, o in pages.items() if o != "S")


@condition("28-011")
def link_outside_link(tagged: Tagged) -> Iterator[str]:
    for number, each in _annotations(tagged, "Link"):
        tag = tagged.tag_of_object.get(each.objgen)
        parent = tagged.parents.get(int(each.get("/StructParent", -1)))
        if tag is None or tag.kind != "Link":
            yield f"page {number}: a link is in no Link tag"
        elif parent is None or parent.objgen != tag.element.objgen:
            yield f"page {number}: the parent tree does not lead a link to its tag"


@condition("28-012")
def link_without_words(tagged: Tagged) -> Iterator[str]:
    for number, each in _annotations(tagged, "Link"):
        if not str(each.get("/Contents", "")).strip():
            yield f"page {number}: a link does not say in words where it leads"


# Forms of drawing


@condition("30-001")
def reference_to_another_file(tagged: Tagged) -> Iterator[str]:
    yield from ("a picture is in another file" for each in _forms(tagged) if "/Ref" in each)


@condition("30-002")
def tagged_form_used_twice(tagged: Tagged) -> Iterator[str]:
    used: Counter[tuple[int, int]] = Counter()
    for page in tagged.pdf.pages:
        resources: Any = page.obj.get("/Resources", {})
        used.update(each.objgen for _, each in resources.get("/XObject", {}).items())
    for each in _forms(tagged):
        if used[each.objgen] > 1 and b"/MCID" in each.read_bytes():
            yield "a form with tagged content is drawn twice"


def _forms(tagged: Tagged) -> Iterator[Any]:
    for each in tagged.pdf.objects:
        if isinstance(each, pikepdf.Stream) and name_of(each.get("/Subtype")) == "Form":
            yield each
