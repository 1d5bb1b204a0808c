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
from pathways.model.findings import plain_text
from pathways.model.pathway import ResolvedPathway

LINE_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes texts as plainly as they can be read back: our reader gives no text another meaning."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - signature of the base class
        return True

    def increase_indent(self, flow: bool = False, *_: bool, **__: bool) -> None:  # noqa: FBT001, FBT002
        """Indent the items of a list below their key."""
        super().increase_indent(flow=flow, indentless=False)


# Without resolvers nothing is quoted only because YAML 1.1 would read it as a number or a yes.
_Dumper.yaml_implicit_resolvers = {}
_TEXT = "tag:yaml.org,2002:str"


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Nothing at all would be read as no value, so an empty text needs its quotes.
    return dumper.represent_scalar(_TEXT, text, style=None if text else "'")


def _represent_number(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TEXT, plain_text(number))


class OneLine(list[str]):
    """A list of names that stands on one line, ``[a, b]``, broken only where it is too long."""


_Dumper.add_representer(
    OneLine,
    lambda dumper, names: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", names, flow_style=True
    ),
)
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(int, _represent_number)
_Dumper.add_representer(float, _represent_number)
_Dumper.add_representer(
    bool, lambda dumper, value: dumper.represent_scalar(_TEXT, str(value).lower())
)


def dump(what: ResolvedPathway | PathwayDocument | CatalogueDocument) -> str:
    """Write a pathway or a catalogue as YAML text.

    Args:
        what: A pathway (of which its own file is written, not what it includes), or a file as a
            record.

    Returns:
        Text in a stable order. Comments of the original are not kept.

    Example:
        >>> from pathways.reading.load import load
        >>> dump(load("safety")).splitlines()[1]
        'pathway: safety'
    """
    document = what.document if isinstance(what, ResolvedPathway) else what
    data = document.model_dump(exclude_defaults=True)
    # ``format`` is the default of a catalogue, and still the first line of every file.
    return yaml_text({"format": document.format, **_ordered(document, data)})


def yaml_text(data: Any) -> str:
    r"""Write plain data as YAML text, in its own order, for our reader to read back as it was.

    Args:
        data: Dictionaries, lists, texts, numbers and bools.

    Example:
        >>> yaml_text({"on": "no"})
        'on: no\n'
    """
    return yaml.dump(
        _lists(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH
    )


def _ordered(document: BaseModel, data: dict[str, Any]) -> dict[str, Any]:
    """Put what the file is about first and the shared records last."""
    names = [name for name in type(document).model_fields if name not in SECTIONS]
    return {name: data[name] for name in (*names, *SECTIONS) if name in data}


def _lists(value: Any) -> Any:
    """Tuples are lists in a file."""
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    if isinstance(value, OneLine):
        return value
    if isinstance(value, (list, tuple)):
        return [_lists(each) for each in value]
    return value


def write_text(path: FilePath, text: str) -> None:
    """Write a text file whole or not at all.

    Args:
        path: Where to; see :func:`write_bytes`.
        text: What to write; it is encoded as UTF-8, its line ends stay as they are.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: FilePath, content: bytes) -> None:
    """Write a file whole or not at all: beside the place first, then renamed.

    An existing file is replaced and keeps its mode. A symbolic link stays one: the file it points to
    is replaced. What is no file (``/dev/stdout``, a pipe) is written to directly.

    Args:
        path: Where to.
        content: What to write.

    Raises:
        OSError: The file cannot be written; the one that was there is untouched.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".pathways.")
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
