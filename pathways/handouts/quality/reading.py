"""How hard the sentences of a handout are to read, by the formulas for its language."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pathways.handouts.blocks import Handout, Paragraph, everything, words_in
from pathways.handouts.links import lines_in
from pathways.handouts.quality.model import Reading
from pathways.readability.formulas import grade, words_of
from pathways.readability.grades import FEWEST_WORDS


def sentences(handout: Handout) -> Iterator[str]:
    """Yield the texts of a handout that are sentences: no headings, no notes, no texts of pictures.

    Args:
        handout: The handout.
    """
    for block in everything(handout):
        if isinstance(block, Paragraph) and block.kind == "small":
            continue
        for line in lines_in(block):
            text = words_in(line)
            if len(words_of(text)) >= FEWEST_WORDS:
                yield text


def readings(handout: Handout, names: Collection[str] = ()) -> tuple[Reading, ...]:
    """Return the school grades of a handout; none where no formula is known for its language.

    Args:
        handout: The handout.
        names: Names of medicines and procedures, in lower case; they count as easy words.
    """
    texts = [*sentences(handout)]
    if not texts or handout.language.split("-")[0] != "en":
        return ()
    found = grade(texts, names)
    return (
        Reading("Flesch-Kincaid", found.flesch_kincaid),
        Reading("Automated Readability Index", found.automated),
    )
