"""``pathways list``: the pathways in the library."""

from __future__ import annotations

import argparse

from pathways.cli.common import add_json, add_reader, print_json, print_rows, say
from pathways.cli.parser import EXIT_FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "The pathways in the library, with version, review status and size."
    parser.epilog = "example:\n  pathways list --json"
    add_reader(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    """List the library."""
    from pathways.reading.files import library_ids
    from pathways.reading.load import load_many

    rows = []
    for name, pathway in zip(library_ids(), load_many(library_ids()), strict=True):
        document = pathway.document
        rows.append(
            {
                "id": name,
                "title": pathway.title(arguments.reader),
                "version": document.version,
                "updated": document.updated,
                "review": pathway.review_status,
                "steps": len(pathway.states),
            }
        )
    if arguments.json:
        print_json(rows)
        return EXIT_FINE
    print_rows(rows, ["id", "version", "review", "steps", "title"])
    say("\nInformation, not medical advice. 'draft': no clinician has reviewed it yet.")
    return EXIT_FINE
