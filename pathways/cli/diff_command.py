"""``pathways diff``: what differs between two versions, and who is treated differently."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pathways.cli.common import add_json, load_pathway, print_json, put_out, say, width
from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS, EXIT_WRONG_USE

if TYPE_CHECKING:
    from pathways.differences.model import Differences, Section
    from pathways.model.pathway import ResolvedPathway

ONLY = ("meaning", "structure", "texts", "evidence")
THEMES = ("default", "print")

DESCRIPTION = (
    "What differs between two versions of a pathway: who is treated differently, each with an"
    " example patient before and after; parts that came, went or changed; words; evidence."
    " Conditions that are written in another way and mean the same are no difference.\n\n"
    "Exit code, as for diff: 0 nothing differs, 1 something does, 2 trouble. With --only it is"
    " about that sort of difference alone."
)

EXAMPLES = (
    "examples:\n"
    "  pathways diff my-pathway.yaml my-pathway.yaml --only meaning\n"
    "\n"
    "two files, or files of a git repository:\n"
    "  pathways diff old.yaml new.yaml\n"
    "  pathways diff old.yaml new.yaml -o changes.svg\n"
    "  pathways diff --git HEAD my-pathway.yaml\n"
    "  pathways diff v1.2.0:care/my-pathway.yaml v1.3.0:care/my-pathway.yaml --markdown\n"
    "  pathways diff --git main my-pathway.yaml --only meaning || echo look at it\n"
    "\n"
    "What a file of a revision includes is taken from beside it in that revision. The shared\n"
    "records of the library, and its pathways, are those of this program in both versions."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = DESCRIPTION
    parser.epilog = EXAMPLES
    parser.add_argument(
        "versions",
        nargs="+",
        metavar="ID_OR_FILE",
        help="the old and the new version, each a YAML file, the name of a library pathway, or "
        "REV:PATH of a git repository; with --git one file",
    )
    parser.add_argument(
        "--git",
        metavar="REV",
        help="the old version is the file as this git revision has it, such as HEAD or v1.2.0",
    )
    parser.add_argument(
        "--only",
        choices=ONLY,
        action="append",
        metavar="SORT",
        help="meaning, structure, texts or evidence; may be given several times (default: all)",
    )
    looks = parser.add_mutually_exclusive_group()
    add_json(looks)  # type: ignore[arg-type]
    looks.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="also draw the new version with what is new, changed and gone: .svg, .png, .pdf, .dot, "
        ".mmd",
    )
    parser.add_argument(
        "--theme", choices=THEMES, help="of the picture; print: black and white (default: default)"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Compare the versions and print what differs."""
    from pathways.errors import DocumentError

    _check_options(arguments)
    try:
        old, new = _versions(arguments)
    except DocumentError as error:
        # Elsewhere faults in a file are exit code 1; here that says that something differs.
        for problem in error.problems:
            say(str(problem))
        return EXIT_WRONG_USE
    return _compared(arguments, old, new)


def _check_options(arguments: argparse.Namespace) -> None:
    count = len(arguments.versions)
    if arguments.git is not None and count != 1:
        arguments.parser.error("--git takes one file: its old version is that of the revision")
    if arguments.git is None and count != 2:
        arguments.parser.error(
            "two versions are needed, the old and the new one; or --git REV FILE"
        )
    if arguments.output == "-":
        arguments.parser.error("-o needs a file: what differs is printed to standard output")
    if arguments.theme and arguments.output is None:
        arguments.parser.error("--theme is about the picture; it goes with -o")
    if arguments.output is not None:
        from pathways.diagrams.pictures import format_of

        format_of(arguments.output)


def _versions(arguments: argparse.Namespace) -> tuple[ResolvedPathway, ResolvedPathway]:
    if arguments.git is None:
        old, new = arguments.versions
        return _version(old), _version(new)
    from pathways.cli.git_source import load_revision
    from pathways.reading.files import file_of

    (source,) = arguments.versions
    path = file_of(source)
    old = load_revision(arguments.git, f"./{path.name}", path.parent)
    return old, load_pathway(source)


def _version(source: str) -> ResolvedPathway:
    """Load a version: a file, a name of the library, or ``REV:PATH``."""
    revision, colon, path = source.partition(":")
    # One letter before a colon is a drive.
    if not colon or not path or len(revision) < 2 or Path(source).exists():
        return load_pathway(source)
    from pathways.cli.git_source import load_revision

    return load_revision(revision, path)


def _compared(arguments: argparse.Namespace, old: ResolvedPathway, new: ResolvedPathway) -> int:
    from pathways.checks.reaching import Reaching
    from pathways.differences.compare import differences
    from pathways.differences.model import SECTIONS
    from pathways.reports.difference_said import said_differences
    from pathways.reports.difference_text import (
        difference_data,
        difference_markdown,
        difference_text,
    )

    found = differences(old, new, {"old": Reaching(old, new), "new": Reaching(new, old)})
    only: tuple[Section, ...] = tuple(n for n in SECTIONS if n in (arguments.only or SECTIONS))
    said = said_differences(found, old, new, only)
    if arguments.output is not None:
        _draw(arguments, found, old, new)
    if arguments.json:
        print_json(difference_data(found, said, old, new, only))
    elif arguments.markdown:
        put_out(difference_markdown(said), None)
    else:
        put_out(difference_text(said, width=width()), None)
    return EXIT_PROBLEMS if any(found.has(name) for name in only) else EXIT_FINE


def _draw(
    arguments: argparse.Namespace,
    found: Differences,
    old: ResolvedPathway,
    new: ResolvedPathway,
) -> None:
    from pathways.diagrams.difference_overlay import difference_diagram
    from pathways.diagrams.pictures import diagram_file, format_of

    diagram = difference_diagram(found, old, new)
    theme = arguments.theme or "default"
    put_out(diagram_file(diagram, format_of(arguments.output), theme=theme), arguments.output)
