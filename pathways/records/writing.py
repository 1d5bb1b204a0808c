"""A record back to the text of a file, in a stable order, so that reading it again gives the same."""

from __future__ import annotations

from pathlib import Path as FilePath

from pathways.errors import PathwayError
from pathways.reading.writing import write_text, yaml_text
from pathways.records.record import PatientRecord


def dump_record(record: PatientRecord) -> str:
    """Write a record as YAML text.

    Args:
        record: The record.

    Returns:
        Text in the order of the format; comments of the original are not kept.

    Raises:
        PathwayError: A value has no day, and the record neither: when the file is read again,
            nobody could tell how old it is.

    Example:
        >>> print(dump_record(PatientRecord(record="x", recorded="2026-11-20",
        ...                                 findings={"pain_now": "7"})))
        format: 1
        record: x
        recorded: 2026-11-20
        findings:
          pain_now: 7
        <BLANKLINE>
    """
    if record.recorded is None:
        for name, series in record.findings.items():
            if any(each.on is None for each in series):
                raise PathwayError(
                    f"the record has no 'recorded', and '{name}' no day of its own; "
                    "set 'recorded' to the day the values were said"
                )
    data = record.model_dump(exclude_defaults=True, by_alias=True)
    # ``format`` is a default, and still the first line of every file.
    return yaml_text({"format": record.format, **data})


def write_record(record: PatientRecord, path: str | FilePath) -> None:
    """Write a record to a file, whole or not at all.

    Args:
        record: The record.
        path: The file; one that is there is replaced.

    Raises:
        PathwayError: A value has no day, or the file cannot be written.
    """
    text = dump_record(record)
    try:
        write_text(FilePath(path), text)
    except OSError as error:
        raise PathwayError(f"'{path}' cannot be written: {error.strerror or error}") from None
