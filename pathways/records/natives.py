"""Values of a program to the plain data of a file: texts, lists and keys, as a reader would see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any, NoReturn

from pathways.conditions.quantities import plain_number
from pathways.errors import DocumentError, Problem
from pathways.model.words import forbidden_character
from pathways.reading.marks import MAX_DEPTH, MAX_VALUES, Path, words_of
from pathways.reading.syntax import MAX_BYTES


def plain_data(data: Any) -> Any:
    """Return data of a program as a file would hold it.

    Args:
        data: Mappings, lists, sets, and in them texts, bools, numbers and dates; also the numbers of
            numpy. A set is a list in alphabetical order, True is ``yes``, a day is ISO text.

    Raises:
        DocumentError: It holds something else, is deeper or larger than a file may be, or has keys
            that are no texts; all such keys and values are listed.

    Example:
        >>> plain_data({"pain_now": 7.0, "fever": False, "sites": {"knee", "hip"}})
        {'pain_now': '7', 'fever': 'no', 'sites': ['hip', 'knee']}
    """
    plain = _Plain()
    found = plain.of(data, ())
    if plain.problems:
        raise DocumentError(plain.problems[:100])
    return found


def plain_word(value: Any) -> str | None:
    """Return one value of a program as text, or None when it is no single value.

    Args:
        value: A text, a bool, a number or a day.

    Example:
        >>> plain_word(True), plain_word(0.5), plain_word(dt.date(2026, 11, 20)), plain_word([])
        ('yes', '0.5', '2026-11-20', None)
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return _number(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    item = getattr(value, "item", None)
    if callable(item) and not hasattr(value, "__len__"):
        inside = item()
        return None if type(inside) is type(value) else plain_word(inside)
    return None


def _number(value: float | Decimal) -> str:
    if isinstance(value, int):
        # Python refuses to print very long numbers, and no finding has such a value.
        return str(value) if abs(value) < 10**30 else "a number of more than 30 digits"
    number = Decimal(repr(value)) if type(value) is float else Decimal(str(value))
    if not number.is_finite() or number.adjusted() > 30:
        return str(number)
    return plain_number(number)


class _Plain:
    """Turns data into plain data, counting as it goes."""

    def __init__(self) -> None:
        self.values = 0
        self.characters = 0
        self.problems: list[Problem] = []

    def of(self, value: Any, path: Path) -> Any:
        """Return one part of the data as plain data."""
        self._count(value, path)
        if value is None:
            return None
        if isinstance(value, Mapping):
            return self._keys(value, path)
        if isinstance(value, AbstractSet):
            # A set has no order of its own, and hash order changes from run to run.
            ordered = sorted(value, key=str)
            return [self.of(each, (*path, index)) for index, each in enumerate(ordered)]
        if isinstance(value, (list, tuple)):
            return [self.of(each, (*path, index)) for index, each in enumerate(value)]
        word = plain_word(value)
        if word is None:
            self._add(
                "wrong-shape",
                f"a value of type {type(value).__name__} cannot stand in a record",
                "give a text, a number, True or False, a day, or a list or set of them",
                path,
            )
        return word

    def _keys(self, value: Mapping[Any, Any], path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, each in value.items():
            if not isinstance(key, str):
                shown = type(key).__name__
                message = f"a key must be a plain name, not of type {shown}"
                self._add("bad-key", message, "write the key as a text", path)
            elif forbidden_character(key):
                message = f"a key has the character {forbidden_character(key)}"
                self._add("control-character", message, "remove it", path)
            else:
                self.characters += len(key)
                found[str(key)] = self.of(each, (*path, key))
        return found

    def _count(self, value: Any, path: Path) -> None:
        self.values += 1
        if isinstance(value, str):
            self.characters += len(value)
        if len(path) > MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels lie inside each other"
            self._refuse("too-deep", message, "a record needs about 6", path[:3])
        if self.values > MAX_VALUES:
            message = f"the record has more than {MAX_VALUES:,} values"
            self._refuse("too-many-values", message, "one record for one person", path)
        if self.characters > MAX_BYTES:
            message = f"the record has more than {MAX_BYTES:,} characters"
            self._refuse("file-too-large", message, "one record for one person", path)

    def _add(self, code: str, message: str, hint: str, path: Path) -> None:
        self.problems.append(Problem(code, message, hint, words_of(path)))

    def _refuse(self, code: str, message: str, hint: str, path: Path) -> NoReturn:
        raise DocumentError([Problem(code, message, hint, words_of(path))])
