"""Who has reviewed what is said in another language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from pathways.language.messages import ENGLISH, LANGUAGES, known_language, say, spoken

NOT_REVIEWED = "translation not reviewed"


@dataclass(frozen=True, slots=True)
class TranslationReview:
    """How far the translation into a language is reviewed.

    Args:
        language: Its tag.
        name: Its own name.
        status: ``original``, ``draft``, or ``reviewed`` when a named reviewer stands behind it.
        by: Who has reviewed it, or empty.
        on: When, as ISO 8601, or empty.
    """

    language: str
    name: str
    status: Literal["original", "draft", "reviewed"]
    by: str = ""
    on: str = ""


@cache
def translation_review(language: str) -> TranslationReview:
    """Return how far the translation into a language is reviewed.

    Args:
        language: A tag such as ``es``.

    Raises:
        UnknownNameError: There are no fixed words in it.

    Example:
        >>> translation_review("es").status
        'draft'
    """
    name = LANGUAGES[known_language(language)]
    if language == ENGLISH:
        return TranslationReview(language, name, "original")
    import yaml

    folder = files("pathways") / "library" / "translations" / language
    # Everything as text: the day, too.
    said = yaml.load((folder / "language.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
    by, on = str(said.get("by", "")), str(said.get("on", ""))
    # Nobody is taken for a reviewer who has no name.
    reviewed = said.get("status") == "reviewed" and by and on
    return TranslationReview(language, name, "reviewed" if reviewed else "draft", by, on)


def translation_words() -> str:
    """Return that the words spoken now are a translation nobody has reviewed; empty if not so.

    Example:
        >>> from pathways.language import speaking
        >>> with speaking("es"):
        ...     translation_words()
        'traducción no revisada'
    """
    language = spoken()
    if language not in LANGUAGES or translation_review(language).status != "draft":
        return ""
    return say(NOT_REVIEWED)


def languages() -> tuple[TranslationReview, ...]:
    """Return every language that can be spoken, with its name and how far it is reviewed.

    Example:
        >>> [each.name for each in languages()]
        ['English', 'Español']
    """
    return tuple(map(translation_review, LANGUAGES))
