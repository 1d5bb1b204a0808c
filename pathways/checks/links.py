"""Links: whether those who go on in another pathway are those it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath

from pathways.checks.results import Reported
from pathways.checks.saying import step, who
from pathways.checks.sets.follower import Follower
from pathways.checks.sets.journeys import journey
from pathways.conditions import Condition, expand, findings_in, unparse
from pathways.errors import Problem
from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import pathway_file
from pathways.reading.load import load

Linked = Mapping[str, ResolvedPathway]
"""Pathways that links go on in, by name."""


def linked_pathways(pathway: ResolvedPathway) -> dict[str, ResolvedPathway]:
    """Read the pathways that the links of a pathway go on in: beside its file, or from the library.

    Args:
        pathway: The pathway.

    Returns:
        By name; those that are not found are left out, since reading reports them.

    Raises:
        DocumentError: One of them has faults.
    """
    place = pathway.place_of("pathway")
    folder = FilePath(place.file).parent if place is not None else None
    found: dict[str, ResolvedPathway] = {}
    for state in pathway.states.values():
        if state.pathway is not None and state.pathway not in found:
            file = pathway_file(state.pathway, folder)
            if file is not None:
                found[state.pathway] = load(file)
    return found


def entry_conditions(pathway: ResolvedPathway, linked: Linked) -> dict[str, Condition]:
    """Return what those who go on by each link must satisfy, in findings this pathway knows.

    Args:
        pathway: The pathway.
        linked: Pathways its links go on in.
    """
    found: dict[str, Condition] = {}
    for name, state in pathway.states.items():
        other = linked.get(state.pathway or "")
        entry = other.document.entry if other is not None else None
        if other is None or entry is None:
            continue
        plain = expand(entry, other.scope, definitions=True)
        if pathway.scope.findings.keys() >= set(findings_in(plain, other.scope)):
            found[name] = plain
    return found


def entries(follower: Follower, conditions: Mapping[str, Condition]) -> Iterator[Reported]:
    """Yield the links by which somebody goes on in a pathway that is not for them.

    Whoever has a warning sign is left out: the other pathway's own interrupts look after them.

    Args:
        follower: Follows the patients of the pathway.
        conditions: What those who go on by each link must satisfy.
    """
    machine = follower.machine
    pathway = machine.pathway
    quiet = list(machine.facts)
    for alarm in machine.logic.alarms:
        quiet = machine.packing.meet(quiet, machine.packing.pack_all(alarm.quiet))
    for name, condition in conditions.items():
        wrong = machine.packing.meet(quiet, machine.region(condition, denied=True))
        answer = follower.anybody_at({name: wrong})
        if answer.arrival is None:
            continue
        about = sorted(findings_in(condition, pathway.scope))
        shown = journey(machine, answer.arrival, answer.wanted, about)
        message = (
            f"by {step(pathway, name)} somebody goes on in '{pathway.states[name].pathway}' for whom "
            f"'{unparse(condition)}' does not hold: {who(pathway, shown, about)}"
        )
        hint = "add a condition on the way to this link, or widen the entry of the other pathway"
        place = pathway.place_of("states", name)
        yield Reported(Problem("entry-not-met", message, hint, f"states.{name}", place), shown)
