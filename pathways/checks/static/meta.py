"""Whether the safety net itself can be trusted: rules, interrupts, sources and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.checks.operands import Operands, sentence_of
from pathways.checks.static.subject import Subject, Written, listed
from pathways.conditions import Named, findings_in, names_in, unparse
from pathways.conditions.quantities import plain_number
from pathways.errors import Problem, Severity
from pathways.model.evidence import Evidence
from pathways.model.findings import Finding, InterruptLevel, Level
from pathways.model.states import State
from pathways.model.thresholds import Line, lines_in, thresholds_of


def dependent_rules(subject: Subject) -> Iterator[Problem]:
    """Yield the rules that use a definition which ways, offers or interrupts use too.

    Such a rule cannot see an error in that definition: both would be wrong together.

    Args:
        subject: The pathway under check.
    """
    moving = set(subject.definitions_in(each.condition for each in subject.moving))
    for each in subject.rules:
        if each.condition is None:
            continue
        named = sorted({*names_in(each.condition)} & {*subject.pathway.scope.definitions})
        shared = [name for name in named if moving & {*subject.definitions_in([Named(name)])}]
        if shared:
            names = listed([f"'{name}'" for name in shared])
            message = (
                f"the rule '{each.rule.id}' uses {names}, on which the ways of the pathway rest too: it "
                "cannot see an error in that"
            )
            hint = "write the condition of the rule out in findings"
            yield _at_rule(subject, "rule-not-independent", each, message, hint, "review")


def idle_rules(subject: Subject) -> Iterator[Problem]:
    """Yield the rules that say nothing, whoever comes: nobody gets there, or nobody is like that.

    A rule ``never: A`` is meant to be so, and one that nobody can keep fails; both are left out.

    Args:
        subject: The pathway under check.
    """
    for each in subject.rules:
        yield from _nowhere(subject, each)
        why = _idle_condition(subject, each)
        if why:
            message = (
                f"the rule '{each.rule.id}' says nothing, because {why}: {sentence_of(each.rule)}"
            )
            hint = "look at its condition"
            yield _at_rule(subject, "rule-vacuous", each, message, hint, "review")


_SECOND_MATTERS = frozenset({"after", "then", "and", "between"})
"""Forms that say nothing where nobody gets to the second states."""


def _nowhere(subject: Subject, each: Operands) -> Iterator[Problem]:
    """Yield that nobody gets to the states that a rule begins with, or joins to them."""
    if each.form in ("never", "possible", "within"):
        return
    sides: list[tuple[frozenset[str], Severity]] = [(each.first, "error")]
    if each.form in _SECOND_MATTERS:
        sides.append((each.second, "review"))
    for states, severity in sides:
        if states and not states & subject.reached:
            message = (
                f"the rule '{each.rule.id}' says nothing, because nothing leads to "
                f"{each.words(states)}: {sentence_of(each.rule)}"
            )
            hint = "look at the states it names"
            yield _at_rule(subject, "rule-vacuous", each, message, hint, severity)
            return


def _idle_condition(subject: Subject, each: Operands) -> str:
    """Return why the condition of a rule makes it say nothing; empty when it does not."""
    if each.condition is None:
        return ""
    text = unparse(each.condition)
    if each.form == "unless" and subject.is_everybody(each.condition):
        return f"'{text}' always holds"
    if each.form in ("while", "condition", "within") and subject.is_nobody(each.condition):
        return f"'{text}' can never hold"
    return ""


def _at_rule(
    subject: Subject, code: str, each: Operands, message: str, hint: str, severity: Severity
) -> Problem:
    name = each.rule.id
    return Problem(code, message, hint, f"rules.{name}", subject.place("rules", name), severity)


def unheeded_signs(subject: Subject) -> Iterator[Problem]:
    """Yield the emergency signs that no emergency interrupt reads, although it should come first.

    An error where a way of a state reads the sign: there it takes its turn among the others, and
    nowhere else is it looked at. For review where nothing reads it.

    Args:
        subject: The pathway under check.
    """
    pathway = subject.pathway
    signs = [name for name, each in pathway.catalogue.findings.items() if _is_emergency(each)]
    heeded = {
        finding
        for each in pathway.interrupts
        if each.level == "emergency"
        for finding in findings_in(each.when, pathway.scope)
    }
    left = [name for name in signs if name not in heeded]
    late = set()
    for name, read in subject.ways_read.items():
        here = [each for each in left if each in read]
        late.update(here)
        if here:
            message = (
                f"the ways on of {subject.step(name)} read the emergency sign{'s' if here[1:] else ''} "
                f"{_quoted(here)}, but no emergency interrupt does: elsewhere nobody is sent to "
                "emergency care"
            )
            hint = "add it to the condition of the emergency interrupt, or include 'safety'"
            yield subject.at_state("emergency-not-preemptive", name, message, hint)
    # Without any emergency interrupt the file is a part of others, or says nothing of emergencies.
    unread = [each for each in left if each not in late]
    if heeded and unread:
        first = next(n for n, each in enumerate(pathway.interrupts) if each.level == "emergency")
        message = f"no emergency interrupt reads the emergency sign{'s' if unread[1:] else ''} {_quoted(unread)}"
        hint = "add it to the condition of the emergency interrupt"
        place = subject.place("interrupts", first)
        where = f"interrupts[{first}]"
        yield Problem("emergency-not-preemptive", message, hint, where, place, "review")


def _is_emergency(finding: Finding) -> bool:
    return finding.kind == "watch" and "emergency" in _levels(finding)


def _levels(finding: Finding) -> set[Level | None]:
    """Return the levels of a finding and of its values."""
    return {finding.level, *(each.level for each in (finding.options or {}).values())}


def unwatched_signs(subject: Subject) -> Iterator[Problem]:
    """Yield the warning signs that stay as they were at the start, so that none can turn up later.

    A trait is left out: it is meant to stay. So is a sign that nothing here reads: a shared catalogue
    has those of other pathways, too.

    Args:
        subject: The pathway under check.
    """
    pathway = subject.pathway
    read = {name for each in subject.written for name in findings_in(each.condition, pathway.scope)}
    left = read - {name for state in pathway.states.values() for name in _can_raise(state)}
    for name, finding in pathway.catalogue.findings.items():
        level = next((each for each in _INTERRUPTING if each in _levels(finding)), None)
        if level is None or finding.kind in ("watch", "trait") or name not in left:
            continue
        is_result = finding.kind == "result"
        verb, how = ("yields", "yield") if is_result else ("reassesses", "reassess")
        message = (
            f"the {level} sign '{name}' is of kind {finding.kind}, and no state {verb} it: it can never "
            "turn up on the way"
        )
        hint = f"make it 'kind: watch', or let a state {how} it"
        place = pathway.places.get(("findings", name))
        yield Problem("sign-not-watched", message, hint, f"findings.{name}", place, "review")


_INTERRUPTING: tuple[InterruptLevel, ...] = ("emergency", "urgent")


def _can_raise(state: State) -> Iterator[str]:
    """Yield the findings that may come to hold at a state; what it sets to 'no' only goes away."""
    yield from state.yields
    yield from state.reassess
    yield from (name for name, values in state.sets.items() if not {*values} <= {"no", "none"})


def unsourced_states(subject: Subject) -> Iterator[Problem]:
    """Yield the actions and panels for which no source is given, nor for the care in them.

    Args:
        subject: The pathway under check.
    """
    for name, state in subject.pathway.states.items():
        if state.kind not in ("action", "options") or _evidence_at(subject, name, state):
            continue
        message = f"no source stands behind {subject.step(name)}, nor behind the care in it"
        hint = "add 'evidence' to the state, or to what it does or offers"
        yield subject.at_state("no-source", name, message, hint, "review")


def _evidence_at(subject: Subject, name: str, state: State) -> bool:
    treatments = subject.pathway.catalogue.treatments
    return bool(
        subject.pathway.evidence_of(name)
        or any(each.evidence or treatments[each.treatment].evidence for each in state.offers)
        or any(way.evidence for way in state.next)
    )


def unexplained_numbers(subject: Subject) -> Iterator[Problem]:
    """Yield the numbers that decide, and for which no source and no threshold is given.

    Args:
        subject: The pathway under check.
    """
    thresholds = subject.pathway.catalogue.thresholds.items()
    found: dict[Line, list[Written]] = {}
    for each in _deciding(subject):
        for line in dict.fromkeys(lines_in(each.condition)):
            if not thresholds_of(line, thresholds) and not _evidence_of(subject, each):
                found.setdefault(line, []).append(each)
    for line, places in found.items():
        unit = subject.pathway.scope.findings[line.finding].unit
        number = f"{plain_number(line.value)}{f' {unit}' if unit else ''}"
        used = listed([each.said for each in places], most=3)
        message = f"nothing says why '{line.finding}' is compared with {number}: in {used}"
        hint = "add a record under 'thresholds', or 'evidence' where it is used"
        yield subject.at_written("unexplained-number", places[0], message, hint, "info")


def _deciding(subject: Subject) -> Iterator[Written]:
    """Yield the conditions that decide: of ways, offers and interrupts, and the definitions in them."""
    moving = subject.moving
    definitions = set(subject.definitions_in(each.condition for each in moving))
    yield from moving
    for each in subject.written:
        if each.path[0] == "definitions" and each.path[1] in definitions:
            yield each


def _evidence_of(subject: Subject, written: Written) -> tuple[Evidence, ...]:
    """Return what is cited beside a condition."""
    pathway = subject.pathway
    match written.path:
        case ("definitions", name):
            return pathway.definitions[str(name)].evidence
        case ("interrupts", int(index)):
            return pathway.interrupts[index].evidence
        case ("states", str(name), "next", int(index), *_):
            return pathway.states[name].next[index].evidence
        case ("states", str(name), "offers", int(index), *_):
            return pathway.states[name].offers[index].evidence
        case _:
            return ()


def _quoted(names: list[str]) -> str:
    return listed([f"'{each}'" for each in names])
