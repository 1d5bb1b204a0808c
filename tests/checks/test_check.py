"""The check as a whole: boundaries, waivers, budget, links, journeys that do not replay."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pathways.checks import check as module
from pathways.checks.check import ReplayFault, check
from pathways.checks.links import linked_pathways
from pathways.checks.results import CheckResult
from pathways.reading.files import LIBRARY, library_ids
from pathways.reading.load import load, loads
from tests.checks.tangled import tangled

ANKLE = """
format: 1
pathway: ankle
title: Ankle (invented)
version: 0.1.0
updated: 2026-01-31
catalogues: []
findings:
  weeks: {title: time since injury, type: number, kind: time, unit: weeks, range: [0, 100], step: 1, typical: 3, question: How long?}
  walk: {title: can walk, type: yes_no, kind: status, question: Walk?}
  numb: {title: numb foot, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 1, unit: days}, question: Numb?}
  rounds: {title: rounds, type: number, kind: count, unit: times, range: [0, 9], step: 1, question: Rounds?}
interrupts:
  - {to: emergency, when: numb, level: emergency, label: Numb}
initial: rounds == 0
start: begin
states:
  begin: {kind: decision, title: Begin, next: [{to: rest, when: weeks < 12}, {to: scan, when: weeks >= 12}]}
  rest: {kind: action, category: self_care, title: Rest, reassess: [walk], adds: {rounds: 1}, next: [{to: done, when: walk or rounds >= 3}, {to: rest, when: not walk and rounds < 3}]}
  scan: {kind: action, category: test, title: Scan, next: [{to: done}]}
  emergency: {kind: action, category: referral, title: Emergency, tags: [emergency], next: [{to: done}]}
  done: {kind: end, title: Done}
rules:
  - {id: scan-late, never: scan unless weeks >= 12, why: an early scan changes nothing}
  - {id: numb-now, when: numb, must: emergency within 1, why: it cannot wait}
  - {id: rest-is-short, at_most: rest 3, why: then somebody looks at it}
  - {id: scan-is-open, possible: scan, why: it may be needed}
