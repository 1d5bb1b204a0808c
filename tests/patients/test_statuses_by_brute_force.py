"""Every status agrees with trying out every whole person that fits what is known."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Place
from pathways.patients.placing import Circumstances, Placer
from pathways.records.facts import Facts
from pathways.records.record import StatedPlace
from tests.library.people import Person, holds
from tests.patients.small_pathways import (
    VALUES,
    completions,
    facts_with,
    small_pathway,
    some_values,
)

PATHWAYS = 60
PEOPLE = 8
STATES = ("begin", "middle", "panel")


def placed_at(placer: Placer, facts: Facts, state: str) -> Place:
    return placer.place(facts, Circumstances(stated=StatedPlace(pathway="made-up", state=state)))


def is_raised(place: Place) -> bool:
    """Whether a sign has brought the person where they are."""
    return any(each.status == "certain" for each in place.interruptions)


def status_of(truths: list[bool]) -> str:
    if not any(truths):
        return "excluded"
    return "certain" if all(truths) else "possible"


def open_ways(pathway: ResolvedPathway, state: str, person: Person) -> list[bool]:
    """Whether each way on is taken, by an evaluator that shares nothing with the package's own."""
    record = pathway.states[state]
    found: list[bool] = []
    for way in record.next:
        taken = record.choose == "first" and any(found)
        found.append(not taken and holds(way.when, person, pathway))
    return found


def reached(pathway: ResolvedPathway, begin: str, without: set[str]) -> set[str]:
    found: set[str] = set()
    waiting = [begin] if begin not in without else []
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            onward = [way.to for way in pathway.states[name].next]
            waiting += [each for each in onward if each not in without]
    return found


def silent(pathway: ResolvedPathway) -> list[set[str]]:
    """For each interrupt where it does not fire: its target, and what only targets lead to.

    The second one, which is urgent, does not fire in emergency care either.
    """
    targets = {each.to for each in pathway.interrupts}
    elsewhere = reached(pathway, pathway.start, targets)
    own = [
        (reached(pathway, each.to, set()) - elsewhere) | {each.to} for each in pathway.interrupts
    ]
    return [own[0], own[0] | own[1]]


def raised(pathway: ResolvedPathway, person: Person) -> list[bool]:
    return [
        holds(each.when, person, pathway)
        and not (each.until is not None and holds(each.until, person, pathway))
        for each in pathway.interrupts
    ]


@dataclass(frozen=True)
class Tried:
    """One whole person, with what is true of them."""

    person: Person
    raised: list[bool]
    ways: dict[str, list[bool]]


def tried_out(pathway: ResolvedPathway, values: Mapping[str, Any]) -> list[Tried]:
    return [
        Tried(
            person,
            raised(pathway, person),
            {state: open_ways(pathway, state, person) for state in STATES},
        )
        for person in completions(values)
    ]


@pytest.mark.parametrize("seed", range(PATHWAYS))
def test_statuses_agree_with_brute_force(seed: int) -> None:
    pathway = small_pathway(seed)
    placer = Placer(pathway)
    draw = random.Random(1000 + seed)
    for _ in range(PEOPLE):
        values = some_values(draw)
        facts = facts_with(pathway, values)
        people = tried_out(pathway, values)
        free = placer.place(facts)
        fits = [each for each in people if not any(each.person[name] for name in free.proviso)]
        check_interruptions(pathway, free, people, fits, values)
        if not is_raised(free):
            for state in STATES:
                check_ways(pathway, state, placed_at(placer, facts, state), people, fits)


def is_raised_by_a_sign(
    pathway: ResolvedPathway, index: int, tried: Tried, known: Mapping[str, Any]
) -> bool:
    """Whether an interrupt is open, and a known sign has a part in it: alone, or beside other causes."""
    signs = {name for name in ("sign", "alarm") if known.get(name)}
    others = [
        tried.person | {"pattern": pattern, "sites": sites}
        for pattern in VALUES["pattern"]
        for sites in VALUES["sites"]
    ]
    return tried.raised[index] and any(
        raised(pathway, other)[index]
        and not raised(pathway, other | dict.fromkeys(signs, False))[index]
        for other in others
    )


