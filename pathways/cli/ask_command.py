"""``pathways ask``: one question at a time, then where the answers lead."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pathways.cli.common import put_out, say, width
from pathways.cli.parser import EXIT_FINE
from pathways.cli.place_command import add_day, add_patient_reader

if TYPE_CHECKING:
    import datetime as dt

    from pathways.cli.ask_terminal import Ending, Terminal
    from pathways.cli.place_source import Given
    from pathways.model.pathway import ResolvedPathway
    from pathways.patients.dialogue import Dialogue
    from pathways.records.record import PatientRecord


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Answer questions one at a time, warning signs first; not sure is always an answer. Then "
        "read where you are and what could be next. Nothing is saved unless you say so. Type help "
        "at a question to see what else can be typed."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways ask\n"
        "  pathways ask severe-back-pain -o my-answers.yaml\n"
        "  pathways ask --record seed-000 --reader clinician"
    )
    parser.add_argument(
        "pathway",
        metavar="PATHWAY",
        nargs="?",
        help="name of a library pathway or a YAML file (default: that of the record, else asked)",
    )
    parser.add_argument(
        "--record",
        metavar="FILE",
        help="go on from a record: a file, a FHIR bundle (JSON) or the name of an example",
    )
    add_day(parser)
    add_patient_reader(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="save the answers as a record (.yaml)"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="in the end, the answer of every pathway of the library that it concerns",
    )


def execute(arguments: argparse.Namespace) -> int:
    """Ask, say where the answers lead, and save them if that is wanted."""
    from pathways.cli.ask_terminal import Terminal, converse
    from pathways.patients.dialogue import Dialogue
    from pathways.patients.placing import Placer

    _check_options(arguments)
    terminal = Terminal()
    given = _given(arguments)
    pathway = _pathway(arguments, given, terminal)
    if pathway is None:
        return EXIT_FINE
    record = _checked(given, pathway) if given else None
    on = given.on if given else _day(arguments)
    dialogue = Dialogue(Placer(pathway), on, record, arguments.reader)
    ending = converse(dialogue, terminal)
    if ending != "quit":
        terminal.print()
        terminal.print(_answer(dialogue, arguments).rstrip("\n"))
    _save(dialogue, ending, arguments, terminal)
    return EXIT_FINE


def _check_options(arguments: argparse.Namespace) -> None:
    """Refuse what would lose the answers in the end, before the first question."""
    refuse = arguments.parser.error
    if arguments.record == "-" or arguments.pathway == "-":
        refuse("the answers come from standard input; name a file")
    if arguments.output is None:
        return
    if arguments.output == "-":
        refuse("the questions go to standard output; name a file to save the answers in")
    fault = output_fault(arguments.output, arguments.record)
    if fault:
        refuse(fault)


def output_fault(output: str, record: str | None) -> str:
    """Return why answers cannot be saved in a file, and what would do; empty when they can.

    Args:
        output: Name of the file.
        record: The record that the answers go on from: its file may be replaced; or None.
    """
    from pathways.reading.files import is_file, is_folder

    path = Path(output)
    if path.suffix.lower() not in {".yaml", ".yml"}:
        return f"'{output}' does not end in .yaml; name a file such as my-answers.yaml"
    if is_folder(path):
        return f"'{output}' is a folder; name a file in it"
    if not is_folder(path.parent):
        return f"there is no folder '{path.parent}'; make it first, or name another file"
    is_own = (
        record is not None and is_file(Path(record)) and path.resolve() == Path(record).resolve()
    )
    if is_file(path) and not is_own:
        return f"'{output}' is there already; go on from it with --record, or name another file"
    return ""


def _given(arguments: argparse.Namespace) -> Given | None:
    from pathways.cli.place_source import read_given

    if arguments.record is None:
        return None
    given = read_given(arguments.record, arguments.on)
    for line in given.not_understood:
        say(f"note: not understood: {line}")
    return given


def _day(arguments: argparse.Namespace) -> dt.date:
    from pathways.cli.place_source import today

    day: dt.date = arguments.on or today()
    return day


def _pathway(
    arguments: argparse.Namespace, given: Given | None, terminal: Terminal
) -> ResolvedPathway | None:
    """Return the pathway that is meant: named, that of the record, or asked for."""
    from pathways.cli.ask_terminal import choose_pathway
    from pathways.cli.common import load_pathway
    from pathways.cli.place_source import pathways_meant

    if arguments.pathway is not None:
        return load_pathway(arguments.pathway)
    if given is not None and (given.read.record.at or given.read.record.pathways):
        return pathways_meant(given, ())[0][0]
    name = choose_pathway(terminal, arguments.reader)
    return None if name is None else load_pathway(name)


def _checked(given: Given, pathway: ResolvedPathway) -> PatientRecord:
    """Refuse a record with faults, each with its place in the file."""
    from pathways.cli.place_source import placed_in

    return placed_in(given, [pathway], named=True)[0].record


def _answer(dialogue: Dialogue, arguments: argparse.Namespace) -> str:
    """Return where the answers lead, in words."""
    from pathways.cli.place_source import Given, placed_in
    from pathways.cli.place_text import Said, in_words
    from pathways.placed import Placed
    from pathways.reading.files import library_ids
    from pathways.reading.load import load_many
    from pathways.records.reading import record_from_dict

    record = dialogue.record
    full = [Placed(dialogue.placer, record, dialogue.located)]
    if arguments.all:
        data = record.model_dump(exclude_defaults=True, by_alias=True)
        given = Given(record_from_dict(data), dialogue.on)
        placed = placed_in(given, load_many(library_ids()), named=False)
        full += [each for each in placed if each.pathway.id != full[0].pathway.id]
    on = dialogue.on.isoformat()
    return in_words(Said(record.record, "", on, arguments.reader, full), width=width())


def _save(
    dialogue: Dialogue, ending: Ending, arguments: argparse.Namespace, terminal: Terminal
) -> None:
    """Save the record where -o says, or where the person does, if they want it saved at all."""
    from pathways.records.writing import dump_record

    text = dump_record(dialogue.record)
    output: str | None = arguments.output
    if output is None:
        # Whoever has closed the input cannot be asked.
        if not dialogue.answers or ending == "no_input":
            return
        if not terminal.agrees("Save your answers in a file?"):
            terminal.print("Nothing was saved.")
            return
    while True:
        output = output or _file_name(arguments, terminal)
        if output is None:
            terminal.print("Nothing was saved.")
            return
        try:
            put_out(text, output)
        except OSError as error:
            if terminal.is_at_end:
                raise
            terminal.print(f"'{output}' cannot be written: {error.strerror}. Name another file.")
            output = None
        else:
            return


def _file_name(arguments: argparse.Namespace, terminal: Terminal) -> str | None:
    """Ask for the name of a file until one will do; None when the person gives none."""
    while True:
        typed = terminal.read("Name of the file, such as my-answers.yaml (Enter: do not save)")
        if not typed:
            return None
        fault = output_fault(typed, arguments.record)
        if not fault:
            return typed
        terminal.print(f"{fault[:1].upper()}{fault[1:]}.")
