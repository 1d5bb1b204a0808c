"""``pathways words``: the same steps in words."""

from __future__ import annotations

import argparse
from typing import Literal

from pathways.cli.common import add_pathway, add_reader, add_view, load_pathway, put_out, view_of
from pathways.cli.parser import EXIT_FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "The same steps in words: numbered, with conditions and where they lead. It is the text "
        "equivalent of the picture, for reading aloud, for screen readers, for pasting."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways words severe-back-pain --reader patient\n"
        "  pathways words severe-back-pain --phase 2 --format markdown -o phase2.md"
    )
    add_pathway(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="write a file instead of printing")
    parser.add_argument(
        "--format", choices=("text", "markdown"), help="(default: text, or markdown for a .md file)"
    )
    add_reader(parser)
    add_view(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print or write the words."""
    from pathways.diagrams import extract, to_words

    view = view_of(arguments)
    pathway = load_pathway(arguments.pathway)
    text = to_words(extract(pathway, reader=arguments.reader, view=view), _format(arguments))
    put_out(text, arguments.output)
    return EXIT_FINE


def _format(arguments: argparse.Namespace) -> Literal["text", "markdown"]:
    if arguments.format is not None:
        wanted: Literal["text", "markdown"] = arguments.format
        return wanted
    return "markdown" if str(arguments.output or "").lower().endswith(".md") else "text"
