"""A pathway back to the text of a file, in a stable order, so that reading it again gives the same."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path as FilePath
from typing import Any

import yaml
from pydantic import BaseModel

from pathways.model.catalogue import SECTIONS, CatalogueDocument
from pathways.model.document import PathwayDocument

LINE_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes texts as plainly as they can be read back: our reader gives no text another meaning."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - signature of the base class
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


# Without resolvers nothing is quoted only because YAML 1.1 would read it as a number or a yes.
_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text))


def _represent_number(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", format(number, "f").rstrip("0").rstrip(".")
                                   if isinstance(number, float) else str(number))


_Dumper.add_representer(int, _represent_number)
_Dumper.add_representer(float, _represent_number)
_Dumper.add_representer(
    bool, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value).lower())
)


def dump(document: PathwayDocument | CatalogueDocument) -> str:
    """Write a pathway or a catalogue as YAML text.

    Args:
        document: A pathway as its file says it (``pathway.document``), or a catalogue.

    Returns:
        Text in a stable order. Comments of the original are not kept.

    Example:
        >>> from pathways.reading.load import load
        >>> dump(load("safety").document).splitlines()[1]
        'pathway: safety'
    """
    data = document.model_dump(exclude_defaults=True)
    # ``format`` is the default of a catalogue, and still the first line of every file.
    return yaml.dump(
        _lists({"format": document.format, **_ordered(document, data)}),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=LINE_WIDTH,
    )


def _ordered(document: BaseModel, data: dict[str, Any]) -> dict[str, Any]:
    """Put what the file is about first and the shared records last."""
    names = [name for name in type(document).model_fields if name not in SECTIONS]
    return {name: data[name] for name in (*names, *SECTIONS) if name in data}


def _lists(value: Any) -> Any:
    """Tuples are lists in a file."""
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_lists(each) for each in value]
    return value


def write_text(path: FilePath, text: str) -> None:
    """Write a text file whole or not at all.

    Args:
        path: Where to; an existing file is replaced.
        text: What to write, in UTF-8 with ``\\n`` at the ends of lines.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: FilePath, content: bytes) -> None:
    """Write a file whole or not at all: beside the place first, then renamed.

    Args:
        path: Where to; an existing file is replaced.
        content: What to write.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        FilePath(temporary).chmod(_mode(path))
        FilePath(temporary).replace(path)
    except BaseException:
        FilePath(temporary).unlink(missing_ok=True)
        raise


def _mode(path: FilePath) -> int:
    """Return the mode of the file that is replaced, else the usual one (temporary files are private)."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
