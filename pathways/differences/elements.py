"""The parts of both versions that readers see, side by side, and the shared records they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathways.conditions.definitions import reachable_definitions
from pathways.differences.pairs import Pairs, all_conditions
from pathways.graph.disputes import disputed_at
from pathways.graph.findings_used import findings_used
from pathways.model.catalogue import SECTIONS
from pathways.model.evidence import Evidence
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import Record

NOT_HERE: Mapping[str, frozenset[str]] = {
    "states": frozenset({"next", "offers"}),
    "document": frozenset(
        {"states", "phases", "interrupts", "rules", "waivers", "review", "include", *SECTIONS}
    ),
}
"""What of a record is looked at as an element of its own, or elsewhere."""


@dataclass(frozen=True, slots=True)
class Element:
    """One part of both versions.

    Args:
        where: Where it stands in the new version, in words of the file: ``states.review``.
        old: The record of the old version.
        new: The record of the new one.
        without: Keys that are looked at elsewhere.
    """

    where: str
    old: Record
    new: Record
    without: frozenset[str] = frozenset()


def elements(pairs: Pairs) -> Iterator[Element]:
    """Yield every part that both versions have and that readers can see.

    Args:
        pairs: The two versions side by side.
    """
    yield Element("", pairs.old.document, pairs.new.document, NOT_HERE["document"])
    for name, phase in pairs.new.phases.items():
        if name in pairs.old.phases:
            yield Element(f"phases.{name}", pairs.old.phases[name], phase)
    for name in pairs.matched:
        yield from _state(pairs, name)
    for first, second in pairs.interrupts:
        if first is not None and second is not None:
            alarms = pairs.old.interrupts[first], pairs.new.interrupts[second]
            yield Element(f"interrupts[{second}]", *alarms)
    rules = {rule.id: rule for rule in pairs.old.rules}
    for rule in pairs.new.rules:
        if rule.id in rules:
            yield Element(f"rules.{rule.id}", rules[rule.id], rule)
    yield from _shared(pairs)


def _state(pairs: Pairs, name: str) -> Iterator[Element]:
    old, new = pairs.old.states[pairs.matched[name]], pairs.new.states[name]
    yield Element(f"states.{name}", old, new, NOT_HERE["states"])
    for one, two in pairs.ways[name]:
        if one is not None and two is not None:
            yield Element(f"states.{name}.next[{two.index}]", one.transition, two.transition)
    for before, now in pairs.offers(name):
        if before is not None and now is not None:
            yield Element(f"states.{name}.offers.{now.treatment}", before, now)


def _shared(pairs: Pairs) -> Iterator[Element]:
    """Yield the records of the catalogue that both versions use."""
    theirs, ours = used_records(pairs.old), used_records(pairs.new)
    for section in SECTIONS:
        before = getattr(pairs.old.catalogue, section)
        now = getattr(pairs.new.catalogue, section)
        for name in sorted(theirs[section] & ours[section]):
            if name in before and name in now and before[name] != now[name]:
                yield Element(f"{section}.{name}", before[name], now[name])


def used_records(pathway: ResolvedPathway) -> dict[str, set[str]]:
    """Return the names of the shared records that a pathway uses, by section.

    Args:
        pathway: The pathway.
    """
    found: dict[str, set[str]] = {section: set() for section in SECTIONS}
    catalogue = pathway.catalogue
    read = findings_used(pathway)
    owners = {name.partition(".")[0] for name in read if "." in name}
    found["findings"] = {name for name in read if "." not in name}
    care = owners.union(
        *((*s.does, *(o.treatment for o in s.offers)) for s in pathway.states.values())
    )
    found["treatments"] = {name for name in care if name in catalogue.treatments}
    found["tests"] = {name for name in care if name in catalogue.tests}
    found["classes"] = {
        each for name in found["treatments"] for each in catalogue.treatments[name].classes
    }
    found["definitions"] = {
        name
        for condition in all_conditions(pathway)
        for name in reachable_definitions(condition, pathway.scope)
    }
    states = pathway.states.values()
    found["mechanisms"] = _union(state.explains for state in states)
    found["situations"] = {state.situation for state in states if state.situation}
    found["disagreements"] = _union(disputed_at(pathway, name) for name in pathway.states)
    found["thresholds"] = {
        name for name, each in catalogue.thresholds.items() if read.keys() & set(each.of)
    }
    found["sources"] = {
        each.source
        for section in SECTIONS
        for name in found[section]
        for each in evidence_in(getattr(catalogue, section).get(name))
    }
    whole = [pathway.document, *pathway.included]
    parts = [*states, *pathway.interrupts, *pathway.rules]
    cited = [
        *(item for part in whole for item in evidence_in(part, NOT_HERE["document"])),
        *(item for part in parts for item in evidence_in(part)),
    ]
    found["sources"] |= {each.source for each in cited}
    return found


def evidence_in(part: Any, without: frozenset[str] = frozenset()) -> Iterator[Evidence]:
    """Yield everything that is cited in a record, in its order.

    Args:
        part: A record, or what a record holds.
        without: Keys that are left out.
    """
    match part:
        case Evidence():
            yield part
        case Record():
            for key in type(part).model_fields:
                if key not in without:
                    yield from evidence_in(getattr(part, key))
        case tuple():
            for each in part:
                yield from evidence_in(each)
        case dict():
            for each in part.values():
                yield from evidence_in(each)
        case _:
            pass


def _union(parts: Iterable[Iterable[str]]) -> set[str]:
    return {each for part in parts for each in part}
