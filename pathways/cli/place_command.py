"""``pathways place``: where a patient record is in a pathway, and what could be next."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pathways.cli.common import (
    add_json,
    add_language,
    print_json,
    print_rows,
    put_out,
    say,
    spoken_in,
    width,
)
from pathways.cli.parser import EXIT_FINE

if TYPE_CHECKING:
    import datetime as dt

    from pathways.cli.place_text import Said
    from pathways.placed import Placed

REASONS = ("distance", "not_covered", "not_offered", "not_wanted", "contraindicated")
SUPPOSED = "supposed"
"""What stands for a reason where the user gives none: it is a question, not a fact."""
_NO_REASON = "not_offered"
"""What closes does not depend on the reason; where none was given, this one is never shown."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Where a patient is in a pathway, and what could be next: warning signs first, each way on "
        "with its reasons, what to find out. Nothing about the patient is written anywhere but to "
        "the file of -o."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways place --examples\n"
        "  pathways place seed-000\n"
        "  pathways place seed-000 severe-back-pain --reader clinician\n"
        "  pathways place seed-000 --on 2026-12-24 --all\n"
        "  pathways place seed-000 --to 48\n"
        "  pathways place seed-000 --without acupuncture:distance --without mri\n"
        "  pathways place seed-000 --language es\n"
        "  pathways place seed-000 --json\n"
        "  pathways place seed-000 -o where-i-am.html"
    )
    parser.add_argument(
        "record",
        metavar="RECORD",
        nargs="?",
        help="a YAML or JSON record file, a FHIR bundle (JSON), - for standard input, or the name "
        "of an example",
    )
    parser.add_argument(
        "pathway",
        metavar="PATHWAY",
        nargs="*",
        help="name of a library pathway or a YAML file (default: those the record names, else "
        "those of the library that it concerns; the first of them in full)",
    )
    add_day(parser)
    add_patient_reader(parser)
    add_language(parser)
    add_json(parser)
    _add_questions(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write a file: .html, .md, .txt, .json, or the picture as .svg, .png, .pdf",
    )
    parser.add_argument(
        "--examples", action="store_true", help="list the example records that ship"
    )


def _add_questions(parser: argparse.ArgumentParser) -> None:
    """Add the options for what else one can ask of a place."""
    parser.add_argument("--all", action="store_true", help="answer every pathway in full")
    parser.add_argument(
        "--to", metavar="STEP", help="what the pathway would need before this step is an option"
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="NAME[:REASON]",
        help="what closes, and what is left, without a treatment, test, class or step; REASON is "
        f"{', '.join(REASONS)} (default: only supposed); may be given several times",
    )


def add_day(parser: argparse._ActionsContainer) -> None:
    """Add the option that says which day it is."""
    parser.add_argument(
        "--on",
        type=_day,
        metavar="DATE",
        help="the day, such as 2026-11-25 (default: today; for an example the day of the example)",
    )


def _day(text: str) -> dt.date:
    from pathways.cli.place_source import day

    return day(text)


def add_patient_reader(parser: argparse.ArgumentParser) -> None:
    """Add the option that says whom the words are for, the patient unless told otherwise."""
    parser.add_argument(
        "--reader",
        choices=("clinician", "patient"),
        default="patient",
        help="whom the words are for (default: patient)",
    )


def execute(arguments: argparse.Namespace) -> int:
    """Place and print or write."""
    from pathways.cli.place_text import as_data, in_words, write_said

    if arguments.examples:
        return _list_examples(arguments)
    _check_options(arguments)
    said = _said(arguments)
    for line in said.not_understood:
        say(f"note: not understood: {line}")
    if arguments.output not in (None, "-"):
        write_said(said, arguments.output)
    elif arguments.json:
        print_json(as_data(said))
    else:
        put_out(in_words(said, width=width(), commands=True), None)
    return EXIT_FINE


def _check_options(arguments: argparse.Namespace) -> None:
    """Refuse options that do not go together."""
    from pathways.cli.place_text import ENDINGS, format_of

    refuse = arguments.parser.error
    if arguments.record is None:
        refuse("the following arguments are required: RECORD (--examples lists some)")
    if arguments.record == "-" and "-" in arguments.pathway:
        refuse("only one of RECORD and PATHWAY can come from standard input")
    if arguments.to is not None and (arguments.all or len(arguments.pathway) > 1):
        refuse("--to is about a step of one pathway; name one, and leave out --all")
    if arguments.output in (None, "-"):
        return
    format = format_of(arguments.output)
    if not format:
        refuse(f"'{arguments.output}' has no ending such as {', '.join(ENDINGS)}; add one")
    if arguments.json and format != "json":
        refuse(f"--json does not fit the ending of '{arguments.output}'; leave one of them out")
    if format in {"html", "svg", "png", "pdf"}:
        _check_page(arguments, format)


