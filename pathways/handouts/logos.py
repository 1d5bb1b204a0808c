"""What a logo must be so that every format can show it: a whole PNG, or an SVG that stands alone."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Literal
from xml.etree import ElementTree

LARGEST_SIDE = 4_000
"""In pixels; a small file can unfold into a picture that fills the memory."""

PNG_SIGN = b"\x89PNG\r\n\x1a\n"


def logo_format(data: bytes) -> Literal["png", "svg"] | None:
    """Return the format of a logo; None when it is neither PNG nor SVG.

    An SVG may name its document type, as drawing programs write it, but bring no entities of its own.

    Example:
        >>> logo_format(b"GIF89a") is None
        True
    """
    if data.startswith(PNG_SIGN):
        return "png"
    before = rb"\s*(<\?xml[^>]*>\s*)?((<!--((?!-->).)*-->|<!DOCTYPE\s+svg[^>\[]*>)\s*)*<svg[\s>]"
    return "svg" if re.match(before, data, re.DOTALL) else None


def logo_fault(data: bytes) -> str:
    """Return why a logo cannot be shown, in words; empty when it can.

    Args:
        data: The bytes of a PNG or an SVG.

    Example:
        >>> logo_fault(b"<svg><rect/></svg>"), logo_fault(b"<svg><rect></svg>")
        ('', 'is damaged')
    """
    return _fault_of_png(data) if data.startswith(PNG_SIGN) else _fault_of_svg(data)


def _fault_of_png(data: bytes) -> str:
    names: list[bytes] = []
    for name, content, is_whole in _chunks(data):
        if not is_whole or (name == b"IHDR") != (not names):
            return "is damaged"
        if not names:
            sides = (int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big"))
            if max(sides) > LARGEST_SIDE:
                return f"has more than {LARGEST_SIDE:,} pixels on a side"
            if min(sides) == 0:
                return "is damaged"
        names.append(name)
    return "" if b"IDAT" in names and names[-1] == b"IEND" else "is damaged"


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    """Yield the parts of a PNG: name, content, and whether its check sum is right."""
    at = len(PNG_SIGN)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        yield name, content, check == zlib.crc32(name + content).to_bytes(4, "big")
        at += 12 + length


def _fault_of_svg(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "is not UTF-8 text"
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - it has no entities of its own
    except ElementTree.ParseError:
        return "is damaged"
    return "takes in another file" if any(map(_leads_elsewhere, root.iter())) else ""


def _leads_elsewhere(element: ElementTree.Element) -> bool:
    """Return whether an element of a picture shows what lies outside the file."""
    hrefs = (element.get(key, "") for key in ("href", "{http://www.w3.org/1999/xlink}href"))
    is_link = element.tag.rpartition("}")[2] == "a"
    return not is_link and any(each and not each.startswith(("#", "data:")) for each in hrefs)
