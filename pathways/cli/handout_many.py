"""Handouts for many patients in one call: numbered files, nothing about a person in their names."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathways.cli.common import say
from pathways.cli.parser import EXIT_FINE

if TYPE_CHECKING:
    from pathways.handouts.blocks import HandoutKind

RECORD_ENDINGS = frozenset({".yaml", ".yml", ".json"})


def write_each(
    pathway: Any, kind: HandoutKind, arguments: argparse.Namespace, options: dict[str, Any]
) -> int:
    """Write one handout for each record and say which is whose.

    Args:
        pathway: The pathway.
        kind: Whom they are for.
        arguments: The command line.
        options: How the handouts are made.

    Returns:
        The exit code.
    """
    from pathways.printed import ENDINGS, hand_out

    if arguments.pictures or arguments.check:
        arguments.parser.error("--pictures and --check go with one record")
    if len(arguments.output) != 1 or arguments.output == ["-"]:
        arguments.parser.error("several records need one -o: the folder to write to")
    sources = list(_sources(arguments.record))
    if not sources:
        arguments.parser.error("there is no record in that folder: .yaml, .yml or .json")
    # All are read before any is written: of a folder with a fault in it nothing is half done.
    patients = [_placed(source, pathway, arguments) for source in sources]
    folder = Path(arguments.output[0])
    folder.mkdir(parents=True, exist_ok=True)
    format = arguments.format or "pdf"
    ending = next(key for key, value in ENDINGS.items() if value == format)
    for number, (source, placed) in enumerate(zip(sources, patients, strict=True), start=1):
        file = folder / f"handout-{number:03d}{ending}"
        hand_out(pathway, kind, placed=placed, **options).save(file)
        print(f"{file}\t{source}")
        _progress(number, len(sources))
    say(f"wrote {len(sources)} handouts to {folder}")
    return EXIT_FINE


def _placed(source: str, pathway: Any, arguments: argparse.Namespace) -> Any:
    """Return where the patient of a record is; what of a FHIR document is not understood is said."""
    from pathways.cli.place_source import placed_in, read_given

    given = read_given(source, arguments.on)
    for line in given.not_understood:
        say(f"note: {source}: not understood: {line}")
    return placed_in(given, [pathway], named=True)[0]


def _sources(records: list[str]) -> Iterator[str]:
    """Yield each record; of a folder its record files, sorted."""
    for each in records:
        path = Path(each)
        if path.is_dir():
            found = (file for file in sorted(path.iterdir()) if file.suffix in RECORD_ENDINGS)
            yield from map(str, found)
        else:
            yield each


def _progress(number: int, count: int) -> None:
    """Show how far the work is, on a terminal."""
    if sys.stderr.isatty():
        end = "\n" if number == count else ""
        print(f"\rhandout {number} of {count}", end=end, file=sys.stderr, flush=True)
