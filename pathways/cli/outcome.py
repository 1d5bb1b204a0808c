"""Run a command, and turn whatever goes wrong into a message and an exit code."""

from __future__ import annotations

import argparse
import sys
import traceback

from pathways.cli.parser import EXIT_FAULT, EXIT_PROBLEMS, EXIT_WRONG_USE
from pathways.errors import DocumentError, PathwayError, printable


def outcome(parsed: argparse.Namespace) -> int:
    """Run the command that was parsed and return its exit code.

    Args:
        parsed: The arguments; ``execute`` is the command's own function, ``debug`` asks for the
            traceback of whatever goes wrong.

    Returns:
        The exit code, see :mod:`pathways.cli.parser`.

    Raises:
        BrokenPipeError: The reader of a pipe is gone; nothing is wrong.
    """
    try:
        return int(parsed.execute(parsed))
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - nobody should meet a traceback who did not ask
        if parsed.debug:
            traceback.print_exc()
        return _report(error)


def _report(error: Exception) -> int:
    """Print what went wrong, and return the exit code that says so."""
    match error:
        case DocumentError():
            for problem in error.problems:
                _say(str(problem))
            count = len(error.problems)
            _say(f"{count} problem{'s' if count != 1 else ''} found")
            return EXIT_PROBLEMS
        case PathwayError():
            _say(f"pathways: {printable(str(error))}")
            return EXIT_WRONG_USE
        case OSError():
            name = f"'{error.filename}': " if error.filename else ""
            _say(f"pathways: {printable(name)}{error.strerror or error}")
            return EXIT_WRONG_USE
        case _:
            _say(
                f"pathways: a fault in this program, not in your file: {type(error).__name__}: {error}"
            )
            _say("Please report it, with what the same command prints with --debug.")
            return EXIT_FAULT


def _say(message: str) -> None:
    print(message, file=sys.stderr)
