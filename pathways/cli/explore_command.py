"""``pathways explore``: one page that works offline, to find out where somebody is and what is next."""

from __future__ import annotations

import argparse

from pathways.cli.common import READERS, add_language, load_in_language, put_out
from pathways.cli.parser import EXIT_FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "One HTML page that needs nothing else and asks for nothing: where you are, what could be "
        "next, and why not. One question at a time, and the whole map with every finding. Answers "
        "stay on the page. Several pathways, or two versions of one, share the answers."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways explore severe-back-pain -o back.html\n"
        "  pathways explore severe-back-pain --reader clinician -o back.html\n"
        "  pathways explore chronic-back-pain facet-joint-pain -o both.html\n"
        "  pathways explore safety --language es -o aviso.html"
    )
    parser.add_argument(
        "pathways",
        metavar="ID_OR_FILE",
        nargs="+",
        help="name of a library pathway, or a YAML file; several stand on one page",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="the page to write; - for standard output",
    )
    parser.add_argument(
        "--reader",
        choices=READERS,
        default="patient",
        help="whose words come first; a switch on the page changes it (default: patient)",
    )
    add_language(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Write the page."""
    from pathways.explorer.page import to_page

    loaded = [load_in_language(each, arguments.language) for each in arguments.pathways]
    put_out(to_page(loaded, arguments.reader), arguments.output)
    return EXIT_FINE
