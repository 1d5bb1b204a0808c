"""A pathway as tables: states, transitions, findings, treatments.

Each table comes in two forms: ``*_rows`` gives plain dictionaries, for programs and for the command
line; ``*_table`` gives the same as a pandas DataFrame. Rows stand in reading order (findings and
treatments in the order of the catalogue), columns in the order written here. Cells are plain values:
text, numbers, yes/no, ``None``, and tuples where there can be several. In a DataFrame ``None`` is the
missing value of pandas, found by ``isna()``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pathways.conditions import Always, unparse
from pathways.conditions.scope import Reader
from pathways.graph.build import evidence_at, said, sources_of, words_of
from pathways.graph.findings_used import Use, findings_used
from pathways.graph.steps import step_net, turned_round
from pathways.graph.structure import bottlenecks
from pathways.model.badges import BADGE_WORDS, Badge
from pathways.model.evidence import Evidence
from pathways.model.findings import Duration
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import Interrupt, Transition

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

STATE_COLUMNS = (
    "name",
    "number",
    "kind",
    "category",
    "phase",
    "phase_title",
    "title",
    "detail",
    "tags",
    "badge",
    "badge_words",
    "urgency",
    "does",
    "offers",
    "yields",
    "reassess",
    "choose",
    "comes_from",
    "goes_to",
    "is_start",
    "is_end",
    "pathway",
    "sources",
)
TRANSITION_COLUMNS = (
    "name",
    "source",
    "source_number",
    "source_title",
    "index",
    "target",
    "target_number",
    "target_title",
    "label",
    "when",
    "words",
    "choose",
    "why",
    "sources",
)
FINDING_COLUMNS = (
    "name",
    "title",
    "type",
    "kind",
    "unit",
    "low",
    "high",
    "step",
    "options",
    "level",
    "valid_for",
    "effort",
    "question",
    "read_in",
    "written_in",
    "read_elsewhere",
)
TREATMENT_COLUMNS = (
    "name",
    "situation",
    "badge",
    "title",
    "category",
    "classes",
    "badge_words",
    "offered_in",
    "done_in",
    "for",
    "against",
    "unclear",
    "sources_for",
    "sources_against",
    "sources_unclear",
)


def states_rows(pathway: ResolvedPathway, reader: Reader = "clinician") -> list[Row]:
    """Return one row for each state.

    Args:
        pathway: The pathway.
        reader: Whom titles and badges are for: ``clinician`` or ``patient``.

    Returns:
        Rows with the columns of :data:`STATE_COLUMNS`; ``comes_from`` and ``goes_to`` are step numbers
        of the states before and after, ``pathway`` is the one whose file holds the state.

    Example:
        >>> from pathways.reading.load import load
        >>> states_rows(load("severe-back-pain"))[0]["number"]
        1
    """
    net = step_net(pathway)
    before = turned_round(net.after)
    rows = []
    for at, (name, state) in enumerate(pathway.states.items()):
        found = pathway.badge_of_state(name)
        phase = pathway.phases.get(state.phase) if state.phase else None
        rows.append(
            {
                "name": name,
                "number": pathway.numbers[name],
                "kind": state.kind,
                "category": state.category,
                "phase": state.phase,
                "phase_title": said(phase.title if phase else None, reader),
                "title": state.title.to(reader),
                "detail": said(state.detail, reader),
                "tags": state.tags,
                "badge": found,
                "badge_words": _badge_words(found, reader),
                "urgency": pathway.urgency_of(name),
                "does": state.does,
                "offers": tuple(offer.treatment for offer in state.offers),
                "yields": state.yields,
                "reassess": state.reassess,
                "choose": state.choose,
                "comes_from": tuple(each + 1 for each in sorted(before[at])),
                "goes_to": tuple(each + 1 for each in net.after[at]),
                "is_start": name == pathway.start,
                "is_end": state.kind in {"end", "link"},
                "pathway": pathway.origins[name],
                "sources": sources_of(evidence_at(pathway, name)),
            }
        )
    return rows


def states_table(pathway: ResolvedPathway, reader: Reader = "clinician") -> pd.DataFrame:
    """Return the states as a DataFrame, one row each, indexed by name.

    Args:
        pathway: The pathway.
        reader: Whom titles and badges are for.

    Returns:
        A frame of shape (states, ``len(STATE_COLUMNS) - 1``); columns as in :func:`states_rows`.

    Example:
        >>> from pathways.reading.load import load
        >>> states_table(load("severe-back-pain")).index.name
        'name'
    """
    return frame_of(states_rows(pathway, reader), STATE_COLUMNS, ["name"])


def transitions_rows(pathway: ResolvedPathway, reader: Reader = "clinician") -> list[Row]:
    """Return one row for each way on; interrupts come first, with an empty source.

    Args:
        pathway: The pathway.
        reader: Whom titles, labels and words are for.

    Returns:
        Rows with the columns of :data:`TRANSITION_COLUMNS`; ``name`` is ``review/0`` (state and
        position) or ``interrupt/0``, ``when`` the condition as in the file (empty: always open),
        ``words`` the same in words, ``choose`` how the ways of the state are chosen.

    Example:
        >>> from pathways.reading.load import load
        >>> transitions_rows(load("severe-back-pain"))[-1]["source"] != ""
        True
    """
    alarms: list[tuple[str, str, int, Transition | Interrupt, str]] = [
        (f"interrupt/{index}", "", index, each, "interrupt")
        for index, each in enumerate(pathway.interrupts)
    ]
    ways: list[tuple[str, str, int, Transition | Interrupt, str]] = [
        (way.key, way.source, way.index, way.transition, pathway.states[way.source].choose)
        for way in pathway.ways
    ]
    return [
        {
            "name": name,
            "source": source,
            "source_number": pathway.numbers[source] if source else None,
            "source_title": pathway.states[source].title.to(reader) if source else "",
            "index": index,
            "target": way.to,
            "target_number": pathway.numbers[way.to],
            "target_title": pathway.states[way.to].title.to(reader),
            "label": said(way.label, reader),
            "when": "" if isinstance(way.when, Always) else unparse(way.when),
            "words": words_of(pathway, way.when, reader),
            "choose": choose,
            "why": said(way.why, reader),
            "sources": sources_of(way.evidence),
        }
        for name, source, index, way, choose in (*alarms, *ways)
    ]


def transitions_table(pathway: ResolvedPathway, reader: Reader = "clinician") -> pd.DataFrame:
    """Return the ways on as a DataFrame, one row each, indexed by name (``review/0``).

    Args:
        pathway: The pathway.
        reader: Whom titles, labels and words are for.

    Returns:
        A frame of shape (interrupts + transitions, ``len(TRANSITION_COLUMNS) - 1``); columns as in
        :func:`transitions_rows`.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("severe-back-pain")
        >>> len(transitions_table(pathway)) == len(pathway.ways) + len(pathway.interrupts)
        True
    """
    frame = frame_of(transitions_rows(pathway, reader), TRANSITION_COLUMNS, ["name"])
    frame["source_number"] = frame["source_number"].astype("Int64")
    return frame


def findings_rows(pathway: ResolvedPathway, reader: Reader = "clinician") -> list[Row]:
    """Return one row for each finding that the pathway reads or writes.

    Args:
        pathway: The pathway.
        reader: Whom titles and questions are for.

    Returns:
        Rows with the columns of :data:`FINDING_COLUMNS`: ``kind`` says when it may change
        (``history``: what a history of treatments and tests gives), ``low``, ``high`` and ``step``
        are in ``unit``, ``read_in`` are the steps whose ways on or offers ask for it, ``written_in`` the
        steps that find it out or change it, ``read_elsewhere`` where else it is read
        (``interrupt/0``, ``concerns``, ``entry``, ``facts``, ``initial``, ``rule ID``,
        ``finding NAME`` for what a derived finding is computed from). What a treatment requires and
        whom a caution concerns is in the catalogue and does not count.

    Example:
        >>> from pathways.reading.load import load
        >>> all(row["type"] for row in findings_rows(load("severe-back-pain")))
        True
    """
    used = findings_used(pathway)
    order = {name: at for at, name in enumerate(pathway.scope.findings)}
    return [
        _finding_row(pathway, name, used[name], reader)
        for name in sorted(used, key=lambda each: order[each])
    ]


def findings_table(pathway: ResolvedPathway, reader: Reader = "clinician") -> pd.DataFrame:
    """Return the findings in use as a DataFrame, one row each, indexed by name.

    Args:
        pathway: The pathway.
        reader: Whom titles and questions are for.

    Returns:
        A frame of shape (findings in use, ``len(FINDING_COLUMNS) - 1``); columns as in
        :func:`findings_rows`.

    Example:
        >>> from pathways.reading.load import load
        >>> "question" in findings_table(load("severe-back-pain")).columns
        True
    """
    return frame_of(findings_rows(pathway, reader), FINDING_COLUMNS, ["name"])


def treatments_rows(pathway: ResolvedPathway, reader: Reader = "clinician") -> list[Row]:
    """Return one row for each treatment and situation in which it is on offer or done.

    Args:
        pathway: The pathway.
        reader: Whom titles and badges are for.

    Returns:
        Rows with the columns of :data:`TREATMENT_COLUMNS`; ``situation`` is None where its steps
        name none, ``offered_in`` and ``done_in`` are step numbers. ``for``, ``against`` and
        ``unclear`` count the sources cited in that direction for any situation, payers, superseded
        texts and seeds among them; only current guidelines that speak of the situation decide the
        badge (:mod:`pathways.model.badges`), so the counts do not explain it alone.

    Example:
        >>> from pathways.reading.load import load
        >>> rows = treatments_rows(load("severe-back-pain"))
        >>> all(row["offered_in"] or row["done_in"] for row in rows)
        True
    """
    order = {name: at for at, name in enumerate(pathway.catalogue.treatments)}
    places: dict[_Given, list[str]] = {}
    for state, record in pathway.states.items():
        offered = [offer.treatment for offer in record.offers]
        for name in dict.fromkeys(each for each in (*offered, *record.does) if each in order):
            given = (name, record.situation, pathway.badge_of_treatment(name, state))
            places.setdefault(given, []).append(state)
    return [
        _treatment_row(pathway, given, states, reader)
        for given, states in sorted(places.items(), key=lambda each: order[each[0][0]])
    ]


def treatments_table(pathway: ResolvedPathway, reader: Reader = "clinician") -> pd.DataFrame:
    """Return the treatments on offer or done as a DataFrame, indexed by name and situation.

    Args:
        pathway: The pathway.
        reader: Whom titles and badges are for.

    Returns:
        A frame of shape (treatments and situations, ``len(TREATMENT_COLUMNS) - 2``); columns as in
        :func:`treatments_rows`. The situation is empty where steps name none. A treatment has two
        rows for one situation only where two steps give it different badges.

    Example:
        >>> from pathways.reading.load import load
        >>> treatments_table(load("severe-back-pain")).index.names == ["name", "situation"]
        True
    """
    rows = [row | {"situation": row["situation"] or ""} for row in treatments_rows(pathway, reader)]
    return frame_of(rows, TREATMENT_COLUMNS, ["name", "situation"])


def bottlenecks_table(pathway: ResolvedPathway, reader: Reader = "clinician") -> pd.DataFrame:
    """Return the states that much of a pathway hangs on as a DataFrame, indexed by name.

    Args:
        pathway: The pathway.
        reader: Whom titles are for.

    Returns:
        A frame of shape (bottlenecks, 5), the most important first: ``number``, ``title``, ``gates``,
        ``ends_gated``, ``betweenness``, as in :class:`pathways.graph.structure.Bottleneck`.

    Example:
        >>> from pathways.reading.load import load
        >>> bottlenecks_table(load("severe-back-pain")).shape[1]
        5
    """
    rows = [
        asdict(each) | {"name": each.state, "title": pathway.states[each.state].title.to(reader)}
        for each in bottlenecks(pathway)
    ]
    columns = ("name", "number", "title", "gates", "ends_gated", "betweenness")
    return frame_of(rows, columns, ["name"])


def _finding_row(pathway: ResolvedPathway, name: str, use: Use, reader: Reader) -> Row:
    shape = pathway.scope.findings[name]
    record = pathway.catalogue.findings.get(name)
    wording = shape.wording.get(reader)
    return {
        "name": name,
        "title": wording.title if wording else name,
        "type": shape.type,
        "kind": record.kind if record else "history",
        "unit": shape.unit,
        "low": None if shape.low is None else float(shape.low),
        "high": None if shape.high is None else float(shape.high),
        "step": None if shape.step is None else float(shape.step),
        "options": shape.options,
        "level": record.level if record else None,
        "valid_for": _duration(record.valid_for) if record and record.valid_for else None,
        "effort": record.effort if record else None,
        "question": record.question.to(reader) if record else "",
        "read_in": _numbers(pathway, use.read_in),
        "written_in": _numbers(pathway, use.written_in),
        "read_elsewhere": use.read_elsewhere,
    }


_Given = tuple[str, str | None, Badge | None]
"""A treatment, the situation it is given in, and its badge there."""


def _treatment_row(
    pathway: ResolvedPathway, given: _Given, states: list[str], reader: Reader
) -> Row:
    name, situation, found = given
    record = pathway.catalogue.treatments[name]
    records = {state: pathway.states[state] for state in states}
    offers = [
        offer for each in records.values() for offer in each.offers if offer.treatment == name
    ]
    cited = [*record.evidence, *(item for offer in offers for item in offer.evidence)]
    said = {direction: sources_that_say(cited, direction) for direction in _DIRECTIONS}
    return {
        "name": name,
        "situation": situation,
        "badge": found,
        "title": record.title.to(reader),
        "category": record.category,
        "classes": record.classes,
        "badge_words": _badge_words(found, reader),
        "offered_in": tuple(
            pathway.numbers[state]
            for state, each in records.items()
            if any(offer.treatment == name for offer in each.offers)
        ),
        "done_in": tuple(
            pathway.numbers[state] for state, each in records.items() if name in each.does
        ),
        **{direction: len(sources) for direction, sources in said.items()},
        **{f"sources_{direction}": sources for direction, sources in said.items()},
    }


_DIRECTIONS = ("for", "against", "unclear")


def sources_that_say(cited: Sequence[Evidence], direction: str) -> tuple[str, ...]:
    """Return the names of the sources cited in one direction, in order, each once.

    Args:
        cited: What is cited.
        direction: ``for``, ``against`` or ``unclear``.
    """
    return sources_of(item for item in cited if item.direction == direction)


def frame_of(rows: list[Row], columns: tuple[str, ...], index: list[str]) -> pd.DataFrame:
    """Return rows as a DataFrame.

    Args:
        rows: Rows with the same keys.
        columns: Their keys, in order.
        index: Which of them become the index.

    Returns:
        A frame of shape (rows, columns without the index).
    """
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns)).set_index(index)


def _badge_words(found: Badge | None, reader: Reader) -> str:
    return BADGE_WORDS[found][reader] if found else ""


def _duration(duration: Duration) -> str:
    return f"{duration.amount:f} {duration.unit}"


def _numbers(pathway: ResolvedPathway, states: Sequence[str]) -> tuple[int, ...]:
    return tuple(pathway.numbers[state] for state in states)
