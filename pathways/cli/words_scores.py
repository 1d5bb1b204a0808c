"""How easy the Spanish texts of a pathway are to read, as ``pathways words --grade`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathways.cli.common import print_json, wrapped
from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS

if TYPE_CHECKING:
    from pathways.model.pathway import ResolvedPathway
    from pathways.readability.spanish import ScoredText, Scores

FEW = 10
"""How many of the harder texts are printed when none is too hard."""


def print_scores(pathway: ResolvedPathway, *, as_json: bool) -> int:
    """Print how easy each text for patients is, the hardest first.

    Args:
        pathway: A pathway in Spanish.
        as_json: Whether to print JSON for a program.

    Returns:
        The exit code: 1 when a text is below 55.
    """
    from pathways.readability.spanish import scores

    found = scores(pathway)
    if as_json:
        print_json({"whole": _whole(found), "texts": [_row(each) for each in found.texts]})
    else:
        _print_text(found)
    return EXIT_PROBLEMS if found.too_hard else EXIT_FINE


def _print_text(found: Scores) -> None:
    from pathways.readability.spanish import FEWEST_WORDS, LEAST, WANTED

    measured = sorted(
        (each for each in found.texts if each.measurable), key=lambda each: each.score.szigriszt
    )
    print(f"{'too hard' if found.too_hard else 'the hardest texts'} (INFLESZ, Fernández Huerta):\n")
    for each in found.too_hard or measured[:FEW]:
        place = f"{each.text.place}: " if each.text.place else ""
        print(f"{each.score.szigriszt:5.1f} {each.score.huerta:5.1f}  {place}{each.text.element}")
        print(wrapped(each.text.text, " " * 13))
    hard = sum(LEAST <= each.score.szigriszt < WANTED for each in measured)
    whole = found.whole
    print(
        f"\nAll texts of {FEWEST_WORDS} words or more together: INFLESZ {whole.szigriszt}"
        f" ({whole.band}), Fernández Huerta {whole.huerta} ({whole.words} words)."
        f"\n{len(measured)} texts: {len(found.too_hard)} below {LEAST:g}, {hard} from there to"
        f" {WANTED:g}. Still in English, not measured: {found.untranslated}."
    )


def _whole(found: Scores) -> dict[str, Any]:
    whole = found.whole
    return {
        "words": whole.words,
        "sentences": whole.sentences,
        "inflesz": whole.szigriszt,
        "band": whole.band,
        "fernandez_huerta": whole.huerta,
        "too_hard": len(found.too_hard),
        "untranslated": found.untranslated,
    }


def _row(each: ScoredText) -> dict[str, Any]:
    return {
        "element": each.text.element,
        "place": str(each.text.place) if each.text.place else None,
        "words": each.score.words,
        "inflesz": each.score.szigriszt if each.measurable else None,
        "fernandez_huerta": each.score.huerta if each.measurable else None,
        "too_hard": each.too_hard,
    }
