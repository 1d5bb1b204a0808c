"""Places of made-up patients, and of patients at every state of a pathway."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pathways.conditions import KnownValue
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Place
from pathways.patients.placing import Circumstances, Placer
from pathways.records.facts import Event, Fact, Facts
from pathways.records.record import StatedPlace

DAY = dt.date(2026, 11, 25)
FIRST_CARE = ("baclofen", "meloxicam", "physical_therapy")


def facts(values: Mapping[str, KnownValue | int] | None = None, now: tuple[str, ...] = ()) -> Facts:
    """Return what is known: values of findings, and treatments that go on."""
    known: dict[str, KnownValue] = {f"{name}.status": "now" for name in now}
    for name, value in (values or {}).items():
        known[name] = _known(value)
    events = tuple(Event(name, "treatment", "now") for name in now)
    return Facts(DAY, {n: Fact(n, v, DAY) for n, v in known.items()}, {}, events)


def _known(value: KnownValue | int) -> KnownValue:
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return Decimal(value)


def at(pathway: ResolvedPathway, state: str) -> Circumstances:
    """Return the circumstances of somebody whose record states the place."""
    return Circumstances(stated=StatedPlace(pathway=pathway.id, state=state))


def no_signs(pathway: ResolvedPathway) -> dict[str, KnownValue | int]:
    """Return a no to every warning sign that is a yes or no."""
    records = pathway.catalogue.findings
    return {
        name: False
        for name, shape in pathway.scope.findings.items()
        if shape.type == "yes_no" and name in records and records[name].level is not None
    }


def everywhere(pathway: ResolvedPathway, known: Facts | None = None) -> Iterator[Place]:
    """Yield a place at every state of a pathway."""
    placer = Placer(pathway)
    for state in pathway.states:
        yield placer.place(known or facts(), at(pathway, state))
