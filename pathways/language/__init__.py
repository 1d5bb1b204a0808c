"""The lowest layer beside errors: fixed words and days in the language that is spoken now."""

from pathways.language.dates import date_words
from pathways.language.messages import LANGUAGES, known_language, say, speaking, spoken

__all__ = ["LANGUAGES", "date_words", "known_language", "say", "speaking", "spoken"]
