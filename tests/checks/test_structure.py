"""What the bare net of steps shows: one bad pathway for each report, with its message and place."""

from __future__ import annotations

import pytest

from tests.checks.sound import Change, reported

CASES: tuple[tuple[str, tuple[Change, ...], tuple[str, ...]], ...] = (
    (
        "unreachable-state: nothing leads there",
        (
            (
                "  done: {kind: end, title: Done}\n",
                "  orphan: {kind: decision, title: Orphan, next: [{to: done}]}\n  done: {kind: end, title: Done}\n",
            ),
        ),
        (
            "71:3: error[unreachable-state]: nothing leads to step 8 'Orphan'; add a way that leads there, or remove the state",
        ),
    ),
    (
        "dead-end: ways removed",
        (
            (
                "      - {to: done, when: better and pattern == nerve}\n      - {to: done, when: pattern == joint}\n      - {to: care, when: else}\n",
                "",
            ),
            ("    choose: first\n    next:\n", ""),
        ),
        (
            "61:3: error[dead-end]: step 6 'Second review' has no way on, and is no end; add a way on, or make it 'kind: end'",
            "54:3: error[no-route-to-end]: no end can be reached from step 5 'Again': every way leads to step 6; add a way that leads to an end",
            "11:3: info[unused-finding]: nothing in this pathway uses the finding 'pattern'; use it where it was meant to be used, or remove it",
            "61:3: info[redundant-assessment]: step 6 'Second review' finds out 'better', which nothing reads afterwards; use it in a way on, or remove it there",
        ),
    ),
    (
        "loop-no-exit: nobody leaves the loop",
        (
            ("      - {to: done, when: better}\n", "      - {to: look, when: better}\n"),
            (
                "      - {to: done, when: better and pattern == nerve}\n      - {to: done, when: pattern == joint}\n",
                "      - {to: look, when: better and pattern == nerve}\n",
            ),
        ),
        (
            "70:3: error[unreachable-state]: nothing leads to step 8 'Done'; add a way that leads there, or remove the state",
            "30:3: error[loop-no-exit]: nobody who comes to steps 2, 3, 4, 5 and 6 gets away again, unless a warning sign turns up; add a way out of the loop, or an end",
            "24:3: error[no-route-to-end]: no end can be reached from step 1 'Begin': every way leads to steps 2, 3, 4, 5 and 6; add a way that leads to an end",
        ),
    ),
    (
        "loop-no-exit: all is one loop",
        (
            ("      - {to: done, when: better}\n", "      - {to: begin, when: better}\n"),
            (
                "      - {to: done, when: better and pattern == nerve}\n      - {to: done, when: pattern == joint}\n",
                "      - {to: look, when: better and pattern == nerve}\n",
            ),
        ),
        (
            "70:3: error[unreachable-state]: nothing leads to step 8 'Done'; add a way that leads there, or remove the state",
            "24:3: error[loop-no-exit]: nobody who comes to steps 1, 2, 3, 4, 5 and 6 gets away again, unless a warning sign turns up; add a way out of the loop, or an end",
        ),
    ),
    (
        "no-route-to-end: before a dead end",
        (
            ("next: [{to: second}]", "next: [{to: lost}]"),
            (
                "  second:\n",
                "  lost: {kind: decision, title: Lost, next: [{to: last}]}\n  last: {kind: decision, title: Last}\n  second:\n",
            ),
            ("      - {to: again, when: not better}", "      - {to: second, when: not better}"),
        ),
        (
            "62:3: error[dead-end]: step 7 'Last' has no way on, and is no end; add a way on, or make it 'kind: end'",
            "54:3: error[no-route-to-end]: no end can be reached from step 5 'Again': every way leads to step 7; add a way that leads to an end",
        ),
    ),
    (
        "duplicate-transition: the same text",
        (
            (
                "      - {to: care, when: not high}",
                "      - {to: care, when: not high}\n      - {to: care, when: not high}",
            ),
        ),
        (
            "30:9: review[duplicate-transition]: the way from step 1 'Begin' to step 3 stands there twice, with 'not high'; remove one of the two, or correct its target or its condition",
        ),
    ),
    (
        "duplicate-transition: the same patients",
        (
            (
                "      - {to: care, when: seen}",
                "      - {to: care, when: seen}\n      - {to: care, when: not not seen}",
            ),
        ),
        (
            "39:9: review[duplicate-transition]: the way from step 2 'Look' to step 3 stands there twice: 'seen' and 'not not seen' hold for the same patients; remove one of the two, or correct its target or its condition",
        ),
    ),
    (
        "duplicate-transition: the same among those the facts describe",
        (
            ("interrupts:", "facts: [not pattern == other]\ninterrupts:"),
            (
                "{to: done, when: pattern == joint}",
                "{to: done, when: pattern == joint}\n      - {to: done, when: not pattern == nerve}",
            ),
        ),
        (
            "70:9: review[duplicate-transition]: the way from step 6 'Second review' to step 8 stands there twice: 'pattern == joint' and 'not pattern == nerve' hold for the same patients; remove one of the two, or correct its target or its condition",
        ),
    ),
    (
        "always-true: one of several",
        (("{to: care, when: seen}", "{to: care, when: seen or not seen}"),),
        (
            "38:20: review[always-true]: the way from step 2 'Look' to step 3 is open to everybody: 'seen or not seen' always holds; but ways to step 5 stand beside it; give it a condition; under 'choose: first' such a way stands last",
        ),
    ),
    (
        "always-true: without a condition",
        (("{to: care, when: seen}", "{to: care}"),),
        (
            "38:9: review[always-true]: the way from step 2 'Look' to step 3 is open to everybody: it has no condition; but ways to step 5 stand beside it; give it a condition; under 'choose: first' such a way stands last",
        ),
    ),
    (
        "always-true: first of all, read in order",
        (("{to: done, when: better and pattern == nerve}", "{to: done, when: score <= 10}"),),
        (
            "67:20: review[always-true]: the way from step 6 'Second review' to step 8 is open to everybody: 'score <= 10' always holds; but ways to steps 8 and 3 stand beside it; give it a condition; under 'choose: first' such a way stands last",
            "67:20: info[unexplained-number]: nothing says why 'score' is compared with 10 points: in the way from step 6 'Second review' to step 8; add a record under 'thresholds', or 'evidence' where it is used",
        ),
    ),
)
"""What is spoilt, and all that is reported then."""


@pytest.mark.parametrize(
    ("changes", "expected"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)
def test_exactly_this_is_reported(changes: tuple[Change, ...], expected: tuple[str, ...]) -> None:
    assert reported(*changes) == list(expected)
