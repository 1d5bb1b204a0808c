"""``pathways translations``, and ``--language`` where something is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Cli = Callable[..., Any]

FILE = """\
format: 1
pathway: knee
title: {clinician: Knee pain, patient: Your knee hurts}
version: 1.0.0
updated: 2026-01-31
start: begin
states:
  begin: {kind: end, title: Heat}
"""


def test_what_is_complete_is_fine(cli: Cli) -> None:
    result = cli("translations", "safety")
    assert result.code == 0
    assert "texts translated" in result.out
    assert "missing" not in result.out


def test_a_missing_text_is_named_with_its_place(cli: Cli, workdir: Path) -> None:
    (workdir / "knee.yaml").write_text(FILE, encoding="utf-8")
    result = cli("translations", "knee.yaml", "--all")
    assert result.code == 1
    assert "title: Your knee hurts" in result.out
    data = json.loads(cli("translations", "knee.yaml", "--json").out)
    assert data["language"] == "es"
    assert data["review"] == "draft"
    [found] = data["pathways"]
    assert found["texts"] - found["translated"] == len(found["missing"])
    assert {
        "element": "title",
        "place": "knee.yaml:3:1",
        "text": "Your knee hurts",
        "why": "",
    } in found["missing"]


def test_a_file_for_a_translator_comes_back(cli: Cli, workdir: Path) -> None:
    (workdir / "knee.yaml").write_text(FILE, encoding="utf-8")
    folder = workdir / "translations" / "es"
    folder.mkdir(parents=True)
    assert cli("translations", "knee.yaml", "-o", "knee.po").code == 0
    text = (workdir / "knee.po").read_text(encoding="utf-8")
    assert 'msgid "Heat"\nmsgstr "Calor"' in text
    filled = text.replace(
        'msgid "Your knee hurts"\nmsgstr ""',
        'msgid "Your knee hurts"\nmsgstr "Le duele la rodilla"',
    )
    (folder / "knee.po").write_text(filled, encoding="utf-8")
    assert "Your knee hurts" not in cli("translations", "knee.yaml", "--all").out
    words = cli("words", "knee.yaml", "--reader", "patient", "--language", "es")
    assert words.out.startswith("Le duele la rodilla\n")
    (folder / "knee.po").write_text(filled + '\nmsgid "Gone"\nmsgstr "Ya no"\n', encoding="utf-8")
    assert "no text of a pathway any more:\n  - Gone" in cli("translations", "knee.yaml").out


def test_the_whole_library(cli: Cli) -> None:
    data = json.loads(cli("translations", "--json").out)
    assert data["orphans"] == []
    assert {each["pathway"] for each in data["pathways"]} >= {"safety", "severe-back-pain"}


def test_an_unknown_language_is_wrong_use(cli: Cli) -> None:
    for arguments in (
        ("translations", "safety"),
        ("words", "safety"),
        ("show", "safety"),
        ("place", "seed-000"),
    ):
        result = cli(*arguments, "--language", "fr")
        assert result.code == 2
        assert "no language 'fr'" in result.err


def test_commands_speak_spanish(cli: Cli, workdir: Path) -> None:
    assert cli("words", "safety", "--language", "es").out.count("Paso ") > 5
    assert "Revise primero" in cli("place", "seed-000", "--language", "es").out
    assert "Borrador sin revisión médica" in cli("show", "safety", "--language", "es").out
    assert cli("draw", "safety", "--language", "es", "--reader", "patient", "-o", "s.svg").code == 0
    drawn = (workdir / "s.svg").read_text(encoding="utf-8")
    assert "En cualquier momento" in drawn
    assert "At any time" not in drawn


def test_english_is_what_it_is_without_the_option(cli: Cli) -> None:
    plain = cli("words", "safety", "--reader", "patient")
    assert cli("words", "safety", "--reader", "patient", "--language", "en").raw == plain.raw


def test_spanish_grades(cli: Cli) -> None:
    result = cli("words", "safety", "--language", "es", "--grade")
    assert "INFLESZ" in result.out
    data = json.loads(cli("words", "safety", "--language", "es", "--grade", "--json").out)
    assert result.code == (1 if data["whole"]["too_hard"] else 0)
    assert data["whole"]["band"] == "bastante fácil"
    assert data["whole"]["untranslated"] == 0
