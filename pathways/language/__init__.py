"""The lowest layer beside errors: fixed words and days in the language that is spoken now."""

from pathways.language.dates import date_words, stamp
from pathways.language.lists import chained, joined, joint, joints
from pathways.language.messages import (
    ENGLISH,
    LANGUAGES,
    UNTRANSLATED,
    filled,
    known_language,
    say,
    speaking,
    spoken,
)
from pathways.language.review import languages, translation_review, translation_words

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "UNTRANSLATED",
    "chained",
    "date_words",
    "filled",
    "joined",
    "joint",
    "joints",
    "known_language",
    "languages",
    "say",
    "speaking",
    "spoken",
    "stamp",
    "translation_review",
    "translation_words",
]
