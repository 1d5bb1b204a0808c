"""Items of standards: each has a handout that earns each of its verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathways.handouts.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Handout,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    labelled,
    text_of,
)
from pathways.handouts.quality.model import Item, Verdict
from pathways.handouts.quality.standards import LONGEST_PART, items
from tests.handouts.sample import sample

WALK = Paragraph(text_of("Walk a bit each day."))
PASSIVE = "The pain is often treated with pills, and the back was checked by a nurse."
ACTIVE = "You can walk a bit each day, and your team helps you with a plan."


def item(id: str, handout: Handout) -> Item:
    (found,) = [each for each in items(handout) if each.id == id]
    return found


def only(*blocks: Block, key: str = "only", title: str = "Only part") -> Handout:
    """Return a handout with one section, and an emergency box without a list."""
    notice = Notice("emergency", "Help", (WALK,))
    return replace(sample(), emergency=notice, sections=(Section(key, title, blocks),))


def card(*runs: Run, title: str = "Heat") -> Card:
    return Card(title, None, "", (Paragraph(runs),))


def choice(*runs: Run) -> Handout:
    return only(card(*runs))


def heads(*head: str, caption: str = "Table") -> Handout:
    row = tuple(text_of(f"Cell {number}") for number, _ in enumerate(head))
    return only(Table(caption, head, (row,), (1 / len(head),) * len(head)))


GOOD, BAD = labelled("Good points:", "Cheap."), labelled("Bad points:", "It burns.")

CASES: list[tuple[str, Verdict, Handout]] = [
    ("cdc-8", "yes", only(Bullets((text_of("Walk"),)))),
    ("cdc-8", "no", only(WALK)),
    ("cdc-9", "yes", sample()),
    ("cdc-9", "no", only(WALK)),
    ("cdc-9", "no", only(Section("inner", "", (WALK,)))),
    ("pemat-5", "yes", only(*[Paragraph(text_of(ACTIVE))] * 4, Paragraph(text_of(PASSIVE)))),
    ("pemat-5", "no", only(*[Paragraph(text_of(ACTIVE))] * 2, Paragraph(text_of(PASSIVE)))),
    ("pemat-5", "not applicable", only(WALK)),
    ("pemat-5", "not applicable", replace(only(Paragraph(text_of(PASSIVE))), language="es")),
    ("pemat-8", "yes", only(Paragraph(text_of("walk " * LONGEST_PART)))),
    ("pemat-8", "no", only(Paragraph(text_of("walk " * LONGEST_PART)), WALK)),
    (
        "pemat-8",
        "yes",
        only(Paragraph(text_of("walk " * LONGEST_PART)), Card("A", None, "", (WALK,))),
    ),
    ("pemat-8", "no", only(Card("A", None, "", (WALK,)), *[Paragraph(text_of("walk " * 126))] * 2)),
    ("pemat-8", "yes", only(Paragraph(text_of("walk " * 300)), key="sources")),
    ("pemat-17", "yes", sample()),
    ("pemat-17", "no", heads("A", "B", caption=" ")),
    ("pemat-17", "not applicable", only(WALK)),
    ("pemat-19", "yes", heads("Choice", "How long it may help")),
    ("pemat-19", "no", heads("Choice", "How long it may help you with pain")),
    ("pemat-19", "no", heads("", "What")),
    ("pemat-19", "not applicable", only(WALK)),
    ("pemat-21", "yes", only(Paragraph(text_of("Ask your nurse.")))),
    ("pemat-21", "no", replace(only(WALK), advice="")),
    ("pemat-21", "yes", replace(only(Paragraph(text_of("Pregunte a su médico."))), language="es")),
    ("pemat-21", "not applicable", replace(only(WALK), language="fi")),
    ("ipdas-options", "yes", choice(Run("Warmth."))),
    ("ipdas-options", "no", only(Card("Heat", None, "", ()))),
    ("ipdas-options", "not applicable", only(WALK)),
    ("ipdas-both-sides", "yes", choice(*GOOD, Run(" "), *BAD)),
    ("ipdas-both-sides", "yes", only(card(*GOOD, Run(" "), *BAD), card(Run("See step 3.")))),
    ("ipdas-both-sides", "no", only(card(*GOOD, Run(" "), *BAD), card(Run("Warm."), title="Ice"))),
    ("ipdas-both-sides", "no", choice(*GOOD)),
    ("ipdas-both-sides", "no", choice(*GOOD, BAD[0], Run(" "))),
    ("ipdas-both-sides", "no", choice(Run("Good points: none. Bad points: none."))),
    ("ipdas-both-sides", "not applicable", only(WALK)),
    ("ipdas-sources", "yes", sample()),
    ("ipdas-sources", "no", only(Bullets((text_of("NICE"),)))),
    ("ipdas-sources", "no", only(WALK, key="sources")),
    ("ipdas-date", "yes", sample()),
    ("ipdas-date", "no", replace(sample(), date=" ")),
    ("ipdas-questions", "yes", only(Blank("My questions", 3), key="questions")),
    ("ipdas-questions", "yes", only(Bullets((text_of("Why?"),)), key="questions")),
    ("ipdas-questions", "no", only(WALK, key="questions")),
    ("ipdas-questions", "no", only(Blank("My questions", 3))),
    ("ipdas-questions", "not applicable", replace(only(WALK), kind="visit_sheet")),
]


@pytest.mark.parametrize(("id", "verdict", "handout"), CASES)
def test_verdict(id: str, verdict: Verdict, handout: Handout) -> None:
    found = item(id, handout)
    assert found.verdict == verdict, found.why
    assert found.why


def test_every_item_has_a_handout_for_yes_and_one_for_no() -> None:
    for each in items(sample()):
        assert {"yes", "no"} <= {verdict for id, verdict, _ in CASES if id == each.id}, each.id


def test_no_item_is_meant_for_clinicians() -> None:
    found = items(replace(sample(), kind="clinician", reader="clinician"))
    assert {each.verdict for each in found} == {"not applicable"}


def test_sheet_for_a_visit_is_no_aid_for_a_decision() -> None:
    found = items(replace(sample(), kind="visit_sheet"))
    for each in found:
        assert (each.why == "the handout is no aid for a decision") == each.id.startswith("ipdas")


def test_items_are_told_whole() -> None:
    found = items(sample())
    assert len({each.id for each in found}) == len(found) >= 10
    assert {each.standard for each in found} == {
        "CDC Clear Communication Index",
        "AHRQ PEMAT-P",
        "IPDAS version 4",
    }
    for each in found:
        assert each.asks.endswith((".", ")."))
        assert each.why
        assert each.source


def test_items_do_not_count_in_the_gate() -> None:
    from pathways.handouts.quality import problems, quality

    found = quality(sample())
    assert "no" in {each.verdict for each in found.items}
    assert problems(found) == ()
