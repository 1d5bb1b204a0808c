"""Days as each language writes them."""

from __future__ import annotations

import datetime as dt

from pathways.language.messages import ENGLISH, LANGUAGES, spoken


def stamp(date: str) -> str:
    """Return the day of a version as it is printed small: in English as it is written, else in words.

    Args:
        date: As ISO 8601.

    Example:
        >>> stamp("2026-11-26")
        '2026-11-26'
    """
    return date if spoken() == ENGLISH else date_words(date)


def date_words(date: str) -> str:
    """Return a day, month or year in the language that is spoken now.

    Args:
        date: As ISO 8601: ``2026-11-26``, ``2026-11`` or ``2026``.

    Example:
        >>> date_words("2026-11-26"), date_words("2026-11")
        ('November 26, 2026', 'November 2026')
    """
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return date
    # Imported here: most of what is said has no date in it.
    from babel.dates import format_date

    day = dt.date(*[*parts, 1][:3])
    language = spoken() if spoken() in LANGUAGES else ENGLISH
    if len(parts) == 2:
        return format_date(day, "LLLL 'de' y" if language == "es" else "LLLL y", locale=language)
    return format_date(day, "long", locale=language)
