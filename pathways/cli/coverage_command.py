"""``pathways coverage``: which statement of the starting texts lives where in the library."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pathways.cli.common import csv_text, print_json, print_rows, say, wrapped
from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS

if TYPE_CHECKING:
    from pathways.traceability.coverage import Coverage, CoveredItem

MOST_PLACES = 3
"""How many places of one item are printed unless all are asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Every statement of the texts the library started from, in our own words, with the elements,"
        " files and lines that hold it; what is left out on purpose, and why; and which items of the"
        " evidence are used. Exit code 1 when a statement is missing, or a citation cannot stand."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways coverage --summary\n"
        "  pathways coverage --source seed-001 --all-places\n"
        "  pathways coverage --item S1-Q05\n"
        "  pathways coverage --format csv > coverage.csv"
    )
    parser.add_argument(
        "--source", metavar="NAME", help="one text, such as seed-001, or evidence (default: all)"
    )
    parser.add_argument("--item", metavar="ID", help="one item, such as S1-Q05 or E-MBB-02")
    parser.add_argument(
        "--missing", action="store_true", help="only what is neither cited nor left out on purpose"
    )
    parser.add_argument("--summary", action="store_true", help="only the numbers")
    parser.add_argument(
        "--all-places", action="store_true", help=f"all places of an item, not only {MOST_PLACES}"
    )
    parser.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="(default: text)"
    )
    parser.add_argument(
        "--json", action="store_const", dest="format", const="json", help="short for --format json"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Print the coverage of the library."""
    from pathways.traceability.citations import citations, library_files
    from pathways.traceability.coverage import coverage
    from pathways.traceability.items import library_items

    if arguments.summary and arguments.format != "text":
        arguments.parser.error("--summary is text; it does not go with --json or --format")
    found = coverage(library_items(), citations(library_files()))
    rows = _chosen(found, arguments)
    if arguments.format == "json":
        print_json([_row(row) for row in rows])
    elif arguments.format == "csv":
        sys.stdout.write(csv_text([_row(row) for row in rows]))
    else:
        if not arguments.summary:
            _print_items(rows, every_place=arguments.all_places)
        _print_summary(found)
    for wrong in found.wrong:
        say(
            f"{wrong.citation.place}: {wrong.citation.item} at {wrong.citation.element}: {wrong.why}"
        )
    return EXIT_PROBLEMS if found.missing or found.wrong else EXIT_FINE


def _chosen(found: Coverage, arguments: argparse.Namespace) -> Sequence[CoveredItem]:
    from pathways.errors import UnknownNameError

    rows: Sequence[CoveredItem] = found.rows
    groups = dict.fromkeys(row.group for row in rows)
    if arguments.source is not None:
        if arguments.source not in groups:
            raise UnknownNameError("source of items", arguments.source, groups)
        rows = found.of(arguments.source)
    if arguments.item is not None:
        chosen = [row for row in rows if row.id == arguments.item]
        if not chosen:
            raise UnknownNameError("item", arguments.item, [row.id for row in rows])
        rows = chosen
    if arguments.missing:
        rows = [row for row in rows if row.status == "missing"]
    return rows


def _row(row: CoveredItem) -> dict[str, Any]:
    return {
        "id": row.id,
        "source": row.group,
        "kind": row.kind,
        "status": row.status,
        "means": row.means,
        "left_out": row.left_out,
        "places": [
            f"{each.element} ({each.place.file}:{each.place.line})" for each in row.citations
        ],
    }


def _print_items(rows: Sequence[CoveredItem], *, every_place: bool) -> None:
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            print(f"{group}\n")
        print(wrapped(row.means, "    ", f"{row.id}  {row.kind.replace('_', ' ')}: "))
        shown = row.citations if every_place else row.citations[:MOST_PLACES]
        for each in shown:
            print(f"      {each.element}  {each.place.file}:{each.place.line}  ({each.direction})")
        if len(row.citations) > len(shown):
            print(f"      and {len(row.citations) - len(shown)} more places")
        if row.left_out:
            print(wrapped(f"left out on purpose: {row.left_out}", "      "))
        elif not row.citations:
            print("      MISSING" if row.group != "evidence" else "      not used")
        print()


def _print_summary(found: Coverage) -> None:
    rows = []
    for group in dict.fromkeys(row.group for row in found.rows):
        items = found.of(group)
        rows.append(
            {
                "source": group,
                "items": len(items),
                "cited": sum(row.status == "cited" for row in items),
                "left_out": sum(row.status == "left_out" for row in items),
                "missing": sum(row.status == "missing" for row in items)
                if group != "evidence"
                else "",
                "places": sum(len(row.citations) for row in items),
            }
        )
    print_rows(rows, ["source", "items", "cited", "left_out", "missing", "places"])
    count = len(found.statements)
    held = count - len(found.missing)
    print(f"\n{held} of {count} statements of the starting texts are accounted for.")
