"""What is missing, as tables: for many patients, and for a pathway; what a later step asks for."""

from __future__ import annotations

import pytest

import pathways
from pathways.errors import PathwayError, UnknownNameError
from pathways.pathway import Pathway
from pathways.reports.tables import CHANGES

DAY = "2026-11-25"


@pytest.fixture(scope="module")
def back_pain() -> Pathway:
    return pathways.load("severe-back-pain")


def test_each_patient_has_a_row_the_gravest_change_first(back_pain: Pathway) -> None:
    names = ("well-enough", "seed-000", "two-weeks-of-exercise", "new-episode-after-old-surgery")
    people = [back_pain.place(name, on=DAY) for name in names]
    table = pathways.what_if_table(people, "physical_therapy", why="distance")
    assert list(table["change"]) == [CHANGES[0], CHANGES[1], CHANGES[1], CHANGES[3]]
    assert table.loc["two-weeks-of-exercise", "left"] == ()
    assert table.loc["two-weeks-of-exercise", "closes"] == ("Complete a fair trial",)
    assert table.loc["seed-000", "left"] == ("Self-management and return", "Other therapies")
    episode = table.loc["new-episode-after-old-surgery"]
    assert episode["closes"] == ("Physical therapy",)
    assert "Exercise program" in episode["left"]
    for place in people:
        row = table.loc[place.record.record]
        found = place.what_if("physical_therapy", why="distance")
        assert row["lost"] == len(found.lost)


def test_what_was_missing_before_is_not_counted(back_pain: Pathway) -> None:
    person = back_pain.place("medicine-not-wanted", on=DAY)
    table = pathways.what_if_table([person], "mri")
    assert table.loc["medicine-not-wanted", "closes"] == ()


def test_a_class_means_all_its_members(back_pain: Pathway) -> None:
    person = back_pain.place("new-episode-after-old-surgery", on=DAY)
    table = pathways.what_if_table([person], "active_care", reader="patient")
    assert len(table.iloc[0]["closes"]) > 1


def test_nobody_gives_an_empty_table_and_emergency_care_stays(back_pain: Pathway) -> None:
    assert pathways.what_if_table([], "mri").empty
    person = back_pain.place("seed-000", on=DAY)
    with pytest.raises(PathwayError, match="cannot be left out"):
        pathways.what_if_table([person], "emergency_care")


def test_what_a_pathway_loses_stands_once_by_its_gravest_effect(back_pain: Pathway) -> None:
    lost = back_pain.lost_without("physical_therapy")
    table = back_pain.lost_table("physical_therapy")
    assert list(table.index[table["effect"] == "closed"]) == list(lost.closed)
    assert set(table.index[table["effect"] == "offers_less"]) == {
        each.state for each in lost.offers
    } - set(lost.closed) - set(lost.unreachable)
    assert table.index.is_unique
    assert back_pain.lost_table("mri").loc["mri_scan", "in_words"] == "closes"


def test_what_a_later_step_asks_for_is_a_table(back_pain: Pathway) -> None:
    person = back_pain.place("seed-000-signs-answered-no", on=DAY)
    table = person.prospect_table("nerve_options")
    needs = person.prospect("nerve_options").needs
    assert list(table["finding"]) == [each.finding for each in needs]
    assert list(table["today"]) == [each.today for each in needs]
    with pytest.raises(UnknownNameError):
        person.prospect_table("nowhere")


def test_problems_of_a_text_are_listed_without_an_error() -> None:
    text = pathways.load("safety").to_yaml()
    assert pathways.problems_in(text) == ()
    wrong = text.replace("start: warning_signs", "start: warning_sings")
    (problem,) = pathways.problems_in(wrong, name="mine.yaml")
    assert str(problem).startswith("mine.yaml:")
    assert "did you mean 'warning_signs'" in str(problem)
