"""An SVG from Graphviz made ready to publish: named, described, without tooltips, fonts listed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pathways.diagrams.characters import identifier
from pathways.diagrams.fonts import FAMILIES, FAMILY

NAMESPACE = "http://www.w3.org/2000/svg"
CHARACTERS_XML_FORBIDS = {code: None for code in range(32) if code not in (9, 10, 13)}


def finish_svg(data: bytes, *, title: str, description: str, language: str = "en") -> bytes:
    """Return an SVG with a name and a long description, for readers who do not see it.

    The generator's comment and the document type go, so do the tooltips with our node names; each
    step gets its words as ``aria-label``. Ids and classes stay.

    Args:
        data: SVG as Graphviz writes it.
        title: Short name of the picture.
        description: Everything it shows, in words.
        language: Language tag of the words.

    Returns:
        The SVG as UTF-8, always well-formed.
    """
    root = ET.fromstring(data)  # noqa: S314  written by Graphviz just now
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        for title_element in element.findall(f"{{{NAMESPACE}}}title"):
            element.remove(title_element)
        if element.get("font-family") == FAMILY:
            element.set("font-family", FAMILIES)
    for step in root.iter("g"):
        if "node" in step.get("class", "").split():
            words = " ".join("".join(text.itertext()).strip() for text in step.iter("text"))
            step.set("aria-label", words)
    name = identifier(_first_id(root))
    root.set("xmlns", NAMESPACE)
    root.set("role", "img")
    # Inside a page that is narrower the picture shrinks; where it is an <img>, the page must say so.
    root.set("style", "max-width:100%;height:auto")
    root.set("lang", language)
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-words")
    for position, (tag, suffix, text) in enumerate(
        (("title", "title", title), ("desc", "words", description))
    ):
        element = ET.Element(tag, {"id": f"{name}-{suffix}"})
        element.text = text.translate(CHARACTERS_XML_FORBIDS)
        element.tail = "\n"
        root.insert(position, element)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _first_id(root: ET.Element) -> str:
    graph = root.find("g")
    return graph.get("id", "picture") if graph is not None else "picture"
