"""The badge: its formula as a table, and what must hold for any evidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.model.badges import AGAINST_FOR_EACH_VOICE_FOR, BADGE_WORDS, Badge, badge, votes
from pathways.model.evidence import Direction, Evidence, Situation, Source, SourceKind


def source(kind: SourceKind = "guideline", **more: object) -> Source:
    return Source.model_validate({"title": "T", "kind": kind, "organisation": "O", **more})


SOURCES: dict[str, Source] = {
    **{f"guide-{letter}": source() for letter in "abcdef"},
    "payer": source("payer"),
    "trial": source("trial"),
    "review": source("review"),
    "label": source("label"),
    "regulator": source("regulator"),
    "seed": source("seed"),
    "replaced": source(superseded_by="guide-a"),
    "replaced-elsewhere": source(superseded=True),
    "recalled": source(seen="recalled"),
}


def cited(sentence: str) -> list[Evidence]:
    """Read evidence written as ``guide-a for, payer against research_only @acute``."""
    items = []
    for part in filter(None, sentence.split(", ")):
        words = part.split()
        situation = words.pop()[1:] if words[-1].startswith("@") else None
        name, direction = words[:2]
        items.append(
            Evidence.model_validate(
                {
                    "source": name,
                    "direction": direction,
                    "strength": words[2] if len(words) > 2 else "not_graded",
                    "situation": situation,
                }
            )
        )
    return items


TABLE: list[tuple[str, Badge | None]] = [
    ("", None),
    ("unheard-of for", None),
    ("guide-a for", "supported"),
    ("guide-a against", "advised_against"),
    ("guide-a unclear", "no_guideline_found"),
    ("guide-a for, guide-b unclear", "supported"),
    ("guide-a for, guide-b against", "mixed"),
    ("guide-a for, guide-a against", "mixed"),
    ("guide-a for, guide-b against, guide-c against", "mixed"),
    ("guide-a for, guide-b against, guide-c against, guide-d against", "advised_against"),
    ("guide-a for, guide-b for, guide-c against, guide-d against, guide-e against", "mixed"),
    ("guide-a for, guide-b against, guide-b against, guide-b against", "mixed"),
    ("guide-a for, guide-a for, guide-b against", "mixed"),
    ("payer against", "no_guideline_found"),
    ("payer for, trial for, review for, label for, regulator for", "no_guideline_found"),
    ("guide-a for, payer against, trial against, review against, label against", "supported"),
    ("replaced against", "no_guideline_found"),
    ("replaced-elsewhere for", "no_guideline_found"),
    ("recalled for", "no_guideline_found"),
    ("guide-a for, replaced against, replaced-elsewhere against, recalled against", "supported"),
    ("seed for", "seed_only"),
    ("seed for, seed against", "seed_only"),
    ("seed for, trial for", "no_guideline_found"),
    ("seed against, guide-a for", "supported"),
    ("guide-a against research_only", "experimental"),
    ("guide-a unclear research_only", "experimental"),
    ("regulator unclear research_only", "experimental"),
    ("payer unclear research_only", "no_guideline_found"),
    ("recalled unclear research_only", "no_guideline_found"),
    ("replaced unclear research_only", "no_guideline_found"),
    ("guide-a unclear research_only, guide-b for", "supported"),
    ("guide-a unclear research_only, guide-b against", "experimental"),
]


@pytest.mark.parametrize(("sentence", "expected"), TABLE)
def test_the_formula(sentence: str, expected: Badge | None) -> None:
    assert badge(cited(sentence), SOURCES) == expected


def test_the_table_shows_every_badge() -> None:
    assert {expected for _, expected in TABLE} == {*BADGE_WORDS, None}


SITUATIONS = {
    name: Situation.model_validate({"title": name, "within": within})
    for name, within in {
        "any_pain": [],
        "lasting": ["any_pain"],
        "nerve": ["any_pain"],
        "lasting_nerve": ["lasting", "nerve"],
        "odd": ["odd"],
    }.items()
}

IN_SITUATION: list[tuple[str, str, Badge | None]] = [
    ("guide-a for @lasting", "lasting", "supported"),
    ("guide-a for @lasting", "nerve", "no_guideline_found"),
    ("guide-a for @any_pain", "lasting", "supported"),
    ("guide-a for @lasting", "any_pain", "no_guideline_found"),
    ("guide-a for", "lasting", "supported"),
    ("guide-a for, guide-a against @lasting", "lasting", "advised_against"),
    ("guide-a for, guide-a against @lasting", "nerve", "supported"),
    ("guide-a for @any_pain, guide-a against @lasting", "lasting", "advised_against"),
    ("guide-a for @any_pain, guide-a against", "lasting", "supported"),
    ("guide-a for @any_pain, guide-b against @lasting", "lasting", "mixed"),
    ("guide-a for @lasting, guide-a against @nerve", "lasting_nerve", "mixed"),
    ("guide-a for @any_pain, guide-a against @nerve", "lasting_nerve", "advised_against"),
    ("seed for @lasting", "nerve", "seed_only"),
    ("guide-a for @odd", "odd", "supported"),
    ("guide-a for @unknown", "lasting", "no_guideline_found"),
    ("guide-a for @unknown", "unknown", "supported"),
]


@pytest.mark.parametrize(("sentence", "situation", "expected"), IN_SITUATION)
def test_the_narrowest_item_of_each_source_counts(
    sentence: str, situation: str, expected: Badge | None
) -> None:
    assert badge(cited(sentence), SOURCES, situation, SITUATIONS) == expected


def test_in_general_every_item_counts() -> None:
    assert badge(cited("guide-a for @lasting, guide-b against @nerve"), SOURCES) == "mixed"


@pytest.mark.parametrize(
    ("name", "expected"),
    [(name, name.startswith("guide")) for name in SOURCES],
)
def test_who_votes(name: str, expected: bool) -> None:
    assert votes(SOURCES[name]) is expected


evidence = st.lists(
    st.builds(
        lambda name, direction, strength, situation: Evidence(
            source=name, direction=direction, strength=strength, situation=situation
        ),
        st.sampled_from(sorted(SOURCES)),
        st.sampled_from(["for", "against", "unclear"]),
        st.sampled_from(["strong", "not_graded", "research_only"]),
        st.sampled_from([None, *SITUATIONS]),
    ),
    max_size=8,
)
situations = st.sampled_from([None, *SITUATIONS])

FRIENDLINESS: dict[Badge | None, int] = {
    "supported": 3, "mixed": 2, None: 1, "no_guideline_found": 1, "seed_only": 1,
    "experimental": 0, "advised_against": 0,
}  # fmt: skip


@settings(deadline=None)
@given(items=evidence, situation=situations, added=st.data())
def test_one_more_voice_against_never_makes_a_badge_friendlier(
    items: list[Evidence], situation: str | None, added: st.DataObject
) -> None:
    voice = Evidence(
        source=added.draw(st.sampled_from([name for name in SOURCES if votes(SOURCES[name])])),
        direction="against",
        situation=added.draw(situations),
    )
    before = badge(items, SOURCES, situation, SITUATIONS)
    after = badge([*items, voice], SOURCES, situation, SITUATIONS)
    assert FRIENDLINESS[after] <= FRIENDLINESS[before]


@settings(deadline=None)
@given(items=evidence, situation=situations, seed=st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(
    items: list[Evidence], situation: str | None, seed: st.DataObject
) -> None:
    shuffled = [*items, *items]
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert badge(shuffled, SOURCES, situation, SITUATIONS) == badge(
        items, SOURCES, situation, SITUATIONS
    )


@settings(deadline=None)
@given(items=evidence, situation=situations)
def test_what_never_votes_changes_nothing_once_a_guideline_speaks(
    items: list[Evidence], situation: str | None
) -> None:
    """Second opinion, in general: counted anew in the plainest way."""
    expected = plain_badge(items) if situation is None else None
    if expected is not None:
        assert badge(items, SOURCES) == expected


def plain_badge(items: list[Evidence]) -> Badge | None:
    """The formula in the plainest words, for the case of no situation."""

    def voices(direction: Direction) -> int:
        return len(
            {i.source for i in items if i.source.startswith("guide") and i.direction == direction}
        )

    research = any(
        i.strength == "research_only" and i.source.startswith(("guide", "regulator")) for i in items
    )
    if not items:
        return None
    if voices("for") == 0:
        if research:
            return "experimental"
        if voices("against"):
            return "advised_against"
        return "seed_only" if {i.source for i in items} == {"seed"} else "no_guideline_found"
    if voices("against") == 0:
        return "supported"
    many = voices("against") >= AGAINST_FOR_EACH_VOICE_FOR * voices("for")
    return "advised_against" if many else "mixed"
