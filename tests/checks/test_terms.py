"""Conditions that say less than they seem to: one bad pathway for each report, with its message."""

from __future__ import annotations

import pytest

from tests.checks.sound import Change, reported

CASES: tuple[tuple[str, tuple[Change, ...], tuple[str, ...]], ...] = (
    (
        "irrelevant-term: a or (a and b)",
        (("{to: care, when: seen}", "{to: care, when: seen or seen and better}"),),
        (
            "38:20: review[irrelevant-term]: in the way from step 2 'Look' to step 3, 'seen and better' changes nothing: 'seen' says the same as 'seen or seen and better'; remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many",
        ),
    ),
    (
        "irrelevant-term: a value besides another",
        (
            (
                "{to: done, when: pattern == joint}",
                "{to: done, when: pattern != nerve or pattern == joint}",
            ),
        ),
        (
            "68:20: review[irrelevant-term]: in the way from step 6 'Second review' to step 8, 'pattern == joint' changes nothing: 'pattern != nerve' says the same as 'pattern != nerve or pattern == joint'; remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many",
        ),
    ),
    (
        "irrelevant-term: a number within another, in a definition",
        (("{when: score >= 5,", "{when: score >= 5 and score >= 3,"),),
        (
            "20:3: review[irrelevant-term]: in the definition 'high', 'score >= 3' changes nothing: 'score >= 5' says the same as 'score >= 5 and score >= 3'; remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many",
        ),
    ),
    (
        "irrelevant-term: what always holds",
        (
            (
                "{to: care, when: seen}",
                "{to: care, when: seen and score >= 0, evidence: [{source: trial, direction: for}]}",
            ),
        ),
        (
            "38:20: review[irrelevant-term]: in the way from step 2 'Look' to step 3, 'score >= 0' changes nothing: 'seen' says the same as 'seen and score >= 0'; remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many",
        ),
    ),
    (
        "irrelevant-term: two parts, one below not",
        (
            (
                "{to: care, when: seen}",
                "{to: care, when: seen and not (pattern == nerve and pattern == joint) and (seen or better)}",
            ),
        ),
        (
            "38:20: review[irrelevant-term]: in the way from step 2 'Look' to step 3, 'seen or better' and 'not (pattern == nerve and pattern == joint)' change nothing: 'seen' says the same as 'seen and not (pattern == nerve and pattern == joint) and (seen or better)'; remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many",
        ),
    ),
    (
        "irrelevant-term: by the facts",
        (
            ("interrupts:", "facts: [not pattern == other]\ninterrupts:"),
            (
                "{to: done, when: pattern == joint}",
                "{to: done, when: pattern == joint or pattern == other}",
            ),
        ),
        (
            "69:20: review[irrelevant-term]: in the way from step 6 'Second review' to step 8, 'pattern == other' changes nothing: 'pattern == joint' says the same as 'pattern == joint or pattern == other' for patients as 'facts' describe them; remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many",
        ),
    ),
    (
        "irrelevant-term: of a rule",
        (("while score >= 9 and alarm", "while score >= 9 and alarm and high"),),
        (
            "73:5: review[irrelevant-term]: in the rule 'look-first', 'high' changes nothing: 'score >= 9 and alarm' says the same as 'score >= 9 and alarm and high'; remove it, or look for a slip: 'or' for 'and', a wrong value, a 'not' too many",
            "73:5: review[rule-not-independent]: the rule 'look-first' uses 'high', on which the ways of the pathway rest too: it cannot see an error in that; write the condition of the rule out in findings",
        ),
    ),
    (
        "never-true: a definition",
        (("{when: score >= 5,", "{when: score >= 5 and score < 5,"),),
        (
            "29:20: review[always-true]: the way from step 1 'Begin' to step 3 is open to everybody: 'not high' always holds; but ways to step 2 stand beside it; give it a condition; under 'choose: first' such a way stands last",
            "20:3: review[never-true]: the definition 'high' never holds: no patient can satisfy 'score >= 5 and score < 5'; look for two parts that exclude each other, or for an 'or' that covers everything",
        ),
    ),
    (
        "never-true: an interrupt",
        (("when: alarm, level", "when: alarm and not alarm, level"),),
        (
            "21:14: error[never-true]: the interrupt 'Alarm' never holds: no patient can satisfy 'alarm and not alarm'; look for two parts that exclude each other, or for an 'or' that covers everything",
        ),
    ),
    (
        "always-true: a definition",
        (("{when: score >= 5,", "{when: score >= 5 or score < 7,"),),
        (
            "28:20: review[always-true]: the way from step 1 'Begin' to step 2 is open to everybody: 'high' always holds; but ways to step 3 stand beside it; give it a condition; under 'choose: first' such a way stands last",
            "20:3: review[always-true]: the definition 'high' always holds: every patient satisfies 'score >= 5 or score < 7'; look for two parts that exclude each other, or for an 'or' that covers everything",
        ),
    ),
    (
        "contradictory-facts: nobody",
        (("interrupts:", "facts: [score >= 5, score < 3]\ninterrupts:"),),
        (
            "21:1: error[contradictory-facts]: no patient satisfies all facts: 'score >= 5', 'score < 3'; everything would hold of nobody; look for two facts that exclude each other",
        ),
    ),
    (
        "contradictory-facts: nobody begins",
        (("interrupts:", "facts: [score >= 5]\ninitial: score < 5\ninterrupts:"),),
        (
            "22:1: error[contradictory-facts]: nobody can begin: no patient satisfies 'initial' ('score < 5') and all facts: 'score >= 5'; look for two parts that exclude each other",
            "30:20: review[always-true]: the way from step 1 'Begin' to step 2 is open to everybody: 'high' always holds; but ways to step 3 stand beside it; give it a condition; under 'choose: first' such a way stands last",
            "20:3: review[always-true]: the definition 'high' always holds: every patient satisfies 'score >= 5'; look for two parts that exclude each other, or for an 'or' that covers everything",
        ),
    ),
    (
        "contradictory-facts: a state sets what cannot be",
        (
            ("interrupts:", "facts: [not better or not seen]\ninterrupts:"),
            ("does: [blue]", "does: [blue]\n    sets: {better: yes, seen: yes}"),
        ),
        (
            "55:3: error[contradictory-facts]: step 5 'Again' sets what no patient can have (better: yes, seen: yes); the facts say: 'not better or not seen'; correct the value, or the fact",
        ),
    ),
)
"""What is spoilt, and all that is reported then."""


