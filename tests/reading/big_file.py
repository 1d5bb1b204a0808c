"""Makes pathway files of any length for the tests of reading."""

from __future__ import annotations

HEAD = """\
format: 1
pathway: long-way
title: {clinician: A long way, patient: Many steps}
version: 1.0.0
updated: 2026-11-20
catalogues: []
start: step_0
findings:
  fever: {title: fever, type: yes_no, kind: watch, question: Do you have a fever?}
  weeks:
    title: pain duration
    type: number
    kind: time
    unit: weeks
    range: [0, 520]
    question: For how many weeks?
sources:
  a-guideline: {title: A guideline, kind: guideline, organisation: Somebody, year: 2020}
states:
"""

STEP = """\
  step_{number}:
    kind: decision
    title: {{clinician: Step {number} of the way, patient: This is step {number}}}
    detail: A short line with a few words
    tags: [middle, long]
    evidence:
      - {{source: a-guideline, item: E-{number}, direction: for, strength: weak}}
    next:
      - {{to: step_{following}, when: weeks > 12 and not fever, label: Go on}}
      - to: the_end
        when: weeks <= 12 or fever
        label: Stop
"""


def long_pathway(lines: int) -> str:
    """Return the text of a correct pathway file of about so many lines."""
    steps = max(1, (lines - HEAD.count("\n") - 1) // STEP.count("\n"))
    body = "".join(
        STEP.format(number=number, following=number + 1 if number + 1 < steps else 0)
        for number in range(steps)
    )
    return f"{HEAD}{body}  the_end: {{kind: end, title: The end}}\n"
