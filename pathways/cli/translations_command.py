"""``pathways translations``: how much is translated, what is missing, a file for a translator."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from pathways.cli.common import add_json, load_pathway, print_json, put_out, wrapped
from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathways.model.pathway import ResolvedPathway
    from pathways.translation import Coverage

MOST_SHOWN = 10
"""So many missing texts of a pathway are printed unless all are asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "How many texts for patients are translated, which are missing and where they stand, and "
        "which translations belong to no text any more. A missing text is shown in English with [en] "
        "before it. Exit code 1 when texts are missing. Translations of your own pathway stand beside "
        "it, in translations/es/."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways translations severe-back-pain\n"
        "  pathways translations severe-back-pain --language es --all\n"
        "  pathways translations safety --json\n"
        "  pathways translations my-pathway.yaml -o my-pathway.po"
    )
    parser.add_argument(
        "pathway",
        metavar="ID_OR_FILE",
        nargs="?",
        help="name of a library pathway, a YAML file, or - for standard input (default: every "
        "pathway of the library)",
    )
    parser.add_argument(
        "--language", default="es", metavar="LANGUAGE", help="the language (default: es)"
    )
    parser.add_argument("--all", action="store_true", help="print every missing text")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE.po",
        help="write a gettext file with every text, for a translator to fill in; what is translated "
        "is in it",
    )
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print how much is translated, or write the file for a translator."""
    from pathways.language import known_language
    from pathways.translation import coverage

    known_language(arguments.language)
    if arguments.json and arguments.output not in (None, "-"):
        arguments.parser.error("--json is printed; leave out -o")
    pathways = _pathways(arguments.pathway)
    if arguments.output is not None:
        return _write(pathways, arguments)
    found = [coverage(each, arguments.language) for each in pathways]
    orphans = _orphans(pathways, arguments, found)
    if arguments.json:
        print_json(_data(found, orphans, arguments.language))
    else:
        _print(found, orphans, every=arguments.all)
    return EXIT_PROBLEMS if any(each.missing for each in found) else EXIT_FINE


def _pathways(source: str | None) -> list[ResolvedPathway]:
    from pathways.reading.files import library_ids
    from pathways.reading.load import load_many

    return [load_pathway(source)] if source is not None else load_many(library_ids())


def _write(pathways: Sequence[ResolvedPathway], arguments: argparse.Namespace) -> int:
    from pathways.translation import po_text

    put_out(po_text(pathways, arguments.language), arguments.output)
    return EXIT_FINE


def _orphans(
    pathways: Sequence[ResolvedPathway], arguments: argparse.Namespace, found: Sequence[Coverage]
) -> tuple[str, ...]:
    """Return what is translated and stands nowhere: in the library, or beside the user's file."""
    from pathways.translation import library_orphans

    if arguments.pathway is None:
        return library_orphans(pathways, arguments.language)
    return tuple(each for one in found for each in one.orphans)


def _data(found: Sequence[Coverage], orphans: Sequence[str], language: str) -> dict[str, Any]:
    from pathways.language import translation_review

    return {
        "language": language,
        "review": translation_review(language).status,
        "pathways": [
            {
                "pathway": each.pathway,
                "texts": each.texts,
                "translated": each.translated,
                "missing": [
                    {
                        "element": one.text.element,
                        "place": str(one.text.place) if one.text.place else None,
                        "text": one.text.text,
                        "why": one.why,
                    }
                    for one in each.missing
                ],
            }
            for each in found
        ],
        "orphans": list(orphans),
    }


def _print(found: Sequence[Coverage], orphans: Sequence[str], *, every: bool) -> None:
    for each in found:
        print(f"{each.pathway}: {each.translated} of {each.texts} texts translated")
        shown = each.missing if every else each.missing[:MOST_SHOWN]
        for one in shown:
            place = f"{one.text.place}: " if one.text.place else ""
            why = f" ({one.why})" if one.why else ""
            print(wrapped(f"{place}{one.text.element}: {one.text.text}{why}", "    ", "  missing "))
        if len(shown) < len(each.missing):
            print(f"  and {len(each.missing) - len(shown)} more; --all prints them")
    if orphans:
        print("Translated, but no text of a pathway any more:")
    for text in orphans:
        print(wrapped(text, "    ", "  - "))
