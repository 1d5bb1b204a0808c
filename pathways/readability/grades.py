"""Texts for patients with the school grade they are written for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from pathways.errors import PathwayError
from pathways.model.catalogue import Catalogue
from pathways.model.pathway import ResolvedPathway
from pathways.readability.formulas import Grade, grade, sentences_of, words_of
from pathways.readability.patient_texts import PatientText, patient_texts
from pathways.readability.syllables import syllables

HIGHEST_GRADE = 8.0
"""No text for patients may be harder (AMA and NIH, as reported: grade 6, at most 8)."""
WANTED_GRADE = 6.0
FEWEST_WORDS = 10
"""Formulas say nothing of shorter texts; in those only hard words are listed."""

_NAMED = frozenset({"medicine", "procedure", "surgery"})
_EVERYDAY = frozenset(
    [
        "surgery",
        "medicine",
        "minimally",
        "invasive",
        "selective",
        "delivery",
        "injection",
        "prescription",
        "operation",
        "device",
        "implantable",
        "intermittent",
        "temporary",
        "antidepressant",
        "antidepressants",
        "anti-inflammatory",
    ]
)
"""Long words in the titles of procedures that an author could have put more simply."""
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:not\s+|often\s+|only\s+|also\s+|then\s+)?"
    r"(?:\w{2,}ed|given|done|taken|shown|seen|kept|found|put|told|known|written|drawn|held|sent)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GradedText:
    """A text for patients and how hard it is.

    Args:
        text: The text and where it stands.
        grade: Its grade, names of medicines and procedures counted apart.
        passive: Sentences in the passive voice, found by their form.
    """

    text: PatientText
    grade: Grade
    passive: tuple[str, ...] = ()

    @property
    def measurable(self) -> bool:
        """Whether it is long enough for the formulas."""
        return self.grade.words >= FEWEST_WORDS

    @property
    def too_hard(self) -> bool:
        """Whether it is harder than any text for patients may be."""
        return self.measurable and self.grade.highest > HIGHEST_GRADE


@dataclass(frozen=True, slots=True)
class Grades:
    """The texts for patients of a pathway, one by one and taken together.

    Args:
        texts: Each text, in the order of the files.
        whole: All of them as one text.
    """

    texts: tuple[GradedText, ...]
    whole: Grade

    @property
    def too_hard(self) -> tuple[GradedText, ...]:
        """Those that are harder than any may be, the hardest first."""
        hard = [each for each in self.texts if each.too_hard]
        return tuple(sorted(hard, key=lambda each: -each.grade.highest))


def medicine_and_procedure_names(catalogue: Catalogue) -> frozenset[str]:
    """Return the words that are names of medicines and procedures, in lower case.

    Args:
        catalogue: The shared records.

    Returns:
        Long words (three syllables or more) of the titles of medicines, procedures and surgery, one
        or many; abbreviations of tests. Words that an author could have chosen more simply and words
        of everyday care are not among them.
    """
    titles: list[str] = []
    for treatment in catalogue.treatments.values():
        if treatment.category in _NAMED:
            titles += [treatment.title.patient, treatment.title.clinician, *treatment.also_called]
    names = {word.lower() for title in titles for word in words_of(title) if syllables(word) >= 3}
    names -= _EVERYDAY
    names |= {"opioid"} | {f"{name}s" for name in (*names, "opioid")}
    for test in catalogue.tests.values():
        called = (test.title.patient, *test.also_called)
        names |= {
            word.lower()
            for each in called
            for word in words_of(each)
            if len(word) > 1 and word.isupper()
        }
    return frozenset(names)


def graded(text: PatientText, names: Collection[str]) -> GradedText:
    """Return a text with its grade.

    Args:
        text: The text.
        names: Names of medicines and procedures, in lower case.
    """
    passive = tuple(each for each in sentences_of(text.text) if _PASSIVE.search(each))
    return GradedText(text, grade([text.text], names), passive)


def grades(pathway: ResolvedPathway) -> Grades:
    """Return how hard the texts for patients of a pathway are.

    Args:
        pathway: The pathway.

    Raises:
        PathwayError: It is in a language for which there is no formula here.

    Example:
        >>> from pathways.reading.load import load
        >>> grades(load("safety")).whole.flesch_kincaid < 8
        True
    """
    language = pathway.document.language
    if language.split("-")[0] != "en":
        raise PathwayError(f"there is no reading grade for texts in '{language}', only for English")
    names = medicine_and_procedure_names(pathway.catalogue)
    texts = tuple(graded(text, names) for text in patient_texts(pathway))
    long_enough = [each.text.text for each in texts if each.measurable]
    return Grades(texts, grade(long_enough, names))
