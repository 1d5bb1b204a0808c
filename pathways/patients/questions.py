"""What to find out next: findings that are not known, ranked by what their answers would settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from pathways.boxes import Known, Region
from pathways.boxes.cells import NO, YES
from pathways.boxes.space import decided
from pathways.model.findings import Effort, Level
from pathways.patients.place import Place
from pathways.patients.statuses import Standing
from pathways.records.facts import ASK_AGAIN, Facts
from pathways.semantics.logic import Logic, is_sign

EFFORTS: tuple[Effort, ...] = get_args(Effort)
LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: tuple[Literal["gate", "way", "offer", "concerns"], ...] = (
    "gate",
    "way",
    "offer",
    "concerns",
)
"""What a question can bear on, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Question:
    """One finding that is worth finding out.

    Args:
        finding: Name of the finding.
        reason: ``warning_sign``, or what it bears on: ``gate`` (whether the pathway is made for the
            patient at all), ``way``, ``offer`` or ``concerns``.
        level: Of a warning sign.
        ways: Names of the ways on it bears on.
        offers: Treatments on offer it bears on.
        settles: How many of its answers settle at least one of them.
        answers: How many answers there are that make a difference, all counted alike: a convention,
            not a probability.
        effort: What it takes to find it out.
        is_emergency: Whether an emergency cannot be ruled out without it.
        is_expired: Whether an old answer is too old to count.
    """

    finding: str
    reason: Literal["warning_sign", "gate", "way", "offer", "concerns"]
    level: Level | None = None
    ways: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    settles: int = 0
    answers: int = 0
    effort: Effort = "ask"
    is_emergency: bool = False
    is_expired: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """Something that is not decided yet: a way, an offer, or whether the pathway is the right one."""

    kind: Literal["gate", "way", "offer", "concerns"]
    name: str
    inside: Region
    outside: Region
    known: Known


def questions(
    logic: Logic, facts: Facts, place: Place, standings: Mapping[str, Standing]
) -> tuple[Question, ...]:
    """Return what to find out next, the most useful first.

    Warning signs come first, by their level. Then what bears on the ways on and the offers of the
    place: by how many of them an answer settles on average, then by effort. Whoever was asked and
    does not know is not asked again.

    Args:
        logic: The conditions of the pathway.
        facts: What is known of the patient.
        place: Where the patient is.
        standings: What is known at each state of the place.

    Returns:
        One question for each finding; of a finding computed from others, its inputs.
    """
    order = {name: at for at, name in enumerate(logic.pathway.scope.findings)}
    first = _emergency_signs(logic, place, standings)
    signs = [
        replace(_sign(logic, facts, name), is_emergency=name in first)
        for name in place.proviso
        if _may_ask(facts, name)
    ]
    signs.sort(
        key=lambda each: (
            not each.is_emergency,
            LEVELS.index(each.level or "soon"),
            order[each.finding],
        )
    )
    asked = {each.finding for each in signs}
    rest = [each for each in _bearing(logic, facts, place, standings) if each.finding not in asked]
    soon = [each for each in rest if each.reason == "warning_sign"]
    gates = [each for each in rest if each.reason == "gate"]
    others = [each for each in rest if each.reason not in {"warning_sign", "gate"}]
    return (*signs, *soon, *gates, *others)


def _emergency_signs(
    logic: Logic, place: Place, standings: Mapping[str, Standing]
) -> frozenset[str]:
    """Return the signs that have to be asked so that no emergency can be left.

    Of a sign that counts only together with others (a fever with any change of nerves) one is
    enough: a no to it rules them all out. Where there is a choice, that which rules out most.
    """
    known = next(iter(standings.values())).known
    raised = [
        {logic.space.variables[at].finding for at, mask in box if masks[at] & ~mask}
        for each in place.interruptions
        if each.level == "emergency"
        for box in logic.alarms[each.index].raised
        for masks in known
        if all(masks[at] & mask for at, mask in box)
    ]
    left = [names & set(place.proviso) for names in raised if names & set(place.proviso)]
    found: set[str] = set()
    while left := [names for names in left if not names & found]:
        counts = Counter(name for names in left for name in names)
        most = max(counts.values())
        found.add(next(name for name in place.proviso if counts[name] == most))
    return frozenset(found)


def _may_ask(facts: Facts, finding: str) -> bool:
    return facts.absence(finding) in ASK_AGAIN


def _sign(logic: Logic, facts: Facts, name: str) -> Question:
    record = logic.pathway.catalogue.findings[name]
    levels = [each.level for each in (record.options or {}).values() if each.level is not None]
    level = min([*levels, *([record.level] if record.level else [])], key=LEVELS.index)
    return Question(
        name,
        "warning_sign",
        level,
        effort=record.effort,
        is_expired=facts.absence(name) == "expired",
    )


