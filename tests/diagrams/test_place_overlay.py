"""A place over a diagram: marks, notes, and what must never be said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pathways.conditions.scope import Reader
from pathways.diagrams import View, extract, to_dot, to_mermaid, to_words
from pathways.diagrams.model import Overlay
from pathways.diagrams.place_overlay import overlay_of
from pathways.diagrams.theme import THEMES
from pathways.diagrams.views import may_open, shown_states
from pathways.errors import UnknownNameError
from pathways.model.pathway import READERS, ResolvedPathway
from pathways.patients.place import Place
from pathways.patients.placing import Circumstances, Placer
from pathways.reading.files import library_ids
from pathways.reading.load import load
from pathways.records.facts import Facts
from tests.diagrams.places import DAY, FIRST_CARE, at, everywhere, facts, no_signs

NO_SIGN = {"saddle_numbness": False, "fever": False}


def placed(pathway: ResolvedPathway, known: Facts, around: Circumstances | None = None) -> Place:
    return Placer(pathway).place(known, around)


def over(
    pathway: ResolvedPathway,
    known: Facts,
    reader: Reader = "patient",
    around: Circumstances | None = None,
) -> Overlay:
    return overlay_of(placed(pathway, known, around), pathway, known, reader)


def test_marks_of_boxes_and_ways(small: ResolvedPathway) -> None:
    known = facts({**NO_SIGN, "relief": 40}, now=("heat",))
    overlay = over(small, known, around=at(small, "review"))
    assert overlay.boxes == {
        "review": "here",
        "care": "been",
        "tests": "been",
        "block": "closed",
        "well": "next",
    }
    assert overlay.arrows == {
        "review/0": "next",
        "review/1": "closed",
        "review/2": "closed",
        "care/0": "been",
        "tests/0": "been",
    }


def test_what_goes_on_and_what_is_done_is_told_apart(small: ResolvedPathway) -> None:
    known = facts({**NO_SIGN, "relief": 40}, now=("heat",))
    overlay = over(small, known, around=at(small, "review"))
    assert (overlay.labels["care"], overlay.notes["care"]) == ("Goes on", "Heat")
    assert "tests" not in overlay.labels
    assert overlay.notes["tests"] == "pain relief is known"
    assert overlay.offers == {"care/heat": "You have this now"}


def test_a_way_that_is_not_open_says_why(small: ResolvedPathway) -> None:
    known = facts({**NO_SIGN, "relief": 40})
    overlay = over(small, known, around=at(small, "review"))
    assert overlay.notes["block"] == "because pain relief: 40%"
    assert overlay.notes["well"] == "open now"


def test_a_target_open_by_another_way_is_open(small: ResolvedPathway) -> None:
    known = facts({**NO_SIGN, "relief": 0}, now=("heat",))
    overlay = over(small, known, around=at(small, "review"))
    assert overlay.boxes["care"] == "next"
    assert overlay.notes["care"] == "open now; you have been there before"
    assert "care" not in overlay.labels


@pytest.mark.parametrize("reader", READERS)
def test_what_is_not_known_is_never_said_as_a_no(small: ResolvedPathway, reader: Reader) -> None:
    overlay = over(small, facts(NO_SIGN), reader, at(small, "review"))
    assert {name: overlay.boxes[name] for name in ("care", "block", "well")} == {
        "care": "next",
        "block": "next",
        "well": "next",
    }
    assert overlay.notes["well"] == "depends on what is not known: pain relief"


def test_more_than_two_unknowns_are_counted() -> None:
    care = load("severe-back-pain")
    known = facts(no_signs(care), now=FIRST_CARE)
    overlay = over(care, known)
    assert overlay.boxes["review_first_care"] == "here"
    assert {name for name, mark in overlay.boxes.items() if mark == "been"} == {
        "care_without_medicines",
        "first_medicines",
    }
    note = overlay.notes["finish_trial"]
    # The count is that of the text beside the picture: care never mentioned is one thing.
    counted = re.fullmatch(r"depends on (\d+) things that are not known, such as .+ and .+", note)
    way = next(each for each in placed(care, known).ways if each.target == "finish_trial")
    assert counted is not None
    assert 2 < int(counted[1]) < len(way.depends_on)
    assert overlay.short["finish_trial"].startswith("depends on ")
    assert "not known" in overlay.short["finish_trial"]


def test_signs_not_asked_about_come_first(small: ResolvedPathway) -> None:
    overlay = over(small, facts({"relief": 40}), around=at(small, "review"))
    assert overlay.notes["review"] == "First check the warning signs at the top"
    assert overlay.notes["well"] == "open now, if you have no warning sign"


def test_an_emergency_is_where_somebody_is_and_nothing_else_is_next(
    small: ResolvedPathway,
) -> None:
    known = facts({"saddle_numbness": True, "relief": 40}, now=("heat",))
    overlay = over(small, known, around=at(small, "review"))
    assert overlay.boxes["go_now"] == "here"
    assert "next" not in {*overlay.boxes.values(), *overlay.arrows.values()}
    assert overlay.notes["go_now"] == "because you are numb between the legs"


def test_a_presumed_sign_says_that_it_is_presumed(small: ResolvedPathway) -> None:
    known = facts({"saddle_numbness": True})
    presumed = {"saddle_numbness": replace(known.known["saddle_numbness"], presumed=True)}
    overlay = over(small, Facts(DAY, presumed))
    assert overlay.notes["go_now"] == (
        "because you are numb between the legs (not sure, so it counts as yes)"
    )


def test_what_cannot_be_had_says_why(small: ResolvedPathway) -> None:
    known = facts({**NO_SIGN, "relief": 20})
    around = replace(at(small, "review"), unavailable={"block": "distance"})
    overlay = over(small, known, "clinician", around)
    assert overlay.boxes["block"] == "closed"
    assert overlay.labels["block"] == "Not available"
    assert overlay.notes["block"] == "Medial branch block (too far away)"


def test_offers_of_the_panel_where_somebody_is(small: ResolvedPathway) -> None:
    fever = facts({"saddle_numbness": False, "fever": True}, now=("heat",))
    overlay = over(small, fever, around=at(small, "care"))
    assert overlay.offers["care/heat"] == "You have this now"
    assert overlay.offers["care/tens"] == "Not open now, because fever: yes"
    unknown = over(small, facts({"saddle_numbness": False}), around=at(small, "care"))
    assert unknown.offers["care/tens"] == "Depends on what is not known: fever"


def test_a_place_elsewhere_is_refused(small: ResolvedPathway) -> None:
    place = placed(small, facts())
    with pytest.raises(UnknownNameError, match="no place in this pathway 'small-pain'"):
        overlay_of(place, load("safety"), facts())
    with pytest.raises(UnknownNameError, match="no reader 'nurse'"):
        overlay_of(place, small, facts(), "nurse")  # type: ignore[arg-type]


def test_the_same_place_gives_the_same_overlay(small: ResolvedPathway) -> None:
    known = facts({**NO_SIGN, "relief": 40}, now=("heat",))
    assert repr(over(small, known)) == repr(over(small, known))
    boxes = list(over(small, known).boxes)
    assert boxes == sorted(boxes)


@pytest.mark.parametrize("name", library_ids())
def test_emergency_and_urgent_care_is_never_shown_as_closed(name: str) -> None:
    pathway = load(name)
    for known in (facts(), facts(no_signs(pathway))):
        for place in everywhere(pathway, known):
            overlay = overlay_of(place, pathway, known, "patient")
            closed = [state for state, mark in overlay.boxes.items() if mark == "closed"]
            assert [state for state in closed if pathway.urgency_of(state)] == [], place.states


@pytest.mark.parametrize("name", library_ids())
def test_every_state_of_a_place_is_marked_in_every_view_that_shows_it(name: str) -> None:
    pathway = load(name)
    for place in everywhere(pathway):
        overlay = overlay_of(place, pathway, facts(), "patient")
        assert all(overlay.boxes[state] == "here" for state in place.states)
        views = [View.whole(), View.yours(place), View.around(place.states[0], 1)]
        for view in views:
            diagram = extract(pathway, reader="patient", view=view, overlay=overlay)
            shown = set(shown_states(pathway, view))
            assert diagram.overlay.boxes == {
                state: mark for state, mark in overlay.boxes.items() if state in shown
            }
            assert set(diagram.overlay.notes) <= shown


@pytest.mark.parametrize("name", library_ids())
def test_a_way_is_closed_only_if_it_is_so_whatever_is_unknown(name: str) -> None:
    pathway = load(name)
    for place in everywhere(pathway):
        overlay = overlay_of(place, pathway, facts(), "patient")
        for way in place.ways:
            if way.whatever != "excluded" and not way.unavailable:
                assert may_open(way)
                assert overlay.arrows[way.way] == "next", way


def test_a_way_that_only_a_sign_opens_says_so() -> None:
    safety = load("safety")
    place = placed(safety, facts())
    overlay = overlay_of(place, safety, facts(), "patient")
    assert overlay.boxes["emergency_care"] == "next"
    assert overlay.labels["emergency_care"] == "If you have a warning sign"
    assert overlay.notes["emergency_care"] == "not every sign has been asked about"


def test_words_dot_and_mermaid_say_what_the_picture_says(small: ResolvedPathway) -> None:
    known = facts({**NO_SIGN, "relief": 40}, now=("heat",))
    overlay = over(small, known, around=at(small, "review"))
    diagram = extract(small, reader="patient", overlay=overlay)
    words = to_words(diagram)
    assert "You are at step 6.\n" in words
    assert "Step 6. Better?\nYou are here.\n" in words
    assert "Goes on: Heat.\n" in words
    assert "Not open now. Because pain relief: 40%.\n" in words
    assert "- Heat. You have this now." in words
    assert "go to step 8, Keep well. (could be next)\n" in words
    dot = to_dot(diagram, THEMES["default"])
    mermaid = to_mermaid(diagram, THEMES["default"])
    for each in ("You are here", "Goes on", "Not open now", "You have this now"):
        assert each in dot
        assert each in mermaid
    # Lines of a card are broken; the note is there, piece by piece.
    for each in ("Because pain", "40%."):
        assert each in dot
    assert "Because pain relief#58; 40%." in mermaid or "Because pain relief: 40%." in mermaid
