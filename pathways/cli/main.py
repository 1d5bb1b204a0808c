"""The command ``pathways``: arguments, exit codes, and how errors are printed. No logic.

Exit codes: 0 fine, 1 problems found in a file, 2 wrong use. Data goes to standard output, messages
to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS, EXIT_WRONG_USE, Parser
from pathways.errors import DocumentError, PathwayError
from pathways.version import __version__

COMMANDS = {
    "list": "the pathways in the library",
    "show": "a pathway or one of its steps, in short",
    "draw": "a picture: SVG, PNG, PDF, DOT or Mermaid",
    "words": "the same steps in words",
    "table": "states, transitions, findings or treatments as a table",
    "routes": "ways through a pathway: routes, what must be passed, what a gap closes",
    "new": "a commented file to start from",
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
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=Parser
    )
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, add_help=name in wanted)
        if name in wanted:
            module = import_module(f"pathways.cli.{name}_command")
            module.add_arguments(command)
            command.add_argument(
                "--debug", action="store_true", help="show a traceback when something goes wrong"
            )
            command.set_defaults(execute=module.execute, parser=command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The command line without the program's name; None: that of the process.

    Returns:
        The exit code: 0 fine, 1 problems found, 2 wrong use.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    wanted = [name for name in given if name in COMMANDS][:1]
    parser = _parser_with(wanted)
    parsed = parser.parse_args(given)
    if parsed.command is None:
        parser.print_help()
        return EXIT_FINE
    try:
        return int(parsed.execute(parsed))
    except PathwayError as error:
        if parsed.debug:
            raise
        return report(error)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or parsed.debug:
            raise
        name = f"{error.filename}: " if error.filename else ""
        print(f"pathways: {name}{error.strerror or error}", file=sys.stderr)
        return EXIT_WRONG_USE


def report(error: PathwayError) -> int:
    """Print an error of the user and return its exit code."""
    if isinstance(error, DocumentError):
        for problem in error.problems:
            print(problem, file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count != 1 else ''} found", file=sys.stderr)
        return EXIT_PROBLEMS
    print(f"pathways: {error}", file=sys.stderr)
    return EXIT_WRONG_USE


def run() -> None:
    """Run the command line of this process and leave with its exit code."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe is gone (``pathways list | head -1``): nothing left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_FINE
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)

