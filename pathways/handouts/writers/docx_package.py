"""A Word file as a whole: what a template brings, what is left out, bytes that are always the same."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PACKAGE_URI
from docx.opc.pkgwriter import _ContentTypesItem
from docx.oxml.ns import qn

from pathways.errors import TemplateError
from pathways.handouts.blocks import Handout

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001
"""The day every file says it was made on: the version and its date stand in the text."""

CONTENT_TYPES = "[Content_Types].xml"
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
            if name == CONTENT_TYPES:
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
    members = dict(_members(document))
    made = BytesIO()
    with ZipFile(made, "w") as new:
        for name in sorted(members, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = ZipInfo(name, _ZIP_EPOCH)
            # A PNG is packed already.
            entry.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
            entry.create_system, entry.external_attr = 0, 0
            new.writestr(entry, members[name])
    return made.getvalue()


def _members(document: Document) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name and the bytes of each file in a document.

    python-docx would pack all of them once, only to be unpacked for an order and dates that stay.
    """
    package = document.part.package
    parts = package.parts
    for part in parts:
        part.before_marshal()
    kinds: Any = _ContentTypesItem
    yield CONTENT_TYPES, kinds.from_parts(parts).blob
    yield PACKAGE_URI.rels_uri.membername, package.rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if len(part.rels):
            yield part.partname.rels_uri.membername, part.rels.xml
