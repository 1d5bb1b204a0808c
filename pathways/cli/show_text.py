"""A pathway and its steps as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathways.cli.common import wrapped
from pathways.language import say

if TYPE_CHECKING:
    from pathways.conditions.scope import Reader
    from pathways.model.evidence import Disagreement, Evidence
    from pathways.model.pathway import ResolvedPathway, Way

DIRECTIONS = {"for": "for", "against": "against", "unclear": "unclear"}
"""What a source says of something, in this order."""
LEVELS = {"emergency": "emergency", "urgent": "urgent"}
KINDS = {
    "clinical_state": "state",
    "decision": "decision",
    "action": "action",
    "options": "options",
    "link": "link",
    "end": "end",
}
STEP_KINDS = {**KINDS, "clinical_state": "clinical state"}
CATEGORIES = {
    "test": "test",
    "medicine": "medicine",
    "therapy": "therapy",
    "procedure": "procedure",
    "surgery": "surgery",
    "referral": "referral",
    "education": "education",
    "self_care": "self_care",
}
WAYS_ON = {
    ("one", "clinician"): "Ways on (exactly one is open)",
    ("one", "patient"): "Ways on (exactly one is open)",
    ("first", "clinician"): "Ways on (the first that is open, in this order)",
    ("first", "patient"): "Ways on (the first that is open, in this order)",
    ("any", "clinician"): "Ways on (a shared decision)",
    ("any", "patient"): "Ways on (you and your team choose)",
}


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
            title = pathway.phases[phase].title.to(reader) if phase else say("Other steps")
            lines += ["", title]
        lines.append(_one_line(pathway, name, reader))
    if document.answers:
        lines += ["", say("Questions it answers")]
        lines += [wrapped(each.question.to(reader), "    ", "  - ") for each in document.answers]
    if pathway.open_questions:
        count = len(pathway.open_questions)
        lines += ["", say("Open questions for the clinical reviewer ({count})", count=count)]
        lines += [wrapped(each.question, "    ", "  - ") for each in pathway.open_questions]
    return [*lines, *_rules(pathway, reader)]


def _rules(pathway: ResolvedPathway, reader: Reader) -> list[str]:
    """The rules; whether they hold is another command's answer."""
    if not pathway.rules:
        return []
    lines = [f"{rule.id}: {rule.why.to(reader)}" for rule in pathway.rules]
    heading = say(
        "Rules it is meant to keep ({count}; 'pathways check' proves them)", count=len(lines)
    )
    return ["", heading, *(wrapped(line, "    ", "  - ") for line in lines)]


def _alarms(pathway: ResolvedPathway, reader: Reader) -> list[str]:
    from pathways.conditions import describe

    lines: list[str] = []
    for each in pathway.interrupts:
        target = pathway.states[each.to].title.to(reader)
        lines.append(
            f"  {say(LEVELS[each.level])}: {each.label.to(reader)} -> "
            f"{pathway.numbers[each.to]} {target}"
        )
        lines.append(
            wrapped(describe(each.when, pathway.scope, reader), "       ", f"    {say('if')} ")
        )
    return ["", say("At any time, before everything else"), *lines] if lines else []


def _one_line(pathway: ResolvedPathway, name: str, reader: Reader) -> str:
    state = pathway.states[name]
    ways = ", ".join(str(pathway.numbers[way.target]) for way in pathway.ways_from(name))
    onwards = f"  -> {ways}" if ways else ""
    kind = say(KINDS[state.kind])
    return f"  {pathway.numbers[name]:>3}  {kind:<8}  {state.title.to(reader)}{onwards}"


