"""What ``place`` and ``ask`` read: a record from wherever it comes, the day, the pathways meant."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from pathways.model.pathway import ResolvedPathway
    from pathways.patients.placing import Placer
    from pathways.placed import Placed
    from pathways.records.reading import ReadRecord

DEFAULT_PATHWAY = "severe-back-pain"
"""Of pathways that are equally about somebody, this one comes first."""
FHIR_RECORD = "from-fhir"
"""Name of every record read from FHIR: a file there may be named after a person."""
MAX_FHIR_BYTES = 20_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True)
class Given:
    """A record as it was given on the command line.

    Args:
        read: The record with its places; nothing of it is checked yet.
        on: The day it is read for.
        not_understood: What of a FHIR document is not in it, one line each.
        folder: Where its file lies; None when it came from somewhere else.
    """

    read: ReadRecord
    on: dt.date
    not_understood: tuple[str, ...] = ()
    folder: Path | None = None


def day(text: str) -> dt.date:
    """Return the day an option names.

    Args:
        text: A day as year-month-day, such as 2026-11-25; years from 1900 to 2199.

    Raises:
        ArgumentTypeError: It is no such day.

    Example:
        >>> day("2026-11-25").year
        2026
    """
    try:
        found = dt.date.fromisoformat(text if re.fullmatch(r"[0-9-]{10}", text) else "")
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"a day such as 2026-11-25 is needed, not '{text}'")
    return found


def today() -> dt.date:
    """Return today, by the clock of this machine."""
    from pathways.placed import day_of

    return day_of(None)


def read_given(source: str, on: dt.date | None) -> Given:
    """Read the record that an argument names.

    Args:
        source: A YAML or JSON file, a FHIR bundle, the name of an example, or ``-``.
        on: The day; None: today, or for an example the day it was recorded.

    Raises:
        PathwayError: Neither a file nor an example has that name.
        DocumentError: It cannot be read; all faults are listed.
    """
    from pathways.errors import PathwayError, UnknownNameError, nearest
    from pathways.reading.files import is_file, is_folder, shown_name
    from pathways.records.dates import latest
    from pathways.records.examples import example_files

    if source == "-":
        return _from_bytes(sys.stdin.buffer.read(MAX_FHIR_BYTES + 1), "<stdin>", on, None)
    path = Path(source)
    examples = example_files()
    if is_file(path):
        return _from_bytes(_content(path, source), source, on, path.parent)
    if is_folder(path):
        raise PathwayError(f"'{source}' is a folder; name a record file in it")
    if source not in examples:
        if nearest(source, examples):
            raise UnknownNameError("record file or example", source, examples)
        hint = "name a file, or an example that 'pathways place --examples' lists"
        raise PathwayError(f"no record file or example '{source}'; {hint}")
    file = examples[source]
    given = _from_bytes(_content(file, source), shown_name(file, source), on, file.parent)
    recorded = given.read.record.recorded
    # An example stays what it is: read years later, its answers would be too old to count.
    return replace(given, on=latest(recorded)) if on is None and recorded else given


def _content(path: Path, shown: str) -> bytes:
    from pathways.errors import DocumentError, Place, Problem

    try:
        with path.open("rb") as stream:
            return stream.read(MAX_FHIR_BYTES + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        raise DocumentError(
            [Problem("unreadable-file", message, place=Place(shown, 1, 1))]
        ) from None


def _from_bytes(content: bytes, shown: str, on: dt.date | None, folder: Path | None) -> Given:
    from pathways.reading.syntax import decoded
    from pathways.records.reading import record_from_text

    resource = _resource(content, shown)
    if resource is not None:
        return _from_fhir(resource, on or today(), folder)
    read = record_from_text(decoded(content, shown), name=shown)
    return Given(read, on or today(), folder=folder)


def _resource(content: bytes, shown: str) -> dict[str, Any] | None:
    """Return a FHIR resource; None when the content is something else."""
    plain = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain[:1] != b"{" or b'"resourceType"' not in plain:
        return None
    if len(content) > MAX_FHIR_BYTES:
        _refuse(
            "file-too-large",
            f"the file has more than {MAX_FHIR_BYTES:,} bytes",
            "give the resources of one person only",
            shown,
        )
    try:
        data = json.loads(plain, object_pairs_hook=_without_twins, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        _refuse("fhir-json", f"this is no JSON: {error.msg}", "", shown, error.lineno, error.colno)
    except RecursionError:
        _refuse("fhir-too-large", "it is nested too deeply", "is this FHIR?", shown)
    except ValueError as error:
        _refuse("fhir-json", f"this is no JSON: {error}", "", shown)
    return data if isinstance(data, dict) and "resourceType" in data else None


def _refuse(
    code: str, message: str, hint: str, shown: str, line: int = 1, column: int = 1
) -> NoReturn:
    from pathways.errors import DocumentError, Place, Problem

    place = Place(shown, line, column)
    raise DocumentError([Problem(code, message, hint, place=place)]) from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two keys of one name nobody can tell which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key '{twin[:60]}' stands twice in one object")
    return found


def _no_number(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")


def _from_fhir(resource: dict[str, Any], on: dt.date, folder: Path | None) -> Given:
    from pathways.reading.catalogues import library_catalogue
    from pathways.records.fhir.reading import record_from_bundle
    from pathways.records.reading import record_from_dict

    found = record_from_bundle(resource, library_catalogue(), FHIR_RECORD, on=on)
    read = record_from_dict(found.data)
    return Given(read, on, tuple(str(each) for each in found.not_understood), folder)


def pathways_meant(given: Given, names: Sequence[str]) -> tuple[list[ResolvedPathway], bool]:
    """Return the pathways a command is about, and whether somebody named them.

    Args:
        given: The record.
        names: Names or files of the command line; none: those of the record, else the library.

    Raises:
        UnknownNameError: A name of the command line is not known.
        DocumentError: A pathway that the record names is not known, or a file has faults.
    """
    from pathways.cli.common import load_pathway
    from pathways.reading.files import library_ids
    from pathways.reading.load import load_many

    if names:
        loaded = [load_pathway(name) for name in names]
        return list({each.id: each for each in loaded}.values()), True
    record = given.read.record
    stated = [record.at.pathway] if record.at else []
    if stated or record.pathways:
        files = _files_of(given)
        return load_many(list(dict.fromkeys(files))), True
    return load_many(library_ids()), False


def _files_of(given: Given) -> list[Path]:
    """Return the file of each pathway a record names: beside it, or in the library."""
    from pathways.errors import DocumentError, did_you_mean
    from pathways.reading.files import known_pathways, pathway_file

    record = given.read.record
    named: list[tuple[tuple[str | int, ...], str]] = []
    if record.at:
        named.append((("at", "pathway"), record.at.pathway))
    named += [(("pathways", index), name) for index, name in enumerate(record.pathways)]
    files = [(path, name, pathway_file(name, given.folder)) for path, name in named]
    known = known_pathways(given.folder) if any(file is None for *_, file in files) else ()
    problems = [
        given.read.problem(
            "unknown-pathway", path, f"no pathway '{name}'", did_you_mean(name, known)
        )
        for path, name, file in files
        if file is None
    ]
    if problems:
        raise DocumentError(given.read.ordered(problems))
    return [file for *_, file in files if file is not None]


def placed_in(given: Given, pathways: Iterable[ResolvedPathway], *, named: bool) -> list[Placed]:
    """Place the person of a record, the pathway to answer first in front.

    Args:
        given: The record.
        pathways: The pathways.
        named: Whether somebody named them; else those that are surely not about the person are left
            out, and so are those that another one takes in whole.

    Raises:
        DocumentError: The record has faults; all of them are listed.
        PathwayError: No pathway is about the person.
    """
    from pathways.boxes import TooManyBoxesError
    from pathways.errors import DocumentError, PathwayError, Problem, UnknownNameError
    from pathways.patients.placing import Placer
    from pathways.placed import place_everywhere

    placers = [Placer(each) for each in pathways]
    _refuse_unknown_place(given, placers)
    try:
        placed = list(place_everywhere(placers, given.read, given.on, only_concerned=not named))
    except (DocumentError, UnknownNameError, TooManyBoxesError):
        raise
    except PathwayError as error:
        # What nobody could find with a place is a fault of the record all the same.
        where = given.read.address(("findings",))
        raise DocumentError([Problem("contradiction", str(error), where=where)]) from None
    if named:
        order = [each.pathway.id for each in placers]
        return sorted(placed, key=lambda each: order.index(each.pathway.id))
    found = _main_ones(placed)
    if not found:
        raise PathwayError(
            "no pathway of the library is about this person; name one: "
            + ", ".join(each.pathway.id for each in placers)
        )
    return found


def _refuse_unknown_place(given: Given, placers: Iterable[Placer]) -> None:
    """Name the place in the file where a record states a step that its pathway does not have."""
    from pathways.errors import DocumentError, did_you_mean

    at = given.read.record.at
    for each in placers:
        if at is not None and at.pathway == each.pathway.id and at.state not in each.pathway.states:
            hint = did_you_mean(at.state, each.pathway.states)
            message = f"no state '{at.state}' in the pathway '{at.pathway}'"
            raise DocumentError(
                [given.read.problem("unknown-state", ("at", "state"), message, hint)]
            )


def _main_ones(placed: Sequence[Placed]) -> list[Placed]:
    """Leave out what another pathway takes in whole, and put what is surely meant first."""
    listed = [each for each in placed if each.pathway.document.concerns is not None]
    inside = {part.pathway for each in listed for part in each.pathway.document.include}
    main = [each for each in listed if each.pathway.id not in inside]
    return sorted(
        main or listed or list(placed),
        key=lambda each: (
            each.place.concerns != "certain",
            each.pathway.id != DEFAULT_PATHWAY,
            each.pathway.id,
        ),
    )
