"""Translations that ship, and those beside a file of a user."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from pathways.errors import PathwayError
from pathways.language import known_language
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import forbidden_character
from pathways.reading.files import LIBRARY, is_file, read_file, shown_name

FOLDER = "translations"
_NAME = re.compile(r"\{\w*\}")


@dataclass(frozen=True, slots=True)
class Translations:
    """What texts are in another language.

    Args:
        language: The language.
        known: Each translation by its English text.
        unusable: English texts whose translation cannot be shown, each with the reason.
    """

    language: str
    known: Mapping[str, str]
    unusable: Mapping[str, str]


def library_translations(language: str) -> Translations:
    """Return the translations that ship.

    Args:
        language: The language, such as ``es``.

    Raises:
        UnknownNameError: There is no such language.

    Example:
        >>> library_translations("es").known["Heat"]
        'Calor'
    """
    return _read_folder(LIBRARY / FOLDER / known_language(language), language)


def own_translations(pathway: ResolvedPathway, language: str) -> Translations | None:
    """Return the translations beside the file of a pathway; None for one that ships, or has none.

    Args:
        pathway: The pathway.
        language: The language, such as ``es``.

    Raises:
        UnknownNameError: There is no such language.
        PathwayError: A file of translations cannot be read.
    """
    folder = _folder_of(pathway)
    if folder is None:
        return None
    found = folder / FOLDER / known_language(language)
    return _read_folder(found, language) if any(found.glob("*.po")) else None


def translations_for(pathway: ResolvedPathway, language: str) -> Translations:
    """Return what can be said of a pathway: its own translations, then those that ship.

    Args:
        pathway: The pathway.
        language: The language, such as ``es``.

    Raises:
        UnknownNameError: There is no such language.
        PathwayError: A file of translations cannot be read.
    """
    shipped = library_translations(language)
    own = own_translations(pathway, language)
    if own is None:
        return shipped
    known = {**shipped.known, **own.known}
    unusable = {**shipped.unusable, **own.unusable}
    left = {english: why for english, why in unusable.items() if english not in known}
    return Translations(language, known, left)


def _folder_of(pathway: ResolvedPathway) -> Path | None:
    """Return the folder of a user's file; None for the library and for text without a file."""
    own = (name for name, origin in pathway.origins.items() if origin == pathway.id)
    place = pathway.place_of("states", next(own, pathway.start))
    if place is None or not is_file(Path(place.file)):
        return None
    path = Path(place.file).resolve()
    return None if path.is_relative_to(LIBRARY) else path.parent


def _read_folder(folder: Path, language: str) -> Translations:
    paths = sorted(folder.glob("*.po"))
    contents = tuple((shown_name(each, each), read_file(each, str(each))) for each in paths)
    return _read(contents, language)


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[str, bytes], ...], language: str) -> Translations:
    known: dict[str, str] = {}
    unusable: dict[str, str] = {}
    for name, content in files:
        for english, said, why in _entries(name, content, language):
            if why:
                unusable.setdefault(english, why)
            elif said:
                known.setdefault(english, said)
    left = {english: why for english, why in unusable.items() if english not in known}
    return Translations(language, known, left)


def _entries(name: str, content: bytes, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield each English text of a file with its translation, and why that cannot be shown."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        found = read_po(BytesIO(content), locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise PathwayError(f"{name} is no file of translations that can be read: {error}") from None
    for each in found:
        if each.id and isinstance(each.id, str) and isinstance(each.string, str):
            yield each.id, each.string, _fault(each.id, each.string, fuzzy=each.fuzzy)


def _fault(english: str, said: str, *, fuzzy: bool) -> str:
    """Return why a translation must not be shown; empty when it may, or when there is none."""
    if not said:
        return ""
    if fuzzy:
        return "it is marked as fuzzy: the English text may have changed"
    if set(_NAME.findall(english)) != set(_NAME.findall(said)):
        return "the names in braces are not those of the English text"
    character = forbidden_character(said)
    return f"it has the character {character}" if character else ""
