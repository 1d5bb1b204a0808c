"""The command ``pathways``: arguments, exit codes, and how errors are printed. No logic.

Exit codes: 0 fine, 1 problems found in a file, 2 wrong use, 3 a fault in the program, 130
interrupted. Data goes to standard output, messages to standard error.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from pathways.cli.parser import EXIT_FINE, EXIT_WRONG_USE, Parser
from pathways.version import __version__

EXIT_INTERRUPTED = 130
"""What shells say of a process that Ctrl-C has ended."""

COMMANDS = {
    "list": "the pathways in the library",
    "show": "a pathway or one of its steps, in short",
    "draw": "a picture: SVG, PNG, PDF, DOT or Mermaid",
    "words": "the same steps in words",
    "table": "states, findings, treatments, thresholds, disagreements ... as a table",
    "place": "where a patient record is in a pathway, and what could be next",
    "ask": "ask the questions one at a time, then say where the answers lead",
    "handout": "a document to hand out: PDF, web page, Word or Markdown",
    "explore": "one page that works offline: where somebody is, what could be next, why not",
    "routes": "ways through a pathway: routes, what must be passed, what a gap closes",
    "check": "gaps, traps, broken rules ..., each with a patient who can be replayed",
    "watch": "a page in the browser that draws and checks a file at every save",
    "diff": "what differs between two versions, and who is treated differently",
    "map": "how the pathways of the library lead to one another",
    "coverage": "which statement of the starting texts lives where in the library",
    "examples": "journeys that take every way of a pathway, for clinicians to sign",
    "new": "a commented file to start from",
    "translations": "how much of a pathway is translated, and a file for translators",
    "schema": "the JSON Schema of the file format, for editors",
    "demo": "draw the severe-back-pain pathway and say what to open",
    "completion": "shell completion for bash, zsh or tcsh",
}

DESCRIPTION = """Care pathways as readable files: pictures that print, routes, words and tables.

Information, not medical advice. A pathway is a draft until its file names a reviewer."""

EXAMPLES = """examples:
  pathways demo                                          the main job, in one command
  pathways draw severe-back-pain -o back.svg             the whole pathway
  pathways draw severe-back-pain --around 9 -o step.png  what leads to step 9 and what follows
  pathways words severe-back-pain --reader patient       the same steps in plain words
  pathways place seed-000                                where a patient is, and what is next
  pathways ask severe-back-pain                          the same, by questions in the terminal
  pathways handout severe-back-pain -o back.pdf          a handout for patients
  pathways check my-pathway.yaml                         is it safe to use?
  pathways new my-pathway                                a file to start from"""


def make_parser() -> Parser:
    """Return the parser with all its commands.

    Each command's own file is imported only when the command is the one asked for, or when all of
    them are wanted (shell completion).
    """
    return _parser_with(tuple(COMMANDS))


def _parser_with(wanted: Sequence[str]) -> Parser:
    parser = Parser(prog="pathways", description=DESCRIPTION, epilog=EXAMPLES)
    parser.add_argument("--version", action="version", version=f"pathways {__version__}")
    _add_debug(parser, default=False)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=Parser
    )
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, add_help=name in wanted)
        if name in wanted:
            module = import_module(f"pathways.cli.{name}_command")
            module.add_arguments(command)
            # Without a default of its own it leaves alone what was said before the command.
            _add_debug(command, default=argparse.SUPPRESS)
            command.set_defaults(execute=module.execute, parser=command)
    return parser


def _add_debug(parser: Parser, *, default: bool | str) -> None:
    parser.add_argument(
        "--debug",
        action="store_true",
        default=default,
        help="show a traceback when something goes wrong",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The command line without the program's name; None: that of the process.

    Returns:
        The exit code: 0 fine, 1 problems found, 2 wrong use, 3 a fault in the program.

    Raises:
        SystemExit: Help or the version was printed, or the arguments are wrong.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    wanted = [name for name in given if name in COMMANDS][:1]
    parser = _parser_with(wanted)
    parsed = parser.parse_args(given)
    if parsed.command is None:
        parser.print_help()
        return EXIT_FINE
    # Imported here: records and errors would double the time of ``--help``.
    from pathways.cli.outcome import outcome

    return outcome(parsed)


def run() -> None:
    """Run the command line of this process and leave with its exit code."""
    # Records are read once and stay; looking through them for garbage costs a sixth of a short run.
    gc.set_threshold(100_000)
    # A letter that the terminal cannot show is no reason to fail.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code: str | int | None = main()
    except SystemExit as leaving:
        code = leaving.code
    except BrokenPipeError:
        code = EXIT_FINE
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    sys.exit(_finish_output(code))


def _finish_output(code: str | int | None) -> str | int | None:
    """Write out what is left, and return the exit code."""
    if sys.stdout is None:
        return code
    try:
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer can go nowhere; without this Python would try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # The reader of a pipe may go away early (``pathways list | head -1``): nothing is wrong.
        if not isinstance(error, BrokenPipeError):
            print(f"pathways: standard output: {error.strerror}", file=sys.stderr)
            return EXIT_WRONG_USE
    return code
