"""A placed patient as users hold it: from wherever the record comes, and what notebooks show."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas
import pytest

import pathways
from pathways.errors import DocumentError, PathwayError, UnknownNameError
from pathways.pathway import Pathway
from pathways.patients.placing import Placer
from pathways.placed import day_of, place_everywhere
from pathways.reading.files import LIBRARY

DAY = "2026-11-25"
SEED = LIBRARY / "patients" / "seed-000.yaml"


@pytest.fixture(scope="module")
def back_pain() -> Pathway:
    return pathways.load("severe-back-pain")


def test_a_file_a_dictionary_and_a_row_say_the_same(back_pain: Pathway, tmp_path: Path) -> None:
    data = {
        "record": "someone",
        "recorded": DAY,
        "findings": {"pain_now": 7, "rf_saddle_numb": False},
        "history": {"treatments": [{"treatment": "physical_therapy", "status": "now"}]},
    }
    (tmp_path / "record.json").write_text(json.dumps(data), encoding="utf-8")
    row = pandas.Series(
        {"pain_now": 7, "rf_saddle_numb": False, "physical_therapy.status": "now", "rf_fever": None}
    )
    places = [
        back_pain.place(source, on=DAY).place for source in (data, tmp_path / "record.json", row)
    ]
    assert places[0] == places[1] == places[2]
    assert places[0].states == ("care_without_medicines",)


def test_each_row_of_a_table_is_placed(back_pain: Pathway) -> None:
    table = pandas.DataFrame(
        {
            "rf_saddle_numb": [True, False, None],
            "epidural_steroid_injection.status": ["never", "stopped", None],
        }
    )
    headlines = [back_pain.place(row, on=DAY).place.headline for _, row in table.iterrows()]
    assert headlines == ["emergency", "check_signs", "check_signs"]


def test_an_old_no_counts_by_the_day_asked_about(back_pain: Pathway) -> None:
    record = {"record": "x", "recorded": "2026-11-24", "findings": {"rf_saddle_numb": "no"}}
    today = back_pain.place(record, on="2026-11-24")
    later = back_pain.place(record, on=dt.date(2026, 12, 24))
    assert "rf_saddle_numb" not in today.place.proviso
    assert "rf_saddle_numb" in later.place.proviso
    question = next(each for each in later.questions if each.finding == "rf_saddle_numb")
    assert question.is_expired


def test_the_same_record_on_the_same_day_says_the_same_bytes(back_pain: Pathway) -> None:
    first, second = (back_pain.place(SEED, on=DAY) for _ in range(2))
    assert first.page() == second.page()
    assert first.words("clinician") == second.words("clinician")


def test_notebooks_are_shown_a_page_and_words(back_pain: Pathway) -> None:
    shown = back_pain.place(SEED, on=DAY)._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/markdown", "text/plain"}
    assert '<img src="data:image/png;base64,' in shown["text/html"]
    assert "<script" not in shown["text/html"]
    assert "First check these signs" in shown["text/markdown"]
    assert shown["text/plain"] == "<Placed seed-000 in severe-back-pain: review_first_care>"


def test_nothing_is_written(
    back_pain: Pathway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    placed = back_pain.place(SEED, on=DAY)
    placed.page()
    placed.questions  # noqa: B018 - worked out when it is first asked for
    placed.prospect("surgery_options")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_had(back_pain: Pathway) -> None:
    placed = back_pain.place(SEED, on=DAY, without={"physical_therapy": "distance"})
    assert placed.place.closed[0].states == ("finish_trial",)
    unavailable = {way.target: way.unavailable for way in placed.place.ways}
    assert unavailable["finish_trial"] == ("physical_therapy",)
    again = back_pain.place(SEED, on=DAY).without("physical_therapy", why="distance")
    assert again.place == placed.place
    with pytest.raises(UnknownNameError):
        back_pain.place(SEED, on=DAY).what_if("physical_terapy")
    with pytest.raises(PathwayError, match="emergency"):
        back_pain.place(SEED, on=DAY).what_if("emergency_care")


def test_faults_of_a_record_are_all_named(back_pain: Pathway) -> None:
    record = {"record": "x", "findings": {"pain_nwo": 7, "pain_now": 70}}
    with pytest.raises(DocumentError) as caught:
        back_pain.place(record, on=DAY)
    assert [problem.code for problem in caught.value.problems] == ["unknown-finding", "wrong-value"]


@pytest.mark.parametrize("source", [7, None, ["a"]])
def test_a_record_comes_from_somewhere_sensible(back_pain: Pathway, source: object) -> None:
    with pytest.raises(PathwayError, match="file, a dictionary or a row"):
        back_pain.place(source, on=DAY)


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "25.11.2026"])
def test_a_day_is_a_day(text: str) -> None:
    with pytest.raises(PathwayError, match="write one as 2026-11-25"):
        day_of(text)


def test_pathways_that_a_record_names_come_first(back_pain: Pathway) -> None:
    placers = [Placer(pathways.load("medicines")), Placer(back_pain)]
    found = place_everywhere(placers, SEED, day_of(DAY))
    assert [each.pathway.id for each in found] == ["severe-back-pain", "medicines"]
    assert repr(found[0]) == "<Placed seed-000 in severe-back-pain: review_first_care>"


def test_words_and_formats(back_pain: Pathway) -> None:
    placed = back_pain.place(SEED, on=DAY)
    assert placed.words("patient", "markdown").startswith("# ")
    with pytest.raises(UnknownNameError, match="markdown"):
        placed.words("patient", "mardown")


def test_an_example_is_placed_by_its_name(back_pain: Pathway) -> None:
    assert back_pain.place("seed-000", on=DAY).place == back_pain.place(SEED, on=DAY).place


def test_tables_for_pandas(back_pain: Pathway) -> None:
    placed = back_pain.place("seed-000", on=DAY)
    ways = placed.ways_table()
    assert list(ways.index) == [way.way for way in placed.answer("clinician").ways]
    assert set(ways["status"]) == {"possible"}
    questions = placed.questions_table("patient")
    assert list(questions.index) == [each.finding for each in placed.questions]
    assert placed.offers_table().empty
    blocks = pathways.load("test-blocks").place("two-positive-blocks", on=DAY).offers_table()
    assert blocks.loc["radiofrequency_ablation", "status"] == "certain"
    assert blocks.loc["radiofrequency_ablation", "against"]
