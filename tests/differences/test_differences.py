"""What differs between two versions: each sort of change, and changes that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathways.conditions import Condition, parse, unparse
from pathways.differences.compare import differences
from pathways.differences.model import Differences, Outcome, Section
from pathways.model.pathway import ResolvedPathway
from tests.differences.versions import (
    AGAINST,
    BOUNDARY,
    CASES,
    EARLIER_SHOT,
    NO_FEVER,
    NO_WASHOUT,
    NOT_ASSESSED,
    OTHER_WORDS,
    RENAMED,
    SWAPPED,
    changed,
    first,
)


def compared(*changes: tuple[str, str]) -> Differences:
    return differences(first(), changed(*changes))


def test_a_version_does_not_differ_from_itself() -> None:
    found = differences(first(), first())
    assert found.is_same
    assert found.is_same_in_meaning
    assert not found.rewritten


def test_a_boundary_that_no_longer_counts_is_the_one_patient_at_it() -> None:
    found = compared(BOUNDARY)
    (definition,) = found.memberships
    assert (definition.subject, definition.name) == ("definition", "chronic")
    assert definition.gained is None
    assert definition.lost is not None
    assert [unparse(each) for each in definition.lost.who] == ["weeks == 12"]
    assert definition.lost.values["weeks"] == Decimal(12)
    assert definition.lost.told == ("weeks",)
    assert [(each.states, each.causes) for each in found.shifts] == [
        (("review",), ("chronic",)),
        (("long_care",), ("chronic",)),
    ]
    assert found.shifts[0].old == Outcome(("scan",))
    assert found.shifts[0].new == Outcome(("self_care",))
    assert {each.group.values["weeks"] for each in found.shifts} == {Decimal(12)}


def test_a_threshold_in_a_definition_is_told_once() -> None:
    (threshold,) = compared(BOUNDARY).thresholds
    assert threshold.finding == "weeks"
    assert (threshold.old, threshold.new) == ("at least 12 weeks", "more than 12 weeks")
    assert threshold.places == ("definitions.chronic",)


def test_a_sign_that_is_gone_is_told_once_for_all_steps() -> None:
    found = compared(NO_FEVER)
    (shift,) = found.shifts
    assert len(shift.states) == 7
    assert "emergency_care" not in shift.states
    assert shift.old == Outcome(("emergency_care",), 0)
    assert shift.new.own
    assert shift.causes == ("emergency_sign",)
    assert shift.group.values["fever"] is True
    assert shift.group.values["hot_knee"] is False


def test_swapped_targets_move_both_groups() -> None:
    found = compared(SWAPPED)
    assert [(each.old.states, each.new.states) for each in found.shifts] == [
        (("surgery_talk",), ("long_care",)),
        (("long_care",), ("surgery_talk",)),
    ]
    assert [(each.what, each.key) for each in found.structure] == [("changed", "to")] * 2


def test_another_direction_changes_the_badge_and_no_patient() -> None:
    found = compared(AGAINST)
    assert found.is_same_in_meaning
    assert [(each.what, each.old, each.new) for each in found.evidence] == [
        ("direction", "for", "against"),
        ("badge", "Guidelines support it", "Guidelines advise against"),
    ]
    assert not any(found.has(name) for name in ("meaning", "structure", "texts"))


def test_another_name_of_a_state_is_said_and_moves_nobody() -> None:
    found = compared(RENAMED)
    assert found.renamed == (("surgery_talk", "surgeon"),)
    assert found.is_same_in_meaning
    assert [each.what for each in found.structure] == ["renamed"]


def test_an_offer_to_more_patients_names_them() -> None:
    (offer,) = compared(EARLIER_SHOT).memberships
    assert (offer.subject, offer.state, offer.name) == ("offer", "self_care", "injection")
    assert offer.lost is None
    assert offer.gained is not None
    assert [unparse(each) for each in offer.gained.who] == ["5 <= pain < 7"]
    assert offer.gained.values["pain"] == Decimal(6), "the typical value, where it fits"


def test_what_is_no_longer_assessed_is_another_meaning() -> None:
    found = compared(NOT_ASSESSED)
    (effect,) = found.effects
    assert (effect.state, effect.name) == ("washout", "better")
    assert effect.new == "stays as it was"
    assert not found.is_same_in_meaning


def test_a_way_that_is_gone_moves_those_who_took_it() -> None:
    found = compared(NO_WASHOUT)
    (shift,) = found.shifts
    assert (shift.old.states, shift.new.states) == (("washout",), ("long_care",))
    assert [unparse(each) for each in shift.group.who] == ["pain >= 5"]


def test_nobody_goes_on_where_nothing_is_open() -> None:
    found = compared(("when: pain < 5, label: Little pain", "when: pain < 4, label: Little pain"))
    (shift,) = found.shifts
    assert shift.new == Outcome()
    assert [unparse(each) for each in shift.group.who] == ["pain == 4"]
    assert shift.group.values["pain"] == Decimal(4)


def test_other_words_are_told_for_the_reader_they_are_for() -> None:
    (text,) = compared(OTHER_WORDS).texts
    assert (text.where, text.reader) == ("states.review.title", "patient")
    assert (text.old, text.new) == ("How is it now?", "Is it better now?")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (("start: begin", "start: self_care"), "start"),
        (("    kind: decision\n    phase: first_weeks", "    kind: clinical_state\n    phase: first_weeks"), "review"),
        (("level: emergency, label: Emergency sign", "level: urgent, label: Emergency sign"), "interrupts[0]"),
    ],
)  # fmt: skip
def test_parts_that_mean_something_by_themselves(change: tuple[str, str], name: str) -> None:
    found = compared(change)
    assert [each.name for each in found.structure if each.means] == [name]
    assert not found.is_same_in_meaning


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("range: [0, 10], step: 1, typical: 6", "range: [0, 20], step: 1, typical: 6"), ("range", "0 to 10", "0 to 20")),
        (("better, type: yes_no, kind: status", "better, type: yes_no, kind: watch"), ("kind", "status", "watch")),
        (("torn: {title: torn cartilage}, unclear", "torn: {title: torn cartilage}, gone: {title: gone}, unclear"), ("options", "torn, unclear, worn", "gone, torn, unclear, worn")),
        (("valid_for: {amount: 1, unit: weeks}", "valid_for: {amount: 2, unit: weeks}"), None),
    ],
)  # fmt: skip
def test_a_finding_that_is_something_else(
    change: tuple[str, str], expected: tuple[str, str, str] | None
) -> None:
    found = compared(change)
    told = [(each.what, each.old, each.new) for each in found.findings]
    # The last one is about a sign that nothing reads.
    assert told == ([expected] if expected else [])


def test_patients_are_compared_where_both_versions_know_their_value() -> None:
    found = compared(
        ("range: [0, 10], step: 1, typical: 6", "range: [0, 20], step: 2, typical: 6"),
        ("to: washout, when: pain >= 5", "to: washout, when: pain >= 6"),
        ("when: pain < 5", "when: pain < 6"),
        ("when: pain >= 7", "when: pain >= 8"),
    )
    assert [each.what for each in found.findings] == ["range", "step"]
    # Of 0, 2, 4 and so on to 10 none lies between the two thresholds.
    assert not found.shifts
    assert not found.memberships


def test_a_finding_in_another_unit_is_not_compared() -> None:
    found = compared(("kind: time, unit: weeks", "kind: time, unit: months"))
    assert [(each.what, each.new) for each in found.findings] == [("unit", "months")]
    assert any("weeks" in each for each in found.assumptions)
    assert any(each.states == ("review",) for each in found.shifts)


def test_a_finding_that_only_one_version_knows_is_said() -> None:
    found = compared(
        ("  better: {title: better", "  rested: {title: rested, type: yes_no, kind: status, question: Rested?}\n  better: {title: better"),
        ("when: better, label: Better", "when: better and rested, label: Better"),
    )  # fmt: skip
    assert [(each.name, each.what, each.places) for each in found.findings] == [
        ("rested", "added", ("review",))
    ]
    assert {each.states for each in found.shifts} == {("review",)}


def test_facts_are_compared_too() -> None:
    found = differences(
        first(), changed(("start: begin", "facts: [not (better and pain > 5)]\nstart: begin"))
    )
    (facts,) = found.memberships
    assert facts.subject == "facts"
    assert facts.lost is not None
    assert [unparse(each) for each in facts.lost.who] == ["better and pain > 5"]
    assert not found.shifts


@pytest.mark.parametrize("key", ["entry", "initial", "concerns"])
def test_who_may_come_in_is_compared_too(key: str) -> None:
    found = differences(first(), changed(("start: begin", f"{key}: weeks >= 2\nstart: begin")))
    (whom,) = found.memberships
    assert whom.subject == key
    assert whom.lost is not None
    assert [unparse(each) for each in whom.lost.who] == ["weeks < 2"]


REWRITTEN = [
    ("De Morgan", "when: not better and not chronic", "when: not (better or chronic)"),
    ("inlined", "when: not better and not chronic", "when: not better and weeks < 12"),
    ("denied", "when: pain >= 5, label: Bad pain", "when: not pain < 5, label: Bad pain"),
    ("equal cell", "when: pain >= 5, label: Bad pain", "when: pain > 4, label: Bad pain"),
    ("one of", "when: pattern != torn", "when: 'pattern in [worn, unclear]'"),
    ("or", "when: pattern != torn", "when: pattern == worn or pattern == unclear"),
    ("doubled", "when: hot_knee or fever", "when: fever or hot_knee or (hot_knee and fever)"),
]


@pytest.mark.parametrize(
    ("old", "new"), [each[1:] for each in REWRITTEN], ids=[e[0] for e in REWRITTEN]
)
def test_what_is_only_written_in_another_way_is_no_difference(old: str, new: str) -> None:
    found = compared((old, new))
    assert found.is_same, found
    assert len(found.rewritten) == 1


def test_another_order_of_ways_and_states_is_no_difference() -> None:
    ways = "{to: done, when: better}, {to: long_care, when: not better}"
    turned = "{to: long_care, when: not better}, {to: done, when: better}"
    found = compared((ways, turned))
    assert found.is_same
    old = first()
    assert differences(old, with_states_turned(old)).is_same


def with_states_turned(pathway: ResolvedPathway) -> ResolvedPathway:
    from dataclasses import replace

    return replace(pathway, states=dict(reversed(list(pathway.states.items()))))


def test_another_name_of_a_definition_is_no_difference() -> None:
    found = compared(
        ("chronic: {title: chronic pain", "lasting: {title: chronic pain"),
        ("to: scan, when: chronic", "to: scan, when: lasting"),
        ("better or chronic", "better or lasting"),
        ("not better and not chronic", "not better and not lasting"),
    )
    assert found.is_same


def test_the_order_matters_where_ways_are_read_in_order() -> None:
    ways = (
        "      - {to: done, when: better, label: Better}\n"
        "      - {to: scan, when: chronic, label: Lasts long}\n"
    )
    one, two = ways.splitlines(keepends=True)
    found = compared((ways, two + one))
    (shift,) = found.shifts
    assert (shift.old.states, shift.new.states) == (("done",), ("scan",))
    assert [(each.name, each.key) for each in found.structure] == [("review", "order")]


def test_a_step_in_between_is_structure() -> None:
    found = compared(
        ("    next: [{to: self_care}]", "    next: [{to: wait}]\n  wait: {kind: clinical_state, title: Wait, next: [{to: self_care}]}")
    )  # fmt: skip
    assert ("state", "added", "wait") in [(e.kind, e.what, e.name) for e in found.structure]


def test_whether_anybody_gets_there_is_asked() -> None:
    asked: list[tuple[str, str]] = []

    def nobody(state: str, condition: Condition) -> bool | None:
        asked.append((state, unparse(condition)))
        return False

    old, new = first(), changed(SWAPPED)
    found = differences(old, new, {"old": nobody, "new": nobody})
    assert {each.reached for each in found.shifts} == {False}
    assert ("scan", "pattern == torn") in asked
    unknown = differences(old, new, {"old": nobody, "new": lambda *_: None})
    assert {each.reached for each in unknown.shifts} == {None}
    some = differences(old, new, {"old": nobody, "new": lambda *_: True})
    assert {each.reached for each in some.shifts} == {True}


def test_what_cannot_be_compared_is_said_and_is_no_pass() -> None:
    names = [f"x{n}" for n in range(24)]
    findings = "".join(
        f"  {name}: {{title: {name}, type: yes_no, kind: status, question: Q?}}\n" for name in names
    )

    def many(number: int) -> str:
        return f"'at_least({number}, {', '.join(names)})'"

    known = ("  better: {title: better", findings + "  better: {title: better")
    old = changed(known, ("when: better, label: Better", f"when: {many(12)}, label: Better"))
    new = changed(known, ("when: better, label: Better", f"when: {many(11)}, label: Better"))
    found = differences(old, new)
    assert [each.where for each in found.undecided] == ["states.review"]
    assert not found.is_same_in_meaning
    assert found.has("meaning")


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_other_way_round_the_same_patients_are_moved_back(name: str) -> None:
    there, back = (
        differences(first(), changed(*CASES[name])),
        differences(changed(*CASES[name]), first()),
    )
    assert len(there.shifts) == len(back.shifts)
    sections: tuple[Section, ...] = ("meaning", "structure", "texts", "evidence")
    assert [there.has(each) for each in sections] == [back.has(each) for each in sections]


def test_a_condition_can_be_parsed_as_it_is_told() -> None:
    for shift in compared(*CASES["much"]).shifts:
        for each in shift.group.who:
            assert parse(unparse(each)) == each
