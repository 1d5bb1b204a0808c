"""How much of a pathway is translated, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.model.pathway import ResolvedPathway
from pathways.translation.files import library_translations, own_translations, translations_for
from pathways.translation.texts import Shown, library_texts, shown_texts


@dataclass(frozen=True, slots=True)
class Missing:
    """A text that is shown in English, because it has no translation that can be shown.

    Args:
        text: The text and where it stands.
        why: Why its translation cannot be shown; empty when there is none.
    """

    text: Shown
    why: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a pathway, or of the library, is translated.

    Args:
        pathway: Name of the pathway.
        language: The language.
        texts: How many different texts patients can see.
        missing: Those without a translation, each once, where it stands first.
        orphans: English texts in the files of translations that stand nowhere any more.
    """

    pathway: str
    language: str
    texts: int
    missing: tuple[Missing, ...]
    orphans: tuple[str, ...] = ()

    @property
    def translated(self) -> int:
        """How many different texts are translated."""
        return self.texts - len(self.missing)


def missing(pathway: ResolvedPathway, language: str) -> tuple[Missing, ...]:
    """Return the texts of a pathway that would be shown in English.

    Args:
        pathway: The pathway, in English.
        language: The language, such as ``es``.

    Raises:
        UnknownNameError: There is no such language.
        PathwayError: A file of translations beside the pathway cannot be read.
    """
    found = translations_for(pathway, language)
    texts = {each.text: each for each in reversed(shown_texts(pathway))}
    return tuple(
        Missing(each, found.unusable.get(text, ""))
        for text, each in reversed(texts.items())
        if text not in found.known
    )


def coverage(pathway: ResolvedPathway, language: str) -> Coverage:
    """Return how much of a pathway is translated.

    Args:
        pathway: The pathway, in English.
        language: The language, such as ``es``.

    Returns:
        Orphans are looked for in the translations beside a user's file alone; what ships belongs to
        the library as a whole (:func:`library_orphans`).

    Raises:
        UnknownNameError: There is no such language.
        PathwayError: A file of translations beside the pathway cannot be read.

    Example:
        >>> from pathways.reading.load import load
        >>> coverage(load("safety"), "es").texts > 100
        True
    """
    texts = {each.text for each in shown_texts(pathway)}
    own = own_translations(pathway, language)
    orphans = {*own.known, *own.unusable} - library_texts([pathway]) if own else ()
    left = missing(pathway, language)
    return Coverage(pathway.id, language, len(texts), left, tuple(sorted(orphans)))


def library_orphans(pathways: Sequence[ResolvedPathway], language: str) -> tuple[str, ...]:
    """Return the English texts in the translations that ship that stand nowhere in the library.

    Args:
        pathways: Every pathway of the library.
        language: The language, such as ``es``.

    Raises:
        UnknownNameError: There is no such language.
    """
    found = library_translations(language)
    return tuple(sorted({*found.known, *found.unusable} - library_texts(pathways)))
