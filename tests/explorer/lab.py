"""JupyterLab on this machine, driven in Chromium: notebooks are opened, cells run, outputs read."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from tests.explorer.browser import Chromium

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
LONG = 90_000
"""Milliseconds after which something that should happen will not."""


@dataclass
class Lab:
    """JupyterLab that serves a folder.

    Args:
        address: Where it listens: on this machine only.
        folder: The folder of its notebooks.
        chrome: The browser that opens them.
    """

    address: str
    folder: Path
    chrome: Chromium

    @contextmanager
    def opened(self, name: str, cells: Sequence[str]) -> Iterator[Notebook]:
        """Open a new notebook with these cells."""
        notebook = nbformat.v4.new_notebook(metadata=KERNEL)
        notebook.cells = [nbformat.v4.new_code_cell(each) for each in cells]
        nbformat.write(notebook, self.folder / name)
        context = self.chrome.browser.new_context(viewport={"width": 1400, "height": 1000})
        page = context.new_page()
        found = Notebook(page, self.folder / name)
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("console", found.hear)
        page.on("request", lambda request: found.asked.add(request.url))
        # A workspace of its own, or tabs of other notebooks come back.
        page.goto(f"{self.address}/lab/workspaces/{Path(name).stem}/tree/{name}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=LONG)
        yield found
        context.close()


@dataclass
class Notebook:
    """A notebook in JupyterLab.

    Args:
        page: The page of the browser.
        path: Its file.
        complaints: Errors of the console, and what was thrown.
        asked: Addresses it asked for.
    """

    page: Any
    path: Path
    complaints: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def hear(self, message: Any) -> None:
        if message.type == "error" or "anywidget" in message.text:
            self.complaints.append(message.text)

    def cell(self, number: int) -> Any:
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(number)

    def run(self, number: int) -> str:
        """Run a cell and return the text of its output."""
        cell = self.cell(number)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        end = time.monotonic() + LONG / 1000
        while prompt.inner_text() == before or not re.search(r"\d", prompt.inner_text()):
            assert time.monotonic() < end, f"cell {number} does not end"
            self.page.wait_for_timeout(50)
        return self.text(number)

    def text(self, number: int) -> str:
        shown = self.cell(number).locator(".jp-OutputArea-output")
        return "\n".join(shown.all_inner_texts()).strip()

    def frame(self, number: int) -> Any:
        """Return the page that a cell shows."""
        return self.cell(number).frame_locator("iframe")

    def says(self, number: int, text: str) -> None:
        """Wait until the page that a cell shows says something of where somebody is."""
        status = self.frame(number).locator("[data-part=status]")
        status.filter(has_text=text).wait_for(timeout=LONG)

    def saved(self) -> nbformat.NotebookNode:
        self.page.keyboard.press("Control+s")
        self.page.locator(".jp-mod-dirty").wait_for(state="detached", timeout=LONG)
        found: nbformat.NotebookNode = nbformat.read(self.path, as_version=4)
        return found


@contextmanager
def lab(folder: Path, chrome: Chromium) -> Iterator[Lab]:
    """Run JupyterLab, on this machine only, with settings of its own."""
    notebooks, own = folder / "notebooks", folder / "jupyter"
    notebooks.mkdir()
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {**os.environ, **{each: str(own / each.lower()) for each in places}}
    port = free_port()
    settings = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root"]
    settings += ["--IdentityProvider.token=", f"--ServerApp.root_dir={notebooks}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *settings],
            stdout=log,
            stderr=log,
            env=environment,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api")
            yield Lab(address, notebooks, chrome)
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str) -> None:
    end = time.monotonic() + LONG / 1000
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
