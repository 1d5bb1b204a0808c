"""What several commands share: arguments, tables as text, JSON."""

from __future__ import annotations

import argparse
import csv
import io
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathways.diagrams import View
    from pathways.model.pathway import ResolvedPathway

READERS = ("clinician", "patient")
SMALLEST_WIDTH = 60
LARGEST_WIDTH = 110


def add_pathway(parser: argparse.ArgumentParser) -> None:
    """Add the argument that says which pathway."""
    parser.add_argument(
        "pathway",
        metavar="ID_OR_FILE",
        help="name of a library pathway, a YAML file, or - for standard input",
    )


def add_reader(parser: argparse.ArgumentParser, default: str = "") -> None:
    """Add the option that says whom the words are for.

    Args:
        parser: The parser of a command.
        default: How the command chooses, in words, when it is not given; empty: ``clinician``.
    """
    parser.add_argument(
        "--reader",
        choices=READERS,
        default=None if default else "clinician",
        help=f"whom the words are for (default: {default or 'clinician'})",
    )


def add_language(parser: argparse._ActionsContainer) -> None:
    """Add the option that says which language the words are in."""
    parser.add_argument(
        "--language",
        default="en",
        metavar="LANGUAGE",
        help="language of the words for patients and of all fixed words: en or es (default: en)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option for output that programs read."""
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")


def add_view(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a part of a pathway."""
    part = parser.add_argument_group("which part (default: the whole pathway)")
    choice = part.add_mutually_exclusive_group()
    choice.add_argument("--phase", metavar="PHASE", help="one phase, by name or number")
    choice.add_argument(
        "--around", metavar="STEP", help="a step (name or number) and what is near it"
    )
    choice.add_argument("--to", metavar="STEP", help="every way that leads to a step")
    part.add_argument(
        "--steps", type=_steps, metavar="N", help="with --around: how far, in steps (default: 2)"
    )
    part.add_argument("--from", dest="start", metavar="STEP", help="with --to: begin at this step")


def _steps(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 50:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to 50 is needed, not '{text}'")
    return int(text)


def view_of(arguments: argparse.Namespace) -> View:
    """Return the part of the pathway that the options ask for."""
    from pathways.diagrams import View

    if arguments.steps is not None and arguments.around is None:
        arguments.parser.error("--steps goes with --around")
    if arguments.start is not None and arguments.to is None:
        arguments.parser.error("--from goes with --to")
    if arguments.phase is not None:
        return View.phase(arguments.phase)
    if arguments.around is not None:
        return View.around(arguments.around, arguments.steps or 2)
    if arguments.to is not None:
        return View.routes(arguments.to, arguments.start)
    return View.whole()


def load_pathway(source: str) -> ResolvedPathway:
    """Load the pathway a command speaks of; ``-`` reads a file from standard input."""
    from pathways.reading.load import load, loads
    from pathways.reading.syntax import MAX_BYTES, decoded

    if source == "-":
        # As bytes: a file is UTF-8 whatever the terminal speaks.
        text = decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")
        return loads(text, name="<stdin>", folder=Path.cwd())
    return load(source)


def load_in_language(source: str, language: str) -> ResolvedPathway:
    """Load the pathway a command speaks of, in the language it was asked for.

    Args:
        source: As for :func:`load_pathway`.
        language: What the option of :func:`add_language` says.

    Raises:
        UnknownNameError: There is no such language.
    """
    return spoken_in(load_pathway(source), language)


def spoken_in(pathway: ResolvedPathway, language: str) -> ResolvedPathway:
    """Return a pathway in the language a command was asked for; ``en`` leaves it as it is."""
    if language == "en":
        return pathway
    from pathways.translation import in_language

    return in_language(pathway, language)


def width() -> int:
    """Return how wide text may be on this terminal, in characters."""
    columns = shutil.get_terminal_size((LARGEST_WIDTH, 24)).columns
    return max(SMALLEST_WIDTH, min(columns, LARGEST_WIDTH))


def print_json(data: Any) -> None:
    """Print plain data as JSON with a stable layout."""
    speaks_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(data, indent=2, ensure_ascii=not speaks_all, default=str))


def put_out(content: str | bytes, output: str | None) -> None:
    """Write what a command made to a file, whole or not at all, and say so.

    Args:
        content: What to write. In a file text is UTF-8; on standard output it is what the
            terminal speaks.
        output: Name of the file; ``-`` or None: standard output.

    Raises:
        OSError: The file cannot be written; its name is that of the user.
    """
    from pathways.reading.writing import write_bytes

    if output is None or output == "-":
        if isinstance(content, str):
            sys.stdout.write(content)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        return
    try:
        write_bytes(
            Path(output), content if isinstance(content, bytes) else content.encode("utf-8")
        )
    except OSError as error:
        # The error names a temporary file beside the one that was asked for.
        raise OSError(error.errno, error.strerror, output) from error
    say(f"wrote {output}")


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Return text broken into lines that fit the terminal.

    Args:
        text: One paragraph.
        indent: What stands before every line.
        first: What stands before the first line; default: the indent.
    """
    return textwrap.fill(
        " ".join(text.split()),
        width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def print_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as columns of text; the last column takes what width is left.

    Args:
        rows: One mapping a row.
        columns: Keys to show, in order; they are the headings too.
    """
    table = [[_cell(row.get(column)) for column in columns] for row in rows]
    headings = [column.replace("_", " ") for column in columns]
    widths = [
        max(len(heading), *(len(line[index]) for line in table), 0) if table else len(heading)
        for index, heading in enumerate(headings)
    ]
    for line in [headings, *table]:
        cells = [cell.ljust(space) for cell, space in zip(line[:-1], widths, strict=False)]
        print("  ".join([*cells, line[-1]]).rstrip())


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as comma-separated values, safe for a spreadsheet to open.

    Args:
        rows: One mapping a row, all with the keys of the first.
    """
    stream = io.StringIO()
    if rows:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _plain(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def _plain(value: Any) -> Any:
    """Lists in one cell; a cell that a spreadsheet would run as a formula is made text."""
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(each) for each in value)
    if not isinstance(value, str):
        return value
    # A bare carriage return would not be quoted, and ends the row for some readers.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\n") else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(each) for each in value)
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return " ".join(str(value).split())


def say(message: str) -> None:
    """Print a message for the person at the terminal, away from the data."""
    print(message, file=sys.stderr)
