"""The part around a patient, as plain data: which steps, which ways, which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.diagrams import View, extract, to_words
from pathways.diagrams.model import Leeway
from pathways.diagrams.place_overlay import overlay_of
from pathways.diagrams.views import MOST_SO_FAR, YourPart, part_name, shown_states, subtitle
from pathways.diagrams.words import WordsFormat
from pathways.errors import UnknownNameError
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Place, Stop, Visit, WayStatus
from pathways.patients.placing import Placer
from pathways.reading.load import load
from tests.diagrams.places import DAY, FIRST_CARE, at, facts
from tests.diagrams.test_words import Golden

GOLDEN = Path(__file__).parent / "golden"
NO_SIGN = {"saddle_numbness": False, "fever": False}


def place(*stops: Stop, visits: tuple[Visit, ...] = ()) -> Place:
    return Place("small-pain", DAY, "certain", (), "here", stops, visits)


def at_review(small: ResolvedPathway) -> Place:
    known = facts({**NO_SIGN, "relief": 40}, now=("heat",))
    return Placer(small).place(known, at(small, "review"))


def test_the_part_is_the_way_so_far_the_stop_and_its_goals(small: ResolvedPathway) -> None:
    view = View.yours(at_review(small))
    assert view.part == YourPart(("review",), ("tests", "care"), ("well",), ("block",))
    assert shown_states(small, view) == ("tests", "care", "review", "block", "well")
    assert part_name(small, view) == "yours-6"
    assert subtitle(small, view, "patient") == "Your part of the map; later steps are not shown"
    assert subtitle(small, view, "clinician") == (
        "The part around this patient; later steps are not shown"
    )


def test_a_view_holds_names_only(small: ResolvedPathway) -> None:
    one, other = View.yours(at_review(small)), View.yours(at_review(small))
    assert one == other
    assert hash(one) == hash(other)


def test_at_the_start_there_is_the_start_and_what_follows(small: ResolvedPathway) -> None:
    view = View.yours(Placer(small).place(facts(), at(small, "arrive")))
    assert shown_states(small, view) == ("arrive", "signs")


def test_a_goal_that_is_open_by_one_way_is_open(small: ResolvedPathway) -> None:
    ways = (
        WayStatus("review/0", "review", "well", "excluded", "excluded"),
        WayStatus("review/1", "review", "well", "possible", "possible"),
        WayStatus("review/2", "review", "care", "certain", "certain", unavailable=("heat",)),
    )
    part = View.yours(place(Stop("review", "at", (), ways))).part
    assert part == YourPart(("review",), (), ("well",), ("care",))


def test_a_way_that_a_sign_not_asked_about_may_open_is_open(small: ResolvedPathway) -> None:
    ways = (WayStatus("signs/0", "signs", "go_now", "excluded", "possible"),)
    part = View.yours(place(Stop("signs", "at", (), ways))).part
    assert part == YourPart(("signs",), (), ("go_now",))


def test_in_an_emergency_the_way_so_far_is_left_out(small: ResolvedPathway) -> None:
    known = facts({"saddle_numbness": True}, now=("heat",))
    found = Placer(small).place(known)
    assert [visit.state for visit in found.visits] == ["care"]
    assert shown_states(small, View.yours(found)) == ("go_now",)


def test_only_the_last_steps_so_far_are_shown(small: ResolvedPathway) -> None:
    names = ("arrive", "signs", "tests", "care")
    found = place(Stop("review", "at", names))
    view = View.yours(found)
    assert shown_states(small, view) == (*names[-MOST_SO_FAR:], "review")
    diagram = extract(small, view=view)
    # What is left out leads in; what could have been on the way is no part of it.
    assert [(stub.other, stub.box, stub.leaves) for stub in diagram.stubs] == [
        ("arrive", "signs", False)
    ]


def test_what_may_be_left_out_is_in_order(small: ResolvedPathway) -> None:
    diagram = extract(small, view=View.yours(at_review(small)))
    assert diagram.leeway == Leeway(("review",), ("tests", "block", "care"), ("well",))
    assert extract(small).leeway is None


def test_ways_end_one_step_ahead(small: ResolvedPathway) -> None:
    diagram = extract(small, view=View.yours(at_review(small)))
    assert {arrow.source for arrow in diagram.arrows} == {"tests", "care", "review"}
    assert diagram.stubs == ()


def test_steps_that_are_not_next_to_each_other_are_joined(small: ResolvedPathway) -> None:
    found = place(Stop("well", "at"), visits=(Visit("tests", ("block",)),))
    diagram = extract(small, reader="patient", view=View.yours(found))
    (line,) = diagram.arrows
    assert (line.source, line.target, line.label) == ("tests", "well", "more steps")
    back = place(Stop("arrive", "at"), visits=(Visit("well"),))
    assert extract(small, view=View.yours(back)).arrows == ()


def test_panels_elsewhere_are_shortened(small: ResolvedPathway) -> None:
    ahead = extract(small, reader="patient", view=View.yours(place(Stop("review", "at"))))
    assert [box.name for box in ahead.boxes] == ["review"]
    known = facts({"saddle_numbness": False, "fever": False, "relief": 0})
    found = Placer(small).place(known, at(small, "review"))
    boxes = {box.name: box for box in extract(small, view=View.yours(found)).boxes}
    assert (boxes["care"].lines, boxes["care"].shortened) == ((), "2 treatments on offer")
    here = Placer(small).place(known, at(small, "care"))
    boxes = {box.name: box for box in extract(small, view=View.yours(here)).boxes}
    assert [line.name for line in boxes["care"].lines] == ["heat", "tens"]


@pytest.mark.parametrize(("file", "format"), [("yours.txt", "text"), ("yours.md", "markdown")])
def test_words_of_the_part(
    small: ResolvedPathway, golden: Golden, file: str, format: WordsFormat
) -> None:
    known = facts({**NO_SIGN, "relief": 20}, now=("heat",))
    found = Placer(small).place(known, at(small, "review"))
    overlay = overlay_of(found, small, known, "patient")
    diagram = extract(small, reader="patient", view=View.yours(found), overlay=overlay)
    golden(GOLDEN / file, to_words(diagram, format))


def test_the_person_of_the_first_text() -> None:
    pathway = load("severe-back-pain")
    found = Placer(pathway).place(facts(now=FIRST_CARE))
    assert shown_states(pathway, View.yours(found)) == (
        "care_without_medicines",
        "first_medicines",
        "review_first_care",
        "finish_trial",
        "more_therapies",
        "self_management",
    )


def test_a_part_of_another_pathway_is_refused(small: ResolvedPathway) -> None:
    elsewhere = place(Stop("nowhere", "at"))
    with pytest.raises(UnknownNameError, match="no state 'nowhere'"):
        extract(small, view=View.yours(elsewhere))
    with pytest.raises(UnknownNameError, match="part for this view"):
        View("yours")
    with pytest.raises(UnknownNameError, match="part for this view"):
        View("whole", part=YourPart(("review",)))
