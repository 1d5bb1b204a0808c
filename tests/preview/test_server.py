"""The server: what it answers, to whom, and that no address opens a file."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pathways.errors import PathwayError
from pathways.preview.live import Live
from pathways.preview.page import POLICY
from pathways.preview.server import PreviewServer
from tests.preview.conftest import ANKLE, BAD, Served

Serve = Callable[..., Served]
PATHS = ("/", "/page.css", "/page.js", "/state", "/picture")


def until(holds: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait until something holds, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it never came to hold")


def test_it_listens_on_this_machine_alone(serve: Serve) -> None:
    server = serve().server
    assert server.server_address[0] == "127.0.0.1"
    assert server.url == f"http://127.0.0.1:{server.port}/"


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_strict_policy(serve: Serve, path: str) -> None:
    served = serve()
    served.preview.draw()
    answer = served.get(path)
    assert answer.status == 200
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Python" not in answer.headers["Server"]


def test_the_policy_allows_our_own_script_and_nothing_from_elsewhere() -> None:
    parts = dict(each.strip().split(" ", 1) for each in POLICY.split(";"))
    assert parts["default-src"] == parts["frame-ancestors"] == parts["base-uri"] == "'none'"
    assert parts["script-src"] == parts["connect-src"] == "'self'"
    assert "http" not in POLICY
    assert "*" not in POLICY


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.test",
        "127.0.0.1",
        "127.0.0.1.evil.test:{port}",
        "evil.test:{port}",
        "0.0.0.0:{port}",
        "127.0.0.1:1",
        "[::1]:{port}",
    ],
)
@pytest.mark.parametrize("path", ["/", "/state"])
def test_another_name_for_this_machine_is_refused(
    serve: Serve, host: str | None, path: str
) -> None:
    served = serve()
    name = host and host.format(port=served.server.port)
    answer = served.get(path, Host=name)
    assert answer.status == 403
    assert "ankle" not in answer.text


def test_localhost_is_a_name_of_this_machine(serve: Serve) -> None:
    served = serve()
    assert served.get("/state", Host=f"LocalHost:{served.server.port}").status == 200


def test_two_host_lines_are_refused(serve: Serve) -> None:
    served = serve()
    with socket.create_connection(("127.0.0.1", served.server.port), timeout=5) as raw:
        host = f"Host: 127.0.0.1:{served.server.port}\r\n"
        raw.sendall(f"GET / HTTP/1.1\r\n{host}Host: evil.test\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_page_gets_nothing(serve: Serve, headers: dict[str, str]) -> None:
    assert serve().get("/state", **headers).status == 403


def test_a_link_from_elsewhere_may_lead_to_the_page(serve: Serve) -> None:
    assert serve().get("/", Sec_Fetch_Site="cross-site").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/ankle.yaml",
        "/../ankle.yaml",
        "/..%2fankle.yaml",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page.html",
        "/page.py",
        "/page.css?x",
        "/page.css/",
        "/state#x",
        "\\ankle.yaml",
        "file:///etc/passwd",
        "http://evil.test/",
        "/" + "a" * 5000,
    ],
)
def test_no_address_opens_a_file(serve: Serve, path: str) -> None:
    served = serve()
    served.preview.draw()
    answer = served.get(path)
    assert answer.status == 404
    assert "root:" not in answer.text
    assert "format: 1" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_it_only_answers_questions(serve: Serve, method: str) -> None:
    assert serve().get("/", method).status == 501


def test_a_port_that_is_taken_is_said(serve: Serve) -> None:
    port = serve().server.port
    with pytest.raises(PathwayError, match=f"port {port} cannot be had"):
        PreviewServer(Live("x", checks=False), port)


def test_good_bad_and_again_good(serve: Serve) -> None:
    served = serve()
    served.preview.draw()
    good = served.state()
    assert (good["kind"], good["faults"], good["picture"]) == ("drawn", [], 1)
    first = served.get("/picture").text
    served.write(BAD)
    served.look()
    bad = served.state()
    assert (bad["kind"], bad["picture"]) == ("faulty", 1)
    assert bad["picture_saved"] == good["saved"] < bad["saved"]
    assert bad["faults"][0]["place"] == "ankle.yaml:10:62"
    assert served.get("/picture").text == first
    served.write(ANKLE.replace("Cool it", "Rest it"))
    served.look()
    again = served.state()
    assert (again["kind"], again["faults"], again["picture"]) == ("drawn", [], 2)
    assert "Rest it" in served.get("/picture").text


def test_nothing_is_drawn_when_nothing_was_saved(serve: Serve) -> None:
    served = serve()
    served.preview.draw()
    number = served.state()["number"]
    served.look()
    assert served.state()["number"] == number


def test_what_is_included_is_watched_also_when_it_comes_later(serve: Serve) -> None:
    served = serve()
    served.write(ANKLE + "catalogues: [own.yaml]\n")
    served.preview.draw()
    served.look()
    assert "unknown-catalogue" in [each["code"] for each in served.state()["faults"]]
    own = "format: 1\ncatalogue: own\nfindings:\n  swollen: {title: swelling, type: yes_no, kind: status, question: Swollen?}\n"
    Path("own.yaml").write_text(own.replace("catalogue: own\n", ""), encoding="utf-8")
    served.look()
    assert "unknown-catalogue" not in [each["code"] for each in served.state()["faults"]]
    Path("own.yaml").write_text("format: [", encoding="utf-8")
    served.look()
    assert served.state()["faults"][0]["place"].startswith("own.yaml:1:")


def test_a_file_that_vanishes_for_good_is_said_and_comes_back(serve: Serve) -> None:
    served = serve()
    served.preview.draw()
    served.file.unlink()
    served.look()
    assert "no pathway or file" in served.state()["faults"][0]["message"]
    assert served.get("/picture").text
    served.write(ANKLE)
    served.look()
    assert served.state()["faults"] == []


def test_hostile_texts_are_data_for_the_page(serve: Serve) -> None:
    served = serve()
    served.write(ANKLE.replace("Cool it and move gently", "'<script>alert(1)</script>'"))
    served.preview.draw()
    assert "<script" not in served.get("/picture").text
    served.write(BAD.replace("rset", "'</script><img src=x onerror=alert(1)>'"))
    served.look()
    answer = served.get("/state")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "<img src=x" in json.loads(answer.text)["faults"][0]["message"]


def test_the_name_of_the_file_is_escaped(serve: Serve) -> None:
    live = Live("<b>$name&.yaml", checks=False)
    served = serve()
    served.server.live = live
    page = served.get("/").text
    assert "<b>" not in page
    assert "&lt;b&gt;$name&amp;.yaml" in page


def test_the_script_makes_markup_of_the_check_alone() -> None:
    from pathways.preview.page import asset

    script = asset("page.js")
    assert script.count("innerHTML") == 1
    assert "eval" not in script
    assert "http:" not in script + asset("page.css") + asset("page.html")
    assert "https:" not in script + asset("page.css") + asset("page.html")


def test_the_check_comes_after_the_picture(serve: Serve) -> None:
    served = serve(checks=True)
    served.preview.draw()
    state = served.state()
    assert (state["picture"], state["check"]["state"]) == (1, "running")
    served.look()
    check = until(lambda: (found := served.state()["check"])["state"] == "done" and found)
    assert check["verdict"] in {"passes", "fails"}
    assert "pw-check" in check["html"]
    served.write(BAD)
    served.look()
    assert served.state()["check"]["state"] == "waiting"


def test_a_check_of_an_earlier_save_is_stopped_and_forgotten(serve: Serve) -> None:
    served = serve(checks=True)
    served.preview.draw()
    served.look()
    first = served.preview._check
    assert first is not None
    served.write(ANKLE.replace("Cool it", "Rest it"))
    served.look()
    assert first._process.returncode is not None
    served.live.show_check(1, {"verdict": "fails", "words": "", "html": "old", "faults": []})
    assert served.state()["check"]["html"] != "old"
    served.preview._stop_check()


def test_errors_in_the_examples_are_said_with_the_check(serve: Serve) -> None:
    Path("ankle.examples.yaml").write_text("format: 1\nexampels: x\n", encoding="utf-8")
    served = serve(checks=True)
    served.preview.draw()
    served.look()
    check = until(lambda: (found := served.state()["check"])["state"] == "done" and found)
    assert check["verdict"] == "not done"
    assert check["faults"][0]["place"].startswith("ankle.examples.yaml:")


def events(served: Served) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", served.server.port, timeout=10)
    connection.request("GET", "/events")
    return connection, connection.getresponse()


def next_number(stream: http.client.HTTPResponse) -> int:
    while True:
        line = stream.readline().decode()
        if line.startswith("data: "):
            return int(line.removeprefix("data: "))


def test_every_tab_is_told(serve: Serve) -> None:
    served = serve()
    served.preview.draw()
    tabs = [events(served) for _ in range(5)]
    now = served.state()["number"]
    assert [next_number(stream) for _, stream in tabs] == [now] * 5
    served.write(BAD)
    served.look()
    for _, stream in tabs:
        while next_number(stream) != now + 2:
            pass
    for connection, stream in tabs:
        stream.close()
        connection.close()
    served.write(ANKLE)
    served.look()
    assert served.state()["kind"] == "drawn"


def test_too_many_tabs_are_refused(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve()
    while served.server.tabs.acquire(blocking=False):
        pass
    assert served.get("/events").status == 503
    served.server.tabs.release()
    connection, stream = events(served)
    assert stream.status == 200
    connection.close()
