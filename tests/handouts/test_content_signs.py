"""The emergency box: first in every handout, with every sign, whatever is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import pathways
from pathways.conditions.nodes import Condition, Has, Named, Or
from pathways.conditions.scope import Reader
from pathways.errors import UnknownNameError
from pathways.handouts.blocks import Bullets, HandoutKind
from pathways.handouts.clinic import Clinic, ReadClinic
from pathways.handouts.content.alarms import if_yes
from pathways.handouts.request import Request
from pathways.model.pathway import ResolvedPathway
from pathways.printed import HANDOUT_KINDS, hand_out
from tests.handouts.shipped import LIBRARY, RECORDS, placed_in
from tests.handouts.telling import (
    as_sentence,
    handout,
    inside,
    keys,
    pathway,
    printed,
    text,
    visible,
)

PATIENTS_WORDS: dict[HandoutKind, Reader] = {
    "patient": "patient",
    "clinician": "clinician",
    "visit_sheet": "patient",
}


def signs_of(found: ResolvedPathway, condition: Condition, reader: Reader) -> Iterator[str]:
    """Yield each sign that is enough alone, in the words of the catalogue.

    A sign that takes several findings at once has a definition of its own, whose title it is.
    """
    match condition:
        case Or(parts):
            for part in parts:
                yield from signs_of(found, part, reader)
        case Named(name) if name in found.definitions:
            record = found.definitions[name]
            if isinstance(record.when, Or | Named):
                yield from signs_of(found, record.when, reader)
            else:
                assert record.title is not None
                yield record.title.to(reader)
        case Named(name):
            finding = found.catalogue.findings[name]
            yield (finding.says or finding.title).to(reader)
        case Has(name, word):
            options = found.catalogue.findings[name].options
            assert options is not None
            yield options[word.name].title.to(reader)
        case _:
            raise AssertionError(condition)


def all_signs(found: ResolvedPathway, level: str, reader: Reader) -> list[str]:
    """Return the signs of all interrupts of a level."""
    return [
        sign
        for each in found.interrupts
        if each.level == level
        for sign in signs_of(found, each.when, reader)
    ]


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("kind", HANDOUT_KINDS)
def test_the_box_has_every_emergency_sign(name: str, kind: HandoutKind) -> None:
    signs = all_signs(pathway(name), "emergency", PATIENTS_WORDS[kind])
    assert len(signs) == len(set(signs)) == 7
    box = text(handout(name, kind).emergency.blocks).casefold()
    assert [sign for sign in signs if sign.casefold() not in box] == []


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("kind", ["patient", "clinician"])
def test_the_box_has_every_urgent_sign(name: str, kind: HandoutKind) -> None:
    signs = all_signs(pathway(name), "urgent", PATIENTS_WORDS[kind])
    assert len(signs) == len(set(signs)) == 10
    box = text(handout(name, kind).emergency.blocks).casefold()
    assert [sign for sign in signs if sign.casefold() not in box] == []


@pytest.mark.parametrize("name", LIBRARY)
def test_emergency_comes_before_urgent_and_what_to_do_before_the_signs(name: str) -> None:
    found = pathway(name)
    lines = text(handout(name).emergency.blocks).splitlines()
    target = next(each.to for each in found.interrupts if each.level == "emergency")
    state = found.states[target]
    assert state.detail is not None
    assert lines[0].startswith(as_sentence(state.title.patient))
    assert as_sentence(state.detail.patient) in lines[0]
    (soon,) = [at for at, line in enumerate(lines) if line.startswith("See a clinician today")]
    before, after = "\n".join(lines[:soon]).casefold(), "\n".join(lines[soon:]).casefold()
    for first, other in (("emergency", before), ("urgent", after)):
        assert all(sign.casefold() in other for sign in all_signs(found, first, "patient"))
    assert not any(sign.casefold() in before for sign in all_signs(found, "urgent", "patient"))


def test_each_sign_has_a_line_of_its_own_but_on_the_one_page_of_a_visit() -> None:
    now, soon = inside(handout("safety").emergency.blocks, Bullets)
    assert (len(now.items), len(soon.items)) == (7, 10)
    assert list(inside(handout("safety", "visit_sheet").emergency.blocks, Bullets)) == []


@pytest.mark.parametrize("name", LIBRARY)
def test_it_is_the_first_thing_on_every_page_format(name: str) -> None:
    made = printed(name)
    title = made.handout.emergency.title
    first = f"## {made.handout.sections[0].title}"
    markdown = made.markdown()
    assert 0 < markdown.index(f"## {title}") < markdown.index(first)


@pytest.mark.parametrize("record", RECORDS)
def test_a_patients_own_page_has_the_same_box(record: str) -> None:
    placed = placed_in("severe-back-pain", record)
    for with_person in (False, True):
        made = hand_out(placed.pathway, placed=placed, with_person=with_person).handout
        assert made.emergency == handout("severe-back-pain").emergency


EVERYTHING = (
    "about",
    "where",
    "treatment",
    "next",
    "how_sure",
    "parts",
    "self_care",
    "questions",
    "differ",
    "words",
    "sources",
)


@pytest.mark.parametrize("kind", HANDOUT_KINDS)
def test_with_everything_left_out_the_box_stays(kind: HandoutKind) -> None:
    bare = hand_out(pathway("severe-back-pain"), kind, leave_out=EVERYTHING).handout
    assert bare.emergency == handout("severe-back-pain", kind).emergency
    assert not set(keys(bare)) & set(EVERYTHING)


@pytest.mark.parametrize("kind", HANDOUT_KINDS)
def test_it_cannot_be_left_out(kind: HandoutKind) -> None:
    with pytest.raises(UnknownNameError) as caught:
        hand_out(pathway("safety"), kind, leave_out=["emergency"])
    known = ", ".join(f"'{each}'" for each in sorted(EVERYTHING))
    assert str(caught.value) == f"no section that can be left out 'emergency'; known: {known}"


@pytest.mark.parametrize("options", [{"phase": "safety"}, {"treatment": "acupuncture"}])
def test_a_part_of_a_pathway_has_the_same_box(options: dict[str, Any]) -> None:
    whole = handout("severe-back-pain")
    part = handout("severe-back-pain", **options)
    assert part.emergency == whole.emergency
    assert part.reminder == whole.reminder == "Warning signs? See page 1"


WITHOUT_SIGNS = """\
format: 1
pathway: plain
title: Plain
version: 0.1.0
updated: 2026-01-31
phases: {only: {title: Only}}
start: step
states:
  step: {kind: action, category: education, phase: only, title: A talk, text: We talk., next: [{to: done}]}
  done: {kind: end, phase: only, title: Done}
