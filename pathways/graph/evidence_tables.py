"""What a pathway rests on as tables: its thresholds, and what sources disagree on.

As in :mod:`pathways.graph.tables`, ``*_rows`` gives plain dictionaries, ``*_table`` a DataFrame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pathways.conditions.scope import Reader
from pathways.graph.build import sources_of
from pathways.graph.disputes import disputed_in
from pathways.graph.findings_used import conditions_elsewhere, conditions_of, numbers_in
from pathways.graph.tables import Row, frame_of, sources_that_say
from pathways.model.findings import as_json_number
from pathways.model.pathway import ResolvedPathway
from pathways.model.thresholds import Line, Threshold

if TYPE_CHECKING:
    import pandas as pd

THRESHOLD_COLUMNS = (
    "name",
    "value",
    "title",
    "unit",
    "used_here",
    "used_in",
    "says",
    "sources",
    "other_values",
    "findings",
    "disagreements",
)
DISAGREEMENT_COLUMNS = (
    "name",
    "side",
    "title",
    "says",
    "for",
    "against",
    "unclear",
    "shown",
    "steps",
)


def thresholds_rows(pathway: ResolvedPathway, reader: Reader = "clinician") -> list[Row]:
    """Return one row for each value in use of each threshold that the pathway decides by.

    Args:
        pathway: The pathway.
        reader: Whom titles are for.

    Returns:
        Rows with the columns of :data:`THRESHOLD_COLUMNS`: ``value`` is in ``unit``, ``used_here``
        says whether a condition of the pathway compares with it (of a step, an interrupt, a rule,
        ``entry`` and the like), ``used_in`` the steps that do,
        ``sources`` who uses it, ``other_values`` what others use instead.

    Example:
        >>> from pathways.reading.load import load
        >>> rows = thresholds_rows(load("test-blocks"))
        >>> [row["value"] for row in rows if row["name"] == "relief_by_a_block"]
        [50, 80]
    """
    used = dict(_used(pathway))
    rows: list[Row] = []
    for name, record in pathway.catalogue.thresholds.items():
        own = {line: at for line, at in used.items() if line.finding in record.of}
        if own:
            rows += _threshold_rows(pathway, name, record, own, reader)
    return rows


def _threshold_rows(
    pathway: ResolvedPathway,
    name: str,
    record: Threshold,
    used: dict[Line, tuple[int, ...]],
    reader: Reader,
) -> Iterator[Row]:
    unit = pathway.scope.findings[record.of[0]].unit
    ordered = sorted(record.values, key=lambda each: each.value)
    for each in ordered:
        steps = {step for line, at in used.items() if line.value == each.value for step in at}
        yield {
            "name": name,
            "value": as_json_number(each.value),
            "title": record.title.to(reader),
            "unit": unit,
            "used_here": any(line.value == each.value for line in used),
            "used_in": tuple(sorted(steps)),
            "says": each.says.to(reader) if each.says else None,
            "sources": sources_of(each.evidence),
            "other_values": tuple(
                as_json_number(other.value) for other in ordered if other is not each
            ),
            "findings": record.of,
            "disagreements": record.disagreements,
        }


def _used(pathway: ResolvedPathway) -> Iterator[tuple[Line, tuple[int, ...]]]:
    """Yield each number a condition of the pathway compares with, and the steps that do."""
    found: dict[Line, dict[int, None]] = {}
    for name, state in pathway.states.items():
        for condition in conditions_of(state):
            for line in numbers_in(condition, pathway):
                found.setdefault(line, {})[pathway.numbers[name]] = None
    for _, elsewhere in conditions_elsewhere(pathway):
        for line in numbers_in(elsewhere, pathway) if elsewhere is not None else ():
            found.setdefault(line, {})
    for line, steps in found.items():
        yield line, tuple(steps)


def thresholds_table(pathway: ResolvedPathway, reader: Reader = "clinician") -> pd.DataFrame:
    """Return the thresholds of a pathway as a DataFrame, indexed by name and value.

    Args:
        pathway: The pathway.
        reader: Whom titles are for.

    Returns:
        A frame of shape (values in use, ``len(THRESHOLD_COLUMNS) - 2``); columns as in
        :func:`thresholds_rows`.

    Example:
        >>> from pathways.reading.load import load
        >>> thresholds_table(load("test-blocks")).index.names == ["name", "value"]
        True
    """
    return frame_of(thresholds_rows(pathway, reader), THRESHOLD_COLUMNS, ["name", "value"])


def disagreements_rows(pathway: ResolvedPathway, reader: Reader = "clinician") -> list[Row]:
    """Return one row for each side of each disagreement that the pathway shows.

    Args:
        pathway: The pathway.
        reader: Whom the words are for.

    Returns:
        Rows with the columns of :data:`DISAGREEMENT_COLUMNS`: ``side`` counts from 1, ``for``,
        ``against`` and ``unclear`` name the sources of the side by what they say of the thing,
        ``shown`` is what the pathway does about it, ``steps`` are the steps it is about.

    Example:
        >>> from pathways.reading.load import load
        >>> {row["side"] for row in disagreements_rows(load("safety"))} >= {1, 2}
        True
    """
    rows: list[Row] = []
    for name, states in disputed_in(pathway, pathway.states).items():
        record = pathway.catalogue.disagreements[name]
        for number, side in enumerate(record.sides, start=1):
            rows.append(
                {
                    "name": name,
                    "side": number,
                    "title": record.title.to(reader),
                    "says": side.says.to(reader),
                    "for": sources_that_say(side.evidence, "for"),
                    "against": sources_that_say(side.evidence, "against"),
                    "unclear": sources_that_say(side.evidence, "unclear"),
                    "shown": record.shown.to(reader),
                    "steps": tuple(pathway.numbers[state] for state in states),
                }
            )
    return rows


def disagreements_table(pathway: ResolvedPathway, reader: Reader = "clinician") -> pd.DataFrame:
    """Return what sources disagree on as a DataFrame, indexed by name and side.

    Args:
        pathway: The pathway.
        reader: Whom the words are for.

    Returns:
        A frame of shape (sides, ``len(DISAGREEMENT_COLUMNS) - 2``); columns as in
        :func:`disagreements_rows`.

    Example:
        >>> from pathways.reading.load import load
        >>> disagreements_table(load("safety")).index.names == ["name", "side"]
        True
    """
    return frame_of(disagreements_rows(pathway, reader), DISAGREEMENT_COLUMNS, ["name", "side"])
