"""How easy Spanish texts for patients are to read.

Sources: Szigriszt Pazos F. Sistemas predictivos de legibilidad del mensaje escrito: fórmula de
perspicuidad. Thesis, Universidad Complutense de Madrid 1993. Barrio-Cantalejo IM and others. Validación
de la Escala INFLESZ para evaluar la legibilidad de los textos dirigidos a pacientes. An Sist Sanit
Navar 2008;31:135-52. Fernández Huerta J. Medidas sencillas de lecturabilidad. Consigna 1959;214:29-32;
in its printed form the second factor was read as sentences in a hundred words for decades; its own
worked example has words in a sentence, which is what counts here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.errors import PathwayError
from pathways.language import UNTRANSLATED
from pathways.model.pathway import ResolvedPathway
from pathways.readability.formulas import sentences_of, words_of
from pathways.readability.patient_texts import PatientText, patient_texts
from pathways.readability.spanish_syllables import spanish_syllables

LEAST = 55.0
"""No text for patients may score lower: what INFLESZ calls normal begins here."""
WANTED = 65.0
"""What INFLESZ calls quite easy begins here."""
FEWEST_WORDS = 10
"""Formulas say nothing of shorter texts."""
BANDS = ((40.0, "muy difícil"), (55.0, "algo difícil"), (65.0, "normal"), (80.0, "bastante fácil"))
"""The INFLESZ scale: below each number its band; from 80 on it is very easy."""


@dataclass(frozen=True, slots=True)
class Perspicuity:
    """How easy a text is; more is easier.

    Args:
        words: How many words it has.
        sentences: How many sentences.
        szigriszt: Perspicuity by Szigriszt Pazos, which the INFLESZ scale reads.
        huerta: Reading ease by Fernández Huerta.
    """

    words: int
    sentences: int
    szigriszt: float
    huerta: float

    @property
    def band(self) -> str:
        """Its band of the INFLESZ scale, in Spanish."""
        return next((band for least, band in BANDS if self.szigriszt < least), "muy fácil")


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A Spanish text for patients and how easy it is.

    Args:
        text: The text and where it stands.
        score: How easy it is.
    """

    text: PatientText
    score: Perspicuity

    @property
    def measurable(self) -> bool:
        """Whether it is long enough for the formulas."""
        return self.score.words >= FEWEST_WORDS

    @property
    def too_hard(self) -> bool:
        """Whether it is harder than any text for patients may be."""
        return self.measurable and self.score.szigriszt < LEAST


@dataclass(frozen=True, slots=True)
class Scores:
    """The Spanish texts for patients of a pathway, one by one and taken together.

    Args:
        texts: Each text, in the order of the files.
        whole: All of them as one text.
        untranslated: How many texts are still in English; they are not measured.
    """

    texts: tuple[ScoredText, ...]
    whole: Perspicuity
    untranslated: int = 0

    @property
    def too_hard(self) -> tuple[ScoredText, ...]:
        """Those that are harder than any may be, the hardest first."""
        hard = [each for each in self.texts if each.too_hard]
        return tuple(sorted(hard, key=lambda each: each.score.szigriszt))


def perspicuity(texts: Sequence[str]) -> Perspicuity:
    """Return how easy Spanish texts are, taken together.

    Names of medicines count like any other word, which is on the strict side.

    Args:
        texts: One text or more.

    Returns:
        The scores; 0 when there is no word.

    Example:
        >>> perspicuity(["Puede caminar. Le ayuda a su espalda."]).band
        'bastante fácil'
    """
    words = [word for text in texts for word in words_of(text)]
    sentences = sum(len(sentences_of(text)) for text in texts)
    if not words or not sentences:
        return Perspicuity(0, 0, 0.0, 0.0)
    in_a_word = sum(map(spanish_syllables, words)) / len(words)
    in_a_sentence = len(words) / sentences
    return Perspicuity(
        len(words),
        sentences,
        round(206.835 - 62.3 * in_a_word - in_a_sentence, 1),
        round(206.84 - 60 * in_a_word - 1.02 * in_a_sentence, 1),
    )


def scores(pathway: ResolvedPathway) -> Scores:
    """Return how easy the Spanish texts for patients of a pathway are.

    Args:
        pathway: A pathway in Spanish.

    Raises:
        PathwayError: It is in another language.
    """
    if pathway.language.partition("-")[0] != "es":
        raise PathwayError(f"texts in '{pathway.language}' have no score for Spanish")
    found = patient_texts(pathway)
    spanish = [each for each in found if not each.text.startswith(UNTRANSLATED)]
    texts = tuple(ScoredText(each, perspicuity([each.text])) for each in spanish)
    long_enough = [each.text.text for each in texts if each.measurable]
    return Scores(texts, perspicuity(long_enough), len(found) - len(spanish))
