"""``pathways handout``: a document to hand out, for a patient, a clinician or a visit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathways.cli.common import (
    add_json,
    add_language,
    add_pathway,
    load_in_language,
    print_json,
    put_out,
    say,
)
from pathways.cli.handout_many import write_each
from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS
from pathways.cli.place_command import add_day

if TYPE_CHECKING:
    from pathways.handouts.blocks import HandoutKind
    from pathways.printed import HandoutFormat, Printed

KINDS: Mapping[str, HandoutKind] = {
    "patient": "patient",
    "clinician": "clinician",
    "visit": "visit_sheet",
}
PROFILES = ("standard", "clear-print", "large-print")
PAPERS = ("a4", "letter")
FORMATS = ("pdf", "html", "docx", "markdown")
PICTURES = ("svg", "png", "pdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "A document to hand out: for a patient (what is going on, where you are, what could be "
        "next, what to ask, when to get help), for a clinician (decision points, evidence, both "
        "sides), or one sheet to take to a visit. As PDF, web page, Word file or Markdown. "
        "The signs for which to get help now come first, always."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways handout severe-back-pain -o back.pdf\n"
        "  pathways handout severe-back-pain -o back.pdf -o back.html -o back.docx -o back.md\n"
        "  pathways handout severe-back-pain --phase first_weeks --profile large-print -o weeks.pdf\n"
        "  pathways handout severe-back-pain --treatment acupuncture -o acupuncture.pdf\n"
        "  pathways handout severe-back-pain --record seed-000 -o mine.pdf\n"
        "  pathways handout severe-back-pain --record seed-000 --with-person --for visit -o visit.pdf\n"
        "  pathways handout facet-joint-pain --for clinician --paper letter -o facet.docx\n"
        "  pathways handout severe-back-pain --clinic clinic.yaml --language es -o dolor.pdf\n"
        "  pathways handout severe-back-pain --record patients/ -o handouts/ --format pdf\n"
        "  pathways handout severe-back-pain --pictures pictures/ --picture-format png --dpi 300\n"
        "  pathways handout severe-back-pain --check\n"
        "  pathways new --clinic clinic"
    )
    add_pathway(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        action="append",
        default=[],
        help="file to write; its ending gives the format: .pdf, .html, .docx or .md; may be given "
        "several times; - for standard output; with several records a folder",
    )
    parser.add_argument("--format", choices=FORMATS, help="format, if the ending does not say it")
    parser.add_argument(
        "--for",
        dest="kind",
        choices=tuple(KINDS),
        default="patient",
        help="whom it is for: patient, clinician, or visit: one sheet to take along (default: patient)",
    )
    _add_part(parser)
    _add_looks(parser)
    _add_pictures(parser)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing: say what it measures (reading grade, sizes of type, contrast, "
        "standards); exit code 1 when it does not pass",
    )
    add_json(parser)


def _add_part(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what it is about."""
    part = parser.add_argument_group("what it is about (default: the whole pathway)")
    choice = part.add_mutually_exclusive_group()
    choice.add_argument("--phase", metavar="PHASE", help="one phase, by name or number")
    choice.add_argument("--treatment", metavar="NAME", help="one treatment, by its name")
    choice.add_argument(
        "--record",
        metavar="RECORD",
        action="append",
        help="one patient: a record file, the name of an example; a folder of records, or several, "
        "give one handout each",
    )
    part.add_argument(
        "--with-person",
        action="store_true",
        help="with --record: what is known of the person may stand in it",
    )
    add_day(part)


