"""A pathway and its steps as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathways.cli.common import wrapped

if TYPE_CHECKING:
    from pathways.conditions.scope import Reader
    from pathways.model.evidence import Disagreement, Evidence
    from pathways.model.pathway import ResolvedPathway, Way

DIRECTIONS = ("for", "against", "unclear")


def pathway_lines(pathway: ResolvedPathway, reader: Reader) -> list[str]:
    """Return a pathway in short."""
    document = pathway.document
    lines = [f"{pathway.title(reader)} ({pathway.id})", wrapped(pathway.status_words)]
    if document.summary:
        lines += ["", wrapped(document.summary.to(reader))]
    lines += _alarms(pathway, reader)
    phase = None
    for name, state in pathway.states.items():
        if state.phase != phase:
            phase = state.phase
            title = pathway.phases[phase].title.to(reader) if phase else "Other steps"
            lines += ["", title]
        lines.append(_one_line(pathway, name, reader))
    if document.answers:
        lines += ["", "Questions it answers"]
        lines += [wrapped(each.question.to(reader), "    ", "  - ") for each in document.answers]
    if pathway.open_questions:
        count = len(pathway.open_questions)
        lines += ["", f"Open questions for the clinical reviewer ({count})"]
        lines += [wrapped(each.question, "    ", "  - ") for each in pathway.open_questions]
    return [*lines, *_rules(pathway, reader)]


def _rules(pathway: ResolvedPathway, reader: Reader) -> list[str]:
    """The rules; whether they hold is another command's answer."""
    if not pathway.rules:
        return []
    lines = [f"{rule.id}: {rule.why.to(reader)}" for rule in pathway.rules]
    heading = f"Rules it is meant to keep ({len(lines)}; 'pathways check' proves them)"
    return ["", heading, *(wrapped(line, "    ", "  - ") for line in lines)]


def _alarms(pathway: ResolvedPathway, reader: Reader) -> list[str]:
    from pathways.conditions import describe

    lines: list[str] = []
    for each in pathway.interrupts:
        target = pathway.states[each.to].title.to(reader)
        lines.append(
            f"  {each.level}: {each.label.to(reader)} -> {pathway.numbers[each.to]} {target}"
        )
        lines.append(wrapped(describe(each.when, pathway.scope, reader), "       ", "    if "))
    return ["", "At any time, before everything else", *lines] if lines else []


def _one_line(pathway: ResolvedPathway, name: str, reader: Reader) -> str:
    state = pathway.states[name]
    ways = ", ".join(str(pathway.numbers[way.target]) for way in pathway.ways_from(name))
    onwards = f"  -> {ways}" if ways else ""
    kind = state.kind.replace("clinical_state", "state")
    return f"  {pathway.numbers[name]:>3}  {kind:<8}  {state.title.to(reader)}{onwards}"


