"""What is claimed of every finished sheet, each as a list of what speaks against it.

Nothing here uses ``drawing/geometry.py`` or the gate: lines are sampled, shapes worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pathways.diagrams.drawing.shapes import HEXAGON_NOTCH, Block, Sheet, Text
from pathways.diagrams.fonts import SHIPPED
from tests.layout.judge import Box, goes_through, sampled, share_area

SOLID = {"card", "oval", "label", "heading", "alarm", "row", "footer"}
LESS_THAN_LETTERS = 0.5
"""How far a measured text may leave its shape, in points."""


def wrong_with(sheet: Sheet) -> list[str]:
    """Return everything that is wrong with a sheet, in words."""
    return [*lines_through(sheet), *overlapping(sheet), *texts_outside(sheet), *outside(sheet)]


def area(block: Block) -> Box:
    """Return the box of a block that stands in the coordinates of the sheet."""
    return block.x, block.y, block.x + block.width, block.y + block.height


def called(block: Block) -> str:
    """Return what to call a block in a message."""
    return f"{block.part} {block.name or ' '.join(t.text for t in block.texts)[:40]}".strip()


def lines_through(sheet: Sheet) -> Iterator[str]:
    """Yield lines through cards, ovals, and labels of other lines."""
    for wire in sheet.wires:
        line = sampled(wire.points, curved=wire.curved)
        for block in sheet.blocks:
            if block.part not in SOLID or (block.part == "label" and block.name == wire.name):
                continue
            if goes_through(line, area(block)):
                yield f"line {wire.name} passes through {called(block)}"


def overlapping(sheet: Sheet) -> Iterator[str]:
    """Yield pairs of things that lie on each other."""
    solid = [block for block in sheet.blocks if block.part in SOLID | {"banner"}]
    for one, other in combinations(solid, 2):
        if share_area(area(one), area(other), slack=0.5):
            yield f"{called(one)} lies on {called(other)}"
    for around in sheet.everything():
        for one, other in combinations(around.inner, 2):
            if share_area(area(one), area(other), slack=0.5):
                yield f"in {called(around)}: {called(one)} lies on {called(other)}"


def texts_outside(sheet: Sheet) -> Iterator[str]:
    """Yield texts that leave their own shape, or lie on a block inside it."""
    for block in sheet.everything():
        for text in block.texts:
            corners = corners_of(text, block)
            if not all(_holds(block, x, y) for x, y in corners):
                yield f"'{text.text[:40]}' leaves {called(block)}"
            around = (*corners[0], *corners[2])
            for inner in block.inner:
                moved = inner.at(block.x + inner.x, block.y + inner.y)
                if share_area(around, area(moved)):
                    yield f"'{text.text[:40]}' lies on {called(moved)}"


def corners_of(text: Text, block: Block) -> tuple[tuple[float, float], ...]:
    """Return the corners of a text, measured anew, from its highest letters to its lowest."""
    width = SHIPPED.width(text.text, text.size, bold=text.bold)
    left = block.x + text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    base = block.y + text.y
    top, bottom = base - 0.73 * text.size, base + 0.21 * text.size
    return (left, top), (left + width, top), (left + width, bottom), (left, bottom)


def _holds(block: Block, x: float, y: float) -> bool:
    """Return whether a point is in a block; the sides of a hexagon run in from its two tips."""
    left, top, right, bottom = area(block)
    slack = LESS_THAN_LETTERS
    if not (left - slack <= x <= right + slack and top - slack <= y <= bottom + slack):
        return False
    if block.shape != "hexagon":
        return True
    half = block.height / 2
    inset = HEXAGON_NOTCH * abs(y - (top + half)) / half
    return left + inset - slack <= x <= right - inset + slack


def outside(sheet: Sheet) -> Iterator[str]:
    """Yield what leaves the sheet."""
    for block in sheet.everything():
        left, top, right, bottom = area(block)
        if left < -0.1 or top < -0.1 or right > sheet.width + 0.1 or bottom > sheet.height + 0.1:
            yield f"{called(block)} leaves the sheet"
    for wire in sheet.wires:
        for x, y in sampled(wire.points, curved=wire.curved):
            if not (0 <= x <= sheet.width and 0 <= y <= sheet.height):
                yield f"line {wire.name} leaves the sheet"
                break
