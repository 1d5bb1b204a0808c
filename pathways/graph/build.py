"""A pathway as a networkx graph: the only place that makes one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pathways.conditions import Always, Condition, describe, unparse
from pathways.conditions.scope import Reader
from pathways.graph.steps import After, interrupt_ways
from pathways.language import speaking
from pathways.model.evidence import Evidence
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import Text

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(pathway: ResolvedPathway, *, interrupts: bool = False) -> nx.MultiDiGraph[str]:
    """Return a pathway as a directed graph with everything a notebook needs on it.

    All values are plain: text, numbers, yes/no, ``None`` and tuples of these.

    Args:
        pathway: The pathway.
        interrupts: Whether ways open at any time are edges too, one from each state they are open in
            (all but ends, links, their own target and its work-up).

    Returns:
        One node for each state, in reading order, named as the state: ``number``, ``kind``,
        ``category``, ``title``, ``title_patient``, ``detail``, ``text``, ``phase``, ``phase_title``,
        ``tags``, ``badge``, ``does``, ``offers``, ``offer_badges``, ``yields``, ``reassess``,
        ``choose``, ``urgency``, ``situation``, ``is_start``, ``is_end`` (ends and links),
        ``goes_to`` (of a link), ``pathway`` (whose file holds it) and ``sources``.

        One edge for each way on, keyed by its position among the ways on of its state: ``kind``
        (``way``), ``name`` (``review/0``), ``index``, ``label``, ``label_patient``, ``when`` (as in
        the file; empty: always open), ``when_clinician`` and ``when_patient`` (in words), ``why``,
        ``sources``. Edges of interrupts have the same attributes, ``kind`` ``interrupt`` and the
        ``level``; their keys are -1, -2 ..., because they come before every way on.

        The graph has ``id``, ``title``, ``title_patient``, ``version``, ``updated``, ``review``
        (``draft`` or ``reviewed``), ``start``, ``phases`` and ``interrupts``.

    Example:
        >>> from pathways.reading.load import load
        >>> graph = to_networkx(load("severe-back-pain"))
        >>> graph.graph["id"], graph.is_multigraph()
        ('severe-back-pain', True)
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_of_pathway(pathway))
    for name in pathway.states:
        graph.add_node(name, **_of_state(pathway, name))
    for way in pathway.ways:
        graph.add_edge(
            way.source,
            way.target,
            key=way.index,
            kind="way",
            name=way.key,
            index=way.index,
            **_of_label(way.transition.label),
            **_of_condition(pathway, way.transition.when),
            why=said(way.transition.why, "clinician"),
            sources=sources_of(way.transition.evidence),
        )
    if interrupts:
        for source, index in interrupt_ways(pathway):
            found = _of_interrupt(pathway, index)
            graph.add_edge(source, found.pop("to"), key=-1 - index, kind="interrupt", **found)
    return graph


def plain_graph(after: After) -> nx.DiGraph[int]:
    """Return a net of steps as a graph without attributes, for the algorithms of networkx."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(sorted(after))
    graph.add_edges_from((at, following) for at in sorted(after) for following in after[at])
    return graph


def sources_of(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the names of the sources cited, in order, each once."""
    return tuple(dict.fromkeys(item.source for item in evidence))


def evidence_at(pathway: ResolvedPathway, state: str) -> tuple[Evidence, ...]:
    """Return what is cited on a state, on what happens there and on what it offers."""
    offers = pathway.states[state].offers
    treatments = pathway.catalogue.treatments
    return pathway.evidence_of(state) + tuple(
        item
        for offer in offers
        for item in (*offer.evidence, *treatments[offer.treatment].evidence)
    )


def words_of(pathway: ResolvedPathway, condition: Condition, reader: Reader) -> str:
    """Return a condition of a pathway in words for one reader."""
    with speaking(pathway.language):
        return describe(condition, pathway.scope, reader)


def said(text: Text | None, reader: Reader) -> str:
    """Return a text for one reader; empty when there is none."""
    return text.to(reader) if text else ""


def _of_label(label: Text | None) -> dict[str, Any]:
    return {"label": said(label, "clinician"), "label_patient": said(label, "patient")}


def _of_condition(pathway: ResolvedPathway, condition: Condition) -> dict[str, Any]:
    return {
        "when": "" if isinstance(condition, Always) else unparse(condition),
        "when_clinician": words_of(pathway, condition, "clinician"),
        "when_patient": words_of(pathway, condition, "patient"),
    }


def _of_interrupt(pathway: ResolvedPathway, index: int) -> dict[str, Any]:
    interrupt = pathway.interrupts[index]
    return {
        "to": interrupt.to,
        "name": f"interrupt/{index}",
        "index": index,
        "level": interrupt.level,
        **_of_label(interrupt.label),
        **_of_condition(pathway, interrupt.when),
        "why": said(interrupt.why, "clinician"),
        "sources": sources_of(interrupt.evidence),
    }


def _of_pathway(pathway: ResolvedPathway) -> dict[str, Any]:
    return {
        "id": pathway.id,
        "title": pathway.title("clinician"),
        "title_patient": pathway.title("patient"),
        "version": pathway.document.version,
        "updated": pathway.document.updated,
        "review": pathway.review_status,
        "start": pathway.start,
        "phases": tuple((name, each.title.clinician) for name, each in pathway.phases.items()),
        "interrupts": tuple(_of_interrupt(pathway, at) for at in range(len(pathway.interrupts))),
    }


def _of_state(pathway: ResolvedPathway, name: str) -> dict[str, Any]:
    state = pathway.states[name]
    phase = pathway.phases.get(state.phase) if state.phase else None
    offered = tuple(offer.treatment for offer in state.offers)
    return {
        "number": pathway.numbers[name],
        "kind": state.kind,
        "category": state.category,
        "title": state.title.clinician,
        "title_patient": state.title.patient,
        "detail": said(state.detail, "clinician"),
        "text": said(state.text, "clinician"),
        "phase": state.phase,
        "phase_title": phase.title.clinician if phase else "",
        "tags": state.tags,
        "badge": pathway.badge_of_state(name),
        "does": state.does,
        "offers": offered,
        "offer_badges": tuple(pathway.badge_of_treatment(each, name) for each in offered),
        "yields": state.yields,
        "reassess": state.reassess,
        "choose": state.choose,
        "urgency": pathway.urgency_of(name),
        "situation": state.situation,
        "is_start": name == pathway.start,
        "is_end": state.kind in {"end", "link"},
        "goes_to": state.pathway,
        "pathway": pathway.origins[name],
        "sources": sources_of(evidence_at(pathway, name)),
    }
