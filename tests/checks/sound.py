"""A small pathway that nothing is wrong with, and ways to spoil it."""

from __future__ import annotations

from pathways.checks.static import static_problems
from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import loads

SOUND = """\
format: 1
pathway: made-up
title: Made up
version: 0.1.0
updated: 2026-01-31
catalogues: []
sources: {trial: {title: A trial, kind: trial, organisation: Somebody, seen: primary}}
findings:
  alarm: {title: alarm, type: yes_no, kind: watch, level: emergency, valid_for: {amount: 1, unit: days}, question: Alarm?}
  better: {title: better, type: yes_no, kind: status, question: Better?}
  pattern: {title: pattern, type: one_of, kind: trait, question: Which?, options: {nerve: {title: nerve}, joint: {title: joint}, other: {title: other}}}
  score: {title: score, type: number, kind: trait, unit: points, range: [0, 10], step: 1, question: Score?}
  seen: {title: seen, type: yes_no, kind: result, question: Seen?}
classes: {pills: {title: pill}}
tests: {scan: {title: Scan, what: a scan}}
treatments:
  red: {title: Red pill, category: medicine, classes: [pills], what: a pill}
  blue: {title: Blue pill, category: medicine, classes: [pills], what: a pill}
definitions:
  high: {when: score >= 5, evidence: [{source: trial, direction: for}]}
interrupts: [{to: emergency, when: alarm, level: emergency, label: Alarm}]
start: begin
states:
  begin:
    kind: decision
    title: Begin
    next:
      - {to: look, when: high}
      - {to: care, when: not high}
  look:
    kind: action
    category: test
    title: Look
    does: [scan]
    yields: [seen]
    evidence: [{source: trial, direction: for}]
    next:
      - {to: care, when: seen}
      - {to: again, when: not seen}
  care:
    kind: action
    category: medicine
    title: Care
    does: [red]
    evidence: [{source: trial, direction: for}]
    next: [{to: review}]
  review:
    kind: decision
    title: Review
    reassess: [better]
    next:
      - {to: done, when: better}
      - {to: again, when: not better}
  again:
    kind: action
    category: medicine
    title: Again
    does: [blue]
    evidence: [{source: trial, direction: for}]
    next: [{to: second}]
  second:
    kind: decision
    title: Second review
    reassess: [better]
    choose: first
    next:
      - {to: done, when: better and pattern == nerve}
      - {to: done, when: pattern == joint}
      - {to: care, when: else}
  emergency: {kind: end, title: Emergency}
  done: {kind: end, title: Done}
rules:
  - {id: look-first, never: again while score >= 9 and alarm, why: Look before that.}
"""


Change = tuple[str, str]
"""A text of the sound pathway, and what stands there instead."""


def spoilt(*changes: Change) -> ResolvedPathway:
    """Return the sound pathway with texts replaced by others; each stands in it exactly once."""
    text = SOUND
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return loads(text)


def reported(*changes: Change) -> list[str]:
    """Return what is reported for the spoilt pathway, one line each."""
    return [str(each).removeprefix("<text>:") for each in static_problems(spoilt(*changes))]
