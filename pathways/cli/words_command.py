"""``pathways words``: the same steps in words, and how hard they are to read."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Literal

from pathways.cli.common import (
    add_language,
    add_pathway,
    add_reader,
    add_view,
    load_in_language,
    print_json,
    put_out,
    wrapped,
)
from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS
from pathways.cli.record_overlay import (
    add_record,
    check_record_options,
    overlay_for,
    placed_for,
    view_for,
)

if TYPE_CHECKING:
    from pathways.readability.grades import GradedText, Grades

FEW = 10
"""How many of the harder texts are printed when none is too hard."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "The same steps in words: numbered, with conditions and where they lead. It is the text "
        "equivalent of the picture, for reading aloud, for screen readers, for pasting. With --grade: "
        "the US school grade of every text for patients, by two formulas; exit code 1 when one is "
        "above grade 8. In Spanish: perspicuity on the INFLESZ scale; exit code 1 when a text is "
        "below 55."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways words severe-back-pain --reader patient\n"
        "  pathways words severe-back-pain --phase 2 --format markdown -o phase2.md\n"
        "  pathways words severe-back-pain --record seed-000 --yours --reader patient\n"
        "  pathways words severe-back-pain --reader patient --language es\n"
        "  pathways words severe-back-pain --grade"
    )
    add_pathway(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="write a file instead of printing")
    parser.add_argument(
        "--format", choices=("text", "markdown"), help="(default: text, or markdown for a .md file)"
    )
    parser.add_argument(
        "--grade", action="store_true", help="how hard the texts for patients are to read"
    )
    parser.add_argument(
        "--json", action="store_true", help="with --grade: JSON for a program to read"
    )
    add_reader(parser)
    add_language(parser)
    add_view(parser)
    add_record(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print or write the words, or how hard they are."""
    if arguments.grade:
        _refuse_what_grades_do_not_heed(arguments)
        return _print_grades(arguments)
    if arguments.json:
        arguments.parser.error("--json goes with --grade")
    from pathways.diagrams import extract, to_words

    check_record_options(arguments)
    pathway = load_in_language(arguments.pathway, arguments.language)
    placed = placed_for(arguments, pathway)
    view = view_for(arguments, placed)
    overlay = overlay_for(placed, view, arguments.reader)
    diagram = extract(pathway, reader=arguments.reader, view=view, overlay=overlay)
    text = to_words(diagram, _format(arguments))
    put_out(text, arguments.output)
    return EXIT_FINE


def _refuse_what_grades_do_not_heed(arguments: argparse.Namespace) -> None:
    given = {
        "--output": arguments.output,
        "--format": arguments.format,
        "--phase": arguments.phase,
        "--around": arguments.around,
        "--to": arguments.to,
        "--record": arguments.record,
        "--on": arguments.on,
        "--yours": arguments.yours or None,
    }
    for option, value in given.items():
        if value is not None:
            arguments.parser.error(f"{option} does not go with --grade, which is about all texts")


def _format(arguments: argparse.Namespace) -> Literal["text", "markdown"]:
    if arguments.format is not None:
        wanted: Literal["text", "markdown"] = arguments.format
        return wanted
    return "markdown" if str(arguments.output or "").lower().endswith(".md") else "text"


def _print_grades(arguments: argparse.Namespace) -> int:
    """Print how hard each text for patients is, the hardest first."""
    from pathways.cli.words_scores import print_scores
    from pathways.readability.grades import grades

    pathway = load_in_language(arguments.pathway, arguments.language)
    if pathway.language.partition("-")[0] == "es":
        return print_scores(pathway, as_json=arguments.json)
    found = grades(pathway)
    if arguments.json:
        print_json({"whole": _grade_row(found), "texts": [_text_row(each) for each in found.texts]})
    else:
        _print_grade_text(found)
    return EXIT_PROBLEMS if found.too_hard else EXIT_FINE


def _print_grade_text(found: Grades) -> None:
    from pathways.readability.grades import FEWEST_WORDS, HIGHEST_GRADE, WANTED_GRADE

    measured = sorted(
        (each for each in found.texts if each.measurable), key=lambda each: -each.grade.highest
    )
    shown = found.too_hard or measured[:FEW]
    print(f"{'too hard' if found.too_hard else 'the hardest texts'} (Flesch-Kincaid, ARI):\n")
    for each in shown:
        place = f"{each.text.place}: " if each.text.place else ""
        print(
            f"{each.grade.flesch_kincaid:5.1f} {each.grade.automated:5.1f}  {place}{each.text.element}"
        )
        print(wrapped(each.text.text, " " * 13))
    easy = sum(each.grade.highest <= WANTED_GRADE for each in measured)
    passive = sum(len(each.passive) for each in measured)
    sentences = sum(each.grade.sentences for each in measured)
    whole = found.whole
    print(
        f"\nAll texts of {FEWEST_WORDS} words or more together: Flesch-Kincaid {whole.flesch_kincaid},"
        f" ARI {whole.automated} ({whole.words} words; names of medicines and procedures counted apart:"
        f" {len(whole.names)})."
        f"\n{len(measured)} texts: {easy} at grade {WANTED_GRADE:g} or easier, {len(found.too_hard)} above"
        f" {HIGHEST_GRADE:g}. {passive} of {sentences} sentences look passive."
    )
    print(wrapped(f"Hard words: {', '.join(whole.hard_words) or 'none'}"))


def _grade_row(found: Grades) -> dict[str, Any]:
    whole = found.whole
    return {
        "words": whole.words,
        "sentences": whole.sentences,
        "flesch_kincaid": whole.flesch_kincaid,
        "ari": whole.automated,
        "too_hard": len(found.too_hard),
    }


def _text_row(each: GradedText) -> dict[str, Any]:
    return {
        "element": each.text.element,
        "place": str(each.text.place) if each.text.place else None,
        "words": each.grade.words,
        "flesch_kincaid": each.grade.flesch_kincaid if each.measurable else None,
        "ari": each.grade.automated if each.measurable else None,
        "too_hard": each.too_hard,
        "names": list(each.grade.names),
        "hard_words": list(each.grade.hard_words),
        "passive": list(each.passive),
        "text": each.text.text,
    }
