"""The tables: shape, order, and each cell that takes some working out."""

import json

import pytest

from pathways.graph import (
    bottlenecks_table,
    findings_rows,
    findings_table,
    states_rows,
    states_table,
    transitions_rows,
    transitions_table,
    treatments_rows,
    treatments_table,
)
from pathways.graph.tables import (
    FINDING_COLUMNS,
    STATE_COLUMNS,
    TRANSITION_COLUMNS,
    TREATMENT_COLUMNS,
)
from pathways.model.pathway import ResolvedPathway


def test_rows_have_the_documented_columns_in_order(care: ResolvedPathway) -> None:
    for rows, columns in (
        (states_rows(care), STATE_COLUMNS),
        (transitions_rows(care), TRANSITION_COLUMNS),
        (findings_rows(care), FINDING_COLUMNS),
        (treatments_rows(care), TREATMENT_COLUMNS),
    ):
        assert rows
        assert all(tuple(row) == columns for row in rows)
        assert json.loads(json.dumps(rows))[0].keys() == rows[0].keys()


def test_frames_have_the_documented_shape(care: ResolvedPathway) -> None:
    assert states_table(care).shape == (13, len(STATE_COLUMNS) - 1)
    assert transitions_table(care).shape == (len(care.ways) + 2, len(TRANSITION_COLUMNS) - 1)
    assert findings_table(care).shape[1] == len(FINDING_COLUMNS) - 1
    assert treatments_table(care).shape == (6, len(TREATMENT_COLUMNS) - 2)
    assert list(bottlenecks_table(care).columns) == [
        "number",
        "title",
        "gates",
        "ends_gated",
        "betweenness",
    ]


def test_states(care: ResolvedPathway) -> None:
    table = states_table(care, "patient")
    assert list(table.index) == list(care.states)
    assert table.loc["care", "title"] == "What helps first"
    assert table.loc["care", "comes_from"] == (1, 3, 6)
    assert table.loc["care", "goes_to"] == (6,)
    assert table.loc["meeting", "badge_words"] == "Guidelines do not agree"
    assert table.loc["done", "badge_words"] == ""
    assert list(table[table["is_end"]].index) == ["emergency", "cancer_care", "done", "elsewhere"]


def test_transitions(care: ResolvedPathway) -> None:
    table = transitions_table(care)
    assert list(table.index)[:5] == [
        "interrupt/0",
        "interrupt/1",
        "signs/0",
        "signs/1",
        "signs/2",
    ]
    assert table.loc["interrupt/0", "choose"] == "interrupt"
    assert table["source_number"].isna().sum() == 2
    assert table.loc["review/1", "source_number"] == 6
    assert table.loc["review/1", "target_title"] == "First weeks"
    assert table.loc["signs/0", "words"] == "fever"
    assert transitions_table(care, "patient").loc["signs/0", "words"] == "you have a fever"
    assert table.loc["review/2", "when"] == "pain_change > -30 and walking.weeks >= 6"


def test_findings_are_those_in_use_and_no_others(care: ResolvedPathway) -> None:
    table = findings_table(care)
    assert set(table.index) == {
        "fever",
        "cancer_history",
        "scan_clear",
        "pain_now",
        "pain_before",
        "pain_change",
        "trend",
        "swing",
        "pain_first",
        "weeks_here",
        "walking.weeks",
        "ibuprofen.status",
        "naproxen.status",
    }
    order = {name: at for at, name in enumerate(care.scope.findings)}
    assert list(table.index) == sorted(table.index, key=lambda each: order[each])


@pytest.mark.parametrize(
    ("finding", "read_in", "written_in", "read_elsewhere"),
    [
        ("fever", (1,), (), ("interrupt/0",)),
        ("scan_clear", (3,), (3,), ("interrupt/1",)),
        (
            "pain_now",
            (5,),
            (6,),
            (
                "concerns",
                "rule not-in-pain",
                "rule new-pain",
                "finding pain_change",
                "finding swing",
            ),
        ),
        ("pain_before", (), (), ("finding pain_change",)),
        ("pain_change", (6,), (), ("concerns", "finding trend")),
        ("weeks_here", (), (6,), ()),
        ("swing", (), (), ("finding trend",)),
        ("pain_first", (), (), ("finding swing",)),
        ("ibuprofen.status", (8,), (), ()),
        ("walking.weeks", (6,), (), ()),
    ],
)
def test_where_findings_are_used(
    care: ResolvedPathway,
    finding: str,
    read_in: tuple[int, ...],
    written_in: tuple[int, ...],
    read_elsewhere: tuple[str, ...],
) -> None:
    row = next(row for row in findings_rows(care) if row["name"] == finding)
    assert (row["read_in"], row["written_in"]) == (read_in, written_in)
    assert set(row["read_elsewhere"]) == set(read_elsewhere)


def test_what_findings_are(care: ResolvedPathway) -> None:
    rows = {row["name"]: row for row in findings_rows(care, "patient")}
    assert rows["fever"]["question"] == "Do you have a fever?"
    assert (rows["fever"]["level"], rows["fever"]["valid_for"]) == ("emergency", "2 days")
    pain = rows["pain_now"]
    assert (pain["unit"], pain["low"], pain["high"], pain["step"]) == ("points", 0, 10, 1)
    assert (pain["kind"], rows["walking.weeks"]["kind"]) == ("status", "history")
    assert rows["ibuprofen.status"]["options"] == ("never", "now", "stopped")


def test_treatments(care: ResolvedPathway) -> None:
    rows = treatments_rows(care)
    assert [(row["name"], row["situation"]) for row in rows] == [
        ("walking", "early"),
        ("ibuprofen", "early"),
        ("naproxen", "early"),
        ("block", None),
        ("ablation", None),
        ("fusion", None),
    ]
    ibuprofen = rows[1]
    assert (ibuprofen["for"], ibuprofen["against"], ibuprofen["unclear"]) == (3, 1, 0)
    assert ibuprofen["sources_for"] == ("guide-a", "seed-x", "guide-b")
    assert (ibuprofen["badge"], ibuprofen["badge_words"]) == ("mixed", "Guidelines split")
    assert ibuprofen["classes"] == ("nsaid",)
    fusion = rows[5]
    assert (fusion["offered_in"], fusion["done_in"]) == ((11,), (10,))


def test_a_frame_names_the_empty_situation(care: ResolvedPathway) -> None:
    table = treatments_table(care)
    assert table.index.names == ["name", "situation"]
    assert table.loc[("fusion", ""), "badge"] == "advised_against"
    assert table["badge"].isna().to_dict()["naproxen", "early"]


def test_bottlenecks_are_titled(care: ResolvedPathway) -> None:
    table = bottlenecks_table(care, "patient")
    assert table.loc["care", "title"] == "What helps first"
    assert table.index[0] == "care"
