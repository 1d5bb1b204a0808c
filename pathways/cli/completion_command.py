"""``pathways completion``: shell completion."""

from __future__ import annotations

import argparse

from pathways.cli.parser import EXIT_FINE, Parser

SHELLS = ("bash", "zsh", "tcsh")

SOURCES = {
    "bash": (
        '_pathways_sources() {{\n  compgen -W "{names}" -- "$1"\n'
        '  compgen -f -X \'!*.yaml\' -- "$1"\n  compgen -d -- "$1"\n}}\n'
    ),
    "zsh": "_pathways_sources() {{\n  compadd -- {names}\n  _files -g '*.yaml'\n}}\n",
    "tcsh": "",
}
"""For each shell the function that completes a pathway: names in the library, and YAML files."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "Print a script that lets the shell complete commands, options and names."
    parser.epilog = (
        "examples:\n"
        '  eval "$(pathways completion bash)"\n'
        "  pathways completion zsh > ~/.zsh/completions/_pathways"
    )
    parser.add_argument("shell", choices=SHELLS, help="which shell")


def execute(arguments: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from pathways.cli.main import make_parser
    from pathways.reading.files import library_ids

    completes = {
        "pathway": {"bash": "_pathways_sources", "zsh": "_pathways_sources", "tcsh": "f"},
        "compare": {"bash": "_pathways_sources", "zsh": "_pathways_sources", "tcsh": "f"},
        "output": shtab.FILE,
        "record": shtab.FILE,
        "folder": shtab.DIRECTORY,
    }
    parser = make_parser()
    for action in _actions(parser):
        if action.dest in completes:
            action.complete = completes[action.dest]  # type: ignore[attr-defined]
    preamble = SOURCES[arguments.shell].format(names=" ".join(library_ids()))
    print(shtab.complete(parser, arguments.shell, preamble=preamble))
    return EXIT_FINE


def _actions(parser: Parser) -> list[argparse.Action]:
    """Return the arguments of all commands."""
    found: list[argparse.Action] = []
    for action in parser.actions():
        found.append(action)
        if action.dest == "command" and isinstance(action.choices, dict):
            for command in action.choices.values():
                found += _actions(command)
    return found
