"""The example patients of the library: invented, without faults, and placed where a clinician would."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pathways.conditions import KnownValue
from pathways.conditions.scope import FindingShape
from pathways.errors import DocumentError, PathwayError
from pathways.patients.placing import Circumstances, Placer
from pathways.placed import Placed, place_record
from pathways.reading.files import library_ids
from pathways.reading.load import load
from pathways.records.checking import record_problems, refuse_problems
from pathways.records.facts import Fact, Facts
from pathways.records.knowing import facts_of
from pathways.records.reading import ReadRecord, load_record
from pathways.records.record import ExpectedPlace, StatedPlace
from pathways.records.vocabulary import Vocabulary, vocabulary_of

EXAMPLES = Path(__file__).parents[2] / "pathways" / "library" / "patients"
CONTRADICTORY = Path(__file__).parent / "contradictory"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
FEWEST = 29

IDENTIFYING = (
    r"\b(?:Mr|Mrs|Ms|Dr|Herr|Frau)\b\.?",
    r"[\w.]+@[\w.]+",
    r"\bhttps?:",
    r"\d[\d ()/-]{6,}\d(?!-)",
    r"\b(?:street|avenue|road|hospital of|insurance number|date of birth|born)\b",
)
"""What would point to a person: a form of address, an address, a long number, a day of birth."""

COMPLETIONS = 4
CELLS = (0, 1, 3, 4, 5, 6, 12, 13, 18, 26, 29, 30, 50, 79, 80, 100)
"""Numbers on both sides of every line that the library draws."""


@cache
def placers() -> dict[str, Placer]:
    return {name: Placer(load(name)) for name in library_ids()}


@cache
def vocabulary() -> Vocabulary:
    return vocabulary_of([each.pathway for each in placers().values()])


@cache
def example(name: str) -> ReadRecord:
    return load_record(EXAMPLES / f"{name}.yaml")


def day_of(name: str) -> dt.date:
    recorded = example(name).record.recorded
    assert recorded is not None, f"{name}: an example says on which day it was recorded"
    return dt.date.fromisoformat(recorded)


@cache
def facts(name: str) -> Facts:
    return facts_of(example(name).record, vocabulary(), day_of(name))


@cache
def placed(name: str, pathway: str) -> Placed:
    return place_record(placers()[pathway], example(name).record, facts(name))


def expectations() -> Iterator[tuple[str, ExpectedPlace]]:
    for name in NAMES:
        for each in example(name).record.expected:
            yield name, each


EXPECTED = [(name, each.pathway) for name, each in expectations()]


def expected(name: str, pathway: str) -> ExpectedPlace:
    return next(each for each in example(name).record.expected if each.pathway == pathway)


def test_there_are_enough_examples() -> None:
    assert len(NAMES) >= FEWEST


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_no_fault(name: str) -> None:
    assert record_problems(example(name), vocabulary(), day_of(name)) == []
    assert example(name).record.record == name


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_invented_and_tells_why(name: str) -> None:
    record = example(name).record
    assert record.is_invented
    assert record.about
    assert record.expected
    assert all(each.why and each.headline for each in record.expected)
    assert {each.pathway for each in record.expected} >= set(record.pathways)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_points_to_nobody(name: str) -> None:
    record = example(name).record
    said = [record.about, *record.goals, *record.preferences, *(e.why for e in record.expected)]
    said += [each.note for each in record.history.treatments]
    said += [each.by for series in record.findings.values() for each in series]
    text = " ".join(filter(None, said))
    found = [pattern for pattern in IDENTIFYING if re.search(pattern, text, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize(
    "text", ["Mrs. Example", "someone@example.org", "call 0123 456 7890", "born in May"]
)
def test_identifying_data_would_be_found(text: str) -> None:
    assert any(re.search(pattern, text, re.IGNORECASE) for pattern in IDENTIFYING)


@pytest.mark.parametrize(("name", "pathway"), EXPECTED)
def test_an_example_is_placed_where_a_clinician_would(name: str, pathway: str) -> None:
    wanted, place = expected(name, pathway), placed(name, pathway).place
    assert place.states == wanted.at
    assert place.headline == wanted.headline
    statuses = {way.target: way.provided for way in place.ways}
    for status in ("certain", "possible", "excluded"):
        for target in getattr(wanted, status):
            assert (target, statuses.get(target)) == (target, status)


@pytest.mark.parametrize(("name", "pathway"), EXPECTED)
def test_an_example_is_asked_and_warned_as_expected(name: str, pathway: str) -> None:
    wanted, found = expected(name, pathway), placed(name, pathway)
    asked = tuple(question.finding for question in found.questions)
    assert asked[: len(wanted.asks_first)] == wanted.asks_first
    certain = {each.about for each in found.place.cautions if each.status == "certain"}
    assert certain >= set(wanted.cautions_about)


def test_the_examples_cover_pathways_headlines_and_how() -> None:
    places = [placed(name, each.pathway).place for name, each in expectations()]
    assert {place.pathway for place in places} == set(library_ids())
    assert {place.headline for place in places} == {
        *("emergency", "urgent", "check_signs", "here", "finished")
    }
    hows = {stop.how for place in places for stop in place.stops}
    assert hows >= {"at", "due", "under_way", "done"}


def test_what_cannot_be_had_closes_itself_and_nothing_else() -> None:
    (closed,) = placed("rural-no-team-program", "chronic-back-pain").place.closed
    assert (closed.what, closed.why) == ("multidisciplinary_rehabilitation", "distance")
    assert closed.states == ()
    assert closed.offers


def test_an_unsure_answer_is_presumed_yes() -> None:
    place = placed("seed-000-unsure-of-saddle-numbness", "severe-back-pain").place
    assert place.interruptions[0].presumed == ("rf_saddle_numb",)


def test_two_of_a_kind_and_mixed_sedatives_are_cautioned() -> None:
    catalogue = placers()["medicines"].pathway.catalogue
    for name, about in (
        ("two-anti-inflammatories", "nsaid"),
        ("opioid-with-alcohol-and-sleep-medicine", "opioid"),
        ("opioid-with-alcohol-and-sleep-medicine", "sedating"),
        ("two-sedating-medicines", "sedating"),
    ):
        found = placed(name, "medicines").place.cautions
        texts = [
            catalogue.classes[each.about].cautions[each.index].text.to("patient")
            for each in found
            if each.kind == "class" and each.about == about and each.status == "certain"
        ]
        assert any("before the next dose" in text for text in texts), (name, about)


@pytest.mark.parametrize("path", sorted(CONTRADICTORY.glob("*.yaml")), ids=lambda path: path.stem)
def test_contradictory_data_are_refused_with_both_facts(path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        refuse_problems(load_record(path), vocabulary(), dt.date(2026, 11, 25))
    (problem,) = caught.value.problems
    assert problem.code == "contradiction"
    both = re.findall(rf"{re.escape(path.name)}:(\d+):\d+", str(problem))
    assert len(both) == 2
    assert both[0] != both[1]
    assert " but " in problem.message


def some_value(shape: FindingShape, chance: random.Random) -> KnownValue:
    """Return a value that a finding can have."""
    match shape.type:
        case "yes_no":
            return chance.random() < 0.5
        case "one_of":
            return chance.choice(shape.options)
        case "several_of":
            given = chance.choice(shape.options)
            return {option: option == given for option in shape.options}
        case _:
            low, high = shape.low or Decimal(0), shape.high or Decimal(100)
            fitting = [Decimal(each) for each in CELLS if low <= each <= high]
            return chance.choice(fitting or [low])


def absent_sign(shape: FindingShape) -> KnownValue:
    """Return the answer that keeps the proviso: no such sign."""
    if shape.type == "several_of":
        return {option: option == "none" for option in shape.options}
    return False


def completion(name: str, placer: Placer, chance: random.Random) -> Iterator[Facts]:
    """Yield what is known of an example with one more thing known each time, until all is."""
    known = dict(facts(name).known)
    logic, shapes = placer.logic, placer.pathway.scope.findings
    unknown = [each for each in logic.space.of_finding if each not in known]
    chance.shuffle(unknown)
    for finding in unknown:
        shape = shapes[finding]
        is_sign = finding in logic.signs
        value = absent_sign(shape) if is_sign else some_value(shape, chance)
        known[finding] = Fact(finding, value, day_of(name))
        yield Facts(day_of(name), dict(known), {}, facts(name).events)


@pytest.mark.parametrize("name", NAMES)
def test_learning_more_never_turns_certain_into_excluded_or_back(name: str) -> None:
    compared = 0
    for number in range(COMPLETIONS):
        chance = random.Random(f"{name}/{number}")
        pathway = chance.choice(example(name).record.expected).pathway
        placer = placers()[pathway]
        state = placed(name, pathway).states[0]
        around = Circumstances(stated=StatedPlace(pathway=pathway, state=state))
        before = {way.way: way for way in placer.place(facts(name), around).ways}
        for more in completion(name, placer, chance):
            try:
                now = {way.way: way for way in placer.place(more, around).ways}
            except PathwayError:
                break
            assert list(now) == list(before)
            for way, after in now.items():
                for reading in ("provided", "whatever"):
                    was, became = getattr(before[way], reading), getattr(after, reading)
                    assert was in {"possible", became}, f"{way}: {reading} {was}, then {became}"
                    compared += 1
            before = now
    ends = {
        placers()[e.pathway].pathway.states[e.at[0]].kind for e in example(name).record.expected
    }
    assert compared or ends & {"end", "link"}
