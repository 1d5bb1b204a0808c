"""``pathways draw``: a picture of a pathway or a part of it."""

from __future__ import annotations

import argparse
import glob
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from pathways.cli.common import (
    add_language,
    add_pathway,
    add_reader,
    add_view,
    load_in_language,
    put_out,
    say,
)
from pathways.cli.parser import EXIT_FINE
from pathways.cli.record_overlay import (
    add_record,
    check_record_options,
    overlay_for,
    placed_for,
    view_for,
)

if TYPE_CHECKING:
    from pathways.diagrams import Overlay, Picture, PictureFormat, View
    from pathways.diagrams.model import Mark
    from pathways.model.pathway import ResolvedPathway

FORMATS = ("svg", "png", "pdf", "dot", "mermaid")
THEMES = ("default", "print")
PAPERS = ("a4", "letter")
PROFILES = ("screen", "clinician", "clear-print", "large-print")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Draw a pathway, or a part of it, as SVG, PNG, PDF, DOT or Mermaid; with --pages as pages "
        "of paper that can be read when printed."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways draw severe-back-pain -o back.svg\n"
        "  pathways draw severe-back-pain --phase 1 --reader patient -o safety.png\n"
        "  pathways draw severe-back-pain --around 12 --steps 1 --highlight 12 -o step.pdf\n"
        "  pathways draw my-pathway.yaml --theme print -o print.pdf\n"
        "  pathways draw severe-back-pain --format mermaid -o -\n"
        "  pathways draw severe-back-pain --pages a4 -o back.pdf\n"
        "  pathways draw severe-back-pain --pages letter --profile large-print -o large.pdf\n"
        "  pathways draw severe-back-pain --pages a4 --profile clear-print -o page.svg\n"
        "  pathways draw severe-back-pain --reader patient --language es -o dolor.svg\n"
        "  pathways draw severe-back-pain --record seed-000 -o where.svg\n"
        "  pathways draw severe-back-pain --record seed-000 --yours --pages a4 --profile clear-print "
        "-o yours.pdf"
    )
    add_pathway(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, its ending gives the format; - for standard output (default: ID.svg; "
        "with --pages ID.pdf). Pages as SVG or PNG become one file each: OUT-page-01.svg",
    )
    parser.add_argument("--format", choices=FORMATS, help="format, if the ending does not say it")
    _add_looks(parser)
    parser.add_argument(
        "--highlight",
        action="append",
        default=[],
        metavar="STEP",
        help="mark a step (name or number) or a way (STEP/N); may be given several times",
    )
    add_view(parser)
    add_record(parser)


def _add_looks(parser: argparse.ArgumentParser) -> None:
    """Add the options for paper, sizes, words, colours and fonts."""
    parser.add_argument(
        "--pages",
        choices=PAPERS,
        metavar="PAPER",
        help="cut into pages of this paper, a4 or letter; steps that lead to another page say so",
    )
    parser.add_argument(
        "--profile",
        choices=PROFILES,
        help="sizes of type: screen; clinician (9 points and more, 8 cards a page); clear-print "
        "(12 points and more, 7 cards); large-print (16 points and more, 4 cards) "
        "(default: screen; with --pages clinician)",
    )
    add_reader(parser, default="patient for clear-print and large-print, else clinician")
    add_language(parser)
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
        "--fonts",
        metavar="FOLDER",
        help="folder of more fonts (.ttf, .otf), for letters the shipped font does not have",
    )
    parser.add_argument(
        "--embed-font",
        action="store_true",
        help="put the font into an SVG, so that it looks the same on phones and old machines",
    )


def _dpi(text: str) -> int:
    if not text.isdecimal() or not 36 <= int(text) <= 600:
        raise argparse.ArgumentTypeError(f"a whole number from 36 to 600 is needed, not '{text}'")
    return int(text)


