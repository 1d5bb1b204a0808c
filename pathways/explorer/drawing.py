"""The picture of a pathway made small for a page: looks as a few classes, no words twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html import escape
from xml.etree import ElementTree

from pathways.conditions.scope import Reader
from pathways.diagrams.pictures import picture
from pathways.model.pathway import ResolvedPathway

SVG = "{http://www.w3.org/2000/svg}"
LOOKS = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "font-size",
    "font-weight",
    "text-anchor",
    "rx",
)
"""Attributes that a style can hold as well."""
NUMBER = re.compile(r"-?\d+\.\d+")
PLACED = re.compile(r"translate\(\S+ (\S+)\)")
ABOVE = 16
"""White above the highest part of the map, where a mark may stand."""
LEFT_OUT = frozenset({"title", "desc", "style"})
PARTS_LEFT_OUT = frozenset({"heading", "footer", "background", "banner", "arrow"})
PLAIN = re.compile(r"[A-Za-z0-9_.,()#-]+")
"""What may stand in a page as an attribute without quotes."""


class Looks:
    """Gives each look a short class of its own; equal looks share one.

    Example:
        >>> looks = Looks()
        >>> looks.name({"fill": "#fff"}), looks.name({"fill": "#fff"}), looks.css()
        ('k0', 'k0', '.k0{fill:#fff}')
    """

    def __init__(self) -> None:
        self._names: dict[tuple[tuple[str, str], ...], str] = {}

    def name(self, look: dict[str, str]) -> str:
        """Return the class of a look."""
        return self._names.setdefault(tuple(look.items()), f"k{len(self._names)}")

    def css(self) -> str:
        """Return the rules of all looks so far."""
        return "".join(
            f".{name}{{{';'.join(f'{key}:{_with_unit(key, value)}' for key, value in look)}}}"
            for look, name in self._names.items()
        )


def _with_unit(key: str, value: str) -> str:
    """Return a size as a style wants it; an attribute needs no unit."""
    return f"{value}px" if key in {"font-size", "rx"} else value


def map_svg(pathway: ResolvedPathway, reader: Reader, prefix: str, looks: Looks) -> str:
    """Return the whole pathway as a picture inside a page.

    Args:
        pathway: The pathway.
        reader: Whose words stand on it.
        prefix: What every id begins with: ``prefix-s-STATE``, ``prefix-w-STATE-0`` for a way.
        looks: Where classes are kept.
    """
    drawn = picture(pathway, reader=reader, profile="screen")
    root = ElementTree.fromstring(drawn.svg)  # noqa: S314 - written by this package a moment ago
    return _Small(root, prefix, looks).text(pathway.title(reader))


class _Small:
    """Writes one picture anew."""

    def __init__(self, root: ElementTree.Element, prefix: str, looks: Looks) -> None:
        self.root = root
        self.old = f"{root.get('id')}-"
        self.prefix = prefix
        self.looks = looks
        # Arrowheads stand behind all lines, in their order; here each goes beside its own line.
        self.heads = iter(
            [
                each
                for each in root.iter(f"{SVG}polygon")
                if "arrow" in each.get("class", "").split()
            ]
        )

    def text(self, label: str) -> str:
        sides = [_short(self.root.get(key, "").removesuffix("pt")) for key in ("width", "height")]
        width, bottom = map(int, sides)
        inner = "".join(part for each in self.root for part in self.element(each))
        # What stands at the top of a sheet of paper is not here.
        top = max(0, min(self.tops(), default=0) - ABOVE)
        height = bottom - top
        return (
            f'<svg class="map" viewBox="0 {top} {width} {height}" width="{width}" height="{height}" '
            f'role="group" aria-label="{escape(label)}">{inner}</svg>'
        )

    def tops(self) -> Iterator[int]:
        """Yield where each part that is shown begins, from the top."""
        for each in self.root:
            placed = PLACED.match(each.get("transform", ""))
            if placed and not PARTS_LEFT_OUT & set(each.get("class", "").split()):
                yield int(float(placed[1]))

    def element(self, node: ElementTree.Element) -> Iterator[str]:
        tag, classes = node.tag.removeprefix(SVG), set(node.get("class", "").split())
        if tag in LEFT_OUT or PARTS_LEFT_OUT & classes:
            return
        if tag == "text":
            # Else two lines would be read as one word.
            yield " "
        if "way" in classes:
            name = node.get("id", "").removeprefix(self.old)
            parts = "".join(self.plain(each) for each in (node, next(self.heads)))
            yield f"<g{_attribute('id', f'{self.prefix}-{name}')}>{parts}</g>"
            return
        yield self.plain(node, classes)

    def plain(self, node: ElementTree.Element, classes: AbstractSet[str] = frozenset()) -> str:
        tag = node.tag.removeprefix(SVG)
        found = [_attribute(*each) for each in self.attributes(node, classes)]
        inner = "".join(part for each in node for part in self.element(each))
        inner += escape(node.text or "", quote=False) if tag == "text" else ""
        return f"<{tag}{''.join(found)}>{inner}</{tag}>" if inner else f"<{tag}{''.join(found)} />"

    def attributes(
        self, node: ElementTree.Element, classes: AbstractSet[str]
    ) -> Iterator[tuple[str, str]]:
        if "card" in classes:
            yield "id", f"{self.prefix}-{node.get('id', '').removeprefix(self.old)}"
        look = {key: node.attrib[key] for key in LOOKS if key in node.attrib}
        kept = [
            *(["card"] if "card" in classes else []),
            *([self.looks.name(look)] if look else []),
        ]
        if kept:
            yield "class", " ".join(kept)
        if "ways" in classes:
            yield "aria-hidden", "true"
        skipped = {*LOOKS, "id", "class", "role", "aria-label", "font-family"}
        for key, value in node.attrib.items():
            if key not in skipped:
                yield key, _short(value)


def _attribute(key: str, value: str) -> str:
    return f" {key}={value}" if PLAIN.fullmatch(value) else f' {key}="{escape(value)}"'


def _short(text: str) -> str:
    """Return a text with whole numbers: less than a point is not seen, and right angles stay right."""
    return NUMBER.sub(lambda found: f"{float(found[0]):.0f}", text).replace(" ", ",")
