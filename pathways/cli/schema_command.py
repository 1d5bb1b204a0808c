"""``pathways schema``: the JSON Schema of the file format, for editors."""

from __future__ import annotations

import argparse

from pathways.cli.common import put_out
from pathways.cli.parser import EXIT_FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "The JSON Schema of the file format: editors complete and check with it."
    parser.epilog = (
        "example:\n"
        "  pathways schema -o pathway.schema.json\n"
        "then begin a pathway file with the line\n"
        "  # yaml-language-server: $schema=./pathway.schema.json"
    )
    parser.add_argument(
        "name",
        nargs="?",
        default="pathway",
        choices=("pathway", "catalogue"),
        help="which file (default: pathway)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write a file instead of printing")


def execute(arguments: argparse.Namespace) -> int:
    """Print or write the schema."""
    from pathways.reading.schema import schema_text

    put_out(schema_text(arguments.name), arguments.output)
    return EXIT_FINE
