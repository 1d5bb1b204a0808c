"""What is known when it is read: missing, stale, unused, assessed in vain, set and found out at once.

After N. Trcka, W. van der Aalst and N. Sidorova, "Data-flow anti-patterns", CAiSE 2009 (missing,
lost, redundant and inconsistent data).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from pathways.boxes.regions import Region, TooManyBoxesError, both, intersection, union
from pathways.checks.static.subject import Subject, listed
from pathways.conditions import findings_in
from pathways.errors import Problem
from pathways.graph.findings_used import conditions_elsewhere
from pathways.graph.steps import reachable, turned_round
from pathways.model.findings import ChangeKind
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State

_OUTCOMES = frozenset({"relief_pct", "relief_weeks", "side_effects"})
"""What is known of care only once somebody had it."""

_TREATING = frozenset({"medicine", "therapy", "procedure", "surgery"})
"""Care that is meant to change how somebody is."""


def missing_data(subject: Subject) -> Iterator[Problem]:
    """Yield the states whose ways read a result that on some route no step has found out.

    Results of tests, and what care did to somebody; not what may be known from the start. A record
    may bring the result, so it is for review. Where a warning sign pre-empts the ways unless the
    result is there, nothing is missing.

    Args:
        subject: The pathway under check.
    """
    for name in subject.pathway.states:
        missing: dict[tuple[str, ...], list[str]] = {}
        for finding in sorted(subject.ways_read[name]):
            if _is_result(subject, finding):
                route = subject.route(name, without=_found_out_at(subject.pathway, finding))
                if route and _matters(subject, name, finding):
                    missing.setdefault(route, []).append(finding)
        for route, findings in missing.items():
            yield _missing(subject, name, route, findings)


def _missing(subject: Subject, state: str, route: tuple[str, ...], findings: list[str]) -> Problem:
    what = _quoted(findings)
    numbers = ", ".join(str(subject.pathway.numbers[each]) for each in route)
    message = (
        f"the ways on of {subject.step(state)} read {what}, which no step finds out on the route "
        f"{numbers}"
    )
    nowhere = not any(_found_out_at(subject.pathway, each) for each in findings)
    if nowhere:
        message = f"the ways on of {subject.step(state)} read {what}, which no step finds out"
    hint = (
        "let an earlier step yield it, or add a way for those of whom it is not known; it is right "
        "if everybody brings it along"
    )
    return subject.at_state("missing-data", state, message, hint, "review")


def _is_result(subject: Subject, finding: str) -> bool:
    _, _, key = finding.partition(".")
    if key:
        return key in _OUTCOMES
    return _kind(subject, finding) == "result"


def _kind(subject: Subject, finding: str) -> ChangeKind:
    return subject.pathway.catalogue.findings[finding].kind


def _found_out_at(pathway: ResolvedPathway, finding: str) -> frozenset[str]:
    """Return the states after which a finding is known."""
    owner, _, key = finding.partition(".")
    return frozenset(
        name
        for name, state in pathway.states.items()
        if finding in _assessed_by(state) or (key and owner in _care_at(state))
    )


def _assessed_by(state: State) -> frozenset[str]:
    return frozenset({*state.yields, *state.reassess, *state.sets})


def _care_at(state: State) -> frozenset[str]:
    return frozenset({*state.does, *(offer.treatment for offer in state.offers)})


def _matters(subject: Subject, state: str, finding: str) -> bool:
    """Return whether two patients who differ in nothing else take different ways, no sign being there."""
    space = subject.logic.space
    variables = frozenset(space.of_finding[finding].values())
    try:
        quiet = subject.quiet[state]
        tied = any(variable in variables for box in quiet for variable, _ in box)
        for way in subject.pathway.states[state].next:
            if finding in findings_in(way.when, subject.pathway.scope):
                sides = [space.region(way.when), space.region(way.when, denied=True)]
                if tied:
                    sides = [intersection([quiet, each]) for each in sides]
                either = intersection([_whatever(each, variables) for each in sides])
                if any(both(one, other) is not None for one in either for other in quiet):
                    return True
    except TooManyBoxesError:
        return True
    return False


def _whatever(region: Region, variables: frozenset[int]) -> Region:
    """Return who is in a region if some variables may be anything."""
    return union([tuple(tuple(each for each in box if each[0] not in variables) for box in region)])


def stale_data(subject: Subject) -> Iterator[Problem]:
    """Yield the reviews after care that read a finding without looking at it again.

    A review is a state that care leads to at once: an action of category medicine, therapy, procedure
    or surgery, or a panel. That care changes a finding is nowhere declared, so the pathway's own habit
    decides: another review looks at the same finding again, or no state ever does.

    Args:
        subject: The pathway under check.
    """
    reviews = _reviews(subject)
    states = subject.pathway.states
    everywhere = {finding for state in states.values() for finding in _assessed_by(state)}
    for name, care in reviews.items():
        for finding in sorted(subject.ways_read[name]):
            if "." in finding or _kind(subject, finding) != "status":
                continue
            before = [each for each in care if finding not in _assessed_by(states[each])]
            if finding in _assessed_by(states[name]) or not before:
                continue
            habit = [
                each
                for each in reviews
                if finding in subject.ways_read[each] and finding in states[each].reassess
            ]
            if habit or finding not in everywhere:
                yield _stale(subject, name, finding, before, habit)


def _stale(
    subject: Subject, state: str, finding: str, care: list[str], habit: list[str]
) -> Problem:
    others = (
        f"; after other care {subject.steps(habit)} {'look' if habit[1:] else 'looks'} at it again"
        if habit
        else "; no step ever looks at it again"
    )
    message = (
        f"the ways on of {subject.step(state)} read '{finding}' as it was before the care of "
        f"{subject.steps(care)}{others}"
    )
    hint = f"add it to 'reassess' of '{state}'"
    return subject.at_state("stale-data", state, message, hint, "review")


def _reviews(subject: Subject) -> dict[str, list[str]]:
    """Return the states that care leads to at once, each with that care."""
    net = subject.own_net
    before = turned_round(net.after)
    found: dict[str, list[str]] = {}
    for at, name in enumerate(net.names):
        care = [each for each in net.named(before[at]) if _is_care(subject, each)]
        if care:
            found[name] = care
    return found


def _is_care(subject: Subject, state: str) -> bool:
    record = subject.pathway.states[state]
    treatments = subject.pathway.catalogue.treatments
    if record.kind == "options":
        return any(treatments[each.treatment].category in _TREATING for each in record.offers)
    return bool(record.does) and record.category in _TREATING


def unused_findings(subject: Subject) -> Iterator[Problem]:
    """Yield the findings that the file declares and nothing reads, sets or is computed from.

    Args:
        subject: The pathway under check.
    """
    pathway = subject.pathway
    used = _read_anywhere(subject)
    for state in pathway.states.values():
        used |= {*_assessed_by(state), *state.restarts, *state.adds}
    for name in pathway.document.findings:
        if name in used:
            continue
        naming = sorted(
            f"'{each}'"
            for each, record in pathway.definitions.items()
            if name in findings_in(record.when, pathway.scope)
        )
        message = f"nothing in this pathway uses the finding '{name}'"
        if naming:
            message += f"; only {listed(naming)} would, which nothing uses either"
        hint = "use it where it was meant to be used, or remove it"
        place = subject.place("findings", name)
        yield Problem("unused-finding", message, hint, f"findings.{name}", place, "info")


def redundant_assessments(subject: Subject) -> Iterator[Problem]:
    """Yield the states that find out what nothing reads afterwards.

    Where a route leads on by a link, or out of a part that other pathways take in, the next pathway
    may read it; nothing is said there.

    Args:
        subject: The pathway under check.
    """
    pathway = subject.pathway
    links = {name for name, state in pathway.states.items() if state.kind == "link"}
    always = _read_outside_states(subject)
    inputs = _inputs(pathway)
    for name, state in pathway.states.items():
        assessed = dict.fromkeys([*state.yields, *state.reassess])
        if not assessed:
            continue
        onward = _onward(subject, name)
        if onward & links:
            continue
        read = always | {finding for each in onward for finding in _read_at(subject, each)}
        read |= {source for finding in read for source in inputs.get(finding, ())}
        vain = [each for each in assessed if each not in read]
        if vain:
            message = (
                f"{subject.step(name)} finds out {_quoted(vain)}, which nothing reads afterwards"
            )
            hint = "use it in a way on, or remove it there"
            yield subject.at_state("redundant-assessment", name, message, hint, "info")


def _onward(subject: Subject, state: str) -> set[str]:
    """Return a state and all that can come after it."""
    return set(subject.net.named(reachable(subject.net.after, subject.net.position(state))))


def _read_at(subject: Subject, state: str) -> Iterator[str]:
    """Yield the findings that the ways, the offers and the cautions at a state read."""
    pathway = subject.pathway
    yield from subject.ways_read[state]
    record = pathway.states[state]
    for offer in record.offers:
        if offer.when is not None:
            yield from findings_in(offer.when, pathway.scope)
    for name in sorted(_care_at(record)):
        yield from _read_by_care(pathway, name)


def _read_by_care(pathway: ResolvedPathway, name: str) -> Iterator[str]:
    """Yield the findings that the cautions and requirements of a treatment or test read."""
    catalogue = pathway.catalogue
    treatment = catalogue.treatments.get(name)
    record = treatment or catalogue.tests[name]
    cautions = list(record.cautions)
    if treatment is not None:
        for each in treatment.classes:
            cautions += catalogue.classes[each].cautions
        for need in treatment.requires:
            if need.only_if is not None:
                yield from findings_in(need.only_if, pathway.scope)
    for caution in cautions:
        if caution.when is not None:
            yield from findings_in(caution.when, pathway.scope)


def _read_outside_states(subject: Subject) -> set[str]:
    """Return the findings that interrupts, rules and what is said of all patients read."""
    pathway = subject.pathway
    found = {
        finding
        for _, condition in conditions_elsewhere(pathway)
        if condition is not None
        for finding in findings_in(condition, pathway.scope)
    }
    return found | {each.finding for each in subject.rules if each.finding}


def _read_anywhere(subject: Subject) -> set[str]:
    """Return every finding that is read at a state, outside of states, or by care that is spoken of."""
    pathway = subject.pathway
    found = _read_outside_states(subject)
    for name in pathway.states:
        found.update(_read_at(subject, name))
    own = [*pathway.document.treatments, *pathway.document.tests]
    for name in own:
        found.update(_read_by_care(pathway, name))
    for record in pathway.catalogue.findings.values():
        if record.derived is not None:
            found.update(record.derived.of)
    return found


def _inputs(pathway: ResolvedPathway) -> dict[str, frozenset[str]]:
    """Return, for each computed finding, all it is computed from, through others too."""
    derived = {
        name: each.derived.of
        for name, each in pathway.catalogue.findings.items()
        if each.derived is not None
    }
    found: dict[str, frozenset[str]] = {}
    for name in derived:
        sources: set[str] = set()
        waiting = [name]
        while waiting:
            fresh = [each for each in derived.get(waiting.pop(), ()) if each not in sources]
            sources.update(fresh)
            waiting += fresh
        found[name] = frozenset(sources)
    return found


def inconsistent_sets(subject: Subject) -> Iterator[Problem]:
    """Yield the states that set what they also find out, and those that start two drugs of one class.

    Args:
        subject: The pathway under check.
    """
    for name, state in subject.pathway.states.items():
        yield from _set_twice(subject, name, state)
        yield from _two_of_a_class(subject, name, state)


_OTHER_EFFECTS = ("yields", "reassess", "restarts", "adds")


def _set_twice(subject: Subject, name: str, state: State) -> Iterator[Problem]:
    hint = "keep one of the two; the value it is set to wins"
    for finding, values in state.sets.items():
        value = ", ".join(values)
        also = [key for key in _OTHER_EFFECTS if finding in getattr(state, key)]
        if also:
            message = (
                f"{subject.step(name)} sets '{finding}' to {value} and has it under "
                f"{_quoted(also)} too"
            )
            yield subject.at_state("inconsistent-set", name, message, hint, "review")
        owner, _, key = finding.partition(".")
        if key == "status" and owner in state.does and values == ("never",):
            message = f"{subject.step(name)} does '{owner}' and sets '{finding}' to never"
            yield subject.at_state("inconsistent-set", name, message, hint, "review")


def _two_of_a_class(subject: Subject, name: str, state: State) -> Iterator[Problem]:
    treatments = subject.pathway.catalogue.treatments
    started = [
        owner
        for finding, values in state.sets.items()
        for owner, _, key in [finding.partition(".")]
        if key == "status" and values == ("now",) and owner in treatments
    ]
    medicines = [each for each in started if treatments[each].category == "medicine"]
    for one, other in combinations(medicines, 2):
        shared = sorted({*treatments[one].classes} & {*treatments[other].classes})
        if shared:
            message = (
                f"{subject.step(name)} sets both '{one}' and '{other}' to now: two drugs of the class "
                f"{_quoted(shared)} at once"
            )
            hint = "start one of them, and stop the other"
            yield subject.at_state("inconsistent-set", name, message, hint)


def _quoted(names: Iterable[str]) -> str:
    return listed([f"'{each}'" for each in names])