"""


def checked(*changes: tuple[str, str], more: str = "") -> CheckResult:
    """Check the ankle with some parts of its text replaced."""
    text = ANKLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return check(loads(text + more))


def codes(result: CheckResult) -> list[str]:
    return [each.problem.code for each in result.problems if each.problem.severity == "error"]


def test_a_sound_pathway_passes_with_every_rule_proved() -> None:
    result = checked()
    assert codes(result) == []
    assert result.passes
    assert [each.verdict for each in result.rules] == ["holds"] * 4
    assert any("numb may change at any step" in each for each in result.assumptions)


def test_a_boundary_flipped_is_answered_with_the_one_patient_on_it() -> None:
    result = checked(("weeks >= 12}]", "weeks > 12}]"))
    (gap,) = result.of("gap")
    assert gap.journey is not None
    assert gap.journey.last.values["weeks"] == Decimal(12)
    assert "12 weeks" in gap.problem.message
    assert gap.problem.where == "states.begin"
    assert not result.passes


def test_a_boundary_that_takes_too_much_is_an_overlap_of_that_one_patient() -> None:
    (overlap,) = checked(("weeks < 12}", "weeks <= 12}")).of("overlap")
    assert overlap.journey is not None
    assert overlap.journey.last.values["weeks"] == Decimal(12)
    assert overlap.problem.where == "states.begin.next[1]"


def test_a_counter_dropped_is_a_loop_without_a_limit_and_breaks_the_rule() -> None:
    result = checked((" adds: {rounds: 1},", ""))
    (loop,) = result.of("endless-loop")
    assert loop.problem.severity == "review"
    assert loop.journey is not None
    assert loop.journey.back_to is not None
    (rule,) = result.of("rule-fails")
    assert rule.rule == "rest-is-short"
    assert rule.journey is not None
    assert rule.journey.states.count("rest") == 4


def test_a_trap_is_an_error() -> None:
    result = checked(
        (
            "{to: done, when: walk or rounds >= 3}, {to: rest, when: not walk and rounds < 3}",
            "{to: done, when: walk and not walk}, {to: rest, when: walk or not walk}",
        ),
    )
    loops = [each for each in result.of("endless-loop") if each.problem.severity == "error"]
    assert len(loops) == 1
    assert "no way out" in loops[0].problem.message


def test_a_sign_dropped_from_an_interrupt_breaks_the_rule_with_a_journey() -> None:
    result = checked(("when: numb, level", "when: numb and walk, level"))
    (rule,) = [each for each in result.of("rule-fails") if each.rule == "numb-now"]
    assert rule.journey is not None
    assert rule.journey.moments[-2].values["numb"] is True
    assert "emergency" not in rule.journey.states


@pytest.mark.parametrize(
    ("waiver", "passes"),
    [
        ("check: gap, at: states.begin", True),
        ("check: gap", True),
        ("check: gap, at: states.scan", False),
        ("check: overlap", False),
        ("rule: scan-late", False),
    ],
)
def test_a_waiver_answers_for_what_it_names(waiver: str, passes: bool) -> None:
    line = f"waivers: [{{{waiver}, why: it is meant so, by: Dr A. Example, on: 2026-01-31}}]\n"
    result = checked(("weeks >= 12}]", "weeks > 12}]"), more=line)
    (gap,) = result.of("gap")
    assert (gap.waived is not None) is passes
    assert result.passes is passes
    stale = [(each.problem.where, each.problem.severity) for each in result.of("stale-waiver")]
    assert stale == ([] if passes else [("waivers[0]", "review")])


def test_a_waiver_that_answers_for_nothing_is_pointed_to_and_no_waiver_answers_for_that() -> None:
    who = "why: it is meant so, by: Dr A. Example, on: 2026-01-31"
    lines = (
        f"waivers:\n- {{check: gap, at: states.scan, {who}}}\n- {{check: stale-waiver, {who}}}\n"
    )
    first, second = checked(more=lines).of("stale-waiver")
    assert first.problem.message == ("nothing is reported for the waiver of 'gap' at states.scan")
    assert first.problem.place is not None
    assert second.problem.place is not None
    assert second.problem.place.line == first.problem.place.line + 1
    assert (first.waived, second.waived) == (None, None)


def test_a_waiver_of_a_rule_answers_for_that_rule() -> None:
    line = "waivers: [{rule: scan-late, why: meant so, by: Dr A. Example, on: 2026-01-31}]\n"
    result = checked(("weeks >= 12}]", "weeks >= 6}]"), ("weeks < 12}", "weeks < 6}"), more=line)
    assert [each.verdict for each in result.rules if each.id == "scan-late"] == ["fails"]
    assert result.passes


def test_what_the_budget_does_not_decide_is_undecided_and_no_pass() -> None:
    pathway = tangled(20, 1)
    result = check(pathway, budget=5)
    assert result.of("undecided", "rule-undecided")
    assert not result.passes


def test_a_tangled_pathway_is_told_the_same_twice() -> None:
    first, second = check(tangled(20, 2)), check(tangled(20, 2))
    assert [str(each.problem) for each in first.problems] == [
        str(each.problem) for each in second.problems
    ]
    assert first.problems == second.problems


def test_a_condition_too_big_is_said_and_the_rest_goes_on() -> None:
    flags = [f"f{number}" for number in range(24)]
    findings = "".join(
        f"  {name}: {{title: {name}, type: yes_no, kind: status, question: Q?}}\n" for name in flags
    )
    big = f"at_least(12, {', '.join(flags)})"
    text = ANKLE.replace("interrupts:", findings + "interrupts:", 1).replace(
        "next: [{to: done}]}\n  emergency",
        f'next: [{{to: done, when: "{big}"}}, {{to: rest, when: "not {big}"}}]}}\n  emergency',
        1,
    )
    result = check(loads(text))
    (problem,) = [each for each in result.of("undecided") if "scan" in each.problem.where]
    assert "boxes" in problem.problem.message
    assert not result.passes
    assert [each.verdict for each in result.rules if each.id == "scan-late"] == ["holds"]


def test_a_patient_who_does_not_replay_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "confirms", lambda *_: "nothing of it is so")
    with pytest.raises(ReplayFault, match="nothing of it is so"):
        checked(("weeks >= 12}]", "weeks > 12}]"))


def test_progress_tells_every_rule() -> None:
    told: list[str] = []
    check(loads(ANKLE), progress=lambda what, _done, _whole: told.append(what))
    assert [each for each in told if "rule" in each] == [
        f"ankle: rule {name}" for name in ("scan-late", "numb-now", "rest-is-short", "scan-is-open")
    ]


def test_whoever_goes_on_by_a_link_must_be_whom_the_other_is_for(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(
        ANKLE.replace("pathway: ankle", "pathway: other").replace(
            "initial: rounds == 0", "initial: rounds == 0\nentry: weeks >= 20"
        ),
        "utf-8",
    )
    linking = ANKLE.replace(
        "  done: {kind: end, title: Done}", "  done: {kind: link, title: On, pathway: other}"
    )
    (tmp_path / "ankle.yaml").write_text(linking, "utf-8")
    pathway = load(tmp_path / "ankle.yaml")
    (problem,) = check(pathway, linked=linked_pathways(pathway)).of("entry-not-met")
    assert problem.journey is not None
    assert problem.journey.last.state == "done"
    assert problem.journey.last.values["weeks"] < Decimal(20)  # type: ignore[operator]
    assert not check(pathway).of("entry-not-met"), "asked although the other one is not known"


@pytest.mark.parametrize("name", library_ids())
def test_the_library_passes_its_own_check(name: str) -> None:
    pathway = load(name)
    result = check(pathway, linked=linked_pathways(pathway))
    assert [str(each.problem) for each in result.problems if each.counts] == []
    assert {each.verdict for each in result.rules} <= {"holds"}
    assert result.rules


@pytest.mark.parametrize(
    "sign",
    [
        "rf_bladder_retention",
        "rf_saddle_numb",
        "rf_sexual_change",
        "rf_both_legs_weak_numb",
        "rf_weakness_worse",
    ],
)
def test_a_warning_sign_taken_out_of_the_list_breaks_a_rule(tmp_path: Path, sign: str) -> None:
    pathway = load("safety")
    place = pathway.place_of("definitions", "emergency_sign")
    assert place is not None
    text = (LIBRARY / "pathways" / "safety.yaml").read_text("utf-8")
    lines = text.splitlines(keepends=True)
    head, tail = "".join(lines[: place.line - 1]), "".join(lines[place.line - 1 :])
    tail = tail.replace(f"{sign} or\n", f"{sign} or ", 1)
    assert f"{sign} or " in tail
    (tmp_path / "safety.yaml").write_text(head + tail.replace(f"{sign} or ", "", 1), "utf-8")
    broken = check(load(tmp_path / "safety.yaml")).of("rule-fails")
    shown = [each.journey for each in broken if each.journey is not None]
    assert shown
    assert any(journey.moments[-2].values[sign] is True for journey in shown)
    assert all("emergency_care" not in journey.states for journey in shown)


def test_rules_know_where_they_stand() -> None:
    (rule,) = checked(("weeks >= 12}]", "weeks >= 6}]"), ("weeks < 12}", "weeks < 6}")).of(
        "rule-fails"
    )
    assert rule.problem.place is not None
    assert ANKLE.splitlines()[rule.problem.place.line - 1].strip().startswith("- {id: scan-late")
    assert replace(rule, waived=None) == rule


@pytest.mark.parametrize("budget", [5, 20, 60])
def test_where_not_everybody_was_followed_no_rule_is_called_idle(budget: int) -> None:
    result = check(load("severe-back-pain"), budget=budget)
    assert any(each.verdict == "undecided" for each in result.rules)
    assert result.of("rule-vacuous") == ()
