"""What is known when it is read: one bad pathway for each report, with its message and place."""

from __future__ import annotations

import pytest

from tests.checks.sound import Change, reported

CASES: tuple[tuple[str, tuple[Change, ...], tuple[str, ...]], ...] = (
    (
        "missing-data: on one route only",
        (("{to: done, when: pattern == joint}", "{to: done, when: seen}"),),
        (
            "61:3: review[missing-data]: the ways on of step 6 'Second review' read 'seen', which no step finds out on the route 1, 3, 4, 5, 6; let an earlier step yield it, or add a way for those of whom it is not known; it is right if everybody brings it along",
        ),
    ),
    (
        "missing-data: nowhere",
        (("    yields: [seen]\n", ""),),
        (
            "30:3: review[missing-data]: the ways on of step 2 'Look' read 'seen', which no step finds out; let an earlier step yield it, or add a way for those of whom it is not known; it is right if everybody brings it along",
        ),
    ),
    (
        "missing-data: what care did",
        (
            (
                "{to: done, when: pattern == joint}",
                "{to: done, when: blue.relief_pct >= 50, evidence: [{source: trial, direction: for}]}",
            ),
            ("does: [blue]", "does: [scan]"),
        ),
        (
            "61:3: review[missing-data]: the ways on of step 6 'Second review' read 'blue.relief_pct', which no step finds out; let an earlier step yield it, or add a way for those of whom it is not known; it is right if everybody brings it along",
        ),
    ),
    (
        "stale-data: another review looks again",
        (("title: Second review\n    reassess: [better]", "title: Second review"),),
        (
            "61:3: review[stale-data]: the ways on of step 6 'Second review' read 'better' as it was before the care of step 5; after other care step 4 looks at it again; add it to 'reassess' of 'second'",
        ),
    ),
    (
        "stale-data: nothing ever looks again",
        (
            ("title: Second review\n    reassess: [better]", "title: Second review"),
            ("title: Review\n    reassess: [better]", "title: Review"),
        ),
        (
            "47:3: review[stale-data]: the ways on of step 4 'Review' read 'better' as it was before the care of step 3; no step ever looks at it again; add it to 'reassess' of 'review'",
            "60:3: review[stale-data]: the ways on of step 6 'Second review' read 'better' as it was before the care of step 5; no step ever looks at it again; add it to 'reassess' of 'second'",
        ),
    ),
    (
        "unused-finding: nothing names it",
        (
            (
                "classes: {pills",
                "  fever: {title: fever, type: yes_no, kind: trait, question: Fever?}\nclasses: {pills",
            ),
        ),
        (
            "14:3: info[unused-finding]: nothing in this pathway uses the finding 'fever'; use it where it was meant to be used, or remove it",
        ),
    ),
    (
        "unused-finding: only a definition that nothing uses",
        (
            (
                "classes: {pills",
                "  fever: {title: fever, type: yes_no, kind: trait, question: Fever?}\nclasses: {pills",
            ),
            ("definitions:", "definitions:\n  ill: fever or high"),
        ),
        (
            "14:3: info[unused-finding]: nothing in this pathway uses the finding 'fever'; only 'ill' would, which nothing uses either; use it where it was meant to be used, or remove it",
        ),
    ),
    (
        "redundant-assessment: nothing reads it afterwards",
        (
            (
                "  done: {kind: end",
                "  last: {kind: decision, title: Last, reassess: [better], next: [{to: done}]}\n  done: {kind: end",
            ),
            ("{to: done, when: pattern == joint}", "{to: last, when: pattern == joint}"),
        ),
        (
            "71:3: info[redundant-assessment]: step 8 'Last' finds out 'better', which nothing reads afterwards; use it in a way on, or remove it there",
        ),
    ),
    (
        "inconsistent-set: set and found out",
        (
            (
                "title: Review\n    reassess: [better]",
                "title: Review\n    reassess: [better]\n    sets: {better: yes}",
            ),
        ),
        (
            "47:3: review[inconsistent-set]: step 4 'Review' sets 'better' to yes and has it under 'reassess' too; keep one of the two; the value it is set to wins",
        ),
    ),
    (
        "inconsistent-set: done and never had",
        (("does: [blue]", "does: [blue]\n    sets: {blue.status: never}"),),
        (
            "54:3: review[inconsistent-set]: step 5 'Again' does 'blue' and sets 'blue.status' to never; keep one of the two; the value it is set to wins",
        ),
    ),
    (
        "inconsistent-set: two drugs of a class",
        (("does: [blue]", "sets: {red.status: now, blue.status: now}"),),
        (
            "54:3: error[inconsistent-set]: step 5 'Again' sets both 'red' and 'blue' to now: two drugs of the class 'pills' at once; start one of them, and stop the other",
        ),
    ),
)
"""What is spoilt, and all that is reported then."""


@pytest.mark.parametrize(
    ("changes", "expected"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)
def test_exactly_this_is_reported(changes: tuple[Change, ...], expected: tuple[str, ...]) -> None:
    assert reported(*changes) == list(expected)