def _check_page(arguments: argparse.Namespace, format: str) -> None:
    """A page and a picture are about one pathway, and about the place alone."""
    refuse = arguments.parser.error
    if arguments.all or len(arguments.pathway) > 1:
        refuse(f"a .{format} file shows one pathway; name one, and leave out --all")
    if arguments.to is not None:
        refuse(f"--to goes with .txt, .md and .json, not with .{format}")


def _said(arguments: argparse.Namespace) -> Said:
    """Work out everything that is asked for."""
    from pathways.cli.place_source import pathways_meant, placed_in, read_given
    from pathways.cli.place_text import Said
    from pathways.reports.prospect import prospect_said

    given = read_given(arguments.record, arguments.on)
    pathways, named = pathways_meant(given, arguments.pathway)
    pathways = [spoken_in(each, arguments.language) for each in pathways]
    placed = [
        replace(each, not_read=given.not_understood)
        for each in placed_in(given, pathways, named=named)
    ]
    full = placed if arguments.all or arguments.pathway else placed[:1]
    said = Said(
        record=given.read.record.record,
        source=arguments.record,
        on=given.on.isoformat(),
        reader=arguments.reader,
        full=full,
        also=placed[len(full) :],
        not_understood=given.not_understood,
    )
    if arguments.without:
        said = _left(said, arguments)
    if arguments.to is not None:
        located = said.full[0].located
        said = replace(said, prospect=prospect_said(located, arguments.to, arguments.reader))
    return said


def _left(said: Said, arguments: argparse.Namespace) -> Said:
    """Return what is said on what is left."""
    from pathways.language import speaking
    from pathways.patients.what_if import what_if
    from pathways.reports.prospect import supposition, what_if_said

    first = said.full[0]
    reasons = _without(arguments, first)
    with speaking(first.pathway.language):
        words = supposition(said.reader)
    supposed = dict.fromkeys((name for name, why in reasons.items() if why == SUPPOSED), words)
    without = {name: _NO_REASON if name in supposed else why for name, why in reasons.items()}
    around = first.located.around
    found = what_if(first.placer, first.facts, around, without)
    return replace(
        said,
        full=[_worded(each.unless(without), supposed) for each in said.full],
        also=[_worded(_placed_without(each, without), supposed) for each in said.also],
        what_if=what_if_said(first.pathway, found, said.reader, supposed),
    )


def _worded(placed: Placed, supposed: Mapping[str, str]) -> Placed:
    """Place the person again with words of our own for what is only supposed not to be had."""
    around = placed.located.around
    words = {name: supposed.get(name, why) for name, why in around.unavailable.items()}
    if words == around.unavailable:
        return placed
    located = placed.placer.locate(placed.facts, replace(around, unavailable=words))
    return replace(placed, located=located)


def _without(arguments: argparse.Namespace, first: Placed) -> dict[str, str]:
    """Return why each thing cannot be had, by its name; a step may be given by its number."""
    found: dict[str, str] = {}
    for each in arguments.without:
        name, _, reason = each.partition(":")
        reason = reason or SUPPOSED
        if reason not in (*REASONS, SUPPOSED):
            from pathways.errors import did_you_mean

            hint = did_you_mean(reason, REASONS)
            arguments.parser.error(f"--without: no reason '{reason}'; {hint}")
        found[first.pathway.state_name(name) if name.isdecimal() else name] = reason
    return found


def _placed_without(placed: Placed, without: dict[str, str]) -> Placed:
    """Place the person on what is left; another pathway may not know each of the steps."""
    pathway, catalogue = placed.pathway, placed.pathway.catalogue
    known = {*catalogue.treatments, *catalogue.tests, *pathway.scope.classes, *pathway.states}
    return placed.unless({name: why for name, why in without.items() if name in known})


def _list_examples(arguments: argparse.Namespace) -> int:
    from pathways.records.examples import example_files
    from pathways.records.reading import load_record

    given: Sequence[object] = (arguments.record, arguments.to, arguments.output, arguments.on)
    if any(each is not None for each in given) or arguments.without or arguments.all:
        arguments.parser.error("--examples stands alone, or with --json")
    rows = []
    for name, path in example_files().items():
        record = load_record(path).record
        rows.append({"example": name, "recorded": record.recorded, "about": record.about or ""})
    if arguments.json:
        print_json(rows)
    else:
        print_rows(rows, ["example", "recorded", "about"])
    return EXIT_FINE
