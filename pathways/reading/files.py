"""Where pathway files lie: a path the user gives, the library that ships, the folder of a file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path as FilePath

from pathways.errors import DocumentError, PathwayError, Place, Problem, UnknownNameError
from pathways.reading.syntax import MAX_BYTES

LIBRARY = FilePath(str(files("pathways"))) / "library"
CATALOGUE = LIBRARY / "catalogue"
"""The shared records that ship, in files by what they are about."""


def library_ids() -> tuple[str, ...]:
    """Return the names of the pathways in the library, sorted.

    Example:
        >>> "severe-back-pain" in library_ids()
        True
    """
    return tuple(sorted(path.stem for path in (LIBRARY / "pathways").glob("*.yaml")))


def catalogue_files() -> tuple[FilePath, ...]:
    """Return the files of the catalogue that ships, sorted."""
    return tuple(sorted(CATALOGUE.rglob("*.yaml")))


def file_of(source: str | FilePath) -> FilePath:
    """Return the file meant; a name without folder or ending is looked up in the library."""
    path = FilePath(source)
    if is_file(path):
        return path
    if str(source) in library_ids():
        return LIBRARY / "pathways" / f"{source}.yaml"
    if is_folder(path):
        raise PathwayError(f"'{source}' is a folder; name a pathway file in it")
    raise UnknownNameError("pathway or file", str(source), library_ids())


def is_file(path: FilePath) -> bool:
    """Return whether there is such a file; what the system refuses to look up is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: FilePath) -> bool:
    """Return whether there is such a folder; what the system refuses to look up is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def shown_name(path: FilePath, source: str | FilePath) -> str:
    """Return what to call a file in messages: as the user did, or as part of the library."""
    if not path.is_relative_to(LIBRARY):
        return str(source)
    return f"library/{path.relative_to(LIBRARY).as_posix().removeprefix('pathways/')}"


def read_file(path: FilePath, shown: str) -> bytes:
    """Read a file, refusing what is too large before it is in memory."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(
            [
                Problem(
                    "unreadable-file",
                    f"the file cannot be read: {reason}",
                    place=Place(shown, 1, 1),
                )
            ]
        ) from None


def pathway_file(name: str, folder: FilePath | None) -> FilePath | None:
    """Return the file of a pathway: beside the file first, then the library.

    The name was validated to hold letters, digits and hyphens only, so it cannot leave the folder;
    neither can a symbolic link.
    """
    for place in filter(None, (folder, LIBRARY / "pathways")):
        path = inside(place, f"{name}.yaml")
        if path is not None:
            return path
    return None


def inside(folder: FilePath, name: str) -> FilePath | None:
    """Return a file in a folder or below it; None when it is none, or leads out of the folder."""
    path = folder / name
    if not is_file(path) or not path.resolve().is_relative_to(folder.resolve()):
        return None
    return path


def known_pathways(folder: FilePath | None) -> frozenset[str]:
    """Return the names of all pathways that can be included: beside a file, or in the library."""
    beside = (path.stem for path in folder.glob("*.yaml")) if folder else ()
    return frozenset((*library_ids(), *beside))
