"""Thresholds and disagreements of a pathway as tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.conditions import parse
from pathways.diagrams import extract, to_words
from pathways.errors import DocumentError
from pathways.graph import (
    disagreements_rows,
    disagreements_table,
    thresholds_rows,
    thresholds_table,
)
from pathways.graph.disputes import disputed_at, disputed_in
from pathways.model.thresholds import Line, lines_in
from pathways.reading.load import loads

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


def test_tables_are_indexed_by_name_and_value_or_side() -> None:
    thresholds = thresholds_table(loads(TEXT))
    assert thresholds.loc[("duration", 12), "used_here"]
    assert not thresholds.loc[("duration", 6), "used_here"]
    disagreements = disagreements_table(loads(TEXT), "patient")
    assert disagreements.loc[("how_long", 2), "says"] == "Short"


DISPUTED = """\
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
  fever: {title: f, type: yes_no, kind: watch, level: urgent, valid_for: {amount: 1, unit: days}, question: Q}
definitions:
  outer: inner
  inner: {when: fever, disagreements: [by_definition]}
thresholds:
  duration:
    title: Duration
    of: [weeks]
    values: [{value: 12, evidence: [{source: one, direction: for}]}]
    disagreements: [by_threshold]
  days:
    title: Days
    of: [days]
    values: [{value: 3, evidence: [{source: one, direction: for}]}, {value: 9, evidence: [{source: two, direction: for}]}]
disagreements:
  by_state: &dispute
    title: T
    sides:
      - {says: Long, evidence: [{source: one, direction: for}]}
      - {says: Short, evidence: [{source: two, direction: for}]}
    shown: Both
  by_way: *dispute
  by_care: *dispute
  by_definition: *dispute
  by_threshold: *dispute
treatments:
  balm: {title: Balm, category: self_care, what: B, disagreements: [by_care]}
interrupts: [{to: rest, when: days >= 9, level: urgent, label: L}]
start: by_itself
states:
  by_itself: {kind: decision, title: A, disagreements: [by_state], next: [{to: by_its_way}]}
  by_its_way: {kind: decision, title: A, next: [{to: by_its_offer, disagreements: [by_way]}]}
  by_its_offer: {kind: options, title: A, offers: [balm], next: [{to: by_a_condition}]}
  by_a_condition: {kind: options, title: A, offers: [{treatment: balm, when: outer}], next: [{to: by_a_number}]}
  by_a_number:
    kind: options
    title: A
    offers: [{treatment: balm, when: days >= 3}]
    next: [{to: undisputed, when: weeks >= 12}, {to: undisputed, when: weeks < 12}]
  undisputed: {kind: decision, title: A, next: [{to: rest}]}
  rest: {kind: end, title: Rest}
"""


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("by_itself", ("by_state",)),
        ("by_its_way", ("by_way",)),
        ("by_its_offer", ("by_care",)),
        ("by_a_condition", ("by_definition", "by_care")),
        ("by_a_number", ("by_threshold", "by_care")),
        ("undisputed", ()),
    ],
)
def test_a_step_is_disputed_by_itself_its_ways_its_care_and_its_conditions(
    state: str, expected: tuple[str, ...]
) -> None:
    assert disputed_at(loads(DISPUTED), state) == expected


def test_disagreements_are_found_in_the_order_of_the_steps() -> None:
    found = disputed_in(loads(DISPUTED), ["by_its_way", "by_its_offer", "by_a_condition"])
    assert list(found) == ["by_way", "by_care", "by_definition"]
    assert found["by_care"] == ("by_its_offer", "by_a_condition")


def test_a_card_says_that_sources_differ_where_no_badge_does() -> None:
    boxes = {box.name: box.badge_words for box in extract(loads(DISPUTED)).boxes}
    assert boxes["by_itself"] == boxes["by_its_way"] == "Sources differ"
    # What is disputed of a treatment on offer shows by the badge of the offer.
    assert boxes["by_its_offer"] == ""
    assert boxes["by_a_condition"] == "Sources differ"
    assert boxes["undisputed"] == ""


def test_words_end_with_both_sides_and_say_at_which_step() -> None:
    words = to_words(extract(loads(DISPUTED)))
    assert "Sources differ: see 1 at the end." in words
    assert words.count("Disagreement ") == 5
    assert "- Short. (P)\n- Here: Both.\n" in words


def test_numbers_of_offers_and_of_interrupts_are_thresholds_in_use() -> None:
    rows = {row["value"]: row for row in thresholds_rows(loads(DISPUTED)) if row["name"] == "days"}
    assert rows[3]["used_in"] == (5,)
    assert (rows[9]["used_here"], rows[9]["used_in"]) == (True, ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value: 6,", "value: 12,", "stands here twice"),
        ("value: 6,", "value: 900,", "constant-out-of-range]: 'weeks' goes from 0 to 520"),
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
