"""``pathways completion``: shell completion."""

from __future__ import annotations

import argparse

from pathways.cli.parser import EXIT_FINE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "Print a script that lets the shell complete commands and options."
    parser.epilog = (
        "examples:\n"
        '  eval "$(pathways completion bash)"\n'
        "  pathways completion zsh > ~/.zsh/completions/_pathways"
    )
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="which shell")


def execute(arguments: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from pathways.cli.main import make_parser

    print(shtab.complete(make_parser(), arguments.shell))
    return EXIT_FINE
