"""``pathways map``: how the pathways of the library lead to one another."""

from __future__ import annotations

import argparse

from pathways.cli.common import add_json, add_reader, print_json, put_out
from pathways.cli.parser import EXIT_FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "How pathways lead to one another: where one goes on in another, and which parts they take"
        " in. In words, or as a picture (.svg, .png, .pdf, .dot, .mmd)."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways map\n"
        "  pathways map -o map.svg --reader patient\n"
        "  pathways map my-pathway.yaml severe-back-pain -o map.png"
    )
    parser.add_argument(
        "pathways",
        nargs="*",
        metavar="ID_OR_FILE",
        help="library pathways or YAML files (default: the whole library)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write a picture of it")
    add_reader(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print or draw the map."""
    from pathways.diagrams import to_words
    from pathways.diagrams.pathway_map import map_diagram
    from pathways.graph.between import pathway_map
    from pathways.reading.files import library_ids
    from pathways.reading.load import load_many

    if arguments.json and arguments.output is not None:
        arguments.parser.error("--json prints; it does not go with --output")
    found = pathway_map(load_many(arguments.pathways or library_ids()))
    diagram = map_diagram(found, arguments.reader)
    if arguments.json:
        print_json(
            {
                "pathways": [
                    {
                        "id": name,
                        "title": each.title(arguments.reader),
                        "takes_in": found.takes_in[name],
                    }
                    for name, each in found.pathways.items()
                ],
                "links": [
                    {
                        "from": each.source,
                        "to": each.target,
                        "state": each.state,
                        "at": each.target_state,
                    }
                    for each in found.crossings
                ],
            }
        )
    elif arguments.output is None:
        put_out(to_words(diagram), None)
    else:
        from pathways.diagrams.pictures import diagram_file, format_of

        put_out(diagram_file(diagram, format_of(arguments.output)), arguments.output)
    return EXIT_FINE
