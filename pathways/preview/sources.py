"""Which files a preview watches, and when they have changed and stand still."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pathways.checks.examples import ENDING
from pathways.errors import DocumentError
from pathways.reading.catalogues import library_catalogue
from pathways.reading.files import (
    LIBRARY,
    catalogue_files,
    file_of,
    inside,
    pathway_file,
    read_file,
)
from pathways.reading.marks import read_yaml

MOST_FILES = 500
"""So many are watched at most; a file may name more."""
STILL = 0.02
"""Seconds that files must not change before they are read."""
PATIENCE = 1.0
"""Seconds that a file may be gone or empty while an editor saves it."""

Stamp = tuple[int, int, int]
"""When a file was last written (nanoseconds), its size in bytes, its number on the disk."""
Stamps = Mapping[Path, Stamp | None]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def watched_files(source: str, before: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Return the files a pathway is made of: its own, what it takes in or leads to, its catalogues.

    Args:
        source: Name of a library pathway, or path of its file.
        before: What was watched so far; kept when a file cannot be read now.

    Returns:
        The pathway's own file first. Files that are named and not there are watched too, so that it
        is seen when they come.

    Raises:
        UnknownNameError: Neither a file nor a library pathway has that name.

    Example:
        >>> [path.name for path in watched_files("safety")][:2]
        ['safety.yaml', 'safety.examples.yaml']
    """
    own = file_of(source)
    found = dict.fromkeys((own, own.with_name(f"{own.stem}{ENDING}")))
    waiting, all_read = [own], True
    seen = {own}
    while waiting and len(found) < MOST_FILES:
        path = waiting.pop()
        data = _data_of(path)
        all_read = all_read and data is not None
        for name, goes_on in _named_in(data or {}, path.parent):
            found.setdefault(name)
            if goes_on and name not in seen:
                seen.add(name)
                waiting.append(name)
    if own.is_relative_to(LIBRARY):
        found.update(dict.fromkeys(catalogue_files()))
    if not all_read:
        found.update(dict.fromkeys(before))
    return tuple(found)[:MOST_FILES]


def _data_of(path: Path) -> dict[str, Any] | None:
    """Return what a file holds; None when it cannot be read, which is reported elsewhere."""
    try:
        data = read_yaml(read_file(path, str(path)), str(path)).data
    except DocumentError:
        return None
    return data if isinstance(data, dict) else None


def _named_in(data: Mapping[str, Any], folder: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the files that a pathway file names, and whether what they name counts too."""
    for name in _texts(each.get("pathway") for each in _mappings(data.get("include"))):
        yield from ((path, path.is_file()) for path in _places_of(name, folder))
    states = data.get("states")
    linked = _mappings(states.values()) if isinstance(states, dict) else ()
    for name in _texts(each.get("pathway") for each in linked):
        yield from ((path, False) for path in _places_of(name, folder))
    catalogues = data.get("catalogues")
    for name in _texts(catalogues if isinstance(catalogues, list) else ()):
        path = inside(folder, name)
        if path is not None:
            yield path, False
        elif name != "library" and _stays_below(name):
            yield folder / name, False


def _places_of(name: str, folder: Path) -> Iterator[Path]:
    """Yield where a pathway that is named is, and where it would be found first."""
    if _NAME.fullmatch(name):
        yield folder / f"{name}.yaml"
        found = pathway_file(name, folder)
        if found is not None:
            yield found


def _stays_below(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _mappings(values: Any) -> Iterator[Mapping[str, Any]]:
    for each in values if isinstance(values, Iterable) else ():
        if isinstance(each, dict):
            yield each


def _texts(values: Iterable[Any]) -> Iterator[str]:
    return (each for each in values if isinstance(each, str) and each)


def stamps_of(files: Iterable[Path]) -> dict[Path, Stamp | None]:
    """Return what tells whether files were written: None for one that is not there.

    Args:
        files: Their paths.

    Example:
        >>> list(stamps_of([Path("no-such-file.yaml")]).values())
        [None]
    """
    return {path: _stamp(path) for path in files}


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def settled(
    files: Iterable[Path],
    before: Stamps,
    *,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> dict[Path, Stamp | None]:
    """Return the stamps of files once nobody is writing them.

    Editors empty a file before they fill it, or put another in its place: for a moment it is empty
    or gone. That is waited out, but not for ever.

    Args:
        files: Their paths.
        before: Their stamps when they were last read.
        pause: Waits some seconds.
        clock: Seconds that only grow.
    """
    paths = tuple(files)
    end = clock() + PATIENCE
    last = stamps_of(paths)
    while clock() < end:
        pause(STILL)
        now = stamps_of(paths)
        if now == last and not any(_is_half_saved(now[each], before.get(each)) for each in paths):
            break
        last = now
    return last


def _is_half_saved(now: Stamp | None, before: Stamp | None) -> bool:
    had_text = before is not None and before[1] > 0
    return had_text and (now is None or now[1] == 0)


def saved_at(stamps: Stamps) -> float:
    """Return when the youngest of some files was written, in seconds since 1970.

    Args:
        stamps: Their stamps.

    Example:
        >>> saved_at({Path("a.yaml"): (1_500_000_000, 3, 1), Path("b.yaml"): None})
        1.5
    """
    return max((each[0] for each in stamps.values() if each is not None), default=0) / 1e9


def forget_library(old: Stamps, new: Stamps) -> None:
    """Let the shared catalogue be read anew if one of its files has changed.

    Args:
        old: Stamps when it was last read.
        new: Stamps now.
    """
    changed = (path for path in new if new[path] != old.get(path))
    if any(path.is_relative_to(LIBRARY / "catalogue") for path in changed):
        library_catalogue.cache_clear()