def execute(arguments: argparse.Namespace) -> int:
    """Draw and write."""
    _check_options(arguments)
    pathway = load_in_language(arguments.pathway, arguments.language)
    placed = placed_for(arguments, pathway)
    view = view_for(arguments, placed)
    if arguments.highlight:
        _say_what_is_not_shown(pathway, view, arguments.highlight)
    output, format = _output_of(arguments, pathway.id)
    if arguments.dpi is not None and format != "png":
        arguments.parser.error(f"--dpi goes with PNG, not with {format}")
    if arguments.embed_font and format != "svg":
        arguments.parser.error(f"--embed-font goes with SVG, not with {format}")
    job = _Job(pathway, _options(arguments, pathway, view, format), output, format, arguments)
    if placed:
        job.options["overlay"] = overlay_for(placed, view, job.options["reader"])
    if format in {"dot", "mermaid"}:
        _write_text(job)
    elif arguments.pages:
        _write_pages(job)
    else:
        _write_picture(job)
    return EXIT_FINE


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be drawn, how, and where to."""

    pathway: ResolvedPathway
    options: dict[str, Any]
    output: str
    format: PictureFormat
    arguments: argparse.Namespace


def _check_options(arguments: argparse.Namespace) -> None:
    """Refuse options that do not go together."""
    if arguments.output not in (None, "-"):
        _check_ending(arguments)
    check_record_options(arguments)
    if arguments.record is not None and arguments.highlight:
        arguments.parser.error("--highlight does not go with --record, which marks steps itself")
    if arguments.record is not None and arguments.output is None:
        arguments.parser.error(
            "--record needs -o: a picture of a patient's place is written only where you say"
        )
    if arguments.pages and arguments.profile == "screen":
        arguments.parser.error("--profile screen has no pages; leave out --pages or name another")


def _output_of(arguments: argparse.Namespace, id: str) -> tuple[str, PictureFormat]:
    """Return the file to write and its format; refuse what does not go with pages."""
    from pathways.diagrams import ending_of, format_of

    usual: PictureFormat = "pdf" if arguments.pages else "svg"
    output = arguments.output or f"{id}.{ending_of(arguments.format or usual)}"
    format: PictureFormat = arguments.format or (usual if output == "-" else format_of(output))
    if arguments.pages and format in {"dot", "mermaid"}:
        arguments.parser.error(f"--pages goes with PDF, SVG and PNG, not with {format}")
    if arguments.pages and format != "pdf" and output != "-" and not PurePath(output).suffix:
        arguments.parser.error(
            f"'{output}' is no name that pages can be numbered after; name a file such as back.{format}"
        )
    if arguments.pages and output == "-" and format != "pdf":
        arguments.parser.error("several pages go to standard output as PDF only; name a file")
    if format in {"dot", "mermaid"} and (arguments.profile or arguments.fonts):
        arguments.parser.error(f"--profile and --fonts do not go with {format}")
    return output, format


def _options(
    arguments: argparse.Namespace, pathway: ResolvedPathway, view: View, format: PictureFormat
) -> dict[str, Any]:
    """Return what every picture is drawn with."""
    from pathways.diagrams import PROFILES

    profile = arguments.profile or ("clinician" if arguments.pages else "screen")
    usual = "clinician" if format in {"dot", "mermaid"} else PROFILES[profile].reader
    return {
        "view": view,
        "reader": arguments.reader or usual,
        "theme": arguments.theme,
        "overlay": highlights(pathway, arguments.highlight),
        "profile": profile,
        "fonts": arguments.fonts,
    }


def _write_text(job: _Job) -> None:
    from pathways.diagrams import picture_file

    put_out(picture_file(job.pathway, job.format, **job.options), job.output)


def _write_picture(job: _Job) -> None:
    """Write one picture, and say what keeps it from passing its profile."""
    from pathways.diagrams import picture

    drawn = picture(job.pathway, **job.options)
    put_out(_content(drawn, job), job.output)
    _warn(drawn.problems)
    if drawn.problems:
        say("hint: --pages a4 or --pages letter cuts it into pages that can be read when printed")


def _write_pages(job: _Job) -> None:
    """Write pages: one PDF, or a file for each page."""
    from pathways.diagrams import pages

    drawn = pages(job.pathway, paper=job.arguments.pages, **job.options)
    if job.format == "pdf":
        put_out(drawn.pdf(), job.output)
    else:
        names = _page_names(job.output, len(drawn))
        # Everything is drawn before the first file is written.
        contents = [_content(page, job) for page in drawn]
        for name, content in zip(names, contents, strict=True):
            put_out(content, name)
        _say_what_is_left(job.output, names)
    _warn(drawn.problems)


def _page_names(output: str, count: int) -> list[str]:
    """Return the name of the file of each page: ``back-page-01.svg``."""
    path = PurePath(output)
    digits = max(2, len(str(count)))
    return [
        str(path.with_name(f"{path.stem}-page-{number:0{digits}}{path.suffix}"))
        for number in range(1, count + 1)
    ]


def _say_what_is_left(output: str, names: list[str]) -> None:
    """Name files of pages that an earlier drawing with more pages has left."""
    path = Path(output)
    found = path.parent.glob(f"{glob.escape(path.stem)}-page-*{glob.escape(path.suffix)}")
    left = sorted({each.name for each in found} - {PurePath(name).name for name in names})
    if left:
        say(f"note: pages of an earlier drawing are still there: {', '.join(left)}")


def _content(drawn: Picture, job: _Job) -> bytes:
    from pathways.diagrams.printing import DEFAULT_DPI

    match job.format:
        case "png":
            return drawn.png(job.arguments.dpi or DEFAULT_DPI)
        case "pdf":
            return drawn.pdf()
        case _:
            shown = drawn.with_font() if job.arguments.embed_font else drawn
            return shown.svg.encode("utf-8")


def _warn(problems: Sequence[str]) -> None:
    for problem in problems:
        say(f"warning: {problem}")


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
