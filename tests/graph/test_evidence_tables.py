"""Thresholds and disagreements of a pathway as tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.conditions import parse
from pathways.errors import DocumentError
from pathways.graph import (
    disagreements_rows,
    disagreements_table,
    thresholds_rows,
    thresholds_table,
)
from pathways.graph.disputes import disputed_at, disputed_in
from pathways.model.thresholds import Line, lines_in
from pathways.reading.load import load, loads

TEXT = """\
format: 1
pathway: knee
title: Sore knee
version: 1.0.0
updated: 2026-11-20
catalogues: []
sources:
  one: {title: One, kind: guideline, organisation: O}
  two: {title: Two, kind: guideline, organisation: P}
findings:
  weeks: {title: w, type: number, kind: time, unit: weeks, range: [0, 520], question: Q}
  days: {title: d, type: number, kind: time, unit: days, range: [0, 520], question: Q}
definitions: {long: weeks >= 12}
thresholds:
  duration:
    title: Duration
    of: [weeks]
    values:
      - {value: 12, says: long, evidence: [{source: one, direction: for}]}
      - {value: 6, evidence: [{source: two, direction: for}]}
    disagreements: [how_long]
  unused:
    title: Unused
    of: [days]
    values: [{value: 3, evidence: [{source: one, direction: for}]}]
disagreements:
  how_long:
    title: How long
    sides:
      - {says: Long, evidence: [{source: one, direction: for}, {source: two, direction: against}]}
      - {says: Short, evidence: [{source: two, direction: for}]}
    shown: Both
start: begin
states:
  begin:
    kind: decision
    title: Long?
    disagreements: [how_long]
    next: [{to: rest, when: long}, {to: rest, when: not long}]
  rest: {kind: end, title: Rest}
"""


def test_a_threshold_shows_every_value_and_which_is_used_here() -> None:
    rows = thresholds_rows(loads(TEXT))
    assert [
        (row["value"], row["used_here"], row["used_in"], row["other_values"]) for row in rows
    ] == [
        (6, False, (), (12,)),
        (12, True, (1,), (6,)),
    ]
    assert rows[1]["unit"] == "weeks"
    assert rows[1]["sources"] == ("one",)


def test_a_disagreement_has_a_row_for_each_side() -> None:
    rows = disagreements_rows(loads(TEXT))
    assert [(row["side"], row["for"], row["against"], row["steps"]) for row in rows] == [
        (1, ("one",), ("two",), (1,)),
        (2, ("two",), (), (1,)),
    ]


def test_tables_have_the_rows_of_the_library() -> None:
    pathway = load("severe-back-pain")
    assert len(thresholds_table(pathway)) == len(thresholds_rows(pathway))
    assert len(disagreements_table(pathway, "patient")) == len(disagreements_rows(pathway))


def test_a_step_is_disputed_by_itself_its_ways_its_care_and_its_conditions() -> None:
    pathway = load("severe-back-pain")
    assert "block_threshold" in disputed_at(pathway, "first_block")
    assert "acupuncture_split" in disputed_at(pathway, "more_therapies")
    found = disputed_in(pathway, ["more_therapies", "warning_signs"])
    assert found["which_warning_signs"] == ("warning_signs",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("of: [weeks]", "of: [weks]", "error[unknown-finding]"),
        ("of: [weeks]", "of: [weeks, days]", "error[wrong-unit]: findings with different units"),
        (
            "value: 12, says",
            "value: twelve, says",
            "19:17: error[wrong-shape]: 'value' needs a number",
        ),
        (
            "disagreements: [how_long]\n  unused",
            "disagreements: [how]\n  unused",
            "error[unknown-disagreement]",
        ),
    ],
)
def test_faults_of_a_threshold_have_their_place(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(DocumentError) as caught:
        loads(TEXT.replace(old, new))
    assert message in str(caught.value)


def test_a_threshold_of_something_that_is_no_number_is_refused() -> None:
    text = TEXT.replace(
        "type: number, kind: time, unit: days, range: [0, 520]", "type: yes_no, kind: watch"
    )
    with pytest.raises(DocumentError, match="wrong-kind"):
        loads(text)


@given(st.integers(0, 99), st.integers(100, 200))
def test_every_number_of_a_condition_is_a_line(low: int, high: int) -> None:
    condition = parse(f"not ({low} <= a < {high} or b == {high}) and c in [x, y] and d")
    assert list(lines_in(condition)) == [
        Line("a", Decimal(low)),
        Line("a", Decimal(high)),
        Line("b", Decimal(high)),
    ]