def check_interruptions(
    pathway: ResolvedPathway,
    place: Place,
    people: list[Tried],
    fits: list[Tried],
    known: Mapping[str, Any],
) -> None:
    found = {each.index: each.status for each in place.interruptions}
    for index in range(len(pathway.interrupts)):
        truths = [each.raised[index] for each in people]
        if not any(truths):
            assert index not in found
        elif (
            all(truths)
            or all(holds(pathway.interrupts[index].when, each.person, pathway) for each in people)
            or any(is_raised_by_a_sign(pathway, index, each, known) for each in fits)
        ):
            # What is known and only a result could clear stays open until the result is known.
            assert found[index] == "certain"
        else:
            assert found[index] == "possible"


def check_ways(
    pathway: ResolvedPathway, state: str, place: Place, people: list[Tried], fits: list[Tried]
) -> None:
    quiet_in = silent(pathway)
    interrupted = any(
        alarm and state not in quiet_in[index]
        for each in people
        for index, alarm in enumerate(each.raised)
    )
    for number, way in enumerate(place.ways):
        whatever = status_of([each.ways[state][number] for each in people])
        if whatever == "certain" and interrupted:
            whatever = "possible"
        assert way.whatever == whatever
        assert way.provided == status_of([each.ways[state][number] for each in fits])
        assert bool(way.depends_on) == (way.provided == "possible")
        if way.reasons:
            person = fits[0].person
            check_reasons(pathway, state, number, way.provided, way.reasons[0], person)


def check_reasons(
    pathway: ResolvedPathway,
    state: str,
    number: int,
    status: str,
    reason: tuple[str, ...],
    person: Person,
) -> None:
    """A reason alone is enough: whoever has these values has this status, whatever the rest."""
    kept = {name: person[name] for name in reason}
    draw = random.Random(number)
    for _ in range(40):
        other = {name: draw.choice(values) for name, values in VALUES.items()} | kept
        assert open_ways(pathway, state, other)[number] is (status == "certain")


def test_offers_agree_with_brute_force() -> None:
    tried = 0
    for seed in range(PATHWAYS):
        pathway = small_pathway(seed)
        placer = Placer(pathway)
        draw = random.Random(2000 + seed)
        for _ in range(4):
            values = some_values(draw)
            place = placed_at(placer, facts_with(pathway, values), "panel")
            if is_raised(place):
                continue
            fits = [
                person
                for person in completions(values)
                if not any(person[name] for name in place.proviso)
            ]
            offer = pathway.states["panel"].offers[0]
            assert offer.when is not None
            truths = [holds(offer.when, person, pathway) for person in fits]
            found = place.stops[0].offers[0]
            assert found.status == status_of(truths)
            tried += 1
    assert tried > PATHWAYS


def test_learning_more_never_turns_certain_into_excluded_or_back() -> None:
    for seed in range(PATHWAYS):
        pathway = small_pathway(seed)
        placer = Placer(pathway)
        draw = random.Random(3000 + seed)
        person = {name: draw.choice(values) for name, values in VALUES.items()}
        person |= {"alarm": False, "sign": False, "pattern": "nerve"}
        names = list(person)
        draw.shuffle(names)
        settled: dict[tuple[str, str], str] = {}
        for count in range(len(names) + 1):
            facts = facts_with(pathway, {name: person[name] for name in names[:count]})
            for way in placed_at(placer, facts, "middle").ways:
                for key, status in (("provided", way.provided), ("whatever", way.whatever)):
                    assert settled.get((way.way, key), status) == status
                    if status != "possible":
                        settled[way.way, key] = status
        if not any(raised(pathway, person)):
            assert len(settled) == 2 * len(pathway.states["middle"].next)
