"""What ``draw`` and ``words`` share: a record whose place is shown over what they draw or say."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pathways.cli.common import say, view_of
from pathways.cli.place_command import add_day

if TYPE_CHECKING:
    from pathways.conditions.scope import Reader
    from pathways.diagrams import Overlay, View
    from pathways.model.pathway import ResolvedPathway
    from pathways.placed import Placed


def add_record(parser: argparse.ArgumentParser) -> None:
    """Add the options for a patient record whose place is shown."""
    group = parser.add_argument_group("a patient on the map")
    group.add_argument(
        "--record",
        metavar="RECORD",
        help="show where a patient is: a YAML or JSON record file, a FHIR bundle (JSON), - for "
        "standard input, or the name of an example",
    )
    add_day(parser)
    group.add_argument(
        "--yours",
        action="store_true",
        help="with --record: only the patient's part, the way so far and what could be next",
    )


def check_record_options(arguments: argparse.Namespace) -> None:
    """Refuse options that do not go together."""
    refuse = arguments.parser.error
    if arguments.record is None:
        for option, given in (("--yours", arguments.yours), ("--on", arguments.on)):
            if given:
                refuse(f"{option} goes with --record")
        return
    if arguments.record == "-" and arguments.pathway == "-":
        refuse("the pathway and the record cannot both come from standard input; name a file")
    parts = ("phase", "around", "to")
    if arguments.yours and any(getattr(arguments, part) is not None for part in parts):
        refuse("--yours is a part of its own; leave out --phase, --around and --to")


def placed_for(arguments: argparse.Namespace, pathway: ResolvedPathway) -> Placed | None:
    """Return the patient of the record placed in a pathway; None when there is no record.

    Args:
        arguments: The command line.
        pathway: The pathway.

    Raises:
        UnknownNameError: Neither a file nor an example has that name.
        DocumentError: The record has faults; all of them are listed.
    """
    if arguments.record is None:
        return None
    from pathways.cli.place_source import placed_in, read_given

    given = read_given(arguments.record, arguments.on)
    for line in given.not_understood:
        say(f"note: not understood: {line}")
    placed = placed_in(given, [pathway], named=True)[0]
    if placed.place.concerns == "excluded":
        say(f"note: by this record, '{pathway.id}' is not about this person")
    return placed


def view_for(arguments: argparse.Namespace, placed: Placed | None) -> View:
    """Return the part to show: that of the patient, or the one the options name.

    Args:
        arguments: The command line.
        placed: The patient, if there is one.
    """
    from pathways.diagrams import View

    view = view_of(arguments)
    return View.yours(placed.place) if placed and arguments.yours else view


def overlay_for(placed: Placed | None, view: View, reader: Reader) -> Overlay | None:
    """Return the place as marks and notes, and say so when it is not in the part that is shown.

    Args:
        placed: The patient, or None.
        view: The part that is shown.
        reader: Whom the notes are for.
    """
    if placed is None:
        return None
    from pathways.diagrams.place_overlay import overlay_of
    from pathways.diagrams.views import shown_states

    shown = shown_states(placed.pathway, view)
    for name in placed.states:
        if name not in shown:
            number = placed.pathway.numbers[name]
            say(f"note: the patient is at step {number} ({name}), which is not in this part")
    return overlay_of(placed.place, placed.pathway, placed.facts, reader)
