"""Pathways in Spanish: every text for patients replaced, what is missing marked, nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from pydantic import BaseModel

from pathways import load
from pathways.errors import PathwayError, UnknownNameError
from pathways.language import UNTRANSLATED
from pathways.model.evidence import Evidence
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import Text
from pathways.pathway import Pathway
from pathways.readability.patient_texts import patient_texts
from pathways.reading.files import LIBRARY, library_ids
from pathways.reading.load import load_many
from pathways.translation import (
    coverage,
    in_language,
    library_orphans,
    missing,
    po_text,
    shown_texts,
)
from pathways.translation.files import library_translations

NAME = re.compile(r"\{\w*\}")
COMPLETE = ("safety", "severe-back-pain", "medicines", "test-blocks", "surgery-and-devices")
FILE = """\
format: 1
pathway: knee
title: {clinician: Knee pain, patient: Your knee hurts}
version: 1.0.0
updated: 2026-01-31
start: begin
states:
  begin:
    kind: clinical_state
    title: {clinician: Knee pain, patient: Your knee hurts}
    next: [{to: heat}]
  heat:
    kind: end
    title: Heat
"""


@pytest.fixture(scope="module")
def english() -> Pathway:
    return load("severe-back-pain")


@pytest.fixture(scope="module")
def spanish(english: Pathway) -> Pathway:
    return english.in_language("es")


def knee(folder: Path, translations: str = "") -> Pathway:
    path = folder / "knee.yaml"
    path.write_text(FILE, encoding="utf-8")
    if translations:
        own = folder / "translations" / "es" / "knee.po"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(f'msgid ""\nmsgstr "Language: es\\n"\n\n{translations}', encoding="utf-8")
    return load(path)


def entry(english: str, spanish: str, flag: str = "") -> str:
    return f'{flag}msgid "{english}"\nmsgstr "{spanish}"\n\n'


def parts(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every text and every saying of a source, however deep."""
    match value:
        case Text() | Evidence():
            yield type(value).__name__, value
        case BaseModel():
            for name in type(value).model_fields:
                yield from parts(getattr(value, name))
        case dict():
            for each in value.values():
                yield from parts(each)
        case tuple():
            for each in value:
                yield from parts(each)


def test_every_patient_text_is_replaced(english: Pathway, spanish: Pathway) -> None:
    before, after = patient_texts(english), patient_texts(spanish)
    known = library_translations("es").known
    assert len(before) == len(after) > 1100
    assert [each.element for each in before] == [each.element for each in after]
    for one, other in zip(before, after, strict=True):
        assert other.text == known.get(one.text, f"{UNTRANSLATED}{one.text}")


@pytest.mark.parametrize("field", ["states", "phases", "definitions", "interrupts", "linked"])
def test_what_is_looked_up_is_replaced_too(english: Pathway, spanish: Pathway, field: str) -> None:
    before = [each for kind, each in parts({"x": getattr(english, field)}) if kind == "Text"]
    after = [each for kind, each in parts({"x": getattr(spanish, field)}) if kind == "Text"]
    known = library_translations("es").known
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        assert other.patient == known.get(one.patient, f"{UNTRANSLATED}{one.patient}")
        assert other.clinician == one.clinician


@pytest.mark.parametrize("id", library_ids())
def test_nothing_but_words_changes(id: str) -> None:
    english = load(id)
    spanish = english.in_language("es")
    assert isinstance(spanish, Pathway)
    assert spanish.language == "es"
    assert english.language == "en"
    assert list(spanish.states) == list(english.states)
    assert [way.key for way in spanish.ways] == [way.key for way in english.ways]
    assert [way.transition.when for way in spanish.ways] == [
        way.transition.when for way in english.ways
    ]
    assert spanish.rules == english.rules
    assert spanish.facts == english.facts
    for name in english.states:
        assert spanish.badge_of_state(name) == english.badge_of_state(name)
    assert {n: s.type for n, s in spanish.scope.findings.items()} == {
        n: s.type for n, s in english.scope.findings.items()
    }


