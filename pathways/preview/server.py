"""The server of a preview: six fixed answers, for this machine alone.

It listens on 127.0.0.1, answers only who calls it by a name of this machine (another name that leads
here is an attack: DNS rebinding), only asks from its own page, and opens no file for anybody.
"""

from __future__ import annotations

import json
import os
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Semaphore
from typing import Any

from pathways.errors import PathwayError
from pathways.preview.live import Live
from pathways.preview.page import POLICY, asset, page_text

ADDRESS = "127.0.0.1"
MOST_TABS = 50
"""So many pages are told of changes at once."""
HEARTBEAT = 10.0
"""Seconds after which a page that was told nothing is told so; one that is gone is found out."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class PreviewServer(ThreadingHTTPServer):
    """A server for the tabs of one preview.

    Args:
        live: What the page shows.
        port: Where to listen; 0: a free port.

    Raises:
        PathwayError: The port cannot be had.
    """

    daemon_threads = True
    block_on_close = False
    # On Windows it would let two servers have one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, live: Live, port: int = 0) -> None:
        self.live = live
        self.tabs = Semaphore(MOST_TABS)
        try:
            super().__init__((ADDRESS, port), _Answers)
        except OSError as error:
            raise PathwayError(
                f"port {port} cannot be had ({error.strerror}); name another, or leave --port out"
            ) from None

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{ADDRESS}:{self.port}/"

    @property
    def hosts(self) -> frozenset[str]:
        """By what names it may be called."""
        names = (ADDRESS, "localhost")
        bare = names if self.port == 80 else ()
        return frozenset((*(f"{name}:{self.port}" for name in names), *bare))

    def server_bind(self) -> None:
        """Listen without looking up what this machine is called, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of pages that went away; everything else is a fault of the program."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Answers(BaseHTTPRequestHandler):
    """Answers one request; the address is only ever compared, never taken apart."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "pathways"
    sys_version = ""
    timeout = 30
    # Head and body go in one piece, and at once: else each answer waits 40 ms for the other side.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer."""
        if not self._is_welcome():
            self._refuse(HTTPStatus.FORBIDDEN, "This page is for this machine alone.\n")
            return
        live = self.server.live
        match self.path:
            case "/":
                self._send("text/html", page_text(live.state()["name"]))
            case "/page.css":
                self._send("text/css", asset("page.css"))
            case "/page.js":
                self._send("text/javascript", asset("page.js"))
            case "/state":
                self._send("application/json", json.dumps(live.state()))
            case "/picture":
                self._send("image/svg+xml", live.picture())
            case "/events":
                self._send_events()
            case _:
                self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.\n")

    def _is_welcome(self) -> bool:
        """Whether the request calls this machine by its name, and comes from no other page."""
        if self.headers.get_all("Host", []) != [self.headers.get("Host")]:
            return False
        if self.headers["Host"].lower() not in self.server.hosts:
            return False
        origin = self.headers.get("Origin")
        if origin is not None and origin not in {f"http://{each}" for each in self.server.hosts}:
            return False
        # Another page may lead here by a link, but may use nothing of it.
        return self.path == "/" or self.headers.get("Sec-Fetch-Site") in {
            None,
            "same-origin",
            "none",
        }

    def _send_events(self) -> None:
        """Tell the page the number of each new state, until it goes away."""
        if not self.server.tabs.acquire(blocking=False):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "Too many tabs are open.\n")
            return
        self.close_connection = True
        try:
            self._head(HTTPStatus.OK, "text/event-stream", {"Connection": "close"})
            seen = self.server.live.wait(-1, 0)
            self._tell(f"retry: 500\ndata: {seen}\n\n")
            while True:
                now = self.server.live.wait(seen, HEARTBEAT)
                self._tell(f"data: {now}\n\n" if now != seen else ": nothing new\n\n")
                seen = now
        except OSError:
            return
        finally:
            self.server.tabs.release()

    def _tell(self, text: str) -> None:
        self.wfile.write(text.encode("ascii"))
        self.wfile.flush()

    def _send(self, kind: str, text: str) -> None:
        self._answer(HTTPStatus.OK, kind, text)

    def _refuse(self, status: HTTPStatus, text: str) -> None:
        self.close_connection = True
        self._answer(status, "text/plain", text)

    def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
        content = text.encode("utf-8")
        self._head(status, kind, {"Content-Length": str(len(content))})
        self.wfile.write(content)

    def _head(self, status: HTTPStatus, kind: str, more: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        for name, value in {**_HEADERS, **more}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Print nothing: the terminal is for what the user asked."""