"""


def test_a_pathway_without_signs_says_so_in_the_box() -> None:
    made = hand_out(pathways.loads(WITHOUT_SIGNS)).handout
    assert made.emergency.title == "When to get help now"
    assert text(made.emergency.blocks) == (
        "This chart names no warning signs. If you feel very ill, call your local emergency number."
    )


def test_steps_that_are_in_no_phase_are_told_too() -> None:
    flat = WITHOUT_SIGNS.replace("phases: {only: {title: Only}}\n", "").replace(", phase: only", "")
    made = hand_out(pathways.loads(flat)).handout
    assert "We talk." in visible(made)


def test_a_clinics_number_stands_in_the_box() -> None:
    clinic = ReadClinic(Clinic(name="Clinic", country="GB"))
    made = hand_out(pathway("safety"), clinic=clinic).handout
    assert "999" in text(made.emergency)


def test_an_open_sign_says_how_soon_and_what_is_no_sign_alone_says_nothing() -> None:
    """Foot drop is for today, weight loss for the next days; "ever had cancer" is no alarm alone."""
    request = Request(pathway("severe-back-pain"), "patient")
    said = {
        each: if_yes(request, each)
        for each in ("rf_foot_drop", "rf_saddle_numb", "rf_cancer_history")
    }
    assert said["rf_foot_drop"] == "If yes, do not wait: See a clinician today."
    assert said["rf_saddle_numb"].startswith("If yes: Get emergency help now.")
    assert said["rf_cancer_history"] == ""
