"""The handout for clinicians: decision points with thresholds and evidence, both sides, cautions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.conditions import describe
from pathways.conditions.nodes import Always, Otherwise
from pathways.diagrams.views import View
from pathways.graph.evidence_tables import thresholds_rows
from pathways.graph.tables import sources_that_say
from pathways.handouts.blocks import Block, Bullets, Line, Paragraph, Section, Table, text_of
from pathways.handouts.content.lists import differences, sources
from pathways.handouts.content.steps import Figures
from pathways.handouts.content.tables import as_read
from pathways.handouts.request import Request
from pathways.language import say
from pathways.model.badges import BADGE_WORDS, speaking_of
from pathways.model.evidence import Evidence
from pathways.model.pathway import Way
from pathways.reports.phrases import sentence

NOTHING = "–"
"""In a cell of a table where nothing is cited."""


def clinician_sections(request: Request) -> Iterator[Section]:
    """Yield the sections of a handout for clinicians about a pathway or one phase of it.

    Args:
        request: What is asked for.
    """
    found = [
        _summary(request),
        *_parts(request),
        _thresholds(request),
        _cautions(request),
        differences(request, request.states),
        _open_questions(request),
        sources(request, request.states),
    ]
    yield from (each for each in found if each is not None)


def _summary(request: Request) -> Section | None:
    document = request.pathway.document
    if request.phase or document.summary is None:
        return None
    return Section(
        "about", say("Scope"), (Paragraph(text_of(sentence(document.summary.clinician))),)
    )


def _parts(request: Request) -> Iterator[Section]:
    """Yield a section for each phase: its pictures, decision points and treatments."""
    figures, pathway = Figures(), request.pathway
    if not pathway.phases:
        title = pathway.title("clinician")
        blocks = _part(request, figures, View.whole(), title, request.states, "chart")
        yield Section("parts", say("The chart"), tuple(blocks))
    for number, (name, phase) in enumerate(pathway.phases.items(), start=1):
        if request.phase not in {None, name}:
            continue
        title = phase.title.clinician
        states = tuple(state for state, each in pathway.states.items() if each.phase == name)
        heading = say("Part {number}. {title}", number=number, title=title)
        key = name.replace("_", "-")
        blocks = _part(request, figures, View.phase(name), title, states, key)
        yield Section(f"phase-{key}", heading, tuple(blocks))


def _part(
    request: Request, figures: Figures, view: View, title: str, states: tuple[str, ...], key: str
) -> Iterator[Block]:
    yield from figures.figures(request, view, title)
    tables = {
        f"decisions-{key}": _decisions(request, title, states),
        f"offers-{key}": _treatments(request, title, states),
    }
    for name, table in tables.items():
        if table is not None:
            yield as_read(table, request.profile, name)


def _decisions(request: Request, title: str, states: tuple[str, ...]) -> Table | None:
    """Return every step with more than one way on: the conditions, and what they rest on."""
    pathway = request.pathway
    rows: list[tuple[Line, ...]] = []
    shown, begun = set(states), set[str]()
    for way in pathway.ways:
        if way.source not in shown or len(pathway.states[way.source].next) < 2:
            continue
        rows.append(
            (
                text_of(
                    f"{pathway.numbers[way.source]} {pathway.states[way.source].title.clinician}"
                ),
                text_of(_condition(request, way)),
                text_of(
                    f"{pathway.numbers[way.target]} {pathway.states[way.target].title.clinician}"
                ),
                text_of(_rests_on(request, way, is_first=way.source not in begun)),
            )
        )
        begun.add(way.source)
    if not rows:
        return None
    head = (say("Step"), say("If"), say("Go to"), say("Evidence"))
    caption = say("Decision points: {part}", part=title)
    return Table(caption, head, tuple(rows), (0.17, 0.34, 0.17, 0.32))


def _rests_on(request: Request, way: Way, *, is_first: bool) -> str:
    """Return what a way rests on; on the first way of a step also what the step as a whole does."""
    own = _cited(request, way.transition.evidence)
    of_step = _cited(request, request.pathway.states[way.source].evidence)
    if not is_first or of_step == NOTHING:
        return own
    about = say("On the step as a whole: {sources}", sources=of_step)
    return about if own == NOTHING else f"{own}. {about}"


def _condition(request: Request, way: Way) -> str:
    condition = way.transition.when
    label = way.transition.label.clinician if way.transition.label else ""
    if isinstance(condition, Always):
        words = ""
    elif isinstance(condition, Otherwise):
        words = say("none of the lines above fits")
    else:
        words = describe(condition, request.pathway.scope, "clinician")
    return sentence(": ".join(each for each in (label, words) if each) or say("always"))


def _thresholds(request: Request) -> Section | None:
    """Return the numbers the pathway decides by, and what others use instead."""
    known = request.pathway.catalogue.sources
    rows = []
    for each in thresholds_rows(request.pathway, "clinician"):
        if not each["used_here"]:
            continue
        unit = "%" if each["unit"] == "percent" else f" {each['unit']}" if each["unit"] else ""
        rows.append(
            (
                text_of(str(each["title"])),
                text_of(f"{each['value']}{unit}"),
                text_of("; ".join(known[name].short_name for name in each["sources"])),
                text_of(_others(each["other_values"], unit)),
            )
        )
    if not rows:
        return None
    head = (say("Threshold"), say("Used here"), say("Sources"), say("Others use"))
    table = Table(
        say("Thresholds in use, and other values"), head, tuple(rows), (0.34, 0.14, 0.3, 0.22)
    )
    shown = as_read(table, request.profile, "thresholds-in-use")
    return Section("thresholds", say("Thresholds"), (shown,))


def _others(values: object, unit: str) -> str:
    if isinstance(values, str):
        return values
    listed = list(values) if isinstance(values, Iterable) else []
    return "; ".join(
        f"{each}{unit}" if isinstance(each, int | float) else str(each) for each in listed
    )


def _treatments(request: Request, title: str, states: tuple[str, ...]) -> Table | None:
    """Return what is on offer with its verdict and who is for and against it."""
    pathway = request.pathway
    rows: list[tuple[Line, ...]] = []
    for state in states:
        for offer in pathway.states[state].offers:
            record = pathway.catalogue.treatments[offer.treatment]
            badge = pathway.badge_of_treatment(offer.treatment, state)
            # Only what the verdict rests on: guidelines may judge it otherwise in another situation.
            evidence = speaking_of(
                [*record.evidence, *offer.evidence],
                pathway.states[state].situation,
                pathway.catalogue.situations,
            )
            when = sentence(describe(offer.when, pathway.scope, "clinician")) if offer.when else ""
            rows.append(
                (
                    text_of(
                        f"{record.title.clinician} ({say('step {number}', number=pathway.numbers[state])})"
                    ),
                    text_of(
                        " ".join(
                            filter(
                                None,
                                (sentence(BADGE_WORDS[badge]["clinician"]) if badge else "", when),
                            )
                        )
                    ),
                    text_of(_who(request, evidence, "for")),
                    text_of(_who(request, evidence, "against")),
                )
            )
    if not rows:
        return None
    head = (say("Treatment"), say("Verdict, and when it is on offer"), say("For"), say("Against"))
    caption = say("Treatments on offer: {part}", part=title)
    return Table(caption, head, tuple(rows), (0.2, 0.2, 0.34, 0.26))


def _who(request: Request, evidence: Iterable[Evidence], direction: str) -> str:
    known = request.pathway.catalogue.sources
    cited = [each for each in evidence if known[each.source].kind != "seed"]
    names = [known[each].short_name for each in sources_that_say(cited, direction)]
    return "; ".join(dict.fromkeys(names)) or NOTHING


def _cited(request: Request, evidence: Iterable[Evidence]) -> str:
    """Return who says something, each source once, with its direction where it is not in favour."""
    known = request.pathway.catalogue.sources
    found: dict[str, None] = {}
    for each in evidence:
        if known[each.source].kind == "seed":
            continue
        direction = {"for": "", "against": say(" (against)"), "unclear": say(" (unclear)")}[
            each.direction
        ]
        found[f"{known[each.source].short_name}{direction}"] = None
    return "; ".join(found) or NOTHING


def _cautions(request: Request) -> Section | None:
    """Return what to watch for with each treatment and test of the steps."""
    pathway = request.pathway
    found: dict[str, Line] = {}
    for state in request.states:
        record = pathway.states[state]
        for name in (*record.does, *(offer.treatment for offer in record.offers)):
            care = pathway.catalogue.care(name)
            for caution in care.cautions:
                whom = (
                    f" ({say('if {condition}', condition=describe(caution.when, pathway.scope, 'clinician'))})"
                    if caution.when
                    else ""
                )
                text = f"{care.title.clinician}: {caution.text.clinician.rstrip('.')}{whom}."
                found[text] = text_of(text)
    if not found:
        return None
    return Section("take_care", say("Cautions"), (Bullets(tuple(found.values())),))


def _open_questions(request: Request) -> Section | None:
    """Return what a clinical reviewer has to answer yet; for a whole pathway."""
    asked = request.pathway.open_questions
    if request.phase or not asked:
        return None
    lead = say("The content stays a draft until a named reviewer has answered these.")
    items = tuple(text_of(each.question) for each in asked)
    return Section(
        "open_questions",
        say("Open questions for the reviewer"),
        (Paragraph(text_of(lead)), Bullets(items, ordered=True)),
    )
