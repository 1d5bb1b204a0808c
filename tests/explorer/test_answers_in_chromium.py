"""What the page says and asks, as a person with a phone meets it: signs, doubts, going on, why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pathways.explorer.page import to_page
from pathways.pathway import load
from tests.explorer.browser import Chromium, Seen

pytestmark = pytest.mark.slow
SIGNS = {
    "rf_bladder_retention": "no",
    "rf_bladder_bowel_loss": "no",
    "rf_saddle_numb": "no",
    "rf_sexual_change": "no",
    "rf_both_legs_weak_numb": "no",
    "rf_weakness_worse": "no",
    "rf_fever": "yes",
}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture(scope="module")
def text() -> str:
    return to_page([load("severe-back-pain")])


@pytest.fixture
def phone(chrome: Chromium, text: str) -> Iterator[Seen]:
    with chrome.opened(text, **PHONE) as seen:
        yield seen
        assert seen.complaints == []
        assert seen.asked == []


def press(seen: Seen, name: str, part: str = "question") -> None:
    seen.part(part).get_by_role("button", name=name, exact=True).first.click()


def question(seen: Seen) -> str:
    return str(seen.part("question").inner_text())


# Warning signs.


def test_a_sign_for_today_says_today(phone: Seen) -> None:
    phone.answer(rf_foot_drop=True)
    assert "In any case: See a clinician today." in phone.status
    phone.deny_signs()
    assert phone.status.startswith("See a clinician today.\n\nIt is new that you drag your foot.")
    assert "soon" not in phone.status.lower()


def test_an_emergency_says_what_to_do_and_nothing_else(phone: Seen) -> None:
    phone.answer(rf_fever=True)
    assert "You have a fever" in phone.status
    phone.answer(numb_tingle_one_leg=True)
    lines = phone.status.split("\n\n")
    assert lines[0] == "Get emergency help now."
    assert lines[2].startswith("Call your local emergency number")
    assert not any("soon" in line or "Possible next" in line for line in lines)
    assert phone.part("status").get_attribute("role") == "alert"
    assert question(phone).startswith("No more questions now")


def test_what_can_make_an_emergency_of_a_sign_is_asked_first(phone: Seen) -> None:
    emergency = [
        "rf_bladder_retention",
        "rf_bladder_bowel_loss",
        "rf_saddle_numb",
        "rf_sexual_change",
    ]
    more = ["rf_both_legs_weak_numb", "rf_weakness_worse"]
    phone.answer(**dict.fromkeys([*emergency, *more], False), rf_fever=True)
    python = load("severe-back-pain").place(
        {"record": "made-up", "findings": SIGNS}, on="2026-11-25"
    )
    wanted = [each.finding for each in python.questions if each.is_emergency]
    assert "numb_tingle_one_leg" in wanted
    asked = phone.run("pathwaysPage.asking().map((at) => pathwaysPage.m.findings[at].name)")
    assert asked[: len(wanted)] == wanted


def test_not_sure_is_never_told_as_a_fact(phone: Seen) -> None:
    press(phone, "Not sure")
    assert "You were not sure about this, so it counts as a yes" in phone.status
    assert "you cannot pee" not in phone.status


def test_ways_for_signs_stand_first_while_signs_are_open(phone: Seen) -> None:
    first = phone.part("ways").locator("li").first
    assert "Get emergency help now" in first.inner_text()
    assert "If you have none of these signs, next could be" in phone.status


def test_the_box_says_what_to_do_about_urgent_signs(phone: Seen) -> None:
    box = phone.page.locator(".help details").first
    box.locator("summary").click()
    assert "See a clinician today or in the next days" in box.inner_text()
    assert "Get checked today if" in box.inner_text()
    assert "?." not in phone.page.locator(".help").inner_text()


def test_the_questions_are_one_tap_away(phone: Seen) -> None:
    phone.page.get_by_role("link", name="Go to the questions").click()
    box = phone.part("question").bounding_box()
    assert 0 <= box["y"] < 200


# Going on.


def test_a_journey_goes_on_from_step_to_step(phone: Seen) -> None:
    phone.deny_signs()
    press(phone, "No")
    press(phone, "No")
    phone.part("question").locator("input").fill("40")
    press(phone, "Continue")
    assert "You are at step 12" in phone.status
    press(phone, "not at all")
    for title in ("Step 13, Care without pills", "Step 15, Better after 4 to 6 weeks?"):
        press(phone, title)
        assert title.removeprefix("Step ").split(",")[0] in phone.status
    assert phone.run("document.activeElement.dataset.part") == "status"
    assert "Is physical therapy part of your care now" in question(phone)


def test_from_a_place_that_was_said_answers_lead_on(phone: Seen) -> None:
    phone.deny_signs()
    phone.run("pathwaysPage.goOn(pathwaysPage.m.stateAt.get('scope_check'))")
    phone.answer(scope_pregnant=False)
    press_age(phone)
    assert "You are at step 12" in phone.status


def press_age(phone: Seen) -> None:
    phone.part("question").locator("input").fill("40")
    press(phone, "Continue")


def test_back_goes_back_question_by_question(phone: Seen) -> None:
    seen = [question(phone).split("?")[0]]
    for _ in range(3):
        press(phone, "No")
        seen.append(question(phone).split("?")[0])
    for before in reversed(seen[:-1]):
        phone.part("question").get_by_role("button", name="Back").click()
        assert question(phone).split("?")[0] == before
    assert phone.part("question").get_by_role("button", name="Back").count() == 0


def test_start_over_can_be_undone(phone: Seen) -> None:
    press(phone, "No")
    phone.page.get_by_role("button", name="Start over").click()
    assert phone.run("Object.keys(pathwaysPage.answers).length") == 0
    phone.page.get_by_role("button", name="Undo").click()
    assert phone.run("Object.keys(pathwaysPage.answers).length") == 1


# Why not, and what if.


def test_why_not_the_injection_is_told_from_anywhere(phone: Seen) -> None:
    phone.deny_signs()
    phone.answer(pain_now=2, injection_risks=["bleeding"])
    phone.run("pathwaysPage.select(pathwaysPage.m.stateAt.get('nerve_options'), true)")
    details = phone.part("details")
    shown = details.locator("li", has_text="An epidural steroid shot").first
    assert "not open now" in shown.inner_text()
    assert "because: you bleed easily" in shown.inner_text()
    assert "also: your pain now is at most 3" in shown.inner_text()
    heading = details.locator("h3", has_text="What would have to be true").bounding_box()
    top = details.locator("h2").bounding_box()
    assert heading["y"] - top["y"] < 400


def test_what_is_missing_is_said_wherever_one_is(phone: Seen) -> None:
    phone.deny_signs()
    phone.part("what-if").locator("summary").click()
    phone.part("what-if").get_by_label("An MRI scan", exact=True).check()
    assert "Taken to be not available: An MRI scan." in phone.status
    assert phone.part("what-if").locator("summary").inner_text().endswith("(1)")


def test_notes_are_told_in_full_in_details(phone: Seen) -> None:
    for state in range(phone.run("pathwaysPage.m.states.length")):
        phone.run(f"pathwaysPage.select({state}, false)")
        said = phone.part("details").inner_text()
        assert "as at step" not in said
        assert ".." not in said.replace("...", "")


def test_numbers_have_their_units(phone: Seen) -> None:
    phone.part("findings").locator("summary").click()
    label = phone.part("findings").locator("label", has_text="how long the pain has lasted")
    assert "weeks" in label.first.inner_text()


def test_where_i_am_can_be_found_on_the_map(phone: Seen) -> None:
    phone.deny_signs()
    for name in ("Fit the width", "Larger", "Larger", "Smaller", "Where I am"):
        phone.page.get_by_role("button", name=name, exact=True).click()
    card, box = (phone.page.locator(each).bounding_box() for each in (".card.here", ".mapbox"))
    assert box["x"] <= card["x"] <= box["x"] + box["width"]
    assert box["y"] <= card["y"] <= box["y"] + box["height"]


def test_two_pathways_fit_a_phone_and_are_compared(chrome: Chromium) -> None:
    both = to_page([load("severe-back-pain"), load("chronic-back-pain")])
    with chrome.opened(both, **PHONE) as seen:
        assert seen.run("document.documentElement.scrollWidth") <= 390
        assert "They lead to" in seen.part("compare").inner_text()