def step_lines(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    """Return one step with everything behind it."""
    state = pathway.states[name]
    kind = f"{state.kind.replace('_', ' ')}{f', {state.category}' if state.category else ''}"
    lines = [
        f"{pathway.numbers[name]}. {state.title.to(reader)} ({kind})",
        f"name in the file: {name}",
    ]
    if state.phase:
        lines.append(f"phase: {pathway.phases[state.phase].title.to(reader)}")
    for text in (state.detail, state.text):
        if text:
            lines += ["", wrapped(text.to(reader))]
    lines += _badge(pathway, name, reader)
    lines += _happens(pathway, name, reader)
    lines += _offers(pathway, name, reader)
    lines += _ways(pathway, name, reader)
    lines += _evidence_lines(pathway, pathway.evidence_of(name), reader)
    names = dict.fromkeys(
        (
            *state.disagreements,
            *(
                each
                for offer in state.offers
                for each in _disagreements_of(pathway, offer.treatment)
            ),
        )
    )
    for each in names:
        lines += _disagreement(pathway, pathway.catalogue.disagreements[each], reader)
    return [*lines, "", wrapped(pathway.status_words)]


def _disagreements_of(pathway: ResolvedPathway, treatment: str) -> tuple[str, ...]:
    return pathway.catalogue.treatments[treatment].disagreements


def _badge(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    from pathways.model.badges import BADGE_WORDS

    found = pathway.badge_of_state(name)
    return ["", f"Evidence: {BADGE_WORDS[found][reader]}"] if found else []


def _happens(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    """What is done and found out at a step, and what is explained there."""
    state, catalogue = pathway.states[name], pathway.catalogue
    lines: list[str] = []
    for each in state.does:
        record = catalogue.treatments.get(each) or catalogue.tests[each]
        lines.append(
            wrapped(f"{record.title.to(reader)}: {record.what.to(reader)}", "    ", "  - ")
        )
    lines = ["", "What happens", *lines] if lines else []
    results = [*state.yields, *state.reassess]
    if results:
        titles = [pathway.scope.findings[each].wording[reader].title for each in results]
        lines += ["", wrapped(f"Known afterwards: {', '.join(titles)}")]
    if state.explains:
        lines += ["", "What may be going on"]
        for each in state.explains:
            mechanism = catalogue.mechanisms[each]
            lines.append(
                wrapped(
                    f"{mechanism.title.to(reader)}: {mechanism.text.to(reader)}", "    ", "  - "
                )
            )
    return lines


def _offers(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    from pathways.conditions import describe
    from pathways.model.badges import BADGE_WORDS

    lines: list[str] = []
    for offer in pathway.states[name].offers:
        record = pathway.catalogue.treatments[offer.treatment]
        found = pathway.badge_of_treatment(offer.treatment, name)
        said = f" ({BADGE_WORDS[found][reader]})" if found else ""
        lines.append(wrapped(f"{record.title.to(reader)}{said}", "    ", "  - "))
        if offer.when is not None:
            lines.append(wrapped(describe(offer.when, pathway.scope, reader), "       ", "    if "))
        if offer.note:
            lines.append(wrapped(offer.note.to(reader), "    "))
        lines += _evidence_items(pathway, (*record.evidence, *offer.evidence), "      ", reader)
    return ["", "One or more of these", *lines] if lines else []


def _ways(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    words = {
        "one": "Ways on (exactly one is open)",
        "first": "Ways on (the first that is open, in this order)",
        "any": "Ways on (you and your team choose)"
        if reader == "patient"
        else "Ways on (a shared decision)",
    }
    ways = list(pathway.ways_from(name))
    goes_to = pathway.states[name].pathway
    if goes_to:
        return ["", f"Goes on in the pathway {goes_to}"]
    if not ways:
        return []
    lines = ["", words[pathway.states[name].choose] if len(ways) > 1 else "Way on"]
    for way in ways:
        lines += _way(pathway, way, reader)
    return lines


def _way(pathway: ResolvedPathway, way: Way, reader: Reader) -> list[str]:
    from pathways.conditions import Always, describe

    transition = way.transition
    label = f"{transition.label.to(reader)}: " if transition.label else ""
    lines = [
        f"  {label}go to {pathway.numbers[way.target]} {pathway.states[way.target].title.to(reader)}"
    ]
    if not isinstance(transition.when, Always):
        lines.append(
            wrapped(describe(transition.when, pathway.scope, reader), "       ", "    if ")
        )
    if transition.why:
        lines.append(wrapped(transition.why.to(reader), "    "))
    return lines + _evidence_items(pathway, transition.evidence, "    ", reader)


def _evidence_lines(
    pathway: ResolvedPathway, evidence: Iterable[Evidence], reader: Reader
) -> list[str]:
    items = _evidence_items(pathway, evidence, "  ", reader)
    heading = "What sources say" if reader == "patient" else "Sources"
    return ["", heading, *items] if items else []


def _evidence_items(
    pathway: ResolvedPathway, evidence: Iterable[Evidence], indent: str, reader: Reader
) -> list[str]:
    """What sources say: for, against, unclear; the texts the library began with come last."""
    sources = pathway.catalogue.sources
    cited = sorted(
        evidence,
        key=lambda item: (sources[item.source].kind == "seed", DIRECTIONS.index(item.direction)),
    )
    said = dict.fromkeys(_evidence(pathway, item, reader) for item in cited)
    return [wrapped(words, indent + "  ", indent) for words in said]


def _evidence(pathway: ResolvedPathway, item: Evidence, reader: Reader) -> str:
    source = pathway.catalogue.sources[item.source]
    year = f" {source.year[:4]}" if source.year else ""
    number = f", {item.item}" if item.item else ""
    if source.kind == "seed":
        return (
            f"named in {source.organisation}{year} ({item.source}{number}); no evidence of its own"
        )
    old = ", superseded" if source.superseded or source.superseded_by else ""
    kind = "" if source.kind == "guideline" else f", {source.kind}"
    place = pathway.catalogue.situations[item.situation].title.to(reader) if item.situation else ""
    where = f", {place}" if place else ""
    says = f": {item.says}" if item.says else ""
    return f"{item.direction}{where}: {source.organisation}{year} ({item.source}{number}{kind}{old}){says}"


def _disagreement(pathway: ResolvedPathway, record: Disagreement, reader: Reader) -> list[str]:
    lines = ["", f"Sources disagree: {record.title.to(reader)}"]
    for side in record.sides:
        who = ", ".join(
            dict.fromkeys(
                pathway.catalogue.sources[item.source].organisation for item in side.evidence
            )
        )
        lines.append(wrapped(f"{who}: {side.says.to(reader)}", "    ", "  - "))
    return [*lines, wrapped(f"Here: {record.shown.to(reader)}", "    ", "  ")]
