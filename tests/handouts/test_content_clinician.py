"""What handouts for clinicians say: decisions, thresholds, both sides, open questions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from pathways.conditions import describe
from pathways.conditions.nodes import Always, Otherwise
from pathways.conditions.scope import Reader
from pathways.handouts.blocks import Bullets, Handout, Section, Table
from pathways.model.badges import speaking_of
from pathways.model.evidence import Evidence
from pathways.model.pathway import READERS, ResolvedPathway
from pathways.model.thresholds import Threshold, ThresholdValue
from tests.handouts.shipped import LIBRARY
from tests.handouts.telling import (
    as_sentence,
    handout,
    inside,
    keys,
    numbers,
    pathway,
    section,
    text,
)

VERDICTS = {
    "supported": "Guidelines support it.",
    "mixed": "Guidelines split.",
    "advised_against": "Guidelines advise against.",
    "experimental": "Experimental: research only.",
    "no_guideline_found": "No clear guideline.",
    "seed_only": "Not checked yet.",
}


def rows(made: Handout, caption: str) -> list[tuple[str, ...]]:
    """Return the rows of all tables whose caption begins with some words, as text."""
    return [
        tuple(text((cell,)) for cell in row)
        for each in inside(made.sections, Table)
        if each.caption.startswith(caption)
        for row in each.rows
    ]


def short(found: ResolvedPathway, name: str) -> str:
    """Return how a source is named in a table: who, without what stands in brackets, and the year."""
    source = found.catalogue.sources[name]
    year = f" {source.year[:4]}" if source.year else ""
    return source.organisation.split(" (")[0] + year


@pytest.mark.parametrize("name", LIBRARY)
def test_every_decision_stands_with_all_its_conditions(name: str) -> None:
    found = pathway(name)
    told = rows(handout(name, "clinician"), "Decision points")
    expected = []
    for state, record in found.states.items():
        if len(record.next) < 2:
            continue
        step = f"{found.numbers[state]} {record.title.clinician}"
        for way in record.next:
            target = f"{found.numbers[way.to]} {found.states[way.to].title.clinician}"
            expected.append((step, target))
            (row,) = [
                each
                for each in told
                if (each[0], each[2]) == (step, target)
                and (way.label is None or way.label.clinician.casefold() in each[1].casefold())
            ]
            if isinstance(way.when, Otherwise):
                assert "none of the lines above fits" in row[1].casefold()
            elif isinstance(way.when, Always):
                assert row[1] == as_sentence(way.label.clinician if way.label else "always")
            else:
                words = describe(way.when, found.scope, "clinician")
                assert words.casefold() in row[1].casefold()
    assert sorted((each[0], each[2]) for each in told) == sorted(expected)
    assert len(expected) > 3


@pytest.mark.parametrize("name", LIBRARY)
def test_every_decision_names_its_sources_with_their_direction(name: str) -> None:
    """What speaks of the step as a whole stands once, and says so: it is no ground for one way."""
    found, told = pathway(name), rows(handout(name, "clinician"), "Decision points")
    for state, record in found.states.items():
        own = [row for row in told if row[0].startswith(f"{found.numbers[state]} ")]
        for place, (row, way) in enumerate(zip(own, record.next, strict=len(record.next) > 1)):
            of_step = record.evidence if place == 0 else ()
            cited, _, whole = row[3].partition("On the step as a whole: ")
            assert listed(cited) == said_by(found, way.evidence), row
            assert listed(whole) == said_by(found, of_step), row


def listed(cell: str) -> set[str]:
    """Return the sources that stand in a cell."""
    return set(filter(None, cell.strip().strip("–").rstrip(".").split("; ")))


def said_by(found: ResolvedPathway, evidence: tuple[Evidence, ...]) -> set[str]:
    """Return who is cited, each with its direction where that is not in favour."""
    return {
        short(found, each.source) + ("" if each.direction == "for" else f" ({each.direction})")
        for each in evidence
        if found.catalogue.sources[each.source].kind != "seed"
    }


def decided_by(found: ResolvedPathway) -> Iterator[tuple[str, Decimal]]:
    """Yield every finding with each number that a step, an offer or an interrupt compares it with."""
    for record in found.states.values():
        for way in record.next:
            yield from numbers(way.when, found)
        for offer in record.offers:
            yield from numbers(offer.when, found)
    for each in found.interrupts:
        yield from numbers(each.when, found)
        yield from numbers(each.until, found)


def in_use(found: ResolvedPathway) -> Iterator[tuple[Threshold, ThresholdValue, str]]:
    """Yield each threshold with each of its values that is in use, and the sign of its unit."""
    used = set(decided_by(found))
    for record in found.catalogue.thresholds.values():
        unit = found.scope.findings[record.of[0]].unit
        sign = "%" if unit == "percent" else f" {unit}" if unit else ""
        for value in record.values:
            if any((finding, value.value) in used for finding in record.of):
                yield record, value, sign


def number(value: ThresholdValue, sign: str) -> str:
    """Return a value with its unit, as it is printed."""
    return f"{value.value.normalize():f}{sign}"


@pytest.mark.parametrize("name", LIBRARY)
def test_every_threshold_in_use_stands_with_its_value_and_the_others(name: str) -> None:
    found, made = pathway(name), handout(name, "clinician")
    told = {(row[0], row[1]): row for row in rows(made, "Thresholds in use")}
    for record, value, sign in in_use(found):
        row = told[record.title.clinician, number(value, sign)]
        others = [number(each, sign) for each in record.values if each is not value]
        assert sorted(filter(None, row[3].split("; "))) == sorted(others)
    assert ("thresholds" in keys(made)) == bool(told)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_threshold_in_use_names_its_sources(name: str) -> None:
    found, made = pathway(name), handout(name, "clinician")
    told = {(row[0], row[1]): row for row in rows(made, "Thresholds in use")}
    for record, value, sign in in_use(found):
        names = told[record.title.clinician, number(value, sign)][2]
        for each in value.evidence:
            assert short(found, each.source) in names, names


def test_there_are_thresholds_in_most_pathways() -> None:
    counts = {name: len(rows(handout(name, "clinician"), "Thresholds")) for name in LIBRARY}
    assert sum(count > 2 for count in counts.values()) >= 6, counts


def disputed(found: ResolvedPathway) -> set[str]:
    """Return what is disputed of steps, of ways, and of what is done or on offer there."""
    names: set[str] = set()
    for record in found.states.values():
        names.update(record.disagreements)
        for way in record.next:
            names.update(way.disagreements)
        for care in (*record.does, *(offer.treatment for offer in record.offers)):
            known = found.catalogue.treatments.get(care) or found.catalogue.tests[care]
            names.update(known.disagreements)
    return names


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("reader", READERS)
def test_both_sides_of_each_disagreement_stand_with_who_says_so(name: str, reader: Reader) -> None:
    found, made = pathway(name), handout(name, reader)
    parts = {each.title: each for each in inside((section(made, "differ"),), Section)}
    expected = disputed(found)
    assert expected
    for each in expected:
        record = found.catalogue.disagreements[each]
        (bullets,) = inside((parts[record.title.to(reader)],), Bullets)
        lines = [text((line,)) for line in bullets.items]
        assert len(lines) == len(record.sides) + 1 >= 3
        for line, side in zip(lines, record.sides, strict=False):
            assert line.startswith(as_sentence(side.says.to(reader)))
            for item in side.evidence:
                assert short(found, item.source) in line
        label = "Here:" if reader == "clinician" else "What we do:"
        assert lines[-1] == f"{label} {as_sentence(record.shown.to(reader))}"


@pytest.mark.parametrize("name", LIBRARY)
def test_open_questions_of_it_and_of_what_it_takes_in_stand_in_order(name: str) -> None:
    found = pathway(name)
    asked = [
        each.question
        for document in (found.document, *found.included)
        for each in document.review.open_questions
    ]
    assert asked
    (bullets,) = inside((section(handout(name, "clinician"), "open_questions"),), Bullets)
    assert bullets.ordered
    assert [text((line,)) for line in bullets.items] == asked


@pytest.mark.parametrize("name", LIBRARY)
def test_treatments_stand_with_verdict_and_with_who_is_for_and_against(name: str) -> None:
    found = pathway(name)
    told = {row[0]: row for row in rows(handout(name, "clinician"), "Treatments on offer")}
    expected = 0
    for state, record in found.states.items():
        for offer in record.offers:
            expected += 1
            care = found.catalogue.treatments[offer.treatment]
            row = told[f"{care.title.clinician} (step {found.numbers[state]})"]
            verdict = found.badge_of_treatment(offer.treatment, state)
            assert row[1].startswith(VERDICTS[verdict] if verdict else "")
            if offer.when is not None:
                words = describe(offer.when, found.scope, "clinician")
                assert words.casefold() in row[1].casefold()
            for at, direction in ((2, "for"), (3, "against")):
                cited = [*care.evidence, *offer.evidence]
                relevant = speaking_of(cited, record.situation, found.catalogue.situations)
                assert row[at] == who(found, tuple(relevant), direction)
    assert len(told) == expected


def who(found: ResolvedPathway, evidence: tuple[Evidence, ...], direction: str) -> str:
    """Return who says something of a treatment, each once; a dash for nobody."""
    names = {
        each.source: None
        for each in evidence
        if each.direction == direction and found.catalogue.sources[each.source].kind != "seed"
    }
    return "; ".join(dict.fromkeys(short(found, each) for each in names)) or "–"


@pytest.mark.parametrize("name", LIBRARY)
def test_cautions_of_all_care_stand_with_whom_they_concern(name: str) -> None:
    found, made = pathway(name), handout(name, "clinician")
    expected = {}
    for record in found.states.values():
        for care in (*record.does, *(offer.treatment for offer in record.offers)):
            known = found.catalogue.treatments.get(care) or found.catalogue.tests[care]
            for each in known.cautions:
                expected[known.title.clinician, each.text.clinician.rstrip(".")] = each.when
    if not expected:
        assert "take_care" not in keys(made)
        return
    lines = text(section(made, "take_care").blocks).splitlines()
    assert len(lines) == len(expected)
    for (title, words), when in expected.items():
        whom = f" (if {describe(when, found.scope, 'clinician')})" if when else ""
        assert f"{title}: {words}{whom}." in lines


@pytest.mark.parametrize("name", LIBRARY)
def test_a_phase_alone_has_the_rows_of_its_steps_and_no_question_for_reviewers(name: str) -> None:
    found = pathway(name)
    for phase in found.phases:
        made = handout(name, "clinician", phase=phase)
        assert "open_questions" not in keys(made)
        assert sum(each.startswith("phase-") for each in keys(made)) == 1
        own = {found.numbers[s] for s, each in found.states.items() if each.phase == phase}
        for row in rows(made, "Decision points"):
            assert int(row[0].split()[0]) in own
        for row in rows(made, "Treatments on offer"):
            assert int(row[0].rpartition("(step ")[2].rstrip(")")) in own


@pytest.mark.parametrize("name", LIBRARY)
def test_the_scope_comes_first(name: str) -> None:
    found, made = pathway(name), handout(name, "clinician")
    summary = found.document.summary
    assert summary is not None
    assert keys(made)[0] == "about"
    assert text(section(made, "about").blocks) == as_sentence(summary.clinician)