def test_the_same_language_changes_nothing(english: Pathway, spanish: Pathway) -> None:
    assert in_language(english, "en") is english
    assert in_language(spanish, "es") is spanish
    with pytest.raises(PathwayError, match="only pathways in English"):
        in_language(spanish, "en")
    with pytest.raises(UnknownNameError, match="no language 'fr'"):
        in_language(english, "fr")


def test_english_is_as_it_was_after_spanish_was_spoken(english: Pathway) -> None:
    before = load("severe-back-pain").words(reader="patient")
    english.in_language("es").words(reader="patient")
    assert load("severe-back-pain").words(reader="patient") == before
    assert english.words(reader="patient") == before


def test_threads_draw_in_two_languages_at_once() -> None:
    english = load("safety")
    spanish = english.in_language("es")
    alone = {each.language: each.words(reader="patient") for each in (english, spanish)}
    pages = {each.language: [p.svg for p in each.pages()] for each in (english, spanish)}

    def drawn(pathway: Pathway) -> bool:
        return (
            pathway.words(reader="patient") == alone[pathway.language]
            and [each.svg for each in pathway.pages()] == pages[pathway.language]
        )

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(drawn, [english, spanish] * 4))


def test_everything_shown_says_that_the_translation_is_not_reviewed(spanish: Pathway) -> None:
    picture = spanish.picture(reader="patient")
    assert "traducción no revisada" in picture.svg
    assert "Traducción no revisada" in spanish.words(reader="patient")
    answer = spanish.place("seed-000", on="2026-11-25").answer("patient")
    assert "Traducción no revisada" in answer.status
    assert answer.language == "es"
    assert 'lang="es"' in picture.svg
    for page in spanish.pages(profile="clear-print"):
        assert "Traducción no" in page.svg.replace("</text>", " ")
    clinician = spanish.place("seed-000", on="2026-11-25").answer("clinician")
    assert "Traducción no revisada" in clinician.status


def test_a_reviewed_pathway_says_that_its_translation_is_not(tmp_path: Path) -> None:
    pathway = knee(tmp_path, entry("Your knee hurts", "Le duele la rodilla"))
    review = pathway.document.review.model_copy(
        update={"status": "reviewed", "by": "Dr. Roe", "on": "2026-02-01"}
    )
    document = pathway.document.model_copy(update={"review": review})
    reviewed = replace(pathway, document=document).in_language("es")
    assert reviewed.draft_words == "Traducción no revisada"
    assert reviewed.status_words == (
        "Versión 1.0.0, 31 de enero de 2026. Revisado por Dr. Roe, 1 de febrero de 2026. "
        "Traducción no revisada. Información, no consejo médico."
    )


def test_a_missing_text_stays_english_and_is_marked(tmp_path: Path) -> None:
    pathway = knee(tmp_path)
    spanish = pathway.in_language("es")
    assert spanish.title("patient") == "[en] Your knee hurts"
    assert spanish.states["heat"].title.patient == "Calor"
    assert "[en] Your knee hurts" in spanish.words(reader="patient")
    elements = [each.text.element for each in missing(pathway, "es")]
    assert "title" in elements


def test_translations_beside_a_file_come_first(tmp_path: Path) -> None:
    own = entry("Your knee hurts", "Le duele la rodilla") + entry("Heat", "Calorcito")
    pathway = knee(tmp_path, own + entry("Gone by now", "Ya no está"))
    spanish = pathway.in_language("es")
    assert spanish.title("patient") == "Le duele la rodilla"
    assert spanish.title("clinician") == "Knee pain"
    assert spanish.states["heat"].title.patient == "Calorcito"
    assert coverage(pathway, "es").orphans == ("Gone by now",)
    assert "title" not in [each.text.element for each in missing(pathway, "es")]


def test_a_changed_text_is_missing_again(tmp_path: Path) -> None:
    pathway = knee(tmp_path, entry("Your knee hurts", "Le duele la rodilla"))
    changed = FILE.replace("Your knee hurts", "Your knee hurts a lot")
    path = tmp_path / "knee.yaml"
    path.write_text(changed, encoding="utf-8")
    found = coverage(load(path), "es")
    assert "Your knee hurts a lot" in [each.text.text for each in found.missing]
    assert found.orphans == ("Your knee hurts",)
    assert coverage(pathway, "es").orphans == ()


