"""The part around a patient: it fits one page, two of large print, and loses nothing that matters."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from pathways.conditions.scope import Reader
from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.extract import extract
from pathways.diagrams.finished import Pages
from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Leeway, Line, Overlay
from pathways.diagrams.pictures import diagram_pages, pages, style_of
from pathways.diagrams.place_overlay import overlay_of
from pathways.diagrams.profiles import PAPERS, PRINT_PROFILES, PROFILES
from pathways.diagrams.views import View
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Place
from pathways.patients.placing import Placer
from pathways.reading.files import library_ids
from pathways.reading.load import load
from pathways.records.facts import Facts
from tests.diagrams.places import FIRST_CARE, at, everywhere, facts, no_signs
from tests.drawing.claims import wrong_with as wrong_with_sheet
from tests.pagination.claims import cards, wrong_with

LOOKS = [(profile, paper) for profile in PRINT_PROFILES for paper in PAPERS]
SOME_STATES = ("warning_signs", "emergency_care", "medicine_review", "medicines_over_12_weeks")


def words_of(sheet: Sheet) -> str:
    """Return everything a page says."""
    return " ".join(text.text for block in sheet.everything() for text in block.texts)


def printed(
    pathway: ResolvedPathway, place: Place, known: Facts, reader: Reader, profile: str, paper: str
) -> Pages:
    """Return the part around a patient as pages."""
    overlay = overlay_of(place, pathway, known, reader)
    view = View.yours(place)
    return pages(pathway, paper=paper, profile=profile, reader=reader, view=view, overlay=overlay)


def wrong(pathway: ResolvedPathway, place: Place, found: Pages, profile: str) -> list[str]:
    """Return what is wrong with the pages around a patient."""
    said = list(found.problems)
    most = 2 if profile == "large-print" else 1
    if len(found) > most:
        said.append(f"{len(found)} pages; at most {most}")
    for page in found:
        said += wrong_with_sheet(page.sheet)
    first = found[0].sheet
    shown = {card.name for page in found for card in cards(page.sheet)}
    everything = " ".join(words_of(page.sheet) for page in found)
    said += [f"{state} is not on page 1" for state in place.states if not _has(first, state)]
    for way in place.ways:
        title = pathway.states[way.target].title
        number = pathway.numbers[way.target]
        is_told = f"step {number}" in everything and (
            title.patient in everything or title.clinician in everything
        )
        if way.is_open and way.target not in shown and not is_told:
            said.append(f"{way.target}, which is open, is nowhere")
    return said + _unlisted_signs(pathway, found)


def _has(sheet: Sheet, state: str) -> bool:
    return any(card.name == state for card in cards(sheet))


def _alarms(sheet: Sheet) -> list[Block]:
    return [block for block in sheet.everything() if block.part == "alarm"]


def _unlisted_signs(pathway: ResolvedPathway, found: Pages) -> list[str]:
    """Return alarms that no page lists, and pages without the emergency signs."""
    wrong = []
    for number, page in enumerate(found, start=1):
        emergency = [block for block in _alarms(page.sheet) if "emergency" in block.classes]
        if not emergency or any(len(block.texts) < 3 for block in emergency):
            wrong.append(f"page {number} does not list the emergency signs")
    full = max(len(_alarms(page.sheet)) for page in found)
    if full < len(pathway.interrupts):
        wrong.append("no page lists every warning sign")
    listed_on = [n for n, p in enumerate(found, 1) if len(_alarms(p.sheet)) == full]
    for page in found:
        if "(listed on page" in words_of(page.sheet):
            wrong += [
                "the page that lists the signs is a wrong one"
                for number in (1, 2)
                if f"listed on page {number}" in words_of(page.sheet) and number not in listed_on
            ]
    return wrong


@pytest.mark.parametrize(("profile", "paper"), LOOKS)
@pytest.mark.parametrize("state", SOME_STATES)
def test_some_places_fit(state: str, profile: str, paper: str) -> None:
    pathway = load("severe-back-pain")
    reader = PROFILES[profile].reader
    for known in (facts(), facts(no_signs(pathway), now=FIRST_CARE)):
        place = Placer(pathway).place(known, at(pathway, state))
        found = printed(pathway, place, known, reader, profile, paper)
        assert wrong(pathway, place, found, profile) == []


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "paper"), LOOKS)
@pytest.mark.parametrize("name", library_ids())
def test_every_state_of_every_pathway_fits(name: str, profile: str, paper: str) -> None:
    pathway = load(name)
    reader = PROFILES[profile].reader
    for known in (facts(), facts(no_signs(pathway), now=FIRST_CARE)):
        for place in everywhere(pathway, known):
            found = printed(pathway, place, known, reader, profile, paper)
            assert wrong(pathway, place, found, profile) == [], place.states


@pytest.mark.parametrize(("profile", "paper"), LOOKS)
def test_the_person_of_the_first_text_sees_what_goes_on(profile: str, paper: str) -> None:
    pathway = load("severe-back-pain")
    known = facts(now=FIRST_CARE)
    place = Placer(pathway).place(known)
    found = printed(pathway, place, known, "patient", profile, paper)
    assert wrong(pathway, place, found, profile) == []
    assert place.states == ("review_first_care",)
    assert "You are here" in words_of(found[0].sheet)
    if profile == "clinician":
        assert "Baclofen and Meloxicam." in words_of(found[0].sheet)


@pytest.mark.parametrize("reader", ["clinician", "patient"])
@pytest.mark.parametrize(("profile", "paper"), LOOKS)
def test_all_pages_of_a_pathway_pass_with_a_place_on_them(
    profile: str, paper: str, reader: Reader
) -> None:
    pathway = load("severe-back-pain")
    known = facts(now=FIRST_CARE)
    for around in (None, at(pathway, "first_medicines")):
        place = Placer(pathway).place(known, around)
        overlay = overlay_of(place, pathway, known, reader)
        found = pages(pathway, paper=paper, profile=profile, reader=reader, overlay=overlay)
        assert found.problems == ()
        diagram = extract(pathway, reader=reader, overlay=overlay)
        sheets = [page.sheet for page in found]
        assert wrong_with(diagram, sheets, PROFILES[profile], PAPERS[paper]) == []
        said = "You are at step" if reader == "patient" else "Here: step"
        rows = [block for sheet in sheets for block in sheet.blocks if block.part == "row"]
        marked = [row for row in rows if said in " ".join(text.text for text in row.texts)]
        assert len(marked) == 1


def chain(count: int, text: str = "", offers: int = 0) -> Diagram:
    """Return a made-up part: a way so far, a stop, two open ways and one that is not open."""
    past = [Box(f"past{i}", i + 1, "action", f"Step so far {i + 1}", text) for i in range(count)]
    lines = tuple(Line(f"Offer {i}", when_words=text, name=f"offer{i}") for i in range(offers))
    stop = Box("stop", count + 1, "options" if offers else "decision", "Better?", lines=lines)
    goals = [
        Box(name, count + 2 + i, "action", f"Goal {name}", text)
        for i, name in enumerate(("open_a", "open_b", "shut"))
    ]
    own = [*past, stop]
    arrows = [Arrow(f"{a.name}/0", a.name, b.name) for a, b in pairwise(own)]
    arrows += [Arrow(f"stop/{i}", "stop", box.name, f"Way {i}") for i, box in enumerate(goals)]
    names = [box.name for box in past]
    return Diagram(
        "x",
        "Back pain",
        "Your part",
        "Draft.",
        "patient",
        (*past, stop, *goals),
        tuple(arrows),
        overlay=Overlay(
            {**dict.fromkeys(names, "been"), "stop": "here", "open_a": "next", "shut": "closed"},
            {"stop/0": "next", "stop/1": "next", "stop/2": "closed"},
            notes={"open_a": "depends on what is not known: " + "how it went and " * 3},
            short={"open_a": "depends on 4 things that are not known"},
        ),
        leeway=Leeway(("stop",), (*names[:-1], "shut", *names[-1:]), ("open_b", "open_a")),
        alarms=(Alarm("interrupt-1", "urgent", "Fever", "a fever", 9, "Go now", "go_now"),),
    )


def shown(found: Pages) -> list[str]:
    return [card.name for page in found for card in cards(page.sheet)]


def test_nothing_is_left_out_where_all_fits() -> None:
    diagram = chain(1)
    found = diagram_pages(diagram, style_of(profile="clinician"))
    assert len(found) == 1
    assert set(shown(found)) == {box.name for box in diagram.boxes}


def test_the_earliest_steps_are_left_out_first() -> None:
    diagram = chain(6)
    found = diagram_pages(diagram, style_of(profile="clear-print"))
    assert len(found) == 1
    left = shown(found)
    assert {"stop", "open_a", "open_b"} <= set(left)
    kept = [box.name for box in diagram.boxes if box.name.startswith("past") and box.name in left]
    assert kept == [f"past{i}" for i in range(6 - len(kept), 6)]
    assert len(kept) < 6
    if kept:
        assert f"From step {6 - len(kept)}" in words_of(found[0].sheet)


def test_where_somebody_is_and_what_is_open_is_never_lost() -> None:
    diagram = chain(3, "words that need much room " * 12)
    for profile in PRINT_PROFILES:
        found = diagram_pages(diagram, style_of(profile=profile))
        assert len(found) <= (2 if profile == "large-print" else 1)
        assert "stop" in [card.name for card in cards(found[0].sheet)]
        said = " ".join(words_of(page.sheet) for page in found)
        for name in ("open_a", "open_b"):
            assert name in shown(found) or f"Goal {name}" in said


def test_what_is_not_open_stands_apart_from_what_is() -> None:
    diagram = chain(2, "words that need much room " * 8)
    found = diagram_pages(diagram, style_of(profile="clear-print"))
    assert "shut" not in shown(found)
    ovals = [
        " ".join(text.text for text in block.texts)
        for block in found[0].sheet.blocks
        if block.part == "oval"
    ]
    closed = [words for words in ovals if "Goal shut" in words]
    assert len(closed) == 1
    assert closed[0].startswith("Not open now")
    assert "Goal open" not in closed[0]


def test_panels_are_shortened_before_open_steps_become_ovals() -> None:
    diagram = chain(1, "words that need some room " * 2, offers=10)
    found = diagram_pages(diagram, style_of(profile="clear-print"))
    assert len(found) == 1
    said = words_of(found[0].sheet)
    assert "10 kinds of care to choose from" in said or "Offer 9" in said
    assert {"stop", "open_a", "open_b"} <= set(shown(found))


def test_signs_that_are_not_listed_on_the_first_page_are_on_the_second() -> None:
    sign = "a sign that takes many words to tell from others of its kind, " * 16
    alarms = (
        Alarm("interrupt-1", "emergency", "Numb", "numb", 9, "Go now", "go_now"),
        Alarm("interrupt-2", "urgent", "Fever", sign, 9, "Go now", "go_now"),
    )
    diagram = replace(chain(1), alarms=alarms)
    found = diagram_pages(diagram, style_of(profile="large-print"))
    first, second = (words_of(page.sheet) for page in found)
    assert "(listed on page 2)" in first
    assert "a sign that takes many words" in second
    assert "listed on" not in second


def test_the_same_part_gives_the_same_pages() -> None:
    one, other = (diagram_pages(chain(6), style_of(profile="clear-print")) for _ in range(2))
    assert [page.svg for page in one] == [page.svg for page in other]
