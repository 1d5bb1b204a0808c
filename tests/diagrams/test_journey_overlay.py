"""A journey over a diagram: steps gone, ways taken, where it ends; also where no arrow shows it."""

from __future__ import annotations

import pytest

from pathways.checks.results import Journey, Moment
from pathways.diagrams import View, extract, picture, to_dot, to_mermaid, to_words
from pathways.diagrams.journey_overlay import journey_overlay
from pathways.diagrams.theme import THEMES
from pathways.errors import UnknownNameError
from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import loads
from tests.checks.test_check import ANKLE


@pytest.fixture(scope="module")
def ankle() -> ResolvedPathway:
    return loads(ANKLE)


def journey(*steps: tuple[str, str], back_to: int | None = None) -> Journey:
    return Journey(tuple(Moment(state, {}, way) for state, way in steps), (), back_to)


STRAIGHT = journey(("begin", "begin/0"), ("rest", "rest/0"), ("done", ""))
CALLED = journey(("begin", "begin/0"), ("rest", "interrupt/0"), ("emergency", ""))
ROUND = journey(
    ("begin", "begin/0"), ("rest", "rest/1"), ("rest", "rest/1"), ("rest", ""), back_to=1
)


def test_steps_gone_ways_taken_and_the_end_are_marked(ankle: ResolvedPathway) -> None:
    overlay = journey_overlay(ankle, STRAIGHT, "nothing is open here")
    assert overlay.boxes == {"begin": "been", "rest": "been", "done": "here"}
    assert overlay.arrows == {"begin/0": "been", "rest/0": "been"}
    assert overlay.labels == {"begin": "Passed", "rest": "Passed", "done": "Ends here"}
    assert overlay.notes == {"done": "nothing is open here"}


def test_without_a_note_nothing_is_said_at_the_end(ankle: ResolvedPathway) -> None:
    assert journey_overlay(ankle, STRAIGHT).notes == {}


def test_an_interrupt_is_said_at_the_step_it_is_taken_from(ankle: ResolvedPathway) -> None:
    overlay = journey_overlay(ankle, CALLED, "the rule 'a' fails")
    assert overlay.arrows == {"begin/0": "been"}
    assert overlay.notes == {"rest": "Numb: to step 4", "emergency": "the rule 'a' fails"}


def test_a_step_gone_more_than_once_says_how_often(ankle: ResolvedPathway) -> None:
    twice = journey(("begin", "begin/0"), ("rest", "rest/1"), ("rest", "rest/0"), ("done", ""))
    assert journey_overlay(ankle, twice).labels["rest"] == "Passed 2 times"


def test_a_loop_does_not_end_it_comes_back(ankle: ResolvedPathway) -> None:
    overlay = journey_overlay(ankle, ROUND, "goes round for ever")
    assert overlay.boxes["rest"] == "here"
    assert overlay.labels["rest"] == "Comes back here"
    assert overlay.arrows == {"begin/0": "been", "rest/1": "been"}


def test_a_step_that_is_left_by_an_interrupt_and_comes_back_says_both(
    ankle: ResolvedPathway,
) -> None:
    back = journey(("emergency", "interrupt/0"), ("emergency", ""))
    notes = journey_overlay(ankle, back, "goes round for ever").notes
    assert notes == {"emergency": "goes round for ever; Numb: to step 4"}


@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.parametrize("each", [STRAIGHT, CALLED, ROUND], ids=["straight", "called", "round"])
def test_a_journey_is_drawn_without_a_fault(
    ankle: ResolvedPathway, each: Journey, theme: str
) -> None:
    overlay = journey_overlay(ankle, each, "the rule 'no-rest-before-emergency' fails")
    drawn = picture(ankle, overlay=overlay, theme=theme)
    assert drawn.problems == ()
    assert "no-rest-before-" in drawn.svg


def test_every_form_of_the_diagram_says_where_it_ends(ankle: ResolvedPathway) -> None:
    diagram = extract(ankle, overlay=journey_overlay(ankle, CALLED, "nothing is open here"))
    words = (
        to_words(diagram),
        to_dot(diagram, THEMES["default"]),
        to_mermaid(diagram, THEMES["default"]),
    )
    assert all("Ends here" in each for each in words)


def test_a_part_of_the_pathway_shows_the_marks_it_has(ankle: ResolvedPathway) -> None:
    overlay = journey_overlay(ankle, CALLED)
    part = extract(ankle, view=View.around("begin", 1), overlay=overlay)
    assert part.overlay.boxes["begin"] == "been"


def test_a_journey_of_another_pathway_is_refused(ankle: ResolvedPathway) -> None:
    wrong = journey(("begin", "begin/9"), ("done", ""))
    with pytest.raises(UnknownNameError, match="begin/9"):
        extract(ankle, overlay=journey_overlay(ankle, wrong))
