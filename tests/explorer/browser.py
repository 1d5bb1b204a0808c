"""Chromium, driven by Playwright, with what it complained of and asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str:
    """Return the command of a browser; in CI its absence is a failure, elsewhere a skip."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no browser to look with: none of {', '.join(NAMES)} is on the path"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@dataclass
class Seen:
    """A page in the browser.

    Args:
        page: The page, as Playwright drives it.
        complaints: What stood in the console, or was thrown.
        asked: Addresses it asked for, its own left out.
    """

    page: Any
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def part(self, name: str) -> Any:
        return self.page.locator(f"[data-part={name}]")

    @property
    def status(self) -> str:
        return str(self.part("status").inner_text())

    def run(self, script: str) -> Any:
        return self.page.evaluate(script)

    def answer(self, **answers: Any) -> None:
        """Give answers by name, as the form of all findings does one at a time."""
        self.page.evaluate(
            "(given) => { Object.assign(pathwaysPage.answers, given); pathwaysPage.update(); }",
            answers,
        )

    def deny_signs(self) -> None:
        summary = self.part("question").locator("summary")
        summary.click()
        self.part("question").get_by_role("button", name="None of these signs").or_(
            self.part("question").get_by_role("button", name="I have none of these signs")
        ).click()


@dataclass
class Chromium:
    """A browser that opens files."""

    browser: Any
    folder: Path

    @contextmanager
    def opened(self, text: str, name: str = "page.html", **options: Any) -> Iterator[Seen]:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        settings = {"viewport": {"width": 1280, "height": 900}, **options}
        context = self.browser.new_context(**settings)
        page = context.new_page()
        seen = Seen(page)
        page.on("console", lambda message: seen.complaints.append(message.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("request", lambda request: seen.asked.append(request.url))
        page.goto(file.as_uri())
        seen.asked = [each for each in seen.asked if each != file.as_uri()]
        yield seen
        context.close()


@contextmanager
def started(folder: Path) -> Iterator[Chromium]:
    from playwright.sync_api import sync_playwright

    command = chromium()
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"]
        browser = playwright.chromium.launch(executable_path=command, args=options)
        yield Chromium(browser, folder)
        browser.close()