def _bearing(
    logic: Logic, facts: Facts, place: Place, standings: Mapping[str, Standing]
) -> list[Question]:
    """Return the questions that bear on what is not decided yet, the most useful first."""
    undecided = list(_undecided(logic, place, standings))
    bearing: dict[str, list[_Open]] = {}
    for each in undecided:
        for finding in logic.pivotal(each.known, each.inside, each.outside):
            bearing.setdefault(finding, []).append(each)
    found: dict[str, tuple[float, Question]] = {}
    for finding, open_things in bearing.items():
        score, question = _asked(logic, facts, finding, open_things)
        for name in _to_ask(logic, facts, finding):
            if name not in found or score > found[name][0]:
                found[name] = (score, _named(logic, facts, name, question))
    order = {name: at for at, name in enumerate(logic.pathway.scope.findings)}

    kept_by_steps = {
        name for state in logic.pathway.states.values() for name in (*state.sets, *state.adds)
    } - {name for state in logic.pathway.states.values() for name in state.reassess}

    def rank(each: tuple[float, Question]) -> tuple[bool, float, int, bool, int]:
        score, question = each
        owner = question.finding.partition(".")[0]
        has_it = facts.values.get(f"{owner}.status") == "now"
        # What the pathway itself keeps count of is the last thing a person could tell.
        of_steps = question.finding in kept_by_steps
        effort = EFFORTS.index(question.effort)
        return of_steps, -score, effort, not has_it, order[question.finding]

    ranked = sorted(found.values(), key=rank)
    return [question for _, question in ranked]


def _undecided(logic: Logic, place: Place, standings: Mapping[str, Standing]) -> Iterator[_Open]:
    region = logic.space.region
    first = next(iter(standings.values()))
    for gate in place.gates:
        for passage in logic.passages[gate]:
            yield _Open("gate", gate, passage.inside, passage.outside, first.provided)
    for stop in place.stops:
        known = standings[stop.state].provided
        for passage, status in zip(logic.passages[stop.state], stop.ways, strict=True):
            if status.provided == "possible":
                yield _Open("way", status.way, passage.inside, passage.outside, known)
        offers = logic.pathway.states[stop.state].offers
        for offer, offered in zip(offers, stop.offers, strict=False):
            if offer.when is not None and offered.status == "possible":
                outside = region(offer.when, denied=True)
                yield _Open("offer", offer.treatment, region(offer.when), outside, known)
    whom = logic.pathway.document.concerns
    if whom is not None and place.concerns == "possible":
        known = first.known
        outside = region(whom, denied=True)
        yield _Open("concerns", logic.pathway.id, region(whom), outside, known)


def _asked(
    logic: Logic, facts: Facts, finding: str, open_things: list[_Open]
) -> tuple[float, Question]:
    """Return how much the answers to a finding settle on average, and the question."""
    settled: Counter[str | int] = Counter()
    for each in open_things:
        # At several places different answers may be left.
        for name, answer in _answers(logic, finding, each.known):
            settled[name] += decided(answer, each.inside, each.outside) != "possible"
    kinds = {each.kind for each in open_things}
    question = Question(
        finding,
        next(each for each in KINDS if each in kinds),
        ways=tuple(each.name for each in open_things if each.kind == "way"),
        offers=tuple(each.name for each in open_things if each.kind == "offer"),
        settles=sum(count > 0 for count in settled.values()),
        answers=len(settled),
        is_expired=facts.absence(finding) == "expired",
    )
    return settled.total() / len(settled) if settled else 0.0, question


def _answers(logic: Logic, finding: str, known: Known) -> Iterator[tuple[str | int, Known]]:
    """Yield each answer that conditions can tell apart, with what would be known after it.

    Of a several-of finding each value is asked on its own; only those with a yes are tried, and none.
    """
    space = logic.space
    options = space.of_finding[finding]
    if "" in options:
        at = options[""]
        for number in range(space.variables[at].size):
            answer = _narrowed(known, {at: 1 << number})
            if answer:
                yield number, answer
        return
    for chosen in (None, *options):
        answer = _narrowed(
            known, {at: YES if option == chosen else NO for option, at in options.items()}
        )
        if answer:
            yield chosen or "", answer


def _narrowed(known: Known, cells: Mapping[int, int]) -> Known:
    found = []
    for masks in known:
        narrowed = list(masks)
        for at, mask in cells.items():
            narrowed[at] &= mask
        if all(narrowed[at] for at in cells):
            found.append(tuple(narrowed))
    return tuple(found)


def _to_ask(logic: Logic, facts: Facts, finding: str) -> Iterable[str]:
    """Yield what to ask to learn a finding: itself, or what it is computed from.

    How long a treatment was taken, or how much it helped, is asked only of those who had it.
    """
    owner, _, key = finding.partition(".")
    status = f"{owner}.status"
    if key not in ("", "status") and status not in facts.known:
        if _may_ask(facts, status):
            yield status
        return
    if key not in ("", "status") and facts.values[status] == "never":
        return
    record = logic.pathway.catalogue.findings.get(finding)
    if record is not None and record.derived is not None:
        for each in record.derived.of:
            yield from _to_ask(logic, facts, each)
    elif _may_ask(facts, finding) or isinstance(facts.values.get(finding), Mapping):
        yield finding


def _named(logic: Logic, facts: Facts, name: str, question: Question) -> Question:
    """Return a question under the name of what is really asked, with its effort and level."""
    record = logic.pathway.catalogue.findings.get(name)
    sign = record is not None and is_sign(record)
    return Question(
        name,
        "warning_sign" if sign else question.reason,
        _sign(logic, facts, name).level if sign else None,
        question.ways,
        question.offers,
        question.settles,
        question.answers,
        record.effort if record is not None else "ask",
        facts.absence(name) == "expired",
    )
