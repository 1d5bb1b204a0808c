"""Further fonts from a folder, measured for characters the shipped font does not have.

fontTools opens the files; it is loaded when the first folder is read.
"""

from __future__ import annotations

import logging
import stat
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pathways.diagrams.fonts.families import ANY_OTHER, SAME_WIDTHS, Fonts
from pathways.diagrams.fonts.measure import UNITS, Measures, Widths, shipped_measures
from pathways.diagrams.fonts.tables import UnfitError, advances_of, family_of
from pathways.errors import DrawingError, printable

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ENDINGS = frozenset({".ttf", ".otf", ".ttc", ".otc"})
WANTED = "give a folder with .ttf, .otf, .ttc or .otc files"
MOST_FILES = 50
MOST_IN_A_FILE = 64
LARGEST_FILE = 60_000_000
THICKENED = UNITS // 24
"""Added to each width where a font is lighter than wanted, and a program thickens it.

FreeType makes letters it thickens up to a 24th of their size wider, other programs less or not at all.
"""

REGULAR, BOLD = 400, 700
_NOT_PRINTED = logging.NullHandler()
"""What fontTools finds odd in a font goes to whoever listens, not to the terminal."""

_COLLECTION = b"ttcf"
_FIRST_BYTES = frozenset({b"\x00\x01\x00\x00", b"OTTO", b"true", _COLLECTION})
"""Nothing compressed is read: it could be far larger than its file."""


@dataclass(frozen=True, slots=True)
class _Face:
    """One font of a file, as its names and its style say."""

    file: Path
    number: int
    family: str
    weight: int
    stretch: int
    slanted: bool

    def distance(self, weight: int) -> tuple[int, bool, int, int]:
        """Say how far this is from upright in a weight, as browsers see it (CSS Fonts 4, 5.2)."""
        if weight == BOLD:
            side = int(self.weight < BOLD)
        else:
            side = 0 if 400 <= self.weight <= 500 else 1 if self.weight < 400 else 2
        return abs(self.stretch - 5), self.slanted, side, abs(self.weight - weight)


def fonts_in(folder: str | Path) -> Fonts:
    """Return the shipped font and all fonts of a folder, for the characters it does not have.

    Files end in ``.ttf``, ``.otf``, ``.ttc`` or ``.otc``; folders inside are not looked into. Families
    stand in the order of the names of their files. In a text with a character the shipped font does
    not have, each character counts as wide as it is in the widest font that has it: browsers take the
    first font for each character, but Typst any one that has it, and rather one for the whole line.

    Args:
        folder: The folder.

    Returns:
        The fonts; the folder is among their ``folders``.

    Raises:
        DrawingError: There is no such folder, or no font in it, or too many; or a file cannot be
            read, is too large, or is broken. The message names it and says what to do.

    Example:
        >>> from pathways.diagrams.fonts import FONT_FOLDER
        >>> fonts_in(FONT_FOLDER).families
        ('Arimo', 'Liberation Sans', 'Arial', 'Helvetica', 'sans-serif')
        >>> fonts_in("no-such-folder")
        Traceback (most recent call last):
        pathways.errors.DrawingError: there is no folder 'no-such-folder'; give a folder with .ttf, .otf, .ttc or .otc files
    """
    families = _families(face for file in _files(Path(folder)) for face in _faces(file))
    regular, bold = (
        dict(widths.characters) for widths in (shipped_measures().regular, shipped_measures().bold)
    )
    for faces in families.values():
        _add(regular, bold, faces)
    own = {name.casefold() for name in (*SAME_WIDTHS, ANY_OTHER)}
    names = [faces[0].family for name, faces in families.items() if name not in own]
    return Fonts(
        families=(*SAME_WIDTHS, *names, ANY_OTHER),
        folders=(Path(folder).absolute(),),
        digest=sha256(ascii((regular, bold)).encode()).hexdigest(),
        measures=Measures(Widths(regular), Widths(bold)),
    )


def _files(folder: Path) -> list[Path]:
    """Return the files of fonts in a folder, by name."""
    try:
        files = sorted(filter(_is_wanted, folder.iterdir()))
    except FileNotFoundError:
        raise DrawingError(printable(f"there is no folder '{folder}'; {WANTED}")) from None
    except NotADirectoryError:
        raise DrawingError(printable(f"'{folder}' is no folder; {WANTED}")) from None
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        why = getattr(error, "strerror", None) or error
        raise DrawingError(
            printable(f"the folder '{folder}' cannot be read ({why}); mend that, or {WANTED}")
        ) from error
    if not files:
        raise DrawingError(printable(f"there is no font in the folder '{folder}'; {WANTED}"))
    if len(files) > MOST_FILES:
        raise DrawingError(
            printable(f"the folder '{folder}' has {len(files)} fonts, more than {MOST_FILES}; ")
            + "give a folder with only those that the texts need"
        )
    return files


