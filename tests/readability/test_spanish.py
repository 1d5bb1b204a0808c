"""Spanish: syllables by the rules of spelling, two formulas against worked examples, the gate."""

from __future__ import annotations

import pytest

from pathways import load
from pathways.errors import PathwayError
from pathways.language import UNTRANSLATED
from pathways.readability.patient_texts import patient_texts
from pathways.readability.spanish import FEWEST_WORDS, Perspicuity, perspicuity, scores
from pathways.readability.spanish_syllables import spanish_syllables

SYLLABLES = {
    "sol": 1, "muy": 1, "y": 1, "buey": 1, "quien": 1, "caos": 2, "país": 2, "oír": 2, "ruido": 2,
    "ciudad": 2, "guía": 2, "guerra": 2, "queso": 2, "búho": 2, "ahumar": 2, "leía": 3, "aéreo": 4,
    "cigüeña": 3, "vergüenza": 3, "cooperar": 4, "alcohol": 3, "limpiáis": 2, "paranoia": 4,
    "construir": 2, "leyes": 2, "huevo": 2, "fisioterapia": 5, "farmacéutico": 5, "energía": 4,
    "antiinflamatorio": 7, "acetaminofén": 6, "TENS": 6, "RM": 4, "2.5": 1, "corazón": 3,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items())
def test_syllables(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_a_worked_example() -> None:
    # El perro come. La niña bebe leche: 7 words, 2 sentences; 1 2 2 / 1 2 2 2 syllables, 12 in all.
    found = perspicuity(["El perro come.", "La niña bebe leche."])
    assert (found.words, found.sentences) == (7, 2)
    assert found.szigriszt == pytest.approx(206.835 - 62.3 * 12 / 7 - 7 / 2, abs=0.05)
    assert found.huerta == pytest.approx(206.84 - 60 * 12 / 7 - 1.02 * 7 / 2, abs=0.05)
    assert perspicuity([]) == Perspicuity(0, 0, 0.0, 0.0)


def test_longer_sentences_are_harder_by_both() -> None:
    # The misprint of Fernandez Huerta would make a text easier the fewer sentences it has.
    short = perspicuity(["Camine un poco. Use calor. Pida ayuda."])
    long = perspicuity(["Camine un poco, use calor, pida ayuda."])
    assert long.huerta < short.huerta
    assert long.szigriszt < short.szigriszt


@pytest.mark.parametrize(
    ("score", "band"),
    [(39.9, "muy difícil"), (40, "algo difícil"), (55, "normal"), (65, "bastante fácil"),
     (79.9, "bastante fácil"), (80, "muy fácil")],
)  # fmt: skip
def test_the_inflesz_scale(score: float, band: str) -> None:
    assert Perspicuity(10, 1, score, 0).band == band


def test_the_library_in_spanish_is_easy_as_a_whole() -> None:
    pathway = load("severe-back-pain").in_language("es")
    found = scores(pathway)
    assert found.whole.szigriszt >= 70
    english = [each for each in patient_texts(pathway) if each.text.startswith(UNTRANSLATED)]
    assert len(found.texts) + found.untranslated == len(patient_texts(pathway))
    assert found.untranslated == len(english)
    assert not any(each.text.text.startswith(UNTRANSLATED) for each in found.texts)
    assert all(each.score.words >= FEWEST_WORDS for each in found.too_hard)


@pytest.mark.parametrize("id", ["safety", "severe-back-pain"])
def test_no_text_in_spanish_is_too_hard(id: str) -> None:
    found = scores(load(id).in_language("es"))
    assert [each.text.text for each in found.too_hard] == []
    assert found.untranslated == 0


def test_other_languages_have_no_spanish_score() -> None:
    with pytest.raises(PathwayError, match="no score for Spanish"):
        scores(load("safety"))
