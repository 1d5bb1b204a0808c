"""Pages of handouts in a real browser: on a phone, on a desk, in the dark, on paper."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pypdfium2
import pytest

from pathways.handouts.blocks import (
    Bullets,
    Card,
    Handout,
    HandoutKind,
    Paragraph,
    Run,
    Section,
    Table,
    everything,
    plain_texts,
    text_of,
    walk,
)
from pathways.handouts.make import make
from pathways.handouts.request import Request
from pathways.handouts.sizes import sizes
from pathways.handouts.writers.html import to_html
from pathways.reading.load import load
from tests.handouts.sample import sample

pytestmark = pytest.mark.slow

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROFILES = ("standard", "clear-print", "large-print")
WIDTHS = (320, 400, 560, 1280)
DARK = "--blink-settings=preferredColorScheme=0"
LIGHT = "--blink-settings=preferredColorScheme=1"
LONGEST = 120
OWN_ASKED = ".google.com"
"""Where the browser itself asks for the time and the like."""
HARNESS = (Path(__file__).parent / "measure_page.js").read_text(encoding="utf-8")


@dataclass
class Browser:
    """Chromium, and a server that every name in the world leads to."""

    command: str
    folder: Path
    port: int
    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def run(self, *options: str, page: str = "page.html") -> subprocess.CompletedProcess[bytes]:
        command = [
            self.command,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--hide-scrollbars",
            "--enable-logging=stderr",
            f"--host-resolver-rules=MAP * 127.0.0.1:{self.port}",
            f"--user-data-dir={self.folder / 'profile'}",
            *options,
            f"http://handout.test/{page}",
        ]
        self.asked.clear()
        return subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)

    def measured(self, page: str, *options: str) -> list[dict[str, Any]]:
        """Return what is measured of a page at each of the widths."""
        frames = "".join(
            f'<iframe src="page.html" style="border:0;width:{width}px;height:900px"></iframe>'
            for width in WIDTHS
        )
        self.pages["page.html"] = page
        self.pages["harness.html"] = (
            f"<!doctype html><title>x</title><body>{frames}<script>{HARNESS}</script></body>"
        )
        done = self.run("--dump-dom", *options, page="harness.html").stdout.decode("utf-8")
        found = re.search(r'<pre id="report">(.*?)</pre>', done, re.DOTALL)
        assert found, done[-2000:]
        report: list[dict[str, Any]] = json.loads(html.unescape(found[1]))
        assert [each["width"] for each in report] == [*WIDTHS]
        return report

    def printed(self, page: str) -> pypdfium2.PdfDocument:
        self.pages["page.html"] = page
        file = self.folder / "page.pdf"
        file.unlink(missing_ok=True)
        done = self.run("--no-pdf-header-footer", f"--print-to-pdf={file}")
        assert file.is_file(), done.stderr.decode("utf-8", "replace")[-2000:]
        return pypdfium2.PdfDocument(file)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    command = next(filter(None, map(shutil.which, NAMES)), None)
    if command is None:
        reason = f"no browser to look with: none of {', '.join(NAMES)} is on the path"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.headers["Host"].endswith(OWN_ASKED):
                found.asked.append(f"{self.headers['Host']}{self.path}")
            content = found.pages.get(self.path[1:])
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((content or "").encode("utf-8"))

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    found = Browser(command, tmp_path_factory.mktemp("browser"), server.server_port)
    yield found
    server.shutdown()
    server.server_close()


def crowded(profile: str) -> Handout:
    """Return the sample with words and tables that do not fit a phone by themselves."""

    word = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
    cells = tuple(text_of(each) for each in (word, "Some words", word, "4-6", "Two words", "More"))
    more = Section(
        "more",
        word,
        (
            Paragraph((Run(f"https://example.org/{word}", href=f"https://example.org/{word}"),)),
            Table(word, tuple(f"Column {n}" for n in range(6)), (cells, cells), (0.1, *[0.18] * 5)),
            Card(word, "mixed", word, (Bullets((text_of(word),)),)),
        ),
    )
    found = sample(profile)
    return replace(found, title=f"{found.title} {word}", sections=(*found.sections, more))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("make", [sample, crowded])
def test_nothing_scrolls_sideways(browser: Browser, make: Any, profile: str) -> None:
    for each in browser.measured(to_html(make(profile))):
        assert each["texts"] > 50
        assert each["scroll"] <= each["width"], each
        assert each["beyond"] == []


@pytest.mark.parametrize(
    ("kind", "profile"),
    [("patient", "large-print"), ("clinician", "standard"), ("visit_sheet", "clear-print")],
)
def test_real_handouts_fit_a_phone_and_stand_out_in_the_dark(
    browser: Browser, kind: HandoutKind, profile: str
) -> None:
    page = to_html(make(Request(load("safety"), kind=kind, profile=profile)))
    for scheme in (LIGHT, DARK):
        for each in browser.measured(page, scheme):
            assert each["scroll"] <= each["width"]
            assert each["beyond"] == []
            assert each["contrast"][0] >= 4.5
            assert each["smallest"] >= sizes(profile).small * 4 / 3 - 0.02


def test_what_is_too_wide_is_seen(browser: Browser) -> None:
    wide = to_html(sample()).replace("<footer>", '<footer style="width:900px">')
    report = browser.measured(wide)
    assert report[0]["scroll"] > 320
    assert report[0]["beyond"]


@pytest.mark.parametrize("profile", PROFILES)
def test_type_is_as_large_as_the_profile_says(browser: Browser, profile: str) -> None:
    for each in browser.measured(to_html(sample(profile))):
        assert each["smallest"] >= sizes(profile).small * 4 / 3 - 0.02


@pytest.mark.parametrize(("scheme", "background"), [(LIGHT, "255, 255, 255"), (DARK, "18, 23, 28")])
def test_every_text_stands_out_by_day_and_in_the_dark(
    browser: Browser, scheme: str, background: str
) -> None:
    for each in browser.measured(to_html(sample()), scheme):
        assert each["background"] == f"rgb({background})"
        assert each["contrast"][0] >= 4.5, each["contrast"]


def test_pale_text_is_seen(browser: Browser) -> None:
    pale = to_html(sample()).replace("<footer>", '<footer style="color:#999999">')
    assert browser.measured(pale, LIGHT)[0]["contrast"][0] < 4.5


def test_page_asks_for_nothing_and_complains_of_nothing(browser: Browser) -> None:
    browser.pages["page.html"] = to_html(sample())
    done = browser.run("--dump-dom")
    assert b"<main" in done.stdout
    assert browser.asked == ["handout.test/page.html"]
    assert b"CONSOLE" not in done.stderr


def test_policy_stops_what_a_template_would_load_or_run(browser: Browser) -> None:
    spies = '<img src="http://spy.test/x.png"><script>document.title = "ran"</script>'
    spied = to_html(sample()).replace("<footer>", f"{spies}<footer>")
    browser.pages["page.html"] = spied
    done = browser.run("--dump-dom")
    assert browser.asked == ["handout.test/page.html"]
    assert done.stderr.count(b"Content Security Policy") >= 2
    assert b"<title>ran</title>" not in done.stdout
    browser.pages["page.html"] = spied.replace("Content-Security-Policy", "nothing")
    done = browser.run("--dump-dom")
    assert "spy.test/x.png" in browser.asked
    assert b"<title>ran</title>" in done.stdout


@pytest.mark.parametrize("profile", PROFILES)
def test_paper_holds_every_text_and_cuts_no_emergency_box(browser: Browser, profile: str) -> None:
    handout = sample(profile)
    document = browser.printed(to_html(handout))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=1.5)
    for block in walk([handout.emergency]):
        assert all(text in pages[0] for text in plain_texts(block))
    whole = " ".join(pages)
    for block in everything(handout):
        for text in plain_texts(block):
            # Lines are cut anew on paper; words with signs that fonts draw together are left out.
            assert " ".join(text.split()[:2]) in whole, text
    assert "https://www.nice.org.uk/guidance/ng59" in whole
    assert whole.count(handout.emergency.title) == 1