@pytest.mark.parametrize(
    ("changes", "expected"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)
def test_exactly_this_is_reported(changes: tuple[Change, ...], expected: tuple[str, ...]) -> None:
    assert reported(*changes) == list(expected)


def test_what_needs_too_many_boxes_is_left_alone_and_the_rest_is_looked_at() -> None:
    names = [f"x{number}" for number in range(24)]
    findings = "".join(
        f"  {name}: {{title: {name}, type: yes_no, kind: trait, question: Is it?}}\n"
        for name in names
    )
    pairs = zip(names[::2], names[1::2], strict=True)
    tangled = " and ".join(f"({one} or {other} and seen)" for one, other in pairs)
    classes = ("classes: {pills", f"{findings}classes: {{pills")
    orphan = (
        "  done: {kind",
        "  orphan: {kind: decision, title: Orphan, next: [{to: done}]}\n  done: {kind",
    )
    for tangle in (
        ("interrupts:", f"facts: [{tangled}]\ninterrupts:"),
        ("{to: care, when: seen}", f"{{to: care, when: {tangled}}}"),
        ("when: alarm, level", f"when: alarm and {tangled}, level"),
    ):
        found = reported(classes, tangle, orphan)
        assert [each for each in found if "[unused-finding]" not in each] == [
            each for each in found if "[unreachable-state]" in each
        ]
        assert len(found) == 1
