"""The page in a real browser: by mouse and by keyboard, on a phone, in the dark, on paper, without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from pathways.explorer.page import script_text, to_page
from pathways.pathway import Pathway, load
from pathways.reading.files import library_ids
from tests.axe import axe_violations
from tests.explorer.browser import Chromium, Seen
from tests.explorer.people import FILE, models

pytestmark = pytest.mark.slow

LONGEST = 120


@cache
def page_of(*names: str, reader: str = "patient") -> str:
    loaded = [load(name) for name in names]
    return to_page(loaded, reader)  # type: ignore[arg-type]


@pytest.fixture
def back(chrome: Chromium) -> Iterator[Seen]:
    with chrome.opened(page_of("severe-back-pain")) as seen:
        yield seen
        assert seen.complaints == []
        assert seen.asked == []


@pytest.fixture
def clinician(back: Seen) -> Seen:
    back.page.get_by_role("button", name="Clinician", exact=True).click()
    return back


# What it says.


def test_browser_says_the_same_as_python(chrome: Chromium) -> None:
    compare = (FILE.parent / "compare.mjs").read_text(encoding="utf-8")
    with chrome.opened("<!DOCTYPE html><title>x</title>") as seen:
        wrong = seen.page.evaluate(
            """async ([engine, compare, models, cases]) => {
              const load = (text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
              return (await load(compare)).differences(await load(engine), models, cases);
            }""",
            [script_text(), compare, dict(models()), json.loads(FILE.read_text(encoding="utf-8"))],
        )
    assert wrong == []


@pytest.mark.parametrize("name", library_ids())
def test_every_pathway_opens_without_a_word_of_complaint(chrome: Chromium, name: str) -> None:
    text = page_of(name)
    assert len(text.encode("utf-8")) < 400_000
    with chrome.opened(text) as seen:
        assert "You are at step 1" in seen.status or "First check" in seen.status
        m = "pathwaysPage.m"
        assert seen.run(f"{m}.states.every((s) => document.getElementById('m0-s-' + s.name))")
        assert seen.run(f"{m}.states.every((s) => document.getElementById('m0-x-' + s.name))")
        assert seen.run(
            f"{m}.ways.every((w) => document.getElementById('m0-w-' + w.key.replace('/', '-')))"
        )
        assert seen.run(
            f"{m}.states.every((s, at) => document.querySelectorAll('#m0-x-' + s.name + ' > .ways > li')"
            f".length === {m}.from[at].length)"
        )
        ids = seen.run("[...document.querySelectorAll('[id]')].map((each) => each.id)")
        assert len(ids) == len(set(ids))
        assert (seen.complaints, seen.asked) == ([], [])


def test_help_box_comes_first_and_stays(back: Seen) -> None:
    first = back.page.locator(".help h2")
    assert first.inner_text() == "When to get help now"
    top = first.bounding_box()["y"]
    assert top < 300
    assert top < back.part("status").bounding_box()["y"]


# One question at a time, by mouse.


def test_questions_one_at_a_time(back: Seen) -> None:
    question = back.part("question")
    assert "Is it newly hard to start peeing" in question.locator("legend").inner_text()
    question.get_by_role("button", name="No", exact=True).click()
    assert "leak" in question.locator("legend").inner_text()
    assert "(1)" in back.part("answers").locator("h2").inner_text()
    question.get_by_role("button", name="Back").click()
    assert "Is it newly hard to start peeing" in question.locator("legend").inner_text()
    assert question.locator("[aria-pressed=true]").inner_text() == "No"
    question.get_by_role("button", name="Yes", exact=True).click()
    assert "Get emergency help now" in back.status
    assert back.page.locator(".pw").get_attribute("data-headline") == "emergency"
    assert "There are no more questions" in question.inner_text()
    back.page.get_by_role("button", name="Take back").first.click()
    assert "First check" in back.status


def test_not_sure_counts_as_yes_for_a_sign_and_as_nothing_elsewhere(back: Seen) -> None:
    back.part("question").get_by_role("button", name="Not sure").click()
    assert back.page.locator(".pw").get_attribute("data-headline") == "emergency"
    back.page.get_by_role("button", name="Start over").click()
    back.deny_signs()
    back.answer(numb_tingle_one_leg=False, pain_severe_or_worse=False)
    before = back.run("pathwaysPage.found.stops.map((s) => s.state)")
    back.part("question").get_by_role("button", name="Not sure").click()
    assert back.run("pathwaysPage.found.stops.map((s) => s.state)") == before


def test_a_minute_as_a_patient_would(back: Seen) -> None:
    back.deny_signs()
    back.answer(scope_age=50, scope_pregnant=False)
    back.answer(
        **{f"{name}.status": "now" for name in ("baclofen", "meloxicam", "physical_therapy")}
    )
    assert "Better at 4 to 6 weeks?" in back.status or "better" in back.status.lower()
    ways = back.part("ways").locator(".rows > li")
    assert ways.count() == 3
    assert "depends on:" in ways.first.inner_text()
    card = back.page.locator("#m0-s-review_first_care")
    assert card.get_attribute("aria-current") is not None
    assert "You are here" in (card.get_attribute("aria-label") or "")
    assert (card.locator(".flag").text_content() or "").strip() == "You are here"


def test_why_not_the_injection(clinician: Seen) -> None:
    clinician.deny_signs()
    clinician.answer(**{"baclofen.status": "now", "scope_age": 50})
    clinician.run(
        "pathwaysPage.select(pathwaysPage.m.states.findIndex((s) => (s.does || []).includes('epidural_steroid_injection') || /injection/i.test(s.title)), true)"
    )
    details = clinician.part("details").inner_text()
    assert "What would have to be true" in details
    assert "→" in details
    assert "For:" in details or "Against:" in details


def test_details_show_both_sides(clinician: Seen) -> None:
    clinician.page.locator("#m0-s-warning_signs").click()
    details = clinician.part("details")
    assert "Step 1, Any warning sign now?" in details.locator("h2").inner_text()
    sides = details.locator(".dispute li")
    assert sides.count() >= 2
    details.get_by_role("button", name="Close").click()
    assert details.locator("h2").inner_text() == "Details of a step"


def test_links_lead_to_details_and_on_in_the_list(back: Seen) -> None:
    back.page.locator(".help a").first.click()
    assert "Step 2, Get emergency help now" in back.part("details").locator("h2").inner_text()
    back.part("details").locator(".ways a").first.click()
    assert "Step 6," in back.part("details").locator("h2").inner_text()
    back.run("pathwaysPage.select(3, false)")
    dispute = back.part("details").locator("details.dispute").first
    dispute.locator("summary").click()
    assert "What we do" in dispute.inner_text()


def test_where_i_am_can_be_stated(back: Seen) -> None:
    back.deny_signs()
    back.page.locator("#m0-s-explain_pain").click()
    back.page.get_by_role("button", name="I am at this step").click()
    assert "You said that you are here." in back.status
    back.page.get_by_role("button", name="Work out the place").click()
    assert "You said that you are here." not in back.status


def test_what_if_closes_steps_but_never_emergency_care(clinician: Seen) -> None:
    clinician.deny_signs()
    what_if = clinician.part("what-if")
    what_if.locator("summary").click()
    for box in what_if.locator("input").all():
        box.check()
    closed = clinician.run(
        "[...pathwaysPage.found.closed.states].map((s) => pathwaysPage.m.states[s])"
    )
    assert len(closed) >= 10
    assert not any(each.get("urgency") for each in closed)
    for box in what_if.locator("input").all():
        box.uncheck()
    assert clinician.run("pathwaysPage.found.closed.states.size") == 0


def test_every_finding_in_one_form(clinician: Seen) -> None:
    form = clinician.part("findings")
    form.locator("> summary").click()
    assert form.locator(".field").count() == clinician.run("pathwaysPage.m.findings.length")
    assert form.locator("legend").all_inner_texts() == [
        "Warning signs",
        "Findings and results",
        "Care so far",
    ]
    form.get_by_label("age (years)", exact=True).fill("50")
    form.get_by_label("age (years)", exact=True).press("Tab")
    form.get_by_label("saddle numbness").select_option(label="Yes")
    assert clinician.status.startswith("Emergency care now.")
    form.get_by_label("saddle numbness").select_option(label="not answered")
    assert clinician.run("pathwaysPage.answers") == {"scope_age": 50}


def test_a_number_out_of_range_is_refused(clinician: Seen) -> None:
    form = clinician.part("findings")
    form.locator("> summary").click()
    form.get_by_label("age (years)", exact=True).fill("999")
    form.get_by_label("age (years)", exact=True).press("Tab")
    assert clinician.run("pathwaysPage.answers") == {}


def test_ranges_are_answers(back: Seen) -> None:
    back.run("pathwaysPage.ask('scope_age')")
    ranges = back.part("question").locator(".choices .choice")
    ranges.first.click()
    answer = back.run("pathwaysPage.answers.scope_age")
    assert answer["range"] == [0, 18]
    wide = back.run(
        "pathwaysPage.found.standing.known[0][pathwaysPage.m.findings[pathwaysPage.m.names.get('scope_age')].vars['']]"
    )
    assert wide == 1


def test_several_values_at_once(back: Seen) -> None:
    back.run("pathwaysPage.ask('rf_infection_risk')")
    question = back.part("question")
    question.locator("input[type=checkbox]").nth(0).check()
    question.locator("input[type=checkbox]").nth(2).check()
    question.get_by_role("button", name="Continue").click()
    assert len(back.run("pathwaysPage.answers.rf_infection_risk")) == 2
    back.run("pathwaysPage.ask('rf_infection_risk')")
    assert question.locator("input:checked").count() == 2


def test_answers_become_a_record_that_python_reads(back: Seen, tmp_path: Path) -> None:
    back.deny_signs()
    back.answer(scope_age=50, pain_sites=["hip", "knee"], **{"baclofen.status": "now"})
    with back.page.expect_download() as download:
        back.page.get_by_role("button", name="Save my answers").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    placed = load("severe-back-pain").place(file, on=json.loads(file.read_text())["recorded"])
    states = back.run("pathwaysPage.found.stops.map((s) => pathwaysPage.m.states[s.state].name)")
    assert list(placed.states) == states
    assert back.asked == []


# Several pathways, two versions.


def test_two_pathways_share_the_answers(chrome: Chromium) -> None:
    with chrome.opened(page_of("severe-back-pain", "facet-joint-pain")) as seen:
        seen.deny_signs()
        rows = seen.part("compare").locator("li")
        assert rows.count() == 2
        seen.part("chooser").select_option("1")
        assert seen.page.locator("h1:visible").count() == 1
        assert seen.page.locator("svg.map:visible").count() == 1
        assert "(17)" in seen.part("answers").locator("h2").inner_text()
        assert rows.nth(1).get_attribute("aria-current") == "true"
        assert (seen.complaints, seen.asked) == ([], [])


def test_two_versions_stand_side_by_side(chrome: Chromium) -> None:
    old = load("safety")
    newer = Pathway(
        **{
            **{name: getattr(old, name) for name in old.__dataclass_fields__},
            "document": old.document.model_copy(update={"version": "9.0.0"}),
        }
    )
    with chrome.opened(old.page(newer)) as seen:
        texts = seen.part("compare").locator("li").all_inner_texts()
        assert old.document.version in texts[0]
        assert "9.0.0" in texts[1]
        ids = seen.run("[...document.querySelectorAll('[id]')].map((each) => each.id)")
        assert len(ids) == len(set(ids))


# By keyboard.


def test_everything_by_keyboard(back: Seen) -> None:
    keys = back.page.keyboard
    back.page.locator("#m0-s-warning_signs").focus()
    at = "document.activeElement.id"
    keys.press("ArrowDown")
    assert back.run(at) == "m0-s-emergency_care"
    keys.press("ArrowRight")
    assert back.run(at) == "m0-s-urgent_work_up"
    keys.press("ArrowUp")
    assert back.run(at) == "m0-s-warning_signs"
    assert back.run("document.querySelectorAll('.card[tabindex=\"0\"]').length") == 1
    keys.press("ArrowDown")
    keys.press("Home")
    assert back.run(at) == "m0-s-warning_signs"
    keys.press("Enter")
    assert "Step 1" in back.run("document.activeElement.textContent")
    assert back.run("document.activeElement.closest('[data-part]').dataset.part") == "details"


def test_a_question_is_answered_and_the_next_one_has_the_focus(back: Seen) -> None:
    keys = back.page.keyboard
    back.part("question").get_by_role("button", name="No", exact=True).focus()
    keys.press("Enter")
    assert "leak" in back.run("document.activeElement.textContent")
    keys.press("Tab")
    assert back.run("document.activeElement.textContent") == "Yes"
    keys.press("Tab")
    keys.press("Space")
    assert "(2)" in back.part("answers").locator("h2").inner_text()


def test_every_control_is_reached_by_tab_and_shows_it(back: Seen) -> None:
    wanted = back.run(
        "[...document.querySelectorAll('button,select,input,summary,a[href],.card[tabindex=\"0\"]')]"
        ".filter((n) => n.checkVisibility() && !n.closest('details:not([open]) > :not(summary)')).length"
    )
    reached: set[str] = set()
    for _ in range(wanted + 25):
        back.page.keyboard.press("Tab")
        seen = back.run(
            "(() => { const n = document.activeElement; n.dataset.tab ??= String(Math.random());"
            " const s = getComputedStyle(n), f = n.firstElementChild && getComputedStyle(n.firstElementChild);"
            " return [n.tagName, n.dataset.tab, s.outlineStyle, f ? f.strokeWidth : '']; })()"
        )
        if seen[0] == "BODY":
            continue
        reached.add(seen[1])
        assert seen[2] != "none" or seen[3] == "5px", seen
    assert len(reached) >= wanted


# Looks.


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
@pytest.mark.parametrize("reader", ["patient", "clinician"])
def test_nothing_scrolls_sideways(chrome: Chromium, width: int, reader: str) -> None:
    viewport = {"width": width, "height": 700}
    with chrome.opened(page_of("severe-back-pain", reader=reader), viewport=viewport) as seen:
        seen.deny_signs()
        seen.run("pathwaysPage.select(14, false)")
        for each in ("what-if", "findings"):
            seen.part(each).locator("> summary").click()
        assert seen.run("document.documentElement.scrollWidth") <= width
        small = seen.run(
            "[...document.querySelectorAll('.choice, .bar button, select, .check')].filter((n) => n.checkVisibility()"
            " && n.getBoundingClientRect().height < 43.5).map((n) => n.textContent)"
        )
        assert small == []


@pytest.mark.parametrize("reader", ["patient", "clinician"])
def test_one_reader_is_read(chrome: Chromium, reader: str) -> None:
    with chrome.opened(page_of("safety", reader=reader)) as seen:
        seen.page.locator("details.words > summary").click()
        shown = seen.run("document.querySelector('details.words').innerText")
        assert ("Get emergency help now" in shown) is (reader == "patient")
        assert ("Emergency care now" in shown) is (reader == "clinician")


def test_without_scripts_the_words_are_read(chrome: Chromium) -> None:
    with chrome.opened(page_of("safety"), java_script_enabled=False) as seen:
        text = seen.page.locator("body").inner_text()
        assert "When to get help now" in text
        assert "Step 11." in text
        assert "go to step 2, Get emergency help now" in text
        assert "What we do:" in text
        assert seen.page.locator("button:visible").count() == 0
        assert seen.page.locator("svg:visible").count() == 0


def test_policy_lets_nothing_else_run(chrome: Chromium) -> None:
    spied = page_of("safety").replace(
        "</body>", '<img src="http://spy.test/x.png"><script>document.title = "ran"</script></body>'
    )
    with chrome.opened(spied) as seen:
        assert seen.page.title() != "ran"
        assert sum("Content Security Policy" in each for each in seen.complaints) >= 2
        assert "First check" in seen.status


def test_texts_are_escaped(chrome: Chromium) -> None:
    from pathways.reading.load import loads

    evil = "</script><script>document.title='ran'</script><b>x</b> & \"q\" 'a'"
    source = load("safety").to_yaml()
    old = "title:\n  clinician: Warning signs in back pain\n  patient: Check these signs first\n"
    text = source.replace(old, f"title: {json.dumps(evil)}\n", 1)
    assert text != source
    with chrome.opened(to_page([loads(text)])) as seen:
        assert seen.page.locator("h1").inner_text() == evil
        assert seen.page.title() != "ran"
        assert seen.complaints == []


def printed(seen: Seen, file: Path) -> list[str]:
    """The text of each page, as the browser prints it."""
    seen.page.emulate_media(media="print")
    seen.run("dispatchEvent(new Event('beforeprint'))")
    seen.page.pdf(path=str(file), format="A4")
    seen.run("dispatchEvent(new Event('afterprint'))")
    document = pypdfium2.PdfDocument(file)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_paper_has_the_place_and_what_is_supposed(back: Seen, tmp_path: Path) -> None:
    back.deny_signs()
    back.run("pathwaysPage.unavailable = ['mri']; pathwaysPage.update()")
    pages = printed(back, tmp_path / "page.pdf")
    assert "When to get help now" in pages[0]
    assert "You are at" in pages[0] + pages[1]
    whole = " ".join(pages)
    assert "Taken to be not available: An MRI scan." in whole
    assert "Your answers" in whole
    assert "All findings" not in whole
    assert "Step 57." not in whole
    assert len(pages) <= 5


def test_paper_has_every_step_where_they_are_open(back: Seen, tmp_path: Path) -> None:
    back.page.locator("details.words > summary").click()
    whole = " ".join(printed(back, tmp_path / "page.pdf"))
    for number in (1, 15, 57):
        assert f"Step {number}." in whole
    assert back.run("document.querySelector('details.words details, .dispute')?.open") is not True


# Access.


def violations(seen: Seen, width: int) -> list[tuple[str, list[str]]]:
    # Of a card that the map cuts where it scrolls, axe leaves out lines amid its text, and misses
    # them in its name: the wide window checks that.
    return axe_violations(seen.page, {"label-content-name-mismatch": {"enabled": width > 1000}})


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
def test_axe_finds_nothing(chrome: Chromium, axe: str, scheme: str, width: int) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with chrome.opened(page_of("severe-back-pain"), **options) as seen:
        seen.run(axe)
        assert violations(seen, width) == []
        seen.deny_signs()
        seen.answer(scope_age=50)
        seen.run("pathwaysPage.select(14, false)")
        for each in ("what-if", "findings"):
            seen.part(each).locator("> summary").click()
        seen.page.locator("details.words > summary").click()
        assert violations(seen, width) == []
