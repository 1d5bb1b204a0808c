"""Records from files, texts, dictionaries and rows: one meaning, and the place of every part."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

import pandas
import pytest

from pathways.errors import DocumentError, PathwayError
from pathways.reading.marks import Path
from pathways.records.checking import record_problems
from pathways.records.reading import (
    load_record,
    record_from_dict,
    record_from_row,
    record_from_text,
)
from tests.records.files.words import WORDS

GOOD = FilePath(__file__).parent / "files" / "good"
FILES = sorted((*GOOD.glob("*.yaml"), *GOOD.glob("*.json")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_good_records_are_read_and_have_no_problems(path: FilePath) -> None:
    read = load_record(path)
    assert read.record.record == path.stem
    assert read.record.is_invented
    assert record_problems(read, WORDS, dt.date(2026, 11, 20)) == []


def test_json_means_what_yaml_means() -> None:
    read = load_record(GOOD / "from-json.json").record
    assert read.about == "café / 😀"
    assert read.findings["rf_fever"][0].value == ("false",)
    assert read.findings["rf_infection_risk"][0].parts == {"recent_infection": "no"}
    assert read.history.is_complete


def test_a_null_of_json_is_no_text() -> None:
    with pytest.raises(DocumentError) as caught:
        record_from_text('{"record": "x", "recorded": null, "findings": {"pain_now": null}}')
    assert [each.code for each in caught.value.problems] == ["empty-value", "empty-value"]
    quoted = record_from_text('{"record": "x", "about": "null"}')
    assert quoted.record.about == "null"


def test_places_are_those_of_the_short_forms() -> None:
    text = "record: x\nrecorded: 2026\nfindings:\n  a: 1\n  b: [p, q]\n  c: {p: yes}\n  d: {value: 2}\n"
    read = record_from_text(text, name="x.yaml")
    paths: dict[str, Path] = {
        "plain": ("findings", "a", 0, "value", 0),
        "list": ("findings", "b", 0, "value", 1),
        "part": ("findings", "c", 0, "parts", "p"),
        "long": ("findings", "d", 0, "value", 0),
    }
    places = {name: read.address(path) for name, path in paths.items()}
    assert places == {
        "plain": "x.yaml:4:6",
        "list": "x.yaml:5:10",
        "part": "x.yaml:6:10",
        "long": "x.yaml:7:14",
    }


NATIVES: list[tuple[Any, tuple[str, ...]]] = [
    (True, ("yes",)),
    (False, ("no",)),
    (7, ("7",)),
    (7.0, ("7",)),
    (0.1, ("0.1",)),
    (1e-7, ("0.0000001",)),
    (Decimal("2.50"), ("2.5",)),
    (dt.date(2026, 11, 20), ("2026-11-20",)),
    (dt.datetime(2026, 11, 20, 13, tzinfo=dt.UTC), ("2026-11-20",)),
    ({"knee", "hip"}, ("hip", "knee")),
    (frozenset(), ()),
    (["b", "a"], ("b", "a")),
    (pandas.Series([7], dtype="int64").iloc[0], ("7",)),
    (pandas.Series([True]).iloc[0], ("yes",)),
    (pandas.Series([0.5], dtype="float32").iloc[0], ("0.5",)),
    (pandas.Timestamp("2026-11-20"), ("2026-11-20",)),
    (float("nan"), ("NaN",)),
]


@pytest.mark.parametrize(("native", "value"), NATIVES, ids=[str(each[1]) for each in NATIVES])
def test_values_of_a_program_become_text(native: Any, value: tuple[str, ...]) -> None:
    read = record_from_dict({"record": "x", "findings": {"pain_now": native}})
    assert read.record.findings["pain_now"][0].value == value


def test_a_dictionary_says_the_same_as_its_file() -> None:
    data = {
        "record": "x",
        "recorded": dt.date(2026, 11, 20),
        "findings": {"rf_fever": False, "part_sign": {"calm": True}, "goals": {"sleep"}},
        "history": {"complete": True, "treatments": [{"treatment": "heat", "from": "2026"}]},
    }
    text = (
        "{record: x, recorded: 2026-11-20, findings: {rf_fever: no, part_sign: {calm: yes}, "
        "goals: [sleep]}, history: {complete: yes, treatments: [{treatment: heat, from: 2026}]}}"
    )
    assert record_from_dict(data).record == record_from_text(text).record


def test_faults_of_a_dictionary_are_named_by_their_path() -> None:
    data = {"record": "x", "findings": {"b": {"value": 1, "onn": 2}, "a": {"absent": "so"}}}
    with pytest.raises(DocumentError) as caught:
        record_from_dict(data)
    assert str(caught.value).splitlines() == [
        "findings.b.onn: error[unknown-key]: unknown key 'onn'; did you mean 'on'?",
        "findings.a.absent: error[unknown-word]: 'absent' cannot be 'so'; known: 'asked_unknown', 'not_asked', 'not_performed', 'unknown'",
    ]
    with pytest.raises(DocumentError) as caught:
        record_from_dict({"record": object(), "findings": {7: 1}})
    assert [each.code for each in caught.value.problems] == ["wrong-shape", "bad-key"]


def test_a_file_needs_a_day_but_data_of_a_program_may_be_of_the_day_asked_for() -> None:
    with pytest.raises(DocumentError, match=r"error\[missing-key\]: the file has no 'recorded'"):
        record_from_text("{record: x, findings: {rf_fever: no}}")
    dated = "{record: x, findings: {rf_fever: {value: no, on: 2026-11-20}}}"
    assert record_from_text(dated).record.recorded is None
    assert record_from_dict({"record": "x", "findings": {"rf_fever": False}}).record.findings


def test_a_row_of_a_table() -> None:
    table = pandas.DataFrame(
        {
            "recorded": [pandas.Timestamp("2026-11-20"), pandas.NaT],
            "pain_now": [7.0, float("nan")],
            "rf_fever": [False, None],
            "rf_leg_weak": pandas.array([True, pandas.NA], dtype="boolean"),
            "pain_sites": ["low_back; knee", " "],
            "goals": [["sleep"], None],
            "baclofen.status": ["now", None],
            "baclofen.relief_pct": [20, None],
            "baclofen.side_effects": ["sleepy,other", ""],
            "epidural_steroid_injection.count_12mo": [2, None],
            "mri.status": ["done", None],
            "heat.weeks": [3, None],
            "clinic": ["North", None],
            "Pain": [1, 2],
        }
    )
    read = record_from_row(table.iloc[0], name="row-1")
    record = read.record
    assert read.other_columns == ("clinic", "Pain")
    assert record.recorded == "2026-11-20"
    assert {name: series[0].value for name, series in record.findings.items()} == {
        "pain_now": ("7",),
        "rf_fever": ("no",),
        "rf_leg_weak": ("yes",),
        "pain_sites": ("low_back", "knee"),
        "goals": ("sleep",),
        "epidural_steroid_injection.count_12mo": ("2",),
        "heat.weeks": ("3",),
    }
    (baclofen,) = record.history.treatments
    assert baclofen.status == "now"
    assert baclofen.relief_pct == 20
    assert baclofen.side_effects == ("sleepy", "other")
    assert [(each.test, each.status) for each in record.history.tests] == [("mri", "done")]
    assert record_problems(read, WORDS) == []
    empty = record_from_row(table.iloc[1], recorded="2026-11-21").record
    assert empty.findings == {}
    assert empty.recorded == "2026-11-21"


def test_a_row_knows_the_findings_of_a_vocabulary() -> None:
    assert record_from_row({"age": 60}).other_columns == ("age",)
    assert record_from_row({"age": 60}, vocabulary=WORDS).other_columns == ()


def test_a_row_with_a_column_twice_is_refused() -> None:
    row = pandas.Series([1, 2], index=["pain_now", "pain_now"])
    with pytest.raises(
        DocumentError, match=r"duplicate-key.: the column 'pain_now' is there twice"
    ):
        record_from_row(row)


def test_dates_after_the_day_asked_for() -> None:
    read = record_from_text("{record: x, recorded: 2026-11-20, findings: {pain_now: 7}}", name="x")
    (problem,) = record_problems(read, WORDS, dt.date(2026, 11, 19))
    assert str(problem) == (
        "x:1:23: error[date-order]: 2026-11-20 is after 2026-11-19, the day that is asked for; "
        "put the day right, or ask for a later one"
    )


@pytest.mark.parametrize("name", ["no-such.yaml", "", "a\0b", "x" * 5000, "."])
def test_what_is_no_file(name: str) -> None:
    with pytest.raises(PathwayError, match=r"is no file|is a folder"):
        load_record(name)


@pytest.mark.parametrize(
    ("column", "hint"),
    [
        ("rf_sadle_numb", "did you mean 'rf_saddle_numb'?"),
        ("Rf_Saddle_Numb", "did you mean 'rf_saddle_numb'?"),
        ("baclofen", "name the column 'baclofen.status'"),
        ("Physical Therapy", "name the column 'physical_therapy.status'"),
    ],
)
def test_a_column_that_nearly_names_a_finding_is_refused(column: str, hint: str) -> None:
    with pytest.raises(DocumentError) as caught:
        record_from_row({column: "yes", "patient_id": 7})
    (problem,) = caught.value.problems
    assert problem.code == "unknown-finding"
    assert hint in problem.hint


@pytest.mark.parametrize("cell", ["Yes", "TRUE", " yes ", True])
def test_tables_say_yes_in_any_case(cell: object) -> None:
    read = record_from_row({"rf_saddle_numb": cell})
    assert read.record.findings["rf_saddle_numb"][0].value in {("yes",), ("true",)}
