"""Sizes of type and room on paper for each profile of a handout.

Nothing in clear print is smaller than 12 points, nothing in large print smaller than 16: text, notes,
numbers of pages and pictures alike.

Source: UK Association for Accessible Formats, Minimum Standards for Clear and Large Print (MS03, G003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pathways.diagrams.profiles import paper
from pathways.errors import UnknownNameError

PROFILE_NAMES: Mapping[str, str] = MappingProxyType(
    {"standard": "clinician", "clear-print": "clear-print", "large-print": "large-print"}
)
"""What a handout's profile is called, and the profile of pictures with the same sizes of type."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes for one profile on one paper, in points.

    Args:
        body: Size of text.
        small: Size of notes, sources, head and foot of the page.
        headings: Sizes of headings, from the title of the handout (level 1) down to level 4.
        leading: Distance between lines as a multiple of the size of type.
        side: White edge on the left and the right.
        margin: White edge above and below.
        foot: Room for the foot of the page, within the margin.
    """

    body: float
    small: float
    headings: tuple[float, float, float, float]
    leading: float
    side: float
    margin: float
    foot: float


_SIZES: Mapping[str, Sizes] = MappingProxyType(
    {
        "standard": Sizes(10.5, 9, (18, 13.5, 12, 10.5), 1.25, 48, 48, 44),
        "clear-print": Sizes(12.5, 12, (21, 16, 14, 12.5), 1.25, 45, 45, 56),
        "large-print": Sizes(17, 16, (24, 20, 18, 17), 1.3, 40, 45, 72),
    }
)


def sizes(profile: str) -> Sizes:
    """Return the sizes of a profile.

    Args:
        profile: ``standard``, ``clear-print`` or ``large-print``.

    Raises:
        UnknownNameError: No profile has that name.

    Example:
        >>> sizes("large-print").small
        16
    """
    if profile not in _SIZES:
        raise UnknownNameError("profile of handouts", profile, _SIZES)
    return _SIZES[profile]


@dataclass(frozen=True, slots=True)
class Room:
    """The room for text on a page, in points.

    Args:
        width: Between the margins.
        height: Between the head and the foot of the page.
    """

    width: float
    height: float


def room(profile: str, paper_name: str) -> Room:
    """Return the room for text on a page.

    Args:
        profile: ``standard``, ``clear-print`` or ``large-print``.
        paper_name: ``a4`` or ``letter``.

    Raises:
        UnknownNameError: There is no such profile or paper.

    Example:
        >>> room("clear-print", "a4").width > 480
        True
    """
    found, sheet = sizes(profile), paper(paper_name)
    return Room(sheet.width - 2 * found.side, sheet.height - 2 * found.margin - found.foot)
