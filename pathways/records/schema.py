"""The JSON Schema of record files, for editors."""

from __future__ import annotations

from typing import Any

from pathways.reading.schema import schema_of, text_of
from pathways.records.record import PatientRecord


def record_schema() -> dict[str, Any]:
    """Make the JSON Schema of a record file from the records themselves.

    Returns:
        A JSON Schema, draft 2020-12, as plain data.

    Example:
        >>> record_schema()["title"]
        'Patient record'
    """
    return schema_of(PatientRecord, "Patient record")


def record_schema_text() -> str:
    """Return the JSON Schema of a record file as text, keys in alphabetical order."""
    return text_of(record_schema())
