"""Parts of a FHIR document that nobody has checked yet: read by key, every wrong shape located."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from pathways.errors import DocumentError, Problem

MAX_ENTRIES = 10_000
"""A bundle may have so many entries."""

MAX_VALUES = 1_000_000
"""A document may have so many values in all."""

MAX_DEPTH = 64
"""So deep may lists and objects stand in each other; resources need about 12."""

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T[0-9:.,+Z-]*)?")
_PLAIN = (str, bool, int, float, Decimal)
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}


def fault(code: str, where: str, message: str, hint: str = "") -> NoReturn:
    """Raise what is wrong with a FHIR document.

    Args:
        code: ``fhir-shape``, ``fhir-too-large`` or another rule.
        where: The element, as ``entry[3].resource.valueQuantity``; empty for the whole document.
        message: What is wrong.
        hint: What to do.

    Raises:
        DocumentError: Always.
    """
    raise DocumentError([Problem(code, message, hint, where=where)])


def check_size(document: Any) -> None:
    """Refuse a document that is deeper or larger than any record needs.

    Args:
        document: Parsed JSON.

    Raises:
        DocumentError: It has more than :data:`MAX_VALUES` values, or is deeper than
            :data:`MAX_DEPTH`.

    Example:
        >>> check_size({"resourceType": "Bundle", "entry": []})
    """
    waiting: list[tuple[Any, int]] = [(document, 1)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > MAX_DEPTH:
            fault("fhir-too-large", "", f"it is deeper than {MAX_DEPTH} levels", "is this FHIR?")
        if seen + len(waiting) > MAX_VALUES:
            hint = "give the resources of one person only"
            fault("fhir-too-large", "", f"it has more than {MAX_VALUES} values", hint)
        if isinstance(value, Mapping):
            if not all(isinstance(key, str) for key in value):
                fault("fhir-shape", "", "it has a key that is no text", "give parsed JSON")
            waiting += [(each, depth + 1) for each in value.values()]
        elif isinstance(value, list):
            waiting += [(each, depth + 1) for each in value]
        elif value is not None and not isinstance(value, _PLAIN):
            kind = type(value).__name__
            fault("fhir-shape", "", f"it holds something of type {kind}", "give parsed JSON")


@dataclass(frozen=True, slots=True)
class Element:
    """One object of a FHIR document and where it stands.

    Args:
        data: The object.
        path: Where it stands, as ``entry[3].resource``; empty for the outermost.

    Example:
        >>> Element({"id": "a"}, "entry[0].resource").text("id")
        'a'
    """

    data: Mapping[str, Any]
    path: str = ""

    def at(self, key: str) -> str:
        """Return where a key of this element stands."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Return whether there is something under a key; null is nothing."""
        return self.data.get(key) is not None

    def wrong(self, key: str, wanted: str) -> NoReturn:
        """Raise that a key holds something of another shape.

        Args:
            key: The key.
            wanted: What should be there, such as ``a text``.

        Raises:
            DocumentError: Always.
        """
        found = _KINDS.get(type(self.data[key]), "a number")
        hint = "write it as FHIR R4 does"
        fault("fhir-shape", self.at(key), f"'{key}' must be {wanted}, not {found}", hint)

    def text(self, key: str) -> str | None:
        """Return a text, or None when there is none.

        Args:
            key: The key.

        Raises:
            DocumentError: It is no text.
        """
        value = self.data.get(key)
        if value is not None and not isinstance(value, str):
            self.wrong(key, "a text")
        return value

    def boolean(self, key: str) -> bool | None:
        """Return true or false, or None when there is neither.

        Args:
            key: The key.

        Raises:
            DocumentError: It is neither.
        """
        value = self.data.get(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(key, "true or false")
        return value

    def number(self, key: str) -> Decimal | None:
        """Return a number exactly as it was written, or None when there is none.

        Args:
            key: The key.

        Raises:
            DocumentError: It is no number, or none that is finite.
        """
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
            self.wrong(key, "a number")
        if isinstance(value, int) and value.bit_length() > MAX_DEPTH:
            fault("fhir-shape", self.at(key), f"'{key}' has too many digits")
        finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
        if not finite:
            fault("fhir-shape", self.at(key), f"'{key}' must be a finite number")
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)

    def element(self, key: str) -> Element | None:
        """Return an object, or None when there is none.

        Args:
            key: The key.

        Raises:
            DocumentError: It is no object.
        """
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.wrong(key, "an object")
        return Element(value, self.at(key))

    def elements(self, key: str) -> tuple[Element, ...]:
        """Return the objects of a list, in order; none when there is no list.

        Args:
            key: The key.

        Raises:
            DocumentError: It is no list, or something in it is no object.
        """
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(key, "a list")
        found: list[Element] = []
        for index, each in enumerate(value):
            where = f"{self.at(key)}[{index}]"
            if not isinstance(each, Mapping):
                fault("fhir-shape", where, f"each of '{key}' must be an object")
            found.append(Element(each, where))
        return tuple(found)

    def day(self, key: str) -> str | None:
        """Return the day of a date, a dateTime or an instant, or None when there is none.

        The day is the one that was written, in the time zone that it was written in.

        Args:
            key: The key.

        Returns:
            The day as ISO 8601; a year or a month where no more is known.

        Raises:
            DocumentError: It is no date.

        Example:
            >>> Element({"issued": "2026-11-20T23:30:00-05:00"}).day("issued")
            '2026-11-20'
        """
        text = self.text(key)
        if text is None:
            return None
        found = _DAY.fullmatch(text) if len(text) <= MAX_DEPTH else None
        if found is None or not _is_real(found):
            hint = "write 2026-11-20, or 2026-11-20T10:00:00Z"
            fault("fhir-shape", self.at(key), f"'{text[:MAX_DEPTH]}' is no date", hint)
        return text.partition("T")[0]


def _is_real(found: re.Match[str]) -> bool:
    try:
        dt.date(*(int(each or 1) for each in found.groups()))
    except ValueError:
        return False
    return found.group(3) is not None or "T" not in found.string
