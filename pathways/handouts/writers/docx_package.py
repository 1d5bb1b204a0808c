"""A Word file as a whole: what a template brings, what is left out, bytes that are always the same."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from pathways.errors import TemplateError
from pathways.handouts.blocks import Handout

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001
"""The day every file says it was made on: the version and its date stand in the text."""

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_KEPT = frozenset(
    f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{each}"
    for each in (
        "styles",
        "numbering",
        "settings",
        "theme",
        "fontTable",
        "webSettings",
        "footnotes",
        "endnotes",
        "header",
        "footer",
        "image",
        "hyperlink",
    )
)
"""What of a template goes into a handout: no comments, no names of people, no macros."""

_OF_WHOLE = frozenset({RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES})


def open_document(template: bytes | None) -> Document:
    """Return a document without text: a new one, or with the styles, heads and feet of a template.

    Args:
        template: Bytes of a Word file; None: none.

    Raises:
        TemplateError: It is no Word file.
    """
    if template is None:
        document = docx.Document()
    else:
        try:
            document = docx.Document(BytesIO(_as_document(template)))
        except (BadZipFile, KeyError, ValueError, PackageNotFoundError) as error:
            raise TemplateError(
                "the template cannot be read as a Word file; save it in Word as .docx"
            ) from error
    _empty(document)
    _leave_out(document)
    return document


def _as_document(template: bytes) -> bytes:
    """Return a template of Word (.dotx) as a document (.docx): they differ in one word."""
    made = BytesIO()
    with ZipFile(BytesIO(template)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b".template.main+xml", b".document.main+xml")
            new.writestr(name, data)
    return made.getvalue()


def _empty(document: Document) -> None:
    """Remove the text of a template; the first of its pages say how the others are."""
    first = deepcopy(document.sections[0]._sectPr)  # noqa: SLF001
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for kind in first.findall(qn("w:type")):
        first.remove(kind)
    body.append(first)


def _leave_out(document: Document) -> None:
    part = document.part
    for key in [key for key, each in part.rels.items() if each.reltype not in _KEPT]:
        del part.rels[key]
    package = part.package
    for key in [key for key, each in package.rels.items() if each.reltype not in _OF_WHOLE]:
        del package.rels[key]


def set_properties(document: Document, handout: Handout) -> None:
    """Set what a file says about itself: title, language, clinic, and no person.

    Args:
        document: The document.
        handout: The handout.
    """
    found = document.core_properties
    found.title, found.language = handout.title, handout.language
    found.author = handout.letterhead.name
    found.subject = handout.subtitle
    found.version = handout.version
    for name in ("comments", "keywords", "category", "last_modified_by", "content_status"):
        setattr(found, name, "")
    found.identifier, found.revision = "", 1
    found.created = found.modified = EPOCH


def saved(document: Document) -> bytes:
    """Return a document as bytes that depend on nothing but the document.

    Args:
        document: The document.
    """
    raw = BytesIO()
    document.save(raw)
    made = BytesIO()
    with ZipFile(raw) as old, ZipFile(made, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
            new.writestr(entry, old.read(name), compresslevel=9)
    return made.getvalue()