def _add_looks(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how it looks."""
    looks = parser.add_argument_group("how it looks")
    add_language(looks)
    looks.add_argument("--paper", choices=PAPERS, default="a4", help="(default: a4)")
    looks.add_argument(
        "--profile",
        choices=PROFILES,
        help="standard; clear-print: nothing under 12 points; large-print: nothing under 16 "
        "(default: clear-print for patients, standard for clinicians)",
    )
    looks.add_argument(
        "--clinic",
        metavar="FILE",
        help="a clinic's own name, logo, contact, country, colour and texts, as YAML",
    )
    looks.add_argument(
        "--leave-out",
        metavar="SECTION",
        action="append",
        default=[],
        help="a section to leave out, such as differ or sources; never the emergency box",
    )
    looks.add_argument(
        "--templates",
        metavar="FOLDER",
        help="templates of your own: handout.typ, handout.html.jinja, handout.docx",
    )


def _add_pictures(parser: argparse.ArgumentParser) -> None:
    """Add the options for the pictures alone."""
    pictures = parser.add_argument_group("its pictures alone, for other documents")
    pictures.add_argument(
        "--pictures",
        metavar="FOLDER",
        help="write them there, each with its words in a text file beside it",
    )
    pictures.add_argument(
        "--picture-format",
        choices=PICTURES,
        action="append",
        help="svg, png or pdf; may be given several times (default: svg)",
    )
    pictures.add_argument(
        "--dpi", type=_dpi, metavar="N", help="dots per inch of a PNG (default: 200)"
    )
    pictures.add_argument(
        "--width",
        type=_width,
        metavar="MM",
        help="width of the pictures in millimetres (default: as wide as the text of the paper)",
    )


def _dpi(text: str) -> int:
    if not text.isdecimal() or not 36 <= int(text) <= 600:
        raise argparse.ArgumentTypeError(f"a whole number from 36 to 600 is needed, not '{text}'")
    return int(text)


def _width(text: str) -> float:
    if not text.isdecimal() or not 60 <= int(text) <= 400:
        raise argparse.ArgumentTypeError(f"millimetres from 60 to 400 are needed, not '{text}'")
    return int(text) * 72 / 25.4


def execute(arguments: argparse.Namespace) -> int:
    """Make the handout and write it."""
    _check_options(arguments)
    pathway = load_in_language(arguments.pathway, arguments.language)
    options = _options(arguments)
    if _is_many(arguments):
        return write_each(pathway, KINDS[arguments.kind], arguments, options)
    from pathways.printed import hand_out

    placed = _placed(arguments, pathway)
    printed = hand_out(pathway, KINDS[arguments.kind], placed=placed, **options)
    if arguments.check:
        return _check(printed, as_json=arguments.json)
    if arguments.pictures:
        _write_pictures(printed, arguments)
    for output in arguments.output or ([] if arguments.pictures else [f"{pathway.id}.pdf"]):
        _write(printed, output, arguments.format)
    return EXIT_FINE


def _check_options(arguments: argparse.Namespace) -> None:
    """Refuse options that do not go together, before any work is done."""
    from pathways.printed import format_of

    parser = arguments.parser
    for option, value, other, is_given in (
        ("--with-person", arguments.with_person, "--record", arguments.record),
        ("--on", arguments.on, "--record", arguments.record),
        ("--json", arguments.json, "--check", arguments.check),
        ("--width", arguments.width, "--pictures", arguments.pictures),
        ("--dpi", arguments.dpi, "--pictures", arguments.pictures),
        ("--picture-format", arguments.picture_format, "--pictures", arguments.pictures),
    ):
        if value and not is_given:
            parser.error(f"{option} goes with {other}")
    if arguments.check and (arguments.output or arguments.pictures):
        parser.error("--check writes nothing; leave out -o and --pictures")
    if arguments.record and not (arguments.output or arguments.check or arguments.pictures):
        parser.error("--record needs -o: a patient's handout is written only where you say")
    if [arguments.pathway, *(arguments.record or [])].count("-") > 1:
        parser.error("the pathway and the record cannot both come from standard input")
    for output in arguments.output:
        if output != "-" and not arguments.format and not _is_many(arguments):
            format_of(Path(output))


def _is_many(arguments: argparse.Namespace) -> bool:
    records = arguments.record or []
    return len(records) > 1 or any(Path(each).is_dir() for each in records)


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    return {
        "profile": arguments.profile,
        "paper": arguments.paper,
        "phase": arguments.phase,
        "treatment": arguments.treatment,
        "with_person": arguments.with_person,
        "clinic": arguments.clinic,
        "templates": arguments.templates,
        "leave_out": arguments.leave_out,
        "picture_width": arguments.width,
    }


def _placed(arguments: argparse.Namespace, pathway: Any) -> Any:
    """Return where the patient of a record is; None where no record is given."""
    if not arguments.record:
        return None
    from pathways.cli.place_source import placed_in, read_given

    given = read_given(arguments.record[0], arguments.on)
    for line in given.not_understood:
        say(f"note: not understood: {line}")
    return placed_in(given, [pathway], named=True)[0]


def _write(printed: Printed, output: str, format: HandoutFormat | None) -> None:
    from pathways.printed import format_of

    usual = format or ("pdf" if output == "-" else format_of(Path(output)))
    put_out(printed.content(usual), output)


def _write_pictures(printed: Printed, arguments: argparse.Namespace) -> None:
    from pathways.printed import DEFAULT_DPI

    endings: Sequence[Any] = arguments.picture_format or ["svg"]
    dpi = arguments.dpi or DEFAULT_DPI
    written = printed.save_pictures(arguments.pictures, endings, dpi)
    say(f"wrote {len(written)} files to {arguments.pictures}")


def _check(printed: Printed, *, as_json: bool) -> int:
    """Print what a handout measures; exit code 1 when it does not pass."""
    from dataclasses import asdict

    quality, problems = printed.quality, printed.problems
    if as_json:
        print_json({"problems": list(problems), "quality": asdict(quality)})
        return EXIT_PROBLEMS if problems else EXIT_FINE
    grades = ", ".join(f"{each.formula} {each.grade}" for each in quality.readings)
    print(f"{printed.handout.title}: {quality.words:,} words, reading grade {grades}")
    print(f"smallest type {quality.smallest_text:g} points in text")
    for item in quality.items:
        print(f"{item.verdict:>14}  {item.id}: {item.asks} ({item.why})")
    for problem in problems:
        print(f"       problem  {problem}", file=sys.stdout)
    print("passes" if not problems else "does not pass")
    return EXIT_PROBLEMS if problems else EXIT_FINE
