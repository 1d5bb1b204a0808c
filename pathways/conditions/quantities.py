"""Numbers and their units as text: printing them plainly, comparing unit words."""

from __future__ import annotations

import re
from decimal import Decimal

from pathways.language import ENGLISH, say, spoken

MOST_DIGITS = 15
"""Numbers with so many digits are the same as text, as decimal and as a number of JSON."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
UNITS = {
    "MME per day": ("MME per day", "MME per day"),
    "days": ("day", "days"),
    "hours": ("hour", "hours"),
    "minutes": ("minute", "minutes"),
    "months": ("month", "months"),
    "pills": ("pill", "pills"),
    "points": ("point", "points"),
    "times": ("time", "times"),
    "visits": ("visit", "visits"),
    "weeks": ("week", "weeks"),
    "years": ("year", "years"),
}
"""Units that have words in other languages, one and many; further ones stay as they are."""
_PERCENT = frozenset({"%", "percent", "pct"})
# Endings of English words that look like a plural and are none: celsius, analysis, loss.
_NO_PLURAL = ("us", "is", "ss")
# Shorter words in -s are abbreviations (ms), shorter words in -ies are not plurals in -y (ties).
_SHORTEST_PLURAL = 3
_SHORTEST_IES = 5


def read_number(text: str) -> Decimal | None:
    """Return the number that a value of a file is, or None where it is none.

    Args:
        text: Plain digits, with a minus and a decimal point if need be; at most 15 digits.

    Example:
        >>> read_number("010"), read_number("-0.5"), read_number("1e3")
        (Decimal('10'), Decimal('-0.5'), None)
    """
    digits = sum(each.isdigit() for each in text)
    return Decimal(text) if _NUMBER.fullmatch(text) and digits <= MOST_DIGITS else None


def plain_number(value: Decimal) -> str:
    """Return a number in digits, without exponent and without needless zeros.

    Args:
        value: Any finite number.

    Example:
        >>> plain_number(Decimal("12.0")), plain_number(Decimal("1E+3")), plain_number(Decimal("0.50"))
        ('12', '1000', '0.5')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def is_percent(unit: str | None) -> bool:
    """Return whether a unit means percent, however it is written.

    Args:
        unit: ``%``, ``percent``, ``pct`` or anything else.

    Example:
        >>> is_percent("percent"), is_percent("weeks")
        (True, False)
    """
    return unit in _PERCENT


def singular(words: str) -> str:
    """Return an English noun phrase for one thing.

    Args:
        words: A phrase whose last word may be a plural.

    Example:
        >>> singular("weeks"), singular("therapies"), singular("mmHg"), singular("celsius")
        ('week', 'therapy', 'mmHg', 'celsius')
    """
    if len(words) < _SHORTEST_PLURAL or not words.endswith("s") or words.endswith(_NO_PLURAL):
        return words
    if words.endswith("ies") and len(words) >= _SHORTEST_IES:
        return f"{words[:-3]}y"
    return words[:-1]


def plural(words: str) -> str:
    """Return an English noun phrase for several things.

    Args:
        words: A phrase whose last word, or the last one before ``that``, may be a singular.

    Example:
        >>> plural("NSAID"), plural("physical therapy"), plural("medicines"), plural("biopsy day")
        ('NSAIDs', 'physical therapies', 'medicines', 'biopsy days')
        >>> plural("pill that can help")
        'pills that can help'
    """
    head, joint, tail = words.partition(" that ")
    if joint:
        return f"{plural(head)}{joint}{tail}"
    if words.endswith("s"):
        return words
    if words.endswith("y") and words[-2:-1] not in ("a", "e", "o", "u"):
        return f"{words[:-1]}ies"
    return f"{words}s"


def same_unit(left: str | None, right: str | None) -> bool:
    """Return whether two unit words mean the same unit.

    Singular and plural are the same, and so are ``%``, ``percent`` and ``pct``. Nothing is
    converted: days are not weeks.

    Args:
        left: A unit word, or None for a number without unit.
        right: Likewise.

    Example:
        >>> same_unit("week", "weeks"), same_unit("%", "percent"), same_unit("days", "weeks")
        (True, True, False)
    """
    if left is None or right is None:
        return left is right
    return singular(left) == singular(right) or (is_percent(left) and is_percent(right))


def with_unit(value: Decimal, unit: str | None) -> str:
    """Return a number together with its unit.

    Args:
        value: Any finite number.
        unit: Unit word in the plural, ``%`` or ``percent``; None, or ``count`` for mere counting.

    Example:
        >>> with_unit(Decimal(12), "weeks"), with_unit(Decimal(1), "weeks"), with_unit(Decimal(80), "percent")
        ('12 weeks', '1 week', '80%')
    """
    number = plain_number(value)
    if unit is None or unit == "count":
        return number
    if is_percent(unit):
        return f"{number}%"
    if spoken() != ENGLISH and unit in UNITS:
        return f"{number} {say(UNITS[unit][value != 1], context='unit')}"
    return f"{number} {singular(unit) if value == 1 else unit}"