@pytest.mark.parametrize(
    ("said", "flag", "why"),
    [
        ("Le duele {value}", "", "names in braces"),
        ("Le duele", "#, fuzzy\n", "fuzzy"),
        (b"Le\\u202e duele".decode("unicode_escape"), "", "U\\+202E"),
    ],
)
def test_a_translation_that_cannot_be_trusted_is_not_shown(
    tmp_path: Path, said: str, flag: str, why: str
) -> None:
    pathway = knee(tmp_path, entry("Your knee hurts", said, flag))
    assert pathway.in_language("es").title("patient") == "[en] Your knee hurts"
    found = next(each for each in missing(pathway, "es") if each.text.text == "Your knee hurts")
    assert re.search(why, found.why)


def test_a_file_that_is_no_translation_is_named(tmp_path: Path) -> None:
    pathway = knee(tmp_path, 'msgid "a"\nnonsense\n')
    with pytest.raises(PathwayError, match=r"knee\.po is no file of translations"):
        pathway.in_language("es")


def test_a_file_for_a_translator_holds_everything(tmp_path: Path) -> None:
    pathway = knee(tmp_path, entry("Your knee hurts", "Le duele la rodilla"))
    text = po_text([pathway], "es")
    assert text == po_text([pathway], "es")
    target = tmp_path / "out.po"
    target.write_bytes(text)
    with target.open("rb") as stream:
        found = {each.id: each.string for each in read_po(stream, locale="es") if each.id}
    assert set(found) == {each.text for each in shown_texts(pathway)}
    assert found["Your knee hurts"] == "Le duele la rodilla"
    left = {each.text.text for each in missing(pathway, "es")}
    assert {text for text, said in found.items() if not said} == left


@pytest.mark.parametrize(
    "path", sorted((LIBRARY / "translations" / "es").glob("*.po")), ids=lambda p: p.stem
)
def test_translations_that_ship_fit_their_texts(path: Path) -> None:
    with path.open("rb") as stream:
        found = [each for each in read_po(stream, locale="es", abort_invalid=True) if each.id]
    assert found
    for each in found:
        english, spanish = str(each.id), str(each.string)
        assert spanish, english
        assert set(NAME.findall(english)) == set(NAME.findall(spanish)), english
        assert set(re.findall(r"\d+", english)) <= set(re.findall(r"\d+", spanish)) | {"1"}, english
        assert english.endswith("?") == spanish.endswith("?"), english
        assert english.endswith(".") == spanish.endswith("."), english
        assert UNTRANSLATED.strip() not in spanish


@pytest.mark.parametrize("id", COMPLETE)
def test_what_is_said_to_be_complete_is(id: str) -> None:
    found = coverage(load(id), "es")
    assert not found.missing
    assert found.translated == found.texts > 400


def test_no_translation_is_left_without_its_text() -> None:
    pathways: list[ResolvedPathway] = load_many(library_ids())
    assert library_orphans(pathways, "es") == ()


def test_no_unmarked_english_is_left_in_the_words_of_the_main_pathway(spanish: Pathway) -> None:
    english_only = {
        "the", "and", "you", "your", "with", "step", "this", "have", "guidelines", "pain", "page",
        "if", "when", "are", "of", "to", "or", "not", "known", "experts", "sources", "take",
    }  # fmt: skip
    placed = spanish.place("seed-000", on="2026-11-25")
    record = placed.record
    # Names of organisations stay as they are; what a person wrote is theirs.
    left = [each.organisation.partition(" (")[0] for each in spanish.catalogue.sources.values()]
    left += [record.about or "", *record.goals, *record.preferences, "SSRI en inglés"]
    shown = (
        spanish.words(reader="patient"),
        spanish.mermaid(reader="patient"),
        placed.words("patient", width=100_000),
    )
    for text in shown:
        for name in sorted(left, key=len, reverse=True):
            text = text.replace(name, "") if name else text  # noqa: PLW2901
        words = set(
            re.findall(
                r"[^\W\d_]+",
                re.sub(
                    r"<[^>]*>|^ *(classDef|subgraph|style|end).*$", " ", text, flags=re.MULTILINE
                ).lower(),
            )
        )
        assert not english_only & words
