"""The page in a real browser: it changes at every save without being loaded again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.axe import axe_violations
from tests.interrupting import command
from tests.preview.conftest import ANKLE, BAD

pytestmark = pytest.mark.slow

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LONGEST = 60_000
"""Milliseconds to wait for anything."""
PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}


@dataclass
class Watched:
    """The command, running, and a browser."""

    url: str
    file: Path
    process: subprocess.Popen[str]
    browser: Any
    complaints: list[str] = field(default_factory=list)

    def open(self, **options: Any) -> Any:
        """Open a tab that has the picture and the check; what it complains about is kept."""
        page = self.browser.new_context(**options).new_page()
        page.set_default_timeout(LONGEST)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        page.goto(self.url)
        page.wait_for_selector("#check.passes, #check.fails")
        page.evaluate("window.notLoadedAgain = true; 0")
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.url, "data:")):
            self.complaints.append(url)

    def write(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    command = next(filter(None, map(shutil.which, NAMES)), None)
    if command is None:
        reason = f"no browser to look with: none of {', '.join(NAMES)} is on the path"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        found = playwright.chromium.launch(executable_path=command, args=options)
        yield found
        found.close()


@pytest.fixture
def watched(ankle: Path, browser: Any) -> Iterator[Watched]:
    root = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(
        command("watch", str(ankle), "--no-browser"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    found = Watched(process.stdout.readline().strip(), ankle, process, browser)
    yield found
    for context in browser.contexts:
        context.close()
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == "Ctrl-C ends it\n"
    assert found.complaints == []


def test_the_page_follows_the_file(watched: Watched) -> None:
    page = watched.open()
    assert "drawn in" in page.text_content("#status")
    watched.write(ANKLE.replace("Cool it", "Rest it"))
    page.wait_for_selector("#picture svg:has-text('Rest it')")
    watched.write(BAD)
    page.wait_for_selector("#faults:not([hidden])")
    assert "1 error" in page.text_content("#status")
    assert "has had errors since" in page.text_content("#old")
    fault = page.text_content("#fault-list li")
    assert "ankle.yaml:10:62" in fault
    assert "did you mean 'rest'?" in fault
    assert "Rest it" in page.text_content("#picture svg"), "the last good picture stays"
    assert page.title().startswith("(1 error)")
    watched.write(ANKLE)
    page.wait_for_selector("#faults[hidden]", state="attached")
    page.wait_for_selector("#picture svg:has-text('Cool it')")
    page.wait_for_selector("#check.passes, #check.fails")
    assert page.evaluate("window.notLoadedAgain")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(watched: Watched, axe: str, scheme: str) -> None:
    page = watched.open(color_scheme=scheme)
    page.evaluate(axe)
    assert axe_violations(page, {}) == []
    watched.write(BAD)
    page.wait_for_selector("#fault-list .caret")
    assert axe_violations(page, {}) == []


def test_the_caret_stands_under_the_column(watched: Watched) -> None:
    page = watched.open()
    watched.write(BAD)
    page.wait_for_selector("#fault-list .caret")
    text, caret = page.text_content("#fault-list pre").split("\n")
    assert text[caret.index("^") :].startswith("rset")


def test_a_save_is_soon_shown(watched: Watched) -> None:
    page = watched.open()
    taken = []
    for number in range(5):
        page.evaluate(
            "window.seen = new Promise((done) => new MutationObserver(() =>"
            " requestAnimationFrame(() => done(Date.now())))"
            ".observe(document.getElementById('picture'), {childList: true})); 0"
        )
        page.wait_for_timeout(40 * number)
        begun = time.time()
        watched.write(ANKLE.replace("Cool it", f"Zebra {number}"))
        taken.append(page.evaluate("window.seen") - begun * 1000)
        assert f"Zebra {number}" in page.text_content("#picture svg")
    shown = [round(each) for each in taken]
    print("milliseconds from save to shown:", shown)  # noqa: T201 - a figure to read, with -s


def test_size_and_place_stay(watched: Watched) -> None:
    page = watched.open(viewport={"width": 900, "height": 500})
    for _ in range(4):
        page.keyboard.press("+")
    page.evaluate("document.getElementById('picture').scrollTo(120, 90)")
    before = page.evaluate(
        "(() => { const p = document.getElementById('picture');"
        " return [p.scrollLeft, p.scrollTop, document.getElementById('size').textContent]; })()"
    )
    assert before[:2] == [120, 90]
    watched.write(ANKLE.replace("Cool it", "Rest it"))
    page.wait_for_selector("#picture svg:has-text('Rest it')")
    after = page.evaluate(
        "(() => { const p = document.getElementById('picture');"
        " return [p.scrollLeft, p.scrollTop, document.getElementById('size').textContent]; })()"
    )
    assert after == before
    page.keyboard.press("0")
    assert page.get_attribute("#fit", "aria-pressed") == "true"


def test_every_tab_follows(watched: Watched) -> None:
    tabs = [watched.open() for _ in range(3)]
    watched.write(BAD)
    for each in tabs:
        each.wait_for_selector("#faults:not([hidden])")


@pytest.mark.parametrize("options", [PHONE, {"viewport": {"width": 1280, "height": 800}}])
def test_nothing_is_wider_than_the_page_and_buttons_can_be_hit(
    watched: Watched, options: dict[str, Any]
) -> None:
    page = watched.open(**options)
    watched.write(BAD)
    page.wait_for_selector("#faults:not([hidden])")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for each in page.locator("button").all():
        box = each.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    places = [page.locator(each).bounding_box()["y"] for each in ("#faults", "#drawing")]
    assert places[0] <= places[1]


def test_hostile_texts_stay_texts(watched: Watched) -> None:
    page = watched.open()
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    watched.write(ANKLE.replace("Cool it and move gently", f"'{hostile}'"))
    page.wait_for_selector("#picture svg:has-text('onerror')")
    page.wait_for_selector("#check.passes, #check.fails")
    watched.write(BAD.replace("rset", f"'{hostile}'"))
    page.wait_for_selector("#fault-list li:has-text('onerror')")
    assert page.locator("#picture script, #fault-list img, #found img").count() == 0


def test_the_end_is_said(watched: Watched) -> None:
    page = watched.open()
    watched.process.send_signal(signal.SIGINT)
    watched.process.wait(20)
    page.wait_for_selector("#status:has-text('has ended')")
    # That the server is gone is what the browser itself then complains about.
    watched.complaints.clear()
    page.close()
    watched.complaints.clear()
