"""A page in a real JupyterLab: linked with Python both ways, and of use without a kernel."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbconvert
import pytest

from tests.explorer.browser import Chromium
from tests.explorer.lab import LONG, Lab, Notebook, lab

pytestmark = pytest.mark.slow

EXPLORE = """import pathways
here = pathways.load("severe-back-pain").explore()
here"""
STATE = "print([here.place, here.options, here.findings, here.unavailable, here.at])"
CELLS = [
    EXPLORE,
    STATE,
    'here.findings = {**here.findings, "rf_foot_drop": True}',
    'here.place = ["review_first_care"]',
    'here.unavailable = ["physical_therapy"]',
    "here",
    "import ipywidgets\nipywidgets.VBox([ipywidgets.Label('Beside it'), here])",
    "print(here.placed.states == tuple(here.place), here.placed)",
    'pathways.load("severe-back-pain").explore("seed-000")',
]
SHARE, FOOT, PLACE, CLOSE, AGAIN, BOX, PLACED, PATIENT = range(1, 9)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, chrome: Chromium) -> Iterator[Lab]:
    with lab(tmp_path_factory.mktemp("lab"), chrome) as found:
        yield found


@pytest.fixture
def notebook(server: Lab, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    name = f"{request.node.name}.ipynb"
    with server.opened(name, CELLS) as found:
        found.run(0)
        found.says(0, "You are at step 1")
        yield found
        assert found.complaints == []
        assert {each for each in found.asked if not is_own(each, server)} == set()


def is_own(address: str, server: Lab) -> bool:
    own = (server.address, server.address.replace("http", "ws"), "data:", "blob:", "about:")
    return address.startswith(own)


def state(notebook: Notebook) -> list[Any]:
    return list(ast.literal_eval(notebook.run(SHARE)))


def in_browser(notebook: Notebook, number: int = 0) -> list[Any]:
    """What the page itself makes of the answers: its engine is not Python's."""
    body = notebook.frame(number).locator("body")
    keys = ["place", "options", "findings", "unavailable", "at"]
    return list(body.evaluate(f"() => {keys}.map((key) => pathwaysPage.model.get(key))"))


def settled(notebook: Notebook) -> list[Any]:
    """What Python knows, as soon as it knows the answers of the page."""
    for _ in range(40):
        found = state(notebook)
        if found[2:] == in_browser(notebook)[2:]:
            return found
        notebook.page.wait_for_timeout(100)
    return found


def deny_all_signs(notebook: Notebook, number: int = 0) -> None:
    question = notebook.frame(number).locator("[data-part=question]")
    question.locator("summary").click()
    question.locator("details button").click()


def test_what_is_answered_in_the_page_is_known_in_python(notebook: Notebook) -> None:
    assert state(notebook) == in_browser(notebook)
    deny_all_signs(notebook)
    found = settled(notebook)
    assert found == in_browser(notebook)
    assert found[2]["rf_foot_drop"] is False
    question = notebook.frame(0).locator("[data-part=question]")
    question.locator("button.choice").first.click()
    more = settled(notebook)
    assert more == in_browser(notebook)
    assert len(more[2]) == len(found[2]) + 1


def test_what_is_set_in_python_shows_in_the_page(notebook: Notebook) -> None:
    notebook.run(FOOT)
    notebook.says(0, "See a clinician today")
    assert state(notebook) == in_browser(notebook)
    notebook.run(PLACE)
    notebook.frame(0).locator("[data-part=status]").filter(has_text="You are at step").wait_for()
    found = settled(notebook)
    assert found[4] == "review_first_care"
    assert found == in_browser(notebook)


def test_what_cannot_be_had_goes_both_ways(notebook: Notebook) -> None:
    notebook.run(CLOSE)
    frame = notebook.frame(0)
    box = frame.locator("[data-part=what-if] input[value=physical_therapy]")
    frame.locator("[data-part=what-if] > summary").click()
    box.wait_for()
    assert box.is_checked()
    box.uncheck()
    frame.locator("[data-part=what-if] input[value=mri]").check()
    assert settled(notebook)[3] == ["mri"]
    assert state(notebook) == in_browser(notebook)


def test_two_outputs_of_one_pathway_move_together(notebook: Notebook) -> None:
    notebook.run(AGAIN)
    notebook.says(AGAIN, "You are at step 1")
    deny_all_signs(notebook, AGAIN)
    notebook.says(0, notebook.frame(AGAIN).locator("[data-part=status]").inner_text()[:40])
    assert settled(notebook) == in_browser(notebook, AGAIN) == in_browser(notebook)


def test_it_stands_in_a_box_of_other_widgets(notebook: Notebook) -> None:
    notebook.run(FOOT)
    notebook.run(BOX)
    notebook.says(BOX, "See a clinician today")
    deny = notebook.frame(BOX).locator("[data-part=answers] button", has_text="Take back").first
    deny.click()
    notebook.says(0, "You are at step 1")
    assert settled(notebook)[2] == {}


def test_answers_can_be_used_as_a_patient(notebook: Notebook) -> None:
    notebook.run(FOOT)
    assert notebook.run(PLACED).startswith("True <Placed answers in severe-back-pain: same_day")


def test_keys_of_the_notebook_are_not_pressed_in_the_page(notebook: Notebook) -> None:
    count = notebook.page.locator(".jp-Notebook .jp-CodeCell").count()
    notebook.frame(0).locator("[data-part=map] [tabindex='0']").first.focus()
    for key in ("a", "b", "d", "d", "x", "ArrowDown", "Enter"):
        notebook.page.keyboard.press(key)
    assert notebook.page.locator(".jp-Notebook .jp-CodeCell").count() == count
    assert notebook.frame(0).locator("[data-part=details] h2").inner_text().startswith("Step")


def test_without_a_kernel_the_page_stays_of_use(notebook: Notebook, server: Lab) -> None:
    notebook.run(PATIENT)
    notebook.says(PATIENT, "Better after 4 to 6 weeks?")
    notebook.saved()
    page = notebook.page
    page.goto("about:blank")
    page.request.delete(f"{server.address}/api/sessions/{session(notebook, server)}")
    page.goto(f"{server.address}/lab/workspaces/again/tree/{notebook.path.name}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=LONG)
    notebook.says(0, "You are at step 1")
    deny_all_signs(notebook)
    notebook.says(0, "Is this made for you?")
    notebook.says(PATIENT, "Better after 4 to 6 weeks?")


def session(notebook: Notebook, server: Lab) -> str:
    listed = notebook.page.request.get(f"{server.address}/api/sessions").json()
    return next(str(each["id"]) for each in listed if each["path"] == notebook.path.name)


def test_exported_it_works_offline(notebook: Notebook, chrome: Chromium, tmp_path: Path) -> None:
    notebook.run(FOOT)
    text, _ = nbconvert.HTMLExporter(embed_images=True).from_notebook_node(notebook.saved())
    file = tmp_path / "exported.html"
    file.write_text(text, encoding="utf-8")
    context = chrome.browser.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe").first
    frame.locator("[data-part=status]").filter(has_text="You are at step 1").wait_for()
    frame.locator("[data-part=question] summary").click()
    frame.locator("[data-part=question] details button").click()
    frame.locator("[data-part=status]").filter(has_text="Is this made for you?").wait_for()
    context.close()
