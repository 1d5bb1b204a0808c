"""Colours of handouts; what a thing is always stands in words as well.

The pale fills and dark borders of the pictures: text on every fill has a contrast of at least 4.5 to 1,
borders at least 3 to 1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11), held by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pathways.diagrams.theme import DEFAULT_THEME, THEMES, Role
from pathways.handouts.blocks import NoticeKind
from pathways.model.badges import Badge

INK = "#17212B"
RULE = "#7A8590"
SHADE = "#F2F4F6"

Pair = tuple[str, str]
"""A fill, and a colour for borders and words on it."""


def _paint(role: Role) -> Pair:
    paint = THEMES[DEFAULT_THEME].paints[role]
    return paint.fill, paint.border


NOTICES: Mapping[NoticeKind, Pair] = MappingProxyType(
    {
        "emergency": _paint("urgent"),
        "urgent": _paint("decision"),
        "caution": _paint("caution"),
        "note": _paint("test"),
    }
)

BADGES: Mapping[Badge | None, Pair] = MappingProxyType(
    {
        "supported": _paint("treat"),
        "mixed": _paint("decision"),
        "advised_against": _paint("caution"),
        "experimental": _paint("caution"),
        "no_guideline_found": _paint("end"),
        "seed_only": _paint("end"),
        None: _paint("end"),
    }
)
