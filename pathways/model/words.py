"""The smallest parts of every record: names, texts for two readers, dates, limits.

Frozen pydantic models with ``extra="forbid"``: a wrong record cannot be built, and an unknown key is
an error. Everything above this layer works on plain frozen values.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
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
DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
ADDRESS_PATTERN = r"^https?://[^\s<>\"']+$"
VERSION_PATTERN = r"^\d{1,4}\.\d{1,4}\.\d{1,4}$"
CATALOGUE_PATTERN = r"^(library|([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.ya?ml)$"

PATTERN_HINTS = {
    NAME_PATTERN: "a name has small letters, digits and _, such as block_1",
    HYPHEN_NAME_PATTERN: "a name has small letters, digits and -, such as severe-back-pain",
    FINDING_NAME_PATTERN: "a finding has small letters, digits and _, such as pain_now or mri.status",
    ITEM_PATTERN: "an item has letters, digits, . and -, such as E-MBB-03",
    DATE_PATTERN: "write a date as 2026-11-20, 2026-11 or 2026",
    ADDRESS_PATTERN: "write a web address that begins with https:// or http://",
    VERSION_PATTERN: "write a version as 1.2.0",
    CATALOGUE_PATTERN: "write 'library', or a file in the pathway's own folder or below it",
}
"""What to write instead, for each pattern; shown in errors."""

Name = Annotated[
    str, StringConstraints(pattern=NAME_PATTERN, max_length=64, strict=True)
]
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
    str, StringConstraints(min_length=1, max_length=MAX_TEXT_CHARACTERS, strict=True)
]
"""Text for one reader; never empty."""

ItemName = Annotated[
    str, StringConstraints(pattern=ITEM_PATTERN, max_length=64, strict=True)
]
"""Name of one item in a source: ``S0-T01``, ``E-MBB-03``, ``1.2.3``."""

IsoDate = Annotated[
    str, StringConstraints(pattern=DATE_PATTERN, strict=True)
]
"""A year, a month or a day, as ISO 8601: ``2020``, ``2020-12``, ``2020-12-31``."""

WebAddress = Annotated[
    str, StringConstraints(pattern=ADDRESS_PATTERN, max_length=500, strict=True)
]
"""An ``http`` or ``https`` address; no other scheme can be written."""


def raise_faults(code: str, faults: list[str]) -> None:
    """Raise one validation error that carries every fault of a record; nothing when there is none.

    Args:
        code: Short name of the broken rule, such as ``state-kind``.
        faults: What does not fit, as messages.
    """
    if faults:
        raise PydanticCustomError("faults", "{text}", {"text": "; ".join(faults), "code": code, "faults": faults})


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
        """A plain text is meant for both readers; one reader alone stands for both too."""
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