def step_lines(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    """Return one step with everything behind it."""
    state = pathway.states[name]
    kind = say(STEP_KINDS[state.kind])
    if state.category:
        kind = f"{kind}, {say(CATEGORIES[state.category], context='category')}"
    lines = [
        f"{pathway.numbers[name]}. {state.title.to(reader)} ({kind})",
        say("name in the file: {name}", name=name),
    ]
    if state.phase:
        lines.append(say("phase: {title}", title=pathway.phases[state.phase].title.to(reader)))
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
    return ["", f"{say('Evidence')}: {say(BADGE_WORDS[found][reader])}"] if found else []


def _happens(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    """What is done and found out at a step, and what is explained there."""
    state, catalogue = pathway.states[name], pathway.catalogue
    lines: list[str] = []
    for each in state.does:
        record = catalogue.care(each)
        lines.append(
            wrapped(f"{record.title.to(reader)}: {record.what.to(reader)}", "    ", "  - ")
        )
    lines = ["", say("What happens"), *lines] if lines else []
    results = [*state.yields, *state.reassess]
    if results:
        titles = [pathway.scope.findings[each].wording[reader].title for each in results]
        lines += ["", wrapped(say("Known afterwards: {results}", results=", ".join(titles)))]
    if state.explains:
        lines += ["", say("What may be going on")]
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
        said = f" ({say(BADGE_WORDS[found][reader])})" if found else ""
        lines.append(wrapped(f"{record.title.to(reader)}{said}", "    ", "  - "))
        if offer.when is not None:
            lines.append(
                wrapped(describe(offer.when, pathway.scope, reader), "       ", f"    {say('if')} ")
            )
        if offer.note:
            lines.append(wrapped(offer.note.to(reader), "    "))
        lines += _evidence_items(pathway, (*record.evidence, *offer.evidence), "      ", reader)
    return ["", say("One or more of these"), *lines] if lines else []


def _ways(pathway: ResolvedPathway, name: str, reader: Reader) -> list[str]:
    ways = list(pathway.ways_from(name))
    goes_to = pathway.states[name].pathway
    if goes_to:
        return ["", say("Goes on in the pathway {name}", name=goes_to)]
    if not ways:
        return []
    choose = (pathway.states[name].choose, reader)
    lines = ["", say(WAYS_ON[choose]) if len(ways) > 1 else say("Way on")]
    for way in ways:
        lines += _way(pathway, way, reader)
    return lines


def _way(pathway: ResolvedPathway, way: Way, reader: Reader) -> list[str]:
    from pathways.conditions import Always, describe

    transition = way.transition
    label = f"{transition.label.to(reader)}: " if transition.label else ""
    title = pathway.states[way.target].title.to(reader)
    lines = [f"  {label}{say('go to')} {pathway.numbers[way.target]} {title}"]
    if not isinstance(transition.when, Always):
        lines.append(
            wrapped(
                describe(transition.when, pathway.scope, reader), "       ", f"    {say('if')} "
            )
        )
    if transition.why:
        lines.append(wrapped(transition.why.to(reader), "    "))
    return lines + _evidence_items(pathway, transition.evidence, "    ", reader)


def _evidence_lines(
    pathway: ResolvedPathway, evidence: Iterable[Evidence], reader: Reader
) -> list[str]:
    items = _evidence_items(pathway, evidence, "  ", reader)
    heading = say("What sources say") if reader == "patient" else say("Sources")
    return ["", heading, *items] if items else []


def _evidence_items(
    pathway: ResolvedPathway, evidence: Iterable[Evidence], indent: str, reader: Reader
) -> list[str]:
    """What sources say: for, against, unclear; the texts the library began with come last."""
    sources = pathway.catalogue.sources
    cited = sorted(
        evidence,
        key=lambda item: (
            sources[item.source].kind == "seed",
            list(DIRECTIONS).index(item.direction),
        ),
    )
    said = dict.fromkeys(_evidence(pathway, item, reader) for item in cited)
    return [wrapped(words, indent + "  ", indent) for words in said]


def _evidence(pathway: ResolvedPathway, item: Evidence, reader: Reader) -> str:
    source = pathway.catalogue.sources[item.source]
    year = f" {source.year[:4]}" if source.year else ""
    number = f", {item.item}" if item.item else ""
    if source.kind == "seed":
        return say(
            "named in {source}; no evidence of its own",
            source=f"{source.organisation}{year} ({item.source}{number})",
        )
    old = say(", superseded") if source.superseded or source.superseded_by else ""
    kind = "" if source.kind == "guideline" else f", {source.kind}"
    place = pathway.catalogue.situations[item.situation].title.to(reader) if item.situation else ""
    where = f", {place}" if place else ""
    says = f": {item.says}" if item.says else ""
    direction = say(DIRECTIONS[item.direction])
    return (
        f"{direction}{where}: {source.organisation}{year} ({item.source}{number}{kind}{old}){says}"
    )


def _disagreement(pathway: ResolvedPathway, record: Disagreement, reader: Reader) -> list[str]:
    lines = ["", say("Sources disagree: {title}", title=record.title.to(reader))]
    for side in record.sides:
        who = ", ".join(
            dict.fromkeys(
                pathway.catalogue.sources[item.source].organisation for item in side.evidence
            )
        )
        lines.append(wrapped(f"{who}: {side.says.to(reader)}", "    ", "  - "))
    return [*lines, wrapped(f"{say('Here')}: {record.shown.to(reader)}", "    ", "  ")]
