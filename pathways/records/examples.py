"""The invented example patients that ship."""

from __future__ import annotations

from pathlib import Path

from pathways.reading.files import LIBRARY


def example_files() -> dict[str, Path]:
    """Return the files of the example patients by name, sorted.

    Example:
        >>> "seed-000" in example_files()
        True
    """
    return {each.stem: each for each in sorted((LIBRARY / "patients").glob("*.yaml"))}
