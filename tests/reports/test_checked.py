"""What users hold of a check and of a comparison: tables, data, pictures, what notebooks show."""

from __future__ import annotations

import json

import pytest

import pathways
from pathways.checks.reaching import Reaching
from pathways.conditions import parse
from pathways.errors import PathwayError
from tests.checks.test_check import ANKLE

BROKEN = ANKLE.replace("weeks >= 12}]", "weeks > 12}]")


def test_a_check_is_data_tables_text_and_a_display() -> None:
    checked = pathways.loads(BROKEN).check()
    assert not checked.passes
    table = checked.table()
    assert list(table.columns[:3]) == ["severity", "code", "where"]
    assert table.loc[table.code == "gap", "journey"].iloc[0] == ("begin",)
    assert set(checked.rules_table().verdict) == {"holds"}
    assert json.loads(json.dumps(checked.data()))["passes"] is False
    shown = checked._repr_mimebundle_()
    assert "gap" in shown["text/html"]
    assert "<script" not in shown["text/html"]
    assert checked.text().startswith("<text>:")
    assert shown["text/plain"] == repr(checked) == "<Check of ankle 0.1.0: does not pass>"


def test_the_journey_of_a_problem_is_drawn() -> None:
    checked = pathways.loads(BROKEN).check()
    number = next(
        number for number, each in enumerate(checked.problems) if each.problem.code == "gap"
    )
    drawn = checked.picture(number)
    assert "Ends here" in drawn.svg
    assert not drawn.problems


def test_what_has_no_journey_cannot_be_drawn() -> None:
    checked = pathways.loads(ANKLE).check()
    with pytest.raises(PathwayError, match="there are"):
        checked.picture(99)
    number = next(number for number, each in enumerate(checked.problems) if each.journey is None)
    with pytest.raises(PathwayError, match="no journey"):
        checked.picture(number)


def test_two_versions_compared_show_who_is_treated_differently() -> None:
    compared = pathways.loads(ANKLE).differences(pathways.loads(BROKEN))
    assert not compared.is_same
    assert "exactly 12 weeks" in " ".join(compared.text().split())
    assert "exactly 12 weeks" in " ".join(compared._repr_mimebundle_()["text/markdown"].split())
    shown = compared._repr_mimebundle_()
    assert "exactly 12 weeks" in " ".join(shown["text/html"].split())
    assert shown["text/plain"] == repr(compared) == "<ankle 0.1.0 and 0.1.0: different>"
    assert json.loads(json.dumps(compared.data()))
    assert "What changed" in compared.picture().svg
    assert pathways.loads(ANKLE).differences(pathways.loads(ANKLE)).is_same


def test_whether_somebody_gets_there_is_asked_of_both_versions() -> None:
    pathway = pathways.loads(ANKLE)
    reaching = Reaching(pathway, pathways.loads(BROKEN))
    assert reaching("scan", parse("weeks >= 12")) is True
    assert reaching("scan", parse("weeks < 12")) is False
    assert reaching("nowhere", parse("weeks < 12")) is None
    assert reaching("scan", parse("unknown_finding")) is None


def test_a_difference_nobody_meets_says_so() -> None:
    unreached = ANKLE.replace(
        "  done: {kind: end",
        "  spare: {kind: decision, title: Spare, next: [{to: done, when: walk}, {to: scan, when: not walk}]}\n  done: {kind: end",
    )
    changed = unreached.replace("{to: scan, when: not walk}", "{to: emergency, when: not walk}")
    compared = pathways.loads(unreached).differences(pathways.loads(changed))
    (shift,) = compared.found.shifts
    assert shift.reached is False
