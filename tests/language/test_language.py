"""The language that is spoken now: per thread, with names filled in, dates, lists, review."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from pathways.errors import UnknownNameError
from pathways.language import (
    chained,
    date_words,
    filled,
    joined,
    joint,
    joints,
    known_language,
    languages,
    say,
    speaking,
    spoken,
    stamp,
    translation_review,
    translation_words,
)


def test_english_is_spoken_unless_told_otherwise() -> None:
    assert spoken() == "en"
    assert say("Step {number}", number=3) == "Step 3"
    with speaking("es-MX"):
        assert spoken() == "es"
        assert say("Step {number}", number=3) == "Paso 3"
        with speaking("en"):
            assert say("yes") == "yes"
        assert say("yes") == "sí"
    assert spoken() == "en"


def test_the_language_comes_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), speaking("es"):
        _ = 1 / 0
    assert spoken() == "en"


def test_what_is_filled_in_may_hold_braces() -> None:
    assert filled("{a} {b} {c}", {"a": "{b}", "b": "{0} {"}) == "{b} {0} { {c}"
    assert say("Phase {number}: {title}", number="{title}", title="{}") == "Phase {title}: {}"


def test_what_has_no_translation_stays_english() -> None:
    with speaking("es"):
        assert say("no such words {name}", name="x") == "no such words x"
    with speaking("fr"):
        assert say("yes") == "yes"


def test_a_context_tells_meanings_apart() -> None:
    with speaking("es"):
        assert say("time", context="unit") == "vez"
        assert say("none", context="side effect") == "ninguno"


def test_threads_speak_different_languages_at_once() -> None:
    barrier = Barrier(8)

    def heard(language: str) -> set[str]:
        found = set()
        with speaking(language):
            for _ in range(200):
                if not barrier.broken:
                    barrier.wait(timeout=30)
                found.add(say("Step {number}", number=1))
        return found

    spoken_by = ["en", "es"] * 4
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(heard, spoken_by))
    assert results == [{"Step 1"}, {"Paso 1"}] * 4


@pytest.mark.parametrize(
    ("date", "english", "spanish"),
    [
        ("2026-11-26", "November 26, 2026", "26 de noviembre de 2026"),
        ("2026-03-01", "March 1, 2026", "1 de marzo de 2026"),
        ("2026-11", "November 2026", "noviembre de 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_dates(date: str, english: str, spanish: str) -> None:
    assert date_words(date) == english
    assert stamp(date) == date
    with speaking("es"):
        assert date_words(date) == spanish
        assert stamp(date) == spanish
    with speaking("fr"):
        assert date_words(date) == english


@pytest.mark.parametrize(
    ("word", "following", "said"),
    [
        ("and", "ibuprofeno", "e"), ("and", "hinchazón", "e"), ("and", "hielo", "y"),
        ("and", "hiato", "y"), ("and", "yoga", "y"), ("and", "“imagen”", "e"), ("and", "calor", "y"),
        ("or", "otra", "u"), ("or", "hormigueo", "u"), ("or", "8 semanas", "u"), ("or", "80%", "u"),
        ("or", "11 días", "u"), ("or", "110 días", "o"), ("or", "7", "o"), ("or", "hielo", "o"),
    ],
)  # fmt: skip
def test_spanish_joints(word: str, following: str, said: str) -> None:
    assert joint(word, following) == word  # type: ignore[arg-type]
    with speaking("es"):
        assert joint(word, following) == said  # type: ignore[arg-type]
        assert said in joints(word)  # type: ignore[arg-type]


def test_lists() -> None:
    assert joined(["a", "b", "c"], comma=True) == "a, b, and c"
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    with speaking("es"):
        assert joined(["a", "b", "c"], comma=True) == "a, b y c"
        assert joined(["a", "hormigueo"], "or") == "a u hormigueo"
        assert chained(["a", "o", "b"], "or") == "a u o o b"


def test_unknown_languages_are_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="'en', 'es'"):
        known_language("fr")
    with pytest.raises(UnknownNameError):
        translation_review("e")


def test_nobody_has_reviewed_the_translation() -> None:
    assert {each.language: each.name for each in languages()} == {"en": "English", "es": "Español"}
    assert translation_review("es").status == "draft"
    assert translation_words() == ""
    with speaking("es"):
        assert translation_words() == "traducción no revisada"
    with speaking("fr"):
        assert translation_words() == ""
