"""The smallest parts of every record: names, texts for two readers, dates, limits.

Frozen pydantic models with ``extra="forbid"``: a wrong record cannot be built, and an unknown key is
an error. Everything above this layer works on plain frozen values.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from pathways.conditions.scope import Reader

MAX_TEXT_CHARACTERS = 4_000

NAME_PATTERN = r"^[a-z][a-z0-9_]*$"
HYPHEN_NAME_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
FINDING_NAME_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
ITEM_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9.-]*$"
DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
ADDRESS_PATTERN = r"^https?://[^\s<>\"']+$"
VERSION_PATTERN = r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
CATALOGUE_PATTERN = r"^(library|([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.ya?ml)$"

PATTERN_HINTS = {
    NAME_PATTERN: ("a name", "a name has small letters, digits and _, such as block_1"),
    HYPHEN_NAME_PATTERN: (
        "a name of this sort",
        "it has small letters, digits and -, such as severe-back-pain",
    ),
    FINDING_NAME_PATTERN: (
        "the name of a finding",
        "it has small letters, digits and _, such as pain_now or mri.status",
    ),
    ITEM_PATTERN: ("an item", "an item has letters, digits, . and -, such as E-MBB-03"),
    DATE_PATTERN: ("a date", "write a date as 2026-11-20, 2026-11 or 2026"),
    ADDRESS_PATTERN: ("a web address", "write one that begins with https:// or http://"),
    VERSION_PATTERN: ("a version", "write a version as 1.2.0"),
    LANGUAGE_PATTERN: ("a language", "write a language tag such as en, es or pt-BR"),
    CATALOGUE_PATTERN: (
        "a catalogue",
        "write 'library', or a .yaml file in the pathway's own folder or below it",
    ),
}
"""What a text with each pattern is called, and what to write instead; shown in errors."""

FORBIDDEN_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Characters that no file may have: control characters, line breaks that editors do not show, and
signs that make text read in another order than it is stored (Boucher and Anderson, "Trojan Source",
USENIX Security 2023)."""


def character_name(character: str) -> str:
    """Return a character as a message can show it.

    Args:
        character: One character, printable or not.

    Example:
        >>> character_name(chr(0x202E))
        'U+202E (RIGHT-TO-LEFT OVERRIDE)'
    """
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def forbidden_character(text: str) -> str:
    r"""Return what an escape in quotes can bring in although the file itself is clean.

    Args:
        text: A value or a key.

    Returns:
        The name of the first character that no text may have; empty when there is none.

    Example:
        >>> forbidden_character("red\x1b[31m")
        'U+001B'
    """
    found = FORBIDDEN_CHARACTER.search(text) or _RETURN.search(text)
    return character_name(found.group()) if found else ""


def _without_forbidden(text: str) -> str:
    """Refuse a text with a forbidden character."""
    found = forbidden_character(text)
    if found:
        raise PydanticCustomError("character", "has the character {name}", {"name": found})
    return text


_RETURN = re.compile("\r")
"""The end of a line in some files, but no part of a text."""


def _real_date(text: str) -> str:
    """Refuse days that no calendar has."""
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    try:
        dt.date(year, month, day)
    except ValueError:
        raise PydanticCustomError(
            "string_pattern_mismatch", "no such day", {"pattern": DATE_PATTERN}
        ) from None
    return text


Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN, max_length=64, strict=True)]
"""Name of a state, finding, definition, treatment, test, class, tag or phase: ``block_1``."""

HyphenName = Annotated[
    str, StringConstraints(pattern=HYPHEN_NAME_PATTERN, max_length=64, strict=True)
]
"""Name of a pathway, a source or a rule: ``severe-back-pain``."""

FindingName = Annotated[
    str,
    StringConstraints(pattern=FINDING_NAME_PATTERN, max_length=128, strict=True),
]
"""Name of a finding, also one of a treatment or test: ``pain_now``, ``baclofen.status``."""

Sentence = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_TEXT_CHARACTERS, strict=True),
    AfterValidator(_without_forbidden),
]
"""Text for one reader; never empty."""

ItemName = Annotated[
    str,
    StringConstraints(pattern=ITEM_PATTERN, max_length=64, strict=True),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": ITEM_PATTERN}, {"type": "number", "minimum": 0}]}
    ),
]
"""Name of one item in a source: ``S0-T01``, ``E-MBB-03``, ``1.2.3``."""

IsoDate = Annotated[
    str,
    StringConstraints(pattern=DATE_PATTERN, strict=True),
    AfterValidator(_real_date),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": DATE_PATTERN}, {"type": "integer", "minimum": 1}]}
    ),
]
"""A year, a month or a day, as ISO 8601: ``2020``, ``2020-12``, ``2020-12-31``."""

WebAddress = Annotated[
    str,
    StringConstraints(pattern=ADDRESS_PATTERN, max_length=500, strict=True),
    AfterValidator(_without_forbidden),
]
"""An ``http`` or ``https`` address; no other scheme can be written."""


LENIENT: Mapping[str, bool] = {"lenient": True}
"""Context of a validation that keeps records whose parts do not fit each other.

The reader uses it once those faults are reported, to look at the names in such records too.
"""


Misfit = tuple[str, str]
"""What does not fit in a record, as a message, and the key it is about; empty: the whole record."""


def raise_faults(code: str, faults: Sequence[Misfit], info: ValidationInfo) -> None:
    """Raise one validation error that carries every fault of a record; nothing when there is none.

    Args:
        code: Short name of the broken rule, such as ``state-kind``.
        faults: What does not fit.
        info: Of the validation; in the context :data:`LENIENT` nothing is raised.
    """
    if faults and not (info.context or {}).get("lenient"):
        text = "; ".join(message for message, _ in faults)
        raise PydanticCustomError(
            "faults", "{text}", {"text": text, "code": code, "faults": faults}
        )


FormatVersion = Annotated[Literal["1"], WithJsonSchema({"enum": ["1", 1]})]
"""Version of the file format; an editor reads it as a number."""


class Record(BaseModel):
    """Base of every record of a file: frozen, strict, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Record):
    """The same thing said to a clinician and to a patient.

    In a file a plain text stands for both readers: ``title: Fever`` is short for
    ``title: {clinician: Fever, patient: Fever}``.

    Example:
        >>> Text.model_validate("Fever").patient
        'Fever'
    """

    clinician: Sentence = Field(description="In the words of the field.")
    patient: Sentence = Field(description="In plain words: 'you', short, active voice.")

    @model_validator(mode="before")
    @classmethod
    def _from_plain_text(cls, value: Any) -> Any:
        """A plain text is meant for both readers."""
        if isinstance(value, str):
            return {"clinician": value, "patient": value}
        return value

    @model_serializer
    def _to_plain_text(self) -> str | dict[str, str]:
        if self.clinician == self.patient:
            return self.clinician
        return {"clinician": self.clinician, "patient": self.patient}

    def to(self, reader: Reader) -> str:
        """Return the text for one reader."""
        return self.patient if reader == "patient" else self.clinician
