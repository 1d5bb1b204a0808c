"""Made people walk through every pathway of the library: no gap, no overlap, no endless way.

No proof, but thousands of trials at the very lines that conditions draw; proofs belong to a checker.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pathways.checks.examples import examples_beside
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import RuleSentence, Selection, read_rule
from pathways.model.states import Transition
from pathways.reading.files import library_ids
from pathways.reading.load import load
from tests.library.people import Crowd, Person, holds

TRIALS = 1000
"""People tried at each step."""
FEWEST_JOURNEYS, JOURNEYS = 200, 3000
LONGEST = 150
"""Steps after which a journey counts as endless."""


def open_ways(pathway: ResolvedPathway, state: str, person: Person) -> list[Transition]:
    record = pathway.states[state]
    found = [way for way in record.next if holds(way.when, person, pathway)]
    return found[:1] if record.choose == "first" else found


@pytest.mark.parametrize("name", library_ids())
def test_every_step_has_exactly_one_way_for_everybody(name: str) -> None:
    pathway = load(name)
    crowd = Crowd(pathway, seed=2)
    for state, record in pathway.states.items():
        if not record.next:
            continue
        findings = crowd.findings_of(way.when for way in record.next)
        for _ in range(TRIALS if findings else 1):
            crowd.next_person()
            person = crowd.values(findings)
            ways = [way.to for way in open_ways(pathway, state, person)]
            if record.choose == "any":
                assert ways, f"{state}: no way for {person}"
            else:
                assert len(ways) == 1, f"{state}: ways to {ways} for {person}"


def interrupted(pathway: ResolvedPathway, state: str, person: Person) -> str | None:
    """Return where a warning sign leads from a step; the check and its work-up are not interrupted."""
    if pathway.origins[state] == "safety":
        return None
    for each in pathway.interrupts:
        cleared = each.until is not None and holds(each.until, person, pathway)
        if holds(each.when, person, pathway) and not cleared:
            return each.to
    return None


def checked(pathway: ResolvedPathway, person: Person) -> Person:
    """Return a person whose warning signs a work-up has explained."""
    signs = {name for name, each in pathway.catalogue.findings.items() if each.level}
    quiet = {
        name: frozenset({"none"}) if isinstance(person[name], frozenset) else False
        for name in signs
    }
    return person | quiet


def step(pathway: ResolvedPathway, crowd: Crowd, state: str, person: Person) -> None:
    """Let a state act: what it finds out takes any value, what it sets is set, counts go up.

    What a test or treatment done here finds leaves its history as it was drawn, but that it was done
    shows.
    """
    record = pathway.states[state]
    for name in record.does:
        person[f"{name}.status"] = "done" if name in pathway.catalogue.tests else "now"
    for finding in (*record.yields, *record.reassess):
        person[finding] = crowd.value(finding)
    for finding, values in record.sets.items():
        shape = pathway.scope.findings[finding]
        person[finding] = {
            "yes_no": values[0] == "yes",
            "several_of": frozenset(values),
        }.get(shape.type, values[0])
    for finding, more in record.adds.items():
        shape = pathway.scope.findings[finding]
        high = shape.high if shape.high is not None else 10**9
        person[finding] = min(person[finding] + more, high)
    for offer in record.offers:
        if (
            offer.when is None or holds(offer.when, person, pathway)
        ) and crowd.random.random() < 0.4:
            person[f"{offer.treatment}.status"] = "now"


def drifted(pathway: ResolvedPathway, crowd: Crowd, person: Person) -> Person:
    """Return a person some time later: watch findings may have changed, times have gone up."""
    later = dict(person)
    for name, record in pathway.catalogue.findings.items():
        if record.kind == "watch" and (not record.level or crowd.random.random() < 0.03):
            later[name] = crowd.value(name)
        elif record.kind == "time" and crowd.random.random() < 0.1:
            later[name] = max(person[name], crowd.value(name))
    return later


def steps_to(pathway: ResolvedPathway, goal: str) -> dict[str, int]:
    """Return how many steps each state is from a goal, by the drawn ways."""
    distance = {goal: 0}
    edge = [goal]
    while edge:
        edge = [
            way.source for way in pathway.ways if way.target in edge and way.source not in distance
        ]
        distance.update(dict.fromkeys(edge, max(distance.values()) + 1))
    return distance


Journey = list[tuple[str, Person]]
"""The steps of one person, each with what was known when it was entered."""


def walk(
    pathway: ResolvedPathway, crowd: Crowd, person: Person, goal: str, attempts: int
) -> Journey:
    """Return one journey that tries to come to a goal; it may end elsewhere."""
    distance = steps_to(pathway, goal)

    def nearest(state: str, person: Person) -> int:
        return min(distance.get(each.to, LONGEST) for each in open_ways(pathway, state, person))

    state = pathway.start
    way: Journey = [(state, person)]
    while pathway.states[state].next:
        alarm = interrupted(pathway, state, person)
        if alarm is not None:
            state = alarm
            way.append((state, person))
            person = dict(person)
            step(pathway, crowd, state, person)
            continue
        if state == "scope_check":
            person = checked(pathway, person)
        ways = open_ways(pathway, state, person)
        assert ways, f"stuck after {names_of(way)}"
        best = nearest(state, person)
        chosen = [each for each in ways if distance.get(each.to, LONGEST) == best]
        # Some lose their way, so that every turn is taken by somebody.
        state = crowd.random.choice(chosen if crowd.random.random() < 0.8 else ways).to
        way.append((state, person))
        assert len(way) <= LONGEST, f"goes round: {names_of(way[-12:])}"
        tried = []
        for _ in range(attempts):
            after = drifted(pathway, crowd, person)
            step(pathway, crowd, state, after)
            tried.append(after)
        if pathway.states[state].next:
            person = min(tried, key=lambda each: nearest(state, each))
    return way


def names_of(way: Journey) -> str:
    return " > ".join(state for state, _ in way)


def journeys(pathway: ResolvedPathway) -> Iterator[Journey]:
    """Yield journeys until every step was on one; at least a few hundred, at most some thousand."""
    crowd = Crowd(pathway, seed=2)
    findings = sorted(pathway.scope.findings)
    counts = [name for name, each in pathway.catalogue.findings.items() if each.kind == "count"]
    visited: set[str] = set()
    for number in range(JOURNEYS):
        left = [state for state in pathway.states if state not in visited]
        if number >= FEWEST_JOURNEYS and not left:
            return
        crowd.next_person()
        person = crowd.values(findings)
        person |= {each: pathway.scope.findings[each].low for each in counts}
        initial = pathway.document.initial
        if initial is not None and not holds(initial, person, pathway):
            continue
        goal = crowd.random.choice(left or list(pathway.states))
        way = walk(pathway, crowd, person, goal, attempts=1 + number % 40)
        visited.update(state for state, _ in way)
        yield way


@pytest.mark.parametrize("name", library_ids())
def test_journeys_end_come_to_every_step_and_keep_the_rules_about_steps(name: str) -> None:
    pathway = load(name)
    tags = {tag for state in pathway.states.values() for tag in state.tags}
    states = {*pathway.states, *(name for part in pathway.included for name in part.states)}
    rules = [(rule.id, read_rule(rule, states, tags)) for rule in pathway.rules]
    visited: set[str] = set()
    for way in journeys(pathway):
        visited.update(state for state, _ in way)
        for rule, sentence in rules:
            at = broken_at(pathway, sentence, way)
            assert at is None, f"{rule} is broken: {names_of(way[: (at or 0) + 1])}"
    # Who comes to the rarest steps has to be met with on purpose: in the examples the checker replays.
    stored = examples_beside(name)
    assert stored is not None
    visited |= {step.at for each in stored.document.journeys for step in each.steps}
    assert [state for state in pathway.states if state not in visited] == []


def broken_at(pathway: ResolvedPathway, rule: RuleSentence, way: Journey) -> int | None:
    """Return the position at which a journey breaks a rule about steps; None when it keeps it.

    Rules of other forms are left to the checker.
    """
    if rule.first is None or rule.form not in {"never", "at_most"}:
        return None
    first, second = chosen(pathway, rule.first), chosen(pathway, rule.second)
    count, seen = 0, False
    for position, (state, person) in enumerate(way):
        if state in first:
            count += 1
            told = rule.condition is not None and holds(rule.condition, person, pathway)
            wrong = {
                "unless": not told,
                "while": told,
                "before": not seen,
            }.get(rule.joint or "", False)
            if rule.form == "at_most" and rule.second is None:
                wrong = count > (rule.number or 0)
            if wrong:
                return position
        seen = seen or state in second
    return None


def chosen(pathway: ResolvedPathway, selection: Selection | None) -> set[str]:
    if selection is None:
        return set()
    if not selection.by_tag:
        return {selection.name}
    return {name for name, state in pathway.states.items() if selection.name in state.tags}
