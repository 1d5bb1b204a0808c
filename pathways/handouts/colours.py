"""Colours of a page by day and in the dark, as custom properties of CSS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pathways.diagrams.drawing.contrast import contrast
from pathways.diagrams.theme import DARK, DEFAULT_THEME, THEMES
from pathways.errors import UnsafeTextError
from pathways.handouts.looks import BADGES, INK, NOTICES, RULE, SHADE, Pair

PAPER = "#FFFFFF"
LEAST_TEXT_CONTRAST = 4.5
LEAST_LINE_CONTRAST = 3.0

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_STEPS = 20
_EASY_CONTRAST = 6.0
"""What colours made for the dark have: more than they must, for thin letters seem thinner there."""


def is_colour(text: str) -> bool:
    """Return whether a text is a colour as six digits.

    Example:
        >>> is_colour("#005EB8"), is_colour("blue"), is_colour("#005EB8;}")
        (True, False, False)
    """
    return _COLOUR.fullmatch(text) is not None


def checked_colour(text: str, place: str) -> str:
    """Return a colour that may stand in a style sheet.

    Args:
        text: What is meant to be one.
        place: Where it stands, for the message.

    Raises:
        UnsafeTextError: It is none.
    """
    if not is_colour(text):
        raise UnsafeTextError(f"{place}: {text!r} is no colour; write six digits, such as #005EB8")
    return text


def lightened(colour: str, behind: str) -> str:
    """Return a colour as light as it must be for words on a dark ground.

    Args:
        colour: A colour as ``#rrggbb``.
        behind: The dark ground.

    Example:
        >>> lightened("#005EB8", "#12171C")
        '#669ED4'
    """
    parts = [int(colour[index : index + 2], 16) for index in (1, 3, 5)]
    for step in range(_STEPS + 1):
        mixed = [round(part + (255 - part) * step / _STEPS) for part in parts]
        found = "#" + "".join(f"{each:02X}" for each in mixed)
        if contrast(found, behind) >= _EASY_CONTRAST:
            return found
    return PAPER


def in_the_dark(pair: Pair) -> Pair:
    """Return what stands in the dark for a fill and a border of the usual look.

    Args:
        pair: A fill and a border.

    Example:
        >>> in_the_dark(NOTICES["emergency"])
        ('#43210F', '#FFA873')
    """
    for role, paint in THEMES[DEFAULT_THEME].paints.items():
        if (paint.fill, paint.border) == pair:
            return DARK.paints[role].fill, DARK.paints[role].border
    return DARK.frame_fill, DARK.text


def day_rules(accent: str) -> str:
    """Return the rules with the colours by day.

    Args:
        accent: Colour of headings and links, as ``#rrggbb``.
    """
    general = {"ink": INK, "paper": PAPER, "shade": SHADE, "rule": RULE, "accent": accent}
    return "\n".join([_rule(":root", general), *(_rule(*each) for each in _kinds(dark=False))])


def dark_rules(accent: str) -> str:
    """Return the rules with the colours in the dark.

    Args:
        accent: Colour of headings and links by day, as ``#rrggbb``.
    """
    general = {
        "ink": DARK.text,
        "paper": DARK.background,
        "shade": DARK.frame_fill,
        "rule": DARK.label_border,
        "accent": lightened(accent, DARK.frame_fill),
    }
    return "\n".join([_rule(":root", general), *(_rule(*each) for each in _kinds(dark=True))])


def _kinds(*, dark: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each kind of box and badge with its colours."""
    pairs = {f".notice-{kind}": pair for kind, pair in NOTICES.items()}
    pairs |= {f".badge-{kind or 'none'}": pair for kind, pair in BADGES.items()}
    for selector, pair in pairs.items():
        fill, border = in_the_dark(pair) if dark else pair
        yield selector, {"fill": fill, "border": border}


def _rule(selector: str, colours: dict[str, str]) -> str:
    body = " ".join(f"--{name}: {colour};" for name, colour in colours.items())
    return f"{selector} {{ {body} }}"
