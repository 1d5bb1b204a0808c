"""Whom a picture must be legible for: sizes of type, cards on a page, paper.

Clear print asks for 12 points or more for every text, large print for 16 or more. How many cards a
page holds at those sizes was measured on pathways of 6 to 120 steps.

Sources: UK Association for Accessible Formats, Minimum Standards for Clear and Large Print (MS03,
G003); UK government, Accessible communication formats. ISO 216 (A4) and ANSI Y14.1 (Letter).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pathways.conditions.scope import Reader
from pathways.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, in points.

    Args:
        name: Name to choose it by.
        width: In points.
        height: In points.
        margin: White edge on every side, in points.
    """

    name: str
    width: float
    height: float
    margin: float = 30.0

    @property
    def inner_width(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def inner_height(self) -> float:
        """Height between the margins."""
        return self.height - 2 * self.margin


@dataclass(frozen=True, slots=True)
class Profile:
    """Sizes of type, and what a picture must pass.

    Args:
        name: Name to choose it by.
        title: Size of the titles of cards, in points.
        detail: Size of details and labels, in points.
        small: Size of badges and notes, in points.
        heading: Size of the title of a picture, in points.
        least: Smallest size that may reach the reader's eye, in points; 0 on a screen, where one
            zooms.
        most_cards: Most cards a page holds; None: no limit.
        card_widths: Widths of cards, in points, the widest first: what does not fit a page with one
            tries the next.
        reader: Whose words it usually shows.
    """

    name: str
    title: float
    detail: float
    small: float
    heading: float
    least: float
    most_cards: int | None
    card_widths: tuple[float, float, float, float]
    reader: Reader


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {each.name: each for each in (Paper("a4", 595.28, 841.89), Paper("letter", 612.0, 792.0))}
)

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        each.name: each
        for each in (
            Profile("screen", 12, 10.5, 9, 17, 0, None, (212, 212, 212, 212), "clinician"),
            Profile("clinician", 12, 10.5, 9, 15, 9, 8, (250, 236, 196, 160), "clinician"),
            Profile("clear-print", 14, 12, 12, 17, 12, 7, (330, 250, 205, 163), "patient"),
            Profile("large-print", 18, 16, 16, 20, 16, 4, (490, 250, 228, 206), "patient"),
        )
    }
)

SCREEN = PROFILES["screen"]
PRINT_PROFILES = tuple(name for name, each in PROFILES.items() if each.most_cards)


def paper(name: str) -> Paper:
    """Return a size of paper by its name.

    Args:
        name: ``a4`` or ``letter``.

    Raises:
        UnknownNameError: No paper has that name.

    Example:
        >>> paper("a4").inner_width > 500
        True
    """
    if name not in PAPERS:
        raise UnknownNameError("paper", name, PAPERS)
    return PAPERS[name]


def profile(name: str) -> Profile:
    """Return a profile by its name.

    Args:
        name: ``screen``, ``clinician``, ``clear-print`` or ``large-print``.

    Raises:
        UnknownNameError: No profile has that name.

    Example:
        >>> profile("large-print").least
        16
    """
    if name not in PROFILES:
        raise UnknownNameError("profile", name, PROFILES)
    return PROFILES[name]
