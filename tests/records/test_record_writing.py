"""A record that is written and read again is the same."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.errors import PathwayError
from pathways.records.reading import load_record, record_from_dict, record_from_text
from pathways.records.record import PatientRecord
from pathways.records.writing import dump_record, write_record
from tests.reading.documents import texts

GOOD = FilePath(__file__).parent / "files" / "good"

names = st.from_regex(r"\A[a-z][a-z0-9_]{0,6}\Z") | st.sampled_from(["on", "value", "by", "no"])
dates = st.sampled_from(["2026", "2026-10", "2026-10-05", "2024-02-29"])
values = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12)
sentences = texts.map(lambda text: text[:200])
numbers = st.decimals(0, 100, places=2).map(str)


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Keys that may be there or not."""
    return st.fixed_dictionaries({}, optional=keys)


said = some(on=dates, by=sentences)
observations = st.one_of(
    st.builds(lambda value, more: {"value": value, **more}, values | st.lists(values), said),
    st.builds(
        lambda parts, more: {"parts": parts, **more},
        st.dictionaries(names, st.booleans(), min_size=1, max_size=3),
        said,
    ),
    st.builds(lambda more: {"absent": "not_performed", **more}, said),
)
outcomes = some(
    weeks=numbers,
    relief_pct=numbers,
    as_advised=st.sampled_from(["most", "some", "little"]),
    side_effects=values | st.lists(values, max_size=3),
    by=sentences,
    note=sentences,
)
times = st.one_of(
    st.fixed_dictionaries({"on": dates}),
    st.fixed_dictionaries({"from": dates}, optional={"to": dates}),
    st.fixed_dictionaries({"status": st.sampled_from(["now", "stopped"])}),
)
treatments = st.builds(
    lambda name, time, more: {"treatment": name, **time, **more}, names, times, outcomes
)
tests = st.builds(
    lambda name, more: {"test": name, "status": "done", **more}, names, some(on=dates)
)
histories = some(
    complete=st.booleans(),
    treatments=st.lists(treatments, max_size=3),
    tests=st.lists(tests, max_size=2),
    never=st.lists(names, max_size=2),
)
records = st.fixed_dictionaries(
    {"record": st.just("x"), "recorded": dates},
    optional={
        "about": sentences,
        "invented": st.booleans(),
        "episode_began": dates,
        "findings": st.dictionaries(
            names, st.lists(observations, min_size=1, max_size=3), max_size=4
        ),
        "history": histories,
        "goals": st.lists(sentences, max_size=2),
        "unavailable": st.lists(
            st.fixed_dictionaries({"what": names, "why": st.just("distance")}), max_size=2
        ),
        "at": st.fixed_dictionaries({"pathway": st.just("a-b"), "state": names}),
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records)
def test_any_record_comes_back_as_it_was(data: dict[str, Any]) -> None:
    record = record_from_dict(data).record
    text = dump_record(record)
    again = record_from_text(text).record
    assert again == record
    assert dump_record(again) == text


@pytest.mark.parametrize("path", sorted(GOOD.iterdir()), ids=lambda path: path.stem)
def test_each_good_record_comes_back_as_it_was(path: FilePath) -> None:
    record = load_record(path).record
    assert record_from_text(dump_record(record)).record == record


def test_a_record_without_a_day_is_not_written() -> None:
    record = PatientRecord.model_validate({"record": "x", "findings": {"rf_fever": "no"}})
    with pytest.raises(PathwayError, match="set 'recorded' to the day the values were said"):
        dump_record(record)


def test_a_record_is_written_whole_or_not_at_all(tmp_path: FilePath) -> None:
    record = PatientRecord(record="x", recorded="2026-11-20")
    path = tmp_path / "x.yaml"
    write_record(record, path)
    assert load_record(path).record == record
    assert [each.name for each in tmp_path.iterdir()] == ["x.yaml"]
    with pytest.raises(PathwayError, match="cannot be written"):
        write_record(record, tmp_path / "no" / "x.yaml")
