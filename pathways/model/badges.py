"""The badge of a treatment in a situation, computed from what current guidelines say.

The formula, in order; only items that speak of the situation, of a wider one, or of every situation
count:

1. **Who votes.** Sources of kind ``guideline`` that nothing supersedes and that were seen. Payers,
   single trials, reviews, labels and the seed texts never vote. Each source has one voice for each
   direction, however many of its items are cited. An item that speaks of the narrower situation
   outranks the same source's general item, also when it is unclear: who looked at the very
   situation and could not tell has not said yes.
2. ``experimental``: some current guideline or regulator says *research only*, and no voice is for
   it.
3. No voice for and no voice against: ``seed_only`` when nothing but seed texts name it, else
   ``no_guideline_found``.
4. Only voices for: ``supported``. Only voices against: ``advised_against``.
5. Both: ``advised_against`` when at least three voices are against for each voice for it; else
   ``mixed``. The rule leans towards caution on purpose: one current guideline that says "do not
   offer" always shows, a lone old voice in favour does not hide that the others agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pathways.model.evidence import Direction, Evidence, Situation, Source

Badge = Literal[
    "supported", "mixed", "advised_against", "experimental", "no_guideline_found", "seed_only"
]

AGAINST_FOR_EACH_VOICE_FOR = 3

BADGE_WORDS: Mapping[Badge, Mapping[str, str]] = {
    "supported": {
        "clinician": "Guidelines support it",
        "patient": "Guidelines support it",
    },
    "mixed": {"clinician": "Guidelines split", "patient": "Guidelines do not agree"},
    "advised_against": {
        "clinician": "Guidelines advise against",
        "patient": "Guidelines advise against it",
    },
    "experimental": {
        "clinician": "Experimental: research only",
        "patient": "Still being tested",
    },
    "no_guideline_found": {
        "clinician": "No clear guideline",
        "patient": "No clear guideline",
    },
    "seed_only": {"clinician": "Not checked yet", "patient": "Not checked yet"},
}


def badge(
    evidence: Iterable[Evidence],
    sources: Mapping[str, Source],
    situation: str | None = None,
    situations: Mapping[str, Situation] | None = None,
) -> Badge | None:
    """Compute the badge of a thing in a situation.

    Args:
        evidence: What is cited for and against it.
        sources: The catalogue of sources, by name.
        situation: Name of the situation, or None for "in general": then every item counts.
        situations: The catalogue of situations, to know which is within which.

    Returns:
        The badge, or None when nothing at all is cited.

    Example:
        >>> nice = Source(title="NG59", kind="guideline", organisation="NICE")
        >>> badge([Evidence(source="nice", direction="against")], {"nice": nice})
        'advised_against'
    """
    cited = [item for item in evidence if item.source in sources]
    if not cited:
        return None
    relevant = speaking_of(cited, situation, situations or {})
    voices = _voices(relevant, sources)
    in_favour = sum("for" in directions for directions in voices.values())
    against = sum("against" in directions for directions in voices.values())
    if not in_favour and _research_only(relevant, sources):
        return "experimental"
    if not in_favour and not against:
        only_seeds = all(sources[item.source].kind == "seed" for item in cited)
        return "seed_only" if only_seeds else "no_guideline_found"
    if not against:
        return "supported"
    if against >= AGAINST_FOR_EACH_VOICE_FOR * in_favour:
        return "advised_against"
    return "mixed"


def speaking_of(
    cited: list[Evidence], situation: str | None, situations: Mapping[str, Situation]
) -> list[Evidence]:
    """Return the items that speak of a situation, the narrowest of each source.

    Args:
        cited: What is cited.
        situation: Name of the situation; None: every item.
        situations: The catalogue of situations.
    """
    if situation is None:
        return cited
    ranks = _ranks(situation, situations)
    best: dict[str, int] = {}
    for item in cited:
        rank = ranks.get(item.situation)
        if rank is not None:
            best[item.source] = min(rank, best.get(item.source, rank))
    return [
        item
        for item in cited
        if item.source in best and ranks.get(item.situation) == best[item.source]
    ]


def _ranks(situation: str, situations: Mapping[str, Situation]) -> dict[str | None, int]:
    """Return how far each situation is from the one asked for: 0 itself, then wider and wider."""
    ranks: dict[str | None, int] = {situation: 0}
    rank, edge = 0, [situation]
    while edge:
        rank += 1
        wider = {each for name in edge if name in situations for each in situations[name].within}
        edge = sorted(wider - ranks.keys())
        ranks.update(dict.fromkeys(edge, rank))
    ranks[None] = rank
    return ranks


def _voices(
    relevant: Iterable[Evidence], sources: Mapping[str, Source]
) -> dict[str, set[Direction]]:
    """Return what each source that votes says."""
    voices: dict[str, set[Direction]] = {}
    for item in relevant:
        if votes(sources[item.source]):
            voices.setdefault(item.source, set()).add(item.direction)
    return voices


def votes(source: Source) -> bool:
    """Return whether a source has a voice: a current guideline that was seen."""
    return source.kind == "guideline" and _counts(source)


def _counts(source: Source) -> bool:
    """Return whether a text was seen and is still the current one."""
    current = source.superseded_by is None and not source.superseded
    return current and source.seen != "recalled"


def _research_only(relevant: Iterable[Evidence], sources: Mapping[str, Source]) -> bool:
    return any(
        item.strength == "research_only"
        and sources[item.source].kind in {"guideline", "regulator"}
        and _counts(sources[item.source])
        for item in relevant
    )
