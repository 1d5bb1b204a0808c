"""What handouts for patients say of treatments and steps, against the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pathways.handouts.blocks import Card, Figure, Handout, Section
from pathways.model.badges import Badge
from pathways.model.evidence import Evidence, Source
from pathways.model.pathway import ResolvedPathway
from tests.handouts.shipped import LIBRARY
from tests.handouts.telling import (
    as_sentence,
    handout,
    inside,
    keys,
    paragraphs,
    pathway,
    section,
    text,
)

WORDS: dict[Badge | None, str] = {
    "supported": "Guidelines support it",
    "mixed": "Guidelines do not agree",
    "advised_against": "Guidelines advise against it",
    "experimental": "Still being tested",
    "no_guideline_found": "No clear guideline",
    "seed_only": "Not checked yet",
    None: "",
}
NO_FOR = "We found no guideline for it."
NO_AGAINST = "We found no guideline against it."


def full_cards(made: Handout) -> list[Card]:
    """Return the cards that tell a treatment in full: that do not lead to an earlier one."""
    cards = inside(made.sections, Card)
    return [each for each in cards if "More about it:" not in text(each)]


def offered(found: ResolvedPathway) -> dict[str, str]:
    """Return each treatment on offer with the state where a reader meets it first: by phase, then by step."""
    order = list(found.phases)
    states = sorted(found.states, key=lambda each: order.index(found.states[each].phase or ""))
    first: dict[str, str] = {}
    for state in states:
        for offer in found.states[state].offers:
            first.setdefault(offer.treatment, state)
    return first


@pytest.mark.parametrize("name", LIBRARY)
def test_each_treatment_on_offer_is_told_in_full_once(name: str) -> None:
    found, made = pathway(name), handout(name)
    full = full_cards(made)
    titles = [found.catalogue.treatments[each].title.patient for each in offered(found)]
    assert sorted(each.title for each in full) == sorted(titles)
    for card in full:
        words = text(card)
        assert words.count("Good points:") == words.count("Bad points:") == 1
        assert words.index("Good points:") < words.index("Bad points:")


@pytest.mark.parametrize("name", LIBRARY)
def test_every_offer_of_every_step_has_its_card_with_its_verdict(name: str) -> None:
    found, made = pathway(name), handout(name)
    for state, record in found.states.items():
        if not record.offers:
            continue
        step = section(made, f"step-{found.numbers[state]}")
        cards = [each for each in step.blocks if isinstance(each, Card)]
        assert [each.title for each in cards] == [
            found.catalogue.treatments[offer.treatment].title.patient for offer in record.offers
        ]
        for card, offer in zip(cards, record.offers, strict=True):
            verdict = found.badge_of_treatment(offer.treatment, state)
            assert (card.badge, card.badge_words) == (verdict, WORDS[verdict])
            if offer.note is not None:
                assert as_sentence(offer.note.patient) in text(card)
            assert ("Only if:" in text(card)) == (offer.when is not None)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_card_in_brief_leads_to_the_step_with_the_full_one(name: str) -> None:
    found, made = pathway(name), handout(name)
    first = offered(found)
    named = {found.catalogue.treatments[each].title.patient: each for each in first}
    full = {id(each) for each in full_cards(made)}
    for card in inside(made.sections, Card):
        treatment = named[card.title]
        number = found.numbers[first[treatment]]
        what = as_sentence(found.catalogue.treatments[treatment].what.patient)
        if id(card) in full:
            assert card in inside((section(made, f"step-{number}"),), Card)
            assert what in text(card)
        else:
            assert f"More about it: step {number}." in text(card)


# Points against the catalogue, counted anew.


def wider(found: ResolvedPathway, situation: str) -> dict[str | None, int]:
    """Return how far each situation is from one; None, every situation, is the farthest."""
    far: dict[str | None, int] = {situation: 0}
    todo = [situation]
    for name in todo:
        for each in found.catalogue.situations[name].within:
            if each not in far:
                far[each] = far[name] + 1
                todo.append(each)
    far[None] = 1000
    return far


def speaking(
    found: ResolvedPathway, cited: list[Evidence], situation: str | None
) -> list[Evidence]:
    """Return what speaks of a situation; of each source only what speaks of the narrowest one."""
    if situation is None:
        return cited
    far = wider(found, situation)
    fits = [each for each in cited if each.situation in far]
    return [
        each
        for each in fits
        if far[each.situation]
        == min(far[other.situation] for other in fits if other.source == each.source)
    ]


def has_a_voice(source: Source) -> bool:
    """Whether it is a guideline that was seen and that nothing supersedes."""
    return (
        source.kind == "guideline"
        and source.seen != "recalled"
        and not source.superseded
        and source.superseded_by is None
    )


def count(found: ResolvedPathway, evidence: list[Evidence], direction: str) -> tuple[int, int]:
    """Return how many guidelines, and how many others that are no starting text, say something."""
    names = {each.source for each in evidence if each.direction == direction}
    known = [found.catalogue.sources[each] for each in names]
    voices = sum(has_a_voice(each) for each in known)
    others = sum(not has_a_voice(each) and each.kind != "seed" for each in known)
    return voices, others


def told(points: str) -> tuple[int, int]:
    """Return how many guidelines, and how many others, a text says there are."""
    guideline = re.search(r"\b(One|\d+) guidelines? (?:is|are|advises?) ", points)
    other = re.search(r"\b(One|\d+) other sources? speaks? ", points)
    return _number(guideline), _number(other)


def _number(found: re.Match[str] | None) -> int:
    if found is None:
        return 0
    return 1 if found[1] == "One" else int(found[1])


def points_of(card: Card) -> tuple[str, str]:
    """Return the good points and the bad points of a card."""
    (line,) = [each for each in paragraphs(card.blocks) if each.startswith("Good points:")]
    good, _, bad = line.partition("Bad points:")
    return good, bad


def pairs(name: str) -> Iterator[tuple[Card, str, str]]:
    """Yield each full card with its treatment and its state."""
    found = pathway(name)
    cards = {each.title: each for each in full_cards(handout(name))}
    for treatment, state in offered(found).items():
        yield cards[found.catalogue.treatments[treatment].title.patient], treatment, state


@pytest.mark.parametrize("name", LIBRARY)
def test_the_guidelines_in_the_points_are_those_of_the_catalogue(name: str) -> None:
    found = pathway(name)
    for card, treatment, state in pairs(name):
        record = found.states[state]
        cited = [*found.catalogue.treatments[treatment].evidence]
        cited += [
            e for offer in record.offers if offer.treatment == treatment for e in offer.evidence
        ]
        relevant = speaking(found, cited, record.situation)
        good, bad = points_of(card)
        assert told(good) == count(found, relevant, "for"), card.title
        assert told(bad) == count(found, relevant, "against"), card.title
        assert (NO_FOR in good) == (told(good) == (0, 0))
        assert (NO_AGAINST in bad) == (told(bad) == (0, 0))
        assert " is for it" in good or told(good)[0] != 1
        assert " against it" in bad


@pytest.mark.parametrize("name", LIBRARY)
def test_the_verdict_and_the_points_say_the_same(name: str) -> None:
    for card, _, _ in pairs(name):
        good, bad = (told(each)[0] for each in points_of(card))
        if card.badge == "supported":
            assert good > 0, card.title
            assert bad == 0, card.title
        if card.badge == "mixed":
            assert good > 0, card.title
            assert bad > 0, card.title
        if card.badge == "advised_against":
            assert bad >= 3 * good, card.title
            assert bad > 0, card.title
        if card.badge in {"no_guideline_found", "seed_only"}:
            assert good == bad == 0, card.title


def differently_judged(found: ResolvedPathway) -> set[str]:
    """Return the treatments that guidelines judge otherwise at another step."""
    verdicts: dict[str, set[Badge | None]] = {}
    for state, record in found.states.items():
        for offer in record.offers:
            verdict = found.badge_of_treatment(offer.treatment, state)
            verdicts.setdefault(offer.treatment, set()).add(verdict)
    return {treatment for treatment, each in verdicts.items() if len(each) > 1}


def test_what_is_judged_otherwise_at_another_step_has_its_own_points_there() -> None:
    found, made = pathway("severe-back-pain"), handout("severe-back-pain")
    titles = {found.catalogue.treatments[each].title.patient for each in differently_judged(found)}
    assert titles
    by_verdict: dict[tuple[str, str], bool] = {}
    for card in inside(made.sections, Card):
        if card.title in titles:
            has_points = "Good points:" in text(card)
            key = (card.title, card.badge_words)
            by_verdict[key] = by_verdict.get(key, False) or has_points
    assert [key for key, has_points in by_verdict.items() if not has_points] == []


@pytest.mark.parametrize("name", LIBRARY)
def test_cautions_and_needs_stand_on_the_full_card(name: str) -> None:
    found = pathway(name)
    for card, treatment, _ in pairs(name):
        record = found.catalogue.treatments[treatment]
        words = text(card)
        of_classes = [
            each
            for one in record.classes
            for each in found.catalogue.classes[one].cautions
            if each.when is None
        ]
        for caution in (*record.cautions, *of_classes):
            assert as_sentence(caution.text.patient) in words
        for need in record.requires:
            assert as_sentence(need.text.patient) in words
        assert ("Take care:" in words) == bool(record.cautions or of_classes)
        assert ("It needs:" in words) == bool(record.requires)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_verdict_on_a_card_is_explained_and_no_other(name: str) -> None:
    made = handout(name)
    verdicts = {each.badge_words for each in inside(made.sections, Card)} - {""}
    if not verdicts:
        assert "how_sure" not in keys(made)
        return
    lines = text(section(made, "how_sure").blocks).splitlines()
    assert {line.partition(":")[0] for line in lines} == verdicts
    assert all(line.partition(":")[2].strip() for line in lines)


# Steps.


@pytest.mark.parametrize("name", LIBRARY)
def test_every_step_has_its_text_under_its_number_and_title(name: str) -> None:
    found, made = pathway(name), handout(name)
    for state, record in found.states.items():
        words = record.text or record.detail
        assert words is not None
        step = section(made, f"step-{found.numbers[state]}")
        assert step.title == f"Step {found.numbers[state]}: {record.title.patient}"
        assert as_sentence(words.patient) in paragraphs(step.blocks)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_phase_has_its_steps_its_picture_and_its_text(name: str) -> None:
    found, made = pathway(name), handout(name)
    parts = [each for each in made.sections if each.key.startswith("phase-")]
    assert len(parts) == len(found.phases) > 0
    for number, (part, (phase, record)) in enumerate(
        zip(parts, found.phases.items(), strict=True), start=1
    ):
        assert part.title == f"Part {number}. {record.title.patient}"
        assert part.key == f"phase-{phase}".replace("_", "-")
        steps = [each.key for each in inside((part,), Section) if each.key.startswith("step-")]
        assert steps == [
            f"step-{found.numbers[state]}"
            for state, each in found.states.items()
            if each.phase == phase
        ]
        if record.text is not None:
            assert as_sentence(record.text.patient) in paragraphs(part.blocks)
        words = "\n".join(line for each in inside((part,), Figure) for line in each.words)
        for state, each in found.states.items():
            shown = f"Step {found.numbers[state]}. {each.title.patient}"
            assert (shown in words) == (each.phase == phase), shown


@pytest.mark.parametrize("name", LIBRARY)
def test_pictures_are_numbered_from_one(name: str) -> None:
    figures = list(inside(handout(name).sections, Figure))
    assert [each.name for each in figures] == [
        f"picture-{number}" for number in range(1, len(figures) + 1)
    ]
    for number, each in enumerate(figures, start=1):
        assert each.caption.startswith(f"Picture {number}. ")
        assert each.alt
        assert each.words


@pytest.mark.parametrize("name", LIBRARY)
def test_the_list_of_parts_names_each_with_its_steps(name: str) -> None:
    found, made = pathway(name), handout(name)
    if len(found.phases) < 2:
        assert "where" not in keys(made)
        return
    lines = text(section(made, "where").blocks).splitlines()[1:]
    assert len(lines) == len(found.phases)
    for line, (phase, record) in zip(lines, found.phases.items(), strict=True):
        numbers = [found.numbers[s] for s, each in found.states.items() if each.phase == phase]
        span = f"steps {min(numbers)} to {max(numbers)}"
        which = span if len(numbers) > 1 else f"step {numbers[0]}"
        assert line == f"{record.title.patient} ({which})"
        assert sorted(numbers) == list(range(min(numbers), max(numbers) + 1))


@pytest.mark.parametrize("name", LIBRARY)
def test_own_care_is_what_guidelines_support_or_do_not_agree_on(name: str) -> None:
    found, made = pathway(name), handout(name)
    expected = {
        found.catalogue.treatments[offer.treatment].title.patient
        for state, record in found.states.items()
        for offer in record.offers
        if found.catalogue.treatments[offer.treatment].category in {"self_care", "education"}
        and found.badge_of_treatment(offer.treatment, state) in {"supported", "mixed"}
    }
    if not expected:
        assert "self_care" not in keys(made)
        return
    lines = text(section(made, "self_care").blocks).splitlines()
    assert {line.partition(":")[0] for line in lines} == expected
