"""The argument parser: like argparse, but a typo gets a suggestion and nothing is abbreviated."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from pathways.errors import did_you_mean

EXIT_FINE = 0
EXIT_PROBLEMS = 1
EXIT_WRONG_USE = 2


class Parser(argparse.ArgumentParser):
    """An argument parser that suggests the nearest command or option."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*arguments, **options)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Name the nearest choice; argparse would only list them all."""
        if action.choices is None or value in action.choices:
            return
        what = "command" if isinstance(action, argparse._SubParsersAction) else "choice"
        hint = did_you_mean(str(value), [str(choice) for choice in action.choices])
        raise argparse.ArgumentError(
            None if what == "command" else action, f"no {what} '{value}'; {hint}".rstrip("; ")
        )

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Parse all arguments; an unknown option is named with the nearest known one."""
        parsed, left = self.parse_known_args(args, namespace)
        if left:
            parser: argparse.ArgumentParser = getattr(parsed, "parser", self)
            known = [flag for action in parser._actions for flag in action.option_strings]
            option = left[0].split("=")[0]
            hint = did_you_mean(option, known) if option.startswith("-") else ""
            parser.error(f"'{left[0]}' cannot stand here; {hint}".rstrip("; "))
        return parsed

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and where help is, and leave with the exit code of wrong use."""
        self.exit(EXIT_WRONG_USE, f"{self.prog}: {message}\nTry '{self.prog} --help'.\n")
