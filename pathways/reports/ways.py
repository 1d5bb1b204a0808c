"""Ways on and offers in the words of one reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.boxes import Region
from pathways.diagrams.extract import with_whom
from pathways.language import say
from pathways.model.badges import BADGE_WORDS, speaking_of
from pathways.model.states import Offer
from pathways.model.treatments import Caution
from pathways.patients.availability import reason_for, why_not
from pathways.patients.place import OfferStatus, WayStatus
from pathways.reports.answer import OfferSaid, WaySaid
from pathways.reports.wording import Wording


def way_said(words: Wording, status: WayStatus, *, is_due: bool = False) -> WaySaid:
    """Return one way on in words.

    Args:
        words: The words of the placed patient.
        status: How the patient stands to it.
        is_due: Whether the care it leaves is still to come.
    """
    passage = next(
        each for each in words.located.logic.passages[status.source] if each.way.key == status.way
    )
    transition = passage.way.transition
    unavailable = words.listed_care(status.unavailable) if status.unavailable else ""
    inside = passage.inside if status.provided == "excluded" else passage.outside
    said = words.status_words(status.provided, status.reasons, status.depends_on, inside)
    if is_due and status.provided == "certain":
        said = words.say("afterwards")
    if status.provided == "certain" and _is_advised_against(words, status.target):
        said = words.say("not_advised")
    if status.provided == "excluded" != status.whatever:
        # Only because signs nobody asked about are taken to be absent.
        said = words.say("with_sign")
    return WaySaid(
        way=status.way,
        source=status.source,
        target=status.target,
        number=words.pathway.numbers[status.target],
        title=words.pathway.states[status.target].title.to(words.reader),
        label=transition.label.to(words.reader) if transition.label else "",
        condition=words.condition(transition.when),
        status=status.provided,
        whatever=status.whatever,
        status_words=said,
        reasons=tuple(words.reason(each, inside, status.provided) for each in status.reasons),
        depends_on=tuple(words.title(name) for name in status.depends_on),
        unavailable=unavailable,
        why=transition.why.to(words.reader) if transition.why else "",
        sources=words.cited(transition.evidence),
    )


def _is_advised_against(words: Wording, state: str) -> bool:
    """Return whether a panel holds only what guidelines advise against."""
    offers = words.pathway.states[state].offers
    badges = {words.pathway.badge_of_treatment(each.treatment, state) for each in offers}
    return bool(badges) and badges <= {"advised_against", "experimental"}


def offer_said(words: Wording, offer: OfferStatus) -> OfferSaid:
    """Return one treatment on offer in words."""
    pathway = words.pathway
    record = pathway.catalogue.treatments[offer.treatment]
    offers = pathway.states[offer.state].offers
    written = next(
        (each for each in offers if each.treatment == offer.treatment),
        Offer(treatment=offer.treatment),
    )
    badge = pathway.badge_of_treatment(offer.treatment, offer.state)
    situation = pathway.states[offer.state].situation
    evidence = [*record.evidence, *written.evidence]
    cited = words.cited(speaking_of(evidence, situation, pathway.catalogue.situations))
    inside: Region = ()
    if written.when is not None:
        denied = offer.status != "excluded"
        inside = words.located.logic.space.region(written.when, denied=denied)
    return OfferSaid(
        state=offer.state,
        treatment=offer.treatment,
        title=record.title.to(words.reader),
        status=offer.status,
        status_words=words.say("offer_open")
        if offer.status == "certain"
        else words.status_words(offer.status, offer.reasons, offer.depends_on, inside),
        so_far=words.say("tried_now" if offer.so_far == "now" else offer.so_far)
        if offer.so_far
        else "",
        badge=say(BADGE_WORDS[badge][words.reader]) if badge else "",
        arguments_for=tuple(each for each in cited if each.direction == "for"),
        arguments_against=tuple(each for each in cited if each.direction == "against"),
        arguments_unclear=tuple(each for each in cited if each.direction == "unclear"),
        cautions=tuple(
            dict.fromkeys(
                [*_cautions_of(words, record.cautions), *_cautions_if_taken(words, offer.treatment)]
            )
        ),
        requires=tuple(each.text.to(words.reader) for each in record.requires),
        note=written.note.to(words.reader) if written.note else "",
        unavailable=_why_not(words, offer.treatment) if offer.is_unavailable else "",
    )


def _cautions_of(words: Wording, cautions: Iterable[Caution]) -> Iterator[str]:
    for each in cautions:
        whom = words.condition(each.when) if each.when is not None else ""
        yield with_whom(each.text.to(words.reader), whom)


def _cautions_if_taken(words: Wording, name: str) -> Iterator[str]:
    """Yield the cautions of its classes that would hold if it was taken beside what is taken now."""
    logic, record = words.located.logic, words.pathway.catalogue.treatments[name]
    if record.category != "medicine":
        return
    known = logic.space.known({**words.facts.values, f"{name}.status": "now"})
    for each in record.classes:
        for caution in words.pathway.catalogue.classes[each].cautions:
            if caution.when is not None and logic.status_of(caution.when, known) == "certain":
                yield caution.text.to(words.reader).rstrip(".")


def _why_not(words: Wording, name: str) -> str:
    why = reason_for(words.pathway, name, words.located.around.unavailable)
    return why_not(why, words.reader) if why else ""
