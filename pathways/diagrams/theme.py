"""How pictures look: colours, borders, sizes. Kind is always shown by shape and words as well.

Pale fills with darkened borders of the Okabe-Ito hues: text on every fill has a contrast of at least
4.5 to 1, borders and lines at least 3 to 1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11); the tests
compute both. The theme ``print`` needs no colour at all.

Source of the hues: Okabe M, Ito K. Color Universal Design (2008), https://jfly.uni-koeln.de/color/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, assert_never

from pathways.diagrams.model import Box, Mark
from pathways.errors import UnknownNameError
from pathways.model.badges import Badge

Role = Literal["start", "decision", "test", "treat", "caution", "urgent", "open", "end", "link"]
LineStyle = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True, slots=True)
class Paint:
    """Fill and border of a shape; text on the border colour is ``on_border``."""

    fill: str
    border: str
    on_border: str = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a mark of an overlay looks: a line style, a width in points, a colour and words."""

    style: LineStyle
    width: float
    colour: str
    text_colour: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A look.

    Args:
        name: Name to choose it by.
        paints: Fill and border by role.
        marks: Line by mark of an overlay.
        background: Behind everything.
        text: Titles.
        detail: Smaller text.
        line: Arrows.
        frame_fill: Behind a phase.
        frame_border: Around a phase; decoration, so it needs no contrast.
        label_fill: Behind the label of an arrow.
        label_border: Around it.
        border_points: Width of a border, in points.
        urgent_points: Width of the border of urgent and emergency care, in points.

    Example:
        >>> theme("print").background
        '#FFFFFF'
    """

    name: str
    paints: Mapping[Role, Paint]
    marks: Mapping[Mark, MarkStyle]
    background: str = "#FFFFFF"
    text: str = "#17212B"
    detail: str = "#414B55"
    line: str = "#545F6B"
    frame_fill: str = "#F6F7F9"
    frame_border: str = "#CDD3D9"
    label_fill: str = "#FFFFFF"
    label_border: str = "#7A8590"
    border_points: float = 1.5
    urgent_points: float = 3.5


def role_of(box: Box) -> Role:
    """Return the role whose paint a box wears.

    Args:
        box: A box of a diagram.

    Example:
        >>> role_of(Box(name="review", number=1, kind="decision", title="Better?"))
        'decision'
    """
    if box.urgency is not None:
        return "urgent"
    match box.kind:
        case "clinical_state":
            return "start"
        case "decision":
            return "decision"
        case "options":
            return "open"
        case "link":
            return "link"
        case "end":
            return "end"
        case "action":
            return _role_of_action(box)
        case _:
            assert_never(box.kind)


def _role_of_action(box: Box) -> Role:
    if box.badge in {"advised_against", "experimental", "mixed"}:
        return role_of_badge(box.badge)
    return "test" if box.category == "test" else "treat"


def role_of_badge(badge: Badge | None) -> Role:
    """Return the role whose paint a verdict wears, on cards as in panels.

    Example:
        >>> role_of_badge("supported")
        'treat'
    """
    match badge:
        case "supported":
            return "treat"
        case "advised_against" | "experimental":
            return "caution"
        case "mixed":
            return "decision"
        case "no_guideline_found" | "seed_only" | None:
            return "end"
        case _:
            assert_never(badge)


DEFAULT_THEME = "default"

_DEFAULT = Theme(
    name=DEFAULT_THEME,
    paints=MappingProxyType(
        {
            "start": Paint("#F2F2F2", "#4A4A4A"),
            "decision": Paint("#FFF6D6", "#8A6A00"),
            "test": Paint("#E6F2FA", "#0068A6"),
            "treat": Paint("#E3F4EE", "#00785A"),
            "caution": Paint("#F9EAF3", "#9C3F75"),
            "urgent": Paint("#FCE8DF", "#B34700"),
            "open": Paint("#FFFFFF", "#5A5A5A"),
            "end": Paint("#F2F2F2", "#5A5A5A"),
            "link": Paint("#FFFFFF", "#2B3640"),
        }
    ),
    marks=MappingProxyType(
        {
            "here": MarkStyle("solid", 6.0, "#17212B"),
            "been": MarkStyle("solid", 4.0, "#0068A6"),
            "next": MarkStyle("dashed", 3.5, "#00785A"),
            "closed": MarkStyle("dotted", 1.5, "#6B6B6B", "#5A5A5A"),
            "focus": MarkStyle("solid", 5.0, "#735700"),
            "added": MarkStyle("solid", 4.0, "#00785A"),
            "removed": MarkStyle("dotted", 3.0, "#B34700", "#5A5A5A"),
            "changed": MarkStyle("dashed", 3.5, "#0068A6"),
        }
    ),
)

_WHITE = Paint("#FFFFFF", "#000000")

_PRINT = Theme(
    name="print",
    paints=MappingProxyType(
        {
            "start": _WHITE,
            "decision": _WHITE,
            "test": _WHITE,
            "treat": _WHITE,
            "caution": _WHITE,
            "urgent": _WHITE,
            "open": _WHITE,
            "end": Paint("#EDEDED", "#000000"),
            "link": _WHITE,
        }
    ),
    marks=MappingProxyType(
        {
            "here": MarkStyle("solid", 6.0, "#000000"),
            "been": MarkStyle("solid", 4.0, "#000000"),
            "next": MarkStyle("dashed", 3.5, "#000000"),
            "closed": MarkStyle("dotted", 1.5, "#595959", "#595959"),
            "focus": MarkStyle("solid", 5.0, "#000000"),
            "added": MarkStyle("solid", 4.0, "#000000"),
            "removed": MarkStyle("dotted", 3.0, "#000000", "#595959"),
            "changed": MarkStyle("dashed", 3.5, "#000000"),
        }
    ),
    text="#000000",
    detail="#000000",
    line="#000000",
    frame_fill="#FFFFFF",
    frame_border="#7F7F7F",
    label_border="#000000",
)

DARK = Theme(
    name="dark",
    paints=MappingProxyType(
        {
            "start": Paint("#2A3036", "#B9C1C9", "#14191E"),
            "decision": Paint("#38300F", "#E6C65C", "#14191E"),
            "test": Paint("#102B3D", "#79BFF0", "#14191E"),
            "treat": Paint("#0E3028", "#62D0AC", "#14191E"),
            "caution": Paint("#3B2032", "#EBA3C9", "#14191E"),
            "urgent": Paint("#43210F", "#FFA873", "#14191E"),
            "open": Paint("#191F25", "#AEB7C0", "#14191E"),
            "end": Paint("#2A3036", "#B9C1C9", "#14191E"),
            "link": Paint("#191F25", "#DCE2E8", "#14191E"),
        }
    ),
    marks=_DEFAULT.marks,
    background="#12171C",
    text="#F1F4F7",
    detail="#CBD2D9",
    line="#A3ADB7",
    frame_fill="#1A2027",
    frame_border="#3C4651",
    label_fill="#12171C",
    label_border="#8D98A3",
)
"""What browsers show in place of the default theme where the reader prefers the dark."""

THEMES: Mapping[str, Theme] = MappingProxyType({each.name: each for each in (_DEFAULT, _PRINT)})


def theme(name: str) -> Theme:
    """Return a theme by its name.

    Args:
        name: ``default`` or ``print``.

    Raises:
        UnknownNameError: No theme has that name.

    Example:
        >>> theme("default").name
        'default'
    """
    try:
        return THEMES[name]
    except KeyError:
        raise UnknownNameError("theme", name, THEMES) from None