def _is_wanted(file: Path) -> bool:
    """Return whether a file is a font by its name; macOS puts other data into files named ``._``."""
    return file.suffix.lower() in ENDINGS and not file.name.startswith("._") and not file.is_dir()


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """Open a font; whatever is wrong with it becomes an error that names it."""
    try:
        _check(file)
        with file.open("rb") as opened:
            yield opened
    except OSError as error:
        raise _refusal(file, f"cannot be read ({error.strerror or error})") from error
    except UnfitError as error:
        raise _refusal(file, str(error)) from error
    except Exception as error:  # a broken font can provoke any
        raise _refusal(file, f"is broken ({type(error).__name__}: {error})") from error


def _check(file: Path) -> None:
    """Refuse what should not even be opened: a device or a pipe could go on for ever."""
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnfitError("is no plain file")
    if status.st_size > LARGEST_FILE:
        size, most = status.st_size // 1_000_000, LARGEST_FILE // 1_000_000
        raise UnfitError(f"has {size} megabytes, more than {most}")


def _refusal(file: Path, why: str) -> DrawingError:
    return DrawingError(
        printable(
            f"the font '{file}' {why}; take it out of the folder, or put another in its place"
        )
    )


def _faces(file: Path) -> list[_Face]:
    """Return the fonts of a file: one, or those of a collection."""
    with _opened(file) as opened:
        begin = opened.read(4)
        if begin not in _FIRST_BYTES:
            raise UnfitError("is no TrueType or OpenType font")
        count = struct.unpack(">4xI", opened.read(8))[0] if begin == _COLLECTION else 1
        if count > MOST_IN_A_FILE:
            raise UnfitError(f"has {count} fonts in it, more than {MOST_IN_A_FILE}")
        return [_face(file, number, _font(opened, number)) for number in range(count)]


def _font(opened: BinaryIO, number: int) -> TTFont:
    """Return one font of a file; its tables are read when they are asked for."""
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").addHandler(_NOT_PRINTED)
    font = TTFont(opened, fontNumber=number, lazy=True)
    end = opened.seek(0, SEEK_END)
    if any(table.offset + table.length > end for table in font.reader.tables.values()):
        raise UnfitError("is cut off: it ends before its tables do")
    return font


def _face(file: Path, number: int, font: TTFont) -> _Face:
    """Read name and style of a font."""
    flags = font["head"].macStyle
    weight, stretch, slanted = BOLD if flags & 1 else REGULAR, 5, flags & 2
    if "OS/2" in font:
        style = font["OS/2"]
        weight, stretch = style.usWeightClass, style.usWidthClass
        slanted |= style.fsSelection & 1
    return _Face(file, number, family_of(font), weight, stretch, bool(slanted))


def _families(faces: Iterable[_Face]) -> dict[str, list[_Face]]:
    """Put the fonts of a family together; case does not count in names."""
    families: dict[str, list[_Face]] = {}
    for face in faces:
        families.setdefault(face.family.casefold(), []).append(face)
    return families


def _add(regular: dict[str, int], bold: dict[str, int], faces: list[_Face]) -> None:
    """Add the widths of a family in both styles: of the nearest font, filled up from the other."""
    plain = min(faces, key=lambda face: face.distance(REGULAR))
    heavy = min(faces, key=lambda face: face.distance(BOLD))
    of_plain = _advances(plain)
    of_heavy = of_plain if heavy == plain else _advances(heavy)
    _widen(regular, {**of_heavy, **_thickened(of_plain, plain, REGULAR)})
    _widen(bold, {**_thickened(of_plain, plain, BOLD), **_thickened(of_heavy, heavy, BOLD)})


def _advances(face: _Face) -> dict[str, int]:
    """Return the width of every character of a font."""
    with _opened(face.file) as opened:
        return advances_of(_font(opened, face.number))


def _thickened(advances: dict[str, int], face: _Face, weight: int) -> Mapping[str, int]:
    """Return widths with what a program may add where the font is lighter than wanted."""
    if face.weight >= weight:
        return advances
    return {character: advance + THICKENED for character, advance in advances.items()}


def _widen(widths: dict[str, int], others: Mapping[str, int]) -> None:
    """Take over widths; of two for one character, the larger."""
    widths |= {each: width for each, width in others.items() if width > widths.get(each, -1)}
