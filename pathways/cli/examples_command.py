"""``pathways examples``: journeys that take every way of a pathway, for clinicians to sign."""

from __future__ import annotations

import argparse
from pathlib import Path

from pathways.cli.common import add_pathway, load_pathway, put_out, say
from pathways.cli.parser import EXIT_FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Invent patients whose journeys together take every way of a pathway, as a file that\n"
        "clinicians can read and sign. 'pathways check' replays the file that stands beside a\n"
        "pathway (NAME.examples.yaml) and reports every example that goes another way."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways examples severe-back-pain   print them\n"
        "  pathways examples my-pathway.yaml -o my-pathway.examples.yaml\n"
        "sign an example by adding to it:\n"
        "  signed: [{by: 'Dr A. Example, physiatrist', on: 2026-11-25}]"
    )
    add_pathway(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="write a file instead of printing")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")


def execute(arguments: argparse.Namespace) -> int:
    """Print or write the examples; a file that is there already stays as it is."""
    from pathways.checks.covering import cover
    from pathways.checks.examples import examples_text

    output: str | None = arguments.output
    if output not in (None, "-") and Path(str(output)).exists() and not arguments.force:
        arguments.parser.error(
            f"'{output}' is there already, perhaps with signatures; --force replaces it"
        )
    pathway = load_pathway(arguments.pathway)
    found = cover(pathway)
    put_out(examples_text(pathway, found.journeys), output)
    if found.missing:
        say(f"nobody takes these ways: {', '.join(found.missing)}")
    return EXIT_FINE
