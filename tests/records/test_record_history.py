"""What a history says: status, time on it, outcome, counts; and that silence says nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pathways.errors import PathwayError, UnknownNameError
from pathways.records.facts import Event, Facts
from pathways.records.knowing import facts_of
from pathways.records.reading import record_from_dict
from tests.records.files.words import WORDS

SHOT = "epidural_steroid_injection"
IMPLANT = "spinal_cord_stimulator"
ON = "2026-11-20"


def known(history: dict[str, Any], on: str = ON, **more: Any) -> Facts:
    data = {"record": "x", "recorded": ON, "history": history, **more}
    return facts_of(record_from_dict(data).record, WORDS, dt.date.fromisoformat(on))


def tried(name: str, *entries: dict[str, Any], complete: bool = False) -> dict[str, Any]:
    return {"complete": complete, "treatments": [{"treatment": name, **each} for each in entries]}


ONE: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    # treatment, entry, day asked, findings (None: not known)
    ("heat", {"status": "now"}, ON, {"status": "now", "weeks": None}),
    ("heat", {"status": "stopped"}, ON, {"status": "stopped", "weeks": None}),
    ("heat", {"status": "now", "weeks": 3}, ON, {"status": "now", "weeks": "3"}),
    ("heat", {"from": "2026-11-06"}, ON, {"status": "now", "weeks": "2"}),
    ("heat", {"from": "2026-11-05"}, ON, {"status": "now", "weeks": "2.1"}),
    ("heat", {"from": "2026-10"}, ON, {"status": "now", "weeks": "2.8"}),
    ("heat", {"from": "2026"}, ON, {"status": "now", "weeks": "0"}),
    ("heat", {"from": "2026-11-06"}, "2026-11-05", {"status": None, "weeks": None}),
    ("heat", {"from": "2026-01-01", "to": "2026-01-15"}, ON, {"status": "stopped", "weeks": "2"}),
    ("heat", {"from": "2026-01", "to": "2026-03"}, ON, {"status": "stopped", "weeks": "4.1"}),
    ("heat", {"from": "2026-01-01", "to": "2026-01-15"}, "2026-01-08", {"status": "now", "weeks": "1"}),
    ("heat", {"from": "1990"}, ON, {"status": "now", "weeks": "520"}),
    ("heat", {"from": "2026-01-01", "to": "2026-11"}, "2026-11-10", {"status": "stopped"}),
    ("heat", {"to": "2026-01-15"}, ON, {"status": "stopped", "weeks": None}),
    ("heat", {"to": "2026-01-15"}, "2026-01-01", {"status": None}),
    ("heat", {"from": "2026-01-01", "status": "stopped"}, ON, {"status": "stopped", "weeks": None}),
    ("heat", {"from": "2026-01-01", "weeks": 2}, ON, {"status": "now", "weeks": "2"}),
    ("heat", {"status": "now"}, "2026-11-19", {"status": None}),
    ("heat", {"status": "never"}, ON, {"status": "never", "weeks": "0", "relief_pct": None}),
    ("heat", {"status": "now", "relief_pct": 20, "as_advised": "some", "side_effects": "none"}, ON,
     {"relief_pct": "20", "as_advised": "some",
      "side_effects": {"sleepy": False, "stomach": False, "other": False, "none": True}}),
    (SHOT, {"on": "2026-09-03"}, ON, {"status": "stopped", "weeks": None, "months_since": "2"}),
    (SHOT, {"on": "2026-09"}, ON, {"status": "stopped", "months_since": "1"}),
    (SHOT, {"on": "2026-09-03"}, "2026-09-02", {"status": None, "months_since": None}),
    (SHOT, {"on": "2026-09-03", "relief_weeks": 4}, ON, {"relief_weeks": "4", "count_12mo": None}),
    (SHOT, {"status": "stopped"}, ON, {"status": "stopped", "months_since": None}),
    (SHOT, {"status": "never"}, ON, {"status": "never", "count_12mo": "0", "months_since": None}),
    (IMPLANT, {"from": "2026-11-06"}, ON, {"status": "now", "weeks": "2", "months_since": None}),
    (IMPLANT, {"on": "2026-11-06", "status": "now"}, ON, {"status": "now", "weeks": "2"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "entry", "on", "expected"), ONE)
def test_one_entry(name: str, entry: dict[str, Any], on: str, expected: dict[str, Any]) -> None:
    facts = known(tried(name, entry), on)
    found = {key: facts.values.get(f"{name}.{key}") for key in expected}
    assert found == {
        key: Decimal(value) if isinstance(value, str) and value[0].isdigit() else value
        for key, value in expected.items()
    }
    assert all(facts.known[each].origin == "history" for each in facts.known)


def test_stretches_add_up_and_days_in_two_count_once() -> None:
    entries: list[dict[str, Any]] = [
        {"from": "2026-01-01", "to": "2026-01-15", "relief_pct": 10},
        {"from": "2026-01-08", "to": "2026-01-22"},
        {"from": "2026-11-06", "relief_pct": 40},
        {"status": "stopped", "weeks": 5, "relief_pct": 90, "as_advised": "most"},
    ]
    values = known(tried("heat", *entries)).values
    assert values["heat.weeks"] == 3 + 2 + 5
    assert values["heat.status"] == "now"
    assert values["heat.relief_pct"] == 40
    assert values["heat.as_advised"] == "most"


def test_days_within_a_longer_stretch_count_once() -> None:
    entries: list[dict[str, Any]] = [
        {"from": "2026-01-01", "to": "2026-03-12"},
        {"from": "2026-01-08", "to": "2026-01-15"},
        {"from": "2026-02-05", "to": "2026-02-12"},
    ]
    assert known(tried("heat", *entries)).values["heat.weeks"] == 10


COUNTS = [
    (["2026-01-01", "2026-06-01"], True, 2),
    (["2025-11-20", "2026-06-01"], True, 1),
    (["2025-11-21", "2026-06-01"], True, 2),
    (["2025-11"], True, None),
    (["2025-10"], True, 0),
    (["2026"], True, 1),
    (["2025"], True, None),
    (["2026-01-01"], False, None),
    (["2027-01-01"], True, 0),
    ([], True, 0),
    ([], False, None),
]


@pytest.mark.parametrize(("days", "complete", "expected"), COUNTS)
def test_a_count_is_known_only_where_nothing_is_in_doubt(
    days: list[str], complete: bool, expected: int | None
) -> None:
    facts = known(tried(SHOT, *({"on": each} for each in days), complete=complete))
    assert facts.values.get(f"{SHOT}.count_12mo") == expected


def test_one_procedure_without_a_day_leaves_count_and_time_open() -> None:
    facts = known(tried(SHOT, {"on": "2026-09-03"}, {"status": "stopped"}, complete=True))
    assert f"{SHOT}.count_12mo" not in facts.known
    assert f"{SHOT}.months_since" not in facts.known


def test_silence_is_not_known_unless_the_history_is_complete() -> None:
    silent = known({"treatments": [{"treatment": "heat", "status": "now"}]})
    assert [name for name in silent.known if not name.startswith("heat.")] == []
    complete = known({"complete": True, "treatments": [{"treatment": "heat", "status": "now"}]})
    others = [*WORDS.catalogue.treatments, *WORDS.catalogue.tests]
    status = {name: complete.values[f"{name}.status"] for name in others}
    assert status.pop("heat") == "now"
    assert set(status.values()) == {"never"}
    assert complete.absence("ice.relief_pct") == "not_performed"
    assert len(complete.events) == 1


def test_tests_are_done_never_or_not_known() -> None:
    history = {
        "tests": [{"test": "mri", "on": "2026-07"}, {"test": "ct", "status": "done"}],
        "never": ["x_ray", "ice"],
    }
    values = known(history).values
    assert values["mri.status"] == values["ct.status"] == "done"
    assert values["x_ray.status"] == values["ice.status"] == "never"
    assert "blood_tests.status" not in values
    assert "mri.status" not in known(history, "2026-06-30").values


def test_events_are_in_order_and_of_this_record_only() -> None:
    history = {
        "treatments": [
            {"treatment": "ice", "status": "stopped"},
            {"treatment": "heat", "from": "2026-05", "to": "2026-06-02"},
            {"treatment": SHOT, "on": "2026-09-03"},
            {"treatment": "baclofen", "from": "2026-01-01"},
            {"treatment": "massage", "from": "2027"},
            {"treatment": "yoga_or_tai_chi", "status": "never"},
        ],
        "tests": [{"test": "mri", "on": "2026-03-01"}, {"test": "ct", "status": "done"}],
        "never": ["discectomy"],
    }
    day = dt.date
    assert known(history).events == (
        Event("baclofen", "treatment", "now", day(2026, 1, 1)),
        Event("mri", "test", "done", day(2026, 3, 1), day(2026, 3, 1)),
        Event("heat", "treatment", "stopped", day(2026, 5, 1), day(2026, 6, 2)),
        Event(SHOT, "treatment", "stopped", day(2026, 9, 3), day(2026, 9, 3)),
        Event("ice", "treatment", "stopped"),
        Event("ct", "test", "done"),
    )


def test_a_status_among_the_findings_is_an_event_without_a_day() -> None:
    facts = known({}, findings={"heat.status": "now", "mri.status": "done", "ct.status": "never"})
    assert facts.events == (Event("heat", "treatment", "now"), Event("mri", "test", "done"))
    assert facts.known["heat.status"].origin == "stated"


CONTRADICTIONS = [
    ({"never": ["heat"], "treatments": [{"treatment": "heat", "status": "now"}]}, {},
     "'heat' was never tried, and lists it as well"),
    ({"tests": [{"test": "mri", "status": "never"}, {"test": "mri", "on": "2026"}]}, {},
     "'mri' was never tried, and lists it as well"),
    (tried("heat", {"status": "now"}), {"heat.status": "stopped"},
     "'heat.status' is stopped among the findings, but now by the history"),
    ({"complete": True}, {"mri.status": "done"},
     "'mri.status' is done among the findings, but never by the history"),
    ({"never": ["heat"]}, {"heat.relief_pct": 20},
     "'heat.relief_pct' is 20 among the findings, but never tried by the history"),
]  # fmt: skip


@pytest.mark.parametrize(("history", "findings", "expected"), CONTRADICTIONS)
def test_contradictions_name_both(
    history: dict[str, Any], findings: dict[str, Any], expected: str
) -> None:
    with pytest.raises(PathwayError) as caught:
        known(history, findings=findings)
    assert expected in str(caught.value)


def test_an_older_status_is_compared_with_the_history_of_its_day() -> None:
    history = tried("heat", {"from": "2026-01-01", "to": "2026-06-01"})
    then = {"heat.status": {"value": "now", "on": "2026-03-01"}}
    assert known(history, findings=then).values["heat.status"] == "stopped"
    with pytest.raises(PathwayError, match="is now among the findings, but stopped"):
        known(history, findings={"heat.status": {"value": "now", "on": "2026-07-01"}})


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="no treatment 'baclofn'; did you mean 'baclofen'"):
        known(tried("baclofn", {"status": "now"}))
    with pytest.raises(UnknownNameError, match="no treatment or test 'mriii'"):
        known({"never": ["mriii"]})


def test_what_history_and_findings_both_say_happened_once() -> None:
    facts = known(tried("heat", {"status": "now"}), findings={"heat.status": "now"})
    assert facts.events == (Event("heat", "treatment", "now"),)


def test_numbers_that_differ_by_one_whole_unit_contradict_each_other() -> None:
    history = tried("heat", {"status": "stopped", "weeks": 2})
    assert known(history, findings={"heat.weeks": "2.9"}).values["heat.weeks"] == 2
    with pytest.raises(PathwayError, match=r"'heat.weeks' is 3 among the findings, but 2"):
        known(history, findings={"heat.weeks": "3"})
