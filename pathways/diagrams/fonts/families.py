"""The fonts a picture is measured with, as one value: their names, their folders, their widths."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from pathways.diagrams.characters import clean
from pathways.diagrams.fonts.measure import UNITS, Measures, Widths, break_lines, shipped_measures
from pathways.errors import DrawingError, UnsafeTextError, printable

FAMILY = "Arimo"
SAME_WIDTHS = (FAMILY, "Liberation Sans", "Arial", "Helvetica")
"""The first three have the same widths, Helvetica nearly."""

ANY_OTHER = "sans-serif"
LONGEST_NAME = 80
UNSAFE_IN_NAMES = frozenset("'\"\\<>&;,{}")
"""What could end a name in a style sheet or in XML."""

_UNQUOTED = frozenset({FAMILY, "Arial", "Helvetica", ANY_OTHER})
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_JOINING = (
    range(0x1100, 0x1200),  # Hangul letters that make no whole syllable
    range(0x1800, 0x18B0),  # Mongolian
    range(0xA840, 0xA880),  # Phags-pa
    range(0xA960, 0xA980),  # Hangul letters
    range(0xD7B0, 0xD800),  # Hangul letters
)
"""Letters that change with their neighbours without being marks or running from right to left."""


def is_safe_name(family: str) -> bool:
    """Return whether a name of a family can stand between quotes in a style sheet and in XML.

    Example:
        >>> is_safe_name("M+ 1p (VF)"), is_safe_name("x'; fill: url(evil)")
        (True, False)
    """
    return (
        0 < len(family) <= LONGEST_NAME
        and family == family.strip()
        and family.isprintable()
        and UNSAFE_IN_NAMES.isdisjoint(family)
    )


@dataclass(frozen=True, slots=True)
class Fonts:
    """Fonts in the order in which a character is looked for; equal when they measure the same.

    Args:
        families: Names of families for a style sheet, first to last.
        folders: Folders that a drawing library must load, besides the shipped one.
        digest: Stands for the widths of the fonts in the folders.
        measures: Widths for texts with a character the shipped font does not have, if there are any.

    Raises:
        DrawingError: A name of a family could do harm in a style sheet.
    """

    families: tuple[str, ...] = (*SAME_WIDTHS, ANY_OTHER)
    folders: tuple[Path, ...] = ()
    digest: str = ""
    measures: Measures | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for family in self.families:
            if not is_safe_name(family):
                raise DrawingError(
                    printable(
                        f"'{family[:LONGEST_NAME]}' cannot be the name of a font in a picture; "
                    )
                    + "use a font with a plain name"
                )

    @property
    def css(self) -> str:
        """The families as they stand in the attribute ``font-family``.

        Example:
            >>> SHIPPED.css
            "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif"
        """
        return ", ".join(
            family if family in _UNQUOTED else f"'{family}'" for family in self.families
        )

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how wide one line of text is.

        Args:
            text: The text; every character must be in the fonts (:meth:`safe`).
            size: Size of type, in points.
            bold: Whether it is set in bold.

        Returns:
            The width in points.

        Example:
            >>> round(SHIPPED.width("Back pain", 12), 1)
            52.7
        """
        return self._widths(text, bold=bold)[text] * size / UNITS

    def safe(self, text: str, place: str) -> str:
        """Return text as a picture can show it: clean, and of characters whose width is known.

        Args:
            text: Any text.
            place: Where it stands, in words of the file, for the message: ``title of step 3``.

        Returns:
            The text as :func:`pathways.diagrams.characters.clean` makes it.

        Raises:
            UnsafeTextError: A character cannot be shown; the message names it and its place.

        Example:
            >>> SHIPPED.safe("Douleur aiguë", "title of step 3")
            'Douleur aiguë'
            >>> SHIPPED.safe("痛", "title of step 3")
            Traceback (most recent call last):
            pathways.errors.UnsafeTextError: title of step 3: the character '痛' U+75DB (CJK UNIFIED IDEOGRAPH-75DB) is not in the font of the pictures; write it in Latin, Greek or Cyrillic letters, or give a folder of fonts that has it
        """
        if text.isascii() and text.isprintable():
            return " ".join(text.split())
        cleaned = clean(text, place)
        shipped = shipped_measures().regular.characters
        known = self.measures.regular.characters if self.measures else shipped
        for character in cleaned:
            if character not in shipped and (joins(character) or character not in known):
                name = unicodedata.name(character, "no name")
                raise UnsafeTextError(
                    f"{place}: the character '{character}' U+{ord(character):04X} ({name}) "
                    f"{self._why_not(character)}"
                )
        return cleaned

    def wrap(
        self, text: str, width: float, size: float, *, bold: bool = False, even: bool = True
    ) -> list[str]:
        """Break text into lines, none wider than allowed.

        Lines break at spaces, and between Chinese or Japanese characters.

        Args:
            text: Text that can be shown (:meth:`safe`).
            width: Widest line, in points.
            size: Size of type, in points.
            bold: Whether it is set in bold.
            even: Whether lines are as narrow as their number allows, and so about equally wide,
                rather than each filled.

        Returns:
            The lines; a word too long for a line is broken. No text gives no line.

        Example:
            >>> SHIPPED.wrap("spreading to hips, thighs or knees", 130, 10.5)
            ['spreading to hips,', 'thighs or knees']
        """
        widths = self._widths(text, bold=bold)
        return break_lines(text, widths, width * UNITS / size, even=even)

    def _widths(self, text: str, *, bold: bool) -> Widths:
        """Return the widths a text is measured with: of the shipped font, when that has all of it."""
        measures = shipped_measures()
        if self.measures and not measures.regular.characters.keys() >= set(text):
            measures = self.measures
        return measures.bold if bold else measures.regular

    def _why_not(self, character: str) -> str:
        """Say why a character cannot be shown, and what to do."""
        letters = "write it in Latin, Greek or Cyrillic letters"
        if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
            return f"is read from right to left, which pictures cannot set; {letters}"
        if joins(character):
            return (
                f"joins the character beside it, which pictures cannot set; remove it, or {letters}"
            )
        if self.folders:
            folders = ", ".join(f"'{folder}'" for folder in self.folders)
            missing = (
                f"is not in the fonts of the pictures; {letters}, or put a font that has it into"
            )
            return printable(f"{missing} {folders}")
        return (
            f"is not in the font of the pictures; {letters}, or give a folder of fonts that has it"
        )


SHIPPED = Fonts()
"""The font beside this file, Arimo; its widths are read when they are first asked for."""


def joins(character: str) -> bool:
    """Return whether a character changes with those beside it, so that widths cannot be added up.

    That are all letters read from right to left, marks that no letter has built in, and letters of
    some scripts.

    Example:
        >>> [joins(character) for character in "aあ\u0301ا"]
        [False, False, True, True]
    """
    return (
        unicodedata.category(character)[0] == "M"
        or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
        or any(ord(character) in letters for letters in _JOINING)
    )
