"""``pathways draw``: a picture of a pathway or a part of it."""

from __future__ import annotations

import argparse
from pathlib import PurePath
from typing import TYPE_CHECKING

from pathways.cli.common import (
    add_pathway,
    add_reader,
    add_view,
    load_pathway,
    put_out,
    say,
    view_of,
)
from pathways.cli.parser import EXIT_FINE

if TYPE_CHECKING:
    from pathways.diagrams import Overlay, View
    from pathways.diagrams.model import Mark
    from pathways.model.pathway import ResolvedPathway

FORMATS = ("svg", "png", "pdf", "dot", "mermaid")
THEMES = ("default", "print")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "Draw a pathway, or a part of it, as SVG, PNG, PDF, DOT or Mermaid."
    parser.epilog = (
        "examples:\n"
        "  pathways draw severe-back-pain -o back.svg\n"
        "  pathways draw severe-back-pain --phase 1 --reader patient -o safety.png\n"
        "  pathways draw severe-back-pain --around 12 --steps 1 --highlight 12 -o step.pdf\n"
        "  pathways draw my-pathway.yaml --theme print -o print.pdf\n"
        "  pathways draw severe-back-pain --format mermaid -o -"
    )
    add_pathway(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, its ending gives the format; - for standard output (default: ID.svg)",
    )
    parser.add_argument("--format", choices=FORMATS, help="format, if the ending does not say it")
    add_reader(parser)
    parser.add_argument(
        "--theme",
        choices=THEMES,
        default="default",
        help="default: colours safe for colour-blind "
        "readers; print: black and white (default: default)",
    )
    parser.add_argument(
        "--dpi", type=_dpi, metavar="N", help="dots per inch of a PNG (default: 144)"
    )
    parser.add_argument(
        "--highlight",
        action="append",
        default=[],
        metavar="STEP",
        help="mark a step (name or number) or a way (STEP/N); may be given several times",
    )
    add_view(parser)


def _dpi(text: str) -> int:
    if not text.isdecimal() or not 36 <= int(text) <= 600:
        raise argparse.ArgumentTypeError(f"a whole number from 36 to 600 is needed, not '{text}'")
    return int(text)


def execute(arguments: argparse.Namespace) -> int:
    """Draw and write."""
    from pathways.diagrams import ending_of, format_of, picture
    from pathways.diagrams.render import DEFAULT_DPI

    view = view_of(arguments)
    if arguments.output not in (None, "-"):
        _check_ending(arguments)
    pathway = load_pathway(arguments.pathway)
    output = arguments.output or f"{pathway.id}.{ending_of(arguments.format or 'svg')}"
    wanted = arguments.format or ("svg" if output == "-" else format_of(output))
    if arguments.dpi is not None and wanted != "png":
        arguments.parser.error(f"--dpi goes with PNG, not with {wanted}")
    if arguments.highlight:
        _say_what_is_not_shown(pathway, view, arguments.highlight)
    drawn = picture(
        pathway,
        wanted,
        reader=arguments.reader,
        view=view,
        theme=arguments.theme,
        overlay=highlights(pathway, arguments.highlight),
        dpi=arguments.dpi or DEFAULT_DPI,
    )
    put_out(drawn if isinstance(drawn, bytes) else drawn.encode("utf-8"), output)
    return EXIT_FINE


def _say_what_is_not_shown(pathway: ResolvedPathway, view: View, names: list[str]) -> None:
    """Say which steps are to be marked but are not in the part that is drawn."""
    from pathways.diagrams.views import shown_states

    shown = shown_states(pathway, view)
    for name in names:
        step = name.partition("/")[0]
        if pathway.state_name(step) not in shown:
            say(f"note: step {step} is not in this part, so it is not marked")


def _check_ending(arguments: argparse.Namespace) -> None:
    """Refuse a file whose ending says nothing, or something else than --format."""
    from pathways.diagrams.pictures import ENDINGS

    ending = PurePath(arguments.output).suffix.lower()
    if not ending and not arguments.format:
        arguments.parser.error(
            f"'{arguments.output}' has no ending such as .svg, .png or .pdf; add one, or --format"
        )
    if arguments.format and ENDINGS.get(ending, arguments.format) != arguments.format:
        arguments.parser.error(
            f"--format {arguments.format} does not fit the ending of '{arguments.output}'; "
            "leave one of them out"
        )


def highlights(pathway: ResolvedPathway, names: list[str]) -> Overlay | None:
    """Return marks on the steps and ways that are named, or None when none are.

    Args:
        pathway: The pathway.
        names: Steps by name or number; ways as ``STEP/N``, N counted from 1.

    Raises:
        UnknownNameError: A step or way is not known.
    """
    from pathways.diagrams import Overlay
    from pathways.errors import UnknownNameError

    boxes: dict[str, Mark] = {}
    arrows: dict[str, Mark] = {}
    for each in names:
        step, _, position = each.partition("/")
        state = pathway.state_name(step)
        if not position:
            boxes[state] = "focus"
            continue
        ways = {str(way.index + 1): way.key for way in pathway.ways_from(state)}
        if position not in ways:
            raise UnknownNameError(f"way on from step '{step}' with the number", position, ways)
        arrows[ways[position]] = "focus"
    return Overlay(boxes=boxes, arrows=arrows) if names else None
