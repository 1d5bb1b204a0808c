"""Rules, interrupts, sources, numbers: one bad pathway for each report, with its message and place."""

from __future__ import annotations

import pytest

from tests.checks.sound import Change, reported

CASES: tuple[tuple[str, tuple[Change, ...], tuple[str, ...]], ...] = (
    (
        "rule-not-independent: the same definition",
        (("while score >= 9 and alarm", "while high and alarm"),),
        (
            "73:5: review[rule-not-independent]: the rule 'look-first' uses 'high', on which the ways of the pathway rest too: it cannot see an error in that; write the condition of the rule out in findings",
        ),
    ),
    (
        "rule-not-independent: through another",
        (
            ("while score >= 9 and alarm", "while urgent_look and alarm"),
            ("definitions:", "definitions:\n  urgent_look: high and not seen"),
        ),
        (
            "74:5: review[rule-not-independent]: the rule 'look-first' uses 'urgent_look', on which the ways of the pathway rest too: it cannot see an error in that; write the condition of the rule out in findings",
        ),
    ),
    (
        "rule-vacuous: nobody gets to the first",
        (
            (
                "  done: {kind: end, title: Done}\n",
                "  orphan: {kind: decision, title: Orphan, tags: [lost], next: [{to: done}]}\n  done: {kind: end, title: Done}\n",
            ),
            (
                "never: again while score >= 9 and alarm",
                "never: any lost while score >= 9 and alarm",
            ),
        ),
        (
            "71:3: error[unreachable-state]: nothing leads to step 8 'Orphan'; add a way that leads there, or remove the state",
            "74:5: error[rule-vacuous]: the rule 'look-first' says nothing, because nothing leads to 'orphan': never: any lost while score >= 9 and alarm; look at the states it names",
        ),
    ),
    (
        "rule-vacuous: nobody gets to the second",
        (
            (
                "  done: {kind: end, title: Done}\n",
                "  orphan: {kind: decision, title: Orphan, next: [{to: done}]}\n  done: {kind: end, title: Done}\n",
            ),
            ("never: again while score >= 9 and alarm", "never: again after orphan"),
        ),
        (
            "71:3: error[unreachable-state]: nothing leads to step 8 'Orphan'; add a way that leads there, or remove the state",
            "74:5: review[rule-vacuous]: the rule 'look-first' says nothing, because nothing leads to 'orphan': never: again after orphan; look at the states it names",
        ),
    ),
    (
        "rule-vacuous: nobody is like that",
        (("while score >= 9 and alarm", "while pattern == nerve and pattern == joint"),),
        (
            "73:5: review[rule-vacuous]: the rule 'look-first' says nothing, because 'pattern == nerve and pattern == joint' can never hold: never: again while pattern == nerve and pattern == joint; look at its condition",
        ),
    ),
    (
        "rule-vacuous: everybody is like that",
        (("while score >= 9 and alarm", "unless score >= 3 or score < 4"),),
        (
            "73:5: review[rule-vacuous]: the rule 'look-first' says nothing, because 'score >= 3 or score < 4' always holds: never: again unless score >= 3 or score < 4; look at its condition",
        ),
    ),
    (
        "emergency-not-preemptive: a way reads it",
        (
            ("when: alarm, level", "when: score == 10, level"),
            ("{to: done, when: pattern == joint}", "{to: emergency, when: alarm}"),
        ),
        (
            "61:3: error[emergency-not-preemptive]: the ways on of step 6 'Second review' read the emergency sign 'alarm', but no emergency interrupt does: elsewhere nobody is sent to emergency care; add it to the condition of the emergency interrupt, or include 'safety'",
            "21:14: info[unexplained-number]: nothing says why 'score' is compared with 10 points: in the interrupt 'Alarm'; add a record under 'thresholds', or 'evidence' where it is used",
        ),
    ),
    (
        "emergency-not-preemptive: nothing reads it",
        (
            (
                "classes: {pills",
                "  numb: {title: numb, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 1, unit: days}, question: Numb?}\nclasses: {pills",
            ),
            ("while score >= 9 and alarm", "while score >= 9 and numb"),
        ),
        (
            "22:14: review[emergency-not-preemptive]: no emergency interrupt reads the emergency sign 'numb'; add it to the condition of the emergency interrupt",
        ),
    ),
    (
        "sign-not-watched: a status that nobody asks again",
        (("type: yes_no, kind: watch", "type: yes_no, kind: status"),),
        (
            "9:3: review[sign-not-watched]: the emergency sign 'alarm' is of kind status, and no state reassesses it: it can never turn up on the way; make it 'kind: watch', or let a state reassess it",
        ),
    ),
    (
        "sign-not-watched: only a value of it is a sign",
        (
            ("type: yes_no, kind: watch", "type: one_of, kind: result"),
            ("level: emergency, valid_for", "valid_for"),
            (
                "question: Alarm?",
                "question: Alarm?, options: {none: {title: none}, red: {title: red alarm, level: urgent}}",
            ),
            ("when: alarm, level", "when: alarm == red, level"),
            ("score >= 9 and alarm", "score >= 9 and alarm == red"),
        ),
        (
            "9:3: review[sign-not-watched]: the urgent sign 'alarm' is of kind result, and no state yields it: it can never turn up on the way; make it 'kind: watch', or let a state yield it",
        ),
    ),
    (
        "sign-not-watched: a state only says that it is gone",
        (
            ("type: yes_no, kind: watch", "type: yes_no, kind: status"),
            ("    title: Care\n", "    title: Care\n    sets: {alarm: no}\n"),
        ),
        (
            "9:3: review[sign-not-watched]: the emergency sign 'alarm' is of kind status, and no state reassesses it: it can never turn up on the way; make it 'kind: watch', or let a state reassess it",
        ),
    ),
    (
        "no-source: an action",
        (
            (
                "    does: [blue]\n    evidence: [{source: trial, direction: for}]",
                "    does: [blue]",
            ),
        ),
        (
            "54:3: review[no-source]: no source stands behind step 5 'Again', nor behind the care in it; add 'evidence' to the state, or to what it does or offers",
        ),
    ),
    (
        "unexplained-number: in a definition",
        (("{when: score >= 5, evidence: [{source: trial, direction: for}]}", "score >= 5"),),
        (
            "20:3: info[unexplained-number]: nothing says why 'score' is compared with 5 points: in the definition 'high'; add a record under 'thresholds', or 'evidence' where it is used",
        ),
    ),
    (
        "unexplained-number: twice",
        (
            ("{to: care, when: seen}", "{to: care, when: seen and score < 8}"),
            ("{to: done, when: pattern == joint}", "{to: done, when: score < 8}"),
        ),
        (
            "38:20: info[unexplained-number]: nothing says why 'score' is compared with 8 points: in the way from step 2 'Look' to step 3 and the way from step 6 'Second review' to step 8; add a record under 'thresholds', or 'evidence' where it is used",
        ),
    ),
)
"""What is spoilt, and all that is reported then."""


@pytest.mark.parametrize(
    ("changes", "expected"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)
def test_exactly_this_is_reported(changes: tuple[Change, ...], expected: tuple[str, ...]) -> None:
    assert reported(*changes) == list(expected)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param((("kind: watch", "kind: trait"),), id="it never changes"),
        pytest.param(
            (("level: emergency, valid", "level: soon, valid"),), id="it never interrupts"
        ),
        pytest.param(
            (
                (
                    "title: Review\n    reassess: [better]",
                    "title: Review\n    reassess: [better, alarm]",
                ),
            ),
            id="a state asks again",
        ),
        pytest.param(
            (("    title: Care\n", "    title: Care\n    sets: {alarm: yes}\n"),),
            id="a state says that it is there",
        ),
        pytest.param(
            (("when: alarm, level", "when: better, level"), ("score >= 9 and alarm", "score >= 9")),
            id="nothing reads it",
        ),
    ],
)
def test_a_sign_that_turns_up_or_need_not_is_not_reported(changes: tuple[Change, ...]) -> None:
    kept = ("kind: watch, level", "kind: status, level")
    lost = () if any(old == "kind: watch" for old, _ in changes) else (kept,)
    assert not [each for each in reported(*lost, *changes) if "sign-not-watched" in each]
