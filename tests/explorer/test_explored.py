"""The page in a notebook, seen from Python: what can be set, what follows, and what is refused."""

from __future__ import annotations

import builtins
import html
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from pathways.errors import ConditionError, PathwayError, UnknownNameError
from pathways.explored import Explored
from pathways.explorer.answering import Answering
from pathways.explorer.frame import FramedPage
from pathways.explorer.page import bridge_text, script_text
from pathways.pathway import Pathway, load
from pathways.patients.placing import Placer
from tests.explorer.people import FILE


@pytest.fixture(scope="module")
def back() -> Pathway:
    return load("severe-back-pain")


@pytest.fixture
def explored(back: Pathway) -> Explored:
    found = back.explore()
    assert isinstance(found, Explored)
    return found


def test_place_and_options_follow_from_findings(explored: Explored) -> None:
    assert (explored.place, explored.at) == (["warning_signs"], "")
    explored.findings = {"rf_foot_drop": "yes"}
    assert explored.findings == {"rf_foot_drop": True}
    assert explored.place == ["same_day_check"]
    assert explored.options == ["serious_cause_decision"]


def test_a_place_that_is_set_is_where_somebody_says_they_are(explored: Explored) -> None:
    explored.place = ["review_first_care"]
    assert (explored.at, explored.place) == ("review_first_care", ["review_first_care"])
    explored.place = []
    assert (explored.at, explored.place) == ("", ["warning_signs"])
    with pytest.raises(PathwayError, match="one state"):
        explored.place = ["review_first_care", "scope_check"]


def test_what_cannot_be_had_closes_options(explored: Explored) -> None:
    explored.place = ["explain_pain"]
    assert explored.options == ["care_without_medicines"]
    explored.unavailable = ["care_without_medicines"]
    assert explored.options == []


@pytest.mark.parametrize(
    ("trait", "value", "error", "said"),
    [
        ("findings", {"rf_foot_drp": True}, UnknownNameError, "rf_foot_drop"),
        ("findings", {"rf_foot_drop": "perhaps"}, ConditionError, "True or False"),
        ("findings", {"pain_now": 11}, ConditionError, "10"),
        ("unavailable", ["mrii"], UnknownNameError, "mri"),
        ("at", "nowhere", UnknownNameError, "state"),
        ("options", ["scope_check"], PathwayError, "follow from the answers"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_changes(
    explored: Explored, trait: str, value: Any, error: type[Exception], said: str
) -> None:
    before = explored.findings, explored.unavailable, explored.at, explored.place, explored.options
    with pytest.raises(error, match=said):
        setattr(explored, trait, value)
    after = explored.findings, explored.unavailable, explored.at, explored.place, explored.options
    assert after == before


def test_a_record_is_where_it_begins(back: Pathway) -> None:
    found = back.explore("seed-000")
    assert isinstance(found, Explored)
    placed = back.place("seed-000")
    assert found.place == list(placed.states)
    assert found.placed.states == placed.states
    assert json.loads(json.dumps(found.findings)) == found.findings


def test_answers_lead_where_the_vectors_say(back: Pathway) -> None:
    cases = [each for each in json.loads(FILE.read_text()) if each["pathway"] == back.id]
    answering = Answering(Placer(back))
    assert len(cases) > 100
    for case in cases:
        answers = answering.checked(case.get("answers", {}))
        given = (answers, case.get("unavailable", ()), case.get("stated", ""))
        if "error" in case:
            with pytest.raises(PathwayError):
                answering.placed(*given)
            continue
        assert list(answering.placed(*given).place.states) == [name for name, _ in case["stops"]]


def test_a_range_of_the_page_is_any_of_its_numbers(back: Pathway) -> None:
    answering = Answering(Placer(back))
    space = answering.placer.logic.space
    at = space.of_finding["pain_duration_weeks"][""]
    for cell in space.variables[at].cells:
        ends = [None if each is None else float(each) for each in (cell.low, cell.high)]
        answer = {"range": ends, "open": [int(cell.low_open), int(cell.high_open)]}
        by_range = answering.placed(answering.checked({"pain_duration_weeks": answer}))
        by_number = answering.placed({"pain_duration_weeks": float(cell.sample)})
        assert by_range.place.stops == by_number.place.stops
        assert "pain_duration_weeks" in by_range.facts.known


def test_the_page_of_a_notebook_has_a_link_and_no_other(back: Pathway, explored: Explored) -> None:
    shown, _ = explored._repr_mimebundle_()
    attributes = frame_of(shown["text/html"])
    assert attributes["name"] == f"pathways-{explored.link}"
    assert attributes["sandbox"] == "allow-scripts allow-modals allow-downloads"
    assert '"begin":' in attributes["srcdoc"]
    assert '"begin":' not in back.page()
    assert bridge_text() in script_text()
    assert shown["text/plain"] == "<Explored severe-back-pain: warning_signs>"


def test_the_frame_holds_the_answers_of_now(explored: Explored) -> None:
    explored.findings = {"rf_foot_drop": True}
    page = frame_of(explored._repr_mimebundle_()[0]["text/html"])["srcdoc"]
    found = re.search(r'<script type="application/json" id="pathways-data">(.*?)</script>', page)
    assert found is not None
    assert json.loads(found[1])["begin"]["findings"] == {"rf_foot_drop": True}


def test_without_anywidget_it_is_the_page_and_says_so(
    back: Pathway, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith(("anywidget", "pathways.explored")):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    found = back.explore("seed-000")
    assert isinstance(found, FramedPage)
    bundle = found._repr_mimebundle_()
    assert isinstance(bundle, dict)
    shown = str(bundle["text/html"])
    assert 'pip install "care-pathways[notebook]"' in html.unescape(shown)
    assert "name" not in frame_of(shown)


def frame_of(text: str) -> dict[str, str]:
    """The attributes of the one frame, as a browser reads them."""

    class Reader(HTMLParser):
        found: dict[str, str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "iframe":
                self.found = {key: value or "" for key, value in attrs}

    reader = Reader()
    reader.feed(text)
    return reader.found
