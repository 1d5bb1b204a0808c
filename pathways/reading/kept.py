"""What was read and checked once is kept beside the files, as Python keeps its own modules.

Reading the shared catalogue means finding the place of every value, for messages that a catalogue
without faults never needs. So its plain data is kept as JSON in ``__pycache__``, under a name that
holds the digest of the files: whatever changes in them, or in how they are read, is read anew. Where
nothing may be written, or Python is told to write no bytecode, nothing is.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pathways.reading.writing import write_bytes
from pathways.version import __version__

FOLDER = "__pycache__"


def digest_of(contents: Iterable[bytes]) -> str:
    """Return a name for the contents of some files, read by this version of the program.

    Args:
        contents: The bytes of the files, in order.

    Example:
        >>> digest_of([b"a", b"b"]) == digest_of([b"ab"])
        False
    """
    found = hashlib.sha256(__version__.encode())
    for content in contents:
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.hexdigest()[:32]


def kept_data(folder: Path, digest: str) -> list[Any] | None:
    """Return the data that was kept for some files; None when there is none, or it cannot be read.

    Args:
        folder: The folder of the files.
        digest: Their digest.
    """
    try:
        data = json.loads(_file(folder, digest).read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, list) else None


def keep_data(folder: Path, digest: str, data: Sequence[Any]) -> None:
    """Keep the data of some files, and drop what was kept of earlier ones.

    Args:
        folder: The folder of the files.
        digest: Their digest.
        data: The plain data of each file, in order.
    """
    if sys.dont_write_bytecode:
        return
    path = _file(folder, digest)
    try:
        path.parent.mkdir(exist_ok=True)
        write_bytes(path, json.dumps(data, separators=(",", ":")).encode("utf-8"))
        for earlier in path.parent.glob("catalogue-*.json"):
            if earlier != path:
                earlier.unlink(missing_ok=True)
    except OSError:
        return


def _file(folder: Path, digest: str) -> Path:
    return folder / FOLDER / f"catalogue-{digest}.json"
