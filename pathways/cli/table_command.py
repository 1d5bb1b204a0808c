"""``pathways table``: states, transitions, findings, treatments, thresholds, disagreements."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pathways.cli.common import (
    add_pathway,
    add_reader,
    csv_text,
    load_pathway,
    print_json,
    print_rows,
)
from pathways.cli.parser import EXIT_FINE

TABLES = ("states", "transitions", "findings", "treatments", "thresholds", "disagreements")

SHORT: Mapping[str, Sequence[str]] = {
    "states": ("number", "name", "kind", "phase", "badge", "goes_to", "title"),
    "transitions": ("source_number", "target_number", "label", "words"),
    "findings": ("name", "type", "unit", "level", "read_in", "question"),
    "thresholds": ("name", "value", "unit", "used_in", "other_values", "sources", "says"),
    "disagreements": ("name", "side", "steps", "for", "against", "says"),
    "treatments": ("name", "category", "situation", "badge", "offered_in", "done_in", "title"),
}
"""The columns of the text form; the other forms have all of them."""


MARKDOWN_SIGNS = "\\|`*[]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "States, transitions, findings, treatments, thresholds or disagreements of a pathway as a"
        " table."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways table severe-back-pain treatments\n"
        "  pathways table severe-back-pain findings --reader patient --format csv > findings.csv"
    )
    add_pathway(parser)
    parser.add_argument("table", choices=TABLES, help="what to list")
    add_reader(parser)
    parser.add_argument(
        "--format",
        choices=("text", "csv", "json", "markdown"),
        default="text",
        help="text: the main columns; the others: all columns (default: text)",
    )
    parser.add_argument(
        "--json", action="store_const", dest="format", const="json", help="short for --format json"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Print the table."""
    from pathways import graph

    make: Callable[..., list[dict[str, Any]]] = getattr(graph, f"{arguments.table}_rows")
    rows = make(load_pathway(arguments.pathway), arguments.reader)
    if arguments.format == "json":
        print_json(rows)
    elif arguments.format == "csv":
        sys.stdout.write(csv_text(rows))
    elif arguments.format == "markdown":
        print(_markdown(rows, SHORT[arguments.table]))
    else:
        print_rows(rows, SHORT[arguments.table])
    return EXIT_FINE


def _markdown(rows: list[dict[str, Any]], columns: Sequence[str]) -> str:
    lines = [" | ".join(columns), " | ".join("---" for _ in columns)]
    lines += [" | ".join(_markdown_cell(row.get(column)) for column in columns) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _markdown_cell(value: Any) -> str:
    """Text that Markdown takes as text, in one line: nothing in it is a cell, a link or a tag."""
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    escaped = "".join(f"\\{sign}" if sign in MARKDOWN_SIGNS else sign for sign in text)
    return " ".join(escaped.replace("&", "&amp;").replace("<", "&lt;").split())
