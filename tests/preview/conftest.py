"""A small pathway in an empty folder, and a preview of it with its server."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pathways.preview.live import Live, Preview
from pathways.preview.rounds import Wanted
from pathways.preview.server import PreviewServer

ANKLE = """\
format: 1
pathway: ankle
title: Sprained ankle
version: 0.1.0
updated: 2026-01-31
findings:
  can_walk: {title: walking four steps, type: yes_no, kind: status, question: "Can you walk?"}
start: walk
states:
  walk: {kind: decision, title: "Can you walk?", next: [{to: rest, when: can_walk, label: "Yes"}, {to: clinic, when: not can_walk, label: "No"}]}
  rest: {kind: end, title: Cool it and move gently}
  clinic: {kind: end, title: Have it examined today}
"""
BAD = ANKLE.replace("to: rest", "to: rset")


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Served:
    """A preview and its server, asked as another program would."""

    file: Path
    live: Live
    preview: Preview
    server: PreviewServer

    def get(self, path: str, method: str = "GET", **headers: str | None) -> Answer:
        """Ask for an address exactly as it is written; a header that is None is left out."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": f"127.0.0.1:{self.server.port}", **named}.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        connection.close()
        return Answer(answer.status, dict(answer.getheaders()), text)

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.get("/state").text)
        return found

    def look(self) -> None:
        """Let the preview look so often that it has done all there is to do."""
        for _ in range(4):
            self.preview.look()

    def write(self, text: str) -> None:
        """Save as many editors do: write another file, and put it in the place of the first."""
        other = self.file.with_name("saving.tmp")
        other.write_text(text, encoding="utf-8")
        other.replace(self.file)


@pytest.fixture
def ankle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = Path("ankle.yaml")
    file.write_text(ANKLE, encoding="utf-8")
    return file


@pytest.fixture
def serve(ankle: Path) -> Iterator[Callable[..., Served]]:
    """Begin a preview of the file; its loop is turned by the test itself."""
    servers: list[PreviewServer] = []

    def begin(*, checks: bool = False, **wanted: Any) -> Served:
        live = Live(ankle.name, checks=checks)
        preview = Preview(Wanted(str(ankle), **wanted), live, checks=checks)
        server = PreviewServer(live)
        servers.append(server)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return Served(ankle, live, preview, server)

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()
