"""School grades against hand-made sums, and what the formulas must not be fooled by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.readability.formulas import grade, sentences_of, words_of
from pathways.readability.syllables import syllables

SPOKEN = {
    1: "a the pain pill nerve through bones stopped walked makes helps whole strength cleared",
    2: "doctor muscle table tables needed wanted movement guideline every people being likely CT",
    3: "medicine exercise surgery area MRI serious idea easier earlier everything recover",
    4: "emergency diabetes psychologist irritated electrical ability",
    5: "university inflammatory",
}


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, words in SPOKEN.items() for word in words.split()]
)
def test_syllables_are_those_that_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


@given(st.text())
def test_every_text_has_at_least_one_syllable_and_no_more_than_letters(word: str) -> None:
    assert 1 <= syllables(word) <= max(1, 3 * len(word))


def test_the_grades_are_the_published_formulas() -> None:
    # 6 words, 1 sentence, 6 syllables, 17 letters
    found = grade(["The cat sat on the mat."])
    assert found.flesch_kincaid == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59, abs=0.051)
    assert found.automated == pytest.approx(-5.085, abs=0.051)
    # 8 words, 2 sentences, 18 syllables
    found = grade(["Your doctor examines you. Surgery is irreversible, rarely."])
    assert (found.words, found.sentences) == (8, 2)
    assert found.flesch_kincaid == pytest.approx(0.39 * 4 + 11.8 * 18 / 8 - 15.59, abs=0.051)


def test_names_count_as_easy_words_and_are_listed() -> None:
    plain = grade(["You can take duloxetine now."])
    named = grade(["You can take duloxetine now."], {"duloxetine"})
    assert named.flesch_kincaid < plain.flesch_kincaid
    assert named.names == ("duloxetine",)
    assert named.hard_words == ()
    assert plain.hard_words == ("duloxetine",)


def test_words_and_sentences() -> None:
    assert words_of("Don't take 2.5 mg, or 1,000.") == ["Don't", "take", "2.5", "mg", "or", "1,000"]
    assert sentences_of("Is it 2.5? Yes! Go on") == ["Is it 2.5", "Yes", "Go on"]
    assert sentences_of(" ... ") == []
    assert len(sentences_of("Ask Dr. Who, e.g. by phone, or i.e. by video. Then rest.")) == 2
    assert words_of("naïve Ménière") == ["naïve", "Ménière"]


@pytest.mark.parametrize("texts", [[], [""], ["..."], ["—"]])
def test_without_a_word_there_is_no_grade(texts: list[str]) -> None:
    assert grade(texts).highest == 0


@given(
    st.lists(st.sampled_from(["Rest.", "You walk a little.", "Go on with exercise."]), min_size=1)
)
def test_texts_together_have_the_words_of_each(texts: list[str]) -> None:
    whole = grade(texts)
    assert whole.words == sum(grade([text]).words for text in texts)
    assert whole.sentences == sum(grade([text]).sentences for text in texts)
    lowest = min(grade([text]).flesch_kincaid for text in texts)
    highest = max(grade([text]).flesch_kincaid for text in texts)
    assert lowest - 2 <= whole.flesch_kincaid <= highest + 2


def test_longer_sentences_and_longer_words_are_harder() -> None:
    short = grade(["You rest. You walk. You heal."])
    long = grade(["You rest and you walk and you heal."])
    hard = grade(["Immobilisation is followed by ambulation and recuperation."])
    assert short.highest < long.highest < hard.highest
