"""Which observation of a finding counts on a day, and what it says that day.

*Not known* is never *no*: an old no to a warning sign becomes a question again, and whoever was not
sure about a sign is taken to have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from pathways.conditions import KnownValue, read_value
from pathways.conditions.scope import FindingShape
from pathways.conditions.values import NONE
from pathways.model.findings import TIME_SCALES, Finding, Level
from pathways.records.dates import earliest, is_older, latest, rounded_down, time_between
from pathways.records.facts import Absence, Fact
from pathways.records.record import Observation, PatientRecord
from pathways.records.values import known_value

_LEVELS: tuple[Level | None, ...] = get_args(Level)
"""Levels of warning signs, the worst first."""
_GRIDS = {unit: Decimal(1) for unit in TIME_SCALES} | {"weeks": Decimal("0.1")}
"""How fine a time without a step goes on: a tenth of a week is less than a day."""


@dataclass(frozen=True, slots=True)
class Said:
    """One observation with the days it can mean.

    Args:
        observation: The observation.
        first: First day it can be of; None: the day that is asked for.
        last: Last day it can be of, likewise.
    """

    observation: Observation
    first: dt.date | None
    last: dt.date | None

    @property
    def is_value(self) -> bool:
        """Whether it has a value."""
        return self.observation.absent is None

    def is_sign(self, shape: FindingShape, signs: frozenset[str]) -> bool:
        """Return whether its value is a warning sign."""
        return _is_sign(known_value(self.observation, shape), signs)


def observed(
    record: PatientRecord,
    series: Sequence[Observation],
    shape: FindingShape,
    finding: Finding | None,
    on: dt.date,
) -> Fact | Absence | None:
    """Return what a series says on a day: a fact, why there is none, or nothing at all.

    Args:
        record: The record, for the day of observations without one.
        series: The observations of one finding.
        shape: The finding.
        finding: Its record; None for one of a treatment's history.
        on: The day; observations after it are left out.

    Raises:
        ConditionError: A value is none that the finding can have.
    """
    said = said_until(record, series, on)
    if not said:
        return None
    counted = _that_counts(said, shape, finding)
    observation, by = counted.observation, counted.observation.by or ""
    since = (
        _there_since(_for_since(said, finding), shape, _signs(shape, finding), on)
        if finding
        else None
    )
    if observation.absent is not None:
        unsure = finding is not None and observation.absent == "asked_unknown"
        presumed = _presumed(shape, finding) if finding is not None and unsure else None
        if presumed is None:
            return observation.absent
        return Fact(shape.name, presumed, counted.first, by, presumed=True, since=since)
    value = known_value(observation, shape)
    if finding is None:
        return Fact(shape.name, value, counted.first, by)
    value = _with_older_signs(value, counted, said, shape, _signs(shape, finding))
    fresh = _not_expired(value, shape, finding, counted.first or on, on)
    if fresh is None:
        return "expired"
    value = _gone_on(fresh, shape, finding, counted.last or on, on)
    return Fact(shape.name, value, counted.first, by, since=since)


def _for_since(said: list[Said], finding: Finding) -> list[Said]:
    """Return the observations that say since when a sign is there.

    A trait was there before it was written down: only a day of its own says when it came.
    """
    if finding.kind != "trait":
        return said
    return [each for each in said if each.observation.on is not None]


def _there_since(
    said: list[Said], shape: FindingShape, signs: frozenset[str], on: dt.date
) -> dt.date | None:
    """Return the day from which a warning sign has been there; of several the newest."""
    days: dict[str, dt.date] = {}
    for each in said:
        first = each.first or on
        for name, is_there in _signs_in(each.observation, shape, signs).items():
            if is_there:
                days.setdefault(name, first)
            else:
                # After a no it is a new sign: what was found before did not look into it.
                days.pop(name, None)
    return max(days.values(), default=None)


def _signs_in(
    observation: Observation, shape: FindingShape, signs: frozenset[str]
) -> Mapping[str, bool]:
    """Return what an observation says of each warning sign; whoever is not sure may have them all."""
    if observation.absent is not None:
        return dict.fromkeys(sorted(signs), True) if observation.absent == "asked_unknown" else {}
    value = known_value(observation, shape)
    if isinstance(value, Mapping):
        return {name: yes for name, yes in value.items() if name in signs}
    return {name: _is_sign(value, frozenset({name})) for name in sorted(signs)}


def said_until(record: PatientRecord, series: Sequence[Observation], on: dt.date) -> list[Said]:
    """Return the observations that are not after a day, oldest first.

    Args:
        record: The record, for the day of those without one.
        series: The observations.
        on: The day; a month or a year counts from its first day.
    """
    found = []
    for each in series:
        day = each.on or record.recorded
        said = Said(each, earliest(day) if day else None, min(latest(day), on) if day else None)
        if said.first is None or said.first <= on:
            found.append(said)
    return sorted(found, key=lambda each: each.first or on)


def _that_counts(said: list[Said], shape: FindingShape, finding: Finding | None) -> Said:
    """Return the observation that counts, of some that are sorted by their day."""
    signs = _signs(shape, finding) if finding else frozenset()
    if signs:
        return _sign_that_counts(said, shape, signs) or _newest_known(said, finding)
    return _newest_known(said, finding)


def _newest_known(said: list[Said], finding: Finding | None) -> Said:
    """Return the newest observation; of what does not drift away, the newest with a value."""
    valued = [each for each in said if each.is_value]
    stays = finding is not None and finding.kind in ("trait", "result")
    return valued[-1] if valued and stays else said[-1]


def _sign_that_counts(said: list[Said], shape: FindingShape, signs: frozenset[str]) -> Said | None:
    """Return the observation that makes a warning sign yes; None where a later no took it back."""
    unsure = None
    for each in reversed(said):
        if each.observation.absent == "asked_unknown":
            unsure = unsure or each
        if not each.is_value:
            continue
        if each.is_sign(shape, signs):
            return each
        if unsure is None:
            return _perhaps_later(said, each, shape, signs)
        break
    return unsure


def _perhaps_later(
    said: list[Said], refused: Said, shape: FindingShape, signs: frozenset[str]
) -> Said | None:
    """Return a yes whose day is known in part, and may be after the day of a no."""
    if refused.first is None:
        return None
    for each in reversed(said):
        later = each.last is not None and each.last > refused.first and each is not refused
        if later and each.is_value and each.is_sign(shape, signs):
            return each
    return None


def _with_older_signs(
    value: KnownValue, counted: Said, said: list[Said], shape: FindingShape, signs: frozenset[str]
) -> KnownValue:
    """Return a value in parts, with the signs that were yes before and of which it says nothing."""
    if not isinstance(value, Mapping) or not signs:
        return value
    merged = dict(value)
    for each in reversed(said[: said.index(counted)]):
        older = known_value(each.observation, shape) if each.is_value else {}
        assert isinstance(older, Mapping)
        for name in sorted(signs.intersection(older)):
            merged.setdefault(name, older[name])
    left = {name: yes for name, yes in merged.items() if name in value or yes}
    return read_value(shape, left)


def _signs(shape: FindingShape, finding: Finding) -> frozenset[str]:
    """Return the values of a finding that are warning signs; nothing where it is none."""
    if shape.type == "yes_no":
        return frozenset({"yes"} if finding.level else ())
    options = finding.options or {}
    return frozenset(
        name
        for name, each in options.items()
        if each.level is not None or (finding.level is not None and name != NONE)
    )


def _is_sign(value: KnownValue, signs: frozenset[str]) -> bool:
    if isinstance(value, Mapping):
        return any(value.get(name) for name in signs)
    return value is True if isinstance(value, bool) else value in signs


def _presumed(shape: FindingShape, finding: Finding) -> KnownValue | None:
    """Return the value of whoever was asked about a warning sign and was not sure: the worst it can be."""
    signs = _signs(shape, finding)
    if not signs:
        return None
    if shape.type == "yes_no":
        return True
    options = finding.options or {}
    if shape.type == "one_of":
        listed = [name for name in options if name in signs]
        return min(listed, key=lambda name: _LEVELS.index(options[name].level or finding.level))
    return read_value(shape, dict.fromkeys(sorted(signs), True))


def _not_expired(
    value: KnownValue, shape: FindingShape, finding: Finding, said: dt.date, on: dt.date
) -> KnownValue | None:
    """Return a value without its old no to warning signs; None when nothing is left."""
    signs = _signs(shape, finding)
    if not signs or finding.valid_for is None or not is_older(said, finding.valid_for, on):
        return value
    if isinstance(value, Mapping):
        left = {name: yes for name, yes in value.items() if yes or name not in signs}
        if left.get(NONE):
            del left[NONE]
        return left or None
    return value if _is_sign(value, signs) else None


def _gone_on(
    value: KnownValue, shape: FindingShape, finding: Finding, said: dt.date, on: dt.date
) -> KnownValue:
    """Return a time as it is on the day, from what it was when it was said; never overstated."""
    unit = shape.unit or ""
    if finding.kind != "time" or unit not in TIME_SCALES or not isinstance(value, Decimal):
        return value
    elapsed = time_between(said, on, unit)
    if shape.step is None:
        advanced = value + rounded_down(elapsed, _GRIDS[unit])
    else:
        advanced = rounded_down(Fraction(value) + elapsed, shape.step, shape.low or Decimal(0))
    return advanced if shape.high is None else min(advanced, max(shape.high, value))
