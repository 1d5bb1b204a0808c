"""A sheet as SVG: named, described, with ids for every step and way, light and dark.

Colours are plain attributes, which every program understands; browsers that prefer the dark get
others from a style sheet. Whoever prints sees the plain ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pathways.diagrams.characters import identifier
from pathways.diagrams.drawing.dark import dark_rules
from pathways.diagrams.drawing.shapes import Block, Dash, Sheet, Text, Wire
from pathways.diagrams.fonts import SHIPPED, Fonts
from pathways.diagrams.layout import Point
from pathways.diagrams.theme import DEFAULT_THEME, Theme

CORNER = 6.0
"""Radius of the bends of a line, in points."""

HEAD_SHARE = 0.42
"""Half the width of an arrowhead, as a share of its length."""

DASHES: dict[Dash, str] = {"solid": "", "dashed": "5 3", "dotted": "1.5 3"}
CHARACTERS_XML_FORBIDS = {code: None for code in range(32) if code not in (9, 10, 13)}
INSIDE_CARDS = frozenset({"card", "oval", "label"})


def to_svg(sheet: Sheet, theme: Theme, fonts: Fonts = SHIPPED, *, embed_font: bool = False) -> str:
    """Return a sheet as SVG.

    Args:
        sheet: The picture.
        theme: The look; gives the colours in the dark.
        fonts: Gives the names of the fonts.
        embed_font: Whether the font goes into the file, for devices that have none of its width.

    Returns:
        SVG, always well-formed; the same sheet gives the same text.
    """
    return _Writer(sheet, theme, fonts, embed_font=embed_font).text()


class _Writer:
    """Writes one picture."""

    def __init__(self, sheet: Sheet, theme: Theme, fonts: Fonts, *, embed_font: bool) -> None:
        self.sheet = sheet
        self.theme = theme
        self.fonts = fonts
        self.embed_font = embed_font

    def text(self) -> str:
        sheet = self.sheet
        width, height = number(sheet.width), number(sheet.height)
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            self.start_tag(width, height),
            f'<title id="{sheet.id}-title">{_plain(sheet.title)}</title>',
            f'<desc id="{sheet.id}-words">{_plain(sheet.description)}</desc>',
            *self.style(),
            f'<rect class="background" width="{width}" height="{height}" fill="{sheet.background}"/>',
        ]
        over = [block for block in sheet.blocks if block.part in INSIDE_CARDS]
        under = [block for block in sheet.blocks if block.part not in INSIDE_CARDS]
        for block in under:
            lines += self.block(block)
        lines += self.wires()
        for block in over:
            lines += self.block(block)
        return "\n".join([*lines, "</svg>", ""])

    def start_tag(self, width: str, height: str) -> str:
        sheet = self.sheet
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{sheet.id}" width="{width}pt" height="{height}pt" '
            f'viewBox="0 0 {width} {height}" role="img" lang="{escape(sheet.language)}" '
            f'aria-labelledby="{sheet.id}-title" aria-describedby="{sheet.id}-words" '
            f'font-family="{escape(self.fonts.css)}" style="max-width:100%;height:auto">'
        )

    def style(self) -> Iterable[str]:
        rules = []
        if self.embed_font:
            from pathways.diagrams.fonts import embedded_css

            rules.append(embedded_css())
        if self.theme.name == DEFAULT_THEME:
            tagged = any(block.part == "tag" for block in self.sheet.everything())
            rules.append(dark_rules(self.sheet.id, tagged=tagged))
        if rules:
            yield f"<style>{''.join(rules)}</style>"

    def wires(self) -> Iterable[str]:
        """Write every line, then every arrowhead: a head is never under another line."""
        yield '<g class="ways" fill="none">'
        for wire in self.sheet.wires:
            path = curve_path(wire.points) if wire.curved else line_path(wire.points)
            dash = DASHES[wire.dash]
            dashes = f' stroke-dasharray="{dash}"' if dash else ""
            yield (
                f'<path id="{self.sheet.id}-w-{identifier(wire.name)}" class="{_classes("way", wire.mark)}" '
                f'd="{path}" stroke="{wire.colour}" stroke-width="{number(wire.width)}"{dashes}/>'
            )
        yield "</g>"
        for wire in self.sheet.wires:
            yield self.arrow(wire)

    def arrow(self, wire: Wire) -> str:
        x, y = wire.points[-1]
        half = wire.head * HEAD_SHARE + max(0.0, wire.width - 2) * 0.6
        left, right, top = number(x - half), number(x + half), number(y - wire.head)
        points = f"{number(x)},{number(y)} {left},{top} {right},{top}"
        return f'<polygon class="{_classes("arrow", wire.mark)}" points="{points}" fill="{wire.colour}"/>'

    def block(self, block: Block) -> Iterable[str]:
        """Write a block with its texts and what is in it, moved to its place."""
        yield f"<g{self.attributes(block)}>"
        if block.shape != "none":
            yield self.shape(block)
        for text in block.texts:
            yield self.line_of_text(text)
        for inner in block.inner:
            yield from self.block(inner)
        yield "</g>"

    def attributes(self, block: Block) -> str:
        classes = _classes(block.part, *block.classes, f"paint-{block.role}" if block.role else "")
        parts = [f' class="{classes}"']
        if block.part in PREFIX and block.name:
            parts.insert(0, f' id="{self.sheet.id}-{PREFIX[block.part]}-{identifier(block.name)}"')
        if block.x or block.y:
            parts.append(f' transform="translate({number(block.x)} {number(block.y)})"')
        if block.part == "card":
            parts.append(f' role="group" aria-label="{_attribute(said(block))}"')
        return "".join(parts)

    def shape(self, block: Block) -> str:
        looks = f' fill="{block.fill}"' if block.fill else ' fill="none"'
        if block.border:
            looks += f' stroke="{block.border}" stroke-width="{number(block.border_width)}"'
            looks += f' stroke-dasharray="{DASHES[block.dash]}"' if DASHES[block.dash] else ""
        if block.shape == "hexagon":
            points = " ".join(f"{number(x)},{number(y)}" for x, y in block.at(0, 0).outline)
            return f'<polygon points="{points}" stroke-linejoin="round"{looks}/>'
        radius = block.radius or min(block.width, block.height) / 2
        return (
            f'<rect width="{number(block.width)}" height="{number(block.height)}" '
            f'rx="{number(radius)}"{looks}/>'
        )

    def line_of_text(self, text: Text) -> str:
        anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
        weight = ' font-weight="bold"' if text.bold else ""
        struck = ' text-decoration="line-through"' if text.struck else ""
        return (
            f'<text class="{text.ink}" x="{number(text.x)}" y="{number(text.y)}" '
            f'font-size="{number(text.size)}"{weight}{anchor}{struck} fill="{text.colour}">'
            f"{_plain(text.text)}</text>"
        )


PREFIX = {"card": "s", "frame": "p", "oval": "o", "label": "l", "alarm": "a"}


def said(block: Block) -> str:
    """Return everything a block says, in reading order."""
    first = [inner for inner in block.inner if inner.part in {"number", "tag"}]
    rest = [inner for inner in block.inner if inner not in first]
    words = [each for inner in first for each in _own(inner)]
    words += _own(block)
    words += [said(inner) for inner in rest]
    return " ".join(words)


def _own(block: Block) -> list[str]:
    return [text.text for text in block.texts]


def line_path(points: tuple[Point, ...]) -> str:
    """Return a right-angled line with round bends as the data of a path.

    Example:
        >>> line_path(((0, 0), (0, 20), (30, 20)))
        'M0 0V14Q0 20 6 20H30'
    """
    pieces = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for index in range(1, len(points) - 1):
        before, here, after = points[index - 1], points[index], points[index + 1]
        radius = min(CORNER, _length(before, here) / 2, _length(here, after) / 2)
        pieces.append(_straight(before, _towards(here, before, radius)))
        end = _towards(here, after, radius)
        pieces.append(f"Q{number(here[0])} {number(here[1])} {number(end[0])} {number(end[1])}")
    pieces.append(_straight(points[-2], points[-1]))
    return "".join(pieces)


def _straight(begin: Point, end: Point) -> str:
    if begin[0] == end[0]:
        return f"V{number(end[1])}"
    if begin[1] == end[1]:
        return f"H{number(end[0])}"
    return f"L{number(end[0])} {number(end[1])}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(here: Point, there: Point, distance: float) -> Point:
    """Return the point so far from here on the way to there."""
    length = _length(here, there) or 1.0
    share = distance / length
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


def curve_path(points: tuple[Point, ...]) -> str:
    """Return a Bezier curve as the data of a path."""
    flat = [f"{number(x)} {number(y)}" for x, y in points]
    return f"M{flat[0]}C{' '.join(flat[1:])}"


def number(value: float) -> str:
    """Return a number with at most two digits after the point, and none it does not need.

    Example:
        >>> number(12.0), number(0.333), number(-0.0001)
        ('12', '0.33', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _plain(text: str) -> str:
    return escape(text.translate(CHARACTERS_XML_FORBIDS), quote=False)


def _attribute(text: str) -> str:
    return escape(text.translate(CHARACTERS_XML_FORBIDS))


def _classes(*names: str | None) -> str:
    return " ".join(filter(None, names))
