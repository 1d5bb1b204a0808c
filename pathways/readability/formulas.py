"""Two published formulas for the US school grade a text is written for.

Flesch-Kincaid (Kincaid and others 1975, Research Branch Report 8-75, US Navy) counts syllables; the
Automated Readability Index (Smith and Senter 1967, AMRL-TR-66-220, US Air Force) counts letters. They
err differently, so a text should pass both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pathways.readability.syllables import syllables

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|dr|vs|etc|approx)\.(?=\s+\S)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
HARD_SYLLABLES = 4
"""From how many syllables a word counts as hard."""

STAND_IN = "name"
"""What stands for the name of a medicine or procedure: such a name is no choice of the author."""


@dataclass(frozen=True, slots=True)
class Grade:
    """How hard a text is.

    Args:
        words: How many words it has.
        sentences: How many sentences.
        flesch_kincaid: US school grade by Flesch-Kincaid.
        automated: US school grade by the Automated Readability Index.
        names: Names of medicines and procedures in it, counted apart.
        hard_words: Words of four syllables or more that are no such names.
    """

    words: int
    sentences: int
    flesch_kincaid: float
    automated: float
    names: tuple[str, ...] = ()
    hard_words: tuple[str, ...] = ()

    @property
    def highest(self) -> float:
        """The higher one of the two grades."""
        return max(self.flesch_kincaid, self.automated)


def words_of(text: str) -> list[str]:
    """Return the words of a text; numbers are words too.

    Example:
        >>> words_of("Take 2.5 g, don't stop.")
        ['Take', '2.5', 'g', "don't", 'stop']
    """
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; a text without a full stop is one.

    Example:
        >>> sentences_of("Rest. It helps!")
        ['Rest', 'It helps']
    """
    whole = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    return [part.strip() for part in _SENTENCE_END.split(whole) if _WORD.search(part)]


def grade(texts: Sequence[str], names: Collection[str] = ()) -> Grade:
    """Return how hard texts are, taken together.

    Args:
        texts: One text or more.
        names: Words that are names of medicines and procedures, in lower case; each is counted as an
            easy word and listed.

    Returns:
        The grades; 0 when there is no word.

    Example:
        >>> grade(["You can walk. It helps your back."]).flesch_kincaid
        -2.4
    """
    words = [word for text in texts for word in words_of(text)]
    sentences = sum(len(sentences_of(text)) for text in texts)
    if not words or not sentences:
        return Grade(0, 0, 0.0, 0.0)
    found = tuple(word for word in words if word.lower() in names)
    plain = [STAND_IN if word.lower() in names else word for word in words]
    counts = [syllables(word) for word in plain]
    letters = sum(len(word.replace("'", "").replace("’", "")) for word in plain)
    long_sentences = len(plain) / sentences
    return Grade(
        len(words),
        sentences,
        round(0.39 * long_sentences + 11.8 * sum(counts) / len(plain) - 15.59, 1),
        round(4.71 * letters / len(plain) + 0.5 * long_sentences - 21.43, 1),
        tuple(sorted({word.lower() for word in found})),
        tuple(
            sorted(
                {
                    word.lower()
                    for word, count in zip(plain, counts, strict=True)
                    if count >= HARD_SYLLABLES and word.isalpha()
                }
            )
        ),
    )
