"""The differences in words, as Markdown and as data, against golden files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pathways.differences.compare import differences
from pathways.differences.model import Section
from pathways.reports.difference_said import said_differences
from pathways.reports.difference_text import difference_data, difference_markdown, difference_text
from tests.conftest import Golden
from tests.differences.versions import AGAINST, BOUNDARY, CASES, OTHER_WORDS, changed, first

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_words(name: str, golden: Golden) -> None:
    old, new = first(), changed(*CASES[name])
    said = said_differences(differences(old, new), old, new)
    golden(GOLDEN / f"{name}.txt", difference_text(said))


def test_the_markdown(golden: Golden) -> None:
    old, new = first(), changed(*CASES["much"])
    said = said_differences(differences(old, new), old, new)
    golden(GOLDEN / "much.md", difference_markdown(said))


def test_the_data(golden: Golden) -> None:
    old, new = first(), changed(*CASES["much"])
    found = differences(old, new)
    data = difference_data(found, said_differences(found, old, new), old, new)
    golden(GOLDEN / "much.json", json.dumps(data, indent=2) + "\n")


def test_only_one_sort_is_told() -> None:
    old, new = first(), changed(BOUNDARY, AGAINST, OTHER_WORDS)
    found = differences(old, new)
    only: tuple[Section, ...] = ("evidence",)
    said = said_differences(found, old, new, only)
    assert [each.name for each in said.sections] == ["evidence"]
    data = difference_data(found, said, old, new, only)
    assert "evidence" in data
    assert not {"shifts", "texts", "structure"} & set(data)


def test_nothing_to_tell_is_said() -> None:
    old, new = first(), changed(AGAINST)
    said = said_differences(differences(old, new), old, new, ("meaning", "texts"))
    assert said.summary == "Nothing differs in meaning, texts."
    assert not said.sections


def test_what_means_the_same_is_counted() -> None:
    old, new = first(), changed(("when: pain >= 5", "when: pain > 4"))
    said = said_differences(differences(old, new), old, new)
    assert said.summary == "Nothing differs."
    assert said.notes[0] == "1 condition is written in another way and means the same."


def test_markdown_signs_in_titles_mean_nothing() -> None:
    old = first()
    new = changed(("patient: How is it now?", 'patient: "*Now* <b>#1</b> [x](y)"'))
    text = difference_markdown(said_differences(differences(old, new), old, new))
    assert "\\*Now\\* \\<b\\>" in text
    assert "<b>" not in text.replace("\\<b\\>", "")


def test_of_many_combinations_it_is_said_what_they_are_about_and_one_is_told() -> None:
    old = first()
    new = changed(
        (
            "when: better, label: Better",
            "when: 'better and not at_least(2, pain > 5, weeks > 4, locked, pattern == torn)', label: Better",
        )
    )
    text = " ".join(difference_text(said_differences(differences(old, new), old, new)).split())
    (about,) = set(re.findall(r"some combinations of: ([^\]]*)\]", text))
    assert set(about.split(", ")) >= {"locked knee", "pattern", "worst pain", "pain duration"}
    assert "(for example: " in text
