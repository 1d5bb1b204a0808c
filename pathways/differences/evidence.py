"""What is cited, which way it speaks, the badges that come of it, and what sources disagree on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.differences.elements import Element, evidence_in
from pathways.differences.model import EvidenceChange
from pathways.differences.pairs import Pairs
from pathways.model.badges import BADGE_WORDS, Badge
from pathways.model.evidence import Evidence, Source

SOURCE_KEYS = (
    "title",
    "kind",
    "organisation",
    "year",
    "address",
    "seen",
    "superseded_by",
    "superseded",
)


def evidence_changes(element: Element) -> Iterator[EvidenceChange]:
    """Yield what is cited in another way in one part of both versions.

    Args:
        element: The part.
    """
    where = element.where or "pathway"
    old = _by_item(evidence_in(element.old, element.without))
    new = _by_item(evidence_in(element.new, element.without))
    for key in dict.fromkeys((*new, *old)):
        yield from _cited(where, " ".join(filter(None, key)), old.get(key), new.get(key))
    yield from _disagreements(where, element)
    if isinstance(element.old, Source):
        for key_ in SOURCE_KEYS:
            one, two = _text(getattr(element.old, key_)), _text(getattr(element.new, key_))
            if one != two:
                yield EvidenceChange(where, key_, element.old.title, one, two)


Key = tuple[str, str, str]


def _by_item(found: Iterable[Evidence]) -> dict[Key, Evidence]:
    """Return the first citation of each item in each situation."""
    items: dict[Key, Evidence] = {}
    for each in found:
        items.setdefault((each.source, each.item or "", each.situation or ""), each)
    return items


def _cited(
    where: str, name: str, old: Evidence | None, new: Evidence | None
) -> Iterator[EvidenceChange]:
    if old is None and new is not None:
        yield EvidenceChange(where, "added", name, "", new.direction)
    elif new is None and old is not None:
        yield EvidenceChange(where, "removed", name, old.direction, "")
    elif old is not None and new is not None:
        for key in ("direction", "strength", "says"):
            one, two = _text(getattr(old, key)), _text(getattr(new, key))
            if one != two:
                yield EvidenceChange(where, key, name, one, two)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _disagreements(where: str, element: Element) -> Iterator[EvidenceChange]:
    old = tuple(getattr(element.old, "disagreements", ()))
    new = tuple(getattr(element.new, "disagreements", ()))
    # A file that holds shared records has them under the same key.
    if where == "pathway":
        return
    for name in new:
        if name not in old:
            yield EvidenceChange(where, "disagreement", name, "", "shown")
    for name in old:
        if name not in new:
            yield EvidenceChange(where, "disagreement", name, "shown", "")


def badge_changes(pairs: Pairs) -> Iterator[EvidenceChange]:
    """Yield the badges of steps and offers that are other ones.

    Args:
        pairs: The two versions side by side.
    """
    for name, before in pairs.matched.items():
        old, new = pairs.old.badge_of_state(before), pairs.new.badge_of_state(name)
        if old != new:
            yield EvidenceChange(f"states.{name}", "badge", "", _badge(old), _badge(new))
        offered = [offer.treatment for offer in pairs.old.states[before].offers]
        for each in dict.fromkeys(o.treatment for o in pairs.new.states[name].offers):
            if each in offered:
                one = pairs.old.badge_of_treatment(each, before)
                two = pairs.new.badge_of_treatment(each, name)
                if one != two:
                    where = f"states.{name}.offers.{each}"
                    yield EvidenceChange(where, "badge", each, _badge(one), _badge(two))


def _badge(badge: Badge | None) -> str:
    return BADGE_WORDS[badge]["clinician"] if badge else ""
