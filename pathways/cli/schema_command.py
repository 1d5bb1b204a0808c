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
        "  # yaml-language-server: $schema=./pathway.schema.json\n"
        "for patient records:\n"
        "  pathways schema record -o record.schema.json"
    )
    parser.add_argument(
        "name",
        nargs="?",
        default="pathway",
        choices=("pathway", "catalogue", "record"),
        help="which file (default: pathway)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write a file instead of printing")


def execute(arguments: argparse.Namespace) -> int:
    """Print or write the schema."""
    if arguments.name == "record":
        from pathways.records.schema import record_schema_text

        put_out(record_schema_text(), arguments.output)
        return EXIT_FINE
    from pathways.reading.schema import schema_text

    put_out(schema_text(arguments.name), arguments.output)
    return EXIT_FINE
