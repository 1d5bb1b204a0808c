"""``pathways new``: a commented file to start from, which draws as it is."""

from __future__ import annotations

import argparse
import re
from importlib.resources import files
from pathlib import Path

from pathways.cli.common import put_out, say
from pathways.cli.parser import EXIT_FINE

TEMPLATES = Path(str(files("pathways"))) / "library" / "templates"
TEMPLATE = TEMPLATES / "starter.yaml"
CLINIC = TEMPLATES / "clinic.yaml"
NAME_IN_TEMPLATE = "sore-shoulder"
TITLE_IN_TEMPLATE = "Sore shoulder"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Write a commented pathway file to start from. It draws as it is. With --clinic: a file "
        "with a clinic's name, contact and country, for handouts."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways new sore-knee && pathways draw sore-knee.yaml\n"
        "  pathways new --clinic our-clinic"
    )
    parser.add_argument(
        "name", metavar="NAME", help="name of the pathway: small letters, digits and -"
    )
    parser.add_argument(
        "--clinic", action="store_true", help="write a clinic's file instead, for handouts"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to (default: NAME.yaml)")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")


def execute(arguments: argparse.Namespace) -> int:
    """Write the file; one that is there already stays as it is."""
    from pathways.model.words import HYPHEN_NAME_PATTERN

    if not re.fullmatch(HYPHEN_NAME_PATTERN.strip("^$"), arguments.name):
        arguments.parser.error(
            f"'{arguments.name}' is no name: small letters, digits and -, such as sore-knee"
        )
    output: str = arguments.output or f"{arguments.name}.yaml"
    if output != "-" and Path(output).exists() and not arguments.force:
        arguments.parser.error(f"'{output}' is there already; --force replaces it")
    if arguments.clinic:
        put_out(CLINIC.read_text(encoding="utf-8"), output)
        then = f"pathways handout severe-back-pain --clinic {output} -o back.pdf"
    else:
        put_out(_starter(arguments.name), output)
        then = f"pathways draw {output}"
    if output != "-":
        say(f"next: {then}")
    return EXIT_FINE


def _starter(name: str) -> str:
    """Return the starter file under another name and title."""
    text = TEMPLATE.read_text(encoding="utf-8").replace(NAME_IN_TEMPLATE, name)
    return text.replace(
        f"title: {TITLE_IN_TEMPLATE}\n", f"title: {name.replace('-', ' ').capitalize()}\n"
    )
