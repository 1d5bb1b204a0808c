"""The argument parser: like argparse, but a typo gets a suggestion and nothing is abbreviated."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

# Asking ``typing`` itself would cost every ``--help`` the time to import it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

EXIT_FINE = 0
EXIT_PROBLEMS = 1
"""A file has problems; they are printed."""
EXIT_WRONG_USE = 2
"""The command line, or a name on it, is wrong; or a file cannot be read or written."""
EXIT_FAULT = 3
"""A fault in the program itself."""


class Parser(argparse.ArgumentParser):
    """An argument parser that suggests the nearest command or option."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*arguments, **options)
        # From Python 3.14 help has colours; this program prints none anywhere.
        self.color = False

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Name the nearest choice; argparse would only list them all."""
        if action.choices is None or value in action.choices:
            return
        if action.dest == "command":
            fault = f"no command '{value}'"
        else:
            fault = f"{'/'.join(action.option_strings) or action.dest} cannot be '{value}'"
        hint = _nearest(str(value), [str(choice) for choice in action.choices])
        raise argparse.ArgumentError(None, f"{fault}; {hint}".rstrip("; "))

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Parse all arguments; an unknown option is named with the nearest known one."""
        parsed, left = self.parse_known_args(args, namespace)
        if left:
            parser: Parser = getattr(parsed, "parser", self)
            option = left[0].split("=")[0]
            hint = _nearest(option, parser.flags()) if option.startswith("-") else ""
            parser.error(f"'{left[0]}' cannot stand here; {hint}".rstrip("; "))
        return parsed

    def actions(self) -> list[argparse.Action]:
        """Return all arguments and options."""
        return list(self._actions)

    def flags(self) -> list[str]:
        """Return the names of all options."""
        return [flag for action in self._actions for flag in action.option_strings]

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and where help is, and leave with the exit code of wrong use."""
        self.exit(EXIT_WRONG_USE, f"{self.prog}: {message}\nTry '{self.prog} --help'.\n")


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the one name that looks most like what was written, as a question, or the list."""
    # Imported here: only a typo should pay for it, not every ``--help``.
    from pathways.errors import did_you_mean, nearest

    names = list(known)
    return did_you_mean(name, nearest(name, names, most=1) or names)
