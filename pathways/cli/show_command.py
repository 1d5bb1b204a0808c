"""``pathways show``: a pathway in short, or one of its steps with everything behind it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from pathways.cli import show_text
from pathways.cli.common import (
    add_json,
    add_language,
    add_pathway,
    add_reader,
    load_in_language,
    print_json,
)
from pathways.cli.parser import EXIT_FINE

if TYPE_CHECKING:
    from pathways.conditions.scope import Reader
    from pathways.model.pathway import ResolvedPathway


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "A pathway in short: what it is about, the ways open at any time, its steps. With a step: "
        "what happens there, every way on with its condition, the evidence for and against."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways show severe-back-pain\n"
        "  pathways show severe-back-pain 12 --reader patient\n"
        "  pathways show severe-back-pain 12 --reader patient --language es\n"
        "  pathways show my-pathway.yaml"
    )
    add_pathway(parser)
    parser.add_argument("step", nargs="?", metavar="STEP", help="a step, by name or number")
    add_reader(parser)
    add_language(parser)
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Show the pathway or the step."""
    pathway = load_in_language(arguments.pathway, arguments.language)
    reader = arguments.reader
    if arguments.json:
        print_json(_step(pathway, arguments.step) if arguments.step else _whole(pathway))
        return EXIT_FINE
    from pathways.language import speaking

    with speaking(pathway.language):
        lines = _lines(pathway, arguments.step, reader)
    print("\n".join(lines))
    return EXIT_FINE


def _lines(pathway: ResolvedPathway, step: str | None, reader: Reader) -> list[str]:
    if step:
        return show_text.step_lines(pathway, pathway.state_name(step), reader)
    return show_text.pathway_lines(pathway, reader)


def _whole(pathway: ResolvedPathway) -> dict[str, Any]:
    """Everything the file says, with included steps and numbers."""
    data = pathway.document.model_dump(mode="json", exclude_defaults=True)
    data["steps"] = [
        {"number": number, "name": name, "pathway": pathway.origins[name]}
        for name, number in pathway.numbers.items()
    ]
    return data


def _step(pathway: ResolvedPathway, step: str) -> dict[str, Any]:
    name = pathway.state_name(step)
    return {
        "number": pathway.numbers[name],
        "name": name,
        "badge": pathway.badge_of_state(name),
        "offer_badges": {
            offer.treatment: pathway.badge_of_treatment(offer.treatment, name)
            for offer in pathway.states[name].offers
        },
        **pathway.states[name].model_dump(mode="json", exclude_defaults=True),
    }
