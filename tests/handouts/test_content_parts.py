"""One phase, one treatment, sections left out, texts of a clinic, questions, words, sources."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from pathways.errors import UnknownNameError
from pathways.handouts.blocks import Bullets, Card, Handout, HandoutKind, Section, Terms
from pathways.handouts.clinic import KEYS, Clinic, Extra, ReadClinic
from pathways.handouts.links import dead_links
from pathways.model.evidence import Evidence
from pathways.model.pathway import READERS, ResolvedPathway
from pathways.model.words import Text
from pathways.printed import HANDOUT_KINDS, hand_out
from tests.handouts.shipped import LIBRARY, RECORDS, placed_in
from tests.handouts.telling import (
    as_sentence,
    evidence_in,
    handout,
    inside,
    is_in,
    keys,
    paragraphs,
    pathway,
    section,
    text,
    visible,
)

PHASES = [(name, phase) for name in LIBRARY for phase in pathway(name).phases]

# One phase.


@pytest.mark.parametrize(("name", "phase"), PHASES)
def test_a_phase_has_its_own_steps_and_no_others(name: str, phase: str) -> None:
    found, made = pathway(name), handout(name, phase=phase)
    assert made.subtitle == found.phases[phase].title.patient
    assert [each for each in keys(made) if each.startswith("phase-")] == [
        f"phase-{phase}".replace("_", "-")
    ]
    own = [state for state, each in found.states.items() if each.phase == phase]
    steps = [each for each in inside(made.sections, Section) if each.key.startswith("step-")]
    assert [each.key for each in steps] == [f"step-{found.numbers[state]}" for state in own]
    offered = {offer.treatment for state in own for offer in found.states[state].offers}
    cards = [each.title for each in inside(made.sections, Card)]
    assert set(cards) == {found.catalogue.treatments[each].title.patient for each in offered}
    full = [each for each in inside(made.sections, Card) if "More about it:" not in text(each)]
    assert len(full) == len(offered)


@pytest.mark.parametrize(("name", "phase"), PHASES)
def test_a_phase_has_nothing_about_the_whole(name: str, phase: str) -> None:
    made = handout(name, phase=phase)
    assert not {"about", "where", "self_care"} & set(keys(made))
    title = pathway(name).phases[phase].title.patient
    asked = text(section(made, "questions").blocks).splitlines()
    assert asked[0] == f"What does “{title}” mean for me?"
    assert len(asked) == 8


def test_a_phase_is_found_by_its_number_and_an_unknown_one_is_named() -> None:
    first = next(iter(pathway("safety").phases))
    assert handout("safety", phase=1) == handout("safety", phase=first)
    with pytest.raises(UnknownNameError, match="no phase 'first_week'; did you mean 'first_weeks'"):
        hand_out(pathway("severe-back-pain"), phase="first_week")


# One treatment.


def treatments_of(found: ResolvedPathway) -> dict[str, list[str]]:
    """Return each treatment with the states that do it or offer it, in order."""
    states: dict[str, list[str]] = {}
    for state, record in found.states.items():
        for care in dict.fromkeys((*record.does, *(each.treatment for each in record.offers))):
            if care in found.catalogue.treatments:
                states.setdefault(care, []).append(state)
    return states


TREATMENTS = list(treatments_of(pathway("severe-back-pain")))


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_a_treatment_is_told_at_length(treatment: str) -> None:
    found = pathway("severe-back-pain")
    made = handout("severe-back-pain", treatment=treatment)
    record, states = found.catalogue.treatments[treatment], treatments_of(found)[treatment]
    assert (made.title, made.subtitle) == (record.title.patient, found.title("patient"))
    words = text(section(made, "treatment").blocks)
    said = (record.what, record.how_meant_to_work, record.meant_for, record.lasts)
    for each in (*filter(None, said), *(caution.text for caution in record.cautions)):
        assert as_sentence(each.patient) in words
    for need in record.requires:
        assert as_sentence(need.text.patient) in words
    assert words.count("Good points:") == words.count("Bad points:") == 1
    verdict = found.badge_of_treatment(treatment, states[0])
    assert ("What guidelines say:" in words) == (verdict is not None)
    places = text(section(made, "where").blocks)
    for state in states:
        assert f"Step {found.numbers[state]}: {found.states[state].title.patient}" in places


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_what_else_one_could_choose_is_what_stands_beside_it(treatment: str) -> None:
    found = pathway("severe-back-pain")
    made = handout("severe-back-pain", treatment=treatment)
    others = {
        found.catalogue.treatments[offer.treatment].title.patient
        for state in treatments_of(found)[treatment]
        for offer in found.states[state].offers
        if offer.treatment != treatment
    }
    if not others:
        assert "next" not in keys(made)
        return
    lines = text(section(made, "next").blocks).splitlines()
    assert {line.partition(":")[0] for line in lines} == others
    assert all(line.partition(":")[2].strip() for line in lines)


def test_a_treatment_that_a_pathway_does_not_have_is_named_with_the_nearest() -> None:
    message = "no treatment of this pathway 'acupunctur'; did you mean 'acupuncture'"
    for kind in HANDOUT_KINDS:
        with pytest.raises(UnknownNameError, match=message):
            hand_out(pathway("severe-back-pain"), kind, treatment="acupunctur")
    with pytest.raises(UnknownNameError, match="no treatment of this pathway 'acupuncture'"):
        hand_out(pathway("safety"), treatment="acupuncture")


# Left out.


@pytest.mark.parametrize(("kind", "key"), list(product(READERS, KEYS)))
def test_what_is_left_out_is_left_out_and_nothing_else(kind: HandoutKind, key: str) -> None:
    name = with_section(key)
    whole = handout(name, kind)
    made = hand_out(pathway(name), kind, leave_out=[key]).handout
    gone = [each for each in keys(whole) if each not in keys(made)]
    expected = [each for each in keys(whole) if each == key]
    if key == "parts":
        expected = [each for each in keys(whole) if each.startswith("phase-")]
        assert len(expected) == len(pathway(name).phases) > 3
        if kind == "patient":
            expected = ["where", *expected]
    assert gone == expected
    assert [each for each in keys(whole) if each not in gone] == keys(made)
    assert made.emergency == whole.emergency


def with_section(key: str) -> str:
    """Return a pathway whose handout for patients has a section, the smallest that has most of them."""
    return "severe-back-pain" if key == "self_care" else "surgery-and-devices"


def test_no_link_leads_to_what_is_left_out() -> None:
    made = hand_out(pathway("medicines"), leave_out=["parts"]).handout
    assert dead_links(made) == ()


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"parts"}))
def test_no_other_section_is_linked_to(key: str) -> None:
    made = hand_out(pathway(with_section(key)), leave_out=[key]).handout
    assert dead_links(made) == ()


@pytest.mark.parametrize("key", ["question", "this_handout", "own-1", "phase-safety", ""])
def test_an_unknown_section_is_named(key: str) -> None:
    with pytest.raises(UnknownNameError, match=f"no section that can be left out '{key}'"):
        hand_out(pathway("safety"), leave_out=[key])


# Texts of a clinic.


def of_a_clinic(*extra: tuple[str, str], leave_out: tuple[str, ...] = ()) -> ReadClinic:
    texts = tuple(
        Extra(
            title=Text(clinician=f"{title} (clinician)", patient=title),
            text=Text(clinician=f"For you: {title}", patient=f"hear this: {title}"),
            after=after,
        )
        for title, after in extra
    )
    return ReadClinic(Clinic(extra=texts, leave_out=leave_out))


@pytest.mark.parametrize("key", ["about", "where", "how_sure", "self_care", "questions", "differ"])
def test_an_extra_text_stands_behind_what_it_follows(key: str) -> None:
    clinic = of_a_clinic(("Our service", key))
    name = with_section(key)
    made = hand_out(pathway(name), clinic=clinic).handout
    at = keys(made).index("own-1")
    assert keys(made)[at - 1] == key
    own = made.sections[at]
    assert (own.title, text(own.blocks)) == ("Our service", "Hear this: Our service.")
    assert [each for each in keys(made) if each != "own-1"] == keys(handout(name))


def test_behind_the_parts_means_behind_the_last_of_them() -> None:
    clinic = of_a_clinic(("Our service", "parts"))
    made = keys(hand_out(pathway("medicines"), clinic=clinic).handout)
    at = made.index("own-1")
    assert made[at - 1].startswith("phase-")
    assert not any(each.startswith("phase-") for each in made[at:])


def test_two_texts_behind_one_section_keep_their_order() -> None:
    clinic = of_a_clinic(("One", "questions"), ("Two", "questions"))
    made = keys(hand_out(pathway("safety"), clinic=clinic).handout)
    at = made.index("questions")
    assert made[at : at + 3] == ["questions", "own-1", "own-2"]


@pytest.mark.parametrize("kind", HANDOUT_KINDS)
def test_a_text_behind_what_is_not_there_is_not_lost(kind: HandoutKind) -> None:
    clinic = of_a_clinic(("One", "differ"), ("Two", "next"), leave_out=("differ",))
    made = hand_out(pathway("safety"), kind, clinic=clinic).handout
    rest = [each for each in keys(made) if each != "this_handout"]
    assert rest[-2:] == ["own-1", "own-2"]
    said = "For you: One." if kind == "clinician" else "Hear this: One."
    assert said in visible(made)
    assert text(section(made, "own-1").blocks) == said


# Questions.


@pytest.mark.parametrize("record", RECORDS)
def test_a_patient_has_at_most_eight_questions_their_own_first(record: str) -> None:
    placed = placed_in("severe-back-pain", record)
    made = hand_out(placed.pathway, placed=placed).handout
    asked = text(section(made, "questions").blocks).splitlines()
    assert 7 <= len(asked) <= 8
    assert all(each.endswith("?") for each in asked)
    open_ways = [w.title for w in placed.answer("patient").ways if w.status != "excluded"][:2]
    assert asked[: len(open_ways)] == [f"Would “{each}” be right for me now?" for each in open_ways]


@pytest.mark.parametrize("name", LIBRARY)
def test_the_usual_questions_ask_for_choices_risks_and_whom_to_call(name: str) -> None:
    asked = text(section(handout(name), "questions").blocks)
    for words in ("choices", "if I wait", "good and bad points", "How sure", "myself", "call"):
        assert words in asked
    assert len(asked.splitlines()) == 7


# Words explained.


@pytest.mark.parametrize("name", LIBRARY)
def test_only_words_that_occur_are_explained(name: str) -> None:
    made = handout(name)
    assert_words_occur(pathway(name), made)
    assert ("words" in keys(made)) == (name != "safety")


@pytest.mark.parametrize("record", RECORDS)
def test_only_words_that_occur_are_explained_to_a_patient(record: str) -> None:
    placed = placed_in("severe-back-pain", record)
    made = hand_out(placed.pathway, placed=placed).handout
    assert_words_occur(placed.pathway, made)


def assert_words_occur(found: ResolvedPathway, made: Handout) -> None:
    """Hold each word against the rest of the handout, and against what the catalogue says it means."""
    if "words" not in keys(made):
        return
    (terms,) = inside((section(made, "words"),), Terms)
    kept = [each for each in made.sections if each.key not in {"words", "sources", "this_handout"}]
    rest = text(kept)
    meanings = dict(vocabulary(found))
    listed = [each.word for each in terms.items]
    assert len(listed) == len(set(listed))
    assert listed == sorted(listed, key=str.casefold)
    cards = {each.title.casefold() for each in inside(kept, Card)}
    for each in terms.items:
        assert is_in(each.word, rest), each.word
        assert each.word.casefold() not in cards
        assert text((each.meaning,)) == as_sentence(meanings[each.word.casefold()])


def vocabulary(found: ResolvedPathway) -> Iterator[tuple[str, str]]:
    """Yield each word of the catalogue with what it means."""
    shared = found.catalogue
    for treatment in shared.treatments.values():
        yield treatment.title.patient.casefold(), treatment.what.patient
    for test in shared.tests.values():
        yield test.title.patient.casefold(), test.what.patient
    for group in shared.classes.values():
        if group.what is not None:
            yield group.title.patient.casefold(), group.what.patient
    for mechanism in shared.mechanisms.values():
        yield mechanism.title.patient.casefold(), mechanism.text.patient


@pytest.mark.parametrize("name", LIBRARY)
def test_every_test_that_is_named_and_has_no_card_is_explained(name: str) -> None:
    found, made = pathway(name), handout(name)
    words = [each for each in made.sections if each.key == "words"]
    explained = {term.word.casefold() for each in inside(words, Terms) for term in each.items}
    kept = [each for each in made.sections if each.key not in {"words", "sources", "this_handout"}]
    rest = text([_without_pictures(each) for each in kept])
    for test in found.catalogue.tests.values():
        if is_in(test.title.patient, rest):
            assert test.title.patient.casefold() in explained


def _without_pictures(part: Section) -> list[str]:
    """Return what a part says outside its pictures: their words are those of the steps again."""
    said = [*paragraphs(part.blocks), part.title]
    for each in inside(part.blocks, Section):
        said += [each.title, *paragraphs(each.blocks)]
    for listed in inside(part.blocks, Bullets):
        said.append(text(listed))
    return said


# Sources.


def cited_about(found: ResolvedPathway, treatment: str) -> Iterator[Evidence]:
    """Yield everything cited about one treatment, and about the warning signs."""
    record = found.catalogue.treatments[treatment]
    yield from record.evidence
    yield from evidence_in(found.interrupts)
    for state in found.states.values():
        for offer in state.offers:
            if offer.treatment == treatment:
                yield from offer.evidence
    for name in record.disagreements:
        yield from evidence_in(found.catalogue.disagreements[name].sides)


def cited(found: ResolvedPathway, states: list[str]) -> Iterator[Evidence]:
    """Yield everything cited by the pathway, its interrupts, its steps, their care, their disputes."""
    yield from found.document.evidence
    yield from evidence_in(found.interrupts)
    disputed: set[str] = set()
    for state in states:
        record = found.states[state]
        yield from evidence_in(record)
        disputed.update(record.disagreements, *(way.disagreements for way in record.next))
        for care in (*record.does, *(offer.treatment for offer in record.offers)):
            known = found.catalogue.treatments.get(care) or found.catalogue.tests[care]
            yield from known.evidence
            disputed.update(known.disagreements)
    for name in disputed:
        yield from evidence_in(found.catalogue.disagreements[name].sides)


def listed(made: Handout) -> list[str]:
    """Return the sources at the end of a handout."""
    (bullets,) = inside((section(made, "sources"),), Bullets)
    return [text((line,)) for line in bullets.items]


def as_listed(found: ResolvedPathway, names: set[str]) -> set[str]:
    """Return sources as a list names them; the starting texts are not among them."""
    known = [found.catalogue.sources[each] for each in names]
    return {
        f"{each.organisation}{f' ({each.year[:4]})' if each.year else ''}. {each.title.rstrip('.')}."
        for each in known
        if each.kind != "seed"
    }


def named_in(found: ResolvedPathway, made: Handout) -> set[str]:
    """Return the sources of what stands under 'differ', by their titles there."""
    titles = {
        title.to(reader): name
        for name, each in found.catalogue.disagreements.items()
        for reader, title in ((made.reader, each.title),)
    }
    if "differ" not in keys(made):
        return set()
    parts = list(inside(section(made, "differ").blocks, Section))
    sides = [found.catalogue.disagreements[titles[each.title]].sides for each in parts]
    return {each.source for each in evidence_in(sides)}


PARTS: list[tuple[str, str, dict[str, Any]]] = [
    *((name, kind, {}) for name in LIBRARY for kind in READERS),
    *((name, "patient", {"phase": phase}) for name, phase in PHASES),
    *(("severe-back-pain", "patient", {"treatment": each}) for each in TREATMENTS),
]


@pytest.mark.parametrize(("name", "kind", "options"), PARTS)
def test_the_sources_listed_are_those_cited(
    name: str, kind: HandoutKind, options: dict[str, Any]
) -> None:
    found, made = pathway(name), handout(name, kind, **options)
    states = list(found.states)
    if "phase" in options:
        states = [each for each in states if found.states[each].phase == options["phase"]]
    about = cited(found, states)
    if "treatment" in options:
        about = cited_about(found, options["treatment"])
    names = {each.source for each in about} | named_in(found, made)
    if "about" in keys(made) and kind == "patient":
        names |= {each.source for each in evidence_in(found.document.answers)}
    assert set(listed(made)) == as_listed(found, names)
    assert len(listed(made)) == len(set(listed(made)))


@pytest.mark.parametrize("name", LIBRARY)
def test_starting_texts_are_no_source_and_the_handout_says_so(name: str) -> None:
    found, made = pathway(name), handout(name)
    seeds = {each.organisation for each in found.catalogue.sources.values() if each.kind == "seed"}
    assert seeds
    lines = listed(made)
    assert not any(line.startswith(each) for line in lines for each in seeds)
    small = paragraphs(section(made, "sources").blocks)
    from_seed = any(
        found.catalogue.sources[each.source].kind == "seed"
        for each in cited(found, list(found.states))
    )
    note = (
        "Some wording follows the texts that this library was started from. They are no evidence."
    )
    assert small == ([note] if from_seed else [])


@pytest.mark.parametrize("name", ["severe-back-pain", "acute-to-specialist"])
def test_what_the_answers_cite_is_listed(name: str) -> None:
    found = pathway(name)
    names = {each.source for each in evidence_in(found.document.answers)}
    assert as_listed(found, names) <= set(listed(handout(name)))


def test_sources_have_the_address_where_they_can_be_read() -> None:
    found = pathway("severe-back-pain")
    by_title = {f"{each.title.rstrip('.')}.": each for each in found.catalogue.sources.values()}
    (bullets,) = inside((section(handout("severe-back-pain"), "sources"),), Bullets)
    linked = 0
    for _, title in bullets.items:
        assert title.href == (by_title[title.text].address or "")
        linked += bool(title.href)
    assert linked > 10


def test_a_handout_does_not_hang_on_the_order_of_hashes() -> None:
    """Sources of one organisation and year once stood in the order of a set."""
    told = {
        subprocess.run(
            [sys.executable, "-m", "pathways", "handout", "chronic-back-pain", *arguments],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
        for arguments in [("--format", "markdown", "-o", "-")]
    }
    assert len(told) == 1
